<?xml version="1.0" encoding="UTF-8"?>
<!--
  Running text: names, dates, emphasis, languages, references, sheet breaks.

  In:  the reading text (reading.xsl) of a document, or the introduction in corpus.xml.
  Out: Typst content.
  Included by document.xsl and front.xsl, together with apparatus.xsl and blocks.xsl: one mode, three concerns.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:typst="urn:despatch:typst"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="mentions.xsl"/>

  <!-- TEI as Typst content. An element without a rendering stops the document, and is named. -->
  <xsl:mode name="typst:text" on-no-match="fail" on-multiple-match="fail"/>

  <!-- The only place where text is written. -->
  <xsl:template match="text()" mode="typst:text">
    <xsl:value-of select="typst:content(.)"/>
  </xsl:template>

  <xsl:template match="comment() | processing-instruction()" mode="typst:text"/>

  <xsl:template match="*" mode="typst:text" priority="-10">
    <xsl:sequence select="error(xs:QName('typst:no-rendering'),
      'the volume has no rendering for the element ' || name() || ' at ' || path(.))"/>
  </xsl:template>

  <!-- What reads as the text in it: the volume distinguishes none of these to the eye. -->
  <xsl:template mode="typst:text" match="
      s | seg | w | c | pc | label | name | persName | placeName | orgName | geogName | country | settlement | region
      | forename | surname | addName | roleName | nameLink | genName | rs | date | time | num | measure | measureGrp
      | unit | idno | abbr | ex | expan | am | metamark | ellipsis | q | quote | said | soCalled | term | mentioned
      | distinct | salute | signed | dateline | addrLine | address | street | postCode | add | subst | restore | retrace
      | reg | corr | orig | sic | bibl | author | editor | publisher | pubPlace | biblScope | resp | respStmt | email
      | gi | att | val | code | ident | eg | figDesc | desc | phr | cl | m | affiliation | objectType | material">
    <xsl:apply-templates mode="typst:text"/>
  </xsl:template>

  <!-- A name that refers to the authorities, for the indexes; the later pieces of a divided name belong to its first, and
       a heading of ours comes again in the contents. The mark follows the name: before it, where a line may be broken, it
       would stay behind on the page before. -->
  <xsl:template mode="typst:text" priority="2" match="
      (persName | placeName | orgName | geogName | rs | name | country | settlement | region)[@ref][not(@prev)]">
    <xsl:param name="in-heading" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:next-match/>
    <xsl:if test="not($in-heading)">
      <xsl:value-of select="typst:mention(@ref, exists(ancestor::note[@resp][not(@place = 'inline')]))"/>
    </xsl:if>
  </xsl:template>

  <!-- What has no text of its own to show. -->
  <xsl:template mode="typst:text" match="
      anchor | milestone | cb | gb | certainty | precision | respons | index | link | linkGrp | join | alt | handShift
      | addSpan | delSpan | damageSpan | graphic | media | binaryObject"/>

  <!-- The beginning of a sheet, by its number, which stands in the margin on this side. -->
  <xsl:template match="pb" mode="typst:text">
    <xsl:param name="margin" as="xs:string" select="'outside'" tunnel="yes"/>
    <xsl:text>#sheet({typst:string(string(@n))}, {typst:string($margin)}{', in-word: true'[current()/@break = 'no']});</xsl:text>
  </xsl:template>

  <!-- A line of the capture ends: white space, as everywhere, unless a word runs on. -->
  <xsl:template match="lb" mode="typst:text">
    <xsl:value-of select="if (@break = 'no') then '' else ' '"/>
  </xsl:template>

  <xsl:template match="space" mode="typst:text">
    <xsl:text> #h(1em) </xsl:text>
  </xsl:template>

  <!-- Emphasis, by the first word of @rend that the design knows; letter-spacing stands in the text itself. -->
  <xsl:template match="hi | emph" mode="typst:text">
    <xsl:variable name="kinds" as="xs:string*" select="
      tokenize(@rend)[. = ('bold', 'italic', 'underline', 'underlined', 'handwritten', 'super', 'superscript', 'sub',
      'subscript', 'smallcaps', 'strikethrough')]"/>
    <xsl:text>#emphasis({typst:string(($kinds, if (self::emph) then 'italic' else 'plain')[1])})[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <xsl:template match="title" mode="typst:text">
    <xsl:text>#emphasis({typst:string(if (@level = ('a', 'u')) then 'plain' else 'italic')})[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <!-- Words of another language: hyphenated and read aloud by its rules; italic where their script is ours. -->
  <xsl:template match="foreign" mode="typst:text">
    <xsl:text>#foreign({typst:language(@xml:lang)})[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <!-- A reference: to a document of the volume by its id, to an address, else plain text. -->
  <xsl:template match="ref[@target]" mode="typst:text">
    <xsl:text>#reference({typst:string(@target)})[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <xsl:template match="ref[not(@target)]" mode="typst:text">
    <xsl:apply-templates mode="typst:text"/>
  </xsl:template>

  <xsl:template match="ptr" mode="typst:text">
    <xsl:text>#reference({typst:string(string(@target))})[{typst:content(string(@target))}];</xsl:text>
  </xsl:template>

</xsl:stylesheet>
