<?xml version="1.0" encoding="UTF-8"?>
<!--
  What a Schematron schema stands for once its abbreviations are written out (ISO/IEC 19757-3:2020, sections 5.4 and 6.3).

  In:  a Schematron schema.
  Out: the same with the patterns of its default phase only, with no abstract rule or pattern: what they hold stands where
       a rule extends them, or a pattern is an instance of them, its parameters replaced.
  Included by schematron-to-xslt.xsl.
-->
<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                xmlns:schematron="urn:despatch:schematron"
                version="3.0" expand-text="yes" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all">

  <!-- A schema, its abbreviations written out; `parameters` are those of the instance of a pattern, by name. -->
  <xsl:mode name="schematron:expanded" on-no-match="shallow-copy"/>

  <xsl:template match="sch:pattern[@abstract = 'true'] | sch:rule[@abstract = 'true'] | sch:param"
    mode="schematron:expanded" priority="2"/>

  <xsl:template match="sch:pattern[@is-a]" as="element(sch:pattern)" mode="schematron:expanded" priority="1">
    <xsl:variable name="parameters" as="map(xs:string, xs:string)" 
      select="map:merge(sch:param ! map {string(@name): string(@value)})"/>
    <xsl:copy>
      <xsl:apply-templates select="@* except @is-a" mode="schematron:expanded"/>
      <xsl:apply-templates mode="schematron:expanded"
        select="schematron:referred(., //sch:pattern[@abstract = 'true'][@id = current()/@is-a], @is-a)/node()">
        <xsl:with-param name="parameters" select="$parameters" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="sch:extends" as="node()*" mode="schematron:expanded">
    <xsl:apply-templates mode="schematron:expanded"
      select="schematron:referred(., //sch:rule[@abstract = 'true'][@id = current()/@rule], @rule)/node()"/>
  </xsl:template>

  <!-- Of the phases only the default one counts: it names the patterns that are asked. -->
  <xsl:template match="sch:schema[not(@defaultPhase = '#ALL')]/sch:pattern" as="element(sch:pattern)?"
    mode="schematron:expanded" priority="1.5">
    <xsl:variable name="phase" as="attribute()?" select="../@defaultPhase"/>
    <xsl:if test="empty($phase) or @id = schematron:referred(., ../sch:phase[@id = $phase], $phase)/sch:active/@pattern">
      <xsl:next-match/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:pattern//@*" as="attribute()" mode="schematron:expanded">
    <xsl:param name="parameters" as="map(xs:string, xs:string)" select="map {}" tunnel="yes"/>
    <xsl:attribute name="{name()}" namespace="{namespace-uri()}" select="schematron:with-values(., $parameters)"/>
  </xsl:template>

  <!-- A text with the values of parameters in the place of their names, `$name`. -->
  <xsl:function name="schematron:with-values" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="parameters" as="map(xs:string, xs:string)"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:analyze-string select="$text" regex="\$([\w.\-]+)">
        <xsl:matching-substring>
          <xsl:sequence select="($parameters(regex-group(1)), .)[1]"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring>
          <xsl:sequence select="."/>
        </xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:sequence select="string-join($parts)"/>
  </xsl:function>

  <!-- The one that a name refers to; a name that refers to none, or to several, is an error. -->
  <xsl:function name="schematron:referred" as="element()">
    <xsl:param name="place" as="element()"/>
    <xsl:param name="found" as="element()*"/>
    <xsl:param name="name" as="attribute()?"/>
    <xsl:if test="count($found) ne 1">
      <xsl:sequence select="error(xs:QName('schematron:reference'),
        'nothing, or more than one, is called ' || name($name) || '=&quot;' || $name || '&quot; at ' || path($place))"/>
    </xsl:if>
    <xsl:sequence select="$found"/>
  </xsl:function>
</xsl:stylesheet>
