<?xml version="1.0" encoding="UTF-8"?>
<!--
  The list of documents, in the order of their dates.

  In:  a teiCorpus of the documents' extracts (see extract.xsl).
  Out: the page `index` in one interface language.
  Includes the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:corresp="urn:despatch:corresp"
  xmlns:source="urn:despatch:source"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:index"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>

  <!-- Extracts to entries of the list. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:variable name="content" as="element()+">
      <header class="opening"><h1>{$web:edition}</h1></header>
      <xsl:apply-templates select="teiCorpus"/>
    </xsl:variable>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="label:text('contents', $lang)"/>
      <xsl:with-param name="content" select="$content"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="teiCorpus" as="element()+">
    <p class="count">{if (TEI) then label:with('documents-count', string(count(TEI)), $lang) else label:text('no-documents', $lang)}</p>
    <xsl:for-each-group select="TEI" group-by="local:year(.)">
      <xsl:sort select="current-grouping-key()"/>
      <section class="year" aria-labelledby="year-{current-grouping-key()}">
        <h2 id="year-{current-grouping-key()}">{local:heading(current-grouping-key())}</h2>
        <ol class="documents">
          <xsl:apply-templates select="current-group()">
            <xsl:sort select="meta:sort-key(.)" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
          </xsl:apply-templates>
        </ol>
      </section>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:template match="TEI" as="element(Q{}li)">
    <xsl:variable name="senders" as="xs:string*" select="corresp:senders(corresp:outer(.), $lang)"/>
    <xsl:variable name="recipients" as="xs:string*"
      select="corresp:parties(corresp:recipients(corresp:outer(.), 'to'), $lang)"/>
    <li>
      <p class="date">{meta:date-text(., $lang)}</p>
      <div class="entry">
        <h3><a href="{web:address(@xml:id, $lang)}">
          <xsl:sequence select="meta:title-element(., $lang)/@xml:lang ! web:lang(.)"/>
          <xsl:text>{meta:title(., $lang)}</xsl:text>
        </a></h3>
        <xsl:if test="exists(($senders, $recipients))">
          <p class="parties">{local:party($senders)} → {local:party($recipients)}</p>
        </xsl:if>
        <p class="facts">{string-join((
          string-join(meta:languages(.) ! label:language(., $lang), ', '),
          source:archival-references(.),
          teiHeader/revisionDesc[@status eq 'withdrawn'] ! label:text('status.withdrawn', $lang)), ' · ')}</p>
      </div>
    </li>
  </xsl:template>

  <!-- The parties of one side, or that the header names none. -->
  <xsl:function name="local:party" as="xs:string">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:sequence select="(string-join($names, ', ')[. ne ''], label:text('unknown-party', $lang))[1]"/>
  </xsl:function>

  <!-- The year that a document is listed under; 9999 for those without a date. -->
  <xsl:function name="local:year" as="xs:string">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="key" as="xs:string" select="dating:sort-key(meta:date($tei))"/>
    <xsl:sequence select="if (matches($key, '^\d{4}')) then substring($key, 1, 4) else '9999'"/>
  </xsl:function>

  <xsl:function name="local:heading" as="xs:string">
    <xsl:param name="year" as="xs:string"/>
    <xsl:sequence select="if ($year eq '9999') then label:text('undated', $lang) else $year"/>
  </xsl:function>

</xsl:stylesheet>
