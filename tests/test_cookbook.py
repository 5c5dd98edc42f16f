"""The named queries as a cookbook: what each answers on the sample reports, in both engines, and is shown."""

from __future__ import annotations

import pytest
from make_answers import ANSWERS, GOLDEN, built, first, whole

from kg.query import catalogue
from kg.store import RdflibStore, open_store

QUERIES = catalogue()
IDS = [query.name for query in QUERIES]
AGAIN = "if this is meant: python tests/make_answers.py"
NOTHING = {"assessments", "planned"}
"""Queries that the sample reports hold no answer to."""


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory):
    with open_store(built(tmp_path_factory.mktemp("cookbook")), read_only=True) as store:
        yield store


@pytest.fixture(scope="module")
def rdflib(oxigraph):
    store = RdflibStore()
    store.add(list(oxigraph.quads()))
    return store


def test_there_are_thirty_recipes_and_more_and_no_stray_answer():
    assert len(QUERIES) >= 30
    assert {path.stem for path in ANSWERS.iterdir()} == set(IDS)
    assert {path.stem for path in GOLDEN.iterdir()} == set(IDS)


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_the_answer_is_the_expected_one(oxigraph, query):
    assert whole(oxigraph, query) == (GOLDEN / f"{query.name}.csv").read_text(encoding="utf-8"), AGAIN
    assert first(oxigraph, query) == query.example_answer, AGAIN
    assert (query.example_answer.splitlines()[-1] == "0 rows") == (query.name in NOTHING)


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_rdflib_gives_the_expected_answer_too(rdflib, query):
    assert whole(rdflib, query) == (GOLDEN / f"{query.name}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_a_recipe_is_shown_whole(runner, query):
    shown = runner("queries", query.name).stdout
    assert query.question in shown
    assert f"$ {query.example_call}" in shown
    for parameter in query.parameters:
        assert f"{parameter.name}: {parameter.type}" in shown
    for column in query.columns:
        assert column in shown
    for line in query.example_answer.splitlines():
        assert line.strip() in shown
    assert query.text in shown
