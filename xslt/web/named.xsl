<?xml version="1.0" encoding="UTF-8"?>
<!--
  Who and what is named in a document: each with all forms of the name, dates, role, cover names.

  In:  the TEI element of a document; entries of the registers.
  Out: a list for the end of its page, from which the script of the page takes the cards that it shows beside a name.
  Included by content.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:name="urn:despatch:name"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:office="urn:despatch:office"
  xmlns:local="urn:despatch:web:named"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/offices.xsl"/>

  <!-- The entries that the document's header and text refer to, by kind, in the order in which they are first named. -->
  <xsl:template name="web:named" as="element(Q{}section)?">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="references" as="attribute(ref)*"
      select="$tei/(teiHeader/profileDesc | text)//(persName | placeName | orgName | rs | name | country | settlement | region | geogName)/@ref"/>
    <xsl:variable name="entries" as="element()*" select="distinct-values($references) ! name:entry(.)"/>
    <xsl:if test="exists($entries)">
      <section class="named" aria-labelledby="page-named">
        <h2 id="page-named">{label:text('named', $lang)}</h2>
        <xsl:for-each-group select="$entries" group-by="local-name()">
          <xsl:sort select="index-of(('person', 'place', 'org'), current-grouping-key())"/>
          <h3>{label:text('named.' || current-grouping-key(), $lang)}</h3>
          <dl class="entries">
            <xsl:for-each-group select="current-group()" group-by="web:entry-id(.)">
              <div id="{web:entry-id(.)}">
                <dt><a href="{web:entry-address(.)}">{name:form(., $lang)}</a></dt>
                <xsl:sequence select="web:entry-facts(.)"/>
              </div>
            </xsl:for-each-group>
          </dl>
        </xsl:for-each-group>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- The languages that readers of the page have; all, where it is made for all of them at once. -->
  <xsl:function name="local:readings" as="xs:string+">
    <xsl:sequence select="if ($lang eq 'mul') then $label:languages else $lang"/>
  </xsl:function>

  <!-- Dates, role, cover names and the other forms of a name. -->
  <xsl:function name="web:entry-facts" as="element(Q{}dd)*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="forms" as="element()*" select="$entry/(persName | placeName | orgName)"/>
    <xsl:variable name="life" as="xs:string?" select="local:life($entry)"/>
    <xsl:if test="$life"><dd class="life">{$life}</dd></xsl:if>
    <xsl:if test="office:of($entry, $lang)">
      <dd lang="{label:in-all(local:readings() ! office:language(office:of($entry, .)[1], .))}">
        <xsl:text>{label:in-all(for $reading in local:readings()
          return string-join(office:of($entry, $reading) ! office:text(., $reading), '; '))}</xsl:text>
      </dd>
    </xsl:if>
    <xsl:sequence select="local:forms('cover-names', $forms[@type eq 'cover-name'])"/>
    <xsl:sequence select="local:forms('other-forms', $forms[not(@type eq 'cover-name')])"/>
  </xsl:function>

  <!-- When somebody was born and died, as far as the register says. -->
  <xsl:function name="local:life" as="xs:string?">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="birth" as="xs:string?" select="$entry/birth[1] ! dating:of(., $lang)[. ne '']"/>
    <xsl:variable name="death" as="xs:string?" select="$entry/death[1] ! dating:of(., $lang)[. ne '']"/>
    <xsl:sequence select="
      if ($birth and $death) then $birth || ' — ' || $death
      else ($birth ! label:with('born', ., $lang), $death ! label:with('died', ., $lang))[1]"/>
  </xsl:function>

  <!-- Forms of a name, once each, in a line after a word of ours. -->
  <xsl:function name="local:forms" as="element(Q{}dd)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="forms" as="element()*"/>
    <xsl:if test="exists($forms)">
      <dd class="forms">
        <span class="kind">{label:text($key, $lang)}</span>
        <xsl:for-each-group select="$forms" group-by="normalize-space(.)">
          <xsl:text>{if (position() eq 1) then ' ' else ' · '}</xsl:text>
          <span><xsl:sequence select="@xml:lang ! web:lang(.)"/>{current-grouping-key()}</span>
        </xsl:for-each-group>
      </dd>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
