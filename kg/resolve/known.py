"""What the registry knows that linking asks for: the forces of a country, the affiliates of a network, kin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.gazetteer import Gazetteer
from kg.registry import Actor, Registry

# The English names of a country's services, as state forces are called in the registry.
SERVICES: Mapping[str, tuple[str, ...]] = {
    "army": ("army", "armed forces", "military"),
    "police": ("police",),
    "gendarmerie": ("gendarmerie",),
}
ARMED = frozenset({"ArmedGroup"})
FORCES = frozenset({"StateForce", "InternationalForce"})
BODIES = ARMED | FORCES | {"Government"}
_BONDS = ("affiliatedTo", "allegianceTo", "memberOf", "mergedInto")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says of a mention: its link or None, why, how sure, and what else it may be."""

    slug: str | None
    reason: str
    confidence: float = 1.0
    candidates: Sequence[str] = ()


class Known:
    """Indexes over a registry, made once."""

    def __init__(self, registry: Registry, gazetteer: Gazetteer) -> None:
        self.registry = registry
        self.actors = registry.actors
        self._gazetteer = gazetteer
        self.governments = {
            place: slug
            for slug, actor in self.actors.items()
            if actor.kind == "Government" and "government" in actor.attributes
            for place in self._own_country(actor)
        }
        self._groups: dict[str, set[str]] = defaultdict(set)
        self._bonds: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for relation in registry.relations:
            if relation.predicate == "leads":
                self._groups[relation.subject].add(relation.object)
            elif relation.predicate in _BONDS:
                self._bonds[relation.object].append(
                    (relation.subject, relation.valid_from, relation.valid_to)
                )
                if self.actors[relation.subject].kind == "Person":
                    self._groups[relation.subject].add(relation.object)
        self.attributes = frozenset(word for actor in self.actors.values() for word in actor.attributes)
        self._families: dict[str, set[str]] = defaultdict(set)
        for actor in self.actors.values():
            if actor.kind in ARMED and actor.family not in ("", "state"):
                self._families[actor.family].add(actor.slug)

    def _own_country(self, actor: Actor) -> tuple[str, ...]:
        return tuple(
            c.slug
            for name in actor.names[:1]
            for c in self._gazetteer.candidates(name.text)
            if c.kind == "place" and len(c.slug) == 2
        )

    def strong(self, name: str, candidates: Iterable[str]) -> list[str]:
        """Return those of some candidates for which a name suffices alone."""
        sufficient = {c.slug for c in self._gazetteer.candidates(name) if c.strong}
        return [slug for slug in candidates if slug in sufficient]

    def country(self, slug: str) -> str:
        """Return the country of a place, "" where it lies in none."""
        return self.registry.places[slug].country if slug in self.registry.places else ""

    def whereabouts(self, slug: str) -> frozenset[str]:
        """Return the countries in which a place lies or an actor is active."""
        if slug in self.actors:
            actor = self.actors[slug]
            return frozenset({*actor.countries, *([actor.country] if actor.country else [])})
        return frozenset({self.country(slug)} - {""})

    def theatres(self, slug: str) -> frozenset[str]:
        """Return the countries in which an actor, or a member of the network that it heads, is active."""
        return self._theatres(slug)

    @lru_cache(maxsize=4096)  # noqa: B019 -- lives as long as the resolver does
    def _theatres(self, slug: str) -> frozenset[str]:
        actor = self.actors[slug]
        found = {*actor.countries, *([actor.country] if actor.country else [])}
        for member in self._families.get(slug, ()):
            found |= set(self.actors[member].countries)
        return frozenset(found)

    def country_of(self, slug: str) -> str:
        """Return the country of a government, "" for other actors."""
        return next((place for place, owner in self.governments.items() if owner == slug), "")

    def network(self, slug: str) -> bool:
        """Return whether an actor is at the top of a network of armed groups."""
        return slug in self._families

    def groups(self, person: str) -> frozenset[str]:
        """Return the groups that a person leads, led or belongs to."""
        return frozenset(self._groups.get(person, ()))

    @lru_cache(maxsize=4096)  # noqa: B019
    def kin(self, slug: str) -> frozenset[str]:
        """Return the actors a step away: parents, members, leaders, groups led, and the head of its network."""
        actor = self.actors[slug]
        found = {*actor.parents, *actor.leaders, *actor.former_leaders, *self.groups(slug)}
        found |= {member for member, _, _ in self._bonds.get(slug, ())}
        if actor.family not in ("", "state"):
            found.add(actor.family)
        return frozenset(found - {slug})

    def force(self, country: str, service: str) -> str | None:
        """Return the state force that serves a country, by its name in the registry ("Malian army")."""
        place = self.registry.places[country]
        for owner in (*place.demonyms, place.name):
            for word in SERVICES.get(service, ()):
                for candidate in self._gazetteer.candidates(f"{owner} {word}"):
                    if candidate.kind == "actor" and self.actors[candidate.slug].country == country:
                        return candidate.slug
        return None

    def missions(self, owner: str, countries: Iterable[str], date: str, *, peacekeeping: bool) -> list[str]:
        """Return the international forces of an organisation (any where "") in some countries on a date."""
        wanted, found = set(countries), []
        for slug, actor in self.actors.items():
            if actor.kind != "InternationalForce" or "mission" not in actor.attributes:
                continue
            if peacekeeping and "peacekeeping" not in actor.attributes:
                continue
            if not wanted & set(actor.countries) or (owner and not self._belongs(slug, owner, date)):
                continue
            found.append(slug)
        return found

    def _belongs(self, slug: str, owner: str, date: str) -> bool:
        bonds = [bond for bond in self._bonds.get(owner, ()) if bond[0] == slug]
        return any(in_force(begin, end, date) for _, begin, end in bonds)

    def affiliates(self, network: str, countries: Iterable[str], date: str) -> list[str]:
        """Return the groups of a network in some countries: those under it directly, umbrellas before their parts.

        Where one of them gathers others that are active there, it alone is returned.
        """
        wanted = set(countries)
        direct = [
            member
            for member, begin, end in self._bonds.get(network, ())
            if self.actors[member].kind in ARMED
            and in_force(begin, end, date)
            and wanted & set(self.actors[member].countries)
        ]
        direct = list(dict.fromkeys(direct))
        umbrellas = [slug for slug in direct if self._gathers(slug, wanted)]
        return umbrellas or direct

    def _gathers(self, slug: str, countries: set[str]) -> bool:
        members = {member for member, _, _ in self._bonds.get(slug, ())}
        return any(
            self.actors[m].kind in ARMED and countries & set(self.actors[m].countries) for m in members
        )

    def describes(self, slug: str, word: str) -> bool:
        """Return whether a word that some actor of the registry is described by is true of this one."""
        return word not in self.attributes or word in self.actors[slug].attributes


def in_force(begin: str, end: str, date: str) -> bool:
    """Return whether a state holds on a date, all in ISO precision; without a date, whether it still holds."""
    if not date:
        return not end
    return (not begin or begin[: len(date)] <= date[: len(begin)]) and (
        not end or date[: len(end)] <= end[: len(date)]
    )
