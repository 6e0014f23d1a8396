<?xml version="1.0" encoding="UTF-8"?>
<!--
  Shadows: a document as the search engine reads it, a page for each language. No reader sees them.

  In:  a document; its id; the extract of its names (see mentions.xsl) as a parameter; the authorities.
  Out: search:shadows with an HTML page for each language: every passage with its id, and after a mark ⁑ what a reader may
       call those named in it: every form that the authorities know, expansions of abbreviations, misspelt words; and in
       its head which passages name whom, for those who ask for a person and no word.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:name="urn:despatch:name"
  xmlns:meta="urn:despatch:meta"
  xmlns:register="urn:despatch:register"
  xmlns:search="urn:despatch:search"
  xmlns:local="urn:despatch:web:shadows"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:param name="page" as="xs:string" required="yes"/>
  <xsl:param name="names" as="xs:string" required="yes"/>
  <xsl:variable name="local:names" as="document-node()" select="parse-xml($names)"/>

  <!-- The filters' names for the registers. -->
  <xsl:variable name="local:filters" as="map(xs:string, xs:string)" select="map {
    'persons': 'person', 'places': 'place', 'organisations': 'body' }"/>

  <!-- A document to its shadows. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(search:shadows)">
    <search:shadows><xsl:apply-templates select="TEI"/></search:shadows>
  </xsl:template>

  <xsl:template match="TEI" as="element(Q{}html)*">
    <xsl:for-each-group select="meta:witnesses(.)" group-by="local:language(.)">
      <html lang="{current-grouping-key()}">
        <head>
          <title>{$page}</title>
          <xsl:for-each select="$local:names//register:about">
            <meta data-pagefind-meta="title-{@for}[content]" content="{.}"/>
            <meta data-pagefind-meta="date-{@for}[content]" content="{@date}"/>
          </xsl:for-each>
          <meta data-pagefind-filter="language[content]" content="{current-grouping-key()}"/>
          <xsl:for-each-group select="$local:names//register:facet[not(@name eq 'language')]" composite="yes" group-by="string(@name), string(@value)">
            <meta data-pagefind-filter="{@name}[content]" content="{@value}"/>
          </xsl:for-each-group>
          <xsl:for-each-group select="$local:names//register:mention[@key]" composite="yes" group-by="string(@kind), string(@key)">
            <meta data-pagefind-filter="{$local:filters(@kind)}[content]" content="{@key}"/>
          </xsl:for-each-group>
          <meta data-pagefind-meta="named[content]" content="{local:named(current-group())}"/>
        </head>
        <body data-pagefind-body="">
          <xsl:for-each select="current-group()"><xsl:call-template name="local:passages"/></xsl:for-each>
        </body>
      </html>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Who and what is named in which passages: `person:stalin p2 p5|place:seoul p2`. -->
  <xsl:function name="local:named" as="xs:string">
    <xsl:param name="witnesses" as="element()+"/>
    <xsl:variable name="mentions" as="xs:string*">
      <xsl:for-each-group select="$witnesses//(persName | placeName | orgName | geogName | rs | name)[@ref][.//text()]" group-by="tokenize(@ref) ! local:key(name:entry(.))">
        <xsl:sequence select="string-join((current-grouping-key(), distinct-values(current-group() ! local:passage((.//text())[1]))[. ne '']), ' ')"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="string-join($mentions, '|')"/>
  </xsl:function>

  <!-- What an entry of the authorities is called in the filters; nothing where there is none. -->
  <xsl:function name="local:key" as="xs:string?">
    <xsl:param name="entry" as="element()?"/>
    <xsl:sequence select="$entry ! (map { 'person': 'person', 'place': 'place', 'org': 'body' }(local-name()) || ':' || @xml:id)"/>
  </xsl:function>

  <!-- The language of a text, without script and region; one that says none is taken for English. -->
  <xsl:function name="local:language" as="xs:string">
    <xsl:param name="witness" as="element()"/>
    <xsl:sequence select="(lower-case(tokenize($witness/ancestor-or-self::*[@xml:lang][1]/@xml:lang, '-')[1])[. ne ''], 'en')[1]"/>
  </xsl:function>

  <!-- The passages of a text: its paragraphs, headings, lines; what stands in none is a passage of the whole. -->
  <xsl:template name="local:passages" as="element()*">
    <xsl:variable name="added" as="text()*" select=".//(fw | note | choice/sic | choice/orig | choice/expan)//text()"/>
    <xsl:for-each-group select=".//text() except $added" group-adjacent="local:passage(.)">
      <xsl:if test="normalize-space(string-join(current-group()))">
        <p>
          <xsl:if test="current-grouping-key()"><xsl:attribute name="id" select="current-grouping-key()"/></xsl:if>
          <xsl:text>{normalize-space(string-join(current-group()))}</xsl:text>
        </p>
        <p data-pagefind-weight="0.5">⁑ {string-join(local:hidden(current-group()), ' ')}</p>
      </xsl:if>
    </xsl:for-each-group>
  </xsl:template>

  <!-- The outermost element round a text that has an address and is no whole document. -->
  <xsl:function name="local:passage" as="xs:string">
    <xsl:param name="text" as="text()"/>
    <xsl:sequence select="string($text/ancestor::*[@xml:id][ancestor::text][not(self::div | self::floatingText)][last()]/@xml:id)"/>
  </xsl:function>

  <!-- What else a passage is to be found by. -->
  <xsl:function name="local:hidden" as="xs:string*">
    <xsl:param name="texts" as="text()+"/>
    <xsl:variable name="entries" as="element()*" select="
      $texts/ancestor::*[@ref][self::persName | self::placeName | self::orgName | self::geogName | self::rs | self::name]
      ! (tokenize(@ref) ! name:entry(.))"/>
    <xsl:sequence select="distinct-values((
      $entries/(persName | placeName | orgName) ! normalize-space(.),
      $texts/ancestor::choice[1]/(sic | orig | expan) ! normalize-space(.)))[. ne '']"/>
  </xsl:function>

</xsl:stylesheet>
