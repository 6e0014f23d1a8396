<?xml version="1.0" encoding="UTF-8"?>
<!--
  The letters of a register, and the pages of one that is divided by them.

  In:  a register:register, or register:without of the map; a register:names, the names on one page of a letter; what
       several pages lead to.
  Out: the row of letters, the list of names, the page of a letter.
  Included by register.xsl and map.xsl, beside the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:name="urn:despatch:name"
  xmlns:label="urn:despatch:label"
  xmlns:register="urn:despatch:register"
  xmlns:local="urn:despatch:web:letters"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- A letter as readers see it, or what a script is called that has no short alphabet. -->
  <xsl:function name="web:letter" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="label:of-value('script', $name, $lang)"/>
  </xsl:function>

  <!-- The row of letters: on the page of the whole register places on it, on others their pages. -->
  <xsl:template name="web:letters" as="element(Q{}nav)?">
    <xsl:variable name="kind" as="xs:string" select="@kind"/>
    <xsl:variable name="here" as="xs:string?" select="@letter"/>
    <xsl:variable name="others" as="xs:string?" select="
      if (@others) then web:address($kind || '.0', $lang)
      else '#not-identified'[current()/register:unidentified[register:entry or number(@pages) gt 0]]"/>
    <xsl:if test="register:letter or exists($others)">
      <nav class="letters" aria-label="{label:text('letters', $lang)}">
        <xsl:for-each select="register:letter">
          <a href="{if (@page) then web:address(@page, $lang) else '#letter.' || @name}">
            <xsl:if test="@name eq $here"><xsl:attribute name="aria-current" select="'true'"/></xsl:if>
            <!-- Where a short register has the letter, so that its address leads here when the register has grown. -->
            <xsl:if test="@page and empty($here)"><xsl:attribute name="id" select="'letter.' || @name"/></xsl:if>
            <xsl:text>{web:letter(@name)}</xsl:text>
          </a>
        </xsl:for-each>
        <xsl:if test="$others"><a href="{$others}">{label:text('not-identified', $lang)}</a></xsl:if>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- The other pages of a letter or an entry, where there are several. -->
  <xsl:template name="web:steps" as="element(Q{}nav)?">
    <xsl:param name="name" as="xs:string" select="'parts'"/>
    <xsl:if test="register:step">
      <nav class="letters" aria-label="{label:text($name, $lang)}">
        <xsl:for-each select="register:step">
          <a href="{web:address(@page, $lang)}">
            <xsl:if test="xs:boolean(lower-case(@is-here))"><xsl:attribute name="aria-current" select="'page'"/></xsl:if>
            <xsl:text>{@name}</xsl:text>
          </a>
        </xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- Names, each with the way to its page and how often it is mentioned. -->
  <xsl:template name="web:names" as="element(Q{}ul)">
    <ul class="parts">
      <xsl:for-each select="register:entry">
        <li id="{@key}">
          <a href="{web:address((/*/@of, /*/@kind)[1] || '.' || @key, $lang)}"><xsl:sequence select="web:language-of-head(.)"/>{@name}</a>
          <xsl:text> </xsl:text>
          <span class="number">{@count}</span>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <!-- A letter of a register that is too long for mentions. -->
  <xsl:template match="register:letter[@brief]" as="element(Q{}section)">
    <section class="letter" aria-labelledby="letter.{@name}">
      <h2 id="letter.{@name}">{web:letter(@name)}</h2>
      <xsl:call-template name="web:names"/>
    </section>
  </xsl:template>

  <!-- Those named most often, on the page of a register that is divided. -->
  <xsl:template match="register:most" as="element(Q{}section)">
    <section class="letter" aria-labelledby="most-named" data-register="{../@kind}">
      <h2 id="most-named">{label:text('most-named', $lang)}</h2>
      <xsl:call-template name="web:names"/>
      <script type="module" src="{$web:up}assets/register.js"/>
    </section>
  </xsl:template>

  <!-- A page of a letter, of the map one `of` places without coordinates. Another language need not have it. -->
  <xsl:template match="register:names" as="element(Q{}html)">
    <xsl:variable name="register" as="xs:string" select="label:of-value('register', @kind, $lang)"/>
    <xsl:variable name="part" as="xs:string?" select="@of ! label:text('map-without', $lang)"/>
    <xsl:variable name="span" as="xs:string" select="string-join(distinct-values((@first, @last)), ' – ')"/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="string-join((web:letter(@letter) || ': ' || $span, $part, $register), ' · ')"/>
      <xsl:with-param name="counterpart" select="string(@kind)"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening">
          <p class="date"><a href="{web:address(@kind, $lang)}">{$register}</a>{$part ! (' · ' || .)}</p>
          <h1>{web:letter(@letter)}</h1>
        </header>
        <p class="count">{$span}</p>
        <xsl:call-template name="web:letters"/>
        <xsl:call-template name="web:steps"/>
        <xsl:call-template name="web:names"/>
        <xsl:call-template name="web:steps"><xsl:with-param name="name" select="'parts-again'"/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A head that is not in the page's language says in which it is. -->
  <xsl:function name="web:language-of-head" as="attribute()?">
    <xsl:param name="entry" as="element(register:entry)"/>
    <xsl:variable name="forms" as="element()*" select="
      name:entry($entry/@file || '#' || $entry/@key)/(persName | placeName | orgName)[normalize-space() eq $entry/@name]"/>
    <xsl:if test="exists($forms) and not($forms/@xml:lang = $lang)"><xsl:sequence select="$forms[1]/@xml:lang ! web:lang(.)"/></xsl:if>
  </xsl:function>

</xsl:stylesheet>
