<?xml version="1.0" encoding="UTF-8"?>
<!--
  Rows: which parts of the languages stand beside each other.

  In:  the parts of the reading text that are each one language, one or two.
  Out: one row for each part: the opening, each block, the closing; an embedded telegram has rows of its own, set in.
       Where the languages have different numbers of embedded telegrams, or a part has different blocks, that part is
       one row whose columns run on by themselves.
  Included by document.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:typst="urn:despatch:typst"
  xmlns:local="urn:despatch:typst:rows:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- How many characters a row may have and not be divided between two pages: a paragraph of about six lines, an opening
       of its usual length. Typst also sets such rows in half the memory. -->
  <xsl:variable name="local:undivided" as="map(xs:string, xs:integer)"
    select="map { 'opening': 900, 'text': 280, 'closing': 280 }"/>

  <!-- The rows of a message; `depth` says how many messages it is embedded in. Slot n is what follows the nth embedded
       message, slot 0 what precedes the first, slot -1 the whole where the languages do not run in step. -->
  <xsl:template name="typst:rows">
    <xsl:param name="sides" as="element()*" required="yes"/>
    <xsl:param name="depth" as="xs:integer" required="yes"/>
    <xsl:variable name="counts" as="xs:integer*" select="distinct-values($sides ! count(floatingText))"/>
    <xsl:for-each select="if (count($counts) eq 1) then 0 to $counts else -1">
      <xsl:if test=". ge 1">
        <xsl:text>#message-edge()&#10;</xsl:text>
        <xsl:call-template name="typst:rows">
          <xsl:with-param name="sides" select="for $side in $sides return $side/floatingText[current()]/(body, .)[1]"/>
          <xsl:with-param name="depth" select="$depth + 1"/>
        </xsl:call-template>
        <xsl:text>#message-edge()&#10;</xsl:text>
      </xsl:if>
      <xsl:call-template name="local:slot">
        <xsl:with-param name="sides" select="$sides"/>
        <xsl:with-param name="slot" select="."/>
        <xsl:with-param name="depth" select="$depth"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- The rows of a slot: its opening, its text block by block where the languages have the same blocks, its closing. -->
  <xsl:template name="local:slot">
    <xsl:param name="sides" as="element()*" required="yes"/>
    <xsl:param name="slot" as="xs:integer" required="yes"/>
    <xsl:param name="depth" as="xs:integer" required="yes"/>
    <xsl:for-each select="'opening', 'text', 'closing'">
      <xsl:variable name="kind" as="xs:string" select="."/>
      <xsl:variable name="columns" as="array(element()*)*" select="$sides ! [local:blocks(., $slot, $kind)]"/>
      <xsl:variable name="names" as="xs:string*" select="distinct-values($columns ! string-join(?1/name(), ' '))"/>
      <xsl:variable name="in-step" as="xs:boolean" select="$kind eq 'text' and count($names) eq 1"/>
      <xsl:if test="exists($names[. ne ''])">
        <xsl:for-each select="if ($in-step) then 1 to count($columns[1]?1) else 0">
          <xsl:variable name="row" as="xs:integer" select="."/>
          <xsl:variable name="longest" as="xs:integer"
            select="max($columns ! string-length(string-join(?1[not($in-step) or position() eq $row])))"/>
          <xsl:text>#row({$depth}, "{$kind}", {$longest le map:get($local:undivided, $kind)}</xsl:text>
          <xsl:for-each select="1 to count($sides)">
            <xsl:text>, ({local:language($sides[current()])}, [</xsl:text>
            <xsl:apply-templates select="$columns[current()]?1[not($in-step) or position() eq $row]" mode="typst:text"/>
            <xsl:text>])</xsl:text>
          </xsl:for-each>
          <xsl:text>)&#10;</xsl:text>
        </xsl:for-each>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <!-- The language that a part is in, as Typst knows it. -->
  <xsl:function name="local:language" as="xs:string">
    <xsl:param name="side" as="element()"/>
    <xsl:sequence select="typst:language($side/ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
  </xsl:function>

  <!-- The blocks of a part in one slot that are its opening, its closing, or the text between them. -->
  <xsl:function name="local:blocks" as="element()*">
    <xsl:param name="side" as="element()"/>
    <xsl:param name="slot" as="xs:integer"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:variable name="blocks" as="element()*" select="
      if ($slot lt 0) then $side/*
      else $side/*[not(self::floatingText)][count(preceding-sibling::floatingText) eq $slot]"/>
    <xsl:variable name="opening-end" as="element()?" select="$blocks[self::opener or self::head][last()]"/>
    <xsl:variable name="closing-start" as="element()?"
      select="$blocks[self::closer or self::postscript or self::trailer][1]"/>
    <xsl:variable name="opening" as="element()*" select="$blocks[. is $opening-end or . &lt;&lt; $opening-end]"/>
    <xsl:variable name="closing" as="element()*"
      select="$blocks[. is $closing-start or . &gt;&gt; $closing-start] except $opening"/>
    <xsl:sequence select="
      if ($kind eq 'opening') then $opening
      else if ($kind eq 'closing') then $closing
      else $blocks except ($opening, $closing)"/>
  </xsl:function>

</xsl:stylesheet>
