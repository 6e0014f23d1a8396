<?xml version="1.0" encoding="UTF-8"?>
<!--
  Preview: the page of one document in one transform, for an editor's program (see schemas/oxygen/edition.xpr).

  In:  a document in `tei/`; beside it corpus.xml and the authorities, as far as they are there; as $lang the interface
       language.
  Out: its page as document.xsl and content.xsl make it, except what needs the other documents: the way to its neighbours
       and what answers it. Style sheet and scripts are taken from beside this stylesheet, links lead into the site in
       `build/`, where that was built.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:local="urn:despatch:web:preview:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:output method="html" html-version="5.0" encoding="UTF-8" indent="no" include-content-type="no"/>

  <xsl:param name="lang" as="xs:string" select="'en'"/>

  <!-- Attributes that hold an address. -->
  <xsl:variable name="local:addresses" as="xs:string+" select="'href', 'src', 'action'"/>

  <xsl:variable name="local:tei" as="document-node()" select="/"/>

  <!-- The lists beside the document; a folder that is not there has none. -->
  <xsl:variable name="local:authorities" as="document-node()*">
    <xsl:try select="collection(resolve-uri('authorities?select=*.xml', base-uri($local:tei)))">
      <xsl:catch select="()"/>
    </xsl:try>
  </xsl:variable>

  <xsl:variable name="local:parameters" as="map(xs:QName, item()*)" select="map {
    QName('', 'page'): replace(base-uri($local:tei), '^.*/|\.xml$', ''),
    QName('', 'lang'): $lang,
    QName('', 'languages'): $lang,
    QName('', 'corpus'): doc(resolve-uri('corpus.xml', base-uri($local:tei))),
    QName('', 'authorities'): $local:authorities }"/>

  <!-- What another stylesheet of the site makes of the document. -->
  <xsl:function name="local:made" as="element()+">
    <xsl:param name="stylesheet" as="xs:string"/>
    <xsl:sequence select="transform(map {
      'stylesheet-location': resolve-uri($stylesheet, static-base-uri()),
      'source-node': $local:tei,
      'stylesheet-params': $local:parameters,
      'delivery-format': 'raw' })?output"/>
  </xsl:function>

  <!-- The pages of the site, made again with addresses that hold where the preview lies. -->
  <xsl:mode on-no-match="shallow-copy"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:apply-templates select="local:made('document.xsl')"/>
  </xsl:template>

  <xsl:template match="Q{}main[@id eq 'page-content']" as="element(Q{}main)">
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:apply-templates select="local:made('content.xsl')"/>
    </xsl:copy>
  </xsl:template>

  <!-- An address within the site. -->
  <xsl:template match="@*[name() = $local:addresses][not(matches(., '^(#|[a-z]+:)'))]" as="attribute()">
    <xsl:attribute name="{name()}" select="
      if (starts-with(., 'assets/')) then resolve-uri(., static-base-uri())
      else resolve-uri('../build/site/' || ., base-uri($local:tei))"/>
  </xsl:template>

</xsl:stylesheet>
