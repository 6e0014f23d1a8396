<?xml version="1.0" encoding="UTF-8"?>
<!--
  Labels: the words for readers, in every interface language.

  In:  the key of a label and an interface language (labels.xml), or `mul` (ISO 639-2: multiple languages).
  Out: strings. For `mul` a string that differs by language is all of them between marks, the languages in alphabetical
       order, so that a text can be rendered once for all of them. The marks are noncharacters, which Unicode keeps for
       the inner use of programs (The Unicode Standard, section 23.7); website.py picks one language out.
  Included by every stylesheet that shows words of ours.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:label="urn:despatch:label"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The interface languages, in the order in which their words stand for `mul`. -->
  <xsl:variable name="label:languages" static="yes" as="xs:string+"
    select="sort(distinct-values(doc('labels.xml')/*/*/(@* except @key)/local-name()))"/>

  <!-- Every label, by key and language. Static: read once, when the stylesheet is compiled. -->
  <xsl:variable name="label:all" static="yes" as="map(xs:string, map(xs:string, xs:string))" select="
    map:merge(doc('labels.xml')/*/*/(
      let $label := . return map:entry(string(@key), map:merge((
        (@* except @key) ! map:entry(local-name(), string()),
        map:entry('mul', '&#xFDD0;' || string-join(for $tag in $label:languages return string($label/@*[name() eq $tag]), '&#xFDD1;') || '&#xFDD2;'))))))"/>

  <!-- The words of each interface language, in the order of $label:languages, as one string for `mul`. -->
  <xsl:function name="label:in-all" as="xs:string" visibility="public">
    <xsl:param name="words" as="xs:string+"/>
    <xsl:sequence select="
      if (count(distinct-values($words)) eq 1) then $words[1]
      else '&#xFDD0;' || string-join($words, '&#xFDD1;') || '&#xFDD2;'"/>
  </xsl:function>

  <!-- Whether there is a label of this key. -->
  <xsl:function name="label:has" as="xs:boolean" visibility="public">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="map:contains($label:all, $key)"/>
  </xsl:function>

  <!-- A label's words; a key or a language that labels.xml lacks is a mistake of the stylesheet and stops it. -->
  <xsl:function name="label:text" as="xs:string" visibility="public">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="
      ($label:all($key)($lang),
       error(xs:QName('label:missing'), 'labels.xml has no label ' || $key || ' in the language ' || $lang))[1]"/>
  </xsl:function>

  <!-- A label's words with a value in the place of {}. -->
  <xsl:function name="label:with" as="xs:string" visibility="public">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize(label:text($key, $lang), '\{\}')"/>
    <xsl:sequence select="string-join($parts, $value)"/>
  </xsl:function>

  <!-- The words for a value from a TEI attribute; a value that labels.xml does not know stands for itself. -->
  <xsl:function name="label:of-value" as="xs:string" visibility="public">
    <xsl:param name="attribute" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="key" as="xs:string" select="$attribute || '.' || $value"/>
    <xsl:sequence select="if (label:has($key)) then label:text($key, $lang) else $value"/>
  </xsl:function>

  <!-- The name of a language: by its whole tag, else by its first part, else the tag itself. -->
  <xsl:function name="label:language" as="xs:string" visibility="public">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="key" as="xs:string?"
      select="('language.' || $tag, 'language.' || tokenize($tag, '-')[1])[label:has(.)][1]"/>
    <xsl:sequence select="if (exists($key)) then label:text($key, $lang) else $tag"/>
  </xsl:function>

  <!-- What an interface language calls itself. -->
  <xsl:function name="label:own-name" as="xs:string" visibility="public">
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="label:text('own-name', $lang)"/>
  </xsl:function>

</xsl:stylesheet>
