"""Text in one case, as telexes and headlines are: its capitals are put back before it is read.

The restored text has the characters of the original at the same offsets, so that what is found in it
is printed as the report has it. Text in ordinary case is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon import load as load_lexicon
from kg.extract.parsing import pipeline
from kg.gazetteer import Gazetteer
from kg.model import Extraction, Fact, Filler, Report
from kg.registry import Registry

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PARAGRAPH = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
_OPENS = re.compile(r"(?:^|[.!?][\"”’')\]]*\s+|\n\s*\n\s*)(?:\[[^\[\]]{1,40}\]\s*)*[\"“‘'\[(]*$|\[$")
_ABBREVIATED = re.compile(r"[(\[]\s*([^\W\d_][\w-]{1,9})\s*[)\]]")
_LEAST_WORDS = 4  # of a paragraph in capitals
_LONGEST_UNEXPLAINED = 6  # letters of an abbreviation in brackets behind no name that it shortens
_LEAST_LOWER_WORDS = 12  # of a report in small letters: shorter ones are notes, not news
_LONGEST_BEFORE = 20  # code points looked at for the word before the name of a place
_PLACING = frozenset({"in", "near", "at", "outside", "from"})
_CAPITAL_SHARE = 0.9  # of the letters of a paragraph in capitals
_ENDINGS = (
    ("s", ""), ("es", ""), ("es", "e"), ("ies", "y"), ("ves", "f"), ("men", "man"), ("ed", ""), ("ed", "e"),
    ("ied", "y"), ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ier", "y"),
    ("iest", "y"), ("ly", ""), ("'s", ""), ("s'", "s"), ("'", ""),
)  # fmt: skip
_SMALL = frozenset(
    {"of", "the", "and", "for", "in", "de", "del", "la", "las", "los", "el", "y", "du", "des", "al"}
)


class _Words(NamedTuple):
    """Lemmas in small letters: of nouns, and of all other words."""

    nouns: frozenset[str]
    others: frozenset[str]


@cache
def _ordinary_lemmas() -> _Words:
    """Return the words of the language model's lemmatizer (WordNet's), and English function words."""
    from spacy.lang.en.stop_words import STOP_WORDS

    lookups: Any = pipeline().get_pipe("lemmatizer")
    index = lookups.lookups.get_table("lemma_index")
    forms = lookups.lookups.get_table("lemma_exc")
    nouns: set[str] = set()
    others: set[str] = set(STOP_WORDS)
    for part in ("noun", "verb", "adj", "adv"):
        (nouns if part == "noun" else others).update(
            word for word in (*index.get(part, ()), *forms.get(part, ())) if word.islower()
        )
    return _Words(frozenset(nouns), frozenset(others))


def _lowered(text: str) -> str:
    """Return text in small letters, each at its offset."""
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def _raised(text: str) -> str:
    """Return text in capitals, each at its offset."""
    return "".join(high if len(high := sign.upper()) == 1 else sign for sign in text)


def _title(word: str) -> str:
    return _raised(word[0]) + word[1:]


class Casing:
    """Puts capitals back; made once, used for many texts."""

    def __init__(self, registry: Registry, gazetteer: Gazetteer, lexicon: Lexicon | None = None) -> None:
        lexicon = lexicon or load_lexicon()
        self._gazetteer = gazetteer
        self._forms = {_folded(name.text): name.text for _, name in registry.actor_names()}
        listed = {w for key in ("weekdays", "months") for w in lexicon.time[key]}
        self._capital = {w.lower() for w in listed if len(w) > 3} - {"march", "sept"}
        self._capital |= {d.lower() for d in registry.demonyms}
        self._months = {w.lower() for w in lexicon.time["months"]}
        self._titles = {t.lower().rstrip(".") for t in lexicon.names["person"]["titles"]}
        self._offices = self._titles | set(lexicon.names["case"]["titles"])
        self._given = {w.lower() for w in lexicon.names["case"]["given"]}
        self._surnames = frozenset(lexicon.names["case"]["surnames"])
        bodies = lexicon.names["organisation"]
        self._bodies = {w.lower() for cls in ("armed", "force") for w in bodies[cls]}
        self._lexicon = lexicon

    def restored(self, text: str) -> str:
        """Return text with capitals where English has them; the same text where it has both cases.

        Each character keeps its offset, and differs from the original at most in case.
        """
        spans = list(_spans(text))
        if not spans:
            return text
        signs = list(text)
        for start, end in spans:
            signs[start:end] = self._restored(text[start:end])
        return "".join(signs)

    def _restored(self, text: str) -> str:
        low, high = _lowered(text), _raised(text)
        signs = list(low)
        named = self._write_names(high, low, signs)
        short = self._write_abbreviations(low, signs)
        family = self._family(low)
        for hit in _WORD.finditer(low):
            word, start = hit.group(), hit.start()
            if start in named or any(signs[i].isupper() for i in range(start, hit.end())):
                continue
            if word in short or (len(word) > 2 and word.isalpha() and not set(word) & set("aeiouyáéíóú")):
                signs[start : hit.end()] = _raised(word)
            elif (
                word in family
                or self._is_proper(word, low, hit)
                or _OPENS.search(low[max(0, start - 60) : start])
                or word == "i"
            ):
                signs[start] = _raised(word[0])
        self._write_titles(low, signs)
        return "".join(signs)

    def _family(self, low: str) -> set[str]:
        """Return the words of a text that are surnames there: ordinary ones too, behind a name or title."""
        found = set()
        words = [hit.group() for hit in _WORD.finditer(low)]
        for before, word in pairwise(words):
            named = before in self._given or before in self._offices or before in found
            listed = word in self._surnames and (named or not self.ordinary(before))
            unlisted = before in self._given and word not in _SMALL and not self._is_running(word)
            if listed or unlisted:
                found.add(word)
        return found

    def _is_running(self, word: str) -> bool:
        """Return whether a word may go on a sentence behind a name: no noun, or one of a person or thing."""
        return word in self._lexicon.nouns or _is_known(word, _ordinary_lemmas().others)

    def _is_proper(self, word: str, low: str, hit: re.Match[str]) -> bool:
        if word in self._capital or word in self._given:
            return True
        if word in self._months:
            around = low[max(0, hit.start() - 3) : hit.start()] + low[hit.end() : hit.end() + 3]
            return any(sign.isdigit() for sign in around)
        return not self.ordinary(word)

    def ordinary(self, word: str) -> bool:
        """Return whether a word in small letters is one of the language, not a name."""
        plain = word.replace("’", "'")
        if plain in self._lexicon.nouns or plain in self._lexicon.forms:
            return True
        return any(_is_known(plain, lemmas) for lemmas in _ordinary_lemmas())

    def _write_names(self, high: str, low: str, signs: list[str]) -> set[int]:
        """Write the names of the registry as it has them; return where words of them begin."""
        begun: set[int] = set()
        for match in self._gazetteer.matches(high):
            printed = low[match.start : match.end]
            actors = any(c.kind == "actor" for c in match.candidates)
            word = not actors and " " not in printed and self.ordinary(printed)
            if word and not _placed(low, match.start, strong=match.candidates[0].strong):
                continue
            form = self._forms.get(_folded(printed), "") if actors else ""
            if len(form) == len(printed) and form.lower() == printed:
                signs[match.start : match.end] = form
                begun |= {match.start + hit.start() for hit in _WORD.finditer(printed)}
                continue
            for hit in _WORD.finditer(printed):
                if hit.start() == 0 or hit.group() not in _SMALL:
                    at = match.start + hit.start()
                    signs[at] = _raised(low[at])
                begun.add(match.start + hit.start())
        return begun

    def _write_abbreviations(self, low: str, signs: list[str]) -> set[str]:
        """Write abbreviations in brackets in capitals, and the names before them that they shorten."""
        found = set()
        for hit in _ABBREVIATED.finditer(low):
            short = hit.group(1)
            words = list(_WORD.finditer(low, max(0, hit.start() - 120), hit.start()))
            plain = [w.group() for w in words]
            first = _shortened(short, plain) if plain else None
            if first is None and _folded(short) in self._forms:
                first = self._translated(short, plain)
            if first is None and (len(short) > _LONGEST_UNEXPLAINED or self.ordinary(short)):
                continue
            found.add(short)
            signs[hit.start(1) : hit.end(1)] = _raised(short)
            for word in words[first:] if first is not None else ():
                if word.group() not in _SMALL:
                    signs[word.start()] = _raised(word.group()[0])
        return found

    def _translated(self, short: str, words: list[str]) -> int | None:
        """Return the first word of a body's name before an abbreviation that is of another language."""
        reach = range(max(0, len(words) - len(short) - 2), len(words) - 1)
        return next((i for i in reach if words[i] in self._bodies), None)

    def _write_titles(self, low: str, signs: list[str]) -> None:
        """Write titles before names in capitals: "President Cerezo", "Col Isaacs"."""
        words = list(_WORD.finditer(low))
        for hit, after in zip(reversed(words[:-1]), reversed(words[1:]), strict=True):
            joined = low[hit.end() : after.start()].strip(".").isspace()
            if hit.group() in self._titles and joined and signs[after.start()].isupper():
                signs[hit.start()] = _raised(low[hit.start()])


