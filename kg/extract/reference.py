"""Reference within a report: pronouns and descriptions ("the group") to the names that they stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from kg.extract.entity import Entity
from kg.extract.lexicon import plural
from kg.extract.passage import Passage, is_noun
from kg.extract.syntax import Token

_ANTECEDENTS = frozenset({"armed", "force", "government", "person", "official", "community", "civilian"})
_PERSON = frozenset({"person", "official"})
_BODY = frozenset({"armed", "force", "government"})
_PEOPLE = frozenset({"armed", "force", "civilian", "community"})
_ANTECEDENT_OF = {  # classes of what a pronoun can stand for; other pronouns stand for nothing here
    "he": _PERSON, "him": _PERSON, "his": _PERSON, "she": _PERSON,
    "it": _BODY, "its": _BODY, "itself": _BODY,
    "they": _PEOPLE, "them": _PEOPLE, "their": _PEOPLE, "themselves": _PEOPLE - {"civilian"},
}  # fmt: skip
_UNLIKE = frozenset(
    {("force", "armed"), ("armed", "force"), ("armed", "government")}
)  # no group has "its soldiers"
_OWNING = frozenset({"its", "their"})
_SINGULAR = frozenset({"it", "its", "itself"})  # stand for no body of men
_FIGHTING = frozenset({"they", "it", "them"})
_LATELY = 400  # code points before its sentence within which who fights was told
_NEAR = 200  # code points within which a second group named makes "the group" ambiguous
_REACH = 200  # phrases before within which a pronoun has its antecedent
_LONGEST = 2  # words of a description bare enough to stand for a name


class _Told(NamedTuple):
    """What can be referred to: antecedents and places in text order, and where subjects begin."""

    antecedents: Sequence[Entity]
    places: Sequence[Entity]
    subjects: frozenset[int]


class References:
    """Finds antecedents over the passages of one report (the title first)."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._sentences = sorted(
            p.tree.tokens[first].start for p in passages for first, last in p.tree.sents if first < last
        )
        self._collective = passages[0].lexicon.collective if passages else {}

    @cached_property
    def _told(self) -> _Told:
        """What the report tells of; asked for when the first pronoun is."""
        found, subjects, places = [], set(), []
        for passage in self._passages:
            for token in filter(_is_argument, passage.tree.tokens):
                entity = passage.entities.at(token.i)
                if entity.cls == "place" and entity.name and not entity.name.metonym:
                    places.append(entity)
                elif entity.cls in _ANTECEDENTS:
                    found.append(entity)
                if token.dep in ("nsubj", "nsubjpass"):
                    subjects.add(entity.start)
        order = attrgetter("start")
        return _Told(sorted(found, key=order), sorted(places, key=order), frozenset(subjects))

    @cached_property
    def _bearers(self) -> frozenset[str]:
        """The nouns for men of a body, in singular and plural."""
        words = self._collective.get("bearers", frozenset())
        return words | {plural(word) for word in words}

    def resolved(self, entity: Entity) -> Entity | None:
        """Return what an entity stands for: a name for itself, None for a pronoun without antecedent."""
        if entity.pronoun:
            return self._pronoun(entity)
        if entity.owner in _OWNING and entity.people and not entity.names:
            return self._owner(entity) or entity
        if entity.cls == "geography" and entity.definite and not entity.names:
            return self._place(entity) or entity
        described = entity.cls == "armed" and entity.definite and not entity.people
        if described and not entity.name and not entity.country:
            return self._described(entity) or entity
        return entity

    def fighter(self, entity: Entity) -> Entity | None:
        """Return the last armed body or force before "they" or "it", None where none was told lately."""
        if entity.key not in _FIGHTING:
            return None
        reach = self._start(entity) - _LATELY
        before = (e for e in self._before(entity) if e.cls in ("armed", "force") and e.start >= reach)
        return next(
            (replace(e, definite=True) for e in before if not (entity.key == "it" and e.people)), None
        )

    def _owner(self, entity: Entity) -> Entity | None:
        """Return the body whose men are meant: "its men", "their fighters" are those of the group before."""
        if entity.cls not in _BODY and entity.key.split()[-1] not in self._bearers:
            return None
        found = self._pronoun(replace(entity, label=entity.owner, pronoun=True), whose=True)
        if found is None or found.cls not in _BODY or found.people:
            return None
        return None if (entity.cls, found.cls) in _UNLIKE else found

    def _place(self, entity: Entity) -> Entity | None:
        """Return the last place named before "the town"."""
        settlement = entity.key in self._collective.get("settlements", ())
        before = _before(self._told.places, entity) if settlement else []
        return next((place for place in before if place.name and place.name.may_be_town), None)

    def _before(self, entity: Entity) -> list[Entity]:
        """Return what can be referred to before an entity, nearest first."""
        return _before(self._told.antecedents, entity)

    def _start(self, entity: Entity) -> int:
        """Return where the sentence of an entity begins."""
        position = bisect_right(self._sentences, entity.start) - 1
        return self._sentences[max(0, position)] if self._sentences else 0

    def _pronoun(self, entity: Entity, *, whose: bool = False) -> Entity | None:
        """Return the nearest antecedent of a class that a pronoun can stand for; "it" is no body of men.

        Args:
            entity: the pronoun.
            whose: whether it only says whose men are meant.
        """
        classes = _ANTECEDENT_OF.get(entity.key, frozenset())
        owner = entity.key in _OWNING
        before = self._before(entity)
        begun = bool(before) and before[0].end <= self._start(entity)
        if entity.key in _SINGULAR and (
            entity.key not in _OWNING or whose or begun
        ):  # the subject of a sentence before what else it names
            before = sorted(
                before, key=lambda e: (e.start < self._start(entity), e.start not in self._told.subjects)
            )
        for other in before:
            if owner and other.cls == "armed" and not (other.name or other.names):
                continue  # "its leader" is of a group that was named
            if other.cls in classes and not (entity.key in _SINGULAR and other.people):
                found = self.resolved(other) if not other.name else other
                return replace(found, definite=True) if found else None
        return None

    def _described(self, entity: Entity) -> Entity | None:
        """Return the last armed group named before a bare description ("the group", "the militia")."""
        if entity.names or len(entity.label.split()) > _LONGEST:
            return None
        groups = [e for e in self._before(entity) if e.cls == "armed" and e.name and not e.people]
        near = [e for e in groups if groups[0].start - e.end < _NEAR] if groups else []
        return (
            groups[0] if len({e.key for e in near}) == 1 else None
        )  # two groups fit: neither is meant for sure


def _before(found: Sequence[Entity], entity: Entity) -> list[Entity]:
    """Return those of some entities in text order that end before another, the last of them first."""
    last = bisect_left(found, entity.start, key=lambda e: e.start)
    lately = found[max(0, last - _REACH) : last]
    return [e for e in reversed(lately) if e.end <= entity.start]


def _is_argument(token: Token) -> bool:
    """Whether a token heads a phrase of its own, not one that modifies another."""
    return token.name is not None or (is_noun(token) and token.dep not in ("compound", "nmod"))
