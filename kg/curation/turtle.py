"""Entries of one's own as Turtle, written as the files of the registry are: sorted, a block an entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.registry.overlay import Triple
from kg.registry.turtle import Node
from kg.vocab import DCTERMS, MKG, PREFIXES, RDF, SKOS, XSD, ref

_WIDTH = 110
_HEAD = ("mkg", "actor", "place", "assertion", "source", "mkg-certainty", "skos", "dcterms", "xsd")
_ORDER: tuple[NamedNode, ...] = (
    RDF.type, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, MKG.weakLabel, MKG.unmatchedLabel, MKG.theatre,
    MKG.country, MKG.family, MKG.attribute, MKG.activeFrom, MKG.activeTo, MKG.subject, MKG.predicate,
    MKG.object, MKG.certainty, MKG.speaker, MKG.validFrom, MKG.validTo, MKG.editorial, DCTERMS.identifier,
    DCTERMS.title, DCTERMS.source,
)  # fmt: skip


def turtle(triples: Iterable[Triple], title: str) -> str:
    """Return triples as a file of the registry: the same triples give the same bytes, in whatever order.

    Args:
        triples: of actors, places, assertions and sources.
        title: the comment at the head.
    """
    found: defaultdict[NamedNode, defaultdict[NamedNode, set[Node]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in triples:
        found[subject][predicate].add(value)
    head = [f"# {' '.join(title.split())}", *(f"@prefix {one}: <{PREFIXES[one]}> ." for one in _HEAD)]
    blocks = [_block(node, found[node]) for node in sorted(found, key=_kind_and_slug)]
    return "\n\n".join(["\n".join(head), *blocks]) + "\n"


def _kind_and_slug(node: NamedNode) -> tuple[str, str]:
    kind, _, slug = ref(node).partition(":")
    return kind, slug


def _block(node: NamedNode, described: dict[NamedNode, set[Node]]) -> str:
    rank = {predicate: i for i, predicate in enumerate(_ORDER)}
    rows = []
    for predicate in sorted(described, key=lambda one: (rank.get(one, len(rank)), one.value)):
        name = "a" if predicate == RDF.type else _term(predicate)
        rows += _wrapped(name, sorted(_term(value) for value in described[predicate]))
    rows[0] = f"{_term(node)} {rows[0].lstrip()}"
    return "\n".join(rows)[: -len(" ;")] + " ."


def _wrapped(name: str, values: Sequence[str]) -> list[str]:
    """Return a property and its values on as many lines as they need, the last one ending in a semicolon."""
    lines = [f"    {name} {values[0]}"]
    for value in values[1:]:
        if len(lines[-1]) + len(value) + 5 > _WIDTH:
            lines[-1] += " ,"
            lines.append(f"        {value}")
        else:
            lines[-1] += f" , {value}"
    lines[-1] += " ;"
    return lines


def _term(node: Node) -> str:
    if isinstance(node, NamedNode):
        try:
            return ref(node)
        except UsageError:
            return str(node)
    if node.datatype == XSD.boolean:
        return node.value
    if (
        isinstance(node, Literal)
        and node.datatype.value.startswith(PREFIXES["xsd"])
        and node.datatype != XSD.string
    ):
        return f"{Literal(node.value)}^^{ref(node.datatype)}"
    return str(node)
