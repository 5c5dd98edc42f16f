"""Clients that are not ours get from the endpoint what the store holds."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from serving import serving

from kg.query import run
from kg.store import open_store
from kg.vocab import PREFIXES

QUERY = "SELECT ?thing ?name { ?thing skos:prefLabel ?name } ORDER BY ?thing ?name"
DECLARED = f"PREFIX skos: <{PREFIXES['skos']}> {QUERY}"
GRAPH = f"PREFIX skos: <{PREFIXES['skos']}> CONSTRUCT WHERE {{ ?thing skos:prefLabel ?name }}"
TRUE = f"ASK {{ ?thing <{PREFIXES['skos']}prefLabel> ?name }}"
COMUNICA = Path(__file__).parent / "comunica"


@pytest.fixture(scope="module")
def expected(folder):
    with open_store(folder, read_only=True) as store:
        return [tuple(cell.value for cell in row) for row in run(store, QUERY).rows]


@pytest.fixture(scope="module")
def server(folder):
    with serving(folder) as started:
        yield started


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("media", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_reads_rows(server, expected, method, media):
    from SPARQLWrapper import SPARQLWrapper

    client = SPARQLWrapper(server.sparql)
    client.setMethod(method)
    client.setReturnFormat(media)
    client.setQuery(DECLARED)
    found = client.query().convert()
    if media == "json":
        rows = [(row["thing"]["value"], row["name"]["value"]) for row in found["results"]["bindings"]]
    elif media == "xml":
        rows = [
            tuple(
                node.firstChild.data
                for tag in ("uri", "literal")
                for node in result.getElementsByTagName(tag)
            )
            for result in found.getElementsByTagName("result")
        ]
    elif media == "csv":
        rows = [tuple(row) for row in csv.reader(io.StringIO(found.decode()))][1:]
    else:
        lines = [line.split("\t") for line in found.decode().splitlines()[1:]]
        rows = [(thing.strip("<>"), name.rpartition("@")[0].strip('"')) for thing, name in lines]
    assert rows == expected


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # SPARQLWrapper's use
@pytest.mark.parametrize("media", ["turtle", "xml", "json-ld"])
def test_sparqlwrapper_reads_graphs(server, expected, media):
    from SPARQLWrapper import SPARQLWrapper

    client = SPARQLWrapper(server.sparql)
    client.setReturnFormat(media)
    client.setQuery(GRAPH)
    found = client.query().convert()
    if media == "turtle":
        import rdflib

        found = rdflib.Graph().parse(data=found, format="turtle")
    assert len(found) == len(set(expected))


def test_sparqlwrapper_sees_errors_as_its_own(server):
    from SPARQLWrapper import SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed

    client = SPARQLWrapper(server.sparql)
    client.setQuery("SELECT ?a {")
    with pytest.raises(QueryBadFormed):
        client.query()
    many = " ".join(f"?a{number} ?b{number} ?c{number} ." for number in range(9))
    client.setQuery(f"SELECT * {{ {many} }}")
    with pytest.raises(EndPointInternalError):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("media", ["json", "xml", "csv"])
def test_rdflib_reads_rows_graphs_and_truth(server, expected, method, media):
    from rdflib import Graph
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = Graph(store=SPARQLStore(server.sparql, method=method, returnFormat=media))
    assert [tuple(map(str, row)) for row in graph.query(DECLARED)] == expected
    if media != "csv":
        assert graph.query(TRUE).askAnswer
        from rdflib.namespace import SKOS

        assert len(set(graph.subject_objects(SKOS.prefLabel))) == len(set(expected))
    assert len(graph.query(GRAPH).graph) == len(set(expected))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--get", "--data-urlencode", f"query={QUERY}"],
        ["--data-urlencode", f"query={QUERY}"],
        ["--header", "Content-Type: application/sparql-query", "--data-binary", QUERY],
        ["--get", "--http1.0", "--data-urlencode", f"query={QUERY}"],
    ],
    ids=["get", "form", "direct", "http 1.0"],
)
def test_curl_reads_rows(server, expected, arguments):
    done = subprocess.run(
        ["curl", "--silent", "--show-error", "--fail", *arguments, server.sparql],
        capture_output=True, check=True, env={**os.environ, "NO_PROXY": "*"},
    )  # fmt: skip
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert [(row["thing"]["value"], row["name"]["value"]) for row in rows] == expected


def comunica(endpoint: str, query: str) -> str:
    """Return what Comunica prints; skip where it is not installed, which CI does not forgive."""
    if shutil.which("node") is None or not (COMUNICA / "node_modules").is_dir():
        pytest.skip("Comunica is not installed: npm ci --prefix tests/comunica")
    done = subprocess.run(
        ["node", str(COMUNICA / "ask.mjs"), endpoint, query],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_comunica_reads_rows(server, expected):
    rows = json.loads(comunica(server.sparql, DECLARED))["results"]["bindings"]
    assert [(row["thing"]["value"], row["name"]["value"]) for row in rows] == expected


def test_comunica_reads_graphs_and_truth(server, expected):
    assert len(set(comunica(server.sparql, GRAPH).strip().splitlines())) == len(set(expected))
    assert json.loads(comunica(server.sparql, TRUE))["boolean"] is True
