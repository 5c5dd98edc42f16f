"""`kg export` and `kg validate`: the graph taken away, and whether it conforms."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kg.cli.console import say
from kg.cli.options import QUIET, STORE

# Written out, since importing kg.export for its lists would slow down `kg --help`; a test compares them.
FORMATS = ("turtle", "trig", "nquads", "jsonld", "graphml", "gexf", "csv", "facts")
TABLES = ("nodes", "edges", "events")
ENGINES = ("sparql", "pyshacl")


@click.command(short_help="Write Turtle, TriG, GraphML, CSV and others.")
@click.argument("target", default="-", metavar="[FILE|-]")
@STORE
@click.option(
    "--format", "file_format", type=click.Choice(FORMATS), help="By default what the suffix of FILE says."
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    default="edges",
    show_default=True,
    help="The table that csv writes.",
)
@click.option("--with-text", is_flag=True, help="Put the texts of the reports in, not only the quotes.")
@QUIET
def export(
    *, target: str, store_path: str, file_format: str | None, table: str, with_text: bool, quiet: bool
) -> None:
    """Write the graph to FILE, or to standard output.

    turtle and jsonld hold accepted edges, propositions with their status, and the statements behind them;
    trig and nquads hold every graph; graphml, gexf and csv the network; facts one fact a line.
    """
    from kg.export import export as write_export
    from kg.store import open_store

    with open_store(store_path, read_only=True) as store:
        write_export(store, target, file_format=file_format or "", table=table, with_text=with_text)
    say(f"kg: wrote {target}", quiet=quiet or target == "-")


@click.command(short_help="Check a file or the store against the shapes.")
@click.argument("file", required=False)
@STORE
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="What applies the shapes. By default pyshacl, the reference, to a FILE; sparql, which copies "
    "nothing to memory and finds what pyshacl finds, to the store.",
)
def validate(*, file: str | None, store_path: str, engine: Literal["sparql", "pyshacl"] | None) -> None:
    """Check FILE, or the store, against the shapes and terms of the ontology.

    FILE is an RDF file or a folder of them. Exit code 3 where something does not conform.
    """
    from kg.errors import ConformanceError
    from kg.store import open_store
    from kg.validate import validate as conformance

    if file:
        found = conformance(Path(file), engine=engine)
    else:
        with open_store(store_path, read_only=True) as store:
            found = conformance(store, engine=engine)
    for one in found.violations:
        value = f" (value {one.value})" if one.value else ""
        click.echo(" ".join(f"{one.focus} {one.path} {one.component}: {one.message}{value}".split()))
    if not found.conforms:
        count = len(found.violations)
        raise ConformanceError(
            f"{file or store_path} does not conform: {count} violation{'s' if count > 1 else ''}"
        )
    say(f"kg: {file or store_path} conforms")
