"""An entry of the registry as a person reads it: its names, what it is, and its relations on a day."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.dates import iso_date
from kg.errors import UsageError
from kg.registry import Actor, Place, Registry, Relation
from kg.registry.lineage import first_day, holding


@dataclass(frozen=True, slots=True)
class Entry:
    """What the registry says of one actor or place.

    Attributes:
        kind: "actor" or "place".
        slug: its slug.
        name: its short name.
        lines: (heading, value) in the order in which they are read.
        relations: sentences of its relations with dates and source, in the order of their beginning.
    """

    kind: str
    slug: str
    name: str
    lines: tuple[tuple[str, str], ...]
    relations: tuple[str, ...] = field(default=())


def entry(registry: Registry, slug: str, *, day: str = "") -> Entry:
    """Return the entry with a slug.

    Args:
        registry: where to look.
        slug: of an actor or a place, with or without "actor:" or "place:" before it.
        day: an ISO day; only relations that hold on it are told, "" tells all.

    Raises:
        UsageError: there is no such entry, or the day is none.
    """
    if day and (len(day) != len("2017-03-02") or iso_date(day) != day):
        raise UsageError(f"{day!r} is no day; write it as 2017-03-02")
    kind, _, bare = slug.rpartition(":")
    if kind in ("", "actor") and bare in registry.actors:
        return _actor(registry, registry.actors[bare], day)
    if kind in ("", "place") and bare in registry.places:
        return _place(registry, registry.places[bare])
    raise UsageError(f"the registry has no entry {slug!r}: `kg registry search` finds one by its name")


def _actor(registry: Registry, actor: Actor, day: str) -> Entry:
    strong = [f"{name.text}@{name.lang}" for name in actor.names if name.strong]
    weak = [f"{name.text}@{name.lang}" for name in actor.names if not name.strong]
    lines = (
        ("class", actor.kind),
        ("strong names", ", ".join(strong)),
        ("weak names", ", ".join(weak)),
        ("theatre", ", ".join(registry.places[one].name for one in actor.countries)),
        ("country", registry.places[actor.country].name if actor.country else ""),
        ("active", _time(actor.active_from, actor.active_to)),
        ("family", actor.family),
        ("attributes", ", ".join(actor.attributes)),
        (
            "sources",
            "; ".join(registry.sources_of(f"actor:{actor.slug}")) or "editorial: names and kind only",
        ),
    )
    held = [one for one in registry.relations if actor.slug in (one.subject, one.object)]
    if day:
        held = list(holding(held, day))
    held.sort(key=lambda one: (one.valid_from and first_day(one.valid_from), one.ref))
    told = tuple(_sentence(registry, one) for one in held)
    return Entry("actor", actor.slug, actor.name, tuple(line for line in lines if line[1]), told)


def _place(registry: Registry, place: Place) -> Entry:
    names = [f"{name.text}@{name.lang}{'' if name.strong else ' (weak)'}" for name in place.names]
    where = f"{place.lat}, {place.lon}" if place.lat is not None else ""
    lines = (
        ("type", place.kind),
        ("names", ", ".join(names)),
        ("within", ", ".join(registry.containers(place.slug))),
        ("coordinates", where),
        ("identifiers", ", ".join(place.identifier)),
    )
    return Entry("place", place.slug, place.name, tuple(line for line in lines if line[1]))


def _sentence(registry: Registry, one: Relation) -> str:
    subject, object_ = (registry.actors[slug].name for slug in (one.subject, one.object))
    time = _time(one.valid_from, one.valid_to)
    return f"{subject} {one.predicate} {object_}{' ' if time else ''}{time} [{registry.title(one.source)}]"


def _time(begin: str, end: str) -> str:
    """Return a time in words, as precise as it is known; "" where it is not known at all."""
    if begin and end:
        return f"from {begin} to {end}"
    if begin:
        return f"since {begin}"
    return f"until {end}" if end else ""
