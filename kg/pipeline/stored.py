"""Reports as the store keeps them: which there are, under which names and run, and each whole again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import UsageError
from kg.model import Report
from kg.store import Store
from kg.vocab import DCTERMS, GRAPH, MKG, PREFIXES, RDF, SCHEMA, iri, ref

_FIELDS = {
    MKG.text: "text",
    SCHEMA.headline: "title",
    SCHEMA.url: "url",
    MKG.publisherName: "publisher",
    SCHEMA.datePublished: "published",
    SCHEMA.inLanguage: "language",
}


@dataclass(frozen=True, slots=True)
class Inventory:
    """The reports of a store: given identifiers and run by the reference of the report."""

    ids: dict[str, set[str]] = field(default_factory=dict)
    runs: dict[str, str] = field(default_factory=dict)


def named(store: Store, name: str) -> str:
    """Return the reference of the report that a reference, hash, IRI or given identifier names.

    Raises:
        UsageError: no report, or more than one, has that name.
    """
    short = name.strip("<>").removeprefix(PREFIXES["report"]).removeprefix("report:")
    if short.isalnum() and run_of(store, f"report:{short}"):
        return f"report:{short}"
    graphs = {quad.graph_name for quad in store.found(p=DCTERMS.identifier, o=Literal(name))}
    found = sorted(ref(graph) for graph in graphs if isinstance(graph, NamedNode))
    found = [reference for reference in found if reference.startswith("report:")]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"the store has no report {name!r}; `kg query reports` lists them")
    raise UsageError(f"{len(found)} reports are called {name!r}; name one of {', '.join(found)}")


def run_of(store: Store, reference: str) -> str:
    """Return the run that read a report, "" where the store does not have the report."""
    node = iri(reference)
    runs = (quad.object for quad in store.found(s=node, p=MKG.run, g=node))
    return next((ref(run) for run in runs if isinstance(run, NamedNode)), "")


def identifiers(store: Store, reference: str) -> set[str]:
    """Return the identifiers that the sources of a report in the store gave it."""
    node = iri(reference)
    given = (quad.object for quad in store.found(s=node, p=DCTERMS.identifier, g=node))
    return {value.value for value in given if isinstance(value, Literal)}


def read_by_others(store: Store, run: str) -> list[str]:
    """Return the references of the reports that another run read; every run is described in graph:runs."""
    runs = {quad.subject for quad in store.found(p=RDF.type, o=MKG.Run, g=GRAPH.runs)} - {iri(run)}
    others = (quad.graph_name for other in runs for quad in store.found(p=MKG.run, o=other))
    return sorted(ref(graph) for graph in others if isinstance(graph, NamedNode))


def inventory(store: Store) -> Inventory:
    """Return which reports a store holds."""
    held = Inventory()
    for graph in store.graphs():
        if graph.value.startswith(PREFIXES["report"]):
            held.ids[ref(graph)] = set()
    for quad in store.found(p=DCTERMS.identifier):
        report = ref(quad.graph_name) if isinstance(quad.graph_name, NamedNode) else ""
        if report in held.ids and isinstance(quad.object, Literal):
            held.ids[report].add(quad.object.value)
    for quad in store.found(p=MKG.run):
        if isinstance(quad.graph_name, NamedNode) and isinstance(quad.object, NamedNode):
            held.runs[ref(quad.graph_name)] = ref(quad.object)
    return held


def stored_report(store: Store, reference: str) -> Report:
    """Return a report as it was read, with all of its given identifiers."""
    node = iri(reference)
    return report_of(store.quads(s=node, g=node))


def report_of(quads: Iterable[Quad]) -> Report:
    """Return the report that the quads on its node describe."""
    values: dict[str, str] = {}
    given: set[str] = set()
    for quad in quads:
        if not isinstance(quad.object, Literal):
            continue
        if quad.predicate in _FIELDS:
            values[_FIELDS[quad.predicate]] = quad.object.value
        elif quad.predicate == DCTERMS.identifier:
            given.add(quad.object.value)
    return Report(
        text=values.get("text", ""),
        title=values.get("title", ""),
        url=values.get("url", ""),
        publisher=values.get("publisher", ""),
        published=values.get("published", ""),
        language=values.get("language", "en"),
        given_ids=tuple(sorted(given)),
    )


def identifier_quad(reference: str, given_id: str) -> Quad:
    """Return the quad that gives a report one more identifier."""
    return Quad(iri(reference), DCTERMS.identifier, Literal(given_id), iri(reference))
