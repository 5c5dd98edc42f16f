"""Taking the graph away: Turtle and other RDF, graph files, tables and facts, sorted, from any store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad

from kg.errors import UsageError
from kg.export import statement, turtle
from kg.export.select import Quads, everything, published
from kg.export.tables import TABLES
from kg.files import writing

FORMATS = ("turtle", "trig", "nquads", "jsonld", "graphml", "gexf", "csv", "facts")
"""turtle and jsonld hold what is published, trig and nquads every graph, the rest the network or facts."""

SUFFIXES = {
    ".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".jsonld": "jsonld", ".graphml": "graphml",
    ".gexf": "gexf", ".csv": "csv", ".jsonl": "facts",
}  # fmt: skip


def export(
    store: Quads, target: str | Path, *, file_format: str = "", table: str = "edges", with_text: bool = False
) -> None:
    """Write the store to a file, or to standard output.

    Args:
        store: what to write; every back end gives the same bytes.
        target: a file, or "-"; replaced as a whole, or left as it was where writing fails.
        file_format: one of FORMATS; where empty, what the suffix of `target` says, and turtle for "-".
        table: which table csv writes, one of `tables.TABLES`.
        with_text: whether reports carry their text; quotes are always there.

    Raises:
        UsageError: the format or table is unknown.
        ExportError: the file can't be written.
    """
    chosen = file_format or format_of(target)
    parts = lines(store, chosen, table=table, with_text=with_text)
    first = next(parts, "")  # so that a wrong format is refused before a file is begun
    with writing(target) as stream:
        stream.write(first.encode())
        for part in parts:
            stream.write(part.encode())


def lines(store: Quads, file_format: str, *, table: str = "edges", with_text: bool = False) -> Iterator[str]:
    """Yield the text of an export in pieces.

    Raises:
        UsageError: the format or table is unknown.
    """
    if file_format in ("trig", "nquads"):
        quads: Iterable[Quad] = everything(store, with_text=with_text)
        yield from (turtle.trig if file_format == "trig" else turtle.nquads)(quads)
    elif file_format in ("turtle", "jsonld"):
        pieces = published(store, with_text=with_text)
        yield from (
            statement.turtle(pieces) if file_format == "turtle" else turtle.jsonld(statement.quads(pieces))
        )
    elif file_format in ("graphml", "gexf", "csv"):
        yield from _network(store, file_format, table)
    elif file_format == "facts":
        from kg.export.facts import fact_lines

        yield from fact_lines(store)
    else:
        raise UsageError(f"no export format {file_format!r}; choose {', '.join(FORMATS)}")


def format_of(target: str | Path) -> str:
    """Return the format that a file's name asks for; turtle for standard output.

    Raises:
        UsageError: its suffix is of no format.
    """
    if str(target) == "-":
        return "turtle"
    suffix = Path(target).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"can't tell a format from {Path(target).name!r}; name one with --format {'|'.join(FORMATS)}"
        )
    return SUFFIXES[suffix]


def _network(store: Quads, file_format: str, table: str) -> Iterator[str]:
    from kg.export.network import graph_file
    from kg.export.tables import table as csv_table
    from kg.projection import full_graph

    graph = full_graph(store)
    yield from csv_table(graph, table) if file_format == "csv" else graph_file(graph, file_format)


__all__ = [
    "FORMATS",
    "SUFFIXES",
    "TABLES",
    "Quads",
    "everything",
    "export",
    "format_of",
    "lines",
    "published",
]
