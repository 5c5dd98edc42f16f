"""A briefing: what the store holds on one actor in a period, composed in the order in which it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.briefing import accounts, standing
from kg.briefing import deeds as doing
from kg.briefing.chart import Chart, chart
from kg.briefing.deeds import Deed, deeds
from kg.briefing.locator import Map, locator
from kg.briefing.note import Note, Notes
from kg.briefing.part import Cell, Line, Section, Table, cell
from kg.briefing.period import Period, period
from kg.briefing.record import Record, record
from kg.dates import printed
from kg.registry.lineage import last_day
from kg.view.palette import words

if TYPE_CHECKING:
    from kg.store import Store


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a briefing says, before it is written as HTML or Markdown.

    `slug` is the local name of the actor, `lead` the summary; `reports` is the table of the reports that
    the footnotes come from.
    """

    slug: str
    title: str
    subtitle: str
    lead: tuple[Line, ...]
    sections: tuple[Section, ...]
    chart: Chart | None
    map: Map | None
    reports: Table
    notes: tuple[Note, ...]

    def html(self) -> str:
        """Return the briefing as one page that asks nothing of the network."""
        from kg.briefing.writing import html

        return html(self)

    def markdown(self) -> str:
        """Return the briefing as Markdown with tables and footnotes."""
        from kg.briefing.writing import markdown

        return markdown(self)


def briefing(store: Store, actor: str, *, since: str = "", until: str = "") -> Briefing:
    """Return the briefing on an actor.

    Args:
        store: any store.
        actor: a name, alias, slug, reference or IRI.
        since: ISO date in any precision; "" leaves the period open.
        until: likewise, and inclusive: "2018-06" lets in all of June.

    Raises:
        UsageError: no or more than one actor has that name, or the period is none.
    """
    held = record(store, actor, period(since, until))
    found = deeds(held)
    newest = _newest(held)
    day = held.period.last or newest
    notes = Notes(held.addresses)
    lead = _lead(held, notes, found)
    sections = (
        standing.profile(held, notes),
        standing.standing(held, notes, day),
        standing.leaders(held, notes),
        standing.lineage(held, notes),
        doing.timeline(held, notes, found),
        doing.places(held, notes, found),
        doing.targets(held, notes, found),
        accounts.claims(held, notes),
        accounts.contested(held, notes, found),
    )
    said = notes.all()
    return Briefing(
        slug=held.slug,
        title=held.label,
        subtitle=f"Briefing, {held.period.words or 'all dates'}",
        lead=lead,
        sections=sections,
        chart=chart(found, standing.spans(held), held.period, newest),
        map=locator(held, found),
        reports=_reports(said),
        notes=said,
    )


def _newest(held: Record) -> str:
    """Return the last day on which a report can have been published, "" where none has a date."""
    dates = [row["last"] for row in held.ask("sources") if row["last"]]
    return max((last_day(date[:10]) for date in dates), default="")


def _lead(held: Record, notes: Notes, found: Sequence[Deed]) -> tuple[Line, ...]:
    """Return who the actor is, what the reports tell of it in the period, and what is in doubt."""
    about = held.about
    cited = tuple(sorted(notes.source(reference, title) for reference, title in held.sources))
    kind = "unnamed actor" if about["unnamed"] else words(about["type"])
    article = "an" if kind[0] in "aeiou" else "a"
    network = about["family_label"] if about["family_label"] != held.label else ""
    of = f" of the {network} network" if network else ""
    theatre = f", active in {_listed(about['theatre'])}" if about["theatre"] else ""
    doubt = "" if cited else " The registry cites no source for this."
    lines = [Line(f"{held.label} is {article} {kind}{of}{theatre}.{doubt}", cited)]
    inside = f", {held.period.words}" if held.period.words else ""
    if not found:
        lines.append(Line(f"No report in the store tells of an event with a part of {held.label}{inside}."))
        return tuple(lines)
    sure = [one for one in found if one.part == "did" and one.sure]
    doubtful = [one for one in found if one.part == "did" and not one.sure]
    suffered = [one for one in found if one.part == "suffered"]
    rest = len(found) - len(sure) - len(doubtful) - len(suffered)
    counts = (
        (len(sure), "laid to it undisputed"),
        (len(doubtful), "laid to it but contested or only suspected"),
        (len(suffered), "in which it was the target"),
        (rest, "in which it had another part"),
    )
    parts = [f"{number:,} {name}" for number, name in counts if number]
    undated = sum(not one.earliest for one in found)
    tail = f" {undated:,} of them without a date." if undated else ""
    events = "1 event" if len(found) == 1 else f"{len(found):,} events"
    lines.append(
        Line(
            f"The reports tell of {events} with a part of it{inside}: "
            f"{_listed(parts)}.{tail} The timeline gives the words and sources of each."
        )
    )
    return tuple(lines)


def _listed(names: Sequence[str]) -> str:
    """Return names as words: "a, b and c"."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _reports(said: Sequence[Note]) -> Table:
    """Return the reports and documents behind the footnotes, by date, with the numbers that cite them."""
    numbers: dict[tuple[str, str, str, str, bool], list[int]] = {}
    for one in said:
        key = (one.published, one.outlet, one.title, one.url, one.registry)
        numbers.setdefault(key, []).append(one.number)
    rows: list[tuple[Cell, ...]] = []
    for (published, outlet, title, _, registry), cited in sorted(
        numbers.items(), key=lambda item: (item[0][4], item[0])
    ):
        named = "cited by the registry" if registry else outlet or "unknown outlet"
        rows.append(
            (
                cell(printed(published) or "no date"),
                cell(named),
                cell(title or "no title"),
                cell("", tuple(cited)),
            )
        )
    return Table(("date", "outlet", "title", "footnotes"), tuple(rows))


__all__ = ["Briefing", "Period", "briefing"]
