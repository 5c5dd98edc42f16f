"""What the store holds on one actor: its part of the graph, its statements, and answers to named queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kg.briefing.period import Period
from kg.briefing.reach import ACTOR, part
from kg.dates import printed
from kg.errors import UsageError
from kg.projection import Statement, between, full_graph
from kg.projection.build import evidence, thing
from kg.projection.happening import propositions
from kg.projection.source import Index
from kg.projection.statement import statements
from kg.query import run
from kg.query.params import term
from kg.vocab import DCTERMS, FORMERLY, GEO, MKG, SCHEMA, SKOS, local, ref

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Store

_WHERE = (GEO.sfWithin, SCHEMA.latitude, SCHEMA.longitude)
_PRESENT = {local(former): local(now) for now, former in FORMERLY.items()}
_TOLD_AS = {"splitFrom": ("party", "original"), "mergedInto": ("party", "resulting")}


@dataclass(frozen=True, slots=True)
class Record:
    """An actor, its part of the graph, and what of that falls in the period or has no date.

    `graph` is the projection of all that touches the actor, `inside` its excerpt; `about` are the actor's
    own attributes as in `kg.projection`; `said` are the statements behind each triple of references and
    local names, `status` how it stands; `sources` are the documents that the registry cites for the actor,
    by reference or as text, and `addresses` where such documents are.
    """

    store: Store
    actor: str
    label: str
    period: Period
    graph: nx.MultiDiGraph
    inside: nx.MultiDiGraph
    about: Mapping[str, Any]
    said: Mapping[tuple[str, str, str], tuple[Statement, ...]]
    status: Mapping[tuple[str, str, str], str]
    sources: tuple[tuple[str, str], ...]
    addresses: Mapping[str, str]
    _index: Index = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The other names that the registry shows, those that are only spellings left out."""
        found = (*self._index.many(self.actor, SKOS.altLabel), *self._index.many(self.actor, MKG.weakLabel))
        return tuple(sorted(set(found) - {self.label}))

    @property
    def slug(self) -> str:
        """The actor's local name."""
        return self.actor.partition(":")[2]

    def name(self, reference: str) -> str:
        """Return what to call a thing: an event by its kind, place and day."""
        if reference in self.graph:
            return str(self.graph.nodes[reference]["label"])
        if not reference.startswith("event:"):
            return self._index.label(reference)
        # An event that is denied or only supposed is not drawn; it is called as those who speak of it do.
        accounts = self.of_event(reference)
        kind = next((one.object.rpartition(":")[2] for one in accounts if one.relation == "type"), "Event")
        place = next((one.place[0] for one in accounts if one.place), "")
        day = next((printed(one.date) for one in accounts if one.date), "")
        return ", ".join(part for part in (kind, place, day) if part)

    def behind(self, subject: str, relation: str, value: str) -> tuple[Statement, ...]:
        """Return the statements for and against a triple; a relation that ended is looked up as it was.

        A split or merger that is told as an event is looked up by those who took part in it.
        """
        present = _PRESENT.get(relation, relation)
        if found := self.said.get((subject, present, value)):
            return found
        joins, makes = _TOLD_AS.get(present, ("", ""))
        return tuple(
            one
            for (event, role, who), statements in self.said.items()
            if role == joins and who == subject and (event, makes, value) in self.said
            for one in (*statements, *self.said[event, makes, value])
        )

    def of_event(self, event: str) -> tuple[Statement, ...]:
        """Return every statement about an event."""
        if event in self.graph:
            found = {one.id: one for one in self.graph.nodes[event]["statements"]}
        else:
            found = {one.id: one for key, many in self.said.items() if event in key for one in many}
        return tuple(found.values())

    def ask(self, query: str, **params: str) -> list[dict[str, str]]:
        """Return the answer to a named query as rows of references and texts, "" where a cell is empty."""
        results = run(self.store, query, params)
        return [dict(zip(results.variables, map(_text, row), strict=True)) for row in results.rows]

    def command(self, query: str, **params: str) -> str:
        """Return the command line that asks the same."""
        return f"kg query {query}" + "".join(f" --param {name}={value}" for name, value in params.items())


def record(store: Store, actor: str, period: Period) -> Record:
    """Return what a store holds on an actor.

    Args:
        store: any store.
        actor: a name, alias, slug, reference or IRI.
        period: what is asked about.

    Raises:
        UsageError: the store has no such actor, or several; the message lists who could be meant.
    """
    if not actor.strip():
        raise UsageError("no actor is named; `kg query actors` lists who there is")
    node = term(store, ACTOR, actor.strip())
    assert isinstance(node, NamedNode)
    about = part(store, node)
    # Coordinates and what lies where: a place without a point of its own is located by those around it.
    quads = [*about, *chain.from_iterable(store.found(None, predicate) for predicate in _WHERE)]
    index, graph, reference = Index(quads), full_graph(quads, registry="all"), ref(node)
    cited = {quad.object for quad in about if quad.subject == node and quad.predicate == DCTERMS.source}
    return Record(
        store=store,
        actor=reference,
        label=index.label(reference),
        period=period,
        graph=graph,
        inside=between(graph, period.since, period.until),
        about=thing(index, reference),
        said=_said(index, graph),
        status={(one.subject, one.relation, one.object): one.status for one in propositions(index)},
        sources=tuple(sorted((_text(one), _called(index, one)) for one in cited)),
        addresses={source: urls[0] for source, urls in index.items(SCHEMA.url)},
        _index=index,
    )


def _said(index: Index, graph: nx.MultiDiGraph) -> dict[tuple[str, str, str], tuple[Statement, ...]]:
    names = {node: data["label"] for node, data in graph.nodes(data=True) if data["kind"] == "event"}
    behind = evidence(index, statements(index, names))
    return {
        (one.subject, one.relation, one.object): behind[one.id]
        for one in propositions(index)
        if one.id in behind
    }


def _called(index: Index, source: object) -> str:
    """Return the title of a document that the registry cites, or the words it is cited in."""
    return index.label(ref(source)) if isinstance(source, NamedNode) else _text(source)


def _text(term: object) -> str:
    """Return the reference of a node, the text of a literal, "" for nothing."""
    if isinstance(term, Literal):
        return term.value
    if not isinstance(term, NamedNode):
        return ""
    try:
        return ref(term)
    except UsageError:
        return term.value
