"""From settled drafts and sayings to facts: labels, dates, tolls, certainty, speakers, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.extract.claims import Saying
from kg.extract.entities import PLACES, Entity
from kg.extract.events import Draft
from kg.extract.reference import References
from kg.extract.scope import Stance
from kg.extract.syntax import Token, Tree
from kg.model import ROLES, Dating, Evidence, Fact, Filler, Report, content_id

STATES = ("killed", "wounded", "missing")
BINARY = frozenset(
    {"allegiance", "affiliation", "membership", "leadership", "support", "split", "designation"}
)
SINCE_STATES = frozenset({"allegiance", "affiliation", "membership", "leadership"})


class Assembler:
    """Makes the facts of one report."""

    def __init__(self, report: Report, trees: tuple[Tree, ...], references: References) -> None:
        self.report, self.trees, self.references = report, trees, references
        self._ids: dict[int, str] = {}
        self._used: set[str] = set()

    def fact(self, draft: Draft, stance: Stance) -> Fact | None:
        """Return the fact of a draft, None where what it needs stands for nothing."""
        roles = {
            role: self._fillers(draft.role(role)) for role in ("agent", "object", "target", "victim", "party")
        }
        if any(draft.role(r) and not roles[r] for r in ("agent", "object")) and draft.type in BINARY:
            return None
        if (
            roles["agent"]
            and draft.type in BINARY
            and {f.label for f in roles["agent"]} & {f.label for f in roles["object"]}
        ):
            return None
        roles["place"] = self._places(draft)
        if draft.type == "capture" and draft.role("target"):
            roles["object"] = roles.pop("target")
        if draft.tactic and self._telling(draft):
            start, end = draft.tactic_span
            roles["tactic"] = (Filler(draft.tactic, start, end, "Tactic", draft.entry.tactic or None),)
        identity = self._id(draft.type, draft.trigger, roles)
        self._ids[id(draft)] = identity
        counts = (
            {state: draft.tolls.get(state) for state in STATES}
            if "object" not in roles or draft.type not in SINCE_STATES
            else {}
        )
        return Fact(
            identity,
            draft.type,
            roles=tuple((role, roles[role]) for role in ROLES if roles.get(role)),
            date=self._dating(draft),
            certainty=stance.certainty,
            speakers=self._fillers(stance.speakers),
            outcome=draft.outcome,
            trigger=(draft.trigger.start, draft.trigger.end),
            retells=self._ids.get(id(draft.retells), "") if draft.retells is not None else "",
            evidence=self._evidence(draft.tree, draft.trigger, stance.cue),
            **counts,  # type: ignore[arg-type]
        )

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
            roles=tuple((role, roles[role]) for role in ROLES if roles.get(role)),
            about=target,
            text=self.report.text[first:last],
            certainty=certainty if saying.type == "claim" else "asserted",
            speakers=others if saying.type == "claim" and not saying.negated else (),
            trigger=(saying.trigger.start, saying.trigger.end),
            evidence=self._evidence(saying.tree, saying.trigger, saying.trigger.text),
        )

    def _telling(self, draft: Draft) -> bool:
        """Whether the event noun says more than that there was an attack."""
        return (
            bool(draft.entry.tactic)
            or (draft.tactic.lower()
            not in (
                "attack",
                "attacks",
                "incident",
                "violence",
                "operation",
                "operations",
                "killing",
                "death",
                "attempt",
                "clashes",
                "fighting",
                "clash",
                "capture",
                "arrest",
                "battle",
            )
            and draft.type in ("attack", "operation", "killing"))
        )

    def _id(self, kind: str, trigger: Token, roles: Mapping[str, tuple[Filler, ...]], about: str = "") -> str:
        spans = [
            f"{role}:{f.start}-{f.end}"
            for role in sorted(roles)
            for f in roles[role]
            if role in ("object", "agent")
        ]
        ordinal = 0
        while (
            made := content_id(
                self.report.id, kind, str(trigger.start), str(trigger.end), about, *spans, str(ordinal)
            )
        ) in self._used:
            ordinal += 1
        self._used.add(made)
        return made

    def _fillers(self, entities: Iterable[Entity]) -> tuple[Filler, ...]:
        found: list[Filler] = []
        for entity in entities:
            resolved = self.references.resolved(entity)
            if (
                resolved is not None
                and resolved.label
                and all(f.label.lower() != resolved.label.lower() for f in found)
            ):
                found.append(resolved.filler())
        return tuple(found)

    def _places(self, draft: Draft) -> tuple[Filler, ...]:
        places = [r for p in draft.places if (r := self.references.resolved(p))]
        draft.places = places
        named = [f for p in places if (f := self._place(p, bare=draft.type == "control"))]
        local = [f for f in named if not self._country(f, draft)]
        kept: list[Filler] = []
        for filler in local or named[:1]:
            if all(filler.label.lower() != k.label.lower() for k in kept):
                kept.append(filler)
        return tuple(kept)

    def _country(self, filler: Filler, draft: Draft) -> bool:
        place = next(
            p
            for p in draft.places
            if (p.start <= filler.start <= p.end) or any(n.start == filler.start for n in p.names)
        )
        names = [n for n in (place.name, *place.names) if n and n.start == filler.start]
        return any(
            c.kind == "place" and len(c.slug) == 2 for n in names if n.match for c in n.match.candidates
        )

    @staticmethod
    def _place(entity: Entity, *, bare: bool) -> Filler | None:
        """Return the filler of a place: its name, the name in its of-phrase, or the phrase that holds the name."""
        if entity.name is not None or not entity.names:
            proper = entity.name is not None or entity.cls == "place"
            return Filler(entity.label, entity.start, entity.end, "Place") if proper or bare else None
        places = [n for n in entity.names if n.cls == "place"]
        if not places:
            return Filler(entity.label, entity.start, entity.end, "Place") if bare else None
        inside = [n for n in places if entity.start <= n.start and n.end <= entity.end]
        if inside:
            return Filler(entity.label, entity.start, entity.end, "Place")
        return Filler(places[0].text, places[0].start, places[0].end, "Place")

    def _dating(self, draft: Draft) -> Dating | None:
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


def place_like(entity: Entity) -> bool:
    """Return whether an entity can stand in the place role."""
    return entity.cls in PLACES
