"""The endpoint speaks the SPARQL 1.1 Protocol.

The cases named like `query_post_form` are those of the W3C's test suite for it (rdf-tests,
sparql/sparql11/protocol), asked of the graphs of this store; its update cases are all refused here.
"""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import httpx
import pytest
from graph_data import small
from pyoxigraph import RdfFormat, parse
from serving import serving

from kg.store import open_store
from kg.vocab import GRAPH, PREFIXES

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
ACCEPTED, REGISTRY = GRAPH.accepted.value, GRAPH.registry.value
IN_ACCEPTED = "?a mkg:killedLow ?b"
IN_REGISTRY = "?c skos:prefLabel ?d"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("protocol") / "kg-store"
    with open_store(folder) as opened:
        opened.add(small().quads)
    with serving(folder) as started:
        yield started


@pytest.fixture(scope="module")
def client(server):
    with httpx.Client(timeout=30) as opened:
        yield opened


def asked(response, status=200):
    assert response.status_code == status, response.text
    return response.json()["boolean"]


def test_query_get(server, client):
    assert asked(client.get(server.sparql, params={"query": "ASK {}"}))


def test_query_post_form(server, client):
    address = f"{server.sparql}?default-graph-uri=https%3A%2F%2Fexample.org%2Fnone"
    assert asked(client.post(address, data={"query": "ASK {}"}))


def test_query_post_direct(server, client):
    response = client.post(server.sparql, content="ASK {}", headers={"content-type": DIRECT})
    assert asked(response)
    response = client.post(
        server.sparql, content="ASK {}", headers={"content-type": f"{DIRECT}; charset=UTF-8"}
    )
    assert asked(response)


@pytest.mark.parametrize("how", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("graphs", "query", "expected"),
    [
        pytest.param([("default-graph-uri", ACCEPTED), ("default-graph-uri", REGISTRY)],
                     f"ASK {{ {IN_ACCEPTED} . {IN_REGISTRY} }}", True, id="query_dataset_default_graphs"),
        pytest.param([("default-graph-uri", REGISTRY)], f"ASK {{ {IN_ACCEPTED} }}", False,
                     id="one_default_graph"),
        pytest.param([("named-graph-uri", ACCEPTED), ("named-graph-uri", REGISTRY)],
                     f"ASK {{ GRAPH ?g {{ {IN_ACCEPTED} }} GRAPH ?h {{ {IN_REGISTRY} }} }}", True,
                     id="query_dataset_named_graphs"),
        pytest.param([("named-graph-uri", REGISTRY)], f"ASK {{ {IN_REGISTRY} }}", False,
                     id="named_graphs_leave_the_default_graph_empty"),
        pytest.param([("default-graph-uri", REGISTRY), ("named-graph-uri", ACCEPTED)],
                     f"ASK {{ {IN_REGISTRY} GRAPH ?g {{ {IN_ACCEPTED} }} }}", True, id="query_dataset_full"),
        pytest.param([("default-graph-uri", REGISTRY)],
                     f"ASK FROM <{ACCEPTED}> {{ {IN_ACCEPTED} }}", False, id="query_multiple_dataset"),
        pytest.param([("default-graph-uri", "https://example.org/none")], "ASK { ?a ?b ?c }", False,
                     id="unknown_graph"),
    ],
)  # fmt: skip
def test_the_dataset_of_the_protocol_replaces_that_of_the_query(server, client, how, graphs, query, expected):
    if how == "get":
        response = client.get(server.sparql, params=[("query", query), *graphs])
    elif how == "form":
        body = httpx.QueryParams([("query", query), *graphs])
        response = client.post(server.sparql, content=str(body), headers={"content-type": FORM})
    else:
        response = client.post(server.sparql, params=graphs, content=query, headers={"content-type": DIRECT})
    assert asked(response) is expected


