"""What a projection reads: quads, held by predicate and subject, with references in place of IRIs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol, TypeAlias, runtime_checkable

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import UsageError
from kg.store import OxigraphStore
from kg.store.texts import of_predicates
from kg.vocab import DCTERMS, GEO, MKG, RDF, RDFS, SCHEMA, SKOS, STANCE, ref


@runtime_checkable
class Quads(Protocol):
    """Anything that answers for the quads of a pattern, None standing for any term: every store does.

    Their order is of no account: sorting them by graph took four fifths of a projection.
    """

    def found(
        self, s: NamedNode | None, p: NamedNode | None, o: NamedNode | Literal | None, g: NamedNode | None, /
    ) -> Iterable[Quad]:
        """Return the quads that match, in any order."""
        ...


Source: TypeAlias = Quads | Iterable[Quad]

_STANCES = tuple(dict.fromkeys(STANCE.values()))
_READ: tuple[NamedNode, ...] = (
    RDF.type, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, RDFS.label, MKG.weakLabel, MKG.family,
    MKG.theatre, MKG.subject, MKG.predicate, MKG.object, MKG.status, *_STANCES, MKG.about, MKG.canonical,
    MKG.speaker, MKG.via, MKG.channel, MKG.certainty, MKG.report, MKG.quote, MKG.start, MKG.end, MKG.cue,
    MKG.confidence, MKG.place, MKG.tactic, MKG.outcome, MKG.date, MKG.earliest, MKG.latest,
    MKG.dateContested, MKG.killedLow, MKG.killedHigh, MKG.woundedLow, MKG.woundedHigh, MKG.missingLow,
    MKG.missingHigh, MKG.validFrom, MKG.validTo, MKG.stateBegin, MKG.stateEnd, MKG.claimStatus,
    MKG.publisherName, SCHEMA.publisher, SCHEMA.datePublished, SCHEMA.headline, SCHEMA.url,
    DCTERMS.title, DCTERMS.source, MKG.activeFrom, MKG.activeTo, MKG.text, GEO.sfWithin,
    SCHEMA.latitude, SCHEMA.longitude,
)  # fmt: skip


class Index:
    """The part of a data set that a projection needs. Values are references, or the text of literals."""

    NAMES = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, MKG.weakLabel, RDFS.label)

    def __init__(self, source: Source) -> None:
        names: dict[str, str] = {}
        self._values: dict[NamedNode, dict[str, list[str]]] = {}
        for predicate, found in _by_predicate(source):
            pairs = list(found) if predicate == SKOS.prefLabel else found
            self._values[predicate] = _column(pairs, names)
            if predicate == SKOS.prefLabel:
                self._english = _english(pairs, names)

    def many(self, subject: str, predicate: NamedNode) -> tuple[str, ...]:
        """Return the values of a property, sorted and unique."""
        return tuple(self._values[predicate].get(subject, ()))

    def reader(self, predicate: NamedNode) -> Callable[[str], str]:
        """Return `one` of a property as a function of the subject: twice as fast where it is called often."""
        column = self._values[predicate]

        def one(subject: str) -> str:
            values = column.get(subject)
            return values[0] if values else ""

        return one

    def one(self, subject: str, predicate: NamedNode) -> str:
        """Return the least value of a property, "" where it has none."""
        values = self._values[predicate].get(subject)
        return values[0] if values else ""

    def items(self, predicate: NamedNode) -> Iterator[tuple[str, list[str]]]:
        """Yield each subject that has the property with its values, in the order of subjects."""
        column = self._values[predicate]
        for subject in sorted(column):
            yield subject, column[subject]

    @cached_property
    def event_of(self) -> Mapping[str, str]:
        """The event of each telling, and the actor of each unnamed one that a judgement names."""
        return {one: values[0] for one, values in self.items(MKG.canonical)}

    @cached_property
    def inside(self) -> Mapping[str, list[str]]:
        """What lies directly in each place."""
        found: dict[str, list[str]] = {}
        for place, containers in self.items(GEO.sfWithin):
            for container in containers:
                found.setdefault(container, []).append(place)
        return found

    def label(self, node: str) -> str:
        """Return the name to print for a reference: the English one, else any, else its local part."""
        if english := self._english.get(node):
            return english
        for predicate in (SKOS.prefLabel, RDFS.label, DCTERMS.title):
            if name := self.one(node, predicate):
                return name
        return node.partition(":")[2].replace("-", " ") or node

    def kinds(self, node: str) -> Mapping[str, None]:
        """Return the local names of a node's classes, in order."""
        return dict.fromkeys(local_part(name) for name in self.many(node, RDF.type))


def short(term: str, known: dict[str, str]) -> str:
    """Return the reference of a node, its IRI where no prefix stands for it, or the text of a literal.

    Args:
        term: the term in N-Triples.
        known: what was found for nodes before, and grows by this one.
    """
    if not term.startswith("<"):
        return _lexical(term)
    if (reference := known.get(term)) is not None:
        return reference
    try:
        reference = ref(NamedNode(term[1:-1]))
    except UsageError:
        reference = term[1:-1]
    known[term] = reference
    return reference


def _lexical(term: str) -> str:
    """Return the text of a literal, a blank node as it is."""
    if "\\" in term:
        (quad,) = parse(f"<a:> <a:> {term} .", format=RdfFormat.N_TRIPLES)
        return quad.object.value if isinstance(quad.object, Literal) else term
    end = term.rfind('"')
    return term[1:end] if end > 0 else term


def local_part(reference: str) -> str:
    """Return what follows the prefix: "mkg-status:contested" gives "contested"."""
    return reference.rpartition(":")[2]


Pairs: TypeAlias = Iterable[tuple[str, str]]


def _by_predicate(source: Source) -> Iterator[tuple[NamedNode, Pairs]]:
    """Yield each property that is read with the subjects and objects of its triples, in N-Triples.

    Of a store one after the other, which saves memory.
    """
    if isinstance(source, OxigraphStore):
        yield from of_predicates(source, _READ)
        return
    if isinstance(source, Quads):
        for predicate in _READ:
            yield predicate, _texts(source.found(None, predicate, None, None))
        return
    found: dict[NamedNode, list[Quad]] = {predicate: [] for predicate in _READ}
    for quad in source:
        if (quads := found.get(quad.predicate)) is not None:
            quads.append(quad)
    for predicate, quads in found.items():
        yield predicate, _texts(quads)


def _texts(quads: Iterable[Quad]) -> Pairs:
    return ((str(quad.subject), str(quad.object)) for quad in quads)


def _column(pairs: Pairs, names: dict[str, str]) -> dict[str, list[str]]:
    """Return the values of each subject, sorted and without repetition."""
    column: dict[str, list[str]] = {}
    several = set()
    for node, term in pairs:
        subject, value = short(node, names), short(term, names)
        values = column.get(subject)
        if values is None:
            column[subject] = [value]
        else:
            values.append(value)
            several.add(subject)
    for subject in several:
        column[subject] = sorted(set(column[subject]))
    return column


def _english(pairs: Pairs, names: dict[str, str]) -> dict[str, str]:
    """Return the least English name of each subject."""
    found: dict[str, str] = {}
    for node, term in pairs:
        if term.endswith('"@en'):
            subject, name = short(node, names), short(term, names)
            found[subject] = min(found.get(subject, name), name)
    return found
