"""Dates in running text, resolved against the day of publication in the precision that both settle."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.lexicon import Lexicon
from kg.extract.names import Spans
from kg.model import Dating

WEEKDAYS = tuple(d.lower() for d in calendar.day_name)
_LOOSE = ("recent", "holidays", "morning", "afternoon", "evening", "night")  # words of dates in no list
_DIGITS = frozenset({"year"})  # what a number of four digits is a cue of
_AROUND = 60  # code points looked at on either side of a word of time; no date phrase is as long
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date phrase at `start:end` of the text, with its resolved bounds; `since` tells an open end."""

    start: int
    end: int
    dating: Dating
    since: bool = False


def _iso(day: dt.date) -> str:
    return day.isoformat()


def _month_end(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def _unsettled(_hit: re.Match[str], _published: str) -> tuple[str, str]:
    """Return the bounds of a phrase that is a date but settles none."""
    return "", ""


class Times:
    """Finds dates; holds the patterns compiled from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        time = lexicon.time
        self._months = {m: i + 1 for i, m in enumerate(time["months"])}
        self._months |= {
            m: time["month_abbreviations"].index(m) + 1 for m in time["month_abbreviations"][:12]
        }
        self._months["sept"] = 9
        self._days: dict[str, int] = time["days"]
        self._numbers: dict[str, int] = lexicon.numbers["units"]
        month = rf"(?P<month>{'|'.join(sorted(self._months, key=len, reverse=True))})\b\.?"
        weekday = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
        named = f"(?:{'|'.join(WEEKDAYS)})"
        part = rf"(?:\s+(?:{'|'.join(time['parts']['words'])}))?"
        unit = rf"(?P<unit>{'|'.join(time['relative']['units'])})"
        number = rf"(?P<number>\d+|{'|'.join(sorted(self._numbers, key=len, reverse=True))})"
        mod = r"(?:(?:early|late|mid|later|earlier)[\s-]+)?"
        mod_day, barely = r"(?:early|late|later|earlier)", r"(?:less\s+than|just|only|barely)"
        days = "|".join(sorted(map(re.escape, self._days), key=len, reverse=True))
        loosely = r"(?:early\s+|late\s+|mid-?)?"
        lead = r"(?P<since>since\s+)?(?:(?:the\s+)?(?:start|end|beginning|middle)\s+of\s+)?"
        rules: list[tuple[str, str, Callable[[re.Match[str], str], tuple[str, str] | None]]] = [
            ("year", r"(?P<iso>\d{4}-\d\d(?:-\d\d)?)\b", lambda m, _: (m["iso"], m["iso"])),
            (
                "month",
                rf"{month}\s+{_DAY}\s*(?:-|–|to|and)\s*(?P<day2>[0-3]?\d)\b(?:,?\s+{_YEAR})?",
                self._day_span,
            ),
            (
                "month",
                rf"{_DAY}\s*(?:-|–|to|and)\s*(?P<day2>[0-3]?\d)\s+{month}(?:,?\s+{_YEAR})?",
                self._day_span,
            ),
            ("month", rf"(?:(?:on\s+)?{named},?\s+)?{month}\s+{_DAY}\b(?!\d)(?:,?\s+{_YEAR})?", self._day),
            ("month", rf"(?:(?:on\s+)?{named},?\s+)?{_DAY}\s+{month}(?:,?\s+{_YEAR})?", self._day),
            ("month", rf"{lead}{mod}{month}\s+{_YEAR}", self._month),
            (
                "month",
                rf"(?:(?:in|since|by|during|until|last|this|of)\s+){lead}{mod}{month}(?!\s*\d)",
                self._month,
            ),
            (
                "weekday",
                rf"(?:{mod_day}\s+)?(?:on\s+)?(?:(?P<rel>last|next|this)\s+)?{weekday}{part}",
                self._weekday,
            ),
            ("day", rf"(?:{days})\b", self._relative_day),
            ("unit", rf"(?P<rel>last|this|past|previous|next|the\s+past)\s+{unit}\b", self._unit),
            (
                "unit",
                rf"(?:less\s+than\s+|about\s+|some\s+)?{number}\s+{unit}s?\s+(?:ago|earlier)",
                self._ago,
            ),
            (
                "unit",
                r"(?:in\s+)?(?:recent|the\s+(?:last|past)\s+few)\s+(?:days|weeks|months|years)",
                _unsettled,
            ),
            ("unit", rf"(?:{barely}\s+)?{number}\s+{unit}s?\s+(?:later|after|before)", _unsettled),
            ("unit", r"(?:over|at|on)\s+the\s+(?P<unit>weekend)", self._weekend),
            ("loose", r"(?:over|at)\s+the\s+holidays", _unsettled),
            ("year", rf"(?:in|since|by|during|until|from|of)\s+{loosely}{_YEAR}\b", self._year),
        ]
        self._rules = [(cue, re.compile(r"\b" + p, re.IGNORECASE), f) for cue, p, f in rules]
        listed = {"month": self._months, "weekday": WEEKDAYS, "unit": time["relative"]["units"]}
        listed |= {"day": [max(phrase.split(), key=len) for phrase in self._days], "loose": _LOOSE}
        words = {word for entries in listed.values() for word in entries}
        self._cues = {
            word: frozenset(c for c, entries in listed.items() if word.startswith(tuple(entries)))
            for word in words
        }
        anchors = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        self._anchor = re.compile(rf"\b(?:{anchors}|\d{{4}})", re.IGNORECASE)

    def find(self, text: str, published: str) -> list[Moment]:
        """Return the date phrases of a text in order; earlier rules win where two overlap."""
        found: list[Moment] = []
        taken, around = Spans(), self._around(text)
        for cue, pattern, resolve in self._rules:
            for first, last in around.get(cue, ()):
                for hit in pattern.finditer(text, first, last):
                    start, end = hit.span()
                    bounds = None if taken.overlap(start, end) else resolve(hit, published)
                    if bounds is not None:
                        since = text[start:end].lower().startswith("since")
                        found.append(Moment(start, end, Dating(text[start:end], *bounds), since))
                        taken.add(start, end)
        return sorted(found, key=lambda m: m.start)

    def _around(self, text: str) -> dict[str, list[tuple[int, int]]]:
        """Return, by cue, the stretches of a text, cut between words, that have its words of time in them."""
        stretches: dict[str, list[tuple[int, int]]] = {}
        for hit in self._anchor.finditer(text):
            first = text.rfind(" ", 0, max(0, hit.start() - _AROUND)) + 1
            last = text.find(" ", hit.end() + _AROUND)
            last = len(text) if last < 0 else last
            for cue in self._cues.get(hit[0].lower(), _DIGITS):
                known = stretches.setdefault(cue, [])
                begun = known.pop()[0] if known and first <= known[-1][1] else first
                known.append((begun, last))
        return stretches

    def _month_of(self, hit: re.Match[str], published: str) -> tuple[int, int] | None:
        """Return year and month; without a year the last such month not after publication."""
        groups = hit.groupdict()
        name = groups["month"].lower()
        if name == "may" and groups["month"] != "May":
            return None  # the modal verb
        if name == "march" and groups["month"] != "March":
            return None
        month = self._months[name]
        if groups.get("year"):
            return int(groups["year"]), month
        if len(published) < 4:
            return None
        year = int(published[:4])
        if len(published) >= 7 and month > int(published[5:7]) and not hit[0].lower().startswith("by"):
            year -= 1
        return year, month

    def _month(self, hit: re.Match[str], published: str) -> tuple[str, str] | None:
        found = self._month_of(hit, published)
        if found is None:
            return None if hit["month"] in ("may", "march") else ("", "")
        return (_month_end(*found),) * 2

    def _day(self, hit: re.Match[str], published: str) -> tuple[str, str] | None:
        return self._days_of(hit, published, hit["day"], hit["day"])

    def _day_span(self, hit: re.Match[str], published: str) -> tuple[str, str] | None:
        return self._days_of(hit, published, hit["day"], hit["day2"])

    def _days_of(self, hit: re.Match[str], published: str, first: str, last: str) -> tuple[str, str] | None:
        found = self._month_of(hit, published)
        if found is None:
            return None if hit["month"] in ("may", "march") else ("", "")
        try:
            return _iso(dt.date(*found, int(first))), _iso(dt.date(*found, int(last)))
        except ValueError:
            return None

    def _weekday(self, hit: re.Match[str], published: str) -> tuple[str, str] | None:
        if hit["weekday"][0].islower():
            return None
        if len(published) < 10:
            return "", ""
        day = dt.date.fromisoformat(published[:10])
        back = (day.weekday() - WEEKDAYS.index(hit["weekday"].lower())) % 7
        rel = (hit["rel"] or "").lower()
        if rel == "last" and back == 0:
            back = 7
        day = day + dt.timedelta(days=7 - back) if rel == "next" else day - dt.timedelta(days=back)
        return (_iso(day),) * 2

    def _relative_day(self, hit: re.Match[str], published: str) -> tuple[str, str] | None:
        back = self._days[re.sub(r"\s+", " ", hit[0].lower())]
        if len(published) < 10:
            return (published, published) if back == 0 else ("", "")
        day = dt.date.fromisoformat(published[:10]) - dt.timedelta(days=back)
        return (_iso(day),) * 2

    def _unit(self, hit: re.Match[str], published: str) -> tuple[str, str] | None:
        rel, unit = hit["rel"].lower(), hit["unit"].lower()
        if rel not in ("last", "this", "previous"):
            return "", ""
        back = 0 if rel == "this" else 1
        if unit == "year" and len(published) >= 4:
            return (str(int(published[:4]) - back),) * 2
        if unit == "month" and len(published) >= 7:
            total = int(published[:4]) * 12 + int(published[5:7]) - 1 - back
            return (_month_end(total // 12, total % 12 + 1),) * 2
        if unit in ("week", "weekend") and len(published) >= 10:
            day = dt.date.fromisoformat(published[:10])
            monday = day - dt.timedelta(days=day.weekday() + 7 * back)
            first = monday + dt.timedelta(days=5 if unit == "weekend" else 0)
            return _iso(first), _iso(monday + dt.timedelta(days=6))
        return "", ""

    def _weekend(self, _: re.Match[str], published: str) -> tuple[str, str]:
        """Return Saturday and Sunday of the last weekend that had begun by the day of publication."""
        if len(published) < 10:
            return "", ""
        day = dt.date.fromisoformat(published[:10])
        saturday = day - dt.timedelta(days=(day.weekday() - 5) % 7)
        return _iso(saturday), _iso(saturday + dt.timedelta(days=1))

    def _ago(self, hit: re.Match[str], published: str) -> tuple[str, str] | None:
        number, unit = hit["number"].lower(), hit["unit"].lower()
        count = int(number) if number.isdigit() else self._numbers[number]
        if unit in ("day", "week") and len(published) >= 10 and not hit[0].lower().endswith("earlier"):
            day = dt.date.fromisoformat(published[:10]) - dt.timedelta(
                days=count * (7 if unit == "week" else 1)
            )
            return (_iso(day),) * 2
        if unit == "year" and len(published) >= 4:
            return (str(int(published[:4]) - count),) * 2
        return "", ""

    @staticmethod
    def _year(hit: re.Match[str], _: str) -> tuple[str, str] | None:
        return hit["year"], hit["year"]
