"""The inverse: from quads to reports, tellings and assertions, so that derivation needs the store alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Assertion, Count, Telling
from kg.vocab import DCTERMS, MKG, RDF, SCHEMA, local, ref

Values = dict[NamedNode, list[NamedNode | Literal]]


@dataclass(frozen=True, slots=True)
class Head:
    """What derivation needs of a report: when it was published, and by whom as printed."""

    id: str
    published: str
    publisher: str
    outlet: str


@dataclass(frozen=True, slots=True)
class Material:
    """What report graphs hold for derivation, each ordered by reference.

    `places` are the references of the places that they speak of.
    """

    reports: Mapping[str, Head]
    tellings: tuple[Telling, ...]
    assertions: tuple[Assertion, ...]
    places: frozenset[str]


def material(quads: Iterable[Quad]) -> Material:
    """Return the reports, tellings and assertions that quads describe; the order of the quads does not count.

    Args:
        quads: whole graphs of reports or of the registry, in any order.
    """
    nodes, places = _grouped(quads)
    heads: dict[str, Head] = {}
    triggers: dict[NamedNode, tuple[int, int]] = {}
    kinds: dict[NamedNode, list[NamedNode]] = {MKG.Telling: [], MKG.Assertion: []}
    for node, values in nodes.items():
        for class_ in values.get(RDF.type, ()):
            if class_ == SCHEMA.NewsArticle:
                heads[ref(node)] = _head(node, values)
            elif class_ == MKG.Mention:
                for telling in values.get(MKG.evokes, ()):
                    if isinstance(telling, NamedNode):
                        triggers[telling] = (_number(values, MKG.start), _number(values, MKG.end))
            elif isinstance(class_, NamedNode) and class_ in kinds:
                kinds[class_].append(node)
    tellings = (_telling(node, nodes[node], triggers.get(node, (0, 0))) for node in kinds[MKG.Telling])
    assertions = (_assertion(node, nodes[node]) for node in kinds[MKG.Assertion])
    return Material(
        dict(sorted(heads.items())),
        tuple(sorted(tellings, key=lambda telling: telling.id)),
        tuple(sorted(assertions, key=lambda assertion: assertion.id)),
        frozenset(places),
    )


def tellings(quads: Iterable[Quad]) -> tuple[Telling, ...]:
    """Return the tellings that quads of report graphs describe, by reference."""
    return material(quads).tellings


def assertions_of(quads: Iterable[Quad]) -> tuple[Assertion, ...]:
    """Return the assertions that quads of report graphs or of the registry describe, by reference."""
    return material(quads).assertions


def _grouped(quads: Iterable[Quad]) -> tuple[dict[NamedNode, Values], set[str]]:
    nodes: dict[NamedNode, Values] = {}
    places: set[str] = set()
    for quad in quads:
        if quad.predicate in _LEFT_OUT:
            continue
        subject, object_ = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(object_, NamedNode | Literal):
            nodes.setdefault(subject, {}).setdefault(quad.predicate, []).append(object_)
            if quad.predicate in PLACED and isinstance(object_, NamedNode) and "/place/" in object_.value:
                places.add(ref(object_))
    return nodes, places


_LEFT_OUT = frozenset(
    {
        MKG.text,
        MKG.surface,
        MKG.linkReason,
        SCHEMA.headline,
        SCHEMA.url,
        SCHEMA.inLanguage,
        DCTERMS.identifier,
    }
)
PLACED = frozenset({MKG.refersTo, MKG.candidate, MKG.place, MKG.subject, MKG.object})
"""The terms by which a report speaks of a place."""


def _head(node: NamedNode, values: Values) -> Head:
    return Head(
        ref(node),
        _text(values, SCHEMA.datePublished),
        _text(values, MKG.publisherName),
        _ref(values, SCHEMA.publisher),
    )


def _telling(node: NamedNode, values: Values, span: tuple[int, int]) -> Telling:
    return Telling(ref(node), _ref(values, MKG.report), _local(values, MKG.eventType), *span)


def _assertion(node: NamedNode, values: Values) -> Assertion:
    predicate = _local(values, MKG.predicate)
    confidence = _text(values, MKG.confidence)
    return Assertion(
        id=ref(node),
        report=_ref(values, MKG.report),
        subject=_ref(values, MKG.subject),
        predicate=predicate,
        object=_object(values, predicate),
        certainty=_ref(values, MKG.certainty).partition(":")[2],
        speaker=_ref(values, MKG.speaker),
        telling=_ref(values, MKG.about),
        via=_refs(values, MKG.via),
        channel=_refs(values, MKG.channel),
        place=_refs(values, MKG.place),
        tactic=_refs(values, MKG.tactic),
        date=_text(values, MKG.date),
        earliest=_text(values, MKG.earliest),
        latest=_text(values, MKG.latest),
        killed=_count(values, MKG.killedLow, MKG.killedHigh),
        wounded=_count(values, MKG.woundedLow, MKG.woundedHigh),
        missing=_count(values, MKG.missingLow, MKG.missingHigh),
        outcome=_ref(values, MKG.outcome).partition(":")[2],
        valid_from=_text(values, MKG.validFrom),
        valid_to=_text(values, MKG.validTo),
        quote=_text(values, MKG.quote),
        start=_number(values, MKG.start),
        end=_number(values, MKG.end),
        cue=_text(values, MKG.cue),
        confidence=float(confidence) if confidence else 1.0,
    )


def _object(values: Values, predicate: str) -> str:
    if predicate == "assessment":
        return _text(values, MKG.object)
    return _local(values, MKG.object) if predicate == "type" else _ref(values, MKG.object)


def _refs(values: Values, property_: NamedNode) -> tuple[str, ...]:
    return tuple(sorted(ref(value) for value in values.get(property_, ()) if isinstance(value, NamedNode)))


def _ref(values: Values, property_: NamedNode) -> str:
    return next(iter(_refs(values, property_)), "")


def _local(values: Values, property_: NamedNode) -> str:
    return next((local(value) for value in values.get(property_, ()) if isinstance(value, NamedNode)), "")


def _text(values: Values, property_: NamedNode) -> str:
    return min((value.value for value in values.get(property_, ()) if isinstance(value, Literal)), default="")


def _number(values: Values, property_: NamedNode) -> int:
    text = _text(values, property_)
    return int(text) if text else 0


def _count(values: Values, low: NamedNode, high: NamedNode) -> Count | None:
    if low not in values:
        return None
    return Count(_number(values, low), _number(values, high) if high in values else None)
