<?xml version="1.0" encoding="UTF-8"?>
<!--
  Discrepancies: where original and translation disagree, an apparatus of its own after the text.

  In:  note[@type='discrepancy'] in standOff, which an editor wrote or settled; the passages that it names.
  Out: for each, in the order of the passages, where it is, the words at issue in each language, of what kind it is, the note;
       a mark at each passage that one speaks of, to which its words lead.
  Included by document.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:typst="urn:despatch:typst"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:typst:discrepancies:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- How many words of a passage are its lemma; of a longer one its first and its last. -->
  <xsl:variable name="local:lemma-words" as="xs:integer" select="7"/>

  <!-- The passages of a document by their ids. -->
  <xsl:key name="local:passages" match="text//*[@xml:id]" use="@xml:id"/>

  <!-- The apparatus of a document; nothing where the languages agree. -->
  <xsl:template name="typst:discrepancies">
    <xsl:param name="texts" as="xs:string" required="yes"/>
    <xsl:variable name="notes" as="element(note)*" select="standOff//note[@type eq 'discrepancy']"/>
    <xsl:if test="exists($notes)">
      <xsl:text>#discrepancies(name, [{typst:content(label:text('discrepancies', $interface))}]</xsl:text>
      <xsl:apply-templates select="sort($notes, (), local:place#1)" mode="typst:discrepancy">
        <xsl:with-param name="texts" select="$texts"/>
      </xsl:apply-templates>
      <xsl:text>)&#10;</xsl:text>
    </xsl:if>
  </xsl:template>

  <!-- Where a note's first passage stands in the text; the last of all where it names none that is there. -->
  <xsl:function name="local:place" as="xs:integer">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="first" as="element()?" select="local:passages($note)[1]"/>
    <xsl:sequence select="if ($first) then count($first/preceding::*) + count($first/ancestor::*) else 1000000000"/>
  </xsl:function>

  <!-- The passages that a note speaks of, in the order of the text. -->
  <xsl:function name="local:passages" as="element()*">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="key('local:passages', tokenize($note/@target) ! substring-after(., '#'), root($note))"/>
  </xsl:function>

  <!-- One discrepancy: number of the paragraph, lemmata, kind, note. -->
  <xsl:mode name="typst:discrepancy" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="note" mode="typst:discrepancy">
    <xsl:param name="texts" as="xs:string" required="yes"/>
    <xsl:variable name="passages" as="element()*" select="local:passages(.)"/>
    <xsl:variable name="number" as="xs:integer?" select="$passages[1] ! local:paragraph(.)"/>
    <xsl:text>, ([{$number ! ('#"¶&#x202F;' || . || '";')}], (</xsl:text>
    <xsl:for-each select="$passages">
      <xsl:variable name="is-printed" as="xs:boolean" select="contains($texts, local:mark(.))"/>
      <xsl:text>({typst:language(ancestor-or-self::*[@xml:lang][1]/@xml:lang)}, [{typst:content(local:lemma(.))}], </xsl:text>
      <xsl:text>{if ($is-printed) then typst:string(@xml:id) else 'none'}), </xsl:text>
    </xsl:for-each>
    <xsl:text>), [{@subtype ! typst:content(label:of-value('discrepancy', ., $interface))}], </xsl:text>
    <xsl:text>{typst:language((@xml:lang, $interface)[1])}, [</xsl:text>
    <xsl:for-each select="if (p and empty(* except p)) then p else .">
      <xsl:apply-templates mode="typst:text"/>
      <xsl:text> </xsl:text>
    </xsl:for-each>
    <xsl:text>])</xsl:text>
  </xsl:template>

  <!-- A passage that a discrepancy speaks of, marked; before its first words, so that the mark is on their page. -->
  <xsl:template match="(s | seg | p | head | ab)[local:is-discussed(.)]" mode="typst:text" priority="3">
    <xsl:value-of select="local:mark(.)"/>
    <xsl:next-match/>
  </xsl:template>

  <xsl:function name="local:is-discussed" as="xs:boolean">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="exists($passage/@xml:id) and exists(key('local:discussions', $passage/@xml:id, root($passage)))"/>
  </xsl:function>

  <!-- The notes of discrepancies by the passages that they name. -->
  <xsl:key name="local:discussions" match="standOff//note[@type eq 'discrepancy']"
    use="tokenize(@target) ! substring-after(., '#')"/>

  <!-- The mark of a passage in the code of the text. -->
  <xsl:function name="local:mark" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="'#passage-mark(name, ' || typst:string($passage/@xml:id) || ');'"/>
  </xsl:function>

  <!-- The number of the paragraph that a passage is in, counted through its language; none for what is in no paragraph. -->
  <xsl:function name="local:paragraph" as="xs:integer?">
    <xsl:param name="passage" as="element()"/>
    <xsl:variable name="paragraph" as="element(p)?" select="$passage/ancestor-or-self::p[1]"/>
    <xsl:variable name="witness" as="element()?"
      select="($paragraph/ancestor::div[@type = ('original', 'translation')], $paragraph/ancestor::text)[1]"/>
    <xsl:sequence select="$paragraph ! (1 + count($witness//p[. &lt;&lt; $paragraph]))"/>
  </xsl:function>

  <!-- The words of a passage as they are printed, without notes and corrections. -->
  <xsl:function name="local:lemma" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:variable name="words" as="xs:string*" select="tokenize(string-join($passage//text()
      [not(ancestor::note or ancestor::corr/parent::choice or ancestor::expan/parent::choice or ancestor::reg/parent::choice)]))"/>
    <xsl:sequence select="
      if (count($words) le $local:lemma-words) then string-join($words, ' ')
      else string-join(subsequence($words, 1, 4), ' ') || ' … ' || string-join($words[position() gt last() - 2], ' ')"/>
  </xsl:function>

</xsl:stylesheet>
