"""The period that a briefing is about, and dates to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.dates import iso_date, printed
from kg.errors import UsageError
from kg.registry.lineage import first_day, last_day


@dataclass(frozen=True, slots=True)
class Period:
    """From a date to a date, both in any precision and inclusive; "" leaves a side open."""

    since: str = ""
    until: str = ""

    @property
    def words(self) -> str:
        """The period to read, "" where it is open on both sides."""
        if self.since and self.until:
            since, until = printed(self.since), printed(self.until)
            return since if self.since == self.until else f"{since} to {until}"
        return (
            f"since {printed(self.since)}" if self.since else f"to {printed(self.until)}" * bool(self.until)
        )

    @property
    def first(self) -> str:
        """Its first day, "" where it is open."""
        return first_day(self.since) if self.since else ""

    @property
    def last(self) -> str:
        """Its last day, "" where it is open."""
        return last_day(self.until) if self.until else ""

    @property
    def params(self) -> dict[str, str]:
        """The period as parameters of a named query."""
        return {name: given for name, given in (("since", self.since), ("until", self.until)) if given}


def period(since: str, until: str) -> Period:
    """Return the period between two dates as a person types them.

    Raises:
        UsageError: one is no ISO date, or they are the wrong way round.
    """
    for name, given in (("from", since), ("to", until)):
        if given and not iso_date(given):
            raise UsageError(f"--{name} {given!r} is not an ISO date; write YYYY-MM-DD, YYYY-MM or YYYY")
    found = Period(iso_date(since), iso_date(until))
    if found.first and found.last and found.first > found.last:
        raise UsageError(f"the period ends before it begins: --from {since} --to {until}")
    return found


def precise(bound: str, given: Iterable[str], *, end: bool = False) -> str:
    """Return the date to print for the bound of a state: no more precise than its sources are.

    Args:
        bound: first or last day, as the store has it.
        given: the dates that the statements behind it give, in their precision.
        end: whether it is the last day.

    >>> precise("2017-03-01", ["2017-03", "2016"]), precise("2017-03-31", ["2017-03"], end=True)
    ('2017-03', '2017-03')
    """
    whole = last_day if end else first_day
    same = [date for date in given if iso_date(date) and whole(iso_date(date)) == bound]
    return min(same, key=lambda date: (len(date), date), default=bound)
