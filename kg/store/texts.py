"""What a store holds as text, one predicate after another, for whoever reads all of it.

Oxigraph looks up the text of each term that it yields, which takes longer than finding the quad; read by
predicate, neither predicates nor graphs are looked up. Terms are in their N-Triples form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from pyoxigraph import NamedNode, Quad, QuerySolutions

from kg.store import sparql
from kg.store.oxigraph import OxigraphStore

Pairs = Iterator[tuple[str, str]]


class Found(Protocol):
    """Anything that yields its quads."""

    def found(
        self, s: None = None, p: None = None, o: None = None, g: NamedNode | None = None
    ) -> Iterable[Quad]:
        """Return the quads of a graph, or of all."""
        ...


def by_predicate(
    store: Found, *, outside: Collection[NamedNode], without: Collection[NamedNode] = ()
) -> Iterator[tuple[str, Pairs]]:
    """Yield each predicate with the subjects and objects of its triples; no order is promised.

    Args:
        store: where the triples are; from any but Oxigraph, a predicate may come several times.
        outside: graphs that are not read.
        without: predicates of which no triple is wanted.
    """
    if not isinstance(store, OxigraphStore):
        for quad in store.found():
            if quad.graph_name not in outside and quad.predicate not in without:
                yield str(quad.predicate), iter([(str(quad.subject), str(quad.object))])
        return
    kept = f"FILTER(?g NOT IN ({', '.join(sorted(map(str, outside)))}))"
    for (predicate,) in _rows(store, f"SELECT DISTINCT ?p {{ GRAPH ?g {{ ?s ?p ?o }} {kept} }}"):
        if predicate not in without:
            rows = _rows(store, f"SELECT ?s ?o {{ GRAPH ?g {{ ?s {predicate} ?o }} {kept} }}")
            yield str(predicate), ((str(subject), str(value)) for subject, value in rows)


def subjects(store: Found, graph: NamedNode) -> set[str]:
    """Return the subjects of a graph."""
    if not isinstance(store, OxigraphStore):
        return {str(quad.subject) for quad in store.found(g=graph)}
    return {
        str(subject) for (subject,) in _rows(store, f"SELECT DISTINCT ?s {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    }


def _rows(store: OxigraphStore, text: str) -> QuerySolutions:
    answer = store.answer(sparql.read(text))
    assert isinstance(answer, QuerySolutions)
    return answer
