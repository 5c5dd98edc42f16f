"""Sentences as dependency trees: tokens as printed, each with its offsets and its place in a tree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.names import Name


class Token(NamedTuple):
    """One token: text as printed, offsets in the report, and its place in the tree.

    `head` and `i` index the tokens of the same `Tree`; `name` is the registry name it stands for; `form` is
    the text in lower case.
    """

    i: int
    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sent: int
    name: Name | None
    form: str


class Tree:
    """The tokens of one segment with their children; read-only.

    Words of sentences that were not parsed stand alone, without tag, part of speech and dependency.
    """

    __slots__ = ("_kids", "_semicolons", "children", "modifiers", "read", "sents", "tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tuple(tokens)
        children: list[list[int]] = [[] for _ in self.tokens]
        sents: list[list[int]] = []
        for token in self.tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
            if token.sent == len(sents):
                sents.append([])
            sents[token.sent].append(token.i)
        self.children = tuple(tuple(c) for c in children)
        self._kids = tuple(tuple(self.tokens[i] for i in c) for c in children)
        self._semicolons = [t.i for t in self.tokens if t.text == ";"]
        self.read = tuple(t for t in self.tokens if t.tag)  # those that were parsed
        self.sents = tuple((s[0], s[-1] + 1) for s in sents)
        self.modifiers: dict[int, tuple[Token, ...]] = {}  # by head, kept by phrase.modifiers

    def kids(self, i: int, *deps: str) -> list[Token]:
        """Return the children of a token in text order, only those with one of `deps` where given."""
        found = self._kids[i]
        if not deps or not found:
            return list(found)
        if len(found) == 1:
            return [found[0]] if found[0].dep in deps else []
        return [t for t in found if t.dep in deps]

    def subtree(self, i: int) -> list[int]:
        """Return the indexes of a token and all below it, in text order."""
        seen, stack = [], [i]
        while stack:
            node = stack.pop()
            seen.append(node)
            stack.extend(self.children[node])
        return sorted(seen)

    def ancestors(self, i: int) -> Iterator[Token]:
        """Yield the heads above a token, nearest first."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def conjuncts(self, i: int) -> list[int]:
        """Return a token and those coordinated after it (conj chains), in text order."""
        found, stack = [], [i]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(c for c in self.children[node] if self.tokens[c].dep == "conj")
        return sorted(found)

    def is_excluded(self, i: int) -> bool:
        """Return whether "not" stands before a phrase: "the army, and not the rebels"."""
        return any((k.dep == "neg" or k.lemma == "not") and k.i < i for k in self.kids(i))

    def parted(self, i: int, j: int) -> bool:
        """Return whether a semicolon parts two tokens."""
        low, high = (i, j) if i < j else (j, i)
        return any(low < k < high for k in self._semicolons)

    def between(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens that begin in a span of the report."""
        first = bisect_left(self.tokens, start, key=lambda t: t.start)
        return self.tokens[first : bisect_left(self.tokens, end, first, key=lambda t: t.start)]

    @property
    def start(self) -> int:
        """Offset of the first token, 0 where there is none."""
        return self.tokens[0].start if self.tokens else 0

    @property
    def end(self) -> int:
        """Offset after the last token, 0 where there is none."""
        return self.tokens[-1].end if self.tokens else 0

    def before(self, start: int) -> str:
        """Return the form, in lower case, of the word that ends nearest before an offset."""
        position = bisect_left(self.tokens, start, key=lambda t: t.start)
        return self.tokens[position - 1].form if position else ""

    def sentence(self, i: int) -> tuple[Token, ...]:
        """Return the tokens of the sentence that a token stands in."""
        first, last = self.sents[self.tokens[i].sent]
        return self.tokens[first:last]
