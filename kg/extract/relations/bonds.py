"""Bonds: relations that a word or set phrase tells, with where those in it stand, as in relations.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.arguments import Arguments, prepositional
from kg.extract.draft import Draft
from kg.extract.entity import PLACES, Entity
from kg.extract.fillers import as_place
from kg.extract.lexicon import Bond
from kg.extract.passage import Passage, is_noun
from kg.extract.relations.bearers import bearers
from kg.extract.relations.drafting import arguments, fitting, is_proper, relation, within_field
from kg.extract.syntax import Token, Tree

# Through these the further words of a set phrase are looked for: its objects, particles and phrases.
_WITHIN = (
    "dobj", "dative", "prep", "pobj", "prt", "advmod", "acomp", "oprd", "attr", "nsubjpass", "amod",
    "compound", "poss", "npadvmod", "agent", "case", "xcomp", "pcomp", "nmod", "dep", "neg", "nsubj",
)  # fmt: skip
_DEPTH = 4  # "put its name to a pact": name, to, pact
_REFLEXIVE = ("self", "selves")
_PAIR = 2
_ACTING = ("agent", "object", "party")

Slots = Mapping[str, Sequence[int]]


def verbal(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read the relations that a verb tells, one for each type: the longest entry whose slots are filled."""
    if next(passage.lexicon.bond_verbs.all(token.lemma, passage.words(token)), None) is None:
        return
    args = arguments(passage, token)
    near = _near(passage, token, args)
    told: set[str] = set()
    for words, bond in passage.lexicon.bond_verbs.all(token.lemma, near):
        if bond.type in told:
            continue
        worn = [i for word in words for i in near[word]]
        for draft in _drafts(passage, token, bond, _slots(passage, token, args, worn)):
            told.add(bond.type)
            yield draft


