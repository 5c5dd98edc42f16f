"""The registry: the actors and places that are known by name, and how the actors are related.

It is data, not code: Turtle files and a table of towns in ontology/registry, whose README.md says how
they are kept. Files of one's own are given to `load` and may add names to what is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import RegistryError
from kg.registry.entries import Actor, Name, Place, Relation
from kg.registry.overlay import Change, Triple, overlaid
from kg.registry.own import read_own
from kg.registry.table import Table
from kg.registry.turtle import Description, Node, actors, describe, places, read, relations
from kg.resources import ontology_dir
from kg.vocab import DCTERMS, GEO, GRAPH, MKG, PREFIXES, RDF, SCHEMA, SKOS, XSD, iri, local, ref, types

__all__ = ["Actor", "Change", "Name", "Place", "Registry", "Relation", "laid_over", "load"]

Own: TypeAlias = Sequence[tuple[str, Sequence[Triple]]]
_TABLE = "places.tsv.gz"


class Places(Mapping[str, Place]):
    """Places by slug: the curated ones first, then the towns of the table, each made when it is asked for."""

    def __init__(self, curated: Mapping[str, Place], table: Table | None) -> None:
        self.curated = curated
        self.table = table

    def __getitem__(self, slug: str) -> Place:
        found = self.curated.get(slug)
        if found is not None:
            return found
        if self.table is None:
            raise KeyError(slug)
        return self.table.place(slug)

    def __contains__(self, slug: object) -> bool:
        return slug in self.curated or (self.table is not None and slug in self.table)

    def __iter__(self) -> Iterator[str]:
        yield from self.curated
        if self.table is not None:
            yield from (slug for slug in self.table if slug not in self.curated)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Registry:
    """Actors and places by slug, the relations of actors, and a digest of the files they came from.

    Two registries are equal only if they are the same object; compare `digest` for equal content.
    """

    def __init__(self, files: Sequence[Path], table: Path | None = None, *, own: Own = ()) -> None:
        """Read the registry.

        Args:
            files: Turtle files; several may describe one thing, and what they say adds up.
            table: the compiled table of towns.
            own: files of one's own, by name, that are laid over the rest in their order; `changes` says, by
                name, what they do.

        Raises:
            RegistryError: a file can't be read, an entry is incomplete, or it names what is not there.
        """
        self._triples = [triple for path in files for triple in read(path)]
        changes: dict[str, tuple[Change, ...]] = {}
        for name, triples in own:
            self._triples, changes[name] = overlaid(self._triples, triples)
        self.changes: Mapping[str, tuple[Change, ...]] = MappingProxyType(changes)
        self._things = things = describe(self._triples)
        self.relations: tuple[Relation, ...] = relations(things)
        self.actors: Mapping[str, Actor] = MappingProxyType(_with_families(actors(things, self.relations)))
        self.places = Places(places(things), Table(table) if table else None)
        self.digest = _digest([*files, *([table] if table else [])], own)
        self._check()

    def actor_names(self) -> Iterator[tuple[str, Name]]:
        """Yield the slug and each name of every actor."""
        for actor in self.actors.values():
            for name in actor.names:
                yield actor.slug, name

    def place_names(self) -> Iterator[tuple[str, Name]]:
        """Yield the slug and each name of every place, curated places first."""
        for place in self.places.curated.values():
            for name in place.names:
                yield place.slug, name
        for slug, names, strong in self.town_names():
            for i, text in enumerate(names):
                yield slug, Name(text, "en", strong and i == 0)

    def town_names(self) -> Iterator[tuple[str, tuple[str, ...], bool]]:
        """Yield slug, names and whether the first is strong, for the towns of the table alone."""
        if self.places.table is not None:
            for row in self.places.table.names():
                if row[0] not in self.places.curated:
                    yield row

    def unmatched_names(self) -> Iterator[tuple[str, str]]:
        """Yield the slug and each name by which only lists call an actor: kept for people who search."""
        for node, thing in self._things.items():
            if node.value.startswith(PREFIXES["actor"]):
                for value in thing.get(MKG.unmatchedLabel, ()):
                    yield node.value.removeprefix(PREFIXES["actor"]), value.value

    def described(self) -> Iterator[tuple[NamedNode, Description]]:
        """Yield every node of the files, own ones included, with what they say of it."""
        yield from self._things.items()

    def describes(self, node: NamedNode, predicate: NamedNode) -> bool:
        """Return whether the files give a node a value of a property."""
        return bool(self._things.get(node, {}).get(predicate))

    def sources_of(self, reference: str) -> tuple[str, ...]:
        """Return the titles of the documents that an entry cites."""
        cited = self._things.get(iri(reference), {}).get(DCTERMS.source, ())
        return tuple(self.title(ref(one)) if isinstance(one, NamedNode) else one.value for one in cited)

    def title(self, source: str) -> str:
        """Return the title of a source, its reference where the registry does not describe it."""
        titles = self._things.get(iri(source), {}).get(DCTERMS.title, ())
        return titles[0].value if titles else source

    def place(self, slug: str) -> Place:
        """Return the place with a slug.

        Raises:
            RegistryError: the registry has no such place.
        """
        try:
            return self.places[slug]
        except KeyError:
            raise RegistryError(f"the registry has no place {slug!r}: read the report again") from None

    def within(self, slug: str, container: str) -> bool:
        """Return whether a place is the container or lies in it, directly or not."""
        todo, seen = [slug], set()
        while todo:
            current = todo.pop()
            if current == container:
                return current in self.places
            if current not in seen and current in self.places:
                seen.add(current)
                todo.extend(self.places[current].within)
        return False

    def containers(self, slug: str) -> tuple[str, ...]:
        """Return the slugs of all places in which a place lies, nearest first, without itself."""
        found: list[str] = []
        todo = list(self.places[slug].within) if slug in self.places else []
        while todo:
            current = todo.pop(0)
            if current not in found and current != slug and current in self.places:
                found.append(current)
                todo.extend(self.places[current].within)
        return tuple(found)

    def quads(self) -> list[Quad]:
        """Return the registry graph in order: entries with super-classes and families, and relations.

        The towns of the table are not in it: `place_quads` describes those that a report mentions.
        """
        quads = {
            Quad(subject, predicate, value, GRAPH.registry) for subject, predicate, value in self._triples
        }
        for subject, predicate, value in self._triples:
            if predicate == RDF.type and isinstance(value, NamedNode) and value.value.startswith(MKG.IRI):
                quads.update(Quad(subject, RDF.type, node, GRAPH.registry) for node in types(local(value)))
        for actor in self.actors.values():
            if actor.family in self.actors:
                node, family = iri(f"actor:{actor.slug}"), iri(f"actor:{actor.family}")
                quads.add(Quad(node, MKG.family, family, GRAPH.registry))
        return sorted(quads, key=str)

    def place_quads(self, slug: str, graph: NamedNode) -> list[Quad]:
        """Return the description of a town of the table for a graph, in order; none for a curated place.

        Raises:
            RegistryError: the registry has no such place.
        """
        place = self.place(slug)
        if slug in self.places.curated:
            return []
        node = iri(f"place:{slug}")
        values: list[tuple[NamedNode, Node]] = [
            *((RDF.type, node_type) for node_type in types("Place")),
            (SKOS.prefLabel, Literal(place.name, language="en")),
            (MKG.placeType, iri(f"mkg-place-type:{place.kind}")),
            (MKG.country, iri(f"place:{place.country}")),
            *((GEO.sfWithin, iri(f"place:{parent}")) for parent in place.within),
            (SCHEMA.latitude, Literal(str(place.lat), datatype=XSD.decimal)),
            (SCHEMA.longitude, Literal(str(place.lon), datatype=XSD.decimal)),
            *((DCTERMS.identifier, Literal(text)) for text in place.identifier),
        ]
        return sorted((Quad(node, predicate, value, graph) for predicate, value in values), key=str)

    @cached_property
    def capitals(self) -> Mapping[str, str]:
        """The country (ISO 3166-1, lower case) of every capital, by the capital's slug."""
        return MappingProxyType(
            {place.capital: place.slug for place in self.places.curated.values() if place.capital}
        )

    @cached_property
    def demonyms(self) -> Mapping[str, tuple[str, ...]]:
        """The countries that a demonym may stand for ("Congolese": two), by the demonym."""
        found: dict[str, tuple[str, ...]] = {}
        for place in self.places.curated.values():
            for demonym in place.demonyms:
                found[demonym] = (*found.get(demonym, ()), place.slug)
        return MappingProxyType(found)

    def _check(self) -> None:
        for relation in self.relations:
            for slug in (relation.subject, relation.object):
                if slug not in self.actors:
                    raise RegistryError(f"{relation.ref} names {slug!r}, which is no actor of the registry")
        for actor in self.actors.values():
            for slug in (*actor.countries, *([actor.country] if actor.country else [])):
                if slug not in self.places:
                    raise RegistryError(
                        f"actor:{actor.slug} names {slug!r}, which is no place of the registry"
                    )
        for place in self.places.curated.values():
            for slug in (*place.within, *([place.capital] if place.capital else [])):
                if slug not in self.places:
                    raise RegistryError(
                        f"place:{place.slug} names {slug!r}, which is no place of the registry"
                    )


