"""Files of one's own laid over the shipped registry: what they add, and what of it they override."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.registry.turtle import Node
from kg.vocab import MKG, PREFIXES, RDF, SCHEMA, SKOS

Triple: TypeAlias = tuple[NamedNode, NamedNode, Node]

ADDS, OVERRIDES = "adds", "overrides"
_SINGLE = frozenset(
    {
        RDF.type, SKOS.prefLabel, MKG.family, MKG.country, MKG.placeType, MKG.capital, MKG.editorial,
        SCHEMA.latitude, SCHEMA.longitude, MKG.subject, MKG.predicate, MKG.object, MKG.certainty, MKG.speaker,
        MKG.validFrom, MKG.validTo, MKG.activeFrom, MKG.activeTo,
    }
)  # fmt: skip
_FOUND = frozenset({SKOS.altLabel, SKOS.hiddenLabel})
_NAMES = frozenset({SKOS.prefLabel, MKG.weakLabel, MKG.unmatchedLabel, *_FOUND})


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing that a file of one's own does to the registry.

    Attributes:
        kind: ADDS, or OVERRIDES where the registry said something else.
        node: IRI of the entry.
        what: local name of the property; "" where the whole entry is new.
        before: what the registry said, "" where it said nothing.
        after: what it says now.
    """

    kind: str
    node: str
    what: str
    before: str
    after: str


def overlaid(base: Sequence[Triple], own: Sequence[Triple]) -> tuple[list[Triple], tuple[Change, ...]]:
    """Return the triples of a registry with those of a file of one's own, and what changed, in order.

    A property that has one value (class, short name in a language, family, coordinates, every part of a
    relation) is replaced; a short name that is replaced stays a name. A name that the registry holds as
    weak or unmatched becomes what the file makes it, and the other way round. Everything else adds up.

    Args:
        base: the registry so far.
        own: the triples of the file.
    """
    known = {triple[0] for triple in base}
    said: defaultdict[tuple[NamedNode, NamedNode], list[Node]] = defaultdict(list)
    for subject, predicate, value in base:
        said[subject, predicate].append(value)
    dropped: set[Triple] = set()
    added: dict[Triple, None] = {}
    changes: set[Change] = set()
    for triple in own:
        subject, predicate, value = triple
        if subject not in known:
            added[triple] = None
            changes.add(Change(ADDS, subject.value, "", "", ""))
            continue
        if value in said.get((subject, predicate), ()):
            continue
        rivals = _rivals(subject, predicate, value, said)
        dropped.update(rivals)
        added[triple] = None
        if predicate == SKOS.prefLabel:
            added.update({(subject, SKOS.altLabel, old): None for _, _, old in rivals})
        before = ", ".join(sorted(_shown(old, rival) for _, rival, old in rivals))
        kind = OVERRIDES if rivals else ADDS
        changes.add(Change(kind, subject.value, _local(predicate), before, _shown(value)))
    kept = [triple for triple in base if triple not in dropped]
    return [*kept, *added], tuple(sorted(changes))


def _rivals(
    subject: NamedNode,
    predicate: NamedNode,
    value: Node,
    said: Mapping[tuple[NamedNode, NamedNode], Sequence[Node]],
) -> list[Triple]:
    """Return the triples of the registry that a triple takes the place of."""
    if predicate in _SINGLE:
        held = said.get((subject, predicate), ())
        return [(subject, predicate, old) for old in held if _language(old) == _language(value)]
    if predicate not in _NAMES:
        return []
    others = (
        _FOUND | {MKG.weakLabel, MKG.unmatchedLabel}
        if predicate == MKG.unmatchedLabel
        else _weaker(predicate)
    )
    return [
        (subject, other, old)
        for other in sorted(others, key=str)
        if other != predicate
        for old in said.get((subject, other), ())
        if old.value == value.value
    ]


def _weaker(predicate: NamedNode) -> frozenset[NamedNode]:
    """Return the labels that would keep a name from being what a label makes it."""
    if predicate in _FOUND:
        return frozenset({MKG.weakLabel, MKG.unmatchedLabel})
    return frozenset({MKG.unmatchedLabel})  # a weak label decides even where the name is a strong one too


def _language(value: Node) -> str:
    return (value.language or "") if isinstance(value, Literal) else ""


def _local(predicate: NamedNode) -> str:
    return "class" if predicate == RDF.type else predicate.value.replace("#", "/").rpartition("/")[2]


def _shown(value: Node, predicate: NamedNode | None = None) -> str:
    text = value.value
    for prefix in ("mkg", "actor", "place", "source"):
        text = text.removeprefix(PREFIXES[prefix])
    return f"{text} ({_local(predicate)})" if predicate in _NAMES else text
