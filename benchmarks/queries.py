"""Every named query on many events: by pyoxigraph on disk and in memory, in a warm worker, and in rdflib.

    python -m benchmarks queries                       10,000 events
    KG_EVENTS=1000,10000,100000 python -m benchmarks queries
    KG_QUERIES=contested,tactics python -m benchmarks queries

pyoxigraph and rdflib are timed by the processor's clock, in one process; the worker, which is another
process, by the wall clock, in turn with pyoxigraph. The copy in memory, which is what
`kg serve --in-memory` asks, compares with rdflib's graph like with like; it is made up to KG_IN_MEMORY events
(100,000), and rdflib's up to KG_RDFLIB (10,000: 2 GB and more per million quads), which gives up on a query
after KG_CAP seconds (60). Beyond that KG_RDFLIB_PART=1 gives it the derived graphs, and what reports say
of their statements, a third of the quads, and asks what needs no others. A store of 500,000 events or more
is made of renamed copies of a smaller one, and pyoxigraph alone is asked, KG_CAP seconds of the clock each.
A store is kept, and used again, in the folder KG_BENCH_STORE.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph

from benchmarks.corpus import Corpus
from benchmarks.filling import copied, filled
from benchmarks.timing import memory, ratio
from kg.maintenance import DERIVED
from kg.query import catalogue
from kg.query.named import Parameter
from kg.query.params import terms
from kg.query.tuned import for_oxigraph
from kg.registry import load
from kg.serve import Settings
from kg.serve.hand import Processes
from kg.serve.message import Request
from kg.serve.pool import Pool
from kg.store import OxigraphStore, RdflibStore
from kg.store.folder import find
from kg.store.sparql import read
from kg.vocab import GRAPH, MKG, PREFIXES, RDFS, ref

SIZES = [int(size) for size in os.environ.get("KG_EVENTS", "10000").split(",")]
ONLY = frozenset(os.environ.get("KG_QUERIES", "").split(",")) - {""}
MOST_FOR_RDFLIB = int(os.environ.get("KG_RDFLIB", "10000"))
MOST_IN_MEMORY = int(os.environ.get("KG_IN_MEMORY", "100000"))
COPIED_FROM = 500_000  # events from which a store is made of renamed copies of a smaller one
CAP = int(os.environ.get("KG_CAP", "60"))
PART = bool(os.environ.get("KG_RDFLIB_PART"))
WITHIN = frozenset(
    ("allegiance-on-day", "allegiances", "attacks-at-place", "attacks-by-actor", "attacks-in-period",
     "casualties-by-actor-year", "claims", "contested", "control", "co-perpetrators-and-allies",
     "deaths-of-leaders", "denials", "designations", "hedged", "label-search", "leaders", "network",
     "planned", "statements-of-speaker", "targets-of-actor", "timeline", "to-review", "top-targets", "under")
)  # fmt: skip
"""Queries that need no more of reports than the properties `OF_STATEMENTS`."""
OF_STATEMENTS = (MKG.speaker, MKG.quote, MKG.certainty, MKG.report, RDFS.label)
RUNS = 5
LONG = 0.5  # seconds from which a query is run twice only


class _TooLongError(Exception):
    """The cap on one query of rdflib is reached."""


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for size in SIZES:
            folder = Path(os.environ.get("KG_BENCH_STORE") or scratch) / f"{size}"
            started = time.process_time()
            if not folder.exists():
                (filled if size < COPIED_FROM else copied)(folder, size)
            print(f"{size:,} events, made in {time.process_time() - started:.0f} s of processor", flush=True)
            with OxigraphStore(folder, read_only=True) as store:
                texts, plain = _texts(store)
            if size >= COPIED_FROM:
                _alone(folder, texts)
                continue
            found = asyncio.run(_ours(folder, texts))
            held = _held(folder, texts) if size <= MOST_IN_MEMORY else {}
            part = {name: text for name, text in plain.items() if name.partition(",")[0] in WITHIN}
            whole = size <= MOST_FOR_RDFLIB
            other = _theirs(folder, plain if whole else part, whole=whole) if whole or PART else {}
            _table(found, held, other)


def _texts(store: OxigraphStore) -> tuple[dict[str, str], dict[str, str]]:
    """The queries, whole and narrowed where they can be, with parameters bound to what is busiest.

    First as `kg.query` has Oxigraph answer them, then as they are written.
    """
    corpus = Corpus(load())
    first = {pool: corpus.slugs(pool) for pool in ("groups", "towns")}
    around = sorted(corpus.registry.containers(first["towns"][0]))[-1]
    events = Counter(str(quad.object) for quad in store.found(p=MKG.canonical, g=GRAPH.identity))
    busiest = max(events, key=lambda event: ("/event/" in event, events[event], event))
    values = {
        "actor": f"actor:{first['groups'][0]}", "place": f"place:{around}", "event": busiest,
        "report": ref(min((quad.subject for quad in store.found(p=MKG.run)), key=str)),  # type: ignore[arg-type]
        "date": "2015-06-15", "since": "2014-01", "until": "2014-06", "string": "wire 1",
    }  # fmt: skip

    def value(parameter: Parameter) -> str:
        return values.get(parameter.type) or parameter.type.split("|")[0]  # the first of a choice

    texts: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for query in catalogue():
        if ONLY and query.name not in ONLY:
            continue
        needed = {one.name: value(one) for one in query.parameters if one.default is None}
        narrowed = {one.name: value(one) for one in query.parameters} | (
            {"other": f"actor:{first['groups'][1]}"} if query.name == "who-says-so-of-actors" else {}
        )
        for label, given in ((query.name, needed), (f"{query.name}, narrowed", narrowed)):
            if label == query.name or given != needed:
                bound = terms(store, query, given)
                texts[0][label] = for_oxigraph(query, bound).text
                texts[1][label] = read(query.text).bound(bound).text
    return texts


async def _ours(folder: Path, texts: Mapping[str, str]) -> dict[str, tuple[float, float, int]]:
    """Return of each query the seconds of pyoxigraph, how often that a worker takes, and the rows' bytes."""
    settings = Settings(store=folder, workers=1, timeout=600, max_rows=10_000_000, max_bytes=1 << 30)
    pool = Pool(settings, Processes(settings))
    started = time.perf_counter()
    await pool.start()
    print(f"a worker started in {time.perf_counter() - started:.2f} s")
    raw = pyoxigraph.Store.read_only(str(find(folder)))
    found = {}
    for name, text in texts.items():
        warm: list[float] = []
        bare: list[float] = []
        busy: list[float] = []
        size = len(_raw(raw, text))
        await pool.ask(Request(kind="sparql", text=text))  # the first round does not count
        while len(warm) < (2 if bare and bare[0] > LONG else RUNS):
            started, used = time.perf_counter(), time.process_time()
            _raw(raw, text)
            between = time.perf_counter()
            busy.append(time.process_time() - used)
            bare.append(between - started)
            answer = await pool.ask(Request(kind="sparql", text=text))
            warm.append(time.perf_counter() - between)
            assert answer.status == 200, answer.body
        found[name] = statistics.median(busy), ratio(warm, bare), size
        print(f"{name}: {found[name][0]:.3f} s, {found[name][1]:.2f}", file=sys.stderr, flush=True)
    await pool.stop()
    return found


