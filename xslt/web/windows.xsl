<?xml version="1.0" encoding="UTF-8"?>
<!--
  Windows: which stretches of the world the map shows for the places of an edition, and the coast in each.

  In:  map:place with @latitude and @longitude in degrees, the most frequent first; coasts.xml.
  Out: map:window with @west, @south, @east, @north in degrees and @title: one that has every place, then one for each
       crowd of places in it, and so on inwards; the coast of a window as path data of SVG.
  Included by map.xsl. Degrees of longitude are drawn as wide as they are at the middle of a window.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:math="http://www.w3.org/2005/xpath-functions/math"
  xmlns:map="urn:despatch:map"
  xmlns:local="urn:despatch:web:windows"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Static: read once, when the stylesheet is compiled. -->
  <xsl:variable name="local:coasts" static="yes" as="element(map:coasts)" select="doc('coasts.xml')/map:coasts"/>

  <!-- How wide a picture is, in units of its own; its height is between three fifths and nine tenths of that. -->
  <xsl:variable name="map:width" as="xs:integer" select="720"/>
  <xsl:variable name="local:heights" as="xs:double+" select="0.6, 0.9"/>

  <!-- How far apart places may lie and be one crowd; how close two of it must be for a window of its own, as their names
       have no room then; how many it must have, and how much smaller its window must be than the one it is in. -->
  <xsl:variable name="local:apart" as="xs:integer" select="80"/>
  <xsl:variable name="local:close" as="xs:integer" select="24"/>
  <xsl:variable name="local:crowd" as="xs:integer" select="3"/>
  <xsl:variable name="local:smaller" as="xs:double" select="0.45"/>

  <!-- Where a crowd fills its window, it is sought for tighter ones in it, down to this distance. -->
  <xsl:variable name="local:tight" as="xs:integer" select="10"/>

  <!-- Places that windows are sought for: the most frequent, as the search compares each with each; and windows shown. -->
  <xsl:variable name="local:most" as="xs:integer" select="150"/>
  <xsl:variable name="local:shown" as="xs:integer" select="6"/>

  <!-- The least distance of two points of a coast, in units of the picture: less is not seen. -->
  <xsl:variable name="local:fine" as="xs:double" select="1"/>

  <!-- The least height of the outermost window and of one in it, in degrees: a reader should know the coast. -->
  <xsl:variable name="local:least" as="xs:double+" select="12, 1.6"/>

  <!-- The windows for places, the outermost first. -->
  <xsl:function name="map:windows" as="element(map:window)*">
    <xsl:param name="places" as="element(map:place)*"/>
    <xsl:variable name="sought" as="element(map:place)*" select="subsequence($places, 1, $local:most)"/>
    <xsl:if test="exists($sought)">
      <xsl:variable name="whole" as="element(map:window)" select="local:round($places, $local:least[1])"/>
      <xsl:variable name="inner" as="element(map:window)*" select="local:inner($whole, $sought, $local:apart)"/>
      <xsl:sequence select="$whole, $inner[position() = local:fullest($inner, $sought)]"/>
    </xsl:if>
  </xsl:function>

  <!-- The numbers of the windows that are shown: those with the most places, so that none stands without the one that
       it is in. -->
  <xsl:function name="local:fullest" as="xs:integer*">
    <xsl:param name="windows" as="element(map:window)*"/>
    <xsl:param name="places" as="element(map:place)*"/>
    <xsl:variable name="numbers" as="xs:integer*" select="
      sort(1 to count($windows), (), function($number) { -count($places[map:is-in(., $windows[$number])]) })"/>
    <xsl:sequence select="subsequence($numbers, 1, $local:shown - 1)"/>
  </xsl:function>

  <!-- Whether a place lies in a window. -->
  <xsl:function name="map:is-in" as="xs:boolean">
    <xsl:param name="place" as="element(map:place)"/>
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="
      number($place/@longitude) gt number($window/@west) and number($place/@longitude) lt number($window/@east)
      and number($place/@latitude) gt number($window/@south) and number($place/@latitude) lt number($window/@north)"/>
  </xsl:function>

  <!-- Where a longitude and a latitude are in the picture of a window. -->
  <xsl:function name="map:x" as="xs:double">
    <xsl:param name="longitude" as="xs:double"/>
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="round(($longitude - number($window/@west)) * $map:width div (number($window/@east) - number($window/@west)), 1)"/>
  </xsl:function>

  <xsl:function name="map:y" as="xs:double">
    <xsl:param name="latitude" as="xs:double"/>
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="round((number($window/@north) - $latitude) * local:scale($window), 1)"/>
  </xsl:function>

  <!-- The coast of a window: the rings that reach into it, cut off a little outside, so that the cut is not seen. -->
  <xsl:function name="map:coast" as="xs:string">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:variable name="margin" as="xs:double" select="(number($window/@east) - number($window/@west)) div 50"/>
    <xsl:variable name="bounds" as="xs:double+" select="
      number($window/@west) - $margin, number($window/@south) - $margin, number($window/@east) + $margin, number($window/@north) + $margin"/>
    <xsl:value-of separator="">
      <xsl:for-each select="$local:coasts/map:ring[number(@east) gt $bounds[1] and number(@north) gt $bounds[2] and number(@west) lt $bounds[3] and number(@south) lt $bounds[4]]">
        <xsl:sequence select="local:path(local:cut(tokenize(.) ! array { tokenize(., ',') ! number() }, $bounds), $window)"/>
      </xsl:for-each>
    </xsl:value-of>
  </xsl:function>

  <!-- The windows inside one, for its crowds. -->
  <xsl:function name="local:inner" as="element(map:window)*">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:param name="places" as="element(map:place)*"/>
    <xsl:param name="apart" as="xs:double"/>
    <xsl:if test="count($places) ge $local:crowd">
      <xsl:variable name="crowd" as="element(map:place)+" select="local:crowd((), $places[1], tail($places), $window, $apart)"/>
      <xsl:variable name="closer" as="element(map:window)" select="local:round($crowd, $local:least[2])"/>
      <xsl:choose>
        <xsl:when test="count($crowd) lt $local:crowd"/>
        <xsl:when test="local:height($closer) ge $local:smaller * local:height($window)">
          <xsl:if test="$apart div 2 ge $local:tight">
            <xsl:sequence select="local:inner($window, $crowd, $apart div 2)"/>
          </xsl:if>
        </xsl:when>
        <xsl:when test="some $one in $crowd, $other in $crowd[. &gt;&gt; $one] satisfies local:distance($one, $other, $window) lt $local:close">
          <xsl:sequence select="$closer, local:inner($closer, $crowd, $local:apart)"/>
        </xsl:when>
      </xsl:choose>
      <xsl:sequence select="local:inner($window, $places except $crowd, $apart)"/>
    </xsl:if>
  </xsl:function>

  <!-- All of the places that hang together with some, each near another; those near the `found` ones are known. -->
  <xsl:function name="local:crowd" as="element(map:place)+">
    <xsl:param name="found" as="element(map:place)*"/>
    <xsl:param name="latest" as="element(map:place)+"/>
    <xsl:param name="others" as="element(map:place)*"/>
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:param name="apart" as="xs:double"/>
    <xsl:variable name="near" as="element(map:place)*" select="$others[some $place in $latest satisfies local:distance(., $place, $window) lt $apart]"/>
    <xsl:sequence select="
      if ($near) then local:crowd($found | $latest, $near, $others except $near, $window, $apart) else $found | $latest"/>
  </xsl:function>

  <xsl:function name="local:distance" as="xs:double">
    <xsl:param name="one" as="element(map:place)"/>
    <xsl:param name="other" as="element(map:place)"/>
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="math:sqrt(
      math:pow(map:x(number($one/@longitude), $window) - map:x(number($other/@longitude), $window), 2)
      + math:pow(map:y(number($one/@latitude), $window) - map:y(number($other/@latitude), $window), 2))"/>
  </xsl:function>

  <!-- The window round places: a seventh of free space about them, not flatter or steeper than a picture may be. -->
  <xsl:function name="local:round" as="element(map:window)">
    <xsl:param name="places" as="element(map:place)+"/>
    <xsl:param name="least" as="xs:double"/>
    <xsl:variable name="longitudes" as="xs:double+" select="$places/@longitude ! number()"/>
    <xsl:variable name="latitudes" as="xs:double+" select="$places/@latitude ! number()"/>
    <xsl:variable name="middle" as="xs:double" select="(min($latitudes) + max($latitudes)) div 2"/>
    <xsl:variable name="narrow" as="xs:double" select="math:cos(min((75, abs($middle))) * math:pi() div 180)"/>
    <xsl:variable name="wide" as="xs:double" select="(max($longitudes) - min($longitudes)) * 1.3 * $narrow"/>
    <xsl:variable name="high" as="xs:double" select="max(((max($latitudes) - min($latitudes)) * 1.3, $least))"/>
    <xsl:variable name="height" as="xs:double" select="max(($high, $wide * $local:heights[1]))"/>
    <xsl:variable name="width" as="xs:double" select="max(($wide, $height div $local:heights[2])) div $narrow"/>
    <xsl:variable name="centre" as="xs:double" select="(min($longitudes) + max($longitudes)) div 2"/>
    <map:window west="{$centre - $width div 2}" south="{$middle - $height div 2}" east="{$centre + $width div 2}" north="{$middle + $height div 2}" narrow="{$narrow}"
      title="{string-join(subsequence($places, 1, 3)/@name, ', ')}"/>
  </xsl:function>

  <!-- Units of the picture for a degree of latitude. -->
  <xsl:function name="local:scale" as="xs:double">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="$map:width div ((number($window/@east) - number($window/@west)) * number($window/@narrow))"/>
  </xsl:function>

  <xsl:function name="local:height" as="xs:double">
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:sequence select="number($window/@north) - number($window/@south)"/>
  </xsl:function>

  <!-- A ring cut off at west, south, east and north. Source: Sutherland and Hodgman, "Reentrant polygon clipping", 1974. -->
  <xsl:function name="local:cut" as="array(xs:double)*">
    <xsl:param name="ring" as="array(xs:double)*"/>
    <xsl:param name="bounds" as="xs:double+"/>
    <xsl:sequence select="
      fold-left(1 to 4, $ring, function($points, $side) {
        local:cut-side($points, if ($side mod 2) then 1 else 2, $bounds[$side], if ($side le 2) then 1 else -1) })"/>
  </xsl:function>

  <!-- What of a ring has coordinates on one axis beyond a limit; `sign` is 1 where it must be greater. -->
  <xsl:function name="local:cut-side" as="array(xs:double)*">
    <xsl:param name="points" as="array(xs:double)*"/>
    <xsl:param name="axis" as="xs:integer"/>
    <xsl:param name="limit" as="xs:double"/>
    <xsl:param name="sign" as="xs:integer"/>
    <xsl:iterate select="$points">
      <xsl:param name="before" as="array(xs:double)?" select="$points[last()]"/>
      <xsl:variable name="is-in" as="xs:boolean" select="$sign * (.($axis) - $limit) ge 0"/>
      <xsl:variable name="was-in" as="xs:boolean" select="$sign * ($before($axis) - $limit) ge 0"/>
      <xsl:if test="$is-in ne $was-in">
        <xsl:variable name="share" as="xs:double" select="($limit - $before($axis)) div (.($axis) - $before($axis))"/>
        <xsl:sequence select="array { for $one in 1 to 2 return $before($one) + $share * (.($one) - $before($one)) }"/>
      </xsl:if>
      <xsl:if test="$is-in"><xsl:sequence select="."/></xsl:if>
      <xsl:next-iteration><xsl:with-param name="before" select="."/></xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- A ring as path data, without points that fall together with the one before; nothing, where the ring is a speck. -->
  <xsl:function name="local:path" as="xs:string">
    <xsl:param name="ring" as="array(xs:double)*"/>
    <xsl:param name="window" as="element(map:window)"/>
    <xsl:variable name="seen" as="xs:string*">
      <xsl:iterate select="$ring">
        <xsl:param name="before" as="xs:double*" select="()"/>
        <xsl:variable name="point" as="xs:double+" select="map:x(.(1), $window), map:y(.(2), $window)"/>
        <xsl:variable name="is-apart" as="xs:boolean" select="
          empty($before) or abs($point[1] - $before[1]) ge $local:fine or abs($point[2] - $before[2]) ge $local:fine"/>
        <xsl:if test="$is-apart"><xsl:sequence select="string-join($point, ' ')"/></xsl:if>
        <xsl:next-iteration>
          <xsl:with-param name="before" as="xs:double+" select="if ($is-apart) then $point else $before"/>
        </xsl:next-iteration>
      </xsl:iterate>
    </xsl:variable>
    <xsl:sequence select="if (count($seen) gt 3) then 'M' || string-join($seen, 'L') || 'Z' else ''"/>
  </xsl:function>

</xsl:stylesheet>
