"""Turn a number into words that agree with it: "1 file", "2 files"; «1 файл», «2 файла», «5 файлов».

A placeholder with the forms of its noun, `{count:file|files}` or `{count:файл|файла|файлов}`, becomes number and noun.
Two forms are English (one, other), three are Russian (one, few, many).

Source: Unicode CLDR, "Language Plural Rules", cardinal rules of English and Russian.
"""

from __future__ import annotations


class Counted(str):
    """What fills a placeholder; a number takes the form of its noun that agrees."""

    __slots__ = ()

    def __format__(self, forms: str) -> str:
        if "|" not in forms:
            return super().__format__(forms)
        return f"{self} {_agreeing(int(self), forms.split('|'))}"


def filled(sentence: str, arguments: dict[str, object]) -> str:
    """Return a sentence with its placeholders filled."""
    return sentence.format(**{name: Counted(value) for name, value in arguments.items()})


def _agreeing(number: int, forms: list[str]) -> str:
    if len(forms) == 2:
        one, other = forms
        return one if number == 1 else other
    one, few, many = forms
    if 11 <= number % 100 <= 14:
        return many
    return {1: one, 2: few, 3: few, 4: few}.get(number % 10, many)
