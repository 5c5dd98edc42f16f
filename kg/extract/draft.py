"""Drafts: events, relations and sayings while they are being put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.extract.entity import Entity
from kg.extract.lexicon import Trigger
from kg.extract.syntax import Token
from kg.extract.times import Moment
from kg.model import Count


@dataclass(slots=True)
class Draft:
    """An event or relation as it is being put together.

    The one mutable value of the extractor. It is made by the readers of events and relations, which fill
    in what the clause says; tolls, dates, claims and accusations add what is said around it; merging
    lets one draft take in another; weighing settles its type. Assembly only reads it.

    Attributes:
        type: a type of `kg.model.FACT_TYPES`, or "wounding" until the draft is settled.
        trigger: the token that evokes it.
        entry: what the lexicon says of the trigger.
        tree: number of the tree that the trigger stands in.
        roles: entities by role; `add` keeps them apart.
        places: where it happened, most specific phrases and repeats among them.
        date: the date phrase that belongs to it.
        tolls: counts by state ("killed", "wounded", "missing").
        tactic: how it was done, as printed.
        tactic_span: span of those words.
        nominal: whether the trigger is a noun.
        definite: whether that noun points back ("the attack").
        another: whether that noun opens a further event ("a second attack").
        certainty: what the trigger itself or an accusation brings.
        speakers: who counts or accuses, where that is told of this draft alone.
        cue: the word that says so.
        claimed: whether somebody claims or denies it.
        fatal: whether somebody dies of it.
        accused: whether its agent is one whom somebody accuses.
        unhappened: whether a verb or a noun tells so ("no raid").
        presupposed: whether it is told in passing, so that no scope reaches it.
        by_air: whether an aircraft is its subject.
        retells: the draft of the same event that this one gives a rival account of.
        struck: things that the lexicon does not know, which an armed actor may have attacked.
    """

    type: str
    trigger: Token
    entry: Trigger
    tree: int = 0
    roles: dict[str, list[Entity]] = field(default_factory=dict)
    places: list[Entity] = field(default_factory=list)
    date: Moment | None = None
    tolls: dict[str, Count] = field(default_factory=dict)
    tactic: str = ""
    tactic_span: tuple[int, int] = (0, 0)
    nominal: bool = False
    definite: bool = False
    another: bool = False
    certainty: str = "asserted"
    speakers: list[Entity] = field(default_factory=list)
    cue: str = ""
    claimed: bool = False
    fatal: bool = False
    accused: bool = False
    unhappened: bool = False
    presupposed: bool = False
    by_air: bool = False
    retells: Draft | None = None
    struck: list[Entity] = field(default_factory=list)

    def add(self, role: str, entities: Iterable[Entity]) -> None:
        """Add fillers to a role, without those that have no label and those it has already."""
        have = self.roles.setdefault(role, [])
        have += [e for e in entities if e.label and all(e.start != h.start for h in have)]
        if not have:
            del self.roles[role]

    @property
    def negated(self) -> bool:
        """Whether a verb tells that it did not happen; a noun told so ("no raid") is still told of."""
        return self.unhappened and not self.nominal

    def role(self, role: str) -> list[Entity]:
        """Return the fillers of a role, empty where it has none."""
        return self.roles.get(role, [])

    @property
    def position(self) -> tuple[int, int]:
        """Place of the trigger in the report: tree and token."""
        return self.tree, self.trigger.i

    @property
    def sentence(self) -> tuple[int, int]:
        """The sentence of the trigger: tree and number in it."""
        return self.tree, self.trigger.sent

    def shares_sentence(self, other: Draft) -> bool:
        """Return whether two triggers stand in one sentence."""
        return self.sentence == other.sentence


@dataclass(slots=True)
class Saying:
    """A claim, denial or assessment: who makes it, of which drafts, in which words.

    `about` is empty where the text leaves the event to be found before it; the reading of the report
    fills it in. `text` is the span of an assessment.
    """

    type: str
    trigger: Token
    agents: list[Entity] = field(default_factory=list)
    about: list[Draft] = field(default_factory=list)
    negated: bool = False
    text: tuple[int, int] = (0, 0)
    tree: int = 0

    def apart(self) -> list[Saying]:
        """Return one saying for each of those who make it, itself where nobody does."""
        return [replace(self, agents=[agent]) for agent in self.agents] or [self]

    @property
    def position(self) -> tuple[int, int]:
        """Place of the trigger in the report: tree and token."""
        return self.tree, self.trigger.i
