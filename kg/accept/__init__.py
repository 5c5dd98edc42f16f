"""Accept: the status of propositions, the plain edges that the rule lets through, and all derived graphs."""

from kg.accept.derive import accept, accepted_quads, derive, proposition_quads, stance_quads, status_quads
from kg.accept.described import outlet_quads, place_quads
from kg.accept.status import Proposition, Rule, canonical_triple, event_of, proposition_ref, rule

__all__ = [
    "Proposition", "Rule", "accept", "accepted_quads", "canonical_triple", "derive", "event_of",
    "outlet_quads", "place_quads", "proposition_quads", "proposition_ref", "rule", "stance_quads",
    "status_quads",
]  # fmt: skip
