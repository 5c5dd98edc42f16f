"""Kinds: what the head noun of a phrase makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.extract import phrase
from kg.extract.lexicon import Lexicon
from kg.extract.syntax import Token, Tree

_ARGUMENTS = frozenset({"nsubj", "pobj", "dobj", "nsubjpass", "conj"})


class Kind(NamedTuple):
    """What a head noun makes of its phrase; the fields are those of `Entity`."""

    cls: str
    kind: str
    people: bool = False


IRREGULARS = Kind("armed", "ArmedGroup")


class Kinds:
    """Tells the kind of the nouns of one tree.

    Args:
        tree: the tree.
        lexicon: classes of common nouns.
        demonyms: nationality adjectives in lower case, with the ISO code of the country.
    """

    def __init__(self, tree: Tree, lexicon: Lexicon, demonyms: Mapping[str, str]) -> None:
        self._tree, self._lexicon, self._demonyms = tree, lexicon, demonyms

    def cls(self, token: Token) -> str:
        """Return the class of a name or common noun, "" where the lexicon lacks it."""
        found = self.of(token)
        return found.cls if found else ""

    def of(self, token: Token) -> Kind | None:
        """Return the class of a name or common noun, by its longest entry, None without one."""
        if token.name is not None:
            return Kind(token.name.cls, token.name.kind)
        if token.lemma not in self._lexicon.nouns:
            return None
        before = [t.lemma for t in phrase.modifiers(self._tree, token.i)]
        hit = self._lexicon.nouns.find(token.lemma, before)
        if hit is None:
            return None
        noun = hit[1]
        if noun.name == "force" and not noun.people:  # "a rebel force"
            beside = (self._lexicon.nouns.find(word) for word in before)
            if any(b and b[1].name == "armed" and b[1].people for b in beside):
                return IRREGULARS
        return Kind(noun.name, noun.kind, noun.people)

    def guess(self, token: Token, country: str) -> Kind:
        """Return the class of a noun that the lexicon lacks."""
        if country and self._is_nation(token):
            return Kind("force", "StateForce", people=True)
        if token.lemma in self._lexicon.calendar:
            return Kind("time", "Actor")
        return Kind("unknown" if token.pos == "PROPN" else "other", "Actor")

    def _is_nation(self, token: Token) -> bool:
        """Whether a nationality stands for the country's forces: "the French", "Malians"."""
        if token.tag == "JJ":
            return token.dep in _ARGUMENTS
        return token.form in self._demonyms
