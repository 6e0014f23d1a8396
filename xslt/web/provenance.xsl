<?xml version="1.0" encoding="UTF-8"?>
<!--
  Provenance: where the edition has a text from, and what is said there of rights.

  In:  the TEI element of a document.
  Out: a section for the end of its page.
  Included by content.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:source="urn:despatch:source"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:provenance"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Where the edition has the text from, and what that publication says of rights. -->
  <xsl:template name="web:provenance" as="element(Q{}section)?">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="captures" as="element(bibl)*" select="source:captures($tei)"/>
    <xsl:if test="exists($captures)">
      <section class="provenance" aria-labelledby="page-provenance">
        <h2 id="page-provenance">{label:text('capture', $lang)}</h2>
        <xsl:for-each select="$captures"><xsl:sequence select="local:capture(.)"/></xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- One capture: publisher, record, day, address; then the rights statement, whole. -->
  <xsl:function name="local:capture" as="element()*">
    <xsl:param name="capture" as="element(bibl)"/>
    <xsl:variable name="facts" as="xs:string*" select="
      $capture/publisher ! normalize-space(.),
      $capture/idno[@type eq 'record'] ! label:with('capture-record', normalize-space(.), $lang),
      $capture/date[@type eq 'uploaded'] ! label:with('capture-uploaded', dating:of(., $lang), $lang)"/>
    <xsl:if test="exists($facts)"><p>{string-join($facts, ' · ')}</p></xsl:if>
    <xsl:for-each select="source:address($capture)">
      <p class="address-found">
        <xsl:text>{label:text('capture-address', $lang)}: </xsl:text>
        <code>{.}</code>
        <xsl:if test="source:is-staging($capture)"><xsl:text> </xsl:text><em>{label:text('staging', $lang)}</em></xsl:if>
      </p>
    </xsl:for-each>
    <xsl:if test="$capture/availability/*">
      <div class="rights">
        <h3>{label:text('rights', $lang)}</h3>
        <xsl:apply-templates select="$capture/availability/(p | licence)" mode="web:text"/>
      </div>
    </xsl:if>
    <xsl:if test="$capture/note[@type eq 'field']">
      <details class="fields">
        <summary>{label:text('captured-fields', $lang)}</summary>
        <dl>
          <xsl:for-each-group select="$capture/note[@type eq 'field']" group-by="string(@n)">
            <dt>{current-grouping-key()}</dt>
            <xsl:for-each select="current-group()"><dd>{normalize-space(.)}</dd></xsl:for-each>
          </xsl:for-each-group>
        </dl>
      </details>
    </xsl:if>
  </xsl:function>

  <!-- A licence that speaks in text rather than paragraphs. -->
  <xsl:template match="licence" mode="web:text" as="element()">
    <xsl:element name="{if (web:holds-blocks(.)) then 'div' else 'p'}">
      <xsl:sequence select="web:attributes(., 'licence')"/>
      <xsl:apply-templates mode="web:text"/>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>
