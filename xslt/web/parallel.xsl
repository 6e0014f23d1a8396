<?xml version="1.0" encoding="UTF-8"?>
<!--
  Columns: the text of one language, in rows that stand beside those of the other.

  In:  an original and its translation; the rows of xslt/common/parallel.xsl.
  Out: for each row an HTML div that says which it is, empty where only the other language has something; an embedded
       message is a section that says how many rows it takes. The style sheet sets the rows of both languages beside each
       other or, in a narrow window, in turn (CSS Grid Level 2, subgrid); without it each language is read by itself, in
       its own order.
  Included by content.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:parallel="urn:despatch:parallel"
  xmlns:local="urn:despatch:web:parallel"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- A language of a message, row by row; `column` is its place among the sides. -->
  <xsl:template name="web:column" as="element()*">
    <xsl:param name="sides" as="element()+"/>
    <xsl:param name="column" as="xs:integer"/>
    <xsl:for-each select="parallel:slots($sides)">
      <xsl:variable name="slot" as="xs:integer" select="."/>
      <xsl:variable name="above" as="xs:integer"
        select="1 + xs:integer(sum(subsequence(parallel:slots($sides), 1, position() - 1) ! local:size($sides, .)))"/>
      <xsl:variable name="message" as="xs:integer" select="local:message($sides, $slot)"/>
      <xsl:if test="$slot ge 1">
        <xsl:variable name="inner" as="element()*" select="parallel:message($sides, $slot)"/>
        <xsl:for-each select="$sides[$column]/floatingText[$slot]">
          <section style="--row: {$above + 1}; --rows: {$message}">
            <xsl:sequence select="web:passage(., 'embedded')"/>
            <div class="row" style="--row: 1"><xsl:call-template name="web:message-head"><xsl:with-param name="text" select="."/></xsl:call-template></div>
            <xsl:call-template name="web:column">
              <xsl:with-param name="sides" select="$inner"/>
              <xsl:with-param name="column" select="$column"/>
            </xsl:call-template>
          </section>
        </xsl:for-each>
      </xsl:if>
      <xsl:for-each select="local:rows($sides, $slot)">
        <div class="row" style="--row: {$above + $message + position()}"><xsl:apply-templates select=".($column)" mode="web:text"/></div>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- How many rows a text takes, the heads and notes round it included. -->
  <xsl:function name="web:rows" as="xs:integer">
    <xsl:param name="sides" as="element()+"/>
    <xsl:sequence select="2 + local:count($sides)"/>
  </xsl:function>

  <xsl:function name="local:count" as="xs:integer">
    <xsl:param name="sides" as="element()*"/>
    <xsl:sequence select="xs:integer(sum(parallel:slots($sides) ! local:size($sides, .)))"/>
  </xsl:function>

  <!-- How many a slot takes: the message that stands in it, then the text up to the next. -->
  <xsl:function name="local:size" as="xs:integer">
    <xsl:param name="sides" as="element()*"/>
    <xsl:param name="slot" as="xs:integer"/>
    <xsl:sequence select="local:message($sides, $slot) + count(local:rows($sides, $slot))"/>
  </xsl:function>

  <xsl:function name="local:message" as="xs:integer">
    <xsl:param name="sides" as="element()*"/>
    <xsl:param name="slot" as="xs:integer"/>
    <xsl:sequence select="if ($slot ge 1) then 1 + local:count(parallel:message($sides, $slot)) else 0"/>
  </xsl:function>

  <!-- The rows of a slot: opening, text, closing. -->
  <xsl:function name="local:rows" as="array(element()*)*">
    <xsl:param name="sides" as="element()*"/>
    <xsl:param name="slot" as="xs:integer"/>
    <xsl:sequence select="('opening', 'text', 'closing') ! parallel:rows($sides, $slot, .)"/>
  </xsl:function>

</xsl:stylesheet>
