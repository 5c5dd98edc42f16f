"""A SPARQL query from outside, answered within bounds in the form that the client likes best."""

from __future__ import annotations

import io
import json

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)

from kg.errors import LimitError
from kg.query import guard
from kg.query.cut import cut
from kg.query.formats import as_csv, turtle
from kg.serve import media
from kg.serve.message import Answer, Request, failure
from kg.store import OxigraphStore, Results
from kg.store.collect import triples
from kg.store.sparql import Query

_RESULT_FORMATS = {
    media.JSON: QueryResultsFormat.JSON,
    media.XML: QueryResultsFormat.XML,
    media.TSV: QueryResultsFormat.TSV,
}
_GRAPH_FORMATS = {
    media.NTRIPLES: RdfFormat.N_TRIPLES,
    media.RDF_XML: RdfFormat.RDF_XML,
    media.JSON_LD: RdfFormat.JSON_LD,
}


def answer(store: OxigraphStore, request: Request, *, max_rows: int, max_bytes: int) -> Answer:
    """Return the answer to a query, complete or an error.

    Raises:
        QueryError: the query is malformed, asks for what it may not, or has a longer answer than allowed.
    """
    query = guard.check(request.text, store)
    graphs = query.form in ("CONSTRUCT", "DESCRIBE")
    wanted = media.preferred(request.accept, media.GRAPHS if graphs else media.RESULTS)
    if wanted is None:
        offered = ", ".join(media.GRAPHS if graphs else media.RESULTS)
        return failure(406, f"the answer to {query.form} is not to be had as {request.accept}; take {offered}")
    found = store.answer(
        cut(query, max_rows + 1),
        default_graphs=_nodes(request.default_graphs, request.named_graphs),
        named_graphs=_nodes(request.named_graphs, request.default_graphs),
    )
    if isinstance(found, QueryTriples):
        body = _graph(found, wanted, max_rows)
    elif wanted == media.CSV:
        body = _csv(query, found, max_rows)
    else:
        body = _bounded(found, wanted, max_bytes)
        if _rows(body, wanted, max_rows) > max_rows:
            raise _too_many(max_rows)
    if len(body) > max_bytes:
        raise _too_big(max_bytes)
    return Answer(200, wanted, body)


def _nodes(names: tuple[str, ...], others: tuple[str, ...]) -> list[NamedNode] | None:
    """Return the graphs of one half of the protocol's dataset; None where it names neither half."""
    return [NamedNode(name) for name in names] if names or others else None


class _Bounded(io.RawIOBase):
    """A buffer that refuses more than so many bytes."""

    def __init__(self, most: int) -> None:
        self.parts: list[bytes] = []
        self.left = most
        self.most = most

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.left -= len(data)
        if self.left < 0:
            raise _too_big(self.most)
        self.parts.append(bytes(data))
        return len(data)


def _bounded(found: QuerySolutions | QueryBoolean, wanted: str, most: int) -> bytes:
    out = _Bounded(most)
    found.serialize(out, format=_RESULT_FORMATS[wanted])
    return b"".join(out.parts)


def _rows(body: bytes, wanted: str, most: int) -> int:
    """Return the number of rows; of JSON an upper bound where that is not more than `most`."""
    if wanted == media.XML:
        return body.count(b"<result>")  # text has its < escaped
    if wanted == media.TSV:
        return body.count(b"\n") - 1  # text has its line breaks escaped
    between = body.count(b"},{") + 1  # text may hold these too
    return between if between <= most else len(json.loads(body).get("results", {}).get("bindings", ()))


def _csv(query: Query, found: QuerySolutions | QueryBoolean, max_rows: int) -> bytes:
    if isinstance(found, QueryBoolean):
        return as_csv(Results(boolean=bool(found))).encode()
    rows = tuple(tuple(row) for row in found)
    if len(rows) > max_rows:
        raise _too_many(max_rows)
    return as_csv(Results(tuple(variable.value for variable in found.variables), rows)).encode()


def _graph(found: QueryTriples, wanted: str, max_rows: int) -> bytes:
    """Return triples, each once and sorted, so that the same graph gives the same bytes."""
    results = triples(found, max_rows)
    if results.truncated:
        raise _too_many(max_rows)
    if wanted == media.TURTLE:
        return turtle(results).encode()
    return serialize(results.triples or (), format=_GRAPH_FORMATS[wanted]) or b""


def _too_many(most: int) -> LimitError:
    return LimitError(f"the answer has more than {most:,} rows or triples: narrow the query, or add LIMIT and OFFSET")


def _too_big(most: int) -> LimitError:
    return LimitError(f"the answer has more than {most:,} bytes: narrow the query, or add LIMIT and OFFSET")
