<?xml version="1.0" encoding="UTF-8"?>
<!--
  How to cite a document, and its files.

  In:  the TEI element of a document.
  Out: a section for the end of its page; meta elements by which programs such as Zotero know what the page is.
  Included by content.xsl and document.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:cite="urn:despatch:cite"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:cite"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/citation.xsl"/>

  <!-- Whether the document's PDF was built. -->
  <xsl:param name="has-pdf" as="xs:boolean" select="false()"/>

  <xsl:template name="web:cite" as="element(Q{}section)">
    <xsl:param name="tei" as="element(TEI)"/>
    <section class="cite" aria-labelledby="page-cite">
      <h2 id="page-cite">{label:text('cite', $lang)}</h2>
      <dl>
        <xsl:for-each select="'chicago', 'mla', 'gost'">
          <xsl:variable name="language" as="xs:string" select="if (. eq 'gost') then 'ru' else 'en'"/>
          <xsl:variable name="parts" as="xs:string+" select="cite:sentence(cite:record($tei, $page, $web:header, $language), .)"/>
          <div>
            <dt>{label:text('cite.' || ., $lang)}</dt>
            <dd lang="{$language}">{$parts[1]}<i>{$parts[2]}</i>{$parts[3]}</dd>
          </div>
        </xsl:for-each>
      </dl>
      <p class="files">
        <xsl:sequence select="local:file('citation/' || $page || '.bib', 'BibTeX', ''),
          local:file('citation/' || $page || '.ris', 'RIS', ''),
          local:file('citation/' || $page || '.json', 'CSL-JSON', '')"/>
      </p>
      <h2 id="page-files">{label:text('files', $lang)}</h2>
      <p class="files">
        <xsl:sequence select="local:file('tei/' || $page || '.xml', 'TEI', '')"/>
        <xsl:for-each select="web:plain-texts($tei)?*">
          <xsl:sequence select="local:file('text/' || .?file, label:with('plain-text-in', label:language(.?language, $lang), $lang), .?language)"/>
        </xsl:for-each>
        <xsl:if test="$has-pdf"><xsl:sequence select="local:file('pdf/' || $page || '.pdf', 'PDF', '')"/></xsl:if>
      </p>
    </section>
  </xsl:template>

  <xsl:function name="local:file" as="element(Q{}a)">
    <xsl:param name="path" as="xs:string"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="language" as="xs:string"/>
    <a href="{web:file($path)}">
      <xsl:if test="$language"><xsl:attribute name="hreflang" select="$language"/></xsl:if>
      <xsl:text>{$name}</xsl:text>
    </a>
  </xsl:function>

  <!-- The way from this page to a file in the site's own folder. -->
  <xsl:function name="web:file" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="
      if ($lang eq 'mul') then label:in-all($label:languages ! ((if (. eq $web:languages[1]) then '' else '../') || $path))
      else $web:up || $path"/>
  </xsl:function>

  <!-- The plain texts of a document: for each part in a language the file's name and the part. -->
  <xsl:function name="web:plain-texts" as="array(map(*))">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="array {
      for $place in 1 to count(meta:witnesses($tei)),
        $witness in meta:witnesses($tei)[$place],
        $language in string(($witness/ancestor-or-self::*[@xml:lang][1]/@xml:lang, 'und')[1])
      return let $same := subsequence(meta:witnesses($tei), 1, $place - 1)[ancestor-or-self::*[@xml:lang][1]/@xml:lang = $language]
      return map { 'language': $language, 'witness': $witness,
        'file': string-join(($page, $language, string(count($same) + 1)[exists($same)], 'txt'), '.') } }"/>
  </xsl:function>

  <!-- What programs read: Highwire Press tags, which Zotero and Google Scholar know, and Dublin Core. -->
  <xsl:function name="web:bibliographic-meta" as="element()*">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="record" as="map(xs:string, item()*)" select="cite:record($tei, $page, $web:header, $lang)"/>
    <xsl:sequence select="
      local:meta('citation_title', $record?title), $record?authors?* ! local:meta('citation_author', cite:inverted(.)),
      local:meta('citation_inbook_title', $record?edition), local:meta('citation_publisher', $record?publisher),
      local:meta('citation_publication_date', $record?year), local:meta('citation_language', $record?language),
      $record?address ! local:meta('citation_public_url', .),
      local:meta('dc.date', $record?day), local:meta('dc.source', $record?archive), local:meta('dc.identifier', $record?id)"/>
    <link rel="alternate" type="application/tei+xml" href="{web:file('tei/' || $page || '.xml')}"/>
    <link rel="alternate" type="application/x-bibtex" href="{web:file('citation/' || $page || '.bib')}"/>
  </xsl:function>

  <xsl:function name="local:meta" as="element(Q{}meta)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:if test="$value"><meta name="{$name}" content="{$value}"/></xsl:if>
  </xsl:function>

</xsl:stylesheet>
