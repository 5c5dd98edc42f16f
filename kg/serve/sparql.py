"""A SPARQL query from outside, answered within bounds in the form that the client likes best."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

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
from kg.query.formats import as_csv, sparql_json, sparql_tsv, sparql_xml, turtle
from kg.serve import media
from kg.serve.message import Answer, Request, failure
from kg.store import OxigraphStore, Results
from kg.store.collect import triples
from kg.store.sparql import Query

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

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
_WRITERS = {media.JSON: sparql_json, media.XML: sparql_xml, media.CSV: as_csv, media.TSV: sparql_tsv}


def answer(store: OxigraphStore, request: Request, *, max_rows: int, max_bytes: int) -> Answer:
    """Return the answer to a query, complete or an error.

    Raises:
        QueryError: the query is malformed, asks for what it may not, or has a longer answer than allowed.
    """
    query = guard.check(request.text, store)
    offered = media.GRAPHS if query.form in ("CONSTRUCT", "DESCRIBE") else media.RESULTS
    wanted = media.preferred(request.accept, offered)
    if wanted is None and media.preferred(request.accept, (*media.RESULTS, *media.GRAPHS)):
        wanted = offered[0]  # a SPARQL client that names one kind for both, as rdflib does
    if wanted is None:
        return failure(406, f"the answer to {query.form} is to be had as {', '.join(offered)} only")
    found = _found(store, query, request, max_rows)
    if isinstance(found, QueryTriples):
        body = _graph(found, wanted, max_rows)
    elif wanted == media.CSV or isinstance(found, QueryBoolean):
        body = written(_read(found, max_rows + 1), wanted, max_rows)
    else:
        body = _bounded(found, wanted, max_bytes)
        if _rows(body, wanted, max_rows) > max_rows:
            raise _too_many(max_rows)
    if len(body) > max_bytes:
        raise _too_big(max_bytes)
    return Answer(200, wanted, body)


def results(store: OxigraphStore, request: Request, most: int) -> Results:
    """Return the first rows or triples of an answer, for a page.

    Raises:
        QueryError: as `answer`.
    """
    found = _found(store, guard.check(request.text, store), request, most)
    return triples(found, most) if isinstance(found, QueryTriples) else _read(found, most)


def written(results: Results, wanted: str, max_rows: int) -> bytes:
    """Return rows or a truth value in a media type of `kg.serve.media.RESULTS`.

    Raises:
        LimitError: there are more than `max_rows`.
    """
    if len(results.rows) > max_rows or results.truncated:
        raise _too_many(max_rows)
    return _WRITERS[wanted](results).encode()


def _found(
    store: OxigraphStore, query: Query, request: Request, most: int
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Return the engine's answer, which ends by itself after one more than `most` solutions."""
    named = bool(request.default_graphs or request.named_graphs)
    return store.answer(
        cut(query, most + 1),
        default_graphs=_nodes(request.default_graphs) if named else None,
        named_graphs=_nodes(request.named_graphs) if named else None,
    )


def _nodes(names: Sequence[str]) -> list[NamedNode]:
    return [NamedNode(name) for name in names]


def _read(found: QuerySolutions | QueryBoolean, most: int) -> Results:
    if isinstance(found, QueryBoolean):
        return Results(boolean=bool(found))
    rows = tuple(tuple(row) for row in found)
    names = tuple(variable.value for variable in found.variables)
    return Results(names, rows[:most], truncated=len(rows) > most)


class _Bounded(io.BytesIO):
    """A buffer that refuses more than so many bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Buffer, /) -> int:
        """Write bytes behind those that are there."""
        if self.tell() + memoryview(data).nbytes > self._most:
            raise _too_big(self._most)
        return super().write(data)


def _bounded(found: QuerySolutions, wanted: str, most: int) -> bytes:
    out = _Bounded(most)
    found.serialize(out, format=_RESULT_FORMATS[wanted])
    return out.getvalue()


def _rows(body: bytes, wanted: str, most: int) -> int:
    """Return the number of rows; of JSON an upper bound where that is not more than `most`."""
    if wanted == media.XML:
        return body.count(b"<result>")  # text has its < escaped
    if wanted == media.TSV:
        return body.count(b"\n") - 1  # text has its line breaks escaped
    between = body.count(b"},{") + 1  # text may hold these too
    return between if between <= most else len(json.loads(body)["results"]["bindings"])


def _graph(found: QueryTriples, wanted: str, max_rows: int) -> bytes:
    """Return triples, each once and sorted, so that the same graph gives the same bytes."""
    collected = triples(found, max_rows)
    if collected.truncated:
        raise _too_many(max_rows)
    if wanted == media.TURTLE:
        return turtle(collected).encode()
    return serialize(collected.triples or (), format=_GRAPH_FORMATS[wanted]) or b""


def _too_many(most: int) -> LimitError:
    return LimitError(
        f"the answer has more than {most:,} rows or triples: narrow the query, or add LIMIT and OFFSET"
    )


def _too_big(most: int) -> LimitError:
    return LimitError(f"the answer has more than {most:,} bytes: narrow the query, or add LIMIT and OFFSET")
