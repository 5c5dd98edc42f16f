"""Accept: the status of propositions, the plain edges that the rule lets through, and all derived graphs."""

from kg.accept.derive import accept, accepted_quads, derive, proposition_quads
from kg.accept.status import Proposition

__all__ = ["Proposition", "accept", "accepted_quads", "derive", "proposition_quads"]
