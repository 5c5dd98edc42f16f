"""From drafts to events: effects join what caused them, retellings join what they retell, the rest is weighed."""

from __future__ import annotations

from kg.extract.arguments import antecedent, verb_arguments
from kg.extract.entities import PLACES, VIOLENT, Entity
from kg.extract.events import STATE_SIDE, Draft
from kg.extract.lexicon import Lexicon
from kg.extract.measures import Toll
from kg.extract.scope import Scope
from kg.extract.syntax import Token, Tree
from kg.extract.times import Moment

EFFECTS = frozenset({"killing", "wounding"})
VAGUE = frozenset(
    {
        "incident",
        "violence",
        "attempt",
        "operation",
        "mission",
        "campaign",
        "drive",
        "offensive",
        "war",
        "fight",
        "fall",
        "surrender",
        "death",
        "strike",
        "hit",
        "target",
        "battle",
        "encounter",
        "hostility",
        "confrontation",
        "burning",
        "infiltration",
    }
)
HISTORY = "1970"  # what is dated before is history, not a report
STATE_CAPABLE = STATE_SIDE | {"place"}


class Merger:
    """Joins the drafts of one report, given in text order with the trees they come from."""

    def __init__(self, trees: tuple[Tree, ...], lexicon: Lexicon) -> None:
        self.trees, self.lexicon = trees, lexicon
        self.into: dict[int, Draft] = {}  # id of an absorbed draft -> the draft it went into

    def final(self, draft: Draft) -> Draft:
        """Return the draft that a draft went into, itself where none."""
        while id(draft) in self.into:
            draft = self.into[id(draft)]
        return draft

    def merge(self, drafts: list[Draft]) -> list[Draft]:
        """Return the drafts that stay, the others absorbed."""
        for draft in drafts:
            host = self._host(draft, drafts) if not draft.negated else None
            if host is not None and self.final(host) is not draft:
                self._absorb(self.final(host), draft)
        kept = [d for d in drafts if id(d) not in self.into]
        for position, draft in enumerate(kept):
            host = self._retold(
                draft, [k for k in kept[:position] if id(k) not in self.into and self._stands(k)]
            )
            if host is None:
                continue
            if draft.accused and host.trigger.sent != draft.trigger.sent:
                draft.retells = host
            else:
                self._absorb(host, draft)
        return [d for d in kept if id(d) not in self.into]

    def _absorb(self, host: Draft, draft: Draft) -> None:
        self.into[id(draft)] = host
        for role, entities in draft.roles.items():
            if role == "agent" and (host.role("agent") or host.type == "clash"):
                continue
            if host.type == "clash" and role in ("target", "victim"):
                role, entities = "party", [e for e in entities if e.cls in ("force", "armed")]
            host.add(role, [e for e in entities if e.head != host.trigger.i or draft.tree != host.tree])
        host.places += [p for p in draft.places if all(p.start != h.start for h in host.places)]
        host.date = host.date or draft.date
        host.outcome = host.outcome or draft.outcome
        host.claimed = host.claimed or draft.claimed
        purpose = any(k.lemma == "to" for k in self.trees[draft.tree].kids(draft.trigger.i, "aux"))
        host.fatal = host.fatal or draft.fatal or (draft.entry.effect in ("killed", "died") and not purpose)
        for state, count in draft.tolls.items():
            host.tolls.setdefault(state, count)
        if not host.tactic and draft.nominal:
            host.tactic, host.tactic_span = draft.tactic, draft.tactic_span

    def _host(self, draft: Draft, drafts: list[Draft]) -> Draft | None:
        """Return the event in the same sentence that a draft tells the effect or manner of."""
        tree = self.trees[draft.tree]
        near = [
            d
            for d in drafts
            if d is not draft
            and d.tree == draft.tree
            and d.trigger.sent == draft.trigger.sent
            and self.final(d) is not draft
        ]
        if not near:
            return None
        triggers = {d.trigger.i: d for d in near}
        if not draft.nominal and draft.trigger.dep != "pobj":
            return self._host_of_verb(draft, triggers, tree)
        head = tree.tokens[draft.trigger.head]
        if (
            draft.trigger.dep in ("pobj",)
            and head.lemma in ("in", "during", "with", "by")
            and head.head in triggers
            and triggers[head.head].nominal
            and not draft.another
        ):
            return triggers[head.head]
        if draft.trigger.dep == "appos" and head.i in triggers:
            return triggers[head.i]
        if (
            draft.trigger.dep in ("appos", "npadvmod", "dep")
            and not draft.roles
            and tree.tokens[draft.trigger.i - 2].text == ","
        ):
            before = [d for d in near if d.trigger.i < draft.trigger.i and d.trigger.tag.startswith("VB")]
            if before:
                return before[0]  # "…, an attack since claimed by X" sums up the clause
        return None

    def _host_of_verb(self, draft: Draft, triggers: dict[int, Draft], tree: Tree) -> Draft | None:
        token = draft.trigger
        args = verb_arguments(tree, token.i)
        for head in [*args.subjects, *args.agents]:
            if head in triggers and triggers[head].nominal:
                return triggers[head]
        for prep, head in args.preps:
            if (
                head in triggers
                and triggers[head].nominal
                and prep in ("in", "during", "by", "with", "after", "when")
                and (prep != "after" or draft.type in EFFECTS)
            ):
                return triggers[head]
        noun = antecedent(tree, token.i)
        if noun in triggers and triggers[noun].nominal:
            return triggers[noun]
        if draft.type not in EFFECTS and draft.entry.effect == "":
            return self._same_deed(draft, triggers, tree)
        return self._cause(draft, triggers, tree)

    def _same_deed(self, draft: Draft, triggers: dict[int, Draft], tree: Tree) -> Draft | None:
        """Return the verb that a coordinated or participial verb of the same agent goes on from."""
        token = draft.trigger
        head = tree.tokens[token.head]
        if (
            token.dep in ("advcl", "xcomp")
            and head.i in triggers
            and token.tag == "VBG"
            and not draft.role("target")
        ):
            return triggers[head.i]
        return None

    def _cause(self, draft: Draft, triggers: dict[int, Draft], tree: Tree) -> Draft | None:
        """Return the event whose victims an effect verb counts: above it, beside it, or when its sentence holds but one."""
        governed = {
            d.trigger.head: d
            for d in triggers.values()
            if d.nominal and d.trigger.dep in ("dobj", "nsubjpass", "nsubj", "pobj")
        }
        for above in tree.ancestors(draft.trigger.i):
            other = triggers.get(above.i) or governed.get(above.i)
            if other is not None and other is not draft and self._fits(draft, other):
                return other
        for i, other in sorted(triggers.items()):
            if (
                any(a.i == draft.trigger.i for a in tree.ancestors(i))
                and other.type not in EFFECTS
                and self._fits(draft, other)
                and not self._after(tree, other.trigger, draft.trigger)
            ):
                return other
        others = [d for d in triggers.values() if d.type not in EFFECTS and self._fits(draft, d)]
        return (
            others[0]
            if len(others) == 1
            and draft.entry.effect in ("killed", "died", "wounded")
            and not draft.role("agent")
            else None
        )

    @staticmethod
    def _after(tree: Tree, token: Token, verb: Token) -> bool:
        """Whether a trigger stands in an after- or since-phrase of a verb: an earlier event."""
        node = token
        for above in tree.ancestors(token.i):
            if node.dep in ("prep", "advcl") and (
                node.lemma in ("after", "since", "before")
                or any(k.lemma in ("after", "since", "before") for k in tree.kids(node.i, "mark"))
            ):
                return True
            if above.i == verb.i:
                return False
            node = above
        return False

    @staticmethod
    def _fits(draft: Draft, other: Draft) -> bool:
        mine, theirs = draft.role("agent"), other.role("agent")
        if (
            mine
            and theirs
            and not any(a.pronoun or b.pronoun or a.start == b.start for a in mine for b in theirs)
        ):
            return False
        return not (
            other.entry.effect == "captured"
            and draft.type in EFFECTS
            and draft.role("victim")
            and other.role("victim")
        )

    def _retold(self, draft: Draft, before: list[Draft]) -> Draft | None:
        """Return the earlier event that a definite noun ("the attack") or a bare toll speaks of."""
        if draft.another or draft.negated or not before:
            return None
        named = {v.label.lower() for v in draft.role("victim") if v.cls == "person"}
        plain = draft.type in EFFECTS and not draft.role("agent") and not named
        for other in reversed(before if named and draft.type in EFFECTS else []):
            if named & {v.label.lower() for v in other.role("victim")} and (
                other.fatal or other.entry.effect
            ):
                return other  # one dies once
        if not (draft.nominal and draft.definite) and not plain:
            return None
        for other in reversed(before):
            if other.type in ("capture",) and not plain:
                continue
            if self._agree(draft, other):
                return other
            if plain:
                return None
        return None

    @staticmethod
    def _stands(draft: Draft) -> bool:
        """Whether a draft says enough to be spoken of again."""
        if draft.entry.object == "party":
            return bool(draft.roles)
        return bool(draft.roles or draft.places or draft.tolls or draft.claimed or draft.entry.strong)

    def _agree(self, draft: Draft, other: Draft) -> bool:
        """Whether a retelling contradicts nothing of the event before it."""
        if draft.type == "clash" and other.type != "clash" and draft.roles:
            return False
        kinds = {draft.entry.tactic, other.entry.tactic} - {""}
        if (
            len(kinds) > 1
            and not any(a in b or b in a for a in kinds for b in kinds if a != b)
            and not {"bombing"} & kinds
        ):
            return False
        for role in ("agent", "target", "victim"):
            mine, theirs = draft.role(role), other.role(role)
            if mine and theirs and not any(_alike(a, b) for a in mine for b in theirs):
                return False
        mine_at = {p.label.lower() for p in draft.places if p.name}
        theirs_at = {p.label.lower() for p in other.places if p.name}
        return not (mine_at and theirs_at and not mine_at & theirs_at)


