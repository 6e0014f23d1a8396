<?xml version="1.0" encoding="UTF-8"?>
<!--
  A register: persons, places or bodies, each with its card and every mention; or the page of one of them.

  In:  a register:register, register:own or register:others, sorted by the program (see pipeline/website/registers.py);
       the authorities.
  Out: the page in one interface language.
  Includes the frame, xslt/common, the card, and the pages of letters.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:name="urn:despatch:name"
  xmlns:label="urn:despatch:label"
  xmlns:register="urn:despatch:register"
  xmlns:local="urn:despatch:web:register"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="frame.xsl"/>
  <xsl:include href="entries.xsl"/>
  <xsl:include href="letters.xsl"/>

  <!-- A sorted register to its page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:variable name="local:kind" as="xs:string" select="string(/*/@kind)"/>
  <xsl:variable name="local:title" as="xs:string" select="label:of-value('register', $local:kind, $lang)"/>

  <xsl:template match="document-node()" as="element(Q{}html)">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="register:register" as="element(Q{}html)">
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="$local:title"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening"><h1>{$local:title}</h1></header>
        <p class="count">{if (xs:integer(@count) gt 0) then label:with('entries-count', @count, $lang) else label:text('no-entries', $lang)}</p>
        <xsl:call-template name="local:doubts"/>
        <xsl:call-template name="web:letters"/>
        <xsl:apply-templates select="register:letter[not(@page)], register:most, register:unidentified[register:entry or number(@pages) gt 0]"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What the question marks of a page mean, where it has any. -->
  <xsl:template name="local:doubts" as="element(Q{}p)?">
    <xsl:if test="exists(.//@cert)"><p class="remark">{label:text('identified-remark', $lang)}</p></xsl:if>
  </xsl:template>

  <xsl:template match="register:letter" as="element(Q{}section)">
    <section class="letter" aria-labelledby="letter.{@name}">
      <h2 id="letter.{@name}">{web:letter(@name)}</h2>
      <xsl:apply-templates select="register:entry"/>
    </section>
  </xsl:template>

  <xsl:template match="register:entry" as="element(Q{}article)">
    <article class="entry" id="{@key}" aria-labelledby="{@key}.name">
      <h3 id="{@key}.name">
        <xsl:sequence select="web:language-of-head(.)"/>
        <a href="{web:address($local:kind || '.' || @key, $lang)}">{@name}</a>
      </h3>
      <xsl:apply-templates select="name:entry(@file || '#' || @key)" mode="web:card"/>
      <xsl:call-template name="local:mentions"/>
      <xsl:if test="register:more">
        <p class="more"><a href="{web:address($local:kind || '.' || @key, $lang)}">{label:with('all-mentions', string(@count), $lang)}</a></p>
      </xsl:if>
    </article>
  </xsl:template>

  <!-- Names that refer to no entry, at the end: nobody has said who or what they mean. -->
  <xsl:template match="register:unidentified" as="element(Q{}section)">
    <section class="letter unidentified" aria-labelledby="not-identified">
      <h2 id="not-identified">{label:text('not-identified', $lang)}</h2>
      <p class="remark">{label:text('not-identified-remark', $lang)}</p>
      <xsl:for-each select="register:entry">
        <article class="entry">
          <h3><xsl:sequence select="(.//@xml:lang[parent::register:mention])[1] ! web:lang(.)"/>{@name}</h3>
          <xsl:call-template name="local:mentions"/>
        </article>
      </xsl:for-each>
    </section>
  </xsl:template>

  <!-- The same in a register that is too long for them: the way to their pages. -->
  <xsl:template match="register:unidentified[@pages]" as="element(Q{}section)">
    <section class="letter unidentified" aria-labelledby="not-identified">
      <h2 id="not-identified">{label:text('not-identified', $lang)}</h2>
      <p class="more"><a href="{web:address($local:kind || '.0', $lang)}">{label:with('entries-count', @count, $lang)}</a></p>
    </section>
  </xsl:template>

  <!-- A page of names that nobody has identified. -->
  <xsl:template match="register:others" as="element(Q{}html)">
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="label:text('not-identified', $lang) || ' · ' || $local:title"/>
      <!-- Names may fill more pages in one language, in which they stand in another order. -->
      <xsl:with-param name="counterpart" select="@kind || '.0'"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening">
          <p class="date"><a href="{web:address(@kind, $lang)}#not-identified">{$local:title}</a></p>
          <h1>{label:text('not-identified', $lang)}</h1>
        </header>
        <xsl:call-template name="web:steps"/>
        <xsl:apply-templates select="register:unidentified"/>
        <xsl:call-template name="web:steps"><xsl:with-param name="name" select="'parts-again'"/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The page of one who is mentioned often. -->
  <xsl:template match="register:own" as="element(Q{}html)">
    <xsl:variable name="entry" as="element(register:entry)" select="register:entry"/>
    <xsl:call-template name="web:page">
      <xsl:with-param name="title" select="$entry/@name || ' · ' || $local:title"/>
      <xsl:with-param name="content" as="element()+">
        <header class="opening">
          <p class="date"><a href="{web:address(@home, $lang)}#{$entry/@key}">{$local:title}</a></p>
          <h1><xsl:sequence select="web:language-of-head($entry)"/>{$entry/@name}</h1>
        </header>
        <xsl:apply-templates select="name:entry($entry/@file || '#' || $entry/@key)" mode="web:card"/>
        <section class="letter" aria-labelledby="mentions">
          <h2 id="mentions">{label:text('mentions', $lang)} <span class="number">{$entry/@count}</span></h2>
          <xsl:call-template name="local:doubts"/>
          <xsl:call-template name="web:steps"/>
          <xsl:for-each select="$entry"><xsl:call-template name="local:mentions"/></xsl:for-each>
          <xsl:call-template name="web:steps"><xsl:with-param name="name" select="'parts-again'"/></xsl:call-template>
        </section>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The mentions of an entry, by document: in which part of it, then the passages. -->
  <xsl:template name="local:mentions" as="element(Q{}ol)">
    <ol class="mentions">
      <xsl:for-each select="register:document">
        <xsl:variable name="about" as="element(register:about)" select="register:about[@for eq $lang]"/>
        <li>
          <p class="document">
            <a href="{web:address(@id, $lang)}">{$about/@date}</a>
            <xsl:text> </xsl:text>
            <cite><xsl:sequence select="$about/@xml:lang ! web:lang(.)"/>{$about}</cite>
            <xsl:for-each-group select="register:mention[@part]" group-by="@part">
              <xsl:text> · </xsl:text>
              <span class="part">{label:of-value('part', @part, $lang)}</span>
            </xsl:for-each-group>
          </p>
          <xsl:where-populated>
            <ul class="contexts"><xsl:apply-templates select="register:mention[not(@part)]"/></ul>
          </xsl:where-populated>
        </li>
      </xsl:for-each>
    </ol>
  </xsl:template>

  <xsl:template match="register:mention" as="element(Q{}li)">
    <li>
      <xsl:sequence select="@xml:lang ! web:lang(.)"/>
      <a href="{web:address(../@id, $lang)}{@passage[. ne ''] ! ('#' || .)}">
        <xsl:text>{register:before}</xsl:text><b>{register:name}</b><xsl:text>{register:after}</xsl:text>
      </a>
      <xsl:if test="@cert">
        <xsl:text>&#160;</xsl:text>
        <abbr class="doubt" lang="{$lang}" title="{label:of-value('identified', @cert, $lang)}">{if (@cert eq 'low') then '??' else '?'}</abbr>
      </xsl:if>
    </li>
  </xsl:template>

</xsl:stylesheet>
