"""Names in a text: those of the registry, and runs of capitalised words put together like names."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.lexicon import Lexicon
from kg.gazetteer import Gazetteer, Match
from kg.registry import Registry

CLASS_OF_KIND = {
    "ArmedGroup": "armed", "StateForce": "force", "InternationalForce": "force", "Government": "government",
    "Person": "person", "Community": "community", "Civilians": "civilian", "MediaArm": "media",
    "Outlet": "media",
}  # fmt: skip
KIND_OF_CLASS = {
    "armed": "ArmedGroup", "force": "StateForce", "government": "Government", "person": "Person",
    "media": "Outlet", "civilian": "Civilians", "place": "Place", "facility": "Facility",
}  # fmt: skip
LOCATIVE = frozenset(  # before a weak name of a place
    {"in", "at", "near", "of", "outside", "from", "around", "to", "and", "between", "towards"}
)
_CAP = r"[^\W\d_a-z][\w’'`.]*(?:[-–][\w’'`]+)*"


# A capitalised word right before a name, not the first of a sentence.
_WORD_BEFORE = re.compile(r"[\w,;’']\s+([^\W\d_a-z][^\W\d_A-Z]+)\s$")
_MOSTLY = 0.75  # of the words of a headline in title case
_LONGEST_WORD = 40  # code points looked at for the word before a name


class Spans:
    """Spans in order that do not overlap, found by bisection."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Add a span, unless it overlaps one that is there."""
        if not self.overlap(start, end):
            insort(self._spans, (start, end))

    def overlap(self, start: int, end: int) -> bool:
        """Return whether a span overlaps one of these."""
        i = bisect_left(self._spans, (start, end))
        beside = self._spans[max(0, i - 1) : i + 1]
        return any(first < end and start < last for first, last in beside)

    def around(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span that holds another, None where none does."""
        i = bisect_left(self._spans, (start, end))
        beside = self._spans[max(0, i - 1) : i + 1]
        return next((s for s in beside if s[0] <= start and end <= s[1]), None)


@dataclass(frozen=True, slots=True)
class Name:
    """A span that names something. `cls` is the class the rules reason with ("armed", "place", ...).

    `match` is the registry's answer, None for a name put together from its parts; `metonym` tells
    that the name of a place may stand for its government.
    """

    start: int
    end: int
    text: str
    cls: str
    kind: str
    match: Match | None = None
    metonym: bool = False

    @property
    def is_country(self) -> bool:
        """Whether it may be the name of a country: a place with a slug of two letters."""
        candidates = self.match.candidates if self.match else ()
        return any(c.kind == "place" and len(c.slug) == 2 for c in candidates)

    @property
    def may_be_town(self) -> bool:
        """Whether it may be the name of a town or village: one of the registry, or of no place in it."""
        candidates = self.match.candidates if self.match else ()
        places = [c.slug for c in candidates if c.kind == "place"]
        return not places or any(slug.endswith("-city") for slug in places)


def registry_name(match: Match, registry: Registry) -> Name:
    """Return the name behind a gazetteer match; a place wins where the actor is only a weak reading."""
    actors = [c for c in match.candidates if c.kind == "actor"]
    places = [c for c in match.candidates if c.kind == "place"]
    strong = [c for c in actors if c.strong]
    if places and not strong:
        return Name(match.start, match.end, match.text, "place", "Place", match, metonym=bool(actors))
    chosen = (strong or actors)[0]
    kind = registry.actors[chosen.slug].kind
    return Name(match.start, match.end, match.text, CLASS_OF_KIND.get(kind, "armed"), kind, match)


def _entries(lexicon: Lexicon) -> Iterable[frozenset[str]]:
    """Yield the words that the lexicon knows, which are no names of persons."""
    yield from lexicon.nouns.entries()
    yield from lexicon.event_nouns.entries()
    yield from lexicon.verbs.entries()
    yield lexicon.relating


def _title_case(text: str) -> bool:
    """Whether most words of a text have capitals, so that a capital tells nothing."""
    words = [word for word in text[:2000].split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) > _MOSTLY * max(1, len(words))


class Names:
    """Finds names; holds the patterns compiled from the lexicon."""

    def __init__(self, gazetteer: Gazetteer, registry: Registry, lexicon: Lexicon) -> None:
        self._gazetteer = gazetteer
        self._registry = registry
        person, organisation = lexicon.names["person"], lexicon.names["organisation"]
        joiner = "|".join(sorted((re.escape(w) for w in person["joiners"]), key=len, reverse=True))
        opener = "|".join(re.escape(w) for w in person["openers"])
        link = rf"(?:\s+(?:{joiner}|{joiner.title()})(?=[\s-])|[-–])"
        self._person = re.compile(
            rf"\b(?:(?:{opener})\s+(?:(?:{joiner})[\s-])?{_CAP}(?:(?:{link})?[\s-]?(?:{_CAP}))*"
            rf"|{_CAP}(?:\s+{_CAP})?(?:\s+(?:{joiner}|{joiner.title()})[\s-]+{_CAP})+)"
        )
        self._known = (
            frozenset(word for entry in _entries(lexicon) for word in entry)
            | frozenset(word.lower() for word in person["titles"])
            | {d.lower() for d in registry.demonyms}
        )
        words = {
            w: cls for cls in ("armed", "force", "government", "media", "civilian") for w in organisation[cls]
        }
        self._organisation_words = words
        self._common = (
            frozenset(person["never_first"])
            | frozenset(lexicon.time["weekdays"])
            | frozenset(lexicon.time["months"])
        )
        inner = "|".join(re.escape(w) for w in organisation["joiners"])
        self._run = re.compile(rf"\b{_CAP}(?:[ \t]+(?:(?:{inner})[ \t-]+){{0,2}}{_CAP})+")

    def find(self, text: str) -> list[Name]:
        """Return the names of a text in order, none overlapping; the registry's win."""
        composed = self._composed(text)
        persons = Spans((n.start, n.end) for n in composed if self._is_whole_person(n))
        taken = Spans()
        found = []
        sentences = _title_case(text)
        for match in self._gazetteer.matches(text):
            inside = persons.around(match.start, match.end)
            if not sentences and self._ends_name(match, text):
                continue
            if self._likely(match, text) and not (inside and inside[0] < match.start):
                found.append(registry_name(match, self._registry))
                taken.add(match.start, match.end)
        for name in composed:
            if not taken.overlap(name.start, name.end):
                found.append(name)
                taken.add(name.start, name.end)
        return sorted(found, key=lambda n: n.start)

    @staticmethod
    def _likely(match: Match, text: str) -> bool:
        """Whether a match may be a name here: a weak name of a place needs a word of place before it."""
        if any(c.strong or c.kind == "actor" for c in match.candidates):
            return True
        before = text[max(0, match.start - _LONGEST_WORD) : match.start].split()[-1:]
        return bool(before) and before[0].lower() in LOCATIVE

    def _ends_name(self, match: Match, text: str) -> bool:
        """Whether the name of a town is the end of a person's: "Abdifatah Aden", "Colonel Farah Abdi"."""
        if any(c.kind == "actor" for c in match.candidates) or len(match.text.split()) > 1:
            return False
        before = _WORD_BEFORE.search(text[max(0, match.start - _LONGEST_WORD) : match.start])
        if before is None:
            return False
        word = before[1].lower()
        known = word in self._known or word in self._common or bool(self._gazetteer.candidates(before[1]))
        return not known and not word.endswith(("ern", "ese", "ian", "ish"))

    def _is_whole_person(self, name: Name) -> bool:
        """Whether a composed name is a person's that begins with a word which is no common word."""
        owned = "'s " in name.text or "’s " in name.text
        return name.cls == "person" and not owned and name.text.split()[0].lower() not in self._common

    def _composed(self, text: str) -> list[Name]:
        names = []
        for hit in self._run.finditer(text):
            if name := self._organisation(text, hit):
                names.append(name)
        for hit in self._person.finditer(text):
            start, end = hit.span()
            while text[end - 1] in ".'’-–`":
                end -= 1
            if text[end - 2 : end] in ("'s", "’s"):
                end -= 2
            names.append(Name(start, end, text[start:end], "person", "Person"))
        return names

    def _organisation(self, text: str, hit: re.Match[str]) -> Name | None:
        start, end = hit.span()
        possessive = re.search(r"['’]s\b", text[start:end])
        if possessive:  # "Chad's Joint Forces" names two things
            end = start + possessive.start()
        words = text[start:end].split()
        if words and words[0] in ("The", "A", "An"):
            start += len(words[0]) + 1
            words = words[1:]
        kinds = [self._organisation_words[w] for w in words if w in self._organisation_words]
        if len(words) < 2 or not kinds:
            return None
        end = start + len(text[start:end].rstrip(".'’-–`"))
        cls = "facility" if kinds[-1] == "civilian" else kinds[-1]
        return Name(start, end, text[start:end], cls, KIND_OF_CLASS[cls])
