<?xml version="1.0" encoding="UTF-8"?>
<!--
  Offices: what somebody was, in the words of one language.

  In:  a person, place or org of the authorities: prose (occupation, desc), or an office with its title in several
       languages (roleName), its place and its time.
  Out: those that say it in the language asked for, else in the one that there is; each as a string, with its language.
  Included by the pages of entries (xslt/web) and the list of persons (xslt/print), beside names.xsl and dating.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:office="urn:despatch:office"
  xmlns:name="urn:despatch:name"
  xmlns:dating="urn:despatch:dating"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The offices to show: prose in the language, else titles in it, else prose in another language, which then says so. -->
  <xsl:function name="office:of" as="element()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:param name="reading" as="xs:string"/>
    <xsl:variable name="prose" as="element()*" select="$entry/(occupation[not(roleName)] | desc)"/>
    <xsl:variable name="titled" as="element()*" select="$entry/occupation[roleName]"/>
    <xsl:variable name="own" as="element()*" select="$prose[@xml:lang eq $reading]"/>
    <xsl:variable name="own-titles" as="element()*" select="$titled[roleName/@xml:lang = $reading]"/>
    <xsl:sequence select="
      if ($own) then $own else if ($own-titles) then $own-titles
      else if ($prose) then $prose[string(@xml:lang) eq string($prose[1]/@xml:lang)] else $titled"/>
  </xsl:function>

  <!-- The words of an office: as it stands, or its title, place and time. -->
  <xsl:function name="office:text" as="xs:string">
    <xsl:param name="office" as="element()"/>
    <xsl:param name="reading" as="xs:string"/>
    <xsl:variable name="titles" as="element(roleName)*" select="$office/roleName"/>
    <xsl:variable name="place" as="xs:string*" select="
      $office/placeName ! (name:form(name:entry(@ref), $reading), normalize-space(.))[1]"/>
    <xsl:variable name="time" as="xs:string" select="dating:of($office, $reading)"/>
    <xsl:sequence select="
      if ($titles) then
        string-join((normalize-space(($titles[@xml:lang eq $reading], $titles)[1]), $place), ', ') || $time[. ne ''] ! (' (' || . || ')')
      else normalize-space($office)"/>
  </xsl:function>

  <!-- The language that these words are in. -->
  <xsl:function name="office:language" as="xs:string">
    <xsl:param name="office" as="element()"/>
    <xsl:param name="reading" as="xs:string"/>
    <xsl:variable name="titles" as="element(roleName)*" select="$office/roleName"/>
    <xsl:sequence select="string((($titles[@xml:lang eq $reading], $titles)[1]/@xml:lang, $office/@xml:lang, $reading)[1])"/>
  </xsl:function>

</xsl:stylesheet>
