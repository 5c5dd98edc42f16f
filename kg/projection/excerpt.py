"""Excerpts of a projection: one actor's surroundings, a period, a least confidence. Each returns a copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.projection.fold import fold

if TYPE_CHECKING:
    import networkx as nx


def focus(graph: nx.MultiDiGraph, actor: str, *, hops: int = 1) -> nx.MultiDiGraph:
    """Return an actor's surroundings.

    A hop leads from actor to actor: by a relation, or by an event both took part in. Events are kept
    where all who took part are kept, places where something kept lies or is controlled; places are never
    passed through, or every actor in a country would be one hop away.

    Args:
        graph: a projection.
        actor: its reference or slug.
        hops: how far to go, at least 0.

    Raises:
        UsageError: the graph has no such actor, or `hops` is negative.
    """
    node = actor if actor.startswith("actor:") else f"actor:{actor}"
    if node not in graph:
        raise UsageError(f"the graph has no actor {actor!r}: nothing in it involves that actor")
    if hops < 0:
        raise UsageError(f"hops can't be negative: {hops}")
    kept, rim = {node}, {node}
    for _ in range(hops):
        rim = {other for one in rim for other in _partners(graph, one)} - kept
        kept |= rim
    for event, kind in graph.nodes(data="kind"):
        if kind == "event" and (actors := _near(graph, event, "actor")) and actors <= kept:
            kept.add(event)
    kept |= {place for one in sorted(kept) for place in _near(graph, one, "place")}
    return _part(graph, kept)


def between(graph: nx.MultiDiGraph, earliest: str = "", latest: str = "") -> nx.MultiDiGraph:
    """Return what may fall in a period, and what has no date.

    Args:
        graph: a projection.
        earliest: ISO date in any precision; "" leaves the period open.
        latest: likewise, and inclusive: "2018-06" lets in all of June.
    """

    def inside(data: dict[str, Any]) -> bool:
        begin, end = data.get("earliest", ""), data.get("latest", "")
        # "~" sorts after every digit and dash: the last day of a month or year given in full or in part
        return not (latest and begin > f"{latest}~") and not (earliest and end and f"{end}~" < earliest)

    return _kept(graph, inside)


def confident(graph: nx.MultiDiGraph, least: float) -> nx.MultiDiGraph:
    """Return the edges whose surest statement was extracted with at least this confidence, in [0, 1]."""
    return _kept(graph, lambda data: float(data.get("confidence", 1.0)) >= least)


def _kept(graph: nx.MultiDiGraph, test: Callable[[dict[str, Any]], bool]) -> nx.MultiDiGraph:
    """Return a copy with the events and edges that pass; nodes that lose their last edge go too."""
    refold = any(kind == "event" for _, kind in graph.nodes(data="kind"))
    rest = graph.copy()
    rest.remove_nodes_from(
        [n for n, data in graph.nodes(data=True) if data["kind"] == "event" and not test(data)]
    )
    failed = [
        (a, b, key)
        for a, b, key, data in rest.edges(keys=True, data=True)
        if not test(data) or (refold and data["derived"])
    ]
    rest.remove_edges_from(failed)
    had_edges = {node for node, degree in graph.degree() if degree}
    rest.remove_nodes_from(
        [node for node, degree in dict(rest.degree()).items() if not degree and node in had_edges]
    )
    if refold:
        fold(rest)
    return rest


def _part(graph: nx.MultiDiGraph, kept: set[str]) -> nx.MultiDiGraph:
    part = graph.subgraph(sorted(kept)).copy()
    if any(kind == "event" for _, kind in part.nodes(data="kind")):
        fold(part)
    return part


def _near(graph: nx.MultiDiGraph, node: str, kind: str) -> set[str]:
    ends = {*graph.predecessors(node), *graph.successors(node)}
    return {end for end in ends if graph.nodes[end]["kind"] == kind}


def _partners(graph: nx.MultiDiGraph, actor: str) -> set[str]:
    events = _near(graph, actor, "event")
    return _near(graph, actor, "actor") | {
        other for event in events for other in _near(graph, event, "actor")
    }
