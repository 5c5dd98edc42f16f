"""`kg store`: what a store holds, copies of it, and a check that finds every kind of fault."""

from __future__ import annotations

import json

import pytest
import world
from desk import small_registry
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.store import OxigraphStore, backup, open_store, restore
from kg.store.load import pieces
from kg.vocab import GRAPH, MKG


@pytest.fixture
def built(workplace, runner):
    world.write(workplace / "reports.jsonl")
    assert runner("build", "reports.jsonl", "--store-only").exit_code == 0
    return workplace


def held(path):
    with open_store(path, read_only=True) as store:
        return [str(quad) for quad in store.quads()]


def test_a_build_can_leave_the_results_out(built):
    assert not (built / "outputs").exists()


def test_info_counts_what_is_there(built, runner):
    found = json.loads(runner("store", "info", "--format", "json").stdout)
    assert found["reports"] == len(world.reports())
    assert found["quads"] == len(held("kg-store"))
    statuses = [count for name, count in found.items() if name.startswith("propositions, ")]
    assert found["propositions"] == sum(statuses)
    assert found["bytes on disk"] > 0
    assert f"reports {found['reports']:>30}".split() == runner("store", "info").stdout.splitlines()[0].split()


def test_a_backup_is_a_store_and_is_restored_whole(built, runner):
    (built / "kg-store" / "judgements.jsonl").write_text("")
    assert runner("store", "backup", "copy").exit_code == 0
    before = held("kg-store")
    assert held("copy") == before
    runner("retract", world.reports()[0].report.id, "--store-only")
    assert held("kg-store") != before
    assert held("copy") == before
    assert runner("store", "restore", "copy", "--store", "new").exit_code == 0
    assert held("new") == before
    assert (built / "new" / "judgements.jsonl").is_file()
    assert runner("build", "reports.jsonl", "--store", "new", "--store-only").exit_code == 0
    assert not list(built.glob(".*.part"))


def test_a_store_is_restored_from_what_an_export_wrote(built, runner):
    before = held("kg-store")
    assert runner("export", "--with-text", "all.nq").exit_code == 0
    assert runner("store", "restore", "all.nq", "--store", "new").exit_code == 0
    reports = [quad for quad in held("new") if "/id/report/" in quad.rpartition(" ")[2]]
    assert reports == [quad for quad in before if "/id/report/" in quad.rpartition(" ")[2]]
    assert runner("build", "reports.jsonl", "--store", "new", "--store-only").exit_code == 0
    assert held("new") == before
    assert runner("store", "check", "--store", "new").exit_code == 0


_QUAD = "<urn:s> <urn:p> <urn:o> <urn:g> .\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("this is no N-Quads\n", "is not N-Quads"),
        (_QUAD + "<urn:s> <urn:p> <urn:o> .\n", "stands in no named graph"),
        (_QUAD + "_:b <urn:p> <urn:o> <urn:g> .\n", "a blank node"),
        (_QUAD + "<urn:s> <urn:p> _:b1 <urn:g> .\n", "a blank node"),
        (_QUAD + "<urn:s> <urn:p> <urn:o> _:b22 .\n", "a blank node"),
    ],
)
def test_what_is_no_export_of_a_whole_store_makes_none(workplace, runner, text, told):
    (workplace / "some.nq").write_text(text)
    name = f"new-{len(text)}"  # a failed run is kept by its result, and with it the lock on what it wrote
    result = runner("store", "restore", "some.nq", "--store", name)
    assert result.exit_code == 1
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not list(workplace.glob("*new*"))


def test_what_only_looks_like_a_blank_node_is_loaded(workplace, runner):
    (workplace / "some.nq").write_text('<urn:s_:1> <urn:p> "a _:b and more" <urn:g> .\n')
    assert runner("store", "restore", "some.nq", "--store", "looks-blank").exit_code == 0


def test_an_export_without_texts_makes_no_store(built, runner):
    assert runner("export", "all.nq").exit_code == 0
    result = runner("store", "restore", "all.nq", "--store", "new")
    assert result.exit_code == 1
    assert "export it with --with-text" in result.stderr


def test_a_file_is_loaded_in_pieces_of_whole_lines(tmp_path):
    lines = [f"<urn:{number}> <urn:p> <urn:o> <urn:g> .\n".encode() for number in range(100)]
    (tmp_path / "all.nq").write_bytes(b"".join(lines))
    found = list(pieces(tmp_path / "all.nq", 500))
    assert b"".join(found) == b"".join(lines)
    assert len(found) > 3
    assert all(piece.endswith(b" .\n") for piece in found)


