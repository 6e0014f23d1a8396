<?xml version="1.0" encoding="UTF-8"?>
<!--
  Names: what a person, place or organisation is called outside the running text.

  In:  persName, placeName, orgName, rs; the edition's authority files as a parameter, if there are any.
  Out: strings. A name resolved to an authority entry is called as the entry says, any other as the capture has it.
  Included by every stylesheet that lists names.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:name="urn:despatch:name"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The files of tei/authorities/, read once by the program and handed to every document. -->
  <xsl:param name="authorities" as="document-node()*" select="()"/>

  <xsl:key name="name:entries" match="person | place | org" use="@xml:id"/>

  <!-- The entry that a reference such as authorities/persons.xml#stalin means; the first, where it lists several. -->
  <xsl:function name="name:entry" as="element()?" visibility="public">
    <xsl:param name="ref" as="xs:string?"/>
    <xsl:variable name="first" as="xs:string" select="string(tokenize($ref)[1])"/>
    <xsl:variable name="file" as="xs:string" select="string(tokenize(substring-before($first, '#'), '/')[last()])"/>
    <xsl:sequence select="
      $authorities[ends-with(base-uri(.), '/' || $file)] ! key('name:entries', substring-after($first, '#'), .)"/>
  </xsl:function>

  <!-- The form that an entry uses in a language: its main one, else any in this language, else the first. -->
  <xsl:function name="name:form" as="xs:string?" visibility="public">
    <xsl:param name="entry" as="element()?"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="forms" as="element()*" select="$entry/(persName | placeName | orgName)"/>
    <xsl:variable name="plain" as="element()*" select="$forms[not(@type) or @type eq 'main']"/>
    <xsl:sequence select="
      ($plain[@xml:lang eq $lang], $forms[@xml:lang eq $lang][@type eq 'spelling'], $plain, $forms)[1]
      ! normalize-space(.)"/>
  </xsl:function>

  <!-- What somebody or something is called: by the entry, else as written, else by the entry's id. -->
  <xsl:function name="name:of" as="xs:string" visibility="public">
    <xsl:param name="name" as="element()"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="written" as="xs:string" select="name:as-written($name)"/>
    <xsl:sequence select="
      (name:form(name:entry($name/@ref), $lang), $written[. ne ''], substring-after($name/@ref, '#'))[1]"/>
  </xsl:function>

  <!-- A name as the capture has it, an apparent error corrected, page furniture left out. -->
  <xsl:function name="name:as-written" as="xs:string" visibility="public">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="parts" as="text()*"
      select="$name//text() except $name//(fw | note | choice/sic | choice/orig | choice/expan)//text()"/>
    <xsl:sequence select="normalize-space(string-join($parts))"/>
  </xsl:function>

</xsl:stylesheet>
