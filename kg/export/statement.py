"""A triple as one line of text: sorted lines give sorted triples, and Turtle is made of them without terms.

A line is subject, predicate behind the digit of its rank, and object, separated by a space; the terms are in
their N-Triples form, in which neither subject nor predicate has a space.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import Quad, RdfFormat, parse

from kg.export.turtle import FIRST, document_prefixes, plain, short
from kg.vocab import RDF

_RANKS = {str(predicate): str(rank) for rank, predicate in enumerate(FIRST)}
_LAST = str(len(FIRST))
_TYPE = str(RDF.type)


def ranked(predicate: str) -> str:
    """Return a predicate as it stands in a line, so that lines are in the order of `turtle.order`."""
    return f"{_RANKS.get(predicate, _LAST)}{predicate}"


def turtle(pieces: Iterable[list[str]]) -> Iterator[str]:
    """Yield the Turtle document of sorted lines, which come in pieces of whole subjects."""
    yield from document_prefixes()
    for piece in pieces:
        yield _blocks(piece)


def quads(pieces: Iterable[list[str]]) -> Iterator[Quad]:
    """Yield the triples of lines as quads of the default graph."""
    for piece in pieces:
        parts = (one.split(" ", 2) for one in piece)
        text = "".join(f"{subject} {predicate[1:]} {value} .\n" for subject, predicate, value in parts)
        yield from parse(text, format=RdfFormat.N_TRIPLES)


def _blocks(piece: list[str]) -> str:
    """Return the blocks of the subjects of a piece, each after an empty line."""
    written: list[str] = []
    subject = predicate = ""
    for one in piece:
        here, verb, value = one.split(" ", 2)
        if here != subject:
            written.append(f"{' .' if subject else ''}\n\n{_node(here)} {_verb(verb)} ")
        elif verb != predicate:
            written.append(f" ;\n    {_verb(verb)} ")
        else:
            written.append(", ")
        subject, predicate = here, verb
        written.append(_value(value) if value[-1] == ">" else value)  # else text, which is Turtle as it is
    return "".join(written).removeprefix("\n") + " .\n" if piece else ""


def _node(term: str) -> str:
    """Return an IRI as a prefixed name where it has one."""
    name = short(term[1:-1])
    return name or term


@lru_cache(maxsize=1_000)
def _verb(ranked: str) -> str:
    term = ranked[1:]
    return "a" if term == _TYPE else _node(term)


@lru_cache(maxsize=10_000)
def _value(term: str) -> str:
    """Return an IRI or a typed literal as Turtle writes it."""
    if term[0] == "<":
        return _node(term)
    text, _, datatype = term.rpartition("^^")
    return plain(text[1:-1], datatype[1:-1]) or f"{text}^^{_node(datatype)}"
