"""Territory: who holds which place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.arguments import Arguments, noun_arguments
from kg.extract.draft import Draft
from kg.extract.entity import FIGHTERS, PLACES
from kg.extract.fillers import as_place
from kg.extract.passage import Passage, is_noun, is_verb
from kg.extract.relations.drafting import arguments, of_class, relation
from kg.extract.syntax import Token


def verbal(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X controls Y"."""
    if token.lemma in passage.lexicon.relates("control", "verbs"):
        args = arguments(passage, token)
        yield from _holding(passage, token, args.agents or args.subjects, args.objects)


def _holding(passage: Passage, token: Token, holders: Iterable[int], held: Iterable[int]) -> Iterator[Draft]:
    heads = list(held)
    places = of_class(passage, heads, PLACES | {"facility"})
    places += [as_place(e) for e in of_class(passage, heads, frozenset({"unknown"}))]
    if not places:  # "parts of the north"
        places = [e for h in heads for e in passage.places_behind(h, frozenset({"of"}))]
    if places:
        for draft in relation(passage, "control", token, agent=of_class(passage, holders, FIGHTERS)):
            draft.places += places
            yield draft


def nominal(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "wield control over X", "X in possession of Y", "under the rule of X", "in the hands of X"."""
    lexicon = passage.lexicon
    if token.lemma not in lexicon.relates("control", "nouns") or token.pos != "NOUN":
        return
    head, args = passage.head(token), noun_arguments(passage.tree, token.i)
    below = [h for p, h in args.preps if p in ("over", "of")]
    if token.dep == "dobj" and head.lemma in lexicon.relates("control", "light"):
        yield from _holding(passage, token, passage.arguments(head).subjects, below)
    elif token.dep == "pobj" and head.lemma in ("under", "in"):
        yield from _in_hand(passage, token, args, below)


def _in_hand(passage: Passage, token: Token, args: Arguments, below: list[int]) -> Iterator[Draft]:
    """Read a noun of control behind "in" or "under": what is held may stand before it or below it."""
    prep = passage.head(token)
    above = passage.head(prep)
    hands = token.lemma in passage.lexicon.relates("control", "hands")
    if prep.lemma == "under" and not hands:
        owners = [h for p, h in args.preps if p == "of"] + args.owners + args.modifiers
        held = passage.arguments(above).subjects if is_verb(above) else [above.i]
        yield from _holding(passage, token, owners, held)
    elif prep.lemma == "in" and hands:
        held = [above.i] if is_noun(above) else passage.arguments(above).subjects
        yield from _holding(passage, token, below, held)
    elif prep.lemma == "in":
        yield from _holding(passage, token, [above.i], below)
