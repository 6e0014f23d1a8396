<?xml version="1.0" encoding="UTF-8"?>
<!--
  The files beside a document's page: its text without markup, one file for each language; its citation for programs.

  In:  a TEI document of the edition.
  Out: `files`, each with its path in the site; pipeline/website/documents.py writes them.
  Imports the frame, whose pages are HTML; includes the citations, the reading text of the volume, and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:cite="urn:despatch:cite"
  xmlns:typst="urn:despatch:typst"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:import href="frame.xsl"/>

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="../print/reading.xsl"/>
  <xsl:include href="cite.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <!-- A document to its files. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}files)">
    <xsl:apply-templates select="TEI"/>
  </xsl:template>

  <xsl:template match="TEI" as="element(Q{}files)">
    <xsl:variable name="record" as="map(xs:string, item()*)" select="cite:record(., $page, $web:header, 'en')"/>
    <files>
      <file path="citation/{$page}.bib">{cite:bibtex($record)}</file>
      <file path="citation/{$page}.ris">{cite:ris($record)}</file>
      <file path="citation/{$page}.json">{cite:csl($record)}</file>
      <xsl:for-each select="web:plain-texts(.)?*">
        <file path="text/{.?file}">{web:plain-text(.?witness)}</file>
      </xsl:for-each>
    </files>
  </xsl:template>

  <!-- The reading text of a part: a paragraph a line, an empty line between two. -->
  <xsl:function name="web:plain-text" as="xs:string">
    <xsl:param name="witness" as="element()"/>
    <xsl:variable name="reading" as="element()*"><xsl:apply-templates select="$witness" mode="typst:reading"/></xsl:variable>
    <xsl:variable name="text" as="xs:string*"><xsl:apply-templates select="$reading" mode="web:plain"/></xsl:variable>
    <xsl:sequence select="
      string-join(tokenize(string-join($text), '&#x2029;') ! normalize-space(.)[. ne ''], '&#10;&#10;') || '&#10;'"/>
  </xsl:function>

  <!-- Text to strings, with a paragraph separator before and after every block. What the edition adds is left out. -->
  <xsl:mode name="web:plain" on-no-match="text-only-copy" on-multiple-match="fail"/>

  <xsl:template match="corr[parent::choice] | expan[parent::choice] | reg[parent::choice] | note[@resp][not(@resp = '#source')]"
    mode="web:plain"/>

  <xsl:template match="p | ab | item | head | row | seg[@type][parent::opener or parent::closer] | addrLine | dateline | salute
    | signed | stamp | trailer | list/label | l" mode="web:plain">
    <xsl:if test="not(self::item/preceding-sibling::*[1][self::label])">&#x2029;</xsl:if>
    <xsl:apply-templates mode="web:plain"/>
    <xsl:text>{if (parent::list and self::label) then ' ' else '&#x2029;'}</xsl:text>
  </xsl:template>

  <xsl:template match="cell" mode="web:plain">
    <xsl:apply-templates mode="web:plain"/>
    <xsl:text> </xsl:text>
  </xsl:template>

</xsl:stylesheet>
