<?xml version="1.0" encoding="UTF-8"?>
<!--
  The finding list: where the documents lie, from archive through fond, opis and delo to the leaves; and the same
  documents by their kind.

  In:  a lists:list (all rows, or those of one page of a part), or the lists:overview of one that is split, sorted by the
       program (see lists.xsl and pipeline/website/lists.py).
  Out: the page `archives` or `types`, or one of an archive or kind, in one interface language.
  Includes the frame, xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:finding="urn:despatch:finding"
  xmlns:label="urn:despatch:label"
  xmlns:lists="urn:despatch:lists"
  xmlns:local="urn:despatch:web:archives"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="parts.xsl"/>

  <!-- A sorted list to its page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <!-- The parts of a shelfmark above the leaves, from the widest, by their labels. -->
  <xsl:variable name="local:parts" as="xs:string+" select="'shelf-fond', 'shelf-opis', 'shelf-portfel', 'shelf-papka', 'shelf-delo'"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="lists:list | lists:overview" as="element(Q{}html)">
    <xsl:variable name="list" as="element()" select="."/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="lists:title(.)"/>
      <xsl:with-param name="content" as="element()+">
        <xsl:call-template name="lists:opening"><xsl:with-param name="list" select="$list"/></xsl:call-template>
        <xsl:apply-templates select="." mode="local:content"/>
        <xsl:if test="xs:integer(@count) eq 0"><p class="count">{label:text('no-documents', $lang)}</p></xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What stands under the head. -->
  <xsl:mode name="local:content" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="lists:overview" mode="local:content" as="element(Q{}nav)">
    <xsl:call-template name="lists:parts"><xsl:with-param name="overview" select="."/></xsl:call-template>
  </xsl:template>

  <!-- A section for each archive, then the documents for which none is named; or one for each kind of document, the most
       frequent first. -->
  <xsl:template match="lists:list" mode="local:content" as="element()*">
    <xsl:variable name="is-finding" as="xs:boolean" select="@name eq 'archives'"/>
    <xsl:call-template name="lists:ways"><xsl:with-param name="list" select="."/></xsl:call-template>
    <xsl:for-each-group select="lists:row" group-by="@part">
      <xsl:sort select="if ($is-finding) then number(@part eq '') else -count(current-group())"/>
      <xsl:sort select="@head" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
      <xsl:variable name="id" as="xs:string" select="if ($is-finding and @part eq '') then 'without' else (if ($is-finding) then 'archive-' else 'type-') || position()"/>
      <section class="finding" aria-labelledby="{$id}">
        <h2 id="{$id}">
          <xsl:text>{@head}</xsl:text>
          <xsl:if test="not($is-finding)"><xsl:text> </xsl:text><span class="number">{count(current-group())}</span></xsl:if>
        </h2>
        <xsl:if test="current-group()/finding:holding"><xsl:sequence select="local:level(current-group()/finding:holding, $local:parts)"/></xsl:if>
        <xsl:if test="current-group()/finding:document">
          <ul><xsl:for-each select="current-group()/finding:document"><li><xsl:sequence select="node()"/></li></xsl:for-each></ul>
        </xsl:if>
      </section>
    </xsl:for-each-group>
    <xsl:call-template name="lists:ways"><xsl:with-param name="list" select="."/><xsl:with-param name="name" select="'parts-again'"/></xsl:call-template>
  </xsl:template>

  <!-- One level of the list: by the first of the parts that are left, in the order of their numbers. -->
  <xsl:function name="local:level" as="element(Q{}ul)">
    <xsl:param name="holdings" as="element(finding:holding)+"/>
    <xsl:param name="parts" as="xs:string*"/>
    <ul>
      <xsl:choose>
        <xsl:when test="empty($parts)">
          <xsl:for-each select="$holdings">
            <xsl:sort select="local:number(@list)"/>
            <li><xsl:sequence select="node()"/></li>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each-group select="$holdings" group-by="string(@*[name() eq substring-after($parts[1], '-')])">
            <xsl:sort select="local:number(current-grouping-key())"/>
            <xsl:sort select="current-grouping-key()" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
            <xsl:choose>
              <xsl:when test="current-grouping-key() eq ''"><xsl:sequence select="local:level(current-group(), tail($parts))/*"/></xsl:when>
              <xsl:otherwise>
                <li>{label:with($parts[1], current-grouping-key(), $lang)} <xsl:sequence select="local:level(current-group(), tail($parts))"/></li>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:for-each-group>
        </xsl:otherwise>
      </xsl:choose>
    </ul>
  </xsl:function>

  <xsl:function name="local:number" as="xs:double">
    <xsl:param name="text" as="xs:string?"/>
    <xsl:sequence select="number((analyze-string(string($text), '\d+')/*:match)[1])"/>
  </xsl:function>

</xsl:stylesheet>
