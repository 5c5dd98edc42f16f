"""Rows: what `kg extract` prints of facts and mentions."""

from __future__ import annotations

import json

from kg.facts import mention_rows, rows
from kg.model import Count, Dating, Evidence, Extraction, Fact, Filler, Mention, Report

TEXT = "JNIM attacked Gao on Monday, residents said."
REPORT = Report(TEXT, published="2019-03-27", given_ids=("one", "two"))
FACT = Fact(
    id="f0",
    type="attack",
    roles=(
        ("agent", (Filler("JNIM", 0, 4, "ArmedGroup", "jnim"),)),
        ("place", (Filler("Gao", 14, 17, "Place"),)),
    ),
    date=Dating("on Monday", "2019-03-25", "2019-03-25"),
    killed=Count(7, None),
    outcome="failed",
    certainty="reported",
    speakers=(Filler("residents", 29, 38),),
    trigger=(5, 13),
    evidence=Evidence(TEXT, 0, len(TEXT), "attacked"),
    confidence=0.8,
)


def test_a_row_has_what_is_known_and_no_more():
    [row] = rows(Extraction(Report(TEXT, given_ids=("one",)), facts=(FACT,)))
    assert row == {
        "doc": "one",
        "id": "f0",
        "type": "attack",
        "agent": ["JNIM"],
        "place": ["Gao"],
        "date": {"text": "on Monday", "start": "2019-03-25", "end": "2019-03-25"},
        "killed": {"min": 7, "max": None},
        "outcome": "failed",
        "certainty": "reported",
        "according_to": ["residents"],
        "links": {"agent": ["jnim"]},
        "evidence": {"text": TEXT, "start": 0, "end": len(TEXT), "cue": "attacked"},
        "confidence": 0.8,
    }
    assert json.loads(json.dumps(row)) == row


def test_a_report_told_under_two_identifiers_gives_its_facts_under_both():
    found = rows(Extraction(REPORT, facts=(FACT,)))
    assert [row["doc"] for row in found] == ["one", "two"]
    assert len({row["id"] for row in found}) == 1


def test_a_report_without_an_identifier_goes_by_its_hash():
    report = Report(TEXT)
    assert rows(Extraction(report, facts=(FACT,)))[0]["doc"] == report.id


def test_a_date_that_is_not_settled_has_its_words_alone():
    fact = Fact(id="f1", type="claim", about="f0", date=Dating("recently"))
    [row] = rows(Extraction(Report(TEXT), facts=(fact,)))
    assert row["date"] == {"text": "recently"}
    assert row["about"] == "f0"
    assert "according_to" not in row


def test_a_mention_row_has_its_link_and_the_reason():
    known = Mention(0, 4, "JNIM", "actor", "jnim", "strong alias", ("jnim",))
    unknown = Mention(29, 38, "residents", "actor", None, "no name")
    first, second = mention_rows(Extraction(Report(TEXT, given_ids=("one",)), mentions=(known, unknown)))
    assert first == {
        "doc": "one", "start": 0, "end": 4, "text": "JNIM", "kind": "actor", "link": "jnim",
        "reason": "strong alias", "candidates": ["jnim"],
    }  # fmt: skip
    assert second["link"] is None
    assert second["candidates"] == []
