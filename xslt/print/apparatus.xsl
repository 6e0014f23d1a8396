<?xml version="1.0" encoding="UTF-8"?>
<!--
  Apparatus: errors and corrections, brackets, omissions, doubtful readings, notes.

  In:  the reading text (reading.xsl).
  Out: Typst content; what the edition adds to the captured text goes to the foot of the page. What concerns the letters of
       the text is a textual note, marked by a letter; what explains its matter is an explanatory note, marked by a number
       (Правила издания исторических документов в СССР, 1990: текстуальные примечания and примечания по содержанию).
  Included by document.xsl and front.xsl. Mode declared in text.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:typst="urn:despatch:typst"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:typst:apparatus:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- An apparent error: the volume prints what the source has and gives the correction at the foot of the page, so that
       a reader always sees what stands in the capture. -->
  <xsl:template match="choice[sic][corr]" mode="typst:text">
    <xsl:apply-templates select="sic" mode="typst:text"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space(corr[1])"/>
    <xsl:value-of select="local:textual-note(
      if ($words eq '') then label:text('sic', $interface)
      else local:uncertain(label:with('correction', $words, $interface), corr[1]))"/>
  </xsl:template>

  <!-- A textual note in words of ours. -->
  <xsl:function name="local:textual-note" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="'#remark(&quot;textual&quot;, ' || typst:language($interface) || ')[' || typst:content($words) || '];'"/>
  </xsl:function>

  <!-- Words of ours, marked as uncertain where the element that they stand for is. -->
  <xsl:function name="local:uncertain" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if ($element/@cert = 'low') then label:with('uncertain', $words, $interface) else $words"/>
  </xsl:function>

  <!-- An abbreviation or a spelling: as the source has it; the form written out is for machines and the site. -->
  <xsl:template match="choice" mode="typst:text">
    <xsl:apply-templates select="(abbr, orig, sic, unclear, *)[1]" mode="typst:text"/>
  </xsl:template>

  <!-- Brackets of the source or the translator: their signs are characters of the text; a shade smaller than it. -->
  <xsl:template match="gloss" mode="typst:text">
    <xsl:text>#gloss[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <!-- Words added for the sense; where nobody wrote brackets about them, the volume does. -->
  <xsl:template match="supplied | surplus | secl" mode="typst:text">
    <xsl:variable name="bracketed" as="xs:boolean" select="matches(normalize-space(), '^[\[&lt;⟨].*[\]&gt;⟩]$')"/>
    <xsl:if test="not($bracketed)">#"⟨";</xsl:if>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:if test="not($bracketed)">#"⟩";</xsl:if>
  </xsl:template>

  <!-- Text that is missing in the source, where no character of it says so; a textual note says why and how much. -->
  <xsl:template match="gap" mode="typst:text">
    <xsl:text>#"[…]";</xsl:text>
    <xsl:variable name="amount" as="xs:string?" select="
      if (@quantity) then string-join((@quantity, @unit ! label:of-value('unit', ., $interface)), ' ') else @extent ! string()"/>
    <xsl:variable name="facts" as="xs:string*" select="
      @reason ! label:of-value('gap', ., $interface), $amount, desc ! normalize-space()"/>
    <xsl:if test="exists($facts)">
      <xsl:value-of select="local:textual-note(label:text('gap', $interface) || ': ' || string-join($facts, ', '))"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="unclear | damage" mode="typst:text">
    <xsl:text>#emphasis("doubtful")[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <!-- A doubtful reading that stands by itself; of several the first is printed and the others are named. -->
  <xsl:template match="unclear[not(ancestor::unclear)][normalize-space()]" mode="typst:text" priority="1">
    <xsl:next-match/>
    <xsl:variable name="others" as="xs:string*"
      select="parent::choice/unclear[. is current() or . >> current()][position() gt 1] ! normalize-space()"/>
    <xsl:value-of select="local:textual-note(string-join(
      (label:text('doubtful', $interface), $others ! label:with('variant', ., $interface)), '; '))"/>
  </xsl:template>

  <!-- Several readings: that of the lemma, else the first; the others in a textual note, with their witnesses. -->
  <xsl:template match="app" mode="typst:text">
    <xsl:variable name="printed" as="element()?" select="(lem, descendant::rdg)[1]"/>
    <xsl:apply-templates select="$printed/node()" mode="typst:text"/>
    <xsl:variable name="others" as="xs:string*" select="
      (descendant::rdg except $printed) ! label:with('variant', local:reading(.), $interface),
      note ! normalize-space()"/>
    <xsl:if test="exists($others)">
      <xsl:value-of select="local:textual-note(string-join($others, '; '))"/>
    </xsl:if>
  </xsl:template>

  <!-- A reading and its witnesses; one without words says that they are lacking. -->
  <xsl:function name="local:reading" as="xs:string">
    <xsl:param name="reading" as="element(rdg)"/>
    <xsl:variable name="words" as="xs:string"
      select="if (normalize-space($reading)) then normalize-space($reading) else label:text('lacking', $interface)"/>
    <xsl:variable name="witnesses" as="xs:string*"
      select="tokenize(($reading/@wit, $reading/@source)[1]) ! replace(., '^.*#', '')"/>
    <xsl:sequence select="$words || (if (exists($witnesses)) then ' (' || string-join($witnesses, ', ') || ')' else '')"/>
  </xsl:function>

  <xsl:template match="del" mode="typst:text">
    <xsl:text>#emphasis("strikethrough")[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <!-- A character that XML does not allow, or one of its own: by its name. -->
  <xsl:template match="g" mode="typst:text">
    <xsl:choose>
      <xsl:when test="normalize-space()">
        <xsl:apply-templates mode="typst:text"/>
      </xsl:when>
      <xsl:otherwise>#sign({typst:string(string((@n, @ref ! replace(., '^.*[#:]', ''))[1]))});</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A note of the source stands where it stood; a note of the editors or the translator (it has @resp) goes to the foot
       of the page. -->
  <xsl:template match="note" mode="typst:text">
    <xsl:text>#inline-note[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

  <xsl:template match="note[@resp][not(tokenize(@resp) = '#source')][not(@place = 'inline')]" mode="typst:text">
    <xsl:variable name="kind" as="xs:string" select="if (@type = 'textual') then 'textual' else 'explanatory'"/>
    <xsl:text>#remark({typst:string($kind)}, {typst:language((@xml:lang, $interface)[1])})[</xsl:text>
    <xsl:apply-templates mode="typst:text"/>
    <xsl:text>];</xsl:text>
  </xsl:template>

</xsl:stylesheet>
