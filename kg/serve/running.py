"""The server running: a socket, uvicorn on it, until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from kg.errors import UsageError
from kg.serve.application import application
from kg.serve.copies import Copies
from kg.serve.hand import Processes
from kg.serve.settings import Settings

_CONNECTIONS = 512


def run(settings: Settings, *, started: Callable[[str], None], log: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        settings: what is served, where and within which bounds.
        started: is called with the address once the socket listens.
        log: is given a line for each request.

    Raises:
        UsageError: the address can't be listened on.
        StoreError: the store can't be read into memory.
    """
    listening = _socket(settings)
    hands = Copies(settings) if settings.in_memory else Processes(settings)
    host, port = listening.getsockname()[:2]
    started(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    config = uvicorn.Config(
        application(settings, hands, log=log),
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=5,
        http="h11",
        ws="none",
        lifespan="on",
    )
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def _socket(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"can't listen on {settings.host} port {settings.port}: {reason}") from error
