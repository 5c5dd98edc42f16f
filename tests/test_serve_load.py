"""Thirty-two clients for a minute: every request is answered, and with what the store holds."""

from __future__ import annotations

import itertools
import sys
import threading
import time
from collections import Counter

import httpx
import pytest
from graph_data import large
from serving import serving

from kg.store import open_store

CLIENTS, SECONDS = 32, 60.0
PAGES = (
    "", "queries", "queries/rival-attributions?go=1", "queries/actors?format=csv", "sparql",
    "static/site.css",
)  # fmt: skip
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
QUERIES = {
    "SELECT (COUNT(*) AS ?n) { ?event a mkg:Attack }": JSON,
    "SELECT ?a ?b { ?a mkg:perpetrator ?b } ORDER BY ?a ?b LIMIT 500": "text/csv",
    "SELECT ?b (COUNT(?a) AS ?n) { ?a mkg:perpetrator ?b } GROUP BY ?b ORDER BY ?b": XML,
    "ASK { ?p mkg:status mkg-status:contested }": JSON,
    "CONSTRUCT { ?a mkg:place ?b } WHERE { ?a mkg:place ?b }": "application/n-triples",
    "SELECT ?x { ?x mkg:nothing": JSON,
}


@pytest.mark.slow
def test_thirty_two_clients_for_a_minute_lose_nothing(tmp_path, capsys):
    folder = tmp_path / "kg-store"
    with open_store(folder) as opened:
        opened.add(large(200, 300).quads)
    with serving(folder, "--timeout", "30") as server:
        with httpx.Client(base_url=server.address, timeout=60) as client:
            expected = {query: _ask(client, query) for query in QUERIES}
        found: list[tuple[str, int, float, bool]] = []
        until = time.monotonic() + SECONDS
        threads = [
            threading.Thread(target=_client, args=(server.address, number, until, expected, found))
            for number in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    statuses = Counter(status for _, status, _, _ in found)
    times = sorted(seconds for _, _, seconds, _ in found)
    with capsys.disabled():
        quantiles = {part: round(1000 * times[int(part * (len(times) - 1))]) for part in (0.5, 0.9, 0.99, 1)}
        text = (
            f"{len(found)} requests, {len(found) / SECONDS:.0f} a second, milliseconds by share {quantiles}"
        )
        sys.stdout.write(f"\n{text}\n")
    assert set(statuses) == {200, 400}, statuses
    assert all(right for *_, right in found)
    assert len(found) > CLIENTS * 5


def _ask(client: httpx.Client, query: str) -> tuple[int, bytes]:
    response = client.post("sparql", data={"query": query}, headers={"accept": QUERIES[query]})
    return response.status_code, response.content


def _client(address, number, until, expected, found):
    work = itertools.cycle([*QUERIES, *PAGES])
    for _ in range(number):
        next(work)
    with httpx.Client(base_url=address, timeout=60) as client:
        for one in work:
            started = time.monotonic()
            if started > until:
                return
            if one in QUERIES:
                status, content = _ask(client, one)
                right = (status, content) == expected[one]
            else:
                status, right = client.get(one, headers={"accept": "text/html"}).status_code, True
            found.append((one, status, time.monotonic() - started, right))
