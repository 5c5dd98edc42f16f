"""A passage as the rules see it: one tree with its entities and the words to read it by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extract.arguments import Arguments, prepositional, verb_arguments
from kg.extract.entities import Entities
from kg.extract.entity import PLACES, Entity
from kg.extract.lexicon import Lexicon
from kg.extract.stance import Stance
from kg.extract.syntax import Token, Tree


@dataclass(frozen=True, slots=True)
class Passage:
    """One tree with its entities and the lexicon; `number` is the tree's place in the report."""

    tree: Tree
    entities: Entities
    lexicon: Lexicon
    number: int = 0
    stances: dict[int, Stance] = field(default_factory=dict, repr=False, compare=False)
    _arguments: dict[int, Arguments] = field(default_factory=dict, repr=False, compare=False)
    _words: dict[int, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def arguments(self, verb: Token) -> Arguments:
        """Return the arguments of a verb, a copy that may be changed."""
        known = self._arguments.get(verb.i)
        if known is None:
            known = self._arguments[verb.i] = verb_arguments(self.tree, verb.i)
        return known.copy()

    def words(self, token: Token) -> frozenset[str]:
        """Return the lemmas and forms, in lower case, of the sentence that a token stands in."""
        if token.sent not in self._words:
            sentence = self.tree.sentence(token.i)
            self._words[token.sent] = frozenset(w for t in sentence for w in (t.lemma, t.form))
        return self._words[token.sent]

    def opens(self, token: Token, section: str, key: str) -> bool:
        """Return whether a verb and words below it make an entry of a list of attribution.toml."""
        entries = self.lexicon.openers(section, key).get(token.lemma, ())
        kids = {k.lemma for k in self.tree.kids(token.i)} if entries else set()
        return any(kids.issuperset(words[1:]) for words in entries)

    def head(self, token: Token) -> Token:
        """Return the token that governs a token, itself at the root."""
        return self.tree.tokens[token.head]

    def governed(self, token: Token, *deps: str) -> list[int]:
        """Return the heads of what the prepositions below a token govern by one of `deps`."""
        return [p.i for k in self.tree.kids(token.i, "prep") for p in self.tree.kids(k.i, *deps)]

    def places(self, heads: Iterable[int]) -> list[Entity]:
        """Return the places among the entities of some heads."""
        return [e for e in self.entities.all_of(heads) if e.cls in PLACES]

    def places_behind(self, i: int, prepositions: frozenset[str]) -> list[Entity]:
        """Return the places in the phrases that some prepositions open below a token."""
        phrases = list(prepositional(self.tree, i))
        return [e for p, h in phrases if p in prepositions for e in self.places([h])]


def is_verb(token: Token) -> bool:
    """Return whether a token is a verb or an auxiliary."""
    return token.pos in ("VERB", "AUX")


def is_noun(token: Token) -> bool:
    """Return whether a token is a common or proper noun."""
    return token.pos in ("NOUN", "PROPN")
