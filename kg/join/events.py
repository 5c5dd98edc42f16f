"""The tellings of one event found and put together, block by block."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Quad

from kg.assertion.windows import length_days, overlap
from kg.join.actors import same_actors
from kg.join.agreement import CEREMONIES, MONTH_DAYS, Measure
from kg.join.kin import actor_kinship, tactic_kinship
from kg.join.portrait import Portrait, combined, portraits
from kg.judgement import Judgement, decisions
from kg.model import Assertion, Telling, content_id
from kg.vocab import GRAPH, MKG, iri

if TYPE_CHECKING:
    from kg.registry import Registry

_MIN_WORDING = 8  # words that a sentence must have for its repetition to show a common source
_WORDING_DAYS = 7
TOLD_ONCE = "told once"
LEAST = "first telling of the event"


@dataclass(frozen=True, slots=True)
class Identity:
    """What is the same as what: events by telling, actors by actor, with the reasons by telling and actor."""

    events: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)

    def canonical(self, reference: str) -> str:
        """Return the event of a telling or the canonical actor of an actor; else the reference itself."""
        return self.events.get(reference) or self.actors.get(reference) or reference


@dataclass(slots=True)
class _Clusters:
    """Tellings put together so far. Two clusters merge only where no pair across them is in conflict."""

    measure: Measure
    apart: frozenset[frozenset[str]]
    of: dict[str, list[Portrait]] = field(default_factory=dict)
    links: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def fits(self, one: Portrait, other: Portrait) -> bool:
        """Tell whether nothing speaks against the clusters of two portraits being one.

        Rival perpetrators do, unless all else about the two portraits themselves makes it evident.
        """
        pairs = [(here, there) for here in self.of[one.telling.id] for there in self.of[other.telling.id]]
        for here, there in pairs:
            if frozenset({here.telling.id, there.telling.id}) in self.apart or self.measure.conflict(
                here, there
            ):
                return False
        return self.measure.evident(one, other) or not any(self.measure.rival(*pair) for pair in pairs)

    def merge(self, one: Portrait, other: Portrait, reason: str) -> None:
        """Put the clusters of two portraits together and note why."""
        kept, moved = self.of[one.telling.id], self.of[other.telling.id]
        if kept is moved:
            return
        self.links.setdefault(one.telling.id, []).append((other.telling.id, reason))
        self.links.setdefault(other.telling.id, []).append((one.telling.id, reason))
        if len(kept) < len(moved):
            kept, moved = moved, kept
        kept.extend(moved)
        for portrait in moved:
            self.of[portrait.telling.id] = kept

    def all(self) -> list[list[Portrait]]:
        """Return every cluster once, its members and the clusters in the order of tellings."""
        once = {id(cluster): sorted(cluster, key=_order) for cluster in self.of.values()}
        return sorted(once.values(), key=lambda cluster: cluster[0].order)

    def reasons(self, first: str) -> dict[str, str]:
        """Return why each telling of a cluster was put to those before it, counted from the first."""
        found = {first: LEAST if first in self.links else TOLD_ONCE}
        waiting = [first]
        while waiting:
            here = waiting.pop()
            for there, reason in self.links.get(here, ()):
                if there not in found:
                    found[there] = reason
                    waiting.append(there)
        return found


def join(
    tellings: Iterable[Telling],
    assertions: Iterable[Assertion],
    judgements: Sequence[Judgement],
    registry: Registry,
    *,
    published: Mapping[str, str],
) -> Identity:
    """Return which tellings are one event and which actors are one actor.

    Tellings are put together by judgements, by anaphora within a report ("the attack"), by equal sentences,
    and where place, dates and details agree. The order of the arguments' members does not count.

    Args:
        tellings: of all reports.
        assertions: of all reports.
        judgements: in the order in which they were made; the last on the same subjects holds.
        registry: kinship of actors, containment and kinds of places.
        published: publication dates by reference of the report.

    Returns:
        An event for every telling; its reference is a hash of its first telling by publication.
    """
    actors = same_actors(judgements)
    drawn = portraits(
        tellings, assertions, published, {actor: chosen for actor, (chosen, _) in actors.items()}, registry
    )
    standing = [one for one in decisions(judgements).values() if one.key[0].startswith("telling:")]
    measure = Measure(registry, actor_kinship(registry), tactic_kinship())
    apart = frozenset(frozenset(one.key) for one in standing if one.kind == "different")
    clusters = _Clusters(measure, apart, {portrait.telling.id: [portrait] for portrait in drawn})
    _judged(clusters, standing)
    _anaphora(clusters, drawn)
    # from here on what one report tells of an event counts as a whole
    units = [combined(cluster) for cluster in clusters.all()]
    for one, other, reason in (*_same_words(units), *_agreeing(units, measure)):
        if clusters.fits(one, other):
            clusters.merge(one, other, reason)
    return _identity(clusters, actors)


def identity_quads(identity: Identity) -> Iterator[Quad]:
    """Yield the quads of graph:identity."""
    for one, canonical in (*identity.events.items(), *identity.actors.items()):
        yield Quad(iri(one), MKG.canonical, iri(canonical), GRAPH.identity)
        yield Quad(iri(one), MKG.linkReason, Literal(identity.reasons[one]), GRAPH.identity)


def _identity(clusters: _Clusters, actors: Mapping[str, tuple[str, str]]) -> Identity:
    events: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for cluster in clusters.all():
        first = cluster[0].telling.id
        reasons.update(clusters.reasons(first))
        events.update(
            dict.fromkeys((one.telling.id for one in cluster), f"event:{content_id('event', first)}")
        )
    for actor, (_, reason) in sorted(actors.items()):
        reasons[actor] = reason
    return Identity(events, reasons, {actor: chosen for actor, (chosen, _) in sorted(actors.items())})


def _order(portrait: Portrait) -> tuple[bool, str, str]:
    return portrait.order


def _judged(clusters: _Clusters, standing: Sequence[Judgement]) -> None:
    """Put together what is judged the same, whatever speaks against it."""
    for judgement in standing:
        members = [clusters.of.get(subject) for subject in judgement.key]
        if judgement.kind == "same" and members[0] and members[1]:
            one, other = (
                next(member for member in cluster if member.telling.id == subject)
                for cluster, subject in zip(members, judgement.key, strict=True)
                if cluster
            )
            clusters.merge(one, other, judgement.reason)


def _anaphora(clusters: _Clusters, drawn: Sequence[Portrait]) -> None:
    """Put a definite telling ("the assault") to the only event before it in the report that it can mean.

    Words between article and trigger, and unnamed things, must stand in the earlier telling too: "the second
    attack" is another, and so may be "the attack on the base".
    """
    by_report: dict[str, list[Portrait]] = {}
    for portrait in drawn:
        by_report.setdefault(portrait.telling.report, []).append(portrait)
    for group in by_report.values():
        in_order = sorted(group, key=lambda portrait: (portrait.telling.start, portrait.telling.id))
        for position, portrait in enumerate(in_order):
            if portrait.lead is None:
                continue
            before = [one for one in in_order[:position] if one.telling.start < portrait.telling.start]
            fitting = {id(clusters.of[one.telling.id]): one for one in before if clusters.fits(one, portrait)}
            if len(fitting) == 1:
                (antecedent,) = fitting.values()
                known = {word for one in clusters.of[antecedent.telling.id] for word in one.words()}
                things = {thing for one in clusters.of[antecedent.telling.id] for thing in one.unnamed}
                if known.issuperset(portrait.lead) and things >= portrait.unnamed:
                    clusters.merge(
                        antecedent, portrait, "one refers back to the other, the only event it can mean"
                    )


def _same_words(drawn: Sequence[Portrait]) -> Iterator[tuple[Portrait, Portrait, str]]:
    """Yield neighbours of different reports whose trigger stands at the same point of the same sentence."""
    blocks: dict[tuple[str, int], list[Portrait]] = {}
    for portrait in drawn:
        for wording in sorted(portrait.wordings):
            if wording[0].count(" ") + 1 >= _MIN_WORDING:
                blocks.setdefault(wording, []).append(portrait)
    for _, block in sorted(blocks.items()):
        for one, other in pairwise(block):
            if one.telling.report != other.telling.report and _soon(one.published, other.published):
                yield one, other, "same words, so one source"


def _soon(one: str, other: str) -> bool:
    """Tell whether two days of publication are known and close, or equally imprecise."""
    if len(one) == len(other) == 10:
        days = (datetime.date.fromisoformat(other) - datetime.date.fromisoformat(one)).days
        return abs(days) <= _WORDING_DAYS
    return one == other


def _agreeing(drawn: Sequence[Portrait], measure: Measure) -> Iterator[tuple[Portrait, Portrait, str]]:
    """Yield the pairs that agree, each once; blocks by place or actor and month keep this near-linear."""
    blocks: dict[tuple[str, int], list[Portrait]] = {}
    for portrait in drawn:
        for key in _keys(portrait, measure):
            blocks.setdefault(key, []).append(portrait)
    found: dict[tuple[str, str], tuple[Portrait, Portrait, str]] = {}
    for block in blocks.values():
        for one, other in _overlapping(block):
            pair = (one, other) if one.order < other.order else (other, one)
            ids = (pair[0].telling.id, pair[1].telling.id)
            if ids not in found and (reason := measure.agreement(*pair)):
                found[ids] = (*pair, reason)
    yield from sorted(found.values(), key=lambda pair: (pair[0].order, pair[1].order))


def _keys(portrait: Portrait, measure: Measure) -> Iterator[tuple[str, int]]:
    if portrait.days is None or length_days(portrait.days) > MONTH_DAYS:
        return
    months = {datetime.date.fromisoformat(day).toordinal() // MONTH_DAYS for day in portrait.days}
    actors = portrait.cast if portrait.telling.type in CEREMONIES else measure.persons(portrait.aimed_at)
    for shared in sorted(portrait.towns | actors):
        for month in sorted(months):
            yield shared, month


def _overlapping(block: list[Portrait]) -> Iterator[tuple[Portrait, Portrait]]:
    """Yield the pairs of a block whose windows overlap."""
    by_day: dict[str, list[Portrait]] = {}
    for portrait in block:
        if portrait.days is not None:
            by_day.setdefault(portrait.days[0], []).append(portrait)
    in_order = [portrait for day in sorted(by_day) for portrait in by_day[day]]
    for position, one in enumerate(in_order):
        for other in in_order[position + 1 :]:
            assert one.days is not None
            assert other.days is not None
            if other.days[0] > one.days[1]:
                break
            if overlap(one.days, other.days):
                yield one, other
