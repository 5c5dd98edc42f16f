"""What maintenance reads: a store's reports and derived graphs, with a change to the reports laid over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from kg.assertion import Material, material
from kg.model import Assertion
from kg.store import Store
from kg.vocab import GRAPH, MKG, PREFIXES, RDF, iri, ref

_REPORT = PREFIXES["report"]


class Sources:
    """The reports as they will be, and the derived graphs as they are.

    Args:
        store: holds both as they are.
        replaced: the new graphs of reports, by the reference of the report.
        dropped: the references of reports that will be gone.
    """

    def __init__(self, store: Store, replaced: Mapping[str, Sequence[Quad]], dropped: Iterable[str]) -> None:
        self.store = store
        self.fresh: Mapping[str, Material] = {name: material(quads) for name, quads in replaced.items()}
        self.changed = frozenset([*replaced, *dropped])
        self._reports: dict[str, Material] = dict(self.fresh)
        self._report_of = {telling.id: name for name, what in self.fresh.items() for telling in what.tellings}
        self.gone: Mapping[str, Material] = {
            name: self._stored(name) for name in sorted(self.changed) if self._holds(name)
        }

    def report(self, name: str) -> Material:
        """Return what a report will state."""
        if name not in self._reports:
            self._reports[name] = self._stored(name)
        return self._reports[name]

    def report_of(self, telling: str) -> str:
        """Return the report that will have a telling, "" where none will."""
        if telling not in self._report_of:
            found = (quad.object for quad in self.store.found(s=iri(telling), p=MKG.report))
            name = next((ref(node) for node in found if isinstance(node, NamedNode)), "")
            self._report_of[telling] = "" if name in self.changed else name
        return self._report_of[telling]

    def filed(self, key: str) -> Iterator[str]:
        """Yield the tellings that are filed under a key; some may be gone, or filed under it no more."""
        for quad in self.store.found(p=MKG.blockingKey, o=Literal(key), g=GRAPH.index):
            yield _subject(quad)

    def sketch(self, telling: str) -> str:
        """Return the sketch of a telling that keys lead to, "" where there is none."""
        found = self.store.found(s=iri(telling), p=MKG.sketch, g=GRAPH.index)
        return next((quad.object.value for quad in found if isinstance(quad.object, Literal)), "")

    def event(self, telling: str) -> str:
        """Return the event that a telling is of now, "" where it is of none yet."""
        found = self.store.found(s=iri(telling), p=MKG.canonical, g=GRAPH.identity)
        return next((ref(quad.object) for quad in found if isinstance(quad.object, NamedNode)), "")

    def members(self, event: str) -> list[str]:
        """Return the tellings that are one event now."""
        return [_subject(quad) for quad in self.store.found(p=MKG.canonical, o=iri(event), g=GRAPH.identity)]

    def proposition(self, assertion: str) -> str:
        """Return the proposition that an assertion states now, "" where there is none."""
        found = self.store.found(s=iri(assertion), p=MKG.states, g=GRAPH.propositions)
        return next((ref(quad.object) for quad in found if isinstance(quad.object, NamedNode)), "")

    def stating(self, proposition: str) -> list[str]:
        """Return the assertions that state a proposition now."""
        found = self.store.found(p=MKG.states, o=iri(proposition), g=GRAPH.propositions)
        return [_subject(quad) for quad in found]

    def about(self, event: str) -> list[str]:
        """Return the propositions of an event now."""
        found = {
            _subject(quad)
            for role in (MKG.subject, MKG.object)
            for quad in self.store.found(p=role, o=iri(event), g=GRAPH.propositions)
        }
        return sorted(found)

    def assertions(self, names: Iterable[str]) -> tuple[Assertion, ...]:
        """Return assertions of the store, of reports or of the registry, by reference."""
        quads = (quad for name in names for quad in self.store.found(s=iri(name)))
        return material(quad for quad in quads if quad.graph_name != GRAPH.propositions).assertions

    def _stored(self, name: str) -> Material:
        return material(self.store.found(g=iri(name)))

    def _holds(self, name: str) -> bool:
        return any(True for _ in self.store.found(s=iri(name), p=RDF.type, g=iri(name)))


def is_report(graph: object) -> bool:
    """Tell whether a graph is a report's."""
    return isinstance(graph, NamedNode) and graph.value.startswith(_REPORT)


def _subject(quad: Quad) -> str:
    assert isinstance(quad.subject, NamedNode)
    return ref(quad.subject)
