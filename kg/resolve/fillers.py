"""The links of fillers: of the mention that is the filler's head, never of a name that only modifies it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from kg.model import Fact, Filler, Mention
from kg.resolve.known import BODIES
from kg.resolve.passage import Passage

_MEMBERS = ("ArmedGroup", "StateForce", "InternationalForce", "Actor")
_PLACES = ("Place", "Facility")


def linked_facts(passage: Passage) -> tuple[Fact, ...]:
    """Return the facts of a passage with their fillers linked; those of tactics keep their link."""
    linker = _Linker(passage)
    return tuple(linker.fact(fact) for fact in passage.extraction.facts)


class _Linker:
    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._ends = sorted((m.end, m.start, i) for i, m in enumerate(passage.mentions))

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
        inside = self._inside(filler)
        heads = [m for m in inside if m.end == filler.end or m.start == filler.start == m.end]
        heads.sort(key=lambda m: (_distance(m, filler), m.start))
        for mention in heads:
            if mention.link is not None and self._fits(filler, mention):
                return replace(filler, link=mention.link)
        for mention in inside:
            if mention.link is not None and self._members(filler, mention):
                return replace(filler, link=mention.link)
        return replace(filler, link=None)

    def _inside(self, filler: Filler) -> list[Mention]:
        """Return the mentions that overlap a filler, in text order."""
        first = bisect_left(self._ends, (filler.start + 1,))
        found = []
        for end, start, i in self._ends[first:]:
            if start < filler.end:
                found.append(self._passage.mentions[i])
            elif end > filler.end + 400:
                break
        return found

    def _fits(self, filler: Filler, mention: Mention) -> bool:
        if filler.kind in _PLACES:
            return mention.kind == "place" or filler.kind == "Place"
        return mention.kind == "actor"

    def _members(self, filler: Filler, mention: Mention) -> bool:
        """Return whether a filler is the people of a group named before its head: "JNIM fighters"."""
        actor = self._passage.known.actors.get(mention.link or "")
        if actor is None or mention.kind != "actor" or mention.clues.form != "name":
            return False
        described = any(
            m.clues.form == "description"
            and m.end == filler.end
            and m.clues.sense == "part"
            and not m.clues.people
            for m in self._inside(filler)
        )
        within = filler.start <= mention.start and mention.end <= filler.end
        return (
            within
            and actor.kind in BODIES
            and filler.kind in _MEMBERS
            and actor.kind != "Government"
            and not described
        )


def _distance(mention: Mention, filler: Filler) -> int:
    return abs(mention.start - filler.start) + abs(mention.end - filler.end)
