"""Turn the number of a page into the other pages of its list that it leads to.

Each page of a short list leads to every other. One of a long list leads to the first, the last, and pages 1, 2, 4, 8, …
before and after it, so that what leads on does not outgrow the page, and any page is a few steps from any other.
"""

from __future__ import annotations

ALL = 20
"""Pages of a list up to which each leads to every other."""


def steps(number: int, last: int) -> list[int]:
    """Return the pages, in their order, that a page of a list leads to; itself is one of them."""
    if last <= ALL:
        return list(range(1, last + 1))
    away = [2**power for power in range(last.bit_length())]
    near = {number + sign * one for one in away for sign in (-1, 1)}
    return sorted({1, number, last} | {page for page in near if 1 <= page <= last})
