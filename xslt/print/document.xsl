<?xml version="1.0" encoding="UTF-8"?>
<!--
  A document of the volume: its head, its languages beside each other, on facing pages or one of them, and where they
  disagree.

  In:  a TEI document; the language of the volume's own words; how the languages are set.
  Out: a module of Typst: what the document sorts by, what its own PDF says of it, and a function that sets it under the
       number given to it. The
       number is not in it, so that a new document leaves the others as they are.
  Run by pipeline/typesetting, once for each document.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:typst="urn:despatch:typst"
  xmlns:label="urn:despatch:label"
  xmlns:dating="urn:despatch:dating"
  xmlns:meta="urn:despatch:meta"
  xmlns:source="urn:despatch:source"
  xmlns:local="urn:despatch:typst:document:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="../common/metadata.xsl"/>
  <xsl:include href="../common/parallel.xsl"/>
  <xsl:include href="../common/citation.xsl"/>
  <xsl:include href="typst.xsl"/>
  <xsl:include href="reading.xsl"/>
  <xsl:include href="text.xsl"/>
  <xsl:include href="apparatus.xsl"/>
  <xsl:include href="blocks.xsl"/>
  <xsl:include href="rows.xsl"/>
  <xsl:include href="about.xsl"/>
  <xsl:include href="discrepancies.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <!-- The language of headings and notes of ours, an interface language of the edition. -->
  <xsl:param name="interface" as="xs:string" required="yes"/>

  <!-- `columns`, `facing`, or the language that alone is set. -->
  <xsl:param name="parallel" as="xs:string" select="'columns'"/>

  <!-- The document as a whole: everything below it is set in the mode typst:text. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="/">
    <xsl:variable name="as-reading-text" as="document-node()">
      <xsl:document>
        <xsl:apply-templates select="TEI" mode="typst:reading"/>
      </xsl:document>
    </xsl:variable>
    <xsl:apply-templates select="$as-reading-text/TEI"/>
  </xsl:template>

  <xsl:template match="TEI">
    <xsl:text>#import "/facing.typ": *&#10;#import "/design.typ": *&#10;</xsl:text>
    <xsl:text>#let moment = {typst:string(meta:sort-key(.))}&#10;</xsl:text>
    <xsl:call-template name="typst:about"/>
    <xsl:text>#let document(number, name) = [&#10;</xsl:text>
    <xsl:text>#let head = document-head(number, name, [{typst:content(meta:title(., $interface))}], </xsl:text>
    <xsl:text>[{typst:content(meta:date-text(., $interface))}], (</xsl:text>
    <xsl:apply-templates select="meta:abstracts(., $interface)" mode="typst:head"/>
    <xsl:text>), {typst:array(local:sources(.))}, [{typst:mention(typst:correspondents(.)/@ref, false())}]</xsl:text>
    <xsl:variable name="code" as="text()*">
      <xsl:variable name="texts" as="text()*">
        <xsl:apply-templates select="if (text) then text else ." mode="typst:texts"/>
      </xsl:variable>
      <xsl:sequence select="$texts"/>
      <xsl:call-template name="typst:discrepancies">
        <xsl:with-param name="texts" select="string-join($texts)"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="both-kinds" as="xs:boolean" select="
      every $kind in ('textual', 'explanatory') satisfies contains(string-join($code), '#remark(&quot;' || $kind || '&quot;')"/>
    <xsl:text>, notes-of-both-kinds: {$both-kinds})&#10;</xsl:text>
    <xsl:value-of select="$code" separator=""/>
    <xsl:text>#document-end()&#10;]&#10;</xsl:text>
  </xsl:template>

  <!-- What stands at the head of a document, and its text. -->
  <xsl:mode name="typst:head" on-no-match="fail" on-multiple-match="fail"/>

  <!-- A summary, in the language that it is written in. -->
  <xsl:template match="abstract" mode="typst:head">
    <xsl:text>({typst:language((@xml:lang, $interface)[1])}, [</xsl:text>
    <xsl:apply-templates select="node()" mode="typst:text"/>
    <xsl:text>]), </xsl:text>
  </xsl:template>

  <!-- The text of a document, after its head. -->
  <xsl:mode name="typst:texts" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="TEI" mode="typst:texts">#set-head(head)&#10;</xsl:template>

  <!-- The original with its translation into the language of the volume, else the first translation; further translations
       follow by themselves. Where the volume is in one language, the text in this language, else the original: no document
       is without its text. A text that is not divided by language is set as it is. -->
  <xsl:template match="text" mode="typst:texts">
    <xsl:variable name="witnesses" as="element(div)*" select="meta:witnesses(..)[@type = ('original', 'translation')]"/>
    <xsl:variable name="translations" as="element(div)*" select="$witnesses[@type eq 'translation']"/>
    <xsl:variable name="pair" as="element(div)*" select="
      $witnesses[@type eq 'original'][1], ($translations[@xml:lang eq $interface], $translations)[1]"/>
    <xsl:variable name="wanted" as="element(div)*" select="$witnesses[lang($parallel)]"/>
    <xsl:variable name="alone" as="xs:boolean" select="not($parallel = ('columns', 'facing'))"/>
    <xsl:variable name="first" as="element()*" select="
      if ($alone) then ($wanted, $pair, body, .)[1] else if ($pair) then $pair else (body, .)[1]"/>
    <xsl:choose>
      <xsl:when test="$parallel eq 'facing' and count($first) eq 2">
        <xsl:text>#facing-pages(head, {typst:languages($first)}, (&#10;</xsl:text>
        <xsl:call-template name="typst:rows">
          <xsl:with-param name="sides" select="$first"/>
          <xsl:with-param name="facing" select="true()"/>
        </xsl:call-template>
        <xsl:text>))&#10;</xsl:text>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>#set-head(head)&#10;</xsl:text>
        <xsl:call-template name="typst:rows">
          <xsl:with-param name="sides" select="$first"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:for-each select="(if ($alone) then $wanted else $witnesses) except $first">
      <xsl:text>#language-break()&#10;</xsl:text>
      <xsl:call-template name="typst:rows">
        <xsl:with-param name="sides" select="."/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- The source note, a line each: where the document lies, where it was printed, who translated and who gave it. -->
  <xsl:function name="local:sources" as="xs:string*">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="
      source:archival-references($tei, $interface),
      source:printed($tei) ! (label:text('printed', $interface) || ': ' || .),
      source:translators($tei) ! (local:translation-label(.) || ': ' || source:agent(.)),
      source:other-agents($tei)[source:agent(.) ne ''] ! (local:responsibility(.) || ': ' || source:agent(.)),
      source:captures($tei) ! local:capture(.),
      source:captures($tei)/note[@type eq 'field'][@n eq 'rights'] !
        (label:text('rights', $interface) || ': ' || normalize-space(.))"/>
  </xsl:function>

  <!-- The record that a document was captured from: number and day. -->
  <xsl:function name="local:capture" as="xs:string?">
    <xsl:param name="capture" as="element(bibl)"/>
    <xsl:variable name="facts" as="xs:string*" select="
      $capture/publisher ! normalize-space(.),
      $capture/idno[@type eq 'record'] ! label:with('capture-record', normalize-space(.), $interface),
      $capture/date[@type eq 'uploaded'] ! label:with('capture-uploaded', dating:of(., $interface), $interface)"/>
    <xsl:sequence select="string-join($facts, ', ')[. ne '']"/>
  </xsl:function>

  <xsl:function name="local:translation-label" as="xs:string">
    <xsl:param name="translator" as="element()"/>
    <xsl:sequence select="
      label:text(if (source:is-machine($translator)) then 'machine-translation' else 'translation-by', $interface)"/>
  </xsl:function>

  <!-- What somebody did, as the header says it, beginning with a capital. -->
  <xsl:function name="local:responsibility" as="xs:string">
    <xsl:param name="statement" as="element(respStmt)"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space(string-join($statement/resp, ', '))"/>
    <xsl:sequence select="upper-case(substring($words, 1, 1)) || substring($words, 2)"/>
  </xsl:function>

</xsl:stylesheet>
