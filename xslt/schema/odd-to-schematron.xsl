<?xml version="1.0" encoding="UTF-8"?>
<!--
  In: schemas/edition.odd. Out: its rules as ISO Schematron (ISO/IEC 19757-3:2020) with the query language of XSLT 3.0,
  for XML editors. Each rule is a pattern of its own, so that none hides another; the Russian sentence of an assertion is
  its diagnostic. Quick-fixes go with their rule (Schematron QuickFix, draft of March 2018, W3C community group "Quick-fix
  support for XML"); a rule that is no error has also the one that the ODD writes once for all: to leave the place as it
  is, with a reason. Run by pipeline/schema.py.
-->
<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
                xmlns:sqf="http://www.schematron-quickfix.com/validator/process"
                version="3.0" expand-text="yes" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all">
  <xsl:output indent="yes" encoding="UTF-8" suppress-indentation="sch:assert sch:report sch:diagnostic sqf:title"/>

  <!-- The document itself: what it holds is taken from it by name. -->
  <xsl:mode on-no-match="fail"/>
  <!-- Schematron as it stands in the ODD, without the namespaces of the ODD. -->
  <xsl:mode name="schematron" on-no-match="shallow-copy"/>

  <xsl:template match="/" as="document-node()">
    <xsl:variable name="constraints" as="element(constraintSpec)*" select="//constraintSpec[@scheme = 'schematron']"/>
    <xsl:document>
      <xsl:comment> Made from schemas/edition.odd by `python -m pipeline.schema`: change that file, not this one. </xsl:comment>
      <sch:schema queryBinding="xslt3" xml:lang="en">
        <xsl:namespace name="xsl" select="'http://www.w3.org/1999/XSL/Transform'"/>
        <xsl:namespace name="sqf" select="'http://www.schematron-quickfix.com/validator/process'"/>
        <sch:title>{//titleStmt/title[@xml:lang = 'en']}</sch:title>
        <sch:ns prefix="tei" uri="{//schemaSpec/@ns}"/>
        <sch:ns prefix="sqf" uri="http://www.schematron-quickfix.com/validator/process"/>
        <xsl:for-each select="$constraints">
          <sch:pattern id="{@ident}.pattern">
            <xsl:apply-templates select="constraint/sch:rule" mode="schematron"/>
          </sch:pattern>
        </xsl:for-each>
        <sch:diagnostics>
          <xsl:apply-templates select="$constraints/constraint/sch:diagnostics/sch:diagnostic" mode="schematron"/>
        </sch:diagnostics>
      </sch:schema>
    </xsl:document>
  </xsl:template>

  <xsl:template match="sch:* | sqf:*" as="element()" mode="schematron">
    <xsl:element name="{name()}" namespace="{namespace-uri()}">
      <xsl:apply-templates select="@*, node()" mode="schematron"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="xsl:*" as="element()" mode="schematron">
    <xsl:copy copy-namespaces="no">
      <xsl:apply-templates select="@*, node()" mode="schematron"/>
    </xsl:copy>
  </xsl:template>

  <!-- A rule that may fail for a good reason has the quick-fix that excepts a place, after its own. -->
  <xsl:template match="sch:rule[not(*/@role = 'error')]" as="element(sch:rule)" mode="schematron">
    <sch:rule>
      <xsl:apply-templates select="@*, *" mode="schematron"/>
      <xsl:apply-templates select="//sqf:fix[@id = 'except']" mode="schematron">
        <xsl:with-param name="rule" select="(sch:assert | sch:report)/@id" tunnel="yes"/>
      </xsl:apply-templates>
    </sch:rule>
  </xsl:template>

  <xsl:template match="sch:rule[not(*/@role = 'error')]/(sch:assert | sch:report)" as="element()" mode="schematron">
    <xsl:element name="{name()}" namespace="{namespace-uri()}">
      <xsl:apply-templates select="@* except @sqf:fix" mode="schematron"/>
      <xsl:attribute name="sqf:fix" select="@sqf:fix, @id || '.except'"/>
      <xsl:apply-templates select="node()" mode="schematron"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="sqf:fix[@id = 'except']" as="element(sqf:fix)" mode="schematron">
    <xsl:param name="rule" as="attribute()" tunnel="yes"/>
    <sqf:fix id="{$rule}.except">
      <xsl:apply-templates select="@* except @id, sqf:description" mode="schematron"/>
      <sch:let name="rule" value="'{$rule}'"/>
      <xsl:apply-templates select="* except sqf:description" mode="schematron"/>
    </sqf:fix>
  </xsl:template>
</xsl:stylesheet>
