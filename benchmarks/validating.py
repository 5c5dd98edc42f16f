"""Checking the graph against the shapes: SPARQL where the store lies, against pySHACL in memory.

The sample reports are built once and copied under other names until the store is of the size asked for.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from benchmarks.timing import alternate, ratio, spread
from kg import api
from kg.store import OxigraphStore
from kg.validate import validate
from kg.vocab import PREFIXES

COPIED = (
    *(
        PREFIXES[kind]
        for kind in ("report", "telling", "event", "proposition", "assertion", "mention", "state")
    ),
    *(f"{PREFIXES[kind]}unnamed-" for kind in ("actor", "place")),
)
LARGE = 20


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        api.build(*api.sample_sources(), store=Path(folder) / "store", out=Path(folder) / "out")
        with api.open(Path(folder) / "store") as graph:
            quads = list(graph.store.quads())
        with OxigraphStore(Path(folder) / "one") as store:
            store.add(quads)
            ours, theirs = alternate(
                lambda: validate(store), lambda: validate(store, engine="pyshacl"), runs=3
            )
            assert validate(store) == validate(store, engine="pyshacl")
        times = f"{ratio(theirs, ours):.1f} times"
        print(f"{len(quads)} quads: SPARQL {spread(ours)}  pySHACL {spread(theirs)}  {times}")
        with OxigraphStore(Path(folder) / "many") as store:
            for number in range(LARGE):
                store.add(list(dict.fromkeys(_copy(quad, number) for quad in quads)))
            begin = time.perf_counter()
            found = validate(store)
            print(
                f"{len(store)} quads: SPARQL {time.perf_counter() - begin:.1f} s, conforms: {found.conforms}"
            )


def _copy(quad: Quad, number: int) -> Quad:
    """The quad with what stands in a report, and what is derived from it, under another name."""
    return Quad(
        *(_renamed(term, number) for term in (quad.subject, quad.predicate, quad.object, quad.graph_name))
    )


def _renamed(term, number: int):
    return (
        NamedNode(f"{term.value}{number:04x}")
        if isinstance(term, NamedNode) and term.value.startswith(COPIED)
        else term
    )
