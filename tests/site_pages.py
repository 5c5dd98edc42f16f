"""The pages of `make docs`: the ontology, its diagram and concept schemes, the questions and the queries.

pyLODE writes the reference of classes and properties; the other pages are the Markdown of the repository. All
share one frame without scripts, fonts or pictures from elsewhere, so that a page opens from disk.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from diagram import planned
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from ontology_model import read
from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SKOS, VANN, Graph, Literal, Namespace, URIRef
from site_codes import codes

from kg.resources import ontology_dir
from kg.vocab import ONTOLOGY, SCHEMES

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "index.html": "Overview", "ontology.html": "Classes and properties", "concepts.html": "Concept schemes",
    "codes.html": "Codes of others", "competency.html": "Competency questions",
    "queries.html": "Named queries",
}  # fmt: skip
MOVED = {
    "../docs/competency.md": "competency.html", "../docs/queries.md": "queries.html",
    "../docs/model.svg": "model.svg",
}  # fmt: skip
"""Where links of the repository's Markdown lead on the site; those to other files become plain text."""
_TEMPLATES = Path(__file__).parent / "data"
_SECTION = re.compile(r'<div class="section" id="(?P<id>\w+)">\s*<h2>(?P<name>.*?)</h2>', re.DOTALL)
_ENTITY = re.compile(r'<div class="property entity" id="(?P<id>\w+)">\s*<h3>(?P<name>.*?)\s*<sup', re.DOTALL)
_TERM = re.compile(
    rf'entity" id="(?P<id>\w+)">(?:(?!<div).)*?<code>{ONTOLOGY}(?P<term>\w+)</code>', re.DOTALL
)
_NAME = re.compile(r'(?P<kind>\bid="|\bhref="#)(?P<name>\w+)"')
_HEADING = re.compile(r'<h2 id="(?P<id>[\w-]+)">(?P<name>.*?)</h2>', re.DOTALL)
_BOX = re.compile(r'<g class="box" id="(\w+)">(.*?)</g>', re.DOTALL)
_MKG = Namespace(ONTOLOGY)
_SELF = URIRef(ONTOLOGY.removesuffix("#"))


def pages() -> dict[str, str]:
    """Return every file of the site by its name."""
    svg = (ROOT / "docs" / "model.svg").read_text(encoding="utf-8")
    overview = (ontology_dir() / "README.md").read_text(encoding="utf-8")
    body = {
        "index.html": _overview(overview, svg),
        "ontology.html": reference(),
        "concepts.html": _markdown("\n".join(_concepts())),
        "codes.html": _markdown("\n".join(codes())),
        "competency.html": _markdown((ROOT / "docs" / "competency.md").read_text(encoding="utf-8")),
        "queries.html": _markdown((ROOT / "docs" / "queries.md").read_text(encoding="utf-8")),
    }
    jinja = Environment(loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, autoescape=True)
    frame = jinja.get_template("site.html.j2")
    written = {
        name: frame.render(name=name, title=PAGES[name], pages=PAGES, body=text, toc=_contents(text))
        for name, text in body.items()
    }
    return {**written, "model.svg": svg, "kg.ttl": (ontology_dir() / "kg.ttl").read_text(encoding="utf-8")}


def reference() -> str:
    """Return the classes and properties as pyLODE sets them, without its frame."""
    from pylode import OntPub

    logging.disable(logging.INFO)  # it says on the root logger from where it loads its vocabularies
    page = OntPub(ontology=_prepared()).make_html()
    content = re.search(r'(<div id="content">.*)<div id="toc">', page, re.DOTALL)
    assert content, "pyLODE sets its page otherwise: see tests/site_pages.py"
    inner = _named(content[1].strip().removeprefix('<div id="content">').removesuffix("</div>"))
    return inner.replace(">Domainincludes<", ">Stands On<").replace(">In Domain Includes Of<", ">Bears<")


def _named(html: str) -> str:
    """Return the reference with each term under its own name; pyLODE takes some names from labels."""
    names = {match["id"]: match["term"] for match in _TERM.finditer(html)}
    return _NAME.sub(lambda match: f'{match["kind"]}{names.get(match["name"], match["name"])}"', html)


def _prepared() -> Graph:
    """Return the ontology as pyLODE reads it best.

    It prints labels of all languages as one, so the French ones become notes. Terms of other vocabularies are
    left out, since it would document them as ours. Where kg.ttl has no domain, schema:domainIncludes says
    what the shapes say.
    """
    given = Graph().parse(ontology_dir() / "kg.ttl")
    graph = Graph()
    for prefix, base in given.namespaces():
        graph.bind(prefix, base)
    for subject, predicate, value in sorted(given):  # pyLODE keeps the order in which it is given
        if subject != _SELF and subject not in _MKG:
            continue
        if predicate in (RDFS.label, DCTERMS.title) and value.language == "fr":
            graph.add((subject, SKOS.note, Literal(f"In French: {value}.", "en")))
        elif predicate == _MKG.rule:
            graph.add((subject, SKOS.note, Literal(f"Rule of acceptance (mkg:rule). {value}", "en")))
        else:
            graph.add((subject, predicate, value))
    graph.add((_SELF, VANN.preferredNamespacePrefix, Literal("mkg")))
    graph.add((_SELF, VANN.preferredNamespaceUri, Literal(ONTOLOGY)))
    model = read(ontology_dir())
    on = planned(ontology_dir() / "diagram.toml", model).on
    for one in model.properties:
        if not list(given.objects(_MKG[one.name], RDFS.domain)):
            for name in sorted({*one.on, *on.get(one.name, ())} & _own()):
                graph.add((_MKG[one.name], SDO.domainIncludes, _MKG[name]))
    return graph


