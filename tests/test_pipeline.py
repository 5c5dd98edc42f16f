"""The whole way with stand-in extractions: repeatable, reversible, outputs a function of the store."""

from __future__ import annotations

import pytest
import world
from desk import small_registry
from standin import Reader

from kg import pipeline
from kg.errors import ExportError, StoreError, UsageError
from kg.model import Extraction, Report
from kg.pipeline import FILES, write_outputs
from kg.read import Note, OtherFiles, Skipped
from kg.store import open_store
from kg.vocab import DCTERMS, GRAPH, MKG


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture(scope="module")
def reports():
    return [extraction.report for extraction in world.reports()]


@pytest.fixture
def build(reader):
    def build(items, store):
        return pipeline.build(items, store, small_registry(), lambda: reader)

    return build


def held(store):
    return {str(quad) for quad in store.quads()}


def written(store, folder):
    write_outputs(store, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_build_gives_each_report_a_graph_and_derives_the_rest(build, reports):
    with open_store() as store:
        summary = build(reports, store)
        assert summary.new == len(reports)
        assert summary.facts > 0
        names = {graph.value.rpartition("/")[2] for graph in store.graphs()}
        assert {report.id for report in reports} < names
        assert {"registry", "runs", "identity", "propositions", "accepted"} < names


def test_a_second_build_reads_nothing_and_changes_nothing(build, reader, reports, tmp_path):
    with open_store(tmp_path / "store") as store:
        build(reports, store)
        before, first = held(store), written(store, tmp_path / "one")
        reader.read.clear()
        summary = build(reports, store)
        assert (summary.known, summary.new, reader.read) == (len(reports), 0, [])
        assert held(store) == before
        assert written(store, tmp_path / "two") == first


def test_the_order_of_the_reports_does_not_count(build, reports):
    with open_store() as one, open_store() as other:
        build(reports, one)
        build(reversed(reports), other)
        assert held(one) == held(other)


def test_building_in_two_goes_gives_what_one_go_gives(build, reports):
    with open_store() as one, open_store() as two:
        build(reports, one)
        build(reports[:3], two)
        build(reports[3:], two)
        assert held(one) == held(two)


@pytest.mark.parametrize("index", range(3))
def test_retracting_brings_back_the_state_before(build, reports, index):
    with open_store() as store:
        build(reports[:index] + reports[index + 1 :], store)
        before = held(store)
        build(reports[index : index + 1], store)
        assert held(store) != before
        assert pipeline.retract(store, small_registry(), reports[index].id) == f"report:{reports[index].id}"
        assert held(store) == before


def test_a_report_is_retracted_by_any_of_its_names(build, reports):
    names = [
        reports[0].id,
        f"report:{reports[0].id}",
        f"https://w3id.org/militant-kg/id/report/{reports[0].id}",
        "wire-1",
    ]
    for name in names:
        with open_store() as store:
            build(reports, store)
            pipeline.retract(store, small_registry(), name)
            assert f"report:{reports[0].id}" not in pipeline.inventory(store).ids


def test_a_name_of_no_report_or_of_several_is_a_usage_error(build):
    with open_store() as store:
        build([Report("One.", given_ids=("same",)), Report("Two.", given_ids=("same",))], store)
        with pytest.raises(UsageError, match="2 reports are called 'same'"):
            pipeline.retract(store, small_registry(), "same")
        with pytest.raises(UsageError, match="no report 'other'"):
            pipeline.retract(store, small_registry(), "other")


def test_a_text_told_twice_is_one_report_with_both_names(build):
    one, other = Report("Same.", given_ids=("a",)), Report("Same.", given_ids=("b",))
    with open_store() as together, open_store() as apart:
        summary = build([one, other], together)
        assert (summary.new, summary.known) == (1, 1)
        build([one], apart)
        build([other], apart)
        assert {quad.object.value for quad in together.quads(p=DCTERMS.identifier)} == {"a", "b"}
        assert held(together) == held(apart)


def test_reports_of_another_run_are_read_again_even_when_not_given(build, reader, reports, monkeypatch):
    with open_store() as store:
        build(reports, store)
        before = held(store)
        reader.read.clear()
        monkeypatch.setattr("kg.run.lexicon_digest", lambda: "changed")
        summary = build([], store)
        assert summary.again == len(reports)
        assert sorted(reader.read) == sorted(report.id for report in reports)
        assert len({quad.subject for quad in store.quads(g=GRAPH.runs)}) == 1
        monkeypatch.undo()
        build([], store)
        assert held(store) == before


def test_a_stored_report_is_the_one_that_was_read(build, reports):
    with open_store() as store:
        build(reports, store)
        for report in reports:
            assert pipeline.stored_report(store, f"report:{report.id}").id == report.id


def test_a_report_in_another_language_is_kept_without_being_read(build, reader):
    with open_store() as store:
        build([Report("Les combattants.", language="fr", given_ids=("f",))], store)
        assert reader.read == []
        assert [quad.object.value for quad in store.quads(p=MKG.text)] == ["Les combattants."]


def test_what_is_skipped_is_summed_up_and_the_rest_is_built(build, reports):
    items = [Skipped("a", "binary"), reports[0], Note("b", "n"), OtherFiles("c", 2)]
    with open_store() as store:
        summary = build(items, store)
    assert (summary.new, len(summary.skipped), len(summary.notes), len(summary.other_files)) == (1, 1, 1, 1)


def test_more_reports_than_a_batch_are_all_written(build):
    many = [Report(f"Report {number}.", given_ids=(str(number),)) for number in range(130)]
    with open_store() as store:
        assert build(many, store).new == 130
        assert len(pipeline.inventory(store).ids) == 130


def test_an_extractor_that_fails_leaves_whole_batches_behind(reports):
    class Failing(Reader):
        def extract(self, reports):
            for report in reports:
                if report.text == "Report 100.":
                    raise RuntimeError("boom")
                yield Extraction(report)

    many = [Report(f"Report {number}.", given_ids=(str(number),)) for number in range(130)]
    with open_store() as store:
        with pytest.raises(RuntimeError):
            pipeline.build(many, store, small_registry(), Failing)
        assert len(pipeline.inventory(store).ids) == 64
        assert pipeline.build(many, store, small_registry(), Reader).new == 66


def test_outputs_describe_the_store_and_not_the_run(build, reports, tmp_path):
    with open_store() as store:
        build(reports, store)
        files = written(store, tmp_path / "out")
    assert set(files) == set(FILES)
    assert b"What the store holds" in files["report.md"]
    assert f"{len(reports)} reports" in files["report.md"].decode()


def test_both_back_ends_give_the_same_bytes(build, reports, tmp_path):
    with open_store() as one, open_store(backend="rdflib") as other:
        build(reports, one)
        build(reports, other)
        assert written(one, tmp_path / "one") == written(other, tmp_path / "other")


def test_no_triple_stands_in_two_graphs(build, reports):
    with open_store() as store:
        build(reports, store)
        triples = [(quad.subject, quad.predicate, quad.object) for quad in store.quads()]
        assert len(triples) == len(set(triples))


def test_the_exported_turtle_has_the_same_count_in_three_parsers(build, reports, tmp_path):
    import shutil
    import subprocess

    import pyoxigraph
    import rdflib

    if shutil.which("rapper") is None:  # CI installs it, and fails on a skip
        pytest.skip("rapper (raptor2-utils) is not installed")
    with open_store() as store:
        build(reports, store)
        write_outputs(store, tmp_path)
    path = tmp_path / "graph.ttl"
    count = len(set(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)))
    assert len(rdflib.Graph().parse(path)) == count
    counted = subprocess.run(
        ["rapper", "-c", "-i", "turtle", str(path)], capture_output=True, text=True, check=True
    )
    assert f"returned {count} triples" in counted.stderr


