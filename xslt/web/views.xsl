<?xml version="1.0" encoding="UTF-8"?>
<!--
  Views: which languages are shown, and whether as in the source or for reading; what the signs in the text mean.

  In:  the languages of a document.
  Out: radio buttons, which the style sheet follows without a script; a legend of the signs that the document has.
  Included by content.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:views"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The choice above the text. -->
  <xsl:template name="web:views" as="element()*">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="witnesses" as="element()*"/>
    <xsl:variable name="is-pair" as="xs:boolean" select="deep-equal($witnesses/@type/string(), ('original', 'translation'))"/>
    <xsl:variable name="has-states" as="xs:boolean" select="exists($tei/text//(choice | fw | pc[@force eq 'weak']))"/>
    <xsl:if test="count($witnesses) gt 1 or $has-states">
      <form class="views" autocomplete="off" aria-label="{label:text('views', $lang)}">
        <xsl:if test="count($witnesses) gt 1">
          <fieldset>
            <legend>{label:text('show', $lang)}</legend>
            <xsl:sequence select="local:choice('show', 'all', label:text(if (count($witnesses) eq 2) then 'show-both' else 'show-all', $lang), true())"/>
            <xsl:for-each select="$witnesses[position() le 6]">
              <xsl:sequence select="local:choice('show', string(position()),
                if ($is-pair) then label:text(@type, $lang) else web:witness-name(.), false())"/>
            </xsl:for-each>
          </fieldset>
        </xsl:if>
        <xsl:if test="$has-states">
          <fieldset>
            <legend>{label:text('state', $lang)}</legend>
            <xsl:for-each select="'both', 'source', 'reading'">
              <xsl:sequence select="local:choice('state', ., label:text('state.' || ., $lang), position() eq 1)"/>
            </xsl:for-each>
          </fieldset>
        </xsl:if>
      </form>
    </xsl:if>
    <xsl:call-template name="web:legend"><xsl:with-param name="tei" select="$tei"/></xsl:call-template>
  </xsl:template>

  <!-- One radio button. -->
  <xsl:function name="local:choice" as="element(Q{}label)">
    <xsl:param name="group" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="is-first" as="xs:boolean"/>
    <label>
      <input type="radio" name="{$group}" value="{$value}" id="page-{$group}-{$value}">
        <xsl:if test="$is-first"><xsl:attribute name="checked" select="'checked'"/></xsl:if>
      </input>
      <xsl:text> {$words}</xsl:text>
    </label>
  </xsl:function>

  <!-- The signs that this document has, each beside its meaning. -->
  <xsl:template name="web:legend" as="element(Q{}details)?">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="text" as="element(text)*" select="$tei/text"/>
    <xsl:variable name="signs" as="element(Q{}li)*">
      <xsl:for-each select="distinct-values($text//gloss/string((@type, 'explanation')[1]))">
        <xsl:sequence select="local:sign('bracket gloss gloss-' || ., '[…]', label:of-value('gloss', ., $lang))"/>
      </xsl:for-each>
      <xsl:for-each select="distinct-values($text//supplied/string((@reason, @type, 'subaudible')[1]))">
        <xsl:sequence select="local:sign('bracket supplied supplied-' || ., '[…]', label:of-value('supplied', ., $lang))"/>
      </xsl:for-each>
      <xsl:sequence select="
        ($text//ex)[1] ! local:sign('bracket ex', '[…]', label:text('completion', $lang)),
        ($text//ellipsis)[1] ! local:sign('bracket ellipsis', '[…]', label:text('omission', $lang)),
        ($text//sic)[1] ! local:sign('sic', 'abc', label:text('sic', $lang)),
        ($text//choice/corr)[1] ! local:sign('ins', '‹…›', label:text('legend.corr', $lang)),
        ($text//gap)[1] ! local:sign('ins', '‹…›', label:text('gap', $lang)),
        ($text//choice[expan]/abbr)[1] ! local:sign('abbr', 'abc', label:text('legend.abbr', $lang)),
        ($text//pb)[1] ! local:sign('stroke', '|', label:text('legend.pb', $lang)),
        ($text//*[@ref][@cert = ('low', 'medium')])[1] ! local:sign('name unsure', 'Abc', label:text('legend.unsure', $lang))"/>
    </xsl:variable>
    <xsl:if test="exists($signs)">
      <details class="legend">
        <summary>{label:text('legend', $lang)}</summary>
        <ul><xsl:sequence select="$signs"/></ul>
      </details>
    </xsl:if>
  </xsl:template>

  <xsl:function name="local:sign" as="element(Q{}li)">
    <xsl:param name="class" as="xs:string"/>
    <xsl:param name="sample" as="xs:string"/>
    <xsl:param name="meaning" as="xs:string"/>
    <li><span class="{$class}" aria-hidden="true">{$sample}</span><xsl:text> {$meaning}</xsl:text></li>
  </xsl:function>

  <!-- Which sentences of the languages say the same: pairs of lists, for the script of the page. -->
  <xsl:template name="web:counterparts" as="element(Q{}script)?">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="links" as="element(link)*" select="$tei/standOff/linkGrp[@type eq 'translation']/link"/>
    <xsl:if test="exists($links)">
      <script type="application/json" id="page-links">
        <xsl:text>[</xsl:text>
        <xsl:value-of select="$links ! ('[' || string-join(
          tokenize(@target) ! substring-after(., '#') ! ('&quot;' || . || '&quot;'), ',') || ']')" separator=","/>
        <xsl:text>]</xsl:text>
      </script>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
