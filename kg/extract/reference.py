"""Reference within a report: pronouns and descriptions ("the group") to the names that they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.entities import Entities, Entity
from kg.extract.syntax import Tree

GROUP_CLASSES = frozenset({"armed"})
PRONOUNS = {
    "he": ("person", "official"), "him": ("person", "official"), "his": ("person", "official"), "she": ("person", "official"),
    "it": ("armed", "force", "government"), "its": ("armed", "force", "government"), "itself": ("armed", "force", "government"),
    "they": ("armed", "force", "civilian", "community"), "them": ("armed", "force", "civilian", "community"),
    "their": ("armed", "force", "civilian", "community"), "themselves": ("armed", "force", "community"),
    "who": (), "which": (), "that": (), "this": (), "these": (), "those": (), "we": (), "i": (), "you": (), "us": (), "our": (),
}  # fmt: skip


class References:
    """Finds antecedents over the trees of one report (the title first)."""

    def __init__(self, trees: Sequence[Tree], entities: Sequence[Entities]) -> None:
        self._found: list[Entity] = []
        self._places: list[Entity] = []
        for tree, made in zip(trees, entities, strict=True):
            for token in tree.tokens:
                if (
                    token.name is not None
                    or (token.pos in ("NOUN", "PROPN")
                    and token.dep not in ("compound", "nmod"))
                ):
                    entity = made.at(token.i)
                    if entity.cls == "place" and entity.name and not entity.name.metonym:
                        self._places.append(entity)
                    if entity.cls in (
                        "armed",
                        "force",
                        "government",
                        "person",
                        "official",
                        "community",
                        "civilian",
                    ):
                        self._found.append(entity)

    def resolved(self, entity: Entity) -> Entity | None:
        """Return what an entity stands for: itself when it is a name, None for a pronoun without antecedent."""
        if entity.pronoun:
            return self._pronoun(entity)
        if entity.cls == "geography" and entity.definite and not entity.names:
            return self._place(entity) or entity
        if (
            entity.cls == "armed"
            and entity.definite
            and not entity.people
            and not entity.name
            and not entity.country
        ):
            return self._described(entity) or entity
        return entity

    def _place(self, entity: Entity) -> Entity | None:
        """Return the last place named before "the town"."""
        if entity.label.lower() not in ("town", "city", "village", "locality", "hamlet"):
            return None
        before = [p for p in self._places if p.end <= entity.start]
        return before[-1] if before else None

    def _before(self, entity: Entity) -> list[Entity]:
        return [e for e in reversed(self._found) if e.end <= entity.start]

    def _pronoun(self, entity: Entity) -> Entity | None:
        classes = PRONOUNS.get(entity.label.lower(), ())
        for other in self._before(entity):
            if other.cls in classes and not (entity.label.lower() == "it" and other.people):
                found = self.resolved(other) if not other.name else other
                return replace(found, definite=True) if found else None
        return None

    def _described(self, entity: Entity) -> Entity | None:
        """Return the last armed group named before a bare description ("the group", "the militia")."""
        if entity.names or len(entity.label.split()) > 2:
            return None
        return next((e for e in self._before(entity) if e.cls == "armed" and e.name and not e.people), None)
