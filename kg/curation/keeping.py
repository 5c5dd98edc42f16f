"""What the keepers of a registry do with it: select, add, bring in a table, check, put in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.curation.order import ordered
from kg.curation.rules import Finding, findings
from kg.curation.search import Found, search
from kg.curation.turtle import turtle
from kg.errors import RegistryError, UsageError
from kg.files import write
from kg.gazetteer import key
from kg.registry import Actor, Change, Registry, laid_over, load
from kg.registry.overlay import ADDS, Triple
from kg.registry.own import read_own
from kg.registry.sheet import KINDS, Fault, read_sheet, triples_of
from kg.resources import ontology_dir
from kg.vocab import PREFIXES

_SHOWN = 10
_OWN = "Actors of one's own, laid over the registry with --registry. Sorted."
_KIND_OF = {name: kind for kind, name in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Added:
    """An actor that was added to a file, and the entries that it might have been all along."""

    slug: str
    alike: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a table did: the lines that were left out, and what the others change, in words."""

    faults: tuple[Fault, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong, and by file of one's own what it changes, in words."""

    findings: tuple[Finding, ...]
    told: Mapping[str, tuple[str, ...]]


def own_registry(own: Sequence[str | Path]) -> Registry:
    """Return the registry with files of one's own, which must break no rule.

    Raises:
        RegistryError: a file can't be read or breaks a rule of the registry.
    """
    registry = load([Path(name) for name in own])
    if own and (found := findings(registry, shapes=False)):
        first, more = found[0], len(found) - 1
        rest = (
            f"; and {more:,} more, `kg registry check {' '.join(map(str, own))}` lists them" if more else ""
        )
        raise RegistryError(f"{first.where}: {first.message}; {first.mend}{rest}")
    return registry


def told(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return what a file changes in words: every override, the first additions, and how many more."""
    adds, overrides = [], []
    for one in changes:
        where = one.node
        for kind in ("actor", "place", "assertion", "source"):
            where = where.replace(PREFIXES[kind], f"{kind}:")
        if one.kind == ADDS:
            adds.append(f"adds {where}" + (f" {one.what} {one.after!r}" if one.what else ""))
        else:
            overrides.append(f"overrides {where} {one.what}: {one.before!r} -> {one.after!r}")
    more = [f"adds {len(adds) - _SHOWN:,} more"] if len(adds) > _SHOWN else []
    return (*overrides, *adds[:_SHOWN], *more)


def selected(registry: Registry, *, kind: str = "", theatre: str = "") -> list[Actor]:
    """Return the actors of a kind (a slug of `KINDS`) and theatre (a slug of a place), by slug.

    Raises:
        UsageError: the registry has no such place.
    """
    if theatre and theatre.lower() not in registry.places:
        raise UsageError(f"no place {theatre!r}: a theatre is a country as ml, or a slug of a place")
    return [
        actor
        for actor in registry.actors.values()
        if (not kind or actor.kind == KINDS[kind]) and (not theatre or theatre.lower() in actor.countries)
    ]


def row(registry: Registry, actor: Actor) -> dict[str, str]:
    """Return an actor as a row of a table of one's own; its relations are rows of their own and left out."""
    weak = [name.text for name in actor.names if not name.strong]
    by: dict[str, list[str]] = {"aliases": [], "fr": [], "ar": []}
    for name in actor.names:
        if name.strong and name.text != actor.name:
            by[name.lang if name.lang in by else "aliases"].append(name.text)
    return {
        "slug": actor.slug,
        "name": actor.name,
        "kind": _KIND_OF.get(actor.kind, ""),
        "aliases": "|".join(by["aliases"]),
        "weak": "|".join(dict.fromkeys(weak)),
        "french": "|".join(by["fr"]),
        "arabic": "|".join(by["ar"]),
        "theatre": "|".join(actor.countries),
        "country": actor.country,
        "family": actor.family,
        "attributes": "|".join(actor.attributes),
        "active_from": actor.active_from,
        "active_to": actor.active_to,
        "source": "; ".join(registry.sources_of(f"actor:{actor.slug}")),
    }


def named(registry: Registry, name: str) -> str:
    """Return the reference of the entry that has a slug, or the one entry that bears a name strongly.

    Raises:
        UsageError: none does, or more than one.
    """
    kind, _, slug = name.rpartition(":")
    if kind in ("", "actor") and slug in registry.actors:
        return f"actor:{slug}"
    if kind in ("", "place") and slug in registry.places:
        return f"place:{slug}"
    found = search(registry, name)
    exact = [one for one in found if one.how != "alike"]
    strong = [one for one in exact if one.how == "strong"] or exact
    if len(strong) == 1:
        return f"{strong[0].kind}:{strong[0].slug}"
    listed = ", ".join(f"{one.kind}:{one.slug}" for one in strong or found)
    hint = (
        f"{name!r} can mean {listed}"
        if strong
        else f"no entry {name!r}" + (f"; alike are {listed}" if listed else "")
    )
    raise UsageError(f"{hint}: give one slug")


def add(path: Path, given: Mapping[str, str]) -> Added:
    """Add an actor to a Turtle file of one's own, which is made where it is missing.

    Args:
        path: the file, a name ending in .ttl.
        given: cells of a row of a table, by column; a missing slug is made of the name.

    Raises:
        UsageError: a cell is not what it should be, or the registry has an actor of that slug.
        RegistryError: the file can't be read, or would break a rule of the registry.
    """
    cells = {**given, "slug": given.get("slug") or slug_of(given["name"])}
    if path.suffix.lower() != ".ttl":
        raise UsageError(f"{path}: a file of one's own to add to is Turtle, named .ttl")
    held = load([path] if path.exists() else [])
    if cells["slug"] in held.actors:
        raise UsageError(
            f"the registry has actor:{cells['slug']} already; choose another --slug, or edit {path}"
        )
    triples = [*(read_own(path) if path.exists() else ()), *triples_of(cells)]
    _write_sound(path, str(path), triples)
    alike = [one for one in search(held, cells["name"]) if one.kind == "actor"]
    return Added(cells["slug"], tuple(alike))


def import_sheet(path: Path, target: str) -> Imported:
    """Write a table of actors as Turtle; its faulty lines are left out.

    Args:
        path: the table.
        target: the Turtle file to write, "-" for standard output.

    Raises:
        RegistryError: the table can't be read, or its good lines break a rule of the registry.
        UsageError: no line is good, or the target is not named .ttl.
    """
    if target != "-" and Path(target).suffix.lower() != ".ttl":
        raise UsageError(f"{target}: the Turtle that a table becomes is named .ttl")
    sheet = read_sheet(path)
    if not sheet.triples:
        reason = f"; line {sheet.faults[0].line}: {sheet.faults[0].message}" if sheet.faults else ""
        raise UsageError(f"{path}: no line to take{reason}")
    changes = _write_sound(path, target, sheet.triples)
    return Imported(tuple(sheet.faults), told(changes))


def check(paths: Sequence[Path]) -> Checked:
    """Return what is wrong with the shipped registry, or with files of one's own laid over it.

    Raises:
        RegistryError: a file can't be read or contradicts the rest.
    """
    faults = tuple(
        Finding("table", f"{path}: line {fault.line}", fault.message, "mend the line")
        for path in paths
        if path.suffix.lower() == ".csv"
        for fault in read_sheet(path).faults
    )
    if faults:
        return Checked(faults, {})
    registry = load(paths)
    found = findings(registry, paths or shipped())
    return Checked(tuple(found), {name: told(changes) for name, changes in registry.changes.items()})


def fix(paths: Sequence[Path]) -> list[Path]:
    """Put the entries of Turtle files in order, those of the shipped registry where none is named.

    Returns:
        The files that were not in order.

    Raises:
        RegistryError: a file is no Turtle; it is left as it is.
    """
    changed = []
    for path in paths or shipped():
        if path.suffix.lower() == ".ttl":
            if paths:
                read_own(path)  # a file that is no Turtle is left as it is
            text = path.read_text(encoding="utf-8")
            if (sorted_text := ordered(text)) != text:
                write(path, sorted_text)
                changed.append(path)
    return changed


def shipped() -> list[Path]:
    """Return the Turtle files of the shipped registry."""
    return sorted((ontology_dir() / "registry").glob("*.ttl"))


def slug_of(name: str) -> str:
    """Return a slug made of a name: lower-case ASCII words joined by hyphens.

    Raises:
        UsageError: the name has no Latin letter or digit.

    >>> slug_of("Jama'at Nusrat al-Islam"), slug_of("Dan Nan Ambassagou (Mopti)")
    ('jamaat-nusrat-al-islam', 'dan-nan-ambassagou-mopti')
    """
    plain = unicodedata.normalize("NFKD", key(name)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    if not words:
        raise UsageError(f"{name!r} has no Latin letter to make a slug of; give --slug")
    return "-".join(words)


def _write_sound(path: Path, target: str, triples: Sequence[Triple]) -> tuple[Change, ...]:
    """Write triples of one's own if they break no rule, and return what they change."""
    registry = laid_over([(str(path), triples)])
    if found := findings(registry):
        lines = "; ".join(f"{one.where}: {one.message}; {one.mend}" for one in found[:3])
        more = f"; and {len(found) - 3:,} more" if len(found) > 3 else ""
        raise RegistryError(f"{path}: {lines}{more}")
    write(target, turtle(triples, _OWN))
    return registry.changes[str(path)]
