"""The store on Oxigraph: embedded, on disk or in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryBoolean, QueryTriples

from kg.errors import QueryError, StoreError
from kg.store import collect, folder, sparql
from kg.store.base import Object, Term, checked
from kg.store.linked import Links, clear, linked
from kg.store.results import Results
from kg.vocab import PREFIXES

_ATTEMPTS = 100  # a store that was merged all the time needed 2 at most; a hundred take a second

_FULL = ("no space left", "file too large", "disk quota exceeded")
_FORBIDDEN = ("permission denied", "read-only file system")


class OxigraphStore:
    """A store in a folder, or in memory where no folder is given (see `kg.store.Store`).

    One process may write to a folder; others may open it read-only beside it and see what was written
    until they opened it. A process killed at any moment leaves what was committed.
    """

    def __init__(self, path: str | Path | None = None, *, read_only: bool = False) -> None:
        self._path = None if path is None else Path(path)
        self._read_only = read_only
        self._unflushed = False
        self._open: pyoxigraph.Store | None = None
        self._links: Links | None = None
        if self._path is None:
            if read_only:
                raise StoreError(
                    "a store in memory starts empty: opening it read-only gives nothing; name a folder"
                )
            self._open = pyoxigraph.Store()
            return
        database = folder.find(self._path) if read_only else folder.claim(self._path)
        try:
            if read_only:
                self._open, self._links = _opened_beside(database)
            else:
                self._open = pyoxigraph.Store(database)
                clear(database)
        except (OSError, RuntimeError) as error:
            raise _opening_error(self._path, error) from error

    @classmethod
    def held(cls, path: str | Path) -> Self:
        """Return a copy in memory of what the store in a folder holds now.

        Making it takes 10 s and about half a gigabyte a million quads; most queries then run 2 to 10 times as
        fast, but those that start from a term in very many quads, which the engine goes through one by one.

        Raises:
            StoreError: the folder is missing, not a store, or can't be read.
        """
        copy = cls()
        with cls(path, read_only=True) as stored:
            copy._store.extend(stored.found())
        return copy

    @property
    def path(self) -> Path | None:
        """The store's folder, None in memory."""
        return self._path

    @property
    def _store(self) -> pyoxigraph.Store:
        if self._open is None:
            raise StoreError(f"the store {self._path or 'in memory'} is closed: open it again")
        return self._open

    def __len__(self) -> int:
        """Return the number of quads; on disk this reads them all."""
        return len(self._store)

    def add(self, quads: Iterable[Quad]) -> None:
        """Write all of the quads or none."""
        kept = checked(quads)
        with self._writing() as store:
            store.extend(kept)

    def load(self, text: bytes, *, name: str = "the text") -> None:
        """Write N-Quads by the engine's bulk loader, three times as fast as `add`.

        It writes files of the database, and no transaction: what a process leaves that dies meanwhile, and
        what a reader sees, is not promised. Blank nodes are not looked for.

        Raises:
            StoreError: the text is not N-Quads, or has a triple; part of it may have been written.
        """
        with self._writing() as store:
            try:
                store.bulk_load(text, format=pyoxigraph.RdfFormat.N_QUADS)
            except SyntaxError as error:
                raise StoreError(f"{name} is not N-Quads: {_line(error)}") from error
            for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
                raise StoreError(f"{name} has a statement that stands in no named graph: {quad}")

    def drop(self, graph: NamedNode) -> None:
        """Remove a named graph."""
        with self._writing() as store:
            store.remove_graph(graph)

    def replace(self, graphs: Iterable[NamedNode], quads: Iterable[Quad]) -> None:
        """Remove the graphs and write the quads in one transaction.

        Only the difference is written: dropping 200,000 quads and writing them again took Oxigraph four
        times as long as writing them.
        """
        new = dict.fromkeys(checked(quads))
        with self._writing() as store:
            removal, kept = _removal(store, sorted(set(graphs), key=str), new)
            added = [quad for quad in new if quad not in kept]
            if not removal:
                store.extend(added)
                return
            insertion = f"INSERT DATA {{ {_data(added)} }}" if added else ""
            store.update(" ; ".join([*removal, *([insertion] if insertion else [])]))

    def change(self, gone: Iterable[Quad], new: Iterable[Quad], *, graphs: Iterable[NamedNode] = ()) -> None:
        """Remove some quads and whole graphs and write other quads in one transaction."""
        kept = dict.fromkeys(checked(new))
        lost = [quad for quad in checked(gone) if quad not in kept]
        operations = [f"DROP SILENT GRAPH {name}" for name in sorted(set(graphs), key=str)]
        if lost:
            operations.append(f"DELETE DATA {{ {_data(lost)} }}")
        with self._writing() as store:
            if not operations:
                store.extend(kept)
                return
            if kept:
                operations.append(f"INSERT DATA {{ {_data(kept)} }}")
            store.update(" ; ".join(operations))

    def quads(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Object | None = None,
        g: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match, sorted; one graph at a time is held in memory."""
        store = self._store
        narrow = s is not None or o is not None
        if g is not None or narrow:
            found = store.quads_for_pattern(s, p, o, g)
            yield from sorted(found, key=lambda quad: (str(quad.graph_name), str(quad)))
            return
        for name in self.graphs():
            yield from sorted(store.quads_for_pattern(s, p, o, name), key=str)

    def found(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Object | None = None,
        g: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match, as they are found."""
        return iter(self._store.quads_for_pattern(s, p, o, g))

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs that hold a quad, sorted."""
        store = self._store
        names = (name for name in store.named_graphs() if isinstance(name, NamedNode))
        return sorted(
            (n for n in names if any(True for _ in store.quads_for_pattern(None, None, None, n))), key=str
        )

    def query(
        self, text: str, bindings: Mapping[str, Term] | None = None, *, limit: int | None = None
    ) -> Results:
        """Return what a query of the project's own answers."""
        query = sparql.read(text).bound(bindings or {})
        try:
            answer = self._store.query(
                query.text, prefixes=dict(PREFIXES), use_default_graph_as_union=not query.has_dataset
            )
            if isinstance(answer, QueryBoolean):
                return Results(boolean=bool(answer))
            if isinstance(answer, QueryTriples):
                return collect.triples(answer, limit)
            names = [variable.value for variable in answer.variables]
            return collect.rows(query, names, (tuple(solution) for solution in answer), limit)
        except SyntaxError as error:
            raise collect.syntax_error(query, error) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query failed while it ran: {_line(error)}") from error

    def answer(
        self,
        query: sparql.Query,
        *,
        default_graphs: Iterable[NamedNode] | None = None,
        named_graphs: Iterable[NamedNode] | None = None,
    ) -> pyoxigraph.QuerySolutions | QueryBoolean | QueryTriples:
        """Return the engine's own answer, unread: the fastest way out for a caller that bounds it.

        Args:
            query: a query that was checked.
            default_graphs: graphs that make up the default graph, instead of what FROM says; None leaves
                it to the query. One that is not in the store is empty.
            named_graphs: graphs that GRAPH may reach, likewise.

        Raises:
            QueryError: the text is not a query, with line and column.
        """
        given = default_graphs is not None or named_graphs is not None
        try:
            return self._store.query(
                query.text,
                prefixes=dict(PREFIXES),
                use_default_graph_as_union=not (given or query.has_dataset),
                default_graph=list(default_graphs or ()) if given else None,
                named_graphs=list(named_graphs or ()) if given else None,
            )
        except SyntaxError as error:
            raise collect.syntax_error(query, error) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query failed while it ran: {_line(error)}") from error

    def flush(self) -> None:
        """Write what is committed to files, so that a reader that opens the folder now sees it."""
        if not self._read_only:
            with self._writing() as store:
                store.flush()
            self._unflushed = False

    def compact(self) -> None:
        """Put the files of the database together, which takes room for a second copy meanwhile."""
        with self._writing() as store:
            store.optimize()

    def copy_to(self, target: Path) -> None:
        """Copy the database to a new folder, sharing files where it is on the same disk.

        Only a writer can: a copy by a reader was seen to lack what was not flushed.
        """
        with self._writing() as store:
            store.flush()
            store.backup(target)

    def close(self) -> None:
        """Give the folder back.

        What was written since the last flush is flushed, since every reader would read it anew when it opens:
        4 s for 1,000 reports. Where that fails, nothing that is committed is lost.
        """
        if self._unflushed and self._open is not None and self._path is not None:
            with suppress(OSError):
                self._open.flush()
        self._open = None
        if self._links is not None:
            self._links.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[pyoxigraph.Store]:
        if self._read_only:
            raise StoreError(f"the store at {self._path} was opened read-only: open it for writing")
        self._unflushed = True
        try:
            yield self._store
        except OSError as error:
            raise _writing_error(self._path, error) from error


def _opened_beside(database: Path) -> tuple[pyoxigraph.Store, Links | None]:
    """Open a database for reading, by links to its files where those can be had."""
    links = linked(database)
    if links is None:
        return _opened_again(database), None
    try:
        return pyoxigraph.Store.read_only(str(links.path)), links
    except BaseException:
        links.close()
        raise


def _opened_again(database: Path) -> pyoxigraph.Store:
    """Open a database for reading, again where its writer put files together meanwhile.

    RocksDB reads the list of files first and opens them then; a writer may have replaced some in between.
    """
    for attempt in range(_ATTEMPTS, -1, -1):
        try:
            return pyoxigraph.Store.read_only(str(database))
        except (OSError, RuntimeError) as error:
            if attempt == 0 or "no such file" not in str(error).casefold():
                raise
    raise AssertionError


def _removal(
    store: pyoxigraph.Store, graphs: list[NamedNode], new: Mapping[Quad, None]
) -> tuple[list[str], set[Quad]]:
    """Return the update operations that remove what is not new from the graphs, and what stays."""
    operations, gone, kept = [], [], set()
    for name in graphs:
        old = list(store.quads_for_pattern(None, None, None, name))
        staying = [quad for quad in old if quad in new]
        kept.update(staying)
        if old and not staying:
            operations.append(f"DROP SILENT GRAPH {name}")
        elif len(staying) < len(old):
            gone += [quad for quad in old if quad not in new]
    if gone:
        operations.append(f"DELETE DATA {{ {_data(gone)} }}")
    return operations, kept


def _data(quads: Iterable[Quad]) -> str:
    """Return quads as the body of INSERT DATA or DELETE DATA; pyoxigraph escapes the terms."""
    return " ".join(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in quads)


def _opening_error(path: Path, error: Exception) -> StoreError:
    text = _line(error)
    low = text.casefold()
    if "lock" in low and "permission denied" not in low:
        return StoreError(
            f"the store at {path} is being written by another process: wait, or open it read-only"
        )
    if any(sign in low for sign in _FULL):
        return StoreError(f"the disk is full: can't open the store at {path} to write; make room ({text})")
    if any(sign in low for sign in _FORBIDDEN):
        return StoreError(f"no permission to write to the store at {path}: open it read-only, or own it")
    if "no such file" in low:
        return StoreError(
            f"the store at {path} lacks files, or its writer is moving them: try again ({text})"
        )
    if "corruption" in low:
        return StoreError(
            f"the store at {path} is damaged: restore a backup, or build it again from its reports ({text})"
        )
    return StoreError(f"can't open the store at {path}: {text}")


def _writing_error(path: Path | None, error: Exception) -> StoreError:
    """Return what to say where a transaction or a flush failed; nothing of it is in the store."""
    text = _line(error)
    if any(sign in text.casefold() for sign in _FULL):
        return StoreError(
            f"the disk is full: can't write to the store {path}; what was written before is kept, "
            f"make room and run the command again ({text})"
        )
    return StoreError(
        f"can't write to the store {path or 'in memory'}; what was written before is kept: {text}"
    )


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
