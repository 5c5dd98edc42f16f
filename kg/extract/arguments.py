"""Predicates and their arguments over the parse, tolerant of attachment: who does what to whom, where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.syntax import Token, Tree

RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where"})


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


def prepositional(tree: Tree, i: int) -> Iterator[tuple[str, int]]:
    """Yield (preposition, head) of the prepositional phrases below a token; chains give the last one."""
    for prep in tree.kids(i, "prep", "agent", "dative", "advmod", "dep"):
        if prep.dep == "dep" and prep.pos != "ADP":
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
    return token.head if token.dep in ("relcl", "acl") and token.head != token.i else None


def _subjects(tree: Tree, i: int) -> tuple[list[int], list[int]]:
    return [k.i for k in tree.kids(i, "nsubj", "csubj")], [k.i for k in tree.kids(i, "nsubjpass")]


def verb_arguments(tree: Tree, i: int) -> Arguments:
    """Return the arguments of a verb, those of its governor where it has no subject of its own."""
    token = tree.tokens[i]
    args = Arguments()
    active, passive = _subjects(tree, i)
    participle = token.dep in ("acl", "amod") and token.tag == "VBN"
    args.passive = bool(passive) or participle or bool(tree.kids(i, "auxpass")) or bool(tree.kids(i, "agent"))
    args.subjects, args.objects = active, [k.i for k in tree.kids(i, "dobj", "obj")]
    if passive:
        args.objects = passive + args.objects
    if not active and not passive:
        _inherit(tree, token, args)
    args.preps = list(prepositional(tree, i))
    for kid in tree.kids(i, "agent"):
        for by in [kid, *tree.kids(kid.i, "conj")]:
            args.agents += [p.i for p in tree.kids(by.i, "pobj")]
    for _, head in args.preps:
        if tree.tokens[head].lemma == "hand":  # "died at the hands of X"
            args.agents += [h for p, h in prepositional(tree, head) if p == "of"]
    args.preps = [(p, h) for p, h in args.preps if h not in args.agents]
    _relative(tree, i, args)
    if not args.objects and not args.passive:
        for kid in tree.kids(i, "conj"):  # "kill or capture X"
            args.objects = args.objects or [k.i for k in tree.kids(kid.i, "dobj")]
    for noun in args.objects[:1]:
        if tree.tokens[noun].head == i:
            args.preps += [
                (p, h) for p, h in prepositional(tree, noun) if p != "of" and (p, h) not in args.preps
            ]
    return args


def _inherit(tree: Tree, token: Token, args: Arguments) -> None:
    """Fill in the understood subject of participles, infinitives and coordinated verbs."""
    head = tree.tokens[token.head]
    if token.dep in ("acl", "relcl") and head.i != token.i and head.pos != "VERB":
        if token.tag == "VBN" and token.dep == "acl":
            args.objects = [head.i, *args.objects]
        elif token.dep == "acl":
            args.subjects = [head.i]
        return
    if token.dep == "amod":
        args.objects = [head.i]
        return
    if token.dep == "acomp":  # "were overrun", the participle read as an adjective
        args.objects = [k.i for k in tree.kids(head.i, "nsubj")] + args.objects
        args.passive = True
        return
    if token.dep == "pcomp":
        head = tree.tokens[head.head]  # "after claiming …"
    if token.dep not in ("conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "pcomp") or head.i == token.i:
        return
    if head.pos not in ("VERB", "AUX"):
        return
    above = verb_arguments(tree, head.i)
    if (
        token.dep == "conj"
        and token.tag in ("VBN", "VBD")
        and above.passive
        and not tree.kids(token.i, "dobj")
        and token.tag == head.tag
    ):
        args.objects = above.objects + args.objects
        args.agents = list(above.agents)
        args.passive = True
    elif token.dep == "advcl" and token.tag == "VBN":
        args.objects = (above.objects if above.passive else above.subjects) + args.objects
        args.passive = True
    elif above.passive and token.dep in ("conj", "xcomp"):
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
    args = Arguments()
    for prep, head in prepositional(tree, i):
        (args.agents if prep == "by" else args.preps).append(head if prep == "by" else (prep, head))  # type: ignore[arg-type]
    token = tree.tokens[i]
    if token.dep == "conj" and not args.preps and not args.agents:  # "pressure and violence from X"
        for prep, head in prepositional(tree, token.head):
            if head > i:
                (args.agents if prep == "by" else args.preps).append(head if prep == "by" else (prep, head))  # type: ignore[arg-type]
    args.owners = [k.i for k in tree.kids(i, "poss")]
    args.modifiers = [
        k.i
        for k in tree.kids(i, "compound", "nmod", "amod")
        if k.pos in ("NOUN", "PROPN", "ADJ", "X") or k.name
    ]
    return args
