"""Words of a query that are misspelt: the nearest one that is known."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.errors import QueryError
from kg.resources import ontology_dir
from kg.store.sparql import Query, Token
from kg.terms import BASE, MKG, ONTOLOGY, SCHEMES


def check_terms(query: Query) -> None:
    """Refuse a term of the project's own vocabularies that these do not have.

    It can match nothing, so that the query would answer a question that nobody asked.

    Raises:
        QueryError: there is such a term; with its place and the nearest one that is known.
    """
    for token in query.tokens:
        if (found := _named(token)) is None:
            continue
        base, prefix, name = found
        if name and name not in (known := _names(base)):
            raise QueryError(
                f"unknown term at {query.place(token.start)}: the ontology has no {prefix}:{name}"
                f"{suggestion(name, known, prefix=f'{prefix}:')}"
            )


def suggestion(word: str, known: Collection[str], *, prefix: str = "") -> str:
    """Return "; did you mean …?" with the nearest known words, or nothing where none is near.

    >>> suggestion("perpetrater", ["perpetrator", "place"], prefix="mkg:")
    '; did you mean mkg:perpetrator?'
    """
    folded = {one.casefold(): one for one in sorted(known, reverse=True)}
    near = difflib.get_close_matches(word.casefold(), folded, n=2, cutoff=0.7)
    return f"; did you mean {' or '.join(prefix + folded[one] for one in near)}?" if near else ""


def _named(token: Token) -> tuple[str, str, str] | None:
    """Return the base, the prefix and the local name of a term of the project's own vocabularies."""
    bases = {"mkg": ONTOLOGY, **{f"mkg-{scheme}": f"{BASE}vocab/{scheme}#" for scheme in SCHEMES}}
    if token.kind == "name":
        prefix, _, name = token.text.partition(":")
        return (bases[prefix], prefix, name) if prefix in bases else None
    if token.kind == "iri":
        for prefix, base in bases.items():
            if token.text.startswith(f"<{base}"):
                return base, prefix, token.text[len(base) + 1 : -1]
    return None


@cache
def _names(base: str) -> frozenset[str]:
    """Return the local names that a vocabulary has."""
    if base == ONTOLOGY:
        return frozenset(MKG.terms())
    path = ontology_dir() / f"{base.removeprefix(BASE).removesuffix('#')}.ttl"
    subjects = (quad.subject for quad in parse(path=str(path), format=RdfFormat.TURTLE))
    iris = (node.value for node in subjects if isinstance(node, NamedNode))
    return frozenset(value.removeprefix(base) for value in iris if value.startswith(base))
