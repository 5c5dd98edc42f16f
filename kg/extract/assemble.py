"""From settled drafts and sayings to facts: labels, dates, tolls, certainty, speakers, evidence."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from kg.extract.draft import Draft, Saying
from kg.extract.entity import Entity
from kg.extract.lexicon import Lexicon
from kg.extract.reference import References
from kg.extract.stance import Stance
from kg.extract.syntax import Token, Tree
from kg.model import ROLES, Dating, Evidence, Fact, Filler, Report, content_id

BINARY = frozenset(
    {"allegiance", "affiliation", "membership", "leadership", "support", "split", "designation"}
)
SINCE_STATES = frozenset({"allegiance", "affiliation", "membership", "leadership"})  # "since" opens them
_FILLED = ("agent", "object", "target", "victim", "party")
_IDENTIFYING = ("agent", "object")

Roles = Mapping[str, tuple[Filler, ...]]


class Assembler:
    """Makes the facts of one report; keeps which draft became which fact.

    Args:
        report: the report.
        trees: its trees, for the sentences that are quoted.
        references: what pronouns and descriptions stand for.
        lexicon: the words for events that tell no tactic.
    """

    def __init__(
        self, report: Report, trees: Sequence[Tree], references: References, lexicon: Lexicon
    ) -> None:
        self.report, self.trees, self.references = report, trees, references
        self._plain = lexicon.tells("plain", "labels")
        self._confidence = lexicon.confidence
        self._ids: dict[int, str] = {}
        self._used: set[str] = set()

    def has(self, draft: Draft) -> bool:
        """Return whether a draft became a fact."""
        return id(draft) in self._ids

    def fact(self, draft: Draft, stance: Stance, outcome: str = "") -> Fact | None:
        """Return the fact of a draft, None where what it needs stands for nothing."""
        roles = {role: self._fillers(draft.role(role)) for role in _FILLED}
        if draft.type in BINARY and not _is_complete(draft, roles):
            return None
        roles["place"] = self._places(draft)
        if draft.type == "capture" and draft.role("target"):
            roles["object"] = roles.pop("target")
        if draft.tactic and self._tells_tactic(draft):
            start, end = draft.tactic_span
            roles["tactic"] = (Filler(draft.tactic, start, end, "Tactic", draft.entry.tactic or None),)
        identity = self._id(draft.type, draft.trigger, roles)
        self._ids[id(draft)] = identity
        tolls = {} if draft.type in SINCE_STATES else draft.tolls
        return Fact(
            identity,
            draft.type,
            roles=_ordered(roles),
            date=self._dating(draft),
            killed=tolls.get("killed"),
            wounded=tolls.get("wounded"),
            missing=tolls.get("missing"),
            outcome=outcome,
            certainty=stance.certainty,
            speakers=self._fillers(stance.speakers),
            trigger=(draft.trigger.start, draft.trigger.end),
            retells=self._ids.get(id(draft.retells), "") if draft.retells is not None else "",
            evidence=self._evidence(draft.tree, draft.trigger, stance.cue),
            confidence=self._trust(draft.type, draft.roles.values(), retold=draft.retells is not None),
        )

    def _trust(self, kind: str, fillers: Iterable[Iterable[Entity]], *, retold: bool = False) -> float:
        """Return how far a reading is trusted: by its type, less where a filler stands for another phrase."""
        factors, trust = self._confidence["factor"], self._confidence["type"][kind]
        told = (e for entities in fillers for e in entities)
        if any(e.pronoun or self.references.resolved(e) is not e for e in told):
            trust *= factors["anaphoric"]
        return round(trust * (factors["retold"] if retold else 1.0), 2)

    def saying(self, saying: Saying, about: Draft, stance: Stance) -> Fact | None:
        """Return the fact of a claim, denial or assessment about a draft already made into a fact."""
        target = self._ids.get(id(about))
        if target is None:
            return None
        roles = {"agent": self._fillers(saying.agents)}
        if saying.type != "claim" and not roles["agent"]:
            return None
        mine = {f.label.lower() for f in roles["agent"]}
        others = tuple(s for s in self._fillers(stance.speakers) if s.label.lower() not in mine)
        certainty = "negated" if saying.negated else stance.certainty
        if certainty == "claimed" and not others:
            certainty = "asserted"  # that a group claims is the report's own word
        first, last = saying.text
        return Fact(
            self._id(saying.type, saying.trigger, roles, target),
            saying.type,
            roles=_ordered(roles),
            about=target,
            text=self.report.text[first:last],
            certainty=certainty if saying.type == "claim" else "asserted",
            speakers=others if saying.type == "claim" and not saying.negated else (),
            trigger=(saying.trigger.start, saying.trigger.end),
            evidence=self._evidence(saying.tree, saying.trigger, saying.trigger.text),
            confidence=self._trust(saying.type, [saying.agents]),
        )

    def _tells_tactic(self, draft: Draft) -> bool:
        """Whether the event noun says more than that there was an attack."""
        if draft.entry.tactic:
            return True
        return draft.type in ("attack", "operation", "killing") and draft.tactic.lower() not in self._plain

    def _id(self, kind: str, trigger: Token, roles: Roles, about: str = "") -> str:
        """Return the identifier of a fact: a hash of its trigger and fillers, the same in every run."""
        spans = [f"{role}:{f.start}-{f.end}" for role in _IDENTIFYING for f in roles.get(role, ())]
        parts = (self.report.id, kind, str(trigger.start), str(trigger.end), about, *spans)
        made = next(i for n in itertools.count() if (i := content_id(*parts, str(n))) not in self._used)
        self._used.add(made)
        return made

    def _fillers(self, entities: Iterable[Entity]) -> tuple[Filler, ...]:
        """Return what entities stand for, without repeats and without pronouns that stand for nothing."""
        found: dict[str, Filler] = {}
        for entity in entities:
            resolved = self.references.resolved(entity)
            if resolved is not None and resolved.label:
                found.setdefault(resolved.key, resolved.filler())
        return tuple(found.values())

    def _places(self, draft: Draft) -> tuple[Filler, ...]:
        """Return the places of a draft; a country only where nothing nearer is named, and then the first."""
        resolved = (self.references.resolved(p) for p in draft.places)
        named = [
            (filler, place)
            for place in resolved
            if place and (filler := _place(place, bare=draft.type == "control"))
        ]
        local = [filler for filler, place in named if not _is_country(filler, place)]
        found: dict[str, Filler] = {}
        for filler in local or [f for f, _ in named[:1]]:
            found.setdefault(filler.label.lower(), filler)
        return tuple(found.values())

    def _dating(self, draft: Draft) -> Dating | None:
        """Return the date of a draft; what happened "since" a day happened by the day of publication."""
        if draft.date is None:
            return None
        dating = draft.date.dating
        if draft.date.since and dating.start and draft.type not in SINCE_STATES:
            return Dating(dating.text, dating.start, self.report.published or dating.end)
        return dating

    def _evidence(self, number: int, trigger: Token, cue: str) -> Evidence:
        sentence = self.trees[number].sentence(trigger.i)
        start, end = sentence[0].start, sentence[-1].end
        text = self.report.text[start:end]
        kept = text.rstrip()
        return Evidence(kept, start, start + len(kept), cue or trigger.text)


def _ordered(roles: Roles) -> tuple[tuple[str, tuple[Filler, ...]], ...]:
    return tuple((role, roles[role]) for role in ROLES if roles.get(role))


def _is_complete(draft: Draft, roles: Roles) -> bool:
    """Whether both sides of a relation stand for something, and not for the same."""
    if any(draft.role(role) and not roles[role] for role in _IDENTIFYING):
        return False
    return {f.label for f in roles["agent"]}.isdisjoint(f.label for f in roles["object"])


def _is_country(filler: Filler, place: Entity) -> bool:
    """Whether a place is a country: the name at its start is that of one."""
    return any(n and n.start == filler.start and n.is_country for n in (place.name, *place.names))


def _place(entity: Entity, *, bare: bool) -> Filler | None:
    """Return the filler of a place: its name, the name in its of-phrase, or the phrase that holds the name.

    Args:
        entity: the place.
        bare: whether a place without a name will do ("the town").
    """
    whole = Filler(entity.label, entity.start, entity.end, "Place")
    if entity.name is not None or not entity.names:
        return whole if bare or entity.name is not None or entity.cls == "place" else None
    places = [n for n in entity.names if n.cls == "place"]
    if not places:
        return whole if bare else None
    if any(entity.start <= n.start and n.end <= entity.end for n in places):
        return whole
    return Filler(places[0].text, places[0].start, places[0].end, "Place")
