"""Incidents: what a whole report tells of violence, by weights that hold words and no names."""

from __future__ import annotations

import re
from itertools import islice

import pytest

from kg import api
from kg.incidents import load_weights
from kg.incidents.weights import KINDS, ROLES
from kg.model import Report
from kg.read import read_reports

BOMBING = (
    "TERRORISTS DYNAMITED A BANK IN DOWNTOWN LIMA LAST NIGHT. A POWERFUL BOMB EXPLODED AT THE BANK AND "
    "CAUSED SERIOUS DAMAGE. POLICE SAID THAT GUERRILLAS OF THE SHINING PATH PLACED THE BOMB."
)
MURDER = (
    "UNIDENTIFIED GUNMEN MURDERED MAYOR HECTOR RIVERA IN MEDELLIN THIS MORNING. RIVERA WAS SHOT TO DEATH "
    "OUTSIDE HIS HOME. POLICE BLAMED THE ELN FOR THE ASSASSINATION."
)
PLAIN = "THE MINISTER SAID THAT COFFEE PRICES ROSE BY THREE PERCENT LAST MONTH, AND THAT EXPORTS WILL GROW."


def told(text: str):
    """The incidents of a text: kind to role to labels in small letters."""
    [found] = api.extractor().incidents([Report(text, published="1990-02-01")])
    return {
        one.kind: {role: [f.label.lower() for f in one.roles.get(role, ())] for role in ROLES}
        for one in found
    }


def test_a_bombing_has_its_target_weapon_and_perpetrators():
    found = told(BOMBING)
    assert "bomb" in " ".join(found["bombing"]["weapon"])
    assert any("bank" in label for label in found["bombing"]["target"])
    assert found["bombing"]["individual"] or found["bombing"]["organisation"]


def test_a_murder_has_its_victim_by_name_alone():
    assert "hector rivera" in told(MURDER)["attack"]["victim"]


def test_a_report_without_violence_tells_no_incident():
    assert told(PLAIN) == {}


def test_the_same_report_gives_the_same_incidents():
    reports = [Report(text) for text in (BOMBING, MURDER, PLAIN)]
    assert list(api.extractor().incidents(reports)) == list(api.extractor().incidents(reports))


def test_fillers_are_printed_as_in_the_report():
    for report in islice((r for r in read_reports(_samples()) if isinstance(r, Report)), 20):
        [found] = api.extractor().incidents([report])
        for filler in (f for one in found for fillers in one.roles.values() for f in fillers):
            assert filler.label == report.text[filler.start : filler.end]


def test_no_feature_holds_a_name():
    for sketch in api.extractor().sketches(islice(read_reports(_samples()), 20)):
        for features in (sketch.features, *(one.features for one in sketch.candidates)):
            assert [one for one in features if _is_printed(one)] == []


def _samples() -> list[str]:
    return [str(path) for path in api.sample_sources()]


def _is_printed(feature: str) -> bool:
    """Whether a feature has a word with a capital: lemmas and the parser's labels have none."""
    return re.search(r"[A-Z][a-z]", feature.partition(":")[2]) is not None


@pytest.mark.parametrize("name", ["relevant", *KINDS, *ROLES])
def test_weights_are_words_in_order_without_names(name):
    weights = load_weights()[name]
    assert list(weights.features) == sorted(weights.features)
    assert not [feature for feature in weights.features if _is_printed(feature)]
    assert all(abs(weight) < 10 for weight in weights.features.values())
