<?xml version="1.0" encoding="UTF-8"?>
<!--
  Heads: what every entry of the authorities is called in each interface language, and what it is sorted by: a
  person's surname, where the entry marks it, before the whole name; and whether it has coordinates.

  In:  any document, not read; the authorities (see names.xsl) and the languages (see frame.xsl) as parameters.
  Out: register:heads. The program sorts the registers by them: sorting as a script sorts needs what XSLT's home edition
       does not have.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:name="urn:despatch:name"
  xmlns:map="urn:despatch:map"
  xmlns:register="urn:despatch:register"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="places.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:param name="languages" as="xs:string" required="yes"/>

  <!-- Any document to the heads. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(register:heads)">
    <register:heads>
      <xsl:for-each select="$authorities//(person | place | org)[@xml:id]">
        <xsl:variable name="entry" as="element()" select="."/>
        <register:entry kind="{if (self::person) then 'persons' else if (self::org) then 'organisations' else 'places'}"
          key="{@xml:id}" file="{tokenize(base-uri(root()), '/')[last()]}" placed="{exists(map:degrees(.))}">
          <xsl:for-each select="tokenize($languages)">
            <xsl:variable name="head" as="xs:string" select="string((name:form($entry, .)[. ne ''], $entry/@xml:id)[1])"/>
            <register:head for="{.}" sort="{name:filed-as($entry, $head)}">{$head}</register:head>
          </xsl:for-each>
        </register:entry>
      </xsl:for-each>
    </register:heads>
  </xsl:template>

</xsl:stylesheet>
