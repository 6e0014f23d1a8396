<?xml version="1.0" encoding="UTF-8"?>
<!--
  The reading text: a word that runs across two sheets is whole, and what the sheets carry at head and foot is gone.

  In:  a TEI document.
  Out: the same without page furniture (fw), except stamps; the hyphen of a word divided by a sheet break and the white
       space about it are gone, the break itself stays; a break between two blocks stands in the second one.
  Included by document.xsl; a pass of its own, before anything is set. The rule is the edition's: the printed volume
  gives the reading text, the files and the site keep the diplomatic one.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:typst="urn:despatch:typst"
  xmlns:local="urn:despatch:typst:reading:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Everything is copied but what the templates below take away or move. -->
  <xsl:mode name="typst:reading" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <!-- Furniture of the sheets; a stamp was put there by somebody and is text. -->
  <xsl:template match="fw[not(@type = 'stamp')]" mode="typst:reading"/>

  <xsl:template match="comment() | processing-instruction()" mode="typst:reading"/>

  <!-- The hyphen of a word divided by a sheet break. -->
  <xsl:template match="pc[@force = 'weak'][local:after(.)/self::pb/@break = 'no']" mode="typst:reading"/>

  <xsl:template match="text()[local:after(.)/self::pb/@break = 'no' or local:before(.)/self::pb/@break = 'no']"
    mode="typst:reading">
    <xsl:variable name="start" as="xs:string"
      select="if (local:before(.)/self::pb/@break = 'no') then replace(., '^\s+', '') else string(.)"/>
    <xsl:value-of select="
      if (local:after(.)/self::pb/@break = 'no') then replace($start, '\s+$', '') else $start"/>
  </xsl:template>

  <!-- A sheet break before a block begins that block. -->
  <xsl:template match="pb[local:after(.)[self::p or self::opener or self::closer or self::ab]]"
    mode="typst:reading"/>

  <xsl:template match="(p | opener | closer | ab)[local:before(.)/self::pb]" mode="typst:reading">
    <xsl:copy>
      <xsl:copy-of select="@*, local:before(.)"/>
      <xsl:text> </xsl:text>
      <xsl:apply-templates mode="typst:reading"/>
    </xsl:copy>
  </xsl:template>

  <!-- The next node that is text of the document or a sheet break: furniture, a weak hyphen and blanks are passed. -->
  <xsl:function name="local:after" as="node()?">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node/following-sibling::node()[not(local:is-passed(.))][1]"/>
  </xsl:function>

  <!-- The node before, counted in the same way. -->
  <xsl:function name="local:before" as="node()?">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node/preceding-sibling::node()[not(local:is-passed(.))][1]"/>
  </xsl:function>

  <xsl:function name="local:is-passed" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="
      exists($node/(self::fw[not(@type = 'stamp')] | self::pc[@force = 'weak'] | self::comment()
        | self::processing-instruction() | self::text()[not(normalize-space())]))"/>
  </xsl:function>

</xsl:stylesheet>
