"""A reader keeps the files that it reads, whatever its writer does with them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from itertools import count

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from serving import serving

from kg.errors import StoreError
from kg.store import OxigraphStore, backup, restore, size_bytes
from kg.store.folder import readers
from kg.store.linked import linked

FILES = 40  # more than the sixteen of a kind that RocksDB opens at once
MORE = 1000


def quad(name):
    node = f"https://example.org/{name}"
    text = Literal(f"a text that is long enough to be kept apart {name}")
    return Quad(NamedNode(node), NamedNode(f"{node}/p"), text, NamedNode(f"{node}/g"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def writer(path):
    """A store of many small files, open for writing."""
    with OxigraphStore(path) as store:
        for number in range(FILES):
            store.load(f"{quad(number)} .".encode())
        store.flush()
        yield store


def merged(writer):
    """Write to all of the files, and put them together."""
    before = set((writer.path / "quads").glob("*.sst"))
    writer.add([quad(f"new{number}") for number in range(MORE)])
    writer.flush()
    writer.compact()
    assert len(before & set((writer.path / "quads").glob("*.sst"))) < len(before) / 2


def links(path):
    return sorted(entry.suffix for entry in (path / "readers").iterdir())


@pytest.mark.parametrize(
    "read",
    [
        len,
        lambda store: len(list(store.quads())),
        lambda store: len(list(store.found())),
        lambda store: len(store.graphs()),
        lambda store: len(store.query("SELECT * { ?a ?b ?c }").rows),
        lambda store: len(store.query("SELECT * { ?a ?b ?c } ORDER BY ?c").rows),
    ],
)
def test_a_reader_has_what_it_opened_though_the_files_are_merged(writer, path, read):
    with OxigraphStore(path, read_only=True) as reader:
        merged(writer)
        assert read(reader) == FILES
    with OxigraphStore(path, read_only=True) as reader:
        assert read(reader) == FILES + MORE


def test_the_links_go_with_the_reader(writer, path):
    with OxigraphStore(path, read_only=True), OxigraphStore(path, read_only=True):
        assert links(path) == ["", "", ".lock", ".lock"]
    assert links(path) == []
    reader = OxigraphStore(path, read_only=True)
    assert links(path) == ["", ".lock"]
    del reader  # never closed
    assert links(path) == []


def test_links_share_the_files_and_count_once(writer, path):
    before = size_bytes(path)
    with OxigraphStore(path, read_only=True):
        lists = sum(f.stat().st_size for f in (path / "readers").glob("*/*") if f.suffix != ".sst")
        assert size_bytes(path) <= before + lists + (1 << 16)  # folders take a block or two


@pytest.mark.parametrize("read_only", [True, False])
def test_what_a_killed_reader_left_goes_with_the_next_reader_or_writer(writer, path, read_only):
    writer.close()
    code = (
        "import os, sys; from kg.store import OxigraphStore;"
        "store = OxigraphStore(sys.argv[1], read_only=True); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert links(path) == ["", ".lock"]
    (left,) = (path / "readers").glob("*.lock")
    with OxigraphStore(path, read_only=read_only):
        assert links(path) == (["", ".lock"] if read_only else [])
        assert not left.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_fork_of_a_reader_leaves_its_links(writer, path):
    with OxigraphStore(path, read_only=True) as reader:
        if (child := os.fork()) == 0:
            reader.close()
            os._exit(0)
        os.waitpid(child, 0)
        assert links(path) == ["", ".lock"]


def test_without_links_the_files_themselves_are_read(writer, path, monkeypatch):
    def refused(*_):
        raise PermissionError

    monkeypatch.setattr("os.link", refused)
    with OxigraphStore(path, read_only=True) as reader:
        assert links(path) == []
        assert len(reader) == FILES


def test_a_store_that_was_written_while_it_was_linked_is_linked_again(writer, path, monkeypatch):
    really, times = os.link, count()

    def link(source, target):
        really(source, target)
        if next(times) < 2:
            writer.add([quad(f"more{source}")])
            writer.flush()

    monkeypatch.setattr("os.link", link)
    with OxigraphStore(path, read_only=True) as reader:
        assert len(reader) == FILES + 2


def test_a_store_that_is_moved_all_the_time_is_told(writer, path, monkeypatch):
    def gone(*_):
        raise FileNotFoundError

    monkeypatch.setattr("os.link", gone)
    with pytest.raises(StoreError, match="its writer is moving them: try again"):
        OxigraphStore(path, read_only=True)
    assert links(path) == []


def test_readers_that_come_at_once_take_nothing_from_each_other(writer, path):
    code = (
        "import sys; from kg.store import OxigraphStore\n"
        "for _ in range(20):\n"
        "    with OxigraphStore(sys.argv[1], read_only=True) as store: assert store._links, 'no links'"
    )
    command = [sys.executable, "-c", code, str(path)]
    readers_ = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    assert [reader.communicate()[1] for reader in readers_] == [b""] * 4
    assert links(path) == []


def test_links_of_a_reader_are_in_no_copy(writer, path, tmp_path):
    writer.close()
    kept = linked(path / "quads")
    assert kept is not None
    backup(path, tmp_path / "copy")
    assert not readers(tmp_path / "copy" / "quads").exists()
    restore(path, tmp_path / "restored")
    assert not readers(tmp_path / "restored" / "quads").exists()
    kept.close()


def test_a_server_that_ends_leaves_no_links(path):
    with OxigraphStore(path) as store:
        store.add([quad("one")])
    with serving(path) as server:
        assert links(path)
        os.kill(server.workers()[0], signal.SIGKILL)
    assert links(path) == []
