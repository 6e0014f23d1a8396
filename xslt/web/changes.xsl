<?xml version="1.0" encoding="UTF-8"?>
<!--
  What has changed: how far the documents are, and who did what to which of them, the newest first.

  In:  a lists:list (all rows, or those of one page of a year), or the lists:overview of one that is split, sorted by the
       program (see lists.xsl and pipeline/website/lists.py); tei/corpus.xml for changes of the edition as a whole.
  Out: the page `changes`, or one of a year, in one interface language.
  Includes the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:label="urn:despatch:label"
  xmlns:lists="urn:despatch:lists"
  xmlns:changes="urn:despatch:changes"
  xmlns:local="urn:despatch:web:changes"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="parts.xsl"/>
  <xsl:include href="revisions.xsl"/>

  <!-- A sorted list to its page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="lists:list | lists:overview" as="element(Q{}html)">
    <xsl:variable name="list" as="element()" select="."/>
    <xsl:variable name="own" as="element(changes:change)*" select="$corpus/TEI[not($list/@part)] ! changes:of(.) ! changes:change(., ())"/>
    <xsl:variable name="changes" as="element(changes:change)*" select="$own, lists:row/changes:change"/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="lists:title(.)"/>
      <xsl:with-param name="content" as="element()+">
        <xsl:call-template name="lists:opening"><xsl:with-param name="list" select="$list"/></xsl:call-template>
        <xsl:where-populated>
          <dl class="facts states">
            <xsl:for-each select="lists:state"><div><dt>{@head}</dt><dd>{@count}</dd></div></xsl:for-each>
          </dl>
        </xsl:where-populated>
        <xsl:for-each select="self::lists:overview">
          <xsl:call-template name="lists:parts"><xsl:with-param name="overview" select="."/></xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="self::lists:list">
          <xsl:call-template name="lists:ways"><xsl:with-param name="list" select="."/></xsl:call-template>
        </xsl:for-each>
        <xsl:if test="self::lists:list and empty($changes)"><p class="remark">{label:text('changes-none', $lang)}</p></xsl:if>
        <xsl:call-template name="local:days"><xsl:with-param name="changes" select="$changes"/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Changes by the day on which they were made. -->
  <xsl:template name="local:days" as="element(Q{}section)*">
    <xsl:param name="changes" as="element(changes:change)*"/>
    <xsl:for-each-group select="$changes" group-by="string(@when)">
      <xsl:sort select="current-grouping-key()" order="descending" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
      <xsl:variable name="id" as="xs:string" select="'changes-' || (current-grouping-key()[. ne ''], 'undated')[1]"/>
      <section class="year changes" aria-labelledby="{$id}">
        <h2 id="{$id}">{@words}</h2>
        <ul><xsl:sequence select="current-group() ! *"/></ul>
      </section>
    </xsl:for-each-group>
  </xsl:template>

</xsl:stylesheet>
