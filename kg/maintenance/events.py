"""The events that a change touches: its tellings, and whatever these may join, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.join import Clusters, Identity, Joiner, by_agreement, identity_quads
from kg.join.portrait import Portrait
from kg.maintenance.sources import Sources
from kg.vocab import GRAPH, iri


@dataclass(frozen=True, slots=True)
class Touched:
    """The tellings that a change touches, joined anew.

    Attributes:
        identity: the events of these tellings, and all actors that are others.
        units: what each report tells of one event, as a whole.
        alone: the units that are one telling each.
        before: the event of each telling as it is in the store, those that go included.
        events: the events, old and new, of which something may differ.
    """

    identity: Identity
    units: tuple[Portrait, ...]
    alone: frozenset[str]
    before: Mapping[str, str]
    events: frozenset[str]


def touched(
    sources: Sources, joiner: Joiner, *, tellings: Iterable[str] = (), all_of: bool = False
) -> Touched:
    """Return what a change of reports touches.

    Args:
        sources: the reports as they will be and the graphs as they are.
        joiner: joins tellings.
        tellings: further ones whose events are asked for, for instance because they were judged.
        all_of: whether every event that is met counts as touched, as when the rules have changed.
    """
    closure = _Closure(sources, joiner)
    leaving = sorted(telling.id for what in sources.gone.values() for telling in what.tellings)
    before = {telling: sources.event(telling) for telling in leaving}
    asked = set(tellings)
    for telling in (*leaving, *sorted(asked)):
        for member in _with(sources, telling):
            closure.add(member)
    names = {*sources.fresh, *closure.tied_to(leaving), *map(sources.report_of, asked)} - {""}
    for name in sorted(names):
        for one in closure.loaded(name):
            closure.add(one)
    closure.close()
    clusters = closure.clusters.part(
        one.telling.id for unit in closure.met for one in closure.clusters.of[unit]
    )
    units = tuple(joiner.units(clusters))
    alone = clusters.alone()
    joiner.join(clusters)
    identity = joiner.identity(clusters)
    before.update({telling: sources.event(telling) for telling in identity.events if telling not in before})
    fresh = {telling.id for what in sources.fresh.values() for telling in what.tellings}
    certain = set() if all_of else _unchanged(identity.events, before, fresh | set(leaving) | asked)
    events = {*identity.events.values(), *(event for event in before.values() if event)} - certain
    return Touched(identity, units, alone, before, frozenset(events))


def identity_change(sources: Sources, found: Touched, joiner: Joiner) -> tuple[set[Quad], set[Quad]]:
    """Return the quads of graph:identity and graph:index on the touched tellings, as they are and will be."""
    names = {*found.before, *found.identity.events}
    old = {
        quad for name in sorted(names) for graph in (GRAPH.identity, GRAPH.index)
        for quad in sources.store.found(s=iri(name), g=graph)
    }  # fmt: skip
    events = Identity(found.identity.events, found.identity.reasons)
    return old, {*identity_quads(events), *joiner.index(found.units, found.alone)}


def _with(sources: Sources, telling: str) -> list[str]:
    """Return the tellings that are one event with a telling now."""
    event = sources.event(telling)
    return sources.members(event) if event else [telling]


def _unchanged(now: Mapping[str, str], before: Mapping[str, str], fresh: set[str]) -> set[str]:
    """Return the events that have the tellings that they had, none of them fresh."""
    ours: dict[str, set[str]] = {}
    theirs: dict[str, set[str]] = {}
    for grouped, events in ((ours, now), (theirs, before)):
        for telling, event in events.items():
            grouped.setdefault(event, set()).add(telling)
    return {event for event, members in ours.items() if theirs.get(event) == members and not members & fresh}


class _Closure:
    """Units met so far, and those that they may join, until there are no more."""

    def __init__(self, sources: Sources, joiner: Joiner) -> None:
        self.met: dict[str, Portrait] = {}
        self.clusters = Clusters(joiner.measure, frozenset())
        self._sources = sources
        self._joiner = joiner
        self._units: dict[str, Portrait] = {}
        self._filed: dict[str, set[str]] = {}
        self._loaded: dict[str, set[str]] = {}
        self._waiting: list[Portrait] = []
        self._partners: dict[str, set[str]] = {}
        for judgement in joiner.standing:
            if judgement.kind == "same":
                for one, other in (judgement.key, judgement.key[::-1]):
                    self._partners.setdefault(one, set()).add(other)

    def add(self, telling: str) -> None:
        """Meet the unit of a telling, unless its report is gone."""
        if (unit := self._unit(telling)) is not None:
            self._waiting.append(unit)

    def loaded(self, name: str) -> list[str]:
        """Return the tellings of a report and of those that judgements tie to it, once they are loaded."""
        self._load(name)
        return [telling.id for one in self._loaded[name] for telling in self._sources.report(one).tellings]

    def tied_to(self, tellings: Iterable[str]) -> set[str]:
        """Return the reports that judgements tie to tellings."""
        partners = {other for telling in tellings for other in self._partners.get(telling, ())}
        return {name for other in partners if (name := self._sources.report_of(other))}

    def close(self) -> None:
        """Meet every unit that a unit met so far may join."""
        while self._waiting:
            unit = self._waiting.pop()
            if unit.telling.id in self.met:
                continue
            self.met[unit.telling.id] = unit
            for key in sorted(self._joiner.sought(unit)):
                for telling in sorted({*self._sources.filed(key), *self._filed.get(key, ())}):
                    self._compare(unit, telling, key)
            for one in list(self.clusters.of[unit.telling.id]):
                for member in _with(self._sources, one.telling.id):
                    self.add(member)

    def _compare(self, unit: Portrait, telling: str, key: str) -> None:
        if telling in self.met or self._differs(unit, telling, key):
            return
        other = self._unit(telling)
        if (
            other is not None
            and other.telling.id not in self.met
            and self._joiner.may_join(unit, other, self.clusters)
        ):
            self._waiting.append(other)

    def _differs(self, unit: Portrait, telling: str, key: str) -> bool:
        """Tell whether the index alone says that a telling whose report is not loaded joins no unit.

        Whatever the change touches, and what judgements tie to it, is loaded before anything is compared, so
        that the sketches of the rest are up to date. Where the rules have changed, one that is not will be
        when its report is derived anew, and is compared then.
        """
        if telling in self._units or not by_agreement(key):
            return False
        line = self._sources.sketch(telling)
        return bool(line) and not self._joiner.may_agree(unit, telling, line, self.clusters)

    def _unit(self, telling: str) -> Portrait | None:
        if telling not in self._units and (name := self._sources.report_of(telling)):
            self._load(name)
        return self._units.get(telling)

    def _load(self, name: str) -> None:
        """Gather the tellings of a report, with those of reports that judgements tie to it."""
        if name in self._loaded:
            return
        names, waiting = {name}, [name]
        while waiting:
            told = (telling.id for telling in self._sources.report(waiting.pop()).tellings)
            further = self.tied_to(told) - names
            names |= further
            waiting += further
        self._loaded.update(dict.fromkeys(names, names))
        materials = [self._sources.report(one) for one in sorted(names)]
        clusters = self._joiner.gathered(
            [telling for what in materials for telling in what.tellings],
            [assertion for what in materials for assertion in what.assertions],
            published={head.id: head.published for what in materials for head in what.reports.values()},
        )
        self.clusters.apart = clusters.apart
        self.clusters.of.update(clusters.of)
        self.clusters.links.update(clusters.links)
        for unit in self._joiner.units(clusters):
            for one in clusters.of[unit.telling.id]:
                self._units[one.telling.id] = unit
            for key in self._joiner.filed(unit):
                self._filed.setdefault(key, set()).add(unit.telling.id)