def _alone(folder: Path, texts: Mapping[str, str]) -> None:
    """Print what pyoxigraph takes for each query at first and again, in a process that can be killed."""
    print("| query | first s | again s | answer kB |\n|---|---|---|---|")
    for name, text in texts.items():
        ours, theirs = multiprocessing.Pipe(duplex=False)
        asked = multiprocessing.Process(target=_asked, args=(folder, text, theirs))
        asked.start()
        theirs.close()
        taken, size = [], 0
        for _ in range(2):
            if not ours.poll(CAP):
                taken.append(f">{CAP}")
                break
            seconds, size = ours.recv()
            taken.append(f"{seconds:.3f}")
        asked.kill()
        asked.join()
        first, again = [*taken, ""][:2]
        print(f"| {name} | {first} | {again} | {size / 1000:,.0f} |", flush=True)


def _asked(folder: Path, text: str, answers: Connection) -> None:
    store = pyoxigraph.Store.read_only(str(find(folder)))
    for _ in range(2):
        used = time.process_time()
        size = len(_raw(store, text))
        answers.send((time.process_time() - used, size))


def _raw(store: pyoxigraph.Store, text: str) -> bytes:
    found = store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    if isinstance(found, pyoxigraph.QueryTriples):
        return pyoxigraph.serialize(found, format=pyoxigraph.RdfFormat.TURTLE) or b""
    return found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""


