"""Turn matters into groups: an unlisted name is one matter, wherever and in whatever case it stands.

    Швернику (2), Шверник  →  one group; each of its three places stays a matter that can be decided otherwise

Which names are one is `authorities.same_name`'s to say. A decision on a group is one on each place that the editor was
shown, and is kept as such: a place that is found later waits anew.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.annotation.suggestions import Candidate
from pipeline.authorities.same_name import Written, same_names
from pipeline.review.matters import Matter

FEW = 3
"""Places of a group that are shown with their context."""


@dataclass(frozen=True, slots=True)
class Group:
    """One unlisted name and all places of it that wait; two or more."""

    matters: tuple[Matter, ...]

    @property
    def text(self) -> str:
        """The form that is written most, not in capitals if another is, else the first."""
        counts = Counter(one.text for one in self.matters)
        return max(counts, key=lambda text: (not text.isupper(), counts[text]))

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.text, *(one.text for one in self.matters))))

    @property
    def kind(self) -> str:
        return self.matters[0].kind

    @property
    def why(self) -> str:
        return self.matters[0].why

    @property
    def language(self) -> str:
        """The language of the passages in which it stands most."""
        return Counter(one.language for one in self.matters).most_common(1)[0][0]

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.document for one in self.matters))

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The document and the key of each place."""
        return tuple((one.document, one.key) for one in self.matters)

    @property
    def key(self) -> str:
        """Eight letters that name these places together: with a place more or less it is another group."""
        return hashlib.sha256("\n".join(" ".join(place) for place in self.places).encode()).hexdigest()[:8]

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What is proposed at any of its places, the likest first."""
        best: dict[str, Candidate] = {}
        for one in (found for matter in self.matters for found in matter.candidates):
            if one.value not in best or one.score > best[one.value].score:
                best[one.value] = one
        return tuple(sorted(best.values(), key=lambda one: -one.score))

    @property
    def proposal(self) -> str:
        """What is proposed at all its places; "" where not the same is."""
        proposals = {one.proposal for one in self.matters}
        return proposals.pop() if len(proposals) == 1 else ""

    @property
    def examples(self) -> tuple[Matter, ...]:
        """The first few places, of different documents first."""
        first = {one.document: one for one in reversed(self.matters)}
        others = (one for one in self.matters if one is not first[one.document])
        return (*(first[document] for document in self.documents), *others)[:FEW]

    def record(self) -> dict[str, object]:
        """Return it for programs."""
        return {
            "key": self.key,
            "text": self.text,
            "forms": list(self.forms),
            "language": self.language,
            "kind": self.kind,
            "why": self.why,
            "documents": list(self.documents),
            "candidates": [
                {"value": one.value, "score": round(one.score, 2), "reason": one.reason} for one in self.candidates
            ],
            "places": [matter.record() for matter in self.matters],
        }


def gathered(matters: Iterable[Matter]) -> list[Matter | Group]:
    """Return the groups of unlisted names, in the order of their first places, then all else as it was."""
    everything = list(matters)
    names = [one for one in everything if one.is_unlisted]
    groups = [Group(tuple(names[number] for number in numbers)) for numbers in _joined(names)]
    inside = {id(one) for group in groups for one in group.matters}
    return [*groups, *(one for one in everything if id(one) not in inside)]


def _joined(names: Sequence[Matter]) -> list[list[int]]:
    written = [Written(one.kind, one.text, one.language, one.document) for one in names]
    return [numbers for numbers in same_names(written) if len(numbers) > 1]


def by_key(matters: Iterable[Matter]) -> Mapping[str, list[Matter | Group]]:
    """Return what each key names: a matter, or a group; several where keys happen to be equal."""
    single = list(matters)
    everything: list[Matter | Group] = [*single, *(one for one in gathered(single) if isinstance(one, Group))]
    found: dict[str, list[Matter | Group]] = {}
    for one in everything:
        found.setdefault(one.key, []).append(one)
    return found
