"""Turn what a document says of itself into its identifier: `d` + date + who wrote to whom.

    d1950-10-03-roshchin-stalin      d1950-10-mao-stalin      dnd-unknown-unknown

The identifier is file name and root `xml:id` alike; it is given once and never changes (ARCHITECTURE.md, "Identity").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.annotation.titles import Title, real_name
from pipeline.encoding.correspondence import Message
from pipeline.encoding.romanisation import slug

UNKNOWN = "unknown"
LONGEST_PART = 4
"""Words of an office in an identifier; a person has the surname and what stands before it, without initials."""

_INITIALS = re.compile(r"(?:\b[A-ZА-ЯЁ]\.\s?)+")
_OFFICE = re.compile(r"\b(?:of|the|для|of the)\b", re.IGNORECASE)


def identifier(date: str, message: Message, title: Title, fallback: str) -> str:
    """Return the identifier of a document; `fallback` is a text whose first words stand where no party is known."""
    day = date or "nd"
    sender = _name(message, "sent", ("",))
    recipient = _name(message, "received", ("to", ""))
    if not recipient and title.participants:
        names = [part for party in title.participants if (part := _part(party.name)) != sender]
        sender, recipient = (sender, names[0]) if sender and names else (*names, "", "")[:2]
    if not sender and not recipient:
        words = slug(fallback).split("-")[:6]
        return "-".join([f"d{day}", *(words if words != [""] else [UNKNOWN, UNKNOWN])])
    return f"d{day}-{sender or UNKNOWN}-{recipient or UNKNOWN}"


def _name(message: Message, kind: str, subtypes: Sequence[str]) -> str:
    names = (action.name for action in message.actions if action.type == kind and action.subtype in subtypes)
    return next((part for name in names if (part := _part(name))), "")


def _part(name: str) -> str:
    name = real_name(name)
    after_initials = _INITIALS.split(name)[-1].strip()
    name = after_initials if after_initials else name
    words = slug(name).split("-")
    if _OFFICE.search(name):
        return "-".join(words[:LONGEST_PART])
    return "-".join(words if len(words) <= LONGEST_PART - 1 else words[-2:])


def distinct(wanted: str, taken: set[str]) -> str:
    """Return an identifier that is not taken: with -2, -3 … where the wanted one is."""
    number = 2
    name = wanted
    while name in taken:
        name = f"{wanted}-{number}"
        number += 1
    return name
