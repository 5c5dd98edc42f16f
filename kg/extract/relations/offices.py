"""Offices: who leads a group and who belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.arguments import prepositional
from kg.extract.draft import Draft
from kg.extract.entity import Entity
from kg.extract.passage import Passage, is_noun, is_verb
from kg.extract.relations.bearers import bearers
from kg.extract.relations.drafting import (
    arguments,
    fitting,
    is_proper,
    may_be_armed,
    of_class,
    parties,
    relation,
)
from kg.extract.syntax import Token

_OWN = frozenset({"its", "their"})
_ARMED = frozenset({"armed"})
_PERSON = frozenset({"person"})
_JOINING = frozenset({"armed", "person", "community", "official", "force"})


def held(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X, leader of Y", "Y spokesman X", "Y's emir, X", "X is the leader of Y"."""
    if not is_noun(token):
        return
    for kind in ("leadership", "membership"):
        if token.lemma in passage.lexicon.relates(kind, "nouns"):
            people, owners = _holders(passage, token), bodies(passage, token) or _appointing(passage, token)
            yield from relation(passage, kind, token, agent=people, object=owners[:1])
            return


def bodies(passage: Passage, token: Token) -> list[Entity]:
    """Return the armed bodies that an office or a part belongs to: owner, name before it, of-phrase."""
    tree = passage.tree
    heads = [k.i for k in tree.kids(token.i, "poss", "compound", "nmod")]
    heads += [h for p, h in prepositional(tree, token.i) if p in ("of", "for", "in", "with")]
    for kid in tree.kids(token.i, "compound", "poss"):
        heads += [g.i for g in tree.kids(kid.i, "compound", "poss") if g.name]
    found = passage.entities.all_of(heads)
    armed = [e for e in found if e.cls == "armed" and (e.name or not e.people or e.names)]
    armed += [e for e in found if e.cls == "force" and e.name and may_be_armed(passage, e)]
    return armed or [e for e in found if e.key in _OWN]


def _holders(passage: Passage, token: Token) -> list[Entity]:
    """Return the persons who hold an office."""
    return [
        e
        for e in bearers(passage, token)
        if e.cls == "person" or (e.cls == "unknown" and is_proper(passage, e))
    ]


def _appointing(passage: Passage, token: Token) -> list[Entity]:
    """Return the group that names somebody to an office of its own: "X picked Y as emir"."""
    head = passage.head(token)
    verb = passage.head(head) if head.lemma == "as" else head
    if token.dep not in ("pobj", "oprd") or not is_verb(verb):
        return []
    args = passage.arguments(verb)
    return of_class(passage, args.agents or args.subjects, _ARMED) if args.objects else []


def at_the_top(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X stands at the head of Y", "the man in charge of Y", "X holds a command in Y"."""
    if token.lemma not in passage.lexicon.relates("leadership", "posts") or token.pos != "NOUN":
        return
    above = _above_post(passage, token)
    if above is None:
        return
    owners = [h for p, h in prepositional(passage.tree, token.i) if p in ("of", "in")]
    owners += [k.i for k in passage.tree.kids(token.i, "poss")]
    led = [e for e in parties(passage, owners) if e.cls == "armed" or e.key == "its"]
    people = of_class(passage, _at_post(passage, above), frozenset({"person", "pronoun", "unknown"}))
    yield from relation(passage, "leadership", token, agent=people[:1], object=led[:1])


def _above_post(passage: Passage, token: Token) -> Token | None:
    """Return the verb or noun that a post depends on ("stands at the head"), None without one."""
    head = passage.head(token)
    if token.dep == "dobj":
        return head
    if token.dep != "pobj" or head.lemma not in ("at", "in", "as"):
        return None
    above = passage.head(head)
    return None if above is head else above


def _at_post(passage: Passage, above: Token) -> list[int]:
    """Return the heads of those who may stand at a post, nearest reading first."""
    if is_verb(above):
        around = passage.arguments(above)
        beside = [h for p, h in around.preps if p == "with"]
        return beside + around.subjects + [k.i for k in passage.tree.kids(above.i, "dobj", "attr")]
    return [above.i, above.head] if above.dep == "appos" else [above.i]


def led(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X leads Y", "a group led by X"."""
    if token.lemma in passage.lexicon.relates("leadership", "verbs"):
        args = arguments(passage, token)
        people = of_class(passage, args.agents or args.subjects, _PERSON)
        groups = [e for e in of_class(passage, args.objects, _ARMED) if not e.people]
        yield from relation(passage, "leadership", token, agent=people, object=groups[:1])


def under(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "the unit under X", "the group remains under X"."""
    if token.dep != "prep" or token.lemma not in passage.lexicon.relates("leadership", "prepositions"):
        return
    below = [k.i for k in passage.tree.kids(token.i, "pobj")]
    posts = [
        h for h in below if passage.tree.tokens[h].lemma in passage.lexicon.relates("leadership", "posts")
    ]
    for post in posts:  # "under the command of X", "under X's leadership"
        below += [h for p, h in prepositional(passage.tree, post) if p == "of"]
        below += [k.i for k in passage.tree.kids(post, "poss")]
    people = of_class(passage, below, _PERSON)
    head = passage.head(token)
    staying = head.lemma in passage.lexicon.relates("leadership", "staying")
    heads = passage.arguments(head).subjects if staying else [head.i]
    for group in fitting(passage, heads, "leadership", "object")[:1]:
        if group.people:
            return
        yield from relation(passage, "leadership", token, agent=people, object=[group])


def of_group(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X of Y", a person named with the group."""
    if token.name is None or token.name.cls != "person":
        return
    behind = [h for p, h in prepositional(passage.tree, token.i) if p == "of"]
    groups = [e for e in of_class(passage, behind, _ARMED) if e.name is not None]
    yield from relation(passage, "membership", token, agent=[passage.entities.at(token.i)], object=groups[:1])


def joined(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X joined Y"."""
    if token.lemma in passage.lexicon.relates("membership", "verbs"):
        args = arguments(passage, token)
        members = of_class(passage, args.subjects, _JOINING)
        heads = args.objects or [h for p, h in args.preps if p == "to"]  # "belongs to"
        groups = of_class(passage, heads, _ARMED)
        yield from relation(passage, "membership", token, agent=members, object=groups)
