"""Actors of one's own in a table (CSV): a row an actor, each turned into what a Turtle file would say."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.dates import iso_date
from kg.errors import RegistryError, UsageError
from kg.registry.overlay import Triple
from kg.registry.turtle import Node
from kg.vocab import DCTERMS, MKG, RDF, SKOS, XSD, date_literal, iri, predicate

COLUMNS = (
    "slug", "name", "kind", "aliases", "weak", "french", "arabic", "theatre", "country", "family",
    "attributes", "active_from", "active_to", "relation", "target", "since", "until", "source",
)  # fmt: skip
KINDS: Mapping[str, str] = {
    "armed-group": "ArmedGroup", "state-force": "StateForce", "international-force": "InternationalForce",
    "government": "Government", "person": "Person", "community": "Community", "media-arm": "MediaArm",
    "outlet": "Outlet",
}  # fmt: skip
"""What the column `kind` may say (the slugs of the scheme of actor types), and the class it stands for."""
RELATIONS = (
    "affiliatedTo", "allegianceTo", "leads", "mediaArmOf", "memberOf", "mergedInto", "splitFrom",
    "successorOf",
)  # fmt: skip
MOST_BYTES, MOST_ROWS, MOST_CHARACTERS = 20_000_000, 50_000, 2_000
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_BAD = re.compile(r"[\x00-\x1f\x7f{}<>@;]")
_PERIOD = (("active_from", MKG.activeFrom), ("active_to", MKG.activeTo))
_LABELS = (("aliases", SKOS.altLabel, "en"), ("weak", MKG.weakLabel, "en"), ("french", SKOS.altLabel, "fr"),
           ("arabic", SKOS.altLabel, "ar"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of a table; the line is not taken."""

    line: int
    message: str


@dataclass(slots=True)
class Sheet:
    """What the good lines of a table say, in the order of the lines, and the faults of the others."""

    triples: list[Triple] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_sheet(path: Path) -> Sheet:
    """Return what a table of actors says; a faulty line is left out and named.

    Columns are those of `COLUMNS`, in any order; slug, name and kind are needed where the actor is new,
    slug alone where the row adds to one that is known. Several values in a cell stand between bars (|).
    A row without a source makes an editorial entry; a relation needs one. Further rows of one slug add up.

    Raises:
        RegistryError: the file can't be read at all: too big, not UTF-8, or not a table with these columns.
    """
    text = _text(path)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    sheet = Sheet()
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
        _check_header(path, header)
        for count, row in enumerate(rows, 1):
            if count > MOST_ROWS:
                raise RegistryError(f"{path}: more than {MOST_ROWS:,} rows; split it")
            if any(cell.strip() for cell in row):
                _take(sheet, rows.line_num, header, row)
    except csv.Error as error:
        raise RegistryError(f"{path}: line {rows.line_num}: malformed CSV ({error})") from error
    return sheet


