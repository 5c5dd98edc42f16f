"""Weights of features: how much each speaks for a kind of incident, or for a part in one."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import LexiconError
from kg.resources import ontology_dir

FILE = "incidents.toml"
KINDS = ("attack", "bombing", "kidnapping", "arson", "robbery")
ROLES = ("individual", "organisation", "target", "victim", "weapon")


@dataclass(frozen=True, slots=True)
class Weights:
    """One linear model: how much each feature speaks for something."""

    bias: float
    threshold: float
    features: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """Return the log odds that features give."""
        return self.bias + sum(self.features.get(feature, 0.0) for feature in features)

    def probability(self, features: Iterable[str]) -> float:
        """Return the probability that features give, in [0, 1]."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(features)))))


@cache
def load() -> Mapping[str, Weights]:
    """Return the weights: "relevant", and by kind of incident and role.

    Raises:
        LexiconError: the file is missing, is not TOML, or lacks a section.
    """
    path = ontology_dir() / "lexicon" / FILE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: Weights(**data[name]) for name in ("relevant", *KINDS, *ROLES)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LexiconError(f"lexicon file {FILE} can't be read: {error}") from error
