"""The sample reports and their gold facts: well formed, sourced, and the same texts in both places."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from kg.model import CERTAINTIES, FACT_TYPES, ROLES

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "kg" / "samples"
DATA = ROOT / "tests" / "data"
FIELDS = {"id", "title", "text", "published", "publisher"}
TWICE = {"sahel-05", "sahel-06"}  # one text under two identifiers, on purpose
COUNTS = ("killed", "wounded", "missing")


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def reports() -> dict[str, dict]:
    rows = [row for path in sorted(SAMPLES.glob("*.jsonl")) for row in lines(path)]
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


@pytest.fixture(scope="module")
def gold() -> dict[str, dict]:
    return {row["id"]: row for row in lines(DATA / "samples.gold.jsonl")}


def test_reports_have_known_fields_and_a_publisher(reports):
    for name, row in reports.items():
        assert set(row) <= FIELDS, name
        assert row["publisher"].startswith("militant-kg samples"), name
        assert row["text"].strip() == row["text"], name
        assert 0 < len(row["text"]) <= 2500, name


def test_dates_are_iso_in_the_precision_that_is_known(reports):
    for name, row in reports.items():
        assert re.fullmatch(r"|\d{4}(-\d\d(-\d\d)?)?", row.get("published", "")), name


def test_one_text_is_there_twice_and_no_other(reports):
    counts = Counter(row["text"] for row in reports.values())
    assert {name for name, row in reports.items() if counts[row["text"]] > 1} == TWICE


def test_each_report_has_a_line_in_sources(reports):
    listed = re.findall(r"^- `([^`]+)`: \S", (SAMPLES / "SOURCES.md").read_text(encoding="utf-8"), re.M)
    assert sorted(listed) == sorted(reports)


def test_gold_holds_the_texts_and_dates_of_the_samples(reports, gold):
    assert set(gold) == set(reports)
    for name, row in gold.items():
        assert row["text"] == reports[name]["text"]
        assert row.get("published") == reports[name].get("published")


def test_gold_facts_use_the_types_roles_and_certainties_of_the_model(gold):
    keys = {*ROLES, *COUNTS, "type", "date", "about", "certainty", "according_to", "optional"}
    for name, row in gold.items():
        for fact in row["facts"]:
            assert set(fact["type"].split("|")) <= set(FACT_TYPES), name
            assert set(fact["certainty"].split("|")) <= set(CERTAINTIES), name
            assert {key.rstrip("?") for key in fact} <= keys, name


def test_a_claim_or_denial_points_at_another_fact_of_its_report(gold):
    for name, row in gold.items():
        for index, fact in enumerate(row["facts"]):
            if fact["type"] in ("claim", "denial", "assessment"):
                assert fact["about"] in range(len(row["facts"])), name
                assert fact["about"] != index, name


def test_gold_dates_are_phrases_of_their_text(gold):
    for name, row in gold.items():
        for fact in row["facts"]:
            date = fact.get("date") or fact.get("date?")
            if date:
                assert any(phrase in row["text"] for phrase in date["text"].split("|")), (name, date)


def test_event_clusters_point_at_their_triggers(reports):
    events = json.loads((DATA / "samples_events.json").read_text(encoding="utf-8"))
    places = [(one["report"], one["start"]) for event in events for one in event["tellings"]]
    assert len(set(places)) == len(places)
    for event in events:
        for one in event["tellings"]:
            assert reports[one["report"]]["text"].startswith(one["trigger"], one["start"]), event["event"]


def test_some_events_are_told_by_several_reports():
    events = json.loads((DATA / "samples_events.json").read_text(encoding="utf-8"))
    assert sum(len({one["report"] for one in event["tellings"]}) > 1 for event in events) >= 7


def test_no_sample_shares_its_text_with_the_evaluation(eval_dir, reports):
    ours = {text for row in reports.values() for text in sentences(row["text"])}
    for path in eval_dir.glob("*.gold.jsonl"):
        theirs = {text for row in lines(path) for text in sentences(row["text"])}
        assert not ours & theirs, path.name


def sentences(text: str) -> set[str]:
    """Sentences of six words or more, without case and marks."""
    parts = re.split(r"(?<=[.!?])\s+", text)
    return {" ".join(found) for part in parts if len(found := re.findall(r"\w+", part.lower())) >= 6}
