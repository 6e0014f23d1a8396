<?xml version="1.0" encoding="UTF-8"?>
<!--
  Phrases: sentences, names, dates, numbers, words in another language or another script, references.

  In:  what stands in running text and leaves its characters as they are.
  Out: HTML phrases.
  Included by text.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:name="urn:despatch:name"
  xmlns:local="urn:despatch:web:phrases"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Phrases without a meaning that HTML could say. The second line is met in other editions' TEI only. -->
  <xsl:template match="s | idno | num | measure | pc | label | metamark | roleName
    | forename | surname | addName | title | term | q | soCalled | said | mentioned
    | w | seg[not(@type)]" mode="web:text" as="element(Q{}span)">
    <span>
      <xsl:sequence select="web:attributes(., (name(), @type ! (name(..) || '-' || .), 'weak'[current()/self::pc/@force eq 'weak']))"/>
      <xsl:apply-templates mode="web:text"/>
    </span>
  </xsl:template>

  <!-- A name, a link to its entry in the registers where it has one; how sure that is, is a class and a hint. HTML has
       no link in a link: of names within names the outer one leads to its entry. -->
  <xsl:template match="persName | placeName | orgName | rs | name | country | settlement | region | geogName"
    mode="web:text" as="element()">
    <xsl:variable name="address" as="xs:string?" select="web:register-address(@ref)[local:may-link(current())]"/>
    <xsl:element name="{if (exists($address)) then 'a' else 'span'}">
      <xsl:sequence select="web:attributes(., ('name', name(), @type ! (name(..) || '-' || .),
        'unsure'[current()[@ref]/@cert = ('low', 'medium')]))"/>
      <xsl:if test="exists($address)"><xsl:attribute name="href" select="$address"/></xsl:if>
      <xsl:variable name="form" as="xs:string?" select="@ref ! name:form(name:entry(.), $lang)"/>
      <xsl:if test="exists($form)"><xsl:attribute name="title" select="$form, local:doubt(.)" separator=" · "/></xsl:if>
      <xsl:apply-templates mode="web:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="local:may-link" as="xs:boolean">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="empty($name/ancestor::*[self::ref or @ref][ancestor::body]) and empty($name//(note | ref | ptr))"/>
  </xsl:function>

  <!-- How sure it is that a name means its entry, in words. -->
  <xsl:function name="local:doubt" as="xs:string?">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="$name/@cert[. = ('low', 'medium')] ! label:text('unsure.' || ., $lang)"/>
  </xsl:function>

  <!-- A part of the opening, a line of its own, with a hint of what it is. -->
  <xsl:template match="seg[@type]" mode="web:text" as="element(Q{}span)">
    <span>
      <xsl:sequence select="web:attributes(., ('seg', 'seg-' || @type)), web:hint('seg', @type)"/>
      <xsl:sequence select=".[@xml:id][parent::opener or parent::closer] ! web:permalink(.)"/>
      <xsl:apply-templates mode="web:text"/>
    </span>
  </xsl:template>

  <!-- A date, with the day that it means for machines and, as a hint, in words. -->
  <xsl:template match="date | time" mode="web:text" as="element()">
    <xsl:variable name="value" as="xs:string?" select="(@when-iso, @when)[1][web:is-day-or-time(.)]"/>
    <xsl:element name="{if (exists($value)) then 'time' else 'span'}">
      <xsl:sequence select="web:attributes(., 'date')"/>
      <xsl:if test="exists($value)"><xsl:attribute name="datetime" select="$value"/></xsl:if>
      <xsl:if test="@when | @when-iso | @notBefore | @notAfter | @from | @to">
        <xsl:attribute name="title" select="dating:of(., $lang)"/>
      </xsl:if>
      <xsl:apply-templates mode="web:text"/>
    </xsl:element>
  </xsl:template>

  <!-- Whether HTML's time element may have a value: a year, a month or a day, which may have a time. A pattern of figures
       is compared as a string, many times faster than by a regular expression. -->
  <xsl:function name="web:is-day-or-time" as="xs:boolean">
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="translate($value, '123456789', '000000000')
      = ('0000', '0000-00', '0000-00-00', '0000-00-00T00:00', '0000-00-00T00:00:00')"/>
  </xsl:function>

  <xsl:template match="foreign | distinct" mode="web:text" as="element(Q{}i)">
    <i><xsl:sequence select="web:attributes(., 'foreign')"/><xsl:apply-templates mode="web:text"/></i>
  </xsl:template>

  <xsl:template match="emph" mode="web:text" as="element(Q{}em)">
    <em><xsl:sequence select="web:attributes(., ())"/><xsl:apply-templates mode="web:text"/></em>
  </xsl:template>

  <!-- Words set apart in the source: every value of @rend is a class. -->
  <xsl:template match="hi" mode="web:text" as="element(Q{}span)">
    <span>
      <xsl:sequence select="web:attributes(., ('hi', tokenize(@rend) ! ('rend-' || .)))"/>
      <xsl:apply-templates mode="web:text"/>
    </span>
  </xsl:template>

  <!-- A quotation, where an encoding marks it; its marks are characters of the text. -->
  <xsl:template match="quote | cit | lg | l | bibl" mode="web:text" as="element()">
    <xsl:element name="{if (web:holds-blocks(.)) then 'div' else 'span'}">
      <xsl:sequence select="web:attributes(., name())"/>
      <xsl:apply-templates mode="web:text"/>
    </xsl:element>
  </xsl:template>

  <!-- A reference, a link where it leads to a page. -->
  <xsl:template match="ref | ptr" mode="web:text" as="element()">
    <xsl:variable name="target" as="xs:string?" select="web:target(@target)"/>
    <xsl:element name="{if (exists($target)) then 'a' else 'span'}">
      <xsl:sequence select="web:attributes(., name())"/>
      <xsl:if test="exists($target)"><xsl:attribute name="href" select="$target"/></xsl:if>
      <xsl:apply-templates mode="web:text"/>
      <xsl:if test="not(node())">{@target}</xsl:if>
    </xsl:element>
  </xsl:template>

  <xsl:template match="lb" mode="web:text" as="element(Q{}br)"><br/></xsl:template>

  <!-- A place that can be pointed to. -->
  <xsl:template match="anchor | milestone | cb" mode="web:text" as="element(Q{}span)">
    <span><xsl:sequence select="web:attributes(., name())"/></span>
  </xsl:template>

  <!-- A doubt is data for the review. -->
  <xsl:template match="certainty" mode="web:text"/>

</xsl:stylesheet>
