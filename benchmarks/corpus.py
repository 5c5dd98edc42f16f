"""Invented reports in the project's own shape, with their facts, as if the extractor had read them.

Report number `n` of a seed is always the same, so a corpus of any size is a prefix of the next larger one.
Events fall on towns and groups as unevenly as in real collections (Zipf); about every fourth is told again,
some in the same words. Beside plain accounts there is all that the sample reports have, about as often:
unnamed culprits, claims, denials, rival accounts, hedged and planned attacks, tolls, dates that are wide or
missing, assessments, and relations between actors that begin, end and are denied.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from pyoxigraph import NamedNode, Quad

from benchmarks.desk import Desk
from kg.assertion import report_quads
from kg.judgement import Judgement
from kg.model import Count, Dating, Extraction, Filler
from kg.registry import Registry
from kg.vocab import MKG, ref

RUN = "run:invented"
_FIRST_DAY = datetime.date(2005, 1, 1).toordinal()
_TACTICS = (
    "ambush", "ied", "shelling", "suicide-bombing", "assassination", "kidnapping", "raid", "drone-strike",
    "car-bombing", "arson", "landmine", "storming",
)  # fmt: skip
_VERBS = {
    "attack": "attacked", "killing": "killed", "clash": "clashed", "operation": "raided",
    "capture": "captured",
}  # fmt: skip
_BODIES = ("gunmen", "armed men", "the insurgents", "militants")
_SUFFERERS = ("villagers", "civilians", "residents", "herders", "traders")
_SITES = ("a base", "a convoy", "a market", "a checkpoint", "a school")
_SOURCES = ("officials", "security sources", "a local official", "witnesses")
_RELATIONS = {
    "allegiance": "pledged", "affiliation": "is a branch", "membership": "belongs", "leadership": "leads",
    "control": "controls", "support": "backs", "split": "split", "merger": "merged", "designation": "listed",
    "agreement": "signed",
}  # fmt: skip
_STATES = frozenset(("allegiance", "affiliation", "membership", "leadership", "control"))


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
        publisher = f"Wire {chance.randrange(self.outlets)}" if chance.random() > 0.05 else ""
        desk = Desk(self.registry, publisher)
        copied = chance.random() < 0.1  # word for word as the next report that copies it
        writer = random.Random(f"{self.seed} words {told}") if copied else chance
        self._tell(desk, event, writer)
        if chance.random() < 0.3:
            self._relate(desk, chance)
        later = event.day + chance.choice((0, 0, 1, 1, 2, 9))
        published = datetime.date.fromordinal(later).isoformat() if chance.random() > 0.03 else ""
        return desk.done(published, str(number))

    def judgements(self, quads: Iterable[Quad]) -> Iterator[Judgement]:
        """Yield what people decided on some reports: one statement in five hundred is judged."""
        for quad in quads:
            if quad.predicate == MKG.certainty and isinstance(quad.subject, NamedNode):
                chance = random.Random(f"{self.seed} judged {ref(quad.subject)}")
                if chance.random() < 0.002:
                    kind = chance.choice(("accept", "accept", "reject"))
                    yield Judgement(kind, (ref(quad.subject),), "an analyst", "2026-01-01")

    def _tell(self, desk: Desk, event: _Event, chance: random.Random) -> None:
        doers = self._doers(desk, event, chance)
        roles = [("agent", doers)] if doers else []
        hit = self._hit(desk, event, chance)
        roles += [hit, ("place", (desk.place(event.town),))]
        if event.tactic:
            roles.append(("tactic", (Filler(event.tactic, 0, 0, "Tactic", event.tactic),)))
        sure = chance.choice(("asserted",) * 6 + ("reported", "reported", "suspected"))
        desk.write(f"{event.killed} were reported dead after an {event.tactic or 'attack'} in the area.")
        attack = desk.fact(
            event.kind, _VERBS[event.kind], sure, date=_dating(event.day, chance), roles=tuple(roles),
            outcome=chance.choices(("", "succeeded", "failed", "foiled"), weights=(88, 4, 5, 3))[0],
            speakers=self._speakers(desk, event, chance), **_tolls(event, chance),
        )  # fmt: skip
        self._dispute(desk, event, attack, hit, chance)

    def _dispute(
        self,
        desk: Desk,
        event: _Event,
        attack: str,
        hit: tuple[str, tuple[Filler, ...]],
        chance: random.Random,
    ) -> None:
        """Add who claims an attack, denies it, lays it to another or judges it."""
        if chance.random() < 0.18:
            certainty = chance.choice(("asserted", "asserted", "asserted", "negated"))
            claimant = (("agent", (desk.actor(event.group),)),)
            desk.fact("claim", "claimed", certainty, roles=claimant, about=attack)
        elif chance.random() < 0.06:
            desk.fact("claim", "claimed", "negated", roles=(), about=attack)
        if chance.random() < 0.08:
            denier = desk.actor(event.group if chance.random() < 0.8 else event.target)
            desk.fact("denial", "denied", "asserted", roles=(("agent", (denier,)),), about=attack)
        if chance.random() < 0.08:
            rival, accuser = desk.actor(self.pick("groups", chance)), desk.actor(event.target)
            told = (("agent", (rival,)), hit)
            sure = chance.choice(("asserted", "reported", "suspected"))
            desk.fact(event.kind, "blamed", sure, roles=told, retells=attack, speakers=(accuser,))
        if chance.random() < 0.03:
            judge = (("agent", (desk.actor(event.target),)),)
            words = chance.choice(("the attack failed", "a turning point", "the toll is inflated"))
            desk.fact("assessment", "judged", "asserted", roles=judge, about=attack, text=words)
        if chance.random() < 0.03:
            threat = (("agent", (desk.actor(event.group),)), ("place", (desk.place(event.town),)))
            desk.fact(
                "attack", "may attack", "hypothetical", roles=threat, speakers=(desk.actor(event.target),)
            )

    def _doers(self, desk: Desk, event: _Event, chance: random.Random) -> tuple[Filler, ...]:
        """Return who did it: named in most accounts, in some only described or left out."""
        how = chance.random()
        if how < 0.6:
            weighed = (event.group, self.pick("groups", chance)) if chance.random() < 0.4 else ()
            return (desk.actor(event.group, weighed),)
        return (desk.unnamed(chance.choice(_BODIES), "ArmedGroup"),) if how < 0.85 else ()

    def _hit(self, desk: Desk, event: _Event, chance: random.Random) -> tuple[str, tuple[Filler, ...]]:
        """Return the role and the one who suffered: a person, a force, civilians or a site."""
        if event.kind == "capture" or (event.kind == "killing" and event.killed < 3):
            return ("victim" if event.kind == "killing" else "target"), (desk.actor(event.person),)
        how = chance.random()
        if how < 0.5:
            return "target", (desk.actor(event.target),)
        if how < 0.8:
            return "victim", (desk.unnamed(chance.choice(_SUFFERERS), "Civilians"),)
        return "target", (desk.unnamed(chance.choice(_SITES), "Facility"),)

    def _speakers(self, desk: Desk, event: _Event, chance: random.Random) -> tuple[Filler, ...]:
        """Return to whom the account is laid; most are the outlet's own."""
        how = chance.random()
        if how < 0.15:
            return (desk.actor(event.target),)
        return (desk.unnamed(chance.choice(_SOURCES), "Actor"),) if how < 0.4 else ()

    def _relate(self, desk: Desk, chance: random.Random) -> None:
        kind = chance.choices(tuple(_RELATIONS), weights=(6, 6, 5, 5, 4, 2, 1, 1, 2, 1))[0]
        one = self.pick({"leadership": "persons", "designation": "forces"}.get(kind, "groups"), chance)
        first = desk.actor(one)
        if kind == "control":
            roles = (("agent", (first,)), ("place", (desk.place(self.pick("towns", chance)),)))
        else:
            other = desk.actor(self.pick("groups", chance))
            both = (("party", (first, other)),)
            roles = both if kind == "agreement" else (("agent", (first,)), ("object", (other,)))
        began = 2005 + chance.randrange(19)
        since = str(began) if kind in _STATES and chance.random() < 0.3 else ""
        until = str(began + 1 + chance.randrange(4)) if since and chance.random() < 0.3 else ""
        sure = chance.choice(("asserted",) * 8 + ("reported", "denied", "negated", "suspected"))
        desk.fact(kind, _RELATIONS[kind].split()[0], sure, roles=roles, valid_from=since, valid_to=until)

    def pick(self, pool: str, chance: random.Random) -> str:
        """Return the slug of a town, a group, a force or a person, the first of them most often."""
        if pool not in self._pools:
            slugs = self.slugs(pool)
            self._pools[pool] = slugs, list(accumulate(1 / rank for rank in range(1, len(slugs) + 1)))
        slugs, weights = self._pools[pool]
        return chance.choices(slugs, cum_weights=weights)[0]

    def slugs(self, pool: str) -> list[str]:
        """Return the slugs of a pool, those that occur most first."""
        places = self.registry.places
        if pool == "towns":
            return [slug for slug in sorted(places) if places[slug].kind == "city"][: self.towns]
        kinds = {"groups": ("ArmedGroup",), "persons": ("Person",)}.get(
            pool, ("StateForce", "InternationalForce")
        )
        found = [slug for slug, actor in sorted(self.registry.actors.items()) if actor.kind in kinds]
        return found[: self.groups]


