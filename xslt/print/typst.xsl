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

  <!-- The language of a tag (BCP 47) as Typst knows it, for hyphenation and for readers of the PDF: its first part. -->
  <xsl:function name="typst:language" as="xs:string">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:variable name="primary" as="xs:string" select="lower-case(tokenize($tag, '-')[1])"/>
    <xsl:sequence select="typst:string(if (matches($primary, '^[a-z]{2,3}$')) then $primary else 'und')"/>
  </xsl:function>

</xsl:stylesheet>
