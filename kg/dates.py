"""ISO dates in the precision that is known: `2019`, `2019-03`, `2019-03-27`."""

from __future__ import annotations

import datetime
import re

_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:\d\d.*)?)?)?$", re.ASCII)


def iso_date(text: str) -> str:
    """Return the date of an ISO 8601 date or date and time, in its precision; "" where it is none.

    The time of day is cut off, not converted: the date is the one that its publisher printed.
    """
    match = _DATE.match(text.strip())
    if match is None:
        return ""
    year, month, day = match.groups()
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(part for part in (year, month, day) if part)


def printed(iso: str) -> str:
    """Return a date to read: "27 Mar 2019", "Mar 2019", "2019"; what is none stays as it is.

    >>> printed("2019-03-27"), printed("2019-03"), printed("")
    ('27 Mar 2019', 'Mar 2019', '')
    """
    if not (date := iso_date(iso)):
        return iso
    year, month, day = (*date.split("-"), "", "")[:3]
    return " ".join(part for part in (day.lstrip("0"), _MONTHS[int(month or 0)], year) if part)
