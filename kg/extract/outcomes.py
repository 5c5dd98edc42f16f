"""Outcomes: whether an attack was foiled or failed, where the words around it say so."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.draft import Draft
from kg.extract.passage import Passage, is_verb
from kg.extract.scope import stance_of
from kg.extract.syntax import Token
from kg.extract.triggers import company

FOUGHT = frozenset({"attack", "operation", "killing", "capture", "clash"})  # types that can fail
_UNDERGOES = frozenset({"dobj", "nsubjpass"})
_SAID = frozenset({"asserted", "reported", "claimed"})  # of what undoes an event, to be its outcome
_KINDS = ("foiled", "failed")


def outcome(passage: Passage, draft: Draft) -> str:
    """Return "foiled" (before it began), "failed" (it was tried) or "" where the text does not say."""
    if draft.type not in FOUGHT:
        return ""
    token = draft.trigger
    told = _below(passage, token) if draft.nominal else iter(())
    verb = _above(passage, token) if draft.nominal else _trying(passage, token)
    if verb is not None and stance_of(passage, verb).certainty in _SAID:
        words = {verb.lemma, *(f"{verb.lemma} {near}" for near in company(passage, verb.i))}
        return _kind(passage, words) or next(told, "")
    return next(told, "")


def _kind(passage: Passage, words: set[str]) -> str:
    """Return the first outcome of which some words tell, "" without one."""
    return next((kind for kind in _KINDS if words & passage.lexicon.tells("outcome", kind)), "")


def _above(passage: Passage, token: Token) -> Token | None:
    """Return the verb that undoes an event noun, or of failing that it is the subject of."""
    top = token
    while top.dep == "conj":
        top = passage.head(top)
    verb = passage.head(top)
    if not is_verb(verb) or verb.i == top.i:
        return None
    failing = top.dep == "nsubj" and verb.lemma in passage.lexicon.tells("outcome", "failing")
    return verb if top.dep in _UNDERGOES or failing else None


def _trying(passage: Passage, token: Token) -> Token | None:
    """Return the verb of failing that governs a verb: "failed to storm the camp"."""
    verb = passage.head(token)
    failing = token.dep == "xcomp" and verb.lemma in passage.lexicon.tells("outcome", "failing")
    return verb if failing else None


def _below(passage: Passage, token: Token) -> Iterator[str]:
    """Yield what adjectives and participles before an event noun tell: "a thwarted attack"."""
    for kid in passage.tree.kids(token.i, "amod"):
        if kind := _kind(passage, {kid.lemma, kid.form}):
            yield kind
