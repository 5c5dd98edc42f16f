"""The chosen circumstances of an accepted event: where, how, when, how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kg.accept.status import FOR, SUSPECTED, Proposition, Rule
from kg.assertion import Pair, date_pairs, toll_pairs
from kg.assertion.tolls import widest
from kg.assertion.windows import narrowed, shortest
from kg.join.kin import tactic_kinship
from kg.model import Assertion
from kg.vocab import MKG, XSD, iri

if TYPE_CHECKING:
    from kg.registry import Registry

_OF_THE_WORDS = ("claimed", "denied", "claimStatus")  # their date is that of the claim or denial


def circumstances(group: Sequence[Proposition], rule: Rule, registry: Registry) -> Iterator[Pair]:
    """Yield the chosen qualifiers of one event from the accounts that state it.

    Args:
        group: all propositions of the event, with status.
        rule: what counts as stating.
        registry: containment of places.
    """
    accounts = _accounts(group, rule)
    for place in narrowest({place for one in accounts for place in one.place}, registry):
        yield MKG.place, iri(place)
    for tactic in _narrowest_tactics({tactic for one in accounts for tactic in one.tactic}):
        yield MKG.tactic, iri(tactic)
    outcomes = {one.outcome for one in accounts if one.outcome}
    if len(outcomes) == 1:  # accounts that differ on success choose none
        yield MKG.outcome, iri(f"mkg-outcome:{outcomes.pop()}")
    windows = {(one.earliest, one.latest) for one in accounts if one.earliest and one.latest}
    if windows:
        days, contested = narrowed(windows)
        yield from date_pairs(shortest(days), *days)
        if contested:
            yield MKG.dateContested, Literal("true", datatype=XSD.boolean)
    counting = [one for one in accounts if one.certainty != "claimed"]
    yield from toll_pairs(
        widest(one.killed for one in counting),
        widest(one.wounded for one in counting),
        widest(one.missing for one in counting),
    )


def narrowest(places: Iterable[str], registry: Registry) -> list[str]:
    """Return the places that contain no other of them, in order."""
    known = sorted(places)
    slugs = {place: place.partition(":")[2] for place in known}
    return [
        place
        for place in known
        if not any(other != place and _contains(slugs[place], slugs[other], registry) for other in known)
    ]


def _contains(outer: str, inner: str, registry: Registry) -> bool:
    return outer in registry.places and inner in registry.places and registry.within(inner, outer)


def _accounts(group: Sequence[Proposition], rule: Rule) -> list[Assertion]:
    """Return the assertions that state the event, or suspect it where nobody states it."""
    levels: dict[str, list[Assertion]] = {}
    for proposition in group:
        if proposition.predicate not in _OF_THE_WORDS:
            for assertion in proposition.assertions:
                levels.setdefault(rule.level(assertion), []).append(assertion)
    return levels.get(FOR) or levels.get(SUSPECTED) or []


def _narrowest_tactics(tactics: set[str]) -> list[str]:
    wholes = tactic_kinship().wholes
    return sorted(
        tactic
        for tactic in tactics
        if not any(other != tactic and tactic in wholes.get(other, ()) for other in tactics)
    )
