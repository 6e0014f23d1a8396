"""Turn a paragraph into the answer whether it is an archive's summary: it speaks about the document, not in it.

A summary says nothing in the first person, is English prose of a sentence or more, and begins with the kind of
document, or with who does what in it. From seed 000, below the last signature and date:

    Telegram from Stalin to Mao and Zhou Enlai asking that they consider moving 5-6 divisions of Chinese volunteers …
"""

from __future__ import annotations

import re

from pipeline.captures.language import letters_in

_FIRST_PERSON = re.compile(r"\b(?:I|we|We|me|us|my|My|our|Our|you|You|your|Your)\b")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'(?!\w)")
_KIND = (
    r"(?:[Cc]iphered |[Cc]oded |[Cc]ipher |[Ss]hort |[Ss]ecret |[Uu]rgent |[Dd]raft )*"
    r"(?:[Tt]elegram|[Cc]able|[Ll]etter|[Mm]emorandum|[Mm]emo|[Rr]eport|[Nn]ote|[Mm]essage|[Mm]inutes|[Rr]ecord|[Rr]esolution"
    r"|[Dd]irective|[Dd]ecision|[Cc]onversation|[Ss]peech|[Ss]tatement|[Dd]iary|[Ii]nstructions?|[Dd]ispatch|[Ee]xcerpt"
    r"|[Tt]ranscript|[Ss]ummary|[Tt]elephonogram|[Cc]iphergram)s?"
)
_BY_KIND = re.compile(
    rf"(?:(?:A|An|The|This)\s+)?{_KIND}\b[^.]{{0,120}}?\b(?:from|to|by|between|of|on|in|with|regarding|about|describing)\b"
)
_VERB = (
    r"(?:informs?|tells?|asks?|reports?|discuss(?:es)?|requests?|responds?|repl(?:y|ies)|describes?|explains?|states?|urges?"
    r"|advises?|suggests?|notes?|outlines?|expresses|proposes|thanks?|warns?|instructs?|sends?|conveys?|summarizes|briefs?"
    r"|agrees?|refuses?|conversed?|converses|speaks|writes|relays?|recommends?|argues|claims|confirms|criticizes|demands)"
)
_BY_DEED = re.compile(
    rf"(?:[A-Z][\w.'’-]*|and|the|of|,|\([^)]*\))(?:\s*,?\s+(?:[\w.'’-]+|\([^)]*\))){{0,7}}?\s+{_VERB}\b"
)
WORDS = 8
"""A summary has at least as many words."""


def speaks_about_the_document(paragraph: str, is_apart: bool) -> bool:
    """Whether a paragraph is a summary; one that stands apart, with text above it, need not name the kind or a deed."""
    text = " ".join(paragraph.split())
    plain = _QUOTED.sub(" ", text)
    letters = letters_in(text)
    if len(text.split()) < WORDS or letters["Latin"] * 10 < sum(letters.values()) * 9:
        return False
    if _FIRST_PERSON.search(plain) or not text[0].isupper() or text.startswith(("Copy", "Copies")):
        return False
    return (is_apart and text.endswith((".", ".)", ".”", '."'))) or bool(_BY_KIND.match(plain) or _BY_DEED.match(plain))


def begins_a_summary(line: str) -> bool:
    """Whether a line is the first of a summary by the kind of document or the deed that it names."""
    text = line.strip()
    return len(text.split()) >= 4 and bool(_BY_KIND.match(text) or _BY_DEED.match(text))
