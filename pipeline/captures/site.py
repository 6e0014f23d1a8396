"""Turn a line into the answer whether it is furniture of a site or of its PDFs: running heads, ways to go elsewhere.

The list is closed: a line that is not on it is text. From the head of every page of an archive's PDF:

    Digital Archive                            digitalarchive.wilsoncenter.org
"""

from __future__ import annotations

import re

_SITE = r"""(?:Wilson\ Center(?:\ Digital\ Archive)?|Digital\ Archive|International\ History\ Declassified
    |(?:https?://)?(?:www\.)?digitalarchive\.wilsoncenter\.org/?|History\ and\ Public\ Policy\ Program)"""
_PART = r"""(?:Original\ Scan|(?:Transcript(?:ion)?|Translation)(?:\s*[-–—]\s*[A-Z][a-z]+)?
    |[A-Z][a-z]+\ (?:Translation|Transcript(?:ion)?))"""
_SITE_LINE = re.compile(
    rf"""\s*(?:{_SITE}(?:[\s|·•>»-]+{_SITE})*(?:[\s|·•>»-]+{_PART})?(?:\s+\d{{1,3}})?
    |Skip\ to\ (?:main\ |the\ )?content|Back\ to\ top|[←<«]+\ ?Back\ to\ (?:index|list|results|search)
    |Download\ (?:PDF|full-text\ PDF|document)|Print(?:\ (?:page|this\ page))?|View\ (?:in\ PDF|document|original\ scan)
    |\[email\s+protected\]\.?
    |(?:Share|Cite|Citation\ tools)(?:\ (?:this\ (?:page|document)|via\ e-?mail))?)\s*""",
    re.VERBOSE | re.IGNORECASE,
)


_RUNNING_HEAD = re.compile(rf"\s*{_SITE}(?:[\s|·•>»-]+{_SITE})*(?:\s+\d{{1,3}})?\s*", re.VERBOSE | re.IGNORECASE)
_NAVIGATION = re.compile(
    r"\s*(?:Home|Browse|Topics|Places|People|Collections|Themes|Blog|About(?: us)?|Contact(?: us)?|Donate|Subscribe"
    r"|Help|(?:Log|Sign) ?(?:in|up)|Menu|Search)\s*",
    re.IGNORECASE,
)


def is_site_line(line: str) -> bool:
    """Whether a line is furniture of the site or of its PDF, and nothing else."""
    return bool(_SITE_LINE.fullmatch(line))


def is_running_head(line: str) -> bool:
    """Whether a line is what the site's PDF prints at the head of each page; half an address is not."""
    return "/" not in line and bool(_RUNNING_HEAD.fullmatch(line))


def is_navigation(line: str) -> bool:
    """Whether a line is a way to another page, as sites set them above a title; below it the same word may be text."""
    return bool(_NAVIGATION.fullmatch(line))
