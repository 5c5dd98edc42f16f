"""The summary of a store in Markdown: what it holds, who is in it, what is contested."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.vocab import GRAPH, MKG, PREFIXES, RDF, SCHEMA

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Store

_TOP = 25
_LISTED = 50
_STATUSES = ("accepted", "contested", "suspected", "denied", "hypothetical")
_MARKUP = re.compile(r"([\\`*_\[\]<>|#&~])")


def overview(store: Store, graph: nx.MultiDiGraph) -> str:
    """Return the summary.

    Args:
        store: what is summed up.
        graph: its full projection.
    """
    parts = [_holdings(store), _events(graph), _actors(graph), _contested(graph), _unclaimed(graph)]
    return "\n".join(line for part in parts for line in part)


def _holdings(store: Store) -> Iterator[str]:
    reports = sum(name.value.startswith(PREFIXES["report"]) for name in store.graphs())
    dates = sorted(
        quad.object.value for quad in store.found(p=SCHEMA.datePublished) if isinstance(quad.object, Literal)
    )
    publishers = {quad.object for quad in store.found(p=MKG.publisherName)}
    statuses = Counter(_local(quad.object) for quad in store.found(p=MKG.status, g=GRAPH.propositions))
    assertions = sum(quad.graph_name != GRAPH.registry for quad in store.found(p=RDF.type, o=MKG.Assertion))
    yield "# What the store holds"
    yield ""
    period = f", published {dates[0]} to {dates[-1]}" if dates else ""
    yield f"{_count(reports, 'report')} by {_count(len(publishers), 'publisher')}{period}."
    propositions = _count(sum(statuses.values()), "proposition")
    yield f"{_count(assertions, 'statement')} in them; with the registry, {propositions}:"
    yield ", ".join(f"{statuses[status]} {status}" for status in _STATUSES if statuses[status]) + "."
    yield ""


def _events(graph: nx.MultiDiGraph) -> Iterator[str]:
    kinds: dict[str, Counter[str]] = {}
    for _, data in graph.nodes(data=True):
        if data["kind"] == "event":
            kinds.setdefault(data["type"], Counter())[data["status"]] += 1
    yield "## Events"
    yield ""
    yield from _table(
        ("type", *_STATUSES[:3]),
        ((kind, *(str(kinds[kind][status]) for status in _STATUSES[:3])) for kind in sorted(kinds)),
    )


def _actors(graph: nx.MultiDiGraph) -> Iterator[str]:
    rows = []
    for node, data in graph.nodes(data=True):
        if data["kind"] != "actor" or data.get("unnamed"):
            continue
        reports, roles = _part_in(graph, node)
        if reports:
            rows.append((-len(reports), data["label"], data["type"], roles))
    rows.sort(key=lambda row: row[:3])
    yield f"## Actors, the {_TOP} that most reports speak of" if len(rows) > _TOP else "## Actors"
    yield ""
    columns = ("perpetrator", "claimed", "target", "victim", "party")
    yield from _table(
        ("actor", "type", "reports", *columns),
        (
            (label, kind, str(-count), *(str(roles[one]) for one in columns))
            for count, label, kind, roles in rows[:_TOP]
        ),
    )


def _part_in(graph: nx.MultiDiGraph, node: str) -> tuple[set[str], Counter[str]]:
    """Return the reports that speak of an actor, and in how many events it has each role."""
    reports: set[str] = set()
    roles: Counter[str] = Counter()
    for start, end, data in (*graph.out_edges(node, data=True), *graph.in_edges(node, data=True)):
        if data.get("derived"):
            continue
        reports |= {one.report for one in data["evidence"] if one.report}
        if "event" in (graph.nodes[start]["kind"], graph.nodes[end]["kind"]):
            roles[data["relation"]] += 1
    return reports, roles


def _contested(graph: nx.MultiDiGraph) -> Iterator[str]:
    rows = []
    for start, end, data in graph.edges(data=True):
        if data["status"] == "contested" and data["evidence"] and not data.get("derived"):
            said = sorted({f"{one.speaker_label or 'unknown'} {one.stance}" for one in data["evidence"]})
            ends = (graph.nodes[start]["label"], data["relation"], graph.nodes[end]["label"])
            rows.append((*ends, "; ".join(said)))
    yield "## Contested"
    yield ""
    if rows:
        yield from _table(("who", "relation", "what", "who says so"), sorted(rows)[:_LISTED])
        yield from _more(len(rows), "contested")
    else:
        yield "Nothing."
        yield ""


def _unclaimed(graph: nx.MultiDiGraph) -> Iterator[str]:
    labels = sorted(
        data["label"]
        for _, data in graph.nodes(data=True)
        if data["kind"] == "event" and data.get("unclaimed")
    )
    if labels:
        yield "## Said to be claimed by nobody"
        yield ""
        yield from (f"- {_escape(label)}" for label in labels[:_LISTED])
        yield ""
        yield from _more(len(labels), "unclaimed-attacks")


def _more(count: int, query: str) -> Iterator[str]:
    if count > _LISTED:
        yield f"The first {_LISTED} of {count:,}; `kg query {query}` lists them all."
        yield ""


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(heading) + " |"
    yield "|" + "---|" * len(heading)
    for row in rows:
        yield "| " + " | ".join(_escape(cell) for cell in row) + " |"
    yield ""


def _escape(text: str) -> str:
    """Return text that Markdown shows as it is: a label is text, whatever it holds."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _local(term: object) -> str:
    return term.value.rpartition("#")[2] if isinstance(term, NamedNode) else ""
