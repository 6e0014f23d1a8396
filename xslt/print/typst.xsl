<?xml version="1.0" encoding="UTF-8"?>
<!--
  Typst code: the one place where text becomes code.

  In:  strings and language tags.
  Out: string literals of Typst, in which a backslash and a quotation mark alone mean something else than themselves.
       Text never becomes Typst markup, so no character of a document can be taken for a command.
  Included by document.xsl and front.xsl. Source: Typst reference, "Syntax", Strings.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:typst="urn:despatch:typst"
  exclude-result-prefixes="#all">

  <!-- A text as a string literal. -->
  <xsl:function name="typst:string" as="xs:string" visibility="public">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="'&quot;' || replace($text, '([\\&quot;])', '\\$1') || '&quot;'"/>
  </xsl:function>

  <!-- A text as content of its own: a literal between spaces that may fold with their neighbours. White space becomes
       Typst's own space, which is dropped at the edges of a paragraph and never doubled; a no-break space stays unless
       it stands beside white space. -->
  <xsl:function name="typst:content" as="xs:string" visibility="public">
    <xsl:param name="text" as="xs:string"/>
    <xsl:variable name="folded" as="xs:string" select="replace($text, '&#xA0;*\s[\s&#xA0;]*', ' ')"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($folded)"/>
    <xsl:variable name="before" as="xs:string" select="if (matches($folded, '^\s')) then ' ' else ''"/>
    <xsl:variable name="after" as="xs:string" select="if (matches($folded, '\s$')) then ' ' else ''"/>
    <xsl:sequence select="
      if ($words eq '') then $before else $before || '#' || typst:string($words) || ';' || $after"/>
  </xsl:function>

  <!-- Strings as an array of Typst; also right for none and for one. -->
  <xsl:function name="typst:array" as="xs:string">
    <xsl:param name="texts" as="xs:string*"/>
    <xsl:sequence select="'(' || string-join($texts ! (typst:string(.) || ', ')) || ')'"/>
  </xsl:function>

  <!-- The language of a tag (BCP 47) as Typst knows it, for hyphenation, for the forms of Han and for those who hear the PDF:
       language and region. A script is a region to it: traditional Chinese is that of Taiwan where the tag names no other. -->
  <xsl:function name="typst:tongue" as="xs:string" visibility="public">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize(lower-case($tag), '-')"/>
    <xsl:variable name="language" as="xs:string" select="($parts[1][matches(., '^[a-z]{2,3}$')], 'und')[1]"/>
    <xsl:variable name="before-use" as="xs:string*" select="subsequence($parts, 1, (index-of($parts, 'x'), count($parts) + 1)[1] - 1)"/>
    <xsl:variable name="region" as="xs:string?" select="
      ($before-use[position() gt 1][matches(., '^[a-z]{2}$')] ! upper-case(.), 'TW'[$language eq 'zh' and $before-use = 'hant'])[1]"/>
    <xsl:sequence select="string-join(($language, $region), '-')"/>
  </xsl:function>

  <xsl:function name="typst:language" as="xs:string">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:sequence select="typst:string(typst:tongue($tag))"/>
  </xsl:function>

</xsl:stylesheet>
