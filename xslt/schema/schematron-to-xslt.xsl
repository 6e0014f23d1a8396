<?xml version="1.0" encoding="UTF-8"?>
<!--
  In: a Schematron schema (ISO/IEC 19757-3, query binding xslt2 or xslt3; nothing from other files).
  Out: a stylesheet that turns a document into a report, one finding for each assertion that fails or report that
  succeeds: its rule, role, the path of the node, the sentence, its diagnostics, and the values within the sentence.

  A pattern of one rule visits the nodes of its context at once; in a pattern of several the first rule that fits a node
  hides the others, so these become templates in falling priority.
-->
<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:made="urn:despatch:made" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
                xmlns:schematron="urn:despatch:schematron" xmlns:fn="http://www.w3.org/2005/xpath-functions" version="3.0" expand-text="yes"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <xsl:namespace-alias stylesheet-prefix="made" result-prefix="xsl"/>
  <xsl:include href="schematron-expanded.xsl"/>

  <xsl:output indent="yes" encoding="UTF-8" suppress-indentation="made:sequence"/>

  <!-- The schema itself. -->
  <xsl:mode on-no-match="fail"/>
  <!-- A pattern becomes instructions that visit the nodes of its rules. -->
  <xsl:mode name="visits" on-no-match="fail"/>
  <!-- What is to be computed or tested at one node. -->
  <xsl:mode name="tests" on-no-match="fail"/>
  <!-- A sentence becomes instructions that write it; marks of emphasis and the like are passed through. -->
  <xsl:mode name="sentence" on-no-match="shallow-skip"/>

  <xsl:template match="/" as="document-node()">
    <xsl:variable name="expanded" as="document-node()">
      <xsl:document>
        <xsl:apply-templates select="sch:schema" mode="schematron:expanded"/>
      </xsl:document>
    </xsl:variable>
    <xsl:apply-templates select="$expanded/sch:schema"/>
  </xsl:template>

  <xsl:template match="sch:schema" as="document-node()">
    <xsl:document>
      <xsl:comment> Made from Schematron by xslt/schema/schematron-to-xslt.xsl. </xsl:comment>
      <made:stylesheet version="3.0" exclude-result-prefixes="#all">
        <xsl:for-each select="sch:ns">
          <xsl:namespace name="{@prefix}" select="@uri"/>
        </xsl:for-each>
        <made:output method="xml" indent="no" omit-xml-declaration="yes"/>
        <xsl:copy-of select="xsl:*"/>
        <xsl:apply-templates select="sch:let" mode="tests"/>
        <made:template match="/">
          <report>
            <xsl:apply-templates select="sch:pattern" mode="visits"/>
          </report>
        </made:template>
        <xsl:for-each select="sch:pattern[schematron:has-choice(.)]">
          <xsl:variable name="pattern" as="xs:string" select="schematron:name(.)"/>
          <made:mode name="{$pattern}" on-no-match="shallow-skip"/>
          <xsl:for-each select="sch:rule">
            <made:template match="{@context}" mode="{$pattern}" priority="{last() - position()}">
              <xsl:apply-templates select="../sch:let, *" mode="tests"/>
              <made:apply-templates select="@*, node()" mode="{$pattern}"/>
            </made:template>
          </xsl:for-each>
        </xsl:for-each>
      </made:stylesheet>
    </xsl:document>
  </xsl:template>

  <xsl:template match="sch:pattern" as="element(*)*" mode="visits">
    <xsl:choose>
      <xsl:when test="schematron:has-choice(.)">
        <made:apply-templates select="." mode="{schematron:name(.)}"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="sch:rule">
          <made:for-each select="{schematron:anywhere(@context)}">
            <xsl:apply-templates select="../sch:let, *" mode="tests"/>
          </made:for-each>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="sch:let" as="element(*)" mode="tests">
    <made:variable name="{@name}" select="{@value}"/>
  </xsl:template>

  <xsl:template match="sch:assert | sch:report" as="element(*)" mode="tests">
    <xsl:variable name="values" as="xs:string*" select="distinct-values(sch:value-of/@select)"/>
    <made:if test="{if (self::sch:assert) then 'not(' || @test || ')' else @test}">
      <finding rule="{(@id, ../@id, ../../@id)[1]}" role="{(@role, ../@role, 'error')[1]}" path="{{path(.)}}">
        <sentence>
          <xsl:apply-templates mode="sentence"/>
        </sentence>
        <xsl:for-each select="//sch:diagnostic[@id = tokenize(current()/@diagnostics)]">
          <diagnostic xml:lang="{ancestor-or-self::*[@xml:lang][1]/@xml:lang}">
            <xsl:apply-templates mode="sentence"/>
          </diagnostic>
        </xsl:for-each>
        <xsl:for-each select="$values">
          <value>
            <made:value-of select="{.}"/>
          </value>
        </xsl:for-each>
      </finding>
    </made:if>
  </xsl:template>

  <!-- Explanations of a rule and its quick-fixes test nothing. -->
  <xsl:template match="sch:p | sch:title | *[not(self::sch:*)] | comment() | processing-instruction()" mode="tests"/>

  <xsl:template match="sch:value-of" as="element(*)" mode="sentence">
    <made:value-of select="{@select}"/>
  </xsl:template>

  <xsl:template match="sch:name" as="element(*)" mode="sentence">
    <made:value-of select="{(@path, 'name()')[1]}"/>
  </xsl:template>

  <xsl:template match="text()" as="element(*)" mode="sentence">
    <made:text>{replace(., '\s+', ' ')}</made:text>
  </xsl:template>

  <!-- Whether several rules of a pattern contend for a node, or one begins at the root, where no node is searched. -->
  <xsl:function name="schematron:has-choice" as="xs:boolean">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:sequence select="count($pattern/sch:rule) gt 1 or starts-with(normalize-space($pattern/sch:rule[1]/@context), '/')"/>
  </xsl:function>

  <!--
    The nodes of a context anywhere in the document. Saxon goes down a path from the document once, but asks every node
    for what stands in parentheses: so where a context is one path or several (`a/b | c`), each begins at the document.
  -->
  <xsl:function name="schematron:anywhere" as="xs:string">
    <xsl:param name="context" as="xs:string"/>
    <xsl:variable name="paths" as="xs:string*" select="schematron:alternatives($context)"/>
    <xsl:sequence select="if (every $path in $paths satisfies schematron:is-path($path))
      then string-join($paths ! ('//' || replace(., '^\s+|\s+$', '')), ' | ') else '//(' || $context || ')'"/>
  </xsl:function>

  <!-- The parts of a context between the bars that stand in no bracket, string or comment. -->
  <xsl:function name="schematron:alternatives" as="xs:string*">
    <xsl:param name="context" as="xs:string"/>
    <xsl:for-each-group select="analyze-string($context, $schematron:marks)/*"
      group-starting-with="fn:match[. = '|'][schematron:is-outside(.)]">
      <xsl:sequence select="string-join(current-group()[not(self::fn:match = '|' and schematron:is-outside(.))])"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Whether a part of a context is one path below the document: outside brackets no operators, only names and steps. -->
  <xsl:function name="schematron:is-path" as="xs:boolean">
    <xsl:param name="part" as="xs:string"/>
    <xsl:variable name="outside" as="xs:string"
      select="string-join(analyze-string($part, $schematron:marks)/fn:non-match[schematron:is-outside(.)])"/>
    <xsl:sequence select="matches($part, '^\s*[^/\s]') and matches($outside, '^\s*[\w.:@$*/\-]*\s*$')
      and not(matches($outside, 'except|intersect|union'))"/>
  </xsl:function>

  <!-- Whether a part of an analysed expression stands in no bracket. -->
  <xsl:function name="schematron:is-outside" as="xs:boolean">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="before" as="element(fn:match)*" select="$part/preceding-sibling::fn:match"/>
    <xsl:sequence select="count($before[. = ('[', '(', '{')]) = count($before[. = (']', ')', '}')])"/>
  </xsl:function>

  <!-- Comments, strings, brackets and bars: what tells where an alternative of an XPath expression ends. -->
  <xsl:variable name="schematron:marks" as="xs:string" select="'\(:.*?:\)|&quot;[^&quot;]*&quot;|''[^'']*''|[\[\](){}|]'"/>

  <!-- The name of a pattern's mode. -->
  <xsl:function name="schematron:name" as="xs:string">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:sequence select="'pattern' || count($pattern/preceding-sibling::sch:pattern) + 1"/>
  </xsl:function>
</xsl:stylesheet>
