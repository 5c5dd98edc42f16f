"""Reading a file of one's own: Turtle, or a table of actors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.errors import RegistryError
from kg.registry.overlay import Triple
from kg.registry.sheet import MOST_BYTES, read_sheet
from kg.registry.turtle import read
from kg.vocab import PREFIXES

SUFFIXES = (".ttl", ".csv")
_KINDS = tuple(PREFIXES[kind] for kind in ("actor", "place", "assertion", "source"))


def read_own(path: Path) -> Sequence[Triple]:
    """Return the triples of a Turtle or CSV file.

    Raises:
        RegistryError: it is neither, too big, faulty in any line, or speaks of what a registry does not hold.
    """
    if path.suffix.lower() == ".csv":
        sheet = read_sheet(path)
        if sheet.faults:
            first, more = sheet.faults[0], len(sheet.faults) - 1
            rest = f"; and {more:,} more, `kg registry check {path}` lists them" if more else ""
            raise RegistryError(f"{path}: line {first.line}: {first.message}{rest}")
        return sheet.triples
    if path.suffix.lower() != ".ttl":
        raise RegistryError(f"{path}: files of one's own are {' or '.join(SUFFIXES)}")
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise RegistryError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB; split it")
    triples = read(path)
    for subject, _, _ in triples:
        if not subject.value.startswith(_KINDS):
            raise RegistryError(f"{path}: {subject.value} is no actor, place, assertion or source")
    return triples
