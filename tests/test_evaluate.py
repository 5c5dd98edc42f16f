"""Scoring: fillers, tolls and dates compared, facts aligned, certainty and speakers judged, faults told."""

from __future__ import annotations

import importlib.util
import itertools
import json

import pytest
import quality
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import facts
from kg.errors import InputError
from kg.evaluate import (
    by_phenomenon,
    calibration_error,
    predictions,
    read_gold,
    read_predictions,
    reliability,
    score,
)
from kg.evaluate.assignment import best_pairs
from kg.evaluate.clusters import BCubed, b_cubed
from kg.evaluate.compare import same_count, same_date, same_filler

TEXT = "Gunmen attacked a bank in Mopti, the mayor said. No group has claimed it."
ATTACK = {"type": "attack", "agent": ["gunmen"], "target": ["bank"], "place": ["Mopti"], "place?": ["Mali"],
          "killed": {"min": 3, "max": 3}, "certainty": "asserted|reported",
          "according_to": ["mayor"]}  # fmt: skip
CLAIM = {"type": "claim", "about": 0, "certainty": "negated"}


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def scored(tmp_path):
    """Scores rows against gold facts of one passage."""

    def run(gold, *rows, tags=()):
        passage = {"id": "p", "text": TEXT, "facts": gold, "tags": list(tags)}
        passages = read_gold(write(tmp_path / "gold.jsonl", [passage]))
        given = predictions({"doc": "p", "id": f"f{i}", **row} for i, row in enumerate(rows))
        return score(passages, given)

    return run


def tally(scores):
    total = scores.total
    return total.hits, total.spurious, total.missed


@pytest.mark.parametrize(
    ("answers", "found", "right"),
    [
        ("JNIM", "JNIM", True),
        ("JNIM|the jihadist group", "jihadist group", True),
        ("al-Qaeda", "Al Qaeda's", True),
        ("Mopti", "old Mopti region of central Mali", False),  # four words more
        ("Mopti", "the town of Mopti", True),
        ("Islamic State in the Greater Sahara", "Islamic State", False),  # a name is not cut short
        ("suspected jihadists", "jihadists", True),
        ("car bomb", "bomb attack", False),
        ("Sévaré", "Sevare", True),
        ("the", "the", False),
    ],
)
def test_a_filler_is_right_as_the_guide_says(answers, found, right):
    assert same_filler(answers, found) is right


@pytest.mark.parametrize(
    ("wanted", "found", "right"),
    [
        ({"min": 7, "max": None}, {"min": 7, "max": None}, True),
        ({"min": 7, "max": None}, {"min": 7, "max": 7}, False),
        ({"min": 7}, {"min": 7, "max": 9}, True),
        (7, 7, True),
        ({"min": 7, "max": 7}, 7, True),
        ({"min": 7, "max": 7}, {"min": 8, "max": 8}, False),
    ],
)
def test_a_toll_needs_the_bounds_of_gold(wanted, found, right):
    assert same_count(wanted, found) is right


@pytest.mark.parametrize(
    ("wanted", "found", "right"),
    [
        ({"text": "Monday", "start": "2019-03-25"}, {"text": "on Monday", "start": "2019-03-25"}, True),
        ({"text": "Monday", "start": "2019-03-25"}, {"text": "Monday"}, False),  # not resolved
        ({"text": "last month", "start": "2019-02"}, {"start": "2019-02-01", "end": "2019-02-28"}, True),
        ({"start": "2019-02-01", "end": "2019-02-03"}, {"start": "2019-02-01"}, False),
        ({"text": "last night"}, {"text": "last night", "start": "2019-03-26"}, True),
        ("last night", "last night", True),
    ],
)
def test_a_date_is_resolved_in_the_precision_of_gold(wanted, found, right):
    assert same_date(wanted, found) is right


