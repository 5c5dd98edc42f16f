"""Whose account it is, and what it is an account of: blame, contrast, hearsay, failure, tolls told apart."""

from __future__ import annotations

import pytest
from reading import fact, missing, rows


def of_type(text, kind):
    return [row for row in rows(text) if row["type"] == kind]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The raid in Diffa was Boko Haram's work, the army said.",
         fact("attack", agent="Boko Haram", certainty="reported")),
        ("The raid in Diffa was probably the work of Boko Haram.",
         fact("attack", agent="Boko Haram", certainty="suspected")),
        ("Officials hold Boko Haram responsible for the raid in Diffa.",
         fact("attack", agent="Boko Haram", certainty="suspected")),
        ("The raid in Diffa bore the hallmarks of Boko Haram.",
         fact("attack", agent="Boko Haram", certainty="suspected")),
    ],
)  # fmt: skip
def test_laying_an_event_to_a_group_is_no_claim_of_that_group(text, wanted):
    assert missing(text, [wanted]) == []
    assert of_type(text, "claim") == []


def test_who_is_contrasted_did_not_do_it():
    text = "It was the army, and not the rebels, that shelled a clinic near Bosso."
    agents = [label for row in rows(text) for label in row.get("agent", ())]
    assert agents == ["army"]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Two brothers are said to have been kidnapped by ISWAP near Rann.", "reported"),
        ("Despite reports that ISWAP attacked a clinic in Rann, the road is open.", "reported"),
        ("ISWAP failed to seize a barracks in Rann.", "negated"),
    ],
)
def test_hearsay_and_failure_are_never_asserted(text, certainty):
    assert [row["certainty"] for row in rows(text)] == [certainty]


def test_failing_to_claim_an_attack_does_not_undo_the_attack():
    text = "ISWAP failed to claim the attack on a barracks in Rann."
    assert missing(text, [fact("attack", certainty="asserted"), fact("claim", certainty="negated")]) == []


def test_a_toll_that_opens_a_paragraph_is_of_the_event_before():
    text = "Gunmen attacked a barracks in Diffa on Monday.\n\nTwelve soldiers were killed, officials said."
    (attack,) = of_type(text, "attack")
    assert attack["killed"] == {"min": 12, "max": 12}


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("between 10 and 15", (10, 15)),
        ("10 to 15", (10, 15)),
        ("half a dozen", (6, 6)),
        ("at least nine", (9, None)),
    ],
)
def test_the_bounds_of_a_toll_are_those_of_its_words(words, bounds):
    (attack,) = of_type(f"Gunmen killed {words} villagers near Diffa.", "attack")
    assert (attack["killed"]["min"], attack["killed"]["max"]) == bounds


def test_a_rival_toll_is_an_account_of_its_own():
    text = "A bomb hit a bus in Kabul. The army counted 12 dead; the governor put the toll at 20."
    tolls = [row["killed"]["min"] for row in of_type(text, "attack") if "killed" in row]
    assert sorted(tolls) == [12, 20]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Twenty ADF fighters surrendered to the army in Beni.", fact("capture", agent="army", place="Beni")),
        ("Sevare fell to the rebels.", fact("capture", agent="rebels", place="Sevare")),
        ("Iran provides drones to the Houthis.", fact("support", agent="Iran", object="Houthis")),
        ("The cell obeys Abubakar Shekau.", fact("leadership", agent="Abubakar Shekau", object="cell")),
        ("Abu Hamza of the TTP was arrested.", fact("membership", agent="Abu Hamza", object="TTP")),
        ("Envoys of the Taliban and the army agreed to a truce in Kunduz.",
         fact("agreement", place="Kunduz")),
    ],
)  # fmt: skip
def test_roles_follow_the_meaning_of_the_verb_not_its_syntax(text, wanted):
    assert missing(text, [wanted]) == []
