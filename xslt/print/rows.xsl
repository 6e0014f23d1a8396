<?xml version="1.0" encoding="UTF-8"?>
<!--
  Rows: which parts of the languages stand beside each other.

  In:  the parts of the reading text that are each one language, one or two.
  Out: rows as xslt/common/parallel.xsl has them: the opening, linked blocks, the closing; an embedded telegram has a small
       head and rows of its own, set in. In columns a row is set as it stands; for facing pages it is handed over in the
       steps between which it may be divided.
  Included by document.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:corresp="urn:despatch:corresp"
  xmlns:dating="urn:despatch:dating"
  xmlns:parallel="urn:despatch:parallel"
  xmlns:typst="urn:despatch:typst"
  xmlns:local="urn:despatch:typst:rows:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- How many characters a row may have and not be divided between two pages: a paragraph of about six lines, an opening
       of its usual length. Typst also sets such rows in half the memory. -->
  <xsl:variable name="local:undivided" as="map(xs:string, xs:integer)"
    select="map { 'opening': 900, 'text': 280, 'closing': 900 }"/>

  <!-- The rows of a message; `depth` says how many messages it is embedded in, `facing` whether they are handed over in
       steps. -->
  <xsl:template name="typst:rows">
    <xsl:param name="sides" as="element()*" required="yes"/>
    <xsl:param name="depth" as="xs:integer" select="0"/>
    <xsl:param name="facing" as="xs:boolean" select="false()"/>
    <xsl:for-each select="parallel:slots($sides)">
      <xsl:if test=". ge 1">
        <xsl:call-template name="local:message">
          <xsl:with-param name="texts" select="for $side in $sides return $side/floatingText[current()]"/>
          <xsl:with-param name="sides" select="parallel:message($sides, .)"/>
          <xsl:with-param name="depth" select="$depth + 1"/>
          <xsl:with-param name="facing" select="$facing"/>
        </xsl:call-template>
      </xsl:if>
      <xsl:call-template name="local:slot">
        <xsl:with-param name="sides" select="$sides"/>
        <xsl:with-param name="slot" select="."/>
        <xsl:with-param name="depth" select="$depth"/>
        <xsl:with-param name="facing" select="$facing"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- An embedded message: what the header says of it, its rows, a little space after them. -->
  <xsl:template name="local:message">
    <xsl:param name="texts" as="element(floatingText)*" required="yes"/>
    <xsl:param name="sides" as="element()*" required="yes"/>
    <xsl:param name="depth" as="xs:integer" required="yes"/>
    <xsl:param name="facing" as="xs:boolean" required="yes"/>
    <xsl:variable name="head" as="xs:string" select="typst:content(string(head($texts ! corresp:of(.)) ! local:message-line(.)))"/>
    <xsl:value-of select="if ($facing) then '(head: [' || $head || '], depth: ' || $depth || '),&#10;'
      else '#message-head(' || $depth || ')[' || $head || ']&#10;'"/>
    <xsl:call-template name="typst:rows">
      <xsl:with-param name="sides" select="$sides"/>
      <xsl:with-param name="depth" select="$depth"/>
      <xsl:with-param name="facing" select="$facing"/>
    </xsl:call-template>
    <xsl:if test="not($facing)">#message-end()&#10;</xsl:if>
  </xsl:template>

  <!-- From whom, to whom, when, under which number: as much as the header gives. A party alone would read like a signature
       and says nothing that the text about it does not. -->
  <xsl:function name="local:message-line" as="xs:string">
    <xsl:param name="message" as="element(correspDesc)"/>
    <xsl:variable name="sides" as="xs:string*" select="corresp:sides($message, $interface)"/>
    <xsl:variable name="facts" as="xs:string*" select="(
      corresp:actions($message, 'sent')/date[1] ! dating:of(., $interface),
      corresp:actions($message, 'sent')/idno[1] ! normalize-space())[. ne '']"/>
    <xsl:sequence select="
      if (count(($sides, $facts)) eq 1) then '' else string-join((string-join($sides, ' → ')[. ne ''], $facts), ', ')"/>
  </xsl:function>

  <!-- The rows of a slot: its opening, its text, its closing. -->
  <xsl:template name="local:slot">
    <xsl:param name="sides" as="element()*" required="yes"/>
    <xsl:param name="slot" as="xs:integer" required="yes"/>
    <xsl:param name="depth" as="xs:integer" required="yes"/>
    <xsl:param name="facing" as="xs:boolean" required="yes"/>
    <xsl:for-each select="'opening', 'text', 'closing'">
      <xsl:variable name="kind" as="xs:string" select="."/>
      <xsl:variable name="rows" as="array(element()*)*" select="parallel:rows($sides, $slot, $kind)"/>
      <xsl:variable name="before-closing" as="xs:boolean"
        select="$kind eq 'text' and exists($sides ! parallel:blocks(., $slot, 'closing'))"/>
      <xsl:for-each select="$rows">
        <xsl:choose>
          <xsl:when test="$facing">
            <xsl:call-template name="local:steps">
              <xsl:with-param name="row" select="."/>
              <xsl:with-param name="kind" select="$kind"/>
              <xsl:with-param name="depth" select="$depth"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="local:row">
              <xsl:with-param name="sides" select="$sides"/>
              <xsl:with-param name="row" select="."/>
              <xsl:with-param name="kind" select="$kind"/>
              <xsl:with-param name="depth" select="$depth"/>
              <xsl:with-param name="is-last" select="$before-closing and position() eq last()"/>
            </xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- A row in columns: whether it is divided between pages, and whether it is kept with what follows. -->
  <xsl:template name="local:row">
    <xsl:param name="sides" as="element()*" required="yes"/>
    <xsl:param name="row" as="array(element()*)" required="yes"/>
    <xsl:param name="kind" as="xs:string" required="yes"/>
    <xsl:param name="depth" as="xs:integer" required="yes"/>
    <xsl:param name="is-last" as="xs:boolean" required="yes"/>
    <xsl:variable name="longest" as="xs:integer"
      select="max((1 to array:size($row)) ! string-length(string-join($row(.))))"/>
    <xsl:variable name="undivided" as="xs:boolean" select="$longest le map:get($local:undivided, $kind)"/>
    <xsl:variable name="columns" as="xs:string+">
      <xsl:for-each select="1 to count($sides)">
        <xsl:variable name="place" as="xs:integer" select="."/>
        <xsl:value-of separator="">
          <xsl:apply-templates select="$row($place)" mode="typst:text">
            <xsl:with-param name="margin" tunnel="yes"
              select="if (count($sides) eq 1) then 'outside' else if ($place eq 1) then 'left' else 'right'"/>
          </xsl:apply-templates>
        </xsl:value-of>
      </xsl:for-each>
    </xsl:variable>
    <xsl:text>#row({$depth}, "{$kind}", {$undivided}, {$kind eq 'opening' or ($is-last and $undivided)}</xsl:text>
    <xsl:for-each select="local:passage($row(1)[1])[$kind eq 'text']">, passage: (name, {typst:string(.)})</xsl:for-each>
    <xsl:if test="not($undivided) and count($columns[contains(., '#remark(')]) gt 1">, notes-side-by-side: true</xsl:if>
    <xsl:for-each select="$columns">
      <xsl:variable name="place" as="xs:integer" select="position()"/>
      <xsl:text>, ({local:language($sides[$place])}, [{.}])</xsl:text>
    </xsl:for-each>
    <xsl:text>)&#10;</xsl:text>
  </xsl:template>

  <!-- A row for facing pages, step by step. -->
  <xsl:template name="local:steps">
    <xsl:param name="row" as="array(element()*)" required="yes"/>
    <xsl:param name="kind" as="xs:string" required="yes"/>
    <xsl:param name="depth" as="xs:integer" required="yes"/>
    <xsl:text>(kind: "{$kind}", depth: {$depth}, steps: (</xsl:text>
    <xsl:for-each select="if ($kind eq 'text') then parallel:steps($row) else $row">
      <xsl:variable name="step" as="array(element()*)" select="."/>
      <xsl:text>&#10; (</xsl:text>
      <xsl:for-each select="1, 2">
        <xsl:text>(</xsl:text>
        <xsl:apply-templates select="$step(current())" mode="typst:unit"/>
        <xsl:text>), </xsl:text>
      </xsl:for-each>
      <xsl:text>),</xsl:text>
    </xsl:for-each>
    <xsl:text>)),&#10;</xsl:text>
  </xsl:template>

  <!-- A unit of a step: a block by itself, or a sentence that begins a paragraph or continues it. -->
  <xsl:mode name="typst:unit" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="*" mode="typst:unit">
    <xsl:text>("block", [</xsl:text>
    <xsl:apply-templates select="." mode="typst:text"/>
    <xsl:text>]), </xsl:text>
  </xsl:template>

  <!-- A sentence of a paragraph, with what stands between it and the next, the first also with what stands before it. -->
  <xsl:template match="p/s" mode="typst:unit" priority="1">
    <xsl:variable name="sentence" as="element(s)" select="."/>
    <xsl:variable name="is-first" as="xs:boolean" select="empty(preceding-sibling::s)"/>
    <xsl:text>("{if ($is-first) then 'first' else 'next'}", [</xsl:text>
    <xsl:apply-templates mode="typst:text" select="
      preceding-sibling::node()[$is-first], ., following-sibling::node()[not(self::s)][preceding-sibling::s[1] is $sentence]"/>
    <xsl:text>]), </xsl:text>
  </xsl:template>

  <!-- What the web edition calls a passage: by its own id, else by that of the first sentence in it. -->
  <xsl:function name="local:passage" as="xs:string?">
    <xsl:param name="block" as="element()?"/>
    <xsl:sequence select="($block/@xml:id, ($block//s/@xml:id)[1])[1] ! string()"/>
  </xsl:function>

  <!-- The language that a part is in, as Typst knows it. -->
  <xsl:function name="local:language" as="xs:string">
    <xsl:param name="side" as="element()"/>
    <xsl:sequence select="typst:language($side/ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
  </xsl:function>

  <!-- The languages of the sides, as an array of Typst. -->
  <xsl:function name="typst:languages" as="xs:string">
    <xsl:param name="sides" as="element()*"/>
    <xsl:sequence select="'(' || string-join($sides ! (local:language(.) || ', ')) || ')'"/>
  </xsl:function>

</xsl:stylesheet>