def _alike(one: Entity, other: Entity) -> bool:
    """Whether two fillers can be the same: equal, or one of them names nobody."""
    if one.pronoun or other.pronoun or one.label.lower() == other.label.lower():
        return True
    return not (one.names or one.name) or not (other.names or other.name) if one.cls == other.cls else False


def attach_tolls(tree: Tree, tolls: list[Toll], drafts: list[Draft], scope: Scope) -> list[Draft]:
    """Give each toll to the event of its sentence that stands nearest in the tree, else to the one before.

    Returns:
        Drafts of rival accounts: a second toll of an event by another speaker.
    """
    accounts = []
    for toll in tolls:
        token = tree.tokens[toll.i]
        inside = [d for d in drafts if d.trigger.sent == token.sent]
        earlier = [d for d in drafts if d.trigger.sent == token.sent - 1]
        above = [a.i for a in tree.ancestors(toll.i)]
        for draft in sorted(
            inside,
            key=lambda d: (
                above.index(d.trigger.i) if d.trigger.i in above else 99,
                abs(d.trigger.i - toll.i),
            ),
        ):
            if toll.state not in draft.tolls:
                draft.tolls[toll.state] = toll.count
                _told(draft, tree, toll, scope)
                break
        else:
            host = (inside or earlier)[-1] if inside or earlier else None
            if host is None:
                continue
            verb = next((a for a in tree.ancestors(toll.i) if a.pos == "VERB"), None)
            told = scope.speaker_of(verb) if verb is not None else None
            if not inside and toll.state not in host.tolls:
                host.tolls[toll.state] = toll.count
            elif told is not None and told.speakers and host.tolls.get(toll.state) != toll.count:
                draft = Draft(
                    host.type,
                    verb,
                    host.entry,
                    certainty=told.certainty,
                    speakers=told.speakers,
                    retells=host,
                )  # type: ignore[arg-type]
                draft.tolls[toll.state] = toll.count
                accounts.append(draft)
    return accounts


