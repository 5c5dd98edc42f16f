"""The warm workers: each answers one request at a time, and is killed where it takes too long."""

from __future__ import annotations

import asyncio

from kg.serve.hand import Hand, Hands
from kg.serve.message import Answer, Request, failure
from kg.serve.settings import Settings

_RETRY = 1.0  # seconds until a worker that could not start is tried again


class Pool:
    """The workers of one server: a request ends within `timeout` seconds of waiting and as many of work.

    One more is kept ready than may work at once: a new process takes a second and more to be warm, and those
    who wait for one that was killed should not wait for that too.
    """

    def __init__(self, settings: Settings, hands: Hands) -> None:
        self._settings, self._hands = settings, hands
        self._idle: asyncio.Queue[Hand] = asyncio.Queue()
        self._free = asyncio.Semaphore(settings.workers)
        self._all: set[Hand] = set()
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
        for hand in list(self._all):
            await self._end(hand)
        self._hands.close()

    async def ask(self, request: Request) -> Answer:
        """Return the answer of the next free worker, or 503 where all are busy for too long.

        A caller that is cancelled stops the worker too: nobody waits for the answer any more.
        """
        if self._waiting >= self._settings.waiting:
            return failure(503, "too many requests are waiting: come back later")
        self._waiting += 1
        try:
            hand = await asyncio.wait_for(self._taken(), self._settings.timeout)
        except TimeoutError:
            return failure(503, "every worker is busy: come back later")
        finally:
            self._waiting -= 1
        try:
            return await self._answered(hand, request)
        finally:
            self._free.release()

    async def _taken(self) -> Hand:
        """Return a worker that is ready and sees the store as it is, once fewer than allowed are at work."""
        await self._free.acquire()
        try:
            while not self._hands.is_fresh(hand := await self._idle.get()):
                self._later(self._replace(hand))
        except BaseException:
            self._free.release()
            raise
        return hand

    async def _answered(self, hand: Hand, request: Request) -> Answer:
        whole = False
        try:
            answer = await asyncio.wait_for(hand.asked(request), self._settings.timeout)
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
                self._idle.put_nowait(hand)
            else:
                self._later(self._replace(hand))
        return answer

    def _later(self, work: object) -> None:
        assert asyncio.iscoroutine(work)
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _replace(self, hand: Hand) -> None:
        await self._end(hand)
        await self._add()

    async def _end(self, hand: Hand) -> None:
        self._all.discard(hand)
        await hand.end()

    async def _add(self) -> None:
        """Get one more worker, and try again and again until there is one."""
        while not self._closed:
            try:
                hand = await self._hands.hand()
            except (OSError, TimeoutError):
                await asyncio.sleep(_RETRY)
                continue
            self._all.add(hand)
            self._idle.put_nowait(hand)
            return
