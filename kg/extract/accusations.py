"""Accusations: who lays an event to whom."""

from __future__ import annotations

from kg.extract.arguments import Arguments, prepositional
from kg.extract.draft import Draft
from kg.extract.entity import SPEAKERS, Entity
from kg.extract.hosts import EFFECTS
from kg.extract.lexicon import Trigger
from kg.extract.passage import Passage
from kg.extract.scope import stance_of
from kg.extract.stance import Stance
from kg.extract.syntax import Token
from kg.extract.told import SELF, Told

_ACCUSED = frozenset({"armed", "force", "government", "place", "person", "unknown"})


def accusers(passage: Passage) -> frozenset[int]:
    """Return the verbs that may lay something to somebody: in a passage with a mark of a culprit, all."""
    verbs = [t for t in passage.tree.read if t.tag.startswith("VB")]
    marks, words = passage.lexicon.says("blame", "marks"), passage.lexicon.opening("blame")
    marked = any(t.lemma in marks for t in passage.tree.read)
    return frozenset(t.i for t in verbs if marked or t.lemma == "do" or t.lemma in words)


def accusation(told: Told, token: Token) -> Draft | None:
    """Read "blamed X for Y", "attributed Y to X", "accused X of doing Y".

    The accused are written into the draft of Y where the sentence tells it.

    Returns:
        A draft for the account itself where Y was told in an earlier sentence, else None.
    """
    passage, lexicon = told.passage, told.passage.lexicon
    args = passage.arguments(token)
    if token.lemma == "do" and (account := _did_it(told, token, args)) is not None:
        return account
    if _answerable(told, token) is None and token.lemma not in lexicon.says("blame", "verbs"):
        return _lay_to_marked(told, token, args)
    heads = [h for _, h in args.preps]
    below = [i for i in passage.tree.subtree(token.i) if i in told.drafts] if _answerable(told, token) else []
    events = told.below([*heads, *args.objects, *passage.governed(token, "pcomp"), *below])
    accused = _accused(told, token, args)
    speakers = told.others(passage.entities.all_of(args.agents if args.passive else args.subjects))
    before = [d for d in told.before(token) if d.type not in EFFECTS] or told.before(token)
    named = any(not s.pronoun or s.key in SELF for s in speakers)
    if not events and not before and accused and named:
        return _account(told, token, accused, speakers)
    if not events and token.lemma in lexicon.says("blame", "of_what_was_told"):
        events = before[-1:]
        again = {e.key for e in speakers} & {e.key for d in events for e in d.speakers}
        if events and events[0].accused and accused and named and not again:  # "A blames B; B blames C"
            return _account(told, token, accused, speakers, events[0])
    for draft in events[:1]:
        _lay_to(draft, accused, speakers, token.text)
    return None


def _did_it(told: Told, token: Token, args: Arguments) -> Draft | None:
    """Read "neighbours say that X did it" of what was told before."""
    passage = told.passage
    it = any(passage.tree.tokens[o].lemma in ("it", "this", "that") for o in args.objects)
    accused = [e for e in passage.entities.all_of(args.subjects) if e.cls in ("armed", "force")] if it else []
    stance = stance_of(passage, token) if accused else Stance()
    if not stance.speakers or stance.certainty in ("negated", "denied", "hypothetical"):
        return None
    return _account(told, token, accused, stance.speakers)


def _answerable(told: Told, token: Token) -> Token | None:
    """Return the adjective of "hold X responsible for Y", None where a verb lays nothing to anybody so."""
    says = told.passage.lexicon.says
    if token.lemma not in says("blame", "holding"):
        return None
    below = told.passage.tree.subtree(token.i)
    found = (told.passage.tree.tokens[i] for i in below if i > token.i)
    return next((t for t in found if t.lemma in says("blame", "answerable")), None)


def _lay_to_marked(told: Told, token: Token, args: Arguments) -> Draft | None:
    """Read "the raid bore the hallmarks of X" and "pointed the finger at X": X is suspected.

    Returns:
        A draft for the account itself where the event was told in an earlier sentence, else None.
    """
    passage, tokens = told.passage, told.passage.tree.tokens
    marks = passage.lexicon.says("blame", "marks")
    doors = [h for p, h in args.preps if p == "at"]  # "lays the ambush at the door of X"
    for mark in [h for h in [*args.objects, *args.subjects, *doors] if tokens[h].lemma in marks]:
        below = [h for p, h in prepositional(passage.tree, mark) if p in ("of", "at", "to")]
        below += [k.i for k in passage.tree.kids(mark, "poss")]
        below += [h for p, h in args.preps if p in ("at", "to", "toward", "towards")]
        accused = [e for e in passage.entities.all_of(below) if e.cls in _ACCUSED]
        events = told.below([h for h in [*args.objects, *args.subjects] if h != mark])
        events = events or told.in_sentence(token)
        speakers = [
            e for e in passage.entities.all_of(args.subjects) if e.head not in told.drafts and e.head != mark
        ]
        speakers = [e for e in speakers if e.cls in SPEAKERS]
        if accused and events:
            _lay_to(events[0], accused, speakers, token.text)
        elif accused and speakers:
            return _account(told, token, accused, speakers)
    return None


def _accused(told: Told, token: Token, args: Arguments) -> list[Entity]:
    """Return whom a verb blames: the object, or who stands behind "to" and "on" ("pinned Y on X")."""
    passage = told.passage
    answerable = _answerable(told, token)
    if answerable is not None:  # the parser hangs X on the verb or on the adjective
        heads = [*args.objects, *(k.i for k in passage.tree.kids(answerable.i, "nsubj"))]
        heads += [k.i for k in passage.tree.kids(answerable.head, "nsubj", "dobj")]
        found = told.others(passage.entities.all_of(h for h in heads if h > token.i))
    elif token.lemma in passage.lexicon.says("blame", "to_whom"):
        found = passage.entities.all_of([h for p, h in args.preps if p in ("to", "on")])
    else:
        found = told.others(passage.entities.all_of([*args.objects, *(h for _, h in args.preps)]))
    return [e for e in found if e.cls in _ACCUSED]


def _account(
    told: Told, token: Token, accused: list[Entity], speakers: list[Entity], of: Draft | None = None
) -> Draft:
    draft = Draft("attack", token, Trigger("attack", strong=True), told.passage.number)
    draft.certainty, draft.cue, draft.speakers = "suspected", token.text, speakers
    draft.add("agent", accused)
    draft.retells = of
    return draft


def _lay_to(draft: Draft, accused: list[Entity], speakers: list[Entity], cue: str) -> None:
    """Write the accused into a draft as its agents, and out of its targets."""
    starts = {e.start for e in accused}
    for role in ("target", "victim"):
        draft.roles[role] = [e for e in draft.role(role) if e.start not in starts]
    draft.roles = {role: kept for role, kept in draft.roles.items() if kept}
    if not draft.role("object"):  # whom a pledge or an alliance is of, its words tell
        draft.add("agent", accused)
    draft.certainty, draft.cue, draft.speakers = "suspected", cue, speakers
    draft.accused = True
