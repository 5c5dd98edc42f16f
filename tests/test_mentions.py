"""Mentions: which spans name or describe an actor or a place, and what their sentence tells the linker."""

from __future__ import annotations

import pytest

from kg.model import Report


@pytest.fixture(scope="module")
def read(extractor):
    """The mentions of a text, by their words."""

    def mentions(text):
        found = next(iter(extractor.extract([Report(text)]))).mentions
        assert all(m.text == text[m.start : m.end] for m in found)
        assert [m.start for m in found] == sorted(m.start for m in found)
        return {m.text: m for m in found}

    return mentions


def test_a_description_carries_its_article_and_the_name_inside_is_a_mention_of_its_own(read):
    found = read("The raid was led by the Islamic State's local wing in Mali.")
    wing, name = found["the Islamic State's local wing in Mali"], found["Islamic State"]
    assert (wing.clues.form, wing.clues.sense, wing.clues.determiner) == ("description", "part", "'s")
    assert ("before", name.start, name.end) in wing.clues.inside


def test_a_facility_is_no_description_of_an_actor(read):
    assert not any("base" in text for text in read("Gunmen attacked an African military base near Gao."))


def test_two_forces_that_share_a_noun_are_two_mentions(read):
    found = read("Militants attacked Malian and UN troops near Gao.")
    assert found["Malian"].clues.countries == ("ml",)
    assert found["UN troops"].clues.sense == "army"


def test_a_nationality_before_a_named_force_is_a_force(read):
    assert read("Afghan and US forces responded with air strikes.")["Afghan"].clues.cls == "force"


def test_a_number_is_no_part_of_a_description(read):
    assert "Malian soldiers" in read("At least 21 Malian soldiers were killed near Gao.")


def test_the_noun_beside_a_place_says_what_kind_it_is(read):
    found = read("Fighting in the city of Gao spread to Gao and Menaka regions.")
    assert [m.clues.sense for m in found.values() if m.text == "Gao"] == ["region"] or found["Gao"].clues.noun
    assert read("He was born in the town of Kidal.")["Kidal"].clues.sense == "city"


def test_an_abbreviation_in_parentheses_points_to_its_name(read):
    found = read("The Movement for Southern Autonomy (MSA) denied the attack.")
    name = found["Movement for Southern Autonomy"]
    assert found["MSA"].clues.same == (name.start, name.end)


def test_a_name_inside_a_longer_name_is_marked(read):
    found = read("It was Mujahid al-Qaida that attacked the camp.")
    assert all(m.clues.against or m.text != "al-Qaida" for m in found.values())


def test_countries_in_a_passage_about_sport_are_teams_but_where_they_play_is_a_place(read):
    found = read("Mali lost the quarter-final against Niger in Ivory Coast after a late goal.")
    assert "sport" in found["Mali"].clues.against
    assert "sport" in found["Niger"].clues.against
    assert not found["Ivory Coast"].clues.against


def test_others_and_none_are_marked_as_no_particular_actor(read):
    found = read("No group has claimed the attack, but other militants praised it.")
    assert found["No group"].clues.against
    assert found["other militants"].clues.against


def test_an_offensive_argument_of_the_same_verb_is_another_actor(read):
    found = read("ISWAP took the group in.")
    iswap = found["ISWAP"]
    assert (iswap.start, iswap.end) in found["the group"].clues.apart


def test_a_text_without_names_has_no_mention_that_names():
    from kg.extract import Extractor
    from kg.registry import load

    assert next(iter(Extractor(load()).extract([Report("")]))).mentions == ()
