"""Grounding: whether what surrounds an event shows it to be of this world and this field.

"I never killed a man" and "the bomb will never go off" evoke events as much as a report does. A report names
a group, a force, a place or a day, or counts its dead; talk about people in general does not.
"""

from __future__ import annotations

from kg.extract.draft import Draft
from kg.extract.entity import FIGHTERS, Entity
from kg.extract.passage import Passage

_ROLES = ("agent", "target", "victim", "party", "object")
_TELLING = frozenset({"armed", "force", "government", "place", "media", "community"})  # names of the field
_SEVERAL = 3  # dead or wounded that make a definite noun a report's event
_TOO_MANY = 100_000  # dead of one event; what counts more is no toll
_REPORTED = "1945"  # what is told to have been in a year before is history
_YEAR = 4  # digits
_PERSONAL = frozenset({"i", "you", "me", "my", "your", "thou", "thy", "thee", "myself", "yourself", "us"})


def grounded(draft: Draft, passage: Passage) -> bool:
    """Return whether a draft has an actor of the field by name, or two signs of a report beside it."""
    fillers = [e for role in _ROLES for e in draft.role(role)]
    sentence = passage.tree.sentence(draft.trigger.i)
    if any(_is_known(e) for e in fillers) or any(t.name and t.name.cls == "armed" for t in sentence):
        return True
    fighters = any(e.cls in FIGHTERS for e in fillers)
    if any(t.form in _PERSONAL for t in sentence):
        return False
    certain = (
        any(t.name and t.name.match and t.name.cls in _TELLING for t in passage.tree.tokens),
        fighters,
        any(_is_place(p, draft) for p in draft.places),
        draft.date is not None,
    )
    struck = [*draft.role("target"), *draft.role("victim")]
    weak = (
        bool(draft.entry.strong and (draft.entry.tactic or any(v.cls == "person" for v in struck))),
        draft.nominal and draft.definite,
        any(count.low < _TOO_MANY for count in draft.tolls.values()),
        any(e.cls == "facility" for e in fillers),
        any(e.cls in ("unknown", "person") and e.capitalised for e in struck),
        draft.claimed,
    )
    many = any(_SEVERAL <= count.low < _TOO_MANY for count in draft.tolls.values())
    counted = draft.nominal and draft.definite and many  # "the attack killed 15"
    return counted or (any(certain) and sum((*certain, *weak)) > 1)


def _is_place(place: Entity, draft: Draft) -> bool:
    """Whether a place is known, or named by more than standing before the event noun ("a C shell")."""
    known = place.name is not None and place.name.match is not None
    return known or not draft.nominal or place.end + 1 != draft.trigger.start


def _is_known(entity: Entity) -> bool:
    """Whether an entity is a fighting body that is named, or a person of the registry."""
    if entity.cls == "person":
        return entity.name is not None and entity.name.match is not None
    named = any(n.match for n in (entity.name, *entity.names) if n)
    return entity.cls in FIGHTERS and (named or bool(entity.country))


def history(passage: Passage) -> frozenset[int]:
    """Return the sentences of a year before any report: nobody reports who led the barons in 1265."""
    tree = passage.tree
    years = (t for t in tree.read if t.tag == "CD" and t.dep == "pobj" and len(t.text) == _YEAR)
    before = (t for t in years if t.text.isdigit() and t.text < _REPORTED)
    return frozenset(t.sent for t in before if tree.tokens[t.head].lemma == "in")
