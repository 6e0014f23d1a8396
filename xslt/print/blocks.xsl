<?xml version="1.0" encoding="UTF-8"?>
<!--
  Blocks: paragraphs, openers and closers line by line, lists, tables, stamps, embedded telegrams.

  In:  the reading text (reading.xsl).
  Out: Typst content.
  Included by document.xsl and front.xsl. Mode declared in text.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:typst="urn:despatch:typst"
  xmlns:local="urn:despatch:typst:blocks:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template match="p | ab | l" mode="typst:text">
    <xsl:text>#paragraph[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <!-- Clerks' lines and references at the foot of a document. -->
  <xsl:template match="postscript/ab | head | byline | trailer | docDate | argument | epigraph" mode="typst:text">
    <xsl:text>#text-line({typst:string(local-name())})[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <xsl:template match="postscript" mode="typst:text">
    <xsl:text>#after-text[</xsl:text>
    <xsl:apply-templates select="*" mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <xsl:template match="div | lg | figure | group | body | front | back" mode="typst:text">
    <xsl:apply-templates select="*" mode="typst:text"/>
  </xsl:template>

  <!-- Openers and closers: each part begins a line; what stands between two parts ends the line of the first. A sheet
       break begins the line of the part after it. -->
  <xsl:template match="opener | closer" mode="typst:text">
    <xsl:for-each-group select="node() ! (if (self::address) then node() else .)"
      group-starting-with="pb | *[local:is-part(.)][not(preceding-sibling::*[1][self::pb])]">
      <xsl:call-template name="local:line">
        <xsl:with-param name="nodes" select="current-group()"/>
      </xsl:call-template>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:function name="local:is-part" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      exists($element/(self::seg | self::dateline | self::salute | self::signed | self::addrLine | self::idno
        | self::note | self::stamp | self::list | self::table | self::fw))"/>
  </xsl:function>

  <!-- A line, or a list or table in the place of one; nothing where there is no text. -->
  <xsl:template name="local:line">
    <xsl:param name="nodes" as="node()*" required="yes"/>
    <xsl:variable name="blocks" as="element()*" select="$nodes/(self::list | self::table | self::note[list | table])"/>
    <xsl:apply-templates select="$blocks" mode="typst:text"/>
    <xsl:variable name="rest" as="node()*" select="$nodes except $blocks"/>
    <xsl:if test="$rest[self::pb or normalize-space()]">
      <xsl:text>#text-line({typst:string(local:kind($rest[self::*][not(self::pb)][1]))})[</xsl:text>
      <xsl:apply-templates select="$rest" mode="typst:text"/>
      <xsl:text>];</xsl:text>
    </xsl:if>
  </xsl:template>

  <!-- What a line is, for the design: the type of a segment, else the name of the element that begins it. -->
  <xsl:function name="local:kind" as="xs:string">
    <xsl:param name="first" as="element()?"/>
    <xsl:sequence select="($first/self::seg/@type, $first/local-name(), '')[1]"/>
  </xsl:function>

  <!-- A note with a list or table in it: words and list one under the other, small. -->
  <xsl:template match="note[list | table]" mode="typst:text" priority="1">
    <xsl:text>#small-block[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <!-- A note between blocks: small, as a paragraph, whoever it is by. -->
  <xsl:template match="(div | body | postscript | opener | closer)/note[not(list | table)]" mode="typst:text" priority="1">
    <xsl:text>#small-block[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <xsl:template match="list" mode="typst:text">
    <xsl:apply-templates select="head" mode="typst:text"/>
    <xsl:text>#items({typst:string(string(@type))}</xsl:text>
    <xsl:apply-templates select="item" mode="typst:text"/>
    <xsl:text>);</xsl:text>
  </xsl:template>

  <!-- An item, after the labels that a list of labels and items has before it. -->
  <xsl:template match="item" mode="typst:text">
    <xsl:text>, [</xsl:text>
    <xsl:apply-templates select="preceding-sibling::label[following-sibling::item[1] is current()]" mode="typst:text"/>
    <xsl:text> </xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>]</xsl:text>
  </xsl:template>

  <xsl:template match="table" mode="typst:text">
    <xsl:variable name="widths" as="xs:integer*" select="row ! sum(cell ! xs:integer((@cols, 1)[1]))"/>
    <xsl:apply-templates select="head" mode="typst:text"/>
    <xsl:if test="exists($widths)">
      <xsl:text>#rows-and-cells({max($widths)}</xsl:text>
      <xsl:apply-templates select="row" mode="typst:text"/>
      <xsl:text>);</xsl:text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="row" mode="typst:text">
    <xsl:text>, (</xsl:text>
    <xsl:apply-templates select="cell" mode="typst:text"/>
    <xsl:text>)</xsl:text>
  </xsl:template>

  <!-- A cell of few lines is not divided between pages: Typst keeps what it knows of it, and a long table with many notes is set
       in a fraction of the time. -->
  <xsl:template match="cell" mode="typst:text">
    <xsl:text>table.cell(colspan: {(@cols, 1)[1]}, rowspan: {(@rows, 1)[1]}, breakable: {string-length() gt 200})[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>], </xsl:text>
  </xsl:template>

  <xsl:template match="stamp | fw" mode="typst:text">
    <xsl:text>#stamp[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <!-- A stamp between blocks has a line of its own. -->
  <xsl:template match="(div | body | postscript)/fw" mode="typst:text">
    <xsl:text>#text-line("stamp")[#stamp[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];];</xsl:text>
  </xsl:template>

  <xsl:template match="fw/stamp" mode="typst:text">
    <xsl:apply-templates mode="typst:text"/>
  </xsl:template>

  <!-- A telegram inside a telegram, where it cannot have rows of its own (rows.xsl). -->
  <xsl:template match="floatingText" mode="typst:text">
    <xsl:text>#embedded[</xsl:text>
    <xsl:apply-templates select="*" mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

</xsl:stylesheet>
