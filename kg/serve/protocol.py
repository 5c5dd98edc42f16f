"""The SPARQL 1.1 Protocol: from an HTTP request to what is asked.

Source: SPARQL 1.1 Protocol (W3C Recommendation, 2013), section 2.1, query operation.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest

from kg.serve.message import Answer, Request, failure

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|\\^`]*")
_MAX_GRAPHS = 1000
_READ_ONLY = "this endpoint is read-only: it takes queries, never an update"


async def question(
    request: HttpRequest, accept: str, *, max_body: int, timeout: float
) -> Request | Answer | None:
    """Return what a request asks, the error that answers it, or None where a GET asks nothing.

    Args:
        request: a GET, HEAD or POST.
        accept: the media types that the client takes.
        max_body: bytes that a body may have.
        timeout: seconds in which it must have come.
    """
    try:
        pairs = _pairs(request.url.query)
        if request.method != "POST":
            return _asked(request, accept, pairs)
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await asyncio.wait_for(_body(request, max_body), timeout)
        if body is None:
            return failure(413, f"the body has more than {max_body:,} bytes")
        if media == _DIRECT:
            return _asked(request, accept, pairs, body.decode())
        if media == _FORM:
            return _asked(request, accept, [*pairs, *_pairs(body.decode())])
    except UnicodeDecodeError:
        return failure(400, "the query is not UTF-8")
    except ValueError as error:
        return failure(400, str(error))
    except (TimeoutError, ClientDisconnect):
        return failure(408, "the body did not come in time")
    if media == _UPDATE:
        return failure(403, _READ_ONLY)
    return failure(415, f"a POST has a body of type {_FORM} or {_DIRECT}, not {media or 'unknown'}")


def _asked(
    request: HttpRequest, accept: str, pairs: Iterable[tuple[str, str]], direct: str | None = None
) -> Request | Answer | None:
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    if "update" in given:
        return failure(403, _READ_ONLY)
    queries = given.get("query", []) + ([] if direct is None else [direct])
    if len(queries) > 1:
        return failure(400, "more than one query: a request has exactly one")
    if not queries:
        return (
            failure(400, "no query: give it as the parameter `query`") if request.method == "POST" else None
        )
    graphs = [*given.get("default-graph-uri", []), *given.get("named-graph-uri", [])]
    if len(graphs) > _MAX_GRAPHS:
        return failure(400, f"more than {_MAX_GRAPHS:,} graphs")
    if wrong := next((name for name in graphs if not _IRI.fullmatch(name)), None):
        return failure(400, f"no absolute IRI of a graph: {wrong[:100]!r}")
    return Request(
        kind="sparql",
        text=queries[0],
        accept=accept,
        default_graphs=tuple(given.get("default-graph-uri", ())),
        named_graphs=tuple(given.get("named-graph-uri", ())),
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    """Return the parameters of a form.

    Raises:
        UnicodeDecodeError: a value is not UTF-8.
        ValueError: there are too many of them.
    """
    return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=2 * _MAX_GRAPHS + 100)


async def _body(request: HttpRequest, most: int) -> bytes | None:
    """Return the body, None as soon as it is longer than allowed."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            return None
        parts.append(part)
    return b"".join(parts)
