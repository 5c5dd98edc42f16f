"""Questions from outside: what is refused and how, parameters, time-outs, formats."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from graph_data import small
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.errors import KGError, QueryError, StoreError, UsageError
from kg.query import FORMATS, names, run, write
from kg.query.guard import check
from kg.query.named import parse as parse_named
from kg.query.params import fold
from kg.store import OxigraphStore, RdflibStore, Results, open_store
from kg.store.sparql import MAX_DEPTH, read
from kg.vocab import GEO, GRAPH, MKG, XSD, iri

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module", params=[OxigraphStore, RdflibStore])
def store(request):
    opened = request.param()
    opened.add(small().quads)
    return opened


# the guard


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?a ?b ?c } }",
        "ASK { ?a ?b ?c . SERVICE ?a { ?a ?b ?c } }",
        "ASK { ?a ?b trueSERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
        "ASK { ?a ?b 1SERVICE<http://127.0.0.1:9/>{ ?a ?b ?c } }",
        "PREFIX service: <http://127.0.0.1:9/> ASK { SERVICE:x { ?a ?b ?c } }",
        "ASK { # comment\r SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
        'ASK { ?a ?b ?c FILTER(?a<?b#>"""\n) SERVICE <http://127.0.0.1:9/> {?a ?b ?c} }#"""\n',
        'ASK { ?a ?b ?c FILTER(?a<ex:b#>"""\n) SERVICE <http://127.0.0.1:9/> {?a ?b ?c} }#"""\n',
        "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } } } }",
        "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } } }",
    ],
)
def test_service_is_refused_in_every_disguise(store, text):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        port = listener.getsockname()[1]
        with pytest.raises(QueryError):
            run(
                store, "PREFIX ex: <https://example.org/> " + text.replace("127.0.0.1:9", f"127.0.0.1:{port}")
            )
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize("escape", ["\\u0022", "\\u0027", "\\u005C", "\\u005c", "\\u000A", "\\U00000022"])
def test_an_escape_that_engines_read_as_the_end_of_a_string_is_refused(store, escape):
    text = f'ASK {{ ?a ?b "x{escape} }} \\u0053ERVICE <http://127.0.0.1:9/> {{ ?a ?b ?c" }}'
    with pytest.raises(QueryError, match="stands for a quote"):
        run(store, text)


def test_the_word_service_is_harmless_where_it_is_no_keyword(store):
    texts = [
        "ASK { ?service ?from ?c } # SERVICE <http://example.org/> { }",
        'SELECT ("SERVICE <http://example.org/> { } FROM <file:///x>" AS ?x) { }',
        "ASK { ?a ?b '''it's a service\nfrom here''' }",
        "ASK { <https://example.org/service#from> ?b ?c }",
        "PREFIX ex: <https://example.org/> ASK { ex:service ex:from ?c }",
    ]
    for text in texts:
        run(store, text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX ex: <https://example.org/> DELETE WHERE { ?a ?b ?c }",
        "LOAD <file:///etc/hostname>",
        "CLEAR ALL",
        "DROP GRAPH <a:b>",
        "# SELECT\nWITH <a:b> DELETE { ?a ?b ?c } WHERE { ?a ?b ?c }",
    ],
)
def test_updates_are_refused_and_change_nothing(store, text):
    before = len(store)
    with pytest.raises(QueryError, match="can't change the store"):
        run(store, text)
    assert len(store) == before


def test_a_second_operation_is_a_syntax_error(store):
    with pytest.raises(QueryError, match="syntax error"):
        run(store, "ASK { ?a ?b ?c } ; DROP ALL")


@pytest.mark.parametrize("form", ["FROM <{}>", "FROM NAMED <{}>", "from\n<{}>"])
def test_from_names_graphs_of_the_store_alone(store, tmp_path, form):
    secret = tmp_path / "secret.ttl"
    secret.write_text("<a:secret> <a:b> <a:c> .")
    with pytest.raises(QueryError, match="has no such graph"):
        run(store, f"SELECT * {form.format(secret.as_uri())} {{ ?a ?b ?c }}")
    run(store, f"SELECT * {form.format(GRAPH.accepted.value)} {{ ?a ?b ?c }}")


