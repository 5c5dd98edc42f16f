"""Loading and asking the graph of the sample reports: Oxigraph on disk against rdflib in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.timing import alternate, ratio, spread
from kg import api
from kg.query import run
from kg.store import OxigraphStore, RdflibStore

QUERIES = ("contested", "top-targets", "who-says-so-of-actors", "allegiances")
PARAMETERS = {"who-says-so-of-actors": {"actor": "jnim"}}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        api.build(*api.sample_sources(), store=Path(folder) / "store", out=Path(folder) / "out")
        with api.open(Path(folder) / "store") as graph:
            quads = list(graph.store.quads())
    print(f"{len(quads)} quads")
    ours, theirs = alternate(lambda: _load(OxigraphStore, quads), lambda: _load(RdflibStore, quads), runs=3)
    print(f"{'load':<24} Oxigraph {spread(ours)}  rdflib {spread(theirs)}  {ratio(theirs, ours):.1f} times")
    fast, slow = _load(OxigraphStore, quads), _load(RdflibStore, quads)
    for name in QUERIES:
        given = PARAMETERS.get(name, {})
        ours, theirs = alternate(
            lambda name=name, given=given: run(fast, name, given),
            lambda name=name, given=given: run(slow, name, given),
            runs=3,
        )
        print(f"{name:<24} Oxigraph {spread(ours)}  rdflib {spread(theirs)}  {ratio(theirs, ours):.1f} times")


def _load(kind, quads):
    store = kind()
    store.add(quads)
    return store
