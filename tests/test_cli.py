"""The command line: one line and one exit code for every error, - for streams, results on standard output."""

from __future__ import annotations

import importlib
import json
import os
import re
import signal
import subprocess
import sys

import pytest
import world

from kg.cli import COMMANDS, data
from kg.cli import query as query_commands


@pytest.fixture
def place(workplace):
    """A folder to work in with the invented reports."""
    world.write(workplace / "reports.jsonl")
    return workplace


@pytest.fixture
def built(place, runner):
    result = runner("build", "reports.jsonl")
    assert result.exit_code == 0, result.output
    return place


def error_line(result, code):
    """The one line that an error is."""
    assert result.exit_code == code, result.output
    lines = [line for line in result.stderr.splitlines() if line.startswith("kg: error:")]
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.output
    return lines[0]


def test_build_writes_every_output_and_says_what_it_did(place, runner):
    result = runner("build", "reports.jsonl")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "7 reports: 7 new" in result.stderr
    names = {path.name for path in (place / "outputs").iterdir()}
    assert names == {"graph.ttl", "graph.trig", "facts.jsonl", "report.md", "network.html"}


def test_quiet_says_nothing(place, runner):
    result = runner("build", "reports.jsonl", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_a_second_build_changes_no_byte(built, runner):
    before = {path.name: path.read_bytes() for path in (built / "outputs").iterdir()}
    result = runner("build", "reports.jsonl")
    assert "0 new, 0 read again, 7 known" in result.stderr
    assert {path.name: path.read_bytes() for path in (built / "outputs").iterdir()} == before


def test_the_store_is_where_the_environment_says(place, runner, monkeypatch):
    monkeypatch.setenv("KG_STORE", "elsewhere")
    runner("build", "reports.jsonl")
    assert (place / "elsewhere" / "kg-store.json").is_file()


def test_a_build_without_a_source_is_a_usage_error_and_makes_no_store(place, runner):
    assert "no source given" in error_line(runner("build"), 2)
    assert not (place / "kg-store").exists()


def test_reports_come_from_standard_input(place, runner):
    text = json.dumps({"id": "x", "text": "One."}) + "\n" + json.dumps({"id": "y", "text": "Two."})
    assert "2 reports: 2 new" in runner("build", "-", stdin=text).stderr


def test_extract_prints_one_fact_a_line(place, runner):
    result = runner("extract", "reports.jsonl")
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {"doc", "id", "type", "certainty", "evidence"} <= set(rows[0])
    assert not (place / "kg-store").exists()


def test_extract_answers_for_every_identifier_of_a_text(place, runner):
    one = world.reports()[0].report
    fields = {"text": one.text, "published": one.published, "publisher": one.publisher, "title": one.title}
    text = "\n".join(json.dumps({"id": name, **fields}) for name in "ab")
    rows = [json.loads(line) for line in runner("extract", "-", stdin=text).stdout.splitlines()]
    assert {row["doc"] for row in rows} == {"a", "b"}


def test_extract_prints_mentions_and_tables(place, runner):
    row = json.loads(runner("extract", "--mentions", "reports.jsonl").stdout.splitlines()[0])
    assert {"doc", "start", "end", "text", "kind", "link", "reason"} <= set(row)
    assert "allegiance" in runner("extract", "--format", "table", "reports.jsonl").stdout
    assert "jnim" in runner("extract", "--format", "table", "--mentions", "reports.jsonl").stdout


@pytest.mark.parametrize("file_format", data.FORMATS)
def test_every_export_goes_to_standard_output(built, runner, file_format):
    result = runner("export", "--format", file_format)
    assert result.exit_code == 0
    assert result.stdout
    assert result.stderr == ""


def test_an_export_takes_its_format_from_the_name(built, runner):
    assert runner("export", "graph.nq").exit_code == 0
    assert (built / "graph.nq").read_text().startswith("<https://w3id.org/")
    assert "--format" in error_line(runner("export", "graph.xyz"), 2)


def test_the_choices_of_export_are_those_of_the_package():
    from kg.export import FORMATS, TABLES

    assert data.FORMATS == FORMATS
    assert data.TABLES == TABLES


def test_view_writes_a_page(built, runner):
    assert runner("view", "--out", "page.html").exit_code == 0
    assert (built / "page.html").read_text().lower().startswith("<!doctype html>")
    assert runner("view", "--out", "-").stdout.lower().startswith("<!doctype html>")
    assert (
        runner("view", "--focus", "JNIM", "--hops", "1", "--from", "2018", "--to", "2019-01").exit_code == 0
    )
    assert runner("view", "--actors-only", "--min-confidence", "0.5").exit_code == 0
    assert '"before":' in runner("view", "--out", "-").stdout
    assert '"before":' not in runner("view", "--context", "0", "--out", "-").stdout


def test_view_says_where_a_page_is_too_large_to_open_well(built, runner, monkeypatch):
    assert "narrow it" not in runner("view", "--out", "page.html").stderr
    monkeypatch.setattr(importlib.import_module("kg.cli.view"), "_LARGE", 1000)
    assert "narrow it with --focus" in runner("view", "--out", "page.html").stderr
    assert "narrow it" not in runner("view", "--out", "page.html", "--quiet").stderr


def test_a_wrong_view_is_a_usage_error(built, runner):
    assert "is not an ISO date" in error_line(runner("view", "--from", "June"), 2)
    assert "nothing in the graph is called" in error_line(runner("view", "--focus", "nobody"), 2)
    assert "--hops" in error_line(runner("view", "--hops", "-1"), 2)


def test_analyse_ranks_the_actors(built, runner):
    assert "JNIM" in runner("analyse").stdout
    ranks = json.loads(runner("analyse", "--format", "json", "--top", "2").stdout)["ranks"]
    assert len(ranks) == 2


@pytest.mark.parametrize("name", ["jnim", "JNIM", "actor:jnim", "https://w3id.org/militant-kg/id/actor/jnim"])
def test_explain_finds_an_actor_by_any_of_its_names(built, runner, name):
    result = runner("explain", name)
    assert result.exit_code == 0
    assert result.stdout.startswith("JNIM  (armed group, actor:jnim)")
    assert "“JNIM claimed Tuesday’s suicide bombing in Gao" in result.stdout


def test_explain_shows_anything_of_the_store_by_its_reference(built, runner):
    text = (built / "outputs" / "graph.ttl").read_text()
    proposition = next(word for word in text.split() if re.fullmatch(r"proposition:[0-9a-f]+", word))
    result = runner("explain", proposition)
    assert result.stdout.startswith(f"{proposition} a mkg:Proposition")
    assert "a mkg:Assertion" in result.stdout


def test_explain_says_what_is_near_where_a_name_is_not_one_thing(built, runner):
    assert "choose one of" in error_line(runner("explain", "gao"), 2)
    assert "nothing in the graph" in error_line(runner("explain", "zzz"), 2)


def test_retract_brings_back_the_outputs_of_before(place, runner):
    lines = (place / "reports.jsonl").read_text().splitlines()
    (place / "some.jsonl").write_text("\n".join(lines[:-1]))
    runner("build", "some.jsonl")
    before = {path.name: path.read_bytes() for path in (place / "outputs").iterdir()}
    runner("build", "reports.jsonl")
    assert runner("retract", json.loads(lines[-1])["id"]).exit_code == 0
    assert {path.name: path.read_bytes() for path in (place / "outputs").iterdir()} == before
    assert "has no report" in error_line(runner("retract", "nothing"), 2)


def test_a_store_and_its_outputs_conform(built, runner):
    assert runner("validate").exit_code == 0
    assert runner("validate", "outputs/graph.ttl").exit_code == 0


def test_what_does_not_conform_is_listed_with_exit_code_3(place, runner):
    prefix = "@prefix mkg: <https://w3id.org/militant-kg/ontology#> .\n"
    (place / "bad.ttl").write_text(prefix + "<https://e.org/x> a mkg:Assertion ; mkg:nonsense 1 .")
    result = runner("validate", "bad.ttl")
    assert "does not conform" in error_line(result, 3)
    assert "UnknownTerm" in result.stdout


def test_doctor_finds_the_installation_sound(built, runner):
    result = runner("doctor")
    assert result.exit_code == 0, result.output
    assert "BAD" not in result.stdout
    assert "7 reports" in result.stdout


def test_doctor_reports_a_folder_that_is_no_store(place, runner):
    (place / "kg-store").mkdir()
    (place / "kg-store" / "file").write_text("x")
    result = runner("doctor")
    assert result.exit_code == 1
    assert "BAD store" in result.stdout


def test_a_named_query_is_answered_in_every_format(built, runner):
    for output in ("table", "csv", "json", "xml"):
        result = runner("query", "claims", "--format", output)
        assert result.exit_code == 0, result.output
        assert "jnim" in result.stdout.lower()


def test_sparql_comes_from_a_file_or_standard_input(built, runner):
    sparql = "SELECT ?s WHERE { ?s a mkg:ArmedGroup }"
    (built / "groups.rq").write_text(sparql)
    from_file = runner("query", "groups.rq", "--format", "csv")
    assert from_file.exit_code == 0, from_file.output
    assert "actor" in from_file.stdout
    assert runner("query", "-", "--format", "csv", stdin=sparql).stdout == from_file.stdout


def test_queries_lists_them_all(runner):
    from kg.resources import queries_dir

    listing = runner("queries").stdout
    for path in queries_dir().glob("*.rq"):
        assert path.stem in listing


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("query", "no-such-query"), 2),
        (("query", "missing.rq"), 1),
        (("query", "claims", "--param", "x"), 2),
        (("query", "claims", "--param", "nonsense=1"), 2),
    ],
)
def test_a_wrong_query_is_one_line(built, runner, args, code):
    error_line(runner(*args), code)


