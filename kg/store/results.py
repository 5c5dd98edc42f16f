"""What a query answers, the same value whichever engine answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Cell: TypeAlias = NamedNode | BlankNode | Literal | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: rows (SELECT), a truth value (ASK) or triples (CONSTRUCT, DESCRIBE).

    Attributes:
        variables: the names of the columns, without question mark; empty unless rows are given.
        rows: one term per column, None where unbound; in the query's order, else sorted.
        triples: sorted and distinct; None unless the query makes triples.
        boolean: None unless the query asks.
        truncated: whether rows or triples beyond the limit were left out.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    triples: tuple[Triple, ...] | None = None
    boolean: bool | None = None
    truncated: bool = False


def sort_key(row: Row) -> tuple[tuple[bool, str], ...]:
    """Return what rows are sorted by: unbound first, then the N-Triples text, column by column."""
    return tuple((cell is not None, str(cell)) for cell in row)
