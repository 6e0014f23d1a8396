<?xml version="1.0" encoding="UTF-8"?>
<!--
  About a document: what its own PDF says of it beside what the volume says.

  In:  the TEI element of a document; tei/corpus.xml, the authority files, and the name of the document's file.
  Out: definitions of Typst: title, senders, keywords, how it is cited.
  Included by document.xsl, beside metadata.xsl and citation.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:typst="urn:despatch:typst"
  xmlns:cite="urn:despatch:cite"
  xmlns:meta="urn:despatch:meta"
  xmlns:name="urn:despatch:name"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:typst:about:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- tei/corpus.xml, as a document or none. -->
  <xsl:param name="corpus" as="document-node()*" select="()"/>

  <!-- The name of the document's file, which is its address. -->
  <xsl:param name="file" as="xs:string" select="''"/>

  <xsl:template name="typst:about" as="text()*">
    <xsl:variable name="style" as="xs:string" select="if ($interface eq 'ru') then 'gost' else 'chicago'"/>
    <xsl:variable name="record" as="map(xs:string, item()*)" select="
      cite:record(., $file, ($corpus/TEI/teiHeader, teiHeader)[1], if ($style eq 'gost') then 'ru' else 'en')"/>
    <xsl:text>#let title = {typst:string(meta:title(., $interface))}&#10;</xsl:text>
    <xsl:text>#let date = {typst:string(meta:date-text(., $interface))}&#10;</xsl:text>
    <xsl:text>#let authors = {typst:array($record?authors?*?whole)}&#10;</xsl:text>
    <xsl:text>#let keywords = {typst:array(local:keywords(.))}&#10;</xsl:text>
    <xsl:text>#let cite = {typst:string(label:text('cite', $interface))}&#10;</xsl:text>
    <xsl:text>#let citation = {typst:array(cite:sentence($record, $style))}&#10;</xsl:text>
  </xsl:template>

  <!-- Of what kind the document is, and whom and what it names, as the registers call them. -->
  <xsl:function name="local:keywords" as="xs:string*">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="names" as="element()*" select="$tei/(teiHeader/profileDesc | text)//(persName | orgName | placeName)[@ref]"/>
    <xsl:sequence select="distinct-values((
      meta:document-type($tei, $interface), $names ! name:form(name:entry(@ref), $interface)))[. ne '']"/>
  </xsl:function>

</xsl:stylesheet>
