"""What an export holds: everything, or what an analyst takes away; never a report's text unless asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.export.turtle import order
from kg.resources import ontology_dir
from kg.vocab import DCTERMS, GRAPH, ID, MKG, ONTOLOGY, PREFIXES, RDF, VOID

Term = NamedNode | Literal

_DERIVED = (GRAPH.accepted, GRAPH.identity, GRAPH.outlets, GRAPH.places, GRAPH.propositions)


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


def published(store: Quads, *, with_text: bool = False) -> list[Quad]:
    """Return what graph.ttl holds, sorted by subject.

    That is the accepted edges, the propositions with their status, which telling is which event, the
    assertions and tellings with the reports they stand in (without their text unless asked for), and
    the entries of the registry that any of these reaches, with their labels.
    """
    quads = [*dataset(store)]
    for name in _DERIVED:
        quads += store.quads(g=name)
    for name in sorted(store.graphs(), key=str):
        if name.value.startswith(PREFIXES["report"]):
            quads += _report(store, name, with_text=with_text)
    quads += _reachable(store, quads)
    return sorted(quads, key=_by_subject)


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


def _report(store: Quads, name: NamedNode, *, with_text: bool) -> Iterator[Quad]:
    """Yield the quads of one report's graph but its mentions and, unless asked for, its text."""
    quads = list(store.quads(g=name))
    mentions = {quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == MKG.Mention}
    for quad in quads:
        if (
            quad.subject not in mentions
            and quad.object not in mentions
            and (with_text or quad.predicate != MKG.text)
        ):
            yield quad


def _reachable(store: Quads, quads: Iterable[Quad]) -> list[Quad]:
    """Return the quads of registry and runs about what the quads name, and about what those name in turn."""
    waiting = {quad.object for quad in quads} | {quad.subject for quad in quads}
    seen: set[NamedNode] = set()
    found: list[Quad] = []
    while waiting:
        term = waiting.pop()
        if term in seen or not isinstance(term, NamedNode):
            continue
        seen.add(term)
        for graph in (GRAPH.registry, GRAPH.runs):
            for quad in store.quads(term, None, None, graph):
                found.append(quad)
                waiting.add(quad.object)
    return found


def _by_subject(quad: Quad) -> tuple[str, ...]:
    return tuple(map(str, order(quad)[1:]))


__all__ = ["Quads", "dataset", "everything", "published", "rules"]
