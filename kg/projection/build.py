"""From quads to the graph: nodes for actors, events and places, one edge per drawn proposition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from kg.projection.activity import activity
from kg.projection.collector import paused
from kg.projection.fold import fold
from kg.projection.happening import DRAWN, Happening, Proposition, happenings, propositions
from kg.projection.location import located
from kg.projection.source import Index, Source
from kg.projection.statement import CONTEXT, Statement, statements
from kg.vocab import FORMERLY, MKG, STANCE

if TYPE_CHECKING:
    import networkx as nx

Registry: TypeAlias = Literal["reachable", "all", "none"]

_RECEIVING = {"target", "victim", "listed", "resulting"}  # roles of those an event is done to
_FOREIGN = {MKG.designated.value.rpartition("#")[2]}  # leads from an authority to all that it has listed
_OF_EVENT = tuple(field.name for field in fields(Happening) if field.name not in {"id", "places"})
_NOT_A_TYPE = {"Actor", "UnnamedActor", "Place", "UnnamedPlace"}  # said by the kind, or by `unnamed`


@paused()
def full_graph(
    source: Source, *, registry: Registry = "reachable", context: int = CONTEXT
) -> nx.MultiDiGraph:
    """Return the graph of actors, events and places.

    Args:
        source: a store, or quads.
        registry: which relations that only the registry states are drawn: "reachable" keeps those between
            actors of the reports, and follows them to what these belong to, and on from there.
        context: characters of the report that statements keep on each side of their quote at most.

    Returns:
        A directed multigraph as described in `kg.projection`; nodes and edges in sorted order.
    """
    import networkx as nx

    index = Index(source)
    stated = propositions(index)
    events = happenings(index, stated)
    names = {event: happening.label for event, happening in events.items()}
    by_id = statements(index, names, context=context)
    behind = evidence(index, by_id)
    said = _carried(index, stated, events, by_id, behind)
    graph = nx.MultiDiGraph()
    edges = sorted(_edges(index, stated, events, behind), key=lambda edge: edge[:3])
    edges = _with_registry(edges, registry)
    touched = {end for edge in edges for end in edge[:2]} | set(events)
    for node in sorted(touched):
        graph.add_node(node, **_node(index, node, events, said.get(node, ())))
    for start, end, key, attributes in edges:
        graph.add_edge(start, end, key, **attributes)
    fold(graph)
    return graph


def actor_graph(source: Source, *, registry: Registry = "reachable") -> nx.MultiDiGraph:
    """Return the graph of actors alone, events folded into edges between those who took part."""
    return actors_only(full_graph(source, registry=registry))


def actors_only(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return a copy without events and places."""
    return graph.subgraph(sorted(node for node, kind in graph.nodes(data="kind") if kind == "actor")).copy()


def evidence(index: Index, by_id: Mapping[str, Statement]) -> dict[str, tuple[Statement, ...]]:
    """Return the statements behind each proposition, by its reference, whatever their stance."""
    behind: dict[str, list[Statement]] = {}
    for stance in dict.fromkeys(STANCE.values()):
        for assertion, targets in index.items(stance):
            if assertion in by_id:
                for proposition in targets:
                    behind.setdefault(proposition, []).append(by_id[assertion])
    return {proposition: _ordered(found) for proposition, found in behind.items()}


def _carried(
    index: Index,
    stated: Iterable[Proposition],
    events: Mapping[str, Happening],
    by_id: Mapping[str, Statement],
    behind: Mapping[str, tuple[Statement, ...]],
) -> dict[str, tuple[Statement, ...]]:
    """Return the statements that each node carries.

    An event carries every statement about it; an actor those that no edge shows: denied, hypothetical,
    or about an event that is not drawn.
    """
    carried: dict[str, dict[str, Statement]] = {}
    for one in stated:
        ends = [end for end in (one.subject, one.object) if end in events]
        if not ends and (not one.drawn or one.subject.startswith("event:")):
            ends = [end for end in (one.subject, one.object) if end.startswith("actor:")]
        for end in ends:
            carried.setdefault(end, {}).update({found.id: found for found in behind.get(one.id, ())})
    for assertion, about in index.items(MKG.about):
        for event in (index.event_of.get(telling, "") for telling in about):
            if event in events and assertion in by_id:
                carried.setdefault(event, {})[assertion] = by_id[assertion]
    return {node: _ordered(found.values()) for node, found in carried.items()}


def _ordered(found: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(found, key=lambda one: (one.published, one.report, one.start, one.id)))


Edge: TypeAlias = tuple[str, str, str, dict[str, Any]]


