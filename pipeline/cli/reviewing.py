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
    from pipeline.review import Matter, Row

KEY, KEYED = "KEY", "--accept, --reject, --not-a-name, --set"


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
@click.option("--editor", default="", envvar="DESPATCH_EDITOR", metavar="ID", help="Who decides, in one word.")
@click.option("--name", default="", envvar="DESPATCH_EDITOR_NAME", help="Name of the editor, for the documents.")
@common_options
def review_command(
    options: Options, *, documents: tuple[str, ...], kinds: tuple[str, ...], everything: bool, export: Path | None,
    table: Path | None, editor: str, name: str, **keyed: tuple[str, ...],
) -> None:  # fmt: skip
    """List what waits for an editor in the documents ID, or in all, and carry out decisions.

    What the program inferred, names it cannot link, apparent errors, and what the languages disagree about. Decide in a
    table (--export, fill in the columns decision and value, --import) or by KEY: eight letters that the list shows.
    """
    edition = options.found()
    paths = _chosen(edition, documents)
    _link(options, edition)
    if table or any(keyed.values()):
        rows, problems = _rows(options, edition, paths, table, keyed)
        _decide(options, edition, rows, problems, (editor, name))
        return
    matters = _matters(options, edition, paths)
    shown = [one for one in matters if (not kinds or one.kind in kinds) and (everything or kinds or not one.is_routine)]
    if export:
        from pipeline.review import write_table

        write_file(export, write_table(shown))
        tell(options, "exported", count=len(shown), path=export.as_posix())
    elif options.format == "json":
        click.echo(json.dumps([matter.record() for matter in shown], ensure_ascii=False, indent=1))
    else:
        _show(options, shown, len(matters) - len(shown))


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


def _show(options: Options, matters: list[Matter], left_out: int) -> None:
    document = ""
    for matter in matters:
        if matter.document != document:
            document = matter.document
            click.echo(f"tei/{document}.xml")
        click.echo(_line(options, matter))
        click.echo(f"      {matter.context}")
    tell(options, "waiting", count=len(matters), documents=len({one.document for one in matters}))
    if left_out:
        tell(options, "waiting-more", count=left_out)


def _line(options: Options, matter: Matter) -> str:
    kind, why = (say(f"review.{name}", options.language) for name in (matter.kind, matter.why))
    said = f"{why}, {say(f'review.{matter.certainty}', options.language)}" if matter.certainty else why
    choices = [one for one in matter.candidates if one.value]
    proposed = " | ".join(_candidate(one.value, one.score, one.reason) for one in choices)
    arrow = f" → {proposed}" if proposed and matter.kind != "alignment" else ""
    return f"  {matter.key}  {matter.line}: {matter.passage}: {kind} ({said}): {matter.text}{arrow}"


def _candidate(value: str, score: float, reason: str) -> str:
    """Return a candidate; how like it is, where that was measured."""
    return f"{value} {round(100 * score)}%" if reason == "like-form" else value


# Decisions


def _rows(
    options: Options, edition: Edition, paths: list[Path], table: Path | None, keyed: dict[str, tuple[str, ...]]
) -> tuple[list[Row], list[Problem]]:
    """Return the decisions of the table and of the command line, and what in them is not understood."""
    from pipeline.review import read_table

    rows, problems = read_table(table) if table else ([], [])
    decisions = [(key, "accepted", "") for key in keyed["accept"]]
    decisions += [(key, "rejected", "") for key in keyed["reject"]]
    decisions += [(key, "not-a-name", "") for key in keyed["not_a_name"]]
    decisions += [(pair[0], "set", pair[1]) for pair in keyed["values"]]
    by_key = {matter.key: matter for matter in _matters(options, edition, paths)} if decisions else {}
    for key, decision, value in decisions:
        if key in by_key:
            rows.append(_row(by_key[key], decision, value))
        else:
            problems.append(problem("J019", KEYED, key=key))
    return rows, problems


def _row(matter: Matter, decision: str, value: str) -> Row:
    from pipeline.review import Row

    place = (matter.passage, matter.text, matter.occurrence, matter.kind)
    return Row(matter.document, *place, matter.proposal, decision, value, "", KEYED, 0)


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
