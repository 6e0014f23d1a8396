<?xml version="1.0" encoding="UTF-8"?>
<!--
  What the guidelines say of one element, class or form of values, in the language of the page.

  In:  elementSpec, classSpec, macroSpec, dataSpec and constraintSpec of schemas/edition.odd.
  Out: HTML sections with the name as anchor.
  Included by odd-to-guidelines.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron"
  xmlns:sqf="http://www.schematron-quickfix.com/validator/process"
  xmlns:eg="http://www.tei-c.org/ns/Examples"
  xmlns:web="urn:despatch:web"
  xmlns:odd="urn:despatch:odd"
  xmlns:label="urn:despatch:label"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:key name="odd:specified" match="elementSpec | classSpec | macroSpec | dataSpec" use="@ident"/>
  <xsl:key name="odd:member" match="elementSpec | classSpec" use="classes/memberOf/@key"/>
  <xsl:key name="odd:diagnostic" match="sch:diagnostic" use="@id"/>

  <!-- A specification to its section. -->
  <xsl:mode name="odd:specification" on-no-match="fail" on-multiple-match="fail"/>
  <!-- A sentence of a rule, with an ellipsis for each value of the document in question. -->
  <xsl:mode name="odd:sentence" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="elementSpec" as="element(Q{}section)" mode="odd:specification">
    <xsl:variable name="holds" as="xs:string*" select="odd:holds(content)"/>
    <section class="specification" id="{@ident}">
      <h3><code>{@ident}</code> — {web:in-language(gloss)}</h3>
      <p><xsl:apply-templates select="web:in-language(desc)/node()" mode="odd:text"/></p>
      <dl>
        <xsl:call-template name="odd:attributes"/>
        <dt>{label:text('may-hold', $lang)}</dt>
        <dd>
          <xsl:if test="odd:has-text(content)">{label:text('plain-text', $lang)} </xsl:if>
          <xsl:sequence select="odd:links(sort(distinct-values($holds)))"/>
        </dd>
        <xsl:for-each select="exemplum">
          <dt>{label:text('example', $lang)}</dt>
          <dd><pre><code>{odd:as-written(eg:egXML)}</code></pre></dd>
        </xsl:for-each>
        <xsl:call-template name="odd:rules"/>
      </dl>
    </section>
  </xsl:template>

  <xsl:template match="classSpec | macroSpec | dataSpec" as="element(Q{}section)" mode="odd:specification">
    <section class="specification" id="{@ident}">
      <h3><code>{@ident}</code> — {web:in-language(desc)}</h3>
      <dl>
        <xsl:call-template name="odd:attributes"/>
        <xsl:if test="@type = 'model' or self::macroSpec">
          <dt>{label:text('may-hold', $lang)}</dt>
          <dd><xsl:sequence select="odd:links(sort(distinct-values((odd:members(@ident), odd:holds(content)))))"/></dd>
        </xsl:if>
        <xsl:call-template name="odd:rules"/>
      </dl>
    </section>
  </xsl:template>

  <!-- The attributes of an element or class: its own, then the classes from which it has more. -->
  <xsl:template name="odd:attributes" as="element()*">
    <xsl:variable name="classes" as="xs:string*" select="classes/memberOf/@key[starts-with(., 'att.')]"/>
    <xsl:if test="attList/attDef or exists($classes)">
      <dt>{label:text('attributes', $lang)}</dt>
      <xsl:for-each select="attList/attDef">
        <dd>
          <code>@{@ident}</code>
          <xsl:if test="@usage = 'req'"> ({label:text('required', $lang)})</xsl:if>
          <xsl:text>: {web:in-language(desc)} </xsl:text>
          <xsl:sequence select="if (valList) then odd:values(valList) else odd:links(datatype/dataRef/@key)"/>
        </dd>
      </xsl:for-each>
      <xsl:if test="exists($classes)">
        <dd><xsl:sequence select="odd:links($classes)"/></dd>
      </xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- The rules that stand in a specification: what is wrong, and what to do. -->
  <xsl:template name="odd:rules" as="element()*">
    <xsl:if test="constraintSpec">
      <dt>{label:text('rules', $lang)}</dt>
      <xsl:for-each select="constraintSpec">
        <xsl:variable name="assertion" as="element()" select=".//(sch:assert | sch:report)"/>
        <xsl:variable name="sentence" as="element()"
          select="(key('odd:diagnostic', $assertion/@diagnostics)[@xml:lang eq $lang], $assertion)[1]"/>
        <dd id="{@ident}">
          <code>{@ident}</code>
          <xsl:text> ({label:of-value('severity', $assertion/@role, $lang)}): </xsl:text>
          <xsl:apply-templates select="$sentence/node()" mode="odd:sentence"/>
          <xsl:text>. {label:with('what-to-do', web:in-language(desc), $lang)}</xsl:text>
          <xsl:variable name="titles" as="xs:string*" select="odd:quick-fixes(.)"/>
          <xsl:if test="exists($titles)">
            <xsl:text> {label:with('quick-fixes', string-join($titles, '; '), $lang)}</xsl:text>
          </xsl:if>
        </dd>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:value-of" as="text()" mode="odd:sentence">
    <xsl:text>…</xsl:text>
  </xsl:template>

  <xsl:template match="text()" as="text()" mode="odd:sentence">
    <xsl:text>{replace(., '\s+', ' ')}</xsl:text>
  </xsl:template>

  <!-- What an XML editor offers to do where a rule fails, without what can only be known in the document. -->
  <xsl:function name="odd:quick-fixes" as="xs:string*">
    <xsl:param name="rule" as="element(constraintSpec)"/>
    <xsl:for-each select="$rule/constraint/sch:rule/sqf:fix/sqf:description/sqf:title">
      <xsl:variable name="title" as="element()" select="(key('odd:diagnostic', @ref)[@xml:lang eq $lang], .)[1]"/>
      <xsl:variable name="words" as="text()*">
        <xsl:apply-templates select="$title/node()" mode="odd:sentence"/>
      </xsl:variable>
      <xsl:sequence select="string-join($words)"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The values of a closed list, each with its explanation. -->
  <xsl:function name="odd:values" as="element(Q{}ul)">
    <xsl:param name="list" as="element(valList)"/>
    <ul>
      <xsl:for-each select="$list/valItem">
        <li><code>{@ident}</code> — {web:in-language(desc)}</li>
      </xsl:for-each>
    </ul>
  </xsl:function>

  <!-- Links to specifications by their names, with commas between. -->
  <xsl:function name="odd:links" as="node()*">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:for-each select="$names">
      <xsl:if test="position() gt 1">
        <xsl:text>, </xsl:text>
      </xsl:if>
      <a href="#{.}"><code>{.}</code></a>
    </xsl:for-each>
  </xsl:function>

  <!-- The names of the elements that a content model lets in. -->
  <xsl:function name="odd:holds" as="xs:string*">
    <xsl:param name="content" as="element(content)?"/>
    <xsl:sequence select="
      $content//elementRef/@key/string(),
      $content//classRef/@key ! odd:members(.),
      $content//macroRef ! odd:holds(key('odd:specified', @key)/content)"/>
  </xsl:function>

  <!-- The names of the elements in a class of elements, those of its subclasses too. -->
  <xsl:function name="odd:members" as="xs:string*">
    <xsl:param name="class" as="attribute()"/>
    <xsl:for-each select="key('odd:member', $class, root($class))">
      <xsl:sequence select="if (self::elementSpec) then string(@ident) else odd:members(@ident)"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Whether a content model lets in text. -->
  <xsl:function name="odd:has-text" as="xs:boolean">
    <xsl:param name="content" as="element(content)?"/>
    <xsl:sequence select="
      exists($content//textNode) or (some $macro in $content//macroRef
      satisfies odd:has-text(key('odd:specified', $macro/@key, root($macro))/content))"/>
  </xsl:function>

  <!-- An example as an editor types it. -->
  <xsl:function name="odd:as-written" as="xs:string">
    <xsl:param name="example" as="element(eg:egXML)"/>
    <xsl:variable name="markup" as="xs:string" select="string-join($example/* ! serialize(., map {'indent': false()}), '&#10;')"/>
    <xsl:sequence select="replace(replace($markup, ' xmlns(:\w+)?=&quot;[^&quot;]*&quot;', ''), '\n +', '&#10; ')"/>
  </xsl:function>
</xsl:stylesheet>
