"""Pledges of allegiance: oaths, and shifts from one side to another."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.arguments import Arguments, noun_arguments, prepositional
from kg.extract.draft import Draft
from kg.extract.entity import POWERS, Entity
from kg.extract.passage import Passage, is_noun
from kg.extract.relations.drafting import arguments, parties, relation
from kg.extract.syntax import Token

_HOME = frozenset({"in", "of", "from", "around"})  # open the place of those who pledge
_SHIFTING = frozenset({"armed", "community", "civilian", "force", "person", "official"})
_REFLEXIVE = ("self", "selves")


def verbal(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "swear allegiance to X", "pledge himself to X", "bay'ah to X was given by Y"."""
    lexicon, tree = passage.lexicon, passage.tree
    if token.lemma not in lexicon.relates("allegiance", "verbs"):
        return
    args = arguments(passage, token)
    nouns = lexicon.relates("allegiance", "nouns")
    act = next((o for o in args.objects if tree.tokens[o].lemma in nouns), None)
    if act is None and not _without_act(passage, token, args):
        return
    preps = args.preps + (list(prepositional(tree, act)) if act is not None else [])
    to = [h for p, h in preps if p in ("to", "unto")] + [k.i for k in tree.kids(token.i, "dative")]
    places = passage.places(h for p, h in preps if p == "in")
    agents = _pledging(passage, args, act)
    for one in parties(passage, to):
        for draft in relation(passage, "allegiance", token, agent=agents, object=[one]):
            draft.places += places
            yield _at_home(passage, draft)


def _without_act(passage: Passage, token: Token, args: Arguments) -> bool:
    """Whether a verb pledges without a noun for the pledge: "pledged itself to X", "sworn to X"."""
    if token.lemma not in passage.lexicon.relates("allegiance", "bare"):
        return False
    tokens = passage.tree.tokens
    return token.tag == "VBN" or any(tokens[o].form.endswith(_REFLEXIVE) for o in args.objects)


def _pledging(passage: Passage, args: Arguments, act: int | None) -> list[Entity]:
    """Return who pledges: subject or by-phrase, else the owner of the pledge."""
    subjects = args.subjects or [o for o in args.objects if o != act]
    passive = args.passive and act is not None
    agents = parties(passage, args.agents or ([] if passive else subjects))
    if not agents and act is not None:
        return parties(passage, [k.i for k in passage.tree.kids(act, "poss")])
    return agents


def _at_home(passage: Passage, draft: Draft) -> Draft:
    """Add the place that the agent's own phrase names ("clans in the Menaka region")."""
    for entity in draft.role("agent"):
        draft.places += passage.places_behind(entity.head, _HOME)
    return draft


def nominal(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X's oath to Y" where no verb of pledging governs it."""
    lexicon = passage.lexicon
    if token.lemma not in lexicon.relates("allegiance", "nominal_acts") or not is_noun(token):
        return
    governed = token.dep in ("dobj", "nsubjpass")
    if governed and passage.head(token).lemma in lexicon.relates("allegiance", "verbs"):
        return
    args = noun_arguments(passage.tree, token.i)
    verbs = lexicon.relates("allegiance", "verbs")
    misread = [k for k in passage.tree.kids(token.i, "amod") if k.tag.startswith("VB") and k.lemma in verbs]
    names = [k.i for k in passage.tree.kids(token.i, "compound", "nmod") if k.name]
    pledging = names if misread else []  # "X swore allegiance" read as one noun phrase
    if misread and token.dep == "dobj":  # "denied having sworn allegiance"
        pledging += passage.arguments(passage.head(token)).subjects
    agents = parties(passage, args.owners + args.agents + pledging)
    preps = args.preps + [pair for p, h in args.preps if p == "of" for pair in prepositional(passage.tree, h)]
    for one in parties(passage, [h for p, h in preps if p == "to"] or _after(passage, token)):
        yield from relation(passage, "allegiance", token, agent=agents, object=[one])


def _after(passage: Passage, token: Token) -> list[int]:
    """Return the heads of a to-phrase right after a noun, wherever the parser hung it."""
    tokens = passage.tree.tokens
    after = tokens[token.i + 1] if token.i + 1 < len(tokens) else token
    return [k.i for k in passage.tree.kids(after.i, "pobj")] if after.lemma == "to" else []


def shifted(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "turned to X", "defected to X", "sided with X"."""
    lexicon = passage.lexicon
    if token.lemma not in lexicon.relates("allegiance", "shift"):
        return
    args = arguments(passage, token)
    aside = token.lemma in lexicon.relates("allegiance", "shift_with")
    direction = ("with",) if aside else ("to", "toward")
    objects = parties(passage, [h for p, h in args.preps if p in direction])
    agents = parties(passage, args.subjects, _SHIFTING)
    for one in objects:
        if one.cls in POWERS:
            for draft in relation(passage, "allegiance", token, agent=agents, object=[one]):
                yield _at_home(passage, draft)


def loyal(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "jihadists loyal to X"; participles ("sworn to X") are read as verbs of pledging."""
    words = passage.lexicon.relates("allegiance", "adjectives")
    if token.pos == "VERB" or words.isdisjoint((token.lemma, token.form)):
        return
    head = passage.head(token)
    agents = [head.i] if is_noun(head) else [k.i for k in passage.tree.kids(head.i, "nsubj")]
    for one in parties(passage, [h for p, h in prepositional(passage.tree, token.i) if p == "to"]):
        yield from relation(passage, "allegiance", token, agent=parties(passage, agents), object=[one])
