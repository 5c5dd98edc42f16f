"""The server holds: bounds, refusals, doors, and every thing's page."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from graph_data import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from serving import HUGE, PRODUCT, Server, beside, serving

from kg.errors import UsageError
from kg.query.cut import cut
from kg.resources import ontology_dir
from kg.serve import Settings
from kg.serve.media import GRAPHS, JSON, RESULTS, TURTLE, preferred
from kg.store import OxigraphStore, open_store
from kg.store.sparql import read
from kg.terms import BASE
from kg.vocab import GRAPH, RDFS, iri, ref

EVIL = "<script>alert(1)</script>\"'&"
HOSTILE = {
    "product": PRODUCT,
    "paths": "ASK { ?a (((!rdf:nil)*/(!rdf:nil)*)*/((!rdf:nil)*/(!rdf:nil)*)*)* ?b . "
    "?b (!rdf:nil)* ?c FILTER(?a = ?nothing) }",
    "regular expression": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
    'FILTER(REGEX(CONCAT(STR(?a), STR(?d), STR(?g)), "(((a{0,30}){0,30}.*){0,20}b)$")) }',
    "memory": "SELECT (GROUP_CONCAT(?x) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . "
    "BIND(CONCAT(STR(?a), STR(?d)) AS ?x) }",
    "sort": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?c LIMIT 1",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("serve") / "kg-store"
    with open_store(path) as opened:
        opened.add(small().quads)
        opened.add([Quad(iri("actor:evil"), RDFS.label, Literal(EVIL), GRAPH.registry)])
    return path


@pytest.fixture(scope="module")
def server(folder):
    with serving(folder, "--timeout", "2", "--limit", "50") as started:
        yield started


@pytest.fixture(scope="module")
def client(server):
    with httpx.Client(base_url=server.address, timeout=60) as opened:
        yield opened


def select(client, query, **headers):
    return client.get("sparql", params={"query": query}, headers=headers)


# bounds


def test_a_longer_answer_is_refused_never_cut(client):
    for accept in (JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"):
        response = select(client, "SELECT * { ?a ?b ?c }", accept=accept)
        assert response.status_code == 500
        assert "more than 50 rows" in response.text
        response = select(client, "SELECT * { ?a ?b ?c } LIMIT 50", accept=accept)
        assert response.status_code == 200
    assert select(client, "CONSTRUCT WHERE { ?a ?b ?c }").status_code == 500
    assert select(client, "CONSTRUCT WHERE { ?a ?b ?c } LIMIT 50").status_code == 200


def test_rows_that_look_like_json_are_counted_right(client):
    values = " ".join(f'("}},{{" {number})' for number in range(40))
    response = select(client, f"SELECT * {{ VALUES (?a ?b) {{ {values} }} }}", accept=JSON)
    assert len(response.json()["results"]["bindings"]) == 40


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_query_ends_within_its_limit_while_others_are_answered(client, kind):
    response, seconds, others = beside(lambda query: select(client, query), HOSTILE[kind])
    assert seconds < 2 + 2 + 10  # waiting, running, and a slow machine
    assert response.status_code in (200, 500)
    assert response.status_code == 200 or re.search("ran longer|ended its worker|more than", response.text)
    assert others == {200}


def test_all_workers_killed_at_once_come_back(folder):
    with serving(folder) as server, httpx.Client(base_url=server.address, timeout=60) as client:
        for process in server.workers():
            os.kill(process, signal.SIGKILL)
        statuses = [select(client, "ASK {}").status_code for _ in range(8)]
        assert set(statuses) <= {200, 500}
        assert statuses[-4:] == [200] * 4


def test_a_client_that_hangs_up_stops_its_query(folder):
    with serving(folder, "--workers", "1", "--timeout", "60") as server:
        with contextlib.suppress(httpx.ReadTimeout):
            httpx.get(server.sparql, params={"query": PRODUCT}, timeout=1)
        started = time.monotonic()
        assert httpx.get(server.sparql, params={"query": "ASK {}"}, timeout=40).json()["boolean"]
        assert time.monotonic() - started < 30


def test_too_many_waiting_are_told_to_come_back(folder):
    with serving(folder, "--workers", "1", "--timeout", "1") as server:
        with ThreadPoolExecutor(80) as pool:
            work = [
                pool.submit(httpx.get, server.sparql, params={"query": PRODUCT}, timeout=60)
                for _ in range(80)
            ]
            responses = [one.result() for one in work]
        assert {response.status_code for response in responses} == {500, 503}
        busy = [response for response in responses if response.status_code == 503]
        assert all("retry-after" in response.headers for response in busy)
        assert httpx.get(server.sparql, params={"query": "ASK {}"}, timeout=60).status_code == 200


def test_memory_is_bounded(folder):
    with serving(folder, "--memory", "0.5") as server:
        response = httpx.get(server.sparql, params={"query": HUGE}, timeout=60)
        assert response.status_code == 500
        assert httpx.get(server.sparql, params={"query": "ASK {}"}, timeout=60).status_code == 200


def test_a_body_that_is_too_long_or_never_ends_is_refused(server, client):
    assert client.post("sparql", data={"query": "#" * (2 << 20)}).status_code == 413
    host, port = server.address.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as raw:
        head = f"POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\n"
        raw.sendall(f"{head}Content-Length: 100\r\n\r\nASK".encode())
        assert b" 408 " in raw.recv(100)


# refusals and doors


def test_no_query_reaches_another_server_or_a_file(client, tmp_path):
    secret = tmp_path / "secret.ttl"
    secret.write_text("<a:secret> <a:b> <a:c> .")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        there = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        queries = [
            f"SELECT * {{ SERVICE <{there}> {{ ?a ?b ?c }} }}",
            f"ASK {{ SERVICE SILENT <{there}> {{ ?a ?b ?c }} }}",
            f"SELECT * FROM <{there}> {{ ?a ?b ?c }}",
            f"SELECT * FROM NAMED <{secret.as_uri()}> {{ GRAPH ?g {{ ?a ?b ?c }} }}",
            f"LOAD <{there}>",
        ]
        for query in queries:
            assert select(client, query).status_code == 403
        for graph in (there, secret.as_uri()):
            response = client.get("sparql", params={"query": "ASK { ?a ?b ?c }", "default-graph-uri": graph})
            assert response.json()["boolean"] is False
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize(
    "path",
    ["static/../pool.py", "static/%2e%2e/pool.py", "static//etc/passwd", "static/..%2f..%2f..%2fetc/passwd",
     "vocab/..%2f..%2fregistry%2fsahel", "vocab/../../README", "id/actor/../../../etc/passwd",
     "code/..%2fvocab%2ftactic", "queries/..%2f..%2fapi"],
)  # fmt: skip
def test_no_path_leaves_what_is_served(server, path):
    host, port = server.address.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as raw:
        raw.sendall(f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        assert b" 404 " in raw.recv(4096).split(b"\r\n")[0]


def test_a_page_that_rebinds_names_is_turned_away(server):
    assert httpx.get(server.address, headers={"host": "evil.example"}).status_code == 421
    assert httpx.get(server.address, headers={"host": "localhost:1"}).status_code == 200


def test_every_response_has_the_security_headers(client):
    for path in ("", "sparql", "nothing", "static/site.css", "sparql?query=ASK", "network"):
        response = client.get(path, headers={"accept": "text/html"})
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert "access-control-allow-origin" not in response.headers
        assert "server" not in response.headers


def test_other_addresses_need_a_token(folder, runner, monkeypatch):
    monkeypatch.delenv("KG_TOKEN", raising=False)
    result = runner("serve", "--store", folder, "--host", "0.0.0.0", "--port", "0")
    assert result.exit_code == 2
    assert "KG_TOKEN" in result.stderr
    with pytest.raises(UsageError, match="at least 16"):
        Settings(store=folder, host="0.0.0.0", token="short")


def test_a_token_lets_in_as_bearer_or_password_and_nothing_else(folder):
    token = "correct-horse-battery"
    with serving(folder, "--host", "0.0.0.0", token=token) as server:
        address = server.sparql.replace("0.0.0.0", "127.0.0.1")

        def status(**given):
            return httpx.get(address, params={"query": "ASK {}"}, **given).status_code

        assert status(headers={"Authorization": f"Bearer {token}"}) == 200
        assert status(auth=("anyone", token)) == 200
        for wrong in ("", "Bearer", f"Bearer {token}x", f"Digest {token}", "Basic !!!", "Basic 4pyT", token):
            assert status(headers={"Authorization": wrong}) == 401
        assert "www-authenticate" in httpx.get(address).headers


def test_the_log_says_what_was_asked_only_on_request(folder):
    for options, expected in (((), False), (("--log-queries",), True)):
        with serving(folder, *options) as server:
            httpx.get(server.sparql, params={"query": "ASK { <a:secret> ?b ?c }"})
            httpx.get(f"{server.address}x%0Akg: forged")
            deadline = time.monotonic() + 10
            while not any("forged" in line for line in server.log) and time.monotonic() < deadline:
                time.sleep(0.05)
        assert any("a:secret" in line for line in server.log) is expected
        assert not any(line.startswith("kg: forged") for line in server.log)
        assert any(re.search(r"GET '/sparql' 200 \d+ ms", line) for line in server.log)


def test_it_stops_when_told_and_leaves_no_worker(folder):
    server = Server(folder)
    httpx.get(server.sparql, timeout=30)
    import psutil

    workers = server.workers()
    assert workers
    assert server.stop() in (0, -signal.SIGTERM)
    deadline = time.monotonic() + 10
    while any(psutil.pid_exists(process) for process in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(psutil.pid_exists(process) for process in workers)


def test_wrong_calls_are_one_line(tmp_path, folder):
    for options in (["--store", tmp_path / "none"], ["--store", folder, "--base", "nonsense"]):
        done = subprocess.run(
            [sys.executable, "-m", "kg", "serve", "--port", "0", *map(str, options)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode in (1, 2)
        assert len(done.stderr.splitlines()) == 1
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", port],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert "can't listen" in done.stderr


def test_it_shows_what_a_build_writes_meanwhile(tmp_path):
    path = tmp_path / "kg-store"
    with open_store(path) as opened:
        opened.add(small().quads)
        opened.flush()
        with serving(path) as server:
            question = {"query": "ASK { actor:new ?b ?c }"}
            assert not httpx.get(server.sparql, params=question).json()["boolean"]
            opened.add([Quad(iri("actor:new"), RDFS.label, Literal("New"), GRAPH.registry)])
            opened.flush()
            assert all(httpx.get(server.sparql, params=question).json()["boolean"] for _ in range(4))


# pages


def test_every_iri_of_the_store_resolves_as_page_turtle_and_json_ld(folder, client):
    with open_store(folder, read_only=True) as store:
        nodes = {
            term.value
            for quad in store.quads()
            for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
            if isinstance(term, NamedNode) and term.value.startswith(BASE)
        }
    kinds = ("text/html", "text/turtle", "application/ld+json")
    for value in sorted(nodes):
        path = value.removeprefix(BASE).partition("#")[0]
        for accept in kinds if "/event/" in value or "/actor/" in value else kinds[:2]:
            response = client.get(path, headers={"accept": accept})
            assert response.status_code == 200, (value, response.text)
            assert response.headers["content-type"].startswith(accept)


def test_a_document_says_the_same_in_every_format_and_no_report_text(folder, client):
    with open_store(folder, read_only=True) as store:
        report = next(name for name in store.graphs() if "/report/" in name.value)
    path = report.value.removeprefix(BASE)
    found = {}
    for suffix, kind in ((".ttl", RdfFormat.TURTLE), (".jsonld", RdfFormat.JSON_LD),
                         (".nt", RdfFormat.N_TRIPLES), (".rdf", RdfFormat.RDF_XML)):  # fmt: skip
        content = client.get(path + suffix).content
        found[suffix] = {quad.triple for quad in parse(content, format=kind)}
    assert all(triples == found[".nt"] for triples in found.values())
    assert found[".nt"]
    assert not [triple for triple in found[".nt"] if triple.predicate.value.endswith("#text")]


def test_a_page_links_its_documents_and_shows_who_says_so(folder, client):
    with open_store(folder, read_only=True) as store:
        event = next(q.subject for q in store.quads(p=iri("mkg:killedLow"), g=GRAPH.accepted))
    response = client.get(f"id/event/{ref(event).partition(':')[2]}", headers={"accept": "text/html"})
    assert "Who says so" in response.text
    assert 'rel="alternate" type="text/turtle"' in response.text
    assert 'type="application/ld+json"' in response.headers["link"]


def test_what_a_report_says_is_never_markup(client):
    for path in ("id/actor/evil", "queries/label-search?text=script&go=1",
                 "sparql?query=SELECT ?l { actor:evil rdfs:label ?l }", f"queries/actors?text={EVIL}&go=1",
                 f"sparql?query={EVIL}", f"id/actor/{EVIL}"):  # fmt: skip
        response = client.get(path, headers={"accept": "text/html"})
        assert "<script>alert" not in response.text
        assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("ontology", "Ontology"),
        ("vocab/event-type", "Vocabulary: event type"),
        ("code/acled", "Codes: acled"),
    ],
)
def test_the_ontology_its_vocabularies_and_lists_of_codes_resolve(client, path, title):
    page = client.get(path, headers={"accept": "text/html"})
    assert (page.status_code, f"<h1>{title}</h1>" in page.text) == (200, True)
    turtle = client.get(path, headers={"accept": TURTLE})
    file = ontology_dir() / ("kg.ttl" if path == "ontology" else f"{path}.ttl")
    served = list(parse(turtle.content, format=RdfFormat.TURTLE))
    assert len(served) == len(list(parse(path=file, format=RdfFormat.TURTLE)))


def test_a_named_query_is_a_form_and_an_answer(client):
    assert "<form" in client.get("queries/claims", headers={"accept": "text/html"}).text
    assert "Claims of responsibility" in client.get("queries", headers={"accept": "text/html"}).text
    response = client.get("queries/actors", params={"format": "csv"})
    assert response.text.startswith("actor,")
    response = client.get("queries/claims?actor=nobody&go=1", headers={"accept": "text/html"})
    assert response.status_code == 400
    assert "has no actor" in response.text
    assert client.get("queries/nothing").status_code == 404


def test_the_address_of_a_base_is_served_below_its_path(folder):
    base = "http://kg.example.org/militant-kg/"
    with serving(folder, "--base", base) as server:
        there = {"host": "kg.example.org"}
        response = httpx.get(
            f"{server.address}militant-kg/id/actor/evil", headers=there | {"accept": "text/html"}
        )
        assert response.status_code == 200
        assert 'href="/militant-kg/sparql"' in response.text
        description = httpx.get(f"{server.address}militant-kg/sparql", headers=there).text
        assert f"<{base}sparql>" in description
        assert httpx.get(f"{server.address}id/actor/evil", headers=there).status_code == 404


# parts


@given(st.text(max_size=80))
def test_any_accept_header_is_read(text):
    assert preferred(text, RESULTS) in (*RESULTS, None)


def test_the_more_specific_range_decides():
    assert preferred("text/*;q=0.9, text/turtle;q=0.1, */*;q=0.5", GRAPHS) == "application/n-triples"
    assert preferred("text/turtle;q=0, */*", GRAPHS) == "application/n-triples"
    assert preferred("application/json", RESULTS) == JSON
    assert preferred("nonsense", GRAPHS) == TURTLE


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?a ?b ?c }", 7), ("SELECT * { ?a ?b ?c } LIMIT 3", 3),
        ("SELECT * { ?a ?b ?c } LIMIT 90", 7), ("SELECT ?a { ?a ?b ?c } VALUES ?b { mkg:quote }", 7),
        ("SELECT * { ?a ?b ?c } LIMIT 90 OFFSET 1", 7), ("SELECT * { ?a ?b ?c } ORDER BY ?a OFFSET 1 # x", 7),
        ("SELECT * { { SELECT ?a { ?a ?b ?c } LIMIT 2 } }", 2),
        ("SELECT ?a (COUNT(*) AS ?limit) { ?a ?b ?c } GROUP BY ?a HAVING (COUNT(*) > 0)", 7),
        ("SELECT ?limit { ?limit ?b ?c }", 7),
    ],
)  # fmt: skip
def test_a_query_is_cut_by_its_own_limit(query, expected):
    store = OxigraphStore()
    store.add(small().quads)
    assert len(list(store.answer(cut(read(query), 7)))) == expected


def test_a_label_is_no_trap_for_the_first_page(client):
    assert client.get("", headers={"accept": "text/html"}).status_code == 200
    assert client.get("search", params={"text": "far"}).status_code == 303


# odd input


_ODD = st.one_of(st.text(max_size=40), st.binary(max_size=40).map(lambda data: data.decode("latin-1")))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "POST", "HEAD", "OPTIONS", "PUT"]),
    names=st.lists(
        st.tuples(st.sampled_from(["query", "default-graph-uri", "named-graph-uri", "format", "x"]), _ODD),
        max_size=4,
    ),
    media=st.sampled_from(
        ["application/x-www-form-urlencoded", "application/sparql-query", "text/plain", ""]
    ),
    accept=st.sampled_from(["", "*/*", "text/html", "text/csv", "a/b;q=2", ";;,", "text/html;q=nan"]),
    body=st.binary(max_size=60),
)
def test_odd_requests_get_an_answer_and_the_server_lives(client, method, names, media, accept, body):
    response = client.request(
        method, "sparql", params=names, content=body if method in ("POST", "PUT") else None,
        headers={"content-type": media, "accept": accept},
    )  # fmt: skip
    assert response.status_code in (200, 400, 403, 405, 406, 415, 500)
    if response.status_code == 500:
        assert "more than" in response.text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200))
def test_odd_bytes_on_the_wire_do_no_harm(server, client, raw):
    host, port = server.address.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as wire:
        wire.sendall(raw + b"\r\n\r\n")
        wire.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionError):
            while wire.recv(4096):
                pass
    assert client.get("static/site.css").status_code == 200


def test_the_editor_is_the_file_that_was_taken_over():
    import hashlib
    from pathlib import Path

    import kg.serve

    folder = Path(kg.serve.__file__).parent / "static"
    lines = (folder / "SHA256SUMS").read_text(encoding="ascii").split("\n")
    for digest, name in (line.split("  ") for line in lines if line):
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
