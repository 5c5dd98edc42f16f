"""Dates of several precisions as windows of days, and windows put together."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable

Window = tuple[str, str]
"""First and last day, both as `YYYY-MM-DD`, both included."""


def window(start: str, end: str = "") -> Window | None:
    """Return the days that two dates of any precision enclose; None where one is missing or wrong.

    Args:
        start: ISO date of four, seven or ten characters.
        end: the same; by default the end of `start` itself.

    >>> window("2018-06")
    ('2018-06-01', '2018-06-30')
    """
    first, last = _day(start, last=False), _day(end or start, last=True)
    return (first, last) if first and last and first <= last else None


def shortest(days: Window) -> str:
    """Return a window as a year, a month or a day where it is exactly one, else "".

    >>> shortest(("2018-06-01", "2018-06-30"))
    '2018-06'
    """
    for size in (10, 7, 4):
        if window(days[0][:size]) == days:
            return days[0][:size]
    return ""


def length_days(days: Window) -> int:
    """Return how many days a window has, one at least."""
    first, last = (datetime.date.fromisoformat(day) for day in days)
    return (last - first).days + 1


def overlap(one: Window, other: Window) -> bool:
    """Tell whether two windows share a day."""
    return one[0] <= other[1] and other[0] <= one[1]


def narrowed(windows: Iterable[Window]) -> tuple[Window, bool]:
    """Return the days that all windows share and False, else their hull and True.

    Args:
        windows: one at least.
    """
    known = list(windows)
    first, last = max(days[0] for days in known), min(days[1] for days in known)
    if first <= last:
        return (first, last), False
    return (min(days[0] for days in known), max(days[1] for days in known)), True


def _day(iso: str, *, last: bool) -> str:
    """Return the first or last day of an ISO date, "" where it is none."""
    try:
        year, month, day = [*(int(part) for part in iso.split("-")), 0, 0][:3]
        month = month or (12 if last else 1)
        day = day or (calendar.monthrange(year, month)[1] if last else 1)
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