def load(own: Sequence[Path] = ()) -> Registry:
    """Return the registry of the package, with files of one's own laid over it; made once per content.

    Args:
        own: Turtle or CSV files; a later one overrides an earlier one.

    Raises:
        RegistryError: a file can't be read or contradicts the rest.
    """
    return laid_over([(str(path), read_own(path)) for path in own])


def laid_over(own: Sequence[tuple[str, Sequence[Triple]]]) -> Registry:
    """Return the registry of the package with triples of one's own, by the name of where they come from.

    Raises:
        RegistryError: they contradict the rest.
    """
    return _load(tuple((name, tuple(triples)) for name, triples in own))


@lru_cache(maxsize=4)
def _load(own: tuple[tuple[str, tuple[Triple, ...]], ...]) -> Registry:
    folder = ontology_dir() / "registry"
    table = folder / _TABLE
    return Registry(sorted(folder.glob("*.ttl")), table if table.exists() else None, own=own)


def _with_families(found: Mapping[str, Actor]) -> dict[str, Actor]:
    """Return the actors, each without a family of its own given that of its nearest parent that has one."""
    result = {}
    for slug, actor in found.items():
        todo, seen = [slug], {slug}
        family = actor.family
        while todo and not family:
            current = todo.pop(0)
            for parent in found[current].parents:
                if parent in found and parent not in seen:
                    seen.add(parent)
                    todo.append(parent)
                    family = family or (found[parent].family if found[parent].family != "state" else "")
        result[slug] = replace(actor, family=family) if family != actor.family else actor
    return result


def _digest(files: Sequence[Path], own: Own) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    for _, triples in own:
        total.update("\n".join(" ".join(map(str, triple)) for triple in triples).encode())
    return total.hexdigest()[:16]
