"""What the practice passages taught: whose men, who plans, what an account is, what is of this field."""

from __future__ import annotations

import pytest
from reading import fact, missing, rows


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Al-Shabaab said its fighters had shelled a camp in Beledweyne.",
            [
                fact("attack", agent="Al-Shabaab", target="camp"),
                fact("claim", agent="Al-Shabaab", about="attack"),
            ],
        ),
        (
            "Police in Nairobi foiled a plot by al-Shabaab to bomb a hotel in Mombasa.",
            [fact("attack", agent="al-Shabaab", target="hotel", place="Mombasa", certainty="hypothetical")],
        ),
        (
            "Fighting between JNIM and the Malian army flared up around Nyabo at the weekend.",
            [fact("clash", place="Nyabo", date=("2019-03-23", "2019-03-24"))],
        ),
        (
            "A U.S. drone strike killed Hasan Qadri in Raqqa.",
            [fact("killing", victim="Hasan Qadri", agent="U.S.", tactic="drone strike")],
        ),
        (
            "Troops arrived to break the siege that JNIM has laid to the town.",
            [fact("attack", agent="JNIM", tactic="siege")],
        ),
        (
            "Boko Haram commander Modu Bama dead, Chad says.",
            [fact("killing", victim="Modu Bama", speaker="Chad")],
        ),
        (
            "Gunmen on motorbikes killed at least 17 villagers near Bankass.",
            [fact("attack", agent="gunmen", victim="villagers", killed=(17, None))],
        ),
        (
            "Two men in a car gunned down Hashim Daoud, a judge, in Aden.",
            [fact("killing|attack", victim="Hashim Daoud", agent="men", killed=None)],
        ),
        (
            "The number of dead in Friday's bombing of a market in Oicha rose to 19 from 12, the army said.",
            [fact("attack", target="market", killed=(19, 19))],
        ),
        (
            "Insurgents lobbed pipe bombs into a tea shop in Yala, wounding six people.",
            [fact("attack", agent="insurgents", target="tea shop", tactic="pipe bombs", wounded=(6, 6))],
        ),
        (
            "Shells fell on a hospital in Idlib overnight.",
            [fact("attack", target="hospital", tactic="shells", place="Idlib")],
        ),
        (
            "The Israeli raid on a camp in Jenin left nine people dead.",
            [fact("operation|attack", agent="Israeli|Israel", target="camp", killed=(9, 9))],
        ),
        (
            "Separatists hijacked a Karachi-bound coach in Gwadar.",
            [fact("attack", agent="separatists", target="coach|Karachi-bound coach")],
        ),
    ],
)
def test_a_form_is_read(text, wanted):
    assert not missing(text, wanted)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a bus in Tillabéri. Officials blamed JNIM. Its spokesman called the charge a lie.",
        "A bomb killed four people in Gao. JNIM said the report was false.",
        'Rebels said they had seized a base in Kidal. The army called that untrue, saying it "held firm".',
    ],
)
def test_calling_an_account_false_denies_what_it_tells(text):
    assert any(row["type"] == "denial" for row in rows(text))


def test_what_a_party_says_did_not_happen_it_denies():
    found = rows("No air strike was carried out at Tidermene on Sunday, the Malian army said.")
    assert [row["certainty"] for row in found if row["type"] in ("operation", "attack")] == ["negated"]
    assert [row["agent"] for row in found if row["type"] == "denial"] == [["Malian army"]]


def test_that_nobody_was_hurt_denies_no_event():
    found = rows("JNIM raided a post in Ber. None of its soldiers was hurt, the Malian army said.")
    assert not [row for row in found if row["type"] == "denial"]


def test_soldiers_are_no_group_s_men():
    found = rows("JNIM said it bombed a base in Gao. None of its soldiers died, the French army replied.")
    assert ["JNIM"] not in [row.get("victim") for row in found]


def test_an_event_does_not_take_in_what_was_told_not_to_have_happened():
    found = rows("There was no raid on Ber, the army said, but a drone killed eight children in Kidal.")
    assert any(row.get("killed") and row["certainty"] != "negated" for row in found)


def test_the_killed_does_not_act_in_what_kills_him():
    text = "Abu Hafs al-Jubouri was shot dead in Hawija when he opened fire on policemen."
    [killing] = [row for row in rows(text) if row["type"] == "killing"]
    assert killing["victim"] == ["Abu Hafs al-Jubouri"]


def test_arrests_over_an_attack_are_another_event():
    found = {
        row["type"]
        for row in rows("Turkish police detained 14 people over a PKK gun attack on a bank in Van.")
    }
    assert {"attack", "capture"} <= found


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Rebels of the ELN blew up a pipeline in Arauca, the state oil firm said.",
            "oil firm|state oil firm",
        ),
        (
            "It was not the NPA that burned the bus in Negros, a regional command maintained.",
            "regional command",
        ),
        ("Gunmen shot a trader in Kano. Residents say that Boko Haram did it.", "residents"),
        (
            "A rocket hit a base in Anbar. A U.S. official pointed the finger at Kataib Hezbollah.",
            "U.S. official",
        ),
    ],
)
def test_who_says_so(text, speaker):
    assert not missing(text, [fact("attack", speaker=speaker)])


def test_raiders_believed_to_be_bandits_say_nothing():
    found = rows("Raiders believed to be bandits set fire to a clinic in Tsafe.")
    assert found
    assert all(not row.get("according_to") and row["certainty"] == "suspected" for row in found)


def test_one_accuses_the_other_and_the_other_a_third():
    found = rows("Addis Ababa blames the OLA for killings in Gimbi; the OLA blames a militia.")
    accused = {(row["agent"][0], row["according_to"][0]) for row in found if row["type"] == "attack"}
    assert accused == {("OLA", "Addis Ababa"), ("militia", "OLA")}


@pytest.mark.parametrize(
    "text",
    [
        "I never killed a man that didn't deserve it.",
        "The bomb will never go off.",
        "If Roger wrecks his car every week, how long will it last?",
        "Old programmers never die, they just hit their block limit.",
        "They want to ambush the proposal with a barrage of amendments.",
    ],
)
def test_what_nothing_shows_to_be_of_this_field_is_no_event(text):
    assert rows(text) == []


def test_a_cue_of_another_field_counts_in_its_own_part_of_a_sentence():
    text = "Al-Shabaab said it killed Farah Abdi in Afgoye: the officer, police said, died in a crash."
    assert any(row["type"] == "killing" for row in rows(text))


def test_a_bombing_at_a_match_is_a_bombing():
    assert not missing(
        "A car bomb outside a football match in Maiduguri killed five people.", [fact("attack")]
    )


def test_the_end_of_a_person_s_name_is_no_town():
    found = rows("A blast in Bosaso killed six people, said Abdifatah Aden, a police spokesman.")
    assert all("Aden" not in place for row in found for place in row.get("place", ()))
