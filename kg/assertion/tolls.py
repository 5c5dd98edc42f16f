"""Tolls of several accounts, put together."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Count


def widest(counts: Iterable[Count | None]) -> Count | None:
    """Return the least low, and the greatest high only where every account has one; None of none.

    >>> widest([Count(7, 7), None, Count(5, 30)])
    Count(low=5, high=30)
    """
    known = [count for count in counts if count is not None]
    if not known:
        return None
    highs = [count.high for count in known if count.high is not None]
    return Count(min(count.low for count in known), max(highs) if len(highs) == len(known) else None)
