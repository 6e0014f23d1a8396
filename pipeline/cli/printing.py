"""Turn what a stage gives back into what stands on the terminal, or into JSON, and into an exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import click
from rich.console import Console
from rich.status import Status

from pipeline.cli.options import Options
from pipeline.problems import GUIDELINES, Outcome, Problem, Severity, as_record, as_text, exit_code
from pipeline.wording import say

NOTHING: Mapping[str, object] = MappingProxyType({})

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def tell(options: Options, name: str, **arguments: object) -> None:
    if not options.quiet and options.format == "text":
        click.echo(say(name, options.language, **arguments))


def working(options: Options, name: str) -> Status:
    """Return a context in which a terminal shows that work goes on; elsewhere nothing is shown."""
    console = Console(stderr=True, quiet=options.quiet or not sys.stderr.isatty())
    return console.status(say(f"working.{name}", options.language))


def finish(
    options: Options, name: str, outcome: Outcome, *, to_stdout: bool = False, more: Mapping[str, object] = NOTHING
) -> None:
    tell(options, name, made=outcome.made, kept=outcome.kept)
    counts = {"made": outcome.made, "kept": outcome.kept}
    end(options, outcome.problems, to_stdout=to_stdout, more={**counts, **more})


def end(
    options: Options, problems: Iterable[Problem], *, to_stdout: bool = False, more: Mapping[str, object] = NOTHING
) -> None:
    """Print problems and their number, and end with the exit code that they ask for."""
    found = list(problems)
    show(options, found, to_stdout=to_stdout, more=more)
    sys.exit(exit_code(found, Severity(options.fail_on)))


def show(
    options: Options, found: list[Problem], *, to_stdout: bool = False, more: Mapping[str, object] = NOTHING
) -> None:
    if options.format == "json":
        record = {**more, "problems": [as_record(one, options.language) for one in found]}
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        _print_problems(options, found, to_stdout=to_stdout)


def _print_problems(options: Options, found: list[Problem], *, to_stdout: bool) -> None:
    console = Console(stderr=not to_stdout, soft_wrap=True, highlight=False, markup=False)
    for one in found:
        if not options.quiet or one.severity is Severity.ERROR:
            console.print(as_text(one, options.language), style=STYLES[one.severity])
            if options.verbose and one.guideline:
                console.print(f"    {GUIDELINES}#{one.guideline}")
    counts = {severity: sum(1 for one in found if one.severity is severity) for severity in Severity}
    if found:
        errors, warnings, notes = (counts[severity] for severity in Severity)
        tell(options, "counts", errors=errors, warnings=warnings, notes=notes)
