"""Turn names into the Latin letters of identifiers and file names.

Cyrillic follows the simplified Library of Congress table for Russian (without ligatures and diacritics); other letters
lose their diacritics. Used for identifiers only, never for text.
"""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e iu ia".split(),
        strict=True,
    )
)
_TABLE = {ord(letter): "" if latin == "_" else latin for letter, latin in _CYRILLIC.items()}


def slug(text: str) -> str:
    """Return small Latin letters and figures joined by hyphens; empty where nothing can be romanised."""
    latin = unicodedata.normalize("NFKD", text.casefold().translate(_TABLE)).casefold()
    plain = "".join(character for character in latin if not unicodedata.combining(character))
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("’", "")))
