"""Sayings: what a passage says of the events it tells: claims, denials, accusations, assessments."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.accusations import accusation, accusers
from kg.extract.claims import claims, unclaimed
from kg.extract.denials import denials, set_phrases
from kg.extract.draft import Draft, Saying
from kg.extract.scope import stance_of
from kg.extract.told import Told


def sayings(told: Told) -> tuple[list[Saying], list[Draft]]:
    """Return the sayings of a passage, and the accounts of events told in another one.

    Claims and accusations are noted in the drafts as they are found, in text order.
    """
    found: list[Saying] = []
    accounts: list[Draft] = []
    accusing = accusers(told.passage)
    for token in told.passage.tree.read:
        found += claims(told, token)
        if token.tag.startswith("VB"):
            found += denials(told, token)
            account = accusation(told, token) if token.i in accusing else None
            accounts += [account] if account else []
    found += [*unclaimed(told), *set_phrases(told), *_assessments(told)]
    return _distinct(found), accounts


def _assessments(told: Told) -> Iterator[Saying]:
    """Read "according to X, the attack was largely a failure": a judgement on an event, with a speaker."""
    passage, tree = told.passage, told.passage.tree
    words = passage.lexicon.says("assessment", "adjectives")
    for i, draft in told.drafts.items():
        verb = passage.head(draft.trigger)
        if draft.trigger.dep != "nsubj" or verb.lemma != "be" or not draft.definite:
            continue
        attributes = tree.kids(verb.i, "attr", "acomp")
        speakers = stance_of(passage, verb).speakers
        if speakers and any(a.lemma in words for a in attributes):
            first, last = min(tree.subtree(i)), max(tree.subtree(attributes[-1].i))
            span = (tree.tokens[first].start, tree.tokens[last].end)
            yield Saying("assessment", verb, speakers[:1], [draft], text=span)


def _distinct(found: list[Saying]) -> list[Saying]:
    """Return the sayings without those that repeat an earlier one or say less than it."""
    kept: dict[int, Saying] = {}
    alike: dict[tuple[str, frozenset[int]], list[Saying]] = {}
    for saying in found:
        others = alike.setdefault((saying.type, frozenset(e.start for e in saying.agents)), [])
        if not any(not saying.about or saying.about == other.about for other in others):
            others.append(saying)
            kept[id(saying)] = saying
    return list(kept.values())
