"""Selection: which sentences may say something about armed actors, before anything is parsed.

Parsing is most of the cost of reading. A sentence without an armed actor and without a word that evokes an
event, a claim or a denial yields no fact: unless it describes a force or a government that a name in it can
tell, its names are kept and its grammar is not looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.extract.lexicon import Lexicon

# Word lists of attribution.toml and relations.toml that can make a fact about what was said before.
_SAYING = {
    "claim": ("stakes", "bare", "vouch", "behind", "unclaimed", "nouns"),
    "deny": ("verbs", "nouns", "false"),
    "blame": ("verbs", "marks", "answerable"),
}
_RELATING = {
    "leadership": ("nouns", "verbs", "posts"),
    "membership": ("nouns", "verbs"),
    "allegiance": ("nouns", "shift"),
    "affiliation": ("nouns",),
    "split": ("nouns", "verbs"),
    "merger": ("verbs",),
    "designation": ("plain",),
}
# Described bodies that a name or a nationality beside them may tell apart: "the government in Bamako".
_BODIES = frozenset({"force", "government", "community"})
_PRONOUNS = frozenset({"it", "its", "they", "their", "them", "he", "him", "his", "she", "her"})


class Selection:
    """Tells the sentences worth parsing.

    Args:
        lexicon: the words that evoke facts.
        demonyms: nationality adjectives in lower case.
        candidates: the lemmas that a form in lower case may have.
    """

    def __init__(
        self, lexicon: Lexicon, demonyms: Iterable[str], candidates: Callable[[str], frozenset[str]]
    ) -> None:
        self._candidates, self._lexicon = candidates, lexicon
        self._evoking = _index(_evoking(lexicon))
        bonds = itertools.chain(lexicon.bond_verbs.entries(), lexicon.bond_nouns.entries())
        self._relating = _index(itertools.chain(_listed(_RELATING, lexicon.relates), bonds))
        self._bodies = _index(lexicon.nouns.entries(lambda noun: noun.name in _BODIES))
        self._demonyms = frozenset(demonyms)
        self._known: dict[str, frozenset[str]] = {}

    def holds(self, words: Sequence[str], classes: Iterable[str]) -> bool:
        """Return whether a sentence is worth parsing.

        Args:
            words: its words in lower case.
            classes: the classes of the names in it.
        """
        names = set(classes)
        if "armed" in names:
            return True
        lemmas: set[str] = set().union(*map(self._lemmas, words))
        if _meets(self._evoking, lemmas):
            return True
        someone = "person" in names or not _PRONOUNS.isdisjoint(words)
        if someone and _meets(self._relating, lemmas):
            return True
        somewhere = bool(names) or not self._demonyms.isdisjoint(words)
        return somewhere and _meets(self._bodies, lemmas)

    def _lemmas(self, word: str) -> frozenset[str]:
        """Return what a word may be a form of, by the model and by the lexicon."""
        if word not in self._known:
            known = {self._lexicon.forms.get(word, word), self._lexicon.plurals.get(word, word)}
            if len(self._known) > 1 << 17:
                self._known.clear()
            self._known[word] = self._candidates(word) | known
        return self._known[word]


def _evoking(lexicon: Lexicon) -> Iterator[frozenset[str]]:
    """Yield the entries that evoke an event, an armed actor or a toll, and those of saying so."""
    yield from lexicon.verbs.entries()
    yield from lexicon.event_nouns.entries()
    yield from lexicon.nouns.entries(lambda noun: noun.name == "armed")
    yield from _listed(_SAYING, lexicon.says)
    yield from map(frozenset, zip(lexicon.tells("fallen", "words"), strict=True))
    for words in (*lexicon.numbers["state"].values(), lexicon.numbers["toll"]["nouns"]):
        yield from (frozenset({word}) for word in words)


def _listed(
    sections: dict[str, tuple[str, ...]], read: Callable[[str, str], frozenset[str]]
) -> Iterator[frozenset[str]]:
    for section, keys in sections.items():
        for key in keys:
            yield from (frozenset(entry.split()) for entry in read(section, key))


def _index(entries: Iterable[frozenset[str]]) -> dict[str, tuple[frozenset[str], ...]]:
    """Return the entries by their longest word, the rarest by rule of thumb."""
    table: dict[str, set[frozenset[str]]] = {}
    for entry in entries:
        table.setdefault(max(sorted(entry), key=len), set()).add(entry)
    return {word: tuple(sorted(found, key=len)) for word, found in table.items()}


def _meets(index: dict[str, tuple[frozenset[str], ...]], lemmas: set[str]) -> bool:
    """Whether all words of some entry are among the lemmas of a sentence."""
    return any(entry <= lemmas for word in index.keys() & lemmas for entry in index[word])