def _told(draft: Draft, tree: Tree, toll: Toll, scope: Scope) -> None:
    """Note who counts, where a verb of saying governs the count itself ("the ministry counts 71 dead")."""
    verb = next((a for a in tree.ancestors(toll.i) if a.pos == "VERB"), None)
    if verb is not None and verb.i < toll.i and not draft.speakers:
        stance = scope.speaker_of(verb)
        if stance.speakers and draft.trigger.i != verb.i:
            draft.speakers, draft.certainty = stance.speakers, stance.certainty


def attach_dates(tree: Tree, moments: list[Moment], drafts: list[Draft], said: frozenset[str]) -> None:
    """Give each date to the event that its phrase depends on; a date of speaking stays with the speaking."""
    by_token = {d.trigger.i: d for d in drafts}
    for moment in moments:
        inside = [t for t in tree.tokens if moment.start <= t.start < moment.end]
        if not inside:
            continue
        root = next(
            (t for t in inside if not moment.start <= tree.tokens[t.head].start < moment.end), inside[-1]
        )
        spoken = False
        for node in [root, *tree.ancestors(root.i)]:
            if node.i in by_token:
                by_token[node.i].date = by_token[node.i].date or moment
                break
            if node.tag == "JJS" or (node.lemma in said and node.pos in ("VERB", "NOUN")):
                spoken = True
                break
        else:
            near = [d for d in drafts if d.trigger.sent == root.sent and d.date is None]
            if near and not spoken:
                min(near, key=lambda d: abs(d.trigger.i - root.i)).date = moment


