<?xml version="1.0" encoding="UTF-8"?>
<!--
  The content of a document's page: what it is, then its text, each language beside the other.

  In:  a TEI document of the edition; as $lang an interface language, or `mul` for all at once (see labels.xsl).
  Out: what stands in the frame of its page.
  Includes the frame, for addresses, the description, the rendering of text and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:label="urn:despatch:label"
  xmlns:source="urn:despatch:source"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="../common/parallel.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="description.xsl"/>
  <xsl:include href="text.xsl"/>
  <xsl:include href="parallel.xsl"/>
  <xsl:include href="views.xsl"/>
  <xsl:include href="around.xsl"/>
  <xsl:include href="provenance.xsl"/>
  <xsl:include href="cite.xsl"/>
  <xsl:include href="named.xsl"/>

  <!-- A document to the content of its page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element()+">
    <xsl:apply-templates select="TEI"/>
  </xsl:template>

  <xsl:template match="TEI" as="element()+">
    <xsl:call-template name="web:sequence"><xsl:with-param name="name" select="'by-date'"/></xsl:call-template>
    <xsl:call-template name="web:opening"><xsl:with-param name="tei" select="."/></xsl:call-template>
    <xsl:call-template name="web:views">
      <xsl:with-param name="tei" select="."/>
      <xsl:with-param name="witnesses" select="meta:witnesses(.)"/>
    </xsl:call-template>
    <xsl:call-template name="web:witnesses"><xsl:with-param name="tei" select="."/></xsl:call-template>
    <xsl:call-template name="web:discrepancies"><xsl:with-param name="tei" select="."/></xsl:call-template>
    <xsl:call-template name="web:thread"/>
    <xsl:call-template name="web:named"><xsl:with-param name="tei" select="."/></xsl:call-template>
    <xsl:call-template name="web:provenance"><xsl:with-param name="tei" select="."/></xsl:call-template>
    <xsl:call-template name="web:cite"><xsl:with-param name="tei" select="."/></xsl:call-template>
    <xsl:call-template name="web:sequence"><xsl:with-param name="name" select="'by-date-again'"/></xsl:call-template>
    <xsl:call-template name="web:counterparts"><xsl:with-param name="tei" select="."/></xsl:call-template>
  </xsl:template>

  <!-- The languages beside each other, the original first; an original and one translation passage by passage. -->
  <xsl:template name="web:witnesses" as="element(Q{}div)">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="witnesses" as="element()*" select="meta:witnesses($tei)"/>
    <xsl:variable name="is-pair" as="xs:boolean"
      select="count($witnesses) eq 2 and deep-equal($witnesses/@type/string(), ('original', 'translation'))"/>
    <xsl:variable name="rows" as="xs:integer?" select="if ($is-pair) then web:rows($witnesses) else ()"/>
    <div class="{string-join(('witnesses', 'parallel'[$is-pair]), ' ')}">
      <xsl:for-each select="$witnesses">
        <section>
          <xsl:for-each select="$rows"><xsl:attribute name="style" select="'--rows: ' || ."/></xsl:for-each>
          <xsl:sequence select="web:passage(., ('witness', 'witness-' || position(), @type))"/>
          <xsl:choose>
            <xsl:when test="$is-pair">
              <div class="row" style="--row: 1"><xsl:call-template name="web:witness-head"><xsl:with-param name="witness" select="."/></xsl:call-template></div>
              <xsl:call-template name="web:column">
                <xsl:with-param name="sides" select="$witnesses"/>
                <xsl:with-param name="column" select="position()"/>
              </xsl:call-template>
              <div class="row" style="--row: {$rows}"><xsl:call-template name="web:notes"><xsl:with-param name="part" select="."/></xsl:call-template></div>
            </xsl:when>
            <xsl:otherwise>
              <xsl:call-template name="web:witness-head"><xsl:with-param name="witness" select="."/></xsl:call-template>
              <xsl:apply-templates mode="web:text"/>
              <xsl:call-template name="web:notes"><xsl:with-param name="part" select="."/></xsl:call-template>
            </xsl:otherwise>
          </xsl:choose>
        </section>
      </xsl:for-each>
    </div>
  </xsl:template>

  <!-- What a part is and in which language. -->
  <xsl:function name="web:witness-name" as="xs:string">
    <xsl:param name="witness" as="element()"/>
    <xsl:variable name="tag" as="xs:string?" select="$witness/ancestor-or-self::*[@xml:lang][1]/@xml:lang"/>
    <xsl:variable name="kind" as="xs:string?" select="
      $witness/@type[. = ('original', 'translation')] ! label:text(., $lang)"/>
    <xsl:sequence select="
      if (empty(($kind, $tag))) then label:text('document', $lang)
      else string-join(($kind, $tag ! label:language(., $lang)), ' · ')"/>
  </xsl:function>

  <!-- The head of a part; who translated it, and whether that was a machine. -->
  <xsl:template name="web:witness-head" as="element()+">
    <xsl:param name="witness" as="element()"/>
    <xsl:variable name="agents" as="element()*" select="source:agents($witness[@type eq 'translation']/@resp)"/>
    <h2 class="witness-head" lang="{label:text('tag', $lang)}">{web:witness-name($witness)}</h2>
    <xsl:if test="exists($agents[not(source:is-machine(.))])">
      <p class="translators" lang="{label:text('tag', $lang)}">{string-join($agents ! source:agent(.), '; ')}</p>
    </xsl:if>
    <xsl:if test="$agents ! source:is-machine(.) = true()">
      <p class="machine" role="note" lang="{label:text('tag', $lang)}">
        <strong>{label:text('machine-translation', $lang)}.</strong>
        <xsl:text> {label:text('machine-translation-note', $lang)}</xsl:text>
      </p>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
