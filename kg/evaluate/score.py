"""Scores of predicted facts against gold: slots, certainty, speakers, and every fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.evaluate.align import Overlap, aligned
from kg.evaluate.compare import same_filler
from kg.evaluate.faults import Fault, missed_fact, of_pair, spurious_fact
from kg.evaluate.gold import Given, GoldFact, Passage


@dataclass(frozen=True, slots=True)
class Tally:
    """Slots that are right, given wrongly, and missing; the type of a fact is one of its slots."""

    hits: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Right slots of all given, 0 where none is."""
        return self.hits / (self.hits + self.spurious) if self.hits else 0.0

    @property
    def recall(self) -> float:
        """Right slots of all in gold, 0 where none is."""
        return self.hits / (self.hits + self.missed) if self.hits else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share in [0, 1], None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Pair:
    """A predicted fact and the gold fact that it answers, None where it answers none."""

    passage: str
    given: Given
    gold: GoldFact | None
    right: int  # slots, the type among them
    wrong: int


@dataclass(frozen=True, slots=True)
class Scores:
    """What an evaluation found.

    Attributes:
        types: slots by the type of the fact.
        tags: slots by the phenomena of the passages; a passage counts under each of its tags.
        certainty: facts of those aligned whose certainty is right.
        not_asserted_precision: right ones of the facts given as anything but asserted.
        not_asserted_recall: right ones of the facts that gold does not accept as asserted.
        speaker_precision: right ones of the facts given with a speaker.
        speaker_recall: right ones of the facts that gold attributes to a speaker.
        facts: number of gold facts found and missed, of predictions that answer none ("spurious"), and of
            those for a passage that gold does not have ("elsewhere").
        faults: what is wrong, in the order of the passages.
        pairs: every prediction with what it answers, optional gold facts included.
    """

    types: Mapping[str, Tally]
    tags: Mapping[str, Tally]
    certainty: Share
    not_asserted_precision: Share
    not_asserted_recall: Share
    speaker_precision: Share
    speaker_recall: Share
    facts: Mapping[str, int]
    faults: tuple[Fault, ...]
    pairs: tuple[Pair, ...]

    @property
    def total(self) -> Tally:
        """The slots of all types together."""
        return sum(self.types.values(), Tally())


def score(passages: Sequence[Passage], predicted: Mapping[str, Sequence[Given]]) -> Scores:
    """Return the scores of predictions by passage id.

    Facts of one passage are aligned by type, most shared slots first, by an optimal assignment. Every slot of
    an aligned pair counts; a fact without a partner costs all its slots. An optional gold fact counts neither
    way. Certainty and speakers are judged over the aligned facts.
    """
    marking = _Marking()
    for passage in passages:
        marking.mark(passage, predicted.get(passage.id, ()))
    known = {passage.id for passage in passages}
    marking.facts["elsewhere"] = sum(len(facts) for name, facts in predicted.items() if name not in known)
    return marking.scores()


@dataclass(slots=True)
class _Marking:
    types: dict[str, Tally] = field(default_factory=dict)
    tags: dict[str, Tally] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    def mark(self, passage: Passage, given: Sequence[Given]) -> None:
        """Mark the predictions of one passage."""
        found = aligned(passage.facts, given)
        for ours, theirs, shared in found:
            fact, answer = passage.facts[ours], given[theirs]
            self.pairs.append(Pair(passage.id, answer, fact, shared.hits, len(shared.spurious)))
            if not fact.optional:
                self._mark_pair(passage, fact, answer, shared)
        matched = {ours for ours, _, _ in found}
        for i, fact in enumerate(passage.facts):
            if i not in matched and not fact.optional:
                self.facts["missed"] += 1
                self._count(passage, fact.types[0], Tally(missed=1 + len(fact.slots)))
                self.faults.append(missed_fact(passage, fact))
        used = {theirs for _, theirs, _ in found}
        for i, answer in enumerate(given):
            if i not in used:
                self.facts["spurious"] += 1
                wrong = 1 + len(answer.slots)
                self._count(passage, answer.type, Tally(spurious=wrong))
                self.faults.append(spurious_fact(passage, answer))
                self.pairs.append(Pair(passage.id, answer, None, 0, wrong))

    def _mark_pair(self, passage: Passage, fact: GoldFact, answer: Given, shared: Overlap) -> None:
        self.facts["found"] += 1
        self._count(passage, fact.types[0], Tally(shared.hits, len(shared.spurious), len(shared.missed)))
        right = self._mark_certainty(fact, answer)
        spoken = self._mark_speakers(fact, answer)
        self.faults += of_pair(passage, fact, answer, shared, wrong=(not right, not spoken))

    def _mark_certainty(self, fact: GoldFact, answer: Given) -> bool:
        """Count the certainty of a pair and return whether it is right; what gold does not say is."""
        if not fact.certainty:
            return True
        right = answer.certainty in fact.certainty
        plain, hedged = "asserted" in fact.certainty, answer.certainty != "asserted"
        self.counts["certainty"] += 1
        self.counts["certainty right"] += right
        self.counts["hedged given"] += hedged
        self.counts["hedged given right"] += hedged and right
        self.counts["hedged wanted"] += not plain
        self.counts["hedged wanted right"] += not plain and right
        return right

    def _mark_speakers(self, fact: GoldFact, answer: Given) -> bool:
        """Count the speakers of a pair and return whether they are right.

        A speaker that gold leaves open counts neither way, nor does any where gold accepts a claim without
        a speaker: whoever claims is its speaker.
        """
        given = answer.speakers
        if any(same_filler(wanted, one) for wanted in fact.spare_speakers for one in given):
            given = ()
        right = any(same_filler(wanted, one) for wanted in fact.speakers for one in given)
        counted = bool(given) and (bool(fact.speakers) or "claimed" not in fact.certainty)
        self.counts["speaker wanted"] += bool(fact.speakers)
        self.counts["speaker given"] += counted
        self.counts["speaker right"] += right
        return right or not (fact.speakers or counted)

    def _count(self, passage: Passage, type_: str, tally: Tally) -> None:
        self.types[type_] = self.types.get(type_, Tally()) + tally
        for tag in passage.tags:
            self.tags[tag] = self.tags.get(tag, Tally()) + tally

    def scores(self) -> Scores:
        """Return what was counted."""
        counts = self.counts
        return Scores(
            types=dict(sorted(self.types.items())),
            tags=dict(sorted(self.tags.items())),
            certainty=Share(counts["certainty right"], counts["certainty"]),
            not_asserted_precision=Share(counts["hedged given right"], counts["hedged given"]),
            not_asserted_recall=Share(counts["hedged wanted right"], counts["hedged wanted"]),
            speaker_precision=Share(counts["speaker right"], counts["speaker given"]),
            speaker_recall=Share(counts["speaker right"], counts["speaker wanted"]),
            facts={name: self.facts[name] for name in ("found", "missed", "spurious", "elsewhere")},
            faults=tuple(self.faults),
            pairs=tuple(self.pairs),
        )
