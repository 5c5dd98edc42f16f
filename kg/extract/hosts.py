"""Hosts: the event in the same sentence that a draft tells the effect or the manner of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.arguments import antecedent, verb_arguments
from kg.extract.draft import Draft
from kg.extract.syntax import Token, Tree

EFFECTS = frozenset({"killing", "wounding"})  # types that tell what an event did to people
_COUNTED = frozenset({"killed", "died", "wounded"})  # effects that a lone event of the sentence can have had
_DURING = frozenset({"in", "during", "with", "by"})
_THROUGH = frozenset({"in", "during", "by", "with", "when"})
_EARLIER = frozenset({"after", "since", "before", "over", "for", "following", "about"})


def host(draft: Draft, near: Sequence[Draft], tree: Tree) -> Draft | None:
    """Return the event among those of its sentence that a draft belongs to, None where it stands alone.

    Args:
        draft: the draft.
        near: the other drafts of its sentence, in text order.
        tree: the tree of that sentence.
    """
    triggers = {d.trigger.i: d for d in near}
    if not draft.nominal and draft.trigger.dep != "pobj":
        return _host_of_verb(draft, triggers, tree)
    head = tree.tokens[draft.trigger.head]
    if draft.trigger.dep == "pobj":
        above = triggers.get(head.head)
        within = head.lemma in _DURING and above is not None and above.nominal and not draft.another
        return above if within else None
    if draft.trigger.dep == "appos" and head.i in triggers:
        return triggers[head.i]
    thrown = draft.trigger.dep in ("dobj", "nsubjpass") and draft.entry.strong and draft.type == "attack"
    if thrown and head.i in triggers and triggers[head.i].type == "attack" and not draft.definite:
        return triggers[head.i]  # "lobbed pipe bombs into a shop"
    return _summed_up(draft, near, tree)


def _summed_up(draft: Draft, near: Sequence[Draft], tree: Tree) -> Draft | None:
    """Return the verb of the clause that a loose noun sums up: "…, an attack since claimed by X"."""
    token = draft.trigger
    loose = token.dep in ("appos", "npadvmod", "dep") and tree.tokens[token.i - 2].text == ","
    if not loose or draft.roles:
        return None
    return next((d for d in near if d.trigger.i < token.i and d.trigger.tag.startswith("VB")), None)


def _host_of_verb(draft: Draft, triggers: Mapping[int, Draft], tree: Tree) -> Draft | None:
    args = verb_arguments(tree, draft.trigger.i)
    nouns = {i: d for i, d in triggers.items() if d.nominal}
    heads = [*args.subjects, *args.agents]
    heads += [h for p, h in args.preps if p in _THROUGH or (p == "after" and draft.type in EFFECTS)]
    modified = antecedent(tree, draft.trigger.i)
    noun = next((h for h in [*heads, modified] if h in nouns), None)
    if noun is not None:
        return nouns[noun]
    if (plot := _planned(draft, nouns, tree)) is not None:
        return plot
    if draft.type not in EFFECTS and not draft.entry.effect:
        return _continued(draft, triggers, tree)
    return _cause(draft, triggers, tree)


def _planned(draft: Draft, nouns: Mapping[int, Draft], tree: Tree) -> Draft | None:
    """Return the plot that an infinitive tells, hung on the verb above: "foiled a plot to bomb"."""
    token = draft.trigger
    if token.dep not in ("advcl", "xcomp") or not any(k.lemma == "to" for k in tree.kids(token.i, "aux")):
        return None
    beside = (nouns.get(k.i) for k in tree.kids(token.head, "dobj"))
    return next((d for d in beside if d and d.entry.certainty == "hypothetical"), None)


def _continued(draft: Draft, triggers: Mapping[int, Draft], tree: Tree) -> Draft | None:
    """Return the verb that a participle without a target of its own goes on from."""
    token = draft.trigger
    head = tree.tokens[token.head]
    participle = token.dep in ("advcl", "xcomp") and token.tag == "VBG"
    return triggers.get(head.i) if participle and not draft.role("target") else None


def _cause(draft: Draft, triggers: Mapping[int, Draft], tree: Tree) -> Draft | None:
    """Return the event whose victims an effect verb counts: above it, below it, or alone beside it."""
    token = draft.trigger
    for above in tree.ancestors(token.i):
        other = triggers.get(above.i) or _governed(triggers, above)
        if other is not None and other is not draft and _fits(draft, other):
            return other
    others = [d for _, d in sorted(triggers.items()) if d.type not in EFFECTS and _fits(draft, d)]
    for other in others:
        below = any(a.i == token.i for a in tree.ancestors(other.trigger.i))
        if below and not _is_earlier(tree, other.trigger, token):
            return other
    counted = draft.entry.effect in _COUNTED and not draft.role("agent")
    return others[0] if len(others) == 1 and counted else None


def _governed(triggers: Mapping[int, Draft], verb: Token) -> Draft | None:
    """Return the last event noun that a verb or preposition governs ("carried out an attack, killing …")."""
    found = None
    for other in triggers.values():
        argument = other.trigger.dep in ("dobj", "nsubjpass", "nsubj", "pobj")
        if other.nominal and argument and other.trigger.head == verb.i:
            found = other
    return found


def _is_earlier(tree: Tree, token: Token, verb: Token) -> bool:
    """Whether a trigger stands in an after- or since-phrase below a verb: an earlier event."""
    node = token
    for above in tree.ancestors(token.i):
        if node.dep in ("prep", "advcl"):
            marks = {node.lemma, *(k.lemma for k in tree.kids(node.i, "mark"))}
            if marks & _EARLIER:
                return True
        if above.i == verb.i:
            return False
        node = above
    return False


def _fits(draft: Draft, other: Draft) -> bool:
    """Whether an effect can be of an event: the same agent, and nobody both captured and killed."""
    mine, theirs = draft.role("agent"), other.role("agent")
    if any(
        v.cls == "person" and (a.start == v.start or a.key == "he")
        for v in draft.role("victim")
        for a in theirs
    ):
        return False  # who is killed does not do what he is killed in
    shared = any(a.pronoun or b.pronoun or a.start == b.start for a in mine for b in theirs)
    if mine and theirs and not shared:
        return False
    both_suffer = bool(draft.role("victim") and other.role("victim"))
    return not (other.entry.effect == "captured" and draft.type in EFFECTS and both_suffer)
