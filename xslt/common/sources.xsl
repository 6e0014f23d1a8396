<?xml version="1.0" encoding="UTF-8"?>
<!--
  Sources: where a document lies, where it was printed and captured, and who transcribed and translated it.

  In:  the TEI element of a document; msDesc, bibl, respStmt.
  Out: strings and header elements.
  Included by metadata.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:source="urn:despatch:source"
  xmlns:label="urn:despatch:label"
  xmlns:name="urn:despatch:name"
  xmlns:local="urn:despatch:source:local"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The holdings, the main one first: each archive that has the document, with its reference. -->
  <xsl:function name="source:holdings" as="element()*" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:variable name="main" as="element(msIdentifier)*"
      select="$tei/teiHeader/fileDesc/sourceDesc//msDesc/msIdentifier"/>
    <xsl:sequence select="($main, $main/altIdentifier)[source:holding(.) ne '']"/>
  </xsl:function>

  <!-- Bodies of the authorities by every form of their names: archives are named in one form here, in another there. -->
  <xsl:key name="source:bodies" match="org" use="orgName ! normalize-space(.)"/>

  <!-- The archive that has a holding: its entry in the authorities, where they know it. -->
  <xsl:function name="source:archive-entry" as="element(org)?" visibility="public">
    <xsl:param name="holding" as="element()"/>
    <xsl:variable name="named" as="element()*" select="$holding/(repository, institution)[normalize-space()]"/>
    <xsl:sequence select="($named ! (name:entry(@ref)[self::org], for $file in $authorities return key('source:bodies', normalize-space(.), $file)))[1]"/>
  </xsl:function>

  <!-- What the archive that has a holding is called: by its entry, else as it stands; nothing where none is named. -->
  <xsl:function name="source:archive" as="xs:string?" visibility="public">
    <xsl:param name="holding" as="element()"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="written" as="xs:string" select="string-join($holding/(institution | repository) ! normalize-space(.)[. ne ''], ', ')"/>
    <xsl:sequence select="(name:form(source:archive-entry($holding), $lang), $written[. ne ''])[1]"/>
  </xsl:function>

  <!-- One holding as a reference: place, archive and shelfmark as they stand, no part twice. -->
  <xsl:function name="source:holding" as="xs:string" visibility="public">
    <xsl:param name="identifier" as="element()"/>
    <xsl:variable name="shelfmark" as="xs:string*" select="$identifier/idno ! normalize-space(.)"/>
    <xsl:variable name="place" as="xs:string*" select="
      $identifier/(settlement | institution | repository | collection) ! normalize-space(.)
      [. ne ''][not(some $mark in $shelfmark satisfies starts-with($mark, .))]"/>
    <xsl:sequence select="string-join(($place, $shelfmark[. ne '']), ', ')"/>
  </xsl:function>

  <!-- The same in the style of Russian or English archives, from the normal forms of its parts; nothing, where the
       reference is not divided into parts. The archive's name is the usual one of the language, where labels.xml has it. -->
  <xsl:function name="source:reference" as="xs:string?" visibility="public">
    <xsl:param name="identifier" as="element()"/>
    <xsl:param name="style" as="xs:string"/>
    <xsl:variable name="parts" as="element(idno)*"
      select="$identifier/idno/idno[@type = ('fond', 'opis', 'portfel', 'papka', 'delo', 'list')][(@n, .) ! normalize-space() != '']"/>
    <xsl:variable name="archive" as="xs:string?"
      select="$identifier/(repository, institution)[normalize-space()][1] ! label:of-value('archive', normalize-space(.), $style)"/>
    <xsl:if test="exists($parts)">
      <xsl:sequence select="string-join(($archive, $parts ! local:part(., $style)), if ($style eq 'ru') then '. ' else ', ')"/>
    </xsl:if>
  </xsl:function>

  <!-- A part of a reference: what it is, shortened, and its number; a range with a dash, the back of a leaf and a volume in words.
       One without a normal form that does not begin with its number says itself what it is. -->
  <xsl:function name="local:part" as="xs:string">
    <xsl:param name="part" as="element(idno)"/>
    <xsl:param name="style" as="xs:string"/>
    <xsl:variable name="number" as="xs:string" select="normalize-space(($part/@n, $part)[1])"/>
    <xsl:variable name="is-several" as="xs:boolean" select="$part/@type eq 'list' and matches($number, '[-–,; ]')"/>
    <xsl:variable name="shown" as="xs:string" select="
      replace(replace(replace($number, '-', '–'), ', vol\. ', ', ' || label:text('part.volume', $style) || ' '), '(\d)(ob|об)', '$1 ' || label:text('part.verso', $style))"/>
    <xsl:sequence select="
      if (empty($part/@n) and not(matches($number, '^\d'))) then $number
      else label:text('part.' || $part/@type || 's'[$is-several], $style) || ' ' || $shown"/>
  </xsl:function>

  <!-- The archival references of a document, once each: in the style of a language where they are divided into parts. -->
  <xsl:function name="source:archival-references" as="xs:string*" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:param name="style" as="xs:string"/>
    <xsl:sequence select="distinct-values(source:holdings($tei) ! (source:reference(., $style), source:holding(.))[1])"/>
  </xsl:function>

  <!-- The printed sources, each as one line. -->
  <xsl:function name="source:printed" as="xs:string*" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="$tei/teiHeader/fileDesc/sourceDesc/bibl[@type eq 'printed'] ! source:citation(.)"/>
  </xsl:function>

  <!-- A bibliographic entry as one line: as captured, else as it stands, its parts divided by commas where nothing stands
       between them. -->
  <xsl:function name="source:citation" as="xs:string" visibility="public">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="parts" as="element()*" select="$entry/*[not(self::note)][normalize-space()]"/>
    <xsl:sequence select="
      if ($entry/note[@type eq 'as-captured']) then normalize-space($entry/note[@type eq 'as-captured'][1])
      else if ($entry/text()[normalize-space()]) then
        normalize-space(string-join($entry//text() except $entry/note//text()))
      else string-join($parts ! normalize-space(.), ', ')"/>
  </xsl:function>

  <!-- Where the edition has the text from: the captures. -->
  <xsl:function name="source:captures" as="element(bibl)*" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="$tei/teiHeader/fileDesc/sourceDesc/bibl[@type eq 'capture']"/>
  </xsl:function>

  <!-- The address at which a capture was found. -->
  <xsl:function name="source:address" as="xs:string?" visibility="public">
    <xsl:param name="capture" as="element(bibl)"/>
    <xsl:sequence select="
      ($capture/(ref | ptr)/@target, $capture/ref, $capture/idno[@type = ('url', 'address')])[1] ! normalize-space(.)"/>
  </xsl:function>

  <!-- Whether that address is a publisher's staging host, which readers may not reach. -->
  <xsl:function name="source:is-staging" as="xs:boolean" visibility="public">
    <xsl:param name="capture" as="element(bibl)"/>
    <xsl:sequence select="$capture/(ref | ptr | idno)/(@type, @subtype, @rend) = 'staging'"/>
  </xsl:function>

  <!-- The statements of responsibility that pointers such as #weathersby mean. -->
  <xsl:function name="source:agents" as="element()*" visibility="public">
    <xsl:param name="pointers" as="attribute()*"/>
    <xsl:variable name="ids" as="xs:string*" select="$pointers ! tokenize(.) ! substring-after(., '#')"/>
    <xsl:sequence select="$pointers[1]/ancestor::TEI[1]/teiHeader/fileDesc/titleStmt//*[@xml:id = $ids]"/>
  </xsl:function>

  <!-- The names in a statement of responsibility. -->
  <xsl:function name="source:agent" as="xs:string" visibility="public">
    <xsl:param name="agent" as="element()"/>
    <xsl:variable name="names" as="element()*" select="$agent/(persName | orgName | name)"/>
    <xsl:sequence select="
      if ($agent/self::respStmt) then string-join($names ! name:as-written(.), ', ') else name:as-written($agent)"/>
  </xsl:function>

  <!-- Who translated the document, by the translations' own @resp. -->
  <xsl:function name="source:translators" as="element()*" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="source:agents($tei/text/body/div[@type eq 'translation']/@resp)"/>
  </xsl:function>

  <!-- Whether a translation was made by a machine, by what its statement of responsibility names. -->
  <xsl:function name="source:is-machine" as="xs:boolean" visibility="public">
    <xsl:param name="agent" as="element()"/>
    <xsl:sequence select="$agent/descendant-or-self::name/@type = ('software', 'machine', 'ai')"/>
  </xsl:function>

  <!-- The statements of responsibility other than for translation and for the encoding by this program. -->
  <xsl:function name="source:other-agents" as="element(respStmt)*" visibility="public">
    <xsl:param name="tei" as="element(TEI)"/>
    <xsl:sequence select="
      $tei/teiHeader/fileDesc/titleStmt/respStmt[not(@xml:id = 'despatch')] except source:translators($tei)"/>
  </xsl:function>

</xsl:stylesheet>
