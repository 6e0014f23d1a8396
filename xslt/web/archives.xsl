<?xml version="1.0" encoding="UTF-8"?>
<!--
  The finding list: where the documents lie, from archive through fond, opis and delo to the leaves; and the same
  documents by their kind.

  In:  a teiCorpus of the documents' extracts (see extract.xsl).
  Out: the page `archives` or `types` in one interface language.
  Includes the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:source="urn:despatch:source"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:archives"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>

  <!-- Extracts to the page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <!-- The parts of a shelfmark above the leaves, from the widest, by their labels. -->
  <xsl:variable name="local:parts" as="xs:string+" select="'shelf-fond', 'shelf-opis', 'shelf-delo'"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:variable name="title" as="xs:string" select="label:of-value('register', $page, $lang)"/>
    <xsl:variable name="documents" as="element(TEI)*" select="sort(teiCorpus/TEI, 'http://www.w3.org/2005/xpath-functions/collation/codepoint', meta:sort-key#1)"/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening"><h1>{$title}</h1></header>
        <xsl:sequence select="if ($page eq 'types') then local:types($documents) else local:archives($documents)"/>
        <xsl:if test="empty($documents)"><p class="count">{label:text('no-documents', $lang)}</p></xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A section for each archive, then the documents for which none is named. -->
  <xsl:function name="local:archives" as="element(Q{}section)*">
    <xsl:param name="documents" as="element(TEI)*"/>
    <xsl:for-each-group select="$documents ! source:holdings(.)" group-by="local:archive(.)">
      <xsl:sort select="current-grouping-key()" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
      <section class="finding" aria-labelledby="archive-{position()}">
        <h2 id="archive-{position()}">{current-grouping-key()}</h2>
        <xsl:sequence select="local:level(current-group(), $local:parts)"/>
      </section>
    </xsl:for-each-group>
    <xsl:variable name="without" as="element(TEI)*" select="$documents[empty(source:holdings(.))]"/>
    <xsl:if test="exists($without)">
      <section class="finding" aria-labelledby="without">
        <h2 id="without">{label:text('without-archive', $lang)}</h2>
        <ul><xsl:for-each select="$without"><li><xsl:sequence select="local:document(.)"/></li></xsl:for-each></ul>
      </section>
    </xsl:if>
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

  <!-- One level of the list: by the first of the parts that are left, in the order of their numbers. -->
  <xsl:function name="local:level" as="element(Q{}ul)">
    <xsl:param name="holdings" as="element()+"/>
    <xsl:param name="parts" as="xs:string*"/>
    <ul>
      <xsl:choose>
        <xsl:when test="empty($parts)">
          <xsl:for-each select="$holdings">
            <xsl:sort select="local:number(local:part(., 'list'))"/>
            <li>
              <xsl:for-each select="local:leaves(.)"><span class="leaves">{.}</span><xsl:text> </xsl:text></xsl:for-each>
              <xsl:sequence select="local:document(ancestor::TEI)"/>
            </li>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each-group select="$holdings" group-by="string(local:part(., substring-after($parts[1], '-')))">
            <xsl:sort select="local:number(current-grouping-key())"/>
            <xsl:sort select="current-grouping-key()" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
            <xsl:choose>
              <xsl:when test="current-grouping-key() eq ''"><xsl:sequence select="local:level(current-group(), tail($parts))/*"/></xsl:when>
              <xsl:otherwise>
                <li>{label:with($parts[1], current-grouping-key(), $lang)} <xsl:sequence select="local:level(current-group(), tail($parts))"/></li>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:for-each-group>
        </xsl:otherwise>
      </xsl:choose>
    </ul>
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

  <xsl:function name="local:number" as="xs:double">
    <xsl:param name="text" as="xs:string?"/>
    <xsl:sequence select="number((analyze-string(string($text), '\d+')/*:match)[1])"/>
  </xsl:function>

  <!-- A section for each kind of document, the most frequent first. -->
  <xsl:function name="local:types" as="element(Q{}section)*">
    <xsl:param name="documents" as="element(TEI)*"/>
    <xsl:for-each-group select="$documents" group-by="(meta:document-type(., $lang), label:text('type-not-named', $lang))[1]">
      <xsl:sort select="count(current-group())" order="descending"/>
      <xsl:sort select="current-grouping-key()" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
      <section class="finding" aria-labelledby="type-{position()}">
        <h2 id="type-{position()}">{current-grouping-key()} <span class="number">{count(current-group())}</span></h2>
        <ul><xsl:for-each select="current-group()"><li><xsl:sequence select="local:document(.)"/></li></xsl:for-each></ul>
      </section>
    </xsl:for-each-group>
  </xsl:function>

  <!-- A document by its date and title. -->
  <xsl:function name="local:document" as="node()+">
    <xsl:param name="tei" as="element(TEI)"/>
    <a href="{web:address($tei/@xml:id, $lang)}">{meta:date-text($tei, $lang)}</a>
    <xsl:text> </xsl:text>
    <cite><xsl:sequence select="meta:title-element($tei, $lang)/@xml:lang ! web:lang(.)"/>{meta:title($tei, $lang)}</cite>
  </xsl:function>

</xsl:stylesheet>
