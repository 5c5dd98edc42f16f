"""Nodes and edges of a projection with values that a table or a graph file can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

    from kg.projection import Statement

Value: TypeAlias = str | int | float | bool
SEPARATOR = " | "


def nodes(graph: nx.MultiDiGraph) -> Iterator[tuple[str, dict[str, Value]]]:
    """Yield (reference, attributes) sorted by reference; in the order of their names."""
    names = sorted({name for _, data in graph.nodes(data=True) for name in data})
    for node, data in sorted(graph.nodes(data=True)):
        yield node, _flat(data, names)


def edges(graph: nx.MultiDiGraph) -> Iterator[tuple[str, str, str, dict[str, Value]]]:
    """Yield (start, end, key, attributes) sorted; in the order of their names."""
    found = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    names = sorted({name for *_, data in found for name in data})
    for start, end, key, data in found:
        yield start, end, key, _flat(data, names)


def _flat(data: Mapping[str, Any], names: list[str]) -> dict[str, Value]:
    flat: dict[str, Value] = {}
    for name in names:
        value = data.get(name)
        if name in ("evidence", "statements"):
            said: tuple[Statement, ...] = value or ()
            flat["speakers"] = SEPARATOR.join(
                dict.fromkeys(one.speaker_label for one in said if one.speaker_label)
            )
            flat["quotes"] = SEPARATOR.join(dict.fromkeys(one.quote for one in said if one.quote))
            flat["urls"] = SEPARATOR.join(dict.fromkeys(one.url for one in said if one.url))
        elif isinstance(value, tuple):
            flat[name] = SEPARATOR.join(map(str, value))
        elif value is not None:
            flat[name] = value
    return flat
