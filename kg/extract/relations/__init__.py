"""Lasting relations of one passage: pledges, offices, networks, territory, dealings, mergers and splits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.extract.draft import Draft
from kg.extract.grounding import is_history
from kg.extract.passage import Passage
from kg.extract.relations import bonds, dealings, networks, offices, pledges, territory, unions
from kg.extract.relations.agreements import agreements
from kg.extract.relations.drafting import within_field
from kg.extract.syntax import Token

__all__ = ["agreements", "relations"]

Rule = Callable[[Passage, Token], Iterator[Draft]]

# Tried in this order on every verb, then on every token.
_VERBAL: tuple[Rule, ...] = (
    pledges.verbal, pledges.shifted, offices.led, territory.verbal, dealings.supported, dealings.supplied,
    unions.merged, unions.parted, dealings.designated, offices.joined,
    networks.linked, bonds.verbal,
)  # fmt: skip
_NOMINAL: tuple[Rule, ...] = (
    pledges.nominal, offices.held, offices.at_the_top, networks.nominal, networks.possessed,
    networks.hyphenated, pledges.loyal, offices.under, offices.of_group, territory.nominal, bonds.nominal,
)  # fmt: skip
_PASSING = (networks.hyphenated, offices.under)  # say in passing what no negation around them reaches
_PHRASES = (bonds.verbal, bonds.nominal)
_STATED = frozenset({"attr", "dobj", "nsubj", "nsubjpass", "pobj", "ROOT", "oprd"})


def relations(passage: Passage) -> list[Draft]:
    """Return the relation drafts of a passage in text order, one for each object of a pledge."""
    found: list[Draft] = []
    words = passage.lexicon.relating
    for token in passage.tree.read:
        if is_history(passage, token):
            continue
        if token.name is None and words.isdisjoint((token.lemma, token.text.lower())):
            continue
        told: list[Draft] = []
        for rule in _VERBAL if token.tag.startswith("VB") else ():
            told += _further(rule(passage, token), told, rule)
        for rule in _NOMINAL:
            for draft in _further(rule(passage, token), told, rule):
                draft.presupposed = token.dep not in _STATED or token.name is not None or rule in _PASSING
                told.append(draft)
        found += told
    return _distinct([d for d in found if d.type != "allegiance" or _is_pledge(passage, d)])


def _is_pledge(passage: Passage, draft: Draft) -> bool:
    """Whether those who pledge or are pledged to are of this field, not a striker and his club."""
    fillers = draft.role("agent") + draft.role("object")
    spoken_of = any(t.name is not None and t.name.cls == "armed" for t in passage.tree.tokens)
    known = any(e.cls == "person" and e.name and e.name.match for e in fillers)
    sided = any(e.cls in ("force", "community") for e in fillers)
    return spoken_of or known or sided or within_field(passage, draft)


def _further(drafts: Iterable[Draft], told: list[Draft], rule: Rule) -> list[Draft]:
    """Return the drafts of a rule; of set phrases only those of a type that no rule has told of the word."""
    types = {draft.type for draft in told} if rule in _PHRASES else set()
    return [draft for draft in drafts if draft.type not in types]


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without those that say the same of the same phrases."""
    first: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        spans = (tuple(e.start for e in draft.role(role)) for role in ("agent", "object", "party"))
        first.setdefault((draft.type, *spans, tuple(e.start for e in draft.places)), draft)
    return list(first.values())
