<?xml version="1.0" encoding="UTF-8"?>
<!--
  A register: the entries of one authority file, each with its forms.

  In:  a file of tei/authorities/.
  Out: its page in one interface language.
  Includes the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:name="urn:despatch:name"
  xmlns:local="urn:despatch:web:registers"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="links.xsl"/>
  <xsl:include href="named.xsl"/>

  <!-- An authority file to its page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:variable name="titles" as="element(title)*" select="TEI/teiHeader/fileDesc/titleStmt/title"/>
    <xsl:variable name="title" as="xs:string" select="normalize-space(($titles[@xml:lang eq $lang], $titles)[1])"/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening"><h1>{$title}</h1></header>
        <dl class="entries">
          <xsl:for-each select="TEI/standOff//(person | place | org)[@xml:id]">
            <xsl:sort select="name:form(., $lang)"/>
            <div id="{@xml:id}">
              <dt>{name:form(., $lang)}</dt>
              <xsl:sequence select="web:entry-facts(.)"/>
            </div>
          </xsl:for-each>
        </dl>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
