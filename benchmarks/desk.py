"""Writes the text of one invented report beside its mentions and facts."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Evidence, Extraction, Fact, Filler, Mention, Report
from kg.registry import Registry


class Desk:
    """The desk of one report: what it writes has the offsets that its mentions and facts name."""

    def __init__(self, registry: Registry, publisher: str) -> None:
        self._registry = registry
        self._publisher = publisher
        self._text = ""
        self._mentions: dict[tuple[int, int], Mention] = {}
        self._facts: list[Fact] = []

    def write(self, words: str) -> tuple[int, int]:
        """Append words and return their span."""
        start = len(self._text) + bool(self._text)
        self._text = f"{self._text} {words}" if self._text else words
        return start, start + len(words)

    def actor(self, slug: str, candidates: tuple[str, ...] = ()) -> Filler:
        """Name an actor of the registry; `candidates` are others that the linker weighed."""
        known = self._registry.actors[slug]
        return self._mention(known.name, "actor", known.kind, slug, candidates)

    def place(self, slug: str) -> Filler:
        """Name a place of the gazetteer."""
        return self._mention(self._registry.places[slug].name, "place", "Place", slug)

    def unnamed(self, words: str, kind: str) -> Filler:
        """Describe an actor or a facility that no name is given of: the linker leaves it NIL."""
        return self._mention(words, "place" if kind == "Facility" else "actor", kind, None)

    def fact(
        self,
        kind: str,
        trigger: str,
        certainty: str,
        *,
        roles: Sequence[tuple[str, tuple[Filler, ...]]],
        **more: object,
    ) -> str:
        """State a fact in a sentence of its own and return its id."""
        words = " and ".join(filler.label for _, fillers in roles for filler in fillers)
        start, end = self.write(f"{words}: they {trigger}.")
        at = start + len(words) + len(": they ")
        id_ = f"f{len(self._facts)}"
        evidence = Evidence(self._text[start:end], start, end, trigger)
        self._facts.append(
            Fact(id_, kind, tuple(roles), certainty=certainty, trigger=(at, at + len(trigger)),
                 evidence=evidence, confidence=0.9, **more)  # type: ignore[arg-type]
        )  # fmt: skip
        return id_

    def done(self, published: str, name: str) -> Extraction:
        """Return the report as read."""
        report = Report(
            self._text, f"Report {name}", publisher=self._publisher, published=published, given_ids=(name,)
        )
        mentions = tuple(one for _, one in sorted(self._mentions.items()))
        return Extraction(report, mentions, tuple(self._facts))

    def _mention(
        self, name: str, kind: str, class_: str, slug: str | None, candidates: tuple[str, ...] = ()
    ) -> Filler:
        start, end = self.write(name)
        reason = "strong alias" if slug else "a description"
        self._mentions[start, end] = Mention(start, end, name, kind, slug, reason, candidates)
        return Filler(name, start, end, class_, slug)