def test_a_dangerous_query_is_refused(built, runner):
    for text in (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <file:///etc/passwd>",
        "DROP ALL",
    ):
        error_line(runner("query", "-", stdin=text), 1)


@pytest.mark.parametrize(
    "command", ["query claims", "view", "analyse", "export", "validate", "explain jnim", "retract x"]
)
def test_without_a_store_a_command_says_how_to_make_one(place, runner, command):
    assert "kg build" in error_line(runner(*command.split()), 1)
    assert not (place / "kg-store").exists()


def test_every_command_has_help(runner):
    for name in COMMANDS:
        result = runner(name, "--help")
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) > 3


def test_an_unknown_command_is_a_usage_error(runner):
    assert "No such command 'nonsense'" in error_line(runner("nonsense"), 2)
    assert "see `kg build --help`" in error_line(runner("build", "--nonsense"), 2)
    assert "see `kg --help`" in error_line(runner("--nonsense"), 2)


def test_the_version_is_printed(runner):
    assert runner("--version").stdout.startswith("kg, version ")


def test_a_closed_pipe_is_no_traceback(built):
    environment = {**os.environ, "KG_STORE": str(built / "kg-store")}
    command = f"{sys.executable} -m kg export --format trig | head -c 10"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment, check=True
    )
    assert len(done.stdout) == 10
    assert "Traceback" not in done.stderr


def test_the_context_of_view_is_that_of_projections():
    from kg.cli.view import CONTEXT as SHOWN
    from kg.projection import CONTEXT

    assert SHOWN == CONTEXT


def test_the_defaults_of_query_are_those_of_the_package():
    from kg.query import DEFAULT_LIMIT, DEFAULT_TIMEOUT, FORMATS

    assert query_commands.FORMATS == FORMATS
    assert (query_commands.LIMIT, query_commands.TIMEOUT) == (DEFAULT_LIMIT, DEFAULT_TIMEOUT)


@pytest.mark.slow
def test_a_killed_build_is_finished_by_the_next(tmp_path):
    texts = ({"id": str(number), "text": f"Gunmen attacked village {number}."} for number in range(3000))
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, texts)))
    command = [sys.executable, "-m", "kg", "build", "many.jsonl"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL, start_new_session=True)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(8)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "3,000 reports" in done.stderr
    assert not list(tmp_path.glob("outputs/.*.part"))
