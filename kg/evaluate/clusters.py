"""B-cubed: how well mentions are put together into the events that they tell.

Each gold mention asks which share of the mentions that were put with it belong with it (precision), and which
share of those that belong with it were put with it (recall); the means over the mentions are the scores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class BCubed:
    """Scores from 0 to 1, and of how many gold mentions how many were found."""

    precision: float
    recall: float
    found: int
    gold: int

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(gold: Mapping[Item, str], given: Mapping[Item, str]) -> BCubed:
    """Score clusters of mentions against gold clusters.

    Precision is the mean over the gold mentions that were found, recall the mean over all of them: one that
    was not found counts 0. Mentions that are not in gold count for nothing.

    Args:
        gold: the cluster of each mention.
        given: the cluster of each mention that was found.
    """
    wanted, made = _clusters(gold), _clusters({item: given[item] for item in given if item in gold})
    shared = {item: len(wanted[gold[item]] & made[given[item]]) for item in gold if item in given}
    precision = sum(number / len(made[given[item]]) for item, number in shared.items())
    recall = sum(number / len(wanted[gold[item]]) for item, number in shared.items())
    return BCubed(
        precision / len(shared) if shared else 0.0,
        recall / len(gold) if gold else 0.0,
        len(shared),
        len(gold),
    )


def _clusters(cluster_of: Mapping[Item, str]) -> Mapping[str, set[Item]]:
    members: defaultdict[str, set[Item]] = defaultdict(set)
    for item, cluster in cluster_of.items():
        members[cluster].add(item)
    return members
