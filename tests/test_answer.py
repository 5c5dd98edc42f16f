"""What Python gets for a question: rows, a DataFrame, a graph, and a table that a notebook shows."""

from __future__ import annotations

import datetime
import sys

import pytest
from graph_data import small
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

import kg
from kg.errors import LimitError, UsageError
from kg.query import Answer
from kg.query.formats import sparql_tsv
from kg.store import Results, open_store
from kg.vocab import XSD, iri

VALUES = """SELECT * { VALUES (?whole ?broken ?yes ?day ?month ?mixed ?thing) {
  (1 2.5 true "2018-06-12"^^xsd:date "2018-06"^^xsd:gYearMonth 1 actor:far)
  (UNDEF 3 UNDEF UNDEF UNDEF "one" UNDEF)
  (7 UNDEF false "0950-01-01"^^xsd:date UNDEF UNDEF mkg:claimed) } }"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answer") / "kg-store"
    with open_store(folder) as opened:
        opened.add(small().quads)
    with kg.open(folder) as asked:
        yield asked


def test_a_dataframe_has_types_that_know_missing_values(graph):
    frame = graph.query(VALUES).dataframe()
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "whole": "Int64", "broken": "Float64", "yes": "boolean", "day": "datetime64[s]",
        "month": "string", "mixed": "string", "thing": "string",
    }  # fmt: skip
    rows = frame.sort_values("whole").reset_index(drop=True)
    assert list(rows["whole"].dropna()) == [1, 7]
    assert rows["day"].dropna().dt.year.tolist() == [2018, 950]
    assert rows["day"].iloc[0].date() == datetime.date(2018, 6, 12)
    assert rows["month"].iloc[0] == "2018-06"
    assert rows["thing"].iloc[1] == "claimed"
    assert frame.isna().sum().sum() == 8


def test_things_come_by_name_or_as_what_query_takes_back(graph):
    answer = graph.query("SELECT ?actor { ?actor skos:prefLabel ?name } ORDER BY ?actor LIMIT 1")
    (name,) = answer.dataframe()["actor"]
    (reference,) = answer.dataframe(names=False)["actor"]
    assert name in {quad.object.value for quad in graph.store.quads(iri(reference))}
    assert graph.query("reports-of-actor", actor=reference).columns
    assert next(iter(answer)) == {"actor": name}
    assert answer.rows[0][0] == iri(reference)


def test_an_empty_answer_is_a_frame_with_its_columns(graph):
    frame = graph.query("SELECT ?a ?b { ?a mkg:designated ?b , ?a }").dataframe()
    assert list(frame.columns) == ["a", "b"]
    assert frame.empty


def test_triples_become_a_graph_and_rows_do_not(graph):
    answer = graph.query("CONSTRUCT WHERE { ?thing skos:prefLabel ?name }")
    assert len(answer.graph()) == len(answer.triples) == len(answer) > 0
    assert list(answer.dataframe().columns) == ["subject", "predicate", "object"]
    assert dict(answer.graph().namespaces())["actor"]
    with pytest.raises(UsageError, match="CONSTRUCT"):
        graph.query("ASK {}").graph()


def test_a_truth_value_shows_as_one(graph):
    answer = graph.query("ASK {}")
    assert answer.boolean is True
    assert repr(answer) == "yes\n"
    assert answer._repr_html_() == "<p>yes</p>"


def test_a_query_from_python_has_a_timeout(graph):
    with pytest.raises(LimitError, match="ran longer"):
        graph.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", timeout=1)


def test_without_pandas_the_error_says_what_to_install(graph, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"militant-kg\[pandas\]"):
        graph.query("ASK {}").dataframe()


def test_a_notebook_shows_the_first_rows_and_says_so():
    rows = tuple((Literal(str(number)),) for number in range(80))
    shown = Answer(Results(("n",), rows, truncated=True))._repr_html_()
    assert shown.count("<tr>") == 51
    assert "80 rows, the first 50 shown, more were left out" in shown


@given(st.text(max_size=30))
def test_what_reports_say_is_never_markup(text):
    node = NamedNode("https://example.org/a")
    answer = Answer(Results(("x", "y"), ((Literal(text), node),)), {node: f"<b>{text}</b>"})
    inner = answer._repr_html_()
    for tag in ("<table>", "</table>", "<thead>", "</thead>", "<tbody>", "</tbody>", "<tr>", "</tr>",
                "<th>", "</th>", "<td>", "</td>", "<p>", "</p>"):  # fmt: skip
        inner = inner.replace(tag, "")
    assert "<" not in inner


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30))
def test_a_cell_of_tsv_stays_in_its_cell(text):
    results = Results(("a", "b"), ((Literal(text), Literal(1)), (None, Literal(text, language="en"))))
    lines = sparql_tsv(results).split("\n")
    assert lines[0] == "?a\t?b"
    assert [line.count("\t") for line in lines[:-1]] == [1, 1, 1]
    assert lines[1].endswith(f'"1"^^<{XSD.integer.value}>')
