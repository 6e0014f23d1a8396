<?xml version="1.0" encoding="UTF-8"?>
<!--
  In: schemas/edition.odd. Out: its rules as ISO Schematron (ISO/IEC 19757-3:2020) with the query language of XSLT 3.0,
  for XML editors. Each rule is a pattern of its own, so that none hides another; the Russian sentence of an assertion is
  its diagnostic. Run by pipeline/schema.py.
-->
<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
                version="3.0" expand-text="yes" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all">
  <xsl:output indent="yes" encoding="UTF-8" suppress-indentation="sch:assert sch:report sch:diagnostic"/>

  <!-- The document itself: what it holds is taken from it by name. -->
  <xsl:mode on-no-match="fail"/>
  <!-- Schematron as it stands in the ODD, without the namespaces of the ODD. -->
  <xsl:mode name="schematron" on-no-match="shallow-copy"/>

  <xsl:template match="/" as="document-node()">
    <xsl:variable name="constraints" as="element(constraintSpec)*" select="//constraintSpec[@scheme = 'schematron']"/>
    <xsl:document>
      <xsl:comment> Made from schemas/edition.odd by `python -m pipeline.schema`: change that file, not this one. </xsl:comment>
      <sch:schema queryBinding="xslt3" xml:lang="en">
        <sch:title>{//titleStmt/title[@xml:lang = 'en']}</sch:title>
        <sch:ns prefix="tei" uri="{//schemaSpec/@ns}"/>
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

  <xsl:template match="sch:*" as="element()" mode="schematron">
    <xsl:element name="{name()}" namespace="{namespace-uri()}">
      <xsl:apply-templates select="@*, node()" mode="schematron"/>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
