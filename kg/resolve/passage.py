"""What a report has told the linker so far: links by span, countries by sentence, actors and groups named."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from kg.gazetteer import Match
from kg.model import Clues, Extraction, Mention
from kg.resolve.known import ARMED, Known

Span = tuple[int, int]
_DEEDS = ("attack", "clash", "operation", "claim", "denial", "assessment", "killing", "capture")
_TITLE = -1  # the sentence before the first
_INSIDE = ("in", "from", "before", "across")  # how the place of a description is attached to it


class Passage:
    """The mentions of one report, replaced as they are linked, with what they give as context.

    Attributes:
        extraction: what the extractor gave.
        known: the registry's indexes.
        mentions: the mentions in text order, linked or not.
        at: index of a mention by its span.
        actors: linked actors, each with the words of the mention that was linked to it first.
        title: mentions of the title, clear names only; they stand before the text.
    """

    def __init__(self, extraction: Extraction, known: Known) -> None:
        self.extraction, self.known = extraction, known
        self.mentions = list(extraction.mentions)
        self.at: dict[Span, int] = {(m.start, m.end): i for i, m in enumerate(self.mentions)}
        self.actors: dict[str, str] = {}
        self.title: list[Mention] = []
        self._inner: dict[int, Counter[str]] = {}  # countries of places within them, by sentence
        self._named: dict[int, Counter[str]] = {}  # countries named, or by their adjective
        self._assumed = ""
        self._all_inner: Counter[str] = Counter()
        self._all_named: Counter[str] = Counter()

    @property
    def date(self) -> str:
        """The date of publication, "" where unknown."""
        return self.extraction.report.published

    def read_title(self, matches: Iterable[Match]) -> None:
        """Take the clear names of the title as context, as if they stood in a sentence before the text."""
        length = len(self.extraction.report.title) + 1
        for match in matches:
            strong = [candidate for candidate in match.candidates if candidate.strong]
            if len(strong) != 1:
                continue
            slug, kind = strong[0].slug, strong[0].kind
            start, end = match.start - length, match.end - length
            self.title.append(
                Mention(start, end, match.text, kind, slug, "strong name", clues=Clues(sentence=_TITLE))
            )
            if kind == "actor":
                self.actors.setdefault(slug, match.text)
            else:
                self.add_country(_TITLE, self.known.country(slug), inner=not self.known.is_country(slug))

    # links

    def link(self, i: int, slug: str, reason: str, confidence: float, *, kind: str = "") -> None:
        """Record the link of a mention."""
        mention = self.mentions[i]
        listed = mention.candidates if slug in mention.candidates else (slug, *mention.candidates)
        kind = kind or mention.kind
        self.mentions[i] = replace(
            mention, link=slug, reason=reason, confidence=confidence, candidates=listed, kind=kind
        )
        if kind == "actor":
            self.actors.setdefault(slug, mention.text)

    def abstain(self, i: int, reason: str, candidates: Iterable[str] = ()) -> None:
        """Record that a mention stays unlinked, why, and what else it may be."""
        listed = tuple(dict.fromkeys([*self.mentions[i].candidates, *candidates]))
        self.mentions[i] = replace(self.mentions[i], link=None, reason=reason, candidates=listed)

    def linked(self, span: Span) -> str | None:
        """Return the link of the mention with a span."""
        i = self.at.get(span)
        return self.mentions[i].link if i is not None else None

    def actors_in(self, mention: Mention, attached: Collection[str]) -> list[str]:
        """Return the linked actors whose names are attached to a description in one of some ways."""
        slugs = [self.linked((start, end)) for how, start, end in mention.clues.inside if how in attached]
        return list(dict.fromkeys(slug for slug in slugs if slug in self.known.actors and slug is not None))

    def strong(self, mention: Mention) -> tuple[str, ...]:
        """Return the candidates of a mention for which its name alone suffices."""
        return self.known.strong(mention.text, mention.candidates)

    # countries

    def add_country(self, sentence: int, country: str, *, inner: bool) -> None:
        """Record that a sentence names a country, or (inner) a place in it."""
        if country:
            table, total = (self._inner, self._all_inner) if inner else (self._named, self._all_named)
            table.setdefault(sentence, Counter())[country] += 1
            total[country] += 1

    def assume(self, country: str) -> None:
        """Take a country for the passage's that its names agree on, though none is named."""
        self._assumed = country
        self.add_country(0, country, inner=False)

    def support(self, country: str, *, near: bool) -> str:
        """Return in words how a country supports a reading."""
        name = self.known.place_name(country)
        if country == self._assumed:
            return f"country {name}, on which the names of the passage agree"
        return f"country {name} " + ("nearby" if near else "in the passage")

    def countries(self, sentence: int) -> Sequence[Sequence[str]]:
        """Return the countries that a sentence is about, in tiers: its own, its neighbours', the report's.

        A tier lists the countries of places within them, if there are any, and else those named.
        """
        near = [self._tier([sentence]), self._tier([sentence - 1, sentence + 1])]
        return [tier for tier in (*near, list(self._all_inner) or list(self._all_named)) if tier]

    def _tier(self, sentences: Iterable[int]) -> list[str]:
        inner = [c for s in sentences for c in self._inner.get(s, ())]
        return list(dict.fromkeys(inner or [c for s in sentences for c in self._named.get(s, ())]))

    def places_of(self, mention: Mention) -> Sequence[Sequence[str]]:
        """Return the countries in which what a mention describes may be, in tiers, nearest first.

        Places and nationalities inside a description come alone: "al-Qaeda's branch in Yemen".
        """
        inside = [self.linked((start, end)) for how, start, end in mention.clues.inside if how in _INSIDE]
        own = [country for link in inside if link and (country := self.known.country(link))]
        own += [country for country in mention.clues.countries if country not in own]
        if own:
            return [own]
        theatres = sorted(self.theatres())
        return self.countries(mention.clues.sentence) or ([theatres] if theatres else [])

    def every_country(self) -> frozenset[str]:
        """Return all countries that the report names or has places in."""
        return frozenset({*self._all_inner, *self._all_named})

    def only_country(self, sentence: int) -> str | None:
        """Return the one country that a sentence is about, None where it may be several or is not said."""
        tiers = self.countries(sentence)
        if tiers:
            return tiers[0][0] if len(tiers[0]) == 1 else None
        named = [self.known.actors[slug] for slug in self.actors]
        groups = [set(actor.countries) for actor in named if actor.kind in ARMED]
        shared = set.intersection(*groups) if groups else set()
        return shared.pop() if len(shared) == 1 else None

    def theatres(self, without: Collection[str] = ()) -> frozenset[str]:
        """Return the countries in which the actors of strong names are active; networks do not count."""
        return frozenset(
            c for slug, found in self._strong_theatres.items() if slug not in without for c in found
        )

    @cached_property
    def _strong_theatres(self) -> dict[str, frozenset[str]]:
        found = {}
        for mention in self.mentions:
            if mention.kind == "actor" and mention.clues.form == "name":
                strong = [slug for slug in self.strong(mention) if slug in self.known.actors]
                if len(strong) == 1 and not self.known.network(strong[0]):
                    found[strong[0]] = self.known.whereabouts(strong[0])
        return found

    # what was named before

    def martial(self, mention: Mention) -> bool:
        """Return whether a mention's sentence is about armed actors or their deeds."""
        mates = self.sentence_mates(mention)
        if any(m.clues.cls in ("armed", "force") and m.clues.form != "people" for m in mates):
            return True
        return any(start <= mention.start and mention.end <= end for start, end in self._deeds)

    @cached_property
    def _deeds(self) -> frozenset[Span]:
        facts = [fact for fact in self.extraction.facts if fact.type in _DEEDS]
        return frozenset((fact.evidence.start, fact.evidence.end) for fact in facts)

    def sworn_to(self, mention: Mention) -> bool:
        """Return whether a fact says that somebody swore allegiance to what a mention names."""
        return any(start < mention.end and mention.start < end for start, end in self._oaths)

    @cached_property
    def _oaths(self) -> frozenset[Span]:
        facts = [fact for fact in self.extraction.facts if fact.type in ("allegiance", "affiliation")]
        return frozenset((f.start, f.end) for fact in facts for f in fact.fillers("object"))

    def sentence_mates(self, mention: Mention) -> list[Mention]:
        """Return the mentions of a mention's sentence, itself included."""
        return [self.mentions[i] for i in self._by_sentence.get(mention.clues.sentence, ())]

    @property
    def people(self) -> list[Mention]:
        """The nationalities that stand alone, as linked so far."""
        return [self.mentions[i] for i in self._people]

    @cached_property
    def _people(self) -> list[int]:
        return [i for i, mention in enumerate(self.mentions) if mention.clues.form == "people"]

    @cached_property
    def _by_sentence(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for i, mention in enumerate(self.mentions):
            found.setdefault(mention.clues.sentence, []).append(i)
        return found


class Trail:
    """Referents in text order: what was mentioned before a point, by its link."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._mentions: list[Mention] = []
        self._first: dict[str | None, int] = {}

    def add(self, mention: Mention) -> None:
        """Add a referent that stands after all that were added."""
        self._starts.append(mention.start)
        self._mentions.append(mention)
        self._first.setdefault(mention.link, mention.end)

    def before(self, offset: int) -> list[str | None]:
        """Return the links of the referents that end before an offset, each once; None for any not linked."""
        return [link for link, end in self._first.items() if end <= offset]

    def last(self, offset: int) -> list[Mention]:
        """Return the referents of the nearest sentence before an offset that has any."""
        found: list[Mention] = []
        for i in range(bisect_left(self._starts, offset) - 1, -1, -1):
            mention = self._mentions[i]
            if mention.end <= offset:
                if found and mention.clues.sentence != found[0].clues.sentence:
                    break
                found.append(mention)
        return found[::-1]
