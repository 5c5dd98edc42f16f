"""The server as an ASGI application: which address answers what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.query import catalogue
from kg.serve import html, media, page
from kg.serve.description import description
from kg.serve.gate import Gate
from kg.serve.hand import Hands
from kg.serve.message import Answer, Request, failure
from kg.serve.pool import Pool
from kg.serve.protocol import question
from kg.serve.settings import Settings

_STATIC = Path(__file__).parent / "static"
_FORMATS = {
    "json": media.JSON,
    "xml": media.XML,
    "csv": media.CSV,
    "tsv": media.TSV,
    "ttl": media.TURTLE,
    "nt": media.NTRIPLES,
    "rdf": media.RDF_XML,
    "jsonld": media.JSON_LD,
}
"""What `format=` in an address stands for: a link can't send an Accept header."""


class Site:
    """The handlers of a server's addresses."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._settings, self._pool = settings, pool
        self._root = settings.root

    async def sparql(self, http: HttpRequest) -> Response:
        """Answer the SPARQL Protocol; without a query, describe the service or show the page for one."""
        bounds = self._settings
        asked = await question(http, _accept(http), max_body=bounds.max_body, timeout=bounds.timeout)
        wants_page = media.preferred(_accept(http), (media.JSON, media.TURTLE, media.HTML)) == media.HTML
        if asked is None:
            return self._described(http)
        if isinstance(asked, Request):
            http.state.query = asked.text
            answer = await self._ask(http, asked)
        else:
            answer = asked
        if answer.status >= 400 and wants_page:
            text = asked.text if isinstance(asked, Request) else ""
            body = page.editor(self._root, text, error=answer.body.decode("utf-8", "replace"))
            answer = Answer(answer.status, media.HTML, body)
        return _response(answer)

    def _described(self, http: HttpRequest) -> Response:
        wanted = media.preferred(_accept(http), (*media.GRAPHS, media.HTML))
        if wanted is None:
            return _response(failure(406, f"described as {', '.join(media.GRAPHS)}"))
        if wanted == media.HTML:
            return _response(Answer(200, media.HTML, page.editor(self._root, _FIRST_QUERY)))
        return _response(Answer(200, wanted, description(self._address(http, "sparql"), wanted)))

    def _address(self, http: HttpRequest, path: str) -> str:
        base = self._settings.base or str(http.base_url).rstrip("/") + "/"
        return base + path

    async def thing(self, http: HttpRequest) -> Response:
        """Answer the page of a thing, or its document."""
        text, accept = _suffix(http, f"id/{http.path_params['kind']}/{http.path_params['name']}")
        return await self._page(http, Request(kind="thing", text=text, accept=accept))

    async def terms(self, http: HttpRequest) -> Response:
        """Answer the ontology, one of its vocabularies or a list of codes."""
        text, accept = _suffix(http, http.url.path.removeprefix(self._root))
        return await self._page(http, Request(kind="terms", text=text, accept=accept))

    async def named(self, http: HttpRequest) -> Response:
        """Answer a named query."""
        params = dict(http.query_params)
        asked = Request(kind="named", text=http.path_params["name"], accept=_accept(http), params=params)
        return await self._page(http, asked)

    async def search(self, http: HttpRequest) -> Response:
        """Lead to the question that finds names."""
        text = http.query_params.get("text", "")
        query = html.query_string([("text", text), *([("go", "1")] if text else [])])
        return RedirectResponse(f"{self._root}queries/label-search?{query}", 303)

    async def network(self, http: HttpRequest) -> Response:
        """Answer the network explorer."""
        return await self._page(http, Request(kind="network", params=dict(http.query_params)))

    async def queries(self, _: HttpRequest) -> Response:
        """Answer the list of named queries."""
        return _response(Answer(200, media.HTML, page.queries_page(self._root)))

    async def home(self, _: HttpRequest) -> Response:
        """Answer the first page."""
        body = html.rendered("home.html", title="militant-kg", root=self._root, count=len(catalogue()))
        return _response(Answer(200, media.HTML, body))

    async def failed(self, http: HttpRequest, error: Exception) -> Response:
        """Answer what no address answers."""
        assert isinstance(error, HTTPException)
        response = self._failure(http, failure(error.status_code, error.detail))
        response.headers.update(error.headers or {})
        return response

    async def _page(self, http: HttpRequest, asked: Request) -> Response:
        answer = await self._ask(http, asked)
        return self._failure(http, answer) if answer.status >= 400 else _response(answer, http.url.path)

    def _failure(self, http: HttpRequest, answer: Answer) -> Response:
        """Return an error as a page where the client is a browser, else as it is."""
        if answer.media == "text/plain" and media.HTML in _accept(http):
            values = {"title": "That did not work", "root": self._root, "message": answer.body.decode()}
            answer = Answer(answer.status, media.HTML, html.rendered("error.html", **values))
        return _response(answer)

    async def _ask(self, http: HttpRequest, asked: Request) -> Answer:
        """Return a worker's answer; a client that hangs up stops the work."""
        work = asyncio.create_task(self._pool.ask(asked))
        left = asyncio.create_task(_hung_up(http))
        try:
            await asyncio.wait({work, left}, return_when=asyncio.FIRST_COMPLETED)
            return work.result() if work.done() else failure(499, "the client hung up")  # nobody reads it
        finally:
            work.cancel()
            left.cancel()


