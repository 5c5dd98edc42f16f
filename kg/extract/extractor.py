"""The composition: a report's text to its mentions and facts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from kg.extract import lexicon as lexicons
from kg.extract.assemble import Assembler
from kg.extract.claims import Claims, Saying
from kg.extract.entities import Entities, Entity
from kg.extract.events import Draft, Events
from kg.extract.measures import Measures
from kg.extract.mentions import Mentions
from kg.extract.merge import Merger, attach_dates, attach_tolls, holds, settle
from kg.extract.names import Name, Names
from kg.extract.reference import References
from kg.extract.relations import Relations
from kg.extract.scope import RANK, Scope, Stance
from kg.extract.syntax import Tree, trees
from kg.extract.times import Times
from kg.gazetteer import Gazetteer
from kg.model import Extraction, Fact, Report
from kg.registry import Registry

BATCH = 64  # reports parsed at a time
RELATION_TYPES = frozenset(
    {
        "allegiance",
        "affiliation",
        "membership",
        "leadership",
        "control",
        "support",
        "merger",
        "split",
        "designation",
    }
)


class Extractor:
    """Reads facts out of reports; made once, used for many."""

    def __init__(self, registry: Registry, gazetteer: Gazetteer | None = None) -> None:
        self.registry = registry
        self.lexicon = lexicons.load()
        self.names = Names(gazetteer or Gazetteer(registry), registry, self.lexicon)
        self.times = Times(self.lexicon)
        self.mentions = Mentions(self.lexicon, registry.demonyms)
        self.demonyms = {d.lower(): countries[0] for d, countries in registry.demonyms.items()}

    def extract(self, reports: Iterable[Report]) -> Iterator[Extraction]:
        """Yield the extraction of each report, in order; links are left to `kg.resolve`."""
        waiting = iter(reports)
        while batch := list(itertools.islice(waiting, BATCH)):
            named = [self.names.find(r.text) for r in batch]
            parsed = trees(
                ((r.text, n) for r, n in zip(batch, named, strict=True)), plurals=self.lexicon.plurals
            )
            for report, names, found in zip(batch, named, parsed, strict=True):
                yield self._read(report, names, found)

    def _read(self, report: Report, names: Sequence[Name], found: tuple[Tree, ...]) -> Extraction:
        reading = _Reading(self, report, found)
        facts = reading.facts()
        return Extraction(report, self.mentions.find(report, names, found, reading.entities), tuple(facts))


class _Reading:
    """The stages of one report, each on what the one before left."""

    def __init__(self, extractor: Extractor, report: Report, found: tuple[Tree, ...]) -> None:
        self.lexicon = extractor.lexicon
        self.report, self.trees = report, found
        demonyms = extractor.demonyms
        self.entities = [Entities(tree, self.lexicon, demonyms) for tree in found]
        self.scopes = [Scope(t, e, self.lexicon) for t, e in zip(found, self.entities, strict=True)]
        self.references = References(found, self.entities)
        self.accounts: list[Draft] = []
        self.moments = extractor.times.find(report.text, report.published)

    def facts(self) -> list[Fact]:
        """Return the facts in text order, what is said of them after them."""
        events, sayings, relations = self._drafts()
        for draft in events:
            draft.negated = (
                not draft.nominal and self.scopes[draft.tree].of(draft.trigger).certainty == "negated"
            )
            draft.roles = {role: [self._plain(e) for e in entities] for role, entities in draft.roles.items()}
        merger = Merger(self.trees, self.lexicon)
        kept = merger.merge(events)
        assembler = Assembler(self.report, self.trees, self.references)
        facts: list[Fact] = []
        for saying in sayings:
            saying.about = list({id(d): d for d in map(merger.final, self._about(saying, kept))}.values())
            if saying.type == "claim" and not saying.negated:
                saying.about = [self._rival(saying, d) for d in saying.about]
            for draft in saying.about:
                draft.claimed = draft.claimed or saying.type != "assessment"
        for draft in sorted([*kept, *relations], key=lambda d: d.trigger.start):
            if draft.type not in RELATION_TYPES:
                settle(draft)
                nearby = any(
                    k.type == "clash"
                    and len(k.role("party")) > 1
                    and (k.tree, k.trigger.sent) == (draft.tree, draft.trigger.sent)
                    for k in kept
                )
                if not holds(draft, cued=self._cued(draft), nearby=nearby):
                    continue
            stance = self._stance(draft)
            if made := assembler.fact(draft, stance):
                facts.append(made)
                sayings += self._own(draft, stance)
        facts += self._retellings(kept, merger, assembler)
        for saying in sayings:
            stance = self.scopes[saying.tree].of(saying.trigger)
            for draft in saying.about:
                made = assembler.saying(saying, draft, stance)
                if made is not None and all(
                    (made.type, made.about, made.roles) != (f.type, f.about, f.roles) for f in facts
                ):
                    facts.append(made)
        return facts

    def _drafts(self) -> tuple[list[Draft], list[Saying], list[Draft]]:
        events: list[Draft] = []
        sayings: list[Saying] = []
        relations: list[Draft] = []
        said = self.lexicon.says("say", "verbs") | self.lexicon.says("media", "nouns")
        for number, tree in enumerate(self.trees):
            drafts = Events(tree, self.entities[number], self.lexicon).drafts()
            bonds = Relations(tree, self.entities[number], self.lexicon).drafts()
            for draft in [*drafts, *bonds]:
                draft.tree = number
            accounts = attach_tolls(
                tree, Measures(tree, self.entities[number], self.lexicon).tolls(), drafts, self.scopes[number]
            )
            attach_dates(tree, self.moments, [*drafts, *bonds], said)
            by_token = {d.trigger.i: d for d in [*reversed(bonds), *drafts]}
            claims = Claims(self.scopes[number], self.lexicon, by_token)
            found = claims.sayings()
            for saying in found:
                saying.tree = number
            accounts += claims.accounts
            for account in accounts:
                account.tree = number
            self.accounts += accounts
            events, sayings, relations = events + drafts, sayings + found, relations + bonds
        return events, sayings, relations

    def _plain(self, entity: Entity) -> Entity:
        """Return what a pronoun stands for, others as they are."""
        return (self.references.resolved(entity) or entity) if entity.pronoun else entity

    def _rival(self, saying: Saying, draft: Draft) -> Draft:
        """Return the draft that a claim is about: a new account where the event was laid to another."""
        mine = {a.label.lower() for a in map(self._plain, saying.agents)}
        if (
            not draft.accused
            or not mine
            or mine & {a.label.lower() for a in map(self._plain, draft.role("agent"))}
        ):
            return draft
        account = Draft(
            "attack",
            saying.trigger,
            draft.entry,
            certainty="claimed",
            speakers=list(saying.agents),
            retells=draft,
            tree=saying.tree,
        )
        account.add("agent", list(saying.agents))
        self.accounts.append(account)
        return account

    def _about(self, saying: Saying, kept: list[Draft]) -> list[Draft]:
        """Return what a saying is about: the event it names, else the last one told before it."""
        if saying.type == "denial":
            deniers = {a.label.lower() for a in map(self._plain, saying.agents)}
            laid = [
                d
                for d in [*kept, *self.accounts]
                if (d.tree, d.trigger.i) < (saying.tree, saying.trigger.i)
                and (d.accused or d in self.accounts)
            ]
            own = [d for d in laid if deniers & {a.label.lower() for a in map(self._plain, d.role("agent"))}]
            if (own or laid) and (not saying.about or own):
                return (own or laid)[-1:]
        if saying.about or saying.type == "assessment":
            return saying.about
        before = [d for d in kept if (d.tree, d.trigger.i) < (saying.tree, saying.trigger.i)]
        return before[-1:] or kept[:1]

    def _retellings(self, kept: list[Draft], merger: Merger, assembler: Assembler) -> list[Fact]:
        """Return the facts of rival accounts, tied to the event that they are of."""
        facts = []
        for account in self.accounts:
            if account.retells is None:
                before = [
                    d
                    for d in kept
                    if (d.tree, d.trigger.i) < (account.tree, account.trigger.i)
                    and d.type in ("attack", "operation", "killing", "capture")
                ]
                account.retells = before[-1] if before else None
            if account.retells is None:
                continue
            account.retells = merger.final(account.retells)
            account.type = account.retells.type if account.retells.type != "killing" else "attack"
            if not account.role("agent") or account.type != "operation":
                stance = Stance(account.certainty, list(account.speakers), account.cue)
                if made := assembler.fact(account, stance):
                    facts.append(made)
        return [f for f in facts if f.retells]

    def _own(self, draft: Draft, stance: Stance) -> list[Saying]:
        """Return the claim that an armed group makes by telling of its own deed ("X said its men had …")."""
        speaker = next(iter(stance.speakers), None)
        if stance.certainty != "claimed" or speaker is None or speaker.cls != "armed" or draft.claimed:
            return []
        foes = [
            t for role in ("target", "victim") for t in draft.role(role) if t.cls in ("force", "government")
        ]
        if not draft.role("agent") and foes and draft.type in ("attack", "killing", "capture"):
            return [Saying("claim", draft.trigger, [speaker], [draft], tree=draft.tree)]
        mine = [
            a
            for a in draft.role("agent")
            if a.start == speaker.start
            or a.label.lower() in ("it", "they", "we")
            or any(k.tag == "PRP$" for k in self.trees[draft.tree].kids(a.head, "poss"))
        ]
        if not mine or draft.type not in ("attack", "killing", "capture"):
            return []
        return [Saying("claim", draft.trigger, [speaker], [draft], tree=draft.tree)]

    def _cued(self, draft: Draft) -> bool:
        sentence = {t.lemma for t in self.trees[draft.tree].sentence(draft.trigger.i)}
        sentence |= {t.text.lower() for t in self.trees[draft.tree].sentence(draft.trigger.i)}
        return any(sentence & cues for cues in self.lexicon.domains.values())

    def _stance(self, draft: Draft) -> Stance:
        """Return the stance of a draft: of its trigger, of hedged agents, of who accused whom."""
        if draft.presupposed:
            return Stance()
        stance = self.scopes[draft.tree].of(draft.trigger)
        if RANK.index(draft.certainty) > RANK.index(stance.certainty):
            stance.certainty, stance.cue = draft.certainty, draft.cue or stance.cue
        stance.speakers = draft.speakers or stance.speakers
        hedges = self.lexicon.says("suspect", "adjectives")
        for entity in draft.role("agent"):
            words = {k.text.lower() for k in self.trees[draft.tree].kids(entity.head, "amod", "acl", "relcl")}
            if words & hedges:
                stance.raise_to("suspected", sorted(words & hedges)[0])
        return stance
