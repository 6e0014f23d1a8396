<?xml version="1.0" encoding="UTF-8"?>
<!--
  The time line of a message: sent, received, deciphered, typed, in the order of their times.

  In:  a correspDesc.
  Out: a list of its dated actions, which the style sheet lays along a line; between two that took place at the receiving
       office, the time that passed. Times elsewhere are not compared: the sources give no zones.
  Included by description.xsl.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:web="urn:despatch:web"
  xmlns:corresp="urn:despatch:corresp"
  xmlns:dating="urn:despatch:dating"
  xmlns:label="urn:despatch:label"
  xmlns:local="urn:despatch:web:times"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The actions that stand on the time line: those with a day, where there are several. -->
  <xsl:function name="web:timed" as="element(correspAction)*">
    <xsl:param name="message" as="element(correspDesc)"/>
    <xsl:variable name="dated" as="element(correspAction)*"
      select="$message/correspAction[label:has(@type)][date[@when or @when-iso]]"/>
    <xsl:if test="count($dated) gt 1">
      <xsl:perform-sort select="$dated">
        <xsl:sort select="local:time(.)"/>
      </xsl:perform-sort>
    </xsl:if>
  </xsl:function>

  <!-- When an action took place, ISO 8601. -->
  <xsl:function name="local:time" as="xs:string">
    <xsl:param name="action" as="element(correspAction)"/>
    <xsl:sequence select="string($action/date[@when or @when-iso][1]/(@when-iso, @when)[1])"/>
  </xsl:function>

  <xsl:template name="web:times" as="element(Q{}ol)?">
    <xsl:param name="message" as="element(correspDesc)"/>
    <xsl:variable name="events" as="element(correspAction)*" select="web:timed($message)"/>
    <xsl:if test="exists($events)">
      <ol class="times" aria-label="{label:text('times', $lang)}">
        <xsl:for-each select="$events">
          <xsl:variable name="place" as="xs:integer" select="position()"/>
          <xsl:variable name="before" as="element(correspAction)?" select="$events[$place - 1]"/>
          <li>
            <xsl:for-each select="local:passed($before, .)"><span class="passed">{.}</span></xsl:for-each>
            <span class="what">{label:text(@type, $lang)}</span>
            <xsl:text> </xsl:text>
            <xsl:sequence select="local:when(., $before)"/>
            <xsl:for-each select="local:who-and-where(.)">
              <xsl:text> </xsl:text><span class="who"><xsl:sequence select="web:name-link(.)"/></span>
            </xsl:for-each>
          </li>
        </xsl:for-each>
      </ol>
    </xsl:if>
  </xsl:template>

  <!-- Day and time in words; the time alone, where the day is that of the action before. -->
  <xsl:function name="local:when" as="element()">
    <xsl:param name="action" as="element(correspAction)"/>
    <xsl:param name="before" as="element(correspAction)?"/>
    <xsl:variable name="value" as="xs:string" select="local:time($action)"/>
    <xsl:variable name="is-same-day" as="xs:boolean"
      select="contains($value, 'T') and substring-before($value, 'T') = $before ! substring(local:time(.), 1, 10)"/>
    <xsl:element name="{if (web:is-day-or-time($value)) then 'time' else 'span'}">
      <xsl:if test="web:is-day-or-time($value)"><xsl:attribute name="datetime" select="$value"/></xsl:if>
      <xsl:text>{if ($is-same-day) then dating:time($value) else dating:of($action/date[@when or @when-iso][1], $lang)}</xsl:text>
    </xsl:element>
  </xsl:function>

  <!-- Where, and for the work of clerks by whom. -->
  <xsl:function name="local:who-and-where" as="element()*">
    <xsl:param name="action" as="element(correspAction)"/>
    <xsl:sequence select="
      $action[not(@type = ('sent', 'received'))][not(@subtype)]/(persName | orgName | name), $action/(placeName | settlement)"/>
  </xsl:function>

  <!-- The time that passed between two actions at the receiving office. -->
  <xsl:function name="local:passed" as="xs:string?">
    <xsl:param name="from" as="element(correspAction)?"/>
    <xsl:param name="to" as="element(correspAction)"/>
    <xsl:variable name="times" as="xs:string*" select="
      ($from, $to)[@type = ('received', 'deciphered', 'typed', 'checked')] ! (substring(local:time(.), 1, 16) || ':00')[. castable as xs:dateTime]"/>
    <xsl:if test="count($times) eq 2">
      <xsl:variable name="minutes" as="xs:integer"
        select="xs:integer((xs:dateTime($times[2]) - xs:dateTime($times[1])) div xs:dayTimeDuration('PT1M'))"/>
      <xsl:sequence select="string-join((
        string($minutes idiv 60)[. ne '0'] ! label:with('hours', ., $lang),
        string($minutes mod 60)[. ne '0'] ! label:with('minutes', ., $lang)), ' ')[. ne '']"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
