"""The timeline of a briefing: events as columns over a scale of time, and what lasted as bars below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.briefing.deeds import Deed
from kg.briefing.period import Period
from kg.briefing.standing import Span
from kg.dates import printed

WIDTH = 720.0
_LEFT, _RIGHT, _TOP, _HIGH = 34.0, 12.0, 16.0, 130.0
_LANE = 20.0
_UNIT = 40.0  # the most that one event is high
_MOST_BINS = 60
_MOST_LANES = 14
_LETTER = 6.6  # units that a letter of a label takes at most

PARTS = ("did", "did-disputed", "suffered", "other")
"""The kinds of column, from the bottom up."""
NAMES = {
    "did": "laid to it",
    "did-disputed": "laid to it, contested or suspected",
    "suffered": "suffered by it",
    "other": "other part in it",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A piece of a column, in units of the picture."""

    x: float
    y: float
    width: float
    height: float
    part: str
    told: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the scale with its words; `y` is where a line of the vertical scale lies."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """What lasted: from where to where, and its words; `unsure` where no beginning is stated."""

    x: float
    y: float
    width: float
    text: str
    text_x: float
    anchor: str
    told: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture, and the same as rows of a table: period, then a number for each part."""

    width: float
    height: float
    base: float
    left: float
    right: float
    columns: tuple[Column, ...]
    scale: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    parts: tuple[str, ...]
    table: tuple[tuple[str, tuple[int, ...]], ...]
    unit: str
    told: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """Steps of time of one length (in months) from `first`, each as wide as the other."""

    first: int
    count: int
    months: int

    def position(self, day: str) -> float:
        """Return where a day lies, in steps from the left."""
        year, month, date = (int(part) for part in day.split("-"))
        return (year * 12 + month - 1 - self.first + (date - 1) / 31) / self.months

    def name(self, step: int) -> str:
        year, month = divmod(self.first + step * self.months, 12)
        if self.months == 1:
            return printed(f"{year:04}-{month + 1:02}")
        if self.months == 3:
            return f"{year:04} Q{month // 3 + 1}"
        return f"{year:04}" if self.months == 12 else f"{year:04}-{year + self.months // 12 - 1:04}"


def part_of(one: Deed) -> str:
    """Return the kind of column that an event is counted in."""
    return one.part if one.part != "did" or one.sure else "did-disputed"


def chart(found: Sequence[Deed], spans: Sequence[Span], period: Period, last_known: str) -> Chart | None:
    """Return the chart, None where nothing has a date.

    Args:
        found: events in order of time; each counts in the step of its first possible day.
        spans: what lasted.
        period: the ends of the scale where they are given.
        last_known: the day up to which what is open is drawn, "" for the last day of anything.
    """
    dated = [one for one in found if one.earliest]
    lasting = [one for one in spans if _meets(one, period)]
    days = [one.earliest for one in dated]
    days += [day for one in lasting for day in (one.begin, one.end) if day and _inside(day, period)]
    days += [day for day in (period.first, period.last) if day]
    if not dated and not lasting:
        return None
    if last_known and _inside(last_known, period):
        days.append(last_known)
    first = period.first or min(days)
    last = period.last or max(days)
    scale = _scale(first, last)
    wide = (WIDTH - _LEFT - _RIGHT) / scale.count
    counts = Counter((_step(scale, one.earliest), part_of(one)) for one in dated)
    parts = tuple(part for part in PARTS if any(key[1] == part for key in counts))
    tallest = max((sum(counts[step, part] for part in parts) for step in range(scale.count)), default=0)
    high = min(_HIGH, _UNIT * tallest)
    base = _TOP + high
    lanes = lasting[:_MOST_LANES]
    table = tuple(
        (scale.name(step), row)
        for step in range(scale.count)
        if any(row := tuple(counts[step, part] for part in parts))
    )
    unit = {1: "month", 3: "quarter", 12: "year"}.get(scale.months, f"{scale.months // 12} years")
    return Chart(
        width=WIDTH,
        height=base + 26 + len(lanes) * _LANE + (8 if lanes else 0),
        base=base,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        columns=tuple(_columns(scale, wide, counts, parts, (base, high / tallest if tallest else 0.0))),
        scale=tuple(_levels(tallest, base, high)),
        ticks=tuple(_ticks(scale, wide, base)),
        bars=tuple(_bar(one, scale, wide, base + 34 + lane * _LANE, last) for lane, one in enumerate(lanes)),
        parts=parts,
        table=table,
        unit=unit,
        told=_told(dated, counts, parts, lanes, (first, last)),
    )


def _inside(day: str, period: Period) -> bool:
    return not (period.first and day < period.first) and not (period.last and day > period.last)


def _meets(one: Span, period: Period) -> bool:
    return not (period.last and one.begin > period.last) and not (
        one.end and period.first and one.end < period.first
    )


