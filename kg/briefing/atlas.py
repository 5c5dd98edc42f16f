"""Outlines of countries, read from the map that the explorer carries, projected and cut to a frame.

Source of the format: The TopoJSON Format Specification, sections 2.1.2 (transform) and 2.1.4 (arcs).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from typing import Any, TypeAlias

from kg.view.vendored import vendored

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]

_NEAR = 0.9  # units of the picture: points nearer to the last one than that are left out
_SPECK = 1.0  # square units: smaller islands are left out
_EDGE = 4.0  # units beyond the frame at which outlines are cut, so that no cut is drawn


@dataclass(frozen=True, slots=True)
class Country:
    """A country's name and the rings of its polygons, outer ones and holes, in degrees east and north.

    A ring that crosses the meridian of 180° goes on beyond it, so that neighbours in it are neighbours.
    """

    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of `width` by `height` units over a piece of the globe, equirectangular about its middle.

    `west` and `north` are the degrees of its upper left corner, `scale` units for a degree of latitude.
    """

    west: float
    north: float
    scale: float
    shrink: float
    width: float
    height: float

    def place(self, longitude: float, latitude: float) -> Point:
        """Return where a point of the globe lies in the picture, in units from the upper left corner."""
        return (longitude - self.west) * self.scale * self.shrink, (self.north - latitude) * self.scale


def frame(points: Sequence[Point], width: float, height: float, *, least: float = 5.0) -> Frame:
    """Return the frame around points of longitude and latitude, with a margin.

    Args:
        points: at least one.
        width: units of the picture.
        height: likewise.
        least: degrees of latitude that it shows at least.
    """
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    middle = (min(latitudes) + max(latitudes)) / 2
    shrink = max(0.2, math.cos(math.radians(middle)))
    high = max(least, (max(latitudes) - min(latitudes)) * 1.5)
    wide = max(least, (max(longitudes) - min(longitudes)) * 1.5 * shrink)
    scale = min(height / high, width / wide)
    west = (min(longitudes) + max(longitudes)) / 2 - width / scale / shrink / 2
    return Frame(west, middle + height / scale / 2, scale, shrink, width, height)


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries in the order of their names.

    Raises:
        ExportError: the map is missing or changed.
    """
    topology = json.loads(vendored("world-atlas"))
    arcs = _arcs(topology)
    found = [
        Country(str(shape["properties"]["name"]), tuple(_ring(arcs, ring) for ring in _rings(shape)))
        for shape in topology["objects"]["countries"]["geometries"]
        if shape.get("arcs")
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def outline(country: Country, view: Frame) -> tuple[Ring, ...]:
    """Return the rings of a country as they lie in a frame, cut just beyond its edge; none of one outside."""
    left, right, top, bottom = -_EDGE, view.width + _EDGE, -_EDGE, view.height + _EDGE
    found = []
    for ring, turn in product(country.rings, (-360.0, 0.0, 360.0)):
        points = [view.place(x + turn, y) for x, y in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) < left or min(xs) > right or max(ys) < top or min(ys) > bottom:
            continue
        for axis, bound, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
            points = _cut(points, axis, bound, sign)
        if len(thin := _thinned(points)) > 2 and area(thin) >= _SPECK:
            found.append(thin)
    return tuple(found)


def area(ring: Ring) -> float:
    """Return the area of a ring in square units, whichever way round it goes."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in _sides(ring))) / 2


def centre(ring: Ring) -> Point:
    """Return the centre of mass of a ring, its first point where it has no area."""
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in _sides(ring))
    if not twice:
        return ring[0]
    x, y = (
        sum((a[axis] + b[axis]) * (a[0] * b[1] - b[0] * a[1]) for a, b in _sides(ring)) / (3 * twice)
        for axis in (0, 1)
    )
    return x, y


def _sides(ring: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    (across, up), (east, north) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for step in steps:
            x, y = x + step[0], y + step[1]
            points.append((x * across + east, y * up + north))
        arcs.append(points)
    return arcs


def _rings(shape: dict[str, Any]) -> list[list[int]]:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def _ring(arcs: Sequence[Sequence[Point]], numbers: Sequence[int]) -> Ring:
    """Return the points of a ring. Arc ~n is arc n backwards; each begins where the last one ended."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return _unrolled(points[:-1])


def _unrolled(points: Sequence[Point]) -> Ring:
    """Return a ring without leaps from one end of the map to the other; around a pole it is closed there."""
    turns, found = 0.0, [points[0]]
    for (before, _), (x, y) in pairwise(points):
        turns += 360.0 if x - before < -180 else -360.0 if x - before > 180 else 0.0
        found.append((x + turns, y))
    if abs(found[-1][0] - found[0][0]) > 180:
        pole = 90.0 if found[0][1] > 0 else -90.0
        found += [(found[-1][0], pole), (found[0][0], pole)]
    return tuple(found)


def _cut(points: Sequence[Point], axis: int, bound: float, sign: int) -> list[Point]:
    """Return the part of a polygon on one side of a line (Sutherland and Hodgman 1974)."""
    kept: list[Point] = []
    for a, b in _sides(points) if points else ():
        inside, next_inside = sign * (a[axis] - bound) >= 0, sign * (b[axis] - bound) >= 0
        if inside:
            kept.append(a)
        if inside != next_inside:
            share = (bound - a[axis]) / (b[axis] - a[axis])
            kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
    return kept


def _thinned(points: Sequence[Point]) -> Ring:
    kept: list[Point] = []
    for x, y in points:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _NEAR:
            kept.append((round(x, 1), round(y, 1)))
    return tuple(kept)
