"""Dealings of powers with groups: support and designation as terrorist."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.draft import Draft
from kg.extract.entity import POWERS, Entity
from kg.extract.passage import Passage
from kg.extract.relations.drafting import arguments, fitting, may_be_armed, of_class, parties, relation
from kg.extract.syntax import Token

_LISTING = frozenset({"government", "place", "force"})


def supported(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X backs Y" where one of them is an armed group."""
    if token.lemma not in passage.lexicon.relates("support", "verbs"):
        return
    args = arguments(passage, token)
    if token.dep == "amod" and not args.agents:
        return
    agents = parties(passage, args.agents or args.subjects, POWERS)
    objects = parties(passage, args.objects, POWERS)
    if any(e.cls == "armed" or may_be_armed(passage, e) for e in agents + objects):
        yield from relation(passage, "support", token, agent=agents, object=objects)


def supplied(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X provides arms to Y" where one of them is an armed group."""
    lexicon = passage.lexicon
    if token.lemma not in lexicon.relates("support", "giving"):
        return
    args = arguments(passage, token)
    gifts = {passage.tree.tokens[h].lemma for h in args.objects}
    if gifts.isdisjoint(lexicon.relates("support", "gifts")):
        return
    agents = parties(passage, args.agents or args.subjects, POWERS)
    objects = parties(passage, [h for p, h in args.preps if p in ("to", "for")], POWERS)
    objects += parties(passage, [k.i for k in passage.tree.kids(token.i, "dative")], POWERS)
    if any(e.cls == "armed" or may_be_armed(passage, e) for e in agents + objects):
        yield from relation(passage, "support", token, agent=agents, object=objects)


def designated(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X designated Y a terrorist organisation", "Y was blacklisted"."""
    lexicon = passage.lexicon
    if token.lemma not in lexicon.relates("designation", "verbs") or token.dep == "amod":
        return  # "the outlawed X" tells nothing new
    said = {passage.tree.tokens[i].lemma for i in passage.tree.subtree(token.i)}
    plain = token.lemma in lexicon.relates("designation", "plain")
    if not plain and said.isdisjoint(lexicon.relates("designation", "objects")):
        return
    args = arguments(passage, token)
    listing = of_class(passage, args.agents or args.subjects, _LISTING)
    if not listing and not args.passive:
        return
    listed = fitting(passage, args.objects, "designation", "object")
    worded = not said.isdisjoint(lexicon.relates("designation", "objects"))
    listed = [e for e in listed if _can_be_listed(passage, e, worded=worded)]
    for draft in relation(passage, "designation", token, object=listed):
        draft.add("agent", listing)
        yield draft


def _can_be_listed(passage: Passage, entity: Entity, *, worded: bool) -> bool:
    """Whether an entity is of an armed group, or is named where the words say "terrorist" or "sanctions"."""
    if entity.cls == "armed" or any(n.cls == "armed" for n in entity.names) or may_be_armed(passage, entity):
        return not entity.people or bool(entity.names)
    return entity.pronoun or (worded and entity.capitalised)
