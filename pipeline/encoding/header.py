"""Turn what a capture states into `teiHeader`: title, agents, provenance, the capture itself, correspondence.

Every field of the capture stands verbatim in `bibl[@type="capture"]`, as a note of its name (the field law); what is
read out of fields (shelfmarks, printed sources, dates) stands beside it in TEI's own places. Encoding: ENCODING.md §3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.annotation.dating import JULIAN, parse_date
from pipeline.annotation.printed_sources import PrintedSource, find_printed_sources
from pipeline.annotation.shelfmarks import Shelfmark, find_shelfmarks, parse_shelfmark
from pipeline.annotation.spans import Node
from pipeline.annotation.titles import genre_of
from pipeline.captures.capture import Capture
from pipeline.captures.language import languages_of
from pipeline.encoding.composed_title import ComposedTitle
from pipeline.encoding.correspondence import Action, Message
from pipeline.encoding.related import write_related
from pipeline.encoding.responsibility import Agent
from pipeline.encoding.text import append_text
from pipeline.languages import is_known, language
from pipeline.languages.office import kinds
from pipeline.tei import XML_ID, XML_LANG, tag

PROVENANCE = ("source", "citation", "original-archive")
"""Fields in which an archive and its reference are named, the most exact first."""


@dataclass(frozen=True, slots=True)
class Licence:
    """The edition's own licence, from `corpus.xml`."""

    publisher: str
    target: str


@dataclass(frozen=True, slots=True)
class Described:
    """All that the header is made of."""

    capture: Capture
    roots: tuple[Node, ...]
    date: str
    """Of the document, ISO 8601, or ""."""
    agents: tuple[Agent, ...]
    messages: tuple[Message, ...]
    licence: Licence
    composed_title: ComposedTitle
    """What the document is called where the capture gives it no title."""


def encode_header(described: Described) -> etree._Element:
    """Return `teiHeader`."""
    header = etree.Element(tag("teiHeader"))
    description = _sub(header, "fileDesc")
    _title_statement(description, described)
    _publication_statement(description, described.licence)
    _source_description(description, described)
    see = _sub(_sub(header, "encodingDesc"), "p", "See ")
    _sub(see, "ref", "corpus.xml", target="corpus.xml").tail = "."
    _profile(header, described)
    changes = _sub(header, "revisionDesc", status="draft")
    _sub(changes, "change", "Converted from the capture.", who="#despatch", status="draft")
    return header


