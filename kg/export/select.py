"""What an export holds: everything, or what an analyst takes away; never a report's text unless asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.export.sorting import by_subject
from kg.export.statement import line
from kg.export.turtle import order
from kg.resources import ontology_dir
from kg.store.texts import Texts, texts
from kg.vocab import DCTERMS, GRAPH, ID, MKG, ONTOLOGY, PREFIXES, RDF, VOID

Term = NamedNode | Literal

_DERIVED = (GRAPH.accepted, GRAPH.identity, GRAPH.outlets, GRAPH.places, GRAPH.propositions)

_CURATED = (GRAPH.registry, GRAPH.runs)

_MENTION = f"<{PREFIXES['mention']}"
_OF_MENTIONS = frozenset({MKG.surface, MKG.evokes, MKG.refersTo, MKG.candidate})


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
    """Yield the lines of what graph.ttl holds, sorted, in pieces of whole subjects (see `kg.export.statement`).

    That is the accepted edges, the propositions with their status, which telling is which event, the
    assertions and tellings with the reports they stand in (without their text unless asked for), and
    the entries of the registry that any of these reaches, with their labels. The memory it takes does not
    grow with the reports.

    Raises:
        ExportError: there is no room for temporary files.
    """
    return by_subject((one[0], line(*one)) for one in _selected(store, with_text=with_text))


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


def _selected(store: Quads, *, with_text: bool) -> Iterator[Texts]:
    curated: dict[str, list[Texts]] = {}
    for one in texts(store, _CURATED):
        curated.setdefault(one[0], []).append(one)
    named: set[str] = set()
    for one in _stated(store, with_text=with_text):
        subject, _, value = one
        if subject in curated:
            named.add(subject)
        if value in curated:
            named.add(value)
        yield one
    yield from _reachable(curated, named)


def _stated(store: Quads, *, with_text: bool) -> Iterator[Texts]:
    """Yield the description of the data set, and what is derived or reported; mentions are left out."""
    for quad in dataset(store):
        yield str(quad.subject), str(quad.predicate), str(quad.object)
    others = {
        name for name in store.graphs()
        if name not in _DERIVED and not name.value.startswith(PREFIXES["report"])
    }  # fmt: skip
    without = _OF_MENTIONS if with_text else {*_OF_MENTIONS, MKG.text}
    for one in texts(store, others, other=True, without=without):
        if not one[0].startswith(_MENTION) and not one[2].startswith(_MENTION):
            yield one


def _reachable(curated: Mapping[str, Sequence[Texts]], named: Iterable[str]) -> Iterator[Texts]:
    """Yield what registry and runs say of what is named, and of what that names in turn."""
    waiting = list(named)
    seen = set(waiting)
    while waiting:
        for one in curated[waiting.pop()]:
            yield one
            if one[2] in curated and one[2] not in seen:
                seen.add(one[2])
                waiting.append(one[2])


__all__ = ["Quads", "dataset", "everything", "published", "rules"]