def test_every_slot_counts_and_what_is_optional_does_not(scored):
    row = {"type": "attack", "agent": ["Gunmen"], "target": ["bank"], "place": ["Mopti", "Mali"], "killed": 4}
    assert tally(scored([ATTACK], row)) == (4, 1, 1)


def test_a_fact_without_a_partner_costs_all_its_slots(scored):
    assert tally(scored([ATTACK])) == (0, 0, 5)
    assert tally(scored([], {"type": "attack", "agent": ["x"], "place": ["y"]})) == (0, 3, 0)
    assert tally(scored([{**ATTACK, "optional": True}])) == (0, 0, 0)
    assert tally(scored([{**ATTACK, "optional": True}], {"type": "attack", "agent": ["x"]})) == (0, 0, 0)


def test_facts_are_aligned_so_that_most_slots_are_right(scored):
    other = {"type": "attack", "agent": ["JNIM"], "place": ["Gao"]}
    rows = [
        {"type": "attack", "agent": ["JNIM"], "place": ["Gao"]},
        {"type": "attack", "agent": ["gunmen"], "target": ["bank"], "place": ["Mopti"], "killed": 3},
    ]
    for order in itertools.permutations(rows):
        assert tally(scored([ATTACK, other], *order)) == (8, 0, 0)


def test_a_claim_is_judged_by_the_event_that_it_is_about(scored):
    attack = {"type": "attack", "agent": ["gunmen"], "target": ["bank"], "place": ["Mopti"], "killed": 3}
    right = scored([ATTACK, CLAIM], attack, {"type": "claim", "about": "f0", "certainty": "negated"})
    wrong = scored([ATTACK, CLAIM], attack, {"type": "claim", "about": "f9", "certainty": "negated"})
    assert tally(right) == (7, 0, 0)
    assert tally(wrong) == (6, 1, 1)


def test_an_equal_type_is_right_and_counts_under_the_first(scored):
    scores = scored(
        [{"type": "affiliation|membership", "agent": ["x"]}], {"type": "membership", "agent": ["x"]}
    )
    assert list(scores.types) == ["affiliation"]


def test_certainty_is_judged_over_aligned_facts(scored):
    claim = {"type": "claim", "about": "f0"}
    scores = scored([ATTACK, CLAIM], {"type": "attack", "certainty": "reported"}, claim)
    assert (scores.certainty.part, scores.certainty.whole) == (1, 2)
    assert (scores.not_asserted_precision.part, scores.not_asserted_precision.whole) == (1, 1)
    assert (scores.not_asserted_recall.part, scores.not_asserted_recall.whole) == (0, 1)
    assert scored([]).certainty.value is None


def test_speakers_have_precision_and_recall(scored):
    right = scored([ATTACK], {"type": "attack", "according_to": ["the mayor"]})
    wrong = scored([ATTACK], {"type": "attack", "according_to": ["police"]})
    silent = scored([ATTACK], {"type": "attack"})
    free = scored(
        [{"type": "attack", "according_to?": ["police"]}], {"type": "attack", "according_to": ["police"]}
    )
    found = [(one.speaker_precision.value, one.speaker_recall.value) for one in (right, wrong, silent, free)]
    assert found == [(1.0, 1.0), (0.0, 0.0), (None, 0.0), (None, None)]


def test_faults_are_told_by_phenomenon_the_costliest_first(scored):
    scores = scored([ATTACK, CLAIM], {"type": "operation", "agent": ["army"]}, tags=("passive", "negation"))
    kinds = [(fault.type, fault.kind, fault.slots) for fault in scores.faults]
    assert kinds == [
        ("attack", "missed fact", 5),
        ("claim", "missed fact", 2),
        ("operation", "spurious fact", 2),
    ]
    assert list(by_phenomenon(scores.faults)) == ["negation", "passive"]
    assert scores.tags["passive"] == scores.total
    assert by_phenomenon(scored([ATTACK]).faults).keys() == {"(untagged)"}
    assert "killed min 3 max 3" in scores.faults[0].wanted


