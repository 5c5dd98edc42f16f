"""One thing of the store as a reader wants it: its facts, and the named queries asked of its kind."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from kg.export.turtle import Term, order
from kg.query import NamedQuery, catalogue, run
from kg.query.writing import label_of
from kg.serve.knowledge import labels, words
from kg.store import OxigraphStore, Results
from kg.store.sparql import read
from kg.vocab import ID, MKG, RDF, RDFS, SCHEMA, SKOS, ref

MAX_NAMING = 1000
"""Statements that name a thing, in its document; more are reached by a query."""
SHOWN = 25
"""Rows of a section; its link shows all."""
_NAMES = (SKOS.prefLabel, RDFS.label, SKOS.altLabel, SKOS.hiddenLabel, MKG.weakLabel)
_SD = "http://www.w3.org/ns/sparql-service-description#"


@dataclass(frozen=True, slots=True)
class Section:
    """The answer to a named query about a thing."""

    heading: str
    query: NamedQuery
    params: dict[str, str]
    results: Results


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with its facts: each a predicate with its values, which come sorted."""

    node: NamedNode
    kind: str
    title: str
    classes: tuple[str, ...]
    aliases: tuple[str, ...]
    facts: tuple[tuple[NamedNode, tuple[Term, ...]], ...]
    named_by: tuple[Quad, ...]
    sections: tuple[Section, ...]


def thing(store: OxigraphStore, node: NamedNode) -> Thing | None:
    """Return what the store has of a thing, None where it has nothing.

    A report's text is never part of it: quoted sentences only.
    """
    own = _own(store, node)
    naming = list(_naming(store, node))
    if not own and not naming:
        return None
    kind = node.value.removeprefix(ID).partition("/")[0]
    facts = tuple(
        (predicate, tuple(quad.object for quad in same))
        for predicate, same in groupby(own, key=lambda quad: quad.predicate)
        if predicate != RDF.type and predicate not in _NAMES
    )
    sections = tuple(_sections(store, node, kind)) if own else ()
    return Thing(
        node=node,
        kind=kind,
        title=_title(store, node, own),
        classes=_classes(own),
        aliases=tuple(
            dict.fromkeys(
                quad.object.value
                for quad in own
                if quad.predicate in (SKOS.altLabel, MKG.weakLabel) and isinstance(quad.object, Literal)
            )
        ),
        facts=facts,
        named_by=() if sections else tuple(naming[: 2 * SHOWN]),
        sections=sections,
    )


def document(store: OxigraphStore, node: NamedNode) -> list[Quad]:
    """Return the quads about a thing, those that name it, and the names of what these speak of, sorted."""
    found = [*_own(store, node), *_naming(store, node)]
    if not found and node in store.graphs():
        graph = NamedNode(_SD + "NamedGraph")
        found = [Quad(node, RDF.type, graph), Quad(node, NamedNode(_SD + "name"), node)]
    others = {term for quad in found for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
    for other in others - {node}:
        found += [quad for name in (SKOS.prefLabel, RDFS.label) for quad in store.quads(other, name)]
    distinct = {(quad.subject, quad.predicate, quad.object): quad for quad in found}
    return sorted((Quad(*triple) for triple in distinct), key=order)


def _own(store: OxigraphStore, node: NamedNode) -> list[Quad]:
    quads = (quad for quad in store.quads(s=node) if quad.predicate != MKG.text)
    distinct = {(quad.predicate, quad.object): quad for quad in quads}
    return sorted((Quad(node, *pair) for pair in distinct), key=order)


def _naming(store: OxigraphStore, node: NamedNode) -> Iterator[Quad]:
    """Yield the first statements that name a thing; a report's own are left out, being its content."""
    text = f"SELECT DISTINCT ?s ?p {{ ?s ?p {node} FILTER(?p != mkg:report) }} LIMIT {MAX_NAMING}"
    found = store.answer(read(text))
    assert isinstance(found, QuerySolutions)
    quads = (
        Quad(subject, predicate, node)
        for subject, predicate in found
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode)
    )
    yield from sorted(quads, key=order)


def _title(store: OxigraphStore, node: NamedNode, own: Sequence[Quad]) -> str:
    """Return the name of a thing; of one without name its class, places and day, else its reference."""
    if named := label_of(store, node):
        return named
    titles = [
        quad.object.value
        for quad in own
        if quad.predicate == SCHEMA.headline and isinstance(quad.object, Literal)
    ]
    kind = _classes(own)[:1]
    places = [
        label_of(store, quad.object)
        for quad in own
        if quad.predicate == MKG.place and isinstance(quad.object, NamedNode)
    ]
    days = [
        quad.object.value for quad in own if quad.predicate == MKG.date and isinstance(quad.object, Literal)
    ]
    parts = [*titles, *kind, *filter(None, places[:1]), *days[:1]]
    return ", ".join(parts) if len(parts) > 1 else " ".join([*parts, ref(node)])


def _classes(own: Sequence[Quad]) -> tuple[str, ...]:
    """Return the names of a thing's classes, the narrow ones first."""
    found = [quad.object for quad in own if quad.predicate == RDF.type and isinstance(quad.object, NamedNode)]
    wide = (MKG.Actor, MKG.Event, MKG.Place)
    ordered = [node for node in found if node not in wide] or found
    return tuple(labels().get(node.value) or words(local_name(node)) for node in ordered)


def local_name(node: NamedNode) -> str:
    """Return what comes after the last # or / of an IRI."""
    return node.value[max(node.value.rfind("#"), node.value.rfind("/")) + 1 :]


@cache
def _wanted() -> dict[str, list[dict[str, str]]]:
    path = Path(__file__).with_name("sections.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _sections(store: OxigraphStore, node: NamedNode, kind: str) -> Iterator[Section]:
    known = {query.name: query for query in catalogue()}
    for one in _wanted().get(kind, ()):
        query = known[one["query"]]
        params = {one["param"]: ref(node)}
        results = run(store, query, params, limit=SHOWN)
        if results.rows:
            yield Section(one["heading"], query, params, results)
