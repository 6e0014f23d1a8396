"""Turn chance into documents, and into what editors and converters do to them.

All text here is invented. A document is a list of paragraphs of words; what is done to it is done to one paragraph, so
that two things done to different paragraphs can be told to have nothing to do with each other.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st
from lxml import etree

from pipeline.tei import TEI, XML_ID, serialise, tag

WORDS = "мир хлеб река 15 дом, лес. поле война порт т.Ветров слово".split()


def document(paragraphs: list[list[str]]) -> etree._ElementTree:
    """Return a document of paragraphs; every second one has a name in it, and every third a sheet break."""
    root = etree.Element(tag("TEI"), nsmap={None: TEI})
    header = etree.SubElement(root, tag("teiHeader"))
    title = etree.SubElement(header, tag("title"))
    title.text = "Invented"
    etree.SubElement(header, tag("date"), when="1950-01-01")
    body = etree.SubElement(etree.SubElement(root, tag("text")), tag("body"))
    division = etree.SubElement(body, tag("div"))
    for number, words in enumerate(paragraphs):
        paragraph = etree.SubElement(division, tag("p"))
        paragraph.set(XML_ID, f"p{number}")
        paragraph.text = " ".join(f"{word}{number}{place}" for place, word in enumerate(words))
        if number % 2:
            wrap(paragraph, 0, "persName", {"ref": "#a"})
        if number % 3 == 0:
            etree.SubElement(paragraph, tag("pb"), n="1").tail = " конец"
    return root.getroottree()


@dataclass(frozen=True)
class Deed:
    """What is done to one paragraph."""

    paragraph: int
    name: str
    do: Callable[[etree._Element, int], None]
    drawn: int
    """Which word, or what is written."""

    def __repr__(self) -> str:
        return f"{self.name} {self.drawn} in p{self.paragraph}"


def done(tree: etree._ElementTree, *deeds: Deed) -> etree._ElementTree:
    """Return a document with things done to it; nothing can be done to a paragraph that has gone."""
    changed = copy.deepcopy(tree)
    for deed in deeds:
        for paragraph in changed.getroot().findall(f".//{tag('p')}[@{XML_ID}='p{deed.paragraph}']"):
            deed.do(paragraph, deed.drawn)
    return changed


def wrap(paragraph: etree._Element, word: int, name: str, attributes: dict[str, str]) -> None:
    """Mark one of the words with which a paragraph begins."""
    words = (paragraph.text or "").split(" ")
    word = word % len(words)
    if not words[word]:
        return
    mark = etree.Element(tag(name), attributes)
    mark.text = words[word]
    mark.tail = " ".join(["", *words[word + 1 :]])
    paragraph.text = " ".join([*words[:word], ""])
    paragraph.insert(0, mark)


def unwrap(mark: etree._Element) -> None:
    """Take a mark without marks in it away, and leave its text."""
    parent, before = mark.getparent(), mark.getprevious()
    assert parent is not None
    text = (mark.text or "") + (mark.tail or "")
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent.remove(mark)


def _unwrap_name(paragraph: etree._Element) -> None:
    mark = paragraph.find(f".//{tag('persName')}")
    if mark is not None and mark.getparent() is paragraph and not len(mark):
        unwrap(mark)


def _replace(paragraph: etree._Element, word: int, new: str) -> None:
    words = (paragraph.text or "").split(" ")
    if any(words):
        words[word % len(words)] = new
        paragraph.text = " ".join(words)


def _correct(paragraph: etree._Element, word: int, new: str) -> None:
    wrap(paragraph, word, "choice", {})
    choice = paragraph[0] if len(paragraph) else None
    if choice is not None and choice.tag == tag("choice") and not len(choice):
        sic, corr = etree.SubElement(choice, tag("sic")), etree.SubElement(choice, tag("corr"), resp="#despatch")
        sic.text, choice.text, corr.text = choice.text, None, new


def _split(paragraph: etree._Element, identifier: str) -> None:
    words = (paragraph.text or "").split(" ")
    if len(words) > 2:
        second = copy.deepcopy(paragraph)
        tail = paragraph.tail
        for child in list(paragraph):
            paragraph.remove(child)
        paragraph.text, second.text = words[0], " ".join(words[1:])
        second.set(XML_ID, identifier)
        paragraph.tail, second.tail = None, tail
        paragraph.addnext(second)


def _insert(paragraph: etree._Element, node: etree._Element) -> None:
    node.tail, paragraph.text = " " + (paragraph.text or ""), ""
    paragraph.insert(0, node)


def _attribute(paragraph: etree._Element, name: str, value: str) -> None:
    paragraph.set(name, value)


def deeds(paragraph: int, who: str) -> st.SearchStrategy[Deed]:
    """Draw something that may be done to a paragraph; what is written tells who wrote it."""
    number = st.integers(0, 3)

    def deed(name: str, do: Callable[[etree._Element, int], None]) -> st.SearchStrategy[Deed]:
        return st.builds(Deed, st.just(paragraph), st.just(f"{who} {name}"), st.just(do), number)

    return st.one_of(
        deed("replaces a word", lambda one, drawn: _replace(one, drawn, f"{who}{drawn}")),
        deed("takes a word out", lambda one, drawn: _replace(one, drawn, "")),
        deed("marks a word", lambda one, drawn: wrap(one, drawn, "placeName", {"ref": f"#{who}"})),
        deed("takes a mark away", lambda one, _: _unwrap_name(one)),
        deed("corrects a word", lambda one, drawn: _correct(one, drawn, f"{who}-corr")),
        deed("gives an attribute", lambda one, drawn: _attribute(one, "n", f"{who}{drawn}")),
        deed("splits the paragraph", lambda one, _: _split(one, f"p{paragraph}{who}")),
        deed("adds a comment", lambda one, _: _insert(one, etree.Comment(who))),
        deed("adds a line break", lambda one, drawn: _insert(one, etree.Element(tag("lb"), n=f"{who}{drawn}"))),
    )


paragraphs = st.lists(st.lists(st.sampled_from(WORDS), min_size=2, max_size=6), min_size=2, max_size=5)


def content(tree: etree._ElementTree) -> bytes:
    """Return a document as a file."""
    return serialise(tree)


def told(content_: bytes) -> list[object]:
    """Return what a file says: tags, comments, characters, and where a space divides them inside a paragraph.

    How much white space there is, and on which side of a tag it stands, says nothing.
    """
    events: list[object] = []
    _tell(etree.fromstring(content_), events)
    return _with_spaces_after_tags(events)


def _tell(node: etree._Element, events: list[object]) -> None:
    if not isinstance(node.tag, str):
        events.append(("aside", node.text))
    else:
        events.append(("opens", node.tag, tuple(sorted(node.attrib.items()))))
        events.extend(node.text or "")
        for child in node:
            _tell(child, events)
        events.append(("closes", node.tag))
    events.extend(node.tail or "")


def _with_spaces_after_tags(events: list[object]) -> list[object]:
    """Return the events with each run of white space as one, before the character that it stands before."""
    told_: list[object] = []
    has_space = is_after_text = False
    for event in events:
        if isinstance(event, str) and event.isspace():
            has_space = True
            continue
        if isinstance(event, str):
            if has_space and is_after_text:
                told_.append(" ")
            has_space, is_after_text = False, True
        elif event[:2] in {("opens", tag("p")), ("closes", tag("p"))}:  # type: ignore[index]
            has_space = is_after_text = False
        told_.append(event)
    return told_
