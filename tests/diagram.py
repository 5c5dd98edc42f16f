"""The model as an SVG of boxes in columns, without a drawing program: the same bytes each time.

A box is a class with the classes under it, its properties row by row, and where they lead. A line is drawn
from a row to the box it leads to where it would cross no other box; the name in the row, in the colour of its
layer, says it everywhere. Coordinates are pixels; text is measured by an estimate wider than usual fonts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from ontology_model import Class, Model, Property

Curve = tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]

WIDTH, GUTTER, MARGIN, TOP = 262, 74, 24, 86  # of a box, between columns, around all, of the heading
HEAD, LINE, GAP, PAD = 39, 16, 14, 10  # of a box: its head, a line of text; between boxes; inside a panel
SIZE, EM = 12, 0.56  # of text: its size, and the width of a letter in ems
STYLE = """
:root { --paper: #ffffff; --panel: #f5f6f8; --box: #ffffff; --rim: #c3c8d0; --ink: #1c2128; --soft: #57606a;
  --slate: #44566c; --amber: #8a5300; --rose: #a3264f; --violet: #6b3fa0; --teal: #0b6b63; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #12161b; --panel: #1a2027; --box: #232a33; --rim: #465160; --ink: #e8ebef; --soft: #a3adb8;
    --slate: #a9bfd8; --amber: #f0b45c; --rose: #ff9dbb; --violet: #c9adff; --teal: #6fd6ca; }
}
.paper { fill: var(--paper); } .panel { fill: var(--panel); } .frame { fill: var(--box); stroke: var(--rim); }
text { font: 12px Helvetica, Arial, 'Liberation Sans', sans-serif; fill: var(--ink); }
.soft { fill: var(--soft); } .kinds { font-style: italic; } .layer, .to { font-weight: bold; }
.title { font-size: 20px; font-weight: bold; } .name { font-size: 14px; font-weight: bold; }
.line { stroke-width: 1.4; opacity: 0.75; }
.slate { fill: var(--slate); } .line.slate { stroke: var(--slate); }
.amber { fill: var(--amber); } .line.amber { stroke: var(--amber); }
.rose { fill: var(--rose); } .line.rose { stroke: var(--rose); }
.violet { fill: var(--violet); } .line.violet { stroke: var(--violet); }
.teal { fill: var(--teal); } .line.teal { stroke: var(--teal); }
.line.slate, .line.amber, .line.rose, .line.violet, .line.teal { fill: none; }
"""


@dataclass(frozen=True, slots=True)
class Panel:
    """A layer: its boxes from top to bottom in one column, `drop` pixels lower than it could be."""

    title: str
    column: int
    hue: str
    boxes: tuple[str, ...]
    drop: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Where things stand, and what properties stand on or lead to beside what the ontology says."""

    panels: tuple[Panel, ...]
    on: Mapping[str, tuple[str, ...]]
    to: Mapping[str, tuple[str, ...]]

    def box(self, model: Model, name: str) -> str:
        """Return the box in which a class is shown: its own or that of the nearest class above."""
        own = {box for panel in self.panels for box in panel.boxes}
        return next((one for one in model.above(name) if one in own), "")

    def hue(self, box: str) -> str:
        """Return the colour of the layer of a box."""
        return next(panel.hue for panel in self.panels if box in panel.boxes)


@dataclass(frozen=True, slots=True)
class Row:
    """Properties of one box that lead to the same boxes, or to values where `to` is empty."""

    to: tuple[str, ...]
    properties: tuple[Property, ...]
    words: tuple[str, ...]


@dataclass(slots=True)
class Placed:
    """A box on the drawing, with the height of each row that leads somewhere."""

    name: str
    column: int
    x: int
    y: int
    height: int = 0
    doors: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)