def _held(folder: Path, texts: Mapping[str, str]) -> dict[str, float]:
    """Return the seconds that each query takes in memory."""
    raw, held = pyoxigraph.Store.read_only(str(find(folder))), pyoxigraph.Store()
    started = time.process_time()
    held.extend(iter(raw))
    print(f"read into memory in {time.process_time() - started:.0f} s; {memory():,.0f} MB", flush=True)
    found = {}
    for name, text in texts.items():
        taken: list[float] = []
        _raw(held, text)
        while len(taken) < (2 if taken and taken[0] > LONG else RUNS):
            used = time.process_time()
            _raw(held, text)
            taken.append(time.process_time() - used)
        found[name] = statistics.median(taken)
    return found


def _theirs(folder: Path, texts: Mapping[str, str], *, whole: bool) -> dict[str, float | None]:
    """Return the seconds that rdflib takes for each query, None where the cap is reached.

    Not whole, it gets what is curated and derived, a fifth of the quads, and `OF_STATEMENTS`.
    """
    started = time.process_time()
    other = RdflibStore()
    with OxigraphStore(folder, read_only=True) as store:
        if whole:
            other.add(store.found())
        else:
            other.add(quad for graph in (GRAPH.registry, *DERIVED) for quad in store.found(g=graph))
            for name in OF_STATEMENTS:
                other.add(store.found(p=name))
    print(f"rdflib loaded in {time.process_time() - started:.0f} s", flush=True)
    signal.signal(signal.SIGPROF, _stop)
    found: dict[str, float | None] = {}
    for name, text in texts.items():
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, CAP)
        try:
            other.query(text)
            found[name] = time.process_time() - started
        except _TooLongError:
            found[name] = None
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        print(f"rdflib {name}: {found.get(name) or CAP:.2f} s", file=sys.stderr, flush=True)
    return found


def _stop(*_: object) -> None:
    raise _TooLongError


def _table(
    found: Mapping[str, tuple[float, float, int]],
    held: Mapping[str, float],
    other: Mapping[str, float | None],
) -> None:
    print("| query | on disk s | worker / on disk | in memory s | rdflib s | / disk | / memory | answer kB |")
    print("|---|---|---|---|---|---|---|---|")
    for name, (seconds, factor, size) in found.items():
        theirs, times = "", ("", "")
        if name in other:
            capped = other[name] is None
            slow = other[name] or CAP
            theirs = f"{'>' * capped}{slow:.2f}"
            ours = (seconds, held.get(name))
            times = tuple(f"{'>' * capped}{slow / one:.0f}" if one else "" for one in ours)
        memory_ = f"{held[name]:.3f}" if name in held else ""
        cells = (name, f"{seconds:.3f}", f"{factor:.2f}", memory_, theirs, *times)
        print(f"| {' | '.join(cells)} | {size / 1000:,.0f} |", flush=True)
