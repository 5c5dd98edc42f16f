"""Events that verbs and words for the fallen tell."""

from __future__ import annotations

from kg.extract import triggers
from kg.extract.arguments import Arguments, noun_arguments, prepositional
from kg.extract.draft import Draft
from kg.extract.entity import PLACES, Entity
from kg.extract.fillers import (
    actors,
    add_inner_places,
    add_parties,
    add_phrases,
    as_place,
    can_act,
    can_suffer,
    is_settlement,
    is_thing,
    places_behind,
    sufferers,
)
from kg.extract.lexicon import Trigger
from kg.extract.passage import Passage, is_verb
from kg.extract.syntax import Token

MOST_AGENTS = 4  # a longer list of subjects is a list of something else
_DEATH = Trigger("killing", strong=True, object="victim", effect="died")


def verbal(passage: Passage, token: Token) -> Draft | None:
    """Return the draft that a verb tells, None where it tells none."""
    hit = triggers.of_verb(passage, token)
    if hit is None:
        return None
    words, entry = hit
    args = passage.arguments(token)
    worn = _worn(passage, args, words)
    if entry.object == "party" and any(
        passage.tree.tokens[h].lemma in passage.lexicon.event_nouns for h in worn
    ):
        return None  # "agreed to a ceasefire": the noun tells the event
    args.objects = [o for o in args.objects if o not in worn]
    below = [pair for h in worn for pair in prepositional(passage.tree, h) if pair not in args.preps]
    args.preps = [(p, h) for p, h in args.preps if h not in worn] + below
    draft = Draft(entry.type, token, entry, passage.number, certainty=entry.certainty)
    _assign(passage, draft, args)
    head = passage.head(token)
    coming = head.lemma in passage.lexicon.tells("motion", "verbs") and head.i < token.i
    if coming and token.dep in ("advcl", "conj") and not draft.places:
        draft.places += places_behind(passage, head.i)
    if entry.tactic and entry.strong:
        draft.tactic, draft.tactic_span = entry.tactic.replace("-", " "), (token.start, token.end)
    return draft


def _worn(passage: Passage, args: Arguments, words: frozenset[str]) -> list[int]:
    """Return the arguments that are words of the trigger itself: "fire" of "open fire"."""
    tokens = passage.tree.tokens
    heads = [*args.objects, *(h for _, h in args.preps)]
    return [
        h for h in heads if {tokens[h].lemma, tokens[h].form} & words and passage.entities.at(h).head == h
    ]


def _assign(passage: Passage, draft: Draft, args: Arguments) -> None:
    if draft.entry.inverse:
        _assign_inverse(passage, draft, args)
    elif draft.entry.effect == "died":
        draft.add("victim", sufferers(passage, [*args.subjects, *args.objects]))
        draft.add("agent", actors(passage, args.agents))
    elif draft.entry.object == "party":
        add_parties(passage, draft, args)
    else:
        _assign_agents(passage, draft, args)
        _assign_objects(passage, draft, args)
    add_phrases(passage, draft, args)


def _assign_inverse(passage: Passage, draft: Draft, args: Arguments) -> None:
    """Read "X surrendered to Y", "the town fell into the hands of Y": the subject suffers, Y acts."""
    subjects = [_taken(passage, draft, e) for e in passage.entities.all_of([*args.subjects, *args.objects])]
    draft.add(draft.entry.object, [e for e in subjects if can_suffer(e) and e.cls != "facility"])
    draft.add("target", [e for e in subjects if e.cls == "facility"])
    draft.places += [e for e in subjects if e.cls in PLACES]
    draft.add(
        "agent", actors(passage, [*args.agents, *(h for p, h in args.preps if p in ("to", "of", "from"))])
    )
    args.preps = [(p, h) for p, h in args.preps if p not in ("to", "of")]


def _taken(passage: Passage, draft: Draft, entity: Entity) -> Entity:
    """Return an unknown proper noun that a verb of taking territory governs as a place."""
    takes = draft.trigger.lemma in passage.lexicon.tells("takes_places", "verbs")
    return as_place(entity) if takes and entity.cls == "unknown" else entity