def _overview(text: str, svg: str) -> str:
    """Return the README of the ontology below the diagram, whose boxes lead to the classes."""
    own = _own()

    def linked(match: re.Match[str]) -> str:
        name, inner = match.groups()
        return f'<g class="box"><a href="ontology.html#{name}">{inner}</a></g>' if name in own else match[0]

    heading, _, rest = _markdown(text).partition("</h1>")
    figure = f'<figure id="model">{_BOX.sub(linked, svg)}</figure>'
    return f"{heading}</h1>{figure}{rest}"


def _own() -> set[str]:
    """Return the names of the classes that kg.ttl declares."""
    graph = Graph().parse(ontology_dir() / "kg.ttl")
    return {str(one).removeprefix(ONTOLOGY) for one in graph.subjects(RDF.type, OWL.Class) if one in _MKG}


def _concepts() -> Iterator[str]:
    """Yield the lines of a page with a table for each concept scheme."""
    yield "# Concept schemes"
    yield "\nValues in SKOS, one file a scheme in `ontology/vocab/`. The words are examples of what calls for"
    yield "a concept in a report; the lexicon holds those by which it is recognised."
    for scheme in SCHEMES:
        graph = Graph().parse(ontology_dir() / "vocab" / f"{scheme}.ttl")
        (head,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
        wider = {"kind of": _broader} if set(graph.predicates()) & {SKOS.broader} else {}
        columns = {"English": _label, "French": _french, **wider, "definition": _definition, "words": _words}
        yield f"\n## {_label(graph, head)}\n"
        yield f"{_definition(graph, head)} In French: {_french(graph, head)}."
        yield f"\n| `mkg-{scheme}:` | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}"
        for concept in sorted(graph.subjects(RDF.type, SKOS.Concept)):
            cells = (cell(graph, concept).replace("|", r"\|") for cell in columns.values())
            yield f"| `{concept.partition('#')[2]}` | {' | '.join(cells)} |"


def _label(graph: Graph, one: URIRef) -> str:
    return _said(graph, one, SKOS.prefLabel)


def _french(graph: Graph, one: URIRef) -> str:
    return _said(graph, one, SKOS.prefLabel, "fr")


def _definition(graph: Graph, one: URIRef) -> str:
    return _said(graph, one, SKOS.definition)


def _broader(graph: Graph, one: URIRef) -> str:
    return ", ".join(sorted(_label(graph, wide) for wide in graph.objects(one, SKOS.broader)))


def _words(graph: Graph, one: URIRef) -> str:
    return "; ".join(sorted(graph.objects(one, SKOS.example)))


def _said(graph: Graph, subject: URIRef, predicate: URIRef, language: str = "en") -> str:
    return next((str(one) for one in graph.objects(subject, predicate) if one.language == language), "")


def _markdown(text: str) -> str:
    """Return Markdown as HTML: headings with names to link to, tables in a frame, links of the site."""
    reader = MarkdownIt("commonmark").enable("table")
    tokens = reader.parse(text)
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and token.tag != "h1" and after:
            token.attrSet("id", re.sub(r"[^\w]+", "-", after.content.lower()).strip("-"))
        if token.type == "inline":
            token.children = list(_linked(token.children or []))
    html = reader.renderer.render(tokens, reader.options, {})
    return html.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")


def _linked(tokens: list) -> Iterator:
    """Yield tokens with links as the site has them; one to a file that is not there keeps its text alone."""
    dropped = False
    for token in tokens:
        if token.type == "link_open":
            href = token.attrGet("href")
            dropped = href not in MOVED and not re.match(r"https?:|#", href)
            token.attrSet("href", MOVED.get(href, href))
        if token.type == "image" or (dropped and token.type in ("link_open", "link_close")):
            dropped = dropped and token.type != "link_close"
            continue
        yield token


def _contents(html: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the sections of a page with what stands in each: name to link to and title."""
    if not (starts := list(_SECTION.finditer(html))):
        return [(match["id"], _plain(match["name"]), []) for match in _HEADING.finditer(html)]
    ends = [*(match.start() for match in starts[1:]), len(html)]
    return [
        (
            match["id"],
            _plain(match["name"]),
            [(one["id"], _plain(one["name"])) for one in _ENTITY.finditer(html, match.end(), end)],
        )
        for match, end in zip(starts, ends, strict=True)
    ]


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()
