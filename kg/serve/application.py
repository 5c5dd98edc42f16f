"""The server as an ASGI application: which address answers what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.message import Answer, Request
from kg.serve.pool import Pool
from kg.serve.protocol import question
from kg.serve.settings import Settings


class Site:
    """The handlers of a server's addresses."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._settings, self._pool = settings, pool

    async def sparql(self, request: HttpRequest) -> Response:
        """Answer the SPARQL Protocol."""
        asked = await question(request, max_body=self._settings.max_body)
        if asked is None:
            return Response("to do", 200)
        return _response(asked if isinstance(asked, Answer) else await self._ask(request, asked))

    async def _ask(self, request: HttpRequest, asked: Request) -> Answer:
        """Return a worker's answer; a client that hangs up stops the work."""
        work = asyncio.create_task(self._pool.ask(asked))
        left = asyncio.create_task(_hung_up(request))
        try:
            await asyncio.wait({work, left}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                return Answer(499, "text/plain", b"")  # nobody reads it
            return work.result()
        finally:
            work.cancel()
            left.cancel()


async def _hung_up(request: HttpRequest) -> None:
    """Return once the client is gone; the body has been read by then."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def application(settings: Settings) -> Starlette:
    """Return the server of a store; its workers start and stop with it."""
    pool = Pool(settings)
    site = Site(settings, pool)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.stop()

    routes = [Route("/sparql", site.sparql, methods=["GET", "POST"])]
    return Starlette(routes=routes, lifespan=lifespan)


def _response(answer: Answer) -> Response:
    headers = {"Vary": "Accept"}
    if answer.status == 503:
        headers["Retry-After"] = "5"
    text = answer.media.startswith("text/")
    kind = f"{answer.media}; charset=utf-8" if text else answer.media
    return Response(answer.body, answer.status, headers | {"Content-Type": kind})
