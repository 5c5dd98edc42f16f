"""Where a place lies: its own coordinates, else the middle of what lies in it, else of what it lies in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.projection.source import Index
from kg.vocab import GEO, SCHEMA

_DEEP = 8  # containers within containers


def located(index: Index, place: str) -> dict[str, Any]:
    """Return `latitude`, `longitude` in degrees and `exact`, or nothing where no place around is located.

    A place without coordinates of its own is put in the middle of the box around those that lie within
    it, or within the least that contains it; then `exact` is false.
    """
    if point := _own(index, place):
        return {"latitude": point[0], "longitude": point[1], "exact": True}
    around = [place]
    for _ in range(_DEEP):
        points = [point for one in around for inner in _within(index, one) if (point := _own(index, inner))]
        if points:
            middle = [round((min(axis) + max(axis)) / 2, 4) for axis in zip(*points, strict=True)]
            return {"latitude": middle[0], "longitude": middle[1], "exact": False}
        around = sorted({outer for one in around for outer in index.many(one, GEO.sfWithin)})
        if not around:
            break
        if owned := [point for one in around if (point := _own(index, one))]:
            return {"latitude": owned[0][0], "longitude": owned[0][1], "exact": False}
    return {}


def _own(index: Index, place: str) -> tuple[float, float] | None:
    latitude, longitude = index.one(place, SCHEMA.latitude), index.one(place, SCHEMA.longitude)
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        return None
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None


def _within(index: Index, place: str) -> Iterable[str]:
    """Yield a place and all that lies in it, directly or not."""
    waiting, seen = [place], {place}
    while waiting:
        current = waiting.pop()
        yield current
        fresh = [inner for inner in index.inside.get(current, ()) if inner not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
