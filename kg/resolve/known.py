"""What linking asks of the registry: the forces of a country, the parts of a network, kin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.gazetteer import Gazetteer
from kg.registry import Registry

# English names of a country's services, behind its name or adjective, as state forces are called.
SERVICES: Mapping[str, tuple[str, ...]] = {
    "army": ("army", "armed forces", "military"),
    "police": ("police",),
    "gendarmerie": ("gendarmerie",),
}
ARMED = frozenset({"ArmedGroup"})
FORCES = frozenset({"StateForce", "InternationalForce"})
_BONDS = ("affiliatedTo", "allegianceTo", "memberOf", "mergedInto")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says of a mention: its link or None, why, how sure it is, and what else it may be."""

    slug: str | None
    reason: str
    confidence: float = 1.0
    candidates: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Bond:
    member: str
    begin: str
    end: str


class Known:
    """Indexes over a registry, made once."""

    def __init__(self, registry: Registry, gazetteer: Gazetteer) -> None:
        self.registry, self.actors = registry, registry.actors
        self._gazetteer = gazetteer
        self._bonds: dict[str, list[_Bond]] = defaultdict(list)  # by the one above
        self._groups: dict[str, set[str]] = defaultdict(set)  # of persons
        self._replaced: dict[str, str] = {}  # since when an actor has a successor
        self._read_relations()
        self._families: dict[str, list[str]] = defaultdict(list)
        for slug, actor in self.actors.items():
            if actor.kind in ARMED and actor.family not in ("", "state"):
                self._families[actor.family].append(slug)
        self._words = frozenset(word for actor in self.actors.values() for word in actor.attributes)
        self.governments = dict(self._governments())
        self._countries = {slug: country for country, slug in self.governments.items()}
        self._strong: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
        self._forces: dict[tuple[str, str], str | None] = {}

    def name(self, slug: str) -> str:
        """Return the preferred name of an actor of the registry."""
        return self.actors[slug].name

    def place_name(self, slug: str) -> str:
        """Return the preferred name of a place."""
        return self.registry.places[slug].name

    def _read_relations(self) -> None:
        for relation in self.registry.relations:
            if relation.predicate == "successorOf":
                self._replaced[relation.object] = relation.valid_from
            elif relation.predicate == "leads":
                self._groups[relation.subject].add(relation.object)
            elif relation.predicate in _BONDS:
                self._bonds[relation.object].append(
                    _Bond(relation.subject, relation.valid_from, relation.valid_to)
                )
                if self.actors[relation.subject].kind == "Person":
                    self._groups[relation.subject].add(relation.object)

    def _governments(self) -> Iterable[tuple[str, str]]:
        """Yield countries with the actor of the same name that is their government."""
        for slug, actor in self.actors.items():
            if actor.kind == "Government" and "government" in actor.attributes:
                for candidate in self._gazetteer.candidates(actor.name):
                    if candidate.kind == "place" and self.is_country(candidate.slug):
                        yield candidate.slug, slug

    # names and places

    def strong(self, name: str, candidates: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of some candidates for which a name suffices alone."""
        if (name, candidates) not in self._strong:
            sufficient = {c.slug for c in self._gazetteer.candidates(name) if c.strong}
            self._strong[name, candidates] = tuple(slug for slug in candidates if slug in sufficient)
        return self._strong[name, candidates]

    def is_country(self, slug: str) -> bool:
        """Return whether a slug is that of a country."""
        place = self.registry.places.curated.get(slug)
        return place is not None and place.kind == "country"

    def country(self, slug: str) -> str:
        """Return the country of a place, "" where it lies in none or is no place."""
        return self.registry.places[slug].country if slug in self.registry.places else ""

    def country_of(self, government: str) -> str:
        """Return the country of a government, "" for other actors."""
        return self._countries.get(government, "")

    def whereabouts(self, slug: str) -> frozenset[str]:
        """Return the countries in which a place lies or an actor is active."""
        if slug in self.actors:
            actor = self.actors[slug]
            return frozenset({*actor.countries, *([actor.country] if actor.country else [])})
        return frozenset({self.country(slug)} - {""})

    def theatres(self, slug: str) -> frozenset[str]:
        """Return the countries in which an actor, or a member of the network that it heads, is active."""
        members = (
            country for member in self._families.get(slug, ()) for country in self.actors[member].countries
        )
        return self.whereabouts(slug) | frozenset(members)

    # kinship

    def network(self, slug: str) -> bool:
        """Return whether an actor is at the top of a network of armed groups."""
        return slug in self._families

    def member(self, slug: str, network: str) -> bool:
        """Return whether an armed group belongs to a network, at any depth."""
        actor = self.actors[slug]
        return actor.kind in ARMED and actor.family == network

    def groups(self, person: str) -> frozenset[str]:
        """Return the groups that a person leads, led or belongs to."""
        return frozenset(self._groups.get(person, ()))

    def kin(self, slug: str) -> frozenset[str]:
        """Return the actors a step away: parents, members, leaders, groups led, the head of its network."""
        actor = self.actors[slug]
        found = {*actor.parents, *actor.leaders, *actor.former_leaders, *self.groups(slug)}
        found |= {bond.member for bond in self._bonds.get(slug, ())}
        if actor.family not in ("", "state"):
            found.add(actor.family)
        return frozenset(found - {slug})

    def describes(self, slug: str, word: str) -> bool:
        """Return whether a word that some actor of the registry is described by is true of this one."""
        return word not in self._words or word in self.actors[slug].attributes

    # who serves where

    def force(self, country: str, service: str) -> str | None:
        """Return the state force that serves a country, by its name in the registry ("Malian army")."""
        if (country, service) not in self._forces:
            self._forces[country, service] = self._force(country, service)
        return self._forces[country, service]

    def _force(self, country: str, service: str) -> str | None:
        place = self.registry.places[country]
        for owner in (*place.demonyms, place.name):
            for word in SERVICES.get(service, ()):
                for candidate in self._gazetteer.candidates(f"{owner} {word}"):
                    if candidate.kind == "actor" and self.actors[candidate.slug].country == country:
                        return candidate.slug
        return None

    def missions(self, owner: str, countries: Iterable[str], date: str) -> list[str]:
        """Return the international forces of an organisation in some countries on a date.

        Where no organisation is said (""), they are those that keep the peace.
        """
        wanted, found = set(countries), []
        for slug, actor in self.actors.items():
            if (
                actor.kind == "InternationalForce"
                and wanted & set(actor.countries)
                and not self._over(slug, date)
            ):
                bonds = [bond for bond in self._bonds.get(owner, ()) if bond.member == slug]
                fits = (
                    any(in_force(b.begin, b.end, date) for b in bonds)
                    if owner
                    else "peacekeeping" in actor.attributes
                )
                found += [slug] if fits else []
        return found

    def _over(self, slug: str, date: str) -> bool:
        """Return whether an actor had been succeeded by another on a date, or by now where there is none."""
        if slug not in self._replaced:
            return False
        since = self._replaced[slug]
        return not date or (since != "" and since[: len(date)] <= date[: len(since)])

    def affiliates(self, network: str, countries: Iterable[str], date: str) -> list[str]:
        """Return the groups directly under a network that are active in some countries on a date.

        Where one of them gathers others that are active there, it alone is returned; where the registry
        has no relation of any of them with the network, those that it counts to it are.
        """
        wanted = set(countries)

        def there(slugs: Iterable[str]) -> list[str]:
            armed = (slug for slug in slugs if self.actors[slug].kind in ARMED)
            return list(dict.fromkeys(slug for slug in armed if wanted & set(self.actors[slug].countries)))

        direct = there(self._members(network, date))
        if not there(bond.member for bond in self._bonds.get(network, ())):
            direct = there(slug for slug in self._families.get(network, ()) if slug != network)
        parts = {part for slug in direct for part in self._members(slug, date)}
        tops = [slug for slug in direct if slug not in parts]
        gathering = [slug for slug in tops if len(there(self._members(slug, date))) > 1]
        return gathering or tops

    def _members(self, slug: str, date: str) -> list[str]:
        """Return the actors that belong to another on a date."""
        return [bond.member for bond in self._bonds.get(slug, ()) if in_force(bond.begin, bond.end, date)]


def in_force(begin: str, end: str, date: str) -> bool:
    """Return whether a state holds on a date (ISO, any precision); without a date, whether it still holds."""
    if not date:
        return not end
    begun = not begin or begin[: len(date)] <= date[: len(begin)]
    return begun and (not end or date[: len(end)] <= end[: len(date)])
