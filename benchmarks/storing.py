"""Loading and sorted Turtle, against rdflib on the same data: seconds of processor and memory.

python -m benchmarks storing                   1,000 and 10,000 reports, rdflib beside
KG_BENCH=100000 python -m benchmarks storing   also 100,000; rdflib, which needs 2 kB a quad, sits that out
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.growth import BATCH, maintenance, sizes
from benchmarks.timing import memory

RDFLIB_MOST = 10_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes():
            at = Path(folder) / str(size)
            at.mkdir()
            made = _child("make", size, at)
            print(f"{size:>7} reports, {made['quads']:,} quads")
            loads = [_child("load", size, at)]
            exports = [_child("export", size, at)]
            if size <= RDFLIB_MOST:
                loads.append(_child("load_rdflib", size, at))
                exports.append(_child("export_rdflib", size, at))
            _show("load N-Quads", loads)
            _show("sorted Turtle", exports)


def _show(name: str, found: list[dict]) -> None:
    parts = [f"{one['seconds']:8.1f} s {one['peak']:6.0f} MB ({one['grown']:+.0f})" for one in found]
    ratio = f"  {found[1]['seconds'] / found[0]['seconds']:.1f} times" if len(found) > 1 else ""
    print(f"        {name:<14} ours {'  rdflib '.join(parts)}{ratio}", flush=True)


def _child(case: str, size: int, folder: Path) -> dict:
    command = [sys.executable, "-m", "benchmarks.storing", case, str(size), str(folder)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])


def make(size: int, folder: Path) -> dict:
    """A store of invented reports with all that follows from them, and the same as N-Quads."""
    from kg.registry import load as registry
    from kg.store import open_store

    corpus = Corpus(registry())
    with open_store(folder / "store") as store:
        upkeep = maintenance(store, corpus)
        for number, start in enumerate(range(0, size, BATCH)):
            upkeep.update(corpus.graphs(start, min(size, start + BATCH)))
            if number % 16 == 15:
                store.flush()
        with (folder / "all.nq").open("w", encoding="utf-8") as stream:
            stream.writelines(f"{quad} .\n" for quad in store.found())
        return {"quads": len(store)}


def load(size: int, folder: Path) -> dict:
    """From the file into a store on disk, in transactions as large as a build's."""
    from pyoxigraph import RdfFormat, parse

    from kg.store import open_store

    with open_store(folder / "loaded") as store:
        quads = parse(path=str(folder / "all.nq"), format=RdfFormat.N_QUADS)
        while batch := list(islice(quads, 10_000)):
            store.add(batch)
        store.flush()
    return {}


def load_rdflib(size: int, folder: Path) -> dict:
    import rdflib

    rdflib.Dataset().parse(folder / "all.nq", format="nquads")
    return {}


def export(size: int, folder: Path) -> dict:
    from kg.export import export as write
    from kg.store import open_store

    with open_store(folder / "store", read_only=True) as store:
        write(store, folder / "graph.ttl")
    return {}


def export_rdflib(size: int, folder: Path) -> dict:
    """The same triples in memory, written by rdflib's serialiser; reading them in is not counted."""
    import rdflib

    graph = rdflib.Graph().parse(folder / "graph.ttl")
    begun = time.process_time()
    graph.serialize(folder / "rdflib.ttl", format="turtle")
    return {"seconds": time.process_time() - begun}


if __name__ == "__main__":
    case, size, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    before, begun = memory(), time.process_time()
    answer = globals()[case](size, folder)
    seconds = time.process_time() - begun
    print(json.dumps({"seconds": seconds, "peak": memory(), "grown": memory() - before, **answer}))
    sys.stdout.flush()
    os._exit(0)  # rdflib takes seconds to forget a large graph
