<?xml version="1.0" encoding="UTF-8"?>
<!--
  The page of a document: its frame, in which what content.xsl makes of the document has its place.

  In:  a TEI document of the edition; see frame.xsl and names.xsl for the parameters.
  Out: its page in one interface language, with an empty main.
  Includes the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="around.xsl"/>
  <xsl:include href="cite.xsl"/>

  <!-- A document to the frame of its page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="TEI" as="element(Q{}html)">
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="web:title(., $lang)"/>
      <xsl:with-param name="content" select="()"/>
      <xsl:with-param name="head" as="element()*">
        <xsl:sequence select="web:around-links(), web:bibliographic-meta(.)"/>
        <script src="{$web:up}assets/document.js" defer="defer"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A file in tei/ that is no document. -->
  <xsl:template match="*" priority="-10" as="empty-sequence()">
    <xsl:sequence select="error(xs:QName('web:no-document'), 'not a TEI document, but ' || name() || ' at ' || path(.))"/>
  </xsl:template>

</xsl:stylesheet>
