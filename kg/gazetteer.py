"""Finds the names of the registry in a text: the longest first, at word boundaries, each with its candidates.

Names are compared word by word in a folded form (`key`): without case, diacritics, apostrophes and
possessives, hyphens and dashes like spaces, the Arabic article spelled "al". Case still counts: a
capital of the name must be one in the text, and an acronym is written in capitals.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.registry import Registry

_APOSTROPHES = "'’‘`´ʼʻʿʾ′"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u0652\u0670"
_WORD = rf"(?:[^\W_]|[{_MARKS}])+"
# Dotted acronyms ("U.N."), words with apostrophes inside, and every other sign that ends a name.
_TOKEN = re.compile(rf"(?:[A-Z]\.){{2,}}|{_WORD}(?:[{_APOSTROPHES}]{_WORD})*|[^\w\s{_APOSTROPHES}\-‐‑‒–—_]")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_ARTICLE = frozenset({"el", "al"})
_ASSIMILATED = frozenset(
    {"ad", "an", "ar", "as", "ash", "at", "az", "ed", "en", "er", "es", "et", "ez", "ul", "ud"}
)
_SMALL = frozenset(
    {
        "al",
        "wal",
        "of",
        "the",
        "and",
        "for",
        "in",
        "de",
        "du",
        "des",
        "la",
        "le",
        "et",
        "ag",
        "ould",
        "bin",
        "ibn",
    }
)
_HYPHENS = ("-", "‐", "‑", "–")
# Words that end a name and are often printed small: "Wagner group". Not "state": an Islamic state is none.
_SMALL_ENDS = frozenset(
    {
        "agency", "army", "authorities", "authority", "battalion", "battalions", "brigade",
        "brigades", "coalition", "command", "committee", "council", "faction", "force", "forces",
        "foundation", "front", "government", "group", "league", "media", "military", "militia",
        "mission", "movement", "network", "organisation", "organization", "party", "police",
        "province", "region", "union",
    }
)  # fmt: skip
# Words of English that acronyms spell: in a headline in capitals they are the word.
_SHOUTED_WORDS = frozenset({"car", "fact", "fan", "had", "is", "let", "mend", "site", "tip", "us"})
_SETTLEMENTS = ("city", "town", "village")
_LEAST_CAPITALISED_ACRONYM = 5  # letters: Gatia and Minusma are printed so, Eta and Isis are other words

_MOST_KNOWN = 200_000
_FOLDED: dict[str, str] = {}  # folded forms of words seen: the same for every text, so shared


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry of the registry that a name may mean; `strong` if the name suffices alone for it."""

    slug: str
    kind: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A name in a text, half-open in code points, with what it may mean: strong candidates first."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, and the signs that end a name: folded, with the hits they come from."""

    folded: list[str]
    hits: list[re.Match[str]]

    def surface(self, i: int) -> str:
        """Return a word as printed, without its possessive."""
        return self.hits[i].group()[: self.end(i) - self.hits[i].start()]

    def end(self, i: int) -> int:
        """Return where a word ends in the text, its possessive left out."""
        return self.hits[i].end() - _possessive(self.hits[i].group())


# An entry of the index: slug, kind, strong, and the name's words as printed (for their case).
_Entry = tuple[str, str, bool, tuple[str, ...]]


