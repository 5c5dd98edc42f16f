"""The warm workers: each answers one request at a time, and is killed where it takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import json
from asyncio.subprocess import PIPE, Process

from kg.query.bounded import environment, module_command
from kg.serve.message import Answer, Request, failure
from kg.serve.settings import Settings

_RETRY = 1.0  # seconds until a worker that could not start is tried again
_START = 60.0  # seconds that a worker may take to start


class Pool:
    """The workers of one server: a request ends within `timeout` seconds of waiting and as many of work.

    One more is kept ready than may work at once: a new process takes a second and more to be warm, and those
    who wait for one that was killed should not wait for that too.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._free = asyncio.Semaphore(settings.workers)
        self._all: set[Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._closed = False

    async def start(self) -> None:
        """Start the workers and wait until one is ready."""
        starts = [asyncio.create_task(self._add()) for _ in range(self._settings.workers + 1)]
        self._tasks |= set(starts)
        await asyncio.wait(starts, return_when=asyncio.FIRST_COMPLETED)

    async def stop(self) -> None:
        """Kill the workers."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for process in list(self._all):
            await self._kill(process)

    async def ask(self, request: Request) -> Answer:
        """Return the answer of the next free worker, or 503 where all are busy for too long.

        A caller that is cancelled stops the worker too: nobody waits for the answer any more.
        """
        if self._waiting >= self._settings.waiting:
            return failure(503, "too many requests are waiting: come back later")
        self._waiting += 1
        try:
            process = await asyncio.wait_for(self._taken(), self._settings.timeout)
        except TimeoutError:
            return failure(503, "every worker is busy: come back later")
        finally:
            self._waiting -= 1
        try:
            return await self._answered(process, request)
        finally:
            self._free.release()

    async def _taken(self) -> Process:
        """Return a worker that is ready, once fewer than allowed are at work."""
        await self._free.acquire()
        try:
            return await self._idle.get()
        except BaseException:
            self._free.release()
            raise

    async def _answered(self, process: Process, request: Request) -> Answer:
        whole = False
        try:
            answer = await asyncio.wait_for(_asked(process, request), self._settings.timeout)
            whole = True
        except TimeoutError:
            limit = self._settings.timeout
            return failure(500, f"the query ran longer than {limit:g} s and was stopped: narrow it")
        except (asyncio.IncompleteReadError, OSError, ValueError):
            return failure(
                500, "the query ended its worker: it is nested too deep or needs too much memory; simplify it"
            )
        finally:
            if whole:
                self._idle.put_nowait(process)
            else:
                self._later(self._replace(process))
        return answer

    def _later(self, work: object) -> None:
        assert asyncio.iscoroutine(work)
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _replace(self, process: Process) -> None:
        await self._kill(process)
        await self._add()

    async def _kill(self, process: Process) -> None:
        self._all.discard(process)
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()

    async def _add(self) -> None:
        """Start one worker, again and again until it is ready."""
        while not self._closed:
            process = await self._started()
            self._all.add(process)
            assert process.stdout is not None
            try:
                ready = await asyncio.wait_for(process.stdout.readline(), _START)
            except TimeoutError:
                ready = b""
            if ready == b"ready\n":
                self._idle.put_nowait(process)
                return
            await self._kill(process)
            await asyncio.sleep(_RETRY)

    async def _started(self) -> Process:
        settings = self._settings
        given = {
            "store": str(settings.store.resolve()),
            "memory": settings.memory,
            "timeout": settings.timeout,
            "max_rows": settings.max_rows,
            "max_bytes": settings.max_bytes,
            "root": settings.root,
        }
        command = module_command("kg.serve.worker", json.dumps(given))
        return await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=environment())


async def _asked(process: Process, request: Request) -> Answer:
    """Return a worker's answer.

    Raises:
        IncompleteReadError: it ended before its answer did.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(request.line())
    await process.stdin.drain()
    line = await process.stdout.readuntil(b"\n")
    head = json.loads(line)
    body = await process.stdout.readexactly(head["length"])
    return Answer(head["status"], head["media"], body, tuple(head["alternates"]))
