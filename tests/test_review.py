"""Deciding: what a person records is checked against the store, appended, and applied by the next build."""

from __future__ import annotations

import json

import pytest
import world

from kg.errors import StoreError
from kg.pipeline import decide
from kg.store import OxigraphStore, open_store
from kg.vocab import MKG, iri, ref

BY = ("--by", "Ada Example", "--on", "2026-11-23")


@pytest.fixture
def built(workplace, runner):
    """A folder with the store of the invented reports."""
    world.write(workplace / "reports.jsonl")
    assert runner("build", "reports.jsonl").exit_code == 0
    return workplace


@pytest.fixture
def rival(built):
    """The statement that lays the bombing to ISGS."""
    with open_store("kg-store", read_only=True) as store:
        statement, *_ = statements(store, "perpetrator", "isgs")
        return statement


def statements(store, relation, actor):
    """The references of the statements with this relation to an actor."""
    propositions = [
        quad.subject
        for quad in store.quads(p=MKG.object, o=iri(f"actor:{actor}"))
        if next(store.quads(s=quad.subject, p=MKG.predicate)).object == iri(f"mkg:{relation}")
    ]
    return sorted({ref(quad.subject) for one in propositions for quad in store.quads(p=MKG.states, o=one)})


def status(statement):
    with open_store("kg-store", read_only=True) as store:
        (proposition,) = {quad.object for quad in store.quads(s=iri(statement), p=MKG.states)}
        return ref(next(store.quads(s=proposition, p=MKG.status)).object).partition(":")[2]


def events():
    """The events of attacks, with their tellings."""
    found = {}
    with open_store("kg-store", read_only=True) as store:
        for quad in store.quads(p=MKG.canonical):
            if ref(quad.subject).startswith("telling:"):
                found.setdefault(ref(quad.object), []).append(ref(quad.subject))
    return found


def failed(result, code, text):
    assert result.exit_code == code, result.output
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("kg: error:")]
    assert text in line


def test_a_rejected_statement_is_denied_after_the_next_build_and_undo_takes_it_back(built, rival, runner):
    before = (built / "outputs" / "graph.ttl").read_bytes()
    assert status(rival) == "contested"
    done = runner("review", "reject", rival, *BY, "--note", "the wrong group")
    assert done.exit_code == 0, done.output
    assert f"2026-11-23 Ada Example: reject {rival}: the wrong group" in done.stderr
    assert status(rival) == "contested"
    runner("build", "reports.jsonl")
    assert status(rival) == "denied"
    assert runner("review", "undo", rival, *BY).exit_code == 0
    runner("build", "reports.jsonl")
    assert status(rival) == "contested"
    assert (built / "outputs" / "graph.ttl").read_bytes() == before
    assert len((built / "kg-store" / "judgements.jsonl").read_text("utf-8").splitlines()) == 2


def test_an_iri_is_as_good_as_a_reference(built, rival, runner):
    assert runner("review", "accept", f"<{iri(rival).value}>", *BY).exit_code == 0
    runner("build", "reports.jsonl")
    assert status(rival) == "accepted"


def test_events_judged_the_same_are_one_and_what_is_parted_again_is_two(built, runner):
    one, other = sorted(events())[:2]
    assert runner("review", "same", one, other, *BY).exit_code == 0
    before = events()
    runner("build", "reports.jsonl")
    assert len(events()) == len(before) - 1
    subjects = json.loads((built / "kg-store" / "judgements.jsonl").read_text("utf-8"))["subjects"]
    assert subjects == [min(before[one]), min(before[other])]
    assert runner("review", "different", *subjects, *BY).exit_code == 0
    runner("build", "reports.jsonl")
    assert events() == before


def test_an_event_told_twice_asks_which_telling_is_to_be_parted(built, runner):
    told = events()
    often = max(told, key=lambda event: len(told[event]))
    once = min(told, key=lambda event: len(told[event]))
    assert len(told[often]) > 1
    failed(runner("review", "different", often, once, *BY), 2, min(told[often]))


def test_the_list_shows_what_stands_and_the_history_all(built, rival, runner):
    assert "nothing is decided" in runner("review", "list").stderr
    runner("review", "accept", rival, *BY)
    runner("review", "reject", rival, *BY)
    assert runner("review", "list").stdout == f"2026-11-23 Ada Example: reject {rival}\n"
    shown = runner("review", "list", "--history", "--format", "json").stdout
    assert [json.loads(line)["kind"] for line in shown.splitlines()] == ["accept", "reject"]
    runner("review", "undo", rival, *BY)
    assert runner("review", "list").stdout == ""


def test_the_reviewer_may_stand_in_the_environment(built, rival, runner, monkeypatch):
    monkeypatch.setenv("KG_REVIEWER", "Bo")
    assert runner("review", "accept", rival, "--on", "2026-11-23").exit_code == 0
    assert "Bo: accept" in runner("review", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ("accept assertion:0000000000000000 --by A --on 2026-11-23", "holds no assertion:0000000000000000"),
        ("accept actor:jnim --by A --on 2026-11-23", "can't decide on actor:jnim"),
        ("accept event:0000000000000000 --by A --on 2026-11-23", "can't be judged"),
        ("accept nonsense --by A --on 2026-11-23", "nonsense"),
        ("accept https://w3id.org/militant-kg/id/ --by A --on 2026-11-23", "no prefix"),
        ("same event:0000000000000000 event:0000000000000001 --by A --on 2026-11-23", "holds no event"),
        ("same actor:jnim actor:jnim --by A --on 2026-11-23", "two actors"),
        ("undo actor:jnim --by A --on 2026-11-23", "can't decide"),
        ("undo assertion:0000000000000000 --by A --on 2026-11-23", "nothing is decided"),
        ("accept assertion:0000000000000000 --by A", "--on"),
        ("accept assertion:0000000000000000 --on 2026-11-23", "--by"),
    ],
)
def test_what_cant_be_decided_is_refused_and_nothing_is_written(built, runner, arguments, text):
    failed(runner("review", *arguments.split()), 2, text)
    assert not (built / "kg-store" / "judgements.jsonl").exists()


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "20261123", "2026-W48-1"])
def test_a_day_that_is_none_is_refused(built, rival, runner, day):
    failed(runner("review", "accept", rival, "--by", "A", "--on", day), 2, day)


def test_a_nameless_judgement_is_refused(built, rival, runner):
    failed(runner("review", "accept", rival, "--by", " ", "--on", "2026-11-23"), 2, "names the person")


def test_a_damaged_file_is_named_and_left_alone(built, rival, runner):
    path = built / "kg-store" / "judgements.jsonl"
    path.write_text("{\n", encoding="utf-8")
    failed(runner("review", "accept", rival, *BY), 1, "judgements.jsonl:1")
    assert path.read_text("utf-8") == "{\n"


def test_what_cant_be_written_is_one_line(built, rival, runner):
    (built / "kg-store" / "judgements.jsonl").symlink_to(built / "missing" / "file")
    failed(runner("review", "accept", rival, *BY), 1, "can't write")


def test_a_hostile_note_stays_one_line(built, rival, runner):
    done = runner("review", "accept", rival, *BY, "--note", 'a\nb\x1b[31m"}\u2028{"kind"')
    assert done.exit_code == 0
    assert "\x1b" not in done.stderr
    assert "\x1b" not in runner("review", "list").stdout
    runner("build", "reports.jsonl")
    assert status(rival) == "accepted"


def test_a_store_in_memory_keeps_no_judgements():
    with pytest.raises(StoreError, match="in memory"):
        decide(OxigraphStore(), "accept", ("assertion:a",), person="Ada", day="2026-11-23")
