<?xml version="1.0" encoding="UTF-8"?>
<!--
  Links from a name to its entry in the registers of persons, places and organisations.

  In:  a reference such as authorities/persons.xml#stalin.
  Out: its address on the site, persons.stalin.html: a register's page is called after its kind, not its file.
  Included by text.xsl, and by what names somebody outside the text.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:name="urn:despatch:name"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The page of what a reference means; nothing for what has no entry. -->
  <xsl:function name="web:register-address" as="xs:string?">
    <xsl:param name="ref" as="xs:string?"/>
    <xsl:sequence select="name:entry($ref) ! web:entry-address(.)"/>
  </xsl:function>

  <!-- The page of an entry: its lasting address, whatever the length of the register. -->
  <xsl:function name="web:entry-address" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="web:address(web:register($entry) || '.' || $entry/@xml:id, $lang)"/>
  </xsl:function>

  <!-- The name of the page on which the register of an entry stands. -->
  <xsl:function name="web:register" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="if ($entry/self::person) then 'persons' else if ($entry/self::org) then 'organisations' else 'places'"/>
  </xsl:function>

  <!-- The place on a document's own page where it is said who or what an entry is. -->
  <xsl:function name="web:entry-id" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="'page-' || web:register($entry) || '-' || $entry/@xml:id"/>
  </xsl:function>

  <!-- A name outside the text: as the register calls it, with a link there, or as it is written. -->
  <xsl:function name="web:name-link" as="item()">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="address" as="xs:string?" select="web:register-address($name/@ref)"/>
    <xsl:choose>
      <xsl:when test="exists($address)">
        <a class="name" href="{$address}">{name:of($name, $lang)}</a>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="name:of($name, $lang)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
