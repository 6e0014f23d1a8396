<?xml version="1.0" encoding="UTF-8"?>
<!--
  The description of a document, from its header: date, title, summary, messages, sources.

  In:  the TEI element of a document.
  Out: the opening of its page.
  Included by content.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:meta="urn:despatch:meta"
  xmlns:name="urn:despatch:name"
  xmlns:corresp="urn:despatch:corresp"
  xmlns:source="urn:despatch:source"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:description"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:include href="times.xsl"/>

  <!-- The headline, and the card of facts. Other titles and summaries may stand in another language, so for `mul` all
       headlines stand there, between marks (see labels.xsl). -->
  <xsl:template name="web:opening" as="element(Q{}header)">
    <xsl:param name="tei" as="element(TEI)"/>
    <header class="opening">
      <xsl:choose>
        <xsl:when test="$lang eq 'mul'">
          <xsl:text>&#xFDD0;</xsl:text>
          <xsl:for-each select="$label:languages">
            <xsl:if test="position() gt 1"><xsl:text>&#xFDD1;</xsl:text></xsl:if>
            <xsl:sequence select="local:headline($tei, .)"/>
          </xsl:for-each>
          <xsl:text>&#xFDD2;</xsl:text>
        </xsl:when>
        <xsl:otherwise><xsl:sequence select="local:headline($tei, $lang)"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="source:translators($tei) ! source:is-machine(.) = true()">
        <p class="badge">{label:text('machine-translation', $lang)}</p>
      </xsl:if>
      <xsl:call-template name="web:card"><xsl:with-param name="tei" select="$tei"/></xsl:call-template>
    </header>
  </xsl:template>

  <!-- Date, title, other titles, summary, for readers of one interface language. -->
  <xsl:function name="local:headline" as="element()+">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="reading" as="xs:string"/>
    <xsl:if test="$tei/teiHeader/revisionDesc/@status = 'withdrawn'">
      <p class="badge" role="note">{label:text('withdrawn', $reading)}</p>
    </xsl:if>
    <p class="date">{meta:date-text($tei, $reading)}</p>
    <h1>
      <xsl:sequence select="meta:title-element($tei, $reading)/@xml:lang ! web:lang(.)"/>
      <xsl:text>{web:title($tei, $reading)}</xsl:text>
    </h1>
    <xsl:for-each select="meta:other-titles($tei, $reading)">
      <p class="other-title"><xsl:sequence select="@xml:lang ! web:lang(.)"/>{normalize-space(.)}</p>
    </xsl:for-each>
    <xsl:if test="meta:title-element($tei, $reading) ! meta:is-composed(.)">
      <p class="composed">{label:text('composed-title', $reading)}</p>
    </xsl:if>
    <xsl:for-each select="meta:abstracts($tei, $reading)">
      <div class="regest"><xsl:sequence select="@xml:lang ! web:lang(.)"/><xsl:apply-templates mode="web:text"/></div>
    </xsl:for-each>
  </xsl:function>

  <!-- The card: one list of facts for each message, one for the sources. -->
  <xsl:template name="web:card" as="element(Q{}section)">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="messages" as="element(correspDesc)*" select="corresp:messages($tei)"/>
    <section class="card" aria-label="{label:text('about-document', $lang)}">
      <xsl:for-each select="$messages">
        <xsl:variable name="number" as="xs:integer" select="position() - 1"/>
        <div class="message">
          <xsl:if test="count($messages) gt 1">
            <h2>{local:message-name($number, count($messages))}</h2>
          </xsl:if>
          <dl><xsl:sequence select="local:message-facts(.)"/></dl>
          <xsl:call-template name="web:times"><xsl:with-param name="message" select="."/></xsl:call-template>
        </div>
      </xsl:for-each>
      <div class="message">
        <xsl:if test="count($messages) gt 1"><h2>{label:text('sources', $lang)}</h2></xsl:if>
        <dl><xsl:sequence select="local:document-facts($tei)"/></dl>
      </div>
    </section>
  </xsl:template>

  <!-- What a message's list of facts is headed with: the document itself, or an embedded message and its number. -->
  <xsl:function name="local:message-name" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="count" as="xs:integer"/>
    <xsl:sequence select="
      if ($number eq 0) then label:text('message', $lang)
      else if ($count eq 2) then label:text('embedded-message', $lang)
      else label:with('embedded-message-number', string($number), $lang)"/>
  </xsl:function>

  <!-- A fact: its name, and one or more values (strings or elements); nothing without a value. -->
  <xsl:function name="local:fact" as="element(Q{}div)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="values" as="item()*"/>
    <xsl:if test="exists($values)">
      <div>
        <dt>{label:text($name, $lang)}</dt>
        <xsl:for-each select="$values"><dd><xsl:sequence select="."/></dd></xsl:for-each>
      </div>
    </xsl:if>
  </xsl:function>

  <!-- Who, to whom, when, by which number, in answer to what. -->
  <xsl:function name="local:message-facts" as="element(Q{}div)*">
    <xsl:param name="message" as="element(correspDesc)"/>
    <xsl:sequence select="local:fact('sender', local:parties(corresp:actions($message, 'sent')))"/>
    <xsl:for-each select="'to', 'via', 'cc'">
      <xsl:sequence select="local:fact(., local:parties(corresp:recipients($message, .)))"/>
    </xsl:for-each>
    <xsl:for-each select="'sent', 'transmitted', 'received', 'deciphered', 'typed', 'checked'">
      <xsl:sequence select="local:fact(., distinct-values(
        (corresp:actions($message, .) except web:timed($message)) ! local:circumstances(.)))"/>
    </xsl:for-each>
    <xsl:for-each select="'outgoing', 'incoming', 'cipher', 'register'">
      <xsl:sequence select="local:fact('number.' || ., corresp:numbers($message, .))"/>
    </xsl:for-each>
    <xsl:for-each-group select="$message/correspContext/ref[label:has('relation.' || @type)]" group-by="@type">
      <xsl:sequence select="local:fact('relation.' || current-grouping-key(), current-group() ! local:related(.))"/>
    </xsl:for-each-group>
    <xsl:sequence select="local:fact('conveyed-at', corresp:embedded($message) ! local:place-in-text(.))"/>
  </xsl:function>

  <!-- The persons and organisations of actions, once each, with the cover name under which they act. -->
  <xsl:function name="local:parties" as="element(Q{}span)*">
    <xsl:param name="actions" as="element(correspAction)*"/>
    <xsl:for-each-group select="$actions/(persName | orgName | name | rs)" group-by="name:of(., $lang)">
      <xsl:variable name="cover" as="xs:string?" select="current-group()[@type eq 'cover-name'][1] ! name:as-written(.)"/>
      <span>
        <xsl:sequence select="web:name-link(.)"/>
        <xsl:if test="exists($cover) and $cover ne current-grouping-key()"><xsl:text> </xsl:text><i class="as">{label:with('as', $cover, $lang)}</i></xsl:if>
      </span>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Where and when something was done, and by whom, unless that is said elsewhere. -->
  <xsl:function name="local:circumstances" as="xs:string?">
    <xsl:param name="action" as="element(correspAction)"/>
    <xsl:variable name="agents" as="xs:string*"
      select="if ($action/@type = ('sent', 'received') or $action/@subtype) then () else corresp:parties($action, $lang)"/>
    <xsl:variable name="all" as="xs:string*"
      select="$agents, corresp:places($action, $lang), $action/date ! dating:of(., $lang)"/>
    <xsl:sequence select="string-join($all[. ne ''], ', ')[. ne '']"/>
  </xsl:function>

  <!-- A message that this one answers, conveys, mentions: a link where it is known, else what the document says of it. -->
  <xsl:function name="local:related" as="item()?">
    <xsl:param name="reference" as="element(ref)"/>
    <xsl:variable name="message" as="element(correspDesc)?"
      select="$reference/../../../correspDesc[@xml:id = $reference/@target ! substring-after(., '#')]"/>
    <xsl:variable name="words" as="xs:string?"
      select="(normalize-space($reference), $message ! web:message-line(.), $reference/@target ! string())[. ne ''][1]"/>
    <xsl:variable name="target" as="xs:string?"
      select="($message ! corresp:embedded(.)[1]/@xml:id ! ('#' || .), $reference[empty($message)]/@target ! web:target(.),
        web:linked-page($reference))[1]"/>
    <xsl:choose>
      <xsl:when test="exists($target) and $words"><a href="{$target}">{$words}</a></xsl:when>
      <xsl:otherwise><xsl:sequence select="$words"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A link to where an embedded message stands, named by its language. -->
  <xsl:function name="local:place-in-text" as="element(Q{}a)?">
    <xsl:param name="embedded" as="element(floatingText)"/>
    <xsl:for-each select="$embedded/@xml:id">
      <a href="#{.}">{label:language(string($embedded/ancestor-or-self::*[@xml:lang][1]/@xml:lang), $lang)}</a>
    </xsl:for-each>
  </xsl:function>

  <!-- Of what kind the document is, where it lies, where it was printed, who translated it. -->
  <xsl:function name="local:document-facts" as="element(Q{}div)*">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="local:fact('kind', meta:document-type($tei, $lang))"/>
    <xsl:sequence select="local:fact('secrecy', meta:secrecy($tei, $lang))"/>
    <xsl:sequence select="local:fact('languages', string-join(meta:languages($tei) ! label:language(., $lang), ', ')[. ne ''])"/>
    <xsl:sequence select="local:fact('archives', source:holdings($tei) ! local:holding(.))"/>
    <xsl:sequence select="local:fact('printed', source:printed($tei))"/>
    <xsl:sequence select="local:fact('translation-by', source:translators($tei) ! source:agent(.))"/>
    <xsl:sequence select="local:fact('responsibility', source:other-agents($tei) ! local:responsibility(.))"/>
    <xsl:sequence select="local:fact('status',
      $tei/teiHeader/revisionDesc/@status ! label:of-value('status', ., $lang))"/>
  </xsl:function>

  <!-- A holding in the styles of both languages, or as it stands, where it is not divided into its parts. -->
  <xsl:function name="local:holding" as="element(Q{}span)">
    <xsl:param name="identifier" as="element()"/>
    <xsl:variable name="styles" as="xs:string*" select="('en', 'ru') ! source:reference($identifier, .)"/>
    <span class="holding">
      <xsl:if test="empty($styles)">{source:holding($identifier)}</xsl:if>
      <xsl:for-each select="$styles">
        <xsl:variable name="place" as="xs:integer" select="position()"/>
        <span lang="{('en', 'ru')[$place]}">{.}</span>
        <xsl:text> </xsl:text>
      </xsl:for-each>
    </span>
  </xsl:function>

  <xsl:function name="local:responsibility" as="xs:string">
    <xsl:param name="statement" as="element(respStmt)"/>
    <xsl:variable name="what" as="xs:string" select="string-join($statement/resp ! normalize-space(.), ', ')"/>
    <xsl:sequence select="string-join((source:agent($statement), $what[. ne ''] ! ('(' || . || ')')), ' ')"/>
  </xsl:function>

</xsl:stylesheet>
