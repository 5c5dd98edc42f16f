"""Answers for people and programs: a table that fits the terminal, or one of the W3C's formats."""

from __future__ import annotations

import io
import shutil
import unicodedata
from collections.abc import Callable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import UsageError
from kg.query.formats import as_csv, sparql_json, sparql_xml, table_of, turtle
from kg.store import Results, Store
from kg.store.results import Cell
from kg.vocab import RDFS, SKOS, ref

_WRITERS: Mapping[str, Callable[[Results], str]] = {
    "csv": as_csv,
    "json": sparql_json,
    "xml": sparql_xml,
    "ttl": turtle,
}
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
FORMATS = ("table", *_WRITERS)


def write(
    results: Results,
    file_format: str = "table",
    *,
    names: Mapping[NamedNode, str] | None = None,
    width: int | None = None,
) -> str:
    """Return the results as text that ends in a line break.

    Args:
        results: what a query answered.
        file_format: one of `FORMATS`.
        names: what a table shows for an IRI (see `names`); without it, and for others, `prefix:local`.
        width: columns of the terminal for a table; None asks the terminal.

    Raises:
        UsageError: there is no such format, or these results can't be written in it.
    """
    if file_format == "table":
        return _table(results, names or {}, width or shutil.get_terminal_size((100, 24)).columns)
    if file_format not in _WRITERS:
        raise UsageError(f"no such format: {file_format!r}; there are {', '.join(FORMATS)}")
    return _WRITERS[file_format](results)


def names(store: Store, results: Results) -> dict[NamedNode, str]:
    """Return the English or only label of each IRI in the results that has one in the store."""
    _, rows = table_of(results)
    found = {}
    for node in {cell for row in rows for cell in row if isinstance(cell, NamedNode)}:
        labels = [
            (quad.object.language != "en", quad.object.value)
            for predicate in (SKOS.prefLabel, RDFS.label)
            for quad in store.quads(node, predicate)
            if isinstance(quad.object, Literal)
        ]
        if labels:
            found[node] = min(labels)[1]
    return found


def _table(results: Results, labels: Mapping[NamedNode, str], width: int) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns, rows = table_of(results)
    if results.boolean is not None:
        return "yes\n" if results.boolean else "no\n"
    out = io.StringIO()
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for number, name in enumerate(columns):
        numeric = rows and all(_is_number(row[number]) for row in rows)
        table.add_column(Text(name), overflow="fold", justify="right" if numeric else "left")
    for row in rows:
        # Text, not markup: a report's "[red]" is shown, not obeyed.
        table.add_row(*(Text(_shown(cell, labels)) for cell in row))
    Console(file=out, width=width, no_color=True, highlight=False, legacy_windows=False).print(table)
    cut = ", more were left out" if results.truncated else ""
    body = "\n".join(line.rstrip() for line in out.getvalue().splitlines())
    return f"{body}\n{len(rows)} {'row' if len(rows) == 1 else 'rows'}{cut}\n"


def _shown(cell: Cell, labels: Mapping[NamedNode, str]) -> str:
    """Return a cell for the terminal, without the control characters that could steer it."""
    if cell is None:
        return ""
    if isinstance(cell, NamedNode):
        text = labels.get(cell) or _reference(cell)
    else:
        text = f"_:{cell.value}" if isinstance(cell, BlankNode) else cell.value
    return "".join(
        " " if char in "\t\r\n" else char for char in text if char in "\t\r\n" or _is_printed(char)
    )


def _is_printed(char: str) -> bool:
    # Cf holds the marks that turn the direction of text around, but also the joiners of Arabic and Persian.
    return (
        unicodedata.category(char) not in ("Cc", "Cs")
        and char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def _is_number(cell: Cell) -> bool:
    return cell is None or (
        isinstance(cell, Literal) and cell.value.lstrip("-").replace(".", "", 1).isdigit()
    )


def _reference(node: NamedNode) -> str:
    """Return `prefix:local`, and only the local name for a word of the project's own vocabularies."""
    try:
        reference = ref(node)
    except UsageError:
        return node.value
    prefix, _, name = reference.partition(":")
    return name if prefix == "mkg" or prefix.startswith("mkg-") else reference
