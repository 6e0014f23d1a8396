"""Turn the words of `despatch review` into what waits for an editor, and an editor's decisions into the documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.annotation.suggestions import KINDS
from pipeline.cli.options import Options, common_options
from pipeline.cli.printing import finish, tell, working
from pipeline.edition import Edition
from pipeline.files import write_file
from pipeline.problems import Outcome, Problem, problem
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.review import Group, Matter, Row

KEY, KEYED = "KEY", "--accept, --reject, --not-a-name, --set, --new"

NAMES = ("person", "place", "organisation")

Keyed = tuple[str, ...] | str | None
"""Of an option that may be repeated all it was given, of another what it was given or nothing."""


@click.command("review")
@click.argument("documents", nargs=-1, metavar="[ID]...")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only this kind; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="Also links of sentences of which the program is sure.")
@click.option("--export", type=click.Path(dir_okay=False, path_type=Path), help="Write a table (CSV) to be filled in.")
@click.option(
    "--import", "table", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Carry out a filled table."
)
@click.option("--accept", multiple=True, metavar=KEY, help="Take what is proposed; may be repeated.")
@click.option("--reject", multiple=True, metavar=KEY, help="Say no to it, for good; may be repeated.")
@click.option("--not-a-name", multiple=True, metavar=KEY, help="Say that this is no name; may be repeated.")
@click.option("--set", "values", nargs=2, multiple=True, metavar=f"{KEY} VALUE", help="Say what it is instead.")
@click.option(
    "--new", nargs=2, multiple=True, metavar=f"{KEY} NAME", help="Make an entry of this name, and link to it."
)
@click.option("--as", "kind_of_new", type=click.Choice(NAMES), help="What --new is the name of, if not what it seems.")
@click.option("--open", "opened", multiple=True, metavar=KEY, help="Show each place of this group; may be repeated.")
@click.option("--each", is_flag=True, help="Show each place of a name that no list has, not the name once.")
@click.option("--editor", default="", envvar="DESPATCH_EDITOR", metavar="ID", help="Who decides, in one word.")
@click.option("--name", default="", envvar="DESPATCH_EDITOR_NAME", help="Name of the editor, for the documents.")
@common_options
def review_command(
    options: Options, *, documents: tuple[str, ...], kinds: tuple[str, ...], everything: bool, export: Path | None,
    table: Path | None, each: bool, opened: tuple[str, ...], editor: str, name: str, **keyed: Keyed,
) -> None:  # fmt: skip
    """List what waits for an editor in the documents ID, or in all, and carry out decisions.

    What the program inferred, names it cannot link, apparent errors, and what the languages disagree about. A name that
    no list has stands once for all its places. Decide in a table (--export, fill in the columns decision and value,
    --import) or by KEY: eight letters that the list shows.
    """
    edition = options.found()
    paths = _chosen(edition, documents)
    _link(options, edition)
    if table or any(keyed[name] for name in ("accept", "reject", "not_a_name", "values", "new")):
        rows, problems = _rows(options, edition, paths, table, keyed)
        _decide(options, edition, rows, problems, (editor, name))
        return
    matters = _matters(options, edition, paths)
    chosen = [
        one for one in matters if (not kinds or one.kind in kinds) and (everything or kinds or not one.is_routine)
    ]
    shown = _gathered(chosen, matters, opened, each=each)
    if export:
        from pipeline.review import write_table

        write_file(export, write_table(shown))
        tell(options, "exported", count=len(shown), path=export.as_posix())
    elif options.format == "json":
        click.echo(json.dumps([one.record() for one in shown], ensure_ascii=False, indent=1))
    else:
        _show(options, shown, 0 if opened else len(matters) - len(chosen))


def _gathered(
    chosen: list[Matter], matters: list[Matter], opened: tuple[str, ...], *, each: bool
) -> list[Matter | Group]:
    """Return what is shown: names once, or each place of them; of groups that are to be opened their places alone."""
    from pipeline.review import by_key, gathered

    if opened:
        named = by_key(matters)
        if missing := [key for key in opened if key not in named]:
            raise click.BadParameter(f"nothing that waits has the key {', '.join(missing)}", param_hint="--open")
        return [place for key in opened for one in named[key] for place in one.matters]
    return [*chosen] if each else gathered(chosen)


def count_open(options: Options, edition: Edition) -> int:
    """Return how many matters wait for an editor, but sure links of sentences."""
    from pipeline.comparison import find_discrepancies
    from pipeline.review import count_waiting

    _link(options, edition)
    return count_waiting(edition, find_discrepancies, options.jobs)


def _chosen(edition: Edition, documents: Iterable[str]) -> list[Path]:
    there = {path.stem: path for path in edition.documents()}
    for name in documents:
        if name not in there:
            raise click.BadParameter(f"{name} is no document of this edition")
    return [there[name] for name in dict.fromkeys(documents)] or list(there.values())


def _link(options: Options, edition: Edition) -> None:
    """Work out anew what messages of other documents are meant: reviewing reads it in `build/links.json`."""
    from pipeline.linking import link

    link(edition, options.jobs)


def _matters(options: Options, edition: Edition, paths: Iterable[Path]) -> list[Matter]:
    from pipeline.comparison import find_discrepancies
    from pipeline.review import review

    with working(options, "review"):
        return list(review(edition, paths, find_discrepancies, options.jobs))


def _show(options: Options, shown: list[Matter | Group], left_out: int) -> None:
    from pipeline.review import Group

    matters = [matter for one in shown for matter in one.matters]
    for group in (one for one in shown if isinstance(one, Group)):
        click.echo(_heading(options, group))
        for example in group.examples:
            click.echo(f"      tei/{example.document}.xml:{example.line}: {example.context}")
    document = ""
    for matter in (one.matters[0] for one in shown if len(one.matters) == 1):
        if matter.document != document:
            document = matter.document
            click.echo(f"tei/{document}.xml")
        click.echo(_line(options, matter))
        click.echo(f"      {matter.context}")
    places = len(matters)
    tell(options, "waiting", count=len(shown), places=places, documents=len({one.document for one in matters}))
    if left_out:
        tell(options, "waiting-more", count=left_out)


def _heading(options: Options, group: Group) -> str:
    """Return a line on a group: its key, forms, how many places it has, and what is proposed."""
    where = say("review.places", options.language, count=len(group.matters), documents=len(group.documents))
    kind, why = (say(f"review.{name}", options.language) for name in (group.kind, group.why))
    return f"  {group.key}  {kind} ({why}): {', '.join(group.forms)}: {where}{_arrow(group)}"


def _arrow(one: Matter | Group) -> str:
    proposed = " | ".join(_candidate(found.value, found.score, found.reason) for found in one.candidates if found.value)
    return f" → {proposed}" if proposed and one.kind != "alignment" else ""


def _line(options: Options, matter: Matter) -> str:
    kind, why = (say(f"review.{name}", options.language) for name in (matter.kind, matter.why))
    said = f"{why}, {say(f'review.{matter.certainty}', options.language)}" if matter.certainty else why
    return f"  {matter.key}  {matter.line}: {matter.passage}: {kind} ({said}): {matter.text}{_arrow(matter)}"


def _candidate(value: str, score: float, reason: str) -> str:
    """Return a candidate; how like it is, where that was measured."""
    return f"{value} {round(100 * score)}%" if reason == "like-form" else value


# Decisions


def _rows(
    options: Options, edition: Edition, paths: list[Path], table: Path | None, keyed: dict[str, Keyed]
) -> tuple[list[Row], list[Problem]]:
    """Return the decisions of the table and of the command line, and what in them is not understood."""
    from pipeline.review import by_key, read_table

    rows, problems = read_table(table) if table else ([], [])
    plain = {"accept": "accepted", "reject": "rejected", "not_a_name": "not-a-name"}
    decisions = [(str(key), word, "") for name, word in plain.items() for key in keyed[name] or ()]
    for name, word in (("values", "set"), ("new", "new")):
        decisions += [(pair[0], word, pair[1]) for pair in keyed[name] or ()]
    named = by_key(_matters(options, edition, paths)) if decisions else {}
    for key, decision, value in decisions:
        found = named.get(key, [])
        if len(found) == 1:
            new = (keyed["kind_of_new"] or found[0].kind) if decision == "new" else ""
            rows.append(_row(found[0], decision, value, str(new)))
        else:
            problems.append(problem("J020" if found else "J019", KEYED, key=key))
    return rows, problems


def _row(found: Matter | Group, decision: str, value: str, new: str) -> Row:
    from pipeline.review import Row

    first = found.matters[0]
    place = (first.passage, found.text, first.occurrence, first.kind)
    places = tuple((one.document, one.key) for one in found.matters) if len(found.matters) > 1 else ()
    return Row(
        first.document, *place, found.proposal, decision, value, "", KEYED, 0, places, found.language, new
    )  # fmt: skip


def _decide(options: Options, edition: Edition, rows: list[Row], problems: list[Problem], who: tuple[str, str]) -> None:
    from pipeline.comparison import find_discrepancies
    from pipeline.conversion.memory import alone
    from pipeline.review import decide, with_editor

    editor, name = who[0].removeprefix("#"), who[1]
    with alone(edition), working(options, "review"):
        outcome: Outcome = decide(
            edition, with_editor(rows, editor), find_discrepancies, {editor: name} if editor and name else {}
        )
    outcome = replace(outcome, problems=tuple(sorted([*problems, *outcome.problems])))
    finish(options, "decided", outcome, to_stdout=True)
