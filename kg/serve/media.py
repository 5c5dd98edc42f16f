"""Which of several media types a client would rather have.

Source: RFC 9110, section 12.5.1 (Accept) and 12.4.2 (quality values).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
NTRIPLES = "application/n-triples"
RDF_XML = "application/rdf+xml"
JSON_LD = "application/ld+json"
HTML = "text/html"

RESULTS = (JSON, XML, CSV, TSV)
"""Of SELECT and ASK, the first where a client has no wish."""
GRAPHS = (TURTLE, NTRIPLES, RDF_XML, JSON_LD)
"""Of CONSTRUCT and DESCRIBE, the first where a client has no wish."""
ALIASES = {"application/json": JSON, "application/xml": XML, "text/xml": XML}
"""What clients ask for and mean the other; answered as the other."""

_RANGE = re.compile(r"\s*([\w.+*-]+/[\w.+*-]+)\s*((?:;[^,]*)?)", re.ASCII)
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """Return the offered type that a client likes best, the earlier of two alike; None where it takes none.

    Args:
        accept: the value of an Accept header; empty takes anything.
        offered: media types without parameters, the server's own choice first.

    >>> preferred("text/csv;q=0.5, application/json", RESULTS)
    'application/sparql-results+json'
    >>> preferred("image/png", RESULTS) is None
    True
    """
    ranges = _ranges(accept)
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda one: _quality(one, ranges))  # max returns the first of equals
    return best if _quality(best, ranges) > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accept.split(","):
        if match := _RANGE.fullmatch(part):
            name = match[1].lower()
            quality = _QUALITY.search(match[2])
            value = min(1.0, float(quality[1])) if quality else 1.0
            for one in {name, ALIASES.get(name, name)}:
                found[one] = max(value, found.get(one, 0.0))
    return found


def _quality(name: str, ranges: dict[str, float]) -> float:
    """Return the quality of a type: the most specific range that covers it decides."""
    kind = name.partition("/")[0]
    return next((ranges[one] for one in (name, f"{kind}/*", "*/*") if one in ranges), 0.0)
