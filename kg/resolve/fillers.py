"""The links of fillers: of the mention that is the filler's head, never of a name that only modifies it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Fact, Filler, Mention
from kg.resolve.known import ARMED, FORCES
from kg.resolve.passage import Passage

_BODIES = ("ArmedGroup", "StateForce", "InternationalForce", "Actor")
_HYPHENS = frozenset("-‐‑–")  # "al-Qaeda-linked", "pro-Iran": of others than the one named
_LONGEST = 300  # code points of a mention
_PLACES = ("Place", "Facility")


def linked_facts(passage: Passage) -> tuple[Fact, ...]:
    """Return the facts of a passage with their fillers linked; those of tactics keep their link."""
    linker = _Linker(passage)
    return tuple(linker.fact(fact) for fact in passage.extraction.facts)


class _Linker:
    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._starts = [m.start for m in passage.mentions]

    def fact(self, fact: Fact) -> Fact:
        roles = tuple((role, tuple(self.filler(f) for f in fillers)) for role, fillers in fact.roles)
        return replace(
            fact,
            roles=roles,
            speakers=tuple(self.filler(f) for f in fact.speakers),
            via=tuple(self.filler(f) for f in fact.via),
            channel=tuple(self.filler(f) for f in fact.channel),
        )

    def filler(self, filler: Filler) -> Filler:
        """Return a filler with its link: of the mention that ends with it, else of the members' group."""
        if filler.kind == "Tactic":
            return filler
        near = self._near(filler)
        heads = [m for m in near if _covers(m, filler) or m.end == filler.end]
        for mention in sorted(heads, key=lambda m: (_distance(m, filler), m.start)):
            if mention.link is not None and self._fits(filler, mention):
                return _linked(filler, mention.link)
        for mention in near:
            if self._of_members(filler, mention, heads):
                return _linked(filler, mention.link)
        return _linked(filler, None)

    def _near(self, filler: Filler) -> list[Mention]:
        """Return the mentions that overlap a filler, in text order."""
        first = bisect_left(self._starts, filler.start - _LONGEST)
        last = bisect_left(self._starts, filler.end)
        return [m for m in self._passage.mentions[first:last] if m.end > filler.start]

    def _fits(self, filler: Filler, mention: Mention) -> bool:
        """Return whether a mention's link can be what fills a role: a place, a person, a body."""
        if filler.kind in _PLACES:
            return mention.kind == "place" or (filler.kind == "Place" and mention.clues.form == "name")
        actor = self._passage.known.actors.get(mention.link or "")
        if actor is None or mention.kind != "actor":
            return False
        return filler.kind == "Actor" or (filler.kind == "Person") == (actor.kind == "Person")

    def _of_members(self, filler: Filler, mention: Mention, heads: Sequence[Mention]) -> bool:
        """Return whether a filler is the people of the group that a name inside it names: "JNIM fighters"."""
        actor = self._passage.known.actors.get(mention.link or "")
        within = filler.start <= mention.start and mention.end <= filler.end
        if actor is None or not within or mention.clues.form != "name" or filler.kind not in _BODIES:
            return False
        text = self._passage.extraction.report.text
        if _HYPHENS.intersection((text[mention.end : mention.end + 1], text[mention.start - 1])):
            return False
        other = any(
            m.clues.form == "description" and m.clues.sense == "part" and not m.clues.people for m in heads
        )
        return actor.kind in ARMED | FORCES and not other


def _linked(filler: Filler, link: str | None) -> Filler:
    return filler if filler.link == link else replace(filler, link=link)


def _covers(mention: Mention, filler: Filler) -> bool:
    return mention.start <= filler.start and filler.end <= mention.end


def _distance(mention: Mention, filler: Filler) -> int:
    return abs(mention.start - filler.start) + abs(mention.end - filler.end)
