"""Which unnamed actors are which actors: only a judgement says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.judgement import Judgement, decisions

_NOT_REGISTERED = ("actor:unnamed-", "actor:outlet-")


@dataclass(slots=True)
class Sets:
    """Disjoint sets of references that grow by merging. A set is called by its first member."""

    _set_of: dict[str, set[str]] = field(default_factory=dict)

    def members(self, reference: str) -> set[str]:
        """Return the set that a reference is in, at first itself alone."""
        return self._set_of.setdefault(reference, {reference})

    def merge(self, one: str, other: str) -> None:
        """Make one set of the sets of two references."""
        kept, moved = self.members(one), self.members(other)
        if kept is not moved:
            if len(kept) < len(moved):
                kept, moved = moved, kept
            kept |= moved
            self._set_of.update(dict.fromkeys(moved, kept))

    def all(self) -> list[set[str]]:
        """Return every set once, in no order."""
        return list({id(members): members for members in self._set_of.values()}.values())


def same_actors(judgements: Iterable[Judgement]) -> dict[str, tuple[str, str]]:
    """Return the canonical actor and the reason of each actor that a judgement makes another.

    The registry's actor is canonical, else the least reference. A pair judged different stays apart: the
    earlier of two decisions that would bring it together stands, and the later has no effect.
    """
    standing = [one for one in decisions(judgements).values() if one.key[0].startswith("actor:")]
    apart = [set(one.key) for one in standing if one.kind == "different"]
    sets = Sets()
    reasons: dict[str, str] = {}
    for judgement in standing:
        if judgement.kind != "same":
            continue
        together = sets.members(judgement.key[0]) | sets.members(judgement.key[1])
        registered = [actor for actor in together if not actor.startswith(_NOT_REGISTERED)]
        if len(registered) <= 1 and not any(pair <= together for pair in apart):
            sets.merge(*judgement.key)
            for actor in judgement.key:
                reasons.setdefault(actor, judgement.reason)
    canonical: dict[str, tuple[str, str]] = {}
    for members in sets.all():
        chosen = min(members, key=lambda actor: (actor.startswith(_NOT_REGISTERED), actor))
        for actor in members - {chosen}:
            canonical[actor] = (chosen, reasons.get(actor, ""))
    return canonical
