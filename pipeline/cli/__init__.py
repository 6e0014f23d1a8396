"""Turn the words of a command line into one call, print what comes back, and end with its exit code.

Results go to standard output, messages and progress to standard error. Nothing else catches errors broadly. A command
imports its stage when it is called: what converts is not read to check, nor by the processes that share the work.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import __version__
from pipeline.cli.options import Options, common_options
from pipeline.cli.printing import end as _end
from pipeline.cli.printing import finish as _finish
from pipeline.cli.printing import show as _show
from pipeline.cli.printing import tell as _say
from pipeline.cli.printing import working as _working
from pipeline.cli.reviewing import count_open, review_command
from pipeline.edition import Edition
from pipeline.founding import found_edition
from pipeline.problems import ExitCode, Outcome, PipelineError, Problem, as_text
from pipeline.validation import check
from pipeline.watching import moments
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.conversion import Conversion
    from pipeline.reconciliation import Settling


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="despatch")
def despatch() -> None:
    """From captures of historical documents to a TEI edition, a website and a book."""


@despatch.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="Title of the edition.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Date of the edition; today by default.")
@common_options
def new(options: Options, folder: Path, title: str, date: datetime.datetime | None) -> None:
    """Make a new edition in FOLDER."""
    edition = found_edition(folder, title, (date.date() if date else datetime.date.today()).isoformat())
    if options.format == "json":
        click.echo(json.dumps({"edition": edition.root.as_posix()}, ensure_ascii=False))
    _say(options, "founded", folder=folder)


@despatch.command("convert")
@click.argument("seeds", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--diff", is_flag=True, help="Show what would change in tei/, and do nothing.")
@click.option("--ledger", "show_ledger", is_flag=True, help="Show how every character is accounted for.")
@click.option("--accept", multiple=True, metavar="ID", help="Take what is proposed for a document; may be repeated.")
@click.option("--keep", multiple=True, metavar="ID", help="Keep a document against what is proposed; may be repeated.")
@common_options
def convert_command(
    options: Options, *, seeds: tuple[Path, ...], dry_run: bool, diff: bool, show_ledger: bool, **named: tuple[str, ...]
) -> None:
    """Convert SEEDS, or all of seeds/, into TEI documents in tei/; what editors changed there stays."""
    from pipeline.conversion import convert

    edition = options.found()
    seeds = _inside(edition, seeds)
    if show_ledger:
        _show_ledgers(options, edition, seeds)
        return
    settled = _settled(edition, named["accept"], named["keep"])
    with _working(options, "convert"):
        conversion = convert(edition, seeds, options.jobs, dry_run=dry_run or diff, settled=settled)
    if options.verbose:
        _show_documents(options, conversion)
    if diff and options.format == "text":
        click.echo("".join(conversion.changes), nl=False)
    if dry_run or diff or options.verbose:
        _show_sum(options, conversion)
    documents = {identifier: str(placed) for identifier, placed in conversion.placed}
    more = {"documents": documents, "changes": "".join(conversion.changes)}
    _finish(options, "would-convert" if dry_run or diff else "converted", conversion.outcome, more=more)


def _settled(edition: Edition, accept: tuple[str, ...], keep: tuple[str, ...]) -> dict[str, Settling]:
    """Return how an editor settles proposals, by identifier; one that names no document is wrong usage."""
    from pipeline.reconciliation import Settling, read_known

    there = {entry.id for entry in read_known(edition)[0].values()}
    for name in (*accept, *keep):
        if name not in there:
            raise click.BadParameter(f"{name} is no document of this edition; despatch status lists what waits")
        if name in accept and name in keep:
            raise click.BadParameter(f"{name} cannot be both accepted and kept")
    return {**dict.fromkeys(accept, Settling.ACCEPT), **dict.fromkeys(keep, Settling.KEEP)}


def _show_sum(options: Options, conversion: Conversion) -> None:
    """Say how many documents came to what."""
    for placed, count in sorted(Counter(placed for _, placed in conversion.placed).items()):
        _say(options, f"sum.{placed}", count=count)


def _inside(edition: Edition, seeds: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the seeds as full paths; one outside the edition could not be found again by the next run."""
    paths = tuple(path.resolve() for path in seeds)
    for path in paths:
        if not path.is_relative_to(edition.root):
            raise click.BadParameter(f"{path} lies outside the edition; copy it into {edition.seeds}")
    return paths


def _show_documents(options: Options, conversion: Conversion) -> None:
    for seed, format_, seen in conversion.seen:
        _say(options, "seen", seed=seed, format=format_, evidence="; ".join(seen))
    for identifier, placed in conversion.placed:
        _say(options, f"placed.{placed}", id=identifier)


def _show_ledgers(options: Options, edition: Edition, seeds: Iterable[Path]) -> None:
    from pipeline.captures.capture import RefusedSeed
    from pipeline.conversion import accounts, seeds_of
    from pipeline.ledger_lines import ledger_lines, ledger_record

    for path in sorted(seeds) or seeds_of(edition):
        try:
            for account in accounts(edition, path):
                as_json = options.format == "json"
                click.echo(ledger_record(account) if as_json else "\n".join(ledger_lines(account, options.language)))
        except RefusedSeed as refused:
            click.echo(as_text(refused.problem, options.language), err=True)


