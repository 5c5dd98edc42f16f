"""Relation drafts: how every rule makes one, and who can stand in a relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.draft import Draft
from kg.extract.entity import Entity
from kg.extract.lexicon import Trigger
from kg.extract.passage import Passage
from kg.extract.syntax import Token

PARTIES = frozenset(
    {"armed", "force", "government", "community", "person", "unknown", "official", "civilian"}
)
_REFLEXIVE = ("self", "selves")
_NEEDED = frozenset({"agent", "object", "party"})


def relation(passage: Passage, kind: str, token: Token, **roles: Iterable[Entity]) -> Iterator[Draft]:
    """Yield the draft of a relation, nothing where a role that it needs is empty or it ties one to itself."""
    draft = Draft(kind, token, Trigger(kind), passage.number)
    for role, entities in roles.items():
        draft.add(role, entities)
        if role in _NEEDED and not draft.role(role):
            return
    if {e.start for e in draft.role("agent")}.isdisjoint(e.start for e in draft.role("object")):
        yield draft


def parties(passage: Passage, heads: Iterable[int], classes: frozenset[str] = PARTIES) -> list[Entity]:
    """Return the entities of some heads that are of some classes, and the pronouns among them."""
    found = passage.entities.all_of(heads)
    return [e for e in found if e.cls in classes or e.pronoun or ("government" in classes and _rules(e))]


def _rules(entity: Entity) -> bool:
    """Whether the name of a place may stand for its government."""
    return entity.cls == "place" and entity.name is not None and entity.name.metonym


def of_class(passage: Passage, heads: Iterable[int], classes: frozenset[str]) -> list[Entity]:
    """Return the entities of some heads that are of some classes, without pronouns."""
    return [e for e in passage.entities.all_of(heads) if e.cls in classes]


def fitting(passage: Passage, heads: Iterable[int], kind: str, role: str) -> list[Entity]:
    """Return the entities of some heads that can fill a role of a relation, by their class."""
    classes = passage.lexicon.relates(kind, f"{role}_classes")
    found = []
    for entity in passage.entities.all_of(heads):
        if entity.cls == "place":
            fits = "place" in classes and _rules(entity)
        elif entity.cls == "unknown":
            fits = "unknown" in classes and is_proper(passage, entity)
        else:
            fits = entity.cls in classes or (entity.pronoun and not entity.key.endswith(_REFLEXIVE))
        if fits:
            found.append(entity)
    return found


def is_proper(passage: Passage, entity: Entity) -> bool:
    """Return whether an entity is a proper noun."""
    return entity.name is not None or passage.tree.tokens[entity.head].tag in ("NNP", "NNPS")


def within_field(passage: Passage, draft: Draft) -> bool:
    """Return whether an armed group, or somebody of one, stands in a relation."""
    found = [e for role in _NEEDED for e in draft.role(role)]
    return any(e.cls == "armed" or any(n.cls == "armed" for n in e.names) for e in found)
