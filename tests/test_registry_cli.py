"""`kg registry` and `--registry`: what a keeper and an analyst with actors of their own see."""

from __future__ import annotations

import csv
import io
import json

import pytest
from standin import Reader

from kg import pipeline
from kg.cli.registry import KINDS
from kg.registry.sheet import COLUMNS
from kg.registry.sheet import KINDS as SHEET_KINDS

TABLE = (
    "slug,name,kind,theatre,relation,target,since,source\n"
    "nova,Katiba Nova,armed-group,ml,memberOf,jnim,2018,B 1\n"
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder to work in, with a table of actors of one's own."""
    monkeypatch.chdir(tmp_path)
    for name in ("KG_STORE", "KG_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "own.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "report.txt").write_text(
        "Katiba Nova killed seven soldiers in Gao on Monday.", encoding="utf-8"
    )
    return tmp_path


def error_line(result, code):
    assert result.exit_code == code, result.output
    lines = [line for line in result.stderr.splitlines() if line.startswith("kg: error:")]
    assert len(lines) == 1, result.stderr
    return lines[0]


def test_the_kinds_of_the_command_line_are_those_of_tables():
    assert tuple(SHEET_KINDS) == KINDS


def test_list_prints_actors_of_a_theatre_with_those_of_ones_own(place, runner):
    lines = runner("registry", "list", "--theatre", "ml", "--registry", "own.csv").stdout.splitlines()
    assert "nova\tKatiba Nova\tArmedGroup\tml" in lines
    assert any(line.startswith("jnim\t") for line in lines)
    row = json.loads(
        runner("registry", "list", "--kind", "media-arm", "--format", "json").stdout.splitlines()[0]
    )
    assert row["kind"] == "media-arm"


def test_list_as_a_table_has_the_columns_that_tables_of_ones_own_may_have(place, runner):
    result = runner("registry", "list", "--theatre", "bf", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert tuple(rows[0]) == COLUMNS
    (place / "again.csv").write_bytes(result.stdout_bytes)
    assert runner("registry", "check", "again.csv").exit_code == 0


def test_show_tells_names_and_the_relations_of_a_day(runner):
    result = runner("registry", "show", "Boko Haram", "--on", "2015-06-01")
    assert "actor:boko-haram  Boko Haram" in result.stdout
    assert "allegianceTo Islamic State from 2015-03-07 to 2016" in result.stdout
    assert "'soon' is no day" in error_line(runner("registry", "show", "jnim", "--on", "soon"), 2)
    assert "alike are actor:ansar-dine" in error_line(runner("registry", "show", "Ansar Dien"), 2)


def test_search_says_how_a_name_is_borne_and_what_is_alike(runner):
    result = runner("registry", "search", "Ansarul Islm")
    assert result.stdout.splitlines()[0].startswith("actor:ansaroul-islam  Ansarul Islam  alike 9")
    nothing = runner("registry", "search", "xqzzt")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "knows no name like 'xqzzt'" in nothing.stderr


def test_an_actor_is_added_found_and_not_added_twice(place, runner):
    given = ("registry", "add", "Nova Brigade", "--to", "own.ttl", "--kind", "armed-group", "--theatre", "ml")
    assert "added actor:nova-brigade" in runner(*given).stderr
    assert "has actor:nova-brigade already" in error_line(runner(*given), 2)
    found = runner("registry", "search", "Nova brigade", "--registry", "own.ttl").stdout
    assert found.startswith("actor:nova-brigade  Nova Brigade  strong 100")


def test_import_skips_faulty_lines_and_says_what_changes(place, runner):
    with (place / "own.csv").open("a", encoding="utf-8") as stream:
        stream.write("bad,=1+1,armed-group,,,,,\n")
    result = runner("registry", "import", "own.csv", "--to", "own.ttl")
    assert result.exit_code == 1
    assert "skipped own.csv: line 3: name begins with '='" in result.stderr
    assert "own.csv adds actor:nova" in result.stderr
    assert runner("registry", "check", "own.ttl").exit_code == 0
    assert "a strong name of" in error_line(clash(place, runner), 1)


def clash(place, runner):
    (place / "clash.csv").write_text("slug,name,kind\nnova,JNIM,armed-group\n", encoding="utf-8")
    return runner("registry", "import", "clash.csv", "--to", "clash.ttl")


def test_check_says_where_what_and_how_to_mend_it(place, runner):
    (place / "own.csv").write_text(TABLE + "nova2,Gsim,armed-group,,,,,\n", encoding="utf-8")
    result = runner("registry", "check", "own.csv")
    assert "actor:jnim: 'GSIM' is a strong name of actor:jnim and actor:nova2; make it" in result.stdout
    assert "1 finding in the registry" in error_line(result, 3)


def test_check_fix_sorts_a_file(place, runner):
    runner("registry", "import", "own.csv", "--to", "own.ttl")
    text = (place / "own.ttl").read_text("utf-8")
    head, *blocks = text.split("\n\n")
    (place / "own.ttl").write_text("\n\n".join([head, *reversed(blocks)]), encoding="utf-8")
    result = runner("registry", "check", "own.ttl")
    assert "run: kg registry check --fix own.ttl" in result.stdout
    assert runner("registry", "check", "--fix", "own.ttl").exit_code == 0
    assert (place / "own.ttl").read_text("utf-8") == text


@pytest.mark.parametrize("command", [("extract",), ("build",), ("registry", "diff")])
def test_a_registry_that_breaks_a_rule_is_refused_everywhere(place, runner, command):
    (place / "clash.csv").write_text("slug,name,kind\nnova,JNIM,armed-group\n", encoding="utf-8")
    line = error_line(runner(*command, "report.txt", "--registry", "clash.csv"), 1)
    assert "'JNIM' is a strong name of actor:jnim and actor:nova" in line
    assert not (place / "kg-store").exists()


def test_extraction_links_actors_of_ones_own_and_says_what_they_change(place, runner):
    result = runner("extract", "--mentions", "report.txt", "--registry", "own.csv")
    links = {row["text"]: row["link"] for row in map(json.loads, result.stdout.splitlines())}
    assert links["Katiba Nova"] == "nova"
    assert "own.csv adds actor:nova" in result.stderr


def test_diff_prints_what_is_read_otherwise(place, runner):
    result = runner("registry", "diff", "report.txt", "--registry", "own.csv")
    assert result.exit_code == 0
    assert "report.txt  link  'Katiba Nova'  NIL -> nova" in result.stdout
    assert "fact changed" in result.stdout
    rows = runner(
        "registry", "diff", "report.txt", "--registry", "own.csv", "--json", "-q"
    ).stdout.splitlines()
    assert {json.loads(row)["kind"] for row in rows} == {"link", "fact changed"}
    assert "no files of one's own" in error_line(runner("registry", "diff", "report.txt"), 2)


def test_a_store_keeps_actors_of_ones_own_while_they_are_given(place, runner, monkeypatch):
    monkeypatch.setenv("KG_REGISTRY", "own.csv")
    assert runner("build", "report.txt").exit_code == 0
    assert "0 new, 0 read again, 1 known" in runner("build", "report.txt").stderr
    assert "ok  registry: " in runner("doctor").stdout
    answer = runner("query", "under", "--param", "actor=jnim", "--format", "csv").stdout
    assert "actor/nova," in answer
    monkeypatch.delenv("KG_REGISTRY")
    assert "1 read again" in runner("build", "report.txt").stderr


def test_a_reading_that_does_not_change_has_no_differences():
    reader = Reader()
    reports = [extraction.report for extraction in reader.known.values()]
    assert list(pipeline.differences(reports, lambda: reader, lambda: reader)) == []
