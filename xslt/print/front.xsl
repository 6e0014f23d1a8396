<?xml version="1.0" encoding="UTF-8"?>
<!--
  The front of the volume: title, imprint, introduction.

  In:  tei/corpus.xml; the language of the volume's own words.
  Out: a module of Typst with what the design asks for, and nothing of how it looks.
  Run by pipeline/typesetting.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:typst="urn:despatch:typst"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:meta="urn:despatch:meta"
  xmlns:local="urn:despatch:typst:front:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="typst.xsl"/>
  <xsl:include href="text.xsl"/>
  <xsl:include href="apparatus.xsl"/>
  <xsl:include href="blocks.xsl"/>
  <xsl:include href="principles.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <!-- The language of headings and notes of ours, an interface language of the edition. -->
  <xsl:param name="interface" as="xs:string" required="yes"/>

  <!-- corpus.xml as a whole: its text is set in the mode typst:text. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="/">
    <xsl:apply-templates select="TEI"/>
  </xsl:template>

  <xsl:template match="TEI">
    <xsl:variable name="file" as="element(fileDesc)" select="teiHeader/fileDesc"/>
    <xsl:variable name="titles" as="element(title)*" select="$file/titleStmt/title"/>
    <xsl:variable name="main" as="element(title)?" select="meta:for-readers($titles[not(@type = 'sub')], $interface)[1]"/>
    <xsl:text>#import "/design.typ": *&#10;</xsl:text>
    <xsl:text>#let language = {typst:language($interface)}&#10;</xsl:text>
    <xsl:text>#let title = {typst:string(normalize-space($main))}&#10;</xsl:text>
    <xsl:text>#let subtitles = {typst:array(meta:for-readers($titles[@type = 'sub'], $interface) ! normalize-space(.))}&#10;</xsl:text>
    <xsl:text>#let volume-name = {typst:string(label:text('volume', $interface))}&#10;</xsl:text>
    <xsl:text>#let authors = {typst:array($file/titleStmt/(author | editor) ! normalize-space(.))}&#10;</xsl:text>
    <xsl:text>#let publishers = {typst:array($file/publicationStmt/publisher ! normalize-space(.))}&#10;</xsl:text>
    <xsl:text>#let date = {typst:array($file/publicationStmt/date[1] ! local:date(.))}&#10;</xsl:text>
    <xsl:text>#let imprint = [&#10;</xsl:text>
    <xsl:apply-templates select="$file/titleStmt/respStmt, $file/publicationStmt/(idno | availability)"
      mode="typst:imprint"/>
    <xsl:text>]&#10;#let introduction = [&#10;</xsl:text>
    <xsl:apply-templates select="text/(front | body)/*" mode="typst:introduction"/>
    <xsl:text>]&#10;</xsl:text>
    <xsl:apply-templates select="teiHeader" mode="typst:principles"/>
  </xsl:template>

  <!-- What stands on the back of the title page. -->
  <xsl:mode name="typst:imprint" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="respStmt" mode="typst:imprint">
    <xsl:variable name="names" as="xs:string*" select="(persName | orgName | name) ! normalize-space(.)"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space(string-join(resp, ', '))"/>
    <xsl:text>#paragraph[</xsl:text>
    <xsl:value-of select="typst:content(
      upper-case(substring($words, 1, 1)) || substring($words, 2) || ': ' || string-join($names, ', '))"/>
    <xsl:text>];&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="idno" mode="typst:imprint">
    <xsl:text>#paragraph[#reference({typst:string(normalize-space())})[{typst:content(normalize-space())}];];&#10;</xsl:text>
  </xsl:template>

  <!-- The licence by its name and address, and what the edition says of rights, in the language of the volume. -->
  <xsl:template match="availability" mode="typst:imprint">
    <xsl:apply-templates select="*" mode="typst:imprint"/>
  </xsl:template>

  <xsl:template match="licence" mode="typst:imprint">
    <xsl:choose>
      <xsl:when test="p">
        <xsl:apply-templates select="meta:for-readers(p, $interface)" mode="typst:text"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>#paragraph[</xsl:text>
        <xsl:apply-templates mode="typst:text"/>
        <xsl:text>];&#10;</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:for-each select="string(@target)[starts-with(., 'http')]">
      <xsl:text>#paragraph[#reference({typst:string(.)})[{typst:content(.)}];];&#10;</xsl:text>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="availability/p" mode="typst:imprint">
    <xsl:apply-templates select="meta:for-readers(../p, $interface)[. is current()]" mode="typst:text"/>
  </xsl:template>

  <!-- The introduction: each division of the text by itself, its heads as headings. -->
  <xsl:mode name="typst:introduction" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="div" mode="typst:introduction">
    <xsl:text>#in-language({typst:language((ancestor-or-self::*/@xml:lang)[last()])})[&#10;</xsl:text>
    <xsl:apply-templates select="*" mode="typst:introduction"/>
    <xsl:text>];&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="head" mode="typst:introduction">
    <xsl:text>#chapter({max((1, count(ancestor::div)))})[</xsl:text>
    <xsl:apply-templates mode="typst:text">
      <xsl:with-param name="in-heading" select="true()" tunnel="yes"/>
    </xsl:apply-templates>
    <xsl:text>];&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="*" mode="typst:introduction" priority="-10">
    <xsl:apply-templates select="." mode="typst:text"/>
  </xsl:template>

  <xsl:function name="local:date" as="xs:string">
    <xsl:param name="date" as="element(date)"/>
    <xsl:sequence select="if (normalize-space($date/@when)) then dating:text($date/@when, $interface) else normalize-space($date)"/>
  </xsl:function>

</xsl:stylesheet>