def test_a_backup_has_what_was_not_flushed_yet(tmp_path):
    with open_store(tmp_path / "store") as store:
        store.add(small_registry().quads())
    backup(tmp_path / "store", tmp_path / "copy")
    assert held(tmp_path / "copy") == held(tmp_path / "store")


def test_nothing_is_overwritten_by_a_copy(built, runner):
    assert "exists already" in runner("store", "backup", "kg-store").stderr
    result = runner("store", "restore", "kg-store", "--store", "kg-store")
    assert result.exit_code == 1
    assert "holds something" in result.stderr
    assert len(held("kg-store")) > 0


def test_a_backup_beside_a_writer_is_refused_and_leaves_nothing(built, runner):
    with open_store("kg-store"):
        result = runner("store", "backup", "copy")
    assert result.exit_code == 1
    assert "written by another process" in result.stderr
    assert not (built / "copy").exists()
    assert not list(built.glob(".*.part"))


def test_a_damaged_backup_is_told_before_anything_is_written(built, runner):
    runner("store", "backup", "copy")
    (built / "copy" / "quads" / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError):
        restore(built / "copy", built / "new")
    assert not (built / "new").exists()


@pytest.mark.parametrize("command", ["info", "backup copy", "compact", "check", "check --repair"])
def test_a_folder_without_a_store_is_an_error_and_stays_so(workplace, runner, command):
    result = runner("store", *command.split())
    assert result.exit_code == 1
    assert "no store at kg-store" in result.stderr
    assert list(workplace.iterdir()) == []


def test_compacting_changes_no_quad(built, runner):
    before = held("kg-store")
    assert runner("store", "compact").exit_code == 0
    assert held("kg-store") == before


def test_a_sound_store_passes_the_check(built, runner):
    result = runner("store", "check")
    assert (result.exit_code, result.stdout) == (0, "")


def node(name):
    return NamedNode(f"https://example.org/{name}")


def first(store, **pattern):
    return next(iter(store.quads(**pattern)))


def retold(quad):
    return Quad(quad.subject, quad.predicate, Literal("x"), quad.graph_name)


DAMAGE = {
    "a status that is lost": (lambda store: ([first(store, p=MKG.status)], []), "graph:propositions missing"),
    "an edge without ground": (
        lambda store: ([], [Quad(node("a"), MKG.leads, node("b"), GRAPH.accepted)]),
        "graph:accepted unfounded",
    ),
    "an event of its own": (lambda store: ([first(store, p=MKG.canonical)], []), "graph:identity missing"),
    "a key that is lost": (lambda store: ([first(store, p=MKG.blockingKey)], []), "graph:index missing"),
    "a changed text": (
        lambda store: ([old := first(store, p=MKG.text)], [retold(old)]),
        "not a whole report",
    ),
    "a foreign graph": (lambda store: ([], [Quad(*[node("x")] * 4)]), "not a graph of militant-kg"),
    "a registry entry": (lambda store: ([first(store, g=GRAPH.registry)], []), "graph:registry missing"),
}
BEYOND_REPAIR = ("a changed text", "a foreign graph")


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_check_finds_damage_and_repairs_what_is_derived(built, runner, damage):
    make, message = DAMAGE[damage]
    before = held("kg-store")
    with open_store("kg-store") as store:
        store.change(*make(store))
    result = runner("store", "check")
    assert result.exit_code == 3
    assert message in result.stdout
    repaired = runner("store", "check", "--repair")
    assert repaired.exit_code == (3 if damage in BEYOND_REPAIR else 0)
    if damage not in BEYOND_REPAIR:
        assert held("kg-store") == before


def test_a_reader_opens_again_where_its_writer_moves_files(tmp_path, monkeypatch):
    import pyoxigraph

    monkeypatch.setattr("kg.store.oxigraph.linked", lambda _: None)  # as where its user may only read
    with open_store(tmp_path / "store") as store:
        store.add(small_registry().quads())
    opened = pyoxigraph.Store.read_only
    failures = [OSError("Corruption: IO error: No such file or directory: 000012.sst")] * 3

    class Moving:
        @staticmethod
        def read_only(path):
            if failures:
                raise failures.pop()
            return opened(path)

    monkeypatch.setattr("kg.store.oxigraph.pyoxigraph.Store", Moving)
    assert len(OxigraphStore(tmp_path / "store", read_only=True)) > 0
    failures.extend([OSError("No such file or directory")] * 1000)
    with pytest.raises(StoreError, match="try again"):
        OxigraphStore(tmp_path / "store", read_only=True)
