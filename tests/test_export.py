"""Exports: the same bytes for the same quads in any order, readable by others, and never a report's text."""

from __future__ import annotations

import csv
import io
import json
import random

import pyoxigraph as ox
import pytest
from graph_data import small
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ExportError, UsageError
from kg.export import FORMATS, export, format_of, lines, sorting, statement, turtle
from kg.export.tables import TABLES, safe
from kg.files import write, writing
from kg.store import open_store
from kg.vocab import GRAPH, MKG, PREFIXES, RDF, XSD, iri


class Quads:
    """The least that an export needs, in whatever order it was filled."""

    def __init__(self, quads, seed=0):
        self.held = list(quads)
        random.Random(seed).shuffle(self.held)

    def quads(self, s=None, p=None, o=None, g=None):
        wanted = (s, p, o, g)
        for quad in self.held:
            terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
            if all(want is None or want == term for want, term in zip(wanted, terms, strict=True)):
                yield quad

    found = quads

    def graphs(self):
        return {quad.graph_name for quad in self.held}


@pytest.fixture(scope="module")
def world():
    quads = small().quads
    text = ox.Literal("The whole text of a report.")
    typed = [
        ox.Quad(quad.subject, RDF.type, MKG.Assertion, quad.graph_name)
        for quad in quads
        if quad.predicate == MKG.certainty
    ]
    return [*quads, *typed, ox.Quad(iri("report:r1"), MKG.text, text, iri("report:r1"))]


def exported(quads, file_format, seed=0, **options):
    return "".join(lines(Quads(quads, seed), file_format, **options))


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_order_of_the_store_does_not_count(world, file_format):
    assert exported(world, file_format, 1) == exported(world, file_format, 2)


def parsed(text, rdf_format):
    return set(ox.parse(text.encode(), format=rdf_format))


def test_nquads_and_trig_hold_the_same_quads_and_every_graph(world):
    nquads = parsed(exported(world, "nquads"), ox.RdfFormat.N_QUADS)
    assert nquads == parsed(exported(world, "trig"), ox.RdfFormat.TRIG)
    assert {quad for quad in world if quad.predicate != MKG.text} < nquads


def test_turtle_and_jsonld_hold_the_same_triples(world):
    turtle_triples = parsed(exported(world, "turtle"), ox.RdfFormat.TURTLE)
    assert turtle_triples == parsed(exported(world, "jsonld"), ox.RdfFormat.JSON_LD)
    assert turtle_triples


def test_rdflib_reads_the_turtle_with_the_same_count(world):
    import rdflib

    text = exported(world, "turtle")
    assert len(rdflib.Graph().parse(data=text)) == len(parsed(text, ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    "file_format", [name for name in FORMATS if name not in ("graphml", "gexf", "csv", "facts")]
)
def test_a_reports_text_is_only_there_when_asked_for(world, file_format):
    assert "whole text" not in exported(world, file_format)
    assert "whole text" in exported(world, file_format, with_text=True)


def test_every_rdf_export_states_the_rule_of_acceptance(world):
    for file_format in ("turtle", "trig", "nquads", "jsonld"):
        text = exported(world, file_format)
        assert "A proposition is accepted when" in text
        assert "Dataset" in text


def test_turtle_reads_well(world):
    block = next(part for part in exported(world, "turtle").split("\n\n") if part.startswith("actor:front "))
    first, second, *_ = block.splitlines()
    assert first.startswith("actor:front a mkg:Actor, mkg:ArmedGroup ;")
    assert second == '    skos:prefLabel "Northern Front"@en ;'


def test_registry_entries_that_nothing_reaches_stay_out(world):
    lone = [
        ox.Quad(iri("actor:lone"), RDF.type, MKG.Actor, GRAPH.registry),
        ox.Quad(iri("actor:lone"), MKG.family, iri("actor:lone"), GRAPH.registry),
    ]
    assert "actor:lone" not in exported([*world, *lone], "turtle")
    assert "actor:lone" in exported([*world, *lone], "trig")


def test_graph_files_are_read_back_with_all_nodes_and_edges(world):
    import networkx as nx

    from kg.projection import full_graph

    graph = full_graph(world)
    graphml = nx.parse_graphml(exported(world, "graphml"), force_multigraph=True)
    assert (set(graphml), graphml.number_of_edges()) == (set(graph), graph.number_of_edges())
    gexf = nx.read_gexf(io.BytesIO(exported(world, "gexf").encode()))
    assert (set(gexf), gexf.number_of_edges()) == (set(graph), graph.number_of_edges())
    assert "lastmodifieddate" not in exported(world, "gexf")


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_one_heading_and_rows_as_wide(world, table):
    rows = list(csv.reader(io.StringIO(exported(world, "csv", table=table))))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_no_cell_is_a_formula():
    assert safe("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert safe("@x") == "'@x"
    assert safe(-1) == "-1"
    assert safe("a=b") == "a=b"


def test_facts_tell_who_says_what(world):
    rows = [json.loads(line) for line in exported(world, "facts").splitlines()]
    pledge = next(row for row in rows if row["type"] == "allegiance")
    assert pledge["agent"] == ["Northern Front"]
    assert pledge["object"] == ["The League"]
    assert pledge["certainty"] == "asserted"
    assert pledge["evidence"]["text"] == "The Northern Front pledged loyalty to the League."


def test_the_suffix_says_the_format():
    assert format_of("a.ttl") == "turtle"
    assert format_of("-") == "turtle"
    with pytest.raises(UsageError, match="--format"):
        format_of("a.xyz")
    with pytest.raises(UsageError, match="choose turtle"):
        list(lines(Quads([]), "xyz"))


def test_a_failed_export_leaves_the_old_file_and_nothing_beside_it(tmp_path, world):
    target = tmp_path / "graph.ttl"
    write(target, "old")
    with pytest.raises(UsageError):
        export(Quads(world), target, file_format="xyz")

    def breaking():
        with writing(target) as stream:
            stream.write(b"half")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        breaking()
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_place_that_can_not_be_written_is_one_line(tmp_path, world):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="can't write") as caught:
        export(Quads(world), tmp_path / "file" / "graph.ttl")
    assert "\n" not in str(caught.value)


_TERMS = st.one_of(
    st.sampled_from(
        [iri("actor:jnim"), iri("event:0a1b"), MKG.killedLow, ox.NamedNode("https://e.org/x?a=1#b")]
    ),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=20).map(ox.Literal),
    st.text(max_size=5).filter(lambda text: text.isascii()).map(lambda text: ox.Literal(text, language="en")),
    st.integers().map(ox.Literal),
    st.booleans().map(ox.Literal),
    st.sampled_from(["2019", "7", "007", "x", "1.50", "-.5", "true", "1"]).flatmap(
        lambda text: st.sampled_from([XSD.integer, XSD.decimal, XSD.boolean, XSD.gYear, XSD.date]).map(
            lambda datatype: ox.Literal(text, datatype=datatype)
        )
    ),
)
_NODES = st.sampled_from(
    [iri("actor:jnim"), iri("report:0"), ox.NamedNode(PREFIXES["actor"] + "a/b.c"), MKG.Actor]
)


