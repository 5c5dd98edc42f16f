"""The rules that the registry is held to, and what breaks them, each with what mends it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.curation.order import entries
from kg.dates import iso_date
from kg.gazetteer import key
from kg.registry import Name, Registry
from kg.registry.lineage import LINEAGE, cycles, first_day, last_day
from kg.registry.sheet import KINDS, SLUG
from kg.validate import validate
from kg.vocab import DCTERMS, MKG, SKOS, iri, ref

CLASSES = frozenset({*KINDS.values(), "Civilians"})
PLACE_TYPES = ("country", "region", "city", "area", "facility")
SORT = "kg registry check --fix"
_PLACEHOLDER = re.compile(
    r"\b(TODO|FIXME|XXX|TBD|KKL|placeholder|example\.(?:com|org))\b|\?\?", re.IGNORECASE
)
_JOINED = re.compile(r"[;|@{}<>]")
_IN_LIFE = (*LINEAGE, "leads", "mediaArmOf", "splitFrom", "successorOf")
"""Relations that take place while both their actors exist; a listing may outlive whom it names."""
_LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, MKG.weakLabel, MKG.unmatchedLabel)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong with the registry.

    Attributes:
        rule: the name of the rule that it breaks.
        where: the reference of the entry, or the name of the file.
        message: what is wrong.
        mend: what to do about it, a command where one does it.
    """

    rule: str
    where: str
    message: str
    mend: str


def findings(registry: Registry, files: Sequence[Path] = (), *, shapes: bool = True) -> list[Finding]:
    """Return what is wrong with a registry, in order; empty where all is well.

    Args:
        registry: the registry, with files of one's own laid over it or without.
        files: Turtle files whose order and wording are looked at too.
        shapes: whether the shapes of the ontology are checked: of the whole registry, which takes seconds,
            or with files of one's own of what they speak of.
    """
    found = {one for rule in _RULES for one in rule(registry)}
    found.update(one for path in files if path.suffix == ".ttl" for one in _file(path))
    found.update(_twins(files))
    if shapes:
        found.update(_shapes(registry))
    return sorted(found)


def _file(path: Path) -> Iterator[Finding]:
    text = path.read_text(encoding="utf-8")
    keys = entries(text)
    if keys != sorted(keys):
        first = next(one for one, other in zip(keys, sorted(keys), strict=True) if one != other)
        yield Finding("order", path.name, f"{':'.join(first)} is not in its place", f"run: {SORT} {path}")
    if hit := _PLACEHOLDER.search(text):
        yield Finding(
            "placeholder", path.name, f"holds {hit.group()!r}", "write what a source says, or leave it out"
        )


def _twins(files: Sequence[Path]) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for path in (path for path in files if path.suffix == ".ttl"):
        for one in entries(path.read_text(encoding="utf-8")):
            if one in seen:
                yield Finding(
                    "twin", ":".join(one), f"stands in {seen[one]} and {path.name}", "join the two entries"
                )
            seen[one] = path.name


def _slugs(registry: Registry) -> Iterator[Finding]:
    for kind, slugs in (("actor", registry.actors), ("place", registry.places.curated)):
        for slug in slugs:
            if not SLUG.fullmatch(slug):
                mend = "use lower-case ASCII letters, digits and single hyphens"
                yield Finding("slug", f"{kind}:{slug}", "is no slug", mend)


def _classes(registry: Registry) -> Iterator[Finding]:
    for actor in registry.actors.values():
        if actor.kind not in CLASSES:
            yield Finding("class", f"actor:{actor.slug}", f"{actor.kind} is no class of actors",
                          f"use one of {', '.join(sorted(CLASSES))}")  # fmt: skip
    for place in registry.places.curated.values():
        if place.kind not in PLACE_TYPES:
            yield Finding("class", f"place:{place.slug}", f"{place.kind} is no type of places",
                          f"use one of {', '.join(PLACE_TYPES)}")  # fmt: skip


def _sources(registry: Registry) -> Iterator[Finding]:
    for node, thing in registry.described():
        where = ref(node)
        if where.startswith(("actor:", "assertion:")) and not thing.get(DCTERMS.source):
            editorial = where.startswith("actor:")
            if not (editorial and thing.get(MKG.editorial)):
                mend = "add dcterms:source" + (
                    ", or mkg:editorial true for name and kind" if editorial else ""
                )
                yield Finding("source", where, "cites no source", mend)
        for value in (*thing.get(DCTERMS.source, ()), *thing.get(MKG.speaker, ())):
            if isinstance(value, NamedNode) and not registry.describes(value, DCTERMS.title):
                yield Finding("source", where, f"cites {ref(value)}, which is not described",
                              "describe it in sources.ttl with its title")  # fmt: skip
    for one in registry.relations:
        if not one.source.startswith("source:"):
            yield Finding(
                "source", one.ref, "its speaker is no source", "make the speaker the source it cites"
            )


def _strong_names(registry: Registry) -> Iterator[Finding]:
    """A strong name belongs to one actor and to one place; a weak label mends what does not."""
    for kind, names in (("actor", registry.actor_names()), ("place", registry.place_names())):
        owners: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for slug, name in names:
            if name.strong:
                owners[key(name.text)].setdefault(slug, name.text)
        for slugs in owners.values():
            if len(slugs) > 1:
                text, shared = (
                    next(iter(slugs.values())),
                    " and ".join(f"{kind}:{slug}" for slug in sorted(slugs)),
                )
                yield Finding("strong name", f"{kind}:{min(slugs)}", f"{text!r} is a strong name of {shared}",
                              "make it a mkg:weakLabel (column weak) of all but the usual one")  # fmt: skip
    countries = {key(name.text): place.slug for place in registry.places.curated.values()
                 for name in place.names if name.strong}  # fmt: skip
    for slug, name in registry.actor_names():
        if name.strong and (place := countries.get(key(name.text))):
            shared = f"{name.text!r} is a strong name of place:{place} too"
            yield Finding("strong name", f"actor:{slug}", shared, "make it a mkg:weakLabel of the actor")


