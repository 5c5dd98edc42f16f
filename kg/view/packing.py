"""Room for everything: components set side by side, nodes that are too close pushed apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

_CELL = 60.0
_NEAR = 62.0
_MARGIN = 75.0
_WIDE = 1.3  # screens are wider than high
_SWEEPS = 40
_CHECKS = 400_000  # nodes times sweeps: larger graphs get fewer sweeps


def packed(parts: Sequence[Mapping[str, Point]]) -> dict[str, Point]:
    """Return the parts in one plane without overlap: the first in the middle, the others around it.

    Args:
        parts: each with its own coordinates, largest first.
    """
    taken: set[tuple[int, int]] = set()
    placed: dict[str, Point] = {}
    reached: dict[tuple[int, int], int] = {}  # where the search for a box of this size left off
    for part in parts:
        left, top = min(x for x, _ in part.values()), min(y for _, y in part.values())
        wide = int((max(x for x, _ in part.values()) - left + _MARGIN) // _CELL) + 1
        high = int((max(y for _, y in part.values()) - top + _MARGIN) // _CELL) + 1
        ring, spot = next(
            (ring, spot)
            for ring in count(reached.get((wide, high), 0))
            for spot in _ring(ring)
            if not taken & _box(spot, wide, high)
        )
        reached[wide, high] = ring
        taken |= _box(spot, wide, high)
        across, down = (spot[0] - wide / 2) * _CELL, (spot[1] - high / 2) * _CELL
        placed.update({node: (x - left + across, y - top + down) for node, (x, y) in part.items()})
    return placed


def spread(placed: Mapping[str, Point], room: Mapping[str, float]) -> dict[str, Point]:
    """Return the points moved until any two nodes are as far apart as half their rooms together.

    Args:
        placed: where the nodes are.
        room: the diameter each node needs.
    """
    points = {node: [x, y] for node, (x, y) in placed.items()}
    cell = max(room.values(), default=1.0)
    for _ in range(max(4, min(_SWEEPS, _CHECKS // max(1, len(points))))):
        moved = False
        for one, other in _close(points, cell):
            moved |= _parted(points[one], points[other], (room[one] + room[other]) / 2)
        if not moved:
            break
    return {node: (x, y) for node, (x, y) in points.items()}


class Free:
    """The cells that no node stands in yet."""

    def __init__(self, taken: Iterable[Point]) -> None:
        self._taken = {cell for x, y in taken for cell in _around(x, y)}
        self._reached: dict[tuple[int, int], int] = {}

    def near(self, x: float, y: float, sway: Point) -> Point:
        """Take the nearest free cell; return its middle, moved by half of `sway` (-0.5 to 0.5) cells."""
        middle = (round(x / _CELL), round(y / _CELL))
        ring, cell = next(
            (ring, cell)
            for ring in count(self._reached.get(middle, 0))
            for cell in ((middle[0] + a, middle[1] + b) for a, b in _ring(ring))
            if cell not in self._taken
        )
        self._reached[middle] = ring
        self._taken.add(cell)
        return (cell[0] + sway[0] / 2) * _CELL, (cell[1] + sway[1] / 2) * _CELL


def _around(x: float, y: float) -> Iterator[tuple[int, int]]:
    """Yield the cells in which a node would touch one at this point."""
    across, down = round(x / _CELL), round(y / _CELL)
    for cell in ((across + a, down + b) for a in (-1, 0, 1) for b in (-1, 0, 1)):
        if (cell[0] * _CELL - x) ** 2 + (cell[1] * _CELL - y) ** 2 < _NEAR**2:
            yield cell


def _parted(one: list[float], other: list[float], least: float) -> bool:
    """Push two points apart to the least distance; an eighth of a pixel short of it counts as there."""
    across, down = other[0] - one[0], other[1] - one[1]
    gap = math.sqrt(across * across + down * down)
    if gap > least - 0.125:
        return False
    if gap < 1e-6:
        across, down, gap = 1.0, 0.5, 1.118
        share = least / 2 / gap
    else:
        share = (least - gap) / 2 / gap
    one[0], one[1] = one[0] - across * share, one[1] - down * share
    other[0], other[1] = other[0] + across * share, other[1] + down * share
    return True


def _close(points: Mapping[str, Sequence[float]], cell: float) -> Iterable[tuple[str, str]]:
    """Yield the pairs of nodes in the same or a neighbouring cell, each once."""
    cells: dict[tuple[int, int], list[str]] = {}
    for node, (x, y) in points.items():
        cells.setdefault((int(x // cell), int(y // cell)), []).append(node)
    for (x, y), nodes in cells.items():
        for index, one in enumerate(nodes):
            for other in nodes[index + 1 :]:
                yield one, other
        for beside in ((x + 1, y), (x - 1, y + 1), (x, y + 1), (x + 1, y + 1)):
            for other in cells.get(beside, ()):
                for one in nodes:
                    yield one, other


def _box(spot: tuple[int, int], wide: int, high: int) -> set[tuple[int, int]]:
    left, top = spot[0] - wide // 2, spot[1] - high // 2
    return {(x, y) for x in range(left, left + wide) for y in range(top, top + high)}


def _ring(ring: int) -> Iterator[tuple[int, int]]:
    """Yield the cells of the edge of a rectangle around the middle, nearest the axes first."""
    across, down = int(ring * _WIDE), ring
    cells = {(x, y) for x in range(-across, across + 1) for y in (-down, down)}
    cells |= {(x, y) for x in (-across, across) for y in range(-down, down + 1)}
    yield from sorted(cells, key=lambda cell: (abs(cell[0]) / _WIDE + abs(cell[1]), cell))