def _is_known(word: str, lemmas: frozenset[str]) -> bool:
    """Return whether a word is one of some lemmas or a regular form of one."""
    if word in lemmas:
        return True
    stems = ((word[: len(word) - len(ending)], put) for ending, put in _ENDINGS if word.endswith(ending))
    return any(
        stem + put in lemmas or (len(stem) > 2 and stem[-1] == stem[-2] and not put and stem[:-1] in lemmas)
        for stem, put in stems
    )


def _placed(low: str, start: int, *, strong: bool) -> bool:
    """Return whether a word stands where the name of a place does; "of" will do before a strong name."""
    before = low[max(0, start - _LONGEST_BEFORE) : start].split()[-1:]
    return bool(before) and (before[0] in _PLACING or (strong and before[0] == "of"))


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _shortened(short: str, words: list[str]) -> int | None:
    """Return the first of the words right before an abbreviation that their initials make up, or None."""
    letters = [s for s in short if s.isalpha()]
    for first in range(len(words) - 1, max(-1, len(words) - len(letters) - 5), -1):
        run = [w for w in words[first:] if w not in _SMALL]
        initials = [w[0] for w in run]
        if words[first][0] == letters[0] and len(run) > 1 and sorted(initials) == sorted(letters):
            return first
        if words[first][0] == letters[0] and len(run) > 1 and _subsequence(initials, letters):
            return first
    return None


