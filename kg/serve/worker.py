"""The process that answers: it keeps a store open and is killed by the server where it takes too long.

It reads requests from standard input, a line each, and writes answers to standard output (`message`).
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

from kg.errors import KGError, LimitError, QueryError, RefusedError, StoreError, UsageError
from kg.query.child import bound_memory
from kg.serve import media, page, sparql
from kg.serve.message import Answer, Request, failure
from kg.store import OxigraphStore
from kg.store.folder import find

_GRACE = 5.0  # seconds after which the process ends itself, should the server have died before it
_STATUS: tuple[tuple[type[KGError], int], ...] = (
    (RefusedError, 403),
    (LimitError, 500),
    (QueryError, 400),
    (UsageError, 400),
    (StoreError, 503),
)


class Worker:
    """A store that is opened again once its files have changed, and the bounds of its answers."""

    def __init__(self, folder: Path, root: str, *, max_rows: int, max_bytes: int) -> None:
        self._folder, self._root = folder, root
        self._max_rows, self._max_bytes = max_rows, max_bytes
        self._store: OxigraphStore | None = None
        self._stamp: object = None

    def answer(self, request: Request) -> Answer:
        """Return the answer to a request; every error of the package is one."""
        try:
            return self._answered(self._opened(), request)
        except KGError as error:
            return failure(next((code for kind, code in _STATUS if isinstance(error, kind)), 500), str(error))

    def _answered(self, store: OxigraphStore, request: Request) -> Answer:
        if request.kind == "sparql":
            if media.preferred(request.accept, (*media.RESULTS, *media.GRAPHS, media.HTML)) == media.HTML:
                found = sparql.results(store, request, page.ROWS)
                return page.asked(store, found, request.text, self._root)
            return sparql.answer(store, request, max_rows=self._max_rows, max_bytes=self._max_bytes)
        if request.kind == "named":
            return page.named(store, request, self._root, self._max_rows)
        if request.kind == "network":
            return page.network(store, request)
        if request.kind == "terms":
            return page.terms(request, self._root)
        return page.thing(store, request, self._root)

    def _opened(self) -> OxigraphStore:
        """Return the store as it is now: a reader sees nothing of what was written after it was opened."""
        stamp = self._files()
        if self._store is None or stamp != self._stamp:
            if self._store is not None:
                self._store.close()
            self._store, self._stamp = OxigraphStore(self._folder, read_only=True), stamp
        return self._store

    def _files(self) -> object:
        found = []
        for entry in os.scandir(find(self._folder)):
            try:
                status = entry.stat()
            except FileNotFoundError:  # a writer put files together meanwhile
                continue
            found.append((entry.name, status.st_size, status.st_mtime_ns))
        return sorted(found)


def main() -> None:
    """Answer until standard input ends."""
    given = json.loads(sys.argv[1])
    bound_memory(given["memory"])
    bounds = {name: given[name] for name in ("max_rows", "max_bytes")}
    worker = Worker(Path(given["store"]), given["root"], **bounds)
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # what a library prints must not pass for an answer
        worker.answer(Request(kind="sparql", text="ASK {}"))  # the store is open and warm before the first
        out.write(b"ready\n")
        out.flush()
        for line in sys.stdin.buffer:
            timer = threading.Timer(given["timeout"] + _GRACE, os._exit, args=(1,))
            timer.daemon = True
            timer.start()
            answer = worker.answer(Request.read(line))
            timer.cancel()
            out.write(answer.head())
            out.write(answer.body)
            out.flush()


if __name__ == "__main__":
    main()
