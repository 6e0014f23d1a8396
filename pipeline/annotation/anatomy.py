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

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.annotation.embedded import find_embedded
from pipeline.annotation.layout import Chunk
from pipeline.annotation.parts import (
    OPENING_QUOTES,
    Piece,
    closer_pieces,
    is_dateline,
    is_name_like,
    is_omission,
    opener_pieces,
    tail_kind,
)
from pipeline.annotation.spans import Span, span
from pipeline.languages.anatomy import AnatomyWords

LONGEST_OPENER_LINE = 70
"""Characters of a line in an opener that no word marks: an addressee."""

LONGEST_HEADING = 140
"""Characters."""

LONGEST_CONTINUATION = 24
"""Characters of a line in small letters that goes on from the one above it in an opener."""

WORDS_AFTER_SIGNATURE = 3
"""So many chunks of running text may follow a signature; more, and it was none."""

CONTINUED = "goes-on-from-the-line-above"

_UNITS = {"dateline": "dateline", "date": "dateline", "place": "dateline", "address-word": "address-line"}
_NUMBERED = re.compile(r"[\"“«]?((?:\d{1,2}|[a-zа-я])[.)])(?!\d{1,2}\.|\d{1,2}\s*$|[IVXІХ]{1,4}\.)\s?(?=\S)")
_ENDS_SENTENCE = re.compile(r"[.!?:;…,][\"”»’')\]]*$")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the recognisers of a witness share."""

    text: str
    words: AnatomyWords
    language: str


def find_anatomy(frame: Frame, chunks: Sequence[Chunk], *, is_quoted: bool = False) -> list[Span]:
    """Return the spans of a message and, unless it is itself quoted, of the messages inside it, in no order."""
    spans = [sign for chunk in chunks for sign in chunk.signs]
    opener_end = _opener_end(frame, chunks)
    spans += _opener(frame, chunks[:opener_end])
    rest = chunks[opener_end:]
    inner = (
        [] if is_quoted else find_embedded(rest, frame.words, frame.language, lambda chunk: _is_address(frame, chunk))
    )
    closing = _closing_start(frame, rest, after=inner[-1].end if inner else 0)
    reached = 0
    for number, message in enumerate(inner, start=2):
        spans += _body(frame, rest[reached : message.start])
        quoted = rest[message.start : message.end]
        spans.append(span(quoted[0].start, quoted[-1].end, "embedded", message.rule, n=f"m{number}"))
        spans += find_anatomy(frame, quoted, is_quoted=True)
        reached = message.end
    spans += _body(frame, rest[reached:closing])
    return [*spans, *_closing(frame, rest[closing:])]


# Opener


def _opener_end(frame: Frame, chunks: Sequence[Chunk]) -> int:
    """Return how many chunks the opener has: up to the first that no part of an opener explains."""
    end = 0
    explained = 0
    for number, chunk in enumerate(chunks):
        if _is_marked_opener(frame, chunk):
            end, explained = number + 1, explained + 1
            if frame.words.salute.get("opening", _NOTHING).fullmatch(chunk.text):
                break
        elif not _may_be_addressee(chunk, chunks[number + 1 :]):
            break
        else:
            end = number + 1
    return end if explained else 0


_NOTHING = re.compile("(?!)")


def _is_marked_opener(frame: Frame, chunk: Chunk) -> bool:
    if "\t" in frame.text[chunk.start : chunk.end] and len(chunk.text) < 160:
        return True
    if is_omission(chunk.text) or frame.words.salute.get("opening", _NOTHING).fullmatch(chunk.text):
        return True
    bare = chunk.text.lstrip(OPENING_QUOTES)
    return is_dateline(bare, frame.language) or bool(opener_pieces(bare, frame.words, frame.language))


def _may_be_addressee(chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """Whether a short line that names someone, or goes on from the line above, stands above something longer."""
    text = chunk.text
    if len(text) > LONGEST_OPENER_LINE or _ENDS_SENTENCE.search(text) or not following or _NUMBERED.match(text):
        return False
    return is_name_like(re.sub(r",\s*", " ", text)) or (text[:1].islower() and len(text) <= LONGEST_CONTINUATION)


def _is_address(frame: Frame, chunk: Chunk) -> bool:
    """Whether a chunk does nothing but address someone: `"Товарищу МАО ЦЗЕ-ДУНУ.`"""
    bare = chunk.text.lstrip('"“«„')
    pieces = opener_pieces(bare, frame.words, frame.language)
    if any(piece.type == "address-word" for piece in pieces):
        return True
    return bool(frame.words.salute.get("opening", _NOTHING).fullmatch(bare))


def _opener(frame: Frame, chunks: Sequence[Chunk]) -> list[Span]:
    spans: list[Span] = []
    run: list[Chunk] = []
    for group in _tables(frame, chunks):
        if len(group) > 1 or "\t" in frame.text[group[0].start : group[0].end]:
            spans += _table(frame, group)
            run += group
            continue
        chunk = group[0]
        if is_omission(chunk.text) or frame.words.opener.get("head", _NOTHING).fullmatch(chunk.text):
            spans += _opener_run(run)
            run = []
            kind = "omission" if is_omission(chunk.text) else "head"
            spans.append(span(chunk.start, chunk.end, kind, f"opener-{kind}"))
            continue
        run.append(chunk)
    units = [unit for chunk in chunks for unit in _opener_units(frame, chunk)]
    return [*spans, *_opener_run(run), *_merged(units)]


def _opener_run(run: Sequence[Chunk]) -> list[Span]:
    if not run:
        return []
    doubt = next((chunk.certainty for chunk in run if chunk.certainty), "")
    return [span(run[0].start, run[-1].end, "opener", "opener", doubt)]


def _opener_units(frame: Frame, chunk: Chunk) -> list[Span]:
    """Return the units of one chunk of an opener; together they cover all of it."""
    if "\t" in frame.text[chunk.start : chunk.end] or is_omission(chunk.text):
        return []
    if frame.words.opener.get("head", _NOTHING).fullmatch(chunk.text):
        return []
    if frame.words.salute.get("opening", _NOTHING).fullmatch(chunk.text):
        return [span(chunk.start, chunk.end, "salute", "opening-salute")]
    bare = len(chunk.text) - len(chunk.text.lstrip('"“«„'))
    pieces = opener_pieces(chunk.text[bare:], frame.words, frame.language)
    if not pieces and chunk.text[:1].islower():
        return [span(chunk.start, chunk.end, "seg", CONTINUED, type="")]
    if not pieces:
        kind = "dateline" if is_dateline(chunk.text, frame.language) else "address-line"
        return [span(chunk.start, chunk.end, kind, f"{kind}-by-place")]
    pieces = [Piece(piece.start + bare, piece.end + bare, piece.type) for piece in pieces]
    return [_opener_unit(kind, *extent) for kind, extent in _tiles(chunk, pieces)]


def _opener_unit(kind: str, start: int, end: int) -> Span:
    if kind in _UNITS:
        return span(start, end, _UNITS[kind], "opener-words")
    return span(start, end, "seg", "opener-words", type="document-type" if kind == "head" else kind)


def _tiles(chunk: Chunk, pieces: Sequence[Piece]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the pieces with extents that cover the chunk: filling belongs to the piece before it."""
    heads = [piece for number, piece in enumerate(pieces) if number == 0 or piece.type != "bracket"]
    for number, piece in enumerate(heads):
        start = 0 if number == 0 else piece.start
        end = heads[number + 1].start if number + 1 < len(heads) else len(chunk.text)
        end -= len(chunk.text[start:end]) - len(chunk.text[start:end].rstrip())
        yield piece.type, chunk.reading.extent(start, end)