class Gazetteer:
    """The names of a registry, indexed by their folded words."""

    def __init__(self, registry: Registry) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        self._longest: dict[str, int] = {}
        self._known: dict[str, tuple[Candidate, ...]] = {}  # what a name as printed may mean, once found
        for slug, name in registry.actor_names():
            self._add((slug, "actor", name.strong), name.text)
        for place in registry.places.curated.values():
            for name in place.names:
                self._add((place.slug, "place", name.strong), name.text)
                if place.kind == "city":
                    for noun in _SETTLEMENTS:
                        self._add((place.slug, "place", name.strong), f"{name.text} {noun}")
        for slug, names, strong in registry.town_names():
            for i, text in enumerate(names):
                self._add((slug, "place", strong and i == 0), text)

    def matches(self, text: str) -> list[Match]:
        """Return the names in a text in order: leftmost, longest, none overlapping."""
        words = _words(text)
        folded, longest = words.folded, self._longest
        found: list[Match] = []
        free = 0  # the first word that no match has taken
        for i, word in enumerate(folded):
            if word in longest and i >= free:
                free = self._match_at(i, words, text, found)
        return found

    def _match_at(self, i: int, words: _Words, text: str, found: list[Match]) -> int:
        """Append the longest name that starts at word i, if any; return the first word after it."""
        folded, entries = words.folded, self._entries
        for j in range(min(len(folded), i + self._longest[folded[i]]), i, -1):
            candidates = entries.get(folded[i] if j == i + 1 else " ".join(folded[i:j]))
            if candidates:
                start, end = words.hits[i].start(), words.end(j - 1)
                printed = text[start:end]
                fitting = self._known.get(printed)
                if fitting is None:
                    fitting = self._fitting(candidates, words, i, j)
                    if not printed.isupper():  # what capitals mean depends on the words around
                        self._known[printed] = fitting
                if fitting:
                    found.append(Match(start, end, printed, fitting))
                    return j
        return i

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return what a name as a whole may mean, whatever its case; empty where the registry lacks it."""
        return _merged(self._entries.get(key(name), []))

    def _add(self, entry: tuple[str, str, bool], text: str) -> None:
        """Index a name of an entry given as slug, kind, strong."""
        if text.isascii() and text.isalpha():  # most towns: no need of the tokenizer
            surface: tuple[str, ...] = (text,)
            folded = [_fold(text)]
        else:
            words = _words(text)
            if not (folded := words.folded):
                return
            surface = tuple(words.surface(i) for i in range(len(folded)))
        self._entries.setdefault(" ".join(folded), []).append((*entry, surface))
        if len(folded) > self._longest.get(folded[0], 0):
            self._longest[folded[0]] = len(folded)

    @staticmethod
    def _fitting(entries: list[_Entry], words: _Words, i: int, j: int) -> tuple[Candidate, ...]:
        surface = [words.surface(k) for k in range(i, j)]
        shouted = _shouted(words, i, j)
        return _merged([entry for entry in entries if _case_fits(entry[3], surface, shouted=shouted)])


def key(text: str) -> str:
    """Return the folded words of a name, by which two spellings are one.

    >>> key("Jama’at Nusrat al-Islam") == key("Jamaat Nusrat el Islâm")
    True
    """
    return " ".join(_words(text).folded)


def _merged(entries: list[_Entry]) -> tuple[Candidate, ...]:
    """Return one candidate an entry of the registry, strong if one of its names is; strong ones first."""
    found: dict[tuple[str, str], bool] = {}
    for slug, kind, strong, _ in entries:
        found[slug, kind] = found.get((slug, kind), False) or strong
    ordered = sorted(found.items(), key=lambda item: (not item[1], item[0][1], item[0][0]))
    return tuple(Candidate(slug, kind, strong) for (slug, kind), strong in ordered)


def _words(text: str) -> _Words:
    """Return the words of a text and the signs that end a name; hyphens and dashes end none."""
    folded, hits = [], []
    known = _FOLDED
    for hit in _TOKEN.finditer(text):
        surface = hit.group()
        word = known.get(surface)
        if word is None:
            if len(known) > _MOST_KNOWN:
                known.clear()
            word = known[surface] = _fold(surface)
        if word in _ASSIMILATED and text[hit.end() : hit.end() + 1] in _HYPHENS:
            word = "al"
        folded.append(word)
        hits.append(hit)
    return _Words(folded, hits)


def _fold(surface: str) -> str:
    """Return the folded form of a word."""
    cut = _possessive(surface)
    word = surface[:-cut] if cut else surface
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    word = _APOSTROPHE.sub("", word).casefold()
    if len(word) > 1:
        word = word.replace(".", "")
    return "al" if word in _ARTICLE else word


def _possessive(surface: str) -> int:
    """Return how many of a word's last characters are a possessive."""
    return 2 if len(surface) > 2 and surface[-1] in "sS" and surface[-2] in _APOSTROPHES else 0


def _shouted(words: _Words, i: int, j: int) -> bool:
    """Return whether the words around are all in capitals too, as in some headlines."""
    near = (*range(max(0, i - 3), i), *range(j, min(len(words.hits), j + 3)))
    around = [word for k in near if len(word := words.hits[k].group()) > 1 and word.isalpha()]
    return len(around) > 1 and all(word.isupper() for word in around)


def _case_fits(name: tuple[str, ...], surface: list[str], *, shouted: bool) -> bool:
    """Return whether the case of the words in the text allows them to be the name."""
    if len(name) == 1:
        return _word_fits(name[0], surface[0], shouted=shouted)
    ends = [k for k, word in enumerate(name) if word[0].isupper() and word.lower() not in _SMALL]
    if len(ends) > 1 and ends[-1] == len(name) - 1 and name[-1].lower() in _SMALL_ENDS:
        ends = ends[:1]
    for k in ends[:1] + ends[-1:]:
        if _acronym(name[k]):
            if not _word_fits(name[k], surface[k], shouted=shouted):
                return False
        elif not surface[k][0].isupper():
            return False
    return True


def _word_fits(name: str, word: str, *, shouted: bool) -> bool:
    if shouted and word.lower() in _SHOUTED_WORDS:
        return False
    if name == word:
        return True
    if not name[0].isupper():
        return name.islower() or name[0].lower() == name[0]
    if _acronym(name):
        plain, given = name.replace(".", ""), word.replace(".", "")
        return given.isupper() or (given.istitle() and len(plain) >= _LEAST_CAPITALISED_ACRONYM)
    if word.isupper() and len(word) > 1:
        return len(word) > 3 or shouted
    return word[0].isupper()


def _acronym(name: str) -> bool:
    """Return whether a word is written in capitals, or has one inside (HuA, FAMa)."""
    return len(name) > 1 and any(sign.isupper() for sign in name[1:])
