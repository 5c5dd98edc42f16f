"""What an actor did and suffered: its events in order of time, whom it attacked, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.briefing.note import Notes
from kg.briefing.part import Cell, Section, Table, cell
from kg.briefing.record import Record
from kg.dates import printed
from kg.projection import Statement
from kg.view.palette import words

MOST = 100
"""Rows of a table; a command lists the rest."""
DOES = frozenset({"perpetrator", "commander"})
SUFFERS = frozenset({"target", "victim", "listed"})
_SAYING = {
    "claimed": "claims it",
    "denied": "denies it",
    "perpetrator": "perpetrator",
    "commander": "commander",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """An event in which the actor has a part: the roles it has, each with its status.

    `data` are the attributes of the event as in `kg.projection`, `places` the references of where it was.
    """

    event: str
    roles: tuple[tuple[str, str], ...]
    data: dict[str, Any]
    places: tuple[str, ...]

    @property
    def earliest(self) -> str:
        """The first day on which it can have happened, "" where it has no date."""
        return str(self.data["earliest"])

    @property
    def latest(self) -> str:
        """The last day on which it can have happened."""
        return str(self.data["latest"])

    @property
    def part(self) -> str:
        """What the actor has to do with it: "did", "suffered" or "other"."""
        names = {role for role, _ in self.roles}
        return "did" if names & DOES else "suffered" if names & SUFFERS else "other"

    @property
    def sure(self) -> bool:
        """Whether both the event and the actor's part in it are accepted."""
        return self.data["status"] == "accepted" and any(status == "accepted" for _, status in self.roles)


def deeds(record: Record) -> tuple[Deed, ...]:
    """Return the events of the period in which the actor has a part, in order of time; undated ones last.

    Those that it only claims or denies without being held for a party to them are under claims and denials.
    """
    graph = record.inside
    if record.actor not in graph:
        return ()
    roles: dict[str, set[tuple[str, str]]] = {}
    edges = (*graph.in_edges(record.actor, data=True), *graph.out_edges(record.actor, data=True))
    for start, end, data in edges:
        event = start if end == record.actor else end
        if graph.nodes[event]["kind"] == "event" and data["relation"] not in ("claimed", "denied"):
            roles.setdefault(event, set()).add((data["relation"], data["status"]))
    found = [
        Deed(event, tuple(sorted(parts)), graph.nodes[event], _places(record, event))
        for event, parts in roles.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.earliest or "~", one.latest, one.event)))


def timeline(record: Record, notes: Notes, found: Iterable[Deed]) -> Section:
    """Return the table of events below the chart; what has no date stands in a table of its own."""
    found = tuple(found)
    dated = tuple(one for one in found if one.earliest)
    undated = tuple(one for one in found if not one.earliest)
    columns = ("date", "event", "place", f"part of {record.label}", "others", "toll", "status", "sources")
    tables = []
    for heading, some in (("", dated), ("Without a date", undated)):
        if some:
            rows = tuple(_row(record, notes, one) for one in some[-MOST:])
            cut = f"the last {MOST} of {len(some):,}" if len(some) > MOST else ""
            tables.append(Table(columns, rows, ": ".join(filter(None, (heading, cut))).capitalize()))
    params = {"actor": record.slug, **record.period.params}
    return Section(
        "timeline",
        "Timeline",
        f"No report tells of an event with a part of {record.label}{_in_period(record)}.",
        tables=tuple(tables),
        commands=(record.command("timeline", **params),),
        figure="timeline",
    )


