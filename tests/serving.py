"""A server in a process of its own, as `kg serve` starts it, and what asks it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import httpx

START = 60.0
PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
"""A query that takes forever."""
_TENFOLD = " ".join(f"BIND(CONCAT({', '.join([f'?{a}'] * 10)}) AS ?{b})" for a, b in pairwise("zyxwvutsre"))
HUGE = f'SELECT ?e {{ BIND("0123456789" AS ?z) {_TENFOLD} }}'
"""A query whose answer is ten billion characters long."""


class Server:
    """A running server: its address, its process, and the lines of its log."""

    def __init__(self, store: Path, *options: str, token: str = "") -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("KG_")}
        if token:
            environment["KG_TOKEN"] = token
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment,
        )  # fmt: skip
        self.log: list[str] = []
        self._seen = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self._seen.wait(START), self.log
        found = re.search(r"http://\S+/", self.log[-1])
        assert found, self.log
        self.address = found[0]
        self.sparql = f"{self.address}sparql"

    def _read(self) -> None:
        for line in self.process.stderr:
            self.log.append(line.rstrip("\n"))
            if "http://" in line:
                self._seen.set()
        self._seen.set()

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        import psutil

        return [child.pid for child in psutil.Process(self.process.pid).children()]

    def forked(self) -> list[int]:
        """The process ids of its workers, where they share a store in memory."""
        import psutil

        (holder,) = psutil.Process(self.process.pid).children()
        return [child.pid for child in holder.children()]

    def stop(self) -> int:
        """Ask it to end as a service manager does; return its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(15)
        finally:
            self.process.kill()
            self._reader.join(15)
            self.process.stderr.close()


@contextmanager
def serving(store: Path, *options: str, token: str = "") -> Iterator[Server]:
    """Give a server that answers."""
    server = Server(store, *options, token=token)
    try:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        httpx.get(server.sparql, headers=headers, timeout=START)
        yield server
    finally:
        server.stop()


def beside(ask: Callable[[str], httpx.Response], query: str) -> tuple[httpx.Response, float, set[int]]:
    """Ask a query and, until it is answered, others; return its answer, its seconds and their statuses."""
    with ThreadPoolExecutor(1) as pool:
        started = time.monotonic()
        asked = pool.submit(ask, query)
        others = set()
        while not asked.done() or not others:
            others.add(ask("ASK {}").status_code)
            time.sleep(0.1)
        return asked.result(), time.monotonic() - started, others
