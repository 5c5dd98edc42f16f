"""What every back end promises, and what it refuses to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import StoreError
from kg.store.results import Results

Term: TypeAlias = NamedNode | Literal
Object: TypeAlias = NamedNode | BlankNode | Literal | Triple


class Store(Protocol):
    """A set of quads in named graphs. Closing it twice is harmless."""

    @property
    def path(self) -> Path | None:
        """The store's folder, None for a store in memory."""
        ...

    def __len__(self) -> int:
        """Return the number of quads."""
        ...

    def add(self, quads: Iterable[Quad]) -> None:
        """Write all of the quads or, where one is refused or the process dies, none of them.

        Raises:
            StoreError: a quad stands in no named graph or has a blank node, or the store is read-only.
        """
        ...

    def drop(self, graph: NamedNode) -> None:
        """Remove a named graph; nothing happens where it does not exist."""
        ...

    def replace(self, graphs: Iterable[NamedNode], quads: Iterable[Quad]) -> None:
        """Remove the graphs and write the quads in one transaction: readers see both or neither.

        The quads may stand in any graph, also in one that is not removed. Quads that are in the store
        already are not written again, so that a repeated call writes nothing.

        Raises:
            StoreError: as `add`.
        """
        ...

    def change(self, gone: Iterable[Quad], new: Iterable[Quad], *, graphs: Iterable[NamedNode] = ()) -> None:
        """Remove some quads and whole graphs and write other quads in one transaction.

        Readers see all of it or nothing. A quad that is gone and new stays; removing what is not there
        does nothing.

        Raises:
            StoreError: as `add`.
        """
        ...

    def quads(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Object | None = None,
        g: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match, by graph and then in the order of their N-Triples text."""
        ...

    def found(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Object | None = None,
        g: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match in no order, as they are found."""
        ...

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs that hold a quad, sorted."""
        ...

    def query(
        self, text: str, bindings: Mapping[str, Term] | None = None, *, limit: int | None = None
    ) -> Results:
        """Return what a SPARQL query of the project's own answers; text from outside goes through `kg.query`.

        Args:
            text: a SELECT, ASK, CONSTRUCT or DESCRIBE query; the prefixes of `kg.vocab` are known.
            bindings: terms for the parameters `$name` of the text, in the whole of it.
            limit: the most rows or triples to return.

        Raises:
            QueryError: the text is not a query, with line and column.
        """
        ...

    def flush(self) -> None:
        """Write what is committed to files, so that a reader that opens the folder now sees it."""
        ...

    def close(self) -> None:
        """Give the folder back; the store answers no more."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def checked(quads: Iterable[Quad]) -> list[Quad]:
    """Return the quads as a list, once none of them is of a kind that the design excludes.

    A blank node would be renamed by an update and by every file, a quad of the default graph would
    belong to no layer, and rdflib reads no triple terms.

    Raises:
        StoreError: on the first such quad.
    """
    kept = list(quads)
    for quad in kept:
        if not isinstance(quad.graph_name, NamedNode):
            raise StoreError(f"a quad must stand in a named graph: {quad}")
        if isinstance(quad.subject, BlankNode | Triple) or isinstance(quad.object, BlankNode | Triple):
            raise StoreError(f"a quad must have neither blank nodes nor triple terms: {quad}")
    return kept
