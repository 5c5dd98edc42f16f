"""What the rules need to know of a report: its tellings, its publisher, and which facts speak of which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.assertion.nodes import ACTOR, Node, node, publisher_node
from kg.model import Extraction, Fact, Filler, Report, Telling, content_id
from kg.vocab import EVENT_CLASS, local

if TYPE_CHECKING:
    from kg.registry import Registry

NOT_CLAIMED = ("denied", "negated", "hypothetical")
_JOINT = ("clash", "merger", "agreement")  # no side is the doer: agents are parties


@dataclass(frozen=True, slots=True)
class Scene:
    """One report as the rules see it. `speaking` maps a fact id to the claims and denials about it."""

    report: Report
    registry: Registry
    publisher: Node
    facts: dict[str, Fact]
    tellings: dict[str, Telling]
    speaking: dict[str, tuple[Fact, ...]]

    def nodes(self, fillers: Iterable[Filler], *, kinds: tuple[str, ...] = ACTOR) -> tuple[Node, ...]:
        """Return the nodes of fillers, each once, in their order; `kinds` as in `kg.assertion.nodes`."""
        found: dict[str, Node] = {}
        for filler in fillers:
            if filler.kind != "Tactic":
                made = node(filler, self.report, self.registry, kinds=kinds)
                found.setdefault(made.ref, made)
        return tuple(found.values())

    def doers(self, fact: Fact) -> tuple[Node, ...]:
        """Return who a fact says did it."""
        return self.nodes(fact.fillers("agent") + (fact.fillers("party") if fact.type in _JOINT else ()))

    def claims(self, fact: Fact) -> tuple[Fact, ...]:
        """Return the claims of responsibility about a fact, without those that were not made."""
        about = self.speaking.get(fact.id, ())
        return tuple(one for one in about if one.type == "claim" and one.certainty not in NOT_CLAIMED)

    def denials(self, fact: Fact) -> tuple[Fact, ...]:
        """Return the denials about a fact, without those that were not made."""
        about = self.speaking.get(fact.id, ())
        return tuple(one for one in about if one.type == "denial" and one.certainty not in NOT_CLAIMED)

    def blamed(self, fact: Fact) -> frozenset[str]:
        """Return the references of all whom the report names as doers of a fact, claimants among them."""
        claimants = (doer for claim in self.claims(fact) for doer in self.doers(claim))
        return frozenset(doer.ref for doer in (*self.doers(fact), *claimants))

    def speakers(self, fact: Fact) -> tuple[Node, ...]:
        """Return who states a fact: those quoted, else the claimants or deniers of it, else the publisher."""
        if fact.speakers:
            return self.nodes(fact.speakers)
        parties = {"claimed": self.claims, "denied": self.denials}.get(fact.certainty)
        found = self.nodes(
            filler for one in (parties(fact) if parties else ()) for filler in one.fillers("agent")
        )
        return found or (self.publisher,)


def doer_role(fact_type: str) -> str:
    """Return the role that stands for the doer of a type of fact."""
    return "party" if fact_type in _JOINT else "agent"


def scene(extraction: Extraction, registry: Registry) -> Scene:
    """Return the scene of a report."""
    facts = {fact.id: fact for fact in extraction.facts}
    speaking: dict[str, tuple[Fact, ...]] = {}
    for fact in extraction.facts:
        if fact.about:
            speaking[fact.about] = (*speaking.get(fact.about, ()), fact)
    publisher = publisher_node(extraction.report, registry)
    return Scene(extraction.report, registry, publisher, facts, _tellings(extraction, facts), speaking)


def _tellings(extraction: Extraction, facts: dict[str, Fact]) -> dict[str, Telling]:
    """Return the telling of each fact that tells an event, and of each claim or denial about none.

    One trigger is one telling, whoever's account, unless its facts lie at different places; a fact that
    gives a rival account of another is told where that one is.
    """
    by_trigger: dict[tuple[int, int], list[Fact]] = {}
    for fact in extraction.facts:
        if fact.retells in facts:
            continue
        lost = fact.type in ("claim", "denial") and fact.about not in facts
        if fact.type in EVENT_CLASS or lost:
            by_trigger.setdefault(_trigger(fact), []).append(fact)
    made: dict[str, Telling] = {}
    for span, group in by_trigger.items():
        several = len({_place_span(fact) for fact in group} - {""}) > 1
        types: dict[str, str] = {}
        for fact in group:
            parts = [_place_span(fact)] if several and _place_span(fact) else []
            key = content_id("telling", extraction.report.id, f"{span[0]}-{span[1]}", *parts)
            kind = types.setdefault(
                key, local(EVENT_CLASS[fact.type]) if fact.type in EVENT_CLASS else "Event"
            )
            made[fact.id] = Telling(f"telling:{key}", f"report:{extraction.report.id}", kind, *span)
    rivals = (fact for fact in extraction.facts if fact.retells in made)
    return made | {fact.id: made[fact.retells] for fact in rivals}


def _trigger(fact: Fact) -> tuple[int, int]:
    return fact.trigger if fact.trigger != (0, 0) else (fact.evidence.start, fact.evidence.end)


def _place_span(fact: Fact) -> str:
    places = fact.fillers("place")
    return f"{places[0].start}-{places[0].end}" if places else ""
