<?xml version="1.0" encoding="UTF-8"?>
<!--
  Sheets: breaks between sheets, and what stands on a sheet beside the text.

  In:  pb, fw, stamp.
  Out: HTML phrases, small; the number of the sheet goes to the margin.
  Included by text.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:sheets"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- A break between sheets: a stroke where it falls, the sheet's number beside it. -->
  <xsl:template match="pb" mode="web:text" as="element(Q{}span)">
    <span lang="{label:text('tag', $lang)}">
      <xsl:sequence select="web:attributes(., ('pb', local:between-blocks(., 'pb-block')))"/>
      <span class="stroke" aria-hidden="true">|</span>
      <span class="sheet">[{if (@n) then label:with('sheet', @n, $lang) else label:text('sheet-unnumbered', $lang)}]</span>
    </span>
  </xsl:template>

  <!-- Furniture of the original: sheet numbers, notices of continuation, copy numbers. -->
  <xsl:template match="fw" mode="web:text" as="element(Q{}span)">
    <span>
      <xsl:sequence select="web:attributes(., ('fw', @type ! ('fw-' || .), local:between-blocks(., 'fw-block'))), web:hint('fw', @type)"/>
      <xsl:apply-templates mode="web:text"/>
    </span>
  </xsl:template>

  <!-- A stamp, in its own lines. -->
  <xsl:template match="stamp" mode="web:text" as="element(Q{}span)">
    <span>
      <xsl:sequence select="web:attributes(., 'stamp')"/>
      <xsl:attribute name="title" select="label:text('stamp', $lang)"/>
      <xsl:apply-templates mode="web:text"/>
    </span>
  </xsl:template>

  <!-- The class, where an element stands between paragraphs, not in running text. -->
  <xsl:function name="local:between-blocks" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="class" as="xs:string"/>
    <xsl:sequence select="$class[$element/parent::*/(self::div or self::body or self::text or self::list or self::table)]"/>
  </xsl:function>

</xsl:stylesheet>
