"""Agreements: who comes to terms with whom, however the words for it are spread over the clause."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.arguments import noun_arguments, prepositional
from kg.extract.draft import Draft
from kg.extract.entity import FIGHTERS, PLACES, Entity
from kg.extract.fillers import WHERE, as_place, can_act, places_behind
from kg.extract.lexicon import Trigger
from kg.extract.passage import Passage, is_noun, is_verb
from kg.extract.relations.drafting import arguments, is_proper, named
from kg.extract.syntax import Token

_TERMS = Trigger("agreement", object="party")
_WITH = frozenset({"with", "between", "among"})  # open those who come to terms
_REACHED = frozenset({"to", "on", "in", "into", "at", "for", "under", "over"})  # tie a verb to what is agreed
_ARGUMENT = frozenset({"dobj", "nsubjpass", "pobj", "nsubj", "attr", "oprd"})
_TWO = 2
_PARTIES = frozenset({"armed", "force", "government", "community", "unknown", "official", "person"})


def agreements(passage: Passage) -> list[Draft]:
    """Return the drafts of agreements in text order; whether they hold is weighed like any event."""
    found: list[Draft] = []
    listed = passage.lexicon.listed
    for token in passage.tree.read:
        lists = listed.get(token.lemma, ()) if token.name is None else ()
        if ("agreement", "nouns") in lists and is_noun(token):
            found += _nominal(passage, token)
        elif ("agreement", "dealing") in lists and not is_noun(token):
            found += _verbal(passage, token)
    return found


def _nominal(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "a truce between X and Y", "X signed a pact with Y", "the deal that X struck with Y"."""
    lexicon = passage.lexicon
    if token.dep == "compound":
        return
    args = noun_arguments(passage.tree, token.i)
    inner = [
        pair for p, h in args.preps if p in ("in", "to", "of") for pair in prepositional(passage.tree, h)
    ]
    heads = [h for p, h in args.preps if p in (*_WITH, "of")] + args.owners
    heads += [h for p, h in inner if p in _WITH]  # "a halt to the fighting between X and Y"
    places = [h for p, h in args.preps if p in WHERE]
    carried = list(_carriers(passage, token))
    for verb in carried:
        around = arguments(passage, verb)
        if verb.lemma not in lexicon.relates("agreement", "brokering"):
            heads += [h for h in (*around.subjects, *around.agents) if h != token.i]
        heads += [h for p, h in around.preps if p in _WITH]
        heads += [
            k.i
            for k in passage.tree.kids(verb.i, "dobj")
            if verb.lemma in lexicon.relates("agreement", "getting")
        ]
        places += [h for p, h in around.preps if p in WHERE]
    if token.lemma in lexicon.relates("agreement", "light_nouns") and not (carried or heads):
        return
    yield from _draft(passage, token, heads, places, nominal=True)


def _carriers(passage: Passage, token: Token) -> Iterator[Token]:
    """Yield the verbs that carry a noun of agreement: above it, and in the clauses below it."""
    lexicon, tree = passage.lexicon, passage.tree
    top = token
    while top.dep == "conj":
        top = passage.head(top)
    above = passage.head(top)
    if top.dep == "pobj" and above.lemma in _REACHED:
        above = passage.head(above)
        if is_noun(above) and above.lemma not in lexicon.relates(
            "agreement", "nouns"
        ):  # "put its name to a pact"
            above = passage.head(above)
    argument = is_verb(above) and top.dep in _ARGUMENT
    if argument and above.lemma in lexicon.relates("agreement", "verbs"):
        yield above
    for verb in tree.kids(token.i, "relcl", "acl"):
        if is_verb(verb) and verb.lemma in lexicon.relates("agreement", "verbs"):
            yield verb
        for below in tree.kids(verb.i, "xcomp", "ccomp"):  # "the truce that X is said to have made with Y"
            if below.lemma in lexicon.relates("agreement", "verbs"):
                yield below


def _verbal(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X and Y sat down in Z", "X came to terms with Y": verbs that name the dealing themselves."""
    lexicon = passage.lexicon
    if not token.tag.startswith("VB"):
        return
    near = {k.lemma for k in passage.tree.kids(token.i)} | {k.form for k in passage.tree.kids(token.i)}
    near |= {p.lemma for k in passage.tree.kids(token.i, "prep") for p in passage.tree.kids(k.i, "pobj")}
    entries = (entry.split() for entry in lexicon.relates("agreement", "dealing"))
    words = next((w for w in entries if w[0] == token.lemma and near.issuperset(w[1:])), None)
    if words is None:
        return
    args = arguments(passage, token)
    if token.lemma == "agree" and len(passage.entities.all_of(args.subjects)) < _TWO:
        return
    inner = [pair for h in args.objects for pair in prepositional(passage.tree, h)]
    phrases = [*args.preps, *inner]
    heads = [*args.subjects, *args.agents, *(h for p, h in phrases if p in _WITH)]
    yield from _draft(passage, token, heads, [h for p, h in phrases if p in WHERE], nominal=False)


def _draft(
    passage: Passage, token: Token, heads: list[int], places: list[int], *, nominal: bool
) -> Iterator[Draft]:
    draft = Draft("agreement", token, _TERMS, passage.number, nominal=nominal)
    draft.add("party", [e for h in heads for e in _parties(passage, h)])
    found = passage.entities.all_of(places)
    draft.places += [e for e in found if e.cls in PLACES]
    draft.places += [as_place(e) for e in found if e.cls == "unknown" and is_proper(passage, e)]
    if not draft.places:  # "between X and the government in Y": hung on the last of them
        last = (h for head in heads for h in passage.tree.conjuncts(head))
        draft.places += [p for h in last for p in places_behind(passage, h)]
    if any(e.pronoun or _fights(e) for e in draft.role("party")):
        yield draft


def _fights(entity: Entity) -> bool:
    """Whether a party is a fighting body or speaks for an armed group: others settle other things."""
    return entity.cls in FIGHTERS or any(n.cls == "armed" for n in entity.names)


def _parties(passage: Passage, head: int) -> list[Entity]:
    """Return who comes to terms behind a head; a place that is named stands for its government."""
    found = passage.entities.all_of([named(passage, head)])
    return [
        e for e in found if (e.cls in _PARTIES and can_act(e)) or e.pronoun or (e.cls == "place" and e.name)
    ]
