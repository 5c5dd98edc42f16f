"""The shapes applied by pySHACL, the reference implementation in Python: slow on large graphs."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import KGError
from kg.resources import ontology_dir
from kg.validate.files import ontology, shapes
from kg.validate.result import Term, Violation, named
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SH = PREFIXES["sh"]
_SUFFIX_OF_PATH = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def violations(quads: Iterable[Quad]) -> Iterator[Violation]:
    """Yield what pySHACL finds in the union of the quads' graphs with the ontology.

    Raises:
        KGError: the shapes themselves are wrong, or a quad holds a triple term.
    """
    with _quiet():
        import pyshacl

        # the ontology goes in with the data rather than as ont_graph: that would copy the data
        data = _graph((*ontology(), *quads))
        _, report, text = pyshacl.validate(data, shacl_graph=_graph(_applied()), inplace=True)
    if not hasattr(report, "objects"):
        raise KGError(f"{ontology_dir() / 'shapes'}: the shapes can't be applied: {text}")
    for result in sorted(report.objects(None, _sh("result"))):
        yield _violation(report, result)


def _violation(report: Graph, result: Node) -> Violation:
    def one(name: str) -> Node | None:
        return min(report.objects(result, _sh(name)), key=str, default=None)

    path = one("resultPath")
    return Violation(
        focus=named(_oxigraph(one("focusNode"))),
        path="" if path is None else _path(report, path),
        component=str(one("sourceConstraintComponent")).removeprefix(_SH).removesuffix("ConstraintComponent"),
        message=str(one("resultMessage") or ""),
        value=named(_oxigraph(one("value"))),
    )


def _path(report: Graph, path: Node) -> str:
    """Return a SHACL property path in the notation of SPARQL."""
    from rdflib import RDF as RDFLIB_RDF
    from rdflib.collection import Collection

    if not path.n3().startswith("_:"):
        return named(_oxigraph(path))
    if (path, RDFLIB_RDF.first, None) in report:
        return "/".join(_path(report, step) for step in Collection(report, path))
    for kind, inner in report.predicate_objects(path):
        name = str(kind).removeprefix(_SH)
        if name == "inversePath":
            return f"^{_path(report, inner)}"
        if name == "alternativePath":
            return "|".join(_path(report, step) for step in Collection(report, inner))
        if name in _SUFFIX_OF_PATH:
            return _path(report, inner) + _SUFFIX_OF_PATH[name]
    return "[]"


def _graph(quads: Iterable[Quad]) -> Graph:
    from rdflib import Graph

    graph = Graph()
    for quad in quads:
        graph.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
    return graph


def _rdflib(term: Term) -> Node:
    import rdflib

    match term:
        case NamedNode():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
        case Literal():
            if term.language:
                return rdflib.Literal(term.value, lang=term.language)
            # normalising would hide a lexical form that its datatype forbids
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise KGError(f"RDF 1.2 triple terms can't be validated: {term}")


def _oxigraph(node: Node | None) -> Term | None:
    import rdflib

    match node:
        case rdflib.URIRef():
            return NamedNode(str(node))
        case rdflib.BNode():
            return BlankNode("b")
        case rdflib.Literal():
            return Literal(str(node))
    return None


def _sh(name: str) -> Node:
    from rdflib import URIRef

    return URIRef(_SH + name)


@cache
def _applied() -> tuple[Quad, ...]:
    """Return the shapes with the targets of each node shape moved to its property shapes.

    The results are the same; pySHACL applies a nested property shape to one node at a time and one with
    targets of its own to all at once, which is several times faster.
    """
    quads = shapes()
    targets = [quad for quad in quads if quad.predicate.value.startswith(f"{_SH}target")]
    targeted = {quad.subject for quad in targets}
    moved = []
    for quad in quads:
        shape = quad.object
        if quad.predicate.value != f"{_SH}property" or quad.subject not in targeted:
            moved.append(quad)
        elif isinstance(shape, NamedNode | BlankNode):
            moved += [
                Quad(shape, one.predicate, one.object) for one in targets if one.subject == quad.subject
            ]
    return tuple(moved)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the libraries say about themselves from the user.

    rdflib logs ill-typed literals, which the shapes report as violations with their place; both
    libraries raise deprecation warnings about each other.
    """
    logger = logging.getLogger("rdflib.term")
    disabled, logger.disabled = logger.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        logger.disabled = disabled
