"""Turn the decisions that are kept on a document into what need not be asked again, and new ones into lines.

    {"decision": "rejected", "passage": "s338", "text": "Пензан", "occurrence": 1, "kind": "place", "value": "", …}

They stand in `tei/.despatch/decisions/<id>.jsonl` beside what conversion noted of elements and attributes that editors
took out (`reconciliation.decisions`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from pipeline.edition import Edition
from pipeline.reconciliation import files_of
from pipeline.reconciliation.correspondence import Correspondence
from pipeline.reconciliation.decisions import Decisions, Removal, read_decisions
from pipeline.reconciliation.versions import read_version
from pipeline.tei import UnreadableXML, parse_tei

ACCEPTED, SET, REJECTED, NOT_A_NAME = "accepted", "set", "rejected", "not-a-name"

_ERRORS = frozenset({"choice", "sic", "corr"})
_NAMES = frozenset({"persName", "placeName", "orgName", "rs"})


@dataclass(frozen=True, slots=True, order=True)
class Settled:
    """One decision of an editor."""

    decision: str
    passage: str
    text: str
    occurrence: int
    kind: str
    value: str
    editor: str

    @property
    def place(self) -> tuple[str, str, int, str]:
        """What names it within its document."""
        return self.passage, self.text, self.occurrence, self.kind

    def line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def read_settled(decisions: Decisions) -> Iterator[Settled]:
    """Yield an editor's own decisions among the lines that are kept."""
    for line in decisions.others:
        try:
            yield Settled(**json.loads(line))
        except (ValueError, TypeError):
            continue


def count_settled(decisions: Decisions) -> int:
    """Return how many decisions editors have taken: by review, and, in other passages, by taking out an element."""
    settled = list(read_settled(decisions))
    passages = {one.passage for one in settled}
    return len(settled) + sum(1 for one in decisions.removals if not one.attribute and one.passage not in passages)


def with_settled(decisions: Decisions, new: Iterable[Settled]) -> Decisions:
    """Return decisions with new ones, each line once."""
    lines = dict.fromkeys([*decisions.others, *(one.line() for one in new)])
    return Decisions(decisions.removals, lines)


def decisions_on(edition: Edition, identifier: str, content: bytes) -> Decisions:
    """Return the decisions on a document; what was taken out of it since the last conversion is one too."""
    _, base, kept, _ = files_of(edition, identifier)
    decisions = read_decisions(kept.read_bytes() if kept.is_file() else b"")
    before = base.read_bytes() if base.is_file() else content
    if before == content:
        return decisions
    try:
        encoding = parse_tei(content, identifier).docinfo.encoding or "UTF-8"
        parse_tei(before, identifier)
    except UnreadableXML:
        return decisions
    return taken_out(decisions, before, content, ("UTF-8", encoding))


def taken_out(decisions: Decisions, before: bytes, now: bytes, encodings: tuple[str, str]) -> Decisions:
    """Return decisions with what a document lacks of what it was; `encodings` are those of the two."""
    stand_ins: dict[str, str] = {}
    first, second = read_version(before, stand_ins, encodings[0]), read_version(now, stand_ins, encodings[1])
    return decisions.with_removals(Correspondence(first, second, by_id=True))


class Closed:
    """What need not be asked again, since an editor has said no to it or has taken it out."""

    def __init__(self, decisions: Decisions) -> None:
        refused = {REJECTED, NOT_A_NAME}
        self._places = {one.place for one in read_settled(decisions) if one.decision in refused}
        self._removed = {(one.passage, _solid(one.text), _role(one)) for one in decisions.removals}

    def has(self, place: tuple[str, str, int, str]) -> bool:
        """Whether an editor has refused what would be proposed at a place: passage, words, occurrence, kind."""
        passage, text, _, kind = place
        return place in self._places or (passage, _solid(text), kind) in self._removed


def _role(removal: Removal) -> str:
    """Return the kind of matter that a removal settles; "" where it settles none."""
    if removal.element in _ERRORS and not removal.attribute:
        return "correction"
    if removal.element in _NAMES and removal.attribute in {"", "ref"}:
        return _KINDS[removal.element]
    return ""


_KINDS = {"persName": "person", "rs": "person", "placeName": "place", "orgName": "organisation"}


def _solid(text: str) -> str:
    return "".join(text.split())