def _assign_agents(passage: Passage, draft: Draft, args: Arguments) -> None:
    entities = passage.entities.all_of(args.agents) or actors(passage, args.subjects)
    if planners := _planners(passage, draft, args):
        entities, draft.certainty = planners, "hypothetical"
    if draft.entry.effect in ("killed", "wounded") and not args.objects and not args.agents:
        bystanders = [e for e in entities if e.cls == "civilian"]  # "31 people hurt"
        draft.add("victim", bystanders)
        entities = [e for e in entities if e not in bystanders]
    if not draft.entry.cause:
        draft.add("agent", [e for e in entities if can_act(e)][:MOST_AGENTS])
    for weapon in passage.entities.all_of(args.agents or args.subjects):
        if weapon.cls == "weapon" and not draft.tactic:
            draft.tactic, draft.tactic_span = weapon.label, (weapon.start, weapon.end)
            draft.by_air = passage.tree.tokens[weapon.head].lemma in passage.lexicon.tells(
                "aircraft", "words"
            )


def _planners(passage: Passage, draft: Draft, args: Arguments) -> list[Entity]:
    """Return who plans what an infinitive tells: "a plan by X to bomb Y"."""
    intended = passage.lexicon.says("hypothetical", "nouns")
    plans = [h for h in args.subjects if passage.tree.tokens[h].lemma in intended]
    if draft.trigger.dep in (
        "advcl",
        "xcomp",
    ):  # "foiled a plot by X to bomb", the infinitive hung on the verb
        above = passage.tree.kids(draft.trigger.head, "dobj")
        plans += [k.i for k in above if k.lemma in intended and k.i < draft.trigger.i]
    arguments = [noun_arguments(passage.tree, h) for h in plans]
    return actors(passage, [h for a in arguments for h in (*a.agents, *a.owners)])


def _assign_objects(passage: Passage, draft: Draft, args: Arguments) -> None:
    objects = [_taken(passage, draft, e) for e in passage.entities.all_of(args.objects)]
    suffering = [e for e in objects if can_suffer(e)]
    if draft.entry.cause:  # what is lost must be people: "cost 12 lives", not "cost the group a wing"
        suffering = [e for e in suffering if e.people or e.cls == "person"]
    draft.add("target", [e for e in suffering if e.cls == "facility"])
    draft.add(draft.entry.object, [e for e in suffering if e.cls != "facility"])
    draft.places += [e for e in objects if e.cls in PLACES]
    draft.struck += [e for e in objects if is_thing(passage, e)]
    for entity in objects:
        if is_settlement(passage, entity):
            draft.add("target", [entity])
            add_inner_places(passage, draft, entity)


def fallen(passage: Passage, token: Token) -> Draft | None:
    """Read "X was among the dead", "the dead included X", "X is dead"; None where nobody is named."""
    if token.lemma not in passage.lexicon.tells("fallen", "words"):
        return None
    persons = [
        e
        for h in _dead(passage, token)
        for e in passage.entities.all_of([h, *(k.i for k in passage.tree.kids(h, "appos"))])
        if _is_named_person(e)
    ]
    if not persons:
        return None
    draft = Draft(_DEATH.type, token, _DEATH, passage.number)
    draft.add("victim", persons)
    draft.places += passage.places(passage.governed(token, "pobj"))
    return draft


def _dead(passage: Passage, token: Token) -> list[int]:
    """Return the heads of those of whom a word for the fallen is said."""
    tree, lexicon, head = passage.tree, passage.lexicon, passage.head(token)
    if token.dep == "pobj" and head.lemma in lexicon.tells("fallen", "among"):
        above = passage.head(head)
        if not is_verb(above):
            return [above.i]
        return passage.arguments(above).subjects + [k.i for k in tree.kids(above.i, "attr")]
    if token.dep == "nsubj" and head.lemma in lexicon.tells("fallen", "include"):
        return passage.arguments(head).objects
    if token.dep == "acomp" and head.lemma == "be":
        return [k.i for k in tree.kids(head.i, "nsubj")]
    if token.pos == "ADJ" and token.dep in ("ROOT", "ccomp"):  # "Boko Haram commander X dead, Chad says"
        return [k.i for k in tree.kids(token.i, "nsubj")]
    if token.dep == "amod" and head.i + 1 == token.i:  # the same, read as an adjective behind its noun
        return [head.i]
    return []


def _is_named_person(entity: Entity) -> bool:
    return entity.cls == "person" or (entity.cls == "unknown" and entity.capitalised)
