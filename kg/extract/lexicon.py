"""The extractor's knowledge of words, read from ontology/lexicon/*.toml."""

from __future__ import annotations

import hashlib
import itertools
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from kg.errors import LexiconError
from kg.resources import ontology_dir

_BOND_WORDS = ("verbs", "nouns")
FILES = ("attribution", "confidence", "domains", "events", "names", "nouns", "numbers", "relations", "time")
V = TypeVar("V")


class Phrases(Generic[V]):
    """Entries of one or more words, indexed by the word that governs the others.

    `head` is "last" for nouns ("police officer") and "first" for verbs ("gun down"). The longest
    entry whose other words are all among the words offered wins.
    """

    def __init__(self, entries: Iterable[tuple[str, V]], *, head: str) -> None:
        table: dict[str, list[tuple[frozenset[str], V]]] = {}
        for entry, value in entries:
            words = entry.split()
            key, rest = (words[-1], words[:-1]) if head == "last" else (words[0], words[1:])
            table.setdefault(key, []).append((frozenset(rest), value))
        self._table = {k: sorted(v, key=lambda e: -len(e[0])) for k, v in table.items()}

    def __contains__(self, lemma: str) -> bool:
        return lemma in self._table

    def entries(self, keep: Callable[[V], bool] = lambda _: True) -> Iterator[frozenset[str]]:
        """Yield the words of each entry whose value is to be kept."""
        for key, listed in self._table.items():
            yield from (rest | {key} for rest, value in listed if keep(value))

    def find(self, lemma: str, others: Iterable[str] = ()) -> tuple[frozenset[str], V] | None:
        """Return (further words matched, value) of the longest entry, or None."""
        if lemma not in self._table:
            return None
        words = set(others)
        return next(((rest, value) for rest, value in self._table[lemma] if rest <= words), None)

    def all(self, lemma: str, others: Iterable[str] = ()) -> Iterator[tuple[frozenset[str], V]]:
        """Yield (further words matched, value) of every entry that matches, the longest first."""
        words = set(others)
        yield from (entry for entry in self._table.get(lemma, ()) if entry[0] <= words)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What an event word evokes; the fields are those of events.toml."""

    type: str
    tactic: str = ""
    strong: bool = False
    object: str = "target"
    effect: str = ""
    certainty: str = "asserted"
    cause: bool = False
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Bond:
    """Which relation a word evokes, and where those in it stand; the fields are those of relations.toml."""

    type: str
    agent: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    certainty: str = "asserted"


@dataclass(frozen=True, slots=True)
class NounClass:
    """What a common noun names; `people` tells persons from bodies of persons."""

    name: str
    kind: str
    people: bool


Section = Mapping[str, frozenset[str]]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All word lists, indexed; sections keep the names they have in the files."""

    nouns: Phrases[NounClass]
    verbs: Phrases[Trigger]
    event_nouns: Phrases[Trigger]
    light: Phrases[str]
    collective: Section
    plurals: Mapping[str, str]
    forms: Mapping[str, str]
    relations: Mapping[str, Section]
    bond_verbs: Phrases[Bond]
    bond_nouns: Phrases[Bond]
    attribution: Mapping[str, Section]
    confidence: Mapping[str, Mapping[str, float]]
    domains: Section
    numbers: Mapping[str, Any]
    time: Mapping[str, Any]
    names: Mapping[str, Any]
    events: Mapping[str, Section]
    digest: str

    @cached_property
    def relating(self) -> frozenset[str]:
        """All words of relations.toml, those of longer entries apart."""
        return frozenset(self.listed)

    @cached_property
    def listed(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """The lists of relations.toml, as (section, key), that each word stands in, alone or with others."""
        found: dict[str, set[tuple[str, str]]] = {}
        for name, section in self.relations.items():
            for key, entries in section.items():
                for word in (word for entry in entries for word in entry.split()):
                    found.setdefault(word, set()).add((name, key))
        for key, bonds in (("verbs", self.bond_verbs), ("nouns", self.bond_nouns)):
            for word in itertools.chain.from_iterable(bonds.entries()):
                found.setdefault(word, set()).add(("bond", key))
        return {word: frozenset(lists) for word, lists in found.items()}

    @cached_property
    def counting(self) -> frozenset[str]:
        """The words for numbers."""
        return frozenset({*self.numbers["units"], *self.numbers["values"]})

    @cached_property
    def calendar(self) -> frozenset[str]:
        """The names of months, also shortened by a full stop ("Jan."), and days of the week."""
        short = (f"{month}." for month in self.time["month_abbreviations"])
        return frozenset({*self.time["months"], *self.time["weekdays"], *short})

    @cached_property
    def denying(self) -> re.Pattern[str]:
        """The set phrases that deny, the longer before the shorter, between blanks."""
        phrases = sorted(self.says("deny", "phrases"), key=lambda phrase: (-len(phrase), phrase))
        return re.compile(rf" (?:{'|'.join(map(re.escape, phrases))})(?= )")

    @cached_property
    def _said(self) -> Mapping[str, frozenset[str]]:
        return {
            name: frozenset(entry.split()[0] for entries in section.values() for entry in entries)
            for name, section in self.attribution.items()
        }

    def opening(self, section: str) -> frozenset[str]:
        """Return the first words of all entries of a section of attribution.toml."""
        return self._said.get(section, frozenset())

    @cached_property
    def _openers(self) -> Mapping[tuple[str, str], Mapping[str, Sequence[list[str]]]]:
        found: dict[tuple[str, str], dict[str, list[list[str]]]] = {}
        for name, section in self.attribution.items():
            for key, entries in section.items():
                by_first = found.setdefault((name, key), {})
                for entry in sorted(entries):
                    by_first.setdefault(entry.split()[0], []).append(entry.split())
        return found

    def openers(self, section: str, key: str) -> Mapping[str, Sequence[list[str]]]:
        """Return the phrases of a list of attribution.toml as words, by their first word."""
        return self._openers.get((section, key), {})

    def tells(self, section: str, key: str) -> frozenset[str]:
        """Return a word list of events.toml, empty where it has none."""
        return self.events.get(section, {}).get(key, frozenset())

    def says(self, section: str, key: str) -> frozenset[str]:
        """Return a word list of attribution.toml, empty where it has none."""
        return self.attribution.get(section, {}).get(key, frozenset())

    def relates(self, section: str, key: str) -> frozenset[str]:
        """Return a word list of relations.toml, empty where it has none."""
        return self.relations.get(section, {}).get(key, frozenset())


def _sections(data: Mapping[str, Any]) -> dict[str, Section]:
    return {
        name: {key: frozenset(words) for key, words in section.items() if isinstance(words, list)}
        for name, section in data.items()
    }


def _events(data: Mapping[str, Any]) -> tuple[list[tuple[str, Trigger]], list[tuple[str, Trigger]]]:
    verbs, nouns = [], []
    for entry in data["event"]:
        trigger = Trigger(**{k: v for k, v in entry.items() if k not in ("verbs", "nouns")})
        verbs += [(word, trigger) for word in entry.get("verbs", ())]
        nouns += [(word, trigger) for word in entry.get("nouns", ())]
    return verbs, nouns


def _bonds(data: Mapping[str, Any], key: str) -> list[tuple[str, Bond]]:
    """Return (entry, bond) of the words of relations.toml that one of its lists of bonds holds."""
    found: list[tuple[str, Bond]] = []
    for entry in data["bond"]:
        fields: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in entry.items() if k not in _BOND_WORDS
        }
        found += [(word, Bond(**fields)) for word in entry.get(key, ())]
    return found


