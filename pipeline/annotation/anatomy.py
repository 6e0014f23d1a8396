"""Turn the chunks of a witness into the anatomy of a message: opener, paragraphs, closer, postscript, messages inside.

    message    = [opener] body [closer] [postscript]
    opener     = chunks made of known parts, names on lines of their own, a salutation
    body       = (paragraph | heading | embedded message)+
    embedded   = a message in quotation marks with a sender or a date of its own
    closer     = the first run of greeting, name, number, date near the end
    postscript = all that follows: words after the signature, clerks, copies, archival references, source lines

The grammar works on evidence of two kinds: words (`pipeline/languages/anatomy/*.toml`) and place. Encoding and TEI's
limits: ENCODING.md §4.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.annotation.closers import closing_spans, closing_start
from pipeline.annotation.embedded import find_embedded
from pipeline.annotation.layout import Chunk
from pipeline.annotation.openers import is_address, is_marked_opener, opener_end, opener_spans, with_lists_joined
from pipeline.annotation.parts import is_omission
from pipeline.annotation.spans import Span, span
from pipeline.annotation.units import ENDS_SENTENCE, Frame, paragraph

__all__ = ["Frame", "find_anatomy"]

LONGEST_HEADING = 140
"""Characters."""


def find_anatomy(frame: Frame, chunks: Sequence[Chunk], *, is_quoted: bool = False) -> list[Span]:
    """Return the spans of a message and, unless it is itself quoted, of the messages inside it, in no order."""
    chunks = with_lists_joined(frame, chunks)
    spans = [sign for chunk in chunks for sign in chunk.signs]
    end = opener_end(frame, chunks)
    spans += opener_spans(frame, chunks[:end])
    rest = chunks[end:]
    inner = (
        [] if is_quoted else find_embedded(rest, frame.words, frame.language, lambda chunk: is_address(frame, chunk))
    )
    closing = closing_start(frame, rest, after=inner[-1].end if inner else 0)
    reached = 0
    for number, message in enumerate(inner, start=2):
        spans += _body(frame, rest[reached : message.start], has_sections=False)
        quoted = rest[message.start : message.end]
        spans.append(span(quoted[0].start, quoted[-1].end, "embedded", message.rule, n=f"m{number}"))
        spans += find_anatomy(frame, quoted, is_quoted=True)
        reached = message.end
    spans += _body(frame, rest[reached:closing], has_sections=not inner)
    return [*spans, *closing_spans(frame, rest[closing:])]


def _body(frame: Frame, chunks: Sequence[Chunk], *, has_sections: bool) -> list[Span]:
    """Return paragraphs and sections; TEI lets no embedded message follow a section, so both never stand together."""
    spans: list[Span] = []
    headings = [
        number
        for number, chunk in enumerate(chunks)
        if has_sections and _is_heading(chunk, chunks[number + 1 : number + 2]) and not is_marked_opener(frame, chunk)
    ]
    for number, chunk in enumerate(chunks):
        if number in headings:
            following = next((other for other in headings if other > number), len(chunks))
            spans.append(span(chunk.start, chunks[following - 1].end, "section", "heading"))
            spans.append(span(chunk.start, chunk.end, "head", "heading"))
        elif is_omission(chunk.text):
            spans.append(span(chunk.start, chunk.end, "paragraph", "omission"))
        else:
            spans += paragraph(chunk)
    return spans


def _is_heading(chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """Whether a chunk is a heading: short, in capitals, no sentence, with text below it."""
    if len(chunk.text) > LONGEST_HEADING or not following or ENDS_SENTENCE.search(chunk.text):
        return False
    letters = [character for character in chunk.text if character.isalpha()]
    if len(letters) < 6:
        return False
    capitals = sum(1 for character in letters if character.isupper())
    return capitals >= 0.95 * len(letters) and len(following[0].text) > len(chunk.text)
