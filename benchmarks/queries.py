"""Typical queries on many events: in a warm worker of the server, by pyoxigraph alone, in rdflib.

KG_EVENTS says how many events (10,000); above 20,000 rdflib, which then takes minutes, is left out.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph

from benchmarks.timing import ratio, spread
from kg.query import catalogue
from kg.query.params import terms
from kg.serve import Settings
from kg.serve.message import Request
from kg.serve.pool import Pool
from kg.store import OxigraphStore, RdflibStore, open_store
from kg.store.folder import find
from kg.store.sparql import read
from kg.vocab import PREFIXES

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
ASKED = {
    "contested": {}, "rival-attributions": {}, "top-targets": {}, "tactics": {},
    "casualties-by-actor-year": {},
    "attacks-by-actor": {"actor": "a1"}, "label-search": {"text": "group 17"}, "under": {"actor": "a1"},
    "who-says-so-of-actors": {"actor": "a1"}, "network": {},
}  # fmt: skip
EVENTS = int(os.environ.get("KG_EVENTS", "10000"))
MOST_FOR_RDFLIB = 20_000
RUNS = 5


def main() -> None:
    from graph_data import large

    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "kg-store"
        quads = large(max(20, EVENTS // 50), EVENTS).quads
        with open_store(store) as opened:
            opened.add(quads)
        print(f"{EVENTS:,} events, {len(quads):,} quads")
        other = None
        if EVENTS <= MOST_FOR_RDFLIB:
            started = time.perf_counter()
            other = RdflibStore()
            other.add(quads)
            print(f"rdflib loaded in {time.perf_counter() - started:.1f} s")
        del quads
        asyncio.run(_compare(store, _texts(store), other))


def _texts(folder: Path) -> dict[str, str]:
    """The queries with their parameters bound."""
    queries = {query.name: query for query in catalogue()}
    with OxigraphStore(folder, read_only=True) as store:
        return {
            name: read(queries[name].text).bound(terms(store, queries[name], given)).text
            for name, given in ASKED.items()
        }


async def _compare(folder: Path, texts: dict[str, str], other: RdflibStore | None) -> None:
    pool = Pool(Settings(store=folder, workers=1, timeout=600, max_rows=1_000_000))
    started = time.perf_counter()
    await pool.start()
    print(f"a worker started in {time.perf_counter() - started:.2f} s")
    raw = pyoxigraph.Store.read_only(str(find(folder)))
    for name, text in texts.items():
        warm, bare = [], []
        for run in range(RUNS + 1):
            started = time.perf_counter()
            answer = await pool.ask(Request(kind="sparql", text=text))
            between = time.perf_counter()
            _raw(raw, text)
            if run:  # the first round does not count
                warm.append(between - started)
                bare.append(time.perf_counter() - between)
            assert answer.status == 200, answer.body
        line = f"{name:<26} worker {spread(warm)}  pyoxigraph {spread(bare)}  {ratio(warm, bare):.2f} times"
        if other is not None:
            started = time.perf_counter()
            other.query(text)
            seconds = time.perf_counter() - started
            line += f"  rdflib {seconds:.2f} s, {seconds / sorted(warm)[RUNS // 2]:.0f} times the worker"
        print(line, flush=True)
    await pool.stop()


def _raw(store: pyoxigraph.Store, text: str) -> bytes:
    found = store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    if isinstance(found, pyoxigraph.QueryTriples):
        return pyoxigraph.serialize(found, format=pyoxigraph.RdfFormat.TURTLE) or b""
    return found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""
