"""The map of a briefing: where the events were, over the outlines of countries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.briefing.atlas import Frame, Point, area, centre, countries, frame, outline
from kg.briefing.deeds import Deed
from kg.briefing.record import Record

WIDTH, HEIGHT = 720.0, 440.0
_LETTER = 6.4  # units that a letter of a label takes at most, so that labels don't meet
_LINE = 15.0
_LONGEST = 34  # letters of a label
_LEAST_LAND = 5000.0  # square units of a country that is named


@dataclass(frozen=True, slots=True)
class Spot:
    """A circle: where, how many events, whether all are disputed, whether the place has its own point."""

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
        more = (", contested or suspected" * self.disputed, "" if self.exact else ", placed roughly")
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

    @property
    def fits(self) -> bool:
        """Whether it lies within the map."""
        return self.left >= 2 and self.right <= WIDTH - 2 and self.top >= 2 and self.bottom <= HEIGHT - 2

    def meets(self, other: _Box) -> bool:
        return not (
            self.right < other.left
            or other.right < self.left
            or self.bottom < other.top
            or other.bottom < self.top
        )


def locator(record: Record, found: Iterable[Deed]) -> Map | None:
    """Return the map of events, None where none of them can be located."""
    where: dict[Point, dict[str, list[Deed]]] = {}
    for one in found:
        for place in one.places:
            data = record.graph.nodes[place]
            if "latitude" in data:
                point = float(data["longitude"]), float(data["latitude"])
                where.setdefault(point, {}).setdefault(place, []).append(one)
    if not where:
        return None
    view = frame(list(where), WIDTH, HEIGHT)
    all_spots = (_spot(record, view, point, where[point]) for point in sorted(where))
    spots = tuple(sorted(all_spots, key=lambda one: (-one.events, one.name)))
    taken = [
        _Box(one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius) for one in spots
    ]
    names = _names(spots, taken)
    land, called = _land(view, taken)
    places = f"{len(spots)} circle{'' if len(spots) == 1 else 's'}"
    listed = "; ".join(one.told for one in spots[:12])
    return Map(
        WIDTH, HEIGHT, land, called, spots, names, f"{places}, as large as the events are many. {listed}."
    )


def _spot(record: Record, view: Frame, point: Point, there: Mapping[str, Sequence[Deed]]) -> Spot:
    """Return the circle for the places drawn at one point: a town without its own, and its country."""
    some = {one.event: one for deeds in there.values() for one in deeds}.values()
    x, y = view.place(*point)
    return Spot(
        x=round(x, 1),
        y=round(y, 1),
        radius=round(min(26.0, 4.5 * len(some) ** 0.5 + 1.5), 1),
        name=", ".join(sorted(record.name(place) for place in there)),
        events=len(some),
        disputed=not any(one.sure for one in some),
        exact=any(record.graph.nodes[place]["exact"] for place in there),
    )


def _names(spots: Sequence[Spot], taken: list[_Box]) -> tuple[Label, ...]:
    """Return the names that find room beside their circle, busiest first; `taken` grows by their boxes."""
    found = []
    for one in spots:
        text = one.name if len(one.name) <= _LONGEST else f"{one.name[: _LONGEST - 1]}…"
        wide, gap = len(text) * _LETTER, one.radius + 4
        sides = (
            (one.x + gap, one.y + 4, "start"),
            (one.x - gap, one.y + 4, "end"),
            (one.x, one.y - gap, "middle"),
            (one.x, one.y + gap + 10, "middle"),
        )
        for x, y, anchor in sides:
            left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
            box = _Box(left, y - _LINE + 4, left + wide, y + 4)
            if box.fits and not any(box.meets(other) for other in taken):
                taken.append(box)
                found.append(Label(round(x, 1), round(y, 1), text, anchor))
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
        if area(largest) >= _LEAST_LAND and box.fits and not any(box.meets(other) for other in taken):
            taken.append(box)
            labels.append(Label(round(x, 1), round(y, 1), country.name, "middle"))
    return tuple(paths), tuple(labels)
