"""Turn the ledger of a capture into lines for people, or a record for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.conversion import Account
from pipeline.wording import say


def ledger_record(account: Account) -> str:
    """Return the ledger as one JSON object."""
    capture = account.capture
    entries = [[entry.start, entry.end, str(entry.disposition), entry.reason] for entry in account.entries]
    return json.dumps({"seed": capture.origin.seed, "key": capture.key, "entries": entries}, ensure_ascii=False)


def ledger_lines(account: Account, language: str) -> Iterator[str]:
    """Yield a heading, what becomes of each stretch with its words, and the sums."""
    capture = account.capture
    yield say("ledger.title", language, seed=capture.origin.seed, key=capture.key, characters=len(capture.text))
    sums: dict[str, tuple[int, int]] = {}
    for entry in account.entries:
        name = f"{entry.disposition}({entry.reason})" if entry.reason else str(entry.disposition)
        characters, count = sums.get(name, (0, 0))
        sums[name] = (characters + entry.end - entry.start, count + 1)
        if entry.disposition != "space":
            line, column = capture.place(entry.start)
            quoted = " ".join(capture.text[entry.start : entry.end].split())
            yield f"{line}:{column}\t{entry.start}-{entry.end}\t{name}\t{quoted[:60]}"
    for name, (characters, count) in sorted(sums.items()):
        yield say("ledger.sum", language, disposition=name, characters=characters, count=count)
