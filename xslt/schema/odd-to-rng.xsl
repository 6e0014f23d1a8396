<?xml version="1.0" encoding="UTF-8"?>
<!--
  In: schemas/edition.odd, whose element specifications are complete (mode="replace"). Out: the schema in RELAX NG.
  Run by pipeline/schema.py. Written so that libxml2 compiles it fast and right: no notAllowed, no empty, no choice or
  group of one. What an element, attribute or value is for goes into annotations, which editors show while one types.
-->
<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:odd="urn:despatch:odd" xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"
                xmlns="http://relaxng.org/ns/structure/1.0" version="3.0" expand-text="yes"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <xsl:output indent="yes" encoding="UTF-8"/>

  <xsl:key name="member" match="elementSpec | classSpec" use="classes/memberOf/@key"/>

  <!-- The document itself, not a part of it, is what a run begins with. -->
  <xsl:mode on-no-match="fail"/>
  <!-- A specification becomes a definition of the same name. -->
  <xsl:mode name="definition" on-no-match="fail" on-multiple-match="fail"/>
  <!-- A content model becomes a pattern. -->
  <xsl:mode name="pattern" on-no-match="fail" on-multiple-match="fail"/>
  <!-- The explanation of something, in each language. -->
  <xsl:mode name="explanation" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="/" as="document-node()">
    <xsl:document>
      <xsl:comment> Made from schemas/edition.odd by `python -m pipeline.schema`: change that file, not this one. </xsl:comment>
      <grammar ns="{//schemaSpec/@ns}" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
        <xsl:namespace name="a" select="'http://relaxng.org/ns/compatibility/annotations/1.0'"/>
        <start>
          <ref name="{//schemaSpec/@start}"/>
        </start>
        <xsl:apply-templates select="//dataSpec, //classSpec, //macroSpec, //elementSpec" mode="definition"/>
      </grammar>
    </xsl:document>
  </xsl:template>

  <xsl:template match="dataSpec | macroSpec" as="element(*)" mode="definition">
    <define name="{@ident}">
      <xsl:apply-templates select="content/*" mode="pattern"/>
    </define>
  </xsl:template>

  <xsl:template match="classSpec[@type = 'model']" as="element(*)" mode="definition">
    <xsl:variable name="members" as="element()+" select="key('member', @ident)"/>
    <xsl:variable name="references" as="element()+">
      <xsl:for-each select="$members">
        <ref name="{@ident}"/>
      </xsl:for-each>
    </xsl:variable>
    <define name="{@ident}">
      <xsl:sequence select="odd:one-of($references)"/>
    </define>
  </xsl:template>

  <xsl:template match="classSpec[@type = 'atts']" as="element(*)" mode="definition">
    <define name="{@ident}">
      <xsl:apply-templates select="classes/memberOf, attList/attDef" mode="pattern"/>
    </define>
  </xsl:template>

  <xsl:template match="elementSpec" as="element(*)" mode="definition">
    <define name="{@ident}">
      <element name="{@ident}">
        <xsl:apply-templates select="desc" mode="explanation"/>
        <xsl:apply-templates select="classes/memberOf, attList/attDef, content/*" mode="pattern"/>
      </element>
    </define>
  </xsl:template>

  <!-- Membership in a class of elements says where the element may stand, which that class's definition knows. -->
  <xsl:template match="memberOf" as="element(*)?" mode="pattern">
    <xsl:if test="starts-with(@key, 'att.')">
      <ref name="{@key}"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="attDef" as="element(*)" mode="pattern">
    <xsl:variable name="attribute" as="element(*)">
      <attribute name="{@ident}">
        <xsl:apply-templates select="desc" mode="explanation"/>
        <xsl:apply-templates select="datatype" mode="pattern"/>
      </attribute>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="@usage = 'req'">
        <xsl:sequence select="$attribute"/>
      </xsl:when>
      <xsl:otherwise>
        <optional>
          <xsl:sequence select="$attribute"/>
        </optional>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="datatype" as="element(*)" mode="pattern">
    <xsl:variable name="value" as="element()">
      <xsl:apply-templates select="(../valList, dataRef)[1]" mode="pattern"/>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="@maxOccurs">
        <list>
          <xsl:sequence select="odd:repeated($value, xs:integer((@minOccurs, 1)[1]))"/>
        </list>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$value"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="valList[@type = 'closed']" as="element(*)" mode="pattern">
    <xsl:variable name="values" as="element()+">
      <xsl:for-each select="valItem">
        <value>{@ident}</value>
        <xsl:apply-templates select="desc" mode="explanation"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="if (count(valItem) = 1) then $values[1] else odd:one-of($values)"/>
  </xsl:template>

  <xsl:template match="dataRef[@key]" as="element(*)" mode="pattern">
    <ref name="{@key}"/>
  </xsl:template>

  <xsl:template match="dataRef[@name]" as="element(*)" mode="pattern">
    <data type="{@name}">
      <xsl:if test="@restriction">
        <param name="pattern">{@restriction}</param>
      </xsl:if>
    </data>
  </xsl:template>

  <xsl:template match="content/empty" mode="pattern"/>

  <xsl:template match="textNode" as="element(*)" mode="pattern">
    <text/>
  </xsl:template>

  <xsl:template match="elementRef | classRef | macroRef" as="element(*)" mode="pattern">
    <ref name="{@key}"/>
  </xsl:template>

  <xsl:template match="alternate" as="element(*)" mode="pattern">
    <xsl:variable name="choices" as="element()+">
      <xsl:apply-templates select="*" mode="pattern"/>
    </xsl:variable>
    <xsl:sequence select="odd:one-of($choices)"/>
  </xsl:template>

  <!-- Where a sequence already stands in an element of its own, it needs no group. -->
  <xsl:template match="sequence" as="element()+" mode="pattern">
    <xsl:variable name="parts" as="element()+">
      <xsl:apply-templates select="*" mode="pattern"/>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="parent::content or @minOccurs or @maxOccurs or count($parts) = 1">
        <xsl:sequence select="$parts"/>
      </xsl:when>
      <xsl:otherwise>
        <group>
          <xsl:sequence select="$parts"/>
        </group>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="content//*[@minOccurs or @maxOccurs]" as="element(*)" mode="pattern" priority="1">
    <xsl:variable name="wrapper" as="xs:string?"
                  select="map {'0 1': 'optional', '0 unbounded': 'zeroOrMore', '1 unbounded': 'oneOrMore'}
                          ((@minOccurs, '1')[1] || ' ' || (@maxOccurs, '1')[1])"/>
    <xsl:if test="empty($wrapper)">
      <xsl:sequence select="error(xs:QName('odd:occurrence'), 'an occurrence that is not supported at ' || path(.))"/>
    </xsl:if>
    <xsl:element name="{$wrapper}">
      <xsl:next-match/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="desc" as="element(a:documentation)" mode="explanation">
    <a:documentation xml:lang="{@xml:lang}">{normalize-space(.)}</a:documentation>
  </xsl:template>

  <!-- A choice, or the one thing there is. -->
  <xsl:function name="odd:one-of" as="element()">
    <xsl:param name="patterns" as="element()+"/>
    <xsl:choose>
      <xsl:when test="count($patterns) = 1">
        <xsl:sequence select="$patterns"/>
      </xsl:when>
      <xsl:otherwise>
        <choice>
          <xsl:sequence select="$patterns"/>
        </choice>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A value so many times or more. -->
  <xsl:function name="odd:repeated" as="element()+">
    <xsl:param name="value" as="element()"/>
    <xsl:param name="least" as="xs:integer"/>
    <xsl:for-each select="2 to $least">
      <xsl:sequence select="$value"/>
    </xsl:for-each>
    <xsl:element name="{if ($least = 0) then 'zeroOrMore' else 'oneOrMore'}">
      <xsl:sequence select="$value"/>
    </xsl:element>
  </xsl:function>
</xsl:stylesheet>
