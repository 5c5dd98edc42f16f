"""Reading a report whole: capitals put back, facts and mentions, then what the registry says each is."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.casing import Casing, as_printed
from kg.extract import Extractor
from kg.extract.passage import Passage
from kg.gazetteer import Gazetteer
from kg.incidents import Incident, Sketch, incidents, load_weights, sketch
from kg.model import Extraction, Report
from kg.registry import Registry
from kg.resolve import Resolver


class Reading:
    """The extractor and the resolver on one registry; made once, used for many reports."""

    def __init__(self, registry: Registry) -> None:
        gazetteer = Gazetteer(registry)
        self._casing = Casing(registry, gazetteer)
        self._extractor = Extractor(registry, gazetteer)
        self._resolver = Resolver(registry, gazetteer)

    def extract(self, reports: Iterable[Report]) -> Iterator[Extraction]:
        """Yield one linked extraction a report, in their order."""
        for report, extraction, _ in self._read(reports):
            yield as_printed(extraction, report)

    def incidents(self, reports: Iterable[Report]) -> Iterator[list[Incident]]:
        """Yield the incidents that each report tells as a whole, in their order."""
        weights = load_weights()
        for report, extraction, passages in self._read(reports):
            yield incidents(weights, sketch(extraction, passages), report.text)

    def sketches(self, reports: Iterable[Report]) -> Iterator[Sketch]:
        """Yield what incidents are weighed by, a report at a time."""
        for _, extraction, passages in self._read(reports):
            yield sketch(extraction, passages)

    def _read(self, reports: Iterable[Report]) -> Iterator[tuple[Report, Extraction, tuple[Passage, ...]]]:
        """Yield each report with what its restored text gave, and the passages of that."""
        given, read = itertools.tee(reports)
        cased = (_with_text(report, self._casing.restored(report.text)) for report in read)
        for report, (extraction, passages) in zip(given, self._extractor.parsed(cased), strict=True):
            yield report, self._resolver.resolve(extraction), passages


def _with_text(report: Report, text: str) -> Report:
    return report if report.text == text else replace(report, text=text)
