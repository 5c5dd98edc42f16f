"""Reading a report whole: facts and mentions, then what the registry says each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract import Extractor
from kg.gazetteer import Gazetteer
from kg.model import Extraction, Report
from kg.registry import Registry
from kg.resolve import Resolver


class Reading:
    """The extractor and the resolver on one registry; made once, used for many reports."""

    def __init__(self, registry: Registry) -> None:
        gazetteer = Gazetteer(registry)
        self._extractor = Extractor(registry, gazetteer)
        self._resolver = Resolver(registry, gazetteer)

    def extract(self, reports: Iterable[Report]) -> Iterator[Extraction]:
        """Yield one linked extraction a report, in their order."""
        return map(self._resolver.resolve, self._extractor.extract(reports))