@pytest.mark.parametrize("query", ["SELECT ?a { ?a mkg:killedLow ?b }", "ASK { ?a mkg:killedLow ?b }"])
@pytest.mark.parametrize("media", [JSON, XML, "text/csv", "text/tab-separated-values"])
def test_query_content_type_select_and_ask(server, client, query, media):
    response = client.get(server.sparql, params={"query": query}, headers={"accept": media})
    assert response.headers["content-type"].partition(";")[0] == media
    assert response.headers["vary"] == "Accept"
    if media == JSON:
        assert response.json()["head"] is not None
    elif media == XML:
        assert ET.fromstring(response.text).tag == "{http://www.w3.org/2005/sparql-results#}sparql"
    else:
        assert len(list(csv.reader(io.StringIO(response.text)))) > 1


@pytest.mark.parametrize("query", ["CONSTRUCT { ?a a ?c } { ?a a ?c }", "DESCRIBE actor:far"])
@pytest.mark.parametrize(
    ("media", "kind"),
    [("text/turtle", RdfFormat.TURTLE), ("application/n-triples", RdfFormat.N_TRIPLES),
     ("application/rdf+xml", RdfFormat.RDF_XML), ("application/ld+json", RdfFormat.JSON_LD)],
)  # fmt: skip
def test_query_content_type_construct_and_describe(server, client, query, media, kind):
    response = client.get(server.sparql, params={"query": query}, headers={"accept": media})
    assert response.headers["content-type"].partition(";")[0] == media
    found = {quad.triple for quad in parse(response.content, format=kind)}
    plain = client.get(server.sparql, params={"query": query}, headers={"accept": "application/n-triples"})
    assert found == {quad.triple for quad in parse(plain.content, format=RdfFormat.N_TRIPLES)}
    assert found


def test_a_client_without_a_wish_gets_json_or_turtle(server, client):
    for accept in ("*/*", ""):
        response = client.get(server.sparql, params={"query": "ASK {}"}, headers={"accept": accept})
        assert response.headers["content-type"] == JSON
        response = client.get(
            server.sparql, params={"query": "CONSTRUCT WHERE { ?a ?b ?c }"}, headers={"accept": accept}
        )
        assert response.headers["content-type"].startswith("text/turtle")


def test_quality_decides_between_types(server, client):
    accept = "text/csv;q=0.5, application/sparql-results+xml;q=0.9, */*;q=0.1"
    response = client.get(server.sparql, params={"query": "ASK {}"}, headers={"accept": accept})
    assert response.headers["content-type"] == XML


def test_what_no_type_can_hold_is_not_acceptable(server, client):
    for query in ("ASK {}", "DESCRIBE actor:far"):
        response = client.get(server.sparql, params={"query": query}, headers={"accept": "image/png"})
        assert response.status_code == 406


def test_a_client_that_names_the_types_of_the_other_form_gets_the_first_of_this(server, client):
    for query, accept, expected in (
        ("ASK {}", "text/turtle", JSON),
        ("DESCRIBE actor:far", JSON, "text/turtle"),
    ):
        response = client.get(server.sparql, params={"query": query}, headers={"accept": accept})
        assert response.headers["content-type"].startswith(expected)


def test_every_format_holds_the_same_rows(server, client):
    query = "SELECT ?a ?label { ?a skos:prefLabel ?label } ORDER BY ?a ?label"
    texts = {
        media: client.get(server.sparql, params={"query": query}, headers={"accept": media}).text
        for media in (JSON, XML, "text/csv", "text/tab-separated-values")
    }
    rows = [
        (row["a"]["value"], row["label"]["value"]) for row in json.loads(texts[JSON])["results"]["bindings"]
    ]
    assert len(rows) > 3
    space = "{http://www.w3.org/2005/sparql-results#}"
    results = ET.fromstring(texts[XML]).iter(f"{space}result")
    assert [tuple("".join(binding.itertext()) for binding in result) for result in results] == rows
    assert [tuple(row) for row in csv.reader(io.StringIO(texts["text/csv"]))][1:] == rows
    lines = texts["text/tab-separated-values"].splitlines()
    assert lines[0] == "?a\t?label"
    assert [line.split("\t")[0] for line in lines[1:]] == [f"<{a}>" for a, _ in rows]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_bad_query_method(server, client, method):
    response = client.request(method, server.sparql, params={"query": "ASK {}"})
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_bad_multiple_queries(server, client):
    pairs = [("query", "ASK {}"), ("query", "SELECT * {}")]
    assert client.get(server.sparql, params=pairs).status_code == 400
    body = str(httpx.QueryParams(pairs))
    assert client.post(server.sparql, content=body, headers={"content-type": FORM}).status_code == 400
    response = client.post(
        server.sparql, params=pairs[:1], content="ASK {}", headers={"content-type": DIRECT}
    )
    assert response.status_code == 400


