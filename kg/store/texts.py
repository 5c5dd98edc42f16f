"""What a store holds as text, without an object for each term: for whoever reads all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from pyoxigraph import NamedNode, Quad, QuerySolutions

from kg.store import sparql
from kg.store.oxigraph import OxigraphStore

Texts = tuple[str, str, str]
"""Subject, predicate and object in their N-Triples form."""


class Found(Protocol):
    """Anything that yields its quads."""

    def found(
        self, s: None = None, p: None = None, o: None = None, g: NamedNode | None = None
    ) -> Iterable[Quad]:
        """Return the quads of a graph, or of all."""
        ...


def texts(
    store: Found, graphs: Collection[NamedNode], *, other: bool = False, without: Collection[NamedNode] = ()
) -> Iterator[Texts]:
    """Yield the triples of some graphs, in no order.

    Oxigraph looks up the text of each term that it yields, which takes longer than finding the triple; it is
    asked one predicate after another, so that neither predicates nor graphs are looked up.

    Args:
        store: where the triples are.
        graphs: the graphs that are read.
        other: read all graphs but these.
        without: predicates of which no triple is wanted.
    """
    if not isinstance(store, OxigraphStore):
        for quad in store.found():
            if (quad.graph_name in graphs) != other and quad.predicate not in without:
                yield str(quad.subject), str(quad.predicate), str(quad.object)
        return
    names = ", ".join(sorted(map(str, graphs)))
    chosen = f"FILTER(?g {'NOT IN' if other else 'IN'} ({names}))"
    for (predicate,) in _rows(store, f"SELECT DISTINCT ?p {{ GRAPH ?g {{ ?s ?p ?o }} {chosen} }}"):
        if predicate not in without:
            name = str(predicate)
            for subject, value in _rows(store, f"SELECT ?s ?o {{ GRAPH ?g {{ ?s {name} ?o }} {chosen} }}"):
                yield str(subject), name, str(value)


def _rows(store: OxigraphStore, text: str) -> QuerySolutions:
    answer = store.answer(sparql.read(text))
    assert isinstance(answer, QuerySolutions)
    return answer
