"""How names are found in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.gazetteer import Candidate, Gazetteer, key
from kg.registry import load


@pytest.fixture(scope="module")
def gazetteer(registry):
    return Gazetteer(registry)


def found(gazetteer, text):
    return {match.text: match.candidates[0].slug for match in gazetteer.matches(text)}


@pytest.mark.parametrize(
    ("text", "name", "slug"),
    [
        ("al Qaeda's JNIM struck", "JNIM", "jnim"),
        ("al Qaeda’s JNIM struck", "al Qaeda", "al-qaeda"),
        ("Al-Qa’ida said", "Al-Qa’ida", "al-qaeda"),
        ("El-Shabaab is not how it is spelt, but", "El-Shabaab", "al-shabaab"),
        ("Jama`at Nusrat al Islam wal-Muslimin said", "Jama`at Nusrat al Islam wal-Muslimin", "jnim"),
        ("in Tombouctou and elsewhere", "Tombouctou", "ml-timbuktu-city"),
        ("in Menaka, they", "Menaka", "ml-menaka-city"),
        ("in Ménaka region", "Ménaka region", "ml-menaka-region"),
        ("in Kidal Region", "Kidal Region", "ml-kidal-region"),
        ("near the town of Ogossagou", "Ogossagou", "ml-ogossagou-city"),
        ("in Menaka town", "Menaka town", "ml-menaka-city"),
        ("U.N. troops", "U.N.", "united-nations"),
        ("the Wagner group", "Wagner group", "wagner"),
        ("Islamic State's West Africa Province", "Islamic State's West Africa Province", "iswap"),
        ("Islamic State West Africa Province", "Islamic State West Africa Province", "iswap"),
        ("Kata'ib Hezbollah", "Kata'ib Hezbollah", "kataib-hezbollah"),
        ("in northern Mali", "northern Mali", "ml-northern-mali"),
        ("in Mali's north", "Mali's north", "ml-northern-mali"),
        ("the Gatia militia", "Gatia", "gatia"),
        ("GUNMEN ATTACKED KIDAL AND TESSALIT", "KIDAL", "ml-kidal-city"),
        ("Abu Walid al Sahrawi died", "Abu Walid al Sahrawi", "al-sahrawi"),
        ("تنظيم القاعدة", "القاعدة", "al-qaeda"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(gazetteer, text, name, slug):
    assert found(gazetteer, text).get(name) == slug


@pytest.mark.parametrize(
    "text",
    [
        "they had let the site tip over; it is a fact",
        "he turned the other way, eta unknown, and was of the same view",
        "an islamic state, they said, is not a house",
        "the base, the youth and the league were there",
        "the jnimble fox and Malice",
        "THE TALKS IS SAID TO HAVE FAILED",
    ],
)
def test_common_words_are_no_names(gazetteer, text):
    assert found(gazetteer, text) == {}


def test_a_name_inside_a_longer_name_does_not_fire(gazetteer):
    matches = gazetteer.matches("Islamic State in the Greater Sahara and al-Qaeda in the Islamic Maghreb")
    assert [match.candidates[0].slug for match in matches] == ["isgs", "aqim"]


def test_a_sign_between_words_ends_a_name(gazetteer):
    assert "northern Mali" not in found(gazetteer, "They went northern. Mali said")
    assert found(gazetteer, "Boko. Haram") == {}


def test_one_name_may_mean_several_things_strong_ones_first(gazetteer):
    (match,) = gazetteer.matches("Gao")
    assert match.candidates[0] == Candidate("ml-gao-city", "place", strong=True)
    assert Candidate("ml-gao-region", "place", strong=False) in match.candidates
    (match,) = gazetteer.matches("Mali")
    assert match.candidates == (
        Candidate("ml", "place", strong=True),
        Candidate("mali", "actor", strong=False),
    )
    (match,) = gazetteer.matches("Al-Shabaab")
    assert {(c.slug, c.strong) for c in match.candidates} == {
        ("al-shabaab", True),
        ("isis-mozambique", False),
    }


def test_an_acronym_that_many_bear_is_weak(gazetteer):
    for text in ("MSA", "CSP", "RSF", "IS", "HuA"):
        (match,) = gazetteer.matches(text)
        assert not match.candidates[0].strong, text


def test_an_acronym_is_written_in_capitals(gazetteer):
    assert found(gazetteer, "the eta of the ship and Eta too") == {}
    assert found(gazetteer, "ETA bombers") == {"ETA": "eta"}


def test_candidates_of_a_whole_name_ignore_case(gazetteer):
    assert gazetteer.candidates("BOKO haram")[0].slug == "boko-haram"
    assert gazetteer.candidates("nobody at all") == ()


def test_the_possessive_is_not_part_of_the_name(gazetteer):
    (match,) = gazetteer.matches("Mali’s")
    assert (match.start, match.end, match.text) == (0, 4, "Mali")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jama’at Nusrat al-Islam", "Jamaat Nusrat el Islâm"),
        ("Islamic State – Sahel", "Islamic State-Sahel"),
        ("N'Djamena", "Ndjamena"),
        ("as-Sunna", "al-Sunna"),
        ("U.S.", "US"),
    ],
)
def test_spellings_fold_to_one_key(one, other):
    assert key(one) == key(other)


def test_key_is_idempotent():
    for _, name in load().actor_names():
        assert key(key(name.text)) == key(name.text), name.text


def test_every_strong_name_finds_its_actor(gazetteer, registry):
    for slug, name in registry.actor_names():
        if name.strong:
            matches = gazetteer.matches(name.text)
            assert any(c.slug == slug for match in matches for c in match.candidates), (slug, name.text)


@given(st.text(alphabet=st.sampled_from("aM lGoiIS-’'.,\n\u0301éالJNU"), max_size=80))
def test_matches_are_ordered_apart_and_say_what_is_printed(gazetteer, text):
    end = 0
    for match in gazetteer.matches(text):
        assert match.start >= end
        assert match.end > match.start
        assert match.text == text[match.start : match.end]
        assert match.candidates
        end = match.end


def test_the_same_text_gives_the_same_matches(registry):
    text = "GAO. Gao's JNIM, IS and al-Shabaab; the IS IN GAO TODAY"
    one, other = Gazetteer(registry), Gazetteer(registry)
    other.matches("IS IN GAO. " * 3)
    assert one.matches(text) == other.matches(text) == one.matches(text)
