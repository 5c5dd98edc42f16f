"""The part of the graph that an actor reaches: who states what of it and its events, and of what things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.errors import UsageError
from kg.query import Parameter, run
from kg.query.named import parse
from kg.query.params import term
from kg.store import Store
from kg.vocab import DCTERMS, MKG, PREFIXES, SCHEMA, ref

_STATEMENTS = Path(__file__).with_name("statements.rq")
_BATCH = 500
ACTOR = Parameter("actor", "actor", None, "whom it is about")
_FROM_ACTOR = frozenset({MKG.family, MKG.theatre, DCTERMS.source})
_FROM = {
    "assertion": frozenset({MKG.states, MKG.report, MKG.about, MKG.speaker, MKG.via, MKG.channel, MKG.place,
                            MKG.tactic}),
    "proposition": frozenset({MKG.subject, MKG.object}),
    "report": frozenset({SCHEMA.publisher}),
    "event": frozenset({MKG.place}),
}  # fmt: skip
"""By which properties what a thing speaks of is reached, by the kind of thing; others lead no further."""


def actor_named(store: Store, name: str) -> NamedNode | None:
    """Return the actor that a name, alias, slug, reference or IRI means, None if it is not just one."""
    try:
        found = term(store, ACTOR, name.strip())
    except UsageError:
        return None
    return found if isinstance(found, NamedNode) else None


def part(store: Store, actor: NamedNode) -> list[Quad]:
    """Return all that is said of an actor and of its events, and the descriptions of what is named in that.

    Everything is taken as it stands but the texts of reports, so that a projection of it says of these
    events and statements what a projection of the whole store says.

    One query that follows the links itself reads the whole store in Oxigraph 0.5, minutes for a busy actor
    among 10,000 reports; asking for the things by name takes a second.
    """
    asked = run(store, parse("statements", _STATEMENTS.read_text(encoding="utf-8")), {"actor": ref(actor)})
    waiting = {actor, *(row[0] for row in asked.rows if isinstance(row[0], NamedNode))}
    known: set[NamedNode] = set()
    found: list[Quad] = []
    while waiting:
        known |= waiting
        fresh = list(_described(store, sorted(waiting, key=str)))
        found += fresh
        waiting = {node for quad in fresh for node in _reached(quad, actor)} - known
    return found


def _described(store: Store, nodes: Sequence[NamedNode]) -> Iterator[Quad]:
    """Yield what is known of things, many at a time: a server is not asked once for each."""
    for some in _batches(nodes):
        values = " ".join(map(str, some))
        text = f"VALUES ?thing {{ {values} }} ?thing ?property ?value FILTER(?property != mkg:text)"
        results = store.query(f"CONSTRUCT {{ ?thing ?property ?value }} WHERE {{ {text} }}")
        for one in results.triples or ():
            yield Quad(one.subject, one.predicate, one.object)


def _batches(nodes: Sequence[NamedNode]) -> Iterator[Sequence[NamedNode]]:
    for start in range(0, len(nodes), _BATCH):
        yield nodes[start : start + _BATCH]


def _reached(quad: Quad, actor: NamedNode) -> Iterable[NamedNode]:
    subject, value = quad.subject, quad.object
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode):
        return ()
    kind = next((kind for kind in _FROM if subject.value.startswith(PREFIXES[kind])), "")
    links = _FROM_ACTOR if subject == actor else _FROM.get(kind, frozenset())
    return (value,) if quad.predicate in links else ()
