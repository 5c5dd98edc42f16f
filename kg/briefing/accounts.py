"""What is disputed: claims beside denials, and the rival accounts of what is contested, with their tolls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.briefing.deeds import MOST, Deed, toll, when
from kg.briefing.note import Notes
from kg.briefing.part import Cell, Line, Section, Table, cell
from kg.briefing.record import Record
from kg.projection import Statement
from kg.projection.source import local_part
from kg.view.palette import words

Triple = tuple[str, str, str]


def claims(record: Record, notes: Notes) -> Section:
    """Return what the actor claims, and what it or others deny of it, each beside what stands against it."""
    asked = record.ask("claims", actor=record.slug)
    denied = record.ask("denials", actor=record.slug)
    points = dict.fromkeys((row["event"], "perpetrator", row["actor"]) for row in asked)
    points |= dict.fromkeys((row["subject"], local_part(row["relation"]), row["object"]) for row in denied)
    kept = [(point, _day(record, point)) for point in points if _falls_in(record, point)]
    kept.sort(key=lambda one: (one[1] or "~", one[0]))
    rows = tuple(_beside(record, notes, point) for point, _ in kept[:MOST])
    caption = f"The first {MOST} of {len(kept):,}" if len(kept) > MOST else ""
    return Section(
        "claims",
        "Claims and denials",
        f"{record.label} claims and denies nothing that is on record, and nobody denies what is said of it.",
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
        point = row["subject"], local_part(row["relation"]), row["object"]
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
    against = [one for one in behind if one.stance == "denies"]
    if relation == "perpetrator":  # a denial of the deed may name another, or nobody, and still be one of it
        told = record.of_event(subject)
        against += [
            one for one in told if one.relation == relation and one.stance == "denies" and one not in against
        ]
    claiming = [one for one in told if one.relation == "claimed" and one.subject == value and not one.denies]
    denying = [one for one in told if one.relation == "denied" and not one.denies]
    return (
        cell(_sentence(record, point)),
        _voices(notes, [one for one in behind if not one.denies], claiming, value) or cell("nobody"),
        _voices(notes, against, denying, value) or cell("nobody"),
        cell(record.status.get(point, "not on record")),
    )


def _voices(notes: Notes, statements: Iterable[Statement], telling: Iterable[Statement], value: str) -> Cell:
    """Return a line for each voice: speaker, certainty and words.

    Args:
        notes: the footnotes.
        statements: for or against the point.
        telling: that such a statement was made; cited with it, and alone where it is not there.
        value: whom the point names; a statement that names another says so.
    """
    lines: dict[tuple[str, str, str], list[Statement]] = {}
    for one in statements:
        of = "" if one.object in (value, one.speaker) else f", of {one.object_label}"
        lines.setdefault((one.speaker_label or "unknown", one.certainty + of, one.quote), []).append(one)
    for one in telling:
        same = next((behind for key, behind in lines.items() if key[2] == one.quote), None)
        if same is None:
            key = (one.subject_label, f"{one.relation}, as {one.speaker_label} has it", one.quote)
            lines.setdefault(key, []).append(one)
        else:
            same.append(one)
    return tuple(
        Line(f"{speaker}, {how}", notes.cite(behind), quote)
        for (speaker, how, quote), behind in lines.items()
    )


def _accounts(record: Record, notes: Notes, event: str) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each account: one passage of a report as one speaker's words."""
    accounts: dict[tuple[str, ...], list[Statement]] = {}
    for one in _telling(record.of_event(event)):
        key = (one.published, one.report, one.speaker_label, one.quote, one.certainty)
        accounts.setdefault(key, []).append(one)
    # That it was done is often surer than who did it: a row that says only that is left out.
    naming = {key[:4] for key, said in accounts.items() if _named(said)}
    tolls = {key[:4]: _numbers(said) for key, said in accounts.items() if _named(said)}
    return tuple(
        _account(notes, key, said)
        for key, said in sorted(accounts.items())
        if _named(said) or key[:4] not in naming or _numbers(said) not in ({}, tolls[key[:4]])
    )


def _account(notes: Notes, key: tuple[str, ...], said: Sequence[Statement]) -> tuple[Cell, ...]:
    _, _, speaker, quote, certainty = key
    place = next((", ".join(one.place) for one in said if one.place), "")
    dated = next((one for one in said if one.date or one.earliest), said[0])
    day = when({"date": dated.date, "earliest": dated.earliest, "latest": dated.latest})
    return (
        cell(f"{speaker or 'unknown'}, {certainty}"),
        cell(", ".join(_named(said)) or "names nobody"),
        cell(toll(_numbers(said)) or "gives none"),
        cell(", ".join(filter(None, (place, day))) or "gives none"),
        (Line("", (), quote),) if quote else cell("registry"),
        cell("", notes.cite(said)),
    )


def _named(said: Iterable[Statement]) -> list[str]:
    """Return whom an account names as perpetrators, "not" before those whom it clears."""
    found = (one for one in said if one.relation == "perpetrator")
    return list(dict.fromkeys(f"{'not ' * (one.stance == 'denies')}{one.object_label}" for one in found))


def _numbers(said: Iterable[Statement]) -> dict[str, str]:
    """Return the toll that an account gives, by kind; empty where it gives none."""
    for one in said:
        given = {"killed": one.killed, "wounded": one.wounded, "missing": one.missing}
        if any(given.values()):
            return given
    return {}


def _telling(statements: Iterable[Statement]) -> Iterable[Statement]:
    """Return what tells of the event itself: not that a claim or denial was made, or that none was."""
    return (one for one in statements if one.relation not in ("claimed", "denied", "claimStatus"))


def _tolls(statements: Iterable[Statement]) -> set[tuple[str, str, str]]:
    """Return the tolls that the accounts of an event give."""
    return {
        (one.killed, one.wounded, one.missing)
        for one in _telling(statements)
        if not one.denies and (one.killed or one.wounded or one.missing)
    }


def _sentence(record: Record, point: Triple) -> str:
    subject, relation, value = point
    if relation == "type":
        return f"{record.name(subject)}: that it happened"
    if subject.startswith("event:"):
        return f"{record.name(subject)}: {relation} {record.name(value)}"
    return f"{record.name(subject)} {words(relation)} {record.name(value)}"


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
