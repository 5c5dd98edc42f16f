"""From the sketch of a report to its incidents, by weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.incidents.candidates import Candidate
from kg.incidents.sketch import Sketch
from kg.incidents.weights import KINDS, ROLES, Weights
from kg.model import Filler

TACTICS = {  # the kinds of incident that a tactic is of; every other is an attack
    "bombing": (
        "bombing", "ied", "car-bombing", "suicide-bombing", "suicide-car-bombing", "grenade-attack",
        "landmine", "parcel-bomb", "rocket-attack", "mortar-attack",
    ),
    "kidnapping": ("kidnapping", "abduction", "hostage-taking", "hijacking"),
    "arson": ("arson",),
    "robbery": ("looting",),
}  # fmt: skip
_KIND_OF = {tactic: kind for kind, tactics in TACTICS.items() for tactic in tactics}
_MOST_ODDS = 4


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident: its kind, and by role those who had a part in it, each printed as in the report.

    Kinds and roles are those of `kg.incidents.weights`.
    """

    kind: str
    roles: Mapping[str, tuple[Filler, ...]]


def odds(weights: Mapping[str, Weights], sketch: Sketch) -> dict[str, float]:
    """Return the log odds that a report tells a relevant incident ("relevant"), and one of each kind."""
    return {name: weights[name].score(sketch.features) for name in ("relevant", *KINDS)}


def contextual(odds: Mapping[str, float], one: Candidate) -> frozenset[str]:
    """Return the features of a candidate with those that its report as a whole lends it."""
    relevant = int(max(-_MOST_ODDS, min(_MOST_ODDS, round(odds["relevant"]))))
    shape = "proper" if one.proper else "common"
    return frozenset(
        {
            *one.features,
            f"relevant:{relevant}",
            f"relevant:{shape}:{one.cls}:{relevant}",
            *(f"kind:{kind}:{'yes' if odds[kind] > 0 else 'no'}" for kind in KINDS),
        }
    )


def incidents(weights: Mapping[str, Weights], sketch: Sketch, text: str) -> list[Incident]:
    """Return the incidents of a report, one of a kind.

    Args:
        weights: weights by name.
        sketch: the report's sketch.
        text: the report as printed.
    """
    whole = odds(weights, sketch)
    chosen = {role: _chosen(weights[role], whole, sketch.candidates) for role in ROLES}
    kinds = [kind for kind in KINDS if whole[kind] > weights[kind].threshold]
    if not kinds and whole["relevant"] > weights["relevant"].threshold:
        kinds = [max(KINDS, key=lambda kind: whole[kind])]
    return [
        Incident(
            kind,
            {
                role: tuple(_filler(one, text) for one in found if _belongs(one, kind, kinds))
                for role, found in chosen.items()
            },
        )
        for kind in kinds
    ]


def _chosen(weights: Weights, whole: Mapping[str, float], found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that are likely enough to have a role, likeliest first."""
    chances = [(weights.probability(contextual(whole, one)), one) for one in found]
    return distinct([(chance, one) for chance, one in chances if chance > weights.threshold])


def distinct(likely: Sequence[tuple[float, Candidate]]) -> list[Candidate]:
    """Return candidates, likeliest first; of common nouns with one head only the likeliest."""
    kept: list[Candidate] = []
    for _, one in sorted(likely, key=lambda pair: (-pair[0], pair[1].start)):
        if one.proper or not any(not o.proper and _head(o) == _head(one) for o in kept):
            kept.append(one)
    return kept


def _head(one: Candidate) -> str:
    return one.key.split()[-1].rstrip("s")


def _belongs(one: Candidate, kind: str, kinds: Sequence[str]) -> bool:
    """Whether a candidate is part of the incident of a kind, where a report tells several."""
    told = {_KIND_OF.get(event.partition(":")[2], "attack") for event in one.events} & set(kinds)
    return kind in told or not told


def _filler(one: Candidate, text: str) -> Filler:
    return Filler(text[one.start : one.end], one.start, one.end, "Actor", one.link or None)
