"""Curation: the registry looked at, searched, checked and added to by the people who keep it."""

from kg.curation.entry import Entry, entry
from kg.curation.keeping import (
    Added,
    Checked,
    Imported,
    add,
    check,
    fix,
    import_sheet,
    named,
    own_registry,
    row,
    selected,
    told,
)
from kg.curation.order import ordered
from kg.curation.rules import Finding, findings
from kg.curation.search import Found, search
from kg.curation.turtle import turtle
from kg.registry.sheet import COLUMNS

__all__ = [
    "COLUMNS", "Added", "Checked", "Entry", "Finding", "Found", "Imported", "add", "check", "entry",
    "findings", "fix", "import_sheet", "named", "ordered", "own_registry", "row", "search", "selected",
    "told", "turtle",
]  # fmt: skip
