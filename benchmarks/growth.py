"""What a build costs as the store grows, and what one report more or less costs then.

    python -m benchmarks growth             1,000 and 10,000 reports
    KG_BENCH=100000 python -m benchmarks growth    1,000, 10,000 and 100,000 (an hour on two busy cores)

Times are of the processor, since a machine that does other things too slows down the wall clock alone.
"""

from __future__ import annotations

import math
import os
import shutil
import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.timing import memory
from kg.maintenance import Maintenance
from kg.registry import load
from kg.store import open_store, size_bytes

BATCH = 64
FLUSH = 16
PROBES = 20


def sizes() -> list[int]:
    most = int(os.environ.get("KG_BENCH", "10000"))
    return [size for size in (1_000, 10_000, 100_000) if size <= most] or [most]


def main() -> None:
    folder = Path(os.environ.get("KG_BENCH_STORE") or tempfile.mkdtemp())
    found: list[tuple[int, float, float]] = []
    corpus = Corpus(load())
    try:
        with open_store(folder / "store") as store:
            upkeep = maintenance(store, corpus)
            done, seconds = 0, 0.0
            for size in sizes():
                seconds += fill(store, upkeep, corpus, done, size)
                done = size
                adding, taking = probe(store, corpus, size + 1_000)
                found.append((size, seconds, statistics.median(adding)))
                disk = size_bytes(folder / "store") / 1e6
                print(
                    f"{size:>7} reports  {len(store):>10,} quads  built in {seconds:8.1f} s of processor, "
                    f"{seconds / size * 1000:5.1f} ms each; {memory():5.0f} MB; {disk:,.0f} MB on disk"
                )
                print(f"        one more: {_ms(adding)}; one less: {_ms(taking)}", flush=True)
        for name, column in (("build", 1), ("one report more", 2)):
            for first, last in pairwise(found):
                slope = math.log(last[column] / first[column]) / math.log(last[0] / first[0])
                print(f"{name}: from {first[0]:,} to {last[0]:,}, time grows to the power of {slope:.2f}")
    finally:
        if "KG_BENCH_STORE" not in os.environ:
            shutil.rmtree(folder, ignore_errors=True)


def maintenance(store, corpus: Corpus) -> Maintenance:
    upkeep = Maintenance(store, corpus.registry, (), "benchmark")
    upkeep.refresh()
    return upkeep


def fill(store, upkeep: Maintenance, corpus: Corpus, start: int, stop: int) -> float:
    """Build the reports of some numbers and return the seconds of processor, without making them up."""
    seconds = 0.0
    for number, at in enumerate(range(start, stop, BATCH), 1):
        graphs = corpus.graphs(at, min(stop, at + BATCH))
        begun = time.process_time()
        upkeep.update(graphs)
        if number % FLUSH == 0:
            store.flush()
        seconds += time.process_time() - begun
    return seconds


def probe(store, corpus: Corpus, start: int) -> tuple[list[float], list[float]]:
    """Return the seconds of adding single reports and of taking them out again, as builds of their own."""
    adding, taking = [], []
    for number in range(start, start + PROBES):
        graphs = corpus.graphs(number, number + 1)
        for times, change in ((adding, (graphs,)), (taking, ({}, list(graphs)))):
            begun = time.process_time()
            maintenance(store, corpus).update(*change)
            times.append(time.process_time() - begun)
    return adding, taking


def _ms(seconds: list[float]) -> str:
    found = [value * 1000 for value in seconds]
    return f"{statistics.median(found):.0f} ms ({min(found):.0f}-{max(found):.0f})"
