"""Event drafts: a trigger of the lexicon with its arguments, before scope, merging and linking."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.extract.arguments import Arguments, noun_arguments, prepositional, verb_arguments
from kg.extract.entities import ACTORS, PLACES, VIOLENT, Entities, Entity
from kg.extract.lexicon import Lexicon, Trigger
from kg.extract.syntax import Token, Tree
from kg.extract.times import Moment
from kg.model import Count

AT = frozenset(
    {"on", "against", "at", "upon", "into", "of", "toward", "towards", "near", "with", "over", "to", "inside"}
)
WHERE = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "around",
        "to",
        "from",
        "within",
        "inside",
        "across",
        "throughout",
        "off",
        "on",
        "between",
        "along",
        "close",
        "west",
        "north",
        "south",
        "east",
        "over",
        "of",
        "by",
        "into",
        "toward",
        "beside",
        "for",
    }
)
STATE_SIDE = frozenset({"force", "government"})
TARGETS = frozenset(
    {
        "armed",
        "force",
        "government",
        "civilian",
        "community",
        "facility",
        "person",
        "official",
        "unknown",
        "media",
    }
)


@dataclass(slots=True)
class Draft:
    """An event as it is being put together; `roles` hold entities, `tolls` counts by state.

    `retells` is the draft of the same event that this one gives a rival account of.
    """

    type: str
    trigger: Token
    entry: Trigger
    tactic: str = ""
    roles: dict[str, list[Entity]] = field(default_factory=dict)
    places: list[Entity] = field(default_factory=list)
    date: Moment | None = None
    tolls: dict[str, Count] = field(default_factory=dict)
    nominal: bool = False
    definite: bool = False
    another: bool = False
    outcome: str = ""
    certainty: str = "asserted"
    speakers: list[Entity] = field(default_factory=list)
    via: list[Entity] = field(default_factory=list)
    cue: str = ""
    claimed: bool = False
    fatal: bool = False
    accused: bool = False
    negated: bool = False
    presupposed: bool = False
    by_air: bool = False
    tree: int = 0
    retells: Draft | None = None
    tactic_span: tuple[int, int] = (0, 0)

    def add(self, role: str, entities: list[Entity]) -> None:
        """Add fillers to a role, leaving out repeats and pronouns that stand for nothing yet."""
        have = self.roles.setdefault(role, [])
        have += [e for e in entities if e.label and all(e.start != h.start for h in have)]
        if not have:
            del self.roles[role]

    def role(self, role: str) -> list[Entity]:
        """Return the fillers of a role."""
        return self.roles.get(role, [])


class Events:
    """Makes the event drafts of one tree."""

    def __init__(self, tree: Tree, entities: Entities, lexicon: Lexicon) -> None:
        self.tree, self.entities, self.lexicon = tree, entities, lexicon
        self._event_heads = {
            t.i
            for t in tree.tokens
            if t.pos in ("NOUN", "PROPN") and t.name is None and t.lemma in lexicon.event_nouns
        }

    def drafts(self) -> list[Draft]:
        """Return the drafts in text order, one per trigger."""
        found = []
        for token in self.tree.tokens:
            if token.name is not None:
                continue
            draft = None
            predicative = token.dep == "acomp" and token.pos == "NOUN" and not self.tree.kids(token.i, "det")
            if token.pos in ("VERB", "AUX") or token.tag.startswith("VB") or predicative:
                draft = self._verbal(token)
            if draft is None and token.lemma in self.lexicon.fallen:
                draft = self._fallen(token)
            if draft is None and token.pos in ("NOUN", "PROPN"):
                draft = self._nominal(token)
            if draft is not None:
                found.append(draft)
        return found

    def below(self, i: int) -> list[str]:
        """Return the lemmas near a verb that further words of its entry may be: particles, objects, complements."""
        kids = [
            k
            for k in self.tree.kids(i)
            if k.dep
            in (
                "prt",
                "dobj",
                "prep",
                "advmod",
                "oprd",
                "acomp",
                "xcomp",
                "nsubj",
                "nsubjpass",
                "ccomp",
                "attr",
                "dative",
                "pobj",
                "npadvmod",
                "dep",
            )
        ]
        words = [k.lemma for k in kids] + [k.text.lower() for k in kids]
        for kid in kids:
            if kid.dep in ("prep", "dobj", "oprd", "ccomp", "nsubjpass"):
                words += [
                    w
                    for g in self.tree.kids(kid.i, "pobj", "amod", "compound", "oprd", "acomp")
                    for w in (g.lemma, g.text.lower())
                ]
        return words

    def _verbal(self, token: Token) -> Draft | None:
        if (token.dep == "amod" and token.tag != "VBN") or token.dep in ("aux", "auxpass"):
            return None
        hit = self.lexicon.verbs.find(token.lemma, self.below(token.i))
        if hit is None:
            return None
        light = self.lexicon.light.find(token.lemma, self.below(token.i))
        if light is not None and len(light[0]) > len(hit[0]):
            return None  # "beat back an attack": the noun tells the event
        entry = hit[1]
        args = verb_arguments(self.tree, token.i)
        draft = Draft(entry.type, token, entry, certainty=entry.certainty)
        said = hit[0]
        worn = [
            h
            for h in [*args.objects, *[h for _, h in args.preps]]
            if {self.tree.tokens[h].lemma, self.tree.tokens[h].text.lower()} & said
            and self.entities.at(h).head == h
        ]
        if entry.object == "party" and any(
            self.tree.tokens[h].lemma in self.lexicon.event_nouns for h in worn
        ):
            return None  # "agreed to a ceasefire": the noun tells the event
        args.objects = [o for o in args.objects if o not in worn]
        args.preps = [(p, h) for p, h in args.preps if h not in worn] + [
            pair for h in worn for pair in prepositional(self.tree, h) if pair not in args.preps
        ]
        self._assign_verb(draft, args)
        if entry.tactic and entry.strong:
            draft.tactic, draft.tactic_span = entry.tactic.replace("-", " "), (token.start, token.end)
        return draft

    def _fallen(self, token: Token) -> Draft | None:
        """Read "X was among the dead", "the dead included X", "X is dead"."""
        head = self.tree.tokens[token.head]
        people: list[int] = []
        if token.dep == "pobj" and head.lemma in ("among", "amongst"):
            above = self.tree.tokens[head.head]
            people = (
                verb_arguments(self.tree, above.i).subjects + [k.i for k in self.tree.kids(above.i, "attr")]
                if above.pos in ("VERB", "AUX")
                else [above.i]
            )
        elif token.dep == "nsubj" and head.lemma == "include":
            people = verb_arguments(self.tree, head.i).objects
        elif token.dep == "acomp" and head.lemma == "be":
            people = [k.i for k in self.tree.kids(head.i, "nsubj")]
        persons = [
            e
            for h in people
            for e in self.entities.all_of([h, *[k.i for k in self.tree.kids(h, "appos")]])
            if e.cls == "person" or (e.cls == "unknown" and e.label[:1].isupper())
        ]
        if not persons:
            return None
        draft = Draft("killing", token, Trigger("killing", strong=True, object="victim", effect="died"))
        draft.add("victim", persons)
        for place in self.tree.kids(token.i, "prep"):
            for entity in self.entities.all_of([p.i for p in self.tree.kids(place.i, "pobj")]):
                if entity.cls in PLACES:
                    draft.places.append(entity)
        return draft

    def _assign_verb(self, draft: Draft, args: Arguments) -> None:
        subjects = [e for e in self.entities.all_of(args.subjects) if self._can_act(e)]
        agents = self.entities.all_of(args.agents)
        objects = self.entities.all_of(args.objects)
        if draft.entry.effect == "died":
            draft.add(
                "victim",
                [e for e in self.entities.all_of([*args.subjects, *args.objects]) if self._can_suffer(e)],
            )
            draft.add("agent", [e for e in agents if self._can_act(e)])
        elif draft.entry.object == "party":
            self._parties(draft, args)
        else:
            if not draft.entry.cause:
                draft.add("agent", [e for e in (agents or subjects) if self._can_act(e)][:4])
            suffering = [e for e in objects if self._can_suffer(e)]
            if draft.entry.cause:  # what is lost must be people: "cost 12 lives", not "cost the group a wing"
                suffering = [e for e in suffering if e.people or e.cls == "person"]
            draft.add("target", [e for e in suffering if e.cls == "facility"])
            draft.add(draft.entry.object, [e for e in suffering if e.cls != "facility"])
            draft.places += [e for e in objects if e.cls in PLACES]
            for weapon in self.entities.all_of(args.agents or args.subjects):
                if weapon.cls == "weapon" and not draft.tactic:
                    draft.tactic, draft.tactic_span = weapon.label, (weapon.start, weapon.end)
                    draft.by_air = self.tree.tokens[weapon.head].lemma in self.lexicon.aircraft
        self._prepositions(draft, args)

    def _nominal(self, token: Token) -> Draft | None:
        before = [t.lemma for t in self.entities.modifiers(token.i)]
        hit = self.lexicon.event_nouns.find(token.lemma, before)
        if hit is None or token.dep == "compound":
            return None
        if any(k.lemma == "no" for k in self.tree.kids(token.i, "det")) and any(
            k.tag == "JJR" for k in self.tree.kids(token.i, "amod")
        ):
            return None  # "no bloodier onslaught had been seen": a comparison
        entry = hit[1]
        draft = Draft(entry.type, token, entry, nominal=True, certainty=entry.certainty)
        determiners = {k.lemma for k in self.tree.kids(token.i, "det", "poss")}
        draft.definite = bool(determiners & {"the", "this", "that", "these", "those"})
        draft.another = bool({"another", "a"} & determiners) or any(
            k.lemma in ("other", "second", "third", "separate") for k in self.tree.kids(token.i, "amod")
        )
        args = noun_arguments(self.tree, token.i)
        args.modifiers = [m for m in args.modifiers if self.tree.tokens[m].lemma not in hit[0]]
        self._assign_noun(draft, args)
        self._light(draft)
        self._tactic(draft)
        return draft

    def _assign_noun(self, draft: Draft, args: Arguments) -> None:
        owners = self.entities.all_of(args.owners)
        agents = self.entities.all_of(args.agents)
        if draft.entry.object == "party":
            self._parties(draft, args)
            draft.add("party", [e for e in agents + owners if self._can_act(e)])
        else:
            draft.add("agent", [e for e in agents if self._can_act(e)])
            for verb in self.tree.kids(draft.trigger.i, "acl"):  # "an attack carried out by X"
                if verb.tag == "VBN" and self.lexicon.light.find(verb.lemma, self.below(verb.i)):
                    draft.add(
                        "agent",
                        [
                            e
                            for e in self.entities.all_of(verb_arguments(self.tree, verb.i).agents)
                            if self._can_act(e)
                        ],
                    )
            draft.add(
                "agent",
                [
                    e
                    for e in self.entities.all_of([h for p, h in args.preps if p == "from"])
                    if e.cls in ("armed", "force")
                ],
            )
            suffers = (
                draft.entry.effect != ""
                or draft.type == "capture"
                or draft.trigger.lemma in ("killing", "death")
            )
            draft.add(
                "victim" if suffers else "agent",
                [
                    e
                    for e in owners
                    if e.cls in VIOLENT | {"person", "official"} or (suffers and self._can_suffer(e))
                ],
            )
            for head in args.modifiers:
                self._modifier(draft, self.entities.at(head))
        draft.places += [e for e in owners if e.cls in PLACES]
        self._prepositions(draft, args)

    def _modifier(self, draft: Draft, entity: Entity) -> None:
        """Read a noun before the event noun: an armed body attacks, a facility is hit, a place is where."""
        adjectival = entity.people and not entity.names and self.tree.tokens[entity.head].tag in ("NN", "JJ")
        if entity.cls in ("armed", "force", "government") and not entity.country and not adjectival:
            draft.add("agent", [entity])
        elif self.tree.tokens[entity.head].lemma in self.lexicon.means:
            return
        elif entity.cls == "facility":
            draft.add("target", [entity])
        elif entity.cls in ("civilian", "community") and draft.entry.object != "party":
            draft.add(draft.entry.object, [entity])
        elif entity.cls in PLACES:
            draft.places.append(entity)
        elif entity.cls == "unknown" and self.tree.tokens[entity.head].pos == "PROPN":
            draft.places.append(replace(entity, cls="place", kind="Place"))  # events are named after places
        elif entity.country and self.tree.tokens[entity.head].tag == "JJ" and draft.type == "operation":
            draft.add("agent", [entity])

    def _parties(self, draft: Draft, args: Arguments) -> None:
        heads = [*args.subjects, *args.objects, *args.agents]
        heads += [h for p, h in args.preps if p in ("with", "between", "against", "by", "of")]
        heads += [h for h in args.modifiers if self.entities.at(h).cls in ("armed", "force")]
        for entity in self.entities.all_of(heads):
            if (
                entity.cls in ("armed", "force", "community", "government", "civilian", "unknown")
                or entity.pronoun
                or self._can_act(entity)
            ):
                draft.add("party", [entity])

    def _prepositions(self, draft: Draft, args: Arguments) -> None:
        nested = [
            (p, h)
            for _, above in args.preps
            if self.entities.at(above).cls in ("other", "weapon", "time") and above not in self._event_heads
            for p, h in prepositional(self.tree, above)
        ]
        phrases = [(p, e) for p, h in [*args.preps, *nested] for e in self.entities.all_of([h])]
        for prep, entity in sorted(phrases, key=lambda pair: pair[1].cls == "unknown"):
            if entity.label:
                if entity.cls == "unknown" and (
                    prep in ("in", "near", "at", "outside", "around", "inside")
                    or (prep == "on"
                    and draft.role("target"))
                ):
                    entity = replace(entity, cls="place", kind="Place")  # a proper noun that one can be in
                if entity.cls == "facility" and prep in WHERE:
                    self._inner_places(draft, entity)
                if entity.cls in PLACES and prep in WHERE:
                    draft.places.append(entity)
                elif draft.type == "clash":
                    continue
                elif prep == "alongside" and entity.cls in ("armed", "force"):
                    draft.add("agent", [entity])
                elif entity.cls in TARGETS and prep in AT and entity.cls != "other":
                    self._at(draft, prep, entity)
        for entity in [e for role in ("target", "victim", "party") for e in draft.role(role)]:
            self._inner_places(draft, entity)

    def _at(self, draft: Draft, prep: str, entity: Entity) -> None:
        role = draft.entry.object
        if role == "party":
            return
        if prep == "of" and draft.nominal:
            if entity.cls in ("armed",) and not self._suffers_of(draft):
                draft.add("agent", [entity])
            else:
                draft.add(role, [entity])
        elif prep in ("on", "against", "at", "upon", "into"):
            draft.add("target" if entity.cls == "facility" else role, [entity])
        elif (
            prep in ("near", "in", "inside", "over") and entity.cls == "facility" and not draft.role("target")
        ):
            draft.add("target", [entity])

    @staticmethod
    def _suffers_of(draft: Draft) -> bool:
        """Whether the of-phrase of the noun is its object ("the killing of X") rather than its agent."""
        return (
            draft.entry.object == "victim"
            or draft.type in ("capture", "operation")
            or (draft.trigger.lemma.endswith("ing")
            and draft.entry.tactic not in ("suicide-bombing",))
        )

    def _inner_places(self, draft: Draft, entity: Entity) -> None:
        """Add the places that a target's own phrase names ("the base in central Mali", "a Gao hotel")."""
        heads = [(entity.head, 0)]
        while heads:
            above, depth = heads.pop()
            for prep, head in prepositional(self.tree, above):
                if prep in WHERE:
                    found = self.entities.all_of([head])
                    draft.places += [e for e in found if e.cls in PLACES]
                    heads += [(e.head, depth + 1) for e in found if e.cls not in PLACES and depth < 2]
        for token in self.entities.modifiers(entity.head):
            if token.name is not None and token.name.cls == "place":
                draft.places.append(self.entities.at(token.i))

    def _light(self, draft: Draft) -> None:
        """Take the subject of a light verb as agent, that of a verb of suffering as target."""
        token = draft.trigger
        head = self.tree.tokens[token.head]
        while token.dep == "conj":
            token = self.tree.tokens[token.head]
            head = self.tree.tokens[token.head]
        if token.dep in ("nsubj", "nsubjpass") and head.lemma in (
            "occur",
            "happen",
            "come",
            "be",
            "take",
            "follow",
        ):
            draft.places += self._where(head.i)
        for verb in self.tree.kids(token.i, "relcl"):
            if verb.lemma in ("occur", "happen", "take"):
                draft.places += self._where(verb.i)
                beside = [h for p, h in prepositional(self.tree, verb.i) if p == "alongside"]
                draft.add("agent", [e for e in self.entities.all_of(beside) if e.cls in ("armed", "force")])
        if (
            token.dep == "pobj" and head.lemma == "to" and self.tree.tokens[head.head].lemma == "lose"
        ):  # "a village lost three people to a raid"
            for e in self.entities.all_of(verb_arguments(self.tree, head.head).subjects):
                (
                    draft.places.append(e)
                    if e.cls in PLACES
                    else draft.add("target", [e] if self._can_suffer(e) else [])
                )
                self._inner_places(draft, e)
        if token.dep == "pobj":
            if draft.type == "clash" and head.lemma == "at":  # "at war with"
                verb = self.tree.tokens[head.head]
                around = verb_arguments(self.tree, verb.i)
                foes = [h for p, h in around.preps if p in ("with", "against")]
                draft.add(
                    "party", [e for e in self.entities.all_of([*around.subjects, *foes]) if self._can_act(e)]
                )
            if head.head and self.tree.tokens[head.head].lemma in (
                "face",
                "pressure",
            ):  # "in the face of violence from X"
                self._faced(draft, self.tree.tokens[head.head])
            head = self.tree.tokens[head.head]
        if head.pos not in ("VERB", "AUX") or token.dep not in ("dobj", "nsubjpass", "pobj"):
            return
        hit = self.lexicon.light.find(head.lemma, [*self.below(head.i)])
        if hit is None or (hit[1] == "agree") != (draft.type == "agreement"):
            return
        args = verb_arguments(self.tree, head.i)
        if token.dep == "nsubjpass" and not args.agents:  # the by-phrase may hang on a phrase of time between
            below = [self.tree.tokens[i] for i in self.tree.subtree(head.i) if i > head.i]
            args.agents = [p.i for t in below if t.lemma == "by" for p in self.tree.kids(t.i, "pobj")][:1]
        subjects = self.entities.all_of(args.agents or (args.subjects if token.dep != "nsubjpass" else []))
        if hit[1] in ("light", "agree"):
            draft.add(
                "party" if draft.entry.object == "party" else "agent",
                [e for e in subjects if self._can_act(e)],
            )
        elif token.dep in ("dobj", "pobj"):
            draft.add("target", [e for e in subjects if self._can_suffer(e)])
            draft.places += [e for e in self.entities.all_of(args.subjects) if e.cls in PLACES]
            by = [h for p, h in args.preps if p in ("from", "by")]
            by += [
                g
                for _, h in args.preps
                if self.entities.at(h).cls in ("time", "other")
                for p, g in prepositional(self.tree, h)
                if p in ("from", "by")
            ]
            draft.add(
                "agent", [e for e in self.entities.all_of(by) if e.cls in ("armed", "force", "unknown")]
            )
        draft.places += [
            e for p, h in args.preps if p in WHERE for e in self.entities.all_of([h]) if e.cls in PLACES
        ]
        for p, h in args.preps:
            if p in ("on", "against") and h != token.i:
                draft.add("target", [e for e in self.entities.all_of([h]) if self._can_suffer(e)])

    def _where(self, verb: int) -> list[Entity]:
        found = [
            e for p, h in prepositional(self.tree, verb) if p in WHERE for e in self.entities.all_of([h])
        ]
        return [e for e in found if e.cls in PLACES]

    def _faced(self, draft: Draft, noun: Token) -> None:
        """Take the subject of a clause as target of the violence it acts in the face of."""
        verb = next((a for a in self.tree.ancestors(noun.i) if a.pos == "VERB"), None)
        if verb is not None:
            draft.add(
                "target",
                [
                    e
                    for e in self.entities.all_of(verb_arguments(self.tree, verb.i).subjects)
                    if self._can_suffer(e)
                ],
            )

    def _tactic(self, draft: Draft) -> None:
        """Keep the words of a telling event noun: its head with the nouns and adjectives of manner before it."""
        token = draft.trigger
        first = token.i
        while (
            first
            and self.tree.tokens[first - 1].head in range(first - 1, token.i + 1)
            and self.tree.tokens[first - 1].dep in ("compound", "amod", "nmod", "punct")
        ):
            before = self.tree.tokens[first - 1]
            if (
                before.name is not None
                or before.lemma in self.lexicon.light
                or (before.dep == "punct" and before.text != "-")
                or (self.entities.at(before.i).cls in ("facility", "armed", "force", "civilian", *PLACES)
                and before.lemma not in self.lexicon.means)
            ):
                break
            if before.dep == "amod" and before.lemma not in (
                "complex",
                "coordinated",
                "mass",
                "improvised",
                "aerial",
                "targeted",
                "suicidal",
            ):
                break
            first -= 1
        words = self.tree.tokens[first : token.i + 1]
        draft.tactic_span = (words[0].start, token.end)
        draft.tactic = " ".join(w.text for w in words).replace(" - ", "-")

    def _can_act(self, entity: Entity) -> bool:
        if entity.cls == "place":
            return entity.name is not None and entity.name.metonym
        return (entity.cls in ACTORS and entity.cls not in ("media", "source")) or entity.pronoun

    def _can_suffer(self, entity: Entity) -> bool:
        return entity.cls in TARGETS or (
            entity.pronoun and not entity.label.lower().endswith(("self", "selves"))
        )
