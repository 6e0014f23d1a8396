<?xml version="1.0" encoding="UTF-8"?>
<!--
  What has changed: how far the documents are, and who did what to which of them, the newest first.

  In:  a teiCorpus of the documents' extracts (see extract.xsl); tei/corpus.xml for changes of the edition as a whole.
  Out: the page `changes` in one interface language. A change that has no date and was made by a program alone (the
       conversion) is not listed: the count of drafts says the same.
  Includes the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:source="urn:despatch:source"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:changes"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>

  <!-- Extracts to the page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <!-- How many changes the page lists; all stand in the documents' own files. -->
  <xsl:variable name="local:most" as="xs:integer" select="500"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="label:text('changes', $lang)"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening"><h1>{label:text('changes', $lang)}</h1></header>
        <xsl:apply-templates select="teiCorpus"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="teiCorpus" as="element()+">
    <xsl:variable name="changes" as="element(change)*" select="
      (TEI, $corpus/TEI)/teiHeader/revisionDesc/change[@when or local:agents(.)[not(source:is-machine(.))]]"/>
    <xsl:variable name="sorted" as="element(change)*" select="reverse(sort($changes, (), local:when#1))"/>
    <xsl:sequence select="local:states(.)"/>
    <xsl:if test="empty($sorted)"><p class="remark">{label:text('changes-none', $lang)}</p></xsl:if>
    <xsl:for-each-group select="$sorted[position() le $local:most]" group-adjacent="local:when(.)">
      <xsl:variable name="id" as="xs:string" select="'changes-' || (current-grouping-key()[. ne ''], 'undated')[1]"/>
      <section class="year changes" aria-labelledby="{$id}">
        <h2 id="{$id}">{if (current-grouping-key()) then dating:text(@when, $lang) else label:text('undated', $lang)}</h2>
        <ul>
          <xsl:apply-templates select="current-group()">
            <xsl:sort select="string(ancestor::TEI[1]/@n)" collation="http://www.w3.org/2005/xpath-functions/collation/codepoint"/>
          </xsl:apply-templates>
        </ul>
      </section>
    </xsl:for-each-group>
    <xsl:if test="count($sorted) gt $local:most">
      <p class="remark">{label:with('changes-more', string(count($sorted) - $local:most), $lang)}</p>
    </xsl:if>
  </xsl:template>

  <!-- How many documents are how far. -->
  <xsl:function name="local:states" as="element(Q{}dl)?">
    <xsl:param name="corpus" as="element(teiCorpus)"/>
    <xsl:where-populated>
      <dl class="facts states">
        <xsl:for-each-group select="$corpus/TEI/teiHeader/revisionDesc" group-by="string(@status)">
          <xsl:sort select="index-of(('approved', 'candidate', 'draft', 'withdrawn'), current-grouping-key())"/>
          <xsl:if test="current-grouping-key()">
            <div>
              <dt>{label:of-value('status', current-grouping-key(), $lang)}</dt>
              <dd>{count(current-group())}</dd>
            </div>
          </xsl:if>
        </xsl:for-each-group>
      </dl>
    </xsl:where-populated>
  </xsl:function>

  <!-- One change: of which document, by whom, to which state, in whose words. -->
  <xsl:template match="change" as="element(Q{}li)">
    <xsl:variable name="tei" as="element(TEI)" select="ancestor::TEI[1]"/>
    <xsl:variable name="agents" as="xs:string*" select="local:agents(.) ! source:agent(.)"/>
    <li>
      <p>
        <xsl:choose>
          <xsl:when test="$tei/parent::teiCorpus">
            <span class="date">{meta:date-text($tei, $lang)}</span>
            <xsl:text> </xsl:text>
            <a href="{web:address($tei/@xml:id, $lang)}">
              <xsl:sequence select="meta:title-element($tei, $lang)/@xml:lang ! web:lang(.)"/>
              <xsl:text>{meta:title($tei, $lang)}</xsl:text>
            </a>
          </xsl:when>
          <xsl:otherwise>{label:text('changes-edition', $lang)}</xsl:otherwise>
        </xsl:choose>
      </p>
      <p class="what">
        <span><xsl:sequence select="ancestor-or-self::*[@xml:lang][1]/@xml:lang ! web:lang(.)"/>{normalize-space(.)}</span>
      </p>
      <p class="facts">{string-join((@status ! label:of-value('status', ., $lang), string-join($agents, ', ')[. ne '']), ' · ')}</p>
    </li>
  </xsl:template>

  <!-- When a change was made, as far as it says. -->
  <xsl:function name="local:when" as="xs:string">
    <xsl:param name="change" as="element(change)"/>
    <xsl:sequence select="string($change/@when)"/>
  </xsl:function>

  <!-- Who made a change: by the document's own statements of responsibility, else by the edition's. -->
  <xsl:function name="local:agents" as="element()*">
    <xsl:param name="change" as="element(change)"/>
    <xsl:for-each select="$change/@who ! tokenize(.) ! substring-after(., '#')">
      <xsl:variable name="id" as="xs:string" select="."/>
      <xsl:sequence select="($change/ancestor::TEI[1]/teiHeader, $web:header)/fileDesc/titleStmt//*[@xml:id eq $id] => head()"/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
