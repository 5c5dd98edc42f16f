"""Relations of actors in time: which hold on a day, and who stands above whom."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.registry.entries import Relation

UNDER = ("affiliatedTo", "allegianceTo", "memberOf")
"""The relations by which one actor stands under another for a time."""
LINEAGE = (*UNDER, "mergedInto")


def holding(relations: Iterable[Relation], day: str) -> Iterator[Relation]:
    """Yield the relations that hold on a day; one without a known beginning or end is open on that side.

    A month or year counts whole: what ends in 2016 may hold until its last day.

    Args:
        relations: in any order; theirs is kept.
        day: an ISO date of ten characters.

    >>> since = Relation("assertion:a", "jnim", "allegianceTo", "al-qaeda", valid_from="2017-03")
    >>> [bool(list(holding([since], day))) for day in ("2017-02-28", "2017-03-01")]
    [False, True]
    """
    for one in relations:
        begun = not one.valid_from or first_day(one.valid_from) <= day
        if begun and (not one.valid_to or day <= last_day(one.valid_to)):
            yield one


def cycles(relations: Iterable[Relation]) -> list[str]:
    """Return the slugs of actors that stand above themselves on one and the same day, in order.

    Who left may later stand above whom it was under, so only relations whose times meet make a cycle.
    """
    known = [one for one in relations if one.predicate in LINEAGE]
    days = {first_day(one.valid_from) for one in known if one.valid_from} | {""}
    found: set[str] = set()
    for day in days:
        above: defaultdict[str, set[str]] = defaultdict(set)
        for one in holding(known, day) if day else (one for one in known if not one.valid_from):
            above[one.subject].add(one.object)
        found |= {slug for slug in above if slug in _reached(above, slug)}
    return sorted(found)


def first_day(iso: str) -> str:
    """Return the first day of an ISO date of any precision.

    >>> first_day("2016"), first_day("2016-02"), first_day("2016-02-09")
    ('2016-01-01', '2016-02-01', '2016-02-09')
    """
    return iso + "-01-01"[len(iso) - 10 :] if len(iso) < 10 else iso


def last_day(iso: str) -> str:
    """Return the last day of an ISO date of any precision.

    >>> last_day("2016"), last_day("2016-02"), last_day("2016-02-09")
    ('2016-12-31', '2016-02-29', '2016-02-09')
    """
    if len(iso) == 7:
        return f"{iso}-{calendar.monthrange(int(iso[:4]), int(iso[5:]))[1]:02}"
    return f"{iso}-12-31" if len(iso) == 4 else iso


def _reached(above: defaultdict[str, set[str]], slug: str) -> set[str]:
    todo, seen = list(above[slug]), set()
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            todo.extend(above.get(current, ()))
    return seen
