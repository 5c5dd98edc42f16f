"""The pages that the store is needed for: a thing, a named query, a search, the network, the ontology."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import KGError, UsageError
from kg.export.turtle import Term, jsonld, turtle
from kg.query import NamedQuery, catalogue, names, run
from kg.serve import html, knowledge, media
from kg.serve import thing as things
from kg.serve.message import Answer, Request, failure
from kg.serve.sparql import written
from kg.store import OxigraphStore, Results
from kg.terms import BASE
from kg.vocab import RDFS, SKOS, ref

SUFFIXES = {
    ".html": media.HTML,
    ".ttl": media.TURTLE,
    ".jsonld": media.JSON_LD,
    ".nt": media.NTRIPLES,
    ".rdf": media.RDF_XML,
}
DOCUMENTS = (media.TURTLE, media.HTML, media.JSON_LD, media.NTRIPLES, media.RDF_XML)
"""Of a thing, the first where a client has no wish; a browser wishes for HTML."""
_DOCUMENT_LINKS = (("Turtle", ".ttl"), ("JSON-LD", ".jsonld"), ("N-Triples", ".nt"), ("RDF/XML", ".rdf"))
_RESULT_LINKS = (("CSV", "csv"), ("JSON", "json"), ("XML", "xml"), ("TSV", "tsv"))
ROWS = 1000
"""Rows of a page; the other formats give all."""


def thing(store: OxigraphStore, request: Request, root: str) -> Answer:
    """Return the page or document of the thing whose IRI is the base's with the request's text after it."""
    try:
        node = NamedNode(BASE + request.text)
    except ValueError:
        return failure(404, "no such thing")
    wanted = media.preferred(request.accept, DOCUMENTS)
    if wanted is None:
        return failure(406, f"to be had as {', '.join(DOCUMENTS)}")
    if wanted != media.HTML:
        quads = things.document(store, node)
        return _document(quads, wanted) if quads else failure(404, f"the store has nothing of {node.value}")
    found = things.thing(store, node)
    if found is None:
        if node in store.graphs():
            return _graph_page(node, root)
        return failure(404, f"the store has nothing of {node.value}")
    return Answer(200, media.HTML, _thing_page(store, found, root), DOCUMENTS)


def terms(request: Request, root: str) -> Answer:
    """Return the ontology, a vocabulary "vocab/SCHEME" or a list "code/LIST", as a page or a document."""
    quads = knowledge.defined(request.text)
    if not quads:
        return failure(404, f"the ontology has no {request.text}")
    wanted = media.preferred(request.accept, DOCUMENTS)
    if wanted is None:
        return failure(406, f"to be had as {', '.join(DOCUMENTS)}")
    if wanted != media.HTML:
        return _document(quads, wanted)
    shown = []
    for subject, group in groupby(quads, key=lambda quad: quad.subject):
        if isinstance(subject, NamedNode):
            shown.append(_term(subject, list(group), root))
    links = html.format_links(f"{root}{request.text}", _DOCUMENT_LINKS)
    kind, _, name = request.text.partition("/")
    title = {"vocab": "Vocabulary: ", "code": "Codes: "}.get(kind, "Ontology") + knowledge.words(name)
    body = html.rendered("terms.html", title=title, root=root, terms=shown, links=links)
    return Answer(200, media.HTML, body, DOCUMENTS)


def named(store: OxigraphStore, request: Request, root: str, max_rows: int) -> Answer:
    """Return the page of a named query, with its answer where its form was sent, or the answer alone.

    Raises:
        KGError: the answer alone was wanted, and a parameter is wrong or the query fails.
    """
    query = next((one for one in catalogue() if one.name == request.text), None)
    if query is None:
        return failure(404, f"no query is called {request.text!r}: see {root}queries")
    known = {one.name for one in query.parameters}
    given = {name: value for name, value in request.params.items() if name in known and value}
    wanted = media.preferred(request.accept, (media.HTML, *media.RESULTS))
    if wanted is None:
        return failure(406, f"to be had as {', '.join((media.HTML, *media.RESULTS))}")
    if wanted != media.HTML:
        return Answer(200, wanted, written(run(store, query, given, limit=max_rows + 1), wanted, max_rows))
    shown, error = None, ""
    if "go" in request.params:
        try:
            shown = _shown(store, run(store, query, given, limit=ROWS), root)
        except KGError as problem:
            error = str(problem)
    address = f"{root}queries/{query.name}?{html.query_string([*given.items(), ('go', '1')])}&format="
    values: dict[str, Any] = {"title": query.title, "root": root, "query": query, "given": request.params}
    links = html.format_links(address, _RESULT_LINKS)
    body = html.rendered("named.html", **values, shown=shown, error=error, links=links)
    return Answer(400 if error else 200, media.HTML, body)


def asked(store: OxigraphStore, results: Results, text: str, root: str) -> Answer:
    """Return the page on which a query was written, with its answer below it."""
    formats = _RESULT_LINKS if results.triples is None else (("Turtle", "ttl"), ("JSON-LD", "jsonld"))
    links = html.format_links(f"{root}sparql?{html.query_string([('query', text)])}&format=", formats)
    shown = _shown(store, results, root)
    return Answer(200, media.HTML, editor(root, text, shown=shown, links=links))


def editor(
    root: str, text: str, *, shown: html.Shown | None = None, links: Sequence[html.Link] = (), error: str = ""
) -> bytes:
    """Return the page to write queries in."""
    return html.rendered(
        "sparql.html",
        title="SPARQL",
        root=root,
        text=text,
        shown=shown,
        links=links,
        error=error,
        prefixes="",
    )


def network(store: OxigraphStore, request: Request) -> Answer:
    """Return the network explorer: all of it, or the surroundings of an actor.

    Raises:
        UsageError: nothing, or more than one thing, is called like the focus; or hops is no number.
    """
    from kg import projection
    from kg.profile import find
    from kg.view import page

    graph = projection.full_graph(store)
    if focus := request.params.get("focus", ""):
        hops = request.params.get("hops", "1")
        if hops not in ("1", "2", "3"):
            raise UsageError(f"hops must be 1, 2 or 3, not {hops!r}")
        graph = projection.focus(graph, find(graph, focus), hops=int(hops))
    if request.params.get("actors-only"):
        graph = projection.actors_only(graph)
    return Answer(200, media.HTML, page(graph).encode())


def _document(quads: list[Quad], wanted: str) -> Answer:
    writers = {media.TURTLE: turtle, media.JSON_LD: jsonld}
    if wanted in writers:
        body = "".join(writers[wanted](quads)).encode()
    else:
        kind = RdfFormat.N_TRIPLES if wanted == media.NTRIPLES else RdfFormat.RDF_XML
        body = (
            serialize([Triple(quad.subject, quad.predicate, quad.object) for quad in quads], format=kind)
            or b""
        )
    return Answer(200, wanted, body, DOCUMENTS)


def _thing_page(store: OxigraphStore, found: things.Thing, root: str) -> bytes:
    linked = [one for _, values in found.facts for one in values]
    others = [one for quad in found.named_by for one in (quad.subject, quad.predicate)]
    labels = names(
        store, Results(("term",), tuple((one,) for one in (*linked, *others) if not isinstance(one, Triple)))
    )
    sections = [
        {
            "heading": one.heading,
            "shown": _shown(store, one.results, root),
            "href": f"{root}queries/{one.query.name}?{html.query_string([*one.params.items(), ('go', '1')])}",
        }
        for one in found.sections
    ]
    naming = tuple(
        (html.cell(quad.subject, labels, root), html.cell(quad.predicate, labels, root))
        for quad in found.named_by
    )
    path, _ = html.address(found.node, root)
    return html.rendered(
        "thing.html",
        title=found.title,
        root=root,
        thing=found,
        reference=ref(found.node),
        facts=_facts(found.facts, labels, root),
        sections=sections,
        naming=html.Shown(("statement", "as"), naming, "") if naming else None,
        focus=f"{root}network?{html.query_string([('focus', ref(found.node))])}"
        if found.kind == "actor"
        else "",
        links=[html.Link(text, path + suffix, SUFFIXES[suffix]) for text, suffix in _DOCUMENT_LINKS],
    )


def _facts(
    facts: Sequence[tuple[NamedNode, tuple[Term, ...]]], labels: dict[NamedNode, str], root: str
) -> list[tuple[html.Cell, list[html.Cell]]]:
    return [
        (html.cell(predicate, labels, root), [html.cell(one, labels, root) for one in values])
        for predicate, values in facts
    ]


def _term(subject: NamedNode, quads: list[Quad], root: str) -> dict[str, object]:
    facts = [
        (predicate, tuple(quad.object for quad in same))
        for predicate, same in groupby(quads, key=lambda quad: quad.predicate)
        if predicate not in (RDFS.label, SKOS.prefLabel)
    ]
    named = [
        quad.object.value
        for quad in quads
        if quad.predicate in (RDFS.label, SKOS.prefLabel) and isinstance(quad.object, Literal)
    ]
    return {
        "anchor": things.local_name(subject),
        "name": named[0] if named else things.local_name(subject),
        "reference": _short(subject),
        "facts": _facts(facts, {}, root),
    }


def _short(node: NamedNode) -> str:
    try:
        return ref(node)
    except UsageError:
        return node.value


def _graph_page(node: NamedNode, root: str) -> Answer:
    text = f"SELECT ?s ?p ?o {{ GRAPH {node} {{ ?s ?p ?o }} }} LIMIT 100"
    return Answer(200, media.HTML, editor(root, text), DOCUMENTS)


def _shown(store: OxigraphStore, results: Results, root: str) -> html.Shown:
    return html.table(results, names(store, results), root)


def queries_page(root: str) -> bytes:
    """Return the list of named queries."""
    return html.rendered("catalogue.html", title="Questions", root=root, queries=list(_listed(catalogue())))


def _listed(queries: Sequence[NamedQuery]) -> Iterator[dict[str, object]]:
    for query in queries:
        needs = any(one.default is None for one in query.parameters)
        yield {"name": query.name, "title": query.title, "question": query.question, "needs": needs}


__all__ = ["DOCUMENTS", "SUFFIXES", "asked", "editor", "named", "network", "queries_page", "terms", "thing"]
