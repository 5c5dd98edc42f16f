"""The status of propositions under the rule that the ontology states (mkg:rule)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kg.join import Identity, Kinship
from kg.judgement import Judgement, decisions
from kg.model import Assertion, content_id
from kg.vocab import iri, predicate

FOR, SUSPECTED, SUPPOSED, AGAINST = "for", "suspected", "supposed", "against"
PARTS = (
    "perpetrator",
    "target",
    "victim",
    "party",
    "commander",
    "original",
    "resulting",
    "authority",
    "listed",
)
_LEVEL = {
    "asserted": FOR, "reported": FOR, "claimed": FOR, "suspected": SUSPECTED,
    "hypothetical": SUPPOSED, "denied": AGAINST, "negated": AGAINST,
}  # fmt: skip
_WEAKEST_FIRST = ("hypothetical", "suspected", "contested", "accepted")


@dataclass(frozen=True, slots=True)
class Proposition:
    """A triple that may be true, in canonical terms, with all that states or denies it.

    `predicate` and `object` are written as in `Assertion`; `judged` tells that a person decided the status.
    """

    id: str
    subject: str
    predicate: str
    object: str
    assertions: tuple[Assertion, ...]
    status: str = ""
    judged: bool = False

    @property
    def nodes(self) -> tuple[NamedNode, NamedNode, NamedNode]:
        """Subject, predicate and object as nodes."""
        return triple_nodes(self.subject, self.predicate, self.object)


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule, and what it looks at besides the assertions: identity, kinship, decisions in their order."""

    identity: Identity
    kinship: Kinship
    decided: Mapping[str, tuple[int, str]]

    def level(self, assertion: Assertion) -> str:
        """Return what an assertion does for its proposition.

        A party that claims something of another's part in an event only raises a suspicion.
        """
        if assertion.certainty == "claimed" and assertion.predicate == "perpetrator":
            speaker, doer = (self.identity.canonical(one) for one in (assertion.speaker, assertion.object))
            return FOR if self.kinship.related(speaker, doer) else SUSPECTED
        return _LEVEL[assertion.certainty]

    def settle(self, group: Sequence[Proposition]) -> list[Proposition]:
        """Return the propositions of one event, or one relation, with their status, in the given order."""
        settled = [self._alone(proposition) for proposition in group]
        settled = _unless_claimed(settled)
        settled = self._rivals(settled)
        return _within_event(settled)

    def _alone(self, proposition: Proposition) -> Proposition:
        keys = [proposition.id, *(assertion.id for assertion in proposition.assertions)]
        verdicts = [self.decided[key] for key in keys if key in self.decided]
        if verdicts:
            status = "accepted" if max(verdicts)[1] == "accept" else "denied"
            return replace(proposition, status=status, judged=True)
        levels = {self.level(assertion) for assertion in proposition.assertions}
        return replace(proposition, status=_status(levels))

    def _rivals(self, group: list[Proposition]) -> list[Proposition]:
        """Return the group with rival perpetrators contested.

        Two are rivals where each is named by someone who does not name the other. An unnamed perpetrator is
        no rival: "gunmen" may be whoever another names.
        """
        named = [one for one in group if one.predicate == "perpetrator" and ":unnamed-" not in one.object]
        speakers = {
            one.id: self._speakers(one) for one in named if one.status not in ("denied", "hypothetical")
        }
        rivals = {
            one.id
            for one in named
            for other in named
            if one.id in speakers and other.id in speakers
            if not self.kinship.related(one.object, other.object)
            if speakers[one.id] - speakers[other.id] and speakers[other.id] - speakers[one.id]
        }
        return [
            replace(one, status="contested") if one.id in rivals and not one.judged else one for one in group
        ]

    def _speakers(self, proposition: Proposition) -> set[str]:
        return {
            self.identity.canonical(assertion.speaker)
            for assertion in proposition.assertions
            if self.level(assertion) in (FOR, SUSPECTED)
        }


def rule(judgements: Iterable[Judgement], identity: Identity, kinship: Kinship) -> Rule:
    """Return the rule with the decisions on propositions that are in force."""
    standing = enumerate(decisions(judgements).items())
    decided = {key[0]: (order, one.kind) for order, (key, one) in standing if len(key) == 1}
    return Rule(identity, kinship, decided)


def propositions(assertions: Iterable[Assertion], identity: Identity) -> list[Proposition]:
    """Return each distinct canonical proposition once, without status, ordered by reference.

    An assessment is no proposition: it is words.
    """
    stated: dict[tuple[str, str, str], list[Assertion]] = {}
    for one in assertions:
        if one.predicate != "assessment":
            stated.setdefault(canonical_triple(one, identity), []).append(one)
    made = (
        Proposition(proposition_ref(triple), *triple, tuple(sorted(group, key=lambda one: one.id)))
        for triple, group in stated.items()
    )
    return sorted(made, key=lambda proposition: proposition.id)


def canonical_triple(assertion: Assertion, identity: Identity) -> tuple[str, str, str]:
    """Return the proposition that an assertion states: subject, predicate, object in canonical terms."""
    subject, object_ = identity.canonical(assertion.subject), identity.canonical(assertion.object)
    return subject, assertion.predicate, object_


def event_of(proposition: Proposition) -> str:
    """Return the event that a proposition is about, "" for a relation between actors."""
    for end in (proposition.subject, proposition.object):
        if end.startswith("event:"):
            return end
    return ""


def triple_nodes(subject: str, name: str, object_: str) -> tuple[NamedNode, NamedNode, NamedNode]:
    """Return the nodes of a triple in the notation of `Assertion`."""
    return iri(subject), predicate(name), predicate(object_) if name == "type" else iri(object_)


def proposition_ref(triple: tuple[str, str, str]) -> str:
    """Return the reference of a proposition."""
    return f"proposition:{content_id('proposition', *(str(node) for node in triple_nodes(*triple)))}"


def _status(levels: set[str]) -> str:
    stated = bool(levels & {FOR, SUSPECTED})
    if AGAINST in levels:
        return "contested" if stated else "denied"
    if FOR in levels:
        return "accepted"
    return "suspected" if stated else "hypothetical"


def _unless_claimed(group: list[Proposition]) -> list[Proposition]:
    """Return the group with "nobody has claimed it" denied where somebody has: it held when it was said."""
    claimed = any(one.predicate == "claimed" and one.status in ("accepted", "contested") for one in group)
    return [
        replace(one, status="denied")
        if one.predicate == "claimStatus" and claimed and not one.judged
        else one
        for one in group
    ]


def _within_event(group: list[Proposition]) -> list[Proposition]:
    """Return the group with no part in an event surer than the event itself."""
    types = [one.status for one in group if one.predicate == "type"]
    if not types or "accepted" in types:
        return group
    surest = max((_rank(status) for status in types), default=0)
    limit = _WEAKEST_FIRST[surest] if surest >= 0 else "contested"
    return [
        replace(one, status=limit)
        if one.predicate in PARTS and not one.judged and _rank(one.status) > _rank(limit)
        else one
        for one in group
    ]


def _rank(status: str) -> int:
    return _WEAKEST_FIRST.index(status) if status in _WEAKEST_FIRST else -1
