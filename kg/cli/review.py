"""`kg review`: what people decide on statements, events and actors."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from kg.cli.console import printable, say
from kg.cli.options import STORE

if TYPE_CHECKING:
    from kg.judgement import Judgement

BY = click.option(
    "--by",
    "person",
    required=True,
    envvar="KG_REVIEWER",
    show_envvar=True,
    metavar="NAME",
    help="Who decides.",
)
ON = click.option("--on", "day", required=True, metavar="DATE", help="Day of the decision, as YYYY-MM-DD.")
NOTE = click.option("--note", default="", metavar="TEXT", help="Why; people see it beside what came of it.")


@click.group(short_help="Record what a person decides; the next build applies it.")
def review() -> None:
    """Accept or reject statements, join or part events and actors; the next `kg build` applies it.

    A decision is added as a line to judgements.jsonl in the folder of the store, with the person and the
    day, and nothing is ever rewritten: a later decision on the same things replaces an earlier one.
    `kg query to-review` lists contested and suspected statements with their references, `kg query
    who-says-so` all of an event, `kg query tellings` the tellings of an event.
    """


def _deciding(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed((STORE, BY, ON, NOTE)):
        command = option(command)
    return command


@review.command()
@click.argument("statement", metavar="STATEMENT")
@_deciding
def accept(*, statement: str, **given: str) -> None:
    """Hold a statement (assertion:… or proposition:…) for true."""
    _decide("accept", (statement,), **given)


@review.command()
@click.argument("statement", metavar="STATEMENT")
@_deciding
def reject(*, statement: str, **given: str) -> None:
    """Hold a statement (assertion:… or proposition:…) for untrue."""
    _decide("reject", (statement,), **given)


@review.command()
@click.argument("one")
@click.argument("other")
@_deciding
def same(*, one: str, other: str, **given: str) -> None:
    """Join two events (event:… or telling:…), or an unnamed actor and the actor that it is."""
    _decide("same", (one, other), **given)


@review.command()
@click.argument("one")
@click.argument("other")
@_deciding
def different(*, one: str, other: str, **given: str) -> None:
    """Keep two tellings of events, or two actors, apart."""
    _decide("different", (one, other), **given)


@review.command()
@click.argument("subjects", nargs=-1, required=True, metavar="REFERENCE...")
@_deciding
def undo(*, subjects: tuple[str, ...], **given: str) -> None:
    """Take back the decision on the things named."""
    _decide("undo", subjects, **given)


@review.command(name="list")
@STORE
@click.option("--history", is_flag=True, help="Show those replaced or taken back too.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def listed(*, store_path: str, history: bool, output: str) -> None:
    """Print the decisions in force, in the order in which they were made."""
    from dataclasses import asdict

    from kg.judgement import decisions
    from kg.pipeline import judgements_of
    from kg.store import open_store

    with open_store(store_path, read_only=True) as store:
        made = judgements_of(store)
    shown = made if history else tuple(decisions(made).values())
    for judgement in shown:
        if output == "json":
            click.echo(json.dumps(asdict(judgement), ensure_ascii=False))
        else:
            click.echo(_line(judgement))
    if not shown and output == "text":
        say("kg: nothing is decided yet")


def _decide(
    kind: str, subjects: tuple[str, ...], *, store_path: str, person: str, day: str, note: str
) -> None:
    from kg.pipeline import decide
    from kg.store import open_store

    with open_store(store_path, read_only=True) as store:
        judgement = decide(store, kind, subjects, person=person, day=day, note=note)
    say(f"kg: recorded: {_line(judgement)}; the next `kg build` applies it")


def _line(judgement: Judgement) -> str:
    why = f": {judgement.note}" if judgement.note else ""
    return printable(
        f"{judgement.date} {judgement.person}: {judgement.kind} {' '.join(judgement.subjects)}{why}"
    )
