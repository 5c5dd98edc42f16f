"""Which actors are part of which, in the registry, and which tactics are kinds of which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.resources import ontology_dir
from kg.vocab import SKOS, ref

if TYPE_CHECKING:
    from kg.registry import Registry


@dataclass(frozen=True, slots=True)
class Kinship:
    """The wholes that each thing is a part of, directly or not, by reference."""

    wholes: Mapping[str, frozenset[str]]

    def related(self, one: str, other: str) -> bool:
        """Tell whether two are the same, or one is part of the other."""
        return one == other or other in self.wholes.get(one, ()) or one in self.wholes.get(other, ())

    def any_related(self, ones: frozenset[str], others: frozenset[str]) -> bool:
        """Tell whether any of the ones is related to any of the others."""
        return bool(ones & others) or any(self.related(one, other) for one in ones for other in others)


def actor_kinship(registry: Registry) -> Kinship:
    """Return the kinship of actors: affiliations, memberships and parents now in force, leaders with them."""
    parents: dict[str, set[str]] = {}
    for slug, actor in registry.actors.items():
        parents.setdefault(f"actor:{slug}", set()).update(f"actor:{parent}" for parent in actor.parents)
        for leader in actor.leaders:
            parents.setdefault(f"actor:{leader}", set()).add(f"actor:{slug}")
    return Kinship(_closed(parents))


@cache
def tactic_kinship() -> Kinship:
    """Return the kinship of tactics, as the vocabulary's skos:broader has it."""
    broader: dict[str, set[str]] = {}
    path = ontology_dir() / "vocab" / "tactic.ttl"
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        if (
            quad.predicate == SKOS.broader
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode)
        ):
            broader.setdefault(ref(quad.subject), set()).add(ref(quad.object))
    return Kinship(_closed(broader))


def _closed(parents: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """Return the transitive closure; a thing in a cycle is a part of itself, which does no harm."""
    closed: dict[str, frozenset[str]] = {}
    for thing in parents:
        found: set[str] = set()
        frontier = list(parents[thing])
        while frontier:
            whole = frontier.pop()
            if whole not in found:
                found.add(whole)
                frontier.extend(parents.get(whole, ()))
        closed[thing] = frozenset(found)
    return closed
