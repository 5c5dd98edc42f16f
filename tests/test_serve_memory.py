"""A server that holds the store in memory answers as one that reads it from disk, and is as hard to hurt."""

from __future__ import annotations

import mmap
import os
import signal
import tempfile
import time
from pathlib import Path

import httpx
import psutil
import pytest
from graph_data import small
from pyoxigraph import Literal, Quad
from serving import HUGE, PRODUCT, Server, beside, serving

import kg
from kg.errors import StoreError
from kg.query.child import taken_memory
from kg.store import OxigraphStore, open_store
from kg.vocab import GRAPH, RDFS, iri

ASKED = (
    "sparql?query=SELECT * { ?a ?b ?c } ORDER BY ?a ?b ?c",
    "sparql?query=CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }",
    "sparql?query=SELECT ?a { ?a",
    "id/actor/a",
    "queries/actors",
    "network",
)
SPACE = 1 << 30  # bytes
SOON = 40.0  # seconds


@pytest.fixture(scope="module")
def server(folder):
    with serving(folder, "--in-memory", "--timeout", "2") as started:
        yield started


def ask(server, query):
    return httpx.get(server.sparql, params={"query": query}, timeout=60)


def until(holds):
    """Wait until something holds, or fail."""
    end = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


@pytest.mark.parametrize("path", ASKED)
def test_it_answers_as_from_disk(folder, server, path):
    with serving(folder) as other:
        one, same = (httpx.get(f"{at.address}{path}", timeout=60) for at in (server, other))
    assert (one.status_code, one.headers["content-type"]) == (same.status_code, same.headers["content-type"])
    assert sorted(one.text.splitlines()) == sorted(same.text.splitlines())


def test_a_hostile_query_ends_within_its_limit_while_others_are_answered(server):
    response, seconds, others = beside(lambda query: ask(server, query), PRODUCT)
    assert response.status_code == 500
    assert "ran longer" in response.text
    assert seconds < 2 + 2 + 10  # waiting, running, and a slow machine
    assert others == {200}


def test_workers_and_the_copy_killed_come_back(folder):
    with serving(folder, "--in-memory") as server:
        (holder,) = server.workers()
        for process in (holder, *server.forked()):
            os.kill(process, signal.SIGKILL)
        until(lambda: server.workers() not in ([], [holder]) and ask(server, "ASK {}").status_code == 200)


def test_memory_is_bounded_by_what_is_taken_whether_it_is_used_or_not():
    before = taken_memory()
    with mmap.mmap(-1, SPACE):
        assert taken_memory() >= before + SPACE  # a bound below that would leave nothing to work with


def test_memory_is_bounded_beside_the_copy(folder):
    with serving(folder, "--in-memory", "--memory", "0.5") as server:
        assert ask(server, HUGE).status_code == 500
        assert ask(server, "ASK {}").status_code == 200


def test_it_shows_what_was_written_once_the_writer_is_quiet(tmp_path):
    path = tmp_path / "kg-store"
    with open_store(path) as opened:
        opened.add(small().quads)
        opened.flush()
        with serving(path, "--in-memory") as server:
            new = "ASK { actor:new ?b ?c }"
            assert not ask(server, new).json()["boolean"]
            holder = server.workers()
            opened.add([Quad(iri("actor:new"), RDFS.label, Literal("New"), GRAPH.registry)])
            opened.flush()
            until(lambda: ask(server, new).json()["boolean"])
            assert all(ask(server, new).json()["boolean"] for _ in range(8))
            until(lambda: len(server.workers()) == 1)  # the old copy is let go
            assert server.workers() != holder


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_of_it(folder, blow):
    server = Server(folder, "--in-memory")
    until(lambda: ask(server, "ASK {}").status_code == 200)
    family = psutil.Process(server.process.pid).children(recursive=True)
    assert len(family) > 2
    server.process.send_signal(blow)
    server.process.wait(15)
    _, alive = psutil.wait_procs(family, timeout=15)
    assert not alive
    server.stop()


def test_the_socket_is_its_owners_alone(server):
    rooms = list(Path(tempfile.gettempdir()).glob("kg-serve-*"))
    assert rooms
    assert all(room.stat().st_mode & 0o077 == 0 for room in rooms)


def test_a_copy_holds_what_the_folder_held_and_writes_nothing_back(folder):
    with OxigraphStore(folder, read_only=True) as stored, OxigraphStore.held(folder) as copy:
        before = list(stored.quads())
        assert list(copy.quads()) == before
        copy.add([Quad(iri("actor:new"), RDFS.label, Literal("New"), GRAPH.registry)])
        assert list(stored.quads()) == before
    with kg.open(folder, in_memory=True) as graph, kg.open(folder) as read:
        asked = "SELECT * { ?a ?b ?c } ORDER BY ?a ?b ?c"
        assert list(graph.query(asked)) == list(read.query(asked))


def test_what_can_not_be_held_is_one_line(tmp_path):
    with pytest.raises(StoreError, match="no store at"):
        open_store(tmp_path / "none", read_only=True, in_memory=True)
    with pytest.raises(StoreError, match="only a store in a folder"):
        open_store("http://127.0.0.1:9/sparql", read_only=True, in_memory=True)
