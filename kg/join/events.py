"""The tellings of one event found and put together, block by block."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Quad

from kg.join import blocks, sketch
from kg.join.actors import same_actors
from kg.join.agreement import Measure
from kg.join.clusters import Clusters, anaphora, judged
from kg.join.kin import actor_kinship, tactic_kinship
from kg.join.portrait import Portrait, combined, portraits
from kg.judgement import Judgement, decisions
from kg.model import Assertion, Telling, content_id
from kg.vocab import GRAPH, MKG, iri

if TYPE_CHECKING:
    from kg.registry import Registry


@dataclass(frozen=True, slots=True)
class Identity:
    """What is the same as what: events by telling, actors by actor, with the reasons by telling and actor."""

    events: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)

    def canonical(self, reference: str) -> str:
        """Return the event of a telling or the canonical actor of an actor; else the reference itself."""
        return self.events.get(reference) or self.actors.get(reference) or reference


@dataclass(frozen=True)
class Joiner:
    """What joins tellings: the registry, and the judgements in the order in which they were made."""

    judgements: Sequence[Judgement]
    registry: Registry

    @cached_property
    def actors(self) -> Mapping[str, tuple[str, str]]:
        """The canonical actor and the reason of each actor that a judgement makes another."""
        return same_actors(self.judgements)

    @cached_property
    def standing(self) -> tuple[Judgement, ...]:
        """The decisions on tellings that are in force."""
        in_force = decisions(self.judgements).values()
        return tuple(one for one in in_force if one.key[0].startswith("telling:"))

    @cached_property
    def measure(self) -> Measure:
        """What portraits are compared by."""
        return Measure(self.registry, actor_kinship(self.registry), tactic_kinship())

    def gathered(
        self, tellings: Iterable[Telling], assertions: Iterable[Assertion], *, published: Mapping[str, str]
    ) -> Clusters:
        """Return the tellings of whole reports, joined by judgements and within each report.

        What one report tells of an event counts as a whole from here on. Reports that no judgement ties to
        each other may be gathered apart.

        Args:
            tellings: of whole reports.
            assertions: of the same reports.
            published: publication dates by reference of the report.
        """
        canonical = {actor: chosen for actor, (chosen, _) in self.actors.items()}
        drawn = portraits(tellings, assertions, published, canonical, self.registry)
        apart = frozenset(frozenset(one.key) for one in self.standing if one.kind == "different")
        clusters = Clusters(self.measure, apart, {portrait.telling.id: [portrait] for portrait in drawn})
        judged(clusters, self.standing)
        anaphora(clusters, drawn)
        return clusters

    def units(self, clusters: Clusters) -> list[Portrait]:
        """Return one portrait of each cluster, under the name of the first of its tellings."""
        return [combined(cluster) for cluster in clusters.all()]

    def sought(self, unit: Portrait) -> frozenset[str]:
        """Return the keys of graph:index under which every telling is filed that may join a unit."""
        return blocks.sought(unit, self.measure)

    def filed(self, unit: Portrait) -> frozenset[str]:
        """Return the keys of graph:index under which a unit is filed itself."""
        return blocks.filed(unit, self.measure)

    def may_agree(self, unit: Portrait, telling: str, line: str, clusters: Clusters) -> bool:
        """Tell whether a unit of gathered clusters may join what a key of place, actor and time has led to.

        Args:
            unit: what is compared.
            telling: the first telling of the other unit.
            line: its sketch in graph:index.
            clusters: those of the unit.
        """
        drawn = sketch.read(telling, line)
        if drawn is None:
            return True
        other, alone = drawn
        if not self.measure.agreement(unit, other):
            return False
        return not alone or clusters.fits_all(unit, other, [other])

    def may_join(self, one: Portrait, other: Portrait, clusters: Clusters) -> bool:
        """Tell whether two units of gathered clusters can come to be one event by each other."""
        return bool(blocks.reason(one, other, self.measure)) and clusters.fits(one, other)

    def join(self, clusters: Clusters) -> None:
        """Join what several reports tell, by equal sentences and where place, dates and details agree.

        The events of gathered clusters depend on those alone that they may join, directly or through others.
        """
        for one, other, why in blocks.pairs(self.units(clusters), self.measure):
            if clusters.fits(one, other):
                clusters.merge(one, other, why)

    def identity(self, clusters: Clusters) -> Identity:
        """Return the event of every telling; its reference is a hash of its first telling by publication."""
        events: dict[str, str] = {}
        reasons: dict[str, str] = {}
        for cluster in clusters.all():
            first = cluster[0].telling.id
            reasons.update(clusters.reasons(first))
            event = f"event:{content_id('event', first)}"
            events.update(dict.fromkeys((one.telling.id for one in cluster), event))
        for actor, (_, why) in sorted(self.actors.items()):
            reasons[actor] = why
        return Identity(
            events, reasons, {actor: chosen for actor, (chosen, _) in sorted(self.actors.items())}
        )

    def index(self, units: Iterable[Portrait], alone: Container[str]) -> Iterator[Quad]:
        """Yield graph:index: the keys under which the first telling of each unit is found, and its sketch.

        Args:
            units: of the clusters, before tellings of different reports were joined.
            alone: the units that are one telling each.
        """
        for unit in units:
            node, keys = iri(unit.telling.id), self.filed(unit)
            for key in keys:
                yield Quad(node, MKG.blockingKey, Literal(key), GRAPH.index)
            if any(map(blocks.by_agreement, keys)):
                line = sketch.sketched(unit, alone=unit.telling.id in alone)
                yield Quad(node, MKG.sketch, Literal(line), GRAPH.index)


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
    joiner = Joiner(judgements, registry)
    clusters = joiner.gathered(tellings, assertions, published=published)
    joiner.join(clusters)
    return joiner.identity(clusters)


def identity_quads(identity: Identity) -> Iterator[Quad]:
    """Yield the quads of graph:identity."""
    for one, canonical in (*identity.events.items(), *identity.actors.items()):
        yield Quad(iri(one), MKG.canonical, iri(canonical), GRAPH.identity)
        yield Quad(iri(one), MKG.linkReason, Literal(identity.reasons[one]), GRAPH.identity)
