"""Whether a graph conforms to the ontology: its SHACL shapes, its terms, and one graph for each triple."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from kg.errors import InputError, KGError, UsageError
from kg.resources import ontology_dir
from kg.vocab import BASE, ONTOLOGY, PREFIXES, ref

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple | DefaultGraph

_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
_CONTROLLED = (ONTOLOGY, f"{BASE}vocab/")
_SH = PREFIXES["sh"]
_SUFFIX_OF_PATH = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong.

    `focus`, `path` and `value` are references where a prefix stands for the IRI, else IRIs or literals as
    text; empty where there is none, "[]" for a blank node. `component` is the local name of the SHACL
    constraint component, or UnknownTerm or TwoGraphs for the two checks that SHACL can't make.
    """

    focus: str
    path: str
    component: str
    message: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Validation:
    """What of a graph does not conform, sorted."""

    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        """True where there is no violation."""
        return not self.violations


def validate(source: Path | Iterable[Quad]) -> Validation:
    """Return what of a graph does not conform, sorted by focus and path.

    The shapes see the union of all graphs with the ontology and its concept schemes; sub-classes are
    the only inference.

    Args:
        source: an RDF file, whose format its extension tells (.ttl, .trig, .nt, .nq, .rdf, .jsonld), a
            folder of such files, or quads.

    Raises:
        InputError: a file can't be read or parsed; the message names the line.

    Source: SHACL, https://www.w3.org/TR/shacl/
    """
    quads = list(_read(source) if isinstance(source, Path) else source)
    found = {*_unknown_terms(quads), *_repeated(quads), *_shape_violations(quads)}
    return Validation(tuple(sorted(found)))


def _read(path: Path) -> Iterator[Quad]:
    """Yield the quads of a file, or of every RDF file under a folder in the order of paths."""
    kinds = ", ".join(_FORMATS)
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix in _FORMATS)
        if not files:
            raise InputError(f"{path}: no RDF file in this folder ({kinds})")
        for file in files:
            yield from _read(file)
        return
    if (kind := _FORMATS.get(path.suffix)) is None:
        raise InputError(f"{path}: the extension names no RDF format; use one of {kinds}")
    try:
        # renaming keeps the blank nodes of two files apart
        yield from pyoxigraph.parse(path=path, format=kind, rename_blank_nodes=True)
    except SyntaxError as error:
        where = f"{path}:{error.lineno}" if error.lineno else f"{path}"
        raise InputError(f"{where}: not valid {kind.name}: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: can't be read: {error}") from error


def _unknown_terms(quads: list[Quad]) -> Iterator[Violation]:
    """Yield the uses of terms and concepts that neither the ontology nor the data itself defines."""
    known = {quad.subject for quad in (*_ontology(), *quads)}
    for quad in quads:
        for term in (quad.predicate, quad.object):
            if isinstance(term, NamedNode) and term.value.startswith(_CONTROLLED) and term not in known:
                name = _named(term)
                message = f"The ontology has no term {name}."
                yield Violation(_named(quad.subject), _named(quad.predicate), "UnknownTerm", message, name)


def _repeated(quads: list[Quad]) -> Iterator[Violation]:
    """Yield the triples that stand in two graphs: engines count them differently over the union."""
    graph_of: dict[Triple, Term] = {}
    for quad in quads:
        first = graph_of.setdefault(quad.triple, quad.graph_name)
        if first != quad.graph_name:
            graphs = " and ".join(sorted((_named(first), _named(quad.graph_name))))
            message = f"The triple stands in two graphs: {graphs}."
            names = (_named(quad.subject), _named(quad.predicate))
            yield Violation(*names, "TwoGraphs", message, _named(quad.object))


def _shape_violations(quads: list[Quad]) -> Iterator[Violation]:
    with _quiet():
        import pyshacl

        # the ontology goes in with the data rather than as ont_graph: that would copy the data
        data = _graph((*_ontology(), *quads))
        _, report, text = pyshacl.validate(data, shacl_graph=_graph(_shapes()), inplace=True)
    if not hasattr(report, "objects"):
        raise KGError(f"{ontology_dir() / 'shapes'}: the shapes can't be applied: {text}")
    for result in sorted(report.objects(None, _sh("result"))):
        yield _violation(report, result)


def _violation(report: Graph, result: Node) -> Violation:
    def one(name: str) -> Node | None:
        return min(report.objects(result, _sh(name)), key=str, default=None)

    path = one("resultPath")
    return Violation(
        focus=_named(_oxigraph(one("focusNode"))),
        path="" if path is None else _path(report, path),
        component=str(one("sourceConstraintComponent")).removeprefix(_SH).removesuffix("ConstraintComponent"),
        message=str(one("resultMessage") or ""),
        value=_named(_oxigraph(one("value"))),
    )


def _path(report: Graph, path: Node) -> str:
    """Return a SHACL property path in the notation of SPARQL."""
    from rdflib import RDF as RDFLIB_RDF
    from rdflib.collection import Collection

    if not path.n3().startswith("_:"):
        return _named(_oxigraph(path))
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


def _named(term: Term | None) -> str:
    """Return a term as a person reads it: a reference, an IRI, or the text of a literal."""
    match term:
        case None:
            return ""
        case BlankNode():
            return "[]"
        case Literal():
            return term.value
        case NamedNode():
            try:
                return ref(term)
            except UsageError:
                return term.value
        case DefaultGraph():
            return "the default graph"
    return str(term)


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
def _ontology() -> tuple[Quad, ...]:
    """Return the ontology and the concept schemes, which the shapes need beside the data."""
    return (*_read(ontology_dir() / "kg.ttl"), *_read(ontology_dir() / "vocab"))


@cache
def _shapes() -> tuple[Quad, ...]:
    """Return the shapes with the targets of each node shape moved to its property shapes.

    The results are the same; pySHACL applies a nested property shape to one node at a time and one with
    targets of its own to all at once, which is several times faster.
    """
    quads = tuple(_read(ontology_dir() / "shapes"))
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
