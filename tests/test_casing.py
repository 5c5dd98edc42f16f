"""Capitals put back: offsets stay, ordinary text is left alone, and what is read is printed as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose import paragraphs

from kg import api
from kg.casing import Casing
from kg.gazetteer import Gazetteer
from kg.model import Report
from kg.registry import load

TELEX = (
    "MARIA FLORES, MAYOR OF AYACUCHO, WAS KILLED BY MEMBERS OF THE ARMY OF NATIONAL LIBERATION [ELN].\n\n"
    "   COLONEL HECTOR RIVERA SAID THAT THE ELN ALSO ATTACKED A POLICE STATION IN BOGOTA ON 3 MAY."
)


@pytest.fixture(scope="module")
def casing():
    registry = load()
    return Casing(registry, Gazetteer(registry))


@given(text=st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=300))
def test_any_text_keeps_its_length_and_all_but_its_case(casing, text):
    for one in (text, text.upper(), text.lower()):
        restored = casing.restored(one)
        assert len(restored) == len(one)
        changed = [(a, b) for a, b in zip(one, restored, strict=True) if a != b]
        assert all(b in (a.lower(), a.upper()) for a, b in changed)


def test_prose_in_one_case_is_restored_at_its_offsets(casing):
    for text in paragraphs()[::40]:
        for one_case in (text.upper(), text.lower()):
            restored = casing.restored(one_case)
            assert len(restored) == len(one_case)
            assert restored.lower() == one_case.lower()


@pytest.mark.parametrize(
    "text", ["The army killed two rebels in Gao.", "JNIM", "", "\n\n", "attack near Gao"]
)
def test_text_in_ordinary_case_is_left_as_it_is(casing, text):
    assert casing.restored(text) == text


def test_every_sample_report_is_left_as_it_is(casing):
    from kg.read import read_reports

    for report in read_reports([str(path) for path in api.sample_sources()]):
        assert casing.restored(report.text) == report.text


def test_names_titles_months_and_sentences_get_their_capitals(casing):
    assert casing.restored(TELEX) == (
        "Maria Flores, mayor of Ayacucho, was killed by members of the Army of National Liberation [ELN].\n\n"
        "   Colonel Hector Rivera said that the ELN also attacked a police station in Bogota on 3 May."
    )


def test_text_in_small_letters_gets_the_same_capitals(casing):
    assert casing.restored(TELEX.lower()) == casing.restored(TELEX)


def test_a_headline_in_capitals_over_ordinary_text_is_restored_alone(casing):
    body = "The army said that two soldiers were killed."
    assert casing.restored(f"GUNMEN KILL TWO SOLDIERS NEAR GAO\n\n{body}") == (
        f"Gunmen kill two soldiers near Gao\n\n{body}"
    )


@pytest.mark.parametrize("text", [TELEX, TELEX.lower()], ids=["capitals", "small letters"])
def test_what_is_read_is_printed_as_in_the_report(text):
    [found] = api.extractor().extract([Report(text, published="1990-05-04")])
    assert found.report.text == text
    attack = next(fact for fact in found.facts if fact.type == "attack")
    assert [f.label for f in attack.fillers("agent")] == [text[text.index("]") - 3 :][:3]]
    for mention in found.mentions:
        assert mention.text == text[mention.start : mention.end]
    for fact in found.facts:
        assert fact.evidence.text == text[fact.evidence.start : fact.evidence.end]
        for _, fillers in fact.roles:
            assert all(f.label.lower() in text.lower() for f in fillers)
            assert all(f.label == (f.label.upper() if text.isupper() else f.label.lower()) for f in fillers)


def test_a_telex_is_read_like_the_same_text_in_ordinary_case(casing):
    [shouted] = api.extractor().extract([Report(TELEX, published="1990-05-04")])
    [plain] = api.extractor().extract([Report(casing.restored(TELEX), published="1990-05-04")])
    assert [(f.type, f.trigger, f.certainty) for f in shouted.facts] == [
        (f.type, f.trigger, f.certainty) for f in plain.facts
    ]
    assert [(m.start, m.end, m.link) for m in shouted.mentions] == [
        (m.start, m.end, m.link) for m in plain.mentions
    ]
