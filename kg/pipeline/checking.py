"""Whether a store is what its reports, the registry and the judgements make of it, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from kg import accept
from kg.maintenance import DERIVED
from kg.pipeline.stored import report_of
from kg.pipeline.work import judgements_of
from kg.vocab import GRAPH, MKG, PREFIXES, iri, ref

if TYPE_CHECKING:
    from kg.registry import Registry
    from kg.store import Store

SHOWN = 10
_KNOWN = (*DERIVED, GRAPH.registry, GRAPH.runs)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a store: where, what, and how many more there are like it."""

    where: str
    what: str
    more: int = 0


def check(store: Store, registry: Registry) -> list[Fault]:
    """Return what is wrong with a store; all that is derived is computed anew and compared.

    Every report must be whole (its reference is a hash of its text and data), the registry must be the one
    at hand, every derived graph must be what the reports, the registry and the judgements give, and nothing
    else may be in the store. Memory grows with the store: 70 MB for each 1,000 reports, measured to 10,000.

    Raises:
        InputError: the file of judgements is damaged.
    """
    graphs = store.graphs()
    reports = [graph for graph in graphs if graph.value.startswith(PREFIXES["report"])]
    faults = [Fault(ref(graph), "not a whole report") for graph in reports if not _is_whole(store, graph)]
    unknown = sorted({*graphs} - {*reports, *_KNOWN}, key=str)
    faults += [Fault(str(graph), "not a graph of militant-kg") for graph in unknown]
    faults += _compared(GRAPH.registry, set(store.found(g=GRAPH.registry)), set(registry.quads()))
    quads = (quad for graph in reports for quad in store.found(g=graph))
    expected: dict[NamedNode, set[Quad]] = {graph: set() for graph in DERIVED}
    for quad in accept.derive(quads, registry, judgements_of(store)):
        assert isinstance(quad.graph_name, NamedNode)
        expected[quad.graph_name].add(quad)
    for graph in DERIVED:
        held = {quad for quad in store.found(g=graph) if quad.predicate != MKG.derivation}
        faults += _compared(graph, held, expected[graph])
    return faults


def contents(store: Store) -> list[tuple[str, int]]:
    """Return how much of what a store holds, by name, in the order in which it is shown."""
    statuses = ("accepted", "contested", "suspected", "denied", "hypothetical")
    by_status = {name: _count(store, MKG.status, iri(f"mkg-status:{name}")) for name in statuses}
    return [
        ("reports", sum(1 for quad in store.found(p=MKG.run) if quad.graph_name != GRAPH.runs)),
        ("tellings", sum(1 for _ in store.found(p=MKG.eventType))),
        ("events", len({q.object for q in store.found(p=MKG.canonical) if "/event/" in str(q.object)})),
        ("statements", sum(1 for _ in store.found(p=MKG.certainty))),
        ("propositions", sum(by_status.values())),
        *((f"propositions, {name}", count) for name, count in by_status.items()),
        ("judgements", len(judgements_of(store))),
        ("quads", len(store)),
    ]


def _count(store: Store, predicate: NamedNode, value: NamedNode) -> int:
    return sum(1 for _ in store.found(p=predicate, o=value))


def _is_whole(store: Store, graph: NamedNode) -> bool:
    report = report_of(store.found(s=graph, g=graph))
    return f"report:{report.id}" == ref(graph)


def _compared(graph: NamedNode, held: set[Quad], expected: set[Quad]) -> Iterator[Fault]:
    for what, quads in (("missing", expected - held), ("unfounded", held - expected)):
        yield from _listed(ref(graph), what, sorted(map(_shown, quads)))


def _listed(where: str, what: str, found: Sequence[str]) -> Iterator[Fault]:
    for text in found[:SHOWN]:
        yield Fault(where, f"{what}: {text}", 0)
    if len(found) > SHOWN:
        yield Fault(where, f"{what}: {len(found) - SHOWN:,} more quads", len(found) - SHOWN)


def _shown(quad: Quad) -> str:
    terms = (quad.subject, quad.predicate, quad.object)
    return " ".join(str(term) if isinstance(term, Literal) else _short(term) for term in terms)


def _short(term: object) -> str:
    from kg.errors import UsageError

    try:
        return ref(term) if isinstance(term, NamedNode) else str(term)
    except UsageError:
        return str(term)
