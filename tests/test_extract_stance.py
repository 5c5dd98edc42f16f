"""Who says so and how sure they are: claims, denials, negation, hypotheticals, hedges, speakers."""

from __future__ import annotations

import pytest
from reading import fact, missing, rows


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "JNIM claimed responsibility for an attack on a barracks in Nampala.",
            [
                fact("claim", agent="JNIM", about="attack", certainty="asserted"),
                fact("attack", target="barracks", place="Nampala"),
            ],
        ),
        ("The ambush was claimed by ISGS.", [fact("claim", agent="ISGS", about="attack")]),
        (
            "In a statement on Amaq, the Islamic State said it was behind the bombing of a bus in Damascus.",
            [fact("claim", agent="Islamic State", about="attack")],
        ),
        (
            "Al-Shabaab says it carried out the attack on a base in Baidoa.",
            [fact("claim", agent="Al-Shabaab", about="attack")],
        ),
        (
            "Responsibility for the ambush near Boni was claimed by JNIM.",
            [fact("claim", agent="JNIM", about="attack")],
        ),
        (
            "JNIM, which claimed the attack on a camp in Gao, has not commented.",
            [fact("claim", agent="JNIM", about="attack")],
        ),
        (
            "An attack claimed by the Islamic State killed five soldiers in Inates.",
            [
                fact("claim", agent="Islamic State", about="attack"),
                fact("attack", killed=(5, 5), place="Inates"),
            ],
        ),
        (
            "The Taliban claimed to have killed 14 soldiers in Kunduz.",
            [fact("attack", agent="Taliban", killed=(14, 14), certainty="claimed")],
        ),
        (
            "A little-known group, the Tehrik Front, has claimed the bombing in Quetta.",
            [fact("claim", about="attack"), fact("attack", place="Quetta")],
        ),
    ],
)
def test_a_claim_is_tied_to_its_event(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A car bomb killed four soldiers in Timbuktu on Monday. JNIM claimed responsibility.",
            [
                fact("claim", agent="JNIM", about="attack"),
                fact("attack", place="Timbuktu", killed=(4, 4), date="2019-03-25"),
            ],
        ),
        (
            "Gunmen attacked a school in Kaduna. Hours later, Ansaru claimed the attack.",
            [fact("claim", agent="Ansaru", about="attack")],
        ),
    ],
)
def test_a_claim_is_tied_to_the_event_of_an_earlier_sentence(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Al-Shabaab denied responsibility for the bombing in Mogadishu.",
            [fact("denial", agent="Al-Shabaab", about="attack")],
        ),
        (
            "The Taliban denied that its fighters attacked the hospital in Kabul.",
            [fact("denial", agent="Taliban")],
        ),
        (
            "The army rejected accusations that its troops killed civilians in Moura.",
            [fact("denial", agent="army")],
        ),
        (
            "Boko Haram says it did not carry out the attack on the mosque in Kano.",
            [fact("denial", agent="Boko Haram")],
        ),
        (
            "JNIM denied any involvement in the killing of a chief in Ménaka.",
            [fact("denial", agent="JNIM", about="attack|killing")],
        ),
        (
            '"We had nothing to do with the attack in Garissa," a spokesman for al-Shabaab said.',
            [fact("denial", agent="al-Shabaab|spokesman")],
        ),
        (
            "Residents blamed the army for the shelling of Kidal, but the army denied it.",
            [fact("denial", agent="army", about="attack|operation")],
        ),
    ],
)
def test_a_denial_is_a_fact_of_its_own(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "No group has claimed responsibility for the attack in Gao.",
            [fact("claim", certainty="negated", about="attack")],
        ),
        (
            "Gunmen attacked a church in Dori. No one has claimed the attack.",
            [fact("claim", certainty="negated", about="attack")],
        ),
        ("Boko Haram did not attack the town of Bama.", [fact("attack", certainty="negated")]),
        ("No soldiers were killed in the ambush near Boni.", [fact("attack", place="Boni")]),
        ("Nobody has claimed the bombing in Quetta.", [fact("claim", certainty="negated", about="attack")]),
        (
            "The attack on the camp in Gao has not been claimed.",
            [fact("claim", certainty="negated", about="attack")],
        ),
        (
            "Al-Shabaab has not commented on the attack in Kismayo, which went unclaimed.",
            [fact("attack", place="Kismayo")],
        ),
    ],
)
def test_what_did_not_happen_is_negated(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Al-Shabaab may attack Nairobi, the embassy warned.", [fact("attack", certainty="hypothetical")]),
        ("JNIM threatened to attack French troops in Mali.", [fact("attack", certainty="hypothetical")]),
        ("Boko Haram could strike Diffa again.", [fact("attack", certainty="hypothetical")]),
        (
            "Boko Haram plans to attack schools in Yobe, the police warned.",
            [fact("attack", certainty="hypothetical")],
        ),
        (
            "If Israel strikes, Hezbollah would attack Haifa.",
            [fact("attack", agent="Hezbollah", certainty="hypothetical")],
        ),
        ("Al-Shabaab vowed to attack Kenya.", [fact("attack", agent="Al-Shabaab", certainty="hypothetical")]),
        (
            "The embassy warned of possible attacks on hotels in Kampala.",
            [fact("attack", certainty="hypothetical")],
        ),
        (
            "Fighters might pledge allegiance to the Islamic State.",
            [fact("allegiance", certainty="hypothetical")],
        ),
    ],
)
def test_what_may_happen_is_hypothetical(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("JNIM reportedly attacked a convoy near Gao.", [fact("attack", agent="JNIM", certainty="reported")]),
        (
            "The army blamed JNIM for the ambush near Boni.",
            [fact("attack", agent="JNIM", certainty="suspected", speaker="army")],
        ),
        (
            "Al-Shabaab is accused of bombing a market in Garissa.",
            [fact("attack", agent="Al-Shabaab", certainty="suspected")],
        ),
        (
            "ISWAP allegedly killed a chief in Yobe.",
            [fact("attack|killing", agent="ISWAP", certainty="reported|suspected")],
        ),
        (
            "ISGS is believed to have attacked a post near Ayorou.",
            [fact("attack", agent="ISGS", certainty="suspected|reported")],
        ),
        (
            "An attack attributed to JNIM killed three soldiers near Boni.",
            [fact("attack", agent="JNIM", certainty="suspected", killed=(3, 3))],
        ),
        (
            "Gunmen thought to belong to Boko Haram raided a farm near Gwoza.",
            [fact("attack", certainty="suspected")],
        ),
        ("Presumed jihadists burned a school in Djibo.", [fact("attack", certainty="suspected")]),
    ],
)
def test_a_hedge_makes_a_fact_reported_or_suspected(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Residents said gunmen attacked a village near Diffa.",
            [fact("attack", agent="gunmen", speaker="residents", certainty="reported|asserted")],
        ),
        (
            "Gunmen attacked a village near Diffa, residents said.",
            [fact("attack", agent="gunmen", speaker="residents")],
        ),
        (
            "According to the governor, Boko Haram attacked two villages near Diffa.",
            [fact("attack", agent="Boko Haram", speaker="governor")],
        ),
        (
            "Three soldiers were killed in an ambush near Boni, the army said in a statement.",
            [fact("attack", killed=(3, 3), speaker="army")],
        ),
        (
            "An official told AFP that gunmen had attacked a mine near Djibo.",
            [fact("attack", agent="gunmen", speaker="official")],
        ),
        (
            "Boko Haram attacked Bosso, the mayor told reporters on Monday.",
            [fact("attack", agent="Boko Haram", speaker="mayor")],
        ),
        ("Witnesses saw gunmen attack a bus near Mandera, they said.", [fact("attack", agent="gunmen")]),
    ],
)
def test_a_statement_is_attributed_to_its_speaker(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The army said residents had reported an attack by Boko Haram on a village near Diffa.",
            [fact("attack", agent="Boko Haram", speaker="residents|army", certainty="reported|asserted")],
        ),
        (
            "Reuters, citing a security source, said gunmen attacked a mine near Djibo.",
            [fact("attack", agent="gunmen", speaker="security source|source|Reuters")],
        ),
    ],
)
def test_a_speaker_who_relays_another_is_told_apart(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            '"Boko Haram attacked our village," said Ali Moussa, a resident of Diffa.',
            [fact("attack", agent="Boko Haram", speaker="Ali Moussa")],
        ),
    ],
)
def test_a_quotation_belongs_to_its_speaker(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "If confirmed, the attack by ISGS on a base in Inates would be its first there.",
            [fact("attack", certainty="reported|hypothetical|suspected")],
        ),
    ],
)
def test_a_condition_makes_a_fact_uncertain(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "outcome", "certainty"),
    [
        ("The army repelled an attack by JNIM on its base in Gao.", "failed", "asserted"),
        ("A failed assault by Boko Haram on the barracks in Monguno left 12 men dead.", "failed", "asserted"),
        ("The drone attack by the Houthis on the tanker failed.", "failed", "asserted"),
        ("Police foiled a plot by the Islamic State to bomb a church in Manila.", "foiled", "hypothetical"),
        ("Kenyan police said they had thwarted an al-Shabaab attack on a mall in Nairobi.", "foiled", None),
        ("JNIM attacked the base in Gao and overran it.", "", "asserted"),
        ("The army could not stop the attack by JNIM on Gao.", "", "asserted"),
        ("Police did not thwart the bombing of a church in Jolo by Abu Sayyaf.", "", "asserted"),
    ],
)
def test_an_attack_foiled_or_beaten_back_says_so(text, outcome, certainty):
    attack = next(row for row in rows(text) if row["type"] == "attack")
    assert attack.get("outcome", "") == outcome
    assert certainty in (None, attack["certainty"])


def test_who_beats_back_an_attack_makes_none():
    assert [r["type"] for r in rows("The army repelled an attack by JNIM on its base in Gao.")] == ["attack"]


def test_a_denial_in_a_set_phrase_is_found_behind_a_name_of_several_words():
    text = "Kataib Hezbollah said it had nothing to do with the attack on the base of Ain al-Asad."
    assert missing(text, [fact("denial", agent="Kataib Hezbollah")]) == []
