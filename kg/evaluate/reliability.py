"""Reliability: how often facts of one confidence are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.evaluate.score import Pair

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The facts whose confidence lies in [low, high); the last bin holds 1 too.

    `confidence` is their mean, `right` the share that answer a gold fact without a wrong slot, `slots` the
    share of their slots that are right.
    """

    low: float
    high: float
    facts: int
    confidence: float
    right: float
    slots: float


def reliability(pairs: Iterable[Pair]) -> list[Bin]:
    """Return the bins that hold a fact, by tenths of confidence; facts without one are left out."""
    bins: list[list[tuple[float, Pair]]] = [[] for _ in range(BINS)]
    for pair in pairs:
        if (confidence := pair.given.confidence) is not None:
            bins[min(int(confidence * BINS), BINS - 1)].append((confidence, pair))
    return [_bin(number, held) for number, held in enumerate(bins) if held]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the mean distance of confidence and share of right facts over all facts, 0 of none.

    Source: expected calibration error, M. Pakdaman Naeini et al., "Obtaining well calibrated
    probabilities using Bayesian binning", AAAI 2015.
    """
    facts = sum(one.facts for one in bins)
    return sum(one.facts * abs(one.confidence - one.right) for one in bins) / facts if facts else 0.0


def _bin(number: int, held: Sequence[tuple[float, Pair]]) -> Bin:
    right, wrong = (sum(getattr(pair, name) for _, pair in held) for name in ("right", "wrong"))
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        facts=len(held),
        confidence=sum(confidence for confidence, _ in held) / len(held),
        right=sum(pair.gold is not None and not pair.wrong for _, pair in held) / len(held),
        slots=right / (right + wrong),
    )