def targets(record: Record, notes: Notes, found: Iterable[Deed]) -> Section:
    """Return whom and what the actor attacked most."""
    events = {one.event for one in found}
    behind: dict[str, list[Statement]] = {}
    for (event, role, target), statements in record.said.items():
        if event in events and role in ("target", "victim"):
            behind.setdefault(target, []).extend(statements)
    params = {"actor": record.slug, **record.period.params}
    rows = []
    for row in record.ask("targets-of-actor", **params)[:MOST]:
        period = " to ".join(dict.fromkeys(filter(None, map(printed, (row["first"], row["last"])))))
        rows.append(
            (cell(record.name(row["target"])), cell(row["events"]), cell(period or "not stated"),
             cell("", notes.cite(behind.get(row["target"], ()))))
        )  # fmt: skip
    return Section(
        "targets",
        "Top targets",
        f"No report names a target or victim of {record.label}{_in_period(record)}.",
        tables=(Table(("target", "events", "dates", "sources"), tuple(rows)),),
        commands=(record.command("targets-of-actor", **params),),
    )


def places(record: Record, notes: Notes, found: Iterable[Deed]) -> Section:
    """Return where the events were, most first; the map shows the same."""
    where: dict[str, list[Deed]] = {}
    for one in found:
        for place in one.places:
            where.setdefault(place, []).append(one)
    ranked = sorted(where.items(), key=lambda item: (-len(item[1]), record.name(item[0]), item[0]))
    rows = []
    for place, some in ranked[:MOST]:
        name = record.name(place)
        behind = [one for deed in some for one in record.of_event(deed.event) if name in one.place]
        data = record.graph.nodes[place]
        drawn = "not located" if "latitude" not in data else "exactly" if data["exact"] else "roughly"
        rows.append(
            (
                cell(name),
                cell(str(len(some))),
                cell(drawn),
                cell("", notes.cite(behind)),
            )
        )
    caption = f"The first {MOST} of {len(ranked):,}" if len(ranked) > MOST else ""
    return Section(
        "places",
        "Places",
        "No event of this period has a place.",
        tables=(Table(("place", "events", "on the map", "sources"), tuple(rows), caption),),
        figure="map",
    )


def toll(data: Any) -> str:  # noqa: ANN401 -- attributes of an event, or a statement's as a mapping
    """Return a toll in words: "7 killed, 3 wounded"."""
    return ", ".join(f"{data[kind]} {kind}" for kind in ("killed", "wounded", "missing") if data.get(kind))


def when(data: Any) -> str:  # noqa: ANN401 -- as `toll`
    """Return a date to read, and the days between which it lies where that says more."""
    if data["date"]:
        return printed(data["date"])
    first, last = data["earliest"], data["latest"]
    return " to ".join(dict.fromkeys(filter(None, map(printed, (first, last)))))


def _in_period(record: Record) -> str:
    return (
        f" {'in the period ' if record.period.since else ''}{record.period.words}"
        if record.period.words
        else ""
    )


def _row(record: Record, notes: Notes, one: Deed) -> tuple[Cell, ...]:
    graph = record.inside
    others = []
    for start, end, data in (*graph.in_edges(one.event, data=True), *graph.out_edges(one.event, data=True)):
        other = start if end == one.event else end
        if other != record.actor and graph.nodes[other]["kind"] == "actor":
            doubt = "" if data["status"] == "accepted" else f", {data['status']}"
            role = _SAYING.get(data["relation"], words(data["relation"]))
            others.append(f"{graph.nodes[other]['label']} ({role}{doubt})")
    name = one.data["type"]
    detail = ", ".join((*one.data["tactic"], *filter(None, (one.data["outcome"],))))
    parts = ", ".join(role if status == "accepted" else f"{role} ({status})" for role, status in one.roles)
    return (
        cell(when(one.data) or "not stated"),
        cell(f"{name} ({detail})" if detail else name),
        cell(", ".join(one.data["place"]) or "not stated"),
        cell(parts),
        cell("; ".join(sorted(set(others))) or "none named"),
        cell(toll(one.data) or "not stated"),
        cell(one.data["status"]),
        cell("", notes.cite(record.of_event(one.event))),
    )


def _places(record: Record, event: str) -> tuple[str, ...]:
    return tuple(sorted({end for _, end, key in record.inside.out_edges(event, keys=True) if key == "place"}))
