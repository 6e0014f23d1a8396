<?xml version="1.0" encoding="UTF-8"?>
<!--
  Entries: what the volume says of every person, place and body of the authorities, and the words of its lists.

  In:  tei/corpus.xml, not read; the authorities (see names.xsl) and the language of the volume as parameters.
  Out: JSON: `words`, the labels of the lists and of the parts of a shelfmark; `entries`, each with what it is called, what it is
       sorted by, its dates, its offices, and the other forms of its name; each text with its language.
  Run by pipeline/typesetting, once for the volume; its module indexes.py sorts and chooses: XSLT's home edition has no
  collations.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:name="urn:despatch:name"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:office="urn:despatch:office"
  xmlns:typst="urn:despatch:typst"
  xmlns:local="urn:despatch:typst:entries:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="../common/offices.xsl"/>
  <xsl:include href="typst.xsl"/>

  <xsl:output method="json" encoding="UTF-8" indent="no"/>

  <!-- The language of the volume's own words, an interface language of the edition. -->
  <xsl:param name="interface" as="xs:string" required="yes"/>

  <!-- corpus.xml to the entries. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="/" as="map(xs:string, item())">
    <xsl:sequence select="map {
      'words': map:merge(map:keys($label:all)[matches(., '^(volume|part)\.')] !
        map:entry(replace(replace(., '^volume\.', ''), '\.', '-'), label:text(., $interface))),
      'entries': array { $authorities//(person | place | org)[@xml:id] ! local:entry(.) } }"/>
  </xsl:template>

  <xsl:function name="local:entry" as="map(xs:string, item())">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="head" as="xs:string" select="string((name:form($entry, $interface)[. ne ''], $entry/@xml:id)[1])"/>
    <xsl:sequence select="map {
      'key': tokenize(base-uri(root($entry)), '/')[last()] || '#' || $entry/@xml:id,
      'kind': if ($entry/self::person) then 'persons' else if ($entry/self::org) then 'organisations' else 'places',
      'head': $head,
      'lang': local:language($entry/(persName | placeName | orgName)[normalize-space() eq $head][1]),
      'sort': name:filed-as($entry, $head),
      'life': local:life($entry),
      'offices': array { office:of($entry, $interface) ! local:office(.) },
      'forms': array { $entry/(persName | placeName | orgName)[normalize-space() ne $head] ! local:form(.) } }"/>
  </xsl:function>

  <!-- A form of a name: its kind, its language as the typesetter knows it, the form, what it is sorted by. -->
  <xsl:function name="local:form" as="map(xs:string, xs:string)">
    <xsl:param name="form" as="element()"/>
    <xsl:variable name="text" as="xs:string" select="normalize-space($form)"/>
    <xsl:sequence select="map {
      'kind': string(($form/@type[. ne 'main'], 'main')[1]),
      'text': $text,
      'lang': local:language($form),
      'doubtful': string($form/@cert = ('low', 'medium')),
      'sort': name:filed-as($form/.., $text) }"/>
  </xsl:function>

  <!-- The language of a text as the typesetter knows it; that of the volume where none is named. -->
  <xsl:function name="local:language" as="xs:string">
    <xsl:param name="element" as="element()?"/>
    <xsl:sequence select="typst:tongue(($element/@xml:lang, $interface)[1])"/>
  </xsl:function>

  <!-- The years of a life, `1878–1953`; a question mark after what is not certain. -->
  <xsl:function name="local:life" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="born" as="xs:string" select="string(local:year($entry/birth[1]))"/>
    <xsl:variable name="died" as="xs:string" select="string(local:year($entry/death[1]))"/>
    <xsl:sequence select="
      if ($born and $died) then $born || '–' || $died
      else if ($born) then label:with('born', $born, $interface)
      else if ($died) then label:with('died', $died, $interface)
      else string($entry/floruit[1] ! dating:of((date, .)[1], $interface))"/>
  </xsl:function>

  <!-- The year of an event, or the two that it lies between; of other dates what they say in words. -->
  <xsl:function name="local:year" as="xs:string?">
    <xsl:param name="event" as="element()?"/>
    <xsl:for-each select="$event">
      <xsl:variable name="dated" as="element()" select="(date, .)[1]"/>
      <xsl:variable name="years" as="xs:string*" select="
        distinct-values($dated/(if (@when) then @when else (@notBefore, @notAfter)[../@notBefore][../@notAfter]) ! substring(., 1, 4))"/>
      <xsl:sequence select="
        if (exists($years) and (every $year in $years satisfies matches($year, '^\d{4}$')))
        then string-join($years, '/') || '?'[$event/@cert = ('low', 'medium')]
        else dating:of($dated, $interface)[. ne '']"/>
    </xsl:for-each>
  </xsl:function>

  <!-- An office with its language, and a question mark where it is not certain. -->
  <xsl:function name="local:office" as="array(xs:string)">
    <xsl:param name="office" as="element()"/>
    <xsl:variable name="words" as="xs:string" select="office:text($office, $interface)"/>
    <xsl:sequence select="[typst:tongue(office:language($office, $interface)),
      if ($office/@cert = ('low', 'medium')) then label:with('uncertain', replace($words, '\.$', ''), $interface) else $words]"/>
  </xsl:function>

</xsl:stylesheet>
