"""The words by which mentions are read: what nouns stand for, nationalities, verbs that only actors have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.lexicon import Lexicon
from kg.extract.syntax import Token

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
MODIFIERS = ("compound", "nmod", "amod")
SUBJECTS = ("nsubj", "nsubjpass")
_SENSES = (
    "army", "police", "gendarmerie", "mission", "peacekeeping", "government", "members", "part", "group",
    "union", "region", "city", "border",
)  # fmt: skip
# Verbs of saying whose subject is as often a place: "the town saw", "the country holds elections".
_OF_PLACES = frozenset({"find", "hold", "show", "see", "know", "count"})


class Wording:
    """Word lists of the lexicon, indexed for mentions; `demonyms` are those of the registry in lower case."""

    def __init__(self, lexicon: Lexicon, demonyms: Mapping[str, tuple[str, ...]]) -> None:
        self.lexicon = lexicon
        self.demonyms = {demonym.lower(): countries for demonym, countries in demonyms.items()}
        self.words = {key: frozenset(words) for key, words in lexicon.names["description"].items()}
        self.metonymy = {key: frozenset(words) for key, words in lexicon.names["metonymy"].items()}
        self.synonyms: Mapping[str, str] = lexicon.names["synonyms"]
        self.says = lexicon.says("say", "verbs")
        self.speaking = (
            self.says | lexicon.says("suspect", "verbs") | lexicon.says("deny", "verbs")
        ) - _OF_PLACES
        self.titles = frozenset(lexicon.names["person"]["titles"])
        self.calendar = frozenset({*lexicon.time["months"], *lexicon.time["weekdays"]})

    def sense(self, lemma: str, words: Sequence[str] = ()) -> str:
        """Return what a noun stands for, by its longest entry; "several" of a noun for several services."""
        if lemma == "force" and self.words["several"].intersection(words):
            return "several"
        for phrase in (*(f"{word} {lemma}" for word in words[-1:]), lemma):
            for sense in _SENSES:
                if phrase in self.words[sense]:
                    return sense
        return ""

    def whole(self, lemma: str, words: Sequence[str]) -> bool:
        """Return whether a noun stands for all of a country's service: "the army", "the national forces"."""
        named = lemma in self.words["whole"] or any(
            f"{word} {lemma}" in self.words["whole"] for word in words
        )
        return named or bool(self.words["own"].intersection(words))

    def class_of(self, token: Token) -> str:
        """Return the class of a name or common noun, "" where the lexicon lacks it."""
        if token.name is not None:
            return token.name.cls
        hit = self.lexicon.nouns.find(token.lemma) if token.tag in NOUN_TAGS else None
        return hit[1].name if hit else ""

    def nationality(self, token: Token) -> bool:
        """Return whether a word is a nationality."""
        return token.name is None and token.form in self.demonyms
