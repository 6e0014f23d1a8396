<?xml version="1.0" encoding="UTF-8"?>
<!--
  The map: the places that the documents name, on the coastlines of the world.

  In:  a register:map of the places that are mentioned and have coordinates, the most frequent first, and of those
       without; the authorities.
  Out: the page `map` in one interface language: an SVG picture of all places, then one of each crowd of them (see
       windows.xsl), then the places without coordinates.
  Includes the frame, the windows, the letters and xslt/common.
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
  <xsl:include href="places.xsl"/>
  <xsl:include href="letters.xsl"/>

  <!-- The places to the page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:variable name="title" as="xs:string" select="label:of-value('register', 'map', $lang)"/>
    <xsl:variable name="has-former" as="xs:boolean" select="
      some $found in .//register:entry satisfies exists(map:former(name:entry($found/@file || '#' || $found/@key), $lang))"/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening">
          <h1>{$title}</h1>
          <p class="remark">{string-join((label:text('map-remark', $lang), label:text('map-former', $lang)[$has-former]), ' ')}</p>
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
    <xsl:apply-templates select="register:without[*]"/>
  </xsl:template>

  <!-- A place with its coordinates and names: today's, and in brackets the one under Japanese rule. -->
  <xsl:function name="local:placed" as="element(map:place)">
    <xsl:param name="found" as="element(register:entry)"/>
    <xsl:variable name="entry" as="element()?" select="name:entry($found/@file || '#' || $found/@key)"/>
    <xsl:variable name="degrees" as="xs:string*" select="map:degrees($entry)"/>
    <map:place address="{web:address('places.' || $found/@key, $lang)}" name="{$found/@name}" count="{$found/@count}">
      <xsl:choose>
        <xsl:when test="count($degrees) eq 2">
          <xsl:attribute name="latitude" select="$degrees[1]"/>
          <xsl:attribute name="longitude" select="$degrees[2]"/>
        </xsl:when>
        <xsl:when test="exists($degrees)"><xsl:attribute name="line" select="$degrees"/></xsl:when>
      </xsl:choose>
      <xsl:for-each select="map:former($entry, $lang)"><xsl:attribute name="former" select="."/></xsl:for-each>
    </map:place>
  </xsl:function>

  <!-- The picture of a window. A place is named in the closest window that has it, and a point in the others. -->
  <xsl:function name="local:picture" as="element(Q{}figure)">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="places" as="element(map:place)+"/>
    <xsl:param name="windows" as="element(map:window)+"/>
    <xsl:param name="lines" as="element(map:place)*"/>
    <xsl:variable name="closer" as="element(map:window)*" select="$windows[local:area(.) lt local:area($window)]"/>
    <xsl:variable name="own" as="element(map:place)*" select="$places[not(some $one in $closer satisfies map:is-in(., $one))]"/>
    <xsl:variable name="few" as="element(map:place)*" select="subsequence($places, 1, $local:linked) | subsequence($own, 1, $local:linked)"/>
    <xsl:variable name="title" as="xs:string" select="
      if ($number eq 1) then label:text('map-all', $lang)
      else label:with('map-closer', string-join(subsequence(($own, $places), 1, 3)/@name, ', '), $lang)"/>
    <figure class="picture map">
      <h2>{$title}</h2>
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {$map:width} {map:y(number($window/@south), $window)}" role="group" aria-label="{$title}">
        <path class="land" d="{map:coast($window)}"/>
        <xsl:sequence select="
          $lines ! local:line(., $window),
          local:dots($window, $places except $few),
          local:points($window, $few except $own, ()),
          local:points($window, $few intersect $own, $few)"/>
      </svg>
      <xsl:if test="count($places) gt count($few)">
        <figcaption>{label:with('map-many', string(count($places)), $lang)} <a href="{web:address('places', $lang)}">{label:of-value('register', 'places', $lang)}</a>.</figcaption>
      </xsl:if>
    </figure>
  </xsl:function>

  <!-- How many places of a picture are links: the most frequent, and the most frequent that no closer picture has. A
       reader with a keyboard goes through all of them. -->
  <xsl:variable name="local:linked" as="xs:integer" select="100"/>

  <!-- How far apart the points of the others are, which are one shape: those that fall together are drawn once. -->
  <xsl:variable name="local:grain" as="xs:integer" select="5"/>

  <xsl:function name="local:dots" as="element()?">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:param name="places" as="element(map:place)*"/>
    <xsl:variable name="dots" as="xs:string*" select="distinct-values($places ! string-join((
      $local:grain * round(map:x(number(@longitude), $window) div $local:grain),
      $local:grain * round(map:y(number(@latitude), $window) div $local:grain)), ' '))"/>
    <xsl:if test="exists($dots)">
      <path xmlns="http://www.w3.org/2000/svg" class="dots" d="{string-join($dots ! ('M' || . || 'h0'))}"/>
    </xsl:if>
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
        <text class="line-name" paint-order="stroke" x="{$end[1] + 5}" y="{$end[2] + 4}">{$line/@name}</text>
      </a>
    </xsl:if>
  </xsl:function>

  <!-- A point for each place, the larger the more mentions; its name on the first side where no other stands, and none
       of the points `beside` it, if that can be; without these no name is shown. A name without room is a hint at its
       point: on another it would make both unreadable. -->
  <xsl:function name="local:points" as="element()*">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:param name="places" as="element(map:place)*"/>
    <xsl:param name="beside" as="element(map:place)*"/>
    <xsl:variable name="height" as="xs:double" select="map:y(number($window/@south), $window)"/>
    <xsl:variable name="points" as="element(local:box)*" select="$beside ! local:spot(., $window)"/>
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
      <xsl:variable name="free" as="element(local:box)*" select="$sides[exists($beside)][local:is-free(., $taken, $height)]"/>
      <xsl:variable name="box" as="element(local:box)?" select="
        ($free[local:is-free(., $points[@of ne current()/@address], $height)], $free)[1]"/>
      <a xmlns="http://www.w3.org/2000/svg" href="{@address}">
        <xsl:if test="empty($box)"><xsl:attribute name="aria-label" select="@name"/><title>{@name}</title></xsl:if>
        <circle cx="{$x}" cy="{$y}" r="{round(if (exists($beside)) then 3 + math:sqrt(number(@count)) div 2 else 2.5, 1)}"/>
        <xsl:if test="$box">
          <text paint-order="stroke" x="{if ($box/@anchor) then number($box/@x) + $length else $box/@x}" y="{$box/@y}">
            <xsl:if test="$box/@anchor"><xsl:attribute name="text-anchor" select="'end'"/></xsl:if>
            <xsl:text>{@name}</xsl:text>
            <xsl:if test="@former"><tspan class="former"> ({@former})</tspan></xsl:if>
          </text>
        </xsl:if>
      </a>
      <xsl:next-iteration>
        <xsl:with-param name="taken" as="element(local:box)*">
          <xsl:sequence select="$taken, $box, local:spot(., $window)"/>
        </xsl:with-param>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- What a point takes. -->
  <xsl:function name="local:spot" as="element(local:box)">
    <xsl:param name="place" as="element(map:place)"/>
    <xsl:param name="window" as="element(map:window)"/>
    <local:box of="{$place/@address}" length="10" x="{map:x(number($place/@longitude), $window) - 5}" y="{map:y(number($place/@latitude), $window) + 5}"/>
  </xsl:function>

  <!-- Whether a name can stand somewhere: within the picture, on nothing that takes its room. -->
  <xsl:function name="local:is-free" as="xs:boolean">
    <xsl:param name="box" as="element(local:box)"/>
    <xsl:param name="taken" as="element(local:box)*"/>
    <xsl:param name="height" as="xs:double"/>
    <xsl:sequence select="
      number($box/@y) gt 12 and number($box/@y) lt $height - 4 and number($box/@x) gt 0 and number($box/@x) + number($box/@length) lt $map:width
      and (every $other in $taken satisfies abs(number($other/@y) - number($box/@y)) ge 14
        or number($other/@x) gt number($box/@x) + number($box/@length) or number($box/@x) gt number($other/@x) + number($other/@length))"/>
  </xsl:function>

  <!-- The places without coordinates; where they are very many, their letters. -->
  <xsl:template match="register:without" as="element(Q{}section)">
    <section class="finding" aria-labelledby="map-without">
      <h2 id="map-without">{label:text('map-without', $lang)}</h2>
      <xsl:call-template name="web:letters"/>
      <xsl:where-populated>
        <ul class="parts">
          <xsl:for-each select="register:entry ! local:placed(.)">
            <li><a href="{@address}">{@name}</a>{@former ! (' (' || . || ')')}</li>
          </xsl:for-each>
        </ul>
      </xsl:where-populated>
    </section>
  </xsl:template>

</xsl:stylesheet>
