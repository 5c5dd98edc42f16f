"""Repairs: what the parser is known to get wrong on sentences of news, mended in the tree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

MAX_SENTENCE = 300  # tokens; the longest sentences of news are half as long


@dataclass(slots=True)
class Parse:
    """The analysis of some tokens as lists of equal length; heads and dependencies are mended in place.

    Attributes:
        texts: forms that the parser saw.
        tags: fine tags.
        pos: parts of speech.
        heads: index of the head of each token, its own at a root.
        deps: dependencies.
        sents: number of the sentence of each token, from 0.
    """

    texts: list[str]
    tags: list[str]
    pos: list[str]
    heads: list[int]
    deps: list[str]
    sents: list[int]

    def children(self) -> list[list[int]]:
        """Return the children of each token in text order."""
        found: list[list[int]] = [[] for _ in self.heads]
        for i, head in enumerate(self.heads):
            if head != i:
                found[head].append(i)
        return found

    def is_subject(self, i: int) -> bool:
        """Return whether a token is a subject."""
        return self.deps[i] in ("nsubj", "nsubjpass")


def repair(parse: Parse) -> None:
    """Mend a parse."""
    _cut(parse)
    children, heads = parse.children(), list(parse.heads)
    deps = list(parse.deps)
    _free_finite(parse, children, heads)
    _free_subjects(parse, children, heads)
    _free_auxiliaries(parse, heads, deps)
    _free_participles(parse, children, heads, deps)
    _free_described(parse, children, heads)


def _cut(parse: Parse) -> None:
    """Cut a sentence that nobody would write; its words stand alone.

    The rules look over whole sentences: a list of ten thousand words as one would cost their square.
    """
    lengths = Counter(parse.sents)
    if max(lengths.values(), default=0) <= MAX_SENTENCE:
        return
    number, before, size = -1, -1, 0
    for i, sent in enumerate(parse.sents):
        if sent != before or size == MAX_SENTENCE:
            number, before, size = number + 1, sent, 0
        size += 1
        parse.sents[i] = number
        if lengths[before] > MAX_SENTENCE:
            parse.heads[i], parse.deps[i] = i, "ROOT"


def _free_finite(parse: Parse, children: list[list[int]], heads: list[int]) -> None:
    """Make a participle with an object the finite verb that it is: "Gunmen on motorbikes killed 17".

    A passive participle behind a noun has no object of its own.
    """
    for verb, noun in enumerate(heads):
        if parse.deps[verb] != "acl" or parse.tags[verb] not in ("VBN", "VBD") or noun > verb:
            continue
        if not any(parse.deps[k] in ("dobj", "prt") for k in children[verb]):
            continue
        top = noun
        while parse.deps[top] in ("pobj", "prep") and heads[top] < top:
            top = heads[top]
        if parse.deps[top] not in ("ROOT", "dep") or parse.pos[top] not in ("NOUN", "PROPN"):
            continue
        above = heads[top]
        rooted = above == top
        if not rooted and parse.pos[above] not in ("VERB", "AUX"):
            continue
        parse.heads[verb], parse.deps[verb] = (verb, "ROOT") if rooted else (above, "ccomp")
        parse.heads[top], parse.deps[top], parse.tags[verb] = verb, "nsubj", "VBD"
        for kid in {*children[top], *children[noun]}:
            if kid > verb:
                named = parse.deps[kid] == "appos" and parse.deps[kid - 1] not in ("punct", "cc")
                parse.heads[kid], parse.deps[kid] = verb, "dobj" if named else parse.deps[kid]


def _free_subjects(parse: Parse, children: list[list[int]], heads: list[int]) -> None:
    """Give a subject back to its verb where the parser gave both subjects to a verb of saying between them.

    "X, the ministry warned, may attack": the first subject belongs to "may attack".
    """
    for verb, pos in enumerate(parse.pos):
        if pos != "VERB":
            continue
        subjects = [k for k in children[verb] if k < verb and parse.is_subject(k)]
        if len(subjects) < 2:
            continue
        later = [o for o in (heads[verb], *children[verb]) if o > verb and parse.pos[o] in ("VERB", "AUX")]
        bare = [o for o in later if not any(parse.deps[k].startswith("nsubj") for k in children[o])]
        if bare:
            passive = any(parse.deps[k] == "auxpass" for k in children[bare[0]])
            parse.heads[subjects[0]] = bare[0]
            parse.deps[subjects[0]] = "nsubjpass" if passive else "nsubj"


def _free_auxiliaries(parse: Parse, heads: list[int], deps: list[str]) -> None:
    """Hang on the main verb what the parser hung on its auxiliary ("X did not, it was said, flee")."""
    for i, head in enumerate(heads):
        if (
            deps[head] == "aux"
            and heads[head] != head
            and parse.deps[i] in ("nsubj", "neg", "advcl", "advmod")
        ):
            parse.heads[i] = heads[head]


def _free_participles(parse: Parse, children: list[list[int]], heads: list[int], deps: list[str]) -> None:
    """Hang a participle on its noun where the parser made it a clause: "X, identified as Y, was killed"."""
    for verb, main in enumerate(heads):
        if deps[verb] != "advcl" or parse.tags[verb] not in ("VBD", "VBN") or main < verb or verb == 0:
            continue
        subjects = [k for k in children[verb] if k < verb and parse.is_subject(k) and parse.heads[k] == verb]
        bare = not any(parse.deps[k].startswith("nsubj") for k in children[main])
        if subjects and bare and parse.texts[verb - 1] == ",":
            passive = any(deps[k] == "auxpass" for k in children[main])
            parse.heads[subjects[-1]] = main
            parse.deps[subjects[-1]] = "nsubjpass" if passive else "nsubj"
            parse.heads[verb], parse.deps[verb] = subjects[-1], "acl"


def _free_described(parse: Parse, children: list[list[int]], heads: list[int]) -> None:
    """Hang a participle on its noun where it took the place of the verb: "X, described as Y, was killed"."""
    for verb, tag in enumerate(parse.tags):
        kids = children[verb]
        if tag != "VBN" or verb == 0 or parse.texts[verb - 1] != ",":
            continue
        if any(parse.deps[k] in ("aux", "auxpass") for k in kids):
            continue
        subjects = [k for k in kids if k < verb and parse.is_subject(k)]
        mains = [k for k in kids if k > verb and parse.deps[k] == "conj" and _is_bare(parse, children, k)]
        if not subjects or not mains:
            continue
        main, subject = mains[0], subjects[-1]
        rooted = heads[verb] == verb
        parse.heads[main], parse.deps[main] = (main, "ROOT") if rooted else (heads[verb], parse.deps[verb])
        passive = any(parse.deps[k] == "auxpass" for k in children[main])
        parse.heads[subject], parse.deps[subject] = main, "nsubjpass" if passive else "nsubj"
        parse.heads[verb], parse.deps[verb] = subject, "acl"


def _is_bare(parse: Parse, children: list[list[int]], verb: int) -> bool:
    """Whether a verb has an auxiliary and no subject."""
    deps = [parse.deps[k] for k in children[verb]]
    return (
        parse.pos[verb] in ("VERB", "AUX")
        and "auxpass" in deps
        and not any(d.startswith("nsubj") for d in deps)
    )
