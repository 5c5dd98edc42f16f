"""Lasting relations of one passage: pledges, offices, networks, territory, dealings, mergers and splits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kg.extract.draft import Draft
from kg.extract.grounding import history
from kg.extract.passage import Passage
from kg.extract.relations import bonds, dealings, networks, offices, pledges, territory, unions
from kg.extract.relations.agreements import agreements
from kg.extract.relations.drafting import within_field
from kg.extract.syntax import Token

__all__ = ["agreements", "relations"]

Read = Callable[[Passage, Token], Iterator[Draft]]


class Rule(NamedTuple):
    """How one kind of relation is read, and the lists of relations.toml whose words call for it.

    A rule without lists reads names.
    """

    read: Read
    lists: frozenset[tuple[str, str]]
    presupposes: bool = False  # says in passing what no negation around it reaches


def _rule(read: Read, *lists: str, presupposes: bool = False) -> Rule:
    """Return a rule; its lists are given as "section.key"."""
    sections = (name.split(".") for name in lists)
    return Rule(read, frozenset((section, key) for section, key in sections), presupposes)


# Tried in this order on every verb, then on every token.
_VERBAL = (
    _rule(pledges.verbal, "allegiance.verbs"),
    _rule(pledges.shifted, "allegiance.shift"),
    _rule(offices.led, "leadership.verbs"),
    _rule(territory.verbal, "control.verbs"),
    _rule(dealings.supported, "support.verbs"),
    _rule(dealings.supplied, "support.giving"),
    _rule(unions.merged, "merger.verbs"),
    _rule(unions.parted, "split.verbs"),
    _rule(dealings.designated, "designation.verbs"),
    _rule(offices.joined, "membership.verbs"),
    _rule(networks.linked, "affiliation.verbs"),
    _rule(bonds.verbal, "bond.verbs"),
)
_NOMINAL = (
    _rule(pledges.nominal, "allegiance.nominal_acts"),
    _rule(offices.held, "leadership.nouns", "membership.nouns"),
    _rule(offices.at_the_top, "leadership.posts"),
    _rule(networks.nominal, "affiliation.nouns"),
    _rule(networks.possessed),
    _rule(networks.hyphenated, "affiliation.adjectives", presupposes=True),
    _rule(pledges.loyal, "allegiance.adjectives"),
    _rule(offices.under, "leadership.prepositions", presupposes=True),
    _rule(offices.of_group),
    _rule(territory.nominal, "control.nouns"),
    _rule(bonds.nominal, "bond.nouns"),
)
_PHRASES = (bonds.verbal, bonds.nominal)
_STATED = frozenset({"attr", "dobj", "nsubj", "nsubjpass", "pobj", "ROOT", "oprd"})
_NOWHERE: frozenset[tuple[str, str]] = frozenset()


def relations(passage: Passage) -> list[Draft]:
    """Return the relation drafts of a passage in text order, one for each object of a pledge."""
    found: list[Draft] = []
    listed, past = passage.lexicon.listed, history(passage)
    for token in passage.tree.read:
        lists = listed.get(token.lemma, _NOWHERE) | listed.get(token.form, _NOWHERE)
        if (lists or token.name is not None) and token.sent not in past:
            found += _told(passage, token, lists)
    return _distinct([d for d in found if d.type != "allegiance" or _is_pledge(passage, d)])


def _told(passage: Passage, token: Token, lists: frozenset[tuple[str, str]]) -> list[Draft]:
    """Return the drafts that a word tells; set phrases add only types that no rule before has told."""
    told: list[Draft] = []
    in_passing = token.dep not in _STATED or token.name is not None
    for rules, nominal in ((_VERBAL if token.tag.startswith("VB") else (), False), (_NOMINAL, True)):
        for rule in rules:
            if rule.lists.isdisjoint(lists) and (rule.lists or token.name is None):
                continue
            types = {draft.type for draft in told} if rule.read in _PHRASES else ()
            for draft in rule.read(passage, token):
                if draft.type not in types:
                    draft.presupposed = nominal and (in_passing or rule.presupposes)
                    told.append(draft)
    return told


def _is_pledge(passage: Passage, draft: Draft) -> bool:
    """Whether those who pledge or are pledged to are of this field, not a striker and his club."""
    fillers = draft.role("agent") + draft.role("object")
    spoken_of = any(t.name is not None and t.name.cls == "armed" for t in passage.tree.tokens)
    known = any(e.cls == "person" and e.name and e.name.match for e in fillers)
    sided = any(e.cls in ("force", "community") for e in fillers)
    return spoken_of or known or sided or within_field(passage, draft)


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without those that say the same of the same phrases."""
    first: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        spans = (tuple(e.start for e in draft.role(role)) for role in ("agent", "object", "party"))
        first.setdefault((draft.type, *spans, tuple(e.start for e in draft.places)), draft)
    return list(first.values())
