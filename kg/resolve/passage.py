"""What a report has told the linker so far: links by span, countries by sentence, the actors named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg.model import Extraction, Mention
from kg.resolve.known import Known

Span = tuple[int, int]


@dataclass(slots=True)
class Passage:
    """The mentions of one report, replaced as they are linked, with what they give as context."""

    extraction: Extraction
    known: Known
    mentions: list[Mention] = field(default_factory=list)
    at: dict[Span, int] = field(default_factory=dict)
    local: dict[int, Counter[str]] = field(
        default_factory=dict
    )  # countries of places within them, by sentence
    named: dict[int, Counter[str]] = field(default_factory=dict)  # countries named or by their adjective
    actors: dict[str, int] = field(default_factory=dict)  # linked actors, with their first mention

    def __post_init__(self) -> None:
        self.mentions = list(self.extraction.mentions)
        self.at = {(m.start, m.end): i for i, m in enumerate(self.mentions)}

    def strong(self, mention: Mention) -> list[str]:
        """Return the candidates of a mention for which its name alone suffices."""
        return self.known.strong(mention.text, mention.candidates)

    @property
    def date(self) -> str:
        """The date of publication, "" where unknown."""
        return self.extraction.report.published

    def link(self, i: int, slug: str | None, reason: str, confidence: float = 1.0, *, kind: str = "") -> None:
        """Record the link of a mention, or why it has none."""
        mention = self.mentions[i]
        candidates = (
            mention.candidates if slug is None or slug in mention.candidates else (slug, *mention.candidates)
        )
        self.mentions[i] = replace(
            mention,
            link=slug,
            reason=reason,
            confidence=confidence,
            candidates=candidates,
            kind=kind or mention.kind,
        )
        if slug is not None and (kind or mention.kind) == "actor":
            self.actors.setdefault(slug, i)

    def abstain(self, i: int, reason: str, candidates: Iterable[str] = ()) -> None:
        """Record that a mention stays unlinked, and what it may be."""
        listed = tuple(dict.fromkeys([*self.mentions[i].candidates, *candidates]))
        self.mentions[i] = replace(self.mentions[i], link=None, reason=reason, candidates=listed)

    def linked(self, span: Span) -> str | None:
        """Return the link of the mention with a span."""
        i = self.at.get(span)
        return self.mentions[i].link if i is not None else None

    def add_country(self, sentence: int, country: str, *, inner: bool) -> None:
        """Record that a sentence names a country, or a place in it."""
        table = self.local if inner else self.named
        if country:
            table.setdefault(sentence, Counter())[country] += 1

    def countries(self, sentence: int) -> Sequence[Sequence[str]]:
        """Return the countries that a sentence is about, in tiers: its own, its neighbours', the report's.

        A tier lists the countries of places within them first, if there are any, and else those named.
        """
        tiers = [[sentence], [sentence - 1, sentence + 1]]
        found = [self._tier(tier) for tier in tiers]
        found.append(self._tier(range(1 + max([*self.local, *self.named], default=0))))
        return [tier for tier in found if tier]

    def _tier(self, sentences: Iterable[int]) -> list[str]:
        inner: Counter[str] = Counter()
        outer: Counter[str] = Counter()
        for s in sentences:
            inner.update(self.local.get(s, ()))
            outer.update(self.named.get(s, ()))
        return list(inner) or list(outer)

    def places_of(self, mention: Mention) -> Sequence[Sequence[str]]:
        """Return the countries in which what a mention describes may be, in tiers, nearest first.

        Names of places inside a description come before all: "al-Qaeda's branch in Yemen".
        """
        inside = [
            self.linked((a, b)) for how, a, b in mention.clues.inside if how in ("in", "from", "before")
        ]
        own = [country for link in inside if link and (country := self.known.country(link))]
        own += [c for c in mention.clues.countries if c not in own]
        if own:
            return [own]
        return self.countries(mention.clues.sentence) or [
            theatres for theatres in [sorted(self.theatres())] if theatres
        ]

    def every_country(self) -> frozenset[str]:
        """Return all countries that the report names or has places in."""
        return frozenset(c for table in (*self.local.values(), *self.named.values()) for c in table)

    def only_country(self, sentence: int) -> str | None:
        """Return the one country that a sentence is about, None where it may be several or is not said."""
        tiers = self.countries(sentence)
        if tiers:
            return tiers[0][0] if len(tiers[0]) == 1 else None
        theatres = self.common_theatres()
        return theatres[0] if len(theatres) == 1 else None

    def common_theatres(self) -> list[str]:
        """Return the countries in which all armed groups named are active."""
        sets = [
            set(self.known.actors[s].countries)
            for s in self.actors
            if self.known.actors[s].kind == "ArmedGroup"
        ]
        sets = [s for s in sets if s]
        return sorted(set.intersection(*sets)) if sets else []

    def theatres(self, without: Collection[str] = ()) -> frozenset[str]:
        """Return the countries in which the actors whose name is strong are active; networks do not count."""
        found: set[str] = set()
        for mention in self.mentions:
            if mention.kind == "actor" and mention.clues.form == "name":
                strong = [s for s in self.strong(mention) if s in self.known.actors]
                if len(strong) == 1 and strong[0] not in without and not self.known.network(strong[0]):
                    actor = self.known.actors[strong[0]]
                    found |= {*actor.countries, *([actor.country] if actor.country else [])}
        return frozenset(found)
