"""What an export holds: everything, or what an analyst takes away; never a report's text unless asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.export.sorting import Line, by_subject
from kg.export.statement import ranked
from kg.export.turtle import order
from kg.resources import ontology_dir
from kg.store.texts import Pairs, by_predicate, subjects
from kg.vocab import DCTERMS, GRAPH, ID, MKG, ONTOLOGY, PREFIXES, RDF, VOID

Term = NamedNode | Literal

_DERIVED = (GRAPH.accepted, GRAPH.identity, GRAPH.outlets, GRAPH.places, GRAPH.propositions)

_CURATED = (GRAPH.registry, GRAPH.runs)

_KIND = slice(len(ID) + 1, len(ID) + 1 + len("mention/"))
_MENTION = "mention/"
_OF_MENTIONS = frozenset({MKG.surface, MKG.evokes, MKG.refersTo, MKG.candidate})
_ALSO_OF_MENTIONS = frozenset({RDF.type, MKG.report, MKG.start, MKG.end, MKG.confidence, MKG.linkReason})


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


def published(store: Quads, *, with_text: bool = False) -> Iterator[list[str]]:
    """Yield the lines of what graph.ttl holds, sorted, in pieces of whole subjects.

    That is the accepted edges, the propositions with their status, which telling is which event, the
    assertions and tellings with the reports they stand in (without their text unless asked for), and
    the entries of the registry that any of these reaches, with their labels. The memory it takes does not
    grow with the reports.

    Raises:
        ExportError: there is no room for temporary files.
    """
    return by_subject(_selected(store, with_text=with_text))


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


def _selected(store: Quads, *, with_text: bool) -> Iterator[Line]:
    """Yield lines with their subjects, in no order."""
    curated = {subject for graph in _CURATED for subject in subjects(store, graph)}
    named: set[str] = set()
    described = ((str(one.predicate), iter([(str(one.subject), str(one.object))])) for one in dataset(store))
    for predicate, pairs in chain(described, _stated(store, with_text=with_text)):
        verb = ranked(predicate)
        for subject, value in pairs:
            if subject[_KIND] == _MENTION or value[_KIND] == _MENTION:
                continue
            if subject in curated:
                named.add(subject)
            if value in curated:
                named.add(value)
            yield subject, f"{subject} {verb} {value}"
    yield from _reachable(store, curated, named)


def _stated(store: Quads, *, with_text: bool) -> Iterator[tuple[str, Pairs]]:
    """Yield what is derived or reported, without some of what is said of mentions alone."""
    outside = {
        name for name in store.graphs()
        if name not in _DERIVED and not name.value.startswith(PREFIXES["report"])
    }  # fmt: skip
    without = _OF_MENTIONS if with_text else {*_OF_MENTIONS, MKG.text}
    return by_predicate(
        store, outside=outside, without=without, spared=MKG.Mention, of_spared=_ALSO_OF_MENTIONS
    )


def _reachable(store: Quads, curated: Collection[str], named: Iterable[str]) -> Iterator[Line]:
    """Yield what registry and runs say of what is named, and of what that names in turn."""
    waiting = list(named)
    seen = set(waiting)
    while waiting:
        subject = waiting.pop()
        for quad in chain.from_iterable(store.found(NamedNode(subject[1:-1]), g=one) for one in _CURATED):
            value = str(quad.object)
            yield subject, f"{subject} {ranked(str(quad.predicate))} {value}"
            if value in curated and value not in seen:
                seen.add(value)
                waiting.append(value)


__all__ = ["Quads", "dataset", "everything", "published", "rules"]
