"""Bearers: of whom an office, a part or an act is said, however the parser hung the noun for it."""

from __future__ import annotations

from kg.extract.arguments import prepositional
from kg.extract.entity import Entity
from kg.extract.passage import Passage, is_noun, is_verb
from kg.extract.phrase import PREMODIFIERS
from kg.extract.syntax import Token

_BESIDE = frozenset({"appos", "compound", "nmod", "poss"})
_SAID_OF = frozenset({"attr", "oprd", "acomp"})
_COMMAS = frozenset({",", "—", "–", "-", "("})
_CLOSING = frozenset({")", "]"})
_LIST = 3  # coordinated nouns looked through: "founder, treasurer and emir of X"


def bearers(passage: Passage, token: Token) -> list[Entity]:
    """Return of whom a noun is said: apposition, name beside it, subject of "be", object of "appoint"."""
    heads = _beside(passage, token) or _governed(passage, token)
    if not heads and token.dep == "conj":
        heads = _coordinated(passage, token)
    found = [e for e in passage.entities.all_of(heads) if e.head != token.i]
    return [e for e in found if not passage.tree.is_excluded(e.head)] or _neighbours(passage, token)


def _beside(passage: Passage, token: Token) -> list[int]:
    tree = passage.tree
    heads = [k.i for k in tree.kids(token.i, "appos") if k.i > token.i and not _denied(passage, k)]
    for _, below in prepositional(tree, token.i):  # "the leader of X, Y": hung on X
        heads += [k.i for k in tree.kids(below, "appos") if k.i > below and tree.tokens[k.i - 1].text == ","]
    if token.dep in _BESIDE:
        heads.append(token.head)
    return heads + [k.i for k in tree.kids(token.i, "nsubj") if is_noun(token)]


def _denied(passage: Passage, token: Token) -> bool:
    """Whether "not" stands before a phrase: "a splinter of X, not Y's men"."""
    first = min((t.i for t in passage.entities.modifiers(token.i)), default=token.i)
    return first > 0 and passage.tree.tokens[first - 1].lemma == "not"


def _governed(passage: Passage, token: Token) -> list[int]:
    """Return the heads of whom a verb says a noun: "X is the emir", "named X as emir", "X serves as emir"."""
    head = passage.head(token)
    behind_as = token.dep == "pobj" and head.lemma == "as"
    verb = passage.head(head) if behind_as else head
    if not is_verb(verb) or not (behind_as or token.dep in _SAID_OF):
        return []
    args = passage.arguments(verb)
    if token.dep == "attr":
        return args.subjects or args.objects
    if verb.lemma in passage.lexicon.relates("leadership", "succeeding"):
        return args.subjects + args.objects  # "X replaced Y as emir": both have led
    return [h for h in args.objects if h != token.i] or args.subjects


def _coordinated(passage: Passage, token: Token) -> list[int]:
    """Return the heads of whom the first of coordinated nouns is said."""
    first = token
    for _ in range(_LIST):
        if first.dep != "conj":
            break
        first = passage.head(first)
    if first.name is not None or not is_noun(first):
        return []
    if first.dep == "pobj":  # "keeper of the purse and master of its cells": hung on the nearest noun
        first = passage.head(passage.head(first))
    return _beside(passage, first) or _governed(passage, first)


def _neighbours(passage: Passage, token: Token) -> list[Entity]:
    """Return the name right beside a noun phrase, where the parser tied it to something else."""
    tokens, first = passage.tree.tokens, token.i
    while (
        first
        and tokens[first - 1].head in range(first - 1, token.i + 1)
        and (tokens[first - 1].dep in PREMODIFIERS and tokens[first - 1].text not in _COMMAS)
    ):
        first -= 1
    if first > 1 and tokens[first - 1].text in _COMMAS and tokens[first].sent == token.sent:
        before = first - 2
        while before > 1 and tokens[before].text in _CLOSING:  # "X (ABC), leader of …"
            before = max((i for i in range(before) if tokens[i].text in ("(", "[")), default=1) - 1
        entity = passage.entities.at(before)
        if _is_name(passage, entity):
            return [entity]
    return []


def _is_name(passage: Passage, entity: Entity) -> bool:
    return entity.name is not None or passage.tree.tokens[entity.head].tag in ("NNP", "NNPS")
