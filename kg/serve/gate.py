"""Who may come in, what every response carries, and what the log says: ASGI middleware around the site."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.settings import Settings

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OWN_POLICY = "frame-ancestors 'none'"
"""Of the network explorer, which carries a stricter policy in itself: hashes of its own scripts."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


class Gate:
    """Lets in who has the token, or asks this machine by its own name; adds headers and a line to the log."""

    def __init__(self, app: ASGIApp, settings: Settings, log: Callable[[str], None]) -> None:
        self._app, self._settings, self._log = app, settings, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        clock = asyncio.get_running_loop().time
        started, status = clock(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(scope, MutableHeaders(scope=message))
            await send(message)

        try:
            refused = self._refusal(Headers(scope=scope))
            await (refused or self._app)(scope, receive, sending)
        finally:
            line = f"{scope['method']} {scope['path']!a} {status} {1000 * (clock() - started):.0f} ms"
            query = scope.get("state", {}).get("query") if self._settings.log_queries else None
            self._log(line if query is None else f"{line} {query!r}")

    def _add_headers(self, scope: Scope, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers[name] = value
        explorer = scope["path"] == f"{self._settings.root}network"
        headers["Content-Security-Policy"] = _OWN_POLICY if explorer else _POLICY

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        settings = self._settings
        if settings.token:
            if not _carries(headers.get("authorization", ""), settings.token):
                wanted = {"WWW-Authenticate": 'Basic realm="militant-kg", charset="UTF-8"'}
                return PlainTextResponse("a token is needed: as password, or as Bearer\n", 401, wanted)
        elif _name(headers.get("host", "")) not in settings.hosts:
            return PlainTextResponse("this server is asked by its own name only\n", 421)
        return None


def _carries(authorization: str, token: str) -> bool:
    """Return whether a header carries the token, as Bearer or as the password of Basic."""
    scheme, _, value = authorization.partition(" ")
    given = value.strip()
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(given.encode(), token.encode())


def _name(host: str) -> str:
    """Return the name in a Host header, without the port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
