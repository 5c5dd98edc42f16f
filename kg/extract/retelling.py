"""Retelling: the earlier event that a later sentence speaks of again."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.draft import Draft
from kg.extract.entity import Entity
from kg.extract.hosts import EFFECTS


def retold(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the earlier event that a definite noun ("the attack") or a bare toll speaks of, None without.

    Args:
        draft: the draft.
        before: the drafts that stay, told before it, in text order.
    """
    if draft.another or draft.negated:
        return None
    told = [d for d in before if stands(d) and not d.unhappened]
    named = {v.key for v in draft.role("victim") if v.cls == "person"}
    effect = draft.type in EFFECTS
    for other in reversed(told if named and effect else []):
        deadly = other.fatal or other.entry.effect
        if deadly and named & {v.key for v in other.role("victim")}:
            return other  # one dies once
    if effect and not draft.role("agent") and not named:
        return told[-1] if told and _agree(draft, told[-1]) else None
    if not (draft.nominal and draft.definite):
        return None
    return next((d for d in reversed(told) if d.type != "capture" and _agree(draft, d)), None)


def stands(draft: Draft) -> bool:
    """Return whether a draft says enough to be spoken of again."""
    if draft.entry.object == "party":
        return bool(draft.roles)
    return bool(draft.roles or draft.places or draft.tolls or draft.claimed or draft.entry.strong)


def _agree(draft: Draft, other: Draft) -> bool:
    """Whether a retelling contradicts nothing of the event before it."""
    if draft.type == "clash" and other.type != "clash" and draft.roles:
        return False
    if not _same_manner(draft, other):
        return False
    for role in ("agent", "target", "victim"):
        mine, theirs = draft.role(role), other.role(role)
        if mine and theirs and not any(_alike(a, b) for a in mine for b in theirs):
            return False
    mine_at = {p.key for p in draft.places if p.name}
    theirs_at = {p.key for p in other.places if p.name}
    return not (mine_at and theirs_at) or bool(mine_at & theirs_at)


def _same_manner(draft: Draft, other: Draft) -> bool:
    """Whether two tactics can be the same: one is a kind of the other, or just a bombing."""
    one, two = draft.entry.tactic, other.entry.tactic
    return not one or not two or one in two or two in one or "bombing" in (one, two)


def _alike(one: Entity, other: Entity) -> bool:
    """Whether two fillers can be the same: equal, or of one class and one of them names nobody."""
    if one.pronoun or other.pronoun or one.key == other.key:
        return True
    nameless = not (one.names or one.name) or not (other.names or other.name)
    return one.cls == other.cls and nameless
