"""From drafts to events: effects join what caused them, retellings join what they retell."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.draft import Draft
from kg.extract.entity import FIGHTERS
from kg.extract.hosts import host
from kg.extract.retelling import contradicted, retold
from kg.extract.syntax import Tree

_REACH = 200  # events before within which one may be told again


class Merger:
    """Joins the drafts of one report, given with the trees they come from; keeps what went into what."""

    def __init__(self, trees: Sequence[Tree]) -> None:
        self.trees = trees
        self._into: dict[int, Draft] = {}  # id of an absorbed draft -> the draft it went into

    def final(self, draft: Draft) -> Draft:
        """Return the draft that a draft went into, itself where none."""
        while id(draft) in self._into:
            draft = self._into[id(draft)]
        return draft

    def merge(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts that stay, the others absorbed; drafts and result are in text order."""
        beside: dict[tuple[int, int], list[Draft]] = {}
        for draft in drafts:
            beside.setdefault(draft.sentence, []).append(draft)
        for draft in drafts:
            found = None if draft.negated else self._host(draft, beside[draft.sentence])
            if found is not None and self.final(found) is not draft:
                self._absorb(self.final(found), draft)
        return self._kept(drafts)

    def _kept(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts that went into no other, those absorbed that retell one before."""
        kept: list[Draft] = []
        for draft in drafts:
            if id(draft) in self._into:
                continue
            lately = kept[-_REACH:]
            found = retold(draft, lately)
            if found is not None and not (draft.accused and not found.shares_sentence(draft)):
                self._absorb(found, draft)
                continue
            draft.retells = found or draft.retells or contradicted(draft, lately)
            kept.append(draft)
        return kept

    def _host(self, draft: Draft, beside: Sequence[Draft]) -> Draft | None:
        """Return the draft of its sentence that a draft belongs to, None without one."""
        tree, i = self.trees[draft.tree], draft.trigger.i
        near = [d for d in beside if self._is_near(draft, d) and not tree.parted(i, d.trigger.i)]
        return host(draft, near, tree) if near else None

    def _is_near(self, draft: Draft, other: Draft) -> bool:
        """Whether a draft may belong to another of its sentence, told to have happened, no part of it."""
        return other is not draft and not other.unhappened and self.final(other) is not draft

    def _absorb(self, into: Draft, draft: Draft) -> None:
        """Add what a draft says to the one that it goes into, which has the last word."""
        self._into[id(draft)] = into
        self._join_roles(into, draft)
        into.places += [p for p in draft.places if all(p.start != h.start for h in into.places)]
        into.date = into.date or draft.date
        into.struck += draft.struck
        into.claimed = into.claimed or draft.claimed
        purpose = any(k.lemma == "to" for k in self.trees[draft.tree].kids(draft.trigger.i, "aux"))
        deadly = draft.entry.effect in ("killed", "died") and not purpose
        into.fatal = into.fatal or draft.fatal or deadly
        for state, count in draft.tolls.items():
            into.tolls.setdefault(state, count)
        if not into.tactic and draft.nominal:
            into.tactic, into.tactic_span = draft.tactic, draft.tactic_span

    @staticmethod
    def _join_roles(into: Draft, draft: Draft) -> None:
        for role, entities in draft.roles.items():
            if role == "agent" and (into.role("agent") or into.type == "clash"):
                continue
            others = [e for e in entities if e.head != into.trigger.i or draft.tree != into.tree]
            if into.type == "clash" and role in ("target", "victim"):
                into.add("party", [e for e in others if e.cls in FIGHTERS])
            else:
                into.add(role, others)