def _plurals(nouns: Mapping[str, Any]) -> dict[str, str]:
    """Return plural -> lemma of the one-word nouns for bodies of people that can act."""
    words = [w for name in ("armed", "force", "community") for w in nouns[name]["people"] if " " not in w]
    words += [w for w in nouns["community"]["groups"] if " " not in w]
    return {plural(w): w for w in words}


def plural(noun: str) -> str:
    """Return the plural of a regular noun or one in "-man"."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _forms(*entries: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Return regular past and -ing forms of the verbs of some entries, with their lemmas.

    The lemmatizer guesses at verbs that it lacks: "staged" of "stag".
    """
    forms: dict[str, str] = {}
    for verb in {word.split()[0] for listed in entries for word, _ in listed}:
        stem = verb.removesuffix("e")
        past = verb[:-1] + "ied" if verb[-1] == "y" and verb[-2:-1] not in "aeiou" else stem + "ed"
        forms |= {past: verb, stem + "ing": verb}
    return forms


@cache
def load() -> Lexicon:
    """Return the lexicon.

    Raises:
        LexiconError: a file is missing, is not TOML, or lacks a field.
    """
    folder = ontology_dir() / "lexicon"
    digest = hashlib.sha256()
    raw: dict[str, dict[str, Any]] = {}
    for name in FILES:
        path = folder / f"{name}.toml"
        try:
            data = path.read_bytes()
            raw[name] = tomllib.loads(data.decode("utf-8"))
        except (OSError, ValueError) as error:
            raise LexiconError(f"lexicon file {name}.toml can't be read: {error}") from error
        digest.update(data)
    try:
        return _assemble(raw, digest.hexdigest()[:16])
    except (KeyError, TypeError) as error:
        raise LexiconError(f"lexicon: a field is missing or unknown: {error}") from error


def _assemble(raw: Mapping[str, dict[str, Any]], digest: str) -> Lexicon:
    nouns = [
        (word, NounClass(name, entry["kind"], key == "people"))
        for name, entry in raw["nouns"].items()
        if "kind" in entry
        for key in ("people", "groups")
        for word in entry.get(key, ())
    ]
    verbs, event_nouns = _events(raw["events"])
    light = [(w, "light") for w in raw["events"]["light"]["verbs"]]
    light += [(w, "agree") for w in raw["events"]["light"]["agree"]]
    light += [(w, "foil") for w in raw["events"]["light"]["foil"]]
    light += [(w, "suffer") for w in raw["events"]["light"]["suffer"]]
    return Lexicon(
        nouns=Phrases(nouns, head="last"),
        verbs=Phrases(verbs, head="first"),
        event_nouns=Phrases(event_nouns, head="last"),
        light=Phrases(light, head="first"),
        collective=_sections({"collective": raw["nouns"]["collective"]})["collective"],
        plurals=_plurals(raw["nouns"]),
        forms=_forms(verbs, light) | raw["events"]["forms"],
        relations=_sections({name: part for name, part in raw["relations"].items() if name != "bond"}),
        bond_verbs=Phrases(_bonds(raw["relations"], "verbs"), head="first"),
        bond_nouns=Phrases(_bonds(raw["relations"], "nouns"), head="last"),
        attribution=_sections(raw["attribution"]),
        confidence=raw["confidence"],
        domains={name: frozenset(section["cues"]) for name, section in raw["domains"].items()},
        numbers=raw["numbers"],
        time=raw["time"],
        names=raw["names"],
        events=_sections(
            {name: part for name, part in raw["events"].items() if name not in ("event", "forms")}
        ),
        digest=digest,
    )
