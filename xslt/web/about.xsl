<?xml version="1.0" encoding="UTF-8"?>
<!--
  What the edition says of itself: the editors' introduction, the principles of the encoding, licence.

  In:  tei/corpus.xml.
  Out: the page `about` in one interface language; what corpus.xml says in several languages is shown in this one.
  Includes the frame and the rendering of text.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:label="urn:despatch:label"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="text.xsl"/>

  <!-- corpus.xml to its page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="label:text('about', $lang)"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening"><h1>{$web:edition}</h1></header>
        <xsl:apply-templates select="TEI/text, TEI/teiHeader"/>
        <p class="prose">
          <xsl:text>{label:text('changes-remark', $lang)} </xsl:text>
          <a href="{web:address('changes', $lang)}">{label:of-value('register', 'changes', $lang)}</a>
        </p>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="text" as="element(Q{}div)">
    <div class="prose"><xsl:apply-templates select="web:in-language(body/*)" mode="web:text"/></div>
  </xsl:template>

  <xsl:template match="teiHeader" as="element(Q{}div)">
    <div class="prose">
      <xsl:call-template name="web:statements">
        <xsl:with-param name="heading" select="'principles'"/>
        <xsl:with-param name="statements" select="encodingDesc/editorialDecl//p"/>
      </xsl:call-template>
      <xsl:call-template name="web:statements">
        <xsl:with-param name="heading" select="'sources'"/>
        <xsl:with-param name="statements" select="fileDesc/sourceDesc/p"/>
      </xsl:call-template>
      <xsl:call-template name="web:statements">
        <xsl:with-param name="heading" select="'licence'"/>
        <xsl:with-param name="statements" select="fileDesc/publicationStmt/availability/(p | licence/p)"/>
      </xsl:call-template>
    </div>
  </xsl:template>

  <!-- Paragraphs of the header under a heading of ours, where there are any. -->
  <xsl:template name="web:statements" as="element()*">
    <xsl:param name="heading" as="xs:string"/>
    <xsl:param name="statements" as="element(p)*"/>
    <xsl:if test="exists($statements)">
      <h2 id="{$heading}">{label:text($heading, $lang)}</h2>
      <xsl:apply-templates select="web:in-language($statements)" mode="web:text"/>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
