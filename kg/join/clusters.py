"""Tellings put together step by step, each step with its reason, and never against what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.join.agreement import Measure
from kg.join.portrait import Portrait
from kg.judgement import Judgement

TOLD_ONCE = "told once"
LEAST = "first telling of the event"


@dataclass(slots=True)
class Clusters:
    """Tellings put together so far. Two clusters merge only where no pair across them is in conflict."""

    measure: Measure
    apart: frozenset[frozenset[str]]
    of: dict[str, list[Portrait]] = field(default_factory=dict)
    links: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def fits(self, one: Portrait, other: Portrait) -> bool:
        """Tell whether nothing speaks against the clusters of two portraits being one.

        Rival perpetrators do, unless all else about the two portraits themselves makes it evident. Clusters
        that do not fit never will, since what speaks against it only grows with them.
        """
        return self.fits_all(one, other, self.of[other.telling.id])

    def fits_all(self, one: Portrait, other: Portrait, others: Sequence[Portrait]) -> bool:
        """Tell the same of one that is here and another that need not be: its cluster is given."""
        pairs = [(here, there) for here in self.of[one.telling.id] for there in others]
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

    def alone(self) -> frozenset[str]:
        """Return the tellings that are put to no other."""
        return frozenset(telling for telling, cluster in self.of.items() if len(cluster) == 1)

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

    def part(self, tellings: Iterable[str]) -> Clusters:
        """Return the clusters of some tellings alone; whole clusters are asked for."""
        chosen = set(tellings)
        lists: dict[int, list[Portrait]] = {}
        of = {}
        for telling in sorted(chosen):
            cluster = self.of[telling]
            of[telling] = lists.setdefault(id(cluster), list(cluster))
        links = {telling: list(self.links[telling]) for telling in sorted(chosen) if telling in self.links}
        return Clusters(self.measure, self.apart, of, links)


def judged(clusters: Clusters, standing: Sequence[Judgement]) -> None:
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


def anaphora(clusters: Clusters, drawn: Sequence[Portrait]) -> None:
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


def _order(portrait: Portrait) -> tuple[bool, str, str]:
    return portrait.order
