"""A store on another machine, asked and changed by the SPARQL 1.1 Protocol.

Source: SPARQL 1.1 Protocol (W3C, 2013), sections 2.1.3 and 2.2.2. Credentials come from the environment
alone: KG_REMOTE_TOKEN (bearer), or KG_REMOTE_USER and KG_REMOTE_PASSWORD (basic).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self
from urllib.parse import urlsplit

import urllib3
from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import QueryError, StoreError, UsageError
from kg.store import collect, sparql
from kg.store.base import Object, Term
from kg.store.results import Results
from kg.vocab import PREFIXES

SCHEMES = ("http", "https")
RETRIES = 5
_BUSY = (429, 502, 503, 504)
_CONNECT_SECONDS = 10.0
_JSON, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Endpoint:
    """One URL that takes SPARQL, with retries where a server is busy or the network fails.

    A request is repeated up to RETRIES times, after 0.5, 1, 2, 4 and 8 seconds or what the server asks
    for; whatever this package sends may arrive twice.
    """

    def __init__(self, url: str, *, timeout: float = 60.0) -> None:
        self.url = url
        retries = urllib3.Retry(
            total=RETRIES, backoff_factor=0.5, status_forcelist=_BUSY, allowed_methods=None,
            raise_on_status=False,
        )  # fmt: skip
        self._timeout = timeout
        self._pool = urllib3.PoolManager(
            retries=retries, timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=timeout), maxsize=2
        )
        self._headers = {"User-Agent": "militant-kg", **_authorization(url)}

    def post(self, body: str, *, kind: str, accept: str = "*/*") -> bytes:
        """Send a query or an update and return what the server answers.

        Args:
            body: the text.
            kind: "query" or "update".
            accept: the media type asked for.

        Raises:
            QueryError: the server refused the text.
            StoreError: the server can't be reached, refused the credentials, or failed.
        """
        headers = {**self._headers, "Content-Type": f"application/sparql-{kind}", "Accept": accept}
        try:
            answer = self._pool.request("POST", self.url, body=body.encode(), headers=headers, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            reason = getattr(error, "reason", None) or error
            if isinstance(reason, urllib3.exceptions.ReadTimeoutError):
                raise QueryError(
                    f"{self.url} did not answer within {self._timeout:g} s: narrow the query, "
                    "or raise --timeout"
                ) from error
            raise StoreError(f"can't reach {self.url}: {_short(str(reason))}; check the address") from error
        if answer.status >= 300:
            self._refused(answer.status, answer.data, kind)
        return answer.data

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def _refused(self, status: int, body: bytes, kind: str) -> NoReturn:
        said = _short(body.decode("utf-8", "replace"))
        if status in (401, 403):
            raise StoreError(
                f"{self.url} refused the credentials ({status}): set KG_REMOTE_TOKEN, or KG_REMOTE_USER and "
                "KG_REMOTE_PASSWORD"
            )
        if status == 400:
            raise QueryError(f"{self.url} refused the {kind}: {said}")
        if status < 400:
            raise StoreError(f"{self.url} moved ({status}): name the address that it moved to")
        raise StoreError(f"{self.url} failed ({status}): {said}")


class RemoteStore:
    """A store behind a query URL, to be read (see `kg.store.Store`); `kg.store.push` writes to it."""

    def __init__(self, url: str, *, timeout: float = 60.0) -> None:
        self._endpoint = Endpoint(url, timeout=timeout)
        self._seen: bool | None = None

    @property
    def path(self) -> Path | None:
        """None: there is no folder here."""
        return None

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""
        rows = self.rows("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
        return int(str(getattr(rows[0][0], "value", 0)))

    def query(
        self, text: str, bindings: Mapping[str, Term] | None = None, *, limit: int | None = None
    ) -> Results:
        """Return what a query answers.

        Raises:
            QueryError: the server refused the query, took too long, or broke off its answer.
            StoreError: the server can't be reached, or its default graph lacks the named graphs.
        """
        query = sparql.read(text).bound(bindings or {})
        self._check_union()
        if query.form in ("CONSTRUCT", "DESCRIBE"):
            body = self._asked(query.text, _TRIPLES)
            try:
                found = [quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)]
            except SyntaxError as error:
                raise self._broken_off() from error
            return collect.triples((one for one in found if isinstance(one, Triple)), limit)
        answer = self._answer(query.text)
        if isinstance(answer, QueryBoolean):
            return Results(boolean=bool(answer))
        names = [variable.value for variable in answer.variables]
        try:
            return collect.rows(query, names, (tuple(row) for row in answer), limit)
        except SyntaxError as error:
            raise self._broken_off() from error

    def quads(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Object | None = None,
        g: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match, sorted."""
        yield from sorted(self.found(s, p, o, g), key=lambda quad: (str(quad.graph_name), str(quad)))

    def found(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Object | None = None,
        g: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match."""
        asked = {"s": s, "p": p, "o": o, "g": g}
        free = [name for name, term in asked.items() if term is None]
        parts = {name: f"?{name}" if term is None else str(term) for name, term in asked.items()}
        pattern = f"GRAPH {parts['g']} {{ {parts['s']} {parts['p']} {parts['o']} }}"
        selected = " ".join(f"?{name}" for name in free) or "*"
        for row in self.rows(f"SELECT {selected} WHERE {{ {pattern} }}"):
            terms = {**asked, **dict(zip(free, row, strict=True))}
            yield Quad(terms["s"], terms["p"], terms["o"], terms["g"])  # type: ignore[arg-type]

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs that hold a quad, sorted."""
        rows = self.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return sorted((row[0] for row in rows if isinstance(row[0], NamedNode)), key=str)

    def add(self, quads: Iterable[Quad]) -> None:
        """Refuse: `kg push` writes to a remote store."""
        raise self._read_only()

    def drop(self, graph: NamedNode) -> None:
        """Refuse: `kg push` writes to a remote store."""
        raise self._read_only()

    def replace(self, graphs: Iterable[NamedNode], quads: Iterable[Quad]) -> None:
        """Refuse: `kg push` writes to a remote store."""
        raise self._read_only()

    def change(self, gone: Iterable[Quad], new: Iterable[Quad], *, graphs: Iterable[NamedNode] = ()) -> None:
        """Refuse: `kg push` writes to a remote store."""
        raise self._read_only()

    def flush(self) -> None:
        """Do nothing: the server keeps its own files."""

    def close(self) -> None:
        """Close the connections."""
        self._endpoint.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def rows(self, text: str) -> list[tuple[Object | None, ...]]:
        """Return the rows of a SELECT of the project's own, in the server's order.

        Raises:
            QueryError, StoreError: as `query`.
        """
        answer = self._answer(text)
        assert isinstance(answer, QuerySolutions)
        try:
            return [tuple(row) for row in answer]
        except SyntaxError as error:
            raise self._broken_off() from error

    def _answer(self, text: str) -> QuerySolutions | QueryBoolean:
        body = self._asked(text, _JSON)
        try:
            return parse_query_results(body, format=QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise self._broken_off() from error

    def _asked(self, text: str, accept: str) -> bytes:
        prologue = " ".join(f"PREFIX {prefix}: <{base}>" for prefix, base in PREFIXES.items())
        return self._endpoint.post(f"{prologue} {text}", kind="query", accept=accept)

    def _check_union(self) -> None:
        """Refuse a server whose default graph is not the union of its named graphs: it would find nothing."""
        if self._seen is None:
            unseen = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
            self._seen = not bool(self._answer(unseen))
        if not self._seen:
            raise StoreError(
                f"the default graph of {self._endpoint.url} is not the union of its named graphs: turn that "
                "on in the server (for Oxigraph, --union-default-graph)"
            )

    def _broken_off(self) -> QueryError:
        return QueryError(
            f"{self._endpoint.url} broke off its answer, or did not answer in SPARQL's formats: it may have "
            "run out of time; narrow the query"
        )

    def _read_only(self) -> StoreError:
        return StoreError(f"{self._endpoint.url} is only read here: `kg push` writes to it")


def _authorization(url: str) -> dict[str, str]:
    """Return the header that carries the credentials of the environment, nothing where there are none.

    Raises:
        UsageError: the URL holds credentials itself, where every list of processes would show them, or is
            not encrypted and of another machine.
    """
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise UsageError(
            "an address must not hold a password: set KG_REMOTE_USER and KG_REMOTE_PASSWORD instead"
        )
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise UsageError(f"not an address of a server: {url!r}")
    token = os.environ.get("KG_REMOTE_TOKEN", "")
    user, password = os.environ.get("KG_REMOTE_USER", ""), os.environ.get("KG_REMOTE_PASSWORD", "")
    if not token and not user:
        return {}
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise UsageError(f"credentials are not sent unencrypted: use https for {parts.hostname}")
    if token:
        return {"Authorization": f"Bearer {token}"}
    return dict(urllib3.make_headers(basic_auth=f"{user}:{password}", disable_cache=False))


def _short(text: str) -> str:
    return " ".join(text.split())[:200]
