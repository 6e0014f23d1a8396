<?xml version="1.0" encoding="UTF-8"?>
<!--
  Lists that are split: the ways between their parts.

  In:  lists:list, a whole list or one page of a part; lists:overview, the parts of one that is split.
  Out: the head of the page, the list of parts, the line with the pages of a part and the parts beside it.
  Included by the lists' stylesheets, beside the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:label="urn:despatch:label"
  xmlns:lists="urn:despatch:lists"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- What the page is called: the list, in a part the part too. -->
  <xsl:function name="lists:title" as="xs:string" visibility="public">
    <xsl:param name="list" as="element()"/>
    <xsl:sequence select="string-join(($list/@head, label:of-value('register', $list/@name, $lang)), ' · ')"/>
  </xsl:function>

  <!-- The head of the page; that of a part leads to the whole list. `heading` is of a page that is not split. -->
  <xsl:template name="lists:opening" as="element(Q{}header)">
    <xsl:param name="list" as="element()"/>
    <xsl:param name="heading" as="xs:string" select="label:of-value('register', $list/@name, $lang)"/>
    <xsl:param name="remark" as="xs:string?" select="()"/>
    <header class="opening">
      <xsl:if test="$list/@part">
        <p class="date"><a href="{web:address($list/@name, $lang)}">{label:of-value('register', $list/@name, $lang)}</a></p>
      </xsl:if>
      <h1>{($list/@head, $heading)[1]}</h1>
      <xsl:for-each select="$remark[not($list/@part)]"><p class="remark">{.}</p></xsl:for-each>
    </header>
  </xsl:template>

  <!-- The parts of a list that is split, each with how much it has. -->
  <xsl:template name="lists:parts" as="element(Q{}nav)">
    <xsl:param name="overview" as="element(lists:overview)"/>
    <nav aria-label="{label:text('parts', $lang)}">
      <ul class="parts">
        <xsl:for-each select="$overview/lists:part">
          <li>
            <a href="{web:address(@name, $lang)}">{@head}</a>
            <xsl:text> </xsl:text>
            <span class="number">{@count}</span>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:template>

  <!-- On the page of a part: the part before, the part's own pages, the part after. -->
  <xsl:template name="lists:ways" as="element(Q{}nav)?">
    <xsl:param name="list" as="element(lists:list)"/>
    <xsl:param name="name" as="xs:string" select="'parts'"/>
    <xsl:if test="$list[@part][lists:previous or lists:next or number(@pages) gt 1]">
      <nav class="letters" aria-label="{label:text($name, $lang)}">
        <xsl:for-each select="$list/lists:previous"><a rel="prev" href="{web:address(@name, $lang)}">← {@head}</a></xsl:for-each>
        <xsl:for-each select="(1 to xs:integer($list/@pages))[number($list/@pages) gt 1]">
          <a href="{web:address(string-join(($list/@name, string(.)[. ne '1'], $list/@part), '.'), $lang)}">
            <xsl:if test=". eq xs:integer($list/@page)"><xsl:attribute name="aria-current" select="'page'"/></xsl:if>
            <xsl:text>{.}</xsl:text>
          </a>
        </xsl:for-each>
        <xsl:for-each select="$list/lists:next"><a rel="next" href="{web:address(@name, $lang)}">{@head} →</a></xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
