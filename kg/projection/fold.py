"""Edges between actors that stand for the events they share: who attacked whom, how often, on whose word."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from kg.projection.happening import DRAWN

if TYPE_CHECKING:
    import networkx as nx

_DOES, _SUFFERS, _SHARES = "perpetrator", ("target", "victim"), "party"


def fold(graph: nx.MultiDiGraph) -> None:
    """Add the derived edges of a graph of actors and events, and the counts of its actors, in place.

    Perpetrators point to targets and victims, and the parties of an event to each other in the order of
    their names. There is one edge for each type of event and each status, the status being the weaker of
    the two roles'. Derived edges that are there already are replaced.
    """
    graph.remove_edges_from([edge for *edge, derived in graph.edges(keys=True, data="derived") if derived])
    found: dict[tuple[str, str, str, str], list[dict[str, Any]]] = {}
    for event, kind in graph.nodes(data="kind"):
        if kind == "event":
            for start, end, status, evidence in _pairs(graph, event):
                attributes = {**graph.nodes[event], "id": event, "evidence": evidence}
                found.setdefault((start, end, graph.nodes[event]["type"], status), []).append(attributes)
    for (start, end, relation, status), events in sorted(found.items()):
        graph.add_edge(start, end, f"{relation} {status}", **_folded(relation, status, events))
    _count(graph)


def _pairs(graph: nx.MultiDiGraph, event: str) -> list[tuple[str, str, str, tuple[Any, ...]]]:
    does = [(a, data) for a, _, key, data in graph.in_edges(event, keys=True, data=True) if key == _DOES]
    suffers = [
        (b, data) for _, b, key, data in graph.out_edges(event, keys=True, data=True) if key in _SUFFERS
    ]
    shares = [(a, data) for a, _, key, data in graph.in_edges(event, keys=True, data=True) if key == _SHARES]
    own = graph.nodes[event]["status"]
    pairs: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
    for (a, one), (b, other) in [*product(does, suffers), *combinations(sorted(shares, key=_name), 2)]:
        if a != b and b.startswith("actor:"):
            status = max(own, one["status"], other["status"], key=DRAWN.index)
            evidence = {found.id: found for found in (*one["evidence"], *other["evidence"])}
            known = pairs.get((a, b))
            if known is None or DRAWN.index(status) < DRAWN.index(known[0]):
                pairs[a, b] = (status, evidence)
    return [(a, b, status, tuple(evidence.values())) for (a, b), (status, evidence) in pairs.items()]


def _name(share: tuple[str, Any]) -> str:
    return share[0]


def _folded(relation: str, status: str, events: list[dict[str, Any]]) -> dict[str, Any]:
    evidence = {found.id: found for event in events for found in event["evidence"]}
    supporting = [found for found in evidence.values() if not found.denies]
    return {
        "relation": relation,
        "status": status,
        "certainties": tuple(sorted({found.certainty for found in evidence.values()})),
        "stances": tuple(sorted({found.stance for found in evidence.values()})),
        "begin": "",
        "end": "",
        "periods": (),
        "earliest": min((event["earliest"] for event in events if event["earliest"]), default=""),
        "latest": max((event["latest"] for event in events if event["latest"]), default=""),
        "ended": False,
        "reports": len({found.report for found in supporting if found.report}),
        "derived": True,
        "events": len(events),
        "happenings": tuple(event["id"] for event in events),
        "background": False,
        "confidence": max((found.confidence for found in supporting), default=1.0),
        "evidence": tuple(evidence.values()),
    }


def _count(graph: nx.MultiDiGraph) -> None:
    """Set on each actor how many events it took part in and how many reports speak of it."""
    for node, attributes in graph.nodes(data=True):
        if attributes["kind"] != "actor":
            continue
        incident = [*graph.in_edges(node, data=True), *graph.out_edges(node, data=True)]
        ends = {end for a, b, _ in incident for end in (a, b) if end.startswith("event:")}
        folded = {event for *_, data in incident for event in data.get("happenings", ())}
        reports = {found.report for *_, data in incident for found in data["evidence"] if found.report}
        attributes["events"] = len(ends | folded)
        attributes["reports"] = len(reports)
