"""Room for everything: components set side by side, nodes that are too close pushed apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Points: TypeAlias = npt.NDArray[np.float64]
    Indices: TypeAlias = npt.NDArray[np.int64]

Point: TypeAlias = tuple[float, float]

_CELL = 60.0
_NEAR = 62.0
_MARGIN = 75.0
_WIDE = 1.3  # screens are wider than high
_BESIDE = 3  # rings of cells that are tried around a point of its own
_DISTRICT = 24  # cells
_SWEEPS = 120
_FEWER_SWEEPS = 30
_MANY = 3000  # nodes above which fewer sweeps must do
_SLACK = 0.125  # of a pixel: so far short of the least distance counts as there


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
            for spot in _cells(ring)
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
    import numpy as np

    if not placed:
        return {}
    points = np.array(list(placed.values()), dtype=np.float64).reshape(-1, 2)
    # Nodes on one spot have no direction to part in; a step by rank, far below a pixel, gives them one.
    points += np.stack([np.arange(len(points)), np.arange(len(points)) * 0.5], axis=1) * 1e-6
    needs = np.array([room[node] for node in placed], dtype=np.float64)
    for _ in range(_SWEEPS if len(points) <= _MANY else _FEWER_SWEEPS):
        one, other = _close(points, float(needs.max(initial=1.0)))
        apart = points[other] - points[one]
        gap = np.sqrt(apart[:, 0] * apart[:, 0] + apart[:, 1] * apart[:, 1])
        least = (needs[one] + needs[other]) / 2
        tight = gap < least - _SLACK
        if not tight.any():
            break
        one, other, apart, gap, least = one[tight], other[tight], apart[tight], gap[tight], least[tight]
        share = (least - gap) / 2 / gap
        pushes = np.bincount(np.concatenate([one, other]), minlength=len(points))
        for axis in (0, 1):
            step = apart[:, axis] * share
            moved = np.bincount(other, step, len(points)) - np.bincount(one, step, len(points))
            points[:, axis] += moved / np.sqrt(np.maximum(pushes, 1))  # pushed from all sides, less from each
    return {node: (float(x), float(y)) for node, (x, y) in zip(placed, points, strict=True)}


def _close(points: Points, cell: float) -> tuple[Indices, Indices]:
    """Return the pairs of points in the same or a neighbouring cell, each once, as two arrays of indices."""
    import numpy as np

    column, row = np.floor(points / cell).astype(np.int64).T
    wide = int(row.max() - row.min()) + 3
    key = (column - column.min()) * wide + row - row.min() + 1
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    ones, others = [], []
    for beside in (0, wide, 1 - wide, 1, wide + 1):
        start = np.searchsorted(ranked, ranked + beside, "left")
        stop = np.searchsorted(ranked, ranked + beside, "right")
        if not beside:
            start = np.arange(len(order)) + 1  # within a cell, those after it
        count_ = np.maximum(stop - start, 0)
        ones.append(np.repeat(order, count_))
        within = np.arange(int(count_.sum())) - np.repeat(np.cumsum(count_) - count_, count_)
        others.append(order[np.repeat(start, count_) + within])
    return np.concatenate(ones), np.concatenate(others)


class Free:
    """The cells that no node stands in yet."""

    def __init__(self, taken: Iterable[Point]) -> None:
        self._taken = {cell for x, y in taken for cell in _around(x, y)}
        self._walks: dict[tuple[int, int], Iterator[tuple[int, int]]] = {}

    def near(self, x: float, y: float, sway: Point) -> Point:
        """Take a free cell nearby; return its middle, moved by half of `sway` (-0.5 to 0.5) cells."""
        middle = (round(x / _CELL), round(y / _CELL))
        beside = ((middle[0] + a, middle[1] + b) for ring in range(_BESIDE) for a, b in _cells(ring))
        cell = next((one for one in beside if one not in self._taken), None) or self._further(middle)
        self._taken.add(cell)
        return (cell[0] + sway[0] / 2) * _CELL, (cell[1] + sway[1] / 2) * _CELL

    def _further(self, middle: tuple[int, int]) -> tuple[int, int]:
        """Return the next free cell around the middle of the district: one walk for all who crowd there."""
        district = (middle[0] // _DISTRICT, middle[1] // _DISTRICT)
        walk = self._walks.setdefault(district, _outward(district))
        return next(cell for cell in walk if cell not in self._taken)


def _outward(district: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the cells around the middle of a district, ring after ring, without end."""
    across, down = ((axis + 0.5) * _DISTRICT for axis in district)
    for ring in count():
        yield from ((int(across) + a, int(down) + b) for a, b in _cells(ring))


def _around(x: float, y: float) -> Iterator[tuple[int, int]]:
    """Yield the cells in which a node would touch one at this point."""
    across, down = round(x / _CELL), round(y / _CELL)
    for cell in ((across + a, down + b) for a in (-1, 0, 1) for b in (-1, 0, 1)):
        if (cell[0] * _CELL - x) ** 2 + (cell[1] * _CELL - y) ** 2 < _NEAR**2:
            yield cell


def _box(spot: tuple[int, int], wide: int, high: int) -> set[tuple[int, int]]:
    left, top = spot[0] - wide // 2, spot[1] - high // 2
    return {(x, y) for x in range(left, left + wide) for y in range(top, top + high)}


@lru_cache(maxsize=4096)
def _cells(ring: int) -> tuple[tuple[int, int], ...]:
    return tuple(_ring(ring))


def _ring(ring: int) -> Iterator[tuple[int, int]]:
    """Yield the cells of the edge of a rectangle around the middle, nearest the axes first."""
    across, down = int(ring * _WIDE), ring
    cells = {(x, y) for x in range(-across, across + 1) for y in (-down, down)}
    cells |= {(x, y) for x in (-across, across) for y in range(-down, down + 1)}
    yield from sorted(cells, key=lambda cell: (abs(cell[0]) / _WIDE + abs(cell[1]), cell))
