"""The map of a briefing: where the events were, over the outlines of countries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.briefing.atlas import Frame, Point, area, centre, countries, frame, outline
from kg.briefing.deeds import Deed
from kg.briefing.record import Record

WIDTH, HEIGHT = 720.0, 440.0
_LETTER = 6.4  # units that a letter of a label takes at most, so that labels don't meet
_LINE = 15.0
_LEAST_LAND = 5000.0  # square units of a country that is named


@dataclass(frozen=True, slots=True)
class Spot:
    """A circle: where, how large, how many events, whether all of them are disputed, whether it is only about there."""

    x: float
    y: float
    radius: float
    name: str
    events: int
    disputed: bool
    exact: bool

    @property
    def told(self) -> str:
        """What a reader is told of it."""
        events = f"{self.events} event{'' if self.events == 1 else 's'}"
        more = (", contested or suspected" * self.disputed, "" if self.exact else ", about the middle of it")
        return f"{self.name}: {events}{''.join(more)}"


@dataclass(frozen=True, slots=True)
class Label:
    """Words on the map, by the left end of their line or by their middle."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Map:
    """Land as paths of SVG, names of countries, circles, and names of places where there is room."""

    width: float
    height: float
    land: tuple[str, ...]
    countries: tuple[Label, ...]
    spots: tuple[Spot, ...]
    names: tuple[Label, ...]
    told: str


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return not (
            self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top
        )


def locator(record: Record, found: Iterable[Deed]) -> Map | None:
    """Return the map of events, None where none of them can be located."""
    where: dict[str, list[Deed]] = {}
    for one in found:
        for place in one.places:
            if "latitude" in record.graph.nodes[place]:
                where.setdefault(place, []).append(one)
    if not where:
        return None
    view = frame([_degrees(record, place) for place in where], WIDTH, HEIGHT)
    spots = tuple(
        _spot(record, view, place, some)
        for place, some in sorted(where.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    taken = [_Box(one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius) for one in spots]
    names = _names(spots, taken)
    land, called = _land(view, taken)
    places = f"{len(spots)} place{'' if len(spots) == 1 else 's'}"
    listed = "; ".join(one.told for one in spots[:12])
    return Map(WIDTH, HEIGHT, land, called, spots, names, f"{places} with events. {listed}.")


def _degrees(record: Record, place: str) -> Point:
    data = record.graph.nodes[place]
    return float(data["longitude"]), float(data["latitude"])


def _spot(record: Record, view: Frame, place: str, some: Sequence[Deed]) -> Spot:
    x, y = view.place(*_degrees(record, place))
    radius = min(26.0, 4.5 * len(some) ** 0.5 + 1.5)
    disputed = not any(one.sure for one in some)
    exact = bool(record.graph.nodes[place]["exact"])
    return Spot(round(x, 1), round(y, 1), round(radius, 1), record.name(place), len(some), disputed, exact)


def _names(spots: Sequence[Spot], taken: list[_Box]) -> tuple[Label, ...]:
    """Return the names that find room beside their circle, the busiest first; `taken` grows by their boxes."""
    found = []
    for one in spots:
        wide, gap = len(one.name) * _LETTER, one.radius + 4
        sides = (
            (one.x + gap, one.y + 4, "start"),
            (one.x - gap, one.y + 4, "end"),
            (one.x, one.y - gap, "middle"),
            (one.x, one.y + gap + 10, "middle"),
        )
        for x, y, anchor in sides:
            left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
            box = _Box(left, y - _LINE + 4, left + wide, y + 4)
            if box.left >= 2 and box.right <= WIDTH - 2 and box.top >= 2 and box.bottom <= HEIGHT - 2:
                if not any(box.meets(other) for other in taken):
                    taken.append(box)
                    found.append(Label(round(x, 1), round(y, 1), one.name, anchor))
                    break
    return tuple(found)


def _land(view: Frame, taken: list[_Box]) -> tuple[tuple[str, ...], tuple[Label, ...]]:
    """Return the outlines as paths, and the names of the countries that are large enough and have room."""
    paths, labels = [], []
    for country in countries():
        rings = outline(country, view)
        if not rings:
            continue
        paths.append("".join(f"M{' '.join(f'{x:g},{y:g}' for x, y in ring)}Z" for ring in rings))
        largest = max(rings, key=area)
        x, y = centre(largest)
        wide = len(country.name) * (_LETTER + 2)
        box = _Box(x - wide / 2, y - _LINE + 4, x + wide / 2, y + 4)
        inside = box.left >= 2 and box.right <= view.width - 2 and box.top >= 2 and box.bottom <= view.height - 2
        if area(largest) >= _LEAST_LAND and inside and not any(box.meets(other) for other in taken):
            taken.append(box)
            labels.append(Label(round(x, 1), round(y, 1), country.name, "middle"))
    return tuple(paths), tuple(labels)
