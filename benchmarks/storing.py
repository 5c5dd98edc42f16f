"""Loading and sorted Turtle beside rdflib on the same data, and the engine alone at a larger size.

    python -m benchmarks storing                    1,000 and 10,000 reports, rdflib beside
    KG_BENCH=100000 python -m benchmarks storing    also 100,000; without rdflib (2 kB a quad)

Every case runs in a process of its own, ours and rdflib's in turn. Seconds are of the processor, all threads
counted, and of the clock; imports, and opening what is read, do not count. rdflib keeps a graph on disk only
in Berkeley DB, which is compared where the package `berkeleydb` is installed (it needs libdb-dev).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.growth import BATCH, maintenance
from benchmarks.timing import memory

RDFLIB_MOST = 10_000
LOADS = ("load_memory", "load_disk", "load_transactions")
RUNS = {1_000: 3}


def main() -> None:
    most = int(os.environ.get("KG_BENCH", "10000"))
    with tempfile.TemporaryDirectory() as folder:
        for size in [size for size in (1_000, 10_000, 100_000) if size <= most] or [most]:
            at = Path(folder) / str(size)
            at.mkdir()
            made = _child("make", size, at)
            print(f"{size:>7} reports, {made['quads']:,} quads", flush=True)
            _beside(LOADS, "load_rdflib", size, at)
            if size <= RDFLIB_MOST and find_spec("berkeleydb"):
                _beside(LOADS[1:], "load_rdflib_disk", size, at)
            _beside(("export",), "export_rdflib", size, at)


def _beside(ours: tuple[str, ...], theirs: str, size: int, folder: Path) -> None:
    """Run cases of ours and one of rdflib in turn, and print what each takes."""
    found: dict[str, list[dict]] = {case: [] for case in (*ours, theirs)}
    for _ in range(RUNS.get(size, 1)):
        for case in ours:
            found[case].append(_child(case, size, folder))
        if size <= RDFLIB_MOST:
            found[theirs].append(_child(theirs, size, folder))
    for case in (*ours, theirs) if found[theirs] else ours:
        _show(case, found[case], found[theirs] if case != theirs else [])


def _show(name: str, ours: list[dict], theirs: list[dict]) -> None:
    spent = [statistics.median(one[unit] for one in ours) for unit in ("seconds", "clock")]
    text = f"        {name:<18} {spent[0]:8.1f} s, {spent[1]:8.1f} s of the clock"
    text += f", {ours[-1]['grown']:6.0f} MB more"
    if theirs:
        pairs = list(zip(theirs, ours, strict=True))
        times = [statistics.median(a[unit] / b[unit] for a, b in pairs) for unit in ("seconds", "clock")]
        text += f"; rdflib takes {times[0]:.1f} times that, {times[1]:.1f} of the clock"
    print(text, flush=True)


def _child(case: str, size: int, folder: Path) -> dict:
    command = [sys.executable, "-m", "benchmarks.storing", case, str(size), str(folder)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])


def make(size: int, folder: Path) -> Iterator[dict]:
    """A store of invented reports with all that follows from them, and the same as N-Quads."""
    from kg.registry import load as registry
    from kg.store import OxigraphStore

    corpus = Corpus(registry())
    yield {}
    with OxigraphStore(folder / "store") as store:
        upkeep = maintenance(store, corpus)
        for number, start in enumerate(range(0, size, BATCH)):
            upkeep.update(corpus.graphs(start, min(size, start + BATCH)))
            if number % 16 == 15:
                store.flush()
        store.compact()
        with (folder / "all.nq").open("w", encoding="utf-8") as stream:
            stream.writelines(f"{quad} .\n" for quad in store.found())
        yield {"quads": len(store)}


def load_memory(_: int, folder: Path) -> Iterator[dict]:
    """From the file into a store in memory, as rdflib's is."""
    from kg.store import OxigraphStore
    from kg.store.load import pieces

    store = OxigraphStore()
    yield {}
    for piece in pieces(folder / "all.nq"):
        store.load(piece)
    yield {}


def load_disk(_: int, folder: Path) -> Iterator[dict]:
    """From the file into a store on disk, checked, as `kg store restore` does."""
    from kg.store.load import load

    with tempfile.TemporaryDirectory(dir=folder) as target:
        yield {}
        load(folder / "all.nq", Path(target) / "store")
        yield {}


def load_transactions(_: int, folder: Path) -> Iterator[dict]:
    """From the file into a store on disk, in transactions as large as a build's, without what it derives."""
    from pyoxigraph import RdfFormat, parse

    from kg.store import OxigraphStore

    with tempfile.TemporaryDirectory(dir=folder) as target, OxigraphStore(Path(target) / "store") as store:
        yield {}
        quads = parse(path=str(folder / "all.nq"), format=RdfFormat.N_QUADS)
        while batch := list(islice(quads, 10_000)):
            store.add(batch)
        store.flush()
        yield {}


def load_rdflib(_: int, folder: Path) -> Iterator[dict]:
    """From the file into rdflib's memory."""
    import rdflib
    import rdflib.plugins.parsers.nquads

    dataset = rdflib.Dataset()
    yield {}
    dataset.parse(folder / "all.nq", format="nquads")
    yield {}


def load_rdflib_disk(_: int, folder: Path) -> Iterator[dict]:
    """From the file into the one store on disk that comes with rdflib."""
    import rdflib
    import rdflib.plugins.parsers.nquads

    with tempfile.TemporaryDirectory(dir=folder) as target:
        dataset = rdflib.Dataset(store="BerkeleyDB")
        dataset.open(target, create=True)
        yield {}
        dataset.parse(folder / "all.nq", format="nquads")
        dataset.store.sync()
        yield {}
        dataset.close()


def export(_: int, folder: Path) -> Iterator[dict]:
    """From the store on disk to sorted Turtle."""
    from kg.export import export as write
    from kg.store import open_store

    with open_store(folder / "store", read_only=True) as store:
        yield {}
        write(store, folder / "graph.ttl")
        yield {}


def export_rdflib(_: int, folder: Path) -> Iterator[dict]:
    """The same triples in memory, written by rdflib's serialiser; reading them in is not counted."""
    import rdflib

    graph = rdflib.Graph().parse(folder / "graph.ttl")
    yield {}
    graph.serialize(folder / "rdflib.ttl", format="turtle")
    yield {}


if __name__ == "__main__":
    case, size, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    steps = globals()[case](size, folder)
    next(steps)
    before, begun, clock = memory(), time.process_time(), time.perf_counter()
    answer = next(steps)
    found = {"seconds": time.process_time() - begun, "clock": time.perf_counter() - clock}
    print(json.dumps({**found, "peak": memory(), "grown": memory() - before, **answer}))
    sys.stdout.flush()
    steps.close()
    os._exit(0)  # rdflib takes seconds to forget a large graph
