<?xml version="1.0" encoding="UTF-8"?>
<!--
  The encoding guidelines: chapters of prose, each with the elements that it treats.

  In:  schemas/edition.odd; the edition's corpus.xml and the language of the page as parameters (see frame.xsl).
  Out: the page `guidelines` in one interface language. Every element, class, value form and rule has its identifier as
       anchor, so that a message of the checker can lead there.
  Includes the frame of the website's pages and specification.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:odd="urn:despatch:odd"
  xmlns:label="urn:despatch:label"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="../web/frame.xsl"/>
  <xsl:include href="specification.xsl"/>

  <!-- The ODD to its page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>
  <!-- A chapter, its head, its paragraphs, its specifications. -->
  <xsl:mode name="odd:chapter" on-no-match="fail" on-multiple-match="fail"/>
  <!-- Words of the guidelines: names of elements and attributes, code. -->
  <xsl:mode name="odd:text" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="label:text('guidelines', $lang)"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening">
          <h1>{TEI/teiHeader/fileDesc/titleStmt/web:in-language(title)}</h1>
        </header>
        <xsl:call-template name="odd:contents"/>
        <div class="prose">
          <xsl:apply-templates select="TEI/text/body/div" mode="odd:chapter"/>
        </div>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The way to each chapter, and from there to its elements. -->
  <xsl:template name="odd:contents" as="element(Q{}nav)">
    <nav class="guidelines-contents" aria-label="{label:text('contents-of-page', $lang)}">
      <ul>
        <xsl:for-each select="TEI/text/body/div">
          <li>
            <a href="#chapter.{@xml:id}">{web:in-language(head)}</a>
            <xsl:if test=".//elementSpec">
              <ul>
                <xsl:for-each select=".//elementSpec">
                  <li><a href="#{@ident}"><code>{@ident}</code></a></li>
                </xsl:for-each>
              </ul>
            </xsl:if>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template match="div" as="element(Q{}section)" mode="odd:chapter">
    <section id="chapter.{@xml:id}">
      <xsl:apply-templates select="web:in-language(head), web:in-language(p), * except (head, p)" mode="odd:chapter"/>
    </section>
  </xsl:template>

  <xsl:template match="head" as="element(Q{}h2)" mode="odd:chapter">
    <h2><xsl:apply-templates mode="odd:text"/></h2>
  </xsl:template>

  <xsl:template match="p" as="element(Q{}p)" mode="odd:chapter">
    <p><xsl:apply-templates mode="odd:text"/></p>
  </xsl:template>

  <xsl:template match="specGrp" as="element()*" mode="odd:chapter">
    <xsl:apply-templates select="*" mode="odd:specification"/>
  </xsl:template>

  <!-- The schema's own list of modules is for programs. -->
  <xsl:template match="schemaSpec" mode="odd:chapter"/>

  <xsl:template match="gi" as="element(Q{}a)" mode="odd:text">
    <a href="#{.}"><code>{.}</code></a>
  </xsl:template>

  <xsl:template match="att" as="element(Q{}code)" mode="odd:text">
    <code>@{.}</code>
  </xsl:template>

  <xsl:template match="code" as="element(Q{}code)" mode="odd:text">
    <code>{.}</code>
  </xsl:template>

  <xsl:template match="text()" as="text()" mode="odd:text">
    <xsl:sequence select="."/>
  </xsl:template>
</xsl:stylesheet>
