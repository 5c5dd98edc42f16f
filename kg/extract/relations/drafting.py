"""Relation drafts: how every rule makes one, and who can stand in a relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.arguments import Arguments, noun_arguments
from kg.extract.draft import Draft
from kg.extract.entity import FIGHTERS, Entity
from kg.extract.lexicon import Trigger
from kg.extract.passage import Passage
from kg.extract.syntax import Token

PARTIES = frozenset(
    {"armed", "force", "government", "community", "person", "unknown", "official", "civilian"}
)
_SPARE = {"merger": "object", "designation": "agent"}  # what may be left unsaid
_REFLEXIVE = ("self", "selves")
_RELATIVE = frozenset({"WDT", "WP"})
_DASHES = frozenset("-–—")
_NEEDED = frozenset({"agent", "object", "party"})


def relation(passage: Passage, kind: str, token: Token, **roles: Iterable[Entity]) -> Iterator[Draft]:
    """Yield the draft of a relation, nothing where a role that it needs is empty or it ties one to itself."""
    draft = Draft(kind, token, Trigger(kind), passage.number)
    for role, entities in roles.items():
        draft.add(role, entities)
        if role in _NEEDED and not draft.role(role) and role != _SPARE.get(kind):
            return
    if {e.start for e in draft.role("agent")}.isdisjoint(e.start for e in draft.role("object")):
        yield draft


def parties(passage: Passage, heads: Iterable[int], classes: frozenset[str] = PARTIES) -> list[Entity]:
    """Return the entities of some heads that are of some classes, and the pronouns among them."""
    found = passage.entities.all_of(named(passage, head) for head in heads)
    return [e for e in found if e.cls in classes or e.pronoun or ("government" in classes and _rules(e))]


def _rules(entity: Entity) -> bool:
    """Whether the name of a place may stand for its government."""
    return entity.cls == "place" and entity.name is not None and entity.name.metonym


def of_class(passage: Passage, heads: Iterable[int], classes: frozenset[str]) -> list[Entity]:
    """Return the entities of some heads that are of some classes, without pronouns."""
    found = passage.entities.all_of(named(passage, head) for head in heads)
    return [e for e in found if e.cls in classes]


def arguments(passage: Passage, token: Token) -> Arguments:
    """Return the arguments of a verb, those of "X-led Y" and "X-held Y" among them."""
    args, tokens = passage.arguments(token), passage.tree.tokens
    if token.i > 1 and token.tag in ("VBN", "VBD", "JJ") and tokens[token.i - 1].text in _DASHES:
        before = tokens[token.i - 2]
        if before.sent == token.sent and (before.name is not None or before.pos in ("NOUN", "PROPN")):
            return Arguments(agents=[before.i], objects=[token.head], preps=args.preps, passive=True)
    if token.dep == "acl" and any(k.lemma == "to" for k in passage.tree.kids(token.i, "aux")):
        args.subjects = [h for noun in args.subjects for h in _intending(passage, noun)]
    return _relative(passage, token, args)


def _intending(passage: Passage, noun: int) -> list[int]:
    """Return who means to do what an infinitive below a noun says: "Ankara's threat to arm X"."""
    if passage.entities.at(noun).cls != "other":
        return [noun]
    around = noun_arguments(passage.tree, noun)
    return [*around.owners, *around.agents, *(h for p, h in around.preps if p == "of")] or [noun]


def _relative(passage: Passage, token: Token, args: Arguments) -> Arguments:
    """Put the name right before a relative pronoun for what the parser read: "a rift in X, which left Y"."""
    pronoun = next((k for k in passage.tree.kids(token.i, "nsubj", "nsubjpass") if k.tag in _RELATIVE), None)
    if pronoun is None:
        return args
    if args.passive and not passage.tree.kids(
        token.i, "auxpass"
    ):  # "which had broken away", hung as a participle
        args.passive = False
        args.objects = [h for h in args.objects if h != token.head]
    found = args.subjects or args.objects
    read = passage.entities.all_of(found[:1])
    before = _name_before(passage, pronoun)
    if before is not None and all(e.cls in ("other", "pronoun") for e in read):
        found[:1] = [before]
    return args


def _name_before(passage: Passage, token: Token) -> int | None:
    """Return the head of the name that ends before a token, a comma and a name in parentheses apart."""
    tokens, i = passage.tree.tokens, token.i - 1
    while i > 0 and tokens[i].text in (",", ")", "—", "–"):
        i -= 1
        if tokens[i + 1].text == ")":
            i = max((j for j in range(i) if tokens[j].text == "("), default=1) - 1
    return i if i >= 0 and _is_name(tokens[i]) and tokens[i].sent == token.sent else None


def fitting(passage: Passage, heads: Iterable[int], kind: str, role: str) -> list[Entity]:
    """Return the entities of some heads that can fill a role of a relation, by their class."""
    classes = passage.lexicon.relates(kind, f"{role}_classes")
    entities = passage.entities.all_of(named(passage, head) for head in heads)
    return [e for e in entities if _fits(passage, e, classes)]


def _fits(passage: Passage, entity: Entity, classes: frozenset[str]) -> bool:
    if entity.pronoun:
        return not entity.key.endswith(_REFLEXIVE)
    if entity.cls == "place":
        return "place" in classes and entity.name is not None
    if entity.cls == "unknown":
        return "unknown" in classes and is_proper(passage, entity)
    return entity.cls in classes or ("armed" in classes and may_be_armed(passage, entity))


def may_be_armed(passage: Passage, entity: Entity) -> bool:
    """Return whether a body that reads as a force, a government or nothing known may be an armed group's.

    "The Falam battalion" and "Hamza Division" are called as an army's units are; "JNIM's hosts" are its men.
    """
    token = passage.tree.tokens[entity.head]
    if entity.cls in ("force", "government"):
        composed = entity.name is not None and entity.name.match is None
        unit = entity.name is None and token.lemma in passage.lexicon.collective["bearers"]
        return not entity.country and (composed or unit)
    manned = token.tag == "NNS" and token.lemma not in passage.lexicon.event_nouns
    return entity.cls == "other" and manned and any(n.cls == "armed" for n in entity.names)


def named(passage: Passage, head: int) -> int:
    """Return the head of the name that a description of a person stands beside: "X, a Saudi who …" is X."""
    tree = passage.tree
    token = tree.tokens[head]
    after = tree.tokens[head + 1] if head + 1 < len(tree.tokens) else token
    if token.name is None and after.name is not None and _beside(passage, token, after):
        return after.i  # "the Iran-backed militia X"
    if token.tag == "CD":  # "one of the two gunmen, X"
        return next((k.i for k in tree.kids(head, "appos") if _is_name(k)), head)
    if token.name is not None or token.tag in ("NNP", "NNPS", "PRP"):
        return _introduced(passage, token)
    beside = [k for k in tree.kids(head, "appos") if k.i > head]
    if token.dep == "appos":
        above = tree.tokens[token.head]
        if above.name is not None and {above.name.cls, passage.entities.at(head).cls} <= FIGHTERS:
            return above.i  # "X, the unit under Y"
        beside.append(above)
    persons = (k.i for k in beside if passage.entities.at(k.i).cls in ("person", "unknown") and _is_name(k))
    return next(persons, head)


def _beside(passage: Passage, token: Token, name: Token) -> bool:
    """Whether a name right behind a noun of its class has no tie of its own to the clause."""
    same = passage.entities.at(token.i).cls == passage.entities.at(name.i).cls
    return same and name.sent == token.sent and name.head in (token.head, token.i)


def _introduced(passage: Passage, token: Token) -> int:
    """Return the head of the person whom a nationality introduces: "X, a Saudi who …"."""
    if token.dep != "appos" or not passage.entities.at(token.i).people:
        return token.i
    above = passage.head(token)
    return above.i if _is_name(above) else token.i


def _is_name(token: Token) -> bool:
    return token.name is not None or token.tag in ("NNP", "NNPS")


def is_proper(passage: Passage, entity: Entity) -> bool:
    """Return whether an entity is a proper noun."""
    return entity.name is not None or passage.tree.tokens[entity.head].tag in ("NNP", "NNPS")


def within_field(passage: Passage, draft: Draft) -> bool:
    """Return whether an armed group, somebody of one, or what may stand for one is in a relation."""
    found = [e for role in _NEEDED for e in draft.role(role)]
    if draft.type in ("control", "capture") and any(e.cls == "force" for e in found):
        return True
    if draft.type == "support" and any(e.cls == "force" and (e.name or e.names or e.country) for e in found):
        return True
    if any(e.cls == "armed" or any(n.cls == "armed" for n in e.names) for e in found):
        return True
    spoken_of = any(t.name is not None and t.name.cls == "armed" for t in passage.tree.tokens)
    return spoken_of and any(e.pronoun for e in found)