def _names(registry: Registry) -> Iterator[Finding]:
    strengths: dict[tuple[str, str, bool], bool] = {}
    for kind, names in (("actor", registry.actor_names()), ("place", _curated_names(registry))):
        for slug, name in names:
            where = f"{kind}:{slug}"
            if name.text != " ".join(name.text.split()):
                yield Finding("name", where, f"white space in {name.text!r}", "write single spaces")
            if not any(sign.isalnum() for sign in name.text):
                yield Finding("name", where, f"{name.text!r} has no letters", "leave it out")
            if _JOINED.search(name.text):
                yield Finding("name", where, f"{name.text!r} looks like two names joined", "part them")
            if kind == "actor":  # ISIS is strong, Isis a goddess too: case may part them
                shape = (slug, key(name.text), name.text.isupper())
                if strengths.setdefault(shape, name.strong) != name.strong:
                    yield Finding("name", where, f"{name.text!r} is strong and weak in two spellings",
                                  "make all spellings the same")  # fmt: skip


def _curated_names(registry: Registry) -> Iterator[tuple[str, Name]]:
    for place in registry.places.curated.values():
        for name in place.names:
            yield place.slug, name


def _labels(registry: Registry) -> Iterator[Finding]:
    for node, thing in registry.described():
        for label in _LABELS:
            for value in thing.get(label, ()):
                if not isinstance(value, Literal) or not value.language:
                    yield Finding(
                        "name", ref(node), f"{value.value!r} has no language", 'add one, as in "JNIM"@en'
                    )


def _relations(registry: Registry) -> Iterator[Finding]:
    for slug in cycles(registry.relations):
        yield Finding("lineage", f"actor:{slug}", "stands above itself on one day", "mend its relations")
    for one in registry.relations:
        yield from _not_iso(one.ref, one.valid_from, one.valid_to)
        if one.valid_from and one.valid_to and first_day(one.valid_from) > last_day(one.valid_to):
            yield Finding(
                "date", one.ref, f"ends {one.valid_to} before it begins {one.valid_from}", "mend its dates"
            )
        if one.predicate == "leads" and registry.actors[one.subject].kind != "Person":
            yield Finding(
                "leader", one.ref, f"{one.subject} leads and is no person", "make it a mkg:Person, or mend it"
            )


def _not_iso(where: str, *dates: str) -> Iterator[Finding]:
    for date in dates:
        if date and iso_date(date) != date:
            yield Finding("date", where, f"{date!r} is no ISO date", "write 2017, 2017-03 or 2017-03-02")


def _periods(registry: Registry) -> Iterator[Finding]:
    """When an actor was active comes from a source, and its dates are in order."""
    for actor in registry.actors.values():
        where, begin, end = f"actor:{actor.slug}", actor.active_from, actor.active_to
        yield from _not_iso(where, begin, end)
        if begin and end and first_day(begin) > last_day(end):
            yield Finding("date", where, f"is active to {end} before it is from {begin}", "mend its dates")
        if (begin or end) and not registry.describes(iri(where), DCTERMS.source):
            yield Finding("source", where, "has an active period and cites no source", "add dcterms:source")


def _lives(registry: Registry) -> Iterator[Finding]:
    """No relation that needs both its actors is told outside the time of one of them."""
    for one in (one for one in registry.relations if one.predicate in _IN_LIFE):
        for actor in (registry.actors[one.subject], registry.actors[one.object]):
            ended, begun = actor.active_to, actor.active_from
            if one.valid_from and ended and first_day(one.valid_from) > last_day(ended):
                yield Finding("date", one.ref, f"begins {one.valid_from}, when {actor.slug} ended {ended}",
                              "mend one of the dates")  # fmt: skip
            if one.valid_to and begun and last_day(one.valid_to) < first_day(begun):
                yield Finding("date", one.ref, f"ends {one.valid_to}, before {actor.slug} began {begun}",
                              "mend one of the dates")  # fmt: skip


def _places(registry: Registry) -> Iterator[Finding]:
    for place in registry.places.curated.values():
        where = f"place:{place.slug}"
        if (place.lat is None) != (place.lon is None):
            yield Finding("place", where, "has one coordinate", "give both or none")
        elif (
            place.lat is not None
            and place.lon is not None
            and not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180)
        ):
            yield Finding("place", where, f"lies at {place.lat}, {place.lon}", "mend its coordinates")
        if place.country and place.kind != "country" and not registry.within(place.slug, place.country):
            yield Finding("place", where, f"is not within place:{place.country}", "add geo:sfWithin")
        if place.slug in registry.containers(place.slug):
            yield Finding("place", where, "contains itself", "mend geo:sfWithin")


def _shapes(registry: Registry) -> Iterator[Finding]:
    quads = registry.quads()
    if registry.changes:
        own = {one.node for changes in registry.changes.values() for one in changes}
        quads = [quad for quad in quads if isinstance(quad.subject, NamedNode) and quad.subject.value in own]
    for one in validate(quads).violations:
        value = f" ({one.value})" if one.value else ""
        yield Finding(
            "shape", one.focus, f"{one.path}: {one.message}{value}", "see ontology/shapes/registry.ttl"
        )


_RULES: tuple[Callable[[Registry], Iterator[Finding]], ...] = (
    _slugs, _classes, _sources, _strong_names, _names, _labels, _relations, _periods, _lives, _places,
)  # fmt: skip
