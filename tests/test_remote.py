"""A store on another machine: a SPARQL server that is not ours, and one that misbehaves."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import world
from desk import small_registry
from pyoxigraph import Literal, NamedNode, Quad
from standin import Reader

from kg import pipeline
from kg.errors import QueryError, StoreError, UsageError
from kg.query import names, run
from kg.store import open_store
from kg.store.push import push, update_url
from kg.store.remote import Endpoint, RemoteStore

OTHERS = Quad(*(NamedNode(f"https://example.org/{name}") for name in ("s", "p", "o", "g")))


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def serving(folder, *options):
    """The Oxigraph server of the PyPI package, and where it takes queries."""
    port = free_port()
    program = Path(sys.executable).parent / "oxigraph"
    process = subprocess.Popen(
        [program, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}", *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    return process, f"http://127.0.0.1:{port}/query"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    process, url = serving(tmp_path_factory.mktemp("oxigraph"), "--union-default-graph")
    yield url
    process.terminate()
    process.wait()


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch):
    for name in ("KG_REMOTE_TOKEN", "KG_REMOTE_USER", "KG_REMOTE_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def store():
    with open_store() as opened:
        reports = [extraction.report for extraction in world.reports()]
        pipeline.build(reports, opened, small_registry(), Reader)
        yield opened


@pytest.fixture
def pushed(server, store):
    update = Endpoint(update_url(server))
    update.post("DROP ALL", kind="update")
    with RemoteStore(server) as remote:
        push(store, remote, update)
        yield remote, update
    update.close()


def held(store):
    return {str(quad) for quad in store.quads()}


def here(store):
    """What a push takes along: all but the index of builds."""
    return {text for text in held(store) if "/graph/index" not in text}


def test_a_pushed_store_is_there_quad_for_quad(pushed, store):
    assert held(pushed[0]) == here(store)
    assert len(pushed[0]) == len(here(store))
    assert set(pushed[0].graphs()) == {graph for graph in store.graphs() if "index" not in graph.value}


@pytest.mark.parametrize("name", ["contested", "claims", "network", "reports"])
def test_a_named_query_answers_there_as_here(pushed, store, name):
    ours, theirs = run(store, name), run(pushed[0], name)
    assert theirs == ours
    assert ours.rows or ours.triples
    assert names(pushed[0], theirs) == names(store, ours)


def test_a_second_push_sends_nothing_and_a_change_sends_its_difference(pushed, store):
    remote, update = pushed
    again = push(store, remote, update)
    assert (again.written, again.added, again.taken, again.removed) == (0, 0, 0, 0)
    report = world.reports()[0].report
    pipeline.retract(store, small_registry(), report.id)
    after = push(store, remote, update)
    assert (after.removed, after.written) == (1, 0)
    assert after.taken > 0
    assert held(remote) == here(store)
    pipeline.build([report], store, small_registry(), Reader)
    assert push(store, remote, update).written == 1
    assert held(remote) == here(store)


def test_a_report_with_another_identifier_is_sent_again(pushed, store):
    remote, update = pushed
    [graph, *_] = [name for name in store.graphs() if "/report/" in name.value]
    store.add([Quad(graph, NamedNode("http://purl.org/dc/terms/identifier"), Literal("more"), graph)])
    assert push(store, remote, update).written == 1
    assert held(remote) == here(store)


def test_the_graphs_of_others_stay(pushed, store):
    remote, update = pushed
    update.post(f"INSERT DATA {{ GRAPH {OTHERS.graph_name} {{ {OTHERS.triple} }} }}", kind="update")
    push(store, remote, update)
    assert str(OTHERS) in held(remote)


def test_a_push_that_broke_off_is_completed_by_the_next(pushed, store):
    remote, update = pushed
    update.post("DROP ALL", kind="update")

    class StopError(Exception):
        pass

    def stop(done):
        if done.written:
            raise StopError

    with pytest.raises(StopError):
        push(store, remote, update, watch=stop)
    assert held(remote) != here(store)
    push(store, remote, update)
    assert held(remote) == here(store)


def test_queries_of_all_forms_answer_there_as_here(pushed, store):
    for text in (
        "ASK { ?s a mkg:Attack }",
        "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }",
        "SELECT * WHERE { ?s a mkg:Attack . OPTIONAL { ?s <https://example.org/nothing> ?o } }",
        "SELECT ?s WHERE { ?s a mkg:Attack } ORDER BY ?s",
    ):
        assert run(pushed[0], text) == run(store, text)
    assert run(pushed[0], "SELECT ?s WHERE { ?s ?p ?o }", limit=2).truncated


def test_the_command_line_pushes_and_asks(workplace, runner, server):
    Endpoint(update_url(server)).post("DROP ALL", kind="update")
    lines = (
        json.dumps({"text": r.text, "published": r.published, "publisher": r.publisher, "id": r.given_ids[0]})
        for r in (extraction.report for extraction in world.reports())
    )
    (workplace / "reports.jsonl").write_text("\n".join(lines))
    assert runner("build", "reports.jsonl", "--store-only").exit_code == 0
    result = runner("push", server)
    assert result.exit_code == 0, result.output
    assert "reports sent, 0 there already" in result.stderr
    theirs, ours = runner("query", "actors", "--store", server), runner("query", "actors")
    assert theirs.exit_code == 0, theirs.output
    assert theirs.stdout == ours.stdout
    assert "there already" in runner("push", server).stderr


def test_a_default_graph_that_is_no_union_is_told_as_such(tmp_path, store):
    process, url = serving(tmp_path / "plain")
    try:
        with RemoteStore(url) as remote:
            push(store, remote, Endpoint(update_url(url)))
            with pytest.raises(StoreError, match="not the union of its named graphs"):
                run(remote, "actors")
    finally:
        process.terminate()
        process.wait()


class Answers:
    """A server that gives each request the next of some answers, the last for ever."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                outer.asked.append(
                    (self.path, {name.title(): one for name, one in self.headers.items()}, body)
                )
                status, headers, text = outer.answers.pop(0) if len(outer.answers) > 1 else outer.answers[0]
                if status == 0:
                    time.sleep(float(text))
                    return
                self.send_response(status)
                for name, value in {"Content-Length": str(len(text.encode())), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/sparql"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


BUSY = (503, {"Retry-After": "0"}, "busy")
YES = (200, {}, json.dumps({"head": {}, "boolean": True}))
NO = (200, {}, json.dumps({"head": {}, "boolean": False}))
ROW = {"s": {"type": "uri", "value": "https://example.org/s"}}
ROWS = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [ROW] * 3}})