def test_certainty_and_speaker_are_faults_of_an_aligned_fact(scored):
    row = {"type": "attack", "agent": ["gunmen"], "target": ["bank"], "place": ["Mopti"], "killed": 3}
    scores = scored([ATTACK], {**row, "certainty": "denied", "according_to": ["police"]})
    assert [(fault.kind, fault.wanted, fault.given) for fault in scores.faults] == [
        ("certainty", "asserted|reported", "denied"),
        ("speaker", "mayor", "police"),
    ]


def test_reliability_compares_confidence_with_the_share_of_right_facts(scored):
    rows = [{"type": "attack", "agent": ["gunmen"], "confidence": 0.92},
            {"type": "operation", "agent": ["army"], "confidence": 1.0},
            {"type": "clash", "confidence": 0.05}]  # fmt: skip
    scores = scored([ATTACK], *rows)
    low, high = reliability(scores.pairs)
    assert (low.low, low.facts, low.right) == (0.0, 1, 0.0)
    assert (high.facts, round(high.confidence, 2), high.right, high.slots) == (2, 0.96, 0.5, 0.5)
    assert calibration_error([low, high]) == pytest.approx((0.05 + 2 * 0.46) / 3)
    assert reliability(()) == []
    assert calibration_error([]) == 0.0


def test_predictions_for_unknown_passages_are_counted(tmp_path):
    passages = read_gold(write(tmp_path / "gold.jsonl", [{"id": "p", "text": TEXT, "facts": []}]))
    assert score(passages, predictions([{"doc": "q", "type": "attack"}])).facts["elsewhere"] == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "malformed JSON"),
        ("[]", "not a JSON object"),
        ('{"id": "p", "text": "x"}', "no gold passage"),
        ('{"id": "p", "text": "x", "facts": [{}]}', 'no "type"'),
        ('{"id": "p", "text": "x", "facts": []}\n{"id": "p", "text": "y", "facts": []}', "two passages"),
    ],
)
def test_a_bad_gold_file_is_one_error_that_says_where(tmp_path, line, reason):
    (tmp_path / "gold.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        read_gold(tmp_path / "gold.jsonl")


def test_a_row_that_is_no_fact_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no fact"):
        read_predictions(write(tmp_path / "rows.jsonl", [{"type": "attack"}]))
    with pytest.raises(InputError, match="can't be read"):
        read_predictions(tmp_path / "missing.jsonl")


@settings(max_examples=60)
@given(
    st.integers(1, 5).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=1, max_size=5
        )
    )
)
def test_the_assignment_is_as_good_as_the_best_of_all(worth):
    rows, columns = len(worth), len(worth[0])
    pairs = best_pairs(worth)
    assert len(pairs) == min(rows, columns)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    long, short = max(rows, columns), min(rows, columns)
    best = max(
        sum(worth[i][j] if rows <= columns else worth[j][i] for i, j in enumerate(order))
        for order in itertools.permutations(range(long), short)
    )
    assert sum(worth[row][column] for row, column in pairs) == best


