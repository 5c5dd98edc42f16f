"""A sketch: what `Measure.agreement` looks at in a portrait, as one line of text that the index keeps.

With it, a telling that shares a block with a new one is compared without its report being read.
"""

from __future__ import annotations

import json

from kg.join.portrait import Portrait
from kg.model import Count, Telling

_FORM = 1  # of the line; one in another form, written by another version, is not read
_SETS = ("towns", "tactics", "doers", "aimed_at", "cast")


def sketched(portrait: Portrait) -> str:
    """Return the sketch of a portrait that has a window of days."""
    assert portrait.days is not None
    killed = [portrait.killed.low, portrait.killed.high] if portrait.killed else []
    telling, sets = portrait.telling, [sorted(getattr(portrait, name)) for name in _SETS]
    values = [_FORM, telling.report, telling.type, portrait.days, killed, portrait.supposed, *sets]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def read(telling: str, line: str) -> Portrait | None:
    """Return what a sketch keeps of a portrait; words, and places that are no towns, are left empty.

    Returns:
        None where the line is of another version.
    """
    form, *values = json.loads(line)
    if form != _FORM:
        return None
    report, type_, days, killed, supposed, *sets = values
    towns, tactics, doers, aimed_at, cast = map(frozenset, sets)
    return Portrait(
        telling=Telling(telling, report, type_, 0, 0), published="", days=(days[0], days[1]),
        places=frozenset(), towns=towns, tactics=tactics, doers=doers, aimed_at=aimed_at, cast=cast,
        unnamed=frozenset(), killed=Count(*killed) if killed else None, wounded=None, supposed=supposed,
        lead=None, wordings=frozenset(),
    )  # fmt: skip
