"""Predicates and their arguments over the parse, tolerant of attachment: who does what to whom, where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.syntax import Token, Tree

RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where"})  # pronouns that stand for a noun
_CLAUSAL = frozenset({"conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "pcomp"})


@dataclass(slots=True)
class Arguments:
    """Heads of the noun phrases around a predicate. `preps` are (preposition, head) in text order."""

    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    agents: list[int] = field(default_factory=list)
    preps: list[tuple[str, int]] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    modifiers: list[int] = field(default_factory=list)
    passive: bool = False

    def copy(self) -> Arguments:
        """Return arguments with lists of their own."""
        return Arguments(
            [*self.subjects], [*self.objects], [*self.agents], [*self.preps], [*self.owners],
            [*self.modifiers], self.passive,
        )  # fmt: skip


def prepositional(tree: Tree, i: int) -> Iterator[tuple[str, int]]:
    """Yield (preposition, head) of the prepositional phrases below a token; chains give the last one."""
    for prep in tree.kids(i, "prep", "agent", "dative", "advmod", "dep"):
        if prep.dep == "dep" and prep.pos != "ADP" and prep.tag != "TO":
            continue
        if prep.dep == "advmod":
            if prep.pos in ("ADV", "ADP", "ADJ") or prep.lemma == "close":
                yield from ((p, h) for p, h in prepositional(tree, prep.i) if p in ("to", "of", "from"))
            continue
        for kid in tree.kids(prep.i):
            if kid.dep == "pobj":
                yield prep.lemma, kid.i
            elif kid.dep in ("prep", "pcomp") and kid.pos == "ADP":
                for below in tree.kids(kid.i, "pobj"):
                    yield kid.lemma, below.i


def antecedent(tree: Tree, verb: int) -> int | None:
    """Return the noun that the relative or participial clause of a verb modifies."""
    token = tree.tokens[verb]
    while (
        token.dep in ("conj", "xcomp", "ccomp")
        and token.head != token.i
        and tree.tokens[token.head].pos in ("VERB", "AUX")
    ):
        token = tree.tokens[token.head]
    if token.dep not in ("relcl", "acl") or token.head == token.i:
        return None
    noun = tree.tokens[token.head]
    while noun.dep == "conj" and tree.is_excluded(noun.i):  # "it was X, and not Y, that …"
        noun = tree.tokens[noun.head]
    if noun.pos in ("VERB", "AUX"):
        noun = next((k for k in tree.kids(noun.i, "attr")), noun)
    return noun.i


def _subjects(tree: Tree, i: int) -> tuple[list[int], list[int]]:
    return [k.i for k in tree.kids(i, "nsubj", "csubj")], [k.i for k in tree.kids(i, "nsubjpass")]


def verb_arguments(tree: Tree, i: int) -> Arguments:
    """Return the arguments of a verb, those of its governor where it has no subject of its own."""
    token = tree.tokens[i]
    args = Arguments()
    active, passive = _subjects(tree, i)
    participle = token.dep in ("acl", "amod") and token.tag == "VBN"
    args.passive = bool(passive) or participle or bool(tree.kids(i, "auxpass", "agent"))
    args.subjects = active
    args.objects = passive + [k.i for k in tree.kids(i, "dobj", "obj")]
    if not active and not passive:
        _inherit(tree, token, args)
    args.preps = list(prepositional(tree, i))
    args.agents += _agents(tree, i, args.preps)
    args.preps = [(p, h) for p, h in args.preps if h not in args.agents]
    _relative(tree, i, args)
    if not args.objects and not args.passive:
        args.objects = _shared_object(tree, i)
    for noun in args.objects[:1]:
        if tree.tokens[noun].head == i:
            args.preps += [
                (p, h) for p, h in prepositional(tree, noun) if p != "of" and (p, h) not in args.preps
            ]
    return args


def _agents(tree: Tree, i: int, preps: list[tuple[str, int]]) -> list[int]:
    """Return the heads of the by-phrases of a verb, and of "died at the hands of X"."""
    found = []
    for kid in tree.kids(i, "agent"):
        for by in [kid, *tree.kids(kid.i, "conj")]:
            found += [p.i for p in tree.kids(by.i, "pobj")]
    for _, head in preps:
        if tree.tokens[head].lemma == "hand":
            found += [h for p, h in prepositional(tree, head) if p == "of"]
    return found


# Verbs whose object is the understood subject of a following "of -ing", "for -ing".
_OBJECT_CONTROL = frozenset(
    {"accuse", "suspect", "charge", "convict", "blame", "condemn", "acquit", "criticise", "criticize"}
)


def _shared_object(tree: Tree, i: int) -> list[int]:
    """Return the object that a verb shares with a verb coordinated with it: "kill or capture X"."""
    objects = ([k.i for k in tree.kids(kid.i, "dobj")] for kid in tree.kids(i, "conj"))
    return next((found for found in objects if found), [])


def _inherit(tree: Tree, token: Token, args: Arguments) -> None:
    """Fill in the understood subject of participles, infinitives and coordinated verbs."""
    head = tree.tokens[token.head]
    if token.dep in ("acl", "relcl") and head.i != token.i and head.pos != "VERB":
        if token.dep == "acl" and token.tag == "VBN":
            args.objects = [head.i, *args.objects]
        elif token.dep == "acl":
            args.subjects = [head.i]
    elif token.dep == "amod":
        args.objects = [head.i]
    elif token.dep == "acomp":  # "were overrun", the participle read as an adjective
        args.objects = [k.i for k in tree.kids(head.i, "nsubj")] + args.objects
        args.passive = True
    elif (token.dep in _CLAUSAL or (token.dep == "pobj" and token.tag == "VBG")) and head.i != token.i:
        above = tree.tokens[head.head] if token.dep in ("pcomp", "pobj") else head  # "after claiming …"
        if above.pos in ("VERB", "AUX"):
            _inherit_from_clause(tree, token, above, args)


def _inherit_from_clause(tree: Tree, token: Token, head: Token, args: Arguments) -> None:
    """Fill in the understood subject from the clause of `head`, that a clause hangs on."""
    above = verb_arguments(tree, head.i)
    elliptic = token.tag in ("VBN", "VBD") and token.tag == head.tag and not tree.kids(token.i, "dobj")
    if token.dep == "conj" and above.passive and elliptic:
        args.objects = above.objects + args.objects
        args.agents = list(above.agents)
        args.passive = True
    elif token.dep == "advcl" and token.tag == "VBN":
        args.objects = (above.objects if above.passive else above.subjects) + args.objects
        args.passive = True
    elif above.passive and token.dep in ("conj", "xcomp"):
        suffers = bool(tree.kids(token.i, "auxpass"))  # "is thought to have been killed"
        args.passive = args.passive or suffers
        (args.objects if suffers else args.subjects).extend(above.objects[:1])
    elif token.dep in ("pcomp", "pobj") and head.lemma in _OBJECT_CONTROL:  # "accused X of arming Y"
        args.subjects = above.objects[:1]
    else:
        args.subjects = list(above.subjects) or list(above.agents)


def _relative(tree: Tree, i: int, args: Arguments) -> None:
    """Replace relative pronouns by what they stand for; fill the gap of a reduced relative."""
    noun = antecedent(tree, i)
    if noun is None or tree.tokens[i].dep == "acl":
        return

    def told(head: int) -> int:
        return noun if tree.tokens[head].lemma in RELATIVE else head

    has_relative = any(t.lemma in RELATIVE for t in (tree.tokens[s] for s in tree.subtree(i)) if t.i < i)
    args.subjects = [told(h) for h in args.subjects]
    args.objects = [told(h) for h in args.objects]
    args.agents = [told(h) for h in args.agents]
    args.preps = [(p, told(h)) for p, h in args.preps]
    if (
        args.subjects
        and not args.objects
        and tree.tokens[i].dep == "relcl"
        and noun not in args.subjects
        and not args.passive
    ):
        gap_elsewhere = any(h == noun for _, h in args.preps)
        if not gap_elsewhere or not has_relative:
            args.objects = [noun]


def noun_arguments(tree: Tree, i: int) -> Arguments:
    """Return the arguments of an event noun: of-, by- and on-phrases, possessor, names before it."""
    token = tree.tokens[i]
    phrases = list(prepositional(tree, i))
    if token.dep == "conj" and not phrases:  # "shelling and gunfire from X"
        phrases = [(prep, head) for prep, head in prepositional(tree, token.head) if head > i]
    return Arguments(
        agents=[head for prep, head in phrases if prep == "by"],
        preps=[(prep, head) for prep, head in phrases if prep != "by"],
        owners=[k.i for k in tree.kids(i, "poss")],
        modifiers=[
            k.i
            for k in tree.kids(i, "compound", "nmod", "amod")
            if k.pos in ("NOUN", "PROPN", "ADJ", "X") or k.name
        ],
    )
