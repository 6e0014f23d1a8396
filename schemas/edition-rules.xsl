<?xml version="1.0" encoding="UTF-8"?>
<!-- Made from Schematron by xslt/schema/schematron-to-xslt.xsl. -->
<xsl:stylesheet xmlns:sqf="http://www.schematron-quickfix.com/validator/process"
                xmlns:tei="http://www.tei-c.org/ns/1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                version="3.0"
                exclude-result-prefixes="#all">
   <xsl:output method="xml" indent="no" omit-xml-declaration="yes"/>
   <xsl:template match="/">
      <report>
         <xsl:for-each select="//tei:teiHeader[not(../tei:text/tei:body/tei:div[@type = ('original', 'translation')])]">
            <xsl:variable name="left"
                          select="tei:fileDesc/tei:titleStmt/tei:title[normalize-space() = 'New edition'], tei:fileDesc/tei:publicationStmt/tei:publisher[normalize-space() = 'Unnamed publisher'], tei:fileDesc/tei:publicationStmt/tei:availability/tei:p[matches(normalize-space(), '^(The licence of the edition is not decided yet|Лицензия издания ещё не выбрана)')], tei:fileDesc/tei:sourceDesc/tei:p[matches(normalize-space(), '(Replace this with the sources of the entries|Впишите сюда источники записей)\.$')], ../tei:text/tei:body/tei:div/tei:p[matches(normalize-space(), '^(Write here what readers should know|Напишите здесь, что читателю следует знать)')]"/>
            <xsl:if test="not(empty($left))">
               <finding rule="R035" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the file still says what every new edition says, and readers would see it: in </xsl:text>
                     <xsl:value-of select="string-join(distinct-values($left/name(if (self::tei:p) then .. else .)), ', ')"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>в файле осталось то, что стоит в каждом новом издании и что увидят читатели: в </xsl:text>
                     <xsl:value-of select="string-join(distinct-values($left/name(if (self::tei:p) then .. else .)), ', ')"/>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="string-join(distinct-values($left/name(if (self::tei:p) then .. else .)), ', ')"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:div[@type = ('original', 'translation', 'introduction')] | //tei:body//tei:foreign">
            <xsl:if test="not(@xml:lang)">
               <finding rule="R011" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:text>it is not said in which language this is</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>не указан язык</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:div[@type = ('original', 'translation')][@xml:lang]">
            <xsl:variable name="words" select="string(.)"/>
            <xsl:variable name="cyrillic"
                          select="string-length($words) - string-length(translate($words, 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ', ''))"/>
            <xsl:variable name="latin"
                          select="string-length($words) - string-length(translate($words, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', ''))"/>
            <xsl:if test="not(if (matches(@xml:lang, '^(ru|uk|be|bg|mn)(-Cyrl)?$')) then $cyrillic ge $latin else if (matches(@xml:lang, '^(en|de|fr|es|it|pt|hu|pl|cs|sk|ro|sq|vi)$')) then $latin ge $cyrillic else true())">
               <finding rule="R012" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the text is said to be in “</xsl:text>
                     <xsl:value-of select="@xml:lang"/>
                     <xsl:text>”, but most of its letters are of another script</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>текст обозначен как «</xsl:text>
                     <xsl:value-of select="@xml:lang"/>
                     <xsl:text>», но большинство букв в нём другого письма</xsl:text>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="@xml:lang"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:div[@type = ('original', 'translation')]">
            <xsl:variable name="words" select="string(.)"/>
            <xsl:variable name="straight"
                          select="if (contains($words, '&#34;')) then count(tokenize($words, '&#34;', 'q')) - 1 else 0"/>
            <xsl:variable name="curved"
                          select="if (some $mark in ('“', '”', '„') satisfies contains($words, $mark)) then count(tokenize($words, '[“”„]')) - 1 else 0"/>
            <xsl:variable name="angled"
                          select="if (contains($words, '«') or contains($words, '»')) then count(tokenize($words, '»', 'q')) - count(tokenize($words, '«', 'q')) else 0"/>
            <xsl:if test="not($straight mod 2 = 0 and $curved mod 2 = 0 and $angled = 0)">
               <finding rule="R015" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>a quotation in this text is never opened or never closed</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>в этом тексте есть незакрытая или неоткрытая кавычка</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:div[@type = 'translation']">
            <xsl:variable name="words" select="translate(., '&#xA;', ' ')"/>
            <xsl:variable name="places"
                          select="sum(for $mark in (' ,', ' ;', ' !', ' ?')[contains($words, .)] return count(tokenize($words, $mark, 'q')) - 1)"/>
            <xsl:if test="not($places = 0)">
               <finding rule="R017" role="information" path="{path(.)}">
                  <sentence>
                     <xsl:text>spaces before a punctuation mark in the translation: </xsl:text>
                     <xsl:value-of select="$places"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>пробелов перед знаком препинания в переводе: </xsl:text>
                     <xsl:value-of select="$places"/>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="$places"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:div[@type = 'translation']">
            <xsl:if test="not(@resp)">
               <finding rule="R022" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>it is not said whose translation this is</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>не указано, чей это перевод</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:floatingText">
            <xsl:if test="not(id(substring-after(@decls, '#'), root(.))/self::tei:correspDesc)">
               <finding rule="R028" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the embedded message has no correspDesc in the header</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>у приведённого сообщения нет correspDesc в заголовочной части</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:titleStmt/tei:title[matches(., '(№|No\.?|N)\s*\d')]">
            <xsl:variable name="numbers"
                          select="analyze-string(string(.), '(№|No\.?|N)\s*(\d+)')//*[@nr = '2']/string()"/>
            <xsl:variable name="words"
                          select="string-join(//tei:body/tei:div[@type = 'original'], ' ')"/>
            <xsl:if test="not($words = '' or (every $number in $numbers satisfies matches($words, '(^|\D)' || $number || '(\D|$)')))">
               <finding rule="R009" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the title has number </xsl:text>
                     <xsl:value-of select="string-join($numbers, ', ')"/>
                     <xsl:text>, the text of the original has not</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>в названии номер </xsl:text>
                     <xsl:value-of select="string-join($numbers, ', ')"/>
                     <xsl:text>, а в тексте подлинника такого номера нет</xsl:text>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="string-join($numbers, ', ')"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:*[@resp]">
            <xsl:variable name="strangers"
                          select="for $agent in tokenize(@resp)[starts-with(., '#')] return $agent[id(substring(., 2), root(current()))[not(self::tei:respStmt or parent::tei:respStmt or self::tei:editor or self::tei:author)]]"/>
            <xsl:if test="not(empty($strangers))">
               <finding rule="R019" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:value-of select="string-join($strangers, ', ')"/>
                     <xsl:text> in @resp is no one who answers for the text</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:value-of select="string-join($strangers, ', ')"/>
                     <xsl:text> в @resp — не лицо и не программа, отвечающие за текст</xsl:text>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="string-join($strangers, ', ')"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:profileDesc[tei:creation or tei:correspDesc]">
            <xsl:if test="not((tei:creation/tei:date | tei:correspDesc[@default = 'true' or last() = 1]/tei:correspAction[@type = ('sent', 'received')]/tei:date)[@when or @when-iso or @notBefore or @notBefore-iso or @notAfter or @notAfter-iso or @from or @from-iso or @to or @to-iso])">
               <finding rule="R034" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the document has no date, and stands at the end of every list by date</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>у документа нет даты, и он стоит в конце каждого списка по датам</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:revisionDesc">
            <xsl:variable name="days" select="tei:change/@when/string()"/>
            <xsl:if test="not(every $n in 2 to count($days) satisfies $days[$n - 1] ge $days[$n])">
               <finding rule="R025" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the changes are not newest first: </xsl:text>
                     <xsl:value-of select="string-join($days, ', ')"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>изменения стоят не от новых к старым: </xsl:text>
                     <xsl:value-of select="string-join($days, ', ')"/>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="string-join($days, ', ')"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:revisionDesc[@status = 'approved']">
            <xsl:variable name="open"
                          select="//tei:body//tei:*[tokenize(@resp) = '#despatch'][@cert = ('low', 'medium')]"/>
            <xsl:if test="not(empty($open))">
               <finding rule="R031" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the document is approved; doubtful inferences of the program still undecided: </xsl:text>
                     <xsl:value-of select="count($open)"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>документ утверждён, но сомнительных выводов программы без решения редактора: </xsl:text>
                     <xsl:value-of select="count($open)"/>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="count($open)"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:sourceDesc[//tei:body/tei:div[@type = ('original', 'translation')]]">
            <xsl:if test="not(tei:msDesc or tei:bibl[@type = ('capture', 'printed')])">
               <finding rule="R006" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:text>the document does not say where its text comes from</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>не указано, откуда взят текст документа</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:correspDesc[@default = 'true']">
            <xsl:if test="not(tei:correspAction[@type = 'sent'][tei:persName or tei:orgName] and tei:correspAction[@type = 'received'][tei:persName or tei:orgName])">
               <finding rule="R007" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the description of the message names no sender, or no recipient</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>в описании сообщения не назван отправитель или получатель</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:correspDesc">
            <xsl:variable name="times"
                          select="for $step in ('sent', 'transmitted', 'received', 'deciphered', 'typed') return (tei:correspAction[@type = $step]/tei:date/(@when-iso, @when)[1])[1]/string()"/>
            <xsl:if test="not(every $n in 2 to count($times) satisfies (for $figures in min((string-length($times[$n - 1]), string-length($times[$n]))) return substring($times[$n - 1], 1, $figures) le substring($times[$n], 1, $figures)))">
               <finding rule="R008" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the steps of the message are not in the order of time: </xsl:text>
                     <xsl:value-of select="string-join($times, ', ')"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>этапы пути сообщения идут не по порядку времени: </xsl:text>
                     <xsl:value-of select="string-join($times, ', ')"/>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="string-join($times, ', ')"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:correspAction/(tei:persName | tei:orgName | tei:placeName)">
            <xsl:if test="not(normalize-space(.) != '')">
               <finding rule="R027" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:value-of select="local-name()"/>
                     <xsl:text> is empty here, and other programs show its text</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:value-of select="local-name()"/>
                     <xsl:text> здесь пуст, а другие программы показывают именно его текст</xsl:text>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="local-name()"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:div[@type = ('original', 'translation')]//(tei:p | tei:ab | tei:item | tei:opener | tei:closer)[contains(., '[') or contains(., ']')]">
            <xsl:variable name="words" select="string(.)"/>
            <xsl:variable name="opening"
                          select="string-length($words) - string-length(translate($words, '[', ''))"/>
            <xsl:variable name="closing"
                          select="string-length($words) - string-length(translate($words, ']', ''))"/>
            <xsl:if test="not($opening = $closing)">
               <finding rule="R013" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>square brackets opened here: </xsl:text>
                     <xsl:value-of select="$opening"/>
                     <xsl:text>, closed: </xsl:text>
                     <xsl:value-of select="$closing"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>квадратных скобок здесь открыто: </xsl:text>
                     <xsl:value-of select="$opening"/>
                     <xsl:text>, закрыто: </xsl:text>
                     <xsl:value-of select="$closing"/>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="$opening"/>
                  </value>
                  <value>
                     <xsl:value-of select="$closing"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:div[@type = ('original', 'translation')]//(tei:p | tei:item | tei:addrLine | tei:signed | tei:dateline)[contains(., '[')]">
            <xsl:variable name="loose"
                          select=".//text()[matches(., '\[\s*[^\d\s\]]')][not(ancestor::*[self::tei:gloss or self::tei:supplied or self::tei:ex or self::tei:ellipsis or self::tei:choice or self::tei:note or self::tei:idno or self::tei:ab])]"/>
            <xsl:if test="not(empty($loose))">
               <finding rule="R014" role="information" path="{path(.)}">
                  <sentence>
                     <xsl:text>nothing says what the bracket here is for: “</xsl:text>
                     <xsl:value-of select="substring(normalize-space(replace($loose[1], '^.*?(\[\s*[^\d\s\]].*)$', '$1', 's')), 1, 30)"/>
                     <xsl:text>”</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>не указано, что означает скобка: «</xsl:text>
                     <xsl:value-of select="substring(normalize-space(replace($loose[1], '^.*?(\[\s*[^\d\s\]].*)$', '$1', 's')), 1, 30)"/>
                     <xsl:text>»</xsl:text>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="substring(normalize-space(replace($loose[1], '^.*?(\[\s*[^\d\s\]].*)$', '$1', 's')), 1, 30)"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:body[translate(., 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZабвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ', 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяя') ! (contains(., 'zя') or contains(., 'яz'))]//tei:*[text()][not(ancestor-or-self::tei:sic)]">
            <xsl:variable name="words" select="string-join(text(), ' ')"/>
            <xsl:variable name="scripts"
                          select="translate($words, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZабвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ', 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяя')"/>
            <xsl:variable name="mixed"
                          select="if (contains($scripts, 'zя') or contains($scripts, 'яz')) then tokenize($words, '[^\p{L}]+')[matches(., '[Ѐ-ԯ]') and matches(., '[A-Za-z]')] else ()"/>
            <xsl:if test="not(empty($mixed))">
               <finding rule="R016" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>a word has letters of two scripts: </xsl:text>
                     <xsl:value-of select="string-join(distinct-values($mixed), ', ')"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>в слове буквы двух алфавитов: </xsl:text>
                     <xsl:value-of select="string-join(distinct-values($mixed), ', ')"/>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="string-join(distinct-values($mixed), ', ')"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:body[contains(., codepoints-to-string(173))]//tei:*">
            <xsl:if test="not(not(text()[contains(., codepoints-to-string(173))]))">
               <finding rule="R018" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>an invisible hyphen (U+00AD) stands in the text</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>в тексте невидимый знак переноса (U+00AD)</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:list[@type = 'distribution'][tei:item/@n]">
            <xsl:if test="not(every $place in 1 to count(tei:item[@n]) satisfies tei:item[@n][$place]/@n = string($place))">
               <finding rule="R010" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the copies are not numbered one after the other: </xsl:text>
                     <xsl:value-of select="string-join(tei:item/@n, ', ')"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>номера экземпляров идут не подряд: </xsl:text>
                     <xsl:value-of select="string-join(tei:item/@n, ', ')"/>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="string-join(tei:item/@n, ', ')"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:note[@type = 'discrepancy']">
            <xsl:if test="not(@subtype and @target and @resp)">
               <finding rule="R032" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:text>a note on a discrepancy lacks its kind, its place or its author</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>в примечании о расхождении нет вида, места или автора</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:note[@type = 'exception']">
            <xsl:if test="not(matches(@n, '^R\d{3}$') and @target and @resp and normalize-space(.) != '')">
               <finding rule="R033" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:text>an exception to a rule lacks its rule, its place, its author or its reason</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>у исключения из правила не указано правило, место, автор или причина</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:pc[@force = 'weak']">
            <xsl:if test="not(following::*[self::tei:pb or self::tei:lb][1]/@break = 'no')">
               <finding rule="R030" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>a hyphen is marked as one of a break, but no word runs on across a break after it</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>знак отмечен как перенос, но после него нет границы, через которую продолжается слово</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:choice">
            <xsl:if test="not(count(*) lt 2 or (tei:sic and tei:corr) or (tei:orig and tei:reg) or (tei:abbr and tei:expan))">
               <finding rule="R024" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:text>the readings in choice do not belong together: </xsl:text>
                     <xsl:value-of select="string-join(*/local-name(), ', ')"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>чтения в choice не составляют пары: </xsl:text>
                     <xsl:value-of select="string-join(*/local-name(), ', ')"/>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="string-join(*/local-name(), ', ')"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//(tei:body | tei:standOff)//tei:*[tokenize(@resp) = '#despatch']">
            <xsl:if test="not(@cert)">
               <finding rule="R023" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the program inferred this, but not how certain it is</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>это вывод программы, но не указано, насколько он надёжен</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:gloss | //tei:supplied | //tei:ex">
            <xsl:variable name="words" select="normalize-space(.)"/>
            <xsl:if test="not(starts-with($words, '[') = ends-with($words, ']'))">
               <finding rule="R026" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>only one bracket of “</xsl:text>
                     <xsl:value-of select="substring($words, 1, 30)"/>
                     <xsl:text>” stands inside </xsl:text>
                     <xsl:value-of select="local-name()"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>внутри </xsl:text>
                     <xsl:value-of select="local-name()"/>
                     <xsl:text> только одна из скобок: «</xsl:text>
                     <xsl:value-of select="substring($words, 1, 30)"/>
                     <xsl:text>»</xsl:text>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="substring($words, 1, 30)"/>
                  </value>
                  <value>
                     <xsl:value-of select="local-name()"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:body//tei:date[matches(@when, '^\d{4}')]">
            <xsl:variable name="year" select="substring(@when, 1, 4)"/>
            <xsl:if test="not(contains(string(.), $year) or @ana or @resp or @source)">
               <finding rule="R004" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the year </xsl:text>
                     <xsl:value-of select="$year"/>
                     <xsl:text> is not written here, and nothing says where it comes from</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>год </xsl:text>
                     <xsl:value-of select="$year"/>
                     <xsl:text> здесь не написан, и не сказано, откуда он взят</xsl:text>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="$year"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:body//tei:date[matches(@when, '-\d{2}-\d{2}$')]">
            <xsl:if test="not(matches(string(.), '\d') or @resp or @cert)">
               <finding rule="R005" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>the words “</xsl:text>
                     <xsl:value-of select="normalize-space(.)"/>
                     <xsl:text>” give no day, but @when="</xsl:text>
                     <xsl:value-of select="@when"/>
                     <xsl:text>" does</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>в словах «</xsl:text>
                     <xsl:value-of select="normalize-space(.)"/>
                     <xsl:text>» нет числа месяца, а в @when="</xsl:text>
                     <xsl:value-of select="@when"/>
                     <xsl:text>" оно есть</xsl:text>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="normalize-space(.)"/>
                  </value>
                  <value>
                     <xsl:value-of select="@when"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:measure | //tei:num">
            <xsl:variable name="least" select="string(@atLeast)"/>
            <xsl:variable name="most" select="string(@atMost)"/>
            <xsl:if test="not(not((@quantity, @value) and (@atLeast, @atMost)) and not(number(@atLeast) gt number(@atMost)))">
               <finding rule="R029" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:text>a quantity is either exact or a range from the lower to the higher number</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>количество либо точное, либо диапазон от меньшего числа к большему</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:linkGrp[@type = 'translation'][@domains]">
            <xsl:variable name="linked"
                          select="id((tei:link | tei:ptr)/tokenize(@target)[starts-with(., '#')] ! substring(., 2), root(.))"/>
            <xsl:variable name="missed"
                          select="(for $side in tokenize(@domains) return id(substring-after($side, '#'), root(.)))//tei:s[@xml:id][not(@prev)] except $linked"/>
            <xsl:if test="not(empty($missed))">
               <finding rule="R021" role="warning" path="{path(.)}">
                  <sentence>
                     <xsl:text>sentences neither linked nor said to have no counterpart: </xsl:text>
                     <xsl:value-of select="count($missed)"/>
                     <xsl:text>, the first </xsl:text>
                     <xsl:value-of select="$missed[1]/@xml:id"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>предложений без соответствия и без указания, что его нет: </xsl:text>
                     <xsl:value-of select="count($missed)"/>
                     <xsl:text>, первое — </xsl:text>
                     <xsl:value-of select="$missed[1]/@xml:id"/>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="count($missed)"/>
                  </value>
                  <value>
                     <xsl:value-of select="$missed[1]/@xml:id"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:linkGrp[@domains]/tei:link">
            <xsl:variable name="targets"
                          select="for $target in tokenize(@target) return id(substring-after($target, '#'), root(.))"/>
            <xsl:if test="not(count($targets) != count(tokenize(@target)) or (every $side in tokenize(../@domains) satisfies ($targets ! ancestor-or-self::*/@xml:id) = substring-after($side, '#')))">
               <finding rule="R020" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:text>the link </xsl:text>
                     <xsl:value-of select="@target"/>
                     <xsl:text> does not lead to both texts (</xsl:text>
                     <xsl:value-of select="../@domains"/>
                     <xsl:text>)</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>соответствие </xsl:text>
                     <xsl:value-of select="@target"/>
                     <xsl:text> не ведёт в оба текста (</xsl:text>
                     <xsl:value-of select="../@domains"/>
                     <xsl:text>)</xsl:text>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="@target"/>
                  </value>
                  <value>
                     <xsl:value-of select="../@domains"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:*[(@notBefore and @notAfter) or (@from and @to)]">
            <xsl:variable name="begins" select="string((@notBefore, @from)[1])"/>
            <xsl:variable name="ends" select="string((@notAfter, @to)[1])"/>
            <xsl:variable name="figures"
                          select="min((string-length($begins), string-length($ends)))"/>
            <xsl:if test="not(starts-with($begins, '-') != starts-with($ends, '-') or substring($begins, 1, $figures) le substring($ends, 1, $figures))">
               <finding rule="R001" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:text>the date ends before it begins: </xsl:text>
                     <xsl:value-of select="$begins"/>
                     <xsl:text> to </xsl:text>
                     <xsl:value-of select="$ends"/>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>дата кончается раньше, чем начинается: с </xsl:text>
                     <xsl:value-of select="$begins"/>
                     <xsl:text> по </xsl:text>
                     <xsl:value-of select="$ends"/>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="$begins"/>
                  </value>
                  <value>
                     <xsl:value-of select="$ends"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:*[@when or @from]">
            <xsl:if test="not(not(@when and (@notBefore, @notAfter, @from, @to)) and not(@from and @notBefore))">
               <finding rule="R002" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:text>a date has either one value or one range, and this has both</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>у даты либо одно значение, либо один диапазон, а здесь и то и другое</xsl:text>
                  </diagnostic>
               </finding>
            </xsl:if>
         </xsl:for-each>
         <xsl:for-each select="//tei:*[@when and @when-iso]">
            <xsl:variable name="day" select="substring(@when-iso, 1, 10)"/>
            <xsl:if test="not(starts-with(@when-iso, @when))">
               <finding rule="R003" role="error" path="{path(.)}">
                  <sentence>
                     <xsl:text>@when-iso="</xsl:text>
                     <xsl:value-of select="@when-iso"/>
                     <xsl:text>" is not on the day of @when="</xsl:text>
                     <xsl:value-of select="@when"/>
                     <xsl:text>"</xsl:text>
                  </sentence>
                  <diagnostic xml:lang="ru">
                     <xsl:text>@when-iso="</xsl:text>
                     <xsl:value-of select="@when-iso"/>
                     <xsl:text>" — другой день, чем @when="</xsl:text>
                     <xsl:value-of select="@when"/>
                     <xsl:text>"</xsl:text>
                  </diagnostic>
                  <value>
                     <xsl:value-of select="@when-iso"/>
                  </value>
                  <value>
                     <xsl:value-of select="@when"/>
                  </value>
               </finding>
            </xsl:if>
         </xsl:for-each>
      </report>
   </xsl:template>
</xsl:stylesheet>
