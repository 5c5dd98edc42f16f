"""Places and outlets that a change touches: described as long as some report speaks of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from kg.accept import outlet_quads
from kg.assertion import PLACED, Head
from kg.maintenance.settling import Difference
from kg.maintenance.sources import Sources, is_report
from kg.vocab import GEO, GRAPH, MKG, RDFS, SCHEMA, iri, ref

if TYPE_CHECKING:
    from kg.registry import Registry


def place_change(sources: Sources, registry: Registry) -> Difference:
    """Return what graph:places holds of the places that the change speaks of, and what it will hold."""
    spoken = {place for what in sources.fresh.values() for place in what.places}
    before = {place for what in sources.gone.values() for place in what.places}
    held = {place: {*_chain(place, registry)} for place in spoken | before}
    need = set[str]().union(*(held[place] for place in spoken))
    for place in sorted(set[str]().union(*(held[one] for one in before)) - need):
        if _described(place, registry) and _is_needed(place, sources):
            need.add(place)
    touched = set[str]().union(*held.values())
    old = {quad for place in sorted(touched) for quad in sources.store.found(s=iri(place), g=GRAPH.places)}
    new = {quad for place in sorted(need) for quad in _described(place, registry)}
    return old, new


def outlet_change(sources: Sources) -> Difference:
    """Return what graph:outlets holds of the publishers of the change, and what it will hold."""
    fresh = [head for what in sources.fresh.values() for head in what.reports.values()]
    before = [head for what in sources.gone.values() for head in what.reports.values()]
    outlets = {head.outlet for head in (*fresh, *before) if head.outlet.startswith("actor:outlet-")}
    old = {quad for outlet in sorted(outlets) for quad in sources.store.found(s=iri(outlet), g=GRAPH.outlets)}
    kept = [head for outlet in sorted(outlets) for head in _staying(outlet, before, sources)]
    return old, set(outlet_quads([*fresh, *kept]))


def _chain(place: str, registry: Registry) -> set[str]:
    slug = place.partition(":")[2]
    if slug not in registry.places:
        return {place}
    return {place, *(f"place:{container}" for container in registry.containers(slug))}


def _described(place: str, registry: Registry) -> Sequence[Quad]:
    slug = place.partition(":")[2]
    return registry.place_quads(slug, GRAPH.places) if slug in registry.places else ()


def _is_needed(place: str, sources: Sources) -> bool:
    """Tell whether a report that stays speaks of a place, or of one within it."""
    node = iri(place)
    if any(_stays(quad, sources) for term in PLACED for quad in sources.store.found(p=term, o=node)):
        return True
    parts = (quad.subject for quad in sources.store.found(p=GEO.sfWithin, o=node))
    return any(
        _is_needed(ref(part), sources) for part in parts if isinstance(part, NamedNode) and part != node
    )


def _stays(quad: Quad, sources: Sources) -> bool:
    graph = quad.graph_name
    return isinstance(graph, NamedNode) and is_report(graph) and ref(graph) not in sources.changed


def _staying(outlet: str, before: Iterable[Head], sources: Sources) -> list[Head]:
    """Return heads of reports that stay which settle the printed name of an outlet, the least of all."""
    label = next((q.object for q in sources.store.found(s=iri(outlet), p=RDFS.label, g=GRAPH.outlets)), None)
    if not isinstance(label, Literal):
        return []
    lost = {head.publisher for head in before if head.outlet == outlet}
    if label.value not in lost or _printed(label, sources):
        return [Head("", "", label.value, outlet)]
    published = sources.store.found(p=SCHEMA.publisher, o=iri(outlet))
    staying = (
        quad.subject for quad in published if _stays(quad, sources) and isinstance(quad.subject, NamedNode)
    )
    names = (name for graph in staying for name in sources.store.found(s=graph, p=MKG.publisherName))
    return [Head("", "", name.object.value, outlet) for name in names if isinstance(name.object, Literal)]


def _printed(name: Literal, sources: Sources) -> bool:
    """Tell whether a report that stays prints a publisher's name so."""
    return any(_stays(quad, sources) for quad in sources.store.found(p=MKG.publisherName, o=name))
