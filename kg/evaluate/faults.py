"""What is wrong with predictions, one line a fault, and the same by phenomenon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.evaluate.align import Overlap
from kg.evaluate.gold import Given, GoldFact, Passage, Slot

UNTAGGED = "(untagged)"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    `kind` is "missed fact", "spurious fact", "slots", "certainty" or "speaker"; `type` that of the fact;
    `slots` how many slots it costs; `wanted` and `given` are written for a reader.
    """

    passage: str
    tags: tuple[str, ...]
    type: str
    kind: str
    wanted: str
    given: str
    slots: int = 0


def missed_fact(passage: Passage, fact: GoldFact) -> Fault:
    """Return the fault that a gold fact was not found."""
    return Fault(
        passage.id, passage.tags, fact.types[0], "missed fact", _written(fact.slots), "", 1 + len(fact.slots)
    )


def spurious_fact(passage: Passage, given: Given) -> Fault:
    """Return the fault that a fact was given which gold does not have."""
    return Fault(
        passage.id, passage.tags, given.type, "spurious fact", "", _written(given.slots), 1 + len(given.slots)
    )


def of_pair(
    passage: Passage, fact: GoldFact, given: Given, shared: Overlap, *, wrong: tuple[bool, bool]
) -> Iterator[Fault]:
    """Yield the faults of an aligned pair; `wrong` tells of its certainty and its speakers."""
    certainty, speakers = wrong
    head = (passage.id, passage.tags, fact.types[0])
    if shared.spurious or shared.missed:
        cost = len(shared.spurious) + len(shared.missed)
        yield Fault(*head, "slots", _written(shared.missed), _written(shared.spurious), cost)
    if certainty:
        yield Fault(*head, "certainty", "|".join(fact.certainty), given.certainty)
    if speakers:
        yield Fault(*head, "speaker", "; ".join(fact.speakers), "; ".join(given.speakers))


def by_phenomenon(faults: Iterable[Fault]) -> dict[str, list[Fault]]:
    """Return the faults under each tag of their passages, the tag that costs most slots first."""
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        for tag in fault.tags or (UNTAGGED,):
            found.setdefault(tag, []).append(fault)
    return dict(sorted(found.items(), key=lambda item: (-sum(one.slots for one in item[1]), item[0])))


def _written(slots: Iterable[Slot]) -> str:
    return "; ".join(f"{slot.role} {_value(slot.value)}" for slot in slots)


def _value(value: Any) -> str:  # noqa: ANN401 -- a JSON value
    if not isinstance(value, Mapping):
        return str(value)
    return " ".join(f"{key} {one}" for key, one in value.items() if one is not None)
