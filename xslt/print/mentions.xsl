<?xml version="1.0" encoding="UTF-8"?>
<!--
  Mentions: where a name stands, for the indexes. The mark has no width and says only who or what is meant; the page comes
  from the typesetter.

  In:  names that refer to the authorities.
  Out: Typst code, nothing to be seen.
  Included by text.xsl and facts.xsl, beside typst.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:typst="urn:despatch:typst"
  xmlns:corresp="urn:despatch:corresp"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The elements that name somebody or something. -->
  <xsl:variable name="typst:names" as="xs:string+"
    select="'persName', 'placeName', 'orgName', 'geogName', 'rs', 'name', 'country', 'settlement', 'region'"/>

  <!-- The entries of the authorities that references mean, `persons.xml#stalin`; other addresses are none. -->
  <xsl:function name="typst:keys" as="xs:string*">
    <xsl:param name="refs" as="attribute()*"/>
    <xsl:sequence select="distinct-values($refs ! tokenize(.) ! tokenize(., '/')[last()])[matches(., '^[^#]+\.xml#[^#]+$')]"/>
  </xsl:function>

  <!-- The mark that entries are named here, in the text or in a note at its foot. -->
  <xsl:function name="typst:mention" as="xs:string">
    <xsl:param name="refs" as="attribute()*"/>
    <xsl:param name="in-note" as="xs:boolean"/>
    <xsl:variable name="keys" as="xs:string*" select="typst:keys($refs)"/>
    <xsl:sequence select="
      if (exists($keys)) then '#mention(' || string(if ($in-note) then 'note: true, ' else '')
        || string-join($keys ! typst:string(.), ', ') || ');'
      else ''"/>
  </xsl:function>

  <!-- Who sent and who received the document's own message, and where: the head of the document names them. -->
  <xsl:function name="typst:correspondents" as="element()*">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="corresp:outer($tei)/correspAction/*[local-name() = $typst:names][@ref]"/>
  </xsl:function>

</xsl:stylesheet>
