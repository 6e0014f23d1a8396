"""Turn the options that every command takes into one value."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import click

from pipeline.edition import Edition, find_edition


@dataclass(frozen=True, slots=True)
class Options:
    """The options that every command takes."""

    edition: Path
    jobs: int
    format: str
    language: str
    fail_on: str
    verbose: bool
    quiet: bool

    def found(self) -> Edition:
        """Return the edition to work on."""
        return find_edition(self.edition)


OPTION_NAMES = tuple(option.name for option in fields(Options))


def common_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all have; it gets them as one `Options`."""

    @functools.wraps(command)
    def with_options(**given: object) -> None:
        options = Options(**{name: given.pop(name) for name in OPTION_NAMES})  # type: ignore[arg-type]
        command(options, **given)

    decorators = [
        click.option("--edition", type=click.Path(path_type=Path), default=".", help="The edition's folder."),
        click.option("--jobs", type=click.IntRange(0), default=0, help="Processes to use; 0 for all processors."),
        click.option("--format", type=click.Choice(["text", "json"]), default="text", help="For people or programs."),
        click.option("--lang", "language", type=click.Choice(["en", "ru"]), default="en", help="Language of messages."),
        click.option(
            "--fail-on", type=click.Choice(["error", "warning"]), default="error", help="What makes exit code 1."
        ),
        click.option("-v", "--verbose", is_flag=True, help="Say what was seen and done, file by file."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
    ]
    for decorator in reversed(decorators):
        with_options = decorator(with_options)
    return with_options
