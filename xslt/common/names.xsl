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
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:name="urn:despatch:name"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:name:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The files of tei/authorities/, read once by the program and handed to every document. -->
  <xsl:param name="authorities" as="document-node()*" select="()"/>

  <xsl:key name="name:entries" match="person | place | org" use="@xml:id"/>

  <!-- The same by file name, as references name them. -->
  <xsl:variable name="name:files" as="map(xs:string, document-node())"
    select="map:merge($authorities ! map:entry(tokenize(base-uri(.), '/')[last()], .))"/>

  <!-- The entry that a reference such as authorities/persons.xml#stalin means; the first, where it lists several. -->
  <xsl:function name="name:entry" as="element()?" visibility="public">
    <xsl:param name="ref" as="xs:string?"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize(tokenize($ref)[1], '#')"/>
    <xsl:variable name="file" as="document-node()?" select="$parts[2] ! $name:files(tokenize($parts[1], '/')[last()])"/>
    <xsl:sequence select="$file ! key('name:entries', $parts[2], .)"/>
  </xsl:function>

  <!-- The form that an entry uses in a language: its main one, else any in this language, else the first. -->
  <xsl:function name="name:form" as="xs:string?" visibility="public">
    <xsl:param name="entry" as="element()?"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="
      if ($lang eq 'mul' and exists($entry)) then label:in-all($label:languages ! string(local:form($entry, .)))
      else local:form($entry, $lang)"/>
  </xsl:function>

  <!-- The same in one language. -->
  <xsl:function name="local:form" as="xs:string?">
    <xsl:param name="entry" as="element()?"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="forms" as="element()*" select="$entry/(persName | placeName | orgName)"/>
    <xsl:variable name="plain" as="element()*" select="$forms[not(@type) or @type eq 'main']"/>
    <xsl:sequence select="
      ($plain[@xml:lang eq $lang], $forms[@xml:lang eq $lang][@type eq 'spelling'], $plain, $forms)[1]
      ! normalize-space(.)"/>
  </xsl:function>

  <!-- What a form of an entry's name is sorted by: a person's surname, where the form marks it, before the whole. -->
  <xsl:function name="name:filed-as" as="xs:string" visibility="public">
    <xsl:param name="entry" as="element()"/>
    <xsl:param name="form" as="xs:string"/>
    <xsl:variable name="surname" as="xs:string*" select="$entry/persName[normalize-space() eq $form][1]/surname ! normalize-space(.)"/>
    <xsl:sequence select="string-join(($surname, $form), ' ')"/>
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
