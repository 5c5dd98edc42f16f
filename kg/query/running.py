"""One call for every question: find the query, bind its parameters, guard it, run it, tidy the answer."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace

from pyoxigraph import Literal

from kg.errors import UsageError
from kg.query import bounded, guard
from kg.query.named import SEPARATOR, NamedQuery, catalogue, parse
from kg.query.params import terms
from kg.query.spelling import check_terms
from kg.query.tuned import for_oxigraph
from kg.store import OxigraphStore, Results, Store
from kg.store.results import Cell
from kg.store.sparql import read

DEFAULT_LIMIT = 1000
DEFAULT_TIMEOUT = 60.0
_NAME = re.compile(r"[A-Za-z][\w-]*")


def run(
    store: Store,
    query: str | NamedQuery,
    params: Mapping[str, str] | None = None,
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> Results:
    """Return the answer to a named query or to SPARQL from outside.

    Args:
        store: what is asked.
        query: the name of a query of `catalogue()`, one of its values, or the text of a query; a text may
            have the header of a named query, and then takes parameters.
        params: the values of the parameters, as a person types them.
        limit: the most rows or triples to return; None returns all.
        timeout: seconds after which a query on a store on disk is stopped, by running it in a process of
            its own. None, or a store in memory, runs it here and to its end.

    Raises:
        QueryError: the query is not allowed, malformed, or ran out of time.
        UsageError: no query has the name, or a parameter is unknown, missing or means nothing.
    """
    if limit is not None and limit < 0:
        raise UsageError(f"the limit must not be negative: {limit}")
    chosen = query if isinstance(query, NamedQuery) else find(query)
    known = chosen in catalogue()
    if known and isinstance(store, OxigraphStore):
        checked = for_oxigraph(chosen, terms(store, chosen, params or {}))
    else:
        # A query of the catalogue is the package's own text, and rdflib takes 0.1 s to judge one.
        checked = read(chosen.text) if known else guard.check(chosen.text, store)
        check_terms(checked)
        checked = checked.bound(terms(store, chosen, params or {}))
    if timeout is not None and store.path is not None:
        store.flush()
        results = bounded.query(store.path, checked.text, limit=limit, timeout=timeout)
    else:
        results = store.query(checked.text, limit=limit)
    return _tidied(results, chosen)


def find(query: str) -> NamedQuery:
    """Return the named query of that name, else the text as a query.

    Raises:
        UsageError: it is a single word, and no query has that name.
    """
    known = {named.name: named for named in catalogue()}
    name = query.strip()
    if name in known:
        return known[name]
    if _NAME.fullmatch(name):
        close = difflib.get_close_matches(name, known, n=3)
        hint = f"did you mean {', '.join(close)}?" if close else "`kg queries` lists them"
        raise UsageError(f"no query is called {name!r}; {hint}")
    return parse("of the file", query)


def _tidied(results: Results, query: NamedQuery) -> Results:
    """Return the results with each list of names sorted: engines join them in any order."""
    columns = [number for number, name in enumerate(results.variables) if name in query.lists]
    if not columns:
        return results
    rows = tuple(
        tuple(_sorted_list(cell) if number in columns else cell for number, cell in enumerate(row))
        for row in results.rows
    )
    return replace(results, rows=rows)


def _sorted_list(cell: Cell) -> Cell:
    if not isinstance(cell, Literal):
        return None
    parts = sorted({part for part in cell.value.split(SEPARATOR) if part})
    return Literal(SEPARATOR.join(parts)) if parts else None
