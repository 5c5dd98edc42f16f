"""A statement: one assertion made readable, with names in place of references."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.projection.source import Index, local_part
from kg.vocab import MKG, SCHEMA, STANCE

CONTEXT = 180
"""Characters kept on each side of a quote unless another number is asked for."""

_ONE = {
    name: getattr(MKG, name)
    for name in (
        "subject", "predicate", "object", "certainty", "speaker", "report", "quote", "cue", "start", "end",
        "confidence", "outcome", "date", "earliest", "latest", "validFrom", "validTo",
    )
}  # fmt: skip


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


def statements(index: Index, names: Mapping[str, str], *, context: int = CONTEXT) -> dict[str, Statement]:
    """Return every assertion of the data as a statement, by its reference, in order.

    Args:
        index: the data.
        names: what to call events, by reference.
        context: characters kept on each side of a quote at most; 0 keeps none.
    """
    read = _Reading(index, names, context)
    return {
        assertion: read.statement(assertion)
        for assertion, _ in index.items(MKG.predicate)
        if assertion.startswith("assertion:")
    }


def tolls(index: Index, kind: str) -> Callable[[str], str]:
    """Return a function that gives the toll of a node to print: "7", "7-12", "7 or more", or "".

    Args:
        index: the data.
        kind: "killed", "wounded" or "missing".
    """
    least, most = index.reader(getattr(MKG, f"{kind}Low")), index.reader(getattr(MKG, f"{kind}High"))

    def toll(node: str) -> str:
        low, high = least(node), most(node)
        if low and high:
            return low if low == high else f"{low}-{high}"
        if low:
            return f"{low} or more"
        return f"up to {high}" if high else ""

    return toll


class _Reading:
    """What reads statements: a function for each property, and what is known of each report."""

    def __init__(self, index: Index, names: Mapping[str, str], context: int) -> None:
        self._index, self._names, self._events, self._context = index, names, index.event_of, context
        self._one = {name: index.reader(term) for name, term in _ONE.items()}
        self._killed, self._wounded, self._missing = (
            tolls(index, kind) for kind in ("killed", "wounded", "missing")
        )
        self._reports: dict[str, tuple[str, str, str, str, str]] = {}

    def statement(self, node: str) -> Statement:
        """Return an assertion as a statement."""
        index, one, names = self._index, self._one, self._names
        subject, value = one["subject"](node), one["object"](node)
        subject, value = self._events.get(subject, subject), self._events.get(value, value)
        certainty = local_part(one["certainty"](node)) or "asserted"
        speaker, report = one["speaker"](node), one["report"](node)
        title, outlet, published, url, text = self._reports.get(report) or self._report(report)
        quote = one["quote"](node)
        start, end = int(one["start"](node) or 0), int(one["end"](node) or 0)
        before, after = _around(text, quote, (start, end), self._context)
        return Statement(
            id=node,
            subject=subject,
            relation=local_part(one["predicate"](node)),
            object=value,
            subject_label=names.get(subject) or index.label(subject),
            object_label=names.get(value) or _object_label(index, value),
            stance=STANCE[certainty].value.rpartition("#")[2] if certainty in STANCE else "asserts",
            certainty=certainty,
            speaker=speaker,
            speaker_label=index.label(speaker) if speaker else "",
            via=_labels(index, node, MKG.via),
            channel=_labels(index, node, MKG.channel),
            quote=quote,
            cue=one["cue"](node),
            start=start,
            end=end,
            confidence=float(one["confidence"](node) or 1),
            report=report,
            title=title,
            outlet=outlet,
            published=published,
            url=url,
            place=_labels(index, node, MKG.place),
            tactic=_labels(index, node, MKG.tactic),
            outcome=local_part(one["outcome"](node)),
            date=one["date"](node),
            earliest=one["earliest"](node),
            latest=one["latest"](node),
            valid_from=one["validFrom"](node),
            valid_to=one["validTo"](node),
            killed=self._killed(node),
            wounded=self._wounded(node),
            missing=self._missing(node),
            before=before,
            after=after,
        )

    def _report(self, report: str) -> tuple[str, str, str, str, str]:
        """Return title, outlet, date, address and text of a report, and keep them."""
        index = self._index
        found = (
            index.one(report, SCHEMA.headline),
            _outlet(index, report),
            index.one(report, SCHEMA.datePublished),
            index.one(report, SCHEMA.url),
            index.one(report, MKG.text),
        )
        self._reports[report] = found
        return found


def _around(text: str, quote: str, span: tuple[int, int], most: int) -> tuple[str, str]:
    """Return the words before and after the quote, whole ones, at most so many characters on each side."""
    start, end = span
    if not most or not text or text[start:end] != quote:
        return "", ""
    before, after = text[max(0, start - most) : start], text[end : end + most]
    if start > most:
        before = f"…{before.partition(' ')[2]}"
    if end + most < len(text):
        after = f"{after.rpartition(' ')[0]}…"
    return before.strip(), after.strip()


def _object_label(index: Index, value: str) -> str:
    """An assessment's object is its words, every other one a reference."""
    prefix, colon, name = value.partition(":")
    if colon and prefix.startswith("mkg"):
        return name
    return index.label(value) if colon and prefix in {"actor", "event", "place", "telling"} else value


def _labels(index: Index, node: str, predicate: NamedNode) -> tuple[str, ...]:
    values = index.many(node, predicate)
    return tuple(index.label(value) for value in values) if values else ()


def _outlet(index: Index, report: str) -> str:
    if name := index.one(report, MKG.publisherName):
        return name
    publisher = index.one(report, SCHEMA.publisher)
    return index.label(publisher) if publisher else ""
