"""The shapes applied by SPARQL: the verdicts of pySHACL without a copy of the graph in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions

from kg.errors import KGError
from kg.store import OxigraphStore
from kg.validate.files import ontology
from kg.validate.files import shapes as shape_quads
from kg.validate.result import Violation, named
from kg.validate.shapes import Shape, shapes
from kg.validate.sparql import Check, Known, checks
from kg.vocab import PREFIXES

_SUBCLASS = NamedNode(PREFIXES["rdfs"] + "subClassOf")
Ask = Callable[[str], Iterable[tuple[NamedNode | BlankNode | Literal | None, ...]]]


def violations(quads: Iterable[Quad]) -> Iterator[Violation]:
    """Yield what breaks the shapes in the union of the quads' graphs with the ontology."""
    store = pyoxigraph.Store()
    # the union is one graph: a triple of two graphs must not count twice
    store.bulk_extend(Quad(*quad.triple) for quad in quads)
    if _speaks_of_the_ontology(lambda node: any(store.quads_for_pattern(node, None, None))):
        store.bulk_extend(Quad(*quad.triple) for quad in ontology())

    def ask(query: str) -> Iterator[tuple[NamedNode | BlankNode | Literal | None, ...]]:
        answer = store.query(query)
        assert isinstance(answer, QuerySolutions)
        return (tuple(solution) for solution in answer)

    yield from _found(ask, store.quads_for_pattern(None, _SUBCLASS, None))


def store_violations(store: OxigraphStore) -> Iterator[Violation]:
    """Yield what breaks the shapes in a store, asked where it lies: nothing is copied to memory."""
    if _speaks_of_the_ontology(lambda node: any(store.quads(node))):
        yield from violations(store.quads())
    else:
        yield from _found(lambda query: store.query(query).rows, store.quads(None, _SUBCLASS))


def _speaks_of_the_ontology(holds: Callable[[NamedNode], bool]) -> bool:
    """Return whether the data has a term of the ontology as subject: the queries then need the ontology."""
    return any(holds(node) for node in {quad.subject for quad in ontology()} if isinstance(node, NamedNode))


def _found(ask: Ask, hierarchy: Iterable[Quad]) -> Iterator[Violation]:
    for check in written(tuple(hierarchy)):
        rows = list(ask(check.query))
        excused = {row[0] for row in rows if check.excused.intersection(row[1:])}
        for focus, *value in rows:
            if focus not in excused:
                yield _violation(check, focus, *(() if check.component == "MinCount" else value))


def _violation(
    check: Check,
    focus: NamedNode | BlankNode | Literal | None,
    value: NamedNode | BlankNode | Literal | None = None,
) -> Violation:
    if focus is None:
        raise KGError(f"a check gave no focus node: {check.query}")
    return Violation(named(focus), check.path, check.component, check.message, named(value))


@cache
def _shapes() -> tuple[Shape, ...]:
    return shapes(shape_quads())


@cache
def written(hierarchy: tuple[Quad, ...]) -> tuple[Check, ...]:
    """Return the checks of all shapes, for data that adds these statements of sub-classes."""
    known = Known(ontology(), hierarchy)
    return tuple(check for shape in _shapes() for check in checks(shape, known))
