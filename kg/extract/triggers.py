"""Triggers: which words of a passage evoke an event, and which verbs only carry an event noun."""

from __future__ import annotations

from kg.extract.lexicon import Trigger
from kg.extract.passage import Passage, is_noun
from kg.extract.syntax import Token

# Where the further words of a verb's entry may stand: particles, objects, complements.
_NEAR = (
    "prt", "dobj", "prep", "advmod", "oprd", "acomp", "xcomp", "nsubj", "nsubjpass", "ccomp", "attr",
    "dative", "pobj", "npadvmod", "dep",
)  # fmt: skip
_OPEN = frozenset(
    {"prep", "dobj", "oprd", "ccomp", "nsubjpass"}
)  # of these the words one level below count too


def company(passage: Passage, verb: int) -> list[str]:
    """Return the lemmas and forms near a verb that further words of its entry may be."""
    kids = passage.tree.kids(verb, *_NEAR)
    words = [k.lemma for k in kids] + [k.form for k in kids]
    for kid in kids:
        if kid.dep in _OPEN:
            for below in passage.tree.kids(kid.i, "pobj", "amod", "compound", "oprd", "acomp"):
                words += [below.lemma, below.form]
    return words


def of_verb(passage: Passage, token: Token) -> tuple[frozenset[str], Trigger] | None:
    """Return (further words matched, entry) of a verb, None where a noun below it tells the event."""
    if (token.dep == "amod" and token.tag != "VBN") or token.dep in ("aux", "auxpass"):
        return None
    if token.lemma not in passage.lexicon.verbs:
        return None
    near = company(passage, token.i)
    hit = passage.lexicon.verbs.find(token.lemma, near)
    light = passage.lexicon.light.find(token.lemma, near)
    if hit is None or (light is not None and len(light[0]) > len(hit[0])):
        return None  # "beat back an attack"
    objects = passage.tree.kids(token.i, "dobj", "nsubjpass")
    if light is not None and len(light[0]) == len(hit[0]) and any(evokes(passage, k.i) for k in objects):
        return None  # "repelled an attack"
    return hit


def of_noun(passage: Passage, token: Token) -> tuple[frozenset[str], Trigger] | None:
    """Return (modifiers matched, entry) of a noun, None where it evokes nothing or only modifies another."""
    if token.lemma not in passage.lexicon.event_nouns or token.dep == "compound" or _compares(passage, token):
        return None
    before = [t.lemma for t in passage.entities.modifiers(token.i)]
    return passage.lexicon.event_nouns.find(token.lemma, before)


def _compares(passage: Passage, token: Token) -> bool:
    """Whether a noun only stands in a comparison: "no deadlier raid is on record"."""
    return any(k.lemma == "no" for k in passage.tree.kids(token.i, "det")) and any(
        k.tag == "JJR" for k in passage.tree.kids(token.i, "amod")
    )


def evokes(passage: Passage, i: int) -> bool:
    """Return whether a token is a common noun for events, in whatever company."""
    token = passage.tree.tokens[i]
    return is_noun(token) and token.name is None and token.lemma in passage.lexicon.event_nouns


def light_sense(passage: Passage, verb: Token) -> str:
    """Return how a verb carries an event noun: "light", "agree", "suffer", or "" where it does not."""
    hit = passage.lexicon.light.find(verb.lemma, company(passage, verb.i))
    return hit[1] if hit else ""