@despatch.command("check")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--schema",
    "schemas",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A RelaxNG or Schematron file that the documents must agree with too; may be given several times.",
)
@click.option("--compare", "comparing", is_flag=True, help="Say what the languages of each document disagree about.")
@click.option("--watch", "watching", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C.")
@common_options
def check_command(
    options: Options, files: tuple[Path, ...], schemas: tuple[Path, ...], comparing: bool, watching: bool
) -> None:
    """Check FILES, or all of tei/, against the schema and its rules, and their references."""
    edition = options.found()
    if watching:
        with contextlib.suppress(KeyboardInterrupt):
            for _ in moments(edition, schemas):
                _check_once(options, edition, files, schemas, comparing)
        return
    with _working(options, "check"):
        outcome = _checked(options, edition, files, schemas, comparing)
    _finish(options, "checked", outcome, to_stdout=True)


CHECK_BEGINS, CHECK_ENDS = "[despatch check begins]", "[despatch check ends]"
"""Lines between which an editor's program finds the problems of one check; the same in every language."""


def _checked(
    options: Options, edition: Edition, files: tuple[Path, ...], schemas: tuple[Path, ...], comparing: bool
) -> Outcome:
    """Check the documents and, if wanted, compare their languages."""
    outcome = check(edition, options.jobs, files, schemas)
    if not comparing:
        return outcome
    from pipeline.comparison import compare

    differing = compare(edition, options.jobs, files).problems
    return replace(outcome, problems=tuple(sorted({*outcome.problems, *differing})))


def _check_once(
    options: Options, edition: Edition, files: tuple[Path, ...], schemas: tuple[Path, ...], comparing: bool
) -> None:
    """Print the problems of this moment, one line each; what stops a check is told, and the next save tried again."""
    click.echo(CHECK_BEGINS)
    try:
        outcome = _checked(options, edition, files, schemas, comparing)
        problems = [replace(found, line=max(found.line, 1), excerpt="") for found in outcome.problems]
        _say(options, "checked", made=outcome.made, kept=outcome.kept)
        _show(options, problems, to_stdout=True)
    except PipelineError as stopped:
        click.echo(f"despatch: {stopped}", err=True)
    click.echo(CHECK_ENDS)


@despatch.command()
@click.argument("products", nargs=-1, type=click.Choice(["web", "print"]))
@click.option("--lenient", is_flag=True, help="Show elements that the website has no rendering for as text.")
@common_options
def build(options: Options, products: tuple[str, ...], lenient: bool) -> None:
    """Build the website and the PDFs, the volume and each document's own, or one of the two, into build/."""
    edition = options.found()
    wanted = products or ("web", "print")
    problems: list[Problem] = []
    from pipeline.linking import link

    link(edition, options.jobs)
    if "print" in wanted:
        from pipeline.typesetting import build_print

        with _working(options, "print"):
            outcome = build_print(edition, options.jobs)
        _say(options, "volume", made=outcome.made, kept=outcome.kept, path="build/print/")
        problems += outcome.problems
    if "web" in wanted:  # after the PDFs, which it offers
        from pipeline.website import build_website

        with _working(options, "web"):
            outcome = build_website(edition, options.jobs, lenient=lenient)
        _say(options, "website", made=outcome.made, kept=outcome.kept, path="build/site/")
        problems += outcome.problems
    from pipeline.validation import words_to_replace

    _end(options, sorted({*problems, *words_to_replace(edition)}))


@despatch.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, help="Port on this machine; 0 for any free one.")
@click.option("--lenient", is_flag=True, help="Show elements that the website has no rendering for as text.")
@common_options
def serve_command(options: Options, port: int, lenient: bool) -> None:
    """Show the website on this machine and follow every save, until Ctrl-C."""
    from pipeline.preview import serve

    def announce(at: str) -> None:
        _say(options, "preview.at", address=at)

    with contextlib.suppress(KeyboardInterrupt):
        serve(options.found(), port, options.language, options.jobs, announce, lenient=lenient)


@despatch.command()
@common_options
def status(options: Options) -> None:
    """Say what the edition holds, what was edited or proposed, and which engines and fonts do the work."""
    from pipeline import stylesheets, typesetting
    from pipeline.reconciliation import survey
    from pipeline.website import search

    engines = [f"Despatch {__version__}", stylesheets.engine(), typesetting.engine(), search.engine()]
    edition = options.found()
    found = {**survey(edition).record(), **_counts(options, edition)}
    if options.format == "json":
        click.echo(json.dumps({"engines": engines, "fonts": typesetting.families(), **found}, ensure_ascii=False))
        return
    _show_survey(options, found)
    for engine in engines:
        click.echo(f"{say('status.engine', options.language)}: {engine}")
    click.echo(f"{say('status.fonts', options.language)}: {', '.join(typesetting.families())}")


despatch.add_command(review_command)


def _counts(options: Options, edition: Edition) -> dict[str, str]:
    """Return how much editors have decided, and how much waits for them."""
    from pipeline.review import count_decisions

    return {"decisions": str(count_decisions(edition)), "waiting": str(count_open(options, edition))}


def _show_survey(options: Options, found: Mapping[str, str | list[str]]) -> None:
    for name, value in found.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        click.echo(f"{say(f'status.{name}', options.language)}: {shown if shown != '' else '—'}")


def main() -> None:
    """Run the command; an error that stops a stage is told in one line, with its exit code."""
    try:
        despatch(standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("interrupted", "en"), err=True)
        sys.exit(130)
    except PipelineError as stopped:
        click.echo(f"despatch: {stopped}", err=True)
        sys.exit(stopped.exit_code)
    except OSError as error:
        click.echo(f"despatch: {error.strerror or error}: {error.filename or ''}", err=True)
        sys.exit(ExitCode.UNREADABLE)
