<?xml version="1.0" encoding="UTF-8"?>
<!--
  Metadata: what a document is called, when it is from, which languages it has, of what kind it is.

  In:  the TEI element of a document, or its extract.
  Out: strings and header elements.
  Included by the pages, the volume and the extracts; draws in everything of xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:meta="urn:despatch:meta"
  xmlns:corresp="urn:despatch:corresp"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="dating.xsl"/>
  <xsl:include href="names.xsl"/>
  <xsl:include href="correspondence.xsl"/>
  <xsl:include href="sources.xsl"/>

  <!-- The title; where the header has several, the one in the language asked for (the original's title, where that is
       the original's language), else the first. -->
  <xsl:function name="meta:title-element" as="element(title)?" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="titles" as="element(title)*" select="$tei/teiHeader/fileDesc/titleStmt/title[normalize-space()]"/>
    <xsl:variable name="original" as="element(title)*"
      select="$titles[@type eq 'original'][$tei/text/body/div[@type eq 'original']/@xml:lang = $lang]"/>
    <xsl:sequence select="($titles[@xml:lang eq $lang], $original, $titles[not(@xml:lang)], $titles)[1]"/>
  </xsl:function>

  <!-- The document's other titles. -->
  <xsl:function name="meta:other-titles" as="element(title)*" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="$tei/teiHeader/fileDesc/titleStmt/title[normalize-space()] except meta:title-element($tei, $lang)"/>
  </xsl:function>

  <!-- Whether a title was composed for the edition: it names somebody other than the source. -->
  <xsl:function name="meta:is-composed" as="xs:boolean" visibility="public">
    <xsl:param name="title" as="element(title)"/>
    <xsl:sequence select="exists($title/@resp) and not(tokenize($title/@resp) = '#source')"/>
  </xsl:function>

  <!-- The title as a string; a document without one is called by its id. -->
  <xsl:function name="meta:title" as="xs:string" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="title" as="xs:string" select="normalize-space(meta:title-element($tei, $lang))"/>
    <xsl:sequence select="($title[. ne ''], string($tei/@xml:id))[1]"/>
  </xsl:function>

  <!-- The document's date: of its making, else the day on which its own message was sent, else received. -->
  <xsl:function name="meta:date" as="element(date)?" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="actions" as="element(correspAction)*" select="corresp:outer($tei)/correspAction"/>
    <xsl:sequence select="
      ($tei/teiHeader/profileDesc/creation/date, $actions[@type eq 'sent']/date, $actions[@type eq 'received']/date)
      [@*[not(name() = ('cert', 'resp', 'xml:id'))] or normalize-space()][1]"/>
  </xsl:function>

  <!-- The date in words; an undated document is said to be so. -->
  <xsl:function name="meta:date-text" as="xs:string" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="(meta:date($tei) ! dating:of(., $lang), label:text('undated', $lang))[1]"/>
  </xsl:function>

  <!-- What the documents of the edition are ordered by: date, then the time at which the message was sent, then id. -->
  <xsl:function name="meta:sort-key" as="xs:string" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="day" as="xs:string" select="dating:sort-key(meta:date($tei))"/>
    <xsl:variable name="sent" as="xs:string?"
      select="corresp:outer($tei)/correspAction[@type eq 'sent']/date/@when-iso[starts-with(., $day)]"/>
    <xsl:sequence select="string-join((($sent, $day)[1], $tei/@xml:id), ' ')"/>
  </xsl:function>

  <!-- The parts of the text that are each one language of the document, the original first. A text that is not
       divided into original and translations is one part. -->
  <xsl:function name="meta:witnesses" as="element()*" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="parts" as="element(div)*" select="$tei/text/body/div"/>
    <xsl:sequence select="
      if ($parts/@type = ('original', 'translation')) then
        ($parts[@type eq 'original'], $parts[@type eq 'translation'],
         $parts[not(@type = ('original', 'translation'))])
      else $tei/text"/>
  </xsl:function>

  <!-- The languages that the document can be read in, tags, the original's first. -->
  <xsl:function name="meta:languages" as="xs:string*" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="distinct-values(meta:witnesses($tei) ! ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
  </xsl:function>

  <!-- Of what kind the document is (telegram, letter), by the edition's taxonomy of document types. -->
  <xsl:function name="meta:document-type" as="xs:string?" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="meta:type-key($tei) ! label:of-value('type', ., $lang)"/>
  </xsl:function>

  <!-- The same as the taxonomy calls it. -->
  <xsl:function name="meta:type-key" as="xs:string?" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="target" as="xs:string?"
      select="($tei/teiHeader/profileDesc/textClass/catRef[contains(@target, '#type.')]/@target)[1]"/>
    <xsl:sequence select="($target ! substring-after(., '#type.'), corresp:outer($tei)/@type)[1]"/>
  </xsl:function>

  <!-- The degree of secrecy that the document's own head gives, by the edition's taxonomy. -->
  <xsl:function name="meta:secrecy" as="xs:string?" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="target" as="xs:string?"
      select="($tei/teiHeader/profileDesc/textClass/catRef[contains(@target, '#classification.')]/@target)[1]"/>
    <xsl:sequence select="$target ! label:of-value('secrecy', substring-after(., '#classification.'), $lang)"/>
  </xsl:function>

  <!-- Of the same said in several languages, what is in the language asked for or in none; else all. -->
  <xsl:function name="meta:for-readers" as="element()*" visibility="public">
    <xsl:param name="elements" as="element()*"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="right" as="element()*" select="$elements[(@xml:lang, $lang)[1] eq $lang]"/>
    <xsl:sequence select="if ($right) then $right else $elements"/>
  </xsl:function>

  <!-- The summaries: those in the language asked for, else all. -->
  <xsl:function name="meta:abstracts" as="element(abstract)*" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="all" as="element(abstract)*" select="$tei/teiHeader/profileDesc/abstract[normalize-space()]"/>
    <xsl:sequence select="if ($all[@xml:lang eq $lang]) then $all[@xml:lang eq $lang] else $all"/>
  </xsl:function>

</xsl:stylesheet>
