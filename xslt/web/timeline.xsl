<?xml version="1.0" encoding="UTF-8"?>
<!--
  The time line: events on a true scale of days as an SVG picture, or, where there are many, a column for each month.

  In:  event:event elements, sorted, with @day (ISO 8601), @words, @address, @parties, @kind (document, embedded).
  Out: a figure; nothing where fewer than two days are known. Colours and sizes are the style sheet's.
  Included by chronology.xsl, beside the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:math="http://www.w3.org/2005/xpath-functions/math"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:event="urn:despatch:event"
  xmlns:lists="urn:despatch:lists"
  xmlns:web="urn:despatch:web"
  xmlns:local="urn:despatch:web:timeline"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:variable name="local:width" as="xs:integer" select="960"/>
  <xsl:variable name="local:margin" as="xs:integer" select="24"/>

  <!-- Events beyond which months have columns instead of each event a point. -->
  <xsl:variable name="local:many" as="xs:integer" select="150"/>

  <!-- The month of a day, empty where it is not known. -->
  <xsl:function name="event:month" as="xs:string" visibility="public">
    <xsl:param name="day" as="xs:string"/>
    <xsl:sequence select="if (matches($day, '^\d{4}-\d\d')) then substring($day, 1, 7) else if (matches($day, '^\d{4}')) then substring($day, 1, 4) else ''"/>
  </xsl:function>

  <xsl:function name="event:month-id" as="xs:string" visibility="public">
    <xsl:param name="month" as="xs:string"/>
    <xsl:sequence select="if ($month) then 'month-' || $month else 'undated'"/>
  </xsl:function>

  <!-- The day that an ISO value begins with; a month or year counts from its first day. -->
  <xsl:function name="local:day" as="xs:date?">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:variable name="whole" as="xs:string" select="substring($iso || substring('0000-01-01', string-length($iso) + 1), 1, 10)"/>
    <xsl:sequence select="if ($iso and $whole castable as xs:date) then xs:date($whole) else ()"/>
  </xsl:function>

  <xsl:function name="event:timeline" as="element(Q{}figure)?" visibility="public">
    <xsl:param name="events" as="element(event:event)*"/>
    <xsl:variable name="dated" as="element(event:event)*" select="$events[exists(local:day(@day))]"/>
    <xsl:variable name="days" as="xs:date*" select="$dated ! local:day(@day)"/>
    <xsl:if test="count(distinct-values($days)) gt 1">
      <xsl:variable name="first" as="xs:date" select="local:month-start(min($days))"/>
      <xsl:variable name="last" as="xs:date" select="local:month-start(max($days)) + xs:yearMonthDuration('P1M')"/>
      <figure class="picture timeline">
        <xsl:sequence select="if (count($dated) gt $local:many) then local:columns($dated, $first, $last) else local:points($dated, $first, $last)"/>
        <figcaption>{label:text(if (count($dated) gt $local:many) then 'timeline-columns' else 'timeline-points', $lang)}</figcaption>
      </figure>
    </xsl:if>
  </xsl:function>

  <xsl:function name="local:month-start" as="xs:date">
    <xsl:param name="day" as="xs:date"/>
    <xsl:sequence select="xs:date(substring(string($day), 1, 8) || '01')"/>
  </xsl:function>

  <!-- Where a day lies between the first and the last, in units of the picture. -->
  <xsl:function name="local:x" as="xs:double">
    <xsl:param name="day" as="xs:date"/>
    <xsl:param name="first" as="xs:date"/>
    <xsl:param name="last" as="xs:date"/>
    <xsl:sequence select="round($local:margin + ($local:width - 2 * $local:margin)
      * (days-from-duration($day - $first) div days-from-duration($last - $first)), 1)"/>
  </xsl:function>

  <!-- A point for each event, those that would touch one above the other. -->
  <xsl:function name="local:points" as="element()">
    <xsl:param name="events" as="element(event:event)+"/>
    <xsl:param name="first" as="xs:date"/>
    <xsl:param name="last" as="xs:date"/>
    <xsl:variable name="placed" as="element(local:point)+">
      <xsl:iterate select="$events">
        <xsl:param name="levels" as="xs:double*" select="()"/>
        <xsl:variable name="x" as="xs:double" select="local:x(local:day(@day), $first, $last)"/>
        <xsl:variable name="level" as="xs:integer" select="
          ((for $level in 1 to count($levels) return $level[$levels[$level] le $x - 13]), count($levels) + 1)[1]"/>
        <local:point x="{$x}" level="{$level}"><xsl:sequence select="."/></local:point>
        <xsl:next-iteration>
          <xsl:with-param name="levels" select="subsequence($levels, 1, $level - 1), $x, subsequence($levels, $level + 1)"/>
        </xsl:next-iteration>
      </xsl:iterate>
    </xsl:variable>
    <xsl:variable name="base" as="xs:double" select="max($placed ! number(@level)) * 15 + 12"/>
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {$local:width} {$base + 40}" role="group" aria-label="{label:text('timeline', $lang)}">
      <xsl:sequence select="local:axis($first, $last, $base)"/>
      <xsl:for-each select="$placed">
        <xsl:variable name="words" as="xs:string" select="string-join((event:event/@words, event:event/@parties[. ne ''], string(event:event)), ', ')"/>
        <a href="{event:event/@address}" aria-label="{$words}">
          <title>{$words}</title>
          <circle class="{event:event/@kind}" cx="{@x}" cy="{$base + 6 - number(@level) * 15}" r="5.5"/>
        </a>
      </xsl:for-each>
    </svg>
  </xsl:function>

  <!-- The months of a longer list than one page has: lists:month, each with @count and the @page where it begins. -->
  <xsl:function name="event:months" as="element(Q{}figure)?" visibility="public">
    <xsl:param name="months" as="element(lists:month)*"/>
    <xsl:if test="count($months) gt 1">
      <xsl:variable name="days" as="xs:date+" select="$months ! local:day(@name)"/>
      <xsl:variable name="placed" as="element(local:month)+">
        <xsl:for-each select="$months">
          <local:month name="{@name}" count="{@count}" address="{web:address(@page, $lang)}#{event:month-id(@name)}"/>
        </xsl:for-each>
      </xsl:variable>
      <figure class="picture timeline">
        <xsl:sequence select="local:drawn($placed, min($days), max($days) + xs:yearMonthDuration('P1M'))"/>
        <figcaption>{label:text('timeline-columns', $lang)}</figcaption>
      </figure>
    </xsl:if>
  </xsl:function>

  <!-- A column for each month that has events. -->
  <xsl:function name="local:columns" as="element()">
    <xsl:param name="events" as="element(event:event)+"/>
    <xsl:param name="first" as="xs:date"/>
    <xsl:param name="last" as="xs:date"/>
    <xsl:variable name="months" as="element(local:month)+">
      <xsl:for-each-group select="$events" group-by="event:month(@day)">
        <local:month name="{current-grouping-key()}" count="{count(current-group())}" address="#{event:month-id(current-grouping-key())}"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="local:drawn($months, $first, $last)"/>
  </xsl:function>

  <xsl:function name="local:drawn" as="element()">
    <xsl:param name="months" as="element(local:month)+"/>
    <xsl:param name="first" as="xs:date"/>
    <xsl:param name="last" as="xs:date"/>
    <xsl:variable name="most" as="xs:double" select="max($months ! number(@count))"/>
    <xsl:variable name="month-width" as="xs:double" select="max((2, 29 * ($local:width - 2 * $local:margin) div days-from-duration($last - $first)))"/>
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {$local:width} 200" role="group" aria-label="{label:text('timeline', $lang)}">
      <xsl:sequence select="local:axis($first, $last, 160)"/>
      <xsl:for-each select="$months">
        <xsl:variable name="height" as="xs:double" select="round(3 + 140 * number(@count) div $most, 1)"/>
        <xsl:variable name="words" as="xs:string" select="dating:text(@name, $lang) || ': ' || @count"/>
        <a href="{@address}" aria-label="{$words}">
          <title>{$words}</title>
          <rect class="column" x="{local:x(local:day(@name), $first, $last)}" y="{160 - $height}" width="{round($month-width, 1)}" height="{$height}"/>
        </a>
      </xsl:for-each>
    </svg>
  </xsl:function>

  <!-- The line with a mark for each month and its name, or, over a longer time, for each year or decade. -->
  <xsl:function name="local:axis" as="element()+">
    <xsl:param name="first" as="xs:date"/>
    <xsl:param name="last" as="xs:date"/>
    <xsl:param name="y" as="xs:double"/>
    <xsl:variable name="months" as="xs:integer" select="
      12 * (year-from-date($last) - year-from-date($first)) + month-from-date($last) - month-from-date($first)"/>
    <xsl:variable name="step" as="xs:integer" select="if ($months le 9) then 1 else if ($months le 108) then 12 else if ($months le 1080) then 120 else 1200"/>
    <path xmlns="http://www.w3.org/2000/svg" class="axis" d="M{$local:margin} {$y}H{$local:width - $local:margin}"/>
    <xsl:for-each select="0 to $months">
      <xsl:variable name="day" as="xs:date" select="$first + . * xs:yearMonthDuration('P1M')"/>
      <xsl:variable name="number" as="xs:integer" select="12 * year-from-date($day) + month-from-date($day) - 1"/>
      <xsl:if test="$number mod $step eq 0 or . eq 0">
        <path xmlns="http://www.w3.org/2000/svg" class="axis" d="M{local:x($day, $first, $last)} {$y}v7"/>
        <xsl:if test=". lt $months and not(. eq 0 and $step gt 1 and ($step - $number mod $step) * 8 lt $months)">
          <text xmlns="http://www.w3.org/2000/svg" x="{local:x($day, $first, $last) + 4}" y="{$y + 22}">{
            dating:text(substring(string($day), 1, if ($step eq 1) then 7 else 4), $lang)}</text>
        </xsl:if>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
