"""What the ontology says of its own terms: names for people, and the documents that define them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.export.turtle import order
from kg.resources import ontology_dir
from kg.vocab import RDFS, SCHEMES, SKOS

_LABELS = (RDFS.label, SKOS.prefLabel)


@cache
def labels() -> Mapping[str, str]:
    """Return the English name of each term of the ontology and its vocabularies, by IRI."""
    found: dict[str, str] = {}
    for path in (_path("ontology"), *(_path(f"vocab/{scheme}") for scheme in SCHEMES)):
        for quad in document(path):
            if (
                quad.predicate in _LABELS
                and isinstance(quad.object, Literal)
                and isinstance(quad.subject, NamedNode)
                and quad.object.language in (None, "en")
            ):
                found.setdefault(quad.subject.value, quad.object.value)
    return found


def defined(name: str) -> list[Quad]:
    """Return the document at "ontology", "vocab/SCHEME" or "code/LIST", sorted; empty where there is none."""
    codes = (f"code/{path.stem}" for path in (ontology_dir() / "code").glob("*.ttl"))
    known = {"ontology", *(f"vocab/{scheme}" for scheme in SCHEMES), *codes}
    return document(_path(name)) if name in known else []


@cache
def document(path: Path) -> list[Quad]:
    """Return the quads of a Turtle file, sorted by subject."""
    return sorted(parse(path=str(path), format=RdfFormat.TURTLE), key=order)


def _path(name: str) -> Path:
    return ontology_dir() / ("kg.ttl" if name == "ontology" else f"{name}.ttl")


def words(name: str) -> str:
    """Return a local name as words.

    >>> words("formerlyMemberOf"), words("ml-gao-city")
    ('formerly member of', 'ml gao city')
    """
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced.replace("-", " ").strip()
