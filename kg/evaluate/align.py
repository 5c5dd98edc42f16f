"""Which predicted fact answers which gold fact of a passage, and which of its slots are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.assignment import best_pairs
from kg.evaluate.compare import same_count, same_date, same_filler
from kg.evaluate.gold import COUNTS, Given, GoldFact, Slot

# What a pair is worth: any pair of one type beats none, then shared slots, then few wrong ones; facts
# that must be found go before optional ones.
_TYPE, _SLOT, _REQUIRED = 100, 10, 1000


@dataclass(frozen=True, slots=True)
class Overlap:
    """Of a pair: how many slots are right (the type is one), which were given wrongly, which are missing."""

    hits: int
    spurious: tuple[Slot, ...]
    missed: tuple[Slot, ...]


def aligned(gold: Sequence[GoldFact], given: Sequence[Given]) -> list[tuple[int, int, Overlap]]:
    """Return (gold index, given index, overlap) of the facts that answer each other.

    Events and relations first, then what speaks of them, so that a claim can be judged by what it is about.
    """
    events = _paired(gold, given, {}, about=False)
    known = {given[theirs].id: ours for ours, theirs, _ in events}
    return [*events, *_paired(gold, given, known, about=True)]


def overlap(gold: GoldFact, given: Given, known: Mapping[str, int]) -> Overlap:
    """Return what a gold fact and a given one share; `known` has the gold index of each given event's id."""
    used: set[int] = set()
    spurious = []
    for slot in given.slots:
        right = (i for i, one in enumerate(gold.slots) if i not in used and _answers(one, slot, known))
        if (found := next(right, None)) is not None:
            used.add(found)
        elif not any(_answers(one, slot, known) for one in (*gold.slots, *gold.spare)):
            spurious.append(slot)
    missed = tuple(one for i, one in enumerate(gold.slots) if i not in used)
    return Overlap(1 + len(used), tuple(spurious), missed)


def _paired(
    gold: Sequence[GoldFact], given: Sequence[Given], known: Mapping[str, int], *, about: bool
) -> list[tuple[int, int, Overlap]]:
    ours = [i for i, fact in enumerate(gold) if fact.about == about]
    theirs = [i for i, fact in enumerate(given) if fact.about == about]
    worth = [[_worth(gold[i], given[j], known) for j in theirs] for i in ours]
    return [
        (ours[row], theirs[column], overlap(gold[ours[row]], given[theirs[column]], known))
        for row, column in best_pairs(worth)
        if worth[row][column] > 0
    ]


def _worth(gold: GoldFact, given: Given, known: Mapping[str, int]) -> int:
    if given.type not in gold.types:
        return 0
    shared = overlap(gold, given, known)
    worth = _TYPE + _SLOT * shared.hits - len(shared.spurious) - len(shared.missed)
    return worth if gold.optional else _REQUIRED * worth


def _answers(wanted: Slot, slot: Slot, known: Mapping[str, int]) -> bool:
    if wanted.role != slot.role:
        return False
    if slot.role in COUNTS:
        return same_count(wanted.value, slot.value)
    if slot.role == "date":
        return same_date(wanted.value, slot.value)
    if slot.role == "about":
        return bool(known.get(str(slot.value)) == wanted.value)
    return same_filler(wanted.value, slot.value)
