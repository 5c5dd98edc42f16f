"""Reading one report: the stages from its trees to its facts, each on what the one before left."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from kg.extract.assemble import Assembler
from kg.extract.attachment import attach_dates, attach_tolls
from kg.extract.attribution import in_passing, parted
from kg.extract.draft import Draft, Saying
from kg.extract.entity import STATE_SIDE, Entity
from kg.extract.events import events
from kg.extract.grounding import grounded, history
from kg.extract.measures import Measures
from kg.extract.merge import Merger
from kg.extract.outcomes import outcome
from kg.extract.passage import Passage
from kg.extract.reference import References
from kg.extract.relations import agreements, relations
from kg.extract.sayings import sayings
from kg.extract.scope import stance_of
from kg.extract.stance import RANK, Stance
from kg.extract.times import Moment
from kg.extract.told import Told
from kg.extract.weighing import holds, settle
from kg.model import Fact, Report

_FOUGHT = frozenset({"attack", "operation", "killing", "capture"})  # what a rival account can be of
_DEEDS = frozenset({"attack", "killing", "capture"})  # what a group claims by telling of it
_PARTIES = frozenset({"armed", "force", "government", "official", "place", "source"})
_CLAIMING = frozenset({"armed", "force", "government", "unknown", "media", "official", "person", "community"})
_LOOK_BACK = 3  # passages between a claim or denial and the event that it leaves unnamed
_REACH = 200  # events before a saying within which it can mean one
_OWN = frozenset({"it", "they", "we"})


class Reading:
    """The facts of one report.

    Args:
        report: the report.
        passages: its passages in text order.
        moments: the date phrases of its text.
    """

    def __init__(self, report: Report, passages: Sequence[Passage], moments: Sequence[Moment]) -> None:
        self.passages, self.moments = passages, moments
        trees = [p.tree for p in passages]
        self.past = [history(p) for p in passages]  # sentences, a set for each passage
        self.references = References(passages)
        self.merger = Merger(trees)
        self.assembler = Assembler(report, trees, self.references, passages[0].lexicon)
        self.events: list[Draft] = []
        self.relations: list[Draft] = []
        self.sayings: list[Saying] = []
        self.accounts: list[Draft] = []  # rival accounts: another culprit, another toll

    def facts(self) -> list[Fact]:
        """Return the facts in text order, rival accounts after them, what is said of them last."""
        for passage in self.passages:
            self._draft(passage)
        for draft in self.events:
            self._resolve(draft)
        kept = self.merger.merge(self.events)
        for saying in self.sayings:
            self._settle_about(saying, kept)
        return [*self._told(kept), *self._retold(kept), *self._said()]

    # drafts

    def _draft(self, passage: Passage) -> None:
        """Add the drafts, sayings and rival accounts of one passage."""
        bonds = relations(passage)
        taken = [d for d in bonds if d.type == "capture"]
        bonds = [d for d in bonds if d.type != "capture"]
        told = _with_terms(events(passage), [*agreements(passage), *taken])
        accounts = attach_tolls(passage, Measures(passage, self.moments).tolls(), told, self.events)
        attach_dates(passage, self.moments, [*told, *bonds])
        by_token = {d.trigger.i: d for d in [*reversed(bonds), *told]}
        said, accusing = sayings(Told(passage, dict(sorted(by_token.items()))))
        for saying in said:
            saying.tree = passage.number
        self.events += told
        self.relations += bonds
        self.sayings += said
        self.accounts += [*accounts, *accusing]

    def _resolve(self, draft: Draft) -> None:
        """Put antecedents for the pronouns of a draft, and note whether its verb is negated."""
        certainty = stance_of(self.passages[draft.tree], draft.trigger).certainty
        draft.unhappened = certainty == "negated"
        for role, found in draft.roles.items():
            acting = role in ("agent", "party") and draft.type in _FOUGHT | {"clash"}
            draft.roles[role] = [self._plain(e, fighting=acting) for e in found]

    def _plain(self, entity: Entity, *, fighting: bool = False) -> Entity:
        """Return what a pronoun stands for, others as they are; who fights is a fighter, if any was told."""
        fighter = self.references.fighter(entity) if fighting and entity.pronoun else None
        if fighter is not None:
            return fighter
        return (self.references.resolved(entity) or entity) if entity.pronoun or entity.owner else entity

    def _keys(self, entities: Iterable[Entity]) -> set[str]:
        return {self._plain(e).key for e in entities}

    # sayings

    def _settle_about(self, saying: Saying, kept: Sequence[Draft]) -> None:
        """Fix which drafts a saying is about, and note in them that it is made."""
        about = [self.merger.final(draft) for draft in self._about(saying, kept)]
        saying.about = list({id(draft): draft for draft in about}.values())
        if saying.type == "claim" and not saying.negated:
            saying.about = [self._rival(saying, draft) for draft in saying.about]
        for draft in saying.about:
            draft.claimed = draft.claimed or (saying.type != "assessment" and _is_of_field(saying))

    def _about(self, saying: Saying, kept: Sequence[Draft]) -> list[Draft]:
        """Return what a saying is about: the event it names, else the last one told before it."""
        if saying.type == "denial":
            laid = [d for d in _before(kept, saying.position) if d.accused]
            laid += [d for d in self.accounts if d.position < saying.position]
            deniers = self._keys(saying.agents)
            own = [d for d in laid if deniers & self._keys(d.role("agent"))]
            if own or (laid and not saying.about):
                return (own or laid)[-1:]
        if saying.about or saying.type == "assessment":
            return saying.about
        before = _before(kept, saying.position)
        near = [d for d in before if saying.tree - d.tree <= _LOOK_BACK]
        return list(near[-1:]) or (list(kept[:1]) if not before else [])

    def _rival(self, saying: Saying, draft: Draft) -> Draft:
        """Return the draft that a claim is about: a new account where the event was laid to another."""
        claimants = self._keys(saying.agents)
        if not draft.accused or not claimants or claimants & self._keys(draft.role("agent")):
            return draft
        account = Draft("attack", saying.trigger, draft.entry, saying.tree, certainty="claimed")
        account.speakers, account.retells = list(saying.agents), draft
        account.add("agent", saying.agents)
        self.accounts.append(account)
        return account

    # facts

    def _told(self, kept: Sequence[Draft]) -> list[Fact]:
        """Return the facts of events and relations in text order; a group's own telling becomes a claim."""
        fights = {k.sentence for k in kept if k.type == "clash" and len(k.role("party")) > 1}
        told = [d for d in kept if self._holds(d, fights)]
        facts = []
        for draft in sorted([*told, *self.relations], key=lambda d: d.trigger.start):
            stance = self._stance(draft)
            if made := self.assembler.fact(draft, stance, outcome(self.passages[draft.tree], draft)):
                facts.append(made)
                self.sayings += self._own_telling(draft, stance) or self._negation(draft, stance)
        return facts

    def _holds(self, draft: Draft, fights: Collection[tuple[int, int]]) -> bool:
        """Settle the type of a draft and return whether it states an event; `fights` are told in these."""
        settle(draft)
        passage = self.passages[draft.tree]
        if draft.trigger.sent in self.past[draft.tree]:
            return False
        sentence = [
            t for t in passage.tree.sentence(draft.trigger.i) if not parted(passage, draft.trigger, t)
        ]
        words = {w for t in sentence for w in (t.lemma, t.form)}
        pairs = {f"{a.lemma} {b.lemma}" for a, b in pairwise(sentence)}
        cued = any((words | pairs) & cues for cues in passage.lexicon.domains.values())
        political = passage.lexicon.domains.get("politics", frozenset())
        if (words | pairs) & political and not any(e.name or e.names for e in _fillers(draft)):
            return False  # rebels in a party
        nearby = draft.sentence in fights or (
            draft.type == "capture" and any(t.name and t.name.cls == "armed" for t in sentence)
        )
        return holds(draft, passage.lexicon, cued=cued, nearby=nearby) and grounded(draft, passage)

    def _stance(self, draft: Draft) -> Stance:
        """Return the stance of a draft: of its trigger, of hedged agents, of who accused whom."""
        passage = self.passages[draft.tree]
        if draft.presupposed:
            return in_passing(passage, draft.trigger)
        stance = stance_of(passage, draft.trigger)
        if RANK.index(draft.certainty) > RANK.index(stance.certainty):
            stance.certainty, stance.cue = draft.certainty, draft.cue or stance.cue
        if draft.accused and draft.speakers:  # who tells it, and who lays it to whom
            accusers = {s.start for s in draft.speakers}
            told = [s for s in stance.speakers if s.start not in accusers]
            stance.speakers = [*draft.speakers, *told]
        stance.speakers = stance.speakers if draft.accused else draft.speakers or stance.speakers
        hedges = passage.lexicon.says("suspect", "adjectives")
        for entity in draft.role("agent"):
            tree = self._home(entity).tree
            words = {k.form for k in tree.kids(entity.head, "amod", "acl", "relcl")}
            words.add(tree.before(entity.start))
            if words & hedges:
                stance.raise_to("suspected", min(words & hedges))
        return stance

    def _home(self, entity: Entity) -> Passage:
        """Return the passage that an entity stands in; a merged draft has fillers from several."""
        position = bisect_right(self.passages, entity.start, key=lambda p: p.tree.start) - 1
        return self.passages[max(position, 0)]

    def _own_telling(self, draft: Draft, stance: Stance) -> list[Saying]:
        """Return the claim that an armed group makes by telling of its own deed ("X said its men had …")."""
        speaker = next(iter(stance.speakers), None)
        if speaker is None or speaker.cls != "armed" or stance.certainty != "claimed":
            return []
        if draft.claimed or draft.type not in _DEEDS:
            return []
        agents = draft.role("agent")
        foes = [e for role in ("target", "victim") for e in draft.role(role) if e.cls in STATE_SIDE]
        mine = any(self._is_own(agent, speaker) for agent in agents)
        if not mine and (agents or not foes):
            return []
        return [Saying("claim", draft.trigger, [speaker], [draft], tree=draft.tree)]

    def _negation(self, draft: Draft, stance: Stance) -> list[Saying]:
        """Return the denial that a party makes by saying that something did not happen."""
        speaker = next((s for s in stance.speakers if s.cls in _PARTIES), None)
        if stance.certainty != "negated" or speaker is None or draft.type not in _FOUGHT | {"clash"}:
            return []
        if draft.entry.effect and not draft.nominal:  # "none of its men was hurt" denies no event
            return []
        if any(s.type == "denial" and draft in s.about for s in self.sayings):
            return []
        return [Saying("denial", draft.trigger, [speaker], [draft], tree=draft.tree)]

    def _is_own(self, agent: Entity, speaker: Entity) -> bool:
        """Whether the agent of a draft is its speaker, or men of its speaker."""
        if agent.start == speaker.start or agent.key in _OWN:
            return True
        owners = self._home(agent).tree.kids(agent.head, "poss")
        return any(k.tag == "PRP$" for k in owners)

    def _retold(self, kept: Sequence[Draft]) -> list[Fact]:
        """Return the facts of rival accounts, tied to the event that they are of."""
        facts = []
        made = [d for d in kept if self.assembler.has(d)]
        for account in self.accounts:
            host = account.retells or self._last_fought(account, made)
            host = self.merger.final(host) if host is not None else None
            if host is None or not self.assembler.has(host):
                continue
            account.retells = host
            account.type = "attack" if host.type == "killing" else host.type
            if not account.role("agent") or account.type != "operation":
                stance = Stance(account.certainty, list(account.speakers), account.cue)
                facts.append(self.assembler.fact(account, stance))
        return [f for f in facts if f]

    @staticmethod
    def _last_fought(account: Draft, kept: Sequence[Draft]) -> Draft | None:
        before = reversed(_before(kept, account.position))
        return next((d for d in before if d.type in _FOUGHT), None)

    def _said(self) -> list[Fact]:
        """Return the facts of sayings, without those that say the same of the same."""
        facts: dict[tuple[object, ...], Fact] = {}
        for saying in (one for told in self.sayings for one in told.apart()):
            stance = stance_of(self.passages[saying.tree], saying.trigger)
            for draft in self._facts_about(saying):
                if made := self.assembler.saying(saying, draft, stance):
                    facts.setdefault((made.type, made.about, made.roles), made)
        return list(facts.values())

    def _facts_about(self, saying: Saying) -> list[Draft]:
        """Return the drafts that a saying is about; for one that states nothing, the last fact before."""
        if saying.type == "assessment" or all(self.assembler.has(d) for d in saying.about):
            return saying.about
        before = [d for d in _before(self.events, saying.position) if saying.tree - d.tree <= _LOOK_BACK]
        near = [d for d in before if self.assembler.has(d) and d.type in _FOUGHT]
        return near[-1:] or saying.about


def _with_terms(told: Sequence[Draft], terms: Sequence[Draft]) -> list[Draft]:
    """Return the events with the agreements: those of one sentence are one, of the parties of both."""
    found = list(told)
    for draft in terms:
        same = (d for d in found if d.type == draft.type and d.shares_sentence(draft))
        host = next(same, None)
        if host is None:
            found.append(draft)
        elif draft.type == "agreement":
            host.add("party", draft.role("party"))
            host.places += draft.places
    return sorted(found, key=lambda d: d.trigger.i)


def _before(drafts: Sequence[Draft], position: tuple[int, int]) -> Sequence[Draft]:
    """Return the drafts lately told before a place in the report, of drafts in text order."""
    last = bisect_left(drafts, position, key=lambda d: d.position)
    return drafts[max(0, last - _REACH) : last]


def _is_of_field(saying: Saying) -> bool:
    """Whether a claim or denial is one of an armed group, a power or somebody named, or of nobody."""
    return saying.negated or any(a.cls in _CLAIMING or a.pronoun for a in saying.agents)


def _fillers(draft: Draft) -> list[Entity]:
    return [e for role in ("agent", "target", "victim", "party") for e in draft.role(role)]
