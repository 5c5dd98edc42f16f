"""The events of a projection: what kind, where, when, with which toll, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kg.dates import printed
from kg.projection.source import Index, local_part
from kg.projection.statement import tolls
from kg.vocab import MKG, STANCE

DRAWN = ("accepted", "contested", "suspected")
"""The statuses that make an edge, best first. Denied and hypothetical propositions never do."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """A triple that may be true, in references ("actor:jnim") and local names ("allegianceTo", "type")."""

    id: str
    subject: str
    relation: str
    object: str
    status: str

    @property
    def drawn(self) -> bool:
        """Whether it makes an edge."""
        return self.status in DRAWN


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with the values to show: accepted ones, else what its undenied accounts say."""

    id: str
    type: str
    status: str
    label: str
    places: tuple[str, ...]
    place: tuple[str, ...]
    tactic: tuple[str, ...]
    outcome: str
    date: str
    earliest: str
    latest: str
    killed: str
    wounded: str
    missing: str
    unclaimed: bool


class Counts(NamedTuple):
    """What gives the tolls of a node to print, by kind."""

    killed: Callable[[str], str]
    wounded: Callable[[str], str]
    missing: Callable[[str], str]


def propositions(index: Index) -> list[Proposition]:
    """Return every proposition in the order of subject, relation and object."""
    subject, predicate, value = map(index.reader, (MKG.subject, MKG.predicate, MKG.object))
    found = (
        Proposition(
            node,
            subject(node),
            local_part(predicate(node)),
            value(node),
            local_part(values[0]),
        )
        for node, values in index.items(MKG.status)
    )
    return sorted(found, key=lambda one: (one.subject, one.relation, one.object, one.id))


def happenings(index: Index, stated: Iterable[Proposition]) -> dict[str, Happening]:
    """Return the events whose type is accepted, contested or suspected, by reference, in order."""
    types: dict[str, list[tuple[int, str]]] = {}
    for one in stated:
        if one.relation == "type" and one.drawn and one.subject.startswith("event:"):
            types.setdefault(one.subject, []).append((DRAWN.index(one.status), local_part(one.object)))
    accounts = _accounts(index)
    counts = Counts(*(tolls(index, kind) for kind in ("killed", "wounded", "missing")))
    return {
        event: _happening(index, event, min(kinds), accounts.get(event, ()), counts)
        for event, kinds in sorted(types.items())
    }


def _accounts(index: Index) -> dict[str, list[str]]:
    """Return the assertions that speak of each event without denying anything, by event."""
    denials = {name for name, stance in STANCE.items() if stance in (MKG.denies, MKG.supposes)}
    certainty = index.reader(MKG.certainty)
    accounts: dict[str, list[str]] = {}
    for assertion, tellings in index.items(MKG.about):
        if local_part(certainty(assertion)) not in denials:
            for telling in tellings:
                accounts.setdefault(index.event_of.get(telling, telling), []).append(assertion)
    return accounts


def _happening(
    index: Index, event: str, kind: tuple[int, str], accounts: Iterable[str], counts: Counts
) -> Happening:
    # An event that is not accepted has no chosen values; one account then stands for them: the first.
    carriers = [event, *accounts]
    places = _first(index.many(node, MKG.place) for node in carriers)
    place = tuple(index.label(node) for node in places)
    dated = next((node for node in carriers if index.one(node, MKG.earliest)), event)
    date = index.one(dated, MKG.date)
    return Happening(
        id=event,
        type=kind[1],
        status=DRAWN[kind[0]],
        label=", ".join(part for part in (kind[1], *place[:1], printed(date)) if part),
        places=places,
        place=place,
        tactic=tuple(index.label(node) for node in _first(index.many(node, MKG.tactic) for node in carriers)),
        outcome=local_part(next(iter(_first(index.many(node, MKG.outcome) for node in carriers)), "")),
        date=date,
        earliest=index.one(dated, MKG.earliest),
        latest=index.one(dated, MKG.latest),
        killed=next(filter(None, map(counts.killed, carriers)), ""),
        wounded=next(filter(None, map(counts.wounded, carriers)), ""),
        missing=next(filter(None, map(counts.missing, carriers)), ""),
        unclaimed=local_part(index.one(event, MKG.claimStatus)) == "unclaimed",
    )


def _first(values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return next((found for found in values if found), ())
