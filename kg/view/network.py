"""The nodes, edges and options of the picture, as pyvis makes them for vis-network."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.projection.happening import DRAWN
from kg.view.layout import positions
from kg.view.palette import DASHES, PLAIN, family_colours, group, look

if TYPE_CHECKING:
    import networkx as nx

Shown: TypeAlias = dict[str, Any]

_CURVE = 0.16
_MANY = 800  # edges above which they hide while the picture is moved
_OPTIONS: Shown = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"font": {"size": 0}, "labelHighlightBold": False, "shapeProperties": {"interpolation": False}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "selectionWidth": 1.5,
        "hoverWidth": 0.5,
        "chosen": True,
        "font": {"size": 0},
    },
    "interaction": {
        "hover": True,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 1_000_000,
        "zoomSpeed": 0.7,
        "dragNodes": True,
    },
}


def network(graph: nx.MultiDiGraph) -> tuple[list[Shown], list[Shown], Shown]:
    """Return nodes, edges and options for vis-network, each with what the page needs besides.

    Edges of one group between the same two nodes, in the same direction, are one line whose `parts` are
    the edges of the graph. Evidence is left to `kg.view.payload`: a part's `edge` is (from, to, key).
    """
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node

    picture = Network(directed=True)
    place = positions(graph)
    families = family_colours(family for _, family in graph.nodes(data="family"))
    # Straight to the lists: Network.add_node and add_edge search all nodes each time, 20,000 take minutes.
    for node, data in graph.nodes(data=True):
        seen = look(data["kind"], data["type"])
        border = families.get(data.get("family", ""), PLAIN)
        picture.nodes.append(
            Node(
                node,
                seen.shape,
                data["label"],
                x=place[node][0],
                y=place[node][1],
                size=_size(graph, node),
                borderWidth=3 if data.get("family") in families else 1.5,
                color={"background": seen.fill[0], "border": border[0]},
                shapeProperties={"borderDashes": list(DASHES["described"]) if data.get("unnamed") else False},
                kind=data["kind"],
                type=data["type"],
            ).options
        )
    lines = _bundles(graph)
    curves = _curves(lines)
    for number, ((start, end, group_), parts) in enumerate(lines.items()):
        picture.edges.append(
            Edge(
                start,
                end,
                directed=True,
                id=f"e{number}",
                group=group_,
                parts=parts,
                width=width(sum(part["reports"] for part in parts)),
                dashes=list(DASHES[parts[0]["status"]]) or False,
                smooth=curves[start, end, group_],
            ).options
        )
    many = len(picture.edges) > _MANY
    hiding = {"hideEdgesOnDrag": many, "hideEdgesOnZoom": many}
    picture.options = {**_OPTIONS, "interaction": {**_OPTIONS["interaction"], **hiding}}
    return picture.nodes, picture.edges, picture.options


def width(reports: int) -> float:
    """Return the width of a line in pixels: it grows with the logarithm of the reports behind it."""
    return round(min(6.0, 1.2 + 1.1 * math.log2(max(1, reports))), 2)


def _size(graph: nx.MultiDiGraph, node: str) -> int:
    data = graph.nodes[node]
    if data["kind"] != "actor":
        return 8
    return min(28, round(9 + 3.2 * math.sqrt(data.get("events", 0))))


def _bundles(graph: nx.MultiDiGraph) -> dict[tuple[str, str, str], list[Shown]]:
    """Return the edges of each line, the surest and best attested first."""
    lines: dict[tuple[str, str, str], list[Shown]] = {}
    for start, end, key, data in graph.edges(keys=True, data=True):
        part = {name: data[name] for name in _PART if data.get(name)}
        part |= {"edge": (start, end, key), "reports": data["reports"]}
        if len(data["periods"]) > 1:
            part["periods"] = [period.split("/") for period in data["periods"]]
        lines.setdefault((start, end, group(data["relation"])), []).append(part)
    for parts in lines.values():
        parts.sort(key=lambda part: (DRAWN.index(part["status"]), -part["reports"], part["relation"]))
    return dict(sorted(lines.items()))


_PART = (
    "relation", "status", "certainties", "begin", "end", "earliest", "latest", "ended", "derived", "events",
    "happenings", "background", "confidence",
)  # fmt: skip


def _curves(lines: Iterable[tuple[str, str, str]]) -> Mapping[tuple[str, str, str], Any]:
    """Return how each line bends, so that the lines between two nodes lie apart: straight where alone."""
    between: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for line in lines:
        between.setdefault((min(line[:2]), max(line[:2])), []).append(line)
    curves: dict[tuple[str, str, str], Any] = {}
    for (first, _), several in between.items():
        for rank, line in enumerate(several):
            bend = (rank - (len(several) - 1) / 2) * _CURVE * 2
            if line[0] != first:
                bend = -bend  # the other direction bends the other way for the same turn
            turn = "curvedCW" if bend > 0 else "curvedCCW"
            curves[line] = (
                {"enabled": True, "type": turn, "roundness": round(abs(bend), 3)} if bend else False
            )
    return curves
