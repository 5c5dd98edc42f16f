"""Lasting relations between actors: pledges, branches, members, leaders, territory, support, mergers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extract.arguments import noun_arguments, prepositional, verb_arguments
from kg.extract.entities import PLACES, Entities, Entity
from kg.extract.events import Draft
from kg.extract.lexicon import Lexicon, Trigger
from kg.extract.syntax import Token, Tree

PARTY = frozenset({"armed", "force", "government", "community", "person", "unknown", "official", "civilian"})
BODIES = frozenset({"armed", "unknown"})


class Relations:
    """Makes the relation drafts of one tree."""

    def __init__(self, tree: Tree, entities: Entities, lexicon: Lexicon) -> None:
        self.tree, self.entities, self.lexicon = tree, entities, lexicon

    def drafts(self) -> list[Draft]:
        """Return the drafts in text order; one for each object of a pledge."""
        verbal: tuple[Callable[[Token], Iterator[Draft]], ...] = (
            self._pledge_verb, self._shift, self._led, self._control, self._support, self._merge, self._split, self._designate, self._join, self._linked,
        )  # fmt: skip
        nominal: tuple[Callable[[Token], Iterator[Draft]], ...] = (
            self._pledge_noun, self._office, self._top, self._branch, self._possessive, self._hyphenated, self._loyal, self._under, self._control_noun,
        )  # fmt: skip
        found: list[Draft] = []
        for token in self.tree.tokens:
            for rule in verbal if token.tag.startswith("VB") else ():
                found += rule(token)
            for rule in nominal:
                for draft in rule(token):
                    draft.presupposed = (
                        token.dep not in ("attr", "dobj", "nsubj", "nsubjpass", "pobj", "ROOT", "oprd")
                        or token.name is not None
                        or rule in (self._hyphenated, self._under)
                    )
                    found.append(draft)
        return _distinct(found)

    def _new(self, kind: str, token: Token, **roles: list[Entity]) -> Iterator[Draft]:
        draft = Draft(kind, token, Trigger(kind))
        for role, entities in roles.items():
            draft.add(role, [e for e in entities if e.label])
            if role in ("agent", "object", "party") and not draft.role(role):
                return
        if {e.start for e in draft.role("agent")} & {e.start for e in draft.role("object")}:
            return
        yield draft

    def _has(self, section: str, key: str, lemma: str) -> bool:
        return lemma in self.lexicon.relates(section, key)

    def _parties(self, heads: list[int], classes: frozenset[str] = PARTY) -> list[Entity]:
        return [e for e in self.entities.all_of(heads) if e.cls in classes or e.pronoun]

    # allegiance

    def _pledge_verb(self, token: Token) -> Iterator[Draft]:
        """Read "swear allegiance to X", "pledge himself to X", "bay'ah to X was given by Y"."""
        if not self._has("allegiance", "verbs", token.lemma):
            return
        args = verb_arguments(self.tree, token.i)
        act = next(
            (o for o in args.objects if self._has("allegiance", "nouns", self.tree.tokens[o].lemma)), None
        )
        reflexive = any(self.tree.tokens[o].text.lower().endswith(("self", "selves")) for o in args.objects)
        if (
            act is None
            and not (reflexive and token.lemma in ("pledge", "swear"))
            and not (token.tag == "VBN" and token.lemma in ("swear", "pledge"))
        ):
            return
        preps = args.preps + (list(prepositional(self.tree, act)) if act is not None else [])
        objects = self._parties(
            [h for p, h in preps if p in ("to", "unto")] + [k.i for k in self.tree.kids(token.i, "dative")]
        )
        agents = self._parties(
            args.agents
            or (
                []
                if args.passive and act is not None
                else args.subjects or [o for o in args.objects if o != act]
            )
        )
        if act is not None:
            agents = agents or self._parties([k.i for k in self.tree.kids(act, "poss")])
        for one in objects:
            for draft in self._new("allegiance", token, agent=agents, object=[one]):
                draft.places += [
                    e for p, h in preps if p == "in" for e in self.entities.all_of([h]) if e.cls in PLACES
                ]
                yield from self._placed(draft)

    def _pledge_noun(self, token: Token) -> Iterator[Draft]:
        """Read "X's oath to Y" where no verb of pledging governs it."""
        if not self._has("allegiance", "nominal_acts", token.lemma) or token.pos not in ("NOUN", "PROPN"):
            return
        head = self.tree.tokens[token.head]
        if token.dep in ("dobj", "nsubjpass") and self._has("allegiance", "verbs", head.lemma):
            return
        args = noun_arguments(self.tree, token.i)
        agents = self._parties(args.owners + args.agents)
        to = [h for p, h in args.preps if p == "to"]
        after = self.tree.tokens[token.i + 1] if token.i + 1 < len(self.tree.tokens) else token
        if not to and after.lemma == "to":
            to = [k.i for k in self.tree.kids(after.i, "pobj")]
        for one in self._parties(to):
            yield from self._new("allegiance", token, agent=agents, object=[one])

    def _shift(self, token: Token) -> Iterator[Draft]:
        """Read "turned to X", "defected to X", "sided with X"."""
        if not self._has("allegiance", "shift", token.lemma):
            return
        args = verb_arguments(self.tree, token.i)
        direction = ("with",) if token.lemma in ("side", "throw") else ("to", "toward")
        objects = [
            e
            for e in self._parties([h for p, h in args.preps if p in direction])
            if e.cls in ("armed", "force", "government")
        ]
        agents = [
            e
            for e in self._parties(args.subjects)
            if e.cls in ("armed", "community", "civilian", "force", "person", "official") or e.pronoun
        ]
        for one in objects:
            for draft in self._new("allegiance", token, agent=agents, object=[one]):
                yield from self._placed(draft)

    def _placed(self, draft: Draft) -> Iterator[Draft]:
        """Add the place that the agent's own phrase names ("clans in the Menaka region")."""
        for entity in draft.role("agent"):
            for prep, head in prepositional(self.tree, entity.head):
                if prep in ("in", "of", "from", "around"):
                    draft.places += [e for e in self.entities.all_of([head]) if e.cls in PLACES]
        yield draft

    def _loyal(self, token: Token) -> Iterator[Draft]:
        """Read "jihadists loyal to X", "X, sworn to Y since 2012"."""
        if (
            (not self._has("allegiance", "adjectives", token.lemma)
            and not self._has("allegiance", "adjectives", token.text.lower()))
            or (token.pos == "VERB"
            and token.dep not in ("acl", "advcl", "amod"))
        ):
            return
        if token.pos == "VERB":
            return  # read as a verb of pledging
        head = self.tree.tokens[token.head]
        agents = [head.i] if head.pos in ("NOUN", "PROPN") else [k.i for k in self.tree.kids(head.i, "nsubj")]
        for one in self._parties([h for p, h in prepositional(self.tree, token.i) if p == "to"]):
            yield from self._new("allegiance", token, agent=self._parties(agents), object=[one])

    # leaders and members

    def _office(self, token: Token) -> Iterator[Draft]:
        """Read "X, leader of Y", "Y spokesman X", "Y's emir, X", "X is the leader of Y"."""
        for kind in ("leadership", "membership"):
            if not self._has(kind, "nouns", token.lemma) or token.pos not in ("NOUN", "PROPN"):
                continue
            bodies = self._bodies(token)
            people = self._holders(token)
            if bodies and people:
                yield from self._new(kind, token, agent=people[:1], object=bodies[:1])
            return

    def _bodies(self, token: Token) -> list[Entity]:
        """Return the armed bodies an office noun belongs to: owner, name before it, of-phrase."""
        heads = [k.i for k in self.tree.kids(token.i, "poss", "compound", "nmod")]
        heads += [h for p, h in prepositional(self.tree, token.i) if p in ("of", "for", "in", "with")]
        heads += [
            g.i
            for k in self.tree.kids(token.i, "compound", "poss")
            for g in self.tree.kids(k.i, "compound", "poss")
            if g.name
        ]
        bodies = [
            e for e in self.entities.all_of(heads) if e.cls == "armed" and (e.name or not e.people or e.names)
        ]
        return bodies or [e for e in self.entities.all_of(heads) if e.label.lower() in ("its", "their")]

    def _holders(self, token: Token) -> list[Entity]:
        """Return the persons who hold an office."""
        heads = [k.i for k in self.tree.kids(token.i, "appos")]
        head = self.tree.tokens[token.head]
        if token.dep in ("appos", "compound", "nmod", "poss"):
            heads.append(head.i)
        if token.dep in ("attr", "oprd", "pobj"):
            verb = head if head.pos in ("VERB", "AUX") else self.tree.tokens[head.head]
            if verb.pos in ("VERB", "AUX"):
                args = verb_arguments(self.tree, verb.i)
                heads += args.subjects if token.dep == "attr" else args.objects
        return [
            e
            for e in self.entities.all_of(heads)
            if e.cls == "person" or (e.cls == "unknown" and self.tree.tokens[e.head].tag == "NNP")
        ]

    def _top(self, token: Token) -> Iterator[Draft]:
        """Read "X stands at the head of Y", "the man in charge of Y", "X holds a command in Y"."""
        if not self._has("leadership", "posts", token.lemma) or token.pos != "NOUN":
            return
        owners = [h for p, h in prepositional(self.tree, token.i) if p in ("of", "in")] + [
            k.i for k in self.tree.kids(token.i, "poss")
        ]
        bodies = [e for e in self._parties(owners) if e.cls == "armed" or e.label.lower() == "its"]
        head = self.tree.tokens[token.head]
        above = (
            self.tree.tokens[head.head] if token.dep == "pobj" and head.lemma in ("at", "in", "as") else head
        )
        if token.dep not in ("pobj", "dobj") or (token.dep == "pobj" and above is head):
            return
        if above.pos in ("VERB", "AUX"):
            around = verb_arguments(self.tree, above.i)
            heads = (
                [h for p, h in around.preps if p == "with"]
                + around.subjects
                + [k.i for k in self.tree.kids(above.i, "dobj", "attr")]
            )
        else:
            heads = [above.i, above.head] if above.dep == "appos" else [above.i]
        people = [
            e for e in self.entities.all_of(heads) if e.cls == "person" or e.pronoun or e.cls == "unknown"
        ]
        yield from self._new("leadership", token, agent=people[:1], object=bodies[:1])

    def _led(self, token: Token) -> Iterator[Draft]:
        """Read "X leads Y", "a group led by X"."""
        if not self._has("leadership", "verbs", token.lemma):
            return
        args = verb_arguments(self.tree, token.i)
        people = [e for e in self._parties(args.agents or args.subjects) if e.cls == "person"]
        bodies = [e for e in self._parties(args.objects) if e.cls == "armed" and not e.people]
        yield from self._new("leadership", token, agent=people, object=bodies[:1])

    def _under(self, token: Token) -> Iterator[Draft]:
        """Read "the unit under X", "the wing that answers to X"."""
        if token.lemma != "under" or token.dep != "prep":
            return
        head = self.entities.at(token.head)
        people = [
            e for e in self._parties([k.i for k in self.tree.kids(token.i, "pobj")]) if e.cls == "person"
        ]
        if head.cls == "armed" and not head.people:
            yield from self._new("leadership", token, agent=people, object=[head])

    def _join(self, token: Token) -> Iterator[Draft]:
        if not self._has("membership", "verbs", token.lemma):
            return
        args = verb_arguments(self.tree, token.i)
        agents = [
            e
            for e in self._parties(args.subjects)
            if e.cls in ("armed", "person", "community", "official", "force")
        ]
        yield from self._new(
            "membership",
            token,
            agent=agents,
            object=[e for e in self._parties(args.objects) if e.cls == "armed"],
        )

    # networks

    def _branch(self, token: Token) -> Iterator[Draft]:
        """Read "X, al Qaeda's branch in Mali", "X is an affiliate of Y"."""
        if not self._has("affiliation", "nouns", token.lemma) or token.pos not in ("NOUN", "PROPN"):
            return
        bodies = [e for e in self._bodies(token) if e.name]
        head = self.tree.tokens[token.head]
        heads = [k.i for k in self.tree.kids(token.i, "appos")]
        if token.dep == "appos":
            heads.append(head.i)
        elif token.dep in ("attr", "oprd"):
            heads += verb_arguments(self.tree, head.i).subjects
        elif token.dep == "compound":
            heads.append(head.i)
        members = [
            e for e in self.entities.all_of(heads) if e.cls in BODIES and (e.name or e.cls == "unknown")
        ]
        if bodies and members:
            kind = "split" if self._has("split", "nouns", token.lemma) else "affiliation"
            yield from self._new(kind, token, agent=members[:1], object=bodies[:1])

    def _possessive(self, token: Token) -> Iterator[Draft]:
        """Read "al Qaeda's JNIM" (a network's branch) and "Shekau's Boko Haram" (a leader's group)."""
        if token.name is None or token.name.cls != "armed":
            return
        for owner in self.tree.kids(token.i, "poss"):
            entity = self.entities.at(owner.i)
            if entity.label.lower() == "its" or (
                entity.cls == "armed" and not entity.name and not entity.people
            ):
                yield from self._new("membership", token, agent=[self.entities.at(token.i)], object=[entity])
            elif entity.name and entity.cls == "armed":
                yield from self._new("affiliation", token, agent=[self.entities.at(token.i)], object=[entity])
            elif entity.cls == "person":
                yield from self._new("leadership", token, agent=[entity], object=[self.entities.at(token.i)])

    def _hyphenated(self, token: Token) -> Iterator[Draft]:
        """Read "al-Qaeda-linked X", "Iran-backed X"."""
        if token.text.lower() not in self.lexicon.relates("affiliation", "adjectives") or token.i < 2:
            return
        dash, name = self.tree.tokens[token.i - 1], self.tree.tokens[token.i - 2]
        if dash.text not in "-–—" or name.name is None:
            return
        head = self.tree.tokens[token.head]
        member = self.entities.at(head.i)
        members = [
            e
            for e in self.entities.all_of([head.i, *[k.i for k in self.tree.kids(head.i, "appos")]])
            if e.cls == "armed" and e.name
        ]
        if member.cls == "armed" and name.name.cls == "armed":
            yield from self._new(
                "affiliation", token, agent=members[:1] or [member], object=[self.entities.at(name.i)]
            )
        elif member.cls == "armed" and token.text.lower() == "backed":
            yield from self._new(
                "support", token, agent=[self.entities.at(name.i)], object=members[:1] or [member]
            )

    def _linked(self, token: Token) -> Iterator[Draft]:
        """Read "a group affiliated with X", "linked to X"."""
        if not self._has("affiliation", "verbs", token.lemma) or token.tag != "VBN":
            return
        args = verb_arguments(self.tree, token.i)
        objects = [
            e for e in self._parties([h for p, h in args.preps if p in ("with", "to")]) if e.cls == "armed"
        ]
        agents = [e for e in self._parties(args.objects or args.subjects) if e.cls == "armed"]
        yield from self._new("affiliation", token, agent=agents, object=objects)

    # territory and support

    def _control(self, token: Token) -> Iterator[Draft]:
        if not self._has("control", "verbs", token.lemma):
            return
        args = verb_arguments(self.tree, token.i)
        agents = [e for e in self._parties(args.agents or args.subjects) if e.cls in ("armed", "force")]
        yield from self._holding(token, agents, args.objects)

    def _holding(self, token: Token, agents: list[Entity], heads: list[int]) -> Iterator[Draft]:
        held = [e for e in self.entities.all_of(heads) if e.cls in PLACES or e.cls == "facility"]
        if held and agents:
            for draft in self._new("control", token, agent=agents):
                draft.places += held
                yield draft

    def _control_noun(self, token: Token) -> Iterator[Draft]:
        """Read "wield control over X", "X in possession of Y", "X is in the hands of Y"."""
        if not self._has("control", "nouns", token.lemma) or token.pos != "NOUN":
            return
        head = self.tree.tokens[token.head]
        args = noun_arguments(self.tree, token.i)
        places = [h for p, h in args.preps if p in ("over", "of")]
        if token.dep == "dobj" and self._has("control", "light", head.lemma):
            subjects = verb_arguments(self.tree, head.i).subjects
            yield from self._holding(
                token, [e for e in self._parties(subjects) if e.cls in ("armed", "force")], places
            )
        elif token.dep == "pobj" and head.lemma == "under" and token.lemma != "hand":
            above = self.tree.tokens[head.head]
            held = verb_arguments(self.tree, above.i).subjects if above.pos in ("VERB", "AUX") else [above.i]
            owners = [h for p, h in args.preps if p == "of"] + args.owners + args.modifiers
            yield from self._holding(
                token, [e for e in self._parties(owners) if e.cls in ("armed", "force")], held
            )
        elif token.dep == "pobj" and head.lemma == "in":
            above = self.tree.tokens[head.head]
            holders = [e for e in self._parties(places) if e.cls in ("armed", "force")]
            if token.lemma == "hand":
                noun = (
                    [above.i]
                    if above.pos in ("NOUN", "PROPN")
                    else verb_arguments(self.tree, above.i).subjects
                )
                yield from self._holding(token, holders, noun)
            else:
                owner = [e for e in self._parties([above.i]) if e.cls in ("armed", "force")]
                yield from self._holding(token, owner, places)

    def _support(self, token: Token) -> Iterator[Draft]:
        if not self._has("support", "verbs", token.lemma) or token.dep == "amod":
            return
        args = verb_arguments(self.tree, token.i)
        classes = frozenset({"armed", "force", "government"})
        agents = self._parties(args.agents or args.subjects, classes)
        objects = self._parties(args.objects, classes)
        if any(e.cls == "armed" for e in agents + objects):
            yield from self._new("support", token, agent=agents, object=objects)

    # mergers and splits

    def _merge(self, token: Token) -> Iterator[Draft]:
        if not self._has("merger", "verbs", token.lemma):
            return
        args = verb_arguments(self.tree, token.i)
        heads = [*args.subjects, *args.objects, *[h for p, h in args.preps if p == "with"]]
        parties = [
            e
            for e in self._parties(heads)
            if (e.cls in ("armed", "force", "unknown") or e.pronoun)
            and not any(k.tag == "PRP$" for k in self.tree.kids(e.head, "poss"))
        ]
        into = [
            e
            for e in self.entities.all_of([h for p, h in args.preps if p in ("into", "under", "as")])
            if e.cls in ("armed", "unknown", "force")
        ]
        if any(e.cls == "armed" for e in parties):
            for draft in self._new("merger", token, party=parties):
                draft.add("object", into[:1])
                yield draft

    def _split(self, token: Token) -> Iterator[Draft]:
        lemmas = [k.lemma for k in self.tree.kids(token.i)]
        if not self._has("split", "verbs", token.lemma) and not any(
            f"{token.lemma} {w}" in self.lexicon.relates("split", "verbs") for w in lemmas
        ):
            return
        args = verb_arguments(self.tree, token.i)
        objects = [
            e for e in self._parties([h for p, h in args.preps if p in ("from", "with")]) if e.cls == "armed"
        ]
        if token.lemma in ("leave", "desert", "renounce"):
            objects = [e for e in self._parties(args.objects) if e.cls == "armed"]
        agents = [
            e
            for e in self._parties(args.subjects or args.objects)
            if e.cls in ("armed", "person", "unknown", "official")
        ]
        yield from self._new("split", token, agent=agents, object=objects)

    def _designate(self, token: Token) -> Iterator[Draft]:
        if not self._has("designation", "verbs", token.lemma):
            return
        args = verb_arguments(self.tree, token.i)
        listed = [
            e
            for e in self.entities.all_of(args.objects)
            if (e.cls in ("armed", "person", "unknown") and e.label[:1].isupper()) or e.pronoun
        ]
        by = [
            e
            for e in self.entities.all_of(args.agents or args.subjects)
            if e.cls in ("government", "place", "force")
        ]
        said = {t.lemma for t in (self.tree.tokens[i] for i in self.tree.subtree(token.i))}
        plain = token.lemma in ("designate", "sanction", "blacklist", "outlaw", "proscribe", "ban")
        if plain or said & self.lexicon.relates("designation", "objects"):
            if not by and not args.passive:
                return
            for draft in self._new("designation", token, object=listed):
                draft.add("agent", by)
                yield draft


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without those that say the same of the same phrases."""
    seen, kept = set(), []
    for draft in drafts:
        key = (
            draft.type,
            *(tuple(e.start for e in draft.role(r)) for r in ("agent", "object", "party")),
            tuple(e.start for e in draft.places),
        )
        if key not in seen:
            seen.add(key)
            kept.append(draft)
    return kept
