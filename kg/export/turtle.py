"""Turtle, TriG, N-Quads and JSON-LD of sorted quads, one subject after another, in constant memory.

The serialisers of pyoxigraph and rdflib leave the order of prefixes or of subjects open; these give the
same bytes for the same quads, and a layout to read: the class first, then the label, then the rest.

Source: RDF 1.1 Turtle, TriG and N-Quads (W3C, 2014); JSON-LD 1.1 (W3C, 2020).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.vocab import PREFIXES, RDF, RDFS, SKOS, XSD

Term = NamedNode | BlankNode | Literal | Triple

# A local name that needs no escape in any of the formats (a subset of PN_LOCAL).
_LOCAL = re.compile(r"^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?$", re.ASCII)
_INTEGER = re.compile(r"^[+-]?[0-9]+$", re.ASCII)
_CANONICAL = re.compile(r"^(0|-?[1-9][0-9]{0,14})$", re.ASCII)  # exact as a double, which JSON readers use
_DECIMAL = re.compile(r"^[+-]?[0-9]*\.[0-9]+$", re.ASCII)
_XSD_INTEGER, _XSD_DECIMAL, _XSD_BOOLEAN = (one.value for one in (XSD.integer, XSD.decimal, XSD.boolean))
FIRST = (RDF.type, SKOS.prefLabel, RDFS.label)
_PREFIX_OF = {base: prefix for prefix, base in PREFIXES.items()}


def order(quad: Quad) -> tuple[str, str, int, str, str]:
    """Return the key by which quads are sorted: graph, subject, predicate (class and label first), object."""
    rank = FIRST.index(quad.predicate) if quad.predicate in FIRST else len(FIRST)
    return (str(quad.graph_name), str(quad.subject), rank, str(quad.predicate), str(quad.object))


def nquads(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield one line per quad."""
    for quad in quads:
        yield f"{quad} .\n"


def turtle(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield a Turtle document of quads sorted by subject; their graphs are not written."""
    yield from document_prefixes()
    for _, group in groupby(quads, key=lambda quad: quad.subject):
        yield "\n" + _subject(list(group), "")


def trig(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield a TriG document of quads sorted by graph, then subject."""
    yield from document_prefixes()
    for graph, in_graph in groupby(quads, key=lambda quad: quad.graph_name):
        yield f"\nGRAPH {_term(graph)} {{\n"
        for _, group in groupby(in_graph, key=lambda quad: quad.subject):
            yield _subject(list(group), "  ")
        yield "}\n"


def jsonld(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield a JSON-LD document of quads sorted by subject, one node a line; their graphs are not written."""
    yield '{"@context": ' + json.dumps(dict(PREFIXES)) + ',\n"@graph": ['
    separator = "\n"
    for subject, group in groupby(quads, key=lambda quad: quad.subject):
        node: dict[str, Any] = {"@id": _name(subject)}
        for predicate, same in groupby(group, key=lambda quad: quad.predicate):
            if predicate == RDF.type:
                node["@type"] = [_name(quad.object) for quad in same]
            else:
                values = [_json_value(quad.object) for quad in same]
                node[_name(predicate)] = values if len(values) > 1 else values[0]
        yield separator + json.dumps(node, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def block(quads: list[Quad]) -> str:
    """Return the block of one subject in Turtle without the prefixes; its quads are sorted by predicate."""
    return _subject(quads, "")


def document_prefixes() -> Iterator[str]:
    """Yield the lines with which a document begins: all prefixes, whether or not they are used."""
    for prefix, base in PREFIXES.items():
        yield f"@prefix {prefix}: <{base}> .\n"


def _subject(quads: list[Quad], indent: str) -> str:
    """Return the block of one subject; its quads are sorted by predicate."""
    lines = []
    for predicate, same in groupby(quads, key=lambda quad: quad.predicate):
        name = "a" if predicate == RDF.type else _term(predicate)
        lines.append(f"{name} {', '.join(_term(quad.object) for quad in same)}")
    return f"{indent}{_term(quads[0].subject)} " + f" ;\n{indent}    ".join(lines) + " .\n"


@lru_cache(maxsize=10_000)
def _name(term: Term) -> str:
    """Return the prefixed name of a node where it has one, else its IRI."""
    if not isinstance(term, NamedNode):
        return str(term)
    return short(term.value) or term.value


def short(value: str) -> str:
    """Return the prefixed name of an IRI, "" where it has none that needs no escape."""
    cut = max(value.rfind("#"), value.rfind("/")) + 1
    prefix, local = _PREFIX_OF.get(value[:cut]), value[cut:]
    plain_name = local.isalnum() and local.isascii()  # most are; asking so takes a third of the time
    return f"{prefix}:{local}" if prefix and (plain_name or _LOCAL.match(local)) else ""


def _term(term: Term) -> str:
    if isinstance(term, NamedNode):
        name = _name(term)
        return str(term) if name == term.value else name
    if isinstance(term, Literal) and not term.language and term.datatype != XSD.string:
        number = plain(term.value, term.datatype.value)
        return number or f"{_term(Literal(term.value))}^^{_term(term.datatype)}"
    return str(term)  # N-Triples form, which is Turtle too


def plain(value: str, datatype: str) -> str:
    """Return the shorthand of a number or truth value in its usual form, else ""."""
    if (
        (datatype == _XSD_INTEGER and _INTEGER.match(value))
        or (datatype == _XSD_DECIMAL and _DECIMAL.match(value))
        or (datatype == _XSD_BOOLEAN and value in ("true", "false"))
    ):
        return value
    return ""


def _json_value(term: Term) -> object:
    if not isinstance(term, Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return term.value
    if term.datatype == XSD.boolean and term.value in ("true", "false"):
        return term.value == "true"
    if term.datatype == XSD.integer and _CANONICAL.match(term.value):
        return int(term.value)
    return {"@value": term.value, "@type": _name(term.datatype)}
