<?xml version="1.0" encoding="UTF-8"?>
<!--
  What the lists of documents, and the pages of others, need of one document.

  In:  a document; its id, which is its file's name.
  Out: a TEI element with the parts of the header that the lists read, and the languages of the text without the text, but
       for where messages are embedded. List, chronology, correspondents and archives are made from these extracts, and
       so is what pages say of each other; @n is the place in the order of dates.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:include href="../common/metadata.xsl"/>

  <xsl:param name="page" as="xs:string" required="yes"/>

  <!-- Header and the frame of the text to the same without what the list does not read. -->
  <xsl:mode on-no-match="shallow-copy" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(TEI)">
    <xsl:apply-templates select="TEI"/>
    <xsl:if test="not(TEI)">
      <xsl:sequence select="error(xs:QName('web:no-document'), 'not a TEI document, but ' || name(*) || ' at ' || path(*))"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="TEI" as="element(TEI)">
    <TEI xml:id="{$page}" n="{meta:sort-key(.)}">
      <xsl:sequence select="@xml:lang"/>
      <xsl:apply-templates select="teiHeader, text"/>
    </TEI>
  </xsl:template>

  <xsl:template match="encodingDesc | respStmt[not(@xml:id = //change/@who ! tokenize(.) ! substring-after(., '#'))] | publicationStmt | abstract | bibl | correspContext
    | msContents | comment() | processing-instruction()"/>

  <xsl:template match="text/body/div" as="element(div)">
    <div>
      <xsl:sequence select="@type, @xml:lang"/>
      <xsl:for-each select=".//floatingText[@decls][@xml:id]">
        <floatingText><xsl:sequence select="@decls, @xml:id"/></floatingText>
      </xsl:for-each>
    </div>
  </xsl:template>

  <xsl:template match="text//*[not(self::body)][not(parent::body and self::div)]"/>

  <xsl:template match="text/text() | text/body/text()"/>

</xsl:stylesheet>
