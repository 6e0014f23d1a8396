<?xml version="1.0" encoding="UTF-8"?>
<!--
  The page of a document: what it is, then its text, each language beside the other.

  In:  a TEI document of the edition; see frame.xsl and names.xsl for the parameters.
  Out: its page in one interface language.
  Includes the frame, the description, the rendering of text and xslt/common.
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
  <xsl:include href="frame.xsl"/>
  <xsl:include href="description.xsl"/>
  <xsl:include href="text.xsl"/>

  <!-- A document to its page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="TEI" as="element(Q{}html)">
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="web:title(.)"/>
      <xsl:with-param name="content" as="element()+">
        <xsl:call-template name="web:opening"><xsl:with-param name="tei" select="."/></xsl:call-template>
        <xsl:call-template name="web:witnesses"><xsl:with-param name="tei" select="."/></xsl:call-template>
        <xsl:call-template name="web:discrepancies"><xsl:with-param name="tei" select="."/></xsl:call-template>
        <xsl:call-template name="web:provenance"><xsl:with-param name="tei" select="."/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A file in tei/ that is no document. -->
  <xsl:template match="*" priority="-10" as="empty-sequence()">
    <xsl:sequence select="error(xs:QName('web:no-document'), 'not a TEI document, but ' || name() || ' at ' || path(.))"/>
  </xsl:template>

  <!-- The languages beside each other, the original first. -->
  <xsl:template name="web:witnesses" as="element(Q{}div)">
    <xsl:param name="tei" as="element(TEI)"/>
    <div class="witnesses">
      <xsl:for-each select="meta:witnesses($tei)">
        <section>
          <xsl:sequence select="web:passage(., ('witness', @type))"/>
          <xsl:call-template name="web:witness-head"><xsl:with-param name="witness" select="."/></xsl:call-template>
          <xsl:apply-templates mode="web:text"/>
          <xsl:call-template name="web:notes"><xsl:with-param name="part" select="."/></xsl:call-template>
        </section>
      </xsl:for-each>
    </div>
  </xsl:template>

  <!-- What a part is and in which language; who translated it, and whether that was a machine. -->
  <xsl:template name="web:witness-head" as="element()+">
    <xsl:param name="witness" as="element()"/>
    <xsl:variable name="tag" as="xs:string?" select="$witness/ancestor-or-self::*[@xml:lang][1]/@xml:lang"/>
    <xsl:variable name="kind" as="xs:string?" select="
      $witness/@type[. = ('original', 'translation')] ! label:text(., $lang)"/>
    <xsl:variable name="agents" as="element()*" select="source:agents($witness[@type eq 'translation']/@resp)"/>
    <h2 class="witness-head" lang="{$lang}">
      <xsl:value-of select="($kind, $tag ! label:language(., $lang))" separator=" · "/>
      <xsl:if test="empty(($kind, $tag))">{label:text('document', $lang)}</xsl:if>
    </h2>
    <xsl:if test="exists($agents[not(source:is-machine(.))])">
      <p class="translators" lang="{$lang}">{string-join($agents ! source:agent(.), '; ')}</p>
    </xsl:if>
    <xsl:if test="$agents ! source:is-machine(.) = true()">
      <p class="machine" role="note" lang="{$lang}">
        <strong>{label:text('machine-translation', $lang)}.</strong>
        <xsl:text> {label:text('machine-translation-note', $lang)}</xsl:text>
      </p>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
