"""Unions of groups and their end: mergers and splits."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.draft import Draft
from kg.extract.entity import Entity
from kg.extract.passage import Passage
from kg.extract.relations.drafting import arguments, of_class, parties, relation
from kg.extract.syntax import Token

_MERGING = frozenset({"armed", "force", "unknown"})
_PARTING = frozenset({"armed", "person", "unknown", "official"})
_ARMED = frozenset({"armed"})


def merged(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X merged with Y into Z"; Z is the object."""
    if token.lemma not in passage.lexicon.relates("merger", "verbs"):
        return
    args = arguments(passage, token)
    heads = [*args.subjects, *args.objects, *(h for p, h in args.preps if p == "with")]
    joining = [e for e in parties(passage, heads, _MERGING) if not _is_owned(passage, e)]
    into = of_class(passage, [h for p, h in args.preps if p in ("into", "under", "as")], _MERGING)
    for made in passage.tree.kids(token.i, "xcomp", "advcl"):  # "merged to form Z"
        if made.lemma in passage.lexicon.relates("merger", "forming"):
            into += of_class(passage, passage.arguments(made).objects, _MERGING)
    if any(e.cls == "armed" for e in joining) and (len(joining) > 1 or into):
        for draft in relation(passage, "merger", token, party=joining):
            draft.add("object", into[:1])
            yield draft


def _is_owned(passage: Passage, entity: Entity) -> bool:
    """Whether a phrase is of a part: "merged their fighters"."""
    return any(k.tag == "PRP$" for k in passage.tree.kids(entity.head, "poss"))


def parted(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X split from Y", "X broke away from Y", "X deserted Y"."""
    lexicon = passage.lexicon
    entries = {token.lemma, *(f"{token.lemma} {k.lemma}" for k in passage.tree.kids(token.i))}
    if entries.isdisjoint(lexicon.relates("split", "verbs")):
        return
    if passage.tree.kids(token.i, "oprd", "acomp", "ccomp"):  # "leaving 30 of the attackers dead"
        return
    args = arguments(passage, token)
    left = [h for p, h in args.preps if p in ("from", "with")]
    if token.lemma in lexicon.relates("split", "direct"):
        left = args.objects
    agents = of_class(passage, args.subjects or args.objects, _PARTING)
    yield from relation(passage, "split", token, agent=agents, object=of_class(passage, left, _ARMED))
