<?xml version="1.0" encoding="UTF-8"?>
<!--
  Mentions: every name in one document, with the words round it and the passage where it stands.

  In:  a document; its id, which is its file's name; see frame.xsl for the languages and names.xsl for the authorities.
  Out: a register:document with its title and date in every interface language and a register:mention for each name. The
       registers are folded from these extracts, so that a changed document costs only its own.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:name="urn:despatch:name"
  xmlns:meta="urn:despatch:meta"
  xmlns:source="urn:despatch:source"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:register="urn:despatch:register"
  xmlns:local="urn:despatch:register:mentions"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:param name="page" as="xs:string" required="yes"/>
  <xsl:param name="languages" as="xs:string" required="yes"/>

  <!-- How many words of the passage stand on each side of a name. -->
  <xsl:variable name="local:words" as="xs:integer" select="9"/>

  <!-- A document to its extract; what has no template is no mention. -->
  <xsl:mode on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(register:document)">
    <xsl:apply-templates select="TEI"/>
  </xsl:template>

  <xsl:template match="TEI" as="element(register:document)">
    <register:document id="{$page}" sort="{meta:sort-key(.)}">
      <xsl:variable name="document" as="element(TEI)" select="."/>
      <xsl:for-each select="tokenize($languages)">
        <register:about for="{.}" date="{meta:date-text($document, .)}">
          <xsl:sequence select="meta:title-element($document, .)/@xml:lang"/>
          <xsl:text>{(meta:title($document, .)[. ne ''], $page)[1]}</xsl:text>
        </register:about>
      </xsl:for-each>
      <xsl:call-template name="local:facets"/>
      <xsl:apply-templates select="local:described(teiHeader) | local:names(text)"/>
    </register:document>
  </xsl:template>

  <!-- By what else one looks for a document: its year, the archives that have it, its languages. -->
  <xsl:template name="local:facets" as="element(register:facet)*">
    <xsl:variable name="document" as="element(TEI)" select="."/>
    <xsl:for-each select="tokenize($languages)">
      <xsl:variable name="lang" as="xs:string" select="."/>
      <xsl:for-each select="dating:sort-key(meta:date($document))[matches(., '^\d{4}') and . ne '9999']">
        <register:facet name="year" value="{substring(., 1, 4)}" for="{$lang}">{substring(., 1, 4)}</register:facet>
      </xsl:for-each>
      <xsl:for-each select="source:holdings($document)[source:archive(., $lang)]">
        <register:facet name="archive" value="{(source:archive-entry(.)/@xml:id, source:archive(., $lang))[1]}" for="{$lang}">{source:archive(., $lang)}</register:facet>
      </xsl:for-each>
      <xsl:for-each select="distinct-values(meta:languages($document) ! tokenize(., '-')[1])">
        <register:facet name="language" value="{.}" for="{$lang}">{label:language(., $lang)}</register:facet>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- A name in the header: in which part somebody or a place stands, no words round it. Every one counts, since the
       document's page leads from each to the register. -->
  <xsl:template match="teiHeader//*" as="element(register:mention)*">
    <xsl:variable name="action" as="element(correspAction)?" select="ancestor::correspAction[1]"/>
    <xsl:variable name="is-agent" as="xs:boolean" select="exists(self::persName | self::orgName)"/>
    <xsl:variable name="part" as="xs:string" select="
      if ($is-agent and $action/@type eq 'sent') then 'sender'
      else if ($is-agent and $action/@type = ('received', 'transmitted')) then ($action/@subtype, 'to')[1]
      else if ($action/@type = ('sent', 'received')) then 'place-' || $action/@type
      else if (parent::respStmt) then 'responsibility' else 'description'"/>
    <xsl:variable name="message" as="element(correspDesc)?" select="ancestor::correspDesc[not(@default eq 'true')][1]"/>
    <xsl:variable name="passage" as="xs:string"
      select="string((root()/TEI/text//floatingText[tokenize(@decls) = '#' || $message/@xml:id]/@xml:id)[1])"/>
    <xsl:for-each select="local:entries(.)">
      <register:mention kind="{register:kind(.)}" key="{@xml:id}" part="{$part}" passage="{$passage}"/>
    </xsl:for-each>
  </xsl:template>

  <!-- A name in the text, once for each entry that it may mean; without an entry it is not identified. -->
  <xsl:template match="text//(persName | orgName | placeName | geogName | rs | name | country | settlement | region)" as="element(register:mention)*">
    <xsl:variable name="own" as="element()" select="."/>
    <xsl:variable name="entries" as="element()*" select="local:entries(.)"/>
    <xsl:variable name="passage" as="element()" 
      select="(ancestor::*[@xml:id][not(self::div | self::floatingText)][ancestor::text][1], ..)[1]"/>
    <xsl:variable name="texts" as="text()*" select="local:reading($passage)"/>
    <xsl:variable name="content" as="element()+">
      <register:before>{local:last-words(local:spaced($texts[. &lt;&lt; $own]))}</register:before>
      <register:name>{local:whole-name(.)}</register:name>
      <register:after>{local:first-words(local:spaced($texts[. &gt;&gt; $own] except $own//text()))}</register:after>
    </xsl:variable>
    <xsl:for-each select="if (exists($entries)) then $entries else .">
      <register:mention kind="{register:kind(.)}" passage="{($own/ancestor-or-self::*[ancestor::text]/@xml:id)[last()]}">
        <xsl:if test="exists($entries)"><xsl:attribute name="key" select="@xml:id"/></xsl:if>
        <xsl:if test="$own/@cert = ('low', 'medium')"><xsl:sequence select="$own/@cert"/></xsl:if>
        <xsl:sequence select="$own/ancestor-or-self::*[@xml:lang][1]/@xml:lang, $content"/>
      </register:mention>
    </xsl:for-each>
  </xsl:template>

  <!-- The names in a header that refer to an entry. -->
  <xsl:function name="local:described" as="element()*">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:sequence select="
      $header//(persName | placeName | orgName | rs | name | country | settlement | region | geogName)[@ref]"/>
  </xsl:function>

  <!-- The names in a text that count: what describes somebody counts only where it is identified; the later pieces of a
       divided name belong to its first. -->
  <xsl:function name="local:names" as="element()*">
    <xsl:param name="text" as="element(text)?"/>
    <xsl:sequence select="
      $text//(persName | orgName | placeName | geogName | (rs | name | country | settlement | region)[@ref])[not(@prev)][normalize-space()]"/>
  </xsl:function>

  <!-- The entries that a name refers to. -->
  <xsl:function name="local:entries" as="element()*">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="tokenize($name/@ref) ! name:entry(.)"/>
  </xsl:function>

  <!-- The register that an entry, or a name without one, belongs to. -->
  <xsl:function name="register:kind" as="xs:string" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      if ($element/(self::person | self::persName)) then 'persons'
      else if ($element/(self::org | self::orgName)) then 'organisations' else 'places'"/>
  </xsl:function>

  <!-- A name with its later pieces. -->
  <xsl:function name="local:whole-name" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="next" as="element()*" select="
      $name/@next ! (let $id := substring-after(., '#') return $name/following::*[@xml:id eq $id][1])"/>
    <xsl:sequence select="normalize-space(string-join((name:as-written($name), $next ! local:whole-name(.)), ' '))"/>
  </xsl:function>

  <!-- The text of a passage as one reads it: errors corrected, no furniture, no notes. -->
  <xsl:function name="local:reading" as="text()*">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="
      $passage//text() except $passage//(fw | note | choice/sic | choice/orig | choice/expan)//text()"/>
  </xsl:function>

  <!-- Texts as one; a space of the capture that allows no break is one like any other in a few words of it. -->
  <xsl:function name="local:spaced" as="xs:string">
    <xsl:param name="texts" as="text()*"/>
    <xsl:sequence select="translate(string-join($texts), '&#xA0;&#x202F;', '  ')"/>
  </xsl:function>

  <xsl:function name="local:last-words" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:variable name="words" as="xs:string*" select="tokenize($text)"/>
    <xsl:variable name="kept" as="xs:string*" select="subsequence($words, count($words) - $local:words + 1)"/>
    <xsl:sequence select="string-join((
      '…'[count($words) gt $local:words], string-join($kept, ' ') || ' '[matches($text, '\s$')]), ' ')"/>
  </xsl:function>

  <xsl:function name="local:first-words" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:variable name="words" as="xs:string*" select="tokenize($text)"/>
    <xsl:sequence select="
      ' '[matches($text, '^\s')] || string-join(subsequence($words, 1, $local:words), ' ') || ' …'[count($words) gt $local:words]"/>
  </xsl:function>

</xsl:stylesheet>
