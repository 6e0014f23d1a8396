<?xml version="1.0" encoding="UTF-8"?>
<!--
  Apparatus: errors and their correction, abbreviations, brackets of source and translators, gaps.

  In:  choice and its parts, gloss, supplied, ex, ellipsis, gap, g.
  Out: HTML phrases. What the edition adds is inserted text (ins) in single angle marks; brackets of the source stand as
       they are, styled by kind.
  Included by text.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:label="urn:despatch:label"
  xmlns:name="urn:despatch:name"
  xmlns:source="urn:despatch:source"
  xmlns:local="urn:despatch:web:apparatus"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Both readings stand: the source's, then ours, in marks; which of them are shown is the reader's choice. -->
  <xsl:template match="choice" mode="web:text" as="element(Q{}span)">
    <span>
      <xsl:sequence select="web:attributes(., 'choice')"/>
      <xsl:apply-templates select="sic | orig | abbr" mode="web:text"/>
      <xsl:apply-templates select="corr | expan | (* except (sic | orig | abbr | corr | expan | reg[../orig]))" mode="web:text"/>
    </span>
  </xsl:template>

  <xsl:template match="sic" mode="web:text" as="element(Q{}span)">
    <span>
      <xsl:sequence select="web:attributes(., 'sic')"/>
      <xsl:attribute name="title" select="label:text('sic', $lang)"/>
      <xsl:apply-templates mode="web:text"/>
    </span>
  </xsl:template>

  <xsl:template match="choice/corr" mode="web:text" as="element(Q{}ins)">
    <ins>
      <xsl:sequence select="web:attributes(., ('corr', local:certainty(.)))"/>
      <xsl:attribute name="title" select="label:with('correction', name:as-written(.), $lang)"/>
      <span class="mark">‹</span><xsl:apply-templates mode="web:text"/><span class="mark">›</span>
    </ins>
  </xsl:template>

  <!-- What an abbreviation is short for, for those who choose the text for reading. The space that the source leaves out
       after a point is needed after a whole word. -->
  <xsl:template match="choice/expan" mode="web:text" as="element(Q{}ins)">
    <ins>
      <xsl:sequence select="web:attributes(., ('expan', local:certainty(.), 'joined'[local:is-joined(current()/..)]))"/>
      <span class="mark">‹</span><xsl:apply-templates mode="web:text"/><span class="mark">›</span>
    </ins>
  </xsl:template>

  <!-- Whether a letter follows with no space between. -->
  <xsl:function name="local:is-joined" as="xs:boolean">
    <xsl:param name="choice" as="element(choice)"/>
    <xsl:sequence select="matches(string($choice/following-sibling::node()[1]), '^[\p{L}\p{N}]')"/>
  </xsl:function>

  <xsl:template match="orig" mode="web:text" as="element(Q{}span)">
    <span>
      <xsl:sequence select="web:attributes(., 'orig')"/>
      <xsl:for-each select="parent::choice/reg[1]">
        <xsl:attribute name="title" select="label:with('regularised', name:as-written(.), $lang)"/>
      </xsl:for-each>
      <xsl:apply-templates mode="web:text"/>
    </span>
  </xsl:template>

  <!-- An abbreviation; what it is short for, where we say it, is a hint. -->
  <xsl:template match="abbr" mode="web:text" as="element(Q{}abbr)">
    <abbr>
      <xsl:sequence select="web:attributes(., ())"/>
      <xsl:for-each select="parent::choice/expan[1]"><xsl:attribute name="title" select="name:as-written(.)"/></xsl:for-each>
      <xsl:apply-templates mode="web:text"/>
    </abbr>
  </xsl:template>

  <!-- Brackets that source or translator put in: they and what stands in them are characters of the text. -->
  <xsl:template match="gloss | supplied | ex" mode="web:text" as="element(Q{}span)">
    <xsl:variable name="kind" as="xs:string" select="
      if (self::ex) then label:text('completion', $lang)
      else label:of-value(name(), string((@type, @reason, 'explanation')[1]), $lang)"/>
    <xsl:variable name="agents" as="xs:string*" select="source:agents(@resp) ! source:agent(.)"/>
    <span>
      <xsl:sequence select="web:attributes(., ('bracket', name(), (@type, @reason) ! (name(..) || '-' || .), local:certainty(.)))"/>
      <xsl:attribute name="title" select="string-join(($kind, string-join($agents, '; ')[. ne '']), ' — ')"/>
      <xsl:apply-templates mode="web:text"/>
    </span>
  </xsl:template>

  <!-- What holds an abbreviation and its completion, and what marks an omission. The rest is met in other editions'
       TEI only. -->
  <xsl:template match="expan[not(parent::choice)] | corr[not(parent::choice)] | reg | add | del | unclear | damage | surplus | subst" mode="web:text" as="element(Q{}span)">
    <span><xsl:sequence select="web:attributes(., name())"/><xsl:apply-templates mode="web:text"/></span>
  </xsl:template>

  <xsl:template match="ellipsis" mode="web:text" as="element(Q{}span)">
    <span>
      <xsl:sequence select="web:attributes(., ('bracket', 'ellipsis'))"/>
      <xsl:attribute name="title" select="label:text('omission', $lang)"/>
      <xsl:apply-templates mode="web:text"/>
    </span>
  </xsl:template>

  <!-- A gap that no character of the source shows. -->
  <xsl:template match="gap" mode="web:text" as="element(Q{}ins)">
    <ins>
      <xsl:sequence select="web:attributes(., 'gap')"/>
      <xsl:attribute name="title" select="label:text('gap', $lang)"/>
      <xsl:text>‹…›</xsl:text>
      <xsl:apply-templates mode="web:text"/>
    </ins>
  </xsl:template>

  <!-- A character that XML forbids: what the encoding calls it. -->
  <xsl:template match="g" mode="web:text" as="element(Q{}span)">
    <span>
      <xsl:sequence select="web:attributes(., 'g')"/>
      <xsl:attribute name="title" select="label:with('forbidden-character', string((@n, @ref)[1]), $lang)"/>
      <xsl:apply-templates mode="web:text"/>
      <xsl:if test="not(node())"><ins>‹{(@n, @ref, '&#xFFFD;')[1]}›</ins></xsl:if>
    </span>
  </xsl:template>

  <!-- How sure an inference of the program is, as a class; a person's decision has none. -->
  <xsl:function name="local:certainty" as="xs:string?">
    <xsl:param name="intervention" as="element()"/>
    <xsl:sequence select="$intervention[tokenize(@resp) = '#despatch']/@cert ! ('cert-' || .)"/>
  </xsl:function>

</xsl:stylesheet>
