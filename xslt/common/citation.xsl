<?xml version="1.0" encoding="UTF-8"?>
<!--
  Citations: how a document of the edition is cited, for people and for programs.

  In:  the TEI element of a document; the header of tei/corpus.xml.
  Out: sentences in three styles, each in the language of its style; entries in BibTeX, RIS, CSL-JSON.
       The document is cited by its title, as archival documents are, with its own date and the archive's reference; the
       edition is the book that it stands in. What the edition does not know (an address) is left out.
  Included by content.xsl, document.xsl and files.xsl, beside metadata.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:meta="urn:despatch:meta"
  xmlns:corresp="urn:despatch:corresp"
  xmlns:source="urn:despatch:source"
  xmlns:dating="urn:despatch:dating"
  xmlns:name="urn:despatch:name"
  xmlns:label="urn:despatch:label"
  xmlns:cite="urn:despatch:cite"
  xmlns:local="urn:despatch:cite:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- What is cited of a document: title, date, edition and so on, in the words of one language. -->
  <xsl:function name="cite:record" as="map(xs:string, item()*)" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="edition" as="element(teiHeader)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="statement" as="element(publicationStmt)" select="$edition/fileDesc/publicationStmt"/>
    <xsl:variable name="titles" as="element(title)*" select="$edition/fileDesc/titleStmt/title[not(@type eq 'sub')]"/>
    <xsl:variable name="site" as="xs:string?" select="$statement/idno[@type eq 'url'][1] ! normalize-space(.)[matches(., '^https?://\S+$')]"/>
    <xsl:variable name="holdings" as="element()*" select="source:holdings($tei)"/>
    <xsl:sequence select="map {
      'id': $id,
      'title': (meta:title($tei, $lang)[. ne ''], $id)[1],
      'date': meta:date-text($tei, $lang),
      'day': string(meta:date($tei)/@when),
      'authors': array { corresp:actions(corresp:outer($tei), 'sent')/(persName | orgName | name) ! local:agent(., $lang) },
      'translators': array { source:translators($tei)[not(source:is-machine(.))]/descendant-or-self::*/(persName | name[not(@type)]) ! local:agent(., $lang) },
      'is-machine': source:translators($tei) ! source:is-machine(.) = true(),
      'edition': normalize-space(($titles[@xml:lang eq $lang], $titles)[1]),
      'publisher': normalize-space($statement/publisher[1]),
      'year': substring(string($statement/date[@when][1]/@when), 1, 4),
      'address': $site ! (replace(., '/+$', '') || '/' || $id || '.html'),
      'archive': string-join($holdings ! (source:reference(., $lang), source:holding(.))[1], '; '),
      'language': string(meta:languages($tei)[1]) }"/>
  </xsl:function>

  <!-- A person or body: family and given name, where the register divides them, and the whole name in reading order. -->
  <xsl:function name="local:agent" as="map(xs:string, xs:string)">
    <xsl:param name="name" as="element()"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="forms" as="element()*" select="name:entry($name/@ref)/persName[@type eq 'main'][surname]"/>
    <xsl:variable name="form" as="element()?" select="($forms[@xml:lang eq $lang], $forms)[1]"/>
    <xsl:variable name="given" as="xs:string" select="string-join($form/(forename | addName[@type eq 'patronymic']) ! normalize-space(.), ' ')"/>
    <xsl:sequence select="
      if ($form and $given) then map {
        'family': normalize-space($form/surname[1]), 'given': $given, 'whole': $given || ' ' || normalize-space($form/surname[1]) }
      else map { 'family': '', 'given': '', 'whole': name:of($name, $lang) }"/>
  </xsl:function>

  <!-- A citation in a style, as what stands before the edition's title, the title, and what stands after it. -->
  <xsl:function name="cite:sentence" as="xs:string+" visibility="public">
    <xsl:param name="record" as="map(xs:string, item()*)"/>
    <xsl:param name="style" as="xs:string"/>
    <xsl:variable name="translated" as="xs:string?" select="
      if ($record?is-machine) then label:text('cite.machine', 'en')
      else string-join($record?translators?*?whole, label:text('cite.and', 'en'))[. ne '']"/>
    <xsl:choose>
      <xsl:when test="$style eq 'chicago'">
        <xsl:sequence select="
          '“' || $record?title || ',” ' || $record?date || ($translated ! (', ' || (if ($record?is-machine) then . else label:with('cite.trans', ., 'en'))))
            || ', ' || label:text('cite.in', 'en') || ' ', $record?edition,
          ' (' || string-join(($record?publisher, $record?year)[. ne ''], ', ') || ')' || local:tail($record, ', ', '; ') || '.'"/>
      </xsl:when>
      <xsl:when test="$style eq 'mla'">
        <xsl:sequence select="
          '“' || $record?title || '.” ' || $record?date || '. ', $record?edition,
          string-join((',', $translated ! ((if ($record?is-machine) then . else label:with('cite.translated', ., 'en')) || ','),
            string-join(($record?publisher, $record?year)[. ne ''], ', ')), ' ') || local:tail($record, ', ', '. ') || '.'"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="
          $record?title || ' // ', $record?edition,
          ' ' || label:text('cite.online', 'ru') || '. – ' || string-join(($record?publisher, $record?year)[. ne ''], ', ') || '.'
            || ($record?address ! (' – URL: ' || . || ' ' || label:text('cite.accessed', 'ru') || '.'), ' – ' || $record?id || '.')[1]
            || ($record?archive[. ne ''] ! (' – ' || . || '.'))"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Address, or the document's id where the edition has none; the archive's reference. -->
  <xsl:function name="local:tail" as="xs:string">
    <xsl:param name="record" as="map(xs:string, item()*)"/>
    <xsl:param name="before-address" as="xs:string"/>
    <xsl:param name="before-archive" as="xs:string"/>
    <xsl:sequence select="
      $before-address || ($record?address, $record?id)[1] || ($record?archive[. ne ''] ! ($before-archive || .))"/>
  </xsl:function>

  <!-- BibTeX, an @incollection. -->
  <xsl:function name="cite:bibtex" as="xs:string" visibility="public">
    <xsl:param name="record" as="map(xs:string, item()*)"/>
    <xsl:variable name="fields" as="xs:string*" select="
      local:field('author', string-join($record?authors?* ! local:bibtex-name(.), ' and ')),
      local:field('title', local:escaped($record?title)),
      local:field('booktitle', local:escaped($record?edition)),
      local:field('translator', string-join($record?translators?* ! local:bibtex-name(.), ' and ')),
      local:field('publisher', local:escaped($record?publisher)),
      local:field('year', $record?year),
      local:field('url', string($record?address)),
      local:field('langid', $record?language),
      local:field('note', local:escaped(string-join(($record?date, $record?archive)[. ne ''], '. ')))"/>
    <xsl:sequence select="'@incollection{' || $record?id || ',&#10;' || string-join($fields, ',&#10;') || '&#10;}&#10;'"/>
  </xsl:function>

  <xsl:function name="local:field" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="$value[. ne ''] ! ('  ' || $name || ' = {' || . || '}')"/>
  </xsl:function>

  <!-- A name that BibTeX does not divide again: in two parts, or whole in braces. -->
  <xsl:function name="local:bibtex-name" as="xs:string">
    <xsl:param name="agent" as="map(xs:string, xs:string)"/>
    <xsl:sequence select="
      if ($agent?family) then local:escaped($agent?family || ', ' || $agent?given) else '{' || local:escaped($agent?whole) || '}'"/>
  </xsl:function>

  <xsl:function name="local:escaped" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="replace(translate($text, '{}\', '()/'), '[$%&amp;#_]', '\\$0') ! replace(., '[~^]', '\\$0{}')"/>
  </xsl:function>

  <!-- RIS, a chapter of a book. -->
  <xsl:function name="cite:ris" as="xs:string" visibility="public">
    <xsl:param name="record" as="map(xs:string, item()*)"/>
    <xsl:variable name="lines" as="xs:string*" select="
      'TY  - CHAP', 'ID  - ' || $record?id,
      $record?authors?* ! ('AU  - ' || cite:inverted(.)),
      'TI  - ' || $record?title, 'T2  - ' || $record?edition,
      $record?translators?* ! ('A4  - ' || cite:inverted(.)),
      $record?publisher[. ne ''] ! ('PB  - ' || .), $record?year[. ne ''] ! ('PY  - ' || .),
      $record?address ! ('UR  - ' || .), $record?language[. ne ''] ! ('LA  - ' || .),
      'N1  - ' || $record?date, $record?archive[. ne ''] ! ('AV  - ' || .), 'ER  - '"/>
    <xsl:sequence select="string-join($lines, '&#13;&#10;') || '&#13;&#10;'"/>
  </xsl:function>

  <!-- A name with the family's first, as it is sorted: the order in which it is read differs (Mao Zedong, N.V. Roshchin). -->
  <xsl:function name="cite:inverted" as="xs:string" visibility="public">
    <xsl:param name="agent" as="map(xs:string, xs:string)"/>
    <xsl:sequence select="if ($agent?family) then $agent?family || ', ' || $agent?given else $agent?whole"/>
  </xsl:function>

  <!-- CSL-JSON, one chapter. -->
  <xsl:function name="cite:csl" as="xs:string" visibility="public">
    <xsl:param name="record" as="map(xs:string, item()*)"/>
    <xsl:variable name="entry" as="map(xs:string, item()*)" select="map:merge((
      map { 'id': $record?id, 'type': 'chapter', 'title': $record?title, 'container-title': $record?edition },
      $record?authors[array:size(.) gt 0] ! map { 'author': local:csl-names(.) },
      $record?translators[array:size(.) gt 0] ! map { 'translator': local:csl-names(.) },
      $record?publisher[. ne ''] ! map { 'publisher': . },
      $record?year[. ne ''] ! map { 'issued': local:csl-date(.) },
      $record?day[. ne ''] ! map { 'original-date': local:csl-date(.) },
      $record?archive[. ne ''] ! map { 'archive_location': . },
      $record?language[. ne ''] ! map { 'language': . },
      $record?address ! map { 'URL': . }))"/>
    <xsl:sequence select="serialize(array { $entry }, map { 'method': 'json', 'indent': true() }) || '&#10;'"/>
  </xsl:function>

  <xsl:function name="local:csl-names" as="array(map(xs:string, xs:string))">
    <xsl:param name="agents" as="array(*)"/>
    <xsl:sequence select="array { $agents?* ! (
      if (.?family) then map { 'family': .?family, 'given': .?given } else map { 'literal': .?whole }) }"/>
  </xsl:function>

  <xsl:function name="local:csl-date" as="map(xs:string, array(*))">
    <xsl:param name="day" as="xs:string"/>
    <xsl:sequence select="map { 'date-parts': [ array { tokenize($day, '-') ! xs:integer(.) } ] }"/>
  </xsl:function>

</xsl:stylesheet>
