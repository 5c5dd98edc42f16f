"""Whether a graph conforms to the ontology: its SHACL shapes, its terms, and one graph for each triple.

Two engines apply the shapes: SPARQL written from the shapes, which asks a store where it lies, and pySHACL,
the reference, which copies all of it to memory. What pySHACL finds, SPARQL finds. SPARQL alone reports some
literals that pySHACL passes over though SHACL does not: an ill-typed year or decimal, and a comparison of two
types. And since a store keeps numbers and times in one form of several, "05" and "5" are one value there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal as Choice
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad

from kg.store import OxigraphStore, RdflibStore, Store
from kg.validate import fast
from kg.validate.files import ontology, read
from kg.validate.result import Term, Validation, Violation, named
from kg.vocab import BASE, ONTOLOGY

__all__ = ["ENGINES", "Engine", "Validation", "Violation", "validate"]

Engine: TypeAlias = Choice["sparql", "pyshacl"]
ENGINES: tuple[Engine, ...] = ("sparql", "pyshacl")
_CONTROLLED = (ONTOLOGY, f"{BASE}vocab/")


def validate(source: Path | Store | Iterable[Quad], *, engine: Engine | None = None) -> Validation:
    """Return what of a graph does not conform, sorted by focus and path.

    The shapes see the union of all graphs with the ontology and its concept schemes; sub-classes are
    the only inference.

    Args:
        source: an RDF file, whose format its extension tells (.ttl, .trig, .nt, .nq, .rdf, .jsonld), a
            folder of such files, a store, or quads.
        engine: what applies the shapes; by default "sparql" to a store, "pyshacl" to all else.

    Raises:
        InputError: a file can't be read or parsed; the message names the line.

    Source: SHACL, https://www.w3.org/TR/shacl/
    """
    if engine is None:
        engine = "sparql" if isinstance(source, OxigraphStore | RdflibStore) else "pyshacl"
    if isinstance(source, OxigraphStore) and engine == "sparql":
        found = {*_store_terms(source), *_store_repeated(source), *fast.store_violations(source)}
        return Validation(tuple(sorted(found)))
    quads = list(_quads(source))
    if engine == "sparql":
        shaped = fast.violations(quads)
    else:
        from kg.validate import reference

        shaped = reference.violations(quads)
    return Validation(tuple(sorted({*_unknown_terms(quads), *_repeated(quads), *shaped})))


def _quads(source: Path | Store | Iterable[Quad]) -> Iterable[Quad]:
    if isinstance(source, Path):
        return read(source)
    return source if isinstance(source, Iterable) else source.quads()


def _unknown_terms(quads: list[Quad]) -> Iterator[Violation]:
    """Yield the uses of terms and concepts that neither the ontology nor the data itself defines."""
    known = {quad.subject for quad in (*ontology(), *quads)}
    for quad in quads:
        for term in (quad.predicate, quad.object):
            if isinstance(term, NamedNode) and term.value.startswith(_CONTROLLED) and term not in known:
                yield _unknown(quad, term)


def _store_terms(store: OxigraphStore) -> Iterator[Violation]:
    """Yield what `_unknown_terms` yields, asked of a store where it lies."""
    known = {quad.subject for quad in ontology()}
    ours = " || ".join(f'STRSTARTS(STR(?term), "{start}")' for start in _CONTROLLED)
    used = [
        store.query(f"SELECT DISTINCT ?term WHERE {{ {pattern} FILTER(isIRI(?term) && ({ours})) }}").rows
        for pattern in ("?s ?term ?o", "?s ?p ?term")
    ]
    for rows, as_object in zip(used, (False, True), strict=True):
        for (term,) in rows:
            if isinstance(term, NamedNode) and term not in known and not any(store.quads(term)):
                uses = store.quads(None, None, term) if as_object else store.quads(None, term)
                yield from (_unknown(quad, term) for quad in uses)


def _unknown(quad: Quad, term: NamedNode) -> Violation:
    name = named(term)
    return Violation(
        named(quad.subject), named(quad.predicate), "UnknownTerm", f"The ontology has no term {name}.", name
    )


def _repeated(quads: list[Quad]) -> Iterator[Violation]:
    """Yield the triples that stand in two graphs: engines count them differently over the union."""
    graphs_of: dict[object, set[str]] = {}
    for quad in quads:
        graphs_of.setdefault(quad.triple, set()).add(named(quad.graph_name))
    for quad in quads:
        if len(graphs := graphs_of[quad.triple]) > 1:
            yield _twice(quad.subject, quad.predicate, quad.object, graphs)


def _store_repeated(store: OxigraphStore) -> Iterator[Violation]:
    """Yield what `_repeated` yields, asked of a store where it lies."""
    twice = "GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER(STR(?g) < STR(?h))"
    for s, p, o in store.query(f"SELECT DISTINCT ?s ?p ?o WHERE {{ {twice} }}").rows:
        graphs = {named(quad.graph_name) for quad in store.quads(s, p, o)}  # type: ignore[arg-type]
        yield _twice(s, p, o, graphs)


def _twice(s: Term | None, p: Term | None, o: Term | None, graphs: set[str]) -> Violation:
    count = "two" if len(graphs) == 2 else "several"
    message = f"The triple stands in {count} graphs: {' and '.join(sorted(graphs))}."
    return Violation(named(s), named(p), "TwoGraphs", message, named(o))
