"""When two tellings agree enough to be one event, and when something speaks against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.assertion.windows import length_days, overlap
from kg.join.kin import Kinship
from kg.join.portrait import Portrait
from kg.model import Count

if TYPE_CHECKING:
    from kg.registry import Registry

FEW_DAYS = 7
MONTH_DAYS = 31
_RIVAL_DAYS = 2  # accounts that name different perpetrators must date the event this narrowly
CEREMONIES = ("Merger", "Split", "Agreement", "Designation")  # few, and told without a town
_ALIKE = (
    frozenset({"Attack", "Killing"}), frozenset({"Attack", "Clash"}), frozenset({"Operation", "Killing"}),
    frozenset({"Operation", "Capture"}), frozenset({"Operation", "Clash"}),
)  # fmt: skip
_TOLL_RATIO = 2  # tolls of one event rise from report to report, but seldom beyond this
_TOLL_SLACK = 3


@dataclass(frozen=True, slots=True)
class Measure:
    """What portraits are compared by."""

    registry: Registry
    actors: Kinship
    tactics: Kinship

    def conflict(self, one: Portrait, other: Portrait) -> bool:
        """Tell whether something but the perpetrators speaks against two portraits being of one event."""
        return (
            one.supposed != other.supposed
            or not self._types_fit(one, other)
            or bool(one.days and other.days and not overlap(one.days, other.days))
            or not self._places_fit(one, other)
            or _unlike(one.tactics, other.tactics, self.tactics)
            or _unlike(one.aimed_at, other.aimed_at, self.actors)
            or _tolls_conflict(one.killed, other.killed)
            or _tolls_conflict(one.wounded, other.wounded)
        )

    def rival(self, one: Portrait, other: Portrait) -> bool:
        """Tell whether two portraits name different perpetrators, none part of the other."""
        return _unlike(one.doers, other.doers, self.actors)

    def agreement(self, one: Portrait, other: Portrait) -> str:
        """Return why two portraits without conflict are one event, "" where they agree too little."""
        if one.days is None or other.days is None or one.supposed or other.supposed:
            return ""
        longest = max(length_days(one.days), length_days(other.days))
        if longest > MONTH_DAYS or not overlap(one.days, other.days):
            return ""
        window = f"window {max(one.days[0], other.days[0])}..{min(one.days[1], other.days[1])}"
        if one.telling.type in CEREMONIES or other.telling.type in CEREMONIES:
            cast = one.cast & other.cast
            return f"{window}, actors {_names(cast)}" if len(cast) > 1 else ""
        if persons := self.persons(one.aimed_at & other.aimed_at):
            return f"{window}, victim {_names(persons)}"
        towns = one.towns & other.towns
        shared = self._shared(one, other)
        strict = longest > FEW_DAYS or one.telling.report == other.telling.report
        enough = {"tactic", "killed"} <= shared.keys() if strict else bool(shared)
        if towns and longest == 1 and not shared and not strict and (one.known or other.known):
            return f"same place {_names(towns)}, {window}, told as known"
        if not towns or not enough:
            return ""
        details = ", ".join(f"{name} {value}" for name, value in shared.items())
        return f"same place {_names(towns)}, {window}, {details}"

    def _shared(self, one: Portrait, other: Portrait) -> dict[str, str]:
        """Return the details that two portraits share, by name, in words."""
        shared: dict[str, str] = {}
        for name, ones, others, kinship in (
            ("tactic", one.tactics, other.tactics, self.tactics),
            ("perpetrator", one.doers, other.doers, self.actors),
            ("target", one.aimed_at, other.aimed_at, self.actors),
        ):
            if kinship.any_related(ones, others):
                shared[name] = _names((ones & others) or ones)
        if one.killed and other.killed and _tolls_agree(one.killed, other.killed):
            shared["killed"] = str(max(one.killed.low, other.killed.low))
        return shared

    def evident(self, one: Portrait, other: Portrait) -> bool:
        """Tell whether two portraits are of one event even if they name different perpetrators."""
        return (
            one.days is not None
            and other.days is not None
            and max(length_days(one.days), length_days(other.days)) <= _RIVAL_DAYS
            and bool(one.towns & other.towns)
            and {"tactic", "killed"} <= self._shared(one, other).keys()
        )

    def _types_fit(self, one: Portrait, other: Portrait) -> bool:
        types = {one.telling.type, other.telling.type}
        if len(types) == 1 or "Event" in types:
            return True
        return types in _ALIKE and self.actors.any_related(one.cast, other.cast)

    def _places_fit(self, one: Portrait, other: Portrait) -> bool:
        if one.towns and other.towns and not one.towns & other.towns:
            return False
        if not one.places or not other.places:
            return True
        return any(self._nested(here, there) for here in one.places for there in other.places)

    def _nested(self, here: str, there: str) -> bool:
        slugs = here.partition(":")[2], there.partition(":")[2]
        return here == there or self.registry.within(*slugs) or self.registry.within(*reversed(slugs))

    def persons(self, references: frozenset[str]) -> frozenset[str]:
        """Return the references of persons that the registry names."""
        known = self.registry.actors
        slugs = {reference: reference.partition(":")[2] for reference in references}
        return frozenset(ref for ref, slug in slugs.items() if slug in known and known[slug].kind == "Person")


def _unlike(ones: frozenset[str], others: frozenset[str], kinship: Kinship) -> bool:
    return bool(ones and others) and not kinship.any_related(ones, others)


def _tolls_agree(one: Count, other: Count) -> bool:
    if one.low == other.low:
        return one.low > 0
    if one.high is None or other.high is None:
        return False
    return max(one.low, other.low) <= min(one.high, other.high)


def _tolls_conflict(one: Count | None, other: Count | None) -> bool:
    """Tell whether the lower of two tolls is bounded far below the higher."""
    if one is None or other is None:
        return False
    lower, higher = sorted((one, other), key=lambda count: (count.low, count.high is None, count.high or 0))
    if lower.high is None:
        return False
    return higher.low > max(lower.high * _TOLL_RATIO, lower.high + _TOLL_SLACK)


def _names(references: frozenset[str]) -> str:
    return " and ".join(sorted(reference.partition(":")[2] for reference in references))
