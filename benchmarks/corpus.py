"""Invented reports in the project's own shape, with their facts, as if the extractor had read them.

Report number `n` of a seed is always the same, so a corpus of any size is a prefix of the next larger one.
Events fall on towns and groups as unevenly as in real collections (Zipf); about every fourth is told again,
some in the same words; claims, denials and rival accounts come with them, and relations between actors.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from pyoxigraph import Quad

from kg.assertion import report_quads
from kg.model import Count, Dating, Evidence, Extraction, Fact, Filler, Mention, Report
from kg.registry import Registry

RUN = "run:invented"
_FIRST_DAY = datetime.date(2005, 1, 1).toordinal()
_TACTICS = ("ambush", "suicide-bombing", "shelling", "assassination", "kidnapping")
_VERBS = {"attack": "attacked", "killing": "killed", "clash": "clashed", "operation": "raided"}
_STATES = {"allegiance": "pledged allegiance to", "affiliation": "is a branch of", "membership": "belongs to"}


@dataclass(frozen=True)
class Corpus:
    """A source of reports.

    Attributes:
        registry: whose actors and places the reports speak of.
        seed: another seed gives other reports.
        towns: how many towns there are; few make reports collide.
        groups: how many armed groups there are.
        days: over how many days events are spread.
        outlets: how many publishers there are.
    """

    registry: Registry
    seed: int = 1
    towns: int = 4_000
    groups: int = 150
    days: int = 7_000
    outlets: int = 400
    _pools: dict[str, tuple[list[str], list[float]]] = field(default_factory=dict)

    def extractions(self, start: int, stop: int) -> Iterator[Extraction]:
        """Yield the reports of some numbers as read."""
        return map(self.extraction, range(start, stop))

    def graphs(self, start: int, stop: int) -> dict[str, list[Quad]]:
        """Return the named graphs of the reports of some numbers, by the reference of the report."""
        read = self.extractions(start, stop)
        return {f"report:{one.report.id}": report_quads(one, self.registry, RUN) for one in read}

    def extraction(self, number: int) -> Extraction:
        """Return one report as read."""
        chance = random.Random(f"{self.seed} report {number}")
        told = number if chance.random() < 0.75 else chance.randrange(max(0, number - 50), number + 1)
        event = _Event(self, random.Random(f"{self.seed} event {told}"))
        desk = _Desk(f"Wire {chance.randrange(self.outlets)}" if chance.random() > 0.05 else "")
        copied = chance.random() < 0.1  # word for word as the next report that copies it
        writer = random.Random(f"{self.seed} words {told}") if copied else chance
        self._tell(desk, event, writer)
        if chance.random() < 0.3:
            self._relate(desk, chance)
        later = event.day + chance.choice((0, 0, 1, 1, 2, 9))
        published = datetime.date.fromordinal(later).isoformat() if chance.random() > 0.03 else ""
        return desk.done(published, str(number))

    def _tell(self, desk: _Desk, event: _Event, chance: random.Random) -> None:
        group, target = desk.actor(self, event.group), desk.actor(self, event.target)
        town, tactic = desk.place(self, event.town), Filler(event.tactic, 0, 0, "Tactic", event.tactic)
        day, last = _window(event.day, chance)
        toll = Count(event.killed, event.killed if chance.random() < 0.7 else None)
        sure = chance.choice(("asserted",) * 6 + ("reported", "reported", "suspected"))
        desk.write(f"{event.killed} were reported dead after an {event.tactic} in the area.")
        attack = desk.fact(
            event.kind, _VERBS[event.kind], sure, date=Dating(day, day, last), killed=toll,
            roles=(("agent", (group,)), ("target", (target,)), ("place", (town,)), ("tactic", (tactic,))),
        )  # fmt: skip
        if chance.random() < 0.2:
            certainty = chance.choice(("asserted", "asserted", "negated"))
            desk.fact("claim", "claimed", certainty, roles=(("agent", (group,)),), about=attack)
        if chance.random() < 0.1:
            desk.fact("denial", "denied", "asserted", roles=(("agent", (group,)),), about=attack)
        if chance.random() < 0.1:
            rival = desk.actor(self, self.pick("groups", chance))
            roles = (("agent", (rival,)), ("target", (target,)))
            desk.fact(event.kind, "blamed", "reported", roles=roles, retells=attack, speakers=(target,))

    def _relate(self, desk: _Desk, chance: random.Random) -> None:
        one, other = (desk.actor(self, self.pick("groups", chance)) for _ in range(2))
        kind = chance.choice(tuple(_STATES))
        year = str(2005 + chance.randrange(19)) if chance.random() < 0.3 else ""
        sure = chance.choice(("asserted",) * 8 + ("denied", "suspected"))
        roles = (("agent", (one,)), ("object", (other,)))
        desk.fact(kind, _STATES[kind].split()[0], sure, roles=roles, valid_from=year)

    def pick(self, pool: str, chance: random.Random) -> str:
        """Return the slug of a town, a group or a force, the first of them most often."""
        if pool not in self._pools:
            slugs = self._slugs(pool)
            self._pools[pool] = slugs, list(accumulate(1 / rank for rank in range(1, len(slugs) + 1)))
        slugs, weights = self._pools[pool]
        return chance.choices(slugs, cum_weights=weights)[0]

    def _slugs(self, pool: str) -> list[str]:
        places = self.registry.places
        if pool == "towns":
            return [slug for slug in sorted(places) if places[slug].kind == "city"][: self.towns]
        kinds = ("ArmedGroup",) if pool == "groups" else ("StateForce", "InternationalForce", "Person")
        found = [slug for slug, actor in sorted(self.registry.actors.items()) if actor.kind in kinds]
        return found[: self.groups]


class _Event:
    """What happened; its reports tell it each in their way."""

    def __init__(self, corpus: Corpus, chance: random.Random) -> None:
        self.kind = chance.choice(("attack",) * 6 + ("clash", "operation", "killing"))
        self.group, self.target = corpus.pick("groups", chance), corpus.pick("forces", chance)
        self.town, self.tactic = corpus.pick("towns", chance), chance.choice(_TACTICS)
        self.day = _FIRST_DAY + chance.randrange(corpus.days)
        self.killed = chance.choice((0, 1, 1, 2, 2, 3, 4, 5, 7, 12, 30))


class _Desk:
    """Writes the text of one report beside its facts."""

    def __init__(self, publisher: str) -> None:
        self._publisher = publisher
        self._text = ""
        self._mentions: dict[tuple[int, int], Mention] = {}
        self._facts: list[Fact] = []

    def write(self, words: str) -> tuple[int, int]:
        start = len(self._text) + bool(self._text)
        self._text = f"{self._text} {words}" if self._text else words
        return start, start + len(words)

    def actor(self, corpus: Corpus, slug: str) -> Filler:
        known = corpus.registry.actors[slug]
        return self._mention(known.name, "actor", known.kind, slug)

    def place(self, corpus: Corpus, slug: str) -> Filler:
        return self._mention(corpus.registry.places[slug].name, "place", "Place", slug)

    def fact(
        self,
        kind: str,
        trigger: str,
        certainty: str,
        *,
        roles: Sequence[tuple[str, tuple[Filler, ...]]],
        **more: object,
    ) -> str:
        words = " and ".join(filler.label for _, fillers in roles for filler in fillers)
        start, end = self.write(f"{words}: they {trigger}.")
        at = start + len(words) + len(": they ")
        id_ = f"f{len(self._facts)}"
        evidence = Evidence(self._text[start:end], start, end, trigger)
        self._facts.append(
            Fact(id_, kind, tuple(roles), certainty=certainty, trigger=(at, at + len(trigger)),
                 evidence=evidence, confidence=0.9, **more)  # type: ignore[arg-type]
        )  # fmt: skip
        return id_

    def done(self, published: str, name: str) -> Extraction:
        report = Report(
            self._text, f"Report {name}", publisher=self._publisher, published=published, given_ids=(name,)
        )
        mentions = tuple(one for _, one in sorted(self._mentions.items()))
        return Extraction(report, mentions, tuple(self._facts))

    def _mention(self, name: str, kind: str, class_: str, slug: str) -> Filler:
        start, end = self.write(name)
        self._mentions[start, end] = Mention(start, end, name, kind, slug, "strong alias")
        return Filler(name, start, end, class_, slug)


def _window(day: int, chance: random.Random) -> tuple[str, str]:
    """Return the first and last day on which a report has an event happen: mostly one day."""
    width = chance.choices((1, 3, 7, 31), weights=(80, 10, 6, 4))[0]
    return tuple(datetime.date.fromordinal(one).isoformat() for one in (day, day + width - 1))  # type: ignore[return-value]