def test_from_with_a_known_prefix_asks_that_graph(store):
    rows = run(store, "SELECT ?a FROM graph:accepted { ?a a mkg:Assertion }").rows
    assert rows == ()
    assert run(store, "SELECT ?a { ?a mkg:quote ?b }").rows


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {\n  ?a ?b ?c", "line 1, column 10: '{' is never closed"),
        ("SELECT * {\n  ?a ?b (?c }", "line 2, column 13: found '}' where the '(' of line 2, column 9"),
        ("SELECT * { ?a ?b ?c } }", "line 1, column 23: '}' closes nothing"),
        ('ASK { ?a ?b "c }', "line 1, column 13: the string is never closed"),
        ("ASK {\n ?a foo:b ?c }", "line 2, column 5: the prefix foo: is not known"),
        ("ASK { ?a <b> ?c }", "line 1, column 10: <b> is not a full IRI"),
        ("ASK { ?a \\u003Fb ?c }", "line 1, column 10: a backslash stands outside a string"),
        ("SELEC ?a { }", "begins with SELECT, ASK, CONSTRUCT, DESCRIBE; found SELEC"),
        ("{}", "found no keyword"),
    ],
)
def test_syntax_errors_name_the_place(store, text, message):
    with pytest.raises(QueryError) as caught:
        run(store, text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_syntax_errors_are_one_short_line(store):
    for text in (
        "SELECT ?a WHERE { ?a ?b ?c } ORDER ?a",
        "SELECT (COUNT(?a) ?n) { ?a ?b ?c }",
        "ASK { ?a ?b ?c .. }",
    ):
        with pytest.raises(QueryError, match="syntax error at line 1, column") as caught:
            run(store, text)
        assert len(str(caught.value)) < 250


def test_a_query_that_would_end_the_process_is_refused(store):
    deep = "SELECT * {" + "{" * MAX_DEPTH + "?a ?b ?c" + "}" * MAX_DEPTH + "}"
    for text in (deep, "ASK { ?a ?b ?c FILTER(" + "!" * 20_000 + "?a) }"):
        with pytest.raises(QueryError, match="too large"):
            run(store, text)
    with pytest.raises(QueryError, match="characters"):
        run(store, "ASK {}" + " " * 100_001)


def test_comparisons_without_spaces_are_no_iri():
    assert [token.text for token in read("ASK{FILTER(?a<?b&&?c>?d)}").tokens if token.kind == "variable"] == [
        "?a", "?b", "?c", "?d",
    ]  # fmt: skip


@given(st.text(max_size=60))
@example("SELECT * { ?a ?b '\\")
@example('"""')
@example("\r\n\ufeff\u2028")
def test_any_text_is_read_or_refused_in_one_line(text):
    try:
        query = read(text)
    except QueryError as error:
        assert "\n" not in str(error)  # noqa: PT017 -- most texts are refused, some are not
    else:
        assert "".join(token.text for token in query.tokens) in "".join(query.text.split()) or query.tokens


def test_the_guard_leaves_comments_out_but_keeps_places():
    opened = OxigraphStore()
    query = check("# one\nASK { # two\r?a ?b ?c }", opened)
    assert query.text == "     \nASK {      \n?a ?b ?c }"


# parameters


def asked(store, kind, value):
    text = f"# param it: {kind} [] — what is meant\nSELECT ($it AS ?x) {{ }}"
    return run(store, text, {"it": value}).rows[0][0]


@pytest.mark.parametrize(
    "value",
    [
        "front", "actor:front", "https://w3id.org/militant-kg/id/actor/front",
        "<https://w3id.org/militant-kg/id/actor/front>", "Northern Front", "northern  front",
        "Front du Nord", "nf",
    ],
)  # fmt: skip
def test_an_actor_is_meant_by_slug_reference_iri_or_name(store, value):
    assert asked(store, "actor", value) == iri("actor:front")


def test_an_unknown_name_brings_suggestions(store):
    with pytest.raises(UsageError, match=r"no actor 'Nothern Front'; did you mean actor:front\?"):
        asked(store, "actor", "Nothern Front")
    with pytest.raises(UsageError, match="no place 'front'"):
        asked(store, "place", "front")


def test_a_name_of_several_lists_them():
    with OxigraphStore() as opened:
        world = small()
        world.place("alpha-region", "Alpha")
        world.place("alpha-city", "Alpha")
        opened.add(world.quads)
        with pytest.raises(
            UsageError, match="'Alpha' can mean place:alpha-city, place:alpha-region: give one"
        ):
            asked(opened, "place", "Alpha")


def namesakes():
    world = small()
    world.place("alpha-region", "Alpha")
    world.place("alpha-city", "Alpha")
    return world.quads


def test_a_name_of_a_town_and_its_region_means_the_region():
    with OxigraphStore() as opened:
        within = Quad(iri("place:alpha-city"), GEO.sfWithin, iri("place:alpha-region"), GRAPH.registry)
        opened.add([*namesakes(), within])
        assert asked(opened, "place", "Alpha") == iri("place:alpha-region")


def test_of_namesakes_the_one_that_reports_speak_of_is_meant():
    with OxigraphStore() as opened:
        told = Quad(iri("event:one"), MKG.place, iri("place:alpha-city"), GRAPH.accepted)
        weighed = Quad(iri("mention:one"), MKG.candidate, iri("place:alpha-region"), iri("report:one"))
        opened.add([*namesakes(), told, weighed])
        assert asked(opened, "place", "Alpha") == iri("place:alpha-city")


def test_a_preferred_name_goes_before_an_alias():
    with OxigraphStore() as opened:
        world = small()
        world.actor("alias", "Something else", aliases=("Northern Front",))
        opened.add(world.quads)
        assert asked(opened, "actor", "Northern Front") == iri("actor:front")


@pytest.mark.parametrize(
    ("kind", "value", "literal"),
    [
        ("integer", "7", Literal(7)),
        ("date", "2018-06-30", Literal("2018-06-30", datatype=XSD.date)),
        ("since", "2018", Literal("2018-01-01", datatype=XSD.date)),
        ("since", "2018-06", Literal("2018-06-01", datatype=XSD.date)),
        ("until", "2018", Literal("2018-12-31", datatype=XSD.date)),
        ("until", "2020-02", Literal("2020-02-29", datatype=XSD.date)),
        ("string", '"; DROP ALL', Literal('"; DROP ALL')),
        ("acled|gtd", "gtd", Literal("gtd")),
        ("acled|gtd", "ACLED", Literal("acled")),
    ],
)
def test_values_are_typed(store, kind, value, literal):
    assert asked(store, kind, value) == literal


@pytest.mark.parametrize(
    ("kind", "value"),
    [("integer", "seven"), ("integer", "1e9"), ("date", "2018-06"), ("date", "2018-02-30"), ("since", "June"),
     ("until", "2018-13"), ("until", "0000"), ("acled|gtd", "ucdp"), ("acled|gtd", "")],
)  # fmt: skip
def test_a_value_of_another_type_is_a_usage_error(store, kind, value):
    with pytest.raises(UsageError, match=f"it must be .*{value}"):
        asked(store, kind, value)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30))