def _sub(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(
        parent, tag(name), {key.rstrip("_"): value for key, value in attributes.items() if value}
    )
    if text:
        append_text(element, text)
    return element


def _title_statement(parent: etree._Element, described: Described) -> None:
    statement = _sub(parent, "titleStmt")
    titles = described.capture.fields("title")
    for title in titles:
        _title(statement, title, resp="#source")
    for title in described.capture.fields("original-title"):
        _title(statement, title, resp="#source", type="original")
    if not titles:
        composed = described.composed_title
        _sub(statement, "title", composed.text, resp="#despatch").set(XML_LANG, composed.language)
    for agent in described.agents:
        _responsibility(statement, agent)


def _title(statement: etree._Element, title: str, **attributes: str) -> None:
    folded = " ".join(title.split())
    _sub(statement, "title", folded, **attributes).set(XML_LANG, languages_of([folded])[0] or "en")


def _responsibility(statement: etree._Element, agent: Agent) -> None:
    entry = _sub(statement, "respStmt")
    entry.set(XML_ID, agent.id)
    _sub(entry, "resp", agent.responsibility)
    for name in agent.names:
        if agent.kind == "person":
            _sub(entry, "persName", name)
        elif agent.kind == "organisation":
            _sub(entry, "orgName", name)
        else:
            _sub(entry, "name", name, type="software")


def _publication_statement(parent: etree._Element, licence: Licence) -> None:
    statement = _sub(parent, "publicationStmt")
    _sub(statement, "publisher", licence.publisher)
    availability = _sub(statement, "availability")
    if licence.target:
        _sub(availability, "licence", "The edition's own part; for the source see sourceDesc.", target=licence.target)
    else:
        _sub(availability, "p", "See corpus.xml; for the source see sourceDesc.")


# Source


def _source_description(parent: etree._Element, described: Described) -> None:
    source = _sub(parent, "sourceDesc")
    capture = described.capture
    holdings = shelfmarks_of(capture, described.roots)
    if holdings:
        _manuscript(source, holdings, capture)
    for printed in _printed_sources(capture, described.roots):
        _printed(source, printed)
    _capture_record(source, capture)


def _blocks(roots: Iterable[Node], types: set[str], text: str) -> Iterator[str]:
    for node in roots:
        if node.span.kind == "ab" and node.span.get("type") in types:
            yield text[node.span.start : node.span.end]
        yield from _blocks(node.children, types, text)


def shelfmarks_of(capture: Capture, roots: Iterable[Node]) -> list[Shelfmark]:
    """Return the archival references of a document, each holding once, those of the record first."""
    texts = [" ".join(capture.fields(name)) for name in PROVENANCE]
    texts += _blocks(roots, {"archival-reference", "source-line"}, capture.text)
    found: dict[str, Shelfmark] = {}
    for text in texts:
        for mark in find_shelfmarks(text) or [mark for mark in [parse_shelfmark(text)] if mark]:
            found.setdefault(mark.sort_key, mark)
    return list(found.values())


def _manuscript(source: etree._Element, holdings: list[Shelfmark], capture: Capture) -> None:
    description = _sub(source, "msDesc")
    identifier = _sub(description, "msIdentifier")
    _holding(identifier, holdings[0])
    for other in holdings[1:]:
        _holding(_sub(identifier, "altIdentifier", type="holding"), other)
    leaves, locus = holdings[0].part("list"), holdings[0].locus
    originals = [witness.get("lang") for witness in capture.spans if witness.get("type") == "original"]
    main = originals[0] if originals else original_language(capture)
    item = _sub(_sub(description, "msContents"), "msItem")
    if leaves and locus:
        _sub(item, "locus", leaves.text, from_=locus[0], to=locus[1])
    _sub(item, "textLang", _language_name(main or "und"), mainLang=main or "und")


def _holding(parent: etree._Element, mark: Shelfmark) -> None:
    if mark.archive and mark.archive.settlement.get("en"):
        _sub(parent, "settlement", mark.archive.settlement["en"])
    if mark.repository:
        _sub(parent, "repository", mark.repository)
    reference = _sub(parent, "idno", type="archival")
    if not mark.parts:
        append_text(reference, mark.rest or mark.text)
        return
    reached = mark.parts[0].start
    for part in mark.parts:
        append_text(reference, mark.text[reached - mark.start : part.start - mark.start])
        _sub(reference, "idno", part.text, type=part.kind, n=part.normal)
        reached = part.end


def _printed_sources(capture: Capture, roots: Iterable[Node]) -> list[PrintedSource]:
    texts = [" ".join(capture.fields(name)) for name in ("citation", "source")]
    texts += _blocks(roots, {"source-line"}, capture.text)
    found: dict[tuple[str, ...], PrintedSource] = {}
    for text in texts:
        for printed in find_printed_sources(text):
            found.setdefault((printed.year, printed.volume, printed.issue, printed.pages), printed)
    return list(found.values())


def _printed(source: etree._Element, printed: PrintedSource) -> None:
    entry = _sub(source, "bibl", type="printed")
    _sub(entry, "note", " ".join(printed.text.split()), type="as-captured")
    if printed.title:
        _sub(entry, "title", printed.title)
    if printed.year:
        _sub(entry, "date", printed.year, when=printed.year)
    for unit, value in (("volume", printed.volume), ("issue", printed.issue), ("page", printed.pages)):
        if value:
            _sub(entry, "biblScope", value, unit=unit)


def _capture_record(source: etree._Element, capture: Capture) -> None:
    """Write the captured publication: who, which record, when, where, its rights, and every field as it stands."""
    record = _sub(source, "bibl", type="capture")
    if capture.publisher:
        _sub(record, "publisher", capture.publisher)
    if not capture.key.startswith("sha256:"):
        _sub(record, "idno", capture.key.partition(":")[2], type="record")
    for uploaded in capture.fields("uploaded"):
        parsed = parse_date(uploaded, "en")
        _sub(record, "date", uploaded, type="uploaded", when=parsed.value if parsed else "")
    for address in capture.fields("address"):
        joined = "".join(address.split())
        _sub(record, "ref", joined, target=joined, type="staging" if is_staging(joined) else "")
    rights = capture.fields("rights")
    availability = _sub(record, "availability", status="unknown")
    for paragraph in _paragraphs(rights) or ["The source makes no statement on rights."]:
        _sub(availability, "p", paragraph)
    for found in sorted(capture.spans, key=lambda found: found.start):
        if found.kind == "field":
            _sub(record, "note", capture.text[found.start : found.end], type="field", n=found.get("name"))


def is_staging(address: str) -> bool:
    """Whether an address is that of a test server rather than of the publication."""
    host = address.split("/")[2] if address.count("/") > 1 else ""
    return any(mark in host for mark in ("test", "staging", "stage.", "dev.", "localhost", "preview"))


def _paragraphs(texts: Iterable[str]) -> list[str]:
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


# Profile


def _profile(header: etree._Element, described: Described) -> None:
    profile = _sub(header, "profileDesc")
    creation = _sub(profile, "creation")
    if described.date:
        _sub(creation, "date", when=described.date)
    places = [action.place for action in described.messages[0].actions if action.type == "sent" and action.place]
    for place in places[:1]:
        _sub(creation, "placeName", place)
    _languages(profile, described)
    if any(node.span.get("when-custom") for node in _walk(described.roots)):
        calendar = _sub(_sub(profile, "calendarDesc"), "calendar")
        calendar.set(XML_ID, JULIAN)
        for code, words in _JULIAN_CALENDAR.items():
            _sub(calendar, "p", words).set(XML_LANG, code)
    for name in ("summary", "description"):
        for summary in described.capture.fields(name):
            abstract = _sub(profile, "abstract", resp="#source")
            abstract.set(XML_LANG, "en")
            _sub(abstract, "p", " ".join(summary.split()))
    _text_class(profile, described)
    for message in described.messages:
        _correspondence(profile, message, described)


_JULIAN_CALENDAR = {"en": "Julian calendar, old style", "ru": "Юлианский календарь, старый стиль"}


def original_language(capture: Capture) -> str:
    """Return the code of the language that the record names as the original's; "" where it names none we know."""
    names = " ".join(capture.fields("original-language") or capture.fields("language")).casefold()
    return next((code for code, name in _LANGUAGES.items() if name.casefold() in names), "")


_LANGUAGES = {
    "ru": "Russian",
    "en": "English",
    "zh": "Chinese",
    "ko": "Korean",
    "ja": "Japanese",
    "de": "German",
    "fr": "French",
    "hu": "Hungarian",
    "pl": "Polish",
    "cs": "Czech",
    "ro": "Romanian",
    "bg": "Bulgarian",
    "vi": "Vietnamese",
    "mn": "Mongolian",
    "sq": "Albanian",
    "es": "Spanish",
    "it": "Italian",
    "uk": "Ukrainian",
    "ar": "Arabic",
    "pt": "Portuguese",
    "ru-Latn": "Russian, romanised",
    "und": "undetermined",
}


def _language_name(code: str) -> str:
    return _LANGUAGES.get(code) or (language(code).names["en"] if is_known(code) else code)


def _languages(profile: etree._Element, described: Described) -> None:
    used = [node.span.get("lang") or "und" for node in described.roots if node.span.kind == "witness"]
    if any(found.span.kind == "foreign" for found in _walk(described.roots)):
        used.append("ru-Latn")
    if described.capture.fields("summary") or described.capture.fields("description"):
        used.append("en")
    usage = _sub(profile, "langUsage")
    for code in dict.fromkeys(used or ["und"]):
        _sub(usage, "language", _language_name(code), ident=code)


def _walk(roots: Iterable[Node]) -> Iterator[Node]:
    for node in roots:
        yield node
        yield from _walk(node.children)


def document_type(described: Described) -> str:
    """Return the document's type in the edition's taxonomy: as the record says, its title, or its own head."""
    capture = described.capture
    heads = [
        capture.text[node.span.start : node.span.end]
        for node in _walk(described.roots)
        if node.span.kind == "head" or node.span.get("type") == "document-type"
    ]
    texts = [*capture.fields("type"), *capture.fields("title"), *heads]
    texts += [" ".join(summary.split()[:2]) for summary in capture.fields("summary")]
    return next((genre for text in texts if (genre := genre_of(text))), "")


def _text_class(profile: etree._Element, described: Described) -> None:
    genre, secrecy = document_type(described), classification(described)
    if not (genre or secrecy):
        return
    text_class = _sub(profile, "textClass")
    if genre:
        _sub(text_class, "catRef", scheme="corpus.xml#documentType", target=f"corpus.xml#type.{genre}")
    if secrecy:
        _sub(text_class, "catRef", scheme="corpus.xml#classification", target=f"corpus.xml#classification.{secrecy}")


def classification(described: Described) -> str:
    """Return the degree of secrecy that the document's head or its record gives; "" where they give none."""
    text = described.capture.text
    heads = [
        text[node.span.start : node.span.end]
        for node in _walk(described.roots)
        if node.span.get("type") == "classification"
    ]
    told = [*heads, *described.capture.fields("classification")]
    return next((degree for words in told for degree, pattern in kinds("secrecy").items() if pattern.search(words)), "")


# Correspondence


def _correspondence(profile: etree._Element, message: Message, described: Described) -> None:
    if not message.actions:
        return
    entry = _sub(profile, "correspDesc")
    entry.set(XML_ID, message.id)
    if message.embedded:
        entry.set("ref", f"#{message.embedded}")
    else:
        entry.set("default", "true")
    for action in message.actions:
        _action(entry, action)
    known = {other.id for other in described.messages if other.actions}
    if message.related or known & {*message.conveys, message.conveyed_in}:
        context = _sub(entry, "correspContext")
        for related in message.related:
            write_related(context, related)
        for conveyed in message.conveys:
            if conveyed in known:
                _sub(context, "ref", type="conveys", target=f"#{conveyed}")
        if message.conveyed_in in known:
            _sub(context, "ref", type="conveyedIn", target=f"#{message.conveyed_in}")


def _action(entry: etree._Element, action: Action) -> None:
    if not (action.name or action.place or action.dates or action.numbers):
        return
    element = _sub(entry, "correspAction", type=action.type, subtype=action.subtype)
    if action.name:
        resp = "#despatch" if action.certainty else ""
        _sub(element, "persName", action.name, resp=resp, cert=action.certainty)
    if action.place:
        _sub(element, "placeName", action.place)
    if action.dates:
        etree.SubElement(element, tag("date"), dict(action.dates))
    for kind, number in action.numbers:
        _sub(element, "idno", number, type=kind)
