"""The Python interface reads as the command line does."""

from __future__ import annotations

import pytest
import world
from desk import small_registry
from standin import Reader

import kg


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder to work in, with the stand-in for the extractor and the small registry."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.api.registry", small_registry)
    monkeypatch.setattr("kg.api.extractor", Reader)
    return tmp_path


@pytest.fixture
def reports():
    return [extraction.report for extraction in world.reports()]


def test_reports_are_read_as_values(place):
    (place / "in").mkdir()
    (place / "in" / "a.txt").write_text("Published: 2019\n\nOne.")
    [report] = kg.read(place / "in")
    assert isinstance(report, kg.Report)
    assert (report.text, report.published) == ("One.", "2019")


def test_facts_of_one_text(place):
    one = world.reports()[-1]
    extraction = kg.extract(one.report.text, published=one.report.published, publisher=one.report.publisher)
    assert isinstance(extraction, kg.Extraction)
    assert extraction.facts == one.facts


def test_a_graph_is_built_asked_projected_and_taken_away(place, reports):
    summary = kg.build(*reports, store="store", out="out")
    assert summary.new == len(reports)
    assert (place / "out" / "graph.ttl").is_file()
    with kg.open("store") as graph:
        assert graph.query("claims", actor="jnim").rows
        assert graph.query("SELECT ?s WHERE { ?s a mkg:ArmedGroup }", limit=2).truncated
        assert "actor:jnim" in graph.graph()
        assert "event" not in set(dict(graph.graph(actors_only=True).nodes(data="kind")).values())
        graph.export("again.ttl")
        assert graph.explain("JNIM").startswith("JNIM")
    assert (place / "again.ttl").read_bytes() == (place / "out" / "graph.ttl").read_bytes()


def test_files_and_reports_go_into_one_build(place, reports):
    (place / "a.txt").write_text("One.")
    assert kg.build(reports[0], place / "a.txt", store="store").new == 2


def test_a_file_is_validated(place):
    (place / "bad.ttl").write_text("<https://e.org/x> a <https://w3id.org/militant-kg/ontology#Nonsense> .")
    assert not kg.validate("bad.ttl").conforms


def test_errors_have_one_base(place):
    with pytest.raises(kg.KGError, match="kg build"):
        kg.open("nowhere")
    with pytest.raises(kg.KGError, match="no source given"):
        kg.build(store="store")
    assert not (place / "store").exists()
