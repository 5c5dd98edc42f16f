"""A noun phrase as words: what stands before its head, where its label begins, how it is printed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from kg.extract.syntax import Token, Tree

PREMODIFIERS = frozenset(
    {"amod", "compound", "nmod", "nummod", "advmod", "npadvmod", "poss", "case", "punct", "quantmod", "det",
     "predet", "neg", "appos"}
)  # fmt: skip
# Articles, numbers, possessors and punctuation are no part of a label.
_TRIMMED_TAGS = frozenset(
    {"DT", "PDT", "CD", "PRP$", "IN", ",", ":", "``", "''", "RB", "RBR", "RBS", "JJR", "JJS", "HYPH", "WP$",
     "-LRB-", "-RRB-", "CC", "TO"}
)  # fmt: skip
_QUOTES = "“”\"'‘ "


def modifiers(tree: Tree, i: int) -> tuple[Token, ...]:
    """Return the tokens that stand before a head inside its phrase, in text order."""
    known = tree.modifiers.get(i)
    if known is None:
        known = tree.modifiers[i] = tuple(_modifiers(tree, i))
    return known


def _modifiers(tree: Tree, i: int) -> list[Token]:
    stack = [k for k in tree.kids(i) if k.i < i and k.dep in PREMODIFIERS]
    found = list(stack)
    while stack:
        kids = [k for k in tree.kids(stack.pop().i) if k.i < i]
        found += kids
        stack += kids
    return sorted(found, key=lambda t: t.i)


def label_start(tree: Tree, i: int, numbers: frozenset[str], quantifiers: frozenset[str]) -> int:
    """Return the first token of the label of the phrase with head `i`, with which the label ends.

    Args:
        tree: the tree.
        i: the head.
        numbers: forms that are no part of a label.
        quantifiers: forms and lemmas that are no part of a label.
    """

    def is_trimmed(token: Token) -> bool:
        form = token.form
        return (
            token.tag in _TRIMMED_TAGS or form in numbers or not quantifiers.isdisjoint((form, token.lemma))
        )

    before = {t.i for t in modifiers(tree, i)}
    first = _back(i, before.__contains__)
    while first < i and is_trimmed(tree.tokens[first]):
        first += 1
    return first


def _back(i: int, joins: Callable[[int], bool]) -> int:
    """Return the first of the tokens up to `i` that all join on to the next."""
    while i and joins(i - 1):
        i -= 1
    return i


def name_start(tree: Tree, token: Token) -> int:
    """Return the first of the proper nouns that hang on one another up to a token, within its sentence."""

    def joins(i: int) -> bool:
        other = tree.tokens[i]
        return (
            other.tag in ("NNP", "NNPS", "HYPH")
            and other.sent == token.sent
            and other.head in range(i, token.i + 1)
        )

    return _back(token.i, joins)


def proper_start(tree: Tree, token: Token) -> int:
    """Return the first of the proper nouns that hang directly on a token and stand before it."""
    return _back(token.i, lambda i: tree.tokens[i].pos == "PROPN" and tree.tokens[i].head == token.i)


def printed(tree: Tree, first: int, last: int) -> str:
    """Return a range of tokens joined as printed, without quotation marks around it."""
    tokens = tree.tokens[first : last + 1]
    text = tokens[0].text
    for before, token in pairwise(tokens):
        text += (" " if token.start > before.end else "") + token.text
    return text.strip(_QUOTES)