def _subsequence(initials: list[str], letters: list[str]) -> bool:
    """Whether all letters come up in order among the initials."""
    rest = iter(initials)
    return all(letter in rest for letter in letters)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans in one case: paragraphs in capitals, or the whole text where it has no capital."""
    if text.islower() or text.isupper():
        if len(_WORD.findall(text)) >= (_LEAST_LOWER_WORDS if text.islower() else _LEAST_WORDS):
            yield 0, len(text)
        return
    for hit in _PARAGRAPH.finditer(text):
        part = hit.group()
        high, low = sum(map(str.isupper, part)), sum(map(str.islower, part))
        if high >= _CAPITAL_SHARE * (high + low) > 0 and len(_WORD.findall(part)) >= _LEAST_WORDS:
            yield hit.start(), hit.end()


def as_printed(extraction: Extraction, report: Report) -> Extraction:
    """Return what was read in the restored text of a report with all its words as the report prints them."""
    if extraction.report == report:
        return extraction
    text = report.text
    mentions = tuple(replace(m, text=text[m.start : m.end]) for m in extraction.mentions)
    facts = tuple(_printed(fact, report, extraction.report) for fact in extraction.facts)
    return replace(extraction, report=report, mentions=mentions, facts=facts)


def _printed(fact: Fact, report: Report, read: Report) -> Fact:
    evidence = replace(fact.evidence, text=report.text[fact.evidence.start : fact.evidence.end])
    roles = tuple((role, _fillers(fillers, report)) for role, fillers in fact.roles)
    return replace(fact, evidence=evidence, roles=roles, speakers=_fillers(fact.speakers, report))


def _fillers(fillers: Iterable[Filler], report: Report) -> tuple[Filler, ...]:
    return tuple(_filler(f, report.text[f.start : f.end]) for f in fillers)


def _filler(filler: Filler, printed: str) -> Filler:
    if printed.isupper():
        return replace(filler, label=filler.label.upper())
    return replace(filler, label=filler.label.lower()) if printed.islower() else filler
