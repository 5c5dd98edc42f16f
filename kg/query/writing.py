"""Answers for people and programs: a table that fits the terminal, or one of the W3C's formats."""

from __future__ import annotations

import io
import shutil
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import UsageError
from kg.query.formats import as_csv, sparql_json, sparql_xml, table_of, turtle
from kg.store import Results, Store
from kg.store.results import Cell, Row
from kg.vocab import RDFS, SKOS, ref

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table

_WRITERS: Mapping[str, Callable[[Results], str]] = {
    "csv": as_csv,
    "json": sparql_json,
    "xml": sparql_xml,
    "ttl": turtle,
}
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_READABLE = 14  # a column narrower than this breaks its words
_REFERENCE = 40  # longer IRIs are broken all the same
_GAP = 3
_LABELLED = 500
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
    nodes = sorted({cell for row in rows for cell in row if isinstance(cell, NamedNode)}, key=str)
    labels: dict[NamedNode, list[tuple[bool, str]]] = {}
    for start in range(0, len(nodes), _LABELLED):  # a server is asked once for many, not once for each
        values = " ".join(map(str, nodes[start : start + _LABELLED]))
        asked = (
            f"VALUES ?thing {{ {values} }} VALUES ?name {{ skos:prefLabel rdfs:label }} ?thing ?name ?label"
        )
        for thing, label in store.query(f"SELECT ?thing ?label WHERE {{ {asked} }}").rows:
            if isinstance(thing, NamedNode) and isinstance(label, Literal):
                labels.setdefault(thing, []).append((label.language != "en", label.value))
    return {thing: min(found)[1] for thing, found in labels.items()}


def label_of(store: Store, node: NamedNode) -> str:
    """Return the English or only label of a node, "" where it has none."""
    labels = [
        (quad.object.language != "en", quad.object.value)
        for predicate in (SKOS.prefLabel, RDFS.label)
        for quad in store.quads(node, predicate)
        if isinstance(quad.object, Literal)
    ]
    return min(labels)[1] if labels else ""


def _table(results: Results, labels: Mapping[NamedNode, str], width: int) -> str:
    from rich.console import Console

    columns, rows = table_of(results)
    if results.boolean is not None:
        return "yes\n" if results.boolean else "no\n"
    texts = [[shown(cell, labels) for cell in row] for row in rows]
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=False,
        force_jupyter=False,  # in a notebook rich would draw beside the file
        color_system=None,
        highlight=False,
        legacy_windows=False,
    )
    widths = _widths([_printed(name) for name in columns], texts, rows, width)
    if widths:
        numeric = [
            bool(rows) and all(_is_number(row[number]) for row in rows) for number in range(len(columns))
        ]
        console.print(_grid(columns, texts, numeric, widths))
    elif columns:
        for number, cells in enumerate(texts, 1):
            console.print(_record(number, columns, cells))
    cut = ", more were left out" if results.truncated else ""
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    lines.append(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}{cut}")
    return "\n".join(lines) + "\n"


def _widths(
    columns: Sequence[str], shown: Sequence[Sequence[str]], rows: Sequence[Row], width: int
) -> list[int]:
    """Return the width of each column, or nothing where a table would have to break what can't be broken.

    A reference is never broken, since it is what a person asks on with; a text is, but not below a
    readable width. What is left over is shared among the columns that want more.
    """
    from rich.cells import cell_len

    wanted, needed = [], []
    for number, name in enumerate(columns):
        sizes = [cell_len(cells[number]) for cells in shown]
        whole = [size for size, row in zip(sizes, rows, strict=True) if isinstance(row[number], NamedNode)]
        wanted.append(max([cell_len(name), *sizes]))
        needed.append(max([min(wanted[-1], _READABLE), *(size for size in whole if size <= _REFERENCE)]))
    spare = width - sum(needed) - _GAP * (len(columns) - 1)
    if spare < 0:
        return []
    order = sorted(range(len(columns)), key=lambda number: wanted[number] - needed[number])
    for place, number in enumerate(order):
        more = min(wanted[number] - needed[number], spare // (len(order) - place))
        needed[number] += more
        spare -= more
    return needed


def _grid(
    columns: Sequence[str], shown: Sequence[Sequence[str]], numeric: Sequence[bool], widths: Sequence[int]
) -> Table:
    """Return a line for each row. Text, not markup: a report's "[red]" is shown, not obeyed."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name, is_numeric, size in zip(columns, numeric, widths, strict=True):
        side: JustifyMethod = "right" if is_numeric else "left"
        table.add_column(Text(_printed(name)), overflow="fold", justify=side, width=size)
    for cells in shown:
        table.add_row(*map(Text, cells))
    return table


def _record(number: int, columns: Sequence[str], cells: Sequence[str]) -> Table:
    """Return one row as a line for each column that it fills, for answers too wide for the terminal."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(min_width=max(map(len, columns)), no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Text(f"— {number}"), Text(""))
    for name, cell in zip(columns, cells, strict=True):
        if cell:
            table.add_row(Text(_printed(name)), Text(cell))
    return table


def shown(cell: Cell, labels: Mapping[NamedNode, str]) -> str:
    """Return a cell for the terminal, without the control characters that could steer it."""
    if cell is None:
        return ""
    if isinstance(cell, NamedNode):
        text = labels.get(cell) or _reference(cell)
    else:
        text = f"_:{cell.value}" if isinstance(cell, BlankNode) else cell.value
    return _printed(text)


def _printed(text: str) -> str:
    """Return text with breaks as spaces, without controls and without the marks that turn its direction.

    The joiners that Arabic and Persian need stay, though they are invisible too.
    """
    return "".join(
        " " if char in "\t\r\n" else char
        for char in text
        if char in "\t\r\n" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _TURNING)
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
