<?xml version="1.0" encoding="UTF-8"?>
<!--
  Editorial principles: what tei/corpus.xml says of how the edition was made, each statement after what it is about.

  In:  the header of tei/corpus.xml.
  Out: a variable of Typst, `principles`: content, or none where the header says nothing.
  Included by front.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:typst="urn:despatch:typst"
  xmlns:label="urn:despatch:label"
  xmlns:meta="urn:despatch:meta"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The header, and each of its declarations. -->
  <xsl:mode name="typst:principles" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiHeader" mode="typst:principles">
    <xsl:variable name="said" as="element()*" select="
      (encodingDesc/projectDesc, fileDesc/sourceDesc, encodingDesc/samplingDecl, encodingDesc/editorialDecl/(p | *[p]))
      [descendant-or-self::p[normalize-space()]]"/>
    <xsl:text>#let principles = </xsl:text>
    <xsl:choose>
      <xsl:when test="exists($said)">
        <xsl:text>[&#10;#chapter(1)[{typst:content(label:text('volume.principles', $interface))}];&#10;</xsl:text>
        <xsl:apply-templates select="$said[not(self::p)], meta:for-readers($said[self::p], $interface)" mode="typst:principles"/>
        <xsl:text>]</xsl:text>
      </xsl:when>
      <xsl:otherwise>none</xsl:otherwise>
    </xsl:choose>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <!-- A declaration by its name, where labels.xml has one, before its first paragraph. -->
  <xsl:template match="*" mode="typst:principles">
    <xsl:variable name="about" as="xs:string" select="'principle.' || local-name()"/>
    <xsl:for-each select="meta:for-readers(p, $interface)">
      <xsl:text>#in-language({typst:language((@xml:lang, $interface)[1])})[#principle[</xsl:text>
      <xsl:value-of select="typst:content(if (position() eq 1 and label:has($about)) then label:text($about, $interface) else '')"/>
      <xsl:text>][</xsl:text>
      <xsl:apply-templates mode="typst:text"/>
      <xsl:text>];];&#10;</xsl:text>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="p" mode="typst:principles">
    <xsl:text>#in-language({typst:language((@xml:lang, $interface)[1])})[#principle[][</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];];&#10;</xsl:text>
  </xsl:template>

</xsl:stylesheet>
