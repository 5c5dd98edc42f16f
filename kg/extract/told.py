"""What a passage has told: its drafts, found again by the words that speak of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.extract.draft import Draft, Saying
from kg.extract.entity import Entity
from kg.extract.passage import Passage
from kg.extract.syntax import Token

_BELOW = frozenset({"pobj", "dobj", "conj", "pcomp", "ccomp", "acl", "compound", "relcl", "appos"})
# Pronouns by which a speaker speaks of itself.
SELF = frozenset({"it", "they", "its", "their", "he", "his", "we", "our", "themselves", "itself"})


@dataclass(frozen=True, slots=True)
class Told:
    """A passage with its drafts by trigger token, in text order."""

    passage: Passage
    drafts: Mapping[int, Draft]

    def below(self, heads: Iterable[int]) -> list[Draft]:
        """Return the drafts that some heads and what is coordinated with them tell, themselves or below."""
        found = []
        for head in heads:
            for i in self.passage.tree.conjuncts(head):
                draft = self._at_or_below(i)
                if draft is not None:
                    found.append(draft)
        return found

    def _at_or_below(self, i: int) -> Draft | None:
        if i in self.drafts:
            return self.drafts[i]
        tree = self.passage.tree
        below = (j for j in tree.subtree(i) if j in self.drafts and tree.tokens[j].dep in _BELOW)
        return next((self.drafts[j] for j in below), None)

    def in_sentence(self, token: Token) -> list[Draft]:
        """Return the drafts of the sentence that a token stands in."""
        return [d for d in self.drafts.values() if d.trigger.sent == token.sent]

    def before(self, token: Token) -> list[Draft]:
        """Return the drafts of its sentence told before a token."""
        return [d for d in self.in_sentence(token) if d.trigger.i < token.i]

    def others(self, entities: Iterable[Entity]) -> list[Entity]:
        """Return the entities that are not themselves the trigger of a draft."""
        return [e for e in entities if e.head not in self.drafts]


def claimed(trigger: Token, agents: list[Entity], about: list[Draft], *, negated: bool = False) -> Saying:
    """Return a claim of responsibility, noted in the drafts that it is about."""
    for draft in about:
        draft.claimed = True
    return Saying("claim", trigger, agents, about, negated)
