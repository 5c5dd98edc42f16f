"""A statement: one assertion made readable, with names in place of references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.projection.source import Index, local_part
from kg.vocab import MKG, SCHEMA, STANCE

CONTEXT = 180
"""Characters kept on each side of a quote."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Who says what, in which words, in which report.

    `subject` and `object` are references of canonical things, `subject_label` and `object_label` their
    names. `stance` is asserts, hedges, claims, denies or supposes. `start` and `end` are offsets of the
    quote in the report's text. A statement of the registry has no `report`, and its source as speaker.
    Dates, places and tolls are this account's own; what it leaves open is empty. `before` and `after` are
    what stands around the quote in the report, as far as the source holds its text.
    """

    id: str
    subject: str
    relation: str
    object: str
    subject_label: str
    object_label: str
    stance: str
    certainty: str
    speaker: str
    speaker_label: str
    via: tuple[str, ...]
    channel: tuple[str, ...]
    quote: str
    cue: str
    start: int
    end: int
    confidence: float
    report: str
    title: str
    outlet: str
    published: str
    url: str
    place: tuple[str, ...]
    tactic: tuple[str, ...]
    outcome: str
    date: str
    earliest: str
    latest: str
    valid_from: str
    valid_to: str
    killed: str
    wounded: str
    missing: str
    before: str
    after: str

    @property
    def denies(self) -> bool:
        """Whether the speaker says that it is not so, or only supposes it."""
        return self.stance in {"denies", "supposes"}


def statements(index: Index, names: Mapping[str, str]) -> dict[str, Statement]:
    """Return every assertion of the data as a statement, by its reference, in order.

    Args:
        index: the data.
        names: what to call events, by reference.
    """
    return {
        assertion: _statement(index, assertion, names)
        for assertion, _ in index.items(MKG.predicate)
        if assertion.startswith("assertion:")
    }


def toll(index: Index, node: str, kind: str) -> str:
    """Return the toll ("killed", "wounded", "missing") to print: "7", "7-12", "7 or more", or ""."""
    low = index.one(node, getattr(MKG, f"{kind}Low"))
    high = index.one(node, getattr(MKG, f"{kind}High"))
    if low and high:
        return low if low == high else f"{low}-{high}"
    if low:
        return f"{low} or more"
    return f"up to {high}" if high else ""


def _statement(index: Index, node: str, names: Mapping[str, str]) -> Statement:
    subject = _canonical(index.one(node, MKG.subject), index.event_of)
    value = _canonical(index.one(node, MKG.object), index.event_of)
    certainty = local_part(index.one(node, MKG.certainty)) or "asserted"
    speaker = index.one(node, MKG.speaker)
    report = index.one(node, MKG.report)
    return Statement(
        id=node,
        subject=subject,
        relation=local_part(index.one(node, MKG.predicate)),
        object=value,
        subject_label=names.get(subject) or index.label(subject),
        object_label=names.get(value) or _object_label(index, value),
        stance=STANCE[certainty].value.rpartition("#")[2] if certainty in STANCE else "asserts",
        certainty=certainty,
        speaker=speaker,
        speaker_label=index.label(speaker) if speaker else "",
        via=_labels(index, node, MKG.via),
        channel=_labels(index, node, MKG.channel),
        quote=index.one(node, MKG.quote),
        cue=index.one(node, MKG.cue),
        start=int(index.one(node, MKG.start) or 0),
        end=int(index.one(node, MKG.end) or 0),
        confidence=float(index.one(node, MKG.confidence) or 1),
        report=report,
        title=index.one(report, SCHEMA.headline),
        outlet=_outlet(index, report),
        published=index.one(report, SCHEMA.datePublished),
        url=index.one(report, SCHEMA.url),
        place=_labels(index, node, MKG.place),
        tactic=_labels(index, node, MKG.tactic),
        outcome=local_part(index.one(node, MKG.outcome)),
        date=index.one(node, MKG.date),
        earliest=index.one(node, MKG.earliest),
        latest=index.one(node, MKG.latest),
        valid_from=index.one(node, MKG.validFrom),
        valid_to=index.one(node, MKG.validTo),
        killed=toll(index, node, "killed"),
        wounded=toll(index, node, "wounded"),
        missing=toll(index, node, "missing"),
        **_around(index, node, report),
    )


def _around(index: Index, node: str, report: str) -> dict[str, str]:
    """Return the words around the quote, whole ones, at most CONTEXT characters on each side."""
    text = index.one(report, MKG.text)
    start, end = int(index.one(node, MKG.start) or 0), int(index.one(node, MKG.end) or 0)
    if not text or text[start:end] != index.one(node, MKG.quote):
        return {"before": "", "after": ""}
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if start > CONTEXT:
        before = f"…{before.partition(' ')[2]}"
    if end + CONTEXT < len(text):
        after = f"{after.rpartition(' ')[0]}…"
    return {"before": before.strip(), "after": after.strip()}


def _canonical(value: str, events: Mapping[str, str]) -> str:
    return events.get(value, value)


def _object_label(index: Index, value: str) -> str:
    """An assessment's object is its words, every other one a reference."""
    prefix, colon, name = value.partition(":")
    if colon and prefix.startswith("mkg"):
        return name
    return index.label(value) if colon and prefix in {"actor", "event", "place", "telling"} else value


def _labels(index: Index, node: str, predicate: NamedNode) -> tuple[str, ...]:
    return tuple(index.label(value) for value in index.many(node, predicate))


def _outlet(index: Index, report: str) -> str:
    if name := index.one(report, MKG.publisherName):
        return name
    publisher = index.one(report, SCHEMA.publisher)
    return index.label(publisher) if publisher else ""
