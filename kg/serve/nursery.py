"""The process that holds a copy of the store in memory and forks a worker for whoever connects.

A fork is there within milliseconds and shares the copy, as far as it does not write to the same pages:
the engine counts its readers beside the data, so a worker that has read everything has its own.

It says "ready" on standard output once the copy is made; then it takes connections on a Unix socket, and on
standard input the process ids of workers to kill. Where that ends, it ends.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from kg.errors import KGError
from kg.query.child import bound_memory, taken_memory
from kg.serve.worker import Worker, attend
from kg.store import OxigraphStore

_REAP = 1.0  # seconds between looks for workers that died by themselves


def main() -> None:
    """Hold the copy until standard input ends."""
    told = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        store = OxigraphStore.held(told["store"])
    except (KGError, OSError, MemoryError) as error:
        out.write(f"{' '.join(str(error).split()) or 'not enough memory'}\n".encode())
        out.close()
        sys.exit(1)
    bounds = {name: told[name] for name in ("max_rows", "max_bytes")}
    worker = Worker(Path(told["store"]), told["root"], held=store, **bounds)
    gc.freeze()  # a collection in a worker would write to every page that holds an object
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(told["socket"])
        listener.listen()
        out.write(b"ready\n")
        out.close()
        _nurse(worker, listener, told)


def _nurse(worker: Worker, listener: socket.socket, told: dict[str, float]) -> None:
    """Fork for each connection, and kill on order, until there are no more orders."""
    living: set[int] = set()
    orders = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(0, selectors.EVENT_READ)
        waiting.register(listener, selectors.EVENT_READ)
        while True:
            for key, _ in waiting.select(_REAP):
                if key.fileobj is listener:
                    living.add(_born(worker, listener, told))
                    continue
                if not (read := os.read(0, 1 << 16)):
                    _kill(living)
                    return
                *lines, orders = (orders + read).split(b"\n")
                _kill(living & {int(line) for line in lines})
            living -= _dead(living)


def _born(worker: Worker, listener: socket.socket, told: dict[str, float]) -> int:
    """Return the process id of a new worker, which talks to the next connection."""
    connection, _ = listener.accept()
    with connection:
        pid = os.fork()
        if pid == 0:
            _work(worker, listener, connection, told)
        return pid


def _work(
    worker: Worker, listener: socket.socket, connection: socket.socket, told: dict[str, float]
) -> NoReturn:
    """Answer what comes over a connection until it ends; this is the forked process."""
    status = 1
    try:
        listener.close()
        os.close(0)
        bound_memory(taken_memory() + int(told["memory"]))
        with connection.makefile("rb") as lines, connection.makefile("wb") as out:
            out.write(f"ready {os.getpid()}\n".encode())
            out.flush()
            attend(worker, lines, out, told["timeout"])
        status = 0
    finally:
        os._exit(status)


def _kill(workers: set[int]) -> None:
    for pid in workers:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _dead(living: set[int]) -> set[int]:
    """Return those that have ended; until they are waited for, nobody else gets their number."""
    return {pid for pid in living if os.waitpid(pid, os.WNOHANG) != (0, 0)}


if __name__ == "__main__":
    main()
