"""Claims of responsibility: who says that an event was its own doing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.arguments import Arguments, prepositional
from kg.extract.draft import Draft, Saying
from kg.extract.entity import Entity
from kg.extract.passage import Passage, is_noun, is_verb
from kg.extract.scope import stance_of
from kg.extract.stance import Stance
from kg.extract.syntax import Token
from kg.extract.told import SELF, Told, claimed

CLAIMANTS = frozenset({"armed", "unknown", "person", "media", "source", "pronoun", "community", "other"})
_MESSAGES = frozenset({"source", "media", "other"})
_RESPONSIBLE = frozenset({"armed", "force", "government", "person", "place", "unknown"})
_NEGATORS = frozenset({"no", "not", "neither"})
_NOBODY = frozenset({"nobody", "none"})
_OBJECT_LIKE = frozenset({"oprd", "attr", "dobj", "ccomp", "acomp", "xcomp"})


def claims(told: Told, token: Token) -> Iterator[Saying]:
    """Yield the claims that a token evokes."""
    if token.lemma not in told.passage.lexicon.opening("claim"):
        return
    if token.tag.startswith("VB"):
        yield from _verbal(told, token)
    yield from _nominal(told, token)
    yield from _behind(told, token)
    yield from _own_work(told, token)


# verbs of claiming


def _verbal(told: Told, token: Token) -> Iterator[Saying]:
    """Read "X claimed (responsibility for) Y", "Y was claimed by X", "took credit for Y", "vouched for Y"."""
    passage, lexicon = told.passage, told.passage.lexicon
    args = passage.arguments(token)
    if passage.opens(token, "claim", "vouch"):  # "put its name to"
        about = told.below([h for p, h in args.preps if p in ("to", "for")])
        if about:
            yield from _made(passage, token, args.subjects, about)
        return
    stake = _stake(passage, token, args)
    claiming = token.lemma in lexicon.says("claim", "verbs") or token.lemma in lexicon.says("claim", "light")
    if stake is not None and claiming:
        claimants = args.agents or [s for s in args.subjects if s != stake.i]
        yield from _made(passage, token, claimants, told.below(_at_stake(passage, token, args, stake)))
    elif token.lemma in lexicon.says("claim", "bare"):
        yield from _bare(told, token, args)


def _stake(passage: Passage, token: Token, args: Arguments) -> Token | None:
    """Return the noun that tells what is claimed ("responsibility", "credit"), None where it is the event."""
    tokens, lexicon = passage.tree.tokens, passage.lexicon
    stakes = lexicon.says("claim", "stakes")
    stake = next((tokens[o] for o in args.objects if tokens[o].lemma in stakes), None)
    if stake is None and token.lemma in lexicon.says("claim", "bare"):
        stray = lexicon.says("claim", "stray_stakes")
        return next((tokens[h] for _, h in args.preps if tokens[h].lemma in stray), None)
    return stake


def _at_stake(passage: Passage, token: Token, args: Arguments, stake: Token) -> list[int]:
    """Return the heads of what responsibility is claimed for, wherever the parser hung it."""
    heads = [h for p, h in args.preps if p in ("for", "of")]
    return heads + passage.governed(stake, "pobj", "pcomp") + passage.governed(token, "pcomp")


def _bare(told: Told, token: Token, args: Arguments) -> Iterator[Saying]:
    """Read "X claimed the raid", "X claimed that it had …", "a raid which X claimed", "claimed by X"."""
    passage = told.passage
    about = [told.drafts[o] for o in args.objects if o in told.drafts]
    about += [d for o in args.objects for d in told.below([o]) if d not in about]
    about = about or told.below([k.i for k in passage.tree.kids(token.i, "ccomp", "xcomp")])
    if about:
        yield from _made(passage, token, args.agents or args.subjects, about)
    elif not args.objects and args.agents:
        rest = [d for d in told.in_sentence(token) if d.nominal]
        yield from _made(passage, token, args.agents, rest[:1])
    elif not args.objects and any(e.cls == "armed" for e in _claimants(passage, args.subjects)):
        before = [d for d in told.before(token) if d.nominal]
        yield from _made(passage, token, args.subjects, before[-1:])


def _made(passage: Passage, token: Token, heads: Sequence[int], about: list[Draft]) -> Iterator[Saying]:
    """Yield the claim of some heads, negated where nobody makes it; nothing where they can't claim."""
    agents = _claimants(passage, heads)
    nobody = any(_is_nobody(passage, h) for h in heads)
    negated = nobody or stance_of(passage, token).certainty == "negated"
    if agents or negated:
        yield claimed(token, [] if nobody else agents, about, negated=negated)


def _is_nobody(passage: Passage, i: int) -> bool:
    tokens = passage.tree.tokens
    if tokens[i].lemma in _NOBODY or any(k.lemma in _NEGATORS for k in passage.tree.kids(i)):
        return True
    return [t.form for t in tokens[i : i + 2]] == ["no", "one"]


def _claimants(passage: Passage, heads: Iterable[int]) -> list[Entity]:
    """Return the claimants behind some heads: a message claims for the group it comes from."""
    found: list[Entity] = []
    for entity in passage.entities.all_of(heads):
        if entity.cls in _MESSAGES and not entity.name:
            found += _senders(passage, entity)
        elif entity.cls in CLAIMANTS or entity.pronoun:
            found.append(entity)
    return found