@example('" } ; DROP ALL #')
@example("' . ?x ?y ?z \\")
@example("$it ?x \u2028 \x07")
def test_a_text_is_bound_as_it_is_whatever_it_holds(value):
    for opened in (OxigraphStore(), RdflibStore()):
        with opened:
            assert asked(opened, "string", value) == Literal(value.strip())


def test_parameters_missing_unknown_or_of_no_query_are_usage_errors(store):
    with pytest.raises(
        UsageError, match=r"needs actor \(whose attacks\): for example `kg query attacks-by-actor"
    ):
        run(store, "attacks-by-actor")
    with pytest.raises(UsageError, match="has no parameter 'who': it has actor, place"):
        run(store, "attacks-by-actor", {"who": "front"})
    with pytest.raises(UsageError, match="it has none"):
        run(store, "ASK {}", {"who": "front"})
    with pytest.raises(
        UsageError, match="no query is called 'atacks-by-actor'; did you mean attacks-by-actor"
    ):
        run(store, "atacks-by-actor")
    with pytest.raises(UsageError, match="must not be negative"):
        run(store, "speakers", limit=-1)


@pytest.mark.parametrize(
    "line",
    ["actor actor — who", "actor: person — who", "actor: a|b| — who", "actor: actor [x", "actor: actor"],
)
def test_a_malformed_header_is_refused(line):
    with pytest.raises(QueryError, match="malformed line"):
        parse_named("mine", f"# param {line}\nASK {{}}")


