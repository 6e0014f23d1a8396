<?xml version="1.0" encoding="UTF-8"?>
<!--
  Search: the form, which a script brings to life, and what a reader without it gets.

  In:  a register:search with the values that one can look by, sorted by the program (see pipeline/website/registers.py).
  Out: the page `search` in one interface language. The words that the script shows stand in data attributes.
  Includes the frame and xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:label="urn:despatch:label"
  xmlns:register="urn:despatch:register"
  xmlns:local="urn:despatch:web:search"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>

  <!-- The values to the page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:variable name="title" as="xs:string" select="label:of-value('register', 'search', $lang)"/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening"><h1>{$title}</h1></header>
        <xsl:call-template name="web:instead"/>
        <xsl:apply-templates select="register:search"/>
        <p class="count" id="search-count" role="status"/>
        <ol class="results" id="search-results"/>
        <script type="module" src="{$web:up}assets/search.js"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What stands here without a script, and where the page was opened as a file. -->
  <xsl:template name="web:instead" as="element(Q{}p)">
    <p class="remark" id="search-instead">
      <xsl:text>{label:text('search-instead', $lang)} </xsl:text>
      <xsl:for-each select="'persons', 'places', 'organisations', 'chronology', 'archives'">
        <xsl:if test="position() gt 1"><xsl:text>, </xsl:text></xsl:if>
        <a href="{web:address(., $lang)}">{label:of-value('register', ., $lang)}</a>
      </xsl:for-each>
      <xsl:text>.</xsl:text>
    </p>
  </xsl:template>

  <xsl:template match="register:search" as="element(Q{}form)">
    <form id="search-form" role="search" hidden="" data-bundles="{@bundles}" data-lang="{$lang}" data-none="{label:text('search-none', $lang)}"
      data-found="{label:text('search-found', $lang)}" data-nobody="{label:text('search-nobody', $lang)}" data-more="{label:text('search-more', $lang)}" data-failed="{label:text('search-failed', $lang)}">
      <p class="query">
        <label for="query">{label:text('search-words', $lang)}</label>
        <input id="query" name="q" type="search" autocomplete="off" spellcheck="false"/>
        <button type="submit">{label:of-value('register', 'search', $lang)}</button>
      </p>
      <p class="remark">{label:text('search-remark', $lang)}</p>
      <div class="filters"><xsl:apply-templates select="register:facet[@typed or register:option]"/></div>
    </form>
  </xsl:template>

  <xsl:template match="register:facet" as="element(Q{}p)">
    <p>
      <label for="filter-{@name}">{label:of-value('filter', @name, $lang)}</label>
      <select id="filter-{@name}" name="{@name}">
        <option value="">{label:text('search-any', $lang)}</option>
        <xsl:for-each select="register:option"><option value="{@value}">{.}</option></xsl:for-each>
      </select>
    </p>
  </xsl:template>

  <!-- Many names: a field to type in, for which the script offers those that fit. -->
  <xsl:template match="register:facet[@typed]" as="element(Q{}p)">
    <p>
      <label for="filter-{@name}">{label:of-value('filter', @name, $lang)}</label>
      <input id="filter-{@name}" name="{@name}" list="values-{@name}" placeholder="{label:text('search-type', $lang)}" autocomplete="off" spellcheck="false"
        data-names="{$web:up}names/{@name}.{$lang}.json"/>
      <datalist id="values-{@name}"/>
    </p>
  </xsl:template>

</xsl:stylesheet>
