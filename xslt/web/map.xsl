<?xml version="1.0" encoding="UTF-8"?>
<!--
  The map: the places that the documents name, on the coastlines of East Asia.

  In:  a register:map of the places that are mentioned, the most frequent first; the authorities, which have the
       coordinates; coasts.xml, which has coastlines, windows and the parallel.
  Out: the page `map` in one interface language: an SVG picture for each window that has places, then those on none.
  Includes the frame and xslt/common.
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

  <!-- The places to the page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <!-- Static: read once, when the stylesheet is compiled. -->
  <xsl:variable name="local:base" static="yes" as="element(map:coasts)" select="doc('coasts.xml')/map:coasts"/>
  <xsl:variable name="local:width" as="xs:integer" select="720"/>

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
    <xsl:variable name="placed" as="element(local:place)*" select="register:entry ! local:placed(.)"/>
    <xsl:for-each select="$local:base/map:window">
      <xsl:variable name="shown" as="element(local:place)*" select="let $window := . return $placed[local:is-in(., $window)]"/>
      <xsl:if test="exists($shown)"><xsl:sequence select="local:picture(., $shown)"/></xsl:if>
    </xsl:for-each>
    <xsl:sequence select="
      local:list('map-outside', $placed[@latitude][every $window in $local:base/map:window satisfies not(local:is-in(., $window))]),
      local:list('map-without', $placed[not(@latitude)])"/>
  </xsl:template>

  <!-- A place with its coordinates and names: today's, and in brackets the one under Japanese rule. -->
  <xsl:function name="local:placed" as="element(local:place)">
    <xsl:param name="found" as="element(register:entry)"/>
    <xsl:variable name="entry" as="element()?" select="name:entry($found/@file || '#' || $found/@key)"/>
    <xsl:variable name="geo" as="xs:string*" select="tokenize(($entry/location/geo)[1], '[\s,]+')[. castable as xs:double]"/>
    <local:place address="{web:address('places', $lang)}#{$found/@key}" name="{$found/@name}" count="{$found/@count}">
      <xsl:if test="count($geo) eq 2">
        <xsl:attribute name="latitude" select="$geo[1]"/>
        <xsl:attribute name="longitude" select="$geo[2]"/>
      </xsl:if>
      <xsl:variable name="former" as="element(placeName)*" select="$entry/placeName[@type eq 'japanese-era']"/>
      <xsl:variable name="script" as="xs:string" select="if ($lang eq 'ru') then '-Cyrl' else '-Latn'"/>
      <xsl:for-each select="($former[ends-with(@xml:lang, $script)], $former[@xml:lang eq $lang], $former)[1]">
        <xsl:attribute name="former" select="normalize-space(.)"/>
      </xsl:for-each>
    </local:place>
  </xsl:function>

  <xsl:function name="local:is-in" as="xs:boolean">
    <xsl:param name="place" as="element(local:place)"/>
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="
      exists($place/@latitude) and number($place/@longitude) gt number($window/@west) and number($place/@longitude) lt number($window/@east)
      and number($place/@latitude) gt number($window/@south) and number($place/@latitude) lt number($window/@north)"/>
  </xsl:function>

  <!-- Units of the picture for a degree of latitude; a degree of longitude has as many as it has at the middle. -->
  <xsl:function name="local:scale" as="xs:double">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="$local:width div ((number($window/@east) - number($window/@west)) * local:narrow($window))"/>
  </xsl:function>

  <xsl:function name="local:narrow" as="xs:double">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="math:cos((number($window/@south) + number($window/@north)) div 2 * math:pi() div 180)"/>
  </xsl:function>

  <xsl:function name="local:x" as="xs:double">
    <xsl:param name="longitude" as="xs:double"/>
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="round(($longitude - number($window/@west)) * local:narrow($window) * local:scale($window), 1)"/>
  </xsl:function>

  <xsl:function name="local:y" as="xs:double">
    <xsl:param name="latitude" as="xs:double"/>
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="round((number($window/@north) - $latitude) * local:scale($window), 1)"/>
  </xsl:function>

  <xsl:function name="local:picture" as="element(Q{}figure)">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:param name="places" as="element(local:place)+"/>
    <xsl:variable name="inner" as="element(map:window)*" select="$window/following-sibling::map:window"/>
    <figure class="picture map">
      <h2>{label:of-value('window', $window/@key, $lang)}</h2>
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {$local:width} {local:y(number($window/@south), $window)}" role="group" aria-label="{label:of-value('window', $window/@key, $lang)}">
        <path class="land" d="{string-join($local:base/map:ring ! ('M' || string-join(tokenize(.) ! (
          local:x(number(substring-before(., ',')), $window) || ' ' || local:y(number(substring-after(., ',')), $window)), 'L') || 'Z'))}"/>
        <xsl:for-each select="$local:base/map:parallel">
          <path class="parallel" d="M{local:x(number(@west), $window)} {local:y(number(@latitude), $window)}H{local:x(number(@east), $window)}"/>
          <xsl:if test="empty($inner)">
            <text class="parallel-name" x="{local:x(number(@east), $window) + 5}" y="{local:y(number(@latitude), $window) + 4}">{label:text('map-parallel', $lang)}</text>
          </xsl:if>
        </xsl:for-each>
        <xsl:sequence select="local:points($window, $places[some $smaller in $inner satisfies local:is-in(., $smaller)], false()),
          local:points($window, $places[every $smaller in $inner satisfies not(local:is-in(., $smaller))], true())"/>
      </svg>
    </figure>
  </xsl:function>

  <!-- A point for each place, the larger the more mentions; its name on the first side where no other stands. -->
  <xsl:function name="local:points" as="element()*">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:param name="places" as="element(local:place)*"/>
    <xsl:param name="are-named" as="xs:boolean"/>
    <xsl:iterate select="$places">
      <xsl:param name="taken" as="element(local:box)*" select="()"/>
      <xsl:variable name="x" as="xs:double" select="local:x(number(@longitude), $window)"/>
      <xsl:variable name="y" as="xs:double" select="local:y(number(@latitude), $window)"/>
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
      number($box/@x) gt 0 and number($box/@x) + number($box/@length) lt $local:width
      and (every $other in $taken satisfies abs(number($other/@y) - number($box/@y)) ge 14
        or number($other/@x) gt number($box/@x) + number($box/@length) or number($box/@x) gt number($other/@x) + number($other/@length))"/>
  </xsl:function>

  <xsl:function name="local:list" as="element(Q{}section)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="places" as="element(local:place)*"/>
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