def test_bad_query_wrong_media_type(server, client):
    response = client.post(server.sparql, content="ASK {}", headers={"content-type": "text/plain"})
    assert response.status_code == 415


def test_bad_query_missing_form_type_and_direct_type(server, client):
    for body in ("query=ASK%20%7B%7D", "ASK {}"):
        response = client.post(server.sparql, content=body)
        assert response.status_code == 415


def test_bad_query_non_utf8(server, client):
    body = 'ASK { ?a ?b "é" }'.encode("utf-16")
    for content in (body, b"ASK { ?a ?b '\xe9' }"):
        response = client.post(server.sparql, content=content, headers={"content-type": DIRECT})
        assert response.status_code == 400
    assert client.get(f"{server.sparql}?query=%E9").status_code == 400


@pytest.mark.parametrize("query", ["ASK {", "ASK { ?a ?b }", "hello", "", "ASK { ?a foo:b ?c }"])
def test_bad_query_syntax(server, client, query):
    response = client.get(server.sparql, params={"query": query})
    assert response.status_code == 400
    assert response.text.strip()
    assert response.text.count("\n") == 1


def test_an_error_says_where(server, client):
    response = client.get(server.sparql, params={"query": "ASK {\n ?a ?b ?c ."})
    assert "line 1, column 5" in response.text


def test_a_post_without_a_query_is_refused(server, client):
    assert client.post(server.sparql, data={"query2": "ASK {}"}).status_code == 400
    assert (
        client.post(server.sparql, data={"default-graph-uri": "nonsense", "query": "ASK {}"}).status_code
        == 400
    )


@pytest.mark.parametrize("update", ["CLEAR ALL", "INSERT DATA { <a:a> <a:b> <a:c> }", "DROP DEFAULT"])
def test_updates_are_refused_however_they_come(server, client, update):
    direct = {"content-type": "application/sparql-update"}
    responses = [
        client.post(server.sparql, data={"update": update}),
        client.post(server.sparql, content=update, headers=direct),
        client.get(server.sparql, params={"update": update}),
        client.get(server.sparql, params={"query": update}),
        client.post(server.sparql, content=update, headers={"content-type": DIRECT}),
    ]
    assert {response.status_code for response in responses} == {403}
    assert asked(client.get(server.sparql, params={"query": "ASK { ?a mkg:killedLow ?b }"}))


def test_head_gives_the_headers_alone(server, client):
    response = client.head(server.sparql, params={"query": "ASK {}"})
    assert response.status_code == 200
    assert response.headers["content-type"] == JSON
    assert not response.content


def test_without_a_query_the_endpoint_describes_itself(server, client):
    quads = list(parse(client.get(server.sparql).content, format=RdfFormat.TURTLE))
    space = "http://www.w3.org/ns/sparql-service-description#"
    values = {quad.predicate.value.removeprefix(space): quad.object for quad in quads}
    assert values["endpoint"].value == server.sparql
    assert values["supportedLanguage"].value == f"{space}SPARQL11Query"
    assert values["feature"].value == f"{space}UnionDefaultGraph"
    assert any(quad.predicate.value == PREFIXES["mkg"] + "rule" for quad in quads)
    as_json = client.get(server.sparql, headers={"accept": "application/ld+json"})
    assert {q.predicate for q in parse(as_json.content, format=RdfFormat.JSON_LD)} == {
        q.predicate for q in quads
    }


def test_the_union_of_the_graphs_is_the_default_graph(server, client):
    assert asked(client.get(server.sparql, params={"query": f"ASK {{ {IN_ACCEPTED} . {IN_REGISTRY} }}"}))