def settle(draft: Draft) -> None:
    """Fix the type by who acts and who suffers: attack or operation, killing of a named person, capture."""
    agents = draft.role("agent")
    state = bool(agents) and all(a.cls in STATE_CAPABLE or (a.country and a.cls != "armed") for a in agents)
    fatal = draft.fatal or draft.entry.effect in ("killed", "died")
    named = [
        v
        for v in draft.role("victim")
        if v.cls == "person" or (v.cls == "unknown" and v.kind == "Actor" and v.label[:1].isupper())
    ]
    if named and fatal and not draft.tolls:
        draft.type = "killing"
    elif draft.type in ("killing", "wounding"):
        draft.type = "attack"
    if draft.type == "attack" and (state or (not agents and draft.by_air)):
        draft.type = "operation"
    elif draft.type == "operation" and agents and not state:
        draft.type = "attack"
    if draft.type == "operation":
        for victim in draft.role("victim"):
            draft.add("target", [victim])
        draft.roles.pop("victim", None)
    if draft.type == "capture" and not draft.role("victim") and draft.places and draft.role("target"):
        draft.roles.pop("target")


def holds(draft: Draft, *, cued: bool, nearby: bool) -> bool:
    """Return whether a draft states an event of this field.

    Args:
        draft: a settled draft.
        cued: its sentence speaks of sport, weather, markets or software.
        nearby: its sentence tells another fight between armed actors.
    """
    fillers: list[Entity] = [e for role in ("agent", "target", "victim", "party") for e in draft.role(role)]
    violent = any(e.cls in VIOLENT for e in fillers)
    named = any(e.cls in VIOLENT and e.name for e in fillers)
    if draft.date is not None and draft.date.dating.end and draft.date.dating.end[:4] < HISTORY:
        return False
    if cued and not named and not any(e.cls == "armed" for e in fillers):
        return False
    if draft.type == "clash" and draft.nominal and draft.definite and not draft.roles:
        return violent or nearby
    if draft.type == "clash":
        return (
            len(draft.role("party")) >= 2
            or (violent and bool(draft.places or draft.tolls))
            or (draft.nominal and violent and bool(draft.role("party")))
        )
    if draft.type == "agreement":
        return len(draft.role("party")) >= 1 and violent
    if draft.type == "capture":
        goods = draft.role("victim") or draft.role("target") or [p for p in draft.places if p.cls in PLACES]
        return bool(goods) and (
            violent
            or (any(v.cls in ("person", "official") for v in draft.role("victim"))
            and bool(draft.role("agent")))
        )
    if draft.type == "operation":
        return bool(draft.role("agent") or draft.entry.strong) and bool(
            draft.role("target")
            or (draft.role("agent")
            and (draft.places or draft.tolls))
            or (draft.entry.strong
            and (draft.places or draft.tolls))
        )
    if draft.type == "killing":
        return True
    if draft.claimed:
        return True
    if (
        draft.trigger.lemma in VAGUE
        and draft.nominal
        and not (violent and (draft.role("target") or draft.role("victim") or draft.role("agent")))
    ):
        return bool(draft.tolls) and draft.trigger.lemma in ("incident", "strike")
    if draft.entry.strong and draft.nominal:
        return bool(draft.definite or draft.roles or draft.places or draft.tolls)
    if draft.nominal and any(t.cls == "facility" for t in draft.role("target")) and not cued:
        return True
    return (
        violent
        or bool(draft.tolls)
        or (
            draft.nominal
            and bool(draft.places)
            and bool(draft.role("target") or draft.role("victim") or draft.date or draft.definite)
        )
    )
