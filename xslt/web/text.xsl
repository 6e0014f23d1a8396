<?xml version="1.0" encoding="UTF-8"?>
<!--
  The text: its divisions, paragraphs, lists, tables, and the parts of a document's anatomy.

  In:  what stands in body, at the level of blocks.
  Out: HTML blocks. An element keeps its xml:id as id; a paragraph has a link to itself.
  Included by content.xsl and about.xsl; draws in the rest of the text's rendering.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:text"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="links.xsl"/>
  <xsl:include href="passages.xsl"/>
  <xsl:include href="messages.xsl"/>
  <xsl:include href="phrases.xsl"/>
  <xsl:include href="apparatus.xsl"/>
  <xsl:include href="sheets.xsl"/>
  <xsl:include href="notes.xsl"/>

  <!-- Whether an element without a rendering is shown as text. -->
  <xsl:param name="lenient" as="xs:boolean" select="false()"/>

  <!-- The text to HTML. An element without a rendering stops the page and is named, unless we are lenient. -->
  <xsl:mode name="web:text" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="text()" mode="web:text" as="text()"><xsl:sequence select="."/></xsl:template>

  <xsl:template match="comment() | processing-instruction()" mode="web:text"/>

  <!-- Saxon's own message would not say where the element stands. What is shown nevertheless says what it is, for the
       program, which reports it (see pipeline/website/leniency.py). -->
  <xsl:template match="*" mode="web:text" priority="-10" as="element()">
    <xsl:if test="not($lenient)">
      <xsl:sequence select="error(xs:QName('web:no-rendering'), 'no rendering for ' || name() || ' at ' || path(.))"/>
    </xsl:if>
    <xsl:element name="{if (local:is-block(.)) then 'div' else 'span'}">
      <xsl:sequence select="web:attributes(., 'unrendered')"/>
      <xsl:attribute name="data-tei" select="name()"/>
      <xsl:apply-templates mode="web:text"/>
    </xsl:element>
  </xsl:template>

  <!-- Whether an element without a rendering stands among blocks: it holds some, or stands in no running text. -->
  <xsl:function name="local:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="web:holds-blocks($element) or (
      empty($element/ancestor::*[self::p or self::ab or self::head or self::l or self::item or self::cell or self::note
        or self::opener or self::closer or self::address or self::quote or self::bibl])
      and empty($element/../text()[normalize-space()]))"/>
  </xsl:function>

  <!-- Front matter, body and the divisions of either; a section, where a heading begins it. -->
  <xsl:template match="front | body | back | div" mode="web:text" as="element()">
    <xsl:element name="{if (head) then 'section' else 'div'}">
      <xsl:sequence select="web:attributes(., 'division')"/>
      <xsl:apply-templates mode="web:text"/>
    </xsl:element>
  </xsl:template>

  <!-- A heading one level below what it stands in. -->
  <xsl:template match="head" mode="web:text" as="element()">
    <xsl:element name="h{local:level(.)}">
      <xsl:sequence select="web:attributes(., 'head')"/>
      <xsl:apply-templates mode="web:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="list/head" mode="web:text" as="element(Q{}li)">
    <li><xsl:sequence select="web:attributes(., 'head')"/><xsl:apply-templates mode="web:text"/></li>
  </xsl:template>

  <!-- A paragraph; a div where it holds blocks, which HTML's p may not. -->
  <xsl:template match="p | ab" mode="web:text" as="element()">
    <xsl:element name="{if (web:holds-blocks(.)) then 'div' else 'p'}">
      <xsl:sequence select="web:passage(., (name(), @type ! (name(..) || '-' || .), local:restored(.)))"/>
      <xsl:sequence select="web:hint('ab', @type)"/>
      <xsl:sequence select="web:permalink(.)"/>
      <xsl:apply-templates mode="web:text"/>
    </xsl:element>
  </xsl:template>

  <!-- Address, opening and closing parts: what stands in them are lines of their own. -->
  <xsl:template match="opener | closer | postscript | address" mode="web:text" as="element(Q{}div)">
    <div>
      <xsl:sequence select="web:passage(., (name(), local:restored(.)))"/>
      <xsl:apply-templates mode="web:text"/>
    </div>
  </xsl:template>

  <xsl:template match="addrLine | dateline | salute | signed | byline | trailer" mode="web:text" as="element(Q{}span)">
    <span>
      <xsl:sequence select="web:attributes(., ('line', name()))"/>
      <xsl:sequence select=".[@xml:id] ! web:permalink(.)"/>
      <xsl:apply-templates mode="web:text"/>
    </span>
  </xsl:template>

  <!-- A list as the capture numbers it: numbers are characters of the text. -->
  <xsl:template match="list" mode="web:text" as="element(Q{}ul)">
    <ul>
      <xsl:sequence select="web:attributes(., ('list', @type ! ('list-' || .))), web:hint('list', @type)"/>
      <xsl:apply-templates select="* except label[following-sibling::*[1][self::item]]" mode="web:text"/>
    </ul>
  </xsl:template>

  <xsl:template match="item" mode="web:text" as="element(Q{}li)">
    <li>
      <xsl:sequence select="web:passage(., 'item')"/>
      <xsl:sequence select="web:permalink(.)"/>
      <xsl:for-each select="preceding-sibling::*[1][self::label]">
        <xsl:apply-templates select="." mode="web:text"/>
        <xsl:text> </xsl:text>
      </xsl:for-each>
      <xsl:apply-templates mode="web:text"/>
    </li>
  </xsl:template>

  <!-- What stands between the items of a list (a sheet break, page furniture) needs an item of its own in HTML. -->
  <xsl:template match="list/pb | list/fw | list/note | list/label[not(following-sibling::*[1][self::item])]" mode="web:text" priority="2" as="element(Q{}li)">
    <li class="between"><xsl:next-match/></li>
  </xsl:template>

  <xsl:template match="table" mode="web:text" as="element(Q{}div)">
    <div class="table">
      <table>
        <xsl:sequence select="web:attributes(., ())"/>
        <xsl:apply-templates select="head" mode="web:text"/>
        <tbody><xsl:apply-templates select="* except head" mode="web:text"/></tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template match="table/head" mode="web:text" as="element(Q{}caption)">
    <caption><xsl:sequence select="web:attributes(., ())"/><xsl:apply-templates mode="web:text"/></caption>
  </xsl:template>

  <xsl:template match="row" mode="web:text" as="element(Q{}tr)">
    <tr><xsl:sequence select="web:attributes(., ())"/><xsl:apply-templates select="*" mode="web:text"/></tr>
  </xsl:template>

  <xsl:template match="cell" mode="web:text" as="element()">
    <xsl:element name="{if (ancestor-or-self::*[self::cell or self::row]/@role = 'label') then 'th' else 'td'}">
      <xsl:sequence select="web:passage(., ())"/>
      <xsl:for-each select="@cols"><xsl:attribute name="colspan" select="."/></xsl:for-each>
      <xsl:for-each select="@rows"><xsl:attribute name="rowspan" select="."/></xsl:for-each>
      <xsl:apply-templates mode="web:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="table/pb | table/fw | table/note" mode="web:text" priority="2" as="element(Q{}tr)">
    <tr class="between"><td colspan="{max((1, ../row/count(cell)))}"><xsl:next-match/></td></tr>
  </xsl:template>

  <!-- A break before a part that the program restored and an editor should look at. -->
  <xsl:function name="local:restored" as="xs:string?">
    <xsl:param name="part" as="element()"/>
    <xsl:sequence select="'restored'[tokenize($part/@resp) = '#despatch']"/>
  </xsl:function>

  <!-- The level of a heading: below the page's first and the language's second, one for each division round it. -->
  <xsl:function name="local:level" as="xs:integer">
    <xsl:param name="head" as="element(head)"/>
    <xsl:variable name="round" as="element()*"
      select="$head/ancestor::*[self::floatingText or self::div[not(@type = ('original', 'translation'))]]"/>
    <xsl:variable name="top" as="xs:integer" select="if ($head/ancestor::div/@type = 'introduction') then 1 else 2"/>
    <xsl:sequence select="min((6, $top + max((1, count($round))) + count($head/ancestor::floatingText)))"/>
  </xsl:function>

</xsl:stylesheet>
