"""Reading a report whole: capitals put back, facts and mentions, then what the registry says each is."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.casing import Casing, as_printed
from kg.extract import Extractor
from kg.gazetteer import Gazetteer
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
        given, read = itertools.tee(reports)
        cased = (replace(report, text=self._casing.restored(report.text)) for report in read)
        for report, extraction in zip(given, self._extractor.extract(cased), strict=True):
            yield as_printed(self._resolver.resolve(extraction), report)