def nominal(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read the relations that a noun tells: "a deserter from X", "X's backers in Y"."""
    if not is_noun(token) or token.name is not None or token.lemma not in passage.lexicon.bond_nouns:
        return
    before = [t.lemma for t in passage.entities.modifiers(token.i)]
    told: set[str] = set()
    for _, bond in passage.lexicon.bond_nouns.all(token.lemma, before):
        if bond.type in told:
            continue
        for draft in _drafts(passage, token, bond, _noun_slots(passage, token)):
            told.add(bond.type)
            yield draft


def _near(passage: Passage, token: Token, args: Arguments) -> dict[str, list[int]]:
    """Return the tokens near a verb by lemma and form: what further words of its entry may be."""
    tree = passage.tree
    near: dict[str, list[int]] = {}
    stack = [(token.i, 0)] + [(h, 1) for h in args.objects if tree.tokens[h].head != token.i]
    while stack:
        i, depth = stack.pop()
        if i != token.i:
            particle = tree.tokens[i].dep != "prep" or not tree.kids(i, "pobj")
            for word in {tree.tokens[i].lemma, tree.tokens[i].form} if particle else ():
                near.setdefault(word, []).append(i)
        if depth < _DEPTH:
            stack += [(k.i, depth + 1) for k in tree.kids(i, *_WITHIN)]
    return near


def _slots(passage: Passage, token: Token, args: Arguments, worn: Sequence[int]) -> Slots:
    """Return the heads around a verb by where they stand; the words of the entry itself fill nothing."""
    tree = passage.tree
    slots: dict[str, list[int]] = {
        "subject": _acting(args, worn),
        "object": _undergoing(tree, args),
        "owner": [k.i for i in worn for k in tree.kids(i, "poss", "nmod", "compound")],
        "to": [k.i for k in tree.kids(token.i, "dative") if k.pos != "ADP"],
    }
    slots["undergoer"] = slots["object"] if args.passive and not args.agents else []
    further = (k for kid in tree.kids(token.i, "prep") for k in tree.kids(kid.i, "conj") if k.pos == "ADP")
    slots |= {k.lemma: [p.i for p in tree.kids(k.i, "pobj")] for k in further}
    phrases = [*args.preps, *(pair for i in worn for pair in prepositional(tree, i))]
    for preposition, head in phrases:
        slots.setdefault(preposition, []).append(head)
    return {slot: [h for h in heads if h not in worn] for slot, heads in slots.items()}


def _acting(args: Arguments, worn: Sequence[int]) -> list[int]:
    """Return the subjects of a verb; of "at its side stands X" what follows."""
    found = [h for h in (args.agents if args.passive else args.subjects) if h not in worn]
    inverted = bool(args.subjects) and not found and not args.passive
    return list(args.objects) if inverted else found


def _undergoing(tree: Tree, args: Arguments) -> list[int]:
    """Return the objects of a verb, of "folded itself into X" the subject."""
    back = [h for h in args.objects if tree.tokens[h].form.endswith(_REFLEXIVE)]
    return [h for h in args.objects if h not in back] + (args.subjects if back else [])


def _noun_slots(passage: Passage, token: Token) -> Slots:
    tree = passage.tree
    slots: dict[str, list[int]] = {
        "bearer": [e.head for e in bearers(passage, token)],
        "owner": [k.i for k in tree.kids(token.i, "poss", "compound", "nmod")],
        "itself": [token.i],
    }
    for preposition, head in [*prepositional(tree, token.i), *_rest(tree, token.i)]:
        slots.setdefault(preposition, []).append(head)
    above = passage.head(token)
    if token.dep in ("dobj", "nsubj", "nsubjpass"):
        args = passage.arguments(above)
        slots["subject"] = [h for h in args.agents or args.subjects if h != token.i]
    return slots


def _rest(tree: Tree, i: int) -> Iterator[tuple[str, int]]:
    """Yield (preposition, head) of what is left of something: "the absorption of what remained of X"."""
    for prep in tree.kids(i, "prep"):
        for clause in tree.kids(prep.i, "pcomp"):
            if any(k.lemma == "what" for k in tree.kids(clause.i, "nsubj", "nsubjpass")):
                yield from ((prep.lemma, head) for p, head in prepositional(tree, clause.i) if p == "of")


def _drafts(passage: Passage, token: Token, bond: Bond, slots: Slots) -> Iterator[Draft]:
    """Yield the draft of a bond whose slots hold what can stand in its relation."""
    filled = {role: _filled(passage, bond, role, slots) for role in _ACTING if getattr(bond, role)}
    if len(filled.get("agent", ())) == _PAIR and filled["agent"] == filled.get("object"):
        filled = {"agent": filled["agent"][:1], "object": filled["agent"][1:]}  # "the split between X and Y"
    for draft in relation(passage, bond.type, token, **filled):
        draft.entry = replace(draft.entry, object="victim")
        draft.certainty = bond.certainty
        if not within_field(passage, draft) or not _joins(draft):
            continue
        if bond.place:
            draft.places += _held(passage, bond, slots)
            if not draft.places:
                continue
        yield draft


def _joins(draft: Draft) -> bool:
    """Whether a merger is one of two at least, or of one into another."""
    return draft.type != "merger" or len(draft.role("party")) > 1 or bool(draft.role("object"))


def _filled(passage: Passage, bond: Bond, role: str, slots: Slots) -> list[Entity]:
    """Return the fillers of a role; of several slots the first that holds any, for parties all."""
    found: list[Entity] = []
    for slot in getattr(bond, role):
        if found and role != "party":
            break
        found += fitting(passage, slots.get(slot, ()), bond.type, role)
    return found


def _held(passage: Passage, bond: Bond, slots: Slots) -> list[Entity]:
    """Return the places that are held, also behind them: "parts of the north", "14 of the townships"."""
    places = []
    for head in (h for slot in bond.place for h in slots.get(slot, ())):
        entities = passage.entities.all_of([head])
        found = [e for e in entities if e.cls in PLACES or (e.cls == "facility" and bond.type == "control")]
        if bond.type == "control":  # what is taken may be a person
            found += [as_place(e) for e in entities if e.cls == "unknown" and is_proper(passage, e)]
        if not found and bond.type == "control":  # a place, not somebody in it
            found = passage.places_behind(head, frozenset({"of", "in"}))
        places += found
    return places
