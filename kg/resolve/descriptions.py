"""Whom a description means: by apposition, nationality, affiliation and theatre, or who was named before."""

from __future__ import annotations

from collections.abc import Callable

from kg.model import Mention
from kg.resolve.forces import force, government, mission, nation
from kg.resolve.groups import affiliate, antecedent, led_by
from kg.resolve.known import ARMED, FORCES, Answer
from kg.resolve.passage import Passage, Trail

_KINDS = {"armed": ARMED, "force": FORCES, "government": frozenset({"Government"})}


def settle_descriptions(passage: Passage) -> None:
    """Link the descriptions of a passage in text order, so that later ones may refer to earlier ones."""
    trails = {"armed": Trail(), "force": Trail()}
    hidden = _names_of_networks(passage)
    for mention in passage.title:
        if kind := _referent(passage, mention):
            trails[kind].add(mention)
    for i, mention in enumerate(passage.mentions):
        if mention.clues.form != "name":
            _settle(passage, i, trails)
        if (mention.start, mention.end) not in hidden and (kind := _referent(passage, passage.mentions[i])):
            trails[kind].add(passage.mentions[i])


def _settle(passage: Passage, i: int, trails: dict[str, Trail]) -> None:
    mention = passage.mentions[i]
    rules: tuple[Callable[[], Answer | None], ...] = (
        lambda: _apposition(passage, mention),
        lambda: nation(passage, mention),
        lambda: force(passage, mention, trails["force"]),
        lambda: mission(passage, mention),
        lambda: government(passage, mention),
        lambda: led_by(passage, mention),
        lambda: affiliate(passage, mention),
        lambda: _vague(mention),
        lambda: antecedent(passage, mention, trails["armed"]),
    )
    answer = next((found for rule in rules if (found := rule()) is not None), None)
    if answer is None:
        passage.abstain(i, "a description that does not say which")
    elif answer.slug is None:
        passage.abstain(i, answer.reason, answer.candidates)
    else:
        passage.link(i, answer.slug, answer.reason, answer.confidence)


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


def _vague(mention: Mention) -> Answer | None:
    return Answer(None, f"not one actor: {mention.clues.against}") if mention.clues.against else None


def _names_of_networks(passage: Passage) -> frozenset[tuple[int, int]]:
    """Return the names that only say to what a group belongs: "the group" later does not mean these."""
    spans = set()
    for mention in passage.mentions:
        if mention.clues.form == "description" and mention.clues.cls == "armed":
            spans |= {
                (start, end) for how, start, end in mention.clues.inside if how in ("before", "of", "linked")
            }
    return frozenset(spans)


def _referent(passage: Passage, mention: Mention) -> str:
    """Return the trail that a mention belongs to, "" where later descriptions can't stand for it."""
    if mention.kind != "actor":
        return ""
    if mention.link is not None:
        kind = passage.known.actors[mention.link].kind
        return "armed" if kind in ARMED else "force" if kind == "StateForce" else ""
    described = (
        mention.clues.form == "description"
        and mention.clues.sense in ("part", "members")
        and mention.clues.inside
    )
    return "armed" if mention.clues.cls == "armed" and (mention.clues.form == "name" or described) else ""
