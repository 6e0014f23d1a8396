<?xml version="1.0" encoding="UTF-8"?>
<!--
  What the lists and indexes of the volume need to know of a document: whom it names, what it abbreviates, where it lies.

  In:  a TEI document.
  Out: JSON: `named`, entries of the authorities with the names under which they stand here; `abbreviations`, as written
       and written out; `holdings`, each archive with its shelfmark, in parts where it is divided. Pages are not in it:
       only the typesetter knows them.
  Run by pipeline/typesetting, once for each document; its module indexes.py folds the results of all.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:name="urn:despatch:name"
  xmlns:source="urn:despatch:source"
  xmlns:typst="urn:despatch:typst"
  xmlns:local="urn:despatch:typst:facts:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="typst.xsl"/>
  <xsl:include href="mentions.xsl"/>

  <xsl:output method="json" encoding="UTF-8" indent="no"/>

  <!-- A document to its facts. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="/" as="map(xs:string, array(*))">
    <xsl:apply-templates select="TEI"/>
  </xsl:template>

  <xsl:template match="TEI" as="map(xs:string, array(*))">
    <xsl:sequence select="map {
      'named': array { local:named(.) },
      'abbreviations': array { text//choice[abbr][expan] ! array { normalize-space(abbr[1]), normalize-space(expan[1]) } },
      'holdings': array { source:holdings(.) ! local:holding(.) } }"/>
  </xsl:template>

  <!-- Each entry that is named, by its key, with the forms that stand in the text. -->
  <xsl:function name="local:named" as="array(xs:string)*">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:for-each-group select="typst:correspondents($tei) | $tei/text//*[local-name() = $typst:names][@ref]" group-by="typst:keys(@ref)">
      <xsl:sequence select="array { current-grouping-key(), distinct-values(current-group()[ancestor::text] ! name:as-written(.)) }"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- An archive as it is named, and the shelfmark: by parts in their normal form, else as it stands. -->
  <xsl:function name="local:holding" as="map(xs:string, item()*)">
    <xsl:param name="holding" as="element()"/>
    <xsl:variable name="parts" as="element(idno)*" select="$holding/idno/idno[@type][(@n, .) ! normalize-space() != '']"/>
    <xsl:sequence select="map {
      'archive': string-join($holding/(institution | repository) ! normalize-space(.)[. ne ''], ', '),
      'settlement': string-join($holding/settlement ! normalize-space(.)),
      'parts': array { $parts ! array { string(@type), normalize-space((@n, .)[1]) } },
      'shelfmark': string-join($holding/idno ! normalize-space(.)[. ne ''], '; ') }"/>
  </xsl:function>

</xsl:stylesheet>
