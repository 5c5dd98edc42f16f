"""What an export holds: everything, or what an analyst takes away; never a report's text unless asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.export.sorting import by_subject
from kg.export.turtle import order
from kg.resources import ontology_dir
from kg.vocab import DCTERMS, GRAPH, ID, MKG, ONTOLOGY, PREFIXES, RDF, VOID

Term = NamedNode | Literal

_DERIVED = (GRAPH.accepted, GRAPH.identity, GRAPH.outlets, GRAPH.places, GRAPH.propositions)

_CURATED = (GRAPH.registry, GRAPH.runs)


class Quads(Protocol):
    """What an export reads: quads by pattern, and the names of the graphs; every store gives both."""

    def quads(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Term | None = None,
        g: NamedNode | None = None,
    ) -> Iterable[Quad]:
        """Return the quads that match, None standing for any term."""
        ...

    def found(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Term | None = None,
        g: NamedNode | None = None,
    ) -> Iterable[Quad]:
        """Return the quads that match, in any order."""
        ...

    def graphs(self) -> Iterable[NamedNode]:
        """Return the names of the graphs."""
        ...


def everything(store: Quads, *, with_text: bool = False) -> Iterator[Quad]:
    """Yield every quad, sorted, one graph after another, with the description of the data set.

    The index by which builds find tellings is left out: a build makes it anew.
    """
    described = dataset(store)
    for name in sorted({*store.graphs(), GRAPH.dataset} - {GRAPH.index}, key=str):
        quads = described if name == GRAPH.dataset else store.quads(g=name)
        kept = (quad for quad in quads if with_text or quad.predicate != MKG.text)
        yield from sorted(kept, key=order)


def published(store: Quads, *, with_text: bool = False) -> Iterator[Quad]:
    """Yield what graph.ttl holds, sorted by subject, in memory that does not grow with the store.

    That is the accepted edges, the propositions with their status, which telling is which event, the
    assertions and tellings with the reports they stand in (without their text unless asked for), and
    the entries of the registry that any of these reaches, with their labels.

    Raises:
        ExportError: there is no room for temporary files.
    """
    return by_subject(_selected(store, with_text=with_text), _by_subject)


def dataset(store: Quads) -> list[Quad]:
    """Return the description of the data set: what it is, and the rule by which edges are accepted."""
    node = GRAPH.dataset
    reports = sum(name.value.startswith(PREFIXES["report"]) for name in store.graphs())
    description = (
        f"What {reports} report(s) say of militant actors: who says it, in which words, "
        "and which of it is accepted under the stated rule. The name w3id.org/militant-kg is not registered: "
        "its IRIs are names and do not resolve."
    )
    values: list[tuple[NamedNode, NamedNode | Literal]] = [
        (RDF.type, VOID.Dataset),
        (DCTERMS.title, Literal("militant-kg", language="en")),
        (DCTERMS.description, Literal(description, language="en")),
        (VOID.uriSpace, Literal(ID)),
        (VOID.vocabulary, NamedNode(ONTOLOGY.removesuffix("#"))),
        *((MKG.rule, rule) for rule in rules()),
    ]
    return [Quad(node, predicate, value, node) for predicate, value in values]


def rules() -> list[Literal]:
    """Return the rule of acceptance as the ontology states it, one literal a language."""
    quads = parse(path=str(ontology_dir() / "kg.ttl"), format=RdfFormat.TURTLE)
    found = [quad.object for quad in quads if quad.predicate == MKG.rule and isinstance(quad.object, Literal)]
    return sorted(found, key=str)


def _selected(store: Quads, *, with_text: bool) -> Iterator[Quad]:
    entries = {quad.subject for graph in _CURATED for quad in store.found(g=graph)}
    named: set[object] = set()
    for quad in chain(dataset(store), _derived_and_told(store, with_text=with_text)):
        named.update(entries.intersection((quad.subject, quad.object)))
        yield quad
    yield from _reachable(store, named)


def _derived_and_told(store: Quads, *, with_text: bool) -> Iterator[Quad]:
    for name in _DERIVED:
        yield from store.found(g=name)
    for name in store.graphs():
        if name.value.startswith(PREFIXES["report"]):
            yield from _report(store, name, with_text=with_text)


def _report(store: Quads, name: NamedNode, *, with_text: bool) -> Iterator[Quad]:
    """Yield the quads of one report's graph but its mentions and, unless asked for, its text."""
    quads = list(store.found(g=name))
    mentions = {quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == MKG.Mention}
    for quad in quads:
        if (
            quad.subject not in mentions
            and quad.object not in mentions
            and (with_text or quad.predicate != MKG.text)
        ):
            yield quad


def _reachable(store: Quads, named: Iterable[object]) -> Iterator[Quad]:
    """Yield the quads of registry and runs about what is named, and about what those name in turn."""
    waiting = set(named)
    seen: set[NamedNode] = set()
    while waiting:
        term = waiting.pop()
        if term in seen or not isinstance(term, NamedNode):
            continue
        seen.add(term)
        for graph in _CURATED:
            for quad in store.found(term, None, None, graph):
                yield quad
                waiting.add(quad.object)


def _by_subject(quad: Quad) -> tuple[str, ...]:
    return tuple(map(str, order(quad)[1:]))


__all__ = ["Quads", "dataset", "everything", "published", "rules"]
