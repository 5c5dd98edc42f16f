"""Pushing: a remote store brought to hold what a store here holds, in batches that may be interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode, Quad

from kg.store.base import Store
from kg.store.remote import Endpoint, RemoteStore
from kg.vocab import GRAPH, MKG, PREFIXES

BATCH = 5_000  # quads a request: about a megabyte
_OURS = (PREFIXES["report"], PREFIXES["graph"])
_KEPT_HERE = frozenset({GRAPH.index})


@dataclass(slots=True)
class Pushed:
    """What a push did: reports written, left as they were, and removed; quads added and taken away."""

    written: int = 0
    same: int = 0
    removed: int = 0
    added: int = 0
    taken: int = 0


def push(
    store: Store, remote: RemoteStore, update: Endpoint, *, watch: Callable[[Pushed], None] | None = None
) -> Pushed:
    """Make the named graphs of this project in a remote store what they are here; other graphs stay.

    The graph of a report is sent where the remote store lacks it, has it of another run, or with another
    number of quads; of the other graphs the difference is sent. A push that broke off is completed by the
    next. The index of builds stays here.

    Args:
        store: what is pushed.
        remote: where to, to see what is there.
        update: where to, to change it.
        watch: told what was done after every request.

    Raises:
        StoreError: the server can't be reached, refused the credentials, or failed.
        QueryError: the server refused an update.
    """
    done = Pushed()
    show = watch or (lambda _: None)
    here = {name for name in store.graphs() if name.value.startswith(_OURS)} - _KEPT_HERE
    there = _held(remote)
    shared = sorted((name for name in here if not _is_report(name)), key=str)
    for name in [name for name in shared if name in (GRAPH.registry, GRAPH.runs)]:
        _differences(store, remote, update, name, done)
        show(done)
    waiting: list[Quad] = []
    for name in sorted(filter(_is_report, here), key=str):
        quads = list(store.found(g=name))
        if there.get(name) == _summary(quads):
            done.same += 1
            continue
        if name in there:
            update.post(f"DROP SILENT GRAPH {name}", kind="update")
        waiting += quads
        done.written += 1
        if len(waiting) >= BATCH:
            waiting = _sent(update, waiting, done)
            show(done)
    _sent(update, waiting, done)
    for name in [name for name in shared if name not in (GRAPH.registry, GRAPH.runs)]:
        _differences(store, remote, update, name, done)
        show(done)
    for name in sorted({*there} - here, key=str):
        update.post(f"DROP SILENT GRAPH {name}", kind="update")
        done.removed += _is_report(name)
        show(done)
    return done


def update_url(query_url: str) -> str:
    """Return the usual URL for updates of a server: `…/update` beside `…/query`, else the same URL."""
    return f"{query_url.removesuffix('/query')}/update" if query_url.endswith("/query") else query_url


def _held(remote: RemoteStore) -> dict[NamedNode, tuple[str, int]]:
    """Return the run and the number of quads of each graph of ours in the remote store."""
    ours = " || ".join(f'STRSTARTS(STR(?g), "{prefix}")' for prefix in _OURS)
    counts = remote.rows(
        f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER ({ours}) }} GROUP BY ?g"
    )
    runs = {quad.graph_name: str(quad.object) for quad in remote.found(p=MKG.run)}
    return {
        name: (runs.get(name, ""), int(str(getattr(count, "value", 0))))
        for name, count in counts if isinstance(name, NamedNode)
    }  # fmt: skip


def _summary(quads: list[Quad]) -> tuple[str, int]:
    return next((str(quad.object) for quad in quads if quad.predicate == MKG.run), ""), len(quads)


def _differences(store: Store, remote: RemoteStore, update: Endpoint, name: NamedNode, done: Pushed) -> None:
    """Send what is new in a graph, then take away what is gone: at no time is more missing than must be."""
    here, there = set(store.found(g=name)), set(remote.found(g=name))
    _sent(update, sorted(here - there, key=str), done)
    for batch in _batches(sorted(there - here, key=str)):
        update.post(f"DELETE DATA {{ {_data(batch)} }}", kind="update")
        done.taken += len(batch)


def _sent(update: Endpoint, quads: list[Quad], done: Pushed) -> list[Quad]:
    for batch in _batches(quads):
        update.post(f"INSERT DATA {{ {_data(batch)} }}", kind="update")
        done.added += len(batch)
    return []


def _batches(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    waiting = iter(quads)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _data(quads: Iterable[Quad]) -> str:
    return " ".join(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in quads)


def _is_report(name: NamedNode) -> bool:
    return name.value.startswith(PREFIXES["report"])
