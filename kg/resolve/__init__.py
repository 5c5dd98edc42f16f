"""Resolution: which actor or place of the registry each mention of a report is, and why."""

from __future__ import annotations

from dataclasses import replace

from kg.gazetteer import Gazetteer
from kg.model import Extraction
from kg.registry import Registry
from kg.resolve.descriptions import settle_descriptions
from kg.resolve.fillers import linked_facts
from kg.resolve.governments import settle_governments
from kg.resolve.known import Known
from kg.resolve.names import settle_names
from kg.resolve.passage import Passage
from kg.resolve.places import settle_places

__all__ = ["Resolver"]


class Resolver:
    """Links mentions to a registry; made once, used for many reports."""

    def __init__(self, registry: Registry, gazetteer: Gazetteer | None = None) -> None:
        self._gazetteer = gazetteer or Gazetteer(registry)
        self._known = Known(registry, self._gazetteer)

    def resolve(self, extraction: Extraction) -> Extraction:
        """Return an extraction with its mentions and the fillers of its facts linked.

        Args:
            extraction: what the extractor gave; links in it are not kept.

        Returns:
            The same mentions in their order, each with a link or None, a reason that a reader can check,
            candidates and a confidence in [0, 1]; and the same facts, each filler with the link of the
            mention that is its head.
        """
        passage = Passage(extraction, self._known)
        if extraction.report.title:
            passage.read_title(self._gazetteer.matches(extraction.report.title))
        settle_places(passage)
        settle_names(passage)
        settle_governments(passage)
        settle_descriptions(passage)
        return replace(extraction, mentions=tuple(passage.mentions), facts=linked_facts(passage))
