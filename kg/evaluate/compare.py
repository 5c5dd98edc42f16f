"""When a filler, a toll or a date that was read is one of those that gold accepts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

MAX_ADDED = 3  # words that an answer may have beyond those of gold
MIN_SHARED = 0.5  # share of their words that two phrases must have in common

_LEFT_OUT = frozenset({
    "the", "a", "an", "of", "in", "at", "on", "and", "its", "their", "his", "her", "so", "called", "near",
    "by", "from", "for", "to", "this", "that",
})  # fmt: skip
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc`]")


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a filler that count, in ASCII lower case: no possessives, no small words."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", text))
    plain = re.sub(r"'s\b", "", folded.encode("ascii", "ignore").decode().lower()).replace("'", "")
    return tuple(word for word in re.findall(r"[a-z0-9]+", plain) if word not in _LEFT_OUT)


def same_filler(answers: str, given: str) -> bool:
    """Return whether a filler is one of the answers "A|B".

    It is where it has the same words, or all of an answer's and at most three more. An answer that is a
    phrase and not a name may also be given shorter, or share half of all words.
    """
    found = words(given)
    return bool(found) and any(_same(answer, found) for answer in answers.split("|"))


def _same(answer: str, found: tuple[str, ...]) -> bool:
    wanted = words(answer)
    if not wanted:
        return False
    if wanted == found:
        return True
    ours, theirs = set(wanted), set(found)
    if ours <= theirs:
        return len(theirs - ours) <= MAX_ADDED or (not _is_name(answer) and _overlap(ours, theirs))
    return not _is_name(answer) and (theirs <= ours or _overlap(ours, theirs))


def _overlap(ours: set[str], theirs: set[str]) -> bool:
    return len(ours & theirs) / len(ours | theirs) >= MIN_SHARED


def _is_name(answer: str) -> bool:
    first = next((word for word in re.findall(r"\w+", answer) if word.lower() not in _LEFT_OUT), "a")
    return first[0].isupper()


def same_count(wanted: Any, given: Any) -> bool:  # noqa: ANN401 -- a JSON value
    """Return whether a toll has gold's minimum, and its maximum where gold has one.

    A toll is {"min": N, "max": N or null}, or a number: in gold the minimum alone, else both.
    """
    ours = wanted if isinstance(wanted, Mapping) else {"min": wanted}
    theirs = given if isinstance(given, Mapping) else {"min": given, "max": given}
    low = bool(ours["min"] == theirs.get("min"))
    return low and ("max" not in ours or bool(ours["max"] == theirs.get("max")))


def same_date(wanted: Any, given: Any) -> bool:  # noqa: ANN401 -- a JSON value
    """Return whether a date is resolved as gold has it, in gold's precision.

    Where gold does not resolve it, the phrase must be the same. A date is {"text", "start"?, "end"?} or a
    phrase; an end that is not given is the start.
    """
    ours = wanted if isinstance(wanted, Mapping) else {"text": wanted}
    theirs = given if isinstance(given, Mapping) else {"text": given}
    if ours.get("start"):
        bounds = {name: str(ours[name]) for name in ("start", "end") if ours.get(name)}
        return all(
            str(theirs.get(name) or theirs.get("start") or "")[: len(bound)] == bound
            for name, bound in bounds.items()
        )
    phrase, found = ours.get("text"), theirs.get("text")
    return bool(phrase and found and same_filler(str(phrase).lower(), str(found)))


def minimum(value: Any) -> int | None:  # noqa: ANN401 -- a JSON value
    """Return the least number that a toll allows, None where it states none."""
    low = value.get("min") if isinstance(value, Mapping) else value
    return low if isinstance(low, int) else None
