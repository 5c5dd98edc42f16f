"""Whom a description means: by apposition, nationality, affiliation and theatre, or the group named before."""

from __future__ import annotations

from collections.abc import Callable

from kg.model import Mention
from kg.resolve.forces import force, government, mission, nation
from kg.resolve.groups import affiliate, antecedent, led_by
from kg.resolve.known import ARMED, FORCES, Answer
from kg.resolve.passage import Passage

_KINDS = {"armed": ARMED, "force": FORCES, "government": frozenset({"Government"})}

Rule = Callable[[Passage, Mention], Answer | None]
# In this order; the first that has an answer, if only that it abstains, ends the search.
_RULES: tuple[Rule, ...]


def settle_descriptions(passage: Passage) -> None:
    """Link the descriptions of a passage in text order, so that later ones may refer to earlier ones."""
    for i, mention in enumerate(passage.mentions):
        if mention.clues.form != "name":
            _settle(passage, i, mention)


def _settle(passage: Passage, i: int, mention: Mention) -> None:
    for rule in _RULES:
        answer = rule(passage, mention)
        if answer is None:
            continue
        if answer.slug is None:
            passage.abstain(i, answer.reason, answer.candidates)
        else:
            passage.link(i, answer.slug, answer.reason, answer.confidence)
        return
    passage.abstain(i, "a description that does not say which")


def _apposition(passage: Passage, mention: Mention) -> Answer | None:
    """Answer with what the name beside the description is linked to, if that can be so described."""
    span = mention.clues.same
    if span is None or span not in passage.at or mention.clues.against:
        return None
    other = passage.mentions[passage.at[span]]
    if other.link is None:
        return Answer(None, f"the same as {other.text}")
    actor = passage.known.actors.get(other.link)
    if actor is None or actor.kind not in _KINDS.get(mention.clues.cls, ()):
        return None
    return Answer(other.link, f"beside {other.text}, which it describes", 0.9)


def _vague(_: Passage, mention: Mention) -> Answer | None:
    return Answer(None, f"not one actor: {mention.clues.against}") if mention.clues.against else None


_RULES = (_apposition, nation, force, mission, government, led_by, affiliate, _vague, antecedent)