def test_names_are_folded():
    assert fold("Jama’at  Nuṣrat al‑Islām") == fold("jamaat nusrat al islam")


# running


def test_a_bounded_query_answers_as_an_unbounded_one(folder):
    texts = [
        "actors", "network", "ASK { ?a ?b ?c }", "SELECT * { ?a mkg:quote ?b OPTIONAL { ?a mkg:via ?c } }",
        'SELECT ("a\\nb" AS ?x) ("é"@fr AS ?y) (7 AS ?z) { }',
    ]  # fmt: skip
    with open_store(folder, read_only=True) as opened:
        for text in texts:
            assert run(opened, text, timeout=30) == run(opened, text)
        assert run(opened, "actors", limit=2, timeout=30).truncated


def test_a_runaway_query_is_stopped_in_time(folder):
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with open_store(folder, read_only=True) as opened:
        began = time.monotonic()
        with pytest.raises(QueryError, match=r"ran longer than 0\.5 s and was stopped"):
            run(opened, text, timeout=0.5)
        assert time.monotonic() - began < 5


def test_a_bounded_query_sees_what_its_writer_just_wrote(tmp_path):
    with open_store(tmp_path / "kg-store") as opened:
        opened.add([Quad(iri("actor:a"), MKG.leads, iri("actor:b"), GRAPH.accepted)])
        assert run(opened, "ASK { ?a mkg:leads ?b }", timeout=30).boolean


def test_errors_of_the_child_arrive_as_they_are(folder, tmp_path):
    from kg.query import bounded

    with pytest.raises(QueryError, match="syntax error at line 1"):
        bounded.query(folder, "SELECT ?a { ?a }", limit=None, timeout=30)
    with pytest.raises(StoreError, match="no store at"):
        bounded.query(tmp_path / "none", "ASK {}", limit=None, timeout=30)


def test_a_child_that_dies_is_a_query_error(folder, monkeypatch):
    from kg.query import bounded

    dead = subprocess.CompletedProcess([], -11, b"", b"")
    monkeypatch.setattr(bounded.subprocess, "run", lambda *_, **__: dead)
    with pytest.raises(QueryError, match="ended its process"):
        bounded.query(folder, "ASK {}", limit=None, timeout=30)


