"""Finds the names of the registry in a text: the longest first, at word boundaries, each with its candidates.

Names are compared word by word in a folded form (`key`): without case, diacritics, apostrophes and
possessives, hyphens and dashes like spaces, the Arabic article spelled "al". Case still counts: a
capital of the name must be one in the text, and an acronym is written in capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.registry import Registry

_APOSTROPHES = "'’‘`´ʼʻʿʾ′"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u0652\u0670"
_WORD = rf"(?:[^\W_]|[{_MARKS}])+"
# Dotted acronyms ("U.N."), words with apostrophes inside, and every other sign that ends a name.
_TOKEN = re.compile(rf"(?:[A-Z]\.){{2,}}|{_WORD}(?:[{_APOSTROPHES}]{_WORD})*|[^\w\s{_APOSTROPHES}\-‐‑‒–—_]")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")
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
_LEAST_CAPITALISED_ACRONYM = 5  # letters: Gatia and Minusma are printed so, Eta and Isis are other words


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
class _Token:
    folded: str
    surface: str
    start: int
    end: int


# An entry of the index: slug, kind, strong, and the name's words as printed (for their case).
_Entry = tuple[str, str, bool, tuple[str, ...]]


class Gazetteer:
    """The names of a registry, indexed by their folded words."""

    def __init__(self, registry: Registry) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        self._longest: dict[str, int] = {}
        for slug, name in registry.actor_names():
            self._add(slug, "actor", name.strong, name.text)
        for place in registry.places.curated.values():
            for name in place.names:
                self._add(place.slug, "place", name.strong, name.text)
        for slug, names, strong in registry.town_names():
            for i, text in enumerate(names):
                self._add(slug, "place", strong and i == 0, text)

    def matches(self, text: str) -> list[Match]:
        """Return the names in a text in order: leftmost, longest, none overlapping."""
        tokens = list(_tokens(text))
        words = [token.folded for token in tokens]
        found = []
        i, last = 0, len(tokens)
        longest, entries = self._longest, self._entries
        while i < last:
            width = longest.get(words[i])
            if width is not None:
                for j in range(min(last, i + width), i, -1):
                    candidates = entries.get(" ".join(words[i:j]))
                    if candidates and (fitting := self._fitting(candidates, tokens, i, j)):
                        start, end = tokens[i].start, tokens[j - 1].end
                        found.append(Match(start, end, text[start:end], fitting))
                        i = j - 1
                        break
            i += 1
        return found

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return what a name as a whole may mean, whatever its case; empty where the registry lacks it."""
        return _merged(self._entries.get(key(name), []))

    def _add(self, slug: str, kind: str, strong: bool, text: str) -> None:  # noqa: FBT001 -- the entry's fields
        if text.isascii() and text.isalpha():  # most towns: no need of the tokenizer
            folded = text.lower()
            words: tuple[str, ...] = (text,)
            first, width = "al" if folded in _ARTICLE else folded, 1
            folded = first
        else:
            tokens = list(_tokens(text))
            if not tokens:
                return
            words = tuple(token.surface for token in tokens)
            folded = " ".join(token.folded for token in tokens)
            first, width = tokens[0].folded, len(tokens)
        self._entries.setdefault(folded, []).append((slug, kind, strong, words))
        if width > self._longest.get(first, 0):
            self._longest[first] = width

    @staticmethod
    def _fitting(entries: list[_Entry], tokens: list[_Token], i: int, j: int) -> tuple[Candidate, ...]:
        surface = [token.surface for token in tokens[i:j]]
        shouted = _shouted(tokens, i, j)
        return _merged([entry for entry in entries if _case_fits(entry[3], surface, shouted=shouted)])


def key(text: str) -> str:
    """Return the folded words of a name, by which two spellings are one.

    >>> key("Jama’at Nusrat al-Islam") == key("Jamaat Nusrat el Islâm")
    True
    """
    return " ".join(token.folded for token in _tokens(text))


def _merged(entries: list[_Entry]) -> tuple[Candidate, ...]:
    """Return one candidate an entry of the registry, strong if one of its names is; strong ones first."""
    found: dict[tuple[str, str], bool] = {}
    for slug, kind, strong, _ in entries:
        found[slug, kind] = found.get((slug, kind), False) or strong
    ordered = sorted(found.items(), key=lambda item: (not item[1], item[0][1], item[0][0]))
    return tuple(Candidate(slug, kind, strong) for (slug, kind), strong in ordered)


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the words and separating signs of a text; hyphens and dashes end no name."""
    for hit in _TOKEN.finditer(text):
        surface = hit.group()
        start, end = hit.span()
        hyphen = text[end : end + 1] in ("-", "‐", "‑", "–")
        folded, cut = _fold(surface, hyphen=hyphen)
        yield _Token(folded, surface[: len(surface) - cut], start, end - cut)


@lru_cache(maxsize=100_000)
def _fold(surface: str, *, hyphen: bool) -> tuple[str, int]:
    """Return the folded form of a word, and how many of its last characters are a possessive."""
    cut = 2 if _POSSESSIVE.search(surface) else 0
    word = surface[: len(surface) - cut] if cut else surface
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    word = _APOSTROPHE.sub("", word).casefold()
    if word[:1].isalpha() and "." in word:
        word = word.replace(".", "")
    if word in _ARTICLE or (hyphen and word in _ASSIMILATED):
        word = "al"
    return word, cut


def _shouted(tokens: list[_Token], i: int, j: int) -> bool:
    """Return whether the words around are all in capitals too, as in some headlines."""
    around = [
        token.surface for token in (*tokens[max(0, i - 2) : i], *tokens[j : j + 2]) if token.surface.isalpha()
    ]
    return len(around) > 1 and all(word.isupper() and len(word) > 1 for word in around)


def _case_fits(name: tuple[str, ...], surface: list[str], *, shouted: bool) -> bool:
    """Return whether the case of the words in the text allows them to be the name."""
    if len(name) == 1:
        return _word_fits(name[0], surface[0], shouted=shouted)
    ends = [k for k, word in enumerate(name) if word[0].isupper() and word.lower() not in _SMALL]
    for k in ends[:1] + ends[-1:]:
        if _acronym(name[k]):
            if not _word_fits(name[k], surface[k], shouted=shouted):
                return False
        elif not surface[k][0].isupper():
            return False
    return True


def _word_fits(name: str, word: str, *, shouted: bool) -> bool:
    if name == word:
        return not (shouted and len(name) <= 2)  # in a headline in capitals, IS is a verb
    if not name[0].isupper():
        return name.islower() or name[0].lower() == name[0]
    if _acronym(name):
        plain, given = name.replace(".", ""), word.replace(".", "")
        if given.isupper():
            return not shouted or len(plain) > 2
        return given.istitle() and len(plain) >= _LEAST_CAPITALISED_ACRONYM
    if word.isupper() and len(word) > 1:
        return len(word) > 3 or shouted
    return word[0].isupper()


def _acronym(name: str) -> bool:
    """Return whether a word is written in capitals, or has one inside (HuA, FAMa)."""
    return len(name) > 1 and any(sign.isupper() for sign in name[1:])
