"""Relations between actors, and what happens to them."""

from __future__ import annotations

import pytest
from reading import fact, missing


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Abu Bakr Shekau pledged allegiance to the Islamic State.",
            [fact("allegiance", agent="Abu Bakr Shekau|Shekau", object="Islamic State")],
        ),
        (
            "A faction of al-Shabaab led by Abdulqadir Mumin has given bay'ah to the Islamic State.",
            [fact("allegiance", object="Islamic State")],
        ),
        (
            "Forty fighters defected from al-Shabaab to the Islamic State.",
            [fact("allegiance", agent="fighters|forty fighters", object="Islamic State")],
        ),
    ],
)
def test_a_pledge_is_an_allegiance(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Al Qaeda's JNIM attacked a camp in Gao.", [fact("affiliation", agent="JNIM", object="Al Qaeda")]),
        (
            "JNIM, the al Qaeda branch in the Sahel, attacked a camp in Gao.",
            [fact("affiliation", agent="JNIM", object="al Qaeda")],
        ),
        (
            "Ansar Dine is affiliated with al-Qaeda.",
            [fact("affiliation", agent="Ansar Dine", object="al-Qaeda")],
        ),
        (
            "Abu Walid, a member of ISGS, was seen in Ménaka.",
            [fact("membership", agent="Abu Walid", object="ISGS")],
        ),
    ],
)
def test_belonging_is_affiliation_or_membership(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Iyad Ag Ghaly leads JNIM.", [fact("leadership", agent="Iyad Ag Ghaly", object="JNIM")]),
        (
            "JNIM leader Iyad Ag Ghaly appeared in a video.",
            [fact("leadership", agent="Iyad Ag Ghaly", object="JNIM")],
        ),
        (
            "Iyad Ag Ghaly, the head of JNIM, appeared in a video.",
            [fact("leadership", agent="Iyad Ag Ghaly", object="JNIM")],
        ),
        (
            "Amadou Kouffa, emir of Katiba Macina, appeared in a video.",
            [fact("leadership", agent="Amadou Kouffa", object="Katiba Macina")],
        ),
        (
            "Boko Haram is led by Abubakar Shekau.",
            [fact("leadership", agent="Abubakar Shekau", object="Boko Haram")],
        ),
        (
            "The Islamic State named Abu Musab al-Barnawi as leader of Boko Haram.",
            [fact("leadership", agent="Abu Musab al-Barnawi", object="Boko Haram")],
        ),
        (
            "Boko Haram's leader, Abubakar Shekau, appeared in a video.",
            [fact("leadership", agent="Abubakar Shekau", object="Boko Haram")],
        ),
        (
            "Mokhtar Belmokhtar founded al-Mourabitoun.",
            [fact("leadership", agent="Mokhtar Belmokhtar", object="al-Mourabitoun")],
        ),
    ],
)
def test_a_post_or_verb_tells_who_leads(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "French troops killed Djamel Okacha, a leader of JNIM, near Timbuktu.",
            [fact("killing", victim="Djamel Okacha", place="Timbuktu")],
        ),
        (
            "Abu Walid al-Sahrawi was killed in a French air strike in August 2021.",
            [fact("killing", victim="Abu Walid al-Sahrawi")],
        ),
        (
            "Amadou Kouffa died in a raid by French forces near Mopti.",
            [fact("killing", victim="Amadou Kouffa")],
        ),
        ("The death of Abubakar Shekau was confirmed by ISWAP.", [fact("killing", victim="Abubakar Shekau")]),
        (
            "The army said it had killed Mamman Nur, a commander of ISWAP, in an air strike.",
            [fact("killing", victim="Mamman Nur", speaker="army")],
        ),
        (
            "A US drone killed Adan Garaar, an al-Shabaab commander, in 2015.",
            [fact("killing", victim="Adan Garaar")],
        ),
    ],
)
def test_a_named_dead_is_a_killing(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Police arrested Mahad Karate in Mogadishu on Monday.",
            [fact("capture", agent="police", victim="Mahad Karate", place="Mogadishu", date="2019-03-25")],
        ),
        ("Al-Shabaab captured the town of Bulobarde.", [fact("capture", agent="Al-Shabaab")]),
        ("The army recaptured Bama from Boko Haram.", [fact("capture", agent="army")]),
        (
            "Islamist insurgents seized the port of Mocimboa da Praia.",
            [fact("capture", agent="insurgents|Islamist insurgents")],
        ),
        (
            "French soldiers detained Ali Maychou in Gao.",
            [fact("capture", victim="Ali Maychou", place="Gao")],
        ),
    ],
)
def test_an_arrest_or_seizure_is_a_capture(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Al-Shabaab controls the town of Jilib.", [fact("control", agent="Al-Shabaab", place="Jilib")]),
        ("Kidal is held by the CMA.", [fact("control", agent="CMA", place="Kidal")]),
        ("The M23 occupies Rutshuru.", [fact("control|capture", agent="M23", place="Rutshuru")]),
    ],
)
def test_holding_a_place_is_control(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ISWAP split from Boko Haram in 2016.", [fact("split", agent="ISWAP", object="Boko Haram")]),
        ("MSA broke away from the CMA.", [fact("split", agent="MSA", object="CMA")]),
    ],
)
def test_groups_merge_and_break_away(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The government of Mali and the CMA signed a peace agreement in Algiers.",
            [fact("agreement", party=["CMA"], place="Algiers")],
        ),
        (
            "The Taliban agreed a three-day ceasefire with the Afghan government.",
            [fact("agreement", party=["Taliban"])],
        ),
        (
            "A truce between Hamas and Israel took effect on Sunday.",
            [fact("agreement", party=["Hamas", "Israel"], date="2019-03-24")],
        ),
        ("Hezbollah and Israel agreed to a ceasefire.", [fact("agreement", party=["Hezbollah", "Israel"])]),
        (
            "The FARC signed a peace deal with the government in Havana.",
            [fact("agreement", party="FARC", place="Havana")],
        ),
    ],
)
def test_a_truce_or_treaty_has_parties(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The United States designated JNIM as a terrorist organisation.",
            [fact("designation", agent="United States", object="JNIM")],
        ),
        (
            "Canada has listed Ansaru as a terrorist group.",
            [fact("designation", agent="Canada", object="Ansaru")],
        ),
        (
            "ISGS was added to the US list of foreign terrorist organisations.",
            [fact("designation", object="ISGS")],
        ),
        (
            "Britain banned Hezbollah as a terrorist organisation.",
            [fact("designation", agent="Britain", object="Hezbollah")],
        ),
    ],
)
def test_a_listing_is_a_designation(text, wanted):
    assert missing(text, wanted) == []
