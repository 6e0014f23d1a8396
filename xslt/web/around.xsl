<?xml version="1.0" encoding="UTF-8"?>
<!--
  The documents around one: before and after it by date, and those of one correspondence with it.

  In:  what neighbours.py folds from the extracts of all documents, as a parameter.
  Out: links to their pages, each with its date and what it has to do with this document.
  Included by content.xsl and document.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:around"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- `related` as neighbours.py describes it; empty for a document alone. -->
  <xsl:param name="around" as="xs:string" select="''"/>

  <xsl:variable name="web:around" as="element(related)?" select="if ($around) then parse-xml($around)/related else ()"/>

  <!-- The links for browsers and programs. -->
  <xsl:function name="web:around-links" as="element(Q{}link)*">
    <xsl:for-each select="$web:around/(previous | next)/TEI">
      <link rel="{if (parent::next) then 'next' else 'prev'}" href="{web:address(@xml:id, $lang)}"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Before and after, in one line. -->
  <xsl:template name="web:sequence" as="element(Q{}nav)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:if test="$web:around/(previous | next)">
      <nav class="sequence" aria-label="{label:text($name, $lang)}">
        <xsl:for-each select="$web:around/(previous | next)/TEI">
          <a class="{name(..)}" rel="{if (parent::next) then 'next' else 'prev'}" href="{web:address(@xml:id, $lang)}" title="{local:title(.)}">
            <xsl:if test="parent::previous">← </xsl:if>
            <xsl:text>{meta:date-text(., $lang)}</xsl:text>
            <xsl:if test="parent::next"> →</xsl:if>
          </a>
        </xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- The correspondence, by date; the document itself stands among the others. -->
  <xsl:template name="web:thread" as="element(Q{}nav)?">
    <xsl:if test="$web:around/item">
      <nav class="thread" aria-labelledby="page-thread">
        <h2 id="page-thread">{label:text('thread', $lang)}</h2>
        <ol>
          <xsl:for-each select="$web:around/item">
            <li>
              <span class="when">{meta:date-text(TEI, $lang)}</span>
              <div>
                <a href="{web:address(TEI/@xml:id, $lang)}" lang="{local:title-language(TEI)}">
                  <xsl:if test="TEI/@xml:id eq $page"><xsl:attribute name="aria-current" select="'page'"/></xsl:if>
                  <xsl:text>{local:title(TEI)}</xsl:text>
                </a>
                <xsl:if test="TEI/teiHeader/revisionDesc/@status = 'withdrawn'">
                  <p class="relation">{label:text('status.withdrawn', $lang)}</p>
                </xsl:if>
                <xsl:for-each-group select="relation" group-by="@type || ' ' || @status">
                  <p class="relation">{local:relation(.)}</p>
                </xsl:for-each-group>
              </div>
            </li>
          </xsl:for-each>
        </ol>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- What another document is to this one; where several may be meant, that it is perhaps this one. -->
  <xsl:function name="local:relation" as="xs:string">
    <xsl:param name="relation" as="element(relation)"/>
    <xsl:variable name="words" as="xs:string" select="label:of-value('thread', $relation/@type, $lang)"/>
    <xsl:sequence select="if ($relation/@status eq 'possible') then label:with('perhaps', $words, $lang) else $words"/>
  </xsl:function>

  <!-- The page of the document that a reference in a message certainly leads to. -->
  <xsl:function name="web:linked-page" as="xs:string?">
    <xsl:param name="reference" as="element(ref)"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($reference)"/>
    <xsl:variable name="relations" as="element(relation)*" select="
      $web:around/item/relation[@status = ('decided', 'resolved')][@type eq $reference/@type]
        [@message eq $reference/ancestor::correspDesc/@xml:id][. eq $words]"/>
    <xsl:sequence select="$relations[1] ! web:address(../TEI/@xml:id, $lang)"/>
  </xsl:function>

  <!-- A document's title, and its language, for each interface language. -->
  <xsl:function name="local:title" as="xs:string">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="label:in-all(local:readings() ! meta:title($tei, .))"/>
  </xsl:function>

  <xsl:function name="local:title-language" as="xs:string">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="label:in-all(for $reading in local:readings()
      return string((meta:title-element($tei, $reading)/@xml:lang, $reading)[1]))"/>
  </xsl:function>

  <xsl:function name="local:readings" as="xs:string+">
    <xsl:sequence select="if ($lang eq 'mul') then $label:languages else $lang"/>
  </xsl:function>

</xsl:stylesheet>
