"""Blocks: under which keys a telling is filed, so that those it may be joined with are found without a scan.

Each pair that is compared depends on its two tellings alone, so that the events of some tellings can be
found from these and whatever shares a block with them.

Source: blocking in record linkage; Christen, Data Matching (Springer, 2012), chapter 4.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import combinations

from kg.assertion.windows import length_days, overlap
from kg.join.agreement import CEREMONIES, FEW_DAYS, MONTH_DAYS, Measure
from kg.join.portrait import Portrait
from kg.model import content_id

_MIN_WORDING = 8  # words that a sentence must have for its repetition to show a common source
_WORDING_DAYS = 7
_WORDS = "words "
Pair = tuple[Portrait, Portrait, str]


def pairs(drawn: Sequence[Portrait], measure: Measure) -> list[Pair]:
    """Return the pairs that may be one event with the reason, in the order in which they are tried."""
    return [*_same_words(drawn), *_agreeing(drawn, measure)]


def reason(one: Portrait, other: Portrait, measure: Measure) -> str:
    """Return why two portraits may be one event, "" where nothing says so: whether `pairs` has the pair."""
    if one.telling.report != other.telling.report and _soon(one, other) and _wordings(one) & _wordings(other):
        return _SAME_WORDS
    return measure.agreement(one, other) if _subjects(one, measure) & _subjects(other, measure) else ""


def by_agreement(key: str) -> bool:
    """Tell whether what is filed under a key may be one event only by `Measure.agreement`."""
    return not key.startswith(_WORDS)


def filed(portrait: Portrait, measure: Measure) -> frozenset[str]:
    """Return the keys that a portrait is filed under: place or actor and day or month, sentence and week."""
    keys = {_sentence(wording, bucket) for wording in _wordings(portrait) for bucket in _weeks(portrait)[:1]}
    if portrait.days is not None and length_days(portrait.days) <= MONTH_DAYS:
        when = _days(portrait) if length_days(portrait.days) <= FEW_DAYS else _months(portrait)
        keys.update(f"{subject} {one}" for subject in _subjects(portrait, measure) for one in when)
    return frozenset(keys)


def sought(portrait: Portrait, measure: Measure) -> frozenset[str]:
    """Return the keys under which all portraits are filed that may be one event with this one."""
    keys = {_sentence(wording, bucket) for wording in _wordings(portrait) for bucket in _weeks(portrait)}
    if portrait.days is not None and length_days(portrait.days) <= MONTH_DAYS:
        when = [*_days(portrait), *_months(portrait)]
        keys.update(f"{subject} {one}" for subject in _subjects(portrait, measure) for one in when)
    return frozenset(keys)


_SAME_WORDS = "same words, so one source"


def _same_words(drawn: Sequence[Portrait]) -> Iterator[Pair]:
    """Yield the pairs of different reports whose trigger stands at the same point of the same sentence."""
    blocks: dict[str, list[Portrait]] = {}
    for portrait in drawn:
        keys = {_sentence(wording, week) for wording in _wordings(portrait) for week in _weeks(portrait)}
        for key in keys:
            blocks.setdefault(key, []).append(portrait)
    found: dict[tuple[str, str], Pair] = {}
    for block in blocks.values():
        for one, other in combinations(sorted(block, key=lambda portrait: portrait.order), 2):
            if one.telling.report != other.telling.report and _soon(one, other):
                found.setdefault((one.telling.id, other.telling.id), (one, other, _SAME_WORDS))
    yield from sorted(found.values(), key=_pair_order)


def _soon(one: Portrait, other: Portrait) -> bool:
    """Tell whether two days of publication are known and close, or equally imprecise."""
    if len(one.published) == len(other.published) == len("YYYY-MM-DD"):
        return abs(_ordinal(one.published) - _ordinal(other.published)) <= _WORDING_DAYS
    return one.published == other.published


def _agreeing(drawn: Sequence[Portrait], measure: Measure) -> Iterator[Pair]:
    """Yield the pairs that agree, each once; blocks by place or actor and month keep this near-linear."""
    blocks: dict[tuple[str, str], list[Portrait]] = {}
    for portrait in drawn:
        if portrait.days is not None and length_days(portrait.days) <= MONTH_DAYS:
            for subject in sorted(_subjects(portrait, measure)):
                for month in _months(portrait):
                    blocks.setdefault((subject, month), []).append(portrait)
    found: dict[tuple[str, str], Pair] = {}
    for block in blocks.values():
        for one, other in _overlapping(block):
            pair = (one, other) if one.order < other.order else (other, one)
            ids = (pair[0].telling.id, pair[1].telling.id)
            if ids not in found and (why := measure.agreement(*pair)):
                found[ids] = (*pair, why)
    yield from sorted(found.values(), key=_pair_order)


def _overlapping(block: list[Portrait]) -> Iterator[tuple[Portrait, Portrait]]:
    """Yield the pairs of a block whose windows overlap."""
    by_day: dict[str, list[Portrait]] = {}
    for portrait in block:
        if portrait.days is not None:
            by_day.setdefault(portrait.days[0], []).append(portrait)
    in_order = [portrait for day in sorted(by_day) for portrait in by_day[day]]
    for position, one in enumerate(in_order):
        for other in in_order[position + 1 :]:
            assert one.days is not None
            assert other.days is not None
            if other.days[0] > one.days[1]:
                break
            if overlap(one.days, other.days):
                yield one, other


def _subjects(portrait: Portrait, measure: Measure) -> frozenset[str]:
    """Return the towns and actors of which two portraits of one event share one."""
    ceremony = portrait.telling.type in CEREMONIES
    return portrait.towns | (portrait.cast if ceremony else measure.persons(portrait.aimed_at))


def _wordings(portrait: Portrait) -> frozenset[tuple[str, int]]:
    return frozenset(one for one in portrait.wordings if one[0].count(" ") + 1 >= _MIN_WORDING)


def _sentence(wording: tuple[str, int], bucket: str) -> str:
    return f"{_WORDS}{content_id('wording', wording[0], str(wording[1]))} {bucket}"


def _weeks(portrait: Portrait) -> list[str]:
    """Return the week of publication and those beside it; the date itself where it is no day."""
    if len(portrait.published) != len("YYYY-MM-DD"):
        return [portrait.published]
    week = _ordinal(portrait.published) // _WORDING_DAYS
    return [f"week {number}" for number in (week, week - 1, week + 1)]


def _days(portrait: Portrait) -> list[str]:
    assert portrait.days is not None
    first, last = (_ordinal(day) for day in portrait.days)
    return [datetime.date.fromordinal(number).isoformat() for number in range(first, last + 1)]


def _months(portrait: Portrait) -> list[str]:
    """Return the stretches of MONTH_DAYS days that a window lies in, two at most."""
    assert portrait.days is not None
    return [f"month {number}" for number in sorted({_ordinal(day) // MONTH_DAYS for day in portrait.days})]


def _ordinal(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()


def _pair_order(pair: Pair) -> tuple[tuple[bool, str, str], tuple[bool, str, str]]:
    return pair[0].order, pair[1].order
