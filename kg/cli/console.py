"""What a command says about its work: progress and remarks on standard error, results on standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kg.model import Report
from kg.read import Item, Note, OtherFiles, Skipped

if TYPE_CHECKING:
    from kg.pipeline import Summary
    from kg.registry import Registry

SHOWN_NOTES = 10


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that shows what is being done; it draws on a terminal only, and nothing when quiet."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda text: bar.update(task, description=text)


def say(text: str, *, quiet: bool = False) -> None:
    """Print a line on standard error; control characters that a source put into it are left out."""
    if not quiet:
        click.echo(printable(text), err=True)


def printable(text: str) -> str:
    """Return a text without control characters, which a source may have put into it to fool a terminal."""
    return "".join(letter for letter in text if letter.isprintable())


def say_skipped(item: Skipped) -> None:
    """Print why a source was skipped; this is said however quiet the command is."""
    say(f"kg: skipped {item.source}: {item.reason}")


def say_others(item: OtherFiles) -> None:
    """Print how many files of a folder are of types that are not read."""
    files = "1 file" if item.count == 1 else f"{item.count:,} files"
    say(f"kg: {files} of other types in {item.source} not read (HTML and feeds among them)")


def say_summary(summary: Summary, seconds: float, *, quiet: bool) -> None:
    """Print what a build did, what it skipped and what a reader should know."""
    for item in summary.skipped:
        say_skipped(item)
    for note in summary.notes[:SHOWN_NOTES]:
        say_note(note, quiet=quiet)
    if (more := len(summary.notes) - SHOWN_NOTES) > 0:
        say(f"kg: note: {more:,} more notes", quiet=quiet)
    for others in summary.other_files:
        if not quiet:
            say_others(others)
    reports = "1 report" if summary.reports == 1 else f"{summary.reports:,} reports"
    read = f"{reports}: {summary.new:,} new, {summary.again:,} read again"
    rest = f"{summary.known:,} known already; {len(summary.skipped):,} skipped; {summary.facts:,} facts"
    say(f"kg: {read}, {rest}; {seconds:.1f} s", quiet=quiet)


def say_note(note: Note, *, quiet: bool) -> None:
    """Print what a reader should know about a report."""
    say(f"kg: note: {note.source}: {note.text}", quiet=quiet)


def say_changes(registry: Registry | None, *, quiet: bool) -> None:
    """Print what files of one's own add to the registry and override of it; nothing without any."""
    if registry is None:
        return
    from kg.curation import told

    for name, changes in registry.changes.items():
        for line in told(changes):
            say(f"kg: {name} {line}", quiet=quiet)


def sources_of(sources: Sequence[str], *, samples: bool) -> Sequence[str]:
    """Return what to read: what is named, and the shipped samples where they are asked for."""
    from kg.api import sample_sources

    return (*sources, *sample_sources()) if samples else sources


def reports_of(items: Iterable[Item], skipped: list[Skipped], *, quiet: bool) -> Iterator[Report]:
    """Yield the reports, say what else comes up, and keep what was skipped."""
    for item in items:
        if isinstance(item, Report):
            yield item
        elif isinstance(item, Skipped):
            skipped.append(item)
            say_skipped(item)
        elif isinstance(item, Note):
            say_note(item, quiet=quiet)
        elif isinstance(item, OtherFiles) and not quiet:
            say_others(item)
