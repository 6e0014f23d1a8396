<?xml version="1.0" encoding="UTF-8"?>
<!--
  Where an entry of the authorities lies, and what it was called under Japanese rule.

  In:  an entry: location/geo, of a place latitude and longitude in degrees, of a line those of each of its points;
       placeName.
  Out: these numbers, and nothing where they are none or one of a pair is missing; a name.
  Included by map.xsl and heads.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="urn:despatch:map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:function name="map:degrees" as="xs:string*">
    <xsl:param name="entry" as="element()?"/>
    <xsl:variable name="degrees" as="xs:string*" select="tokenize(($entry/location/geo)[1], '[\s,]+')[. castable as xs:double]"/>
    <xsl:sequence select="$degrees[count($degrees) ge 2 and count($degrees) mod 2 eq 0]"/>
  </xsl:function>

  <!-- The name under Japanese rule, in the script of a language's readers if there is one. -->
  <xsl:function name="map:former" as="xs:string?">
    <xsl:param name="entry" as="element()?"/>
    <xsl:param name="language" as="xs:string"/>
    <xsl:variable name="names" as="element(placeName)*" select="$entry/placeName[@type eq 'japanese-era']"/>
    <xsl:variable name="script" as="xs:string" select="if ($language eq 'ru') then '-Cyrl' else '-Latn'"/>
    <xsl:sequence select="
      ($names[ends-with(@xml:lang, $script)], $names[@xml:lang eq $language], $names)[1] ! normalize-space(.)"/>
  </xsl:function>

</xsl:stylesheet>