def test_what_is_written_conforms(build, reports, tmp_path):
    from kg.validate import validate

    with open_store() as store:
        build(reports, store)
        write_outputs(store, tmp_path)
        assert validate(store.quads()).violations == ()
    assert validate(tmp_path / "graph.trig").violations == ()
    assert validate(tmp_path / "graph.ttl").violations == ()


def test_an_output_that_can_not_be_written_is_an_error_and_the_store_is_kept(build, reports, tmp_path):
    (tmp_path / "file").write_text("x")
    with open_store(tmp_path / "store") as store:
        build(reports, store)
        with pytest.raises(ExportError, match="can't write"):
            write_outputs(store, tmp_path / "file" / "out")
    with open_store(tmp_path / "store", read_only=True) as store:
        assert len(pipeline.inventory(store).ids) == len(reports)


def test_a_judgement_beside_the_store_is_applied_by_the_next_build(build, reports, tmp_path):
    with open_store(tmp_path / "store") as store:
        build(reports, store)
        edge = next(iter(store.quads(p=MKG.claims))).object.value.rpartition("/")[2]
        line = (
            f'{{"kind": "reject", "subjects": ["proposition:{edge}"], "person": "p", "date": "2026-01-01"}}\n'
        )
        before = held(store)
        (tmp_path / "store" / "judgements.jsonl").write_text(line)
        build([], store)
        assert held(store) != before


def test_a_read_only_store_is_not_built_into(build, reports, tmp_path):
    with open_store(tmp_path / "store") as store:
        build(reports[:1], store)
    with open_store(tmp_path / "store", read_only=True) as store, pytest.raises(StoreError):
        build(reports, store)
