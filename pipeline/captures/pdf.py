"""Turn a PDF into its text, page by page: the only door to PDFium.

Pages are joined by a form feed, as text extractors do. PDFium writes lines with `\\r\\n`, which stays.
"""

from __future__ import annotations

import threading

import pypdfium2

from pipeline.captures.capture import RefusedSeed, Seed
from pipeline.problems import problem

MAGIC = b"%PDF-"
_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not safe for threads (pypdfium2's README, "Thread incompatibility")."""


def is_pdf(content: bytes) -> bool:
    """Whether bytes are a PDF: its magic stands within the first kilobyte (ISO 32000-1, Annex H, note 13)."""
    return MAGIC in content[:1024]


def engine() -> str:
    """Return the version of PDFium."""
    return f"PDFium {pypdfium2.PDFIUM_INFO}"


def text_of_pdf(seed: Seed) -> str:
    """Return the text of a PDF; raise `RefusedSeed` where it cannot be read or has only pictures of pages."""
    try:
        with _ONE_AT_A_TIME:
            text = "\f".join(_pages(seed.content))
    except pypdfium2.PdfiumError as error:
        raise RefusedSeed(problem("C002", seed.name, reason=error)) from error
    if not any(character.isalpha() for character in text):
        raise RefusedSeed(problem("C007", seed.name))
    return text


def _pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
