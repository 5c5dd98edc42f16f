"""The propositions and plain edges that a change touches, settled anew: events whole, relations singly."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from kg.accept import (
    Rule,
    accept,
    accepted_quads,
    canonical_triple,
    proposition_quads,
    proposition_ref,
    stance_quads,
    status_quads,
)
from kg.maintenance.events import Touched
from kg.maintenance.sources import Sources
from kg.model import Assertion
from kg.vocab import FORMERLY, GRAPH, MKG, PROV, iri

if TYPE_CHECKING:
    from kg.registry import Registry

Difference = tuple[set[Quad], set[Quad]]
"""Quads as they are, and as they will be."""
REMEMBERED = 200_000
"""How many assertions of relations are remembered between changes: about 200 MB at most."""


@dataclass(slots=True)
class Relations:
    """The assertions of relations met last, so that one that many reports state is read once."""

    limit: int = REMEMBERED
    _stated: OrderedDict[str, dict[str, Assertion]] = field(default_factory=OrderedDict)
    _count: int = 0

    def of(self, proposition: str, sources: Sources) -> dict[str, Assertion]:
        """Return the assertions that state a proposition in the store, by reference."""
        if proposition not in self._stated:
            found = sources.assertions(sources.stating(proposition))
            self.keep(proposition, {one.id: replace(one, quote="") for one in found})
        self._stated.move_to_end(proposition)
        return self._stated[proposition]

    def keep(self, proposition: str, stated: dict[str, Assertion]) -> None:
        """Note what states a proposition once the change is written, and forget what was asked for least."""
        self._count += len(stated) - len(self._stated.pop(proposition, ()))
        self._stated[proposition] = stated
        while self._count > self.limit and len(self._stated) > 1:
            _, forgotten = self._stated.popitem(last=False)
            self._count -= len(forgotten)

    def forget(self) -> None:
        """Forget all, where what is remembered may not have been written."""
        self._stated.clear()
        self._count = 0


def event_change(sources: Sources, found: Touched, ruling: Rule, registry: Registry) -> Difference:
    """Return what graph:propositions and graph:accepted hold of the touched events, and will hold."""
    store, old = sources.store, set[Quad]()
    for event in sorted(found.events):
        for proposition in sources.about(event):
            old.update(store.found(s=iri(proposition), g=GRAPH.propositions))
            old.update(store.found(o=iri(proposition), g=GRAPH.propositions))
        old.update(store.found(s=iri(event), g=GRAPH.accepted))
        old.update(store.found(o=iri(event), g=GRAPH.accepted))
    stated = [one for one in _told(sources, found) if _events(one, found) & found.events]
    settled = accept(stated, found.identity, ruling)
    return old, {*proposition_quads(settled), *accepted_quads(settled, ruling, registry)}


def relation_change(
    sources: Sources,
    ruling: Rule,
    registry: Registry,
    relations: Relations,
    assertions: tuple[Sequence[Assertion], Sequence[Assertion]],
    *,
    judged: Iterable[str] = (),
) -> Difference:
    """Return what the store holds of the touched relations, and what it will hold.

    Args:
        sources: the graphs as they are.
        ruling: what settles a relation.
        registry: containment of places.
        relations: what is remembered of relations; it is brought up to date.
        assertions: those of what was removed, and those of what was added; relations are picked out.
        judged: further propositions to be settled anew.
    """
    gone, fresh = assertions
    added: dict[str, dict[str, Assertion]] = {}
    for one in fresh:
        if is_relation(one):
            proposition = proposition_ref(canonical_triple(one, ruling.identity))
            added.setdefault(proposition, {})[one.id] = replace(one, quote="")
    leaving = {one.id for one in gone}
    left = {sources.proposition(one.id) for one in gone if is_relation(one)} - {""}
    old, new = set[Quad](), set[Quad]()
    for proposition in sorted({*added, *left, *judged}):
        before = relations.of(proposition, sources)
        staying = {name: one for name, one in before.items() if name not in leaving}
        now = {**staying, **added.get(proposition, {})}
        settled = [one for one in accept(now.values(), ruling.identity, ruling) if one.id == proposition]
        now = {one.id: one for one in chain.from_iterable(made.assertions for made in settled)}
        old.update(_kept(sources, proposition, [one for name, one in before.items() if name not in now]))
        for made in settled:
            fitting = [one for name, one in now.items() if name not in before]
            new.update((*status_quads(made), *stance_quads(made, fitting)))
        new.update(accepted_quads(settled, ruling, registry))
        relations.keep(proposition, now)
    return old, new


def is_relation(assertion: Assertion) -> bool:
    """Tell whether an assertion states a relation, not an event's part or words on it."""
    ends = (assertion.subject, assertion.object)
    return assertion.predicate != "assessment" and not any(end.startswith("telling:") for end in ends)


def _kept(sources: Sources, proposition: str, leaving: Iterable[Assertion]) -> Iterator[Quad]:
    """Yield what the store holds of a relation, but for the stance of what goes on stating it."""
    store, node = sources.store, iri(proposition)
    head = {quad.predicate: quad for quad in store.found(s=node, g=GRAPH.propositions)}
    yield from head.values()
    for one in leaving:
        yield from store.found(s=iri(one.id), o=node, g=GRAPH.propositions)
    if not head:
        return
    subject, predicate, object_ = (head[term].object for term in (MKG.subject, MKG.predicate, MKG.object))
    assert isinstance(subject, NamedNode)
    assert isinstance(predicate, NamedNode)
    for edge in {predicate, FORMERLY.get(predicate, predicate)}:
        yield from store.found(s=subject, p=edge, o=object_, g=GRAPH.accepted)
    for quad in list(store.found(p=PROV.wasDerivedFrom, o=node, g=GRAPH.accepted)):
        assert isinstance(quad.subject, NamedNode)
        yield from store.found(s=quad.subject, g=GRAPH.accepted)


def _told(sources: Sources, found: Touched) -> Iterator[Assertion]:
    """Yield the assertions of every report that tells a touched event, those of other events too."""
    names = {sources.report_of(telling) for telling in found.identity.events}
    for name in sorted(names):
        yield from sources.report(name).assertions


def _events(assertion: Assertion, found: Touched) -> set[str]:
    """Return the event that an assertion is about; no rule of `kg.assertion` relates two events."""
    ends = (assertion.subject, assertion.object)
    return {found.identity.events[end] for end in ends if end in found.identity.events}
