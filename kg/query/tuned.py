"""A named query as Oxigraph is asked it: in words of its own, sorted by one key, narrowed.

`kg/queries/oxigraph/NAME.rq` is asked in place of the query NAME, `NAME.PARAMETER.rq` where that parameter is
given. Such a text has the columns and the parameters of the query, whose header it goes without, and finds
the same rows. It is there where what this engine answers soon takes rdflib minutes: a sub-select that is
read once and joined by hashing, say, where rdflib compares each row with each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from pyoxigraph import Literal

from kg.query.named import NamedQuery
from kg.query.narrowing import narrowed
from kg.query.ordering import by_one_key
from kg.query.spelling import check_terms
from kg.resources import queries_dir
from kg.store import Term
from kg.store.sparql import Query, read

_FOLDER = "oxigraph"


def for_oxigraph(query: NamedQuery, given: Mapping[str, Term]) -> Query:
    """Return a query of the catalogue with its parameters bound, in words that Oxigraph answers soon."""
    left_out = {one.name for one in query.parameters if given.get(one.name) == Literal(one.default or "")}
    names = [f"{query.name}.{one.name}" for one in query.parameters if one.name not in left_out]
    texts = (_text(name) for name in (*names, query.name))
    return narrowed(_checked(replace(query, text=next(filter(None, texts), query.text))), given)


@cache
def _checked(query: NamedQuery) -> Query:
    """Return the tokens of a query sorted by one key, once all of its terms are known."""
    asked = read(by_one_key(query))
    check_terms(asked)
    return asked


@cache
def _text(name: str) -> str:
    path = queries_dir() / _FOLDER / f"{name}.rq"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


__all__ = ["for_oxigraph"]
