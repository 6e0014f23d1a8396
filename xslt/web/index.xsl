<?xml version="1.0" encoding="UTF-8"?>
<!--
  The list of documents, in the order of their dates.

  In:  a lists:list (all rows, or those of one page of a part), or the lists:overview of one that is split, sorted by the
       program (see lists.xsl and pipeline/website/lists.py).
  Out: the page `index`, or one of a year, in one interface language.
  Includes the frame, xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:label="urn:despatch:label"
  xmlns:lists="urn:despatch:lists"
  xmlns:local="urn:despatch:web:index"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="parts.xsl"/>

  <!-- A sorted list to its page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="lists:list | lists:overview" as="element(Q{}html)">
    <xsl:variable name="list" as="element()" select="."/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="if (@part) then lists:title(.) else label:text('contents', $lang)"/>
      <xsl:with-param name="content" as="element()+">
        <xsl:call-template name="lists:opening">
          <xsl:with-param name="list" select="$list"/>
          <xsl:with-param name="heading" select="$web:edition"/>
        </xsl:call-template>
        <p class="count">{if (xs:integer(@count) gt 0) then label:with('documents-count', @count, $lang) else label:text('no-documents', $lang)}</p>
        <xsl:apply-templates select="." mode="local:content"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What stands under the head. -->
  <xsl:mode name="local:content" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="lists:overview" mode="local:content" as="element(Q{}nav)">
    <xsl:call-template name="lists:parts"><xsl:with-param name="overview" select="."/></xsl:call-template>
  </xsl:template>

  <xsl:template match="lists:list" mode="local:content" as="element()*">
    <xsl:call-template name="lists:ways"><xsl:with-param name="list" select="."/></xsl:call-template>
    <xsl:for-each-group select="lists:row" group-adjacent="@part">
      <section class="year" aria-labelledby="year-{@part}">
        <h2 id="year-{@part}">{@head}</h2>
        <ol class="documents"><xsl:sequence select="current-group()/*"/></ol>
      </section>
    </xsl:for-each-group>
    <xsl:call-template name="lists:ways"><xsl:with-param name="list" select="."/><xsl:with-param name="name" select="'parts-again'"/></xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
