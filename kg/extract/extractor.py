"""The composition: a report's text to its mentions and facts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from kg.extract import lexicon as lexicons
from kg.extract.entities import Entities
from kg.extract.mentions import Mentions
from kg.extract.names import Name, Names
from kg.extract.parsing import morphology, trees
from kg.extract.passage import Passage
from kg.extract.reading import Reading
from kg.extract.selection import Selection
from kg.extract.syntax import Tree
from kg.extract.times import Times
from kg.gazetteer import Gazetteer
from kg.model import Extraction, Report
from kg.registry import Registry

BATCH = 64  # reports parsed at a time


class Extractor:
    """Reads facts out of reports; made once, used for many.

    Args:
        registry: the actors and places whose names are known.
        gazetteer: an index of those names; made here where none is given.
    """

    def __init__(self, registry: Registry, gazetteer: Gazetteer | None = None) -> None:
        self.registry = registry
        self.lexicon = lexicons.load()
        self.names = Names(gazetteer or Gazetteer(registry), registry, self.lexicon)
        self.times = Times(self.lexicon)
        self.mentions = Mentions(self.lexicon, registry.demonyms)
        self.demonyms = {d.lower(): countries[0] for d, countries in registry.demonyms.items()}
        self.selection = Selection(self.lexicon, self.demonyms, morphology().candidates)

    def extract(self, reports: Iterable[Report]) -> Iterator[Extraction]:
        """Yield the extraction of each report, in order; links are left to `kg.resolve`."""
        return (extraction for extraction, _ in self.parsed(reports))

    def parsed(self, reports: Iterable[Report]) -> Iterator[tuple[Extraction, tuple[Passage, ...]]]:
        """Yield the extraction of each report, in order, with the passages that it was read from."""
        waiting, lexicon = iter(reports), self.lexicon
        while batch := list(itertools.islice(waiting, BATCH)):
            named = [self.names.find(r.text) for r in batch]
            texts = ((r.text, names) for r, names in zip(batch, named, strict=True))
            parsed = trees(texts, plurals=lexicon.plurals, forms=lexicon.forms, selection=self.selection)
            for report, names, found in zip(batch, named, parsed, strict=True):
                yield self._read(report, names, found)

    def _read(
        self, report: Report, names: Sequence[Name], found: Sequence[Tree]
    ) -> tuple[Extraction, tuple[Passage, ...]]:
        entities = [Entities(tree, self.lexicon, self.demonyms) for tree in found]
        passages = [
            Passage(tree, made, self.lexicon, number)
            for number, (tree, made) in enumerate(zip(found, entities, strict=True))
        ]
        moments = self.times.find(report.text, report.published)
        facts = Reading(report, passages, moments).facts()
        mentions = self.mentions.find(report, names, found, entities)
        return Extraction(report, mentions, tuple(facts)), tuple(passages)
