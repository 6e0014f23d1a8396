<?xml version="1.0" encoding="UTF-8"?>
<!--
  The network: correspondents on a circle, a line from each sender to each recipient, as an SVG picture.

  In:  network:pair elements, the busiest first, each with its two network:party and @count.
  Out: a figure; nothing where fewer than three take part. The order on the circle is that of the pairs, so that the same
       edition has the same picture. Colours and sizes are the style sheet's.
  Included by correspondents.xsl, beside the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:math="http://www.w3.org/2005/xpath-functions/math"
  xmlns:label="urn:despatch:label"
  xmlns:network="urn:despatch:network"
  xmlns:local="urn:despatch:web:network"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- How many correspondents the picture has room for; the table has all. -->
  <xsl:variable name="local:room" as="xs:integer" select="24"/>

  <xsl:function name="network:picture" as="element(Q{}figure)?" visibility="public">
    <xsl:param name="pairs" as="element(network:pair)*"/>
    <xsl:variable name="ids" as="xs:string*" select="distinct-values($pairs/network:party/@id)"/>
    <xsl:variable name="shown" as="xs:string*" select="subsequence($ids, 1, $local:room)"/>
    <xsl:variable name="height" as="xs:integer" select="max((300, 40 + 22 * count($shown)))"/>
    <xsl:variable name="most" as="xs:double" select="max((8, $pairs/@count ! number()))"/>
    <xsl:if test="count($ids) gt 2">
      <figure class="picture network">
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="130 0 700 {$height}" role="group" aria-label="{label:of-value('register', 'correspondents', $lang)}">
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
              <path class="head" d="M0 0.8L7.4 4L0 7.2Z"/>
            </marker>
          </defs>
          <xsl:for-each select="$pairs[every $party in network:party satisfies $party/@id = $shown]">
            <xsl:sequence select="local:line(., $most, $shown, $height)"/>
          </xsl:for-each>
          <xsl:for-each select="$shown">
            <xsl:sequence select="local:point(., $pairs, $shown, $height)"/>
          </xsl:for-each>
        </svg>
        <figcaption>
          <xsl:text>{label:text('network-caption', $lang)}</xsl:text>
          <xsl:if test="count($ids) gt $local:room"> {label:with('network-more', string(count($ids) - $local:room), $lang)}</xsl:if>
        </figcaption>
      </figure>
    </xsl:if>
  </xsl:function>

  <!-- Where a correspondent has his place: x, y. -->
  <xsl:function name="local:place" as="xs:double+">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="shown" as="xs:string+"/>
    <xsl:param name="height" as="xs:integer"/>
    <xsl:variable name="angle" as="xs:double" select="2 * math:pi() * (index-of($shown, $id)[1] - 0.5) div count($shown)"/>
    <xsl:sequence select="round(480 + 200 * math:sin($angle), 1), round($height div 2 - ($height div 2 - 30) * math:cos($angle), 1)"/>
  </xsl:function>

  <!-- A line, bent so that both directions can be seen, as wide as it has a part of `most` messages; it ends short of the points. -->
  <xsl:function name="local:line" as="element()">
    <xsl:param name="pair" as="element(network:pair)"/>
    <xsl:param name="most" as="xs:double"/>
    <xsl:param name="shown" as="xs:string+"/>
    <xsl:param name="height" as="xs:integer"/>
    <xsl:variable name="from" as="xs:double+" select="local:place($pair/network:party[1]/@id, $shown, $height)"/>
    <xsl:variable name="to" as="xs:double+" select="local:place($pair/network:party[2]/@id, $shown, $height)"/>
    <xsl:variable name="across" as="xs:double+" select="$to[1] - $from[1], $to[2] - $from[2]"/>
    <xsl:variable name="bend" as="xs:double+" select="
      ($from[1] + $to[1]) div 2 - 0.16 * $across[2], ($from[2] + $to[2]) div 2 + 0.16 * $across[1]"/>
    <xsl:variable name="start" as="xs:double+" select="local:towards($from, $bend, 9)"/>
    <xsl:variable name="end" as="xs:double+" select="local:towards($to, $bend, 10)"/>
    <path xmlns="http://www.w3.org/2000/svg" class="line" marker-end="url(#arrow)" stroke-width="{round(0.8 + 3.4 * number($pair/@count) div $most, 1)}"
      d="M{$start[1]} {$start[2]}Q{round($bend[1], 1)} {round($bend[2], 1)} {$end[1]} {$end[2]}">
      <title>{$pair/network:party[1]} → {$pair/network:party[2]}: {$pair/@count}</title>
    </path>
  </xsl:function>

  <!-- The point so far from one towards another. -->
  <xsl:function name="local:towards" as="xs:double+">
    <xsl:param name="from" as="xs:double+"/>
    <xsl:param name="to" as="xs:double+"/>
    <xsl:param name="far" as="xs:double"/>
    <xsl:variable name="length" as="xs:double" select="max((1, math:sqrt(math:pow($to[1] - $from[1], 2) + math:pow($to[2] - $from[2], 2))))"/>
    <xsl:sequence select="for $i in (1, 2) return round($from[$i] + $far * ($to[$i] - $from[$i]) div $length, 1)"/>
  </xsl:function>

  <!-- A point with the name, outside the circle, that leads to the register. -->
  <xsl:function name="local:point" as="element()">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="pairs" as="element(network:pair)+"/>
    <xsl:param name="shown" as="xs:string+"/>
    <xsl:param name="height" as="xs:integer"/>
    <xsl:variable name="party" as="element(network:party)" select="($pairs/network:party[@id eq $id])[1]"/>
    <xsl:variable name="place" as="xs:double+" select="local:place($id, $shown, $height)"/>
    <xsl:variable name="is-right" as="xs:boolean" select="$place[1] ge 480"/>
    <xsl:variable name="content" as="element()+">
      <circle xmlns="http://www.w3.org/2000/svg" cx="{$place[1]}" cy="{$place[2]}" r="6"/>
      <text xmlns="http://www.w3.org/2000/svg" paint-order="stroke" x="{$place[1] + (if ($is-right) then 13 else -13)}" y="{$place[2] + 5}" text-anchor="{if ($is-right) then 'start' else 'end'}">{$party}</text>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$party/@address"><a xmlns="http://www.w3.org/2000/svg" href="{$party/@address}"><xsl:sequence select="$content"/></a></xsl:when>
      <xsl:otherwise><g xmlns="http://www.w3.org/2000/svg"><xsl:sequence select="$content"/></g></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