@pytest.fixture(scope="module")
def reference(eval_dir):
    """The scorer of the evaluation material."""
    spec = importlib.util.spec_from_file_location("reference_score", eval_dir / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", [*quality.OURS, *quality.THEIRS])
def test_the_scores_are_those_of_the_evaluations_own_scorer(reference, name):
    rows = [row for one in quality.extractions(name).values() for row in facts.rows(one)]
    counts, types, _ = reference.score(reference.read(quality.path_of(name)), rows)
    scores = quality.scores(name)
    ours = {type_: (tally.hits, tally.spurious, tally.missed) for type_, tally in scores.types.items()}
    assert ours == {type_: (one["tp"], one["fp"], one["fn"]) for type_, one in types.items()}
    shares = (
        ("certainty", "certainty_ok", "certainty_n"),
        ("not_asserted_precision", "hedged_ok", "hedged_pred"),
        ("not_asserted_recall", "hedged_found", "hedged_gold"),
        ("speaker_precision", "speaker_ok", "speaker_pred"),
        ("speaker_recall", "speaker_ok", "speaker_gold"),
    )
    for share, part, whole in shares:
        assert (getattr(scores, share).part, getattr(scores, share).whole) == (counts[part], counts[whole])
    assert [scores.facts[one] for one in ("found", "missed", "spurious")] == [
        counts[one] for one in ("facts_hit", "facts_missed", "facts_spurious")
    ]


@pytest.fixture
def files(tmp_path):
    """A gold file and a file of predictions."""
    passage = {"id": "p", "text": TEXT, "facts": [ATTACK, CLAIM], "tags": ["passive"]}
    rows = [{"doc": "p", "id": "f0", "type": "attack", "agent": ["gunmen"], "confidence": 0.8}]
    return write(tmp_path / "gold.jsonl", [passage]), write(tmp_path / "rows.jsonl", rows)


def test_the_command_prints_tables_and_the_errors_by_phenomenon(runner, files):
    gold, rows = files
    result = runner("evaluate", gold, "--predicted", rows, "--errors")
    assert result.exit_code == 0, result.output
    assert "certainty right: 1/1" in result.stdout
    assert "0.8-0.9" in result.stdout
    assert "passive: 5 slots" in result.stdout
    assert "p claim, missed fact: wanted [about 0]" in result.stdout


def test_the_command_prints_one_json_object(runner, files):
    gold, rows = files
    found = json.loads(runner("evaluate", gold, "--predicted", rows, "--json", "--errors").stdout)
    assert found["all"]["hits"] == 2
    assert found["types"]["attack"]["recall"] == pytest.approx(0.4)
    assert found["speaker_precision"] == {"part": 0, "whole": 0, "value": None}
    assert {fault["kind"] for fault in found["errors"]} == {"slots", "speaker", "missed fact"}


def test_below_the_floor_the_exit_code_is_3_and_the_scores_are_printed(runner, files):
    gold, rows = files
    result = runner("evaluate", gold, "--predicted", rows, "--min-f1", "0.9")
    assert result.exit_code == 3
    assert "below the floor of 0.9" in result.stderr
    assert "certainty right" in result.stdout
    assert runner("evaluate", gold, "--predicted", rows, "--min-f1", "0.1").exit_code == 0


def test_without_predictions_the_texts_are_read(runner, files):
    result = runner("evaluate", files[0], "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["facts"]["found"] >= 1


def test_a_gold_file_that_is_missing_is_a_usage_error(runner, tmp_path):
    assert runner("evaluate", tmp_path / "none.jsonl").exit_code == 2


# events put together


def test_b_cubed_of_the_same_clusters_is_one_whatever_they_are_called():
    gold = {1: "a", 2: "a", 3: "b"}
    assert b_cubed(gold, {1: "x", 2: "x", 3: "y"}) == BCubed(1.0, 1.0, 3, 3)


def test_b_cubed_counts_what_is_torn_apart_as_recall_and_what_is_thrown_together_as_precision():
    gold = {1: "a", 2: "a", 3: "b", 4: "b"}
    assert b_cubed(gold, dict.fromkeys(gold, "x")) == BCubed(0.5, 1.0, 4, 4)
    apart = b_cubed(gold, {item: str(item) for item in gold})
    assert apart == BCubed(1.0, 0.5, 4, 4)
    assert apart.f1 == pytest.approx(2 / 3)


def test_b_cubed_counts_a_missed_mention_against_recall_and_leaves_out_others():
    assert b_cubed({1: "a", 2: "a"}, {1: "x", 9: "x"}) == BCubed(1.0, 0.25, 1, 2)
    assert b_cubed({1: "a"}, {}) == BCubed(0.0, 0.0, 0, 1)
    assert b_cubed({}, {}).f1 == 0.0
