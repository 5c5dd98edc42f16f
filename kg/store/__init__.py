"""The store: named graphs of quads, embedded on disk or in memory, and what a query on it answers.

The default graph of a query is the union of the named graphs. Terms are pyoxigraph's in every back end.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kg.errors import StoreError, UsageError
from kg.store.archive import backup, restore, size_bytes
from kg.store.base import Store, Term
from kg.store.oxigraph import OxigraphStore
from kg.store.rdflib import RdflibStore
from kg.store.results import Results, Row, sort_key

__all__ = [
    "REMOTE", "OxigraphStore", "RdflibStore", "Results", "Row", "Store", "Term", "backup", "open_store",
    "restore", "size_bytes", "sort_key",
]  # fmt: skip

REMOTE = ("http://", "https://")


def open_store(
    path: str | Path | None = None,
    *,
    read_only: bool = False,
    backend: Literal["oxigraph", "rdflib"] = "oxigraph",
    timeout: float = 60.0,
    in_memory: bool = False,
) -> Store:
    """Open the store in a folder or at a URL, or an empty one in memory where neither is given.

    Args:
        path: the store's folder, which is made where it is missing or empty, unless `read_only`; or the
            http or https URL at which a SPARQL 1.1 server takes queries, read-only.
        read_only: open beside a writer; the store shows what was written until now, and no later change.
        backend: "rdflib" keeps quads in memory only, so it takes no folder.
        timeout: seconds within which a server must answer.
        in_memory: read the folder into memory: a copy on which most queries run 2 to 10 times as fast, and
            which is not written back.

    Raises:
        StoreError: the folder is missing, not a store, locked by another writer, or not to be written.
        UsageError: the back end is unknown.
    """
    if isinstance(path, str) and path.lower().startswith(REMOTE):
        if not read_only:
            raise StoreError(f"{path} is a server: fill it from a store here with `kg push`")
        if in_memory:
            raise StoreError(f"{path} is a server: only a store in a folder can be held in memory")
        from kg.store.remote import RemoteStore

        return RemoteStore(str(path), timeout=timeout)
    if in_memory and path is not None:
        return OxigraphStore.held(path)
    if backend == "oxigraph":
        return OxigraphStore(path, read_only=read_only)
    if backend != "rdflib":
        raise UsageError(f"no such back end: {backend!r}; there are 'oxigraph' and 'rdflib'")
    if path is not None:
        raise StoreError(f"the rdflib back end keeps nothing on disk: leave out the folder {path}")
    return RdflibStore()
