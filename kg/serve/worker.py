"""The process that answers: it keeps a store open and is killed by the server where it takes too long.

It reads requests from standard input, a line each, and writes answers to standard output (`message`).
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import IO

from kg.errors import KGError, LimitError, QueryError, RefusedError, StoreError, UsageError
from kg.query.child import bound_memory
from kg.serve import media, page, sparql
from kg.serve.message import Answer, Request, failure
from kg.store import OxigraphStore
from kg.store.folder import stamp

_GRACE = 5.0  # seconds after which the process ends itself, should the server have died before it
_STATUS: tuple[tuple[type[KGError], int], ...] = (
    (RefusedError, 403),
    (LimitError, 500),
    (QueryError, 400),
    (UsageError, 400),
    (StoreError, 503),
)


class Worker:
    """A store that is opened again once its files have changed, and the bounds of its answers.

    Args:
        folder: where the store is.
        root: path of the server's base.
        max_rows: rows or triples of an answer at most.
        max_bytes: bytes of an answer at most.
        held: what to ask instead of the folder, if given: a copy of it, which stays as it is.
    """

    def __init__(
        self, folder: Path, root: str, *, max_rows: int, max_bytes: int, held: OxigraphStore | None = None
    ) -> None:
        self._folder, self._root, self._held = folder, root, held
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
        if self._held is not None:
            return self._held
        now = stamp(self._folder)
        if self._store is None or now != self._stamp:
            if self._store is not None:
                self._store.close()
            self._store, self._stamp = OxigraphStore(self._folder, read_only=True), now
        return self._store


def attend(worker: Worker, lines: IO[bytes], out: IO[bytes], timeout: float) -> None:
    """Answer request after request until there are no more, or end the process where one takes too long."""
    for line in lines:
        timer = threading.Timer(timeout + _GRACE, os._exit, args=(1,))
        timer.daemon = True
        timer.start()
        answer = worker.answer(Request.read(line))
        timer.cancel()
        out.write(answer.head())
        out.write(answer.body)
        out.flush()


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
        attend(worker, sys.stdin.buffer, out, given["timeout"])


if __name__ == "__main__":
    main()
