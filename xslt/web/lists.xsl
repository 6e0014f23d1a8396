<?xml version="1.0" encoding="UTF-8"?>
<!--
  What one document gives to the lists of the edition, in one interface language.

  In:  a document's extract (see extract.xsl).
  Out: lists:document with a lists:row for each place that the document has in a list: in which part of the list (year,
       sender, archive, kind: a key that is the same in every language, and what readers call it), what it is sorted by
       there, and what stands there. The program sorts the rows of all documents into pages (see pipeline/website/lists.py).
  Includes the frame, for addresses, and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:corresp="urn:despatch:corresp"
  xmlns:source="urn:despatch:source"
  xmlns:dating="urn:despatch:dating"
  xmlns:name="urn:despatch:name"
  xmlns:label="urn:despatch:label"
  xmlns:event="urn:despatch:event"
  xmlns:finding="urn:despatch:finding"
  xmlns:network="urn:despatch:network"
  xmlns:lists="urn:despatch:lists"
  xmlns:changes="urn:despatch:changes"
  xmlns:local="urn:despatch:web:lists"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Imported, since what comes out is XML. -->
  <xsl:import href="frame.xsl"/>
  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="links.xsl"/>
  <xsl:include href="holdings.xsl"/>
  <xsl:include href="revisions.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <!-- An extract to the rows of each list. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(lists:document)">
    <xsl:apply-templates select="TEI"/>
  </xsl:template>

  <xsl:template match="TEI" as="element(lists:document)">
    <lists:document>
      <xsl:call-template name="local:in-index"/>
      <xsl:call-template name="local:in-chronology"/>
      <xsl:call-template name="local:in-correspondents"/>
      <xsl:call-template name="lists:in-archives"/>
      <xsl:call-template name="local:in-types"/>
      <xsl:call-template name="local:in-changes"/>
    </lists:document>
  </xsl:template>

  <!-- A row of a list: `part` its key and what readers call it. -->
  <xsl:template name="lists:row" as="element(lists:row)">
    <xsl:param name="list" as="xs:string"/>
    <xsl:param name="part" as="xs:string+"/>
    <xsl:param name="sort" as="xs:string"/>
    <xsl:param name="pair" as="xs:string?" select="()"/>
    <xsl:param name="content" as="element()"/>
    <lists:row list="{$list}" for="{$lang}" part="{$part[1]}" head="{$part[2]}" sort="{$sort}">
      <xsl:for-each select="$pair"><xsl:attribute name="pair" select="."/></xsl:for-each>
      <xsl:sequence select="$content"/>
    </lists:row>
  </xsl:template>

  <!-- The year that something is listed under, and its heading; 9999 for what has no date. -->
  <xsl:function name="local:year" as="xs:string+">
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="year" as="xs:string" select="if (matches($key, '^\d{4}')) then substring($key, 1, 4) else '9999'"/>
    <xsl:sequence select="$year, if ($year eq '9999') then label:text('undated', $lang) else $year"/>
  </xsl:function>

  <!-- A place in the list of documents. -->
  <xsl:template name="local:in-index" as="element(lists:row)">
    <xsl:variable name="senders" as="xs:string*" select="corresp:senders(corresp:outer(.), $lang)"/>
    <xsl:variable name="recipients" as="xs:string*"
      select="corresp:parties(corresp:recipients(corresp:outer(.), 'to'), $lang)"/>
    <xsl:call-template name="lists:row">
      <xsl:with-param name="list" select="'index'"/>
      <xsl:with-param name="part" select="local:year(dating:sort-key(meta:date(.)))"/>
      <xsl:with-param name="sort" select="meta:sort-key(.)"/>
      <xsl:with-param name="content" as="element(Q{}li)">
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
              source:archival-references(., $lang),
              teiHeader/revisionDesc[@status eq 'withdrawn'] ! label:text('status.withdrawn', $lang)), ' · ')}</p>
          </div>
        </li>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The parties of one side, or that the header names none. -->
  <xsl:function name="local:party" as="xs:string">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:sequence select="(string-join($names, ', ')[. ne ''], label:text('unknown-party', $lang))[1]"/>
  </xsl:function>

  <xsl:template name="local:in-chronology" as="element(lists:row)+">
    <xsl:variable name="events" as="element(event:event)+"><xsl:call-template name="local:events"/></xsl:variable>
    <xsl:for-each select="$events">
      <xsl:call-template name="lists:row">
        <xsl:with-param name="list" select="'chronology'"/>
        <xsl:with-param name="part" select="local:year(@sort)"/>
        <xsl:with-param name="sort" select="string(@sort)"/>
        <xsl:with-param name="content" select="."/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- A document to its own event and those of the messages that it carries, as far as these have a day. -->
  <xsl:template name="local:events" as="element(event:event)+">
    <xsl:variable name="document" as="element(TEI)" select="."/>
    <event:event sort="{meta:sort-key(.)}" day="{dating:sort-key(meta:date(.))[. ne '9999']}" words="{meta:date-text(., $lang)}"
      address="{web:address(@xml:id, $lang)}" parties="{local:sides(corresp:outer(.))}" kind="document">
      <xsl:sequence select="meta:title-element(., $lang)/@xml:lang"/>
      <xsl:text>{meta:title(., $lang)}</xsl:text>
    </event:event>
    <xsl:for-each select="tail(corresp:messages(.))">
      <xsl:variable name="date" as="element(date)?" select="(correspAction[@type eq 'sent']/date, correspAction/date)[@when or @when-iso or @notBefore or @from][1]"/>
      <xsl:if test="exists($date)">
        <event:event sort="{dating:sort-key($date)} {$document/@xml:id} {position()}" day="{dating:sort-key($date)}" words="{dating:of($date, $lang)}"
          address="{web:address($document/@xml:id, $lang)}{(corresp:embedded(.)/@xml:id)[1] ! ('#' || .)}"
          parties="{local:sides(.)}" kind="embedded">
          <xsl:sequence select="meta:title-element($document, $lang)/@xml:lang"/>
          <xsl:text>{meta:title($document, $lang)}</xsl:text>
        </event:event>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="local:sides" as="xs:string">
    <xsl:param name="message" as="element(correspDesc)?"/>
    <xsl:variable name="sides" as="xs:string+" select="
      string-join(corresp:senders($message, $lang), ', '),
      string-join(corresp:parties(corresp:recipients($message, 'to'), $lang), ', ')"/>
    <xsl:sequence select="
      if ($sides = '' and $sides[1] eq $sides[2]) then ''
      else string-join($sides ! (.[. ne ''], label:text('unknown-party', $lang))[1], ' → ')"/>
  </xsl:function>

  <xsl:template name="local:in-correspondents" as="element(lists:row)*">
    <xsl:for-each select="local:messages(.)">
      <xsl:call-template name="lists:row">
        <xsl:with-param name="list" select="'correspondents'"/>
        <xsl:with-param name="part" select="string(@from), string(network:party[1])"/>
        <xsl:with-param name="sort" select="string(@sort)"/>
        <xsl:with-param name="pair" select="@from || ' ' || @to"/>
        <xsl:with-param name="content" select="."/>
      </xsl:call-template>
    </xsl:for-each>
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
          <xsl:attribute name="address" select="web:entry-address($entry)"/>
        </xsl:if>
        <xsl:text>{name:of(., $lang)}</xsl:text>
      </network:party>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Under what kind it is listed. -->
  <xsl:template name="local:in-types" as="element(lists:row)">
    <xsl:variable name="type" as="xs:string?" select="meta:document-type(., $lang)"/>
    <xsl:call-template name="lists:row">
      <xsl:with-param name="list" select="'types'"/>
      <xsl:with-param name="part" select="meta:type-key(.)[exists($type)] || '', ($type, label:text('type-not-named', $lang))[1]"/>
      <xsl:with-param name="sort" select="meta:sort-key(.)"/>
      <xsl:with-param name="content" as="element(finding:document)">
        <finding:document><xsl:sequence select="lists:document(.)"/></finding:document>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Each change, the newest first: days sort by what each figure of theirs lacks to nine. Under `states`, which has no
       page of its own, how far the document is. -->
  <xsl:template name="local:in-changes" as="element(lists:row)*">
    <xsl:variable name="document" as="element(TEI)" select="."/>
    <xsl:for-each select="changes:of(.)">
      <xsl:call-template name="lists:row">
        <xsl:with-param name="list" select="'changes'"/>
        <xsl:with-param name="part" select="local:year((@when ! string(), '9999')[1])"/>
        <xsl:with-param name="sort" select="translate((@when ! string(), '0000')[1], '0123456789', '9876543210') || ' ' || $document/@n"/>
        <xsl:with-param name="content" select="changes:change(., $document)"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:for-each select="teiHeader/revisionDesc/@status">
      <xsl:call-template name="lists:row">
        <xsl:with-param name="list" select="'states'"/>
        <xsl:with-param name="part" select="string(.), label:of-value('status', ., $lang)"/>
        <xsl:with-param name="sort" select="string(index-of(('approved', 'candidate', 'draft', 'withdrawn'), .)[1])"/>
        <xsl:with-param name="content" as="element(changes:state)"><changes:state/></xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- A document by its date and title. -->
  <xsl:function name="lists:document" as="node()+">
    <xsl:param name="tei" as="element(TEI)"/>
    <a href="{web:address($tei/@xml:id, $lang)}">{meta:date-text($tei, $lang)}</a>
    <xsl:text> </xsl:text>
    <cite><xsl:sequence select="meta:title-element($tei, $lang)/@xml:lang ! web:lang(.)"/>{meta:title($tei, $lang)}</cite>
  </xsl:function>

</xsl:stylesheet>
