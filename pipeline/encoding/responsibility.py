"""Turn what a capture says of its makers into the agents of a TEI file: translators, the publisher, the machine.

Each file declares its agents in its own `respStmt`, so that every `@resp` points inside the file (ENCODING.md §1.4). No
translator is invented: where the source says that a machine translated, the agent is the machine; where it says
nothing, the translation is the source's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.annotation.credits import find_translators
from pipeline.annotation.spans import Span
from pipeline.captures.capture import Capture
from pipeline.encoding.romanisation import slug

_CREDITING = ("source", "citation", "credits", "translator")


@dataclass(frozen=True, slots=True)
class Agent:
    """One `respStmt`."""

    id: str
    responsibility: str
    names: tuple[str, ...]
    kind: str
    """`person`, `organisation` or `software`."""


MACHINE = Agent("despatch", "encoding by machine", ("Despatch",), "software")


def agents_of(capture: Capture) -> tuple[Agent, ...]:
    """Return the agents of a document: translators first, then the publisher of the capture, then the machine."""
    translators = translator_of(capture)
    machines = [_machine(witness) for witness in capture.spans if witness.get("translator")]
    people = [translators] if translators else []
    return (*people, *dict.fromkeys(machines), _source(capture), MACHINE)


def _source(capture: Capture) -> Agent:
    what = "transcription, translation, brackets and summary as captured"
    return Agent("source", what, (capture.publisher or "unnamed source",), "organisation")


def _machine(witness: Span) -> Agent:
    language, name = witness.get("lang"), witness.get("translator")
    return Agent(f"machine-{language}", f"translation by machine ({language}), as the source says", (name,), "software")


def translator_of(capture: Capture) -> Agent | None:
    """Return the translators that the capture credits, together, as one agent."""
    names: dict[str, None] = {}
    for field in _CREDITING:
        text = " ".join(capture.fields(field))
        names |= dict.fromkeys(
            " ".join(name.text.split()) for credit in find_translators(text) for name in credit.names
        )
    if not names:
        return None
    surnames = "-".join(slug(re.split(r"\s+", name)[-1]) for name in names)
    return Agent(surnames or "translators", "translation", tuple(names), "person")


def with_agents(capture: Capture) -> Capture:
    """Return the capture with each translation's agent on its witness, as a pointer."""
    translators = translator_of(capture)

    def attributed(found: Span) -> Span:
        if found.kind != "witness" or found.get("type") == "original":
            return found
        if found.get("translator"):
            return found.with_attributes(resp=f"#{_machine(found).id}")
        return found.with_attributes(resp=f"#{translators.id}" if translators else "#source")

    spans = tuple(attributed(found) for found in capture.spans)
    return Capture(capture.key, capture.format, capture.origin, capture.text, spans, capture.publisher)
