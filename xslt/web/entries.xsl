<?xml version="1.0" encoding="UTF-8"?>
<!--
  The card of an entry: all forms of the name by kind and language, dates, office, place, identifiers.

  In:  person, place, org of the authorities.
  Out: a dl; only what the entry says.
  Included by register.xsl, beside the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:web="urn:despatch:web"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:office="urn:despatch:office"
  xmlns:local="urn:despatch:web:entries"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/offices.xsl"/>

  <!-- An entry to its card; the registers' working notes are for the editors. -->
  <xsl:mode name="web:card" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Where an identifier leads; others stand without a link. -->
  <xsl:variable name="local:registries" as="map(xs:string, xs:string)" select="map {
    'Wikidata': 'https://www.wikidata.org/wiki/', 'VIAF': 'https://viaf.org/viaf/', 'GND': 'https://d-nb.info/gnd/',
    'GeoNames': 'https://www.geonames.org/', 'ULAN': 'http://vocab.getty.edu/page/ulan/',
    'TGN': 'http://vocab.getty.edu/page/tgn/', 'ISNI': 'https://isni.org/isni/' }"/>

  <xsl:template match="person | place | org" mode="web:card" as="element(Q{}dl)">
    <dl class="facts">
      <xsl:call-template name="local:names"/>
      <xsl:call-template name="local:life"/>
      <xsl:call-template name="local:offices"/>
      <xsl:call-template name="local:position"/>
      <xsl:call-template name="local:identifiers"/>
    </dl>
  </xsl:template>

  <!-- All forms of the name, by kind: names, spellings, cover names, names under Japanese rule, abbreviations. -->
  <xsl:template name="local:names" as="element()*">
    <xsl:for-each-group select="persName | placeName | orgName" group-by="if (@type and @type ne 'main') then string(@type) else 'main'">
      <div>
        <dt>{label:of-value('form', current-grouping-key(), $lang)}</dt>
        <dd>
          <xsl:for-each select="current-group()">
            <xsl:if test="position() gt 1"><xsl:text>; </xsl:text></xsl:if>
            <span><xsl:sequence select="@xml:lang ! web:lang(.)"/>{normalize-space(.)}</span>
            <xsl:if test="@notBefore | @notAfter | @from | @to"> ({dating:of(., $lang)})</xsl:if>
            <xsl:call-template name="local:doubt"/>
          </xsl:for-each>
        </dd>
      </div>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:template name="local:life" as="element()*">
    <xsl:for-each select="birth | death | floruit">
      <div>
        <dt>{label:of-value('life', local-name(), $lang)}</dt>
        <dd>
          <xsl:text>{dating:of((date, .)[1], $lang)}</xsl:text>
          <xsl:call-template name="local:doubt"/>
        </dd>
      </div>
    </xsl:for-each>
  </xsl:template>

  <!-- What somebody was: in the page's language, else in the one that there is. -->
  <xsl:template name="local:offices" as="element()*">
    <xsl:for-each select="office:of(., $lang)">
      <div>
        <dt>{label:text('office', $lang)}</dt>
        <dd>
          <span lang="{office:language(., $lang)}">{office:text(., $lang)}</span>
          <xsl:call-template name="local:doubt"/>
        </dd>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="local:position" as="element()*">
    <xsl:for-each select="location/geo[normalize-space()][1]">
      <div>
        <dt>{label:text('position', $lang)}</dt>
        <dd>{string-join(tokenize(.), ', ')}</dd>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="local:identifiers" as="element()*">
    <xsl:where-populated>
      <div>
        <xsl:if test="idno">
          <dt>{label:text('identifiers', $lang)}</dt>
          <dd>
            <xsl:for-each select="idno">
              <xsl:if test="position() gt 1"><xsl:text>; </xsl:text></xsl:if>
              <xsl:text>{@type} </xsl:text>
              <xsl:choose>
                <xsl:when test="map:contains($local:registries, string(@type)) and matches(normalize-space(.), '^[\w-]+$')">
                  <a href="{$local:registries(string(@type))}{normalize-space(.)}">{normalize-space(.)}</a>
                </xsl:when>
                <xsl:otherwise>{normalize-space(.)}</xsl:otherwise>
              </xsl:choose>
              <xsl:call-template name="local:doubt"/>
            </xsl:for-each>
          </dd>
        </xsl:if>
      </div>
    </xsl:where-populated>
  </xsl:template>

  <!-- What the entry itself does not hold for certain. -->
  <xsl:template name="local:doubt" as="node()*">
    <xsl:if test="@cert = ('low', 'medium')">
      <xsl:text> </xsl:text>
      <span class="doubt">{label:text('to-be-checked', $lang)}</span>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
