"""The store on rdflib: in memory, for small graphs, and the second opinion of the tests."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.errors import QueryError, StoreError
from kg.store import collect, sparql
from kg.store.base import Object, Term, checked
from kg.store.results import Cell, Results
from kg.vocab import PREFIXES, XSD

if TYPE_CHECKING:
    import rdflib
    from rdflib.query import Result


_NOTHING = ("", "0")


class RdflibStore:
    """A store in memory on rdflib's Dataset (see `kg.store.Store`)."""

    def __init__(self) -> None:
        self._open: rdflib.Dataset | None = importlib.import_module("rdflib").Dataset(default_union=True)

    @property
    def path(self) -> Path | None:
        """None: this back end keeps nothing on disk."""
        return None

    @property
    def _dataset(self) -> rdflib.Dataset:
        if self._open is None:
            raise StoreError("the store in memory is closed: open a new one")
        return self._open

    def __len__(self) -> int:
        """Return the number of quads."""
        return sum(1 for _ in self.found(None, None, None, None))

    def add(self, quads: Iterable[Quad]) -> None:
        """Write all of the quads or none."""
        self.replace((), quads)

    def drop(self, graph: NamedNode) -> None:
        """Remove a named graph."""
        self.replace((graph,), ())

    def replace(self, graphs: Iterable[NamedNode], quads: Iterable[Quad]) -> None:
        """Remove the graphs and write the quads, once all of them are known to be fit."""
        dataset = self._dataset
        new = [
            (_to(quad.subject), _to(quad.predicate), _to(quad.object), dataset.graph(_to(quad.graph_name)))
            for quad in checked(quads)
        ]
        for name in graphs:
            dataset.remove_graph(_to(name))
        dataset.addN(new)

    def change(self, gone: Iterable[Quad], new: Iterable[Quad], *, graphs: Iterable[NamedNode] = ()) -> None:
        """Remove some quads and graphs and write others, once all of them are known to be fit."""
        dataset = self._dataset
        kept = dict.fromkeys(checked(new))
        for quad in checked(gone):
            if quad not in kept:
                dataset.remove(tuple(_to(term) for term in quad))
        self.replace(graphs, kept)

    def quads(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Object | None = None,
        g: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match, sorted."""
        found = self.found(s, p, o, g)
        yield from sorted(found, key=lambda quad: (str(quad.graph_name), str(quad)))

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs that hold a quad, sorted."""
        names = {quad.graph_name for quad in self.found(None, None, None, None)}
        return sorted((name for name in names if isinstance(name, NamedNode)), key=str)

    def query(
        self, text: str, bindings: Mapping[str, Term] | None = None, *, limit: int | None = None
    ) -> Results:
        """Return what a query of the project's own answers."""
        from pyparsing import ParseException
        from rdflib.plugins.sparql.sparql import SPARQLError

        query = sparql.read(text).bound(bindings or {})
        try:
            with _no_loading():
                return _results(query, self._dataset.query(query.text, initNs=dict(PREFIXES)), limit)
        except ParseException as error:
            raise QueryError(
                f"syntax error at line {error.lineno}, column {error.column}: {error.msg}"
            ) from error
        except SPARQLError as error:
            raise QueryError(f"the query failed while it ran: {error}") from error

    def flush(self) -> None:
        """Do nothing: there are no files."""

    def close(self) -> None:
        """Forget the quads."""
        self._open = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def found(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Object | None = None,
        g: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match, as they are found."""
        dataset = self._dataset
        s, p, o, g = (None if term is None else _to(term) for term in (s, p, o, g))
        for subject, predicate, value, graph in dataset.quads((s, p, o, g)):
            if graph is not None:
                yield Quad(_from(subject), _from(predicate), _from(value), _from(graph))  # type: ignore[arg-type]


@contextmanager
def _no_loading() -> Iterator[None]:
    """Keep rdflib from reading files and the network for FROM, as it does by default.

    Its queries on a Dataset call what it deprecates itself (7.6): that warning is silenced here.
    """
    sparql_plugin: Any = importlib.import_module("rdflib.plugins.sparql")
    before = sparql_plugin.SPARQL_LOAD_GRAPHS
    sparql_plugin.SPARQL_LOAD_GRAPHS = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        sparql_plugin.SPARQL_LOAD_GRAPHS = before


def _results(query: sparql.Query, answer: Result, limit: int | None) -> Results:
    if answer.type == "ASK":
        return Results(boolean=bool(answer.askAnswer))
    if answer.type in ("CONSTRUCT", "DESCRIBE"):
        found = (Triple(*(_from(term) for term in triple)) for triple in answer.graph or ())  # type: ignore[arg-type]
        return collect.triples(found, limit)
    variables = answer.vars or []
    rows = [tuple(_from(binding.get(name)) for name in variables) for binding in answer.bindings]
    if (
        query.grouped
        and len(rows) == 1
        and not any(cell is not None and cell.value not in _NOTHING for cell in rows[0])
    ):
        # Where nothing matches, GROUP BY makes no group (SPARQL 1.1, 11.2); rdflib 7.6 makes an empty one.
        rows = []
    return collect.rows(query, [str(name) for name in variables], rows, limit)


def _to(term: Object | DefaultGraph) -> Any:  # noqa: ANN401 -- rdflib's terms share no base that mypy accepts in a triple
    """Return rdflib's term; the lexical form stays as it is, also where rdflib knows a canonical one."""
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == XSD.string:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _from(term: Any) -> Cell:  # noqa: ANN401 -- as above
    """Return pyoxigraph's term for one of rdflib's, None for an unbound variable."""
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if not isinstance(term, rdflib.Literal):
        return NamedNode(str(term))
    if term.language:
        return Literal(str(term), language=term.language)
    if term.datatype is None:
        return Literal(str(term))
    return Literal(str(term), datatype=NamedNode(str(term.datatype)))
