<?xml version="1.0" encoding="UTF-8"?>
<!--
  Passages: what every rendered element has in common, its address and its language.

  In:  any element of the text.
  Out: HTML attributes and links.
  Included by text.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:passages"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- An element's id and language and these classes. -->
  <xsl:function name="web:attributes" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="classes" as="xs:string*"/>
    <xsl:for-each select="$element/@xml:id"><xsl:attribute name="id" select="."/></xsl:for-each>
    <xsl:sequence select="$element/@xml:lang ! web:lang(.)"/>
    <xsl:if test="exists($classes)"><xsl:attribute name="class" select="$classes"/></xsl:if>
  </xsl:function>

  <!-- The same for a passage that may be shown alone: it always says its language. -->
  <xsl:function name="web:passage" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="classes" as="xs:string*"/>
    <xsl:sequence select="web:attributes($element, $classes)"/>
    <xsl:sequence select="$element/ancestor-or-self::*[@xml:lang][1]/@xml:lang ! web:lang(.)"/>
  </xsl:function>

  <!-- What a link to a passage is called, and in which language. -->
  <xsl:variable name="local:permalink" as="xs:string" select="label:text('permalink', $lang)"/>
  <xsl:variable name="local:tag" as="xs:string" select="label:text('tag', $lang)"/>

  <!-- A link to a passage: by its own id, else by that of the first sentence in it. -->
  <xsl:function name="web:permalink" as="element(Q{}a)?">
    <xsl:param name="passage" as="element()"/>
    <xsl:for-each select="($passage/@xml:id, ($passage//s/@xml:id)[1])[1]">
      <a class="permalink" href="#{.}" title="{$local:permalink}" aria-label="{$local:permalink}" lang="{$local:tag}">¶</a>
    </xsl:for-each>
  </xsl:function>

  <!-- A hint that says in words what a value of an attribute means, for those who point at the element. -->
  <xsl:function name="web:hint" as="attribute(title)?">
    <xsl:param name="domain" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:if test="$value"><xsl:attribute name="title" select="label:of-value($domain, $value, $lang)"/></xsl:if>
  </xsl:function>

  <!-- Whether an element holds what HTML counts as blocks. -->
  <xsl:function name="web:holds-blocks" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element//*[self::p or self::ab or self::list or self::table
      or self::floatingText or self::address or self::lg])"/>
  </xsl:function>

  <!-- Where a pointer from a file of the edition leads on the site; nothing where it leads to no page. -->
  <xsl:function name="web:target" as="xs:string?">
    <xsl:param name="pointer" as="attribute()?"/>
    <xsl:variable name="first" as="xs:string" select="string(tokenize($pointer)[1])"/>
    <xsl:variable name="fragment" as="xs:string?" select="substring-after($first, '#')[. ne ''] ! ('#' || .)"/>
    <xsl:variable name="ids" as="attribute()*" select="$pointer/ancestor::TEI[1]//@xml:id"/>
    <xsl:sequence select="
      if (web:is-address($first)) then $first
      else if (starts-with($first, '#')) then $first[substring(., 2) = $ids]
      else if (matches($first, '^(\./)?[\w.-]+\.xml(#.*)?$') and not(matches($first, '^(\./)?corpus\.xml'))) then
        web:address(replace($first, '^(\./)?([\w.-]+)\.xml.*$', '$2'), $lang) || $fragment
      else ()"/>
  </xsl:function>

</xsl:stylesheet>
