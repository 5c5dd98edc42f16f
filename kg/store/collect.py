"""From what an engine yields to `Results`: the same order and the same cut, whichever engine it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TypeVar

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, Triple

from kg.errors import QueryError
from kg.store.results import Results, Row, sort_key
from kg.store.sparql import Query

_T = TypeVar("_T")
MAX_ROWS = 1_000_000
"""More answers than this are an unbounded product by mistake, and would fill the memory."""
_OXIGRAPH = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?:expected )?(?P<wanted>.*)", re.DOTALL)
_WORTH_SAYING = re.compile(r"[A-Za-z][A-Za-z ]{2,}|\"[^\"\s]{1,3}\"")


def rows(query: Query, variables: Sequence[str], found: Iterable[Row], limit: int | None) -> Results:
    """Return the rows of a SELECT; without ORDER BY all are read and sorted before the limit cuts.

    The columns of `SELECT *` come by first appearance in the query.
    """
    named = [name for name in query.star_variables if name in variables]
    order = [variables.index(name) for name in named] or range(len(variables))
    enough = limit + 1 if query.ordered and limit is not None else MAX_ROWS + 1
    kept = _bounded(islice(found, enough))
    kept = [tuple(row[number] for number in order) for row in kept]
    if not query.ordered:
        kept.sort(key=sort_key)
    cut, truncated = _cut(kept, limit)
    return Results(tuple(variables[number] for number in order), tuple(cut), truncated=truncated)


def triples(found: Iterable[Triple], limit: int | None) -> Results:
    """Return the triples of a CONSTRUCT or DESCRIBE, each once and sorted, cut at the limit.

    Engines name blank nodes at random; here they get the names of RDF Dataset Canonicalization (RDFC-1.0).
    """
    kept = set(_bounded(islice(found, MAX_ROWS + 1)))
    if any(isinstance(term, BlankNode) for triple in kept for term in (triple.subject, triple.object)):
        dataset = Dataset(Quad(*triple) for triple in kept)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        kept = {quad.triple for quad in dataset}
    cut, truncated = _cut(sorted(kept, key=str), limit)
    return Results(triples=tuple(cut), truncated=truncated)


def _bounded(found: Iterable[_T]) -> list[_T]:
    kept = list(found)
    if len(kept) > MAX_ROWS:
        raise QueryError(
            f"the query has more than {MAX_ROWS:,} answers: narrow it, or add a LIMIT to its text"
        )
    return kept


def _cut(found: list[_T], limit: int | None) -> tuple[list[_T], bool]:
    if limit is None or len(found) <= limit:
        return found, False
    return found[:limit], True


def syntax_error(query: Query, error: SyntaxError) -> QueryError:
    """Return Oxigraph's syntax error as one line: where it stopped, before which text, what it wanted.

    Oxigraph names the furthest place it reached, which may lie behind the fault by a few words.
    """
    match = _OXIGRAPH.match(str(error))
    if match is None:
        return QueryError(f"syntax error: {' '.join(str(error).split())[:200]}")
    line, column = int(match["line"]), int(match["column"])
    rest = query.text.split("\n")[line - 1][column - 1 :].strip()[:20]
    near = f"near {rest!r}" if rest else "at the end of the line"
    wanted = [
        piece
        for piece in match["wanted"].removeprefix("one of ").split(", ")
        if _WORTH_SAYING.fullmatch(piece)
    ]
    hint = f"; it might be one of {', '.join(wanted[:6])}" if wanted else ""
    return QueryError(f"syntax error at line {line}, column {column}, {near}{hint}")