def _edges(
    index: Index,
    stated: Iterable[Proposition],
    events: Mapping[str, Happening],
    behind: Mapping[str, tuple[Statement, ...]],
) -> Iterable[Edge]:
    periods = _periods(index)
    for one in stated:
        if not one.drawn or one.relation == "type" or one.subject == one.object:
            continue
        happening = events.get(one.subject) or events.get(one.object)
        if happening is None and (one.subject.startswith("event:") or one.object.startswith("event:")):
            continue
        if not one.object.startswith(("actor:", "place:", "event:")):
            continue
        spans = periods.get((one.subject, one.relation, one.object), ())
        attributes = _attributes(one, behind.get(one.id, ()), spans, happening)
        start, stop = one.subject, one.object
        if start in events and stop.startswith("actor:") and one.relation not in _RECEIVING:
            start, stop = stop, start
        yield start, stop, one.relation, attributes
    for event, happening in events.items():
        for place in happening.places:
            one = Proposition("", event, "place", place, happening.status)
            yield event, place, "place", _attributes(one, (), (), happening)


Spans: TypeAlias = tuple[tuple[str, str], ...]


def _periods(index: Index) -> dict[tuple[str, str, str], Spans]:
    """Return the periods of each state as (begin, end), "" where one is open."""
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    plain = {
        former.value.rpartition("#")[2]: now.value.rpartition("#")[2] for now, former in FORMERLY.items()
    }
    for node, values in index.items(MKG.subject):
        if node.startswith("state:"):
            relation = index.one(node, MKG.predicate).rpartition(":")[2]
            key = (values[0], plain.get(relation, relation), index.one(node, MKG.object))
            found.setdefault(key, []).append((index.one(node, MKG.stateBegin), index.one(node, MKG.stateEnd)))
    return {key: tuple(sorted(set(spans))) for key, spans in found.items()}


def _attributes(
    one: Proposition, evidence: tuple[Statement, ...], spans: Spans, happening: Happening | None
) -> dict[str, Any]:
    begin = min((first for first, _ in spans if first), default="")
    end = max(last for _, last in spans) if spans and all(last for _, last in spans) else ""
    supporting = [found for found in evidence if not found.denies]
    dated = [happening] if happening is not None else supporting
    reports = {found.report for found in supporting if found.report}
    return {
        "relation": one.relation,
        "status": one.status,
        "certainties": tuple(sorted({found.certainty for found in evidence})),
        "stances": tuple(sorted({found.stance for found in evidence})),
        "begin": begin,
        "end": end,
        "periods": tuple("/".join(span) for span in spans),
        "earliest": min((found.earliest for found in dated if found.earliest), default=begin),
        "latest": max((found.latest for found in dated if found.latest), default=end),
        "ended": bool(end),
        "reports": len(reports),
        "derived": False,
        "events": 0,
        "background": bool(evidence) and not any(found.report for found in evidence),
        "confidence": max((found.confidence for found in supporting), default=1.0),
        "evidence": evidence,
    }


def _with_registry(edges: list[Edge], registry: Registry) -> list[Edge]:
    """Return the edges, with those that the registry alone states as far as `registry` lets them in."""
    if registry == "all":
        return edges
    kept = {end for edge in edges if not edge[3]["background"] for end in edge[:2]}
    if registry == "reachable":
        outward: dict[str, list[str]] = {}
        for start, end, _, attributes in edges:
            if attributes["background"] and attributes["relation"] not in _FOREIGN:
                outward.setdefault(start, []).append(end)
        waiting = sorted(kept)
        while waiting:
            for end in outward.get(waiting.pop(), ()):
                if end not in kept:
                    kept.add(end)
                    waiting.append(end)
    background = registry != "none"
    return [
        edge
        for edge in edges
        if not edge[3]["background"] or (background and edge[0] in kept and edge[1] in kept)
    ]


def _node(
    index: Index, node: str, events: Mapping[str, Happening], said: tuple[Statement, ...]
) -> dict[str, Any]:
    if (happening := events.get(node)) is not None:
        attributes = {name: getattr(happening, name) for name in _OF_EVENT}
        return {"kind": "event", **attributes, "aliases": (), "statements": said}
    return {**thing(index, node), "statements": said}


def thing(index: Index, node: str) -> dict[str, Any]:
    """Return the attributes of an actor or place that come from its own description."""
    kind = node.partition(":")[0]
    label = index.label(node)
    classes = index.kinds(node)
    aliases = {name for predicate in Index.NAMES for name in index.many(node, predicate) if name != label}
    attributes: dict[str, Any] = {
        "kind": kind,
        "type": next((name for name in classes if name not in _NOT_A_TYPE), kind.capitalize()),
        "label": label,
        "aliases": tuple(sorted(aliases)),
    }
    if kind == "actor":
        attributes["family"] = family = index.one(node, MKG.family).rpartition(":")[2]
        attributes["family_label"] = index.label(f"actor:{family}") if family else ""
        attributes["theatre"] = tuple(index.label(place) for place in index.many(node, MKG.theatre))
        attributes["unnamed"] = "UnnamedActor" in classes
        attributes |= activity(index, node)
    if kind == "place":
        attributes |= located(index, node)
    return attributes


__all__ = ["DRAWN", "Registry", "actor_graph", "actors_only", "evidence", "full_graph", "thing"]