def _senders(passage: Passage, entity: Entity) -> list[Entity]:
    """Return the armed body that a message names as its sender, else the subject it hangs on."""
    tree = passage.tree
    below = [
        i for i in tree.subtree(entity.head) if tree.tokens[i].name and tree.tokens[i].name in entity.names
    ]
    named = [e for e in passage.entities.all_of(below) if e.cls == "armed"]
    if named:
        return named[:1]
    verb = next((a for a in tree.ancestors(entity.head) if is_verb(a)), None)
    if verb is None:
        return [entity] if entity.cls == "media" else []
    subjects = passage.entities.all_of(passage.arguments(verb).subjects)
    return [e for e in subjects if e.cls in ("armed", "unknown") and e.head != entity.head][:1]


# nouns and predicates of claiming


def _nominal(told: Told, token: Token) -> Iterator[Saying]:
    """Read "a claim from X for Y", "X's claim of the attack"."""
    passage = told.passage
    if token.lemma not in passage.lexicon.says("claim", "nouns") or not is_noun(token):
        return
    preps = passage.tree.kids(token.i, "prep")
    phrases = [(k.lemma, p.i) for k in preps for p in passage.tree.kids(k.i, "pobj")]
    owners = [k.i for k in passage.tree.kids(token.i, "poss", "compound")]
    agents = _claimants(passage, owners + [h for p, h in phrases if p in ("by", "from")])
    agents = [a for a in agents if a.cls in ("armed", "unknown", "person")]
    clauses = [k.i for k in passage.tree.kids(token.i, "acl", "ccomp", "relcl")]
    about = told.below([*(h for p, h in phrases if p in ("for", "of")), *clauses])
    if agents and (about or token.dep != "conj"):
        yield claimed(token, agents, about)


def _behind(told: Told, token: Token) -> Iterator[Saying]:
    """Read "X said it was behind Y", "X was responsible for Y" (of others: X is the agent)."""
    passage = told.passage
    if token.lemma not in passage.lexicon.says("claim", "behind") or token.name:
        return
    below = [p.i for p in passage.tree.kids(token.i, "pobj")] + passage.governed(token, "pobj")
    about = told.below(below)
    if not about:
        return
    verb = passage.head(token)
    stance = stance_of(passage, token if token.pos == "ADJ" else verb)
    for entity in passage.entities.all_of(passage.arguments(verb).subjects if is_verb(verb) else []):
        if entity.key in SELF and _said_by_nobody(passage, verb):
            yield claimed(token, [], about, negated=True)
            return
        speakers = [s for s in stance.speakers if s.cls == "armed" or s.pronoun]
        if entity.key in SELF and speakers:
            yield claimed(token, speakers, about, negated=stance.certainty == "negated")
        elif entity.cls in _RESPONSIBLE:
            for draft in about:
                draft.add("agent", [entity])
                draft.certainty = stance.certainty
                draft.speakers = draft.speakers or list(stance.speakers)


def _said_by_nobody(passage: Passage, verb: Token) -> bool:
    """Whether nobody says what a verb states: "no group has said it was behind the raid"."""
    above = passage.head(verb)
    return is_verb(above) and any(_is_nobody(passage, s) for s in passage.arguments(above).subjects)


def _own_work(told: Told, token: Token) -> Iterator[Saying]:
    """Read "said the strike was its doing", "called the strike its own"."""
    passage = told.passage
    owner = _owner(passage, token)
    if owner is None:
        return
    for verb in passage.tree.ancestors(token.i):
        if not is_verb(verb):
            continue
        args = passage.arguments(verb)
        about = [d for h in [*args.subjects, *args.objects] for d in told.below([h])]
        if not about:
            continue
        stance = stance_of(passage, verb)
        agents = told.others(_claimants(passage, args.subjects)) if verb.lemma != "be" else []
        agents = agents or stance.speakers[:1]
        if owner.key not in SELF and not any(_speaks_for_itself(a) for a in agents):
            _lay_to(about[0], owner, stance)  # "the raid was X's work, the army said"
            return
        if agents:
            yield claimed(token, agents, about)
            return


def _lay_to(draft: Draft, owner: Entity, stance: Stance) -> None:
    draft.add("agent", [owner])
    draft.certainty, draft.cue = stance.certainty, stance.cue
    draft.speakers = draft.speakers or list(stance.speakers)


def _speaks_for_itself(speaker: Entity) -> bool:
    """Whether a speaker is an armed group or its mouth: what it calls a group's work it claims."""
    return speaker.cls == "armed" or any(n.cls == "armed" for n in speaker.names)


def _owner(passage: Passage, token: Token) -> Entity | None:
    """Return whose work a word calls something: the speaker's ("its own") or an armed group's, else None."""
    if token.lemma not in passage.lexicon.says("claim", "work"):
        return None
    if token.lemma == "own" and token.dep not in _OBJECT_LIKE:
        return None
    before = passage.tree.tokens[max(0, token.i - 1) : token.i]
    owners = [k.i for k in passage.tree.kids(token.i, "poss")] or [t.i for t in before if t.form in SELF]
    owners = owners or [h for p, h in prepositional(passage.tree, token.i) if p == "of"]
    entity = passage.entities.at(owners[0]) if owners else None
    return entity if entity is not None and (entity.key in SELF or entity.cls == "armed") else None


def unclaimed(told: Told) -> Iterator[Saying]:
    """Read "the attack went unclaimed": a claim that nobody makes."""
    words = told.passage.lexicon.says("claim", "unclaimed")
    for token in told.passage.tree.read:
        if not words.isdisjoint((token.lemma, token.form)):
            yield Saying("claim", token, [], told.in_sentence(token)[:1], negated=True)
