"""What the registry holds: actors, places, and the dated relations of actors, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an actor or a place.

    Attributes:
        text: the name as it is printed.
        lang: its language, an ISO 639-1 code.
        strong: whether it suffices alone to tell whom or what it means; a weak name needs the support of
            its context (a country, a parent, the full name nearby).
    """

    text: str
    lang: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of the registry.

    Attributes:
        slug: its name in IRIs, `actor:SLUG`.
        name: the short name in use, in English.
        kind: the local name of its class in the ontology, for instance "ArmedGroup".
        names: every name by which reports may call it, `name` among them.
        countries: the countries (ISO 3166-1, lower case) in which it is active.
        country: the country that a state force, government or outlet belongs to, or "".
        family: the slug of the network at the top of its affiliations, "state" for governments and their
            forces, or "".
        parents: slugs of what it belongs, pledged or is affiliated to now, in alphabetical order.
        leaders: slugs of the persons who lead it now.
        former_leaders: slugs of the persons whose lead has ended.
        attributes: lower-case words that are true of it and by which reports describe it.
        active_from: since when it has existed under its name, an ISO date in its precision, or "".
        active_to: until when, or "" while no end is known.
    """

    slug: str
    name: str
    kind: str
    names: tuple[Name, ...]
    countries: tuple[str, ...] = ()
    country: str = ""
    family: str = ""
    parents: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    former_leaders: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    active_from: str = ""
    active_to: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the registry.

    Attributes:
        slug: its name in IRIs, `place:SLUG`.
        name: the name in use, in English.
        kind: "country", "region", "city", "area" or "facility".
        country: the country (ISO 3166-1, lower case) it lies in; of a country, itself; "" across borders.
        within: slugs of the places that directly contain it.
        lat: latitude in degrees, None where unknown.
        lon: longitude in degrees, None where unknown.
        names: every name by which reports may call it, `name` among them.
        demonyms: of a country, the words for what belongs to it ("Malian").
        capital: of a country, the slug of its capital, or "".
        population: inhabitants, 0 where unknown; to choose among places of one name.
        identifier: the identifiers in gazetteers or standards, for instance "GeoNames 2457163".
    """

    slug: str
    name: str
    kind: str
    names: tuple[Name, ...]
    country: str = ""
    within: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    demonyms: tuple[str, ...] = ()
    capital: str = ""
    population: int = 0
    identifier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of two actors that a source states.

    Attributes:
        ref: the reference of its assertion, `assertion:SLUG`.
        subject: slug of the actor that is so related.
        predicate: local name of the relation in the ontology, for instance "memberOf".
        object: slug of the other actor.
        valid_from: since when, an ISO date in its precision, or "".
        valid_to: until when, or "" while no end is known.
        source: the reference of the document that says so, `source:SLUG`.
    """

    ref: str
    subject: str
    predicate: str
    object: str
    valid_from: str = ""
    valid_to: str = ""
    source: str = ""
