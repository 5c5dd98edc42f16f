"""The model of the ontology as plain values: what kg.ttl declares, and what the shapes add to it.

kg.ttl leaves out a domain or a range where a reasoner would draw too much from it; the shapes then say on
what a property stands and what it leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.vocab import ONTOLOGY, PREFIXES

_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_OTHERS = {PREFIXES[name.partition(":")[0]] + name.partition(":")[2]: name
           for name in ("schema:NewsArticle", "skos:Concept", "void:Dataset")}  # fmt: skip
"""Classes of other vocabularies that the model is not whole without."""
_KIND = re.compile(r"/\(?([a-z|-]+)\)?/")
"""The kinds of things in a pattern of a shape, such as "/(actor|source)/[^/]+$"."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class. `parents` are those of its super-classes that are in the model too."""

    name: str
    english: str
    french: str
    definition: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A property. `on` are the classes it stands on, `to` those it leads to; both may be empty."""

    name: str
    english: str
    definition: str
    on: tuple[str, ...]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Classes and properties in the order of kg.ttl, those of other vocabularies last."""

    classes: tuple[Class, ...]
    properties: tuple[Property, ...]

    def above(self, name: str) -> Iterator[str]:
        """Yield a class and, from near to far, the classes above it."""
        yield name
        for parent in next((one.parents for one in self.classes if one.name == name), ()):
            yield from self.above(parent)


def read(folder: Path) -> Model:
    """Return the model of the ontology in a folder."""
    terms = Graph().parse(folder / "kg.ttl")
    shapes = Graph()
    for path in sorted(folder.glob("shapes/*.ttl")):
        shapes.parse(path)
    places = list(_places(shapes))
    classes = [
        Class(
            name,
            _text(terms, term, RDFS.label, "en"),
            _text(terms, term, RDFS.label, "fr"),
            _text(terms, term, SKOS.definition, "en"),
            tuple(filter(None, (_name(parent) for parent in terms.objects(term, RDFS.subClassOf)))),
        )
        for term in terms.subjects(RDF.type, OWL.Class)
        if str(term).startswith(ONTOLOGY) and (name := _name(term))
    ]
    others = [Class(name.partition(":")[2], name, "", "", ()) for name in _OTHERS.values()]
    return Model((*classes, *others), tuple(_properties(terms, places)))


def _properties(terms: Graph, places: list[tuple[str, str, str]]) -> Iterator[Property]:
    for term, kind in terms.subject_objects(RDF.type):
        if kind not in _PROPERTIES or not str(term).startswith(ONTOLOGY):
            continue
        name = _local(term)
        on = [found for value in terms.objects(term, RDFS.domain) if (found := _name(value))]
        to = [found for value in terms.objects(term, RDFS.range) if (found := _name(value))]
        said = [(subject, value) for subject, path, value in places if path == name]
        yield Property(
            name,
            _text(terms, term, RDFS.label, "en"),
            _text(terms, term, SKOS.definition, "en"),
            tuple(on or sorted({subject for subject, _ in said if subject})),
            tuple(to or sorted({value for _, value in said if value})),
        )


def _places(shapes: Graph) -> Iterator[tuple[str, str, str]]:
    """Yield (class or "", property, class of its value or "") for each property of a shape."""
    for shape, part in shapes.subject_objects(SH.property):
        path = shapes.value(part, SH.path)
        if not isinstance(path, URIRef) or not str(path).startswith(ONTOLOGY):
            continue
        subjects = [found for value in shapes.objects(shape, SH.targetClass) if (found := _name(value))]
        values = list(_values(shapes, part))
        for subject in subjects or [""]:
            for value in values or [""]:
                yield subject, _local(path), value


def _values(shapes: Graph, part: Node) -> Iterator[str]:
    """Yield the classes of the values that a part of a shape asks for, by class or pattern of IRIs."""
    for value in shapes.objects(part, SH["class"]):
        yield _name(value)
    for alternatives in shapes.objects(part, SH["or"]):
        for one in Collection(shapes, alternatives):
            yield from _values(shapes, one)
    for pattern in shapes.objects(part, SH.pattern):
        if match := _KIND.match(str(pattern)):
            yield from (kind.capitalize() for kind in match[1].split("|"))


def _name(term: Node) -> str:
    """Return the name of a class of the model, "" for any other."""
    if str(term).startswith(ONTOLOGY):
        return _local(term)
    return _OTHERS.get(str(term), "").partition(":")[2]


def _local(term: Node) -> str:
    return str(term).removeprefix(ONTOLOGY)


def _text(terms: Graph, term: Node, predicate: URIRef, language: str) -> str:
    return next((str(one) for one in terms.objects(term, predicate) if one.language == language), "")
