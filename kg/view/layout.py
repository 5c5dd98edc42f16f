"""Where the nodes go: a stress layout with pivots, components packed, overlaps pushed apart.

Source: Ortmann, Klimenta, Brandes, "A Sparse Stress Model", Journal of Graph Algorithms and Applications
21(5), 2017: each node keeps its graph distance to its neighbours and to a set of pivots, each pivot
standing for the nodes that are nearest to it. With as many pivots as nodes it is full stress.

Why not a library: networkx's force layouts compare all pairs of nodes, and igraph, which is near-linear,
is under the GNU GPL. Only sums, products, quotients and square roots are used here, element by element
or in a fixed order, so that the same graph gives the same bytes on every machine; trigonometry and
matrix products do not promise that.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from kg.model import content_id
from kg.view.packing import Free, Point, packed, spread

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    import numpy.typing as npt

    Points: TypeAlias = npt.NDArray[np.float64]

EDGE = 150.0
"""Length of an edge in pixels at scale 1."""
_PIVOTS = 120  # full stress up to here; quality gains little beyond, cost grows in proportion
_FEWER_PIVOTS = 50  # above 5,000 nodes
_SWEEPS = 90
_FEWER_SWEEPS = 45  # above 1,500 nodes
_LEAST = 1e-9  # keeps a quotient finite where two nodes coincide
_ROOM = {"actor": 110.0, "event": 56.0, "place": 60.0}  # pixels between the middles of neighbours
_WHOLE = 400  # up to here events and places take part in the layout; above they are set beside their actors

Neighbours: TypeAlias = dict[str, dict[str, float]]
Steps: TypeAlias = Sequence[Sequence[tuple[int, float]]]
"""Of each node, by its number, the numbers of its neighbours and how far they are."""


def positions(graph: nx.MultiDiGraph) -> dict[str, tuple[int, int]]:
    """Return a place for every node, in whole pixels at scale 1, the centre of all at (0, 0).

    Members of a family are drawn together by short distances. In graphs of more than 400 nodes only
    actors are laid out; events stand between those who took part, places amid their events.
    """
    whole = graph.number_of_nodes() <= _WHOLE
    core = [node for node, kind in graph.nodes(data="kind") if whole or kind == "actor"] or list(graph)
    near = _neighbours(graph, core)
    placed = packed([_component(part, near) for part in _components(core, near)])
    room = {node: _ROOM.get(graph.nodes[node].get("kind", ""), 60.0) for node in placed}
    return _centred(_satellites(graph, spread(placed, room)))


def _neighbours(graph: nx.MultiDiGraph, core: Sequence[str]) -> Neighbours:
    """Return the lengths of the edges, in both directions, without loops."""
    near: Neighbours = {node: {} for node in core}
    family = {node: graph.nodes[node].get("family", "") for node in core}
    for start, end, derived in sorted(graph.edges(data="derived")):
        if start != end and start in near and end in near:
            length = 0.8 if family[start] and family[start] == family[end] else 1.0
            if derived and graph.number_of_nodes() <= _WHOLE:
                length = 1.5  # the event between them ties them already
            length = min(length, near[start].get(end, length))
            near[start][end] = near[end][start] = length
    return near


def _components(core: Sequence[str], near: Neighbours) -> list[list[str]]:
    """Return the connected parts, largest first."""
    parts, seen = [], set[str]()
    for node in core:
        if node not in seen:
            part, waiting = [], [node]
            seen.add(node)
            while waiting:
                part.append(waiting.pop())
                fresh = [other for other in near[part[-1]] if other not in seen]
                seen.update(fresh)
                waiting.extend(fresh)
            parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part))


def _component(part: Sequence[str], near: Neighbours) -> dict[str, tuple[float, float]]:
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    if len(part) == 2:
        return {part[0]: (0.0, 0.0), part[1]: (0.75 * EDGE, 0.0)}
    # A part of many nodes is denser than a small one at the same length of edge, so it gets more room.
    points = _stress(part, near) * EDGE * (0.75 + 0.05 * len(part).bit_length())
    return {node: (float(x), float(y)) for node, (x, y) in zip(part, points, strict=True)}


def _stress(part: Sequence[str], near: Neighbours) -> Points:
    import numpy as np

    number = {node: index for index, node in enumerate(part)}
    steps = [[(number[other], length) for other, length in near[node].items()] for node in part]
    pivots, distance = _pivots(steps)
    owned = np.bincount(distance.argmin(axis=1), minlength=len(pivots)).astype(float)
    weight = owned / np.maximum(distance, _LEAST) ** 2
    weight[distance == 0] = 0.0
    edges = [(index, other, length) for index, beside in enumerate(steps) for other, length in beside]
    start, end = (np.array([edge[side] for edge in edges]) for side in (0, 1))
    length = np.array([edge[2] for edge in edges])
    pull = 1.0 / (length * length)
    total = weight.sum(axis=1) + np.bincount(start, pull, len(part))
    points = _seeded(part)
    for _ in range(_SWEEPS if len(part) <= 1500 else _FEWER_SWEEPS):
        axes = []
        to_pivot = points[:, None, :] - points[pivots][None, :, :]
        over = distance / np.maximum(_norm(to_pivot), _LEAST)
        along = points[start] - points[end]
        stretch = length / np.maximum(_norm(along), _LEAST)
        for axis in (0, 1):
            far = (weight * (points[pivots][None, :, axis] + over * to_pivot[:, :, axis])).sum(axis=1)
            close = np.bincount(start, pull * (points[end, axis] + stretch * along[:, axis]), len(part))
            axes.append((far + close) / total)
        points = np.stack(axes, axis=1)
    return points


def _norm(vectors: Points) -> Points:
    import numpy as np

    return np.sqrt(vectors[..., 0] * vectors[..., 0] + vectors[..., 1] * vectors[..., 1])


def _seeded(part: Sequence[str]) -> Points:
    """Return start points drawn from the names, so that they depend on neither order nor clock."""
    import numpy as np

    drawn = (content_id("layout", node) for node in part)
    span = 2.0 * math.sqrt(len(part))
    return np.array([[int(name[:8], 16) / 2**32 * span, int(name[8:], 16) / 2**32 * span] for name in drawn])


def _pivots(steps: Steps) -> tuple[list[int], Points]:
    """Return pivots, each the farthest from those before, and the distance of every node to each."""
    import numpy as np

    hub = max(range(len(steps)), key=lambda index: (len(steps[index]), -index))
    pivots = [hub]
    columns = [_distances(steps, hub)]
    nearest = columns[0].copy()
    wanted = min(_PIVOTS if len(steps) <= 5000 else _FEWER_PIVOTS, len(steps))
    while len(pivots) < wanted:
        pivots.append(int(nearest.argmax()))
        columns.append(_distances(steps, pivots[-1]))
        nearest = np.minimum(nearest, columns[-1])
    return pivots, np.stack(columns, axis=1)


def _distances(steps: Steps, origin: int) -> Points:
    """Return the length of the shortest path from one node to each (Dijkstra); all can be reached."""
    import numpy as np

    known = [math.inf] * len(steps)
    known[origin] = 0.0
    waiting = [(0.0, origin)]
    while waiting:
        length, node = heapq.heappop(waiting)
        if length == known[node]:  # else a shorter way was found meanwhile
            for other, step in steps[node]:
                reached = length + step
                if reached < known[other]:
                    known[other] = reached
                    heapq.heappush(waiting, (reached, other))
    return np.array(known)


def _satellites(graph: nx.MultiDiGraph, placed: Mapping[str, tuple[float, float]]) -> dict[str, Point]:
    """Return free places for what the layout left out: events amid their actors, places amid their events."""
    found = dict(placed)
    free = Free(found.values())
    for kind in ("event", "place"):
        for node in [name for name, one in graph.nodes(data="kind") if one == kind and name not in found]:
            around = sorted({*graph.predecessors(node), *graph.successors(node)})
            known = [found[other] for other in around if other in found] or [(0.0, 0.0)]
            x = sum(point[0] for point in known) / len(known)
            y = sum(point[1] for point in known) / len(known)
            drawn = content_id("satellite", node)
            sway = (int(drawn[:4], 16) / 2**16 - 0.5, int(drawn[4:8], 16) / 2**16 - 0.5)
            found[node] = free.near(x, y, sway)
    return found


def _centred(placed: Mapping[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    def middle(axis: int) -> float:
        values = [point[axis] for point in placed.values()]
        return (min(values) + max(values)) / 2 if values else 0.0

    across, down = middle(0), middle(1)
    return {node: (round(x - across), round(y - down)) for node, (x, y) in sorted(placed.items())}