def test_a_busy_server_is_asked_again():
    with Answers(BUSY, BUSY, (200, {}, "done")) as server:
        assert Endpoint(server.url).post("CLEAR ALL", kind="update") == b"done"
        assert len(server.asked) == 3
        assert server.asked[0][1]["Content-Type"] == "application/sparql-update"


def test_a_server_that_stays_busy_is_given_up():
    with Answers(BUSY) as server, pytest.raises(StoreError, match=r"failed \(503\): busy"):
        Endpoint(server.url).post("CLEAR ALL", kind="update")


@pytest.mark.parametrize(
    ("answer", "error", "message"),
    [
        ((401, {}, ""), StoreError, "refused the credentials"),
        ((403, {}, ""), StoreError, "set KG_REMOTE_TOKEN"),
        ((400, {}, "bad\nquery"), QueryError, "refused the query: bad query"),
        ((500, {}, "x" * 5000), StoreError, r"failed \(500\): x{200}$"),
        ((302, {"Location": "http://other.invalid/"}, ""), StoreError, "moved"),
        ((200, {}, "<html>"), QueryError, "broke off its answer"),
        ((200, {}, ""), QueryError, "broke off its answer"),
    ],
)
def test_what_a_server_refuses_is_one_clear_line(answer, error, message):
    with Answers(answer) as server, RemoteStore(server.url) as remote:
        with pytest.raises(error, match=message) as caught:
            remote.query("SELECT ?s WHERE { ?s ?p ?o }")
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("cut", [10, 60, len(ROWS) - 2])
def test_an_answer_that_breaks_off_is_a_failure_not_fewer_rows(cut):
    with (
        Answers(NO, (200, {}, ROWS[:cut])) as server,
        RemoteStore(server.url) as remote,
        pytest.raises(QueryError, match="broke off"),
    ):
        remote.query("SELECT ?s WHERE { ?s ?p ?o }")


def test_a_server_that_takes_too_long_is_left():
    with Answers((0, {}, "3")) as server, RemoteStore(server.url, timeout=0.2) as remote:
        remote._endpoint._pool.connection_pool_kw["retries"] = 0
        with pytest.raises(QueryError, match=r"did not answer within 0\.2 s"):
            remote.query("SELECT ?s WHERE { ?s ?p ?o }")


def test_a_server_that_is_not_there_is_told_in_one_line(monkeypatch):
    monkeypatch.setattr("kg.store.remote.RETRIES", 0)
    with pytest.raises(StoreError, match="can't reach http://127"):
        Endpoint(f"http://127.0.0.1:{free_port()}/query").post("ASK {}", kind="query")


@pytest.mark.parametrize(
    ("environment", "header"),
    [
        ({"KG_REMOTE_TOKEN": "secret"}, "Bearer secret"),
        ({"KG_REMOTE_USER": "ada", "KG_REMOTE_PASSWORD": "secret"}, "Basic YWRhOnNlY3JldA=="),
        ({}, None),
    ],
)
def test_credentials_come_from_the_environment(monkeypatch, environment, header):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with Answers(YES) as server:
        Endpoint(server.url).post("ASK {}", kind="query")
        assert server.asked[0][1].get("Authorization") == header


def test_credentials_are_neither_taken_from_an_address_nor_sent_unencrypted(monkeypatch):
    with pytest.raises(UsageError, match="must not hold a password"):
        Endpoint("https://ada:secret@example.org/query")
    monkeypatch.setenv("KG_REMOTE_TOKEN", "secret")
    with pytest.raises(UsageError, match=r"use https for example\.org"):
        Endpoint("http://example.org/query")
    Endpoint("https://example.org/query")


def test_a_remote_store_is_only_read(server):
    with pytest.raises(StoreError, match="kg push"):
        open_store(server)
    with open_store(server, read_only=True) as remote:
        for write in (
            lambda: remote.add([OTHERS]),
            lambda: remote.drop(OTHERS.graph_name),
            lambda: remote.replace([], [OTHERS]),
            lambda: remote.change([OTHERS], []),
        ):
            with pytest.raises(StoreError, match="only read"):
                write()


def test_the_usual_address_of_updates():
    assert update_url("https://example.org/query") == "https://example.org/update"
    assert update_url("https://example.org/repositories/kg") == "https://example.org/repositories/kg"
    assert "KG_REMOTE_TOKEN" not in os.environ
