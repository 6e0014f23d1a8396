"""Turn merged text and marks into a file in which every byte stands that nobody had a reason to change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.reconciliation.composing import Laid, Stretch, Text, Three, tags_of
from pipeline.reconciliation.correspondence import NOWHERE
from pipeline.reconciliation.versions import STRUCTURE, Tag, Version, start_tag

Tags = Sequence[tuple[Laid, bool]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that was copied from a version as it stands: its place in the text and its offset in the file."""

    at: int
    version: Version
    start: int
    offset: int


@dataclass(frozen=True, slots=True)
class Written:
    """A file, and where in it the characters of its text begin."""

    content: str
    pieces: list[Piece]

    def line(self, at: int) -> int:
        """Return the line, from 1, of a character of the text."""
        number = bisect_right(self.pieces, at, key=lambda piece: piece.at) - 1
        if number < 0:
            return 1
        piece = self.pieces[number]
        begins = piece.version.begins
        last = min(piece.start + at - piece.at, len(begins) - 1)
        return self.content.count("\n", 0, piece.offset + begins[last] - begins[piece.start]) + 1


class Writer:
    """Copies the merged document together, piece by piece."""

    def __init__(self, three: Three, text: Text, laid: Sequence[Laid]) -> None:
        self.three = three
        self.text = text
        self.tags = tags_of(laid)
        self.by_mark = {one.mark: one for one in laid}
        self.by_new = {one.new: one for one in laid if one.new is not None}
        self.parts: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.to_old = _back(text.from_new, text.length)
        """For each character of the merged text its offset in the new conversion."""
        self.spaced = dict(_changed_spaces(three))
        """Offsets in the edited text before which white space comes or goes, and what stands in the new conversion."""

    def write(self) -> Written:
        """Return the file."""
        three = self.three
        is_old = three.edited.prolog == three.base.prolog
        self._put(three.new.prolog if is_old else three.edited.prolog)
        before: tuple[Version, int] | None = None
        for stretch in self.text.stretches:
            self._stretch(stretch, before)
            before = (stretch.version, stretch.end)
        self._slot(self.text.length, before, None)
        self._put(three.edited.epilog)
        return Written("".join(self.parts), self.pieces)

    def _put(self, raw: str) -> None:
        self.parts.append(raw)
        self.length += len(raw)

    def _stretch(self, stretch: Stretch, before: tuple[Version, int] | None) -> None:
        """Write a stretch, with what stands between it and the character before it."""
        version, shift = stretch.version, stretch.at - stretch.start
        self._slot(stretch.at, before, (version, stretch.start))
        breaks = {at for at in version.slots if stretch.start < at < stretch.end}
        breaks |= {at - shift for at in self.tags if stretch.at < at < stretch.at + stretch.end - stretch.start}
        changed = {
            at - shift for at in self.text.attributes if stretch.at <= at < stretch.at + stretch.end - stretch.start
        }
        start = stretch.start
        for at in sorted(breaks | changed | {one + 1 for one in changed if one + 1 < stretch.end} - {start}):
            if at == start:
                continue
            if at in breaks and self._is_as_it_was(version, at, at + shift) and not {at, at - 1, start} & changed:
                continue
            self._copy(version, start, at, shift)
            self._slot(at + shift, (version, at), (version, at))
            start = at
        self._copy(version, start, stretch.end, shift)

    def _is_as_it_was(self, version: Version, at: int, place: int) -> bool:
        """Whether the tags before a character, and the white space, are what its own version has there."""
        if version is self.three.edited and at in self.spaced:
            return False
        wanted = self.tags.get(place, ())
        own = [(item.mark, item.is_start) for item in version.slots.get(at, ()) if isinstance(item, Tag)]
        is_same = own == [(one.mark, is_start) for one, is_start in wanted]
        return is_same and all(one.attributes == one.mark.attributes for one, is_start in wanted if is_start)

    def _own(self, version: Version, at: int) -> list[tuple[Laid | None, bool]]:
        return [
            (self._laid(version, item), item.is_start) for item in version.slots.get(at, ()) if isinstance(item, Tag)
        ]

    def _laid(self, version: Version, tag: Tag) -> Laid | None:
        if version is self.three.edited:
            return self.by_mark.get(tag.mark)
        return self.by_new.get(tag.mark)

    def _copy(self, version: Version, start: int, end: int, shift: int) -> None:
        self.pieces.append(Piece(start + shift, version, start, self.length))
        attributes = self.text.attributes.get(start + shift)
        if attributes is not None:
            tag = start_tag(version.atoms[start].name, attributes)
            self._put(f"{tag[:-1]}/>")
            start += 1
        if start < end:
            self._put(version.raw[version.begins[start] : version.ends[end - 1]])

    def _slot(self, place: int, before: tuple[Version, int] | None, after: tuple[Version, int] | None) -> None:
        """Write the tags and the white space before a place of the merged text."""
        wanted = list(self.tags.get(place, ()))
        models = list(self._models(place, before, after))
        for version, at in models:
            if self._own(version, at) == wanted:
                self._put("".join(self._items(version, at, _spaces(*models[0]))))
                return
        self._put("".join(self._composed(wanted, models)))

    def _composed(self, wanted: Tags, models: Sequence[tuple[Version, int]]) -> Iterator[str]:
        """Yield tags that stand together in no version, each part of the document on a line as in its own version.

        White space that divides words stays, after what ends and before what begins there.
        """
        is_divided = False
        space = self._space(models)
        last_end = max((number for number, (_, is_start) in enumerate(wanted) if not is_start), default=-1)
        for number, (one, is_start) in enumerate(wanted):
            is_part = one.mark.name in STRUCTURE
            own = self._space_before(one, is_start) if is_part else ""
            if not own and not is_divided and number == last_end + 1:
                own = space
            yield own + self._tag(one, is_start)
            is_divided = is_divided or bool(own)
        if not is_divided and not any(is_start for _, is_start in wanted):
            yield space

    def _space_before(self, one: Laid, is_start: bool) -> str:
        """Return the white space before a tag in the version that it comes from."""
        at = one.mark.start if is_start else one.mark.end
        for version in (self.three.edited, self.three.new):
            before: Tag | str = ""
            for item in version.slots.get(at, ()):
                if isinstance(item, Tag) and item.mark is one.mark and item.is_start == is_start:
                    return before if isinstance(before, str) else ""
                before = item
        return ""

    def _models(
        self, place: int, before: tuple[Version, int] | None, after: tuple[Version, int] | None
    ) -> list[tuple[Version, int]]:
        """Return where, in which version, the two characters about a place stand side by side; the editor's first."""
        edited, new = self.three.edited, self.three.new
        models: list[tuple[Version, int]] = []
        is_end = after is None
        if before and before[0] is edited and (before[1] == len(edited.text) if is_end else before == after):
            models.append((edited, before[1]))
        if before is None and after and after[0] is edited and after[1] == 0:
            models.append((edited, 0))
        left = self.to_old[place - 1] if place else -1
        right = self.to_old[place] if place < self.text.length else len(new.text)
        if left + 1 == right and (place == 0 or left != NOWHERE) and right != NOWHERE:
            models.append((new, right))
        if any(version is edited and at in self.spaced for version, at in models):
            models.reverse()
        if not models:
            models += [(version, at) for version, at in filter(None, (before, after))]
        return models

    def _items(self, version: Version, at: int, spaces: Sequence[str]) -> list[str]:
        """Return tags and white space before a character; the latter as the preferred version has it, if it fits."""
        own = _spaces(version, at)
        left = iter(spaces if len(spaces) == len(own) else own)
        items: list[str] = []
        for item in version.slots.get(at, ()):
            if isinstance(item, str):
                items.append(next(left))
            else:
                one = self._laid(version, item)
                items.append(self._tag(one, item.is_start) if one else item.raw)
        return items

    def _tag(self, one: Laid, is_start: bool) -> str:
        if not is_start:
            return f"</{one.mark.name}>"
        if one.attributes == one.mark.attributes:
            return one.mark.opened
        return start_tag(one.mark.name, one.attributes)

    def _space(self, models: Sequence[tuple[Version, int]]) -> str:
        """Return the white space of the first version that has any there, the longest piece of it."""
        for version, at in models:
            pieces = _spaces(version, at)
            if version is self.three.edited and at in self.spaced:
                return self.spaced[at]
            if pieces:
                return max(pieces, key=len)
        return ""


