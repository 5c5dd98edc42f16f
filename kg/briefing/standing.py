"""Who an actor is: its profile, whom it stands under and with, who leads it, where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.briefing.note import Notes, Numbers
from kg.briefing.part import Line, Section, Table, cell
from kg.briefing.period import Period, precise
from kg.briefing.record import Record
from kg.dates import printed
from kg.projection import Statement
from kg.projection.source import local_part
from kg.view.palette import words

_OPEN = "not stated"
UNSOURCED = "The registry cites none for this entry."


@dataclass(frozen=True, slots=True)
class Span:
    """A relation that lasted, for the chart: its words, whose heading it goes under, and its bounds."""

    label: str
    begin: str
    end: str


def profile(record: Record, notes: Notes) -> Section:
    """Return names, kind, network and theatre, as the registry has them or, of an unnamed one, a report."""
    about = record.about
    cited = tuple(sorted(notes.source(reference, title) for reference, title in record.sources))
    kind = "unnamed actor" if about["unnamed"] else words(about["type"])
    facts = (
        ("Kind", kind),
        ("Also called", "; ".join(record.names)),
        ("Network", about["family_label"] if about["family_label"] != record.label else ""),
        ("Active in", ", ".join(about["theatre"])),
        ("Under this name", Period(about.get("active_from", ""), about.get("active_to", "")).words),
        ("Reference", record.actor),
        ("Sources", "" if cited else UNSOURCED),
    )
    rows = tuple((cell(name), cell(value, cited * (name != "Reference"))) for name, value in facts if value)
    return Section(
        "profile", "Profile", "", tables=(Table(("", ""), rows),), commands=(f"kg explain {record.slug}",)
    )


def standing(record: Record, notes: Notes, day: str) -> Section:
    """Return under whom the actor was on a day and who was under it; without a day, at any time."""
    lines: tuple[Line, ...] = ()
    if day:
        heading = f"Allegiance on {printed(day)}"
        found = record.ask("allegiance-on-day", day=day, actor=record.slug)
        if not record.period.until:
            lines = (Line("The day is that of the newest report in the store."),)
        command = record.command("allegiance-on-day", day=day, actor=record.slug)
    else:
        heading = "Allegiance"
        found = record.ask("allegiances", actor=record.slug)
        command = record.command("allegiances", actor=record.slug)
    own = [row for row in found if row["actor"] == record.actor]
    tables = tuple(
        Table(("relation", "since", "until", "sources"), rows, caption)
        for caption, rows in (
            ("It stands under", _lasting(record, notes, own)),
            ("Under it stand", _lasting(record, notes, [row for row in found if row not in own])),
        )
        if rows
    )
    nothing = "The store knows of no allegiance, affiliation or membership that holds then."
    return Section(
        "allegiance", heading, nothing, lines=lines * bool(tables), tables=tables, commands=(command,)
    )


def leaders(record: Record, notes: Notes) -> Section:
    """Return who led the actor or, of a person, whom that person led, with the terms."""
    found = [
        {"actor": row["leader"], "relation": "mkg:leads", "to": row["actor"], **row_dates(row)}
        for row in record.ask("leaders")
        if record.actor in (row["leader"], row["actor"])
    ]
    table = Table(("relation", "since", "until", "sources"), _lasting(record, notes, found))
    person = record.about["type"] == "Person"
    return Section(
        "leaders",
        "Leadership" if person else "Leaders",
        f"The store names {'nothing that this person leads or led' if person else 'no leader'}.",
        tables=(table,),
        commands=(record.command("leaders") if person else record.command("leaders", actor=record.slug),),
    )


def lineage(record: Record, notes: Notes) -> Section:
    """Return splits, mergers and successions, and the allegiances that ended, with dates and sources."""
    rows = []
    for row in record.ask("lineage", actor=record.slug):
        relation = local_part(row["relation"])
        statements = record.behind(row["subject"], relation, row["object"])
        dates = _dates(statements)
        text = f"{record.name(row['subject'])} {words(relation)} {record.name(row['object'])}"
        rows.append(
            (
                dates[0] if dates else "~",
                text,
                (
                    cell(text),
                    cell("; ".join(map(printed, dates)) or _OPEN),
                    cell(local_part(row["status"])),
                    cell("", notes.cite(statements)),
                ),
            )
        )
    rows.sort(key=lambda row: row[:2])
    table = Table(("step", "date", "status", "sources"), tuple(row for *_, row in rows))
    nothing = "The store knows of no split, merger, succession or former allegiance."
    return Section(
        "lineage",
        "Lineage",
        nothing,
        tables=(table,),
        commands=(record.command("lineage", actor=record.slug),),
    )


def spans(record: Record) -> tuple[Span, ...]:
    """Return what lasted and has a date: own allegiances and the terms of leaders, by beginning."""
    own = [row for row in record.ask("allegiances", actor=record.slug) if row["actor"] == record.actor]
    led = [row for row in record.ask("leaders", actor=record.slug) if row["actor"] == record.actor]
    found = {
        Span(f"{words(local_part(row['relation']))} {record.name(row['to'])}", **row_dates(row))
        for row in own
    } | {Span(f"led by {record.name(row['leader'])}", **row_dates(row)) for row in led}
    dated = (span for span in found if span.begin or span.end)
    return tuple(sorted(dated, key=lambda span: (span.begin, span.label, span.end)))


def row_dates(row: dict[str, str]) -> dict[str, str]:
    """Return the bounds of a row."""
    return {"begin": row["begin"], "end": row["end"]}


def _lasting(
    record: Record, notes: Notes, rows: Iterable[dict[str, str]]
) -> tuple[tuple[tuple[Line, ...], ...], ...]:
    """Return a row for each relation: its words, since and until when, and who says so."""
    shown = []
    for row in rows:
        relation = local_part(row["relation"])
        statements = record.behind(row["actor"], relation, row["to"])
        begin = precise(row["begin"], (one.valid_from for one in statements))
        end = precise(row["end"], (one.valid_to for one in statements), end=True)
        text = f"{record.name(row['actor'])} {words(relation)} {record.name(row['to'])}"
        cited: Numbers = notes.cite(statements)
        shown.append(
            (cell(text), cell(printed(begin) or _OPEN), cell(printed(end) or _OPEN), cell("", cited))
        )
    return tuple(shown)


def _dates(statements: Iterable[Statement]) -> list[str]:
    """Return the dates that those who do not deny a step of lineage give for it, without repetition."""
    return sorted({one.valid_from or one.date for one in statements if not one.denies} - {""})
