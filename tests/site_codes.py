"""The page of `make docs` on codes of other data sets: where each list was read, what of ours it matches."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, URIRef

from kg.resources import ontology_dir

LISTS = ("acled", "cameo", "plover", "gtd", "ucdp", "stix")
MATCHES = {
    SKOS.exactMatch: "the same as", SKOS.closeMatch: "close to", SKOS.broadMatch: "narrower than",
    SKOS.narrowMatch: "wider than", SKOS.relatedMatch: "related to",
}  # fmt: skip


def codes() -> Iterator[str]:
    """Yield the lines of a page with a table for each list."""
    yield "# Codes of other data sets"
    yield "\nWhat our event types and tactics match in lists that others code by, to compare with their data."
    yield "Only codes that were read in a published list stand here; none of the data."
    for name in LISTS:
        graph = Graph().parse(ontology_dir() / "code" / f"{name}.ttl")
        (head,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
        yield f"\n## {_said(graph, head, DCTERMS.title)}\n"
        yield f"{_said(graph, head, DCTERMS.publisher)}; {_said(graph, head, OWL.versionInfo)}. Read in:\n"
        yield from (f"- {source}" for source in sorted(graph.objects(head, DCTERMS.source)))
        yield ""
        for note in (*graph.objects(head, DCTERMS.rights), *sorted(graph.objects(head, SKOS.scopeNote))):
            yield f"{note}\n"
        yield "| ours | is | code | its name |\n|---|---|---|---|"
        yield from (f"| {' | '.join(row)} |" for row in sorted(_rows(graph)))
        missing = sorted(_short(one) for one in graph.objects(None, SKOS.member))
        if missing:
            yield f"\nWithout a code there: {', '.join(f'`{one}`' for one in missing)}."


def _rows(graph: Graph) -> Iterator[tuple[str, str, str, str]]:
    for predicate, words in MATCHES.items():
        for ours, code in graph.subject_objects(predicate):
            notation, label = (_said(graph, code, one) for one in (SKOS.notation, SKOS.prefLabel))
            yield f"`{_short(ours)}`", words, f"`{notation}`", label.replace("|", r"\|")


def _short(concept: URIRef) -> str:
    """Return a concept of ours with the prefix of its scheme: "mkg-tactic:ambush"."""
    scheme, _, name = str(concept).rpartition("/")[2].partition("#")
    return f"mkg-{scheme}:{name}"


def _said(graph: Graph, subject: URIRef, predicate: URIRef) -> str:
    values = sorted(
        graph.objects(subject, predicate), key=lambda one: (one.language not in ("en", None), one)
    )
    return str(values[0]) if values else ""
