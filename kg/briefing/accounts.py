"""What is disputed: claims beside denials, and the rival accounts of what is contested, with their tolls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.briefing.deeds import MOST, Deed, toll, when
from kg.briefing.note import Notes
from kg.briefing.part import Cell, Line, Section, Table, cell
from kg.briefing.period import printed
from kg.briefing.record import Record
from kg.projection import Statement
from kg.view.palette import words

Triple = tuple[str, str, str]


def claims(record: Record, notes: Notes) -> Section:
    """Return what the actor claims, and what it or others deny of it, each beside what stands against it."""
    asked = record.ask("claims", actor=record.slug)
    denied = record.ask("denials", actor=record.slug)
    points: dict[Triple, str] = {}
    for row in asked:
        points.setdefault((row["event"], "perpetrator", row["actor"]), row["day"])
    for row in denied:
        points.setdefault((row["subject"], row["relation"].rpartition(":")[2], row["object"]), "")
    kept = [(point, _day(record, point)) for point in points if _falls_in(record, point)]
    kept.sort(key=lambda one: (one[1] or "~", one[0]))
    rows = tuple(_beside(record, notes, point) for point, _ in kept[:MOST])
    caption = f"The first {MOST} of {len(kept):,}" if len(kept) > MOST else ""
    return Section(
        "claims",
        "Claims and denials",
        f"No claim or denial of responsibility by {record.label}, and no denial of what is said of it, is on record.",
        tables=(Table(("point", "who says so", "who denies it", "status"), rows, caption),),
        commands=(
            record.command("claims", actor=record.slug, **record.period.params),
            record.command("denials", actor=record.slug),
        ),
    )


def contested(record: Record, notes: Notes, found: Iterable[Deed]) -> Section:
    """Return the rival accounts: who names whom, with which toll, place and date, how sure."""
    events: dict[str, str] = {}
    relations: list[Triple] = []
    for row in record.ask("contested", actor=record.slug):
        point = row["subject"], row["relation"].rpartition(":")[2], row["object"]
        event = next((one for one in (point[0], point[2]) if one.startswith("event:")), "")
        if event and _falls_in(record, point):
            events[event] = "what happened, or who did it, is disputed"
        elif not event:
            relations.append(point)
    for deed in found:
        if deed.event not in events and len(_tolls(record.of_event(deed.event))) > 1:
            events[deed.event] = "the tolls differ"
    ranked = sorted(events, key=lambda event: (_first_day(record, event) or "~", event))
    tables = [
        Table(
            ("who says so", "perpetrator", "toll", "place and date", "words", "sources"),
            _accounts(record, notes, event),
            f"{record.name(event)}: {events[event]}",
        )
        for event in ranked[:MOST]
    ]
    if relations:
        rows = tuple(_beside(record, notes, point) for point in sorted(relations))
        tables.append(Table(("point", "who says so", "who denies it", "status"), rows, "Relations"))
    cut = f"The first {MOST} of {len(ranked):,} contested events are shown." if len(ranked) > MOST else ""
    return Section(
        "contested",
        "Contested points",
        "Nothing that the store holds of this actor and period is contested.",
        lines=(Line(cut),) if cut else (),
        tables=tuple(tables),
        commands=(record.command("contested", actor=record.slug),),
    )


def _beside(record: Record, notes: Notes, point: Triple) -> tuple[Cell, ...]:
    subject, relation, value = point
    behind = record.behind(*point)
    told: Sequence[Statement] = ()
    if relation == "perpetrator":  # that a claim or denial was made is a statement of its own
        told = [
            one
            for word in ("claimed", "denied")
            for one in record.behind(value, word, subject)
        ]
    for_it = [one for one in behind if not one.denies]
    against = [one for one in behind if one.stance == "denies"]
    status = _status(record, point)
    return (
        cell(_sentence(record, point)),
        _voices(notes, for_it, [one for one in told if one.relation == "claimed"]) or cell("nobody"),
        _voices(notes, against, [one for one in told if one.relation == "denied"]) or cell("nobody"),
        cell(status),
    )


def _voices(notes: Notes, statements: Iterable[Statement], also: Iterable[Statement] = ()) -> Cell:
    """Return a line for each voice: speaker, certainty and words; what only tells of a claim is cited too."""
    lines: dict[tuple[str, str, str], list[Statement]] = {}
    for one in statements:
        lines.setdefault((one.speaker_label or "unknown", one.certainty, one.quote), []).append(one)
    for one in also:
        for key, behind in lines.items():
            if key[2] == one.quote:
                behind.append(one)
                break
        else:
            lines.setdefault((one.speaker_label or "unknown", one.certainty, one.quote), []).append(one)
    return tuple(
        Line(f"{speaker} ({certainty})", notes.cite(behind), quote)
        for (speaker, certainty, quote), behind in lines.items()
    )


def _accounts(record: Record, notes: Notes, event: str) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each account: one passage of a report as one speaker's words."""
    accounts: dict[tuple[str, ...], list[Statement]] = {}
    for one in record.of_event(event):
        key = (one.published, one.report, one.speaker_label, one.certainty, one.quote)
        accounts.setdefault(key, []).append(one)
    rows = []
    for (_, _, speaker, certainty, quote), said in sorted(accounts.items()):
        named = [
            f"{'not ' if one.stance == 'denies' else ''}{one.object_label}"
            for one in said
            if one.relation == "perpetrator"
        ]
        first = next((one for one in said if one.killed or one.wounded or one.missing), said[0])
        numbers = {"killed": first.killed, "wounded": first.wounded, "missing": first.missing}
        place = next((", ".join(one.place) for one in said if one.place), "")
        dated = next((one for one in said if one.date or one.earliest), said[0])
        day = when({"date": dated.date, "earliest": dated.earliest, "latest": dated.latest})
        rows.append(
            (
                cell(f"{speaker or 'unknown'} ({certainty})"),
                cell(", ".join(dict.fromkeys(named)) or "names nobody"),
                cell(toll(numbers) or "gives none"),
                cell(", ".join(filter(None, (place, day))) or "gives none"),
                (Line("", (), quote),) if quote else cell("registry"),
                cell("", notes.cite(said)),
            )
        )
    return tuple(rows)


def _tolls(statements: Iterable[Statement]) -> set[tuple[str, str, str]]:
    """Return the tolls that the accounts of an event give."""
    return {
        (one.killed, one.wounded, one.missing)
        for one in statements
        if not one.denies and (one.killed or one.wounded or one.missing)
    }


def _sentence(record: Record, point: Triple) -> str:
    subject, relation, value = point
    if relation == "type":
        return f"{record.name(subject)}: that it happened"
    if subject.startswith("event:"):
        return f"{record.name(subject)}: {relation} {record.name(value)}"
    return f"{record.name(subject)} {words(relation)} {record.name(value)}"


def _status(record: Record, point: Triple) -> str:
    return record.status.get(point, "not on record")


def _falls_in(record: Record, point: Triple) -> bool:
    """Return whether a point may fall in the period: an event that does, or what has no date of its own."""
    events = [one for one in (point[0], point[2]) if one.startswith("event:")]
    return all(one in record.inside or one not in record.graph for one in events)


def _day(record: Record, point: Triple) -> str:
    return next((_first_day(record, one) for one in (point[0], point[2]) if one.startswith("event:")), "")


def _first_day(record: Record, event: str) -> str:
    if event in record.graph:
        return str(record.graph.nodes[event]["earliest"])
    return min((one.earliest for one in record.of_event(event) if one.earliest), default="")
