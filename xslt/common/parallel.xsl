<?xml version="1.0" encoding="UTF-8"?>
<!--
  Parallel passages: which parts of the languages stand beside each other.

  In:  the parts of a document that are each one language, one or two; the links between their sentences in standOff.
  Out: slots (what follows the nth embedded message), the blocks of a slot, rows of blocks, and the steps in which the two
       languages of a row keep together. Two blocks that hold linked
       sentences are in one row, and so is all that is linked with either; a block that nothing is linked with has a row of
       its own. Without links blocks are paired by position where both languages have the same ones, else the slot is one
       row whose columns run on by themselves.
  Included by what renders a document.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:parallel="urn:despatch:parallel"
  xmlns:local="urn:despatch:parallel:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The links between the languages, by the passages that they link. -->
  <xsl:key name="local:links" match="linkGrp[@type eq 'translation']/link" use="tokenize(@target) ! substring-after(., '#')"/>

  <!-- The slots of a message: slot n is what follows the nth embedded message, slot 0 what precedes the first, slot -1 the
       whole where the languages have different numbers of them. -->
  <xsl:function name="parallel:slots" as="xs:integer+">
    <xsl:param name="sides" as="element()*"/>
    <xsl:variable name="counts" as="xs:integer*" select="distinct-values($sides ! count(floatingText))"/>
    <xsl:sequence select="if (count($counts) eq 1) then 0 to $counts else -1"/>
  </xsl:function>

  <!-- The text of an embedded message in each language. -->
  <xsl:function name="parallel:message" as="element()*">
    <xsl:param name="sides" as="element()*"/>
    <xsl:param name="slot" as="xs:integer"/>
    <xsl:sequence select="for $side in $sides return $side/floatingText[$slot]/(body, .)[1]"/>
  </xsl:function>

  <!-- The blocks of a part in one slot that are its opening, its closing, or the text between them. -->
  <xsl:function name="parallel:blocks" as="element()*">
    <xsl:param name="side" as="element()"/>
    <xsl:param name="slot" as="xs:integer"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:variable name="blocks" as="element()*" select="
      if ($slot lt 0) then $side/*
      else $side/*[not(self::floatingText)][count(preceding-sibling::floatingText) eq $slot]"/>
    <xsl:variable name="opening-end" as="element()?" select="$blocks[self::opener or self::head][last()]"/>
    <xsl:variable name="closing-start" as="element()?"
      select="$blocks[self::closer or self::postscript or self::trailer][1]"/>
    <xsl:variable name="opening" as="element()*" select="$blocks[. is $opening-end or . &lt;&lt; $opening-end]"/>
    <xsl:variable name="closing" as="element()*"
      select="$blocks[. is $closing-start or . &gt;&gt; $closing-start] except $opening"/>
    <xsl:sequence select="
      if ($kind eq 'opening') then $opening
      else if ($kind eq 'closing') then $closing
      else $blocks except ($opening, $closing)"/>
  </xsl:function>

  <!-- The rows of a slot's opening, text or closing: for each an array with the blocks of each language. -->
  <xsl:function name="parallel:rows" as="array(element()*)*">
    <xsl:param name="sides" as="element()*"/>
    <xsl:param name="slot" as="xs:integer"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:variable name="columns" as="array(element()*)"
      select="array:join($sides ! [parallel:blocks(., $slot, $kind)])"/>
    <xsl:variable name="partners" as="array(xs:integer*)*"
      select="if ($kind eq 'text' and array:size($columns) eq 2) then local:partners($columns(1), $columns(2)) else ()"/>
    <xsl:variable name="back" as="array(xs:integer*)*"
      select="if (exists($partners)) then local:partners($columns(2), $columns(1)) else ()"/>
    <xsl:choose>
      <xsl:when test="empty($columns?*)"/>
      <xsl:when test="exists($partners ! ?*)">
        <xsl:sequence select="local:linked-rows($columns(1), $columns(2), $partners, $back)"/>
      </xsl:when>
      <xsl:when test="$kind eq 'text' and count(distinct-values(array:flatten(
          array:for-each($columns, function($blocks) { string-join($blocks ! name(), ' ') })))) eq 1">
        <xsl:sequence select="
          for $row in 1 to count($columns(1)) return array:for-each($columns, function($blocks) { $blocks[$row] })"/>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="$columns"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The steps of a row of two languages: sentences, and blocks that are not divided into sentences. What is linked is in
       one step; where nothing is, each language keeps its pace from the beginning of the row to its end. -->
  <xsl:function name="parallel:steps" as="array(element()*)*">
    <xsl:param name="row" as="array(element()*)"/>
    <xsl:variable name="ours" as="element()*" select="$row(1) ! local:units(.)"/>
    <xsl:variable name="theirs" as="element()*" select="$row(2) ! local:units(.)"/>
    <xsl:variable name="partners" as="array(xs:integer*)*" select="local:partners($ours, $theirs)"/>
    <xsl:variable name="length" as="xs:integer" select="max((count($ours), count($theirs)))"/>
    <xsl:sequence select="
      if (exists($partners ! ?*)) then local:linked-rows($ours, $theirs, $partners, local:partners($theirs, $ours))
      else for $step in 1 to $length
        return [local:at-step($ours, $step, $length), local:at-step($theirs, $step, $length)]"/>
  </xsl:function>

  <!-- The sentences of a paragraph, else the block itself. -->
  <xsl:function name="local:units" as="element()+">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="if ($block/self::p/s) then $block/s else $block"/>
  </xsl:function>

  <!-- The units that fall into a step, when as many as there are go through all steps evenly. -->
  <xsl:function name="local:at-step" as="element()*">
    <xsl:param name="units" as="element()*"/>
    <xsl:param name="step" as="xs:integer"/>
    <xsl:param name="steps" as="xs:integer"/>
    <xsl:sequence select="
      for $place in 1 to count($units) return $units[$place][xs:integer(ceiling($place * $steps div count($units))) eq $step]"/>
  </xsl:function>

  <!-- For each block the places of the others that hold what is linked with it. -->
  <xsl:function name="local:partners" as="array(xs:integer*)*">
    <xsl:param name="blocks" as="element()*"/>
    <xsl:param name="others" as="element()*"/>
    <xsl:variable name="places" as="map(xs:string, xs:integer)" select="map:merge(
      for $place in 1 to count($others)
      return $others[$place]/descendant-or-self::*/@xml:id ! map:entry(string(.), $place))"/>
    <xsl:for-each select="$blocks">
      <xsl:variable name="ids" as="xs:string*" select="descendant-or-self::*/@xml:id ! string()"/>
      <xsl:variable name="links" as="element(link)*" select="if (root() instance of document-node()) then key('local:links', $ids) else ()"/>
      <xsl:sequence select="[distinct-values($links/tokenize(@target) ! $places(substring-after(., '#')))]"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The rows of two languages whose blocks have these partners. -->
  <xsl:function name="local:linked-rows" as="array(element()*)*">
    <xsl:param name="ours" as="element()*"/>
    <xsl:param name="theirs" as="element()*"/>
    <xsl:param name="partners" as="array(xs:integer*)*"/>
    <xsl:param name="back" as="array(xs:integer*)*"/>
    <xsl:iterate select="1 to count($ours) + count($theirs)">
      <xsl:param name="done" as="xs:integer" select="0"/>
      <xsl:param name="other-done" as="xs:integer" select="0"/>
      <xsl:choose>
        <xsl:when test="$done ge count($ours) and $other-done ge count($theirs)"><xsl:break/></xsl:when>
        <xsl:otherwise>
          <xsl:variable name="end" as="xs:integer+" select="
            if ($done lt count($ours) and empty($partners[$done + 1]?*)) then ($done + 1, $other-done)
            else if ($other-done lt count($theirs) and empty($back[$other-done + 1]?*)) then ($done, $other-done + 1)
            else local:closed($partners, $back, $done, $other-done, min(($done + 1, count($ours))))"/>
          <xsl:variable name="last" as="xs:integer" select="local:with-signs($ours, $end[1])"/>
          <xsl:variable name="other-last" as="xs:integer" select="local:with-signs($theirs, $end[2])"/>
          <xsl:sequence select="[
            subsequence($ours, $done + 1, $last - $done), subsequence($theirs, $other-done + 1, $other-last - $other-done)]"/>
          <xsl:next-iteration>
            <xsl:with-param name="done" select="$last"/>
            <xsl:with-param name="other-done" select="$other-last"/>
          </xsl:next-iteration>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:iterate>
  </xsl:function>

  <!-- The least number of our blocks, from `end` on, and of theirs, so that no link leads out of the row that they make
       with those after `done` and `other-done`. -->
  <xsl:function name="local:closed" as="xs:integer+">
    <xsl:param name="partners" as="array(xs:integer*)*"/>
    <xsl:param name="back" as="array(xs:integer*)*"/>
    <xsl:param name="done" as="xs:integer"/>
    <xsl:param name="other-done" as="xs:integer"/>
    <xsl:param name="end" as="xs:integer"/>
    <xsl:variable name="other" as="xs:integer"
      select="max(($other-done, subsequence($partners, $done + 1, $end - $done)?*))"/>
    <xsl:variable name="own" as="xs:integer"
      select="max(($end, subsequence($back, $other-done + 1, $other - $other-done)?*))"/>
    <xsl:sequence select="
      if ($own eq $end) then ($own, $other) else local:closed($partners, $back, $done, $other-done, $own)"/>
  </xsl:function>

  <!-- The same number, with the signs of the sheet that follow: they stay with the block before them. -->
  <xsl:function name="local:with-signs" as="xs:integer">
    <xsl:param name="blocks" as="element()*"/>
    <xsl:param name="end" as="xs:integer"/>
    <xsl:variable name="next" as="element()?" select="$blocks[$end + 1]"/>
    <xsl:sequence select="
      if ($end gt 0 and $next/(self::pb | self::fw | self::ellipsis | self::note | self::gap))
      then local:with-signs($blocks, $end + 1) else $end"/>
  </xsl:function>

</xsl:stylesheet>
