<?xml version="1.0" encoding="UTF-8"?>
<!--
  Where a document lies, as its rows in the finding list.

  In:  a document's extract.
  Out: a lists:row for each holding, with the parts of its shelfmark.
  Included by lists.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:meta="urn:despatch:meta"
  xmlns:source="urn:despatch:source"
  xmlns:label="urn:despatch:label"
  xmlns:finding="urn:despatch:finding"
  xmlns:lists="urn:despatch:lists"
  xmlns:local="urn:despatch:web:holdings"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Where the document lies: a place for each holding, by the parts of its shelfmark; one, where none is named. -->
  <xsl:template name="lists:in-archives" as="element(lists:row)+">
    <xsl:variable name="tei" as="element(TEI)" select="."/>
    <xsl:for-each select="source:holdings(.)">
      <xsl:variable name="holding" as="element()" select="."/>
      <xsl:variable name="kinds" as="xs:string+" select="'fond', 'opis', 'portfel', 'papka', 'delo', 'list'"/>
      <xsl:variable name="parts" as="xs:string+" select="$kinds ! string(local:part($holding, .))"/>
      <xsl:call-template name="lists:row">
        <xsl:with-param name="list" select="'archives'"/>
        <xsl:with-param name="part" select="local:archive-key(.), local:archive(.)"/>
        <xsl:with-param name="sort" select="string-join(($parts ! local:padded(.), meta:sort-key($tei)), '/')"/>
        <xsl:with-param name="content" as="element(finding:holding)">
          <finding:holding>
            <xsl:for-each select="$kinds">
              <xsl:variable name="place" as="xs:integer" select="position()"/>
              <xsl:attribute name="{.}" select="$parts[$place]"/>
            </xsl:for-each>
            <xsl:for-each select="local:leaves(.)"><span class="leaves">{.}</span><xsl:text> </xsl:text></xsl:for-each>
            <xsl:sequence select="lists:document($tei)"/>
          </finding:holding>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:if test="empty(source:holdings(.))">
      <xsl:call-template name="lists:row">
        <xsl:with-param name="list" select="'archives'"/>
        <xsl:with-param name="part" select="'', label:text('without-archive', $lang)"/>
        <xsl:with-param name="sort" select="meta:sort-key(.)"/>
        <xsl:with-param name="content" as="element(finding:document)">
          <finding:document><xsl:sequence select="lists:document(.)"/></finding:document>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- What an archive is known by in every language: its entry, else as it stands. -->
  <xsl:function name="local:archive-key" as="xs:string">
    <xsl:param name="holding" as="element()"/>
    <xsl:sequence select="string((
      source:archive-entry($holding)/@xml:id,
      string-join($holding/(institution | repository | settlement) ! normalize-space(.)[. ne ''], ', ')[. ne ''],
      'unnamed')[1])"/>
  </xsl:function>

  <!-- A part of a shelfmark as it is sorted: by its number first. -->
  <xsl:function name="local:padded" as="xs:string">
    <xsl:param name="part" as="xs:string"/>
    <xsl:variable name="number" as="xs:string?" select="analyze-string($part, '\d+')/*:match[1] ! string()"/>
    <xsl:sequence select="substring('000000000000' || $number, 1 + string-length($number)) || $part"/>
  </xsl:function>

  <!-- The archive's name, by the authorities where they know it, with its place. -->
  <xsl:function name="local:archive" as="xs:string">
    <xsl:param name="holding" as="element()"/>
    <xsl:variable name="named" as="xs:string?" select="source:archive($holding, $lang)"/>
    <xsl:variable name="place" as="xs:string?" select="$holding/settlement[1] ! normalize-space(.)[. ne '']"/>
    <xsl:sequence select="
      if (exists($named)) then $named || $place ! (' (' || . || ')')
      else ($place, label:text('archive-not-named', $lang))[1]"/>
  </xsl:function>

  <!-- A part of a shelfmark in its normal form, else as it stands. -->
  <xsl:function name="local:part" as="xs:string?">
    <xsl:param name="holding" as="element()"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:sequence select="($holding/idno/descendant-or-self::idno[@type eq $type])[1] ! string((@n, normalize-space(.))[1])"/>
  </xsl:function>

  <!-- The leaves; for a shelfmark without parts all of it, as it stands. -->
  <xsl:function name="local:leaves" as="xs:string*">
    <xsl:param name="holding" as="element()"/>
    <xsl:variable name="leaves" as="xs:string?" select="local:part($holding, 'list')"/>
    <xsl:sequence select="
      if (exists($leaves)) then label:with(if (matches($leaves, '^\d+$')) then 'shelf-leaf' else 'shelf-leaves', $leaves, $lang)
      else if ($holding/idno/idno) then () else $holding/idno ! normalize-space(.)[. ne '']"/>
  </xsl:function>

</xsl:stylesheet>
