"""A worker as the server sees it: what it is asked on, what it answers on, and how it is ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from kg.query.bounded import environment, module_command
from kg.serve.message import Answer, Request
from kg.serve.settings import Settings
from kg.store.folder import database
from kg.store.linked import clear

_START = 60.0  # seconds that a worker may take to start


@dataclass(slots=True, eq=False)
class Hand:
    """A worker that is ready.

    Attributes:
        reader: where its answers come from.
        writer: where requests go.
        end: kills it and waits until it is gone.
        copy: the copy of the store that it shares with others, None where it opens the store itself.
    """

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    end: Callable[[], Awaitable[None]]
    copy: object = field(default=None)

    async def asked(self, request: Request) -> Answer:
        """Return its answer.

        Raises:
            IncompleteReadError: it ended before its answer did.
        """
        self.writer.write(request.line())
        await self.writer.drain()
        line = await self.reader.readuntil(b"\n")
        head = json.loads(line)
        body = await self.reader.readexactly(head["length"])
        return Answer(head["status"], head["media"], body, tuple(head["alternates"]))


class Hands(Protocol):
    """Where workers come from."""

    async def hand(self) -> Hand:
        """Return a new worker that is ready.

        Raises:
            OSError: none can be had just now.
        """
        ...

    def is_fresh(self, hand: Hand) -> bool:
        """Return whether a worker sees the store as it is now, or looks again by itself."""
        ...

    def close(self) -> None:
        """End what workers come from; it must not be asked for more."""
        ...


class Processes:
    """Workers that each are a process of their own and open the store on disk."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def hand(self) -> Hand:
        """Return a new worker, whose store is open."""
        command = module_command("kg.serve.worker", json.dumps(given(self._settings)))
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=environment())
        assert process.stdin is not None
        assert process.stdout is not None

        async def end() -> None:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
            await process.wait()

        try:
            line = await asyncio.wait_for(process.stdout.readline(), _START)
        except BaseException:
            await end()
            raise
        if line != b"ready\n":
            await end()
            raise ConnectionError("the worker could not start")
        return Hand(process.stdout, process.stdin, end)

    def is_fresh(self, hand: Hand) -> bool:
        """Return True: it opens the store again where that has changed."""
        del hand
        return True

    def close(self) -> None:
        """Remove what the workers left, which were ended one by one."""
        clear(database(self._settings.store))


def given(settings: Settings) -> dict[str, object]:
    """Return what a worker's process is told of the settings, as JSON takes it."""
    return {
        "store": str(settings.store.resolve()),
        "memory": settings.memory,
        "timeout": settings.timeout,
        "max_rows": settings.max_rows,
        "max_bytes": settings.max_bytes,
        "root": settings.root,
    }
