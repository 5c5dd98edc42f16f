"""What people decide: the last decision on the same subjects holds, nothing is rewritten."""

from __future__ import annotations

import pytest

from kg.errors import InputError, UsageError
from kg.judgement import Judgement, append_judgement, decisions, read_judgements

ACCEPT = Judgement("accept", ("proposition:p",), "Ada", "2026-11-23", "seen the video")
SAME = Judgement("same", ("telling:b", "telling:a"), "Ada", "2026-11-23")


def test_what_is_appended_is_read_in_order(tmp_path):
    path = tmp_path / "judgements.jsonl"
    assert read_judgements(path) == ()
    odd = Judgement("reject", ("assertion:a",), "Zoë", "2026-11-24", "line\u2028break\nand “quotes”")
    for one in (ACCEPT, SAME, odd):
        append_judgement(path, one)
    assert read_judgements(path) == (ACCEPT, SAME, odd)
    assert path.read_text("utf-8").count("\n") == 3


def test_the_last_decision_on_the_same_subjects_holds():
    different = Judgement("different", ("telling:a", "telling:b"), "Bo", "2026-11-24")
    assert list(decisions([SAME, ACCEPT, different]).values()) == [ACCEPT, different]


def test_undo_takes_a_decision_back_and_a_later_one_stands():
    undo = Judgement("undo", ("telling:a", "telling:b"), "Ada", "2026-11-25")
    assert decisions([SAME, undo]) == {}
    assert list(decisions([undo, SAME]).values()) == [SAME]


def test_the_reason_says_who_when_and_why():
    assert ACCEPT.reason == "judged accept by Ada on 2026-11-23: seen the video"


@pytest.mark.parametrize(
    ("kind", "subjects"),
    [
        ("maybe", ("proposition:p",)),
        ("accept", ("telling:t",)),
        ("accept", ("proposition:p", "proposition:q")),
        ("same", ("telling:t",)),
        ("same", ("telling:t", "telling:t")),
        ("same", ("telling:t", "actor:a")),
        ("different", ("event:e", "event:f")),
        ("undo", ()),
    ],
)
def test_a_judgement_on_what_its_kind_does_not_decide_is_refused(kind, subjects):
    with pytest.raises(UsageError):
        Judgement(kind, subjects, "Ada", "2026-11-23")


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"kind": "accept"}', '{"kind": "same", "subjects": ["event:e", "event:f"]}']
)
def test_a_broken_line_is_named(tmp_path, line):
    path = tmp_path / "judgements.jsonl"
    append_judgement(path, ACCEPT)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
    with pytest.raises(InputError, match=r"judgements\.jsonl:2: "):
        read_judgements(path)


def test_a_last_line_that_was_left_open_is_ended_first(tmp_path):
    path = tmp_path / "judgements.jsonl"
    append_judgement(path, ACCEPT)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append_judgement(path, SAME)
    assert read_judgements(path) == (ACCEPT, SAME)
