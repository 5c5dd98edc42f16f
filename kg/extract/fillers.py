"""Fillers: which entities around a trigger fill which role of its event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract import triggers
from kg.extract.arguments import Arguments, prepositional
from kg.extract.draft import Draft
from kg.extract.entity import ACTORS, FIGHTERS, PLACES, Entity
from kg.extract.passage import Passage, is_verb

WHERE = frozenset(
    {"in", "at", "near", "outside", "around", "to", "from", "within", "inside", "across", "throughout",
     "off", "on", "between", "along", "close", "west", "north", "south", "east", "over", "of", "by", "into",
     "toward", "beside", "for"}
)  # fmt: skip
_AT = frozenset({"on", "against", "at", "upon", "into", "through"})  # open what an event is directed at
_STRUCK = frozenset({"on", "against", "into"})  # open what an event hits, where no list knows it
_NEAR = frozenset({"near", "inside", "over", "in"})  # open it only where a facility follows
_IN = frozenset({"in", "near", "at", "outside", "around", "inside"})  # make places of unknown proper nouns
_BETWEEN = frozenset({"with", "between", "against", "by", "of"})  # open the parties of a clash or agreement
_TARGETS = frozenset(
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
_PARTIES = frozenset({"armed", "force", "community", "government", "civilian", "unknown"})
_REFLEXIVE = ("self", "selves")
_DEPTH = 2  # phrases looked through for the place of a target


def can_act(entity: Entity) -> bool:
    """Return whether an entity can be an agent; a place only where its government can be meant."""
    if entity.cls == "place":
        return entity.name is not None and entity.name.metonym
    return (entity.cls in ACTORS and entity.cls not in ("media", "source")) or entity.pronoun


def can_suffer(entity: Entity) -> bool:
    """Return whether an entity can be the target or victim of an event."""
    return entity.cls in _TARGETS or (entity.pronoun and not entity.key.endswith(_REFLEXIVE))


def actors(passage: Passage, heads: Iterable[int]) -> list[Entity]:
    """Return the entities of some heads that can act."""
    return [e for e in passage.entities.all_of(heads) if can_act(e)]


def sufferers(passage: Passage, heads: Iterable[int]) -> list[Entity]:
    """Return the entities of some heads that can be targets or victims."""
    return [e for e in passage.entities.all_of(heads) if can_suffer(e)]


def as_place(entity: Entity) -> Entity:
    """Return an entity in no list as the place that its phrase shows it to be."""
    return replace(entity, cls="place", kind="Place")


def is_thing(passage: Passage, entity: Entity) -> bool:
    """Return whether an entity is something that no list knows and that an attack can hit."""
    vague = passage.lexicon.collective["vague"] | passage.lexicon.collective["words"]
    lemma = passage.tree.tokens[entity.head].lemma
    return entity.cls == "other" and lemma not in vague and not triggers.evokes(passage, entity.head)


def places_behind(passage: Passage, i: int) -> list[Entity]:
    """Return the places in the phrases of a token, proper nouns in no list among them: "flared around X"."""
    found = []
    for prep, head in prepositional(passage.tree, i):
        for entity in passage.entities.all_of([head]) if prep in WHERE else ():
            if entity.cls in PLACES:
                found.append(entity)
            elif entity.cls == "unknown" and prep in _IN:
                found.append(as_place(entity))
    return found


def is_settlement(passage: Passage, entity: Entity) -> bool:
    """Return whether an entity is a village or town that the text leaves unnamed: it can be attacked."""
    tokens, settlements = passage.tree.tokens, passage.lexicon.collective["settlements"]
    return entity.cls == "geography" and not entity.names and tokens[entity.head].lemma in settlements


def add_parties(passage: Passage, draft: Draft, args: Arguments) -> None:
    """Add those who fight or agree: they may be subjects, objects and in phrases alike."""
    heads = [*args.subjects, *args.objects, *args.agents]
    heads += [h for p, h in args.preps if p in _BETWEEN]
    heads += [h for h in args.modifiers if passage.entities.at(h).cls in FIGHTERS]
    found = passage.entities.all_of(heads)
    draft.add("party", [e for e in found if e.cls in _PARTIES or e.pronoun or can_act(e)])


def add_phrases(passage: Passage, draft: Draft, args: Arguments) -> None:
    """Add targets and places from the prepositional phrases of a trigger, and the places of its fillers."""
    phrases = _phrases(passage, args)
    for prep, entity in sorted(phrases, key=lambda pair: pair[1].cls == "unknown"):
        if entity.label:
            _add_phrase(passage, draft, prep, entity)
    for entity in [e for role in ("target", "victim", "party") for e in draft.role(role)]:
        add_inner_places(passage, draft, entity)
    if not draft.places:  # "massacred by X near Y": the parser hangs the place on who did it
        for entity in draft.role("agent"):
            if entity.head > draft.trigger.i:
                add_inner_places(passage, draft, entity)
    if not draft.places:
        draft.places += passage.places(_directed(passage, draft.trigger.i))


def _directed(passage: Passage, i: int) -> Iterator[int]:
    """Yield the heads behind "south of" in the phrase of a trigger, whatever they hang on there."""
    tree, directions = passage.tree, passage.lexicon.tells("directions", "words")
    stack = [i]
    while stack:
        below = [k for k in tree.kids(stack.pop()) if k.i > i and not is_verb(k)]
        stack += [k.i for k in below]
        for kid in below:
            if kid.lemma in directions:
                yield from (h for p, h in prepositional(tree, kid.i) if p == "of")


def _phrases(passage: Passage, args: Arguments) -> Iterator[tuple[str, Entity]]:
    """Yield (preposition, entity) of the phrases of a trigger, and of those inside them."""
    nested = [
        (p, h)
        for _, above in args.preps
        if passage.entities.at(above).cls in ("other", "weapon", "time")
        and not triggers.evokes(passage, above)
        for p, h in prepositional(passage.tree, above)
    ]
    for prep, head in [*args.preps, *nested]:
        for entity in passage.entities.all_of([head]):
            yield prep, entity


def _add_phrase(passage: Passage, draft: Draft, prep: str, entity: Entity) -> None:
    if entity.cls in ("facility", "geography") and prep in WHERE:
        add_inner_places(passage, draft, entity)
    if is_settlement(passage, entity) and prep in _AT and draft.entry.object != "party":
        draft.add("target", [entity])
    if entity.cls == "unknown" and (prep in _IN or (prep == "on" and draft.role("target"))):
        draft.places.append(as_place(entity))  # a proper noun that one can be in
    elif entity.cls in PLACES and prep in WHERE:
        draft.places.append(entity)
    elif draft.type == "clash":
        return
    elif prep == "alongside" and entity.cls in FIGHTERS:
        draft.add("agent", [entity])
    elif entity.cls in _TARGETS:
        _add_target(draft, prep, entity)
    elif prep in _STRUCK or (prep == "of" and draft.nominal):
        draft.struck += [entity] if is_thing(passage, entity) else []


def _add_target(draft: Draft, prep: str, entity: Entity) -> None:
    role = draft.entry.object
    if role == "party":
        return
    if prep == "of" and draft.nominal:
        draft.add("agent" if entity.cls == "armed" and not _suffers_of(draft) else role, [entity])
    elif prep in _AT:
        draft.add("target" if entity.cls == "facility" else role, [entity])
    elif prep in _NEAR and entity.cls == "facility" and not draft.role("target"):
        draft.add("target", [entity])


def _suffers_of(draft: Draft) -> bool:
    """Whether the of-phrase of a noun is its object ("the killing of X") rather than its agent."""
    return (
        draft.entry.object == "victim"
        or draft.type in ("capture", "operation")
        or (draft.trigger.lemma.endswith("ing") and draft.entry.tactic != "suicide-bombing")
    )


def add_inner_places(passage: Passage, draft: Draft, entity: Entity) -> None:
    """Add the places that a target's own phrase names ("the base in central Mali", "a Gao hotel")."""
    heads = [(entity.head, 0)]
    while heads:
        above, depth = heads.pop()
        for prep, head in prepositional(passage.tree, above):
            if prep in WHERE:
                found = passage.entities.all_of([head])
                draft.places += [e for e in found if e.cls in PLACES]
                draft.places += [as_place(e) for e in found if e.cls == "unknown" and prep in _IN]
                heads += [(e.head, depth + 1) for e in found if e.cls not in PLACES and depth < _DEPTH]
    for token in passage.entities.modifiers(entity.head):
        if token.name is not None and token.name.cls == "place":
            draft.places.append(passage.entities.at(token.i))
