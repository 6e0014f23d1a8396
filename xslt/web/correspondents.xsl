<?xml version="1.0" encoding="UTF-8"?>
<!--
  Correspondents: who wrote to whom, how often and when, as a picture and as a table with the same content.

  In:  a teiCorpus of the documents' extracts (see extract.xsl).
  Out: the page `correspondents` in one interface language.
  Includes the frame, xslt/common and the picture.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:corresp="urn:despatch:corresp"
  xmlns:dating="urn:despatch:dating"
  xmlns:name="urn:despatch:name"
  xmlns:label="urn:despatch:label"
  xmlns:network="urn:despatch:network"
  xmlns:local="urn:despatch:web:correspondents"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="network.xsl"/>

  <!-- Extracts to the page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:variable name="messages" as="element(network:message)*" select="
      sort(teiCorpus/TEI, 'http://www.w3.org/2005/xpath-functions/collation/codepoint', meta:sort-key#1) ! local:messages(.)"/>
    <xsl:variable name="title" as="xs:string" select="label:of-value('register', 'correspondents', $lang)"/>
    <xsl:variable name="pairs" as="element(network:pair)*" select="local:pairs($messages)"/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening">
          <h1>{$title}</h1>
          <p class="remark">{label:text('correspondents-remark', $lang)}</p>
        </header>
        <xsl:sequence select="network:picture($pairs)"/>
        <xsl:choose>
          <xsl:when test="exists($pairs)"><xsl:call-template name="local:table"><xsl:with-param name="pairs" select="$pairs"/></xsl:call-template></xsl:when>
          <xsl:otherwise><p class="count">{label:text('no-correspondence', $lang)}</p></xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Each message of a document, once for every sender and recipient; copies and those who pass it on apart. -->
  <xsl:function name="local:messages" as="element(network:message)*">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:for-each select="corresp:messages($tei)">
      <xsl:variable name="message" as="element(correspDesc)" select="."/>
      <xsl:variable name="date" as="element(date)?" select="
        (correspAction[@type eq 'sent']/date[@when or @when-iso or @notBefore or @from], meta:date($tei)[$message is corresp:outer($tei)])[1]"/>
      <xsl:variable name="to" as="element(network:party)*" select="local:parties(corresp:recipients(., 'to'))"/>
      <xsl:for-each select="local:parties(corresp:actions(., 'sent'))">
        <xsl:variable name="sender" as="element(network:party)" select="."/>
        <xsl:for-each select="$to">
          <network:message from="{$sender/@id}" to="{@id}" sort="{dating:sort-key($date)}"
            words="{($date ! dating:of(., $lang), label:text('undated', $lang))[1]}"
            address="{web:address($tei/@xml:id, $lang)}{(corresp:embedded($message)/@xml:id)[1][not($message is corresp:outer($tei))] ! ('#' || .)}">
            <xsl:sequence select="$sender, ."/>
          </network:message>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:function>

  <!-- The parties of actions, each once: by the entry, else by the name. -->
  <xsl:function name="local:parties" as="element(network:party)*">
    <xsl:param name="actions" as="element(correspAction)*"/>
    <xsl:for-each-group select="$actions/(persName | orgName | name | rs)" group-by="(tokenize(@ref)[1], name:of(., $lang))[1]">
      <xsl:variable name="entry" as="element()?" select="name:entry(@ref)"/>
      <network:party id="{current-grouping-key()}">
        <xsl:if test="$entry">
          <xsl:attribute name="address" select="web:address(if ($entry/self::org) then 'organisations' else if ($entry/self::place) then 'places' else 'persons', $lang) || '#' || $entry/@xml:id"/>
        </xsl:if>
        <xsl:text>{name:of(., $lang)}</xsl:text>
      </network:party>
    </xsl:for-each-group>
  </xsl:function>

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
