"""Descriptions of what several reports share and no curated file holds: gazetteer places, outlets by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Quad

from kg.assertion import Head
from kg.vocab import GRAPH, RDF, RDFS, iri, types

if TYPE_CHECKING:
    from kg.registry import Registry


def place_quads(places: Iterable[str], registry: Registry) -> Iterator[Quad]:
    """Yield graph:places: the places that reports speak of, and what contains them, unless curated.

    Args:
        places: references; those that the registry does not know are described by their report.
        registry: the gazetteer.
    """
    spoken_of = {place.partition(":")[2] for place in places}
    known = {slug for slug in spoken_of if slug in registry.places}
    for slug in known.union(*(registry.containers(slug) for slug in known)):
        yield from registry.place_quads(slug, GRAPH.places)


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