@given(
    st.sets(st.tuples(_NODES, st.sampled_from([RDF.type, MKG.place, MKG.quote]), _TERMS, _NODES), max_size=12)
)
def test_whatever_is_written_is_read_back(tuples):
    quads = sorted(
        (ox.Quad(s, p, iri("actor:x") if p == RDF.type else o, g) for s, p, o, g in tuples), key=turtle.order
    )
    quads = list(dict.fromkeys(quads))
    assert parsed("".join(turtle.trig(quads)), ox.RdfFormat.TRIG) == set(quads)
    assert parsed("".join(turtle.nquads(quads)), ox.RdfFormat.N_QUADS) == set(quads)
    one_graph = sorted({ox.Quad(q.subject, q.predicate, q.object) for q in quads}, key=turtle.order)
    assert parsed("".join(turtle.turtle(one_graph)), ox.RdfFormat.TURTLE) == set(one_graph)
    assert parsed("".join(turtle.jsonld(one_graph)), ox.RdfFormat.JSON_LD) == set(one_graph)


@pytest.mark.parametrize("held", [1, 7, 200_000])
def test_lines_sorted_on_disk_come_as_quads_sorted_in_memory(world, monkeypatch, held):
    monkeypatch.setattr(sorting, "HELD", held)
    outside = [
        ox.Quad(ox.NamedNode(name), RDF.type, ox.Literal("line\nbreak\u0085"), ox.NamedNode("urn:g"))
        for name in (
            "urn:x",
            "https://a.org/",
            "https://w3id.org/militant-kg/id/actors",
            "https://w3id.org/z",
        )
    ]
    triples = [*{quad.triple: quad for quad in (*world, *outside)}]
    random.Random(5).shuffle(triples)
    lines = ((str(s), f"{s} {statement.ranked(str(p))} {o}") for s, p, o in map(tuple, triples))
    found = [quad.triple for quad in statement.quads(sorting.by_subject(lines))]
    quads = [ox.Quad(*triple) for triple in triples]
    assert found == [quad.triple for quad in sorted(quads, key=turtle.order)]


@given(st.sets(st.tuples(_NODES, st.sampled_from([RDF.type, MKG.place, MKG.quote]), _TERMS), max_size=12))
def test_turtle_of_lines_is_turtle_of_terms(tuples):
    quads = sorted((ox.Quad(*one) for one in tuples), key=turtle.order)
    lines = [f"{quad.subject} {statement.ranked(str(quad.predicate))} {quad.object}" for quad in quads]
    assert lines == sorted(lines)
    assert "".join(statement.turtle([lines])) == "".join(turtle.turtle(quads))


def test_every_back_end_gives_the_same_turtle(world, tmp_path):
    with open_store(tmp_path / "store") as store, open_store(backend="rdflib") as other:
        for one in (store, other):
            one.add(world)
        assert (
            "".join(lines(store, "turtle")) == "".join(lines(other, "turtle")) == exported({*world}, "turtle")
        )