def test_a_child_ignores_modules_of_the_current_folder(folder, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('hijacked')")
    code = f"""
from kg.query import run
from kg.store import open_store
print(run(open_store({str(folder)!r}, read_only=True), "ASK {{ ?a ?b ?c }}", timeout=30).boolean)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "True\n"


def test_more_answers_than_memory_holds_are_refused(store, monkeypatch):
    from kg.store import collect

    monkeypatch.setattr(collect, "MAX_ROWS", 10)
    for text in ("SELECT * { ?a ?b ?c }", "CONSTRUCT WHERE { ?a ?b ?c }"):
        with pytest.raises(QueryError, match="more than 10 answers"):
            run(store, text)


# formats

EX = NamedNode("https://example.org/a?b=1&c=<>".replace("<>", "d"))
ODD = Results(
    ("x", "y"),
    (
        (EX, Literal('quote " comma, line\nbreak')),
        (None, Literal("é", language="fr")),
        (iri("actor:jnim"), Literal(-7)),
        (Literal("<&>]]>"), Literal("2018-06", datatype=XSD.gYearMonth)),
    ),
)


def test_json_and_xml_are_read_back_by_another_implementation():
    for file_format, reader in (("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)):
        solutions = parse_query_results(write(ODD, file_format).encode(), format=reader)
        assert [variable.value for variable in solutions.variables] == ["x", "y"]
        assert tuple(tuple(row) for row in solutions) == ODD.rows


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
@example("\x00\x1b\ufffe")
@example("a\r\nb\rc")
def test_any_text_makes_well_formed_json_and_xml(text):
    results = Results(("x",), ((Literal(text),),))
    assert json.loads(write(results, "json"))["results"]["bindings"][0]["x"]["value"] == text
    assert ET.fromstring(write(results, "xml")) is not None


def test_csv_quotes_and_keeps_numbers():
    rows = list(csv.reader(io.StringIO(write(ODD, "csv"), newline="")))
    assert rows[0] == ["x", "y"]
    assert rows[1] == [EX.value, 'quote " comma, line\nbreak']
    assert rows[3][1] == "-7"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", '=HYPERLINK("http://x")'])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(text):
    rows = list(csv.reader(io.StringIO(write(Results(("x",), ((Literal(text),),)), "csv"), newline="")))
    assert rows[1] == ["'" + text]


def test_truth_values_in_every_format_that_has_them():
    yes = Results(boolean=True)
    assert write(yes, "table") == "yes\n"
    assert json.loads(write(yes, "json")) == {"head": {}, "boolean": True}
    assert "<boolean>true</boolean>" in write(yes, "xml")
    assert write(yes, "csv") == "answer\r\ntrue\r\n"


def test_triples_become_turtle_that_reads_back(store):
    results = run(store, "DESCRIBE actor:front")
    assert results.triples
    text = write(results, "ttl")
    assert {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)} == set(results.triples)
    assert "@prefix mkg:" in text
    assert "@prefix void:" not in text
    assert write(results, "csv").startswith("subject,predicate,object\r\n")


def test_a_format_that_does_not_fit_is_a_usage_error(store):
    triples, rows = run(store, "network"), run(store, "actors")
    for results, file_format in ((triples, "json"), (triples, "xml"), (rows, "ttl"), (rows, "yaml")):
        with pytest.raises(UsageError):
            write(results, file_format)
    assert FORMATS == ("table", "csv", "json", "xml", "ttl")


def test_a_table_shows_names_and_fits_its_width(store):
    results = run(store, "who-says-so", {"event": "raid"})
    for width in (60, 80, 200):
        text = write(results, names=names(store, results), width=width)
        assert "Northern Front" in text
        assert "perpetrator" in text
        assert max(map(len, text.splitlines())) <= width
    assert text.endswith(f"{len(results.rows)} rows\n")
    assert "more were left out" in write(run(store, "actors", limit=1), width=80)


WORDS = st.text(st.sampled_from("ab é–漢جـ"), max_size=40)


@given(st.lists(st.tuples(WORDS, WORDS, st.booleans()), max_size=4), st.integers(30, 120))
def test_a_table_loses_no_text_at_any_width(cells, width):
    rows = tuple((Literal(one), Literal(two), iri("event:1e074a706b2e31d8")) for one, two, _ in cells)
    text = write(Results(("one", "two", "event"), rows), width=width)
    body = text.rpartition("\n")[0]
    for char in "ab漢é":
        expected = sum(cell.value.count(char) for row in rows for cell in row[:2])
        assert body.replace("tab", "").count(char) >= expected
    assert text.count("event:1e074a706b2e31d8") == len(rows)


def test_a_table_obeys_neither_markup_nor_control_characters():
    nasty = Results(("[red]x[/red]",), ((Literal("[bold]b[/bold] \x1b[31m\u202ered\nnext"),),))
    text = write(nasty, width=80)
    assert "[red]x[/red]" in text
    assert "[bold]b[/bold]  [31mred next".replace("  ", " ") in text
    assert "\x1b" not in text


def test_a_label_in_english_goes_before_others():
    with OxigraphStore() as opened:
        world = small()
        world.actor("fr", "Front", aliases=())
        opened.add(world.quads)
        results = run(opened, "actors")
        assert names(opened, results)[iri("actor:front")] == "Northern Front"


def test_every_refusal_is_an_error_of_the_package(store):
    for text in ("", "SERVICE", "SELECT", "x:y", "\x00", "ASK {", "SELECT * { ?a ?b ?c } LIMIT x"):
        with pytest.raises(KGError):
            run(store, text)
