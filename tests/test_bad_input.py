"""Bad input: a clear line, the right exit code, everything else done, and no half-written file left."""

from __future__ import annotations

import json

import pytest
import world

GOOD = "Gunmen attacked a village."


@pytest.fixture
def place(workplace):
    """A folder to work in with one good report."""
    (workplace / "good.txt").write_text(GOOD)
    return workplace


def long_line(path):
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"a" * 1_000_000)


SOURCES = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b"\n \n", "empty"),
    "image.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
    "utf16-without-mark.txt": ("text".encode("utf-16-le"), "byte order mark"),
    "cyrillic.txt": ("Боевики напали на село ночью".encode("koi8-r"), "unknown encoding"),
    "damaged.txt": (GOOD.encode() + "é".encode() + b"\xff", "damaged UTF-8"),
    "malformed.jsonl": (b'{"text": "cut', "malformed JSON"),
    "list.jsonl": (b"[]", "not a JSON object"),
    "textless.jsonl": (b'{"title": "x"}', '"text" is missing'),
    "dated.jsonl": (b'{"text": "x", "published": "soon"}', "not an ISO date"),
    "page.html": (b"<p>x</p>", "HTML and feeds are not read"),
    "long.txt": (b"a" * 1_000_001, "longer than 1,000,000 characters"),
    "missing.txt": (None, "no such file or folder"),
    "missing-folder/": (None, "no such file or folder"),
}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("command", ["build", "extract"])
def test_a_bad_source_is_named_and_the_rest_is_done(place, runner, name, command):
    content, reason = SOURCES[name]
    if content is not None:
        (place / name).write_bytes(content)
    result = runner(command, name, "good.txt")
    assert result.exit_code == 1
    [line] = [line for line in result.stderr.splitlines() if line.startswith("kg: skipped")]
    assert name in line
    assert reason in line
    assert "Traceback" not in result.output
    if command == "build":
        assert "1 report: 1 new" in result.stderr
        assert GOOD in runner("export", "--format", "nquads", "--with-text").stdout
        assert not list(place.rglob(".*.part"))


def test_a_line_of_200_megabytes_is_skipped_and_the_rest_is_done(place, runner):
    long_line(place / "huge.txt")
    result = runner("build", "huge.txt", "good.txt")
    assert result.exit_code == 1
    assert "longer than 1,000,000 characters" in result.stderr
    (place / "huge.txt").unlink()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_other_encodings_that_can_be_told_are_read(place, runner, encoding):
    (place / "menaka.txt").write_bytes("Attack near Ménaka".encode(encoding))
    result = runner("build", "menaka.txt")
    assert result.exit_code == 0
    assert ("Windows-1252" in result.stderr) == (encoding == "cp1252")
    assert "Attack near Ménaka" in runner("export", "--format", "trig", "--with-text").stdout


def test_a_folder_without_a_report_is_no_error_and_says_what_it_holds(place, runner):
    (place / "in").mkdir()
    (place / "in" / "photo.jpg").write_bytes(b"\xff\xd8")
    result = runner("build", "in")
    assert result.exit_code == 0
    assert "1 file of other types" in result.stderr


def test_outputs_that_can_not_be_written_are_one_line_and_the_store_is_kept(place, runner):
    (place / "file").write_text("x")
    result = runner("build", "good.txt", "missing.txt", "--out", "file/outputs")
    assert result.exit_code == 1
    assert "kg: skipped missing.txt" in result.stderr
    assert "kg: error: can't write file/outputs/graph.ttl" in result.stderr
    assert (place / "file").read_text() == "x"
    assert runner("build", "good.txt").stderr.startswith("kg: 1 report: 0 new, 0 read again, 1 known")


@pytest.mark.parametrize(
    "command", ["view --out file/page.html", "export file/graph.ttl", "export file/graph.gexf"]
)
def test_a_file_that_can_not_be_written_is_one_line(place, runner, command):
    runner("build", "good.txt")
    (place / "file").write_text("x")
    result = runner(*command.split())
    assert result.exit_code == 1
    assert result.stderr.startswith("kg: error: can't write file/")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["build good.txt", "export", "view", "validate", "retract x"])
@pytest.mark.parametrize("content", ["a file", "a folder of other things", "a broken marker"])
def test_a_store_that_is_none_is_refused_and_left_as_it_was(place, runner, command, content):
    store = place / "kg-store"
    if content == "a file":
        store.write_text("x")
    else:
        store.mkdir()
        (store / ("kg-store.json" if "marker" in content else "thesis.docx")).write_text("x")
    before = sorted((path.name, path.is_file() and path.read_bytes()) for path in place.rglob("*"))
    result = runner(*command.split())
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert line.startswith("kg: error: ")
    assert "kg-store" in line
    assert sorted((path.name, path.is_file() and path.read_bytes()) for path in place.rglob("*")) == before


SCRIPT = "<script>alert(1)</script>"


def test_a_label_with_a_script_comes_out_as_text(place, runner, monkeypatch):
    report = world.reports()[0].report
    fields = {"text": report.text, "published": report.published, "publisher": SCRIPT, "title": SCRIPT}
    (place / "r.jsonl").write_text(json.dumps({**fields, "id": SCRIPT, "url": "javascript:alert(1)"}))
    result = runner("build", "r.jsonl")
    assert result.exit_code == 0
    assert "not a web address" in result.stderr
    page = (place / "outputs" / "network.html").read_text()
    assert SCRIPT not in page
    assert SCRIPT not in (place / "outputs" / "report.md").read_text()
    assert "javascript:alert" not in page
    assert SCRIPT not in runner("export", "--format", "graphml").stdout
    assert runner("validate").exit_code in (0, 3)


def test_a_source_can_not_write_to_the_terminal(place, runner):
    name = "bad\x1b[31mname.txt"
    (place / name).write_bytes(b"")
    assert "\x1b" not in runner("build", name).stderr


def test_a_folder_with_a_loop_of_links_ends(place, runner):
    (place / "in").mkdir()
    (place / "in" / "a.txt").write_text(GOOD)
    (place / "in" / "loop").symlink_to(place / "in")
    assert "1 report: 1 new" in runner("build", "in").stderr


@pytest.mark.parametrize("option", ["--published=27/03/2019", "--url=javascript:x", "--split=words"])
def test_a_wrong_option_is_a_usage_error(place, runner, option):
    assert runner("build", "good.txt", option).exit_code == 2
    assert not (place / "kg-store").exists()
