"""Weighing: which type an event has by those in it, and whether a draft states one at all."""

from __future__ import annotations

from kg.extract.draft import Draft
from kg.extract.entity import FIGHTERS, PLACES, STATE_SIDE, VIOLENT, Entity
from kg.extract.lexicon import Lexicon

HISTORY = "1970"  # what is dated before is history, not a report
_STATE_CAPABLE = STATE_SIDE | {"place"}
_FEW = 5  # dead beside a named person with whom it is still his killing
_FILLED = ("agent", "target", "victim", "party")


def settle(draft: Draft) -> None:
    """Fix the type by who acts and who suffers: attack or operation, killing of a named person, capture."""
    agents = draft.role("agent")
    _settle_struck(draft)
    state = bool(agents) and all(_is_of_state(a) for a in agents)
    fatal = draft.fatal or draft.entry.effect in ("killed", "died")
    few = all(count.low <= _FEW for count in draft.tolls.values())  # "X and two other cadres were killed"
    if fatal and few and any(_is_named_person(v) for v in draft.role("victim")):
        draft.type = "killing"
    elif draft.type in ("killing", "wounding"):
        draft.type = "attack"
    if draft.type == "attack" and (state or (not agents and draft.by_air)):
        draft.type = "operation"
    elif draft.type == "operation" and agents and not state:
        draft.type = "attack"
    if draft.type == "operation":
        for victim in draft.roles.pop("victim", []):
            draft.add("target", [victim])
    if draft.type == "capture" and not draft.role("victim") and draft.places:
        draft.roles.pop("target", None)


def _settle_struck(draft: Draft) -> None:
    """Make a thing that an armed actor attacks the target, where nothing else is."""
    fought = draft.type in ("attack", "operation") and draft.entry.object == "target"
    armed = draft.claimed or any(a.cls in FIGHTERS for a in draft.role("agent"))
    if fought and armed and not (draft.role("target") or draft.role("victim")):
        draft.add("target", draft.struck[:2])


def _is_of_state(entity: Entity) -> bool:
    return entity.cls in _STATE_CAPABLE or (bool(entity.country) and entity.cls != "armed")


def _is_named_person(entity: Entity) -> bool:
    unknown = entity.cls == "unknown" and entity.kind == "Actor"
    return entity.cls == "person" or (unknown and entity.capitalised)


def holds(draft: Draft, lexicon: Lexicon, *, cued: bool, nearby: bool) -> bool:
    """Return whether a draft states an event of this field.

    Args:
        draft: a settled draft.
        lexicon: the nouns that say too little by themselves.
        cued: its sentence speaks of sport, weather, markets or software.
        nearby: its sentence tells another fight between armed actors.
    """
    fillers = [e for role in _FILLED for e in draft.role(role)]
    if draft.date is not None and draft.date.dating.end and draft.date.dating.end[:4] < HISTORY:
        return False
    armed = any(_is_fighter(e) for e in fillers)
    figurative = not armed and not (draft.entry.strong and draft.entry.tactic and draft.tolls)
    if cued and figurative:
        return False
    violent = any(e.cls in VIOLENT for e in fillers)
    if draft.type == "clash":
        return _clash_holds(draft, violent=violent, nearby=nearby)
    if draft.type == "agreement":
        parties = draft.role("party")
        spoken_for = any(n.cls == "armed" for p in parties for n in p.names)  # "envoys of the group"
        return bool(parties) and (violent or spoken_for)
    if draft.type == "capture":
        return _capture_holds(draft, violent=violent or nearby)
    if draft.type == "operation":
        return _operation_holds(draft)
    if draft.type == "killing" or draft.claimed:
        return True
    return _attack_holds(draft, lexicon, violent=violent, cued=cued)


def _is_fighter(entity: Entity) -> bool:
    """Whether an entity is of the field beside words of another; a name no list has is not enough."""
    known = entity.name is not None and entity.name.match is not None
    words = entity.label.split()
    like_a_name = entity.name is not None or (len(words) > 1 and all(w[:1].isupper() for w in words))
    return (entity.cls == "armed" and (known or not like_a_name)) or (entity.cls in VIOLENT and known)


def _clash_holds(draft: Draft, *, violent: bool, nearby: bool) -> bool:
    parties = draft.role("party")
    if draft.nominal and draft.definite and not draft.roles:
        return violent or nearby
    told = bool(draft.places or draft.tolls) or (draft.nominal and bool(parties))
    return len(parties) > 1 or (violent and told)


def _capture_holds(draft: Draft, *, violent: bool) -> bool:
    victims = draft.role("victim")
    taken = victims or draft.role("target") or [p for p in draft.places if p.cls in PLACES]
    someone = any(v.cls in ("person", "official") for v in victims) and bool(draft.role("agent"))
    return bool(taken) and (violent or someone)


def _operation_holds(draft: Draft) -> bool:
    struck = [e for e in draft.role("target") if e.cls == "armed" or any(n.cls == "armed" for n in e.names)]
    deadly = draft.fatal or bool(draft.tolls)  # "the operation killed two of the group's commanders"
    started = bool(draft.role("agent")) or draft.entry.strong or (deadly and bool(struck))
    return started and bool(draft.role("target") or draft.places or draft.tolls)


def _attack_holds(draft: Draft, lexicon: Lexicon, *, violent: bool, cued: bool) -> bool:
    if not draft.nominal:
        struck = any(t.cls == "facility" for t in draft.role("target")) and not draft.role("agent")
        return violent or bool(draft.tolls) or (struck and bool(draft.places) and not cued)
    filled = bool(draft.role("target") or draft.role("victim"))
    lemma = draft.trigger.lemma
    if lemma in lexicon.tells("vague", "nouns") and not (violent and (filled or draft.role("agent"))):
        return bool(draft.tolls) and lemma in lexicon.tells("vague", "counted")
    if draft.entry.strong:
        return bool(draft.definite or draft.roles or draft.places or draft.tolls)
    if not cued and any(t.cls == "facility" for t in draft.role("target")):
        return True
    placed = bool(draft.places) and bool(filled or draft.date or draft.definite)
    return violent or bool(draft.tolls) or placed
