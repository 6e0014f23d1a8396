<?xml version="1.0" encoding="UTF-8"?>
<!--
  Correspondence: who sent what to whom, when, by which number; the document itself and the messages that it carries.

  In:  the TEI element of a document; correspDesc, correspAction, floatingText.
  Out: strings and header elements.
  Included by metadata.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:corresp="urn:despatch:corresp"
  xmlns:name="urn:despatch:name"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The messages of a document, the outer one first. -->
  <xsl:function name="corresp:messages" as="element(correspDesc)*" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="outer" as="element(correspDesc)?" select="corresp:outer($tei)"/>
    <xsl:sequence select="$outer, $tei/teiHeader/profileDesc/correspDesc except $outer"/>
  </xsl:function>

  <!-- The description of the document's own message: the one marked as default, else the first. -->
  <xsl:function name="corresp:outer" as="element(correspDesc)?" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="all" as="element(correspDesc)*" select="$tei/teiHeader/profileDesc/correspDesc"/>
    <xsl:sequence select="($all[@default eq 'true'], $all)[1]"/>
  </xsl:function>

  <!-- The description of an embedded message, by its @decls. -->
  <xsl:function name="corresp:of" as="element(correspDesc)?" visibility="public">
    <xsl:param name="embedded" as="element(floatingText)"/>
    <xsl:variable name="ids" as="xs:string*" select="tokenize($embedded/@decls) ! substring-after(., '#')"/>
    <xsl:sequence select="$embedded/ancestor::TEI[1]/teiHeader/profileDesc/correspDesc[@xml:id = $ids][1]"/>
  </xsl:function>

  <!-- Where in the text an embedded message stands: in each language the part that its @decls ties to it. -->
  <xsl:function name="corresp:embedded" as="element(floatingText)*" visibility="public">
    <xsl:param name="message" as="element(correspDesc)"/>
    <xsl:sequence select="$message/ancestor::TEI[1]/text//floatingText[tokenize(@decls) = '#' || $message/@xml:id]"/>
  </xsl:function>

  <!-- The actions of one kind: sent, transmitted, received, deciphered, typed, checked. -->
  <xsl:function name="corresp:actions" as="element(correspAction)*" visibility="public">
    <xsl:param name="message" as="element(correspDesc)?"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:sequence select="$message/correspAction[@type eq $type]"/>
  </xsl:function>

  <!-- Those to whom a message went in a role: `to`, `cc`, `via`. A recipient without a role is meant by `to`. -->
  <xsl:function name="corresp:recipients" as="element(correspAction)*" visibility="public">
    <xsl:param name="message" as="element(correspDesc)?"/>
    <xsl:param name="role" as="xs:string"/>
    <xsl:sequence select="$message/correspAction[@type = ('received', 'transmitted')]
      [if (@subtype) then @subtype eq $role else @type eq 'received' and $role eq 'to']"/>
  </xsl:function>

  <!-- The persons and organisations of actions, once each. -->
  <xsl:function name="corresp:parties" as="xs:string*" visibility="public">
    <xsl:param name="actions" as="element(correspAction)*"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="distinct-values($actions/(persName | orgName | name | rs) ! name:of(., $lang))"/>
  </xsl:function>

  <!-- Who sent a message. -->
  <xsl:function name="corresp:senders" as="xs:string*" visibility="public">
    <xsl:param name="message" as="element(correspDesc)?"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="corresp:parties(corresp:actions($message, 'sent'), $lang)"/>
  </xsl:function>

  <!-- The two sides of a message, as far as they are named: those who sent it, those whom it is addressed to. -->
  <xsl:function name="corresp:sides" as="xs:string*" visibility="public">
    <xsl:param name="message" as="element(correspDesc)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="(
      string-join(corresp:senders($message, $lang), ', '),
      string-join(corresp:parties(corresp:recipients($message, 'to'), $lang), ', '))[. ne '']"/>
  </xsl:function>

  <!-- Where actions took place. -->
  <xsl:function name="corresp:places" as="xs:string*" visibility="public">
    <xsl:param name="actions" as="element(correspAction)*"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="distinct-values($actions/(placeName | settlement) ! name:of(., $lang))"/>
  </xsl:function>

  <!-- The numbers of a message of one kind (outgoing, incoming, cipher, register), as written, once each. -->
  <xsl:function name="corresp:numbers" as="xs:string*" visibility="public">
    <xsl:param name="message" as="element(correspDesc)?"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:sequence select="distinct-values($message/correspAction/idno[@type eq $type] ! normalize-space(.))"/>
  </xsl:function>

</xsl:stylesheet>
