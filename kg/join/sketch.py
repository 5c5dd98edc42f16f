"""A sketch: what `Measure` looks at in a portrait, as one line of text that the index keeps.

With it, a telling that shares a block with a new one is compared without its report being read.
"""

from __future__ import annotations

import json

from kg.join.portrait import Portrait
from kg.model import Count, Telling

_FORM = 2  # of the line; one in another form, written by another version, is not read
_SETS = ("places", "towns", "tactics", "doers", "aimed_at", "cast")


def sketched(portrait: Portrait, *, alone: bool) -> str:
    """Return the sketch of a portrait that has a window of days.

    Args:
        portrait: of a unit.
        alone: whether the unit is one telling, so that its portrait says all that may speak against a join.
    """
    assert portrait.days is not None
    telling, sets = portrait.telling, [sorted(getattr(portrait, name)) for name in _SETS]
    tolls = [[count.low, count.high] if count else [] for count in (portrait.killed, portrait.wounded)]
    values = [_FORM, alone, telling.report, telling.type, portrait.days, *tolls]
    values += [portrait.supposed, portrait.known, *sets]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def read(telling: str, line: str) -> tuple[Portrait, bool] | None:
    """Return what a sketch keeps of a portrait, without its words, and whether its unit is one telling.

    Returns:
        None where the line is of another version.
    """
    form, *values = json.loads(line)
    if form != _FORM:
        return None
    alone, report, type_, days, killed, wounded, supposed, known, *sets = values
    places, towns, tactics, doers, aimed_at, cast = map(frozenset, sets)
    drawn = Portrait(
        telling=Telling(telling, report, type_, 0, 0), published="", days=(days[0], days[1]),
        places=places, towns=towns, tactics=tactics, doers=doers, aimed_at=aimed_at, cast=cast,
        unnamed=frozenset(), killed=Count(*killed) if killed else None,
        wounded=Count(*wounded) if wounded else None, supposed=supposed, known=known, lead=None,
        wordings=frozenset(),
    )  # fmt: skip
    return drawn, alone
