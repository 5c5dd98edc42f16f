"""How well reports are read: floors on every gold set, and what must never become an accepted edge."""

from __future__ import annotations

import json

import pytest
import quality
from make_floors import FLOORS, floor_of, updated

from kg.evaluate import read_gold

EVERY = (*quality.OURS, *quality.THEIRS)


@pytest.fixture(scope="module")
def floors():
    return json.loads(FLOORS.read_text(encoding="utf-8"))


@pytest.fixture
def gold(request, name):
    """The file of a set; sets of the evaluation material are skipped where it is absent."""
    if name not in quality.OURS:
        request.getfixturevalue("eval_dir")
    return quality.path_of(name)


@pytest.mark.parametrize("name", [*EVERY, *quality.LINKS, *quality.PUBLIC])
def test_a_set_is_read_at_least_as_well_as_its_floors_say(name, gold, floors):
    entry = floors["sets"][name]
    assert entry["gold"] == quality.digest(name), "the gold changed; run: python tests/make_floors.py"
    measured = {measure: value for measure, (value, _) in quality.measures(name).items()}
    below = {
        measure: (round(measured.get(measure, 0.0), 4), floor)
        for measure, floor in entry["floors"].items()
        if measured.get(measure, 0.0) < floor
    }
    assert not below, f"{gold.name}: measured below floor {below}; `kg evaluate {gold} --errors` says why"


@pytest.mark.parametrize("name", EVERY)
def test_nothing_denied_negated_or_hypothetical_is_an_accepted_edge(name, gold):
    assert gold.exists()
    assert quality.accepted_untrue(name) == []


@pytest.mark.parametrize("name", EVERY)
def test_a_passage_that_states_no_fact_gives_none(name, gold):
    empty = {passage.id for passage in read_gold(gold) if not passage.facts}
    invented = [
        (pair.passage, pair.given.type) for pair in quality.scores(name).pairs if pair.passage in empty
    ]
    assert invented == []


def test_ordinary_prose_gives_no_more_false_facts_than_its_floor_allows(floors):
    """The aim is one in 10,000 words; until it is met the floor says how far the reading has come."""
    words, found = quality.read_prose(step=3)
    assert words > 8_000
    assert words / max(1, len(found)) >= floors["sets"][quality.PROSE]["floors"]["words_per_fact"], found


def test_every_lowered_floor_has_a_reason(floors):
    assert all(one["reason"].strip() for one in floors["lowered"])
    assert set(floors["sets"]) == {*EVERY, *quality.LINKS, *quality.PUBLIC, quality.PROSE}


def test_a_floor_rises_with_the_measure_and_goes_down_only_with_a_reason():
    floors = {"lowered": [], "sets": {}}
    more = {"digest": "d", "reason": ""}
    assert updated(floors, "s", {"f1": (0.80, 0.01)}, **more) == []
    assert floors["sets"]["s"]["floors"] == {"f1": 0.79}
    assert updated(floors, "s", {"f1": (0.795, 0.01)}, **more) == []
    assert floors["sets"]["s"]["floors"] == {"f1": 0.79}
    assert len(updated(floors, "s", {"f1": (0.70, 0.01)}, **more)) == 1
    assert floors["sets"]["s"]["floors"] == {"f1": 0.79}
    assert updated(floors, "s", {"f1": (0.70, 0.01)}, digest="d", reason="a wrong gold fact") == []
    assert floors["sets"]["s"]["floors"] == {"f1": 0.69}
    assert floors["lowered"] == [
        {"set": "s", "measure": "f1", "from": 0.79, "to": 0.69, "reason": "a wrong gold fact"}
    ]
    assert floor_of(1 / 3, 0.01) == 0.323
