"""One test body over both back ends, and what only a store on disk can do wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.errors import QueryError, StoreError, UsageError
from kg.store import OxigraphStore, RdflibStore, open_store
from kg.store.texts import by_predicate
from kg.vocab import MKG, RDF, XSD

EX = "https://example.org/"
ROOT = Path(__file__).resolve().parent.parent


def node(name):
    return NamedNode(EX + name)


def quad(s, p, o, g="g"):
    return Quad(node(s), node(p), o if isinstance(o, Literal) else node(o), node(g))


@pytest.fixture(params=["oxigraph", "rdflib", "disk"])
def store(request, tmp_path):
    with open_store(
        tmp_path / "kg-store" if request.param == "disk" else None,
        backend="rdflib" if request.param == "rdflib" else "oxigraph",
    ) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    """A store on disk that holds one quad."""
    path = tmp_path / "kg-store"
    with open_store(path) as opened:
        opened.add([quad("a", "p", "b")])
    return path


def test_quads_come_sorted_by_graph_then_text(store):
    quads = [
        quad("b", "p", "x", "g2"),
        quad("b", "p", "x"),
        quad("a", "q", "x"),
        quad("a", "p", Literal("z")),
    ]
    store.add(quads)
    assert list(store.quads()) == sorted(quads, key=lambda q: (str(q.graph_name), str(q)))
    assert len(store) == 4


def test_quads_match_each_position(store):
    store.add([quad("a", "p", "b"), quad("a", "q", Literal("b")), quad("c", "p", "b", "g2")])
    assert len(list(store.quads(node("a")))) == 2
    assert len(list(store.quads(p=node("p")))) == 2
    assert len(list(store.quads(o=Literal("b")))) == 1
    assert list(store.quads(g=node("g2"))) == [quad("c", "p", "b", "g2")]
    assert not list(store.quads(g=node("none")))


def test_add_is_idempotent(store):
    store.add([quad("a", "p", "b")])
    store.add([quad("a", "p", "b")] * 2)
    assert len(store) == 1


def test_graphs_are_those_that_hold_a_quad(store):
    store.add([quad("a", "p", "b", "g2"), quad("a", "p", "b", "g1")])
    assert store.graphs() == [node("g1"), node("g2")]
    store.drop(node("g1"))
    store.drop(node("never-there"))
    assert store.graphs() == [node("g2")]


def test_replace_removes_graphs_and_writes_quads(store):
    store.add(
        [
            quad("a", "p", "old", "g1"),
            quad("a", "p", "kept", "g1"),
            quad("a", "p", "o", "g2"),
            quad("a", "p", "o", "g3"),
        ]
    )
    new = [quad("a", "p", "kept", "g1"), quad("a", "p", "new", "g1"), quad("a", "p", "new", "g4")]
    store.replace([node("g1"), node("g2"), node("absent")], new)
    assert set(store.quads()) == {*new, quad("a", "p", "o", "g3")}
    assert store.graphs() == [node("g1"), node("g3"), node("g4")]


def test_replace_writes_also_outside_the_graphs_it_removes(store):
    store.add([quad("a", "p", "o", "g1")])
    store.replace([node("g1")], [quad("a", "p", "o", "g2")])
    assert store.graphs() == [node("g2")]


@pytest.mark.parametrize(
    "bad",
    [
        Quad(node("a"), node("p"), node("o"), DefaultGraph()),
        Quad(node("a"), node("p"), node("o"), BlankNode("g")),
        Quad(BlankNode("a"), node("p"), node("o"), node("g")),
        Quad(node("a"), node("p"), BlankNode("o"), node("g")),
        Quad(node("a"), node("p"), Triple(node("a"), node("p"), node("o")), node("g")),
    ],
)
def test_what_the_design_excludes_is_refused_and_nothing_changes(store, bad):
    store.add([quad("a", "p", "b")])
    with pytest.raises(StoreError, match="a quad must"):
        store.replace([node("g")], [quad("new", "p", "b"), bad])
    assert list(store.quads()) == [quad("a", "p", "b")]


def test_a_failing_iterator_leaves_the_store_as_it_was(store):
    def broken():
        yield quad("new", "p", "b")
        raise KeyError("broken")

    store.add([quad("a", "p", "b")])
    with pytest.raises(KeyError):
        store.replace([node("g")], broken())
    assert list(store.quads()) == [quad("a", "p", "b")]


def test_the_default_graph_of_a_query_is_the_union(store):
    store.add([quad("a", "p", "b", "g1"), quad("b", "p", "c", "g2")])
    results = store.query(f"SELECT ?x {{ <{EX}a> <{EX}p>/<{EX}p> ?x }}")
    assert results.variables == ("x",)
    assert results.rows == ((node("c"),),)


def test_unordered_rows_are_sorted_and_star_columns_come_by_first_appearance(store):
    store.add([quad("b", "p", "x"), quad("a", "p", "y")])
    results = store.query("SELECT * { ?zz ?p ?a }")
    assert results.variables == ("zz", "p", "a")
    assert [row[0] for row in results.rows] == [node("a"), node("b")]


def test_limit_cuts_and_says_so(store):
    store.add([quad(f"s{number}", "p", "o") for number in range(5)])
    text = f"SELECT ?s {{ ?s <{EX}p> ?o }}"
    assert store.query(text, limit=2).rows == ((node("s0"),), (node("s1"),))
    assert store.query(text, limit=2).truncated
    assert not store.query(text, limit=5).truncated
    ordered = store.query(text + " ORDER BY DESC(?s)", limit=1)
    assert ordered.rows == ((node("s4"),),)
    assert ordered.truncated
    assert store.query(f"CONSTRUCT {{ ?s <{EX}q> ?o }} {{ ?s <{EX}p> ?o }}", limit=3).truncated


def test_ask_and_construct(store):
    store.add([quad("a", "p", "b"), quad("a", "p", "a")])
    assert store.query(f"ASK {{ <{EX}a> ?p ?o }}").boolean is True
    assert store.query(f"ASK {{ <{EX}b> ?p ?o }}").boolean is False
    made = store.query(f"CONSTRUCT {{ ?o <{EX}q> ?s . ?s <{EX}r> ?p }} {{ ?s ?p ?o }}").triples
    assert made == tuple(sorted(made, key=str))
    assert len(made) == 3
    assert store.query(f"DESCRIBE <{EX}a>").triples == (
        Triple(node("a"), node("p"), node("a")),
        Triple(node("a"), node("p"), node("b")),
    )


def test_blank_nodes_that_a_query_makes_have_the_same_names_in_every_run(store):
    store.add([quad("a", "p", "b"), quad("c", "p", "d")])
    text = f"CONSTRUCT {{ [] <{EX}of> ?s ; <{EX}to> [ <{EX}is> ?o ] }} {{ ?s <{EX}p> ?o }}"
    triples = store.query(text).triples
    assert len(triples) == 6
    assert {t.subject.value for t in triples} == {"c14n0", "c14n1", "c14n2", "c14n3"}
    assert triples == store.query(text).triples


def test_parameters_are_bound_as_terms_everywhere(store):
    store.add([quad("a", "p", Literal('1" . ?x ?y "')), quad("b", "p", Literal("2"))])
    text = "SELECT ?s ?n { { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o = $wanted) } GROUP BY ?s } }"
    results = store.query(text, {"wanted": Literal('1" . ?x ?y "')})
    assert results.rows == ((node("a"), Literal("1", datatype=XSD.integer)),)
    with pytest.raises(QueryError, match=r"no parameter \$other"):
        store.query(text, {"other": Literal("x")})


def test_an_empty_string_stands_for_an_absent_parameter(store):
    store.add([quad("a", "p", "b"), quad("c", "p", "d")])
    text = "SELECT ?s { ?s ?p ?o FILTER(sameTerm($at, '') || EXISTS { ?s ?p $at }) }"
    assert len(store.query(text, {"at": Literal("")}).rows) == 2
    assert store.query(text, {"at": node("d")}).rows == ((node("c"),),)


def test_prefixes_of_the_vocabulary_need_no_declaration(store):
    store.add([Quad(node("e"), MKG.perpetrator, node("a"), node("g"))])
    assert store.query("ASK { ?e mkg:perpetrator ?a }").boolean


def test_from_names_a_graph_of_the_store_and_reads_no_file(store, tmp_path):
    secret = tmp_path / "secret.nt"
    secret.write_text(f"<{EX}s> <{EX}p> <{EX}o> .\n")
    store.add([quad("a", "p", "b", "g1"), quad("c", "p", "d", "g2")])
    assert store.query(f"SELECT ?s FROM <{EX}g1> {{ ?s ?p ?o }}").rows == ((node("a"),),)
    assert store.query(f"SELECT ?s FROM <{secret.as_uri()}> {{ ?s ?p ?o }}").rows == ()


@pytest.mark.parametrize("text", ["SELECT ?x { ?x }", "SELECT (COUNT(?x) AS) { ?x ?y ?z }", "NONSENSE", ""])
def test_a_malformed_query_is_a_query_error_of_one_line(store, text):
    with pytest.raises(QueryError, match="syntax error at line 1") as caught:
        store.query(text)
    assert "\n" not in str(caught.value)


def test_a_closed_store_says_so(store):
    store.close()
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        list(store.quads())


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(Literal, TEXTS, language=st.sampled_from(["en", "fr", "ar"])),
    st.integers(-(10**12), 10**12).map(Literal),
    st.dates().map(lambda day: Literal(day.isoformat(), datatype=XSD.date)),
    st.dates().map(lambda day: Literal(day.isoformat()[:7], datatype=XSD.gYearMonth)),
)
NODES = st.sampled_from([node(name) for name in "abcdef"])
QUADS = st.lists(st.builds(Quad, NODES, NODES, st.one_of(NODES, LITERALS), NODES), max_size=12)


@settings(max_examples=40)
@given(QUADS, QUADS, st.sets(NODES, max_size=4))
def test_both_back_ends_hold_the_same_after_the_same_calls(first, second, dropped):
    expected = {q for q in first if q.graph_name not in dropped} | set(second)
    seen = []
    for opened in (OxigraphStore(), RdflibStore()):
        with opened:
            opened.add(first)
            opened.replace(dropped, second)
            seen.append(list(opened.quads()))
            assert [q.graph_name for q in seen[-1]] == sorted((q.graph_name for q in seen[-1]), key=str)
    assert set(seen[0]) == expected
    assert seen[0] == seen[1]


@settings(max_examples=40)
@given(LITERALS)
def test_a_bound_literal_is_found_again_whatever_it_holds(value):
    for opened in (OxigraphStore(), RdflibStore()):
        with opened:
            opened.add([quad("a", "p", value)])
            assert opened.query("SELECT ?s { ?s ?p $value }", {"value": value}).rows == ((node("a"),),)


DOUBLE = NamedNode("http://www.w3.org/2001/XMLSchema#double")
ODD = st.builds(
    Literal,
    st.sampled_from(["1", "+01", "-7", "1.0", "1.", ".5", "1e3", "1E3", "INF", "true", "1", "x", "a\\tb"]),
    datatype=st.sampled_from([XSD.integer, XSD.decimal, DOUBLE, XSD.boolean, XSD.date]),
)


@settings(max_examples=60)
@given(st.lists(st.builds(Quad, NODES, NODES, st.one_of(NODES, LITERALS, ODD), NODES), max_size=12))
def test_its_texts_are_the_terms_of_every_triple(quads):
    with OxigraphStore() as opened:
        opened.add(quads)
        found = [(s, p, o) for p, pairs in by_predicate(opened, outside=[node("a")]) for s, o in pairs]
        wanted = [q for q in opened.found() if q.graph_name != node("a")]  # which may print numbers anew
    assert sorted(found) == sorted((str(q.subject), str(q.predicate), str(q.object)) for q in wanted)


def test_members_of_a_class_are_left_out_where_they_are_not_wanted():
    kept = [quad("m", "q", "o"), quad("n", "p", "m")]
    with OxigraphStore() as opened:
        kind = Quad(node("m"), RDF.type, node("Mention"), node("h"))
        opened.add([kind, quad("m", "p", "o"), quad("n", "p", "o", "out"), *kept])
        tables = by_predicate(
            opened, outside=[node("out")], spared=node("Mention"), of_spared=[node("p"), RDF.type]
        )
        found = [(s, p, o) for p, pairs in tables for s, o in pairs]
    assert sorted(found) == sorted((str(q.subject), str(q.predicate), str(q.object)) for q in kept)


# on disk


def test_what_was_written_is_there_when_opened_again(folder):
    with open_store(folder) as opened:
        assert list(opened.quads()) == [quad("a", "p", "b")]
        assert opened.path == folder


def test_a_folder_full_of_files_is_not_turned_into_a_store(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    for read_only in (False, True):
        with pytest.raises(StoreError, match="not a store"):
            open_store(tmp_path, read_only=read_only)
    assert [entry.name for entry in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_or_a_half_made_folder_becomes_a_store(tmp_path):
    (tmp_path / "kg-store.json.new").write_text("{")
    with open_store(tmp_path) as opened:
        assert len(opened) == 0
    assert (tmp_path / "kg-store.json").is_file()


def test_a_missing_store_is_not_made_by_reading(tmp_path):
    with pytest.raises(StoreError, match="no store at"):
        open_store(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="can't write a store"):
        open_store(tmp_path / "file")
    with pytest.raises(StoreError, match="not a store"):
        open_store(tmp_path / "file", read_only=True)
    with pytest.raises(StoreError, match="can't write a store"):
        open_store(tmp_path / "file" / "below")


def test_a_store_that_was_claimed_but_never_filled_holds_nothing_yet(tmp_path):
    (tmp_path / "kg-store.json").write_text('{"format": 1}')
    with pytest.raises(StoreError, match="holds nothing yet"):
        open_store(tmp_path, read_only=True)


@pytest.mark.parametrize(
    ("marker", "message"), [('{"format": 99}', "has format 99"), ("[]", "not a store"), ("{", "not a store")]
)
def test_a_marker_of_another_format_is_refused(folder, marker, message):
    (folder / "kg-store.json").write_text(marker)
    with pytest.raises(StoreError, match=message):
        open_store(folder)


def test_a_second_writer_is_told_that_the_store_is_locked(folder):
    with open_store(folder), pytest.raises(StoreError, match="written by another process"):
        open_store(folder)


def test_a_damaged_database_is_told_as_such(folder):
    (folder / "quads" / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match=r"damaged|can't open"):
        open_store(folder)


def test_reading_works_beside_a_writer_and_writing_through_it_does_not(folder):
    with open_store(folder) as writer, open_store(folder, read_only=True) as reader:
        writer.add([quad("a", "p", "c")])
        assert len(reader) == 1
        with pytest.raises(StoreError, match="read-only"):
            reader.add([quad("x", "p", "y")])
        with pytest.raises(StoreError, match="read-only"):
            reader.replace([node("g")], [])
        writer.flush()
        with open_store(folder, read_only=True) as later:
            assert len(later) == 2


def test_a_closed_store_can_be_opened_by_the_next_writer(folder):
    for _ in range(2):
        with open_store(folder) as opened:
            opened.add([quad("a", "p", "c")])


def test_a_closed_store_needs_no_log_that_each_reader_would_read_anew(tmp_path):
    with open_store(tmp_path / "store") as store:
        store.add([quad("s", "p", "o")])
        assert without_logs(tmp_path / "store", tmp_path / "before") == []
    assert without_logs(tmp_path / "store", tmp_path / "after") == [quad("s", "p", "o")]


def without_logs(folder, copy):
    """What a copy of a store holds that lacks the write-ahead logs."""
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.log", "LOCK"))
    with open_store(copy, read_only=True) as store:
        return list(store.quads())


def test_an_unwritable_place_is_told_in_one_line():
    with pytest.raises(StoreError, match="can't write a store at /proc/kg-store"):
        open_store("/proc/kg-store")


def test_combinations_that_make_no_sense_are_refused(tmp_path):
    with pytest.raises(StoreError, match="nothing on disk"):
        open_store(tmp_path, backend="rdflib")
    with pytest.raises(StoreError, match="in memory starts empty"):
        open_store(read_only=True)
    with pytest.raises(UsageError, match="no such back end"):
        open_store(backend="other")


WRITER = """
import sys
from pyoxigraph import Literal, NamedNode, Quad
from kg.store import open_store
graph = NamedNode("https://example.org/g")
with open_store(sys.argv[1]) as store:
    for turn in range(10_000):
        nodes = (NamedNode(f"https://example.org/p{n}") for n in range(500))
        quads = [Quad(graph, node, Literal(turn), graph) for node in nodes]
        store.replace([graph], quads)
        print(turn, flush=True)
"""


def test_a_killed_writer_leaves_a_store_that_opens_with_one_whole_turn(tmp_path):
    for wait in (0.0, 0.15):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path / "kg-store"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        process.kill()
        acknowledged = len(process.stdout.read().splitlines())
        process.wait()
        process.stdout.close()
        with open_store(tmp_path / "kg-store") as opened:
            values = {q.object.value for q in opened.quads()}
            assert len(opened) == 500
        assert len(values) == 1
        assert int(values.pop()) >= acknowledged
