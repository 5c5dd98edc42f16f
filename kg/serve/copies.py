"""Workers that share a copy of the store in memory, which is made anew once the store has changed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import tempfile
from pathlib import Path

from kg.errors import KGError, StoreError, UsageError
from kg.query.bounded import environment, module_command
from kg.serve.hand import Hand, given
from kg.serve.settings import Settings
from kg.store.folder import stamp

_LOOK = 1.0  # seconds between looks whether the store has changed
_END = 5.0  # seconds that a killed worker may take to be gone
_QUIET = 3  # looks at which it must be the same then: a build writes again and again


class Copies:
    """The copy that new workers share, and those that older ones still have.

    Making the first takes as long as reading the whole store, 10 s a million quads; while another is
    made, workers answer from the last.

    Raises:
        StoreError: the store can't be read, or there is no room for it.
        UsageError: the system has no fork or no Unix sockets.
    """

    def __init__(self, settings: Settings) -> None:
        if not hasattr(os, "fork"):
            raise UsageError("holding the store in memory needs a Unix system: leave out --in-memory")
        self._settings = settings
        self._room = tempfile.TemporaryDirectory(prefix="kg-serve-")  # only its owner may enter
        self._made = 0
        self._old: list[_Copy] = []
        try:
            self._now = self._copy()
        except BaseException:
            self._room.cleanup()
            raise
        self._watching: asyncio.Task[None] | None = None

    async def hand(self) -> Hand:
        """Return a new worker on the newest copy."""
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())
        return await self._now.hand()

    def is_fresh(self, hand: Hand) -> bool:
        """Return whether a worker has the newest copy."""
        return hand.copy is self._now

    def close(self) -> None:
        """Forget the copies, which ends their workers."""
        if self._watching is not None:
            self._watching.cancel()
        for copy in (*self._old, self._now):
            copy.close()
        self._room.cleanup()

    async def _watch(self) -> None:
        """Make another copy where the store has changed and is quiet again."""
        while True:
            await asyncio.sleep(_LOOK)
            self._old = [copy for copy in self._old if not copy.closed_when_unused()]
            with contextlib.suppress(KGError, OSError):  # a writer is putting files together: look again
                changed = stamp(self._settings.store) != self._now.stamp and await self._is_quiet()
                if changed or self._now.is_gone:
                    newer = await asyncio.to_thread(self._copy)
                    self._old.append(self._now)
                    self._now = newer

    async def _is_quiet(self) -> bool:
        before = stamp(self._settings.store)
        for _ in range(_QUIET):
            await asyncio.sleep(_LOOK)
            if stamp(self._settings.store) != before:
                return False
        return True

    def _copy(self) -> _Copy:
        self._made += 1
        return _Copy(self._settings, Path(self._room.name) / f"{self._made}")


class _Copy:
    """One copy: the process that holds it, and how many workers use it."""

    def __init__(self, settings: Settings, path: Path) -> None:
        self.stamp = stamp(settings.store)  # before it is read: what is written meanwhile makes another
        self._path = str(path)
        told = json.dumps({**given(settings), "socket": self._path})
        self._process = subprocess.Popen(  # noqa: S603 -- a module of our own
            module_command("kg.serve.nursery", told),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(),
        )  # fmt: skip
        self._used = 0
        assert self._process.stdout is not None
        try:
            line = self._process.stdout.readline().decode().strip()
        except BaseException:
            self.close()
            raise
        if line != "ready":
            self.close()
            raise StoreError(
                f"can't hold the store {settings.store} in memory: {line or 'there is no room'}; "
                "leave out --in-memory"
            )

    @property
    def is_gone(self) -> bool:
        """Whether the process that holds it has died."""
        return self._process.poll() is not None

    async def hand(self) -> Hand:
        """Return a worker that is ready.

        Raises:
            OSError: the process that holds the copy is gone.
        """
        reader, writer = await asyncio.open_unix_connection(self._path)
        line = await reader.readline()
        if not line:
            writer.close()
            raise ConnectionError("no worker answers")
        pid = int(line.split()[1])
        self._used += 1

        async def end() -> None:
            self._order(pid)
            with contextlib.suppress(OSError, TimeoutError):
                await asyncio.wait_for(reader.read(), _END)  # up to its end, which is the worker's
            writer.close()
            self._used -= 1

        return Hand(reader, writer, end, copy=self)

    def closed_when_unused(self) -> bool:
        """Forget the copy if no worker has it any more; return whether that is so."""
        if self._used == 0:
            self.close()
        return self._used == 0

    def close(self) -> None:
        """End the process; a worker that still runs ends with its connection."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _order(self, pid: int) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            self._process.stdin.write(f"{pid}\n".encode())
            self._process.stdin.flush()
