"""Stance: how sure the report is of a predicate, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.entity import Entity

RANK = ("asserted", "reported", "claimed", "suspected", "hypothetical", "negated", "denied")  # weakening


@dataclass(slots=True)
class Stance:
    """What holds of a predicate: certainty, who says so (innermost first), the cue words.

    Mutable while `kg.extract.scope` and `kg.extract.attribution` read the words around a predicate.
    """

    certainty: str = "asserted"
    speakers: list[Entity] = field(default_factory=list)
    cue: str = ""

    def copy(self) -> Stance:
        """Return the same stance with a list of speakers of its own."""
        return Stance(self.certainty, [*self.speakers], self.cue)

    def raise_to(self, certainty: str, cue: str) -> None:
        """Weaken the certainty, never strengthen it again."""
        if RANK.index(certainty) > RANK.index(self.certainty):
            self.certainty, self.cue = certainty, cue

    def add_speaker(self, entity: Entity, cue: str) -> None:
        """Add one who says so: what an armed group says is claimed, what others say reported."""
        if all(e.start != entity.start for e in self.speakers):
            self.speakers.append(entity)
        self.raise_to("claimed" if is_partisan(entity) else "reported", cue)


def is_partisan(entity: Entity) -> bool:
    """Return whether a speaker is an armed group or speaks for one."""
    if entity.cls == "armed":
        return True
    speaks_for = entity.cls in ("official", "person", "media", "source")
    return speaks_for and any(n.cls == "armed" for n in entity.names)
