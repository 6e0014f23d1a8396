<?xml version="1.0" encoding="UTF-8"?>
<!--
  Notes: those of the source stand where they stand; those of the editors are numbered and follow the text.

  In:  note; note[@type='discrepancy'] in standOff.
  Out: a mark in the text and a list of notes; a list of the discrepancies that an editor has settled.
  Included by text.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:notes"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Whether a note is ours: it says who wrote it. -->
  <xsl:function name="web:is-editors" as="xs:boolean">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="exists($note/@resp) and not(tokenize($note/@resp) = '#source') and not($note/@place = 'inline')"/>
  </xsl:function>

  <!-- A note of the source, where it stands. -->
  <xsl:template match="note" mode="web:text" as="element()">
    <xsl:element name="{if (web:holds-blocks(.)) then 'div' else 'span'}">
      <xsl:sequence select="web:attributes(., ('note', @type ! ('note-' || .))), web:hint('note', @type)"/>
      <xsl:apply-templates mode="web:text"/>
    </xsl:element>
  </xsl:template>

  <!-- A note of the editors: its number. -->
  <xsl:template match="note[web:is-editors(.)]" mode="web:text" priority="1" as="element(Q{}a)">
    <a class="note-mark" role="doc-noteref" href="#{local:id(.)}" id="{local:id(.)}-mark">{local:number(.)}</a>
  </xsl:template>

  <!-- The editors' notes to a part of the text, in order. -->
  <xsl:template name="web:notes" as="element(Q{}section)?">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="notes" as="element(note)*" select="$part//note[web:is-editors(.)]"/>
    <xsl:if test="exists($notes)">
      <section class="notes" role="doc-endnotes" lang="{label:text('tag', $lang)}" aria-label="{string-join((label:text('notes', $lang),
        $part/ancestor-or-self::*[@xml:lang][1]/@xml:lang ! label:language(., $lang)), ' · ')}">
        <ol>
          <xsl:for-each select="$notes">
            <li value="{local:number(.)}" id="{local:id(.)}">
              <xsl:sequence select="@xml:lang ! web:lang(.)"/>
              <xsl:apply-templates mode="web:text"/>
              <xsl:text> </xsl:text>
              <a href="#{local:id(.)}-mark" role="doc-backlink" aria-label="{label:text('note-back', $lang)}">↑</a>
            </li>
          </xsl:for-each>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- What an editor has settled or remarked where original and translation disagree. -->
  <xsl:template name="web:discrepancies" as="element(Q{}section)?">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="notes" as="element(note)*" select="$tei/standOff//note[@type eq 'discrepancy']"/>
    <xsl:if test="exists($notes)">
      <section class="discrepancies" aria-labelledby="page-discrepancies">
        <h2 id="page-discrepancies">{label:text('discrepancies', $lang)}</h2>
        <ul>
          <xsl:for-each select="$notes">
            <li>
              <xsl:sequence select="web:attributes(., ())"/>
              <span class="kind">{@subtype ! label:of-value('discrepancy', ., $lang)}</span>
              <xsl:text> </xsl:text>
              <xsl:apply-templates mode="web:text"/>
              <xsl:sequence select="local:passages(.)"/>
            </li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Links to the passages that a discrepancy speaks of, each named by its language. -->
  <xsl:function name="local:passages" as="element(Q{}a)*">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="ids" as="xs:string*" select="tokenize($note/@target) ! substring-after(., '#')"/>
    <xsl:for-each select="$note/ancestor::TEI[1]/text//*[@xml:id = $ids]">
      <a class="passage" href="#{@xml:id}">{label:language(string(ancestor-or-self::*[@xml:lang][1]/@xml:lang), $lang)} ¶</a>
    </xsl:for-each>
  </xsl:function>

  <!-- The number of a note of ours in its document. -->
  <xsl:function name="local:number" as="xs:integer">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="count($note/ancestor::text[last()]//note[web:is-editors(.)][. &lt;&lt; $note]) + 1"/>
  </xsl:function>

  <!-- Its address: its own id, else its number. -->
  <xsl:function name="local:id" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="string(($note/@xml:id, 'note-' || local:number($note))[1])"/>
  </xsl:function>

</xsl:stylesheet>
