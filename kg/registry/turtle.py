"""From the Turtle files of the registry to its entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import RegistryError
from kg.registry.entries import Actor, Name, Place, Relation
from kg.vocab import DCTERMS, GEO, MKG, PREFIXES, RDF, SCHEMA, SKOS, local, ref

Node = NamedNode | Literal
Description = Mapping[NamedNode, Sequence[Node]]

_STATE_KINDS = ("StateForce", "InternationalForce", "Government")
_PARENTS = ("affiliatedTo", "allegianceTo", "mediaArmOf", "memberOf", "mergedInto")
_LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, MKG.weakLabel)


def read(path: Path) -> tuple[tuple[NamedNode, NamedNode, Node], ...]:
    """Return the triples of a Turtle file; one that has not changed is parsed once per process.

    Raises:
        RegistryError: the file can't be read, is not Turtle, or has blank nodes.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise RegistryError(f"{path}: not readable as Turtle ({error.strerror or error})") from error
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int, _size: int) -> tuple[tuple[NamedNode, NamedNode, Node], ...]:
    triples = []
    try:
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            subject, predicate, value = quad.subject, quad.predicate, quad.object
            if not isinstance(subject, NamedNode) or isinstance(value, BlankNode | Triple):
                raise RegistryError(f"{path}: give every node of the registry an IRI, no blank nodes")
            triples.append((subject, predicate, value))
    except (OSError, SyntaxError) as error:
        raise RegistryError(f"{path}: not readable as Turtle ({error})") from error
    return tuple(triples)


def describe(triples: Iterable[tuple[NamedNode, NamedNode, Node]]) -> dict[NamedNode, Description]:
    """Return what the triples say, by subject and predicate, values in a fixed order."""
    found: dict[NamedNode, dict[NamedNode, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        if value not in found[subject][predicate]:
            found[subject][predicate].append(value)
    for description in found.values():
        for values in description.values():
            values.sort(key=str)
    return dict(found)


def relations(things: Mapping[NamedNode, Description]) -> tuple[Relation, ...]:
    """Return the relations among the things described, ordered by reference."""
    found = []
    for node, thing in things.items():
        if MKG.Assertion not in thing.get(RDF.type, ()):
            continue
        found.append(
            Relation(
                ref(node),
                slug(_one(thing, MKG.subject, node)),
                local(_node(_one(thing, MKG.predicate, node))),
                slug(_one(thing, MKG.object, node)),
                _text(thing, MKG.validFrom),
                _text(thing, MKG.validTo),
                ref(_node(_one(thing, MKG.speaker, node))),
            )
        )
    return tuple(sorted(found, key=lambda relation: relation.ref))


def actors(things: Mapping[NamedNode, Description], related: Sequence[Relation]) -> dict[str, Actor]:
    """Return the actors among the things described, by slug in alphabetical order."""
    parents, leaders, former = _by_actor(related)
    found = {}
    for node, thing in _of_kind(things, "actor").items():
        key = slug(node)
        kind = local(_node(_one(thing, RDF.type, node)))
        family = _slugs(thing, MKG.family)
        found[key] = Actor(
            key,
            _one(thing, SKOS.prefLabel, node).value,
            kind,
            _names(thing),
            countries=_slugs(thing, MKG.theatre),
            country=next(iter(_slugs(thing, MKG.country)), ""),
            family="state" if kind in _STATE_KINDS else next(iter(family), ""),
            parents=tuple(sorted(parents[key])),
            leaders=tuple(sorted(leaders[key])),
            former_leaders=tuple(sorted(former[key] - leaders[key])),
            attributes=tuple(value.value for value in thing.get(MKG.attribute, ())),
            active_from=_text(thing, MKG.activeFrom),
            active_to=_text(thing, MKG.activeTo),
        )
    return dict(sorted(found.items()))


def places(things: Mapping[NamedNode, Description]) -> dict[str, Place]:
    """Return the places among the things described, by slug in alphabetical order."""
    found = {}
    for node, thing in _of_kind(things, "place").items():
        key = slug(node)
        kind = _node(_one(thing, MKG.placeType, node)).value.rpartition("#")[2]
        country = key if kind == "country" else next(iter(_slugs(thing, MKG.country)), "")
        found[key] = Place(
            key,
            _one(thing, SKOS.prefLabel, node).value,
            kind,
            _names(thing),
            country,
            _slugs(thing, GEO.sfWithin),
            lat=_number(thing, SCHEMA.latitude),
            lon=_number(thing, SCHEMA.longitude),
            demonyms=tuple(value.value for value in thing.get(MKG.demonym, ())),
            capital=next(iter(_slugs(thing, MKG.capital)), ""),
            identifier=tuple(value.value for value in thing.get(DCTERMS.identifier, ())),
        )
    return dict(sorted(found.items()))


def slug(node: Node) -> str:
    """Return the last part of an IRI, or the text of a literal."""
    return node.value.rpartition("/")[2]


def _of_kind(things: Mapping[NamedNode, Description], prefix: str) -> dict[NamedNode, Description]:
    base = PREFIXES[prefix]
    return {node: thing for node, thing in things.items() if node.value.startswith(base)}


def _by_actor(related: Sequence[Relation]) -> tuple[defaultdict[str, set[str]], ...]:
    """Return parents, leaders and former leaders by slug."""
    parents: defaultdict[str, set[str]] = defaultdict(set)
    leaders: defaultdict[str, set[str]] = defaultdict(set)
    former: defaultdict[str, set[str]] = defaultdict(set)
    for relation in related:
        if relation.predicate in _PARENTS and not relation.valid_to:
            parents[relation.subject].add(relation.object)
        elif relation.predicate == "leads":
            (former if relation.valid_to else leaders)[relation.object].add(relation.subject)
    return parents, leaders, former


def _names(thing: Description) -> tuple[Name, ...]:
    """Return the names of a thing: the short name first, a name that is also a weak label only once."""
    weak = {value.value for value in thing.get(MKG.weakLabel, ())}
    found: dict[tuple[str, str], Name] = {}
    for label in _LABELS:
        for value in thing.get(label, ()):
            lang = value.language or "en" if isinstance(value, Literal) else "en"
            found.setdefault((value.value, lang), Name(value.value, lang, value.value not in weak))
    return tuple(found.values())


def _one(thing: Description, predicate: NamedNode, node: NamedNode) -> Node:
    values = thing.get(predicate, ())
    if len(values) != 1:
        raise RegistryError(
            f"{node.value} has {len(values)} values of {predicate.value}: give it exactly one"
        )
    return values[0]


def _node(value: Node) -> NamedNode:
    if not isinstance(value, NamedNode):
        raise RegistryError(f"{value} should be an IRI")
    return value


def _text(thing: Description, predicate: NamedNode) -> str:
    return next((value.value for value in thing.get(predicate, ())), "")


def _number(thing: Description, predicate: NamedNode) -> float | None:
    text = _text(thing, predicate)
    try:
        return float(text) if text else None
    except ValueError:
        raise RegistryError(f"{text!r} is not a number: mend {predicate.value}") from None


def _slugs(thing: Description, predicate: NamedNode) -> tuple[str, ...]:
    return tuple(slug(value) for value in thing.get(predicate, ()))
