<?xml version="1.0" encoding="UTF-8"?>
<!--
  Changes of a document or of the edition, as `changes` lists them.

  In:  change in a revisionDesc.
  Out: changes:change with the day that it was made and its words, and an item of the list.
  Included by lists.xsl, for documents, and changes.xsl, for the edition; beside the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:source="urn:despatch:source"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:changes="urn:despatch:changes"
  xmlns:local="urn:despatch:web:revisions"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The changes of a file that readers are told of: not what a program made at no day, as the count of drafts says it. -->
  <xsl:function name="changes:of" as="element(change)*">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="$tei/teiHeader/revisionDesc/change[@when or local:agents(.)[not(source:is-machine(.))]]"/>
  </xsl:function>

  <!-- One change: of which document, by whom, to which state, in whose words. `of` is none for the edition as a whole. -->
  <xsl:function name="changes:change" as="element(changes:change)">
    <xsl:param name="change" as="element(change)"/>
    <xsl:param name="of" as="element(TEI)?"/>
    <xsl:variable name="agents" as="xs:string*" select="local:agents($change) ! source:agent(.)"/>
    <changes:change when="{$change/@when}" words="{($change/@when ! dating:text(., $lang), label:text('undated', $lang))[1]}">
      <li>
        <p>
          <xsl:choose>
            <xsl:when test="$of">
              <span class="date">{meta:date-text($of, $lang)}</span>
              <xsl:text> </xsl:text>
              <a href="{web:address($of/@xml:id, $lang)}">
                <xsl:sequence select="meta:title-element($of, $lang)/@xml:lang ! web:lang(.)"/>
                <xsl:text>{meta:title($of, $lang)}</xsl:text>
              </a>
            </xsl:when>
            <xsl:otherwise>{label:text('changes-edition', $lang)}</xsl:otherwise>
          </xsl:choose>
        </p>
        <p class="what">
          <span><xsl:sequence select="$change/ancestor-or-self::*[@xml:lang][1]/@xml:lang ! web:lang(.)"/>{normalize-space($change)}</span>
        </p>
        <p class="facts">{string-join(($change/@status ! label:of-value('status', ., $lang), string-join($agents, ', ')[. ne '']), ' · ')}</p>
      </li>
    </changes:change>
  </xsl:function>

  <!-- Who made a change: by the document's own statements of responsibility, else by the edition's. -->
  <xsl:function name="local:agents" as="element()*">
    <xsl:param name="change" as="element(change)"/>
    <xsl:for-each select="$change/@who ! tokenize(.) ! substring-after(., '#')">
      <xsl:variable name="id" as="xs:string" select="."/>
      <xsl:sequence select="($change/ancestor::TEI[1]/teiHeader, $web:header)/fileDesc/titleStmt//*[@xml:id eq $id] => head()"/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
