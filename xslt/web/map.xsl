<?xml version="1.0" encoding="UTF-8"?>
<!--
  The map: the places that the documents name, on the coastlines of the world.

  In:  a register:map of the places that are mentioned, the most frequent first; the authorities, which have the
       coordinates: of a place latitude and longitude, of a line those of each of its points.
  Out: the page `map` in one interface language: an SVG picture of all places, then one of each crowd of them (see
       windows.xsl), then the places without coordinates.
  Includes the frame, the windows and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:math="http://www.w3.org/2005/xpath-functions/math"
  xmlns:web="urn:despatch:web"
  xmlns:name="urn:despatch:name"
  xmlns:label="urn:despatch:label"
  xmlns:register="urn:despatch:register"
  xmlns:map="urn:despatch:map"
  xmlns:local="urn:despatch:web:map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="windows.xsl"/>

  <!-- The places to the page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:variable name="title" as="xs:string" select="label:of-value('register', 'map', $lang)"/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening">
          <h1>{$title}</h1>
          <p class="remark">{label:text('map-remark', $lang)}</p>
        </header>
        <xsl:apply-templates select="register:map"/>
        <p class="remark">{label:text('map-credit', $lang)}</p>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="register:map" as="element()*">
    <xsl:variable name="placed" as="element(map:place)*" select="register:entry ! local:placed(.)"/>
    <xsl:variable name="points" as="element(map:place)*" select="$placed[@latitude]"/>
    <xsl:variable name="windows" as="element(map:window)*" select="map:windows($points)"/>
    <xsl:for-each select="$windows">
      <xsl:sequence select="local:picture(., position(), $points[map:is-in(., current())], $windows, $placed[@line])"/>
    </xsl:for-each>
    <xsl:sequence select="local:list('map-without', $placed[not(@latitude | @line)])"/>
  </xsl:template>

  <!-- A place with its coordinates and names: today's, and in brackets the one under Japanese rule. -->
  <xsl:function name="local:placed" as="element(map:place)">
    <xsl:param name="found" as="element(register:entry)"/>
    <xsl:variable name="entry" as="element()?" select="name:entry($found/@file || '#' || $found/@key)"/>
    <xsl:variable name="geo" as="xs:string*" select="tokenize(($entry/location/geo)[1], '[\s,]+')[. castable as xs:double]"/>
    <map:place address="{web:address('places.' || $found/@key, $lang)}" name="{$found/@name}" count="{$found/@count}">
      <xsl:choose>
        <xsl:when test="count($geo) eq 2">
          <xsl:attribute name="latitude" select="$geo[1]"/>
          <xsl:attribute name="longitude" select="$geo[2]"/>
        </xsl:when>
        <xsl:when test="count($geo) ge 4 and count($geo) mod 2 eq 0"><xsl:attribute name="line" select="$geo"/></xsl:when>
      </xsl:choose>
      <xsl:variable name="former" as="element(placeName)*" select="$entry/placeName[@type eq 'japanese-era']"/>
      <xsl:variable name="script" as="xs:string" select="if ($lang eq 'ru') then '-Cyrl' else '-Latn'"/>
      <xsl:for-each select="($former[ends-with(@xml:lang, $script)], $former[@xml:lang eq $lang], $former)[1]">
        <xsl:attribute name="former" select="normalize-space(.)"/>
      </xsl:for-each>
    </map:place>
  </xsl:function>

  <!-- The picture of a window. A place is named in the closest window that has it, and a point in the others. -->
  <xsl:function name="local:picture" as="element(Q{}figure)">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="places" as="element(map:place)+"/>
    <xsl:param name="windows" as="element(map:window)+"/>
    <xsl:param name="lines" as="element(map:place)*"/>
    <xsl:variable name="title" as="xs:string" select="
      if ($number eq 1) then label:text('map-all', $lang) else label:with('map-closer', $window/@title, $lang)"/>
    <xsl:variable name="closer" as="element(map:window)*" select="$windows[local:area(.) lt local:area($window)]"/>
    <xsl:variable name="elsewhere" as="element(map:place)*" select="$places[some $one in $closer satisfies map:is-in(., $one)]"/>
    <figure class="picture map">
      <h2>{$title}</h2>
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {$map:width} {map:y(number($window/@south), $window)}" role="group" aria-label="{$title}">
        <path class="land" d="{map:coast($window)}"/>
        <xsl:sequence select="
          $lines ! local:line(., $window),
          local:points($window, $elsewhere, false()),
          local:points($window, $places except $elsewhere, true())"/>
      </svg>
    </figure>
  </xsl:function>

  <xsl:function name="local:area" as="xs:double">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="(number($window/@east) - number($window/@west)) * (number($window/@north) - number($window/@south))"/>
  </xsl:function>

  <!-- A line, such as a parallel or a road, with its name at the end, where that is in the window. -->
  <xsl:function name="local:line" as="element()*">
    <xsl:param name="line" as="element(map:place)"/>
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:variable name="degrees" as="xs:double+" select="tokenize($line/@line) ! number()"/>
    <xsl:variable name="points" as="xs:string+" select="
      for $point in 1 to count($degrees) idiv 2
      return map:x($degrees[2 * $point], $window) || ' ' || map:y($degrees[2 * $point - 1], $window)"/>
    <xsl:variable name="end" as="xs:double+" select="tokenize($points[last()]) ! number()"/>
    <path xmlns="http://www.w3.org/2000/svg" class="line" d="M{string-join($points, 'L')}"/>
    <xsl:if test="$end[1] gt 0 and $end[1] lt $map:width - 8 * string-length($line/@name) and $end[2] gt 0">
      <a xmlns="http://www.w3.org/2000/svg" href="{$line/@address}">
        <text class="line-name" x="{$end[1] + 5}" y="{$end[2] + 4}">{$line/@name}</text>
      </a>
    </xsl:if>
  </xsl:function>

  <!-- A point for each place, the larger the more mentions; its name on the first side where no other stands. -->
  <xsl:function name="local:points" as="element()*">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:param name="places" as="element(map:place)*"/>
    <xsl:param name="are-named" as="xs:boolean"/>
    <xsl:iterate select="$places">
      <xsl:param name="taken" as="element(local:box)*" select="()"/>
      <xsl:variable name="x" as="xs:double" select="map:x(number(@longitude), $window)"/>
      <xsl:variable name="y" as="xs:double" select="map:y(number(@latitude), $window)"/>
      <xsl:variable name="length" as="xs:double" select="7.4 * (string-length(@name) + (if (@former) then string-length(@former) + 3 else 0))"/>
      <xsl:variable name="sides" as="element(local:box)+">
        <local:box x="{$x + 8}" y="{$y + 5}" length="{$length}"/>
        <local:box x="{$x - 8 - $length}" y="{$y + 5}" length="{$length}" anchor="end"/>
        <local:box x="{$x + 6}" y="{$y + 19}" length="{$length}"/>
        <local:box x="{$x + 6}" y="{$y - 9}" length="{$length}"/>
      </xsl:variable>
      <xsl:variable name="box" as="element(local:box)" select="($sides[local:is-free(., $taken)], $sides)[1]"/>
      <a xmlns="http://www.w3.org/2000/svg" href="{@address}">
        <xsl:if test="not($are-named)"><xsl:attribute name="aria-label" select="@name"/><title>{@name}</title></xsl:if>
        <circle cx="{$x}" cy="{$y}" r="{round(if ($are-named) then 3 + math:sqrt(number(@count)) div 2 else 2.5, 1)}"/>
        <xsl:if test="$are-named">
          <text paint-order="stroke" x="{if ($box/@anchor) then number($box/@x) + $length else $box/@x}" y="{$box/@y}">
            <xsl:if test="$box/@anchor"><xsl:attribute name="text-anchor" select="'end'"/></xsl:if>
            <xsl:text>{@name}</xsl:text>
            <xsl:if test="@former"><tspan class="former"> ({@former})</tspan></xsl:if>
          </text>
        </xsl:if>
      </a>
      <xsl:next-iteration>
        <xsl:with-param name="taken" as="element(local:box)*">
          <xsl:sequence select="$taken, $box"/>
          <local:box x="{$x - 5}" y="{$y + 5}" length="10"/>
        </xsl:with-param>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- Whether a name can stand somewhere: within the picture, on no other name or point. -->
  <xsl:function name="local:is-free" as="xs:boolean">
    <xsl:param name="box" as="element(local:box)"/>
    <xsl:param name="taken" as="element(local:box)*"/>
    <xsl:sequence select="
      number($box/@x) gt 0 and number($box/@x) + number($box/@length) lt $map:width
      and (every $other in $taken satisfies abs(number($other/@y) - number($box/@y)) ge 14
        or number($other/@x) gt number($box/@x) + number($box/@length) or number($box/@x) gt number($other/@x) + number($other/@length))"/>
  </xsl:function>

  <xsl:function name="local:list" as="element(Q{}section)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="places" as="element(map:place)*"/>
    <xsl:if test="exists($places)">
      <section class="finding" aria-labelledby="{$key}">
        <h2 id="{$key}">{label:text($key, $lang)}</h2>
        <ul>
          <xsl:for-each select="$places">
            <li><a href="{@address}">{@name}</a>{@former ! (' (' || . || ')')}</li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
