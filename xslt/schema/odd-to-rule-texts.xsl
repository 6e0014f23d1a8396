<?xml version="1.0" encoding="UTF-8"?>
<!--
  In: schemas/edition.odd. Out: pipeline/problems/texts/rules.toml, the words in which `despatch check` tells of a rule.
  A value within a sentence becomes a placeholder: {value1} is the first of the English sentence, and the same expression
  has the same number in Russian. In this order schematron-to-xslt.xsl reports the values. Run by pipeline/schema.py.
-->
<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:toml="urn:despatch:toml" version="3.0"
                expand-text="yes" xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:key name="diagnostic" match="sch:diagnostic" use="@id"/>

  <!-- The document itself. -->
  <xsl:mode on-no-match="fail"/>
  <!-- A sentence with placeholders. -->
  <xsl:mode name="sentence" on-no-match="fail"/>

  <xsl:template match="/" as="text()+">
    <xsl:text>{'# Made from schemas/edition.odd by `python -m pipeline.schema`: change that file, not this one.&#10;'}</xsl:text>
    <xsl:for-each select="//constraintSpec[@scheme = 'schematron']//(sch:assert | sch:report)">
      <xsl:sort select="@id"/>
      <xsl:variable name="constraint" as="element(constraintSpec)" select="ancestor::constraintSpec"/>
      <xsl:variable name="values" as="xs:string*" select="distinct-values(sch:value-of/@select)"/>
      <xsl:text>&#10;[{@id}]&#10;</xsl:text>
      <xsl:text>{toml:entry('name', $constraint/gloss)}</xsl:text>
      <xsl:text>{toml:entry('severity', if (@role = 'information') then 'note' else @role)}</xsl:text>
      <xsl:text>{toml:entry('en', toml:sentence(., $values))}</xsl:text>
      <xsl:text>{toml:entry('ru', toml:sentence(key('diagnostic', @diagnostics), $values))}</xsl:text>
      <xsl:text>{toml:entry('advice-en', toml:literal($constraint/desc[@xml:lang = 'en']))}</xsl:text>
      <xsl:text>{toml:entry('advice-ru', toml:literal($constraint/desc[@xml:lang = 'ru']))}</xsl:text>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="sch:value-of" as="text()" mode="sentence">
    <xsl:param name="values" as="xs:string*" tunnel="yes"/>
    <xsl:variable name="number" as="xs:integer?" select="index-of($values, @select)"/>
    <xsl:if test="empty($number)">
      <xsl:sequence select="error(xs:QName('toml:value'), 'the English sentence has no such value: ' || path(.))"/>
    </xsl:if>
    <xsl:text>{{value{$number}}}</xsl:text>
  </xsl:template>

  <xsl:template match="text()" as="text()" mode="sentence">
    <xsl:text>{toml:literal(.)}</xsl:text>
  </xsl:template>

  <!-- A sentence with its values as placeholders, its white space folded. -->
  <xsl:function name="toml:sentence" as="xs:string">
    <xsl:param name="sentence" as="element()"/>
    <xsl:param name="values" as="xs:string*"/>
    <xsl:variable name="parts" as="text()*">
      <xsl:apply-templates select="$sentence/node()" mode="sentence">
        <xsl:with-param name="values" select="$values" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:variable>
    <xsl:sequence select="normalize-space(string-join($parts))"/>
  </xsl:function>

  <!-- Text in which no brace is a placeholder. -->
  <xsl:function name="toml:literal" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="replace($text, '([{{}}])', '$1$1')"/>
  </xsl:function>

  <!-- One line: a key and a basic string (TOML 1.0, "String"). -->
  <xsl:function name="toml:entry" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="text" as="xs:string"/>
    <xsl:variable name="escaped" as="xs:string" select="replace(normalize-space($text), '([\\&quot;])', '\\$1')"/>
    <xsl:sequence select="$key || ' = &quot;' || $escaped || '&quot;&#10;'"/>
  </xsl:function>
</xsl:stylesheet>
