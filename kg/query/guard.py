"""What a query from outside may not do: change the store, or reach beyond it.

All three engines that were tried fetch `SERVICE <url>`, and rdflib reads files for FROM. The tokens
settle it where neither word occurs in the text at all; else rdflib's parser is the judge, and a text
that the two read differently is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.errors import LimitError, QueryError, RefusedError
from kg.query.spelling import suggestion
from kg.store import Store
from kg.store.sparql import Query, read
from kg.vocab import PREFIXES

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
MAX_LENGTH = 100_000
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_SUSPICIOUS = re.compile(r"service|from", re.IGNORECASE)


def check(text: str, store: Store) -> Query:
    """Return the tokens of a query that may run on the store.

    Raises:
        QueryError: it is no SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE, has a SERVICE, or names a graph
            that is not in the store with FROM; one line with the place.
    """
    if len(text) > MAX_LENGTH:
        raise LimitError(f"the query has {len(text):,} characters, more than {MAX_LENGTH:,}: shorten it")
    query = read(text)
    if query.form in _UPDATES:
        raise RefusedError(f"a query can't change the store: {query.form} is an update; ask with SELECT")
    if query.form not in FORMS:
        raise QueryError(_no_form(query))
    for token in query.tokens:
        _check_token(query, token.kind, token.text, token.start)
    if _SUSPICIOUS.search(query.text):
        _judge(query, store)
    return query


def _no_form(query: Query) -> str:
    """Return what is wrong with a text that has none of the four forms, and the form that was meant."""
    begins = f"a query begins with {', '.join(FORMS)}"
    first = next((token for token in query.tokens if token.keyword == query.form != ""), None)
    if first is None:
        return f"syntax error at line 1, column 1: {begins}; found no keyword"
    found = f"found {query.form}{suggestion(query.form, FORMS)}"
    return f"syntax error at {query.place(first.start)}: {begins}; {found}"


def _check_token(query: Query, kind: str, text: str, start: int) -> None:
    """Refuse the keyword SERVICE, also glued to its neighbours (`trueSERVICE`, `SERVICE:x`)."""
    word = text.upper() if kind == "word" else text.partition(":")[0].upper() if kind == "name" else ""
    if "SERVICE" in word:
        raise RefusedError(
            f"SERVICE at {query.place(start)} is refused: a query asks this store alone, never another server"
        )
    if "FROM" in word and (kind == "name" or word != "FROM"):
        raise QueryError(f"{text!r} at {query.place(start)} could be read as FROM: use another prefix")


def _judge(query: Query, store: Store) -> None:
    has_service, clauses = _judged(query.text)
    if has_service:
        raise RefusedError("SERVICE is refused: a query asks this store alone, never another server")
    if bool(clauses) != query.has_dataset:
        raise QueryError("the query can be read in two ways: write comparisons with spaces around < and >")
    graphs = {name.value for name in store.graphs()} if clauses else set()
    for name in clauses:
        if name not in graphs:
            raise RefusedError(
                f"FROM <{name}> is refused: the store has no such graph; leave FROM out to ask all graphs"
            )


@lru_cache(maxsize=256)  # rdflib takes a tenth of a second; a client asks the same again and again
def _judged(text: str) -> tuple[bool, tuple[str, ...]]:
    """Return whether rdflib sees a SERVICE in a query, and the graphs that it sees named with FROM."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        algebra = translateQuery(parseQuery(text), initNs=dict(PREFIXES)).algebra
    except ParseException as error:
        raise QueryError(
            f"syntax error at line {error.lineno}, column {error.column}: {error.msg}"
        ) from error
    except Exception as error:  # rdflib raises bare Exception for an unknown prefix
        raise QueryError(f"the query can't be checked: {' '.join(str(error).split())[:200]}") from error
    clauses = tuple(str(clause.default or clause.named) for clause in algebra.datasetClause or ())
    return "ServiceGraphPattern" in _names(algebra), clauses


def _names(node: object) -> set[str]:
    """Return the names of the operators anywhere in rdflib's algebra."""
    from rdflib.plugins.sparql.parserutils import CompValue

    found: set[str] = set()
    waiting, seen = [node], set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, CompValue):
            found.add(one.name)
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list | tuple | set):
            waiting += one
    return found
