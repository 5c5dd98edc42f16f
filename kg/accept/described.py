"""Descriptions of what several reports share and no curated file holds: gazetteer places, outlets by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from kg.assertion import Head
from kg.vocab import GEO, GRAPH, MKG, RDF, RDFS, SCHEMA, SKOS, XSD, iri, types

if TYPE_CHECKING:
    from kg.registry import Place, Registry


def place_quads(places: Iterable[str], registry: Registry) -> Iterator[Quad]:
    """Yield graph:places: the places that reports speak of, and what contains them, unless curated.

    Args:
        places: references; those that the registry does not know are described by their report.
        registry: the gazetteer, and the graph that holds the curated places.
    """
    curated = {quad.subject for quad in registry.quads() if quad.predicate == RDF.type}
    waiting = [place.partition(":")[2] for place in places]
    done: set[str] = set()
    while waiting:
        slug = waiting.pop()
        if slug in done or slug not in registry.places:
            continue
        done.add(slug)
        place = registry.places[slug]
        waiting.extend((*place.within, *((place.country,) if place.country else ())))
        if iri(f"place:{slug}") not in curated:
            for predicate, value in _place(place):
                yield Quad(iri(f"place:{slug}"), predicate, value, GRAPH.places)


def outlet_quads(heads: Iterable[Head]) -> Iterator[Quad]:
    """Yield graph:outlets: the publishers that the registry does not know, by their printed name."""
    names: dict[str, set[str]] = {}
    for head in heads:
        if head.outlet.startswith("actor:outlet-"):
            names.setdefault(head.outlet, set()).add(head.publisher)
    for outlet, printed in names.items():
        for class_ in types("Outlet"):
            yield Quad(iri(outlet), RDF.type, class_, GRAPH.outlets)
        yield Quad(iri(outlet), RDFS.label, Literal(min(printed)), GRAPH.outlets)


def _place(place: Place) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    for class_ in types("Facility" if place.kind == "facility" else "Place"):
        yield RDF.type, class_
    yield SKOS.prefLabel, Literal(place.name, language="en")
    yield MKG.placeType, iri(f"mkg-place-type:{place.kind}")
    if place.country:
        yield MKG.country, iri(f"place:{place.country}")
    for container in place.within:
        yield GEO.sfWithin, iri(f"place:{container}")
    if place.lat is not None and place.lon is not None:
        yield SCHEMA.latitude, Literal(str(place.lat), datatype=XSD.decimal)
        yield SCHEMA.longitude, Literal(str(place.lon), datatype=XSD.decimal)
