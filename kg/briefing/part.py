"""The sections of a briefing: headings, sentences and tables, every row with its footnotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kg.briefing.note import Numbers


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or the words of a cell, and the footnotes it rests on; `quote` follows as a quotation."""

    text: str
    notes: Numbers = ()
    quote: str = ""


Cell: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. `caption` is "" where the section's heading says it all."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it.

    `commands` are those that answer the same from the store, `figure` is "timeline", "map" or "", and
    `nothing` is said in place of tables without rows.
    """

    slug: str
    heading: str
    nothing: str
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    commands: tuple[str, ...] = ()
    figure: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.lines and not any(table.rows for table in self.tables)


def cell(text: str, notes: Numbers = ()) -> Cell:
    """Return a cell of one line."""
    return (Line(text, notes),)
