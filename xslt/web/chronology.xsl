<?xml version="1.0" encoding="UTF-8"?>
<!--
  Chronology: every message of the edition on its day, the embedded ones too, on a time line and in a list.

  In:  a lists:list (all rows, or those of one page of a part), or the lists:overview of one that is split, sorted by the
       program (see lists.xsl and pipeline/website/lists.py).
  Out: the page `chronology`, or one of a year, in one interface language.
  Includes the frame, xslt/common and the time line.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:dating="urn:despatch:dating"
  xmlns:event="urn:despatch:event"
  xmlns:label="urn:despatch:label"
  xmlns:lists="urn:despatch:lists"
  xmlns:local="urn:despatch:web:chronology"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="parts.xsl"/>
  <xsl:include href="timeline.xsl"/>

  <!-- A sorted list to its page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="lists:list | lists:overview" as="element(Q{}html)">
    <xsl:variable name="list" as="element()" select="."/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="lists:title(.)"/>
      <xsl:with-param name="content" as="element()+">
        <xsl:call-template name="lists:opening">
          <xsl:with-param name="list" select="$list"/>
          <xsl:with-param name="remark" select="label:text('chronology-remark', $lang)"/>
        </xsl:call-template>
        <xsl:apply-templates select="." mode="local:content"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What stands under the head. -->
  <xsl:mode name="local:content" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="lists:overview" mode="local:content" as="element()+">
    <xsl:sequence select="event:months(lists:month)"/>
    <xsl:call-template name="lists:parts"><xsl:with-param name="overview" select="."/></xsl:call-template>
  </xsl:template>

  <xsl:template match="lists:list" mode="local:content" as="element()*">
    <xsl:call-template name="lists:ways"><xsl:with-param name="list" select="."/></xsl:call-template>
    <xsl:sequence select="event:timeline(lists:row/event:event)"/>
    <xsl:call-template name="local:list"><xsl:with-param name="events" select="lists:row/event:event"/></xsl:call-template>
    <xsl:call-template name="lists:ways"><xsl:with-param name="list" select="."/><xsl:with-param name="name" select="'parts-again'"/></xsl:call-template>
  </xsl:template>

  <!-- The events as a list, by month; what has no day stands at the end. -->
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
