<?xml version="1.0" encoding="UTF-8"?>
<!--
  The frame of a page: head, way to the other pages and languages, foot.

  In:  the edition's corpus.xml and where the page lies, as parameters; the page's own content.
  Out: a whole HTML page. Links are relative, so that the site works from any folder and without a server.
  Included by document.xsl, content.xsl, index.xsl and about.xsl, beside xslt/common.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Addresses may hold words of all interface languages between marks (see labels.xsl), which escaping would hide. -->
  <xsl:output method="html" html-version="5.0" encoding="UTF-8" indent="no" include-content-type="no" escape-uri-attributes="no"/>

  <!-- The interface language of the page, and all of the edition's, the default one first, divided by spaces. -->
  <xsl:param name="lang" as="xs:string" select="'en'"/>
  <xsl:param name="languages" as="xs:string" select="$lang"/>

  <!-- The page's name within its language: a document's id, `index` or `about`. -->
  <xsl:param name="page" as="xs:string" select="'index'"/>

  <!-- tei/corpus.xml -->
  <xsl:param name="corpus" as="document-node()" required="yes"/>

  <xsl:variable name="web:languages" as="xs:string+" select="tokenize($languages)"/>
  <xsl:variable name="web:header" as="element(teiHeader)" select="$corpus/TEI/teiHeader"/>

  <!-- The way from this page up to the site's own folder. -->
  <xsl:variable name="web:up" as="xs:string" select="if ($lang eq $web:languages[1]) then '' else '../'"/>

  <!-- The edition's title in the page's language, else as it is. -->
  <xsl:variable name="web:edition" as="xs:string" select="
    let $titles := $web:header/fileDesc/titleStmt/title
    return normalize-space(($titles[@xml:lang eq $lang], $titles)[1])"/>

  <!-- The way from this page to the same or another page in some language. The default language's pages lie in the
       site's own folder, so that a document's address does not change when a language is added. -->
  <xsl:function name="web:address" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="language" as="xs:string"/>
    <xsl:variable name="folder" as="xs:string" select="if ($language eq $web:languages[1]) then '' else $language || '/'"/>
    <xsl:sequence select="if ($language eq $lang) then $name || '.html' else $web:up || $folder || $name || '.html'"/>
  </xsl:function>

  <!-- Where the site lies on the web, with a slash at the end, if corpus.xml says so: publicationStmt/idno, type url. -->
  <xsl:variable name="web:site" as="xs:string?" select="
    $web:header/fileDesc/publicationStmt/idno[@type eq 'url'][web:is-address(normalize-space(.))][1]
    ! (replace(normalize-space(.), '/+$', '') || '/')"/>

  <!-- The address of a page on the web. -->
  <xsl:function name="web:full-address" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="language" as="xs:string"/>
    <xsl:sequence select="$web:site || (if ($language eq $web:languages[1]) then '' else $language || '/') || $name || '.html'"/>
  </xsl:function>

  <!-- Of elements that say the same in several languages, those in the page's language; all, where none is. -->
  <xsl:function name="web:in-language" as="element()*">
    <xsl:param name="elements" as="element()*"/>
    <xsl:sequence select="
      if ($elements/@xml:lang = $lang) then $elements[not(@xml:lang) or @xml:lang eq $lang] else $elements"/>
  </xsl:function>

  <!-- A language tag as HTML's attribute. -->
  <xsl:function name="web:lang" as="attribute(lang)">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:attribute name="lang" select="$tag"/>
  </xsl:function>

  <!-- What a document is called; one without title and id by its file. -->
  <xsl:function name="web:title" as="xs:string">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="reading" as="xs:string"/>
    <xsl:sequence select="(meta:title($tei, $reading)[. ne ''], $page)[1]"/>
  </xsl:function>

  <!-- The whole page round its content. `counterpart` is the page that readers of another language are led to, where
       that has no page of this name. -->
  <xsl:template name="web:page" as="element(Q{}html)">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="content" as="element()*"/>
    <xsl:param name="head" as="element()*" select="()"/>
    <xsl:param name="counterpart" as="xs:string" select="$page"/>
    <html lang="{$lang}">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{string-join(distinct-values(($title, $web:edition)), ' · ')}</title>
        <link rel="stylesheet" href="{$web:up}fonts/fonts.css"/>
        <link rel="stylesheet" href="{$web:up}assets/edition.css"/>
        <xsl:call-template name="web:addresses">
          <xsl:with-param name="languages" as="xs:string*" select="if ($counterpart eq $page) then $web:languages else ()"/>
        </xsl:call-template>
        <xsl:sequence select="$head"/>
      </head>
      <body>
        <a class="skip" href="#page-content">{label:text('skip-to-text', $lang)}</a>
        <xsl:call-template name="web:masthead">
          <xsl:with-param name="counterpart" select="$counterpart"/>
        </xsl:call-template>
        <!-- Without the namespaces of what the program hands over: in HTML they would be attributes. -->
        <main id="page-content"><xsl:copy-of select="$content" copy-namespaces="no"/></main>
        <xsl:call-template name="web:foot"/>
      </body>
    </html>
  </xsl:template>

  <!-- The same page in other languages, these. Where the edition has its address on the web, this page's own, and all in full. -->
  <xsl:template name="web:addresses" as="element(Q{}link)*">
    <xsl:param name="languages" as="xs:string*" select="$web:languages"/>
    <xsl:choose>
      <xsl:when test="$web:site">
        <link rel="canonical" href="{web:full-address($page, $lang)}"/>
        <xsl:if test="count($languages) gt 1">
          <xsl:for-each select="$languages">
            <link rel="alternate" hreflang="{.}" href="{web:full-address($page, .)}"/>
          </xsl:for-each>
          <link rel="alternate" hreflang="x-default" href="{web:full-address($page, $web:languages[1])}"/>
        </xsl:if>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$languages[. ne $lang]">
          <link rel="alternate" hreflang="{.}" href="{web:address($page, .)}"/>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The head of every page: the edition's title, its pages, the same page in the other languages. -->
  <xsl:template name="web:masthead" as="element(Q{}header)">
    <xsl:param name="counterpart" as="xs:string" select="$page"/>
    <header class="masthead">
      <nav aria-label="{label:text('edition', $lang)}">
        <a class="edition" href="{web:address('index', $lang)}">{$web:edition}</a>
        <a href="{web:address('about', $lang)}">{label:text('about', $lang)}</a>
        <a href="{web:address('guidelines', $lang)}">{label:text('guidelines', $lang)}</a>
      </nav>
      <xsl:if test="count($web:languages) gt 1">
        <nav class="languages" aria-label="{label:text('other-languages', $lang)}">
          <xsl:for-each select="$web:languages">
            <a href="{web:address(if (. eq $lang) then $page else $counterpart, .)}" hreflang="{.}" lang="{.}">
              <xsl:if test=". eq $lang"><xsl:attribute name="aria-current" select="'true'"/></xsl:if>
              <xsl:text>{label:own-name(.)}</xsl:text>
            </a>
          </xsl:for-each>
        </nav>
      </xsl:if>
      <xsl:call-template name="web:ways"/>
    </header>
  </xsl:template>

  <!-- The ways into the edition: each of its registers, as the head of every page has them. -->
  <xsl:template name="web:ways" as="element(Q{}nav)">
    <nav class="ways" aria-label="{label:text('registers', $lang)}">
      <xsl:for-each select="'index', 'chronology', 'correspondents', 'persons', 'places', 'organisations', 'map', 'archives', 'types', 'search'">
        <a href="{web:address(., $lang)}">
          <xsl:if test=". eq $page"><xsl:attribute name="aria-current" select="'page'"/></xsl:if>
          <xsl:text>{label:of-value('register', ., $lang)}</xsl:text>
        </a>
      </xsl:for-each>
    </nav>
  </xsl:template>

  <!-- The foot of every page: publisher, the date of this state of the edition, what changed in it, licence. -->
  <xsl:template name="web:foot" as="element(Q{}footer)">
    <xsl:variable name="statement" as="element(publicationStmt)" select="$web:header/fileDesc/publicationStmt"/>
    <footer class="foot">
      <p>
        <xsl:text>{normalize-space($statement/publisher[1])}</xsl:text>
        <xsl:for-each select="$statement/date[@when][1]"> · {label:with('edition-of', dating:text(@when, $lang), $lang)}</xsl:for-each>
        <xsl:text> · </xsl:text>
        <a href="{web:address('changes', $lang)}">{label:of-value('register', 'changes', $lang)}</a>
        <xsl:for-each select="$statement/availability/licence[web:is-address(@target)][1]">
          <xsl:text> · </xsl:text>
          <a rel="license" href="{@target}">{label:text('licence', $lang)}</a>
        </xsl:for-each>
      </p>
    </footer>
  </xsl:template>

  <!-- Whether a string is an address on the web. Nothing else from a file becomes a link as it stands. -->
  <xsl:function name="web:is-address" as="xs:boolean">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:sequence select="matches($address, '^https?://\S+$')"/>
  </xsl:function>

</xsl:stylesheet>