_FIRST_QUERY = """SELECT ?group ?event ?where ?earliest WHERE {
  ?group mkg:claimed ?event .
  ?event a mkg:Attack ; mkg:place ?where ; mkg:earliest ?earliest .
}
ORDER BY ?earliest ?group
LIMIT 100
"""


async def _hung_up(http: HttpRequest) -> None:
    """Return once the client is gone; the body has been read by then."""
    while (await http.receive())["type"] != "http.disconnect":
        pass


def application(settings: Settings, hands: Hands, *, log: Callable[[str], None]) -> Starlette:
    """Return the server of a store; its workers start and stop with it.

    Args:
        settings: what is served and within which bounds.
        hands: where its workers come from; they end with it.
        log: is given a line for each request.
    """
    pool = Pool(settings, hands)
    site = Site(settings, pool)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.stop()

    root = settings.root
    routes = [
        Route(f"{root}sparql", site.sparql, methods=["GET", "POST"]),
        Route(f"{root}id/{{kind}}/{{name:path}}", site.thing),
        *(Route(f"{root}{name}", site.terms) for name in _terms()),
        Route(f"{root}queries", site.queries),
        Route(f"{root}queries/{{name}}", site.named),
        Route(f"{root}search", site.search),
        Route(f"{root}network", site.network),
        Route(root, site.home),
        Mount(f"{root}static", StaticFiles(directory=_STATIC)),
    ]
    return Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(Gate, settings=settings, log=log)],
        exception_handlers={HTTPException: site.failed},
    )


def _terms() -> list[str]:
    return ["ontology", *(f"ontology{suffix}" for suffix in page.SUFFIXES), "vocab/{scheme}", "code/{name}"]


def _accept(http: HttpRequest) -> str:
    """Return what the client takes: its Accept header, or what `format=` says where that has no wish.

    SPARQLWrapper sends both, and means the header.
    """
    given = ", ".join(http.headers.getlist("accept"))
    name = http.query_params.get("format", "")
    if name in _FORMATS and (given in ("", "*/*") or media.HTML in given):
        return _FORMATS[name]
    return given


def _suffix(http: HttpRequest, text: str) -> tuple[str, str]:
    """Return an address without the suffix that names a format, and what the client takes."""
    for suffix, kind in page.SUFFIXES.items():
        if text.endswith(suffix):
            return text.removesuffix(suffix), kind
    return text, _accept(http)


def _response(answer: Answer, path: str = "") -> Response:
    headers = {"Vary": "Accept"}
    if answer.status == 503:
        headers["Retry-After"] = "5"
    if answer.alternates and path and not path.endswith(tuple(page.SUFFIXES)):
        links = (
            f'<{path}{suffix}>; rel="alternate"; type="{kind}"' for suffix, kind in page.SUFFIXES.items()
        )
        headers["Link"] = ", ".join(links)
    text = answer.media.startswith("text/")
    kind = f"{answer.media}; charset=utf-8" if text else answer.media
    return Response(answer.body, answer.status, headers | {"Content-Type": kind})
