<?xml version="1.0" encoding="UTF-8"?>
<!--
  Correspondents: who wrote to whom, how often and when, as a picture and as a table with the same content.

  In:  a lists:list (all rows, or those of one page of a part), or the lists:overview of one that is split, sorted by the
       program (see lists.xsl and pipeline/website/lists.py).
  Out: the page `correspondents`, or one of a sender, in one interface language.
  Includes the frame, xslt/common and the picture.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:network="urn:despatch:network"
  xmlns:label="urn:despatch:label"
  xmlns:lists="urn:despatch:lists"
  xmlns:local="urn:despatch:web:correspondents"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="parts.xsl"/>
  <xsl:include href="network.xsl"/>

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
          <xsl:with-param name="remark" select="label:text('correspondents-remark', $lang)"/>
        </xsl:call-template>
        <xsl:apply-templates select="." mode="local:content"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What stands under the head. -->
  <xsl:mode name="local:content" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="lists:overview" mode="local:content" as="element()+">
    <xsl:variable name="pairs" as="element(network:pair)*">
      <xsl:for-each select="lists:pair">
        <network:pair count="{@count}"><xsl:sequence select="lists:row/network:message/network:party"/></network:pair>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="network:picture($pairs)"/>
    <xsl:call-template name="lists:parts"><xsl:with-param name="overview" select="."/></xsl:call-template>
  </xsl:template>

  <xsl:template match="lists:list" mode="local:content" as="element()*">
    <xsl:variable name="pairs" as="element(network:pair)*" select="local:pairs(lists:row/network:message)"/>
    <xsl:call-template name="lists:ways"><xsl:with-param name="list" select="."/></xsl:call-template>
    <xsl:sequence select="network:picture($pairs)[not(current()/@part)]"/>
    <xsl:choose>
      <xsl:when test="exists($pairs)"><xsl:call-template name="local:table"><xsl:with-param name="pairs" select="$pairs"/></xsl:call-template></xsl:when>
      <xsl:otherwise><p class="count">{label:text('no-correspondence', $lang)}</p></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="lists:ways"><xsl:with-param name="list" select="."/><xsl:with-param name="name" select="'parts-again'"/></xsl:call-template>
  </xsl:template>

  <!-- Who wrote to whom, the busiest first. -->
  <xsl:function name="local:pairs" as="element(network:pair)*">
    <xsl:param name="messages" as="element(network:message)*"/>
    <xsl:for-each-group select="$messages" composite="yes" group-by="string(@from), string(@to)">
      <xsl:sort select="count(current-group())" order="descending"/>
      <xsl:sort select="min(current-group()/@sort ! string())"/>
      <network:pair count="{count(current-group())}">
        <xsl:sequence select="network:party"/>
        <xsl:for-each select="current-group()">
          <xsl:sort select="@sort"/>
          <network:message><xsl:sequence select="@words, @address"/></network:message>
        </xsl:for-each>
      </network:pair>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:template name="local:table" as="element(Q{}div)">
    <xsl:param name="pairs" as="element(network:pair)+"/>
    <div class="table">
      <table class="pairs">
        <caption>{label:text('correspondents-table', $lang)}</caption>
        <thead>
          <tr>
            <th scope="col">{label:text('sender', $lang)}</th>
            <th scope="col">{label:text('to', $lang)}</th>
            <th scope="col">{label:text('messages', $lang)}</th>
            <th scope="col">{label:text('sent', $lang)}</th>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="$pairs">
            <tr>
              <xsl:for-each select="network:party">
                <td>
                  <xsl:choose>
                    <xsl:when test="@address"><a href="{@address}">{.}</a></xsl:when>
                    <xsl:otherwise>{.}</xsl:otherwise>
                  </xsl:choose>
                </td>
              </xsl:for-each>
              <td class="number">{@count}</td>
              <td>
                <xsl:for-each select="network:message">
                  <xsl:if test="position() gt 1"><xsl:text>; </xsl:text></xsl:if>
                  <a href="{@address}">{@words}</a>
                </xsl:for-each>
              </td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

</xsl:stylesheet>