def _merged(units: Sequence[Span]) -> list[Span]:
    """Join neighbouring datelines into one, and put neighbouring address lines into an address."""
    spans: list[Span] = []
    address: list[Span] = []
    for unit in units:
        last = spans[-1] if spans else None
        if address and unit.kind != "address-line":
            spans += [span(address[0].start, address[-1].end, "address", "address"), *address]
            address = []
        elif last and (unit.rule == CONTINUED or unit.kind == last.kind == "dateline"):
            spans[-1] = replace(last, end=unit.end)
            continue
        if unit.kind == "address-line":
            address.append(unit)
        else:
            spans.append(unit)
    return [*spans, *([span(address[0].start, address[-1].end, "address", "address"), *address] if address else [])]


def _tables(frame: Frame, chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Group neighbouring chunks whose lines have tabs: the rows of a form's table."""
    groups: list[list[Chunk]] = []
    for chunk in chunks:
        tabbed = "\t" in frame.text[chunk.start : chunk.end]
        if tabbed and groups and "\t" in frame.text[groups[-1][0].start : groups[-1][0].end]:
            groups[-1].append(chunk)
        else:
            groups.append([chunk])
    return groups


def _table(frame: Frame, rows: Sequence[Chunk]) -> list[Span]:
    start, end = rows[0].start, rows[-1].end
    spans = [
        span(start, end, "note", "tabbed-lines", type="distribution", place="inline"),
        span(start, end, "table", "tabbed-lines"),
    ]
    for row in rows:
        spans.append(span(row.start, row.end, "row", "tabbed-lines"))
        place = row.start
        for cell in frame.text[row.start : row.end].split("\t"):
            lead = len(cell) - len(cell.lstrip())
            cell_start = place + (lead if cell.strip() else 0)
            spans.append(span(cell_start, cell_start + len(cell.strip()), "cell", "tabbed-lines"))
            place += len(cell) + 1
    return spans


# Body


def _body(frame: Frame, chunks: Sequence[Chunk]) -> list[Span]:
    spans: list[Span] = []
    headings = [
        number
        for number, chunk in enumerate(chunks)
        if _is_heading(chunk, chunks[number + 1 :]) and not _is_marked_opener(frame, chunk)
    ]
    for number, chunk in enumerate(chunks):
        if number in headings:
            following = next((other for other in headings if other > number), len(chunks))
            spans.append(span(chunk.start, chunks[following - 1].end, "section", "heading"))
            spans.append(span(chunk.start, chunk.end, "head", "heading"))
        elif is_omission(chunk.text):
            spans.append(span(chunk.start, chunk.end, "paragraph", "omission"))
        else:
            spans += _paragraph(chunk)
    return spans


def _is_heading(chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """Whether a chunk is a heading: short, in capitals, no sentence, with text below it."""
    if len(chunk.text) > LONGEST_HEADING or not following or _ENDS_SENTENCE.search(chunk.text):
        return False
    letters = [character for character in chunk.text if character.isalpha()]
    if len(letters) < 6:
        return False
    capitals = sum(1 for character in letters if character.isupper())
    return capitals >= 0.95 * len(letters) and len(following[0].text) > len(chunk.text)


def _paragraph(chunk: Chunk) -> list[Span]:
    spans = [
        span(chunk.start, chunk.end, "paragraph", "layout" if not chunk.certainty else "restored", chunk.certainty)
    ]
    if numbered := _NUMBERED.match(chunk.text):
        start, end = chunk.reading.extent(numbered.start(1), numbered.end(1))
        spans.append(span(start, end, "label", "numbering"))
    return spans


# Closer and postscript


def _closing_start(frame: Frame, chunks: Sequence[Chunk], after: int) -> int:
    """Return where the closer begins: the earliest closing chunk with hardly any running text after it."""
    running = 0
    start = len(chunks)
    for number in range(len(chunks) - 1, after - 1, -1):
        chunk = chunks[number]
        if tail_kind(chunk.text, frame.words):
            start = number if running == 0 else start
        elif _closes(frame, chunk):
            if running == 0 or _is_confirmed(frame, chunks, number) or running == 1:
                start = number
                running = 0 if running <= WORDS_AFTER_SIGNATURE else running
        else:
            if not _is_short_note(chunk):
                running += 1
            if running > WORDS_AFTER_SIGNATURE or (start < len(chunks) and _closed(frame, chunks[start:])):
                break
    return start


def _closed(frame: Frame, chunks: Sequence[Chunk]) -> bool:
    """Whether a closer has been found among these chunks."""
    return any(_closes(frame, chunk) for chunk in chunks if not tail_kind(chunk.text, frame.words))


def _closes(frame: Frame, chunk: Chunk) -> bool:
    return bool(closer_pieces(chunk.text, frame.words, frame.language))


def _is_confirmed(frame: Frame, chunks: Sequence[Chunk], number: int) -> bool:
    """Whether a date, number, greeting or second line of a signature stands beside a would-be signature."""
    beside = [*chunks[max(number - 1, 0) : number], *chunks[number + 1 : number + 2]]
    return any(_closes(frame, chunk) for chunk in beside)


def _is_short_note(chunk: Chunk) -> bool:
    """Whether a chunk is too short for running text: `ПОЛКОВНИК (Макаров)`."""
    bare = re.sub(r"[()*]", "", chunk.text)
    return len(bare) <= LONGEST_OPENER_LINE and (is_name_like(bare) or bare.startswith("["))


def _closing(frame: Frame, chunks: Sequence[Chunk]) -> list[Span]:
    end = 0
    while end < len(chunks) and _belongs_to_closer(frame, chunks[end]):
        end += 1
    spans: list[Span] = []
    closer, rest = chunks[:end], chunks[end:]
    if closer:
        doubt = closer[0].certainty
        spans.append(span(closer[0].start, closer[-1].end, "closer", "closer", doubt))
        spans += _merged([unit for chunk in closer for unit in _closer_units(frame, chunk)])
    while rest and is_omission(rest[-1].text):
        spans.append(span(rest[-1].start, rest[-1].end, "omission", "omission-at-the-end"))
        rest = rest[:-1]
    return spans + (_postscript(frame, rest) if rest else [])


def _belongs_to_closer(frame: Frame, chunk: Chunk) -> bool:
    return not tail_kind(chunk.text, frame.words) and _closes(frame, chunk)


def _closer_units(frame: Frame, chunk: Chunk) -> list[Span]:
    pieces = closer_pieces(chunk.text, frame.words, frame.language)
    units = []
    for kind, (start, end) in _tiles(chunk, pieces):
        if kind == "number":
            units.append(span(start, end, "seg", "closer-words", type="number"))
        else:
            units.append(span(start, end, kind if kind != "bracket" else "signed", "closer-words"))
    return units


def _postscript(frame: Frame, chunks: Sequence[Chunk]) -> list[Span]:
    """Return the postscript: copies as a list, clerks and references as blocks of their own, the rest as paragraphs."""
    spans = [span(chunks[0].start, chunks[-1].end, "postscript", "after-the-closer")]
    blocks: list[tuple[str, list[Chunk]]] = []
    for chunk in chunks:
        kind = tail_kind(chunk.text, frame.words)
        last = blocks[-1][0] if blocks else ""
        goes_on = kind == last == "distribution" or (last == "processing" and not kind and _is_short_note(chunk))
        if goes_on or (last == "processing" and chunk.text.startswith("[") and kind != "archival-reference"):
            blocks[-1][1].append(chunk)
        else:
            blocks.append((kind, [chunk]))
    for kind, group in blocks:
        spans += _postscript_block(kind, group)
    return spans


def _postscript_block(kind: str, group: Sequence[Chunk]) -> list[Span]:
    start, end = group[0].start, group[-1].end
    if kind == "distribution" and len(group) > 1:
        items = [span(chunk.start, chunk.end, "item", "copies", n=_copy_number(chunk)) for chunk in group]
        return [span(start, end, "list", "copies", type="distribution"), *items]
    if kind == "omission":
        return [span(start, end, "paragraph", "omission")]
    if kind:
        return [span(start, end, "ab", kind, type=kind)]
    return _paragraph(group[0])


def _copy_number(chunk: Chunk) -> str:
    found = re.search(r"\d+", chunk.text)
    return found.group() if found else ""
