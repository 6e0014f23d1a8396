<?xml version="1.0" encoding="UTF-8"?>
<!--
  Embedded messages: a telegram inside a telegram, shown as a document of its own.

  In:  floatingText and the correspDesc that its @decls names.
  Out: an HTML section with a heading that says from whom, to whom, when.
  Included by text.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:corresp="urn:despatch:corresp"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template match="floatingText" mode="web:text" as="element(Q{}section)">
    <section>
      <xsl:sequence select="web:passage(., 'embedded')"/>
      <xsl:call-template name="web:message-head"><xsl:with-param name="text" select="."/></xsl:call-template>
      <xsl:apply-templates select="*/node()" mode="web:text"/>
    </section>
  </xsl:template>

  <!-- What an embedded message is: from whom, to whom, when. -->
  <xsl:template name="web:message-head" as="element(Q{}h3)">
    <xsl:param name="text" as="element(floatingText)"/>
    <h3 class="embedded-head" lang="{label:text('tag', $lang)}">
      <span class="embedded-kind">{label:text('embedded-message', $lang)}</span>
      <xsl:for-each select="corresp:of($text)">
        <xsl:text> </xsl:text>
        <span class="embedded-parties">{web:message-line(.)}</span>
      </xsl:for-each>
    </h3>
  </xsl:template>

  <!-- From whom, to whom, when, in one line. -->
  <xsl:function name="web:message-line" as="xs:string">
    <xsl:param name="message" as="element(correspDesc)"/>
    <xsl:variable name="sides" as="xs:string*" select="corresp:sides($message, $lang)"/>
    <xsl:variable name="day" as="xs:string?"
      select="corresp:actions($message, 'sent')/date[1] ! dating:of(., $lang)"/>
    <xsl:sequence select="string-join((string-join($sides, ' → ')[. ne ''], $day), ', ')"/>
  </xsl:function>

</xsl:stylesheet>
