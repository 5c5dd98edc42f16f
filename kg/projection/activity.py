"""Since when and until when an actor existed under its name, and what its registry entry cites."""

from __future__ import annotations

from typing import Any, NamedTuple

from kg.projection.source import Index
from kg.vocab import DCTERMS, MKG, SCHEMA

_SOURCE = "source:"


class Cited(NamedTuple):
    """A document that the registry cites: its title, and where it can be read, "" where that is not known."""

    title: str
    url: str


def activity(index: Index, actor: str) -> dict[str, Any]:
    """Return `active_from`, `active_to` and `sources` of an actor whose period is known, else nothing.

    The dates are ISO texts of a year, a month or a day, "" where one is not known. The sources are those of
    the whole entry, as `Cited`: the registry does not say which of them gives the dates.
    """
    begin, end = index.one(actor, MKG.activeFrom), index.one(actor, MKG.activeTo)
    if not begin and not end:
        return {}
    return {"active_from": begin, "active_to": end, "sources": _cited(index, actor)}


def _cited(index: Index, actor: str) -> tuple[Cited, ...]:
    found = (
        Cited(index.label(one), index.one(one, SCHEMA.url)) if one.startswith(_SOURCE) else Cited(one, "")
        for one in index.many(actor, DCTERMS.source)
    )
    return tuple(sorted(found))
