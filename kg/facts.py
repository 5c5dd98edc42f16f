"""Facts and mentions as plain rows: what `kg extract` prints and facts.jsonl holds."""

from __future__ import annotations

from typing import Any

from kg.model import Count, Dating, Extraction, Fact, Filler


def rows(extraction: Extraction) -> list[dict[str, Any]]:
    """Return one JSON-ready row per fact and given identifier of the report, in text order.

    Keys: doc, id, type, certainty; where known the roles (lists of labels), date, killed, wounded,
    missing, about, according_to, outcome, text; links (role -> registry slugs, null for NIL);
    evidence {text, start, end, cue}; confidence.
    """
    docs = extraction.report.given_ids or (extraction.report.id,)
    return [_row(fact, doc) for doc in docs for fact in extraction.facts]


def mention_rows(extraction: Extraction) -> list[dict[str, Any]]:
    """Return one JSON-ready row per mention and given identifier, in text order.

    Keys: doc, start, end, text, kind, link (a registry slug, null for NIL), reason, candidates.
    """
    docs = extraction.report.given_ids or (extraction.report.id,)
    return [
        {"doc": doc, "start": m.start, "end": m.end, "text": m.text, "kind": m.kind, "link": m.link,
         "reason": m.reason, "candidates": list(m.candidates)}
        for doc in docs
        for m in extraction.mentions
    ]  # fmt: skip


def _row(fact: Fact, doc: str) -> dict[str, Any]:
    row: dict[str, Any] = {"doc": doc, "id": fact.id, "type": fact.type}
    row |= {role: [f.label for f in fillers] for role, fillers in fact.roles}
    links = {role: [f.link for f in fillers] for role, fillers in fact.roles}
    if fact.date is not None:
        row["date"] = _date(fact.date)
    for name, count in (("killed", fact.killed), ("wounded", fact.wounded), ("missing", fact.missing)):
        if count is not None:
            row[name] = count_row(count)
    row |= {
        key: value
        for key, value in (("about", fact.about), ("outcome", fact.outcome), ("text", fact.text))
        if value
    }
    row["certainty"] = fact.certainty
    if fact.speakers:
        row["according_to"] = _labels(fact.speakers)
        links["according_to"] = [f.link for f in fact.speakers]
    evidence = fact.evidence
    return row | {
        "links": {role: slugs for role, slugs in links.items() if any(slugs)},
        "evidence": {
            "text": evidence.text,
            "start": evidence.start,
            "end": evidence.end,
            "cue": evidence.cue,
        },
        "confidence": fact.confidence,
    }


def _labels(fillers: tuple[Filler, ...]) -> list[str]:
    return [f.label for f in fillers]


def _date(date: Dating) -> dict[str, str]:
    return {
        key: value for key, value in (("text", date.text), ("start", date.start), ("end", date.end)) if value
    }


def count_row(count: Count) -> dict[str, int | None]:
    """Return a toll as rows have it: the bounds, null where one is open."""
    return {"min": count.low, "max": count.high}
