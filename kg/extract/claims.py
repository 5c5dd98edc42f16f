"""Claims of responsibility, denials, accusations and assessments: what is said of an event already drafted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.arguments import verb_arguments
from kg.extract.entities import Entities, Entity
from kg.extract.events import Draft
from kg.extract.lexicon import Lexicon, Trigger
from kg.extract.scope import Scope
from kg.extract.syntax import Token, Tree

CLAIMANTS = frozenset({"armed", "unknown", "person", "media", "source", "pronoun", "community", "other"})
SELF = frozenset({"it", "they", "its", "their", "he", "his", "we", "our", "themselves", "itself"})


@dataclass(slots=True)
class Saying:
    """A claim, denial or assessment: who makes it, of which drafts, in which words.

    `about` is empty where the text leaves the event to be found before it.
    """

    type: str
    trigger: Token
    agents: list[Entity] = field(default_factory=list)
    about: list[Draft] = field(default_factory=list)
    negated: bool = False
    text: tuple[int, int] = (0, 0)
    tree: int = 0


class Claims:
    """Finds what is said of the events of one tree; `drafts` are those events, by their trigger token."""

    def __init__(self, scope: Scope, lexicon: Lexicon, drafts: dict[int, Draft]) -> None:
        self.scope, self.lexicon, self.drafts = scope, lexicon, drafts
        self.accounts: list[Draft] = []  # accusations that add a culprit to an event told before
        self.tree: Tree = scope.tree
        self.entities: Entities = scope.entities

    def sayings(self) -> list[Saying]:
        """Return claims, denials and assessments in text order; accusations are written into the drafts."""
        found: list[Saying] = []
        for token in self.tree.tokens:
            if token.tag.startswith("VB"):
                found += self._claim_verb(token)
                found += self._deny_verb(token)
                self._accuse(token)
            found += self._claim_noun(token)
            found += self._behind(token)
            found += self._own_work(token)
        found += self._unclaimed()
        found += self._phrases()
        found += self._assessments()
        return _distinct(found)

    def events_below(self, heads: list[int]) -> list[Draft]:
        """Return the drafts whose trigger is one of some heads, coordinated with it, or in its of-phrase."""
        found = []
        for head in heads:
            for i in self.tree.conjuncts(head):
                if i in self.drafts:
                    found.append(self.drafts[i])
                    continue
                for j in self.tree.subtree(i):
                    if j in self.drafts and self.tree.tokens[j].dep in (
                        "pobj",
                        "dobj",
                        "conj",
                        "pcomp",
                        "ccomp",
                        "acl",
                        "compound",
                        "relcl",
                        "appos",
                    ):
                        found.append(self.drafts[j])
                        break
        return found

    def _agents(self, heads: list[int]) -> list[Entity]:
        """Return the claimants behind some heads: a message claims for the group it comes from."""
        found: list[Entity] = []
        for entity in self.entities.all_of(heads):
            if entity.cls in ("source", "media", "other") and not entity.name:
                found += self._senders(entity)
            elif entity.cls in CLAIMANTS or entity.pronoun:
                found.append(entity)
        return found

    def _senders(self, entity: Entity) -> list[Entity]:
        """Return the armed bodies that a message names as its sender, else the subject it hangs on."""
        below = [
            t.i
            for t in (self.tree.tokens[i] for i in self.tree.subtree(entity.head))
            if t.name in entity.names and t.name is not None
        ]
        named = [e for e in self.entities.all_of(below) if e.cls == "armed"]
        if named:
            return named[:1]
        for verb in self.tree.ancestors(entity.head):
            if verb.pos in ("VERB", "AUX"):
                return [
                    e
                    for e in self.entities.all_of(verb_arguments(self.tree, verb.i).subjects)
                    if e.cls in ("armed", "unknown") and e.head != entity.head
                ][:1]
        return [entity] if entity.cls == "media" else []

    def _claim_verb(self, token: Token) -> Iterator[Saying]:
        """Read "X claimed (responsibility for) Y", "Y was claimed by X", "took credit for Y"."""
        lex = self.lexicon
        args = verb_arguments(self.tree, token.i)
        objects = [self.tree.tokens[o] for o in args.objects]
        stake = next(
            (
                o
                for o in objects
                if o.lemma in ("responsibility", "credit", "authorship", "ownership", "paternity")
            ),
            None,
        )
        plain = token.lemma in lex.says("claim", "verbs")
        if stake is None and token.lemma == "claim":
            stake_prep = [h for p, h in args.preps if self.tree.tokens[h].lemma == "responsibility"]
            stake = self.tree.tokens[stake_prep[0]] if stake_prep else None
        kids = {k.lemma for k in self.tree.kids(token.i)}
        if any(
            e.split()[0] == token.lemma and set(e.split()[1:]) <= kids for e in lex.says("claim", "vouch")
        ):
            about = self.events_below([h for p, h in args.preps if p in ("to", "for")])
            if about:
                yield from self._made(token, args.subjects, about)
            return
        if stake is not None and (plain or token.lemma in lex.says("claim", "light")):
            heads = [h for p, h in args.preps if p in ("for", "of")]
            heads += [
                h.i for k in self.tree.kids(stake.i, "prep") for h in self.tree.kids(k.i, "pobj", "pcomp")
            ]
            heads += [h.i for k in self.tree.kids(token.i, "prep") for h in self.tree.kids(k.i, "pcomp")]
            about = self.events_below(heads)
            yield from self._made(token, args.agents or [s for s in args.subjects if s != stake.i], about)
        elif token.lemma == "claim":
            about = [self.drafts[o] for o in args.objects if o in self.drafts]
            about += [d for o in args.objects for d in self.events_below([o]) if d not in about]
            complement = [k.i for k in self.tree.kids(token.i, "ccomp", "xcomp")]
            told = self.events_below(complement)
            if about or told:
                yield from self._made(token, args.agents or args.subjects, about or told)
            elif (
                not args.objects
                and not args.agents
                and any(e.cls == "armed" for e in self._agents(args.subjects))
            ):
                before = [
                    d
                    for i, d in sorted(self.drafts.items())
                    if i < token.i and d.trigger.sent == token.sent and d.nominal
                ]
                yield from self._made(token, args.subjects, before[-1:])
            elif args.agents and not args.objects:
                rest = [
                    d for i, d in sorted(self.drafts.items()) if d.trigger.sent == token.sent and d.nominal
                ]
                yield from self._made(token, args.agents, rest[:1])

    def _made(self, token: Token, heads: list[int], about: list[Draft]) -> Iterator[Saying]:
        agents = self._agents(heads)
        nobody = any(k.lemma in ("no", "not", "neither") for h in heads for k in self.tree.kids(h)) or any(
            self.tree.tokens[h].lemma in ("nobody", "none") for h in heads
        )
        nobody = nobody or any(
            self.tree.tokens[h].text.lower() == "no" and self.tree.tokens[h + 1].text.lower() == "one"
            for h in heads
            if h + 1 < len(self.tree.tokens)
        )
        negated = nobody or self.scope.of(token).certainty == "negated"
        if not agents and not negated:
            return
        for draft in about:
            draft.claimed = True
        yield Saying("claim", token, [] if nobody else agents, about, negated)

    def _claim_noun(self, token: Token) -> Iterator[Saying]:
        """Read "a claim from X for Y", "X's claim of the attack"."""
        if token.lemma != "claim" or token.pos not in ("NOUN", "PROPN"):
            return
        heads = [k.i for k in self.tree.kids(token.i, "poss", "compound")]
        preps = [(k.lemma, p.i) for k in self.tree.kids(token.i, "prep") for p in self.tree.kids(k.i, "pobj")]
        agents = self._agents(heads + [p for w, p in preps if w in ("by", "from")])
        about = self.events_below([p for w, p in preps if w in ("for", "of")])
        agents = [a for a in agents if a.cls in ("armed", "unknown", "person")]
        if agents and (about or token.dep != "conj"):
            for draft in about:
                draft.claimed = True
            yield Saying("claim", token, agents, about)

    def _behind(self, token: Token) -> Iterator[Saying]:
        """Read "X said it was behind Y", "X was responsible for Y" (of others: X is the agent)."""
        if token.lemma not in self.lexicon.says("claim", "behind") or token.name:
            return
        verb = self.tree.tokens[token.head]
        preps = [p.i for p in self.tree.kids(token.i, "pobj")] + [
            p.i for k in self.tree.kids(token.i, "prep") for p in self.tree.kids(k.i, "pobj")
        ]
        about = self.events_below(preps)
        if not about:
            return
        subjects = verb_arguments(self.tree, verb.i).subjects if verb.pos in ("VERB", "AUX") else []
        stance = self.scope.of(token if token.pos == "ADJ" else verb)
        for entity in self.entities.all_of(subjects):
            speakers = [s for s in stance.speakers if s.cls == "armed" or s.pronoun]
            if entity.label.lower() in SELF and speakers:
                for draft in about:
                    draft.claimed = True
                yield Saying("claim", token, speakers, about, stance.certainty == "negated")
            elif entity.cls in ("armed", "force", "government", "person", "place", "unknown"):
                for draft in about:
                    draft.add("agent", [entity])
                    draft.certainty = stance.certainty
                    draft.speakers = draft.speakers or list(stance.speakers)

    def _own_work(self, token: Token) -> Iterator[Saying]:
        """Read "said the attack was its work", "called the raid its own"."""
        if token.lemma not in self.lexicon.says("claim", "work") or (
            token.lemma == "own" and token.dep not in ("oprd", "attr", "dobj", "ccomp", "acomp", "xcomp")
        ):
            return
        owners = list(self.tree.kids(token.i, "poss")) or [
            t for t in self.tree.tokens[max(0, token.i - 1) : token.i] if t.text.lower() in SELF
        ]
        if not owners or not (owners[0].text.lower() in SELF or self.entities.at(owners[0].i).cls == "armed"):
            return
        for verb in self.tree.ancestors(token.i):
            if verb.pos not in ("VERB", "AUX"):
                continue
            args = verb_arguments(self.tree, verb.i)
            about = [d for h in [*args.subjects, *args.objects] for d in self.events_below([h])]
            agents = [e for e in self._agents(args.subjects) if e.head not in self.drafts]
            if about and agents and verb.lemma not in ("be",):
                for draft in about:
                    draft.claimed = True
                yield Saying("claim", token, agents, about)
                return
            if about:
                speakers = self.scope.of(verb).speakers
                if speakers:
                    for draft in about:
                        draft.claimed = True
                    yield Saying("claim", token, speakers[:1], about)
                    return

    def _unclaimed(self) -> Iterator[Saying]:
        for token in self.tree.tokens:
            if token.lemma == "unclaimed" or token.text.lower() == "unclaimed":
                about = [d for _, d in sorted(self.drafts.items()) if d.trigger.sent == token.sent][:1]
                yield Saying("claim", token, [], about, negated=True)

    def _deny_verb(self, token: Token) -> Iterator[Saying]:
        """Read "X denied (any part in) Y", "X dismissed the claim"."""
        kids = [k.lemma for k in self.tree.kids(token.i)]
        entries = self.lexicon.says("deny", "verbs")
        phrase = any(e.split()[0] == token.lemma and all(w in kids for w in e.split()[1:]) for e in entries)
        if not phrase:
            return
        args = verb_arguments(self.tree, token.i)
        deniers = [
            e
            for e in self.entities.all_of(args.agents or args.subjects)
            if e.cls
            in (
                "armed",
                "force",
                "government",
                "official",
                "source",
                "media",
                "person",
                "unknown",
                "place",
                "civilian",
                "community",
                "geography",
            )
            or e.pronoun
        ]
        if not deniers or self.tree.kids(token.i, "neg"):
            return
        heads = [
            *args.objects,
            *[h for _, h in args.preps],
            *[k.i for k in self.tree.kids(token.i, "ccomp", "xcomp", "pcomp", "advcl")],
        ]
        heads += [g.i for k in self.tree.kids(token.i, "prep") for g in self.tree.kids(k.i, "pcomp")]
        yield Saying("denial", token, deniers[:1], self.events_below(heads)[:1])

    def _phrases(self) -> Iterator[Saying]:
        """Read denials in set phrases: "had no part in", "nothing to do with", "not ours"."""
        phrases = [p.split() for p in self.lexicon.says("deny", "phrases")]
        for first, last in self.tree.sents:
            words = [t.text.lower() for t in self.tree.tokens[first:last]]
            for phrase in phrases:
                at = next((n for n in range(len(words)) if words[n : n + len(phrase)] == phrase), None)
                if at is None:
                    continue
                token = self.tree.tokens[first + at]
                verb = next(
                    (a for a in [token, *self.tree.ancestors(token.i)] if a.pos in ("VERB", "AUX")), token
                )
                speakers = self.scope.of(verb).speakers
                subjects = [
                    e
                    for e in self.entities.all_of(verb_arguments(self.tree, verb.i).subjects)
                    if e.cls in CLAIMANTS | {"force", "government", "official", "place"}
                ]
                deniers = speakers[:1] or [e for e in subjects if not e.pronoun]
                after = [d for i, d in sorted(self.drafts.items()) if first + at <= i < last]
                if deniers:
                    yield Saying("denial", token, deniers[:1], after[:1])
                break

    def _accuse(self, token: Token) -> None:
        """Write the accused into the draft: "blamed X for Y", "attributed Y to X", "accused X of doing Y"."""
        if token.lemma not in (
            "blame",
            "accuse",
            "attribute",
            "ascribe",
            "pin",
            "suspect",
            "charge",
            "implicate",
        ):
            return
        args = verb_arguments(self.tree, token.i)
        heads = [h for _, h in args.preps]
        clauses = [g.i for k in self.tree.kids(token.i, "prep") for g in self.tree.kids(k.i, "pcomp")]
        events = self.events_below([*heads, *args.objects, *clauses])
        accused = [
            e
            for e in self.entities.all_of([*args.objects, *heads])
            if e.cls in ("armed", "force", "government", "place", "person", "unknown")
            and e.head not in self.drafts
        ]
        if token.lemma in ("attribute", "ascribe", "pin"):
            accused = [
                e
                for e in self.entities.all_of([h for p, h in args.preps if p in ("to", "on")])
                if e.cls in ("armed", "force", "government", "place", "person", "unknown")
            ]
        speakers = [
            e
            for e in self.entities.all_of(args.agents if args.passive else args.subjects)
            if e.head not in self.drafts
        ]
        later = not events and not any(
            d.trigger.sent == token.sent for i, d in self.drafts.items() if i < token.i
        )
        if later and accused and any(not s.pronoun or s.label.lower() in SELF for s in speakers):
            draft = Draft(
                "attack",
                token,
                Trigger("attack", strong=True),
                certainty="suspected",
                cue=token.text,
                speakers=speakers,
            )
            draft.add("agent", accused)
            self.accounts.append(draft)
            return
        if not events:
            before = [
                d for i, d in sorted(self.drafts.items()) if i < token.i and d.trigger.sent == token.sent
            ]
            events = before[-1:] if token.lemma in ("accuse", "blame", "suspect") else []
        for draft in events[:1]:
            starts = {e.start for e in accused}
            for role in ("target", "victim"):
                draft.roles[role] = [e for e in draft.role(role) if e.start not in starts]
            draft.roles = {role: kept for role, kept in draft.roles.items() if kept}
            draft.add("agent", accused)
            draft.certainty, draft.cue = "suspected", token.text
            draft.accused = True
            draft.speakers = speakers

    def _assessments(self) -> Iterator[Saying]:
        """Read "according to X, the attack was largely a failure": a judgement on an event, with a speaker."""
        for i, draft in sorted(self.drafts.items()):
            token = self.tree.tokens[i]
            verb = self.tree.tokens[token.head]
            if token.dep != "nsubj" or verb.lemma != "be" or not draft.definite:
                continue
            attributes = self.tree.kids(verb.i, "attr", "acomp")
            stance = self.scope.of(verb)
            if stance.speakers and any(
                a.lemma in self.lexicon.says("assessment", "adjectives") for a in attributes
            ):
                first = min(self.tree.subtree(i))
                last = max(self.tree.subtree(attributes[-1].i))
                yield Saying(
                    "assessment",
                    verb,
                    stance.speakers[:1],
                    [draft],
                    text=(self.tree.tokens[first].start, self.tree.tokens[last].end),
                )


def _distinct(found: list[Saying]) -> list[Saying]:
    kept: list[Saying] = []
    for saying in found:
        same = [
            k
            for k in kept
            if k.type == saying.type
            and {e.start for e in k.agents} == {e.start for e in saying.agents}
            and (k.about == saying.about or not saying.about)
        ]
        if not same:
            kept.append(saying)
    return kept
