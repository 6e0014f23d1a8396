<?xml version="1.0" encoding="UTF-8"?>
<!--
  Dates: what a date's attributes say, in words.

  In:  elements with TEI's dating attributes (@when, @when-iso, @notBefore, @notAfter, @from, @to; att.datable).
  Out: strings. Month names are data (dates.xml): Saxon's home edition writes dates in English only.
  Included by every stylesheet that shows or sorts by a date.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:dating:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="labels.xsl"/>

  <!-- By language: each pattern cut at its brackets, and the names of the months in each form. Static: read once, when the
       stylesheet is compiled. -->
  <xsl:variable name="local:spoken" static="yes" as="map(xs:string, map(xs:string, xs:string+))" select="
    map:merge(doc('dates.xml')/dating:dates/dating:language/map:entry(string(@xml:lang), map:merge((
      (@* except @xml:lang) ! map:entry(name(), tokenize(., '[\[\]]')),
      map:entry('alone', dating:month/@alone ! string()),
      map:entry('with-day', dating:month/@with-day ! string())))))"/>

  <!-- The same, and for `mul` those of all interface languages between marks (see labels.xsl). -->
  <xsl:variable name="dating:languages" static="yes" as="map(xs:string, map(xs:string, xs:string+))" select="
    map:put($local:spoken, 'mul', map:merge((
      ('day', 'day-without-year', 'month', 'year') ! map:entry(., ('&#xFDD0;',
        tail(for $tag in $label:languages return ('&#xFDD1;', $local:spoken($tag)(.))), '&#xFDD2;')),
      ('alone', 'with-day') ! map:entry(., for $month in 1 to 12 return '&#xFDD0;' || string-join(
        for $tag in $label:languages return $local:spoken($tag)(.)[$month], '&#xFDD1;') || '&#xFDD2;'))))"/>

  <!-- What a date element says, in words: a day, a month, a year, a range; its time where it has one. A date without
       attributes says what stands in it. -->
  <xsl:function name="dating:of" as="xs:string" visibility="public">
    <xsl:param name="date" as="element()"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="words" as="xs:string" select="
      if ($date/@when-iso or $date/@when) then dating:text(($date/@when-iso, $date/@when)[1], $lang)
      else if ($date/@notBefore or $date/@notAfter) then
        local:interval($date/@notBefore, $date/@notAfter, 'not-before', 'not-after', $lang)
      else if ($date/@from or $date/@to) then local:interval($date/@from, $date/@to, 'from', 'until', $lang)
      else normalize-space($date)"/>
    <xsl:sequence select="if ($date/@cert = 'low') then label:with('uncertain', $words, $lang) else $words"/>
  </xsl:function>

  <!-- An ISO 8601 day, month or year in words, with the time if it has one; no zone is ever added. -->
  <xsl:function name="dating:text" as="xs:string" visibility="public">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="
      if (contains($iso, 'T')) then local:words(substring-before($iso, 'T'), 'alone', $lang) || ', ' || dating:time($iso)
      else local:words($iso, 'alone', $lang)"/>
  </xsl:function>

  <!-- The time in an ISO 8601 value, hours and minutes. -->
  <xsl:function name="dating:time" as="xs:string?" visibility="public">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:sequence select="substring(substring-after($iso, 'T'), 1, 5)[. ne '']"/>
  </xsl:function>

  <!-- What dates sort by: the earliest day that a date may be; what has no date comes last. -->
  <xsl:function name="dating:sort-key" as="xs:string" visibility="public">
    <xsl:param name="date" as="element()?"/>
    <xsl:sequence select="string(
      ($date/@when-iso, $date/@when, $date/@notBefore, $date/@from, $date/@notAfter, $date/@to, '9999')[1])"/>
  </xsl:function>

  <!-- A range: both ends, or one with a word for it. -->
  <xsl:function name="local:interval" as="xs:string">
    <xsl:param name="first" as="xs:string?"/>
    <xsl:param name="last" as="xs:string?"/>
    <xsl:param name="only-first" as="xs:string"/>
    <xsl:param name="only-last" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="
      if (exists($first) and exists($last)) then dating:text($first, $lang) || ' – ' || dating:text($last, $lang)
      else if (exists($first)) then label:with($only-first, local:words($first, 'with-day', $lang), $lang)
      else label:with($only-last, local:words($last, 'with-day', $lang), $lang)"/>
  </xsl:function>

  <!-- A day, month or year in the pattern that the language has for it; any other value stands for itself. -->
  <xsl:function name="local:words" as="xs:string">
    <xsl:param name="day" as="xs:string"/>
    <xsl:param name="form" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="language" as="map(xs:string, xs:string+)" select="dating:language($lang)"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($day, '-')"/>
    <xsl:sequence select="
      if (count($parts) eq 3 and $day castable as xs:date) then
        local:fill($language?day, $parts[1], local:month($parts[2], $language?with-day), $parts[3])
      else if (count($parts) eq 4 and $day castable as xs:gMonthDay) then
        local:fill($language?day-without-year, '', local:month($parts[3], $language?with-day), $parts[4])
      else if (count($parts) eq 2 and $day castable as xs:gYearMonth) then
        local:fill($language?month, $parts[1], local:month($parts[2], $language($form)), '')
      else if (count($parts) eq 1 and $day castable as xs:gYear) then local:fill($language?year, $day, '', '')
      else $day"/>
  </xsl:function>

  <!-- The rules of a language; an interface language without rules stops the stylesheet. -->
  <xsl:function name="dating:language" as="map(xs:string, xs:string+)" visibility="public">
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="
      ($dating:languages($lang),
       error(xs:QName('dating:missing'), 'dates.xml says nothing of the language ' || $lang))[1]"/>
  </xsl:function>

  <!-- A month's name, from its number in two digits. -->
  <xsl:function name="local:month" as="xs:string">
    <xsl:param name="number" as="xs:string"/>
    <xsl:param name="names" as="xs:string+"/>
    <xsl:sequence select="$names[xs:integer($number)]"/>
  </xsl:function>

  <!-- A pattern filled; the day loses a leading nought. -->
  <xsl:function name="local:fill" as="xs:string">
    <xsl:param name="pattern" as="xs:string+"/>
    <xsl:param name="year" as="xs:string"/>
    <xsl:param name="month" as="xs:string"/>
    <xsl:param name="day" as="xs:string"/>
    <xsl:variable name="values" as="map(xs:string, xs:string)" select="
      map { 'D': if (starts-with($day, '0')) then substring($day, 2) else $day, 'M': $month, 'Y': $year }"/>
    <xsl:sequence select="string-join($pattern ! ($values(.), .)[1])"/>
  </xsl:function>

</xsl:stylesheet>
