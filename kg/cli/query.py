"""`kg query`, `kg queries`, `kg explain`: what the store answers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import STORE
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.query import NamedQuery

# Written out, since importing kg.query for them would slow down `kg --help`; a test compares them.
FORMATS = ("table", "csv", "json", "xml", "ttl")
LIMIT = 1000
TIMEOUT = 60.0


@click.command(short_help="Ask a named query, or SPARQL.")
@click.argument("query", metavar="NAME|SPARQL|FILE.rq|-")
@STORE
@click.option(
    "--param",
    "-p",
    "params",
    multiple=True,
    metavar="KEY=VALUE",
    help="A parameter of the query; may be repeated.",
)
@click.option("--format", "output", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option(
    "--limit", type=click.IntRange(1), default=LIMIT, show_default=True, help="The most rows to print."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=TIMEOUT, show_default=True,
    help="Seconds after which the query is given up.",
)  # fmt: skip
def query(
    *,
    query: str,
    store_path: str,
    params: Sequence[str],
    output: str,
    limit: int,
    timeout: float,
) -> None:
    """Ask the store: a named query (see `kg queries`), SPARQL, a file of it, or - for standard input.

    SELECT and ASK print as table, csv, json or xml; CONSTRUCT and DESCRIBE as ttl. With --store https://…
    the question goes to a SPARQL 1.1 server that `kg push` filled.
    """
    from kg import query as asking
    from kg.store import open_store

    text = _text(query)
    with open_store(store_path, read_only=True, timeout=timeout) as store:
        results = asking.run(store, text, _params(params), limit=limit, timeout=timeout)
        labels = asking.names(store, results) if output == "table" else {}
        click.echo(asking.write(results, output, names=labels), nl=False)
    if results.truncated:
        click.echo(f"kg: only {limit:,} are shown; raise --limit", err=True)


@click.command(short_help="List the named queries, or show one.")
@click.argument("name", required=False)
def queries(*, name: str | None) -> None:
    """List the named queries, or show one: parameters, columns, an example with its answer, SPARQL."""
    from kg import query as asking
    from kg.query.running import find

    if not name:
        for one in asking.catalogue():
            click.echo(f"{one.name}: {one.question}")
            _echo_parameters(one)
        return
    found = find(name)
    click.echo(f"{found.question}\n")
    if found.parameters:
        click.echo("parameters ([default], empty: may be left out)")
        _echo_parameters(found)
    lists = "; those with * hold several names" if found.lists else ""
    columns = ", ".join(f"{column}*" if column in found.lists else column for column in found.columns)
    click.echo(f"columns{lists}\n    {columns}\n")
    click.echo(f"example, on the sample reports\n    $ {found.example_call}")
    for line in found.example_answer.splitlines():
        click.echo(f"    {line}".rstrip())
    click.echo(f"\n{found.text}", nl=False)


def _echo_parameters(query: NamedQuery) -> None:
    for parameter in query.parameters:
        given = "" if parameter.default is None else f" [{parameter.default}]"
        click.echo(f"    {parameter.name}: {parameter.type}{given}  {parameter.doc}")


@click.command(short_help="Print all that is said of an actor or event.")
@click.argument("name", metavar="ACTOR|IRI")
@STORE
def explain(*, name: str, store_path: str) -> None:
    """Print all that is known of an actor, event or place, and every statement behind it.

    ACTOR is a name, an alias or a slug (jnim); else a reference (event:…) or an IRI.
    """
    from kg import api

    with api.open(store_path) as graph:
        click.echo(graph.explain(name), nl=False)


def _text(query: str) -> str:
    """Return the query's name, or its text where it is a file or standard input.

    Raises:
        InputError: the file can't be read.
    """
    if query == "-":
        return sys.stdin.read()
    if not query.endswith(".rq"):
        return query
    try:
        return Path(query).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise InputError(f"can't read {query}: {reason}; name a file of SPARQL") from error


def _params(pairs: Sequence[str]) -> dict[str, str]:
    """Return parameters by name.

    Raises:
        UsageError: a pair has no equals sign.
    """
    found = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError(f"--param {pair!r} is not KEY=VALUE")
        found[key.strip()] = value
    return found
