"""Networks: branches, affiliates and links between groups."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.arguments import antecedent
from kg.extract.draft import Draft
from kg.extract.entity import Entity
from kg.extract.passage import Passage, is_noun
from kg.extract.relations.bearers import bearers
from kg.extract.relations.drafting import arguments, may_be_armed, named, of_class, relation
from kg.extract.relations.offices import bodies
from kg.extract.syntax import Token

_ARMED = frozenset({"armed"})


def nominal(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "X, al Qaeda's branch in Mali", "X is an affiliate of Y", "X, a splinter of Y"."""
    lexicon = passage.lexicon
    if token.lemma not in lexicon.relates("affiliation", "nouns") or not is_noun(token):
        return
    kind = "split" if token.lemma in lexicon.relates("split", "nouns") else "affiliation"
    wholes = [e for e in bodies(passage, token) if e.name]
    parts = _parts(passage, token)[:1] or (_itself(passage, token) if kind == "affiliation" else [])
    yield from relation(passage, kind, token, agent=parts, object=wholes[:1])


def _itself(passage: Passage, token: Token) -> list[Entity]:
    """Return the part that a phrase tells apart without a name of its own: "al-Qaeda's North African arm"."""
    entity = passage.entities.at(token.i)
    owners = [k for k in passage.tree.kids(token.i, "poss") if k.name]
    further = [k for k in passage.tree.kids(token.i, "amod", "compound", "nmod") if k.tag[:2] in ("NN", "JJ")]
    return [entity] if owners and further and entity.head == token.i and not entity.name else []


def _parts(passage: Passage, token: Token) -> list[Entity]:
    """Return the groups that a noun such as "branch" is said of."""
    return [
        e
        for e in bearers(passage, token)
        if e.cls == "unknown" or (e.name and (e.cls == "armed" or may_be_armed(passage, e)))
    ]


def possessed(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "al Qaeda's JNIM" (a network's branch) and "Shekau's Boko Haram" (a leader's group)."""
    if token.name is None or token.name.cls != "armed":
        return
    group = passage.entities.at(token.i)
    for kid in passage.tree.kids(token.i, "poss"):
        owner = passage.entities.at(_owning(passage, token, kid))
        if kid.tag == "WP$" and owner.cls != "person":
            continue  # whose group it is hangs on where the clause is hung
        if owner.key == "its" or (owner.cls == "armed" and not owner.name and not owner.people):
            yield from relation(passage, "membership", token, agent=[group], object=[owner])
        elif owner.name and owner.cls == "armed":
            yield from relation(passage, "affiliation", token, agent=[group], object=[owner])
        elif owner.cls == "person":
            yield from relation(passage, "leadership", token, agent=[owner], object=[group])


def _owning(passage: Passage, token: Token, owner: Token) -> int:
    """Return the head of who owns, of "whose" that of the noun before the relative clause."""
    if owner.tag != "WP$":
        return owner.i
    verb = next((a for a in passage.tree.ancestors(token.i) if a.dep == "relcl"), None)
    found = antecedent(passage.tree, verb.i) if verb else None
    return owner.i if found is None else named(passage, found)


def hyphenated(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "al-Qaeda-linked X", "Iran-backed X"."""
    form, tree, lexicon = token.form, passage.tree, passage.lexicon
    if form not in lexicon.relates("affiliation", "adjectives") or token.i < 2:
        return
    dash, patron = tree.tokens[token.i - 1], tree.tokens[token.i - 2]
    if dash.text not in "-–—" or patron.name is None:
        return
    described = passage.entities.at(token.head)
    if described.cls != "armed":
        return
    explained = [k.i for k in tree.kids(token.head, "appos")]
    named = [e for e in of_class(passage, [token.head, *explained], _ARMED) if e.name]
    members, patrons = named[:1] or [described], [passage.entities.at(patron.i)]
    if patron.name.cls == "armed":
        yield from relation(passage, "affiliation", token, agent=members, object=patrons)
    elif form in lexicon.relates("support", "adjectives"):
        yield from relation(passage, "support", token, agent=patrons, object=members)


def linked(passage: Passage, token: Token) -> Iterator[Draft]:
    """Read "a group affiliated with X", "linked to X"."""
    if token.lemma not in passage.lexicon.relates("affiliation", "verbs"):
        return
    args = arguments(passage, token)
    objects = of_class(passage, [h for p, h in args.preps if p in ("with", "to")], _ARMED)
    agents = of_class(passage, args.objects or (args.subjects if token.tag == "VBN" else []), _ARMED)
    yield from relation(passage, "affiliation", token, agent=agents, object=objects)
