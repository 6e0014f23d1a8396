"""Turn a language's words about names into patterns: what stands before a person's name or a place's.

The patterns are for text in small letters, and know nothing of what stands before (`words_in` looks): so they are fast.
The words are data, in the table `naming` of `pipeline/languages/<code>.toml`:

    honorific   forms of address; the name after them is a person's: `тов.`, `Comrade`
    honorifics  the same, before several names: `товарищей`, `Comrades`
    title       offices and ranks before a name; no forenames, but no sign of a name by themselves
    ranks       titles after which a name follows: `General`, `маршал`
    offices     titles after which a name may follow, or a country, or nothing: `Foreign Minister`, `посол`, `переводил`
    not-names   words with a capital that are no names: `Staff` after `General`
    place       words before a place's name: `port`, `реки`
    places      words before several places' names: `provinces`
    after-place words after a place's name: `river`
    line        words beside a line between two places
    locative    words before a place's name, in a document that writes names in capitals
    hand        who deciphered, typed or checked: words before a clerk's name
    address     words before an addressee, and before those to whom a message is passed on
    also-words  surnames that are also words of the language: `Park the lorry`
    article     words after which such a one is a word: `the park`
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.annotation.russian_words import is_other_word
from pipeline.languages import alternatives, is_known, language


@dataclass(frozen=True, slots=True)
class NamingWords:
    """What tells names in one language."""

    honorific: re.Pattern[str]
    honorifics: re.Pattern[str]
    ranks: re.Pattern[str]
    offices: re.Pattern[str]
    titles: frozenset[str]
    not_names: frozenset[str]
    place: re.Pattern[str]
    places: re.Pattern[str]
    after_place: re.Pattern[str]
    line: re.Pattern[str]
    locative: re.Pattern[str]
    hand: re.Pattern[str]
    address: re.Pattern[str]
    also_words: frozenset[str]
    articles: frozenset[str]
    months: frozenset[str]
    code: str

    def is_title(self, word: str) -> bool:
        """Whether a word before a surname is a form of address, an office or a rank, not a forename."""
        return word.casefold().rstrip(".,") in self.titles

    def is_also_word(self, surname: str) -> bool:
        """Whether a surname is also a word of the language."""
        return surname.casefold() in self.also_words

    def is_article(self, word: str) -> bool:
        """Whether a word before a noun is an article, or stands in the place of one."""
        return word.casefold() in self.articles

    def may_be_person(self, name: str) -> bool:
        """Whether what follows an office may be a name, and no country or department: `посол Бирмы`.

        In Russian a dictionary tells; in English a country follows `of`.
        """
        return self.code != "ru" or not is_other_word(name.rpartition(" ")[2].partition("-")[0].lower())

    def is_month(self, word: str) -> bool:
        """Whether a word is a month's name."""
        return word.casefold() in self.months


@functools.cache
def naming_words(tag: str) -> NamingWords:
    """Return the words of a language, by its tag; of a language without data, none."""
    table = language(tag).tables.get("naming", {}) if is_known(tag) else {}

    def pattern(*meanings: str) -> re.Pattern[str]:
        words = [word for meaning in meanings for word in table.get(meaning, ())]
        return re.compile(rf"{alternatives(word.lower() for word in words)}(?:(?<=[.,])|(?!\w))")

    return NamingWords(
        honorific=pattern("honorific"),
        honorifics=pattern("honorifics"),
        ranks=pattern("ranks"),
        offices=pattern("offices"),
        titles=frozenset(_bare(word for name in _TITLES for word in table.get(name, ()))),
        not_names=frozenset(_bare(table.get("not-names", ()))),
        place=pattern("place"),
        places=pattern("places"),
        after_place=pattern("after-place"),
        line=pattern("line"),
        locative=pattern("locative"),
        hand=pattern("hand"),
        address=pattern("address"),
        also_words=frozenset(table.get("also-words", ())),
        articles=frozenset(table.get("article", ())),
        months=frozenset(form.casefold() for form in language(tag).months) if is_known(tag) else frozenset(),
        code=language(tag).code if is_known(tag) else "",
    )


_TITLES = ("honorific", "honorifics", "ranks", "offices", "title", "address", "not-names")


def _bare(words: Iterable[str]) -> set[str]:
    return {word.casefold().rstrip(".,").split()[-1] for word in words}


def words_in(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield where a pattern's words stand in a text in small letters, each a word by itself."""
    for found in pattern.finditer(text):
        start = found.start()
        if not start or not (text[start - 1].isalnum() or text[start - 1] == "_"):
            yield found


@functools.lru_cache(maxsize=64)
def small(text: str) -> str:
    """Return a text in small letters, as long as it was."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(one.lower()[:1] for one in text)
