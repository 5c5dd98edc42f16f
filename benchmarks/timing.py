"""Times of two ways to do the same, taken in turn so that a machine that drifts slows both."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable


def alternate(
    one: Callable[[], object],
    other: Callable[[], object],
    *,
    runs: int = 5,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[list[float], list[float]]:
    """Return the seconds of both, `runs` times each, after one round that does not count."""
    one(), other()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for call, kept in ((one, times[0]), (other, times[1])):
            started = clock()
            call()
            kept.append(clock() - started)
    return times


def spread(seconds: list[float]) -> str:
    """Return median, least and greatest of some seconds."""
    return f"{statistics.median(seconds):.3f} s ({min(seconds):.3f}-{max(seconds):.3f})"


def ratio(one: list[float], other: list[float]) -> float:
    """Return the median of the ratios, pair by pair."""
    return statistics.median(a / b for a, b in zip(one, other, strict=True))


def memory() -> float:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
