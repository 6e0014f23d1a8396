<?xml version="1.0" encoding="UTF-8"?>
<!--
  Rows: which parts of the languages stand beside each other.

  In:  the parts of the reading text that are each one language, one or two.
  Out: rows as xslt/common/parallel.xsl has them: the opening, linked blocks, the closing; an embedded telegram has rows of
       its own, set in.
  Included by document.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:parallel="urn:despatch:parallel"
  xmlns:typst="urn:despatch:typst"
  xmlns:local="urn:despatch:typst:rows:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- How many characters a row may have and not be divided between two pages: a paragraph of about six lines, an opening
       of its usual length. Typst also sets such rows in half the memory. -->
  <xsl:variable name="local:undivided" as="map(xs:string, xs:integer)"
    select="map { 'opening': 900, 'text': 280, 'closing': 280 }"/>

  <!-- The rows of a message; `depth` says how many messages it is embedded in. -->
  <xsl:template name="typst:rows">
    <xsl:param name="sides" as="element()*" required="yes"/>
    <xsl:param name="depth" as="xs:integer" required="yes"/>
    <xsl:for-each select="parallel:slots($sides)">
      <xsl:if test=". ge 1">
        <xsl:text>#message-edge()&#10;</xsl:text>
        <xsl:call-template name="typst:rows">
          <xsl:with-param name="sides" select="parallel:message($sides, .)"/>
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

  <!-- The rows of a slot: its opening, its text, its closing. -->
  <xsl:template name="local:slot">
    <xsl:param name="sides" as="element()*" required="yes"/>
    <xsl:param name="slot" as="xs:integer" required="yes"/>
    <xsl:param name="depth" as="xs:integer" required="yes"/>
    <xsl:for-each select="'opening', 'text', 'closing'">
      <xsl:variable name="kind" as="xs:string" select="."/>
      <xsl:for-each select="parallel:rows($sides, $slot, $kind)">
        <xsl:variable name="row" as="array(element()*)" select="."/>
        <xsl:variable name="longest" as="xs:integer"
          select="max((1 to array:size($row)) ! string-length(string-join($row(.))))"/>
        <xsl:text>#row({$depth}, "{$kind}", {$longest le map:get($local:undivided, $kind)}</xsl:text>
        <xsl:for-each select="local:passage($row(1)[1])[$kind eq 'text']">, passage: (name, {typst:string(.)})</xsl:for-each>
        <xsl:for-each select="1 to count($sides)">
          <xsl:text>, ({local:language($sides[current()])}, [</xsl:text>
          <xsl:apply-templates select="$row(current())" mode="typst:text"/>
          <xsl:text>])</xsl:text>
        </xsl:for-each>
        <xsl:text>)&#10;</xsl:text>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- What the web edition calls a passage: by its own id, else by that of the first sentence in it. -->
  <xsl:function name="local:passage" as="xs:string?">
    <xsl:param name="block" as="element()?"/>
    <xsl:sequence select="($block/@xml:id, ($block//s/@xml:id)[1])[1] ! string()"/>
  </xsl:function>

  <!-- The language that a part is in, as Typst knows it. -->
  <xsl:function name="local:language" as="xs:string">
    <xsl:param name="side" as="element()"/>
    <xsl:sequence select="typst:language($side/ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
  </xsl:function>

</xsl:stylesheet>