class _Event:
    """What happened; its reports tell it each in their way."""

    def __init__(self, corpus: Corpus, chance: random.Random) -> None:
        self.kind = chance.choice(("attack",) * 6 + ("clash", "operation", "killing", "capture"))
        self.group, self.target = corpus.pick("groups", chance), corpus.pick("forces", chance)
        self.person, self.town = corpus.pick("persons", chance), corpus.pick("towns", chance)
        weights = [1 / rank for rank in range(1, len(_TACTICS) + 1)]
        self.tactic = chance.choices(_TACTICS, weights)[0] if chance.random() < 0.5 else ""
        self.day = _FIRST_DAY + chance.randrange(corpus.days)
        self.killed = chance.choice((0, 1, 1, 2, 2, 3, 4, 5, 7, 12, 30))


def _dating(day: int, chance: random.Random) -> Dating | None:
    """Return the window in which a report has an event happen: mostly one day, sometimes none."""
    if chance.random() < 0.12:
        return None
    width = chance.choices((1, 3, 7, 31), weights=(80, 10, 6, 4))[0]
    first, last = (datetime.date.fromordinal(one).isoformat() for one in (day, day + width - 1))
    return Dating(first, first, last)


def _tolls(event: _Event, chance: random.Random) -> dict[str, Count]:
    """Return the killed, wounded and missing that one account counts."""
    tolls = {}
    for name, share, count in (
        ("killed", 0.6, event.killed), ("wounded", 0.15, 2 * event.killed), ("missing", 0.03, 2),
    ):  # fmt: skip
        if chance.random() < share:
            tolls[name] = Count(count, count if chance.random() < 0.7 else None)
    return tolls