def planned(path: Path, model: Model) -> Plan:
    """Return the plan of a file.

    Raises:
        SystemExit: a class or a property of the model has no place in it; the message is one line.
    """
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    panels = tuple(
        Panel(one["title"], one["column"], one["hue"], tuple(one["boxes"]), one.get("drop", 0))
        for one in given["panel"]
    )
    extra = {key: {name: tuple(v) for name, v in given.get(key, {}).items()} for key in ("on", "to")}
    plan = Plan(panels, extra["on"], extra["to"])
    for one in model.classes:
        if not plan.box(model, one.name):
            raise SystemExit(
                f"diagram: error: the class {one.name} has no place in {path}: add it to a panel"
            )
    for one in model.properties:
        if not (one.on or one.name in plan.on):
            raise SystemExit(
                f"diagram: error: the property {one.name} stands nowhere: add it to [on] in {path}"
            )
    return plan


def rows(model: Model, plan: Plan, box: str) -> Iterator[Row]:
    """Yield the rows of a box: those with values first, then by where they lead."""
    found: dict[tuple[str, ...], list[tuple[Property, str]]] = {}
    for one in model.properties:
        on = [name for name in (*one.on, *plan.on.get(one.name, ())) if plan.box(model, name) == box]
        if on:
            leads = plan.to.get(one.name, one.to)
            to = tuple(dict.fromkeys(plan.box(model, name) for name in leads))
            narrow = "" if box in on else f" ({', '.join(on)})"
            found.setdefault(to, []).append((one, f"{one.name}{narrow}"))
    for to, pairs in sorted(found.items()):
        yield Row(to, tuple(one for one, _ in pairs), tuple(word for _, word in pairs))


def draw(model: Model, plan: Plan) -> str:
    """Return the drawing as SVG."""
    placed: dict[str, Placed] = {}
    panels, boxes = [], []
    below: dict[int, int] = {}
    for panel in plan.panels:
        x = MARGIN + PAD + panel.column * (WIDTH + GUTTER)
        top = below.get(panel.column, TOP) + panel.drop
        y = top + 30
        for name in panel.boxes:
            box = placed[name] = Placed(name, panel.column, x, y)
            boxes += _box(model, plan, box)
            y += box.height + GAP
        size = f'width="{WIDTH + 2 * PAD}" height="{y - top}"'
        panels.append(
            f'<rect class="panel" x="{x - PAD}" y="{top}" {size} rx="8"/>'
            f'<text class="layer {panel.hue}" x="{x}" y="{top + 19}">{escape(panel.title)}</text>'
        )
        below[panel.column] = y + GAP
    high = max(below.values()) + MARGIN - GAP
    wide = 2 * (MARGIN + PAD) + (max(below) + 1) * (WIDTH + GUTTER) - GUTTER + 2 * PAD
    lines = [line for box in placed.values() for line in _lines(plan, box, placed)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
            f'width="{wide}" height="{high}" role="img" aria-labelledby="heading">',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{wide}" height="{high}"/>',
            *_heading(),
            *panels,
            *lines,
            *boxes,
            "</svg>",
            "",
        ]
    )


def _heading() -> list[str]:
    notes = {
        60: "A box is a class, with the classes under it in italics. A row is its properties and the class"
        " they lead to, in the colour of that class's layer; values come first.",
        76: "Lines are drawn where they cross no other box. Made of kg.ttl and the shapes by"
        " tests/make_diagram.py.",
    }
    title = f'<text class="title" id="heading" x="{MARGIN}" y="38">The model of militant-kg</text>'
    soft = f'<text class="soft" x="{MARGIN}"'
    return [title, *(f'{soft} y="{y}">{note}</text>' for y, note in notes.items())]