def _scale(first: str, last: str) -> _Scale:
    """Return the finest scale from a day to a day that has few enough steps."""
    begin, end = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (first, last))
    for months in (1, 3, 12, 60, 120, 600):
        start = begin - begin % months
        if (count := (end - start) // months + 1) <= _MOST_BINS:
            return _Scale(start, count, months)
    return _Scale(begin - begin % 1200, (end - begin % 1200) // 1200 + 2, 1200)


def _step(scale: _Scale, day: str) -> int:
    """Return the step of a day; what may begin before the scale does is counted in its first step."""
    return min(scale.count - 1, max(0, int(scale.position(day))))


Counts: TypeAlias = Counter[tuple[int, str]]


def _columns(
    scale: _Scale, wide: float, counts: Counts, parts: Sequence[str], up: tuple[float, float]
) -> list[Column]:
    base, unit = up
    thick = min(26.0, max(1.5, wide * 0.8))
    found = []
    for step in range(scale.count):
        y = base
        for part in parts:
            if number := counts[step, part]:
                y -= number * unit
                x = _LEFT + step * wide + (wide - thick) / 2
                told = f"{scale.name(step)}: {number} {NAMES[part]}"
                found.append(
                    Column(_rounded(x), _rounded(y), _rounded(thick), _rounded(number * unit), part, told)
                )
    return found


def _levels(tallest: int, base: float, high: float) -> list[Tick]:
    """Return lines at whole numbers, at most five."""
    if not tallest:
        return []
    steps = (step for power in range(12) for step in (10**power, 2 * 10**power, 5 * 10**power))
    step = next(step for step in steps if tallest / step <= 4)
    return [Tick(_LEFT, _rounded(base - n * high / tallest), f"{n:,}") for n in range(0, tallest + 1, step)]


def _ticks(scale: _Scale, wide: float, base: float) -> list[Tick]:
    """Return the names of steps with room between them: of months and quarters, where few, of each year."""
    room = 8 * _LETTER + 6 if scale.months < 12 else 9 * _LETTER + 6 if scale.months > 12 else 4 * _LETTER + 8
    every = max(1, -int(-room // wide))
    per_year = 12 // scale.months if scale.months < 12 else 1
    while per_year > 1 and every < per_year and per_year % every:
        every += 1
    if per_year > 1 and every > per_year:
        every = -(-every // per_year) * per_year
    offset = -(scale.first // scale.months) % every
    return [
        Tick(_rounded(_LEFT + (step + 0.5) * wide), base, _short(scale, step, every))
        for step in range(offset, scale.count, every)
    ]


def _short(scale: _Scale, step: int, every: int) -> str:
    """Return the name of a step; the year alone where every name is that of a year's first step."""
    whole = scale.months < 12 and every % (12 // scale.months) == 0
    return f"{(scale.first + step * scale.months) // 12:04}" if whole else scale.name(step)


def _bar(one: Span, scale: _Scale, wide: float, y: float, last: str) -> Bar:
    end = WIDTH - _RIGHT

    def across(day: str) -> float:
        return min(end, max(_LEFT, _LEFT + scale.position(day) * wide))

    start, stop = across(one.begin) if one.begin else _LEFT, across(one.end) if one.end else across(last)
    stop = max(stop, start + 3)
    since = f"since {printed(one.begin)}" if one.begin else "beginning not stated"
    until = f"until {printed(one.end)}" if one.end else "no end stated"
    room = len(one.label) * _LETTER + 12
    if room <= stop - start:
        text_x, anchor = start + 6, "start"
    elif stop + room <= WIDTH:
        text_x, anchor = stop + 6, "start"
    else:
        text_x, anchor = start - 6, "end"
    return Bar(
        _rounded(start), _rounded(y), _rounded(stop - start), one.label, _rounded(text_x), anchor,
        f"{one.label}: {since}, {until}", not one.begin,
    )  # fmt: skip


def _told(
    dated: Sequence[Deed], counts: Counts, parts: Sequence[str], lanes: Sequence[Span], ends: tuple[str, str]
) -> str:
    span = f"From {printed(ends[0])} to {printed(ends[1])}"
    kinds = [f"{sum(n for key, n in counts.items() if key[1] == part):,} {NAMES[part]}" for part in parts]
    events = f"{len(dated):,} dated event{'' if len(dated) == 1 else 's'}: {', '.join(kinds)}"
    lasting = f"Below, {len(lanes)} lasting relation{'' if len(lanes) == 1 else 's'}." if lanes else ""
    return f"{span}, {events if dated else 'no dated event'}. {lasting}".strip()


def _rounded(number: float) -> float:
    return round(number, 1)


__all__ = ["NAMES", "PARTS", "Bar", "Chart", "Column", "Tick", "chart", "part_of"]
