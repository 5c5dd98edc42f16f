"""From what a report states to the quads of its named graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from kg.assertion.build import Described, assertions
from kg.assertion.nodes import publisher_node
from kg.dates import iso_date
from kg.model import Assertion, Count, Extraction, Mention, Report, Telling, content_id
from kg.vocab import DCTERMS, MKG, RDF, RDFS, SCHEMA, XSD, certainty, date_literal, iri, predicate, types

if TYPE_CHECKING:
    from kg.registry import Registry

Object = NamedNode | Literal
Pair = tuple[NamedNode, Object]


def report_quads(extraction: Extraction, registry: Registry, run: str = "") -> list[Quad]:
    """Return the whole named graph of one report, each quad once, in the order of N-Quads lines.

    Args:
        extraction: what reading the report gave.
        registry: what its links refer to.
        run: reference of the run that read it (`run:…`); left out where empty.

    Raises:
        RegistryError: a filler is linked to a slug that the registry does not have.
    """
    report = extraction.report
    graph = iri(f"report:{report.id}")
    what = assertions(extraction, registry)
    triples: set[tuple[NamedNode, NamedNode, Object]] = set()
    triples.update((graph, *pair) for pair in _report(report, registry, run))
    for mention in extraction.mentions:
        node = mention_node(report, mention.start, mention.end)
        triples.update((node, *pair) for pair in _mention(mention, graph, registry))
    for telling in what.tellings:
        trigger = mention_node(report, telling.start, telling.end)
        triples.update((trigger, *pair) for pair in _trigger(telling, report))
        triples.update((iri(telling.id), *pair) for pair in _telling(telling))
    for assertion in what.assertions:
        triples.update((iri(assertion.id), *pair) for pair in assertion_pairs(assertion))
    for thing in what.described:
        triples.update((iri(thing.ref), *pair) for pair in _thing(thing))
    return ordered(Quad(*triple, graph) for triple in triples)


def ordered(quads: Iterable[Quad]) -> list[Quad]:
    """Return quads in the order of their N-Quads lines."""
    return sorted(quads, key=str)


def mention_node(report: Report, start: int, end: int) -> NamedNode:
    """Return the node of a span of a report."""
    return iri(f"mention:{content_id('mention', report.id, str(start), str(end))}")


def assertion_pairs(assertion: Assertion) -> Iterator[Pair]:
    """Yield the predicates and objects of an assertion; what is empty or None is not written."""
    yield RDF.type, MKG.Assertion
    yield MKG.subject, iri(assertion.subject)
    yield MKG.predicate, predicate(assertion.predicate)
    yield MKG.object, _object(assertion)
    yield MKG.certainty, certainty(assertion.certainty)
    yield MKG.speaker, iri(assertion.speaker)
    for property_, reference in ((MKG.about, assertion.telling), (MKG.report, assertion.report)):
        if reference:
            yield property_, iri(reference)
    for property_, references in (
        (MKG.via, assertion.via), (MKG.channel, assertion.channel),
        (MKG.place, assertion.place), (MKG.tactic, assertion.tactic),
    ):  # fmt: skip
        for reference in references:
            yield property_, iri(reference)
    yield from _circumstances(assertion)
    yield from _words(assertion)


def toll_pairs(killed: Count | None, wounded: Count | None, missing: Count | None) -> Iterator[Pair]:
    """Yield the bounds of the tolls that are known."""
    for count, low, high in (
        (killed, MKG.killedLow, MKG.killedHigh),
        (wounded, MKG.woundedLow, MKG.woundedHigh),
        (missing, MKG.missingLow, MKG.missingHigh),
    ):
        if count is not None:
            yield low, Literal(count.low)
            if count.high is not None:
                yield high, Literal(count.high)


def date_pairs(date: str, earliest: str, latest: str) -> Iterator[Pair]:
    """Yield a date for display, typed by its precision, and the window to compare."""
    if date:
        yield MKG.date, date_literal(date)
    if earliest and latest:
        yield MKG.earliest, Literal(earliest, datatype=XSD.date)
        yield MKG.latest, Literal(latest, datatype=XSD.date)


def _object(assertion: Assertion) -> Object:
    if assertion.predicate == "assessment":
        return Literal(assertion.object)
    return predicate(assertion.object) if assertion.predicate == "type" else iri(assertion.object)


def _circumstances(assertion: Assertion) -> Iterator[Pair]:
    yield from date_pairs(assertion.date, assertion.earliest, assertion.latest)
    yield from toll_pairs(assertion.killed, assertion.wounded, assertion.missing)
    if assertion.outcome:
        yield MKG.outcome, iri(f"mkg-outcome:{assertion.outcome}")
    for property_, date in ((MKG.validFrom, assertion.valid_from), (MKG.validTo, assertion.valid_to)):
        if date:
            yield property_, date_literal(date)


def _words(assertion: Assertion) -> Iterator[Pair]:
    if assertion.quote:
        yield MKG.quote, Literal(assertion.quote)
    if assertion.end:
        yield MKG.start, Literal(assertion.start)
        yield MKG.end, Literal(assertion.end)
    if assertion.cue:
        yield MKG.cue, Literal(assertion.cue)
    yield MKG.confidence, _decimal(assertion.confidence)


def _decimal(number: float) -> Literal:
    """Return a confidence with at most four decimals: more would pretend to a precision it has not."""
    return Literal(f"{number:.4f}".rstrip("0").rstrip("."), datatype=XSD.decimal)


def _report(report: Report, registry: Registry, run: str) -> Iterator[Pair]:
    yield RDF.type, SCHEMA.NewsArticle
    publisher = publisher_node(report, registry)
    yield SCHEMA.publisher, iri(publisher.ref)
    yield MKG.text, Literal(report.text)
    for property_, text in (
        (SCHEMA.headline, report.title), (SCHEMA.url, report.url), (SCHEMA.inLanguage, report.language),
        (MKG.publisherName, report.publisher),
    ):  # fmt: skip
        if text:
            yield property_, Literal(text)
    if published := iso_date(report.published):
        yield SCHEMA.datePublished, date_literal(published)
    for given_id in report.given_ids:
        yield DCTERMS.identifier, Literal(given_id)
    if run:
        yield MKG.run, iri(run)


def _mention(mention: Mention, report: NamedNode, registry: Registry) -> Iterator[Pair]:
    yield from _span(mention.text, mention.start, mention.end, report)
    yield MKG.confidence, _decimal(mention.confidence)
    if mention.link is not None:
        yield MKG.refersTo, iri(f"{mention.kind}:{mention.link}")
    if mention.reason:
        yield MKG.linkReason, Literal(mention.reason)
    for slug in mention.candidates:
        yield MKG.candidate, iri(f"{_kind(slug, mention.kind, registry)}:{slug}")


def _kind(slug: str, likely: str, registry: Registry) -> str:
    """Return of what kind a candidate is: of a country's name, its government is one as well."""
    held = {"actor": slug in registry.actors, "place": slug in registry.places}
    other = "place" if likely == "actor" else "actor"
    return other if held[other] and not held[likely] else likely


def _trigger(telling: Telling, report: Report) -> Iterator[Pair]:
    surface = report.text[telling.start : telling.end]
    yield from _span(surface, telling.start, telling.end, iri(telling.report))
    yield MKG.evokes, iri(telling.id)


def _span(surface: str, start: int, end: int, report: NamedNode) -> Iterator[Pair]:
    yield RDF.type, MKG.Mention
    yield MKG.surface, Literal(surface)
    yield MKG.start, Literal(start)
    yield MKG.end, Literal(end)
    yield MKG.report, report


def _telling(telling: Telling) -> Iterator[Pair]:
    yield RDF.type, MKG.Telling
    yield MKG.eventType, predicate(telling.type)
    yield MKG.report, iri(telling.report)


def _thing(thing: Described) -> Iterator[Pair]:
    for kind in thing.kinds:
        for class_ in types(kind):
            yield RDF.type, class_
    yield RDFS.label, Literal(thing.label)