def _take(sheet: Sheet, line: int, header: Sequence[str], row: Sequence[str]) -> None:
    if len(row) != len(header):
        sheet.faults.append(Fault(line, f"{len(row)} cells under {len(header)} headings"))
        return
    try:
        said = triples_of(dict(zip(header, row, strict=True)))
    except UsageError as error:
        sheet.faults.append(Fault(line, str(error)))
    else:
        sheet.triples += said


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RegistryError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB; split it")
        raw = path.read_bytes()
    except OSError as error:
        raise RegistryError(f"{path}: can't be read ({error.strerror or error})") from error
    if b"\0" in raw:
        raise RegistryError(f"{path}: binary, or UTF-16; save it as CSV in UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RegistryError(f"{path}: line {line} is not UTF-8; save it as CSV in UTF-8") from error
    if not text.strip():
        raise RegistryError(f"{path}: empty; its first line names the columns: {', '.join(COLUMNS)}")
    return text


def _check_header(path: Path, header: Sequence[str]) -> None:
    for name in header:
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"columns are {', '.join(COLUMNS)}"
            raise RegistryError(f"{path}: unknown column {name[:40]!r}; {hint}")
        if header.count(name) > 1:
            raise RegistryError(f"{path}: two columns {name!r}; keep one")
    if "slug" not in header:
        raise RegistryError(f"{path}: no column 'slug'; columns are {', '.join(COLUMNS)}")


def _cell(name: str, cell: str) -> str:
    if cell.startswith(_FORMULA):
        raise UsageError(
            f"{name} begins with {cell[0]!r}, which a spreadsheet runs as a formula: {cell[:40]!r}"
        )
    if len(cell) > MOST_CHARACTERS:
        raise UsageError(f"{name} has more than {MOST_CHARACTERS:,} characters")
    text = " ".join(cell.split())
    if found := (_CONTROL if name == "source" else _BAD).search(text):
        raise UsageError(f"{name} has a sign that no name has: {found.group()!r}")
    return text


def triples_of(row: Mapping[str, str]) -> list[Triple]:
    """Return what a row of a table says, by column.

    Raises:
        UsageError: a cell is missing or not what it should be.
    """
    return list(_triples({name: _cell(name, cell) for name, cell in row.items()}))


def _triples(row: Mapping[str, str]) -> Iterator[Triple]:
    slug = row["slug"]
    if not SLUG.fullmatch(slug):
        raise UsageError(f"slug {slug!r}: use lower-case ASCII letters, digits and single hyphens")
    node = iri(f"actor:{slug}")
    found: list[tuple[NamedNode, Node]] = list(_described(row))
    source = _source(row.get("source", ""))
    found += _active(row, source)
    if source is None and row.get("name"):
        found.append((MKG.editorial, Literal("true", datatype=XSD.boolean)))
    relation = (
        list(_relation(row, source))
        if any(row.get(one) for one in ("relation", "target", "since", "until"))
        else []
    )
    if source is not None:
        yield (source, RDF.type, MKG.Source)
        yield (source, DCTERMS.title, Literal(row["source"]))
        if found:
            found.append((DCTERMS.source, source))
    if not found and not relation:
        raise UsageError(f"slug {slug!r} says nothing")
    for property_, value in found:
        yield (node, property_, value)
    yield from relation


def _described(row: Mapping[str, str]) -> Iterator[tuple[NamedNode, Node]]:
    name, kind = row.get("name", ""), row.get("kind", "").lower()
    if kind:
        if kind not in KINDS:
            near = difflib.get_close_matches(kind, KINDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"kinds are {', '.join(KINDS)}"
            raise UsageError(f"unknown kind {kind!r}; {hint}")
        yield RDF.type, predicate(KINDS[kind])
    if name:
        yield SKOS.prefLabel, Literal(name, language="en")
    for column, label, language in _LABELS:
        for one in _values(row, column):
            yield label, Literal(one, language=language)
    for place in _values(row, "theatre"):
        yield MKG.theatre, _named("place", place.lower(), "theatre")
    if country := row.get("country", "").lower():
        yield MKG.country, _named("place", country, "country")
    if family := row.get("family", ""):
        yield MKG.family, _named("actor", family, "family")
    for attribute in _values(row, "attributes"):
        yield MKG.attribute, Literal(attribute.lower())


def _active(row: Mapping[str, str], source: NamedNode | None) -> Iterator[tuple[NamedNode, Node]]:
    for column, term in _PERIOD:
        if date := _date(row, column):
            if source is None:
                raise UsageError(f"{column} {date!r} needs a source")
            yield term, date_literal(date)


def _relation(row: Mapping[str, str], source: NamedNode | None) -> Iterator[Triple]:
    name, target = row.get("relation", ""), row.get("target", "")
    if name not in RELATIONS:
        raise UsageError(f"unknown relation {name!r}; relations are {', '.join(RELATIONS)}")
    if not target:
        raise UsageError(f"{name} needs a target, the slug of the other actor")
    if source is None:
        raise UsageError(f"{name} {target} needs a source")
    dates = {column: _date(row, column) for column in ("since", "until")}
    kebab = re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower()
    period = "".join(f"-{date}" for date in dates.values() if date)
    node = iri(f"assertion:own-{row['slug']}-{kebab}-{target}{period}")
    yield (node, RDF.type, MKG.Assertion)
    yield (node, MKG.subject, iri(f"actor:{row['slug']}"))
    yield (node, MKG.predicate, predicate(name))
    yield (node, MKG.object, _named("actor", target, "target"))
    yield (node, MKG.certainty, iri("mkg-certainty:asserted"))
    yield (node, MKG.speaker, source)
    yield (node, DCTERMS.source, source)
    for term, date in ((MKG.validFrom, dates["since"]), (MKG.validTo, dates["until"])):
        if date:
            yield (node, term, date_literal(date))


def _date(row: Mapping[str, str], column: str) -> str:
    date = row.get(column, "")
    if date and iso_date(date) != date:
        raise UsageError(f"{column} {date!r} is no date; write 2017, 2017-03 or 2017-03-02")
    return date


def _source(title: str) -> NamedNode | None:
    """Return the node of a source, named by the words of its title."""
    if not title:
        return None
    words = re.findall(r"[a-z0-9]+", title.lower())[:12]
    if not words:
        raise UsageError(f"source {title[:40]!r} has no Latin letter or digit to name it by")
    return iri(f"source:own-{'-'.join(words)}")


def _values(row: Mapping[str, str], column: str) -> list[str]:
    return list(dict.fromkeys(" ".join(one.split()) for one in row.get(column, "").split("|") if one.strip()))


def _named(kind: str, slug: str, column: str) -> NamedNode:
    if not SLUG.fullmatch(slug):
        raise UsageError(f"{column} {slug!r} is no slug of the registry; several stand between bars (|)")
    return iri(f"{kind}:{slug}")
