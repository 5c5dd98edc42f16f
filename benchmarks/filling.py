"""A store of invented reports with all that follows from them, made at once rather than report by report.

`kg.accept.derive` gives the bytes that builds give, and Oxigraph's bulk loader makes no transactions.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from pyoxigraph import Quad, RdfFormat, Store

from benchmarks.corpus import Corpus
from kg.accept import derive
from kg.judgement import Judgement
from kg.registry import load
from kg.store import open_store
from kg.store.folder import find
from kg.store.load import pieces

ORIGINAL = 10_000
PIECE = 200_000_000  # bytes that the bulk loader is given at a time
_OF_REPORT = (
    b"/id/report/", b"/id/telling/", b"/id/mention/", b"/id/assertion/", b"/id/event/", b"/id/proposition/",
    b"/id/state/", b"/id/actor/unnamed-", b"/id/place/unnamed-",
)  # fmt: skip
REPORTS_PER_EVENT = 1.124  # of the corpus: some reports tell an event again, some events are not accepted
BATCH = 64


def filled(folder: Path, events: int) -> int:
    """Make a store that holds about so many accepted events; return how many quads it has."""
    corpus = Corpus(load())
    judged: list[Judgement] = []
    lines = folder.with_suffix(".nq")
    with lines.open("w", encoding="utf-8") as out:
        told = _kept(_told(corpus, math.ceil(events * REPORTS_PER_EVENT), judged), out)
        derived = derive(told, corpus.registry, judged)  # which reads the judgements after all reports
        out.writelines(f"{quad} .\n" for quad in (*derived, *corpus.registry.quads()))
    with open_store(folder):
        pass
    store = Store(str(find(folder)))
    store.bulk_load(path=str(lines), format=RdfFormat.N_QUADS)
    store.optimize()
    count = len(store)
    lines.unlink()
    return count


def copied(folder: Path, events: int) -> int:
    """Make a store of renamed copies of one of `ORIGINAL` events; return how many quads it has.

    What is of one report has a name of its own in each copy; actors, places and texts are the same in all.
    """
    lines = folder.with_suffix(".nq")
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        filled(Path(scratch) / "store", ORIGINAL)
        original = Store.read_only(str(find(Path(scratch) / "store")))
        original.dump(str(lines), format=RdfFormat.N_QUADS)
        del original
    with open_store(folder):
        pass
    store = Store(str(find(folder)))
    for number in range(math.ceil(events / ORIGINAL)):
        for piece in pieces(lines, PIECE):
            store.bulk_load(_renamed(piece, number), format=RdfFormat.N_QUADS)
        if number % 10 == 9:
            print(f"{(number + 1) * ORIGINAL:,} events copied", flush=True)
    store.optimize()  # unmerged, such files answer hardly anything
    lines.unlink()
    return len(store)


def _renamed(lines: bytes, number: int) -> bytes:
    """Return lines in which what is of one report has the names of a copy."""
    for beginning in _OF_REPORT:
        lines = lines.replace(beginning, b"%s%d-" % (beginning, number))
    return lines


def _told(corpus: Corpus, reports: int, judged: list[Judgement]) -> Iterator[Quad]:
    """Yield the graphs of reports, and add to `judged` what was decided on them."""
    for start in range(0, reports, BATCH):
        for graph in corpus.graphs(start, min(reports, start + BATCH)).values():
            judged += corpus.judgements(graph)
            yield from graph


def _kept(quads: Iterable[Quad], out: TextIO) -> Iterator[Quad]:
    """Yield quads on, each also written as a line."""
    for quad in quads:
        out.write(f"{quad} .\n")
        yield quad