def _spaces(version: Version, at: int) -> list[str]:
    return [item for item in version.slots.get(at, ()) if isinstance(item, str)]


def _back(places: Sequence[int], length: int) -> list[int]:
    back = [NOWHERE] * length
    for at, place in enumerate(places):
        if place != NOWHERE:
            back[place] = at
    return back


def _changed_spaces(three: Three) -> list[tuple[int, str]]:
    """Return where in the edited text white space comes or goes between two characters of running text."""
    changed = []
    for at in sorted({*three.base.slots, *(_in_base(three, at) for at in three.new.slots)}):
        if not 0 < at < len(three.base.text):
            continue
        new, edited = three.to_new.forward[at], three.to_edited.forward[at]
        is_side_by_side = three.to_new.forward[at - 1] == new - 1 and three.to_edited.forward[at - 1] == edited - 1
        if NOWHERE in (new, edited) or not is_side_by_side or new == 0 or edited == 0:
            continue
        before, now = three.base.has_space(at), three.new.has_space(new)
        if before != now and three.edited.has_space(edited) == before and not _has_tags(three, at, new):
            space = _spaces(three.new, new)
            changed.append((edited, space[0] if space else ""))
    return changed


def _in_base(three: Three, at: int) -> int:
    return three.to_new.back[at] if at < len(three.new.text) else NOWHERE


def _has_tags(three: Three, at: int, new: int) -> bool:
    slots = (three.base.slots.get(at, ()), three.new.slots.get(new, ()))
    return any(isinstance(item, Tag) for slot in slots for item in slot)