def _box(model: Model, plan: Plan, box: Placed) -> list[str]:
    one = next(found for found in model.classes if found.name == box.name)
    kinds = [
        found for found in model.classes if found.name != box.name and plan.box(model, found.name) == box.name
    ]
    hue = plan.hue(box.name)
    x, y = box.x + 10, box.y + HEAD
    text = [
        f'<text class="name {hue}" x="{x}" y="{box.y + 20}">{one.name}</text>',
        f'<text class="soft" x="{x}" y="{box.y + 35}">{escape(_labels(one))}</text>',
    ]
    for line in _wrapped([kind.name for kind in kinds], 0):
        y += LINE
        text.append(f'<text class="kinds" x="{x}" y="{y}">{line}</text>')
    for row in rows(model, plan, box.name):
        y += 5
        label = f"→ {', '.join(row.to)}: " if row.to else ""
        for number, line in enumerate(_wrapped(row.words, len(label))):
            y += LINE
            head = ""
            if number == 0 and row.to:
                box.doors.append((y - 4, row.to))
                names = ", ".join(f'<tspan class="to {plan.hue(name)}">{name}</tspan>' for name in row.to)
                head = f"→ {names}: "
            text.append(f'<text x="{x}" y="{y}">{head}{line}</text>')
    box.height = y + 12 - box.y
    marked = f' data-kinds="{" ".join(kind.name for kind in kinds)}"' if kinds else ""
    return [
        f'<g class="box" id="{box.name}"><title>{escape(_labels(one) + ": " + one.definition)}</title>',
        f'<rect class="frame"{marked} x="{box.x}" y="{box.y}" width="{WIDTH}" height="{box.height}" rx="6"/>',
        *text,
        "</g>",
    ]


def _labels(one: Class) -> str:
    return " · ".join(filter(None, (one.english, one.french)))


def _wrapped(words: list[str] | tuple[str, ...], indent: int) -> Iterator[str]:
    """Yield words, separated by commas, in lines that fit a box; the first has fewer letters by `indent`."""
    most = int((WIDTH - 20) / (SIZE * EM))
    line = ""
    room = most - indent
    for number, word in enumerate(words):
        piece = escape(word) + ("," if number + 1 < len(words) else "")
        if line and len(line) + 1 + len(piece) > room:
            yield line
            line, room = piece, most
        else:
            line = f"{line} {piece}".strip()
    if line:
        yield line


def _lines(plan: Plan, box: Placed, placed: Mapping[str, Placed]) -> Iterator[str]:
    """Yield the lines from the rows of a box to the boxes they lead to, each with its head."""
    for door, names in box.doors:
        for name in names:
            other = placed[name]
            curve = _curve(box, door, other)
            if other is box or _crosses(curve, placed.values(), (box, other)):
                continue
            (a, b), (c, d), (e, f), (x, y) = curve
            tail = x - 7 if e < x else x + 7
            hue = plan.hue(name)
            yield (
                f'<path class="line {hue}" d="M{a} {b}C{c} {d} {e} {f} {x} {y}"/>'
                f'<path class="{hue}" d="M{x} {y}L{tail} {y - 4}L{tail} {y + 4}Z"/>'
            )


def _curve(box: Placed, door: int, other: Placed) -> Curve:
    """Return the four points of the curve from a row to the head of another box.

    Within a column it runs on the right. Heads lie apart by the column that a line comes from.
    """
    way = 1 if other.column >= box.column else -1
    back = -1 if other.column > box.column else 1
    start = box.x + WIDTH if way == 1 else box.x
    end = other.x if back == -1 else other.x + WIDTH
    height = other.y + 10 + 7 * box.column + (4 if door > other.y else 0)
    bend = GUTTER // 2 if other.column == box.column else max(GUTTER, abs(end - start)) // 2
    return (start, door), (start + way * bend, door), (end + back * bend, height), (end, height)


def _crosses(curve: Curve, boxes: Iterable[Placed], ends: tuple[Placed, Placed]) -> bool:
    """Whether a curve runs through a box that is not one of its ends."""
    others = [box for box in boxes if box not in ends]
    for step in range(1, 40):
        t, u = step / 40, 1 - step / 40
        shares = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        x, y = (
            sum(share * point[axis] for share, point in zip(shares, curve, strict=True)) for axis in (0, 1)
        )
        if any(box.x < x < box.x + WIDTH and box.y < y < box.y + box.height for box in others):
            return True
    return False
