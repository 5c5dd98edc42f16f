"""Events of one passage: a draft for each trigger, before scope, merging and linking."""

from __future__ import annotations

from kg.extract.draft import Draft
from kg.extract.event_nouns import nominal
from kg.extract.event_verbs import fallen, verbal
from kg.extract.passage import Passage, is_noun, is_verb
from kg.extract.syntax import Token


def events(passage: Passage) -> list[Draft]:
    """Return the drafts of a passage in text order, at most one per token; names evoke none."""
    drafts = (_event(passage, token) for token in passage.tree.read if token.name is None)
    return [draft for draft in drafts if draft is not None]


def _event(passage: Passage, token: Token) -> Draft | None:
    if _is_gerund(passage, token) and (draft := nominal(passage, token)) is not None:
        return draft
    draft = verbal(passage, token) if _is_verbal(passage, token) else None
    draft = draft or fallen(passage, token)
    return draft or (nominal(passage, token) if is_noun(token) else None)


def _is_gerund(passage: Passage, token: Token) -> bool:
    """Whether a verb stands as a noun that the lexicon has: "Fighting flared up"."""
    stands = token.tag == "VBG" and token.dep in ("nsubj", "nsubjpass", "dobj", "attr")
    return stands and token.form in passage.lexicon.event_nouns


def _is_verbal(passage: Passage, token: Token) -> bool:
    """Whether a token is a verb, or a participle that the tagger took for a noun ("were ambush")."""
    predicative = token.dep == "acomp" and token.pos == "NOUN" and not passage.tree.kids(token.i, "det")
    return is_verb(token) or token.tag.startswith("VB") or predicative
