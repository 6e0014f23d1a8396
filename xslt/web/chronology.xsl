<?xml version="1.0" encoding="UTF-8"?>
<!--
  Chronology: every message of the edition on its day, the embedded ones too, on a time line and in a list.

  In:  a teiCorpus of the documents' extracts (see extract.xsl).
  Out: the page `chronology` in one interface language.
  Includes the frame, xslt/common and the time line.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:corresp="urn:despatch:corresp"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:event="urn:despatch:event"
  xmlns:local="urn:despatch:web:chronology"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="timeline.xsl"/>

  <!-- Extracts to the page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <!-- Extracts to events. -->
  <xsl:mode name="local:events" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:variable name="unsorted" as="element(event:event)*">
      <xsl:apply-templates select="teiCorpus/TEI" mode="local:events"/>
    </xsl:variable>
    <xsl:variable name="events" as="element(event:event)*" select="sort($unsorted, 'http://www.w3.org/2005/xpath-functions/collation/codepoint', function($event) { string($event/@sort) })"/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="label:of-value('register', 'chronology', $lang)"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening">
          <h1>{label:of-value('register', 'chronology', $lang)}</h1>
          <p class="remark">{label:text('chronology-remark', $lang)}</p>
        </header>
        <xsl:sequence select="event:timeline($events)"/>
        <xsl:call-template name="local:list"><xsl:with-param name="events" select="$events"/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A document to its own event and those of the messages that it carries, as far as these have a day. -->
  <xsl:template match="TEI" mode="local:events" as="element(event:event)+">
    <xsl:variable name="document" as="element(TEI)" select="."/>
    <event:event sort="{meta:sort-key(.)}" day="{dating:sort-key(meta:date(.))[. ne '9999']}" words="{meta:date-text(., $lang)}"
      address="{web:address(@xml:id, $lang)}" parties="{local:parties(corresp:outer(.))}" kind="document">
      <xsl:sequence select="meta:title-element(., $lang)/@xml:lang"/>
      <xsl:text>{meta:title(., $lang)}</xsl:text>
    </event:event>
    <xsl:for-each select="tail(corresp:messages(.))">
      <xsl:variable name="date" as="element(date)?" select="(correspAction[@type eq 'sent']/date, correspAction/date)[@when or @when-iso or @notBefore or @from][1]"/>
      <xsl:if test="exists($date)">
        <event:event sort="{dating:sort-key($date)} {$document/@xml:id} {position()}" day="{dating:sort-key($date)}" words="{dating:of($date, $lang)}"
          address="{web:address($document/@xml:id, $lang)}{(corresp:embedded(.)/@xml:id)[1] ! ('#' || .)}"
          parties="{local:parties(.)}" kind="embedded">
          <xsl:sequence select="meta:title-element($document, $lang)/@xml:lang"/>
          <xsl:text>{meta:title($document, $lang)}</xsl:text>
        </event:event>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="local:parties" as="xs:string">
    <xsl:param name="message" as="element(correspDesc)?"/>
    <xsl:variable name="sides" as="xs:string+" select="
      string-join(corresp:senders($message, $lang), ', '),
      string-join(corresp:parties(corresp:recipients($message, 'to'), $lang), ', ')"/>
    <xsl:sequence select="
      if ($sides = '' and $sides[1] eq $sides[2]) then ''
      else string-join($sides ! (.[. ne ''], label:text('unknown-party', $lang))[1], ' → ')"/>
  </xsl:function>

  <!-- The same as a list, by month; what has no day stands at the end. -->
  <xsl:template name="local:list" as="element(Q{}section)*">
    <xsl:param name="events" as="element(event:event)*"/>
    <xsl:for-each-group select="$events" group-adjacent="event:month(@day)">
      <xsl:variable name="id" as="xs:string" select="event:month-id(current-grouping-key())"/>
      <section class="year" aria-labelledby="{$id}">
        <h2 id="{$id}">{if (current-grouping-key()) then dating:text(current-grouping-key(), $lang) else label:text('undated', $lang)}</h2>
        <ol class="documents">
          <xsl:for-each select="current-group()">
            <li>
              <p class="date">{@words}</p>
              <div class="entry">
                <h3><a href="{@address}">
                  <xsl:if test="@kind eq 'document'"><xsl:sequence select="@xml:lang ! web:lang(.)"/></xsl:if>
                  <xsl:text>{if (@kind eq 'document') then . else (@parties[. ne ''], label:text('embedded-message', $lang))[1]}</xsl:text>
                </a></h3>
                <xsl:if test="@kind eq 'embedded'"><p class="parties">{label:text('conveyed-by', $lang)} <cite><xsl:sequence select="@xml:lang ! web:lang(.)"/>{.}</cite></p></xsl:if>
                <xsl:if test="@kind eq 'document' and @parties ne ''"><p class="parties">{@parties}</p></xsl:if>
              </div>
            </li>
          </xsl:for-each>
        </ol>
      </section>
    </xsl:for-each-group>
  </xsl:template>

</xsl:stylesheet>
