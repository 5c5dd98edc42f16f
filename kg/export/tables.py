"""CSV tables of nodes, edges and events, safe to open in a spreadsheet.

Source: RFC 4180 for the format; OWASP, "CSV Injection", for the leading apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.export import flat

if TYPE_CHECKING:
    import networkx as nx

TABLES = ("nodes", "edges", "events")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_COLUMNS = {
    "nodes": ("kind", "type", "label", "aliases", "family", "theatre", "unnamed"),
    "edges": (
        "relation", "status", "certainties", "begin", "end", "earliest", "latest", "ended", "reports",
        "background", "confidence", "speakers", "quotes", "urls",
    ),
    "events": (
        "type", "label", "status", "date", "earliest", "latest", "place", "tactic", "outcome", "killed",
        "wounded", "missing", "unclaimed", "speakers", "quotes", "urls",
    ),
}  # fmt: skip
_ROLES = ("perpetrator", "commander", "party", "target", "victim", "claimed", "denied")


def table(graph: nx.MultiDiGraph, name: str) -> Iterator[str]:
    """Yield the lines of a table, the heading first.

    Args:
        graph: the full projection.
        name: one of TABLES. "nodes" has all nodes, "edges" all edges with the labels of both ends,
            "events" one row an event with who did what in it.

    Raises:
        UsageError: there is no such table.
    """
    if name not in TABLES:
        raise UsageError(f"no table {name!r}; choose {', '.join(TABLES)}")
    rows = {"nodes": _nodes, "edges": _edges, "events": _events}[name](graph)
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\r\n").writerow([safe(value) for value in row])
        yield buffer.getvalue()


def safe(value: object) -> str:
    """Return a cell's text; one that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> safe("=1+1"), safe(-3), safe("JNIM")
    ("'=1+1", '-3', 'JNIM')
    """
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _nodes(graph: nx.MultiDiGraph) -> Iterator[Iterable[object]]:
    yield ("id", *_COLUMNS["nodes"])
    for node, data in flat.nodes(graph):
        yield (node, *(data.get(name, "") for name in _COLUMNS["nodes"]))


def _edges(graph: nx.MultiDiGraph) -> Iterator[Iterable[object]]:
    yield ("source", "source label", "target", "target label", *_COLUMNS["edges"])
    labels = dict(graph.nodes(data="label"))
    for start, end, _, data in flat.edges(graph):
        values = (data.get(name, "") for name in _COLUMNS["edges"])
        yield (start, labels[start], end, labels[end], *values)


def _events(graph: nx.MultiDiGraph) -> Iterator[Iterable[object]]:
    yield ("id", *_COLUMNS["events"], *_ROLES)
    labels = dict(graph.nodes(data="label"))
    for node, data in flat.nodes(graph):
        if data["kind"] != "event":
            continue
        roles: dict[str, set[str]] = {}
        for start, end, relation in (
            *graph.in_edges(node, data="relation"),
            *graph.out_edges(node, data="relation"),
        ):
            roles.setdefault(relation, set()).add(labels[end if start == node else start])
        named = (flat.SEPARATOR.join(sorted(roles.get(role, ()))) for role in _ROLES)
        yield (node, *(data.get(name, "") for name in _COLUMNS["events"]), *named)
