"""Relations between actors, and what happens to them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from reading import fact, missing, rows

import kg
from kg.extract.lexicon import load
from kg.model import FACT_TYPES
from kg.resources import ontology_dir


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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Fighters near Gossi have thrown in their lot with the Islamic State.",
            fact("allegiance", agent="Fighters", object="Islamic State"),
        ),
        (
            "Ansar al-Sharia marched under the banner of al-Qaeda.",
            fact("affiliation|allegiance", agent="Ansar al-Sharia", object="al-Qaeda"),
        ),
        (
            "The tribe threw its weight behind the Houthis.",
            fact("allegiance|support", agent="tribe", object="Houthis"),
        ),
        ("Al-Nusra Front cut ties with al-Qaeda.", fact("split", agent="Al-Nusra Front", object="al-Qaeda")),
        (
            "Abu Walid al-Sahrawi left al-Mourabitoun in 2015.",
            fact("split", agent="Abu Walid al-Sahrawi", object="al-Mourabitoun"),
        ),
        (
            "Adnan Syed, an early deserter from Boko Haram, was seen in Diffa.",
            fact("split", agent="Adnan Syed", object="Boko Haram"),
        ),
        (
            "The split between ISWAP and Boko Haram dates to August 2016.",
            fact("split", agent="ISWAP", object="Boko Haram"),
        ),
        (
            "Liwa al-Haqq was absorbed into Hay'at Tahrir al-Sham.",
            fact("merger", party="Liwa al-Haqq", object="Hay'at Tahrir al-Sham"),
        ),
        (
            "The merger of al-Shabaab with al-Qaeda was announced in 2012.",
            fact("merger", party=["al-Shabaab", "al-Qaeda"]),
        ),
        (
            "Katiba Serma is part of JNIM.",
            fact("membership|affiliation", agent="Katiba Serma", object="JNIM"),
        ),
        (
            "Ahmed Godane enlisted in al-Shabaab in 2006.",
            fact("membership", agent="Ahmed Godane", object="al-Shabaab"),
        ),
        ("The Wagner Group fought alongside the Malian army.", fact("support", object="Malian army")),
        (
            "Hezbollah receives money and weapons from Iran.",
            fact("support", agent="Iran", object="Hezbollah"),
        ),
        (
            "Pakistan gave refuge to commanders of the Haqqani network.",
            fact("support", agent="Pakistan"),
        ),
        (
            "The European Union imposed sanctions on the Wagner Group.",
            fact("designation", agent="European Union", object="Wagner Group"),
        ),
        (
            "Al-Shabaab has handed the reins of its front in Jubba to Yusuf Gurey.",
            fact("leadership", agent="Yusuf Gurey"),
        ),
    ],
)
def test_set_phrases_tell_relations(text, wanted):
    assert missing(text, [wanted]) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The Khalifa Haftar-led Libyan National Army shelled Tripoli.",
            fact("leadership", agent="Khalifa Haftar", object="Libyan National Army"),
        ),
        (
            "The Iran-backed militia Kata'ib Hezbollah claimed the attack.",
            fact("support", agent="Iran", object="Kata'ib Hezbollah"),
        ),
        ("The Houthi-held port of Hodeidah was struck.", fact("control", agent="Houthi", place="Hodeidah")),
        (
            "The leader of Boko Haram, Abubakar Shekau, is dead.",
            fact("leadership", agent="Abubakar Shekau", object="Boko Haram"),
        ),
        (
            "The militia under the command of Khalifa Haftar withdrew.",
            fact("leadership", agent="Khalifa Haftar", object="militia"),
        ),
        (
            "Iyad Ag Ghaly was appointed head of JNIM.",
            fact("leadership", agent="Iyad Ag Ghaly", object="JNIM"),
        ),
    ],
)
def test_names_beside_descriptions_are_those_in_a_relation(text, wanted):
    assert missing(text, [wanted]) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A peace deal was signed between the FARC and the Colombian government in Cartagena.",
            fact("agreement", party=["FARC", "Colombian government"], place="Cartagena"),
        ),
        ("The Taliban held talks with American envoys in Doha.", fact("agreement", party="Taliban")),
        (
            "A pause in the fighting between the Sudanese army and the RSF came into force on Friday.",
            fact("agreement", party=["Sudanese army", "RSF"], date="2019-03-22"),
        ),
        (
            "The truce that Hezbollah struck with Israel in Naqoura is holding.",
            fact("agreement", party=["Hezbollah", "Israel"]),
        ),
    ],
)
def test_parties_come_to_terms_however_the_words_are_spread(text, wanted):
    assert missing(text, [wanted]) == []


@pytest.mark.parametrize(
    ("text", "type_", "certainty"),
    [
        ("Al-Shabaab denied having sworn allegiance to the Islamic State.", "allegiance", "denied"),
        ("Ansaru denied being allied to al-Qaeda.", "affiliation", "denied"),
        ("Abu Umar is not, and has never been, the leader of Boko Haram.", "leadership", "negated"),
        ("The army no longer controls Djibo.", "control", "negated"),
        ("Nothing has been found that ties Ansaru to al-Qaeda.", "affiliation", "negated"),
        (
            "The State Department has revoked the listing of the Houthis as a terrorist organization.",
            "designation",
            "negated",
        ),
        ("The Houthis were removed from the US terrorist list.", "designation", "negated"),
        ("The Islamic State was driven out of Mosul.", "control", "negated"),
        (
            "Talks on fusing the Syrian Democratic Forces into the Syrian army could resume.",
            "merger",
            "hypothetical",
        ),
        ("Uganda may have provided training to M23.", "support", "hypothetical"),
    ],
)
def test_what_is_denied_undone_or_talked_of_is_no_relation_that_holds(text, type_, certainty):
    found = [row["certainty"] for row in rows(text) if row["type"] == type_]
    assert found == [certainty]


def test_a_place_that_somebody_is_driven_from_is_taken():
    text = "Government troops drove al-Shabaab out of Barawe."
    assert missing(text, [fact("capture", agent="Government troops", place="Barawe")]) == []


@pytest.mark.parametrize(
    "text",
    [
        "The mayor's party split from the ruling coalition.",
        "The band merged rock and jazz.",
        "The bank backs the merger of the two companies.",
        "The company's leader pledged loyalty to its customers.",
        "The striker left Barcelona and joined Chelsea.",
        "The government imposed sanctions on importers.",
        "The union and the ministry signed an agreement.",
        "The church controls a hospital in Boston.",
        "Simon de Montfort, who led the barons, died at the head of his men in 1265.",
        "The study relies on data from the ministry.",
        "Vodafone's Congolese affiliate has agreed a truce in its price war with Airtel.",
        "In 1912 the garrison's commander, Hasan Tahsin Pasha, gave up Thessaloniki to the Greek army.",
    ],
)
def test_relations_of_other_fields_are_left_alone(text):
    assert rows(text) == []


def test_one_that_is_not_meant_stands_in_no_relation():
    text = "Army: Abu Sayyaf splinter, not Maute remnants, behind Marawi blast."
    assert [row for row in rows(text) if row["type"] == "split"] == []


def test_taxes_paid_to_rebels_are_no_support():
    text = "Kunyo Barrow pays its taxes to the insurgents."
    assert [row for row in rows(text) if row["type"] == "support"] == []


def test_lists_of_single_words_hold_no_phrases_and_every_list_is_read():
    folder = Path(kg.__file__).parent / "extract"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))
    for name, section in load().relations.items():
        for key, words in section.items():
            if key != "dealing":  # read as phrases
                assert [word for word in words if " " in word] == [], f"{name}.{key}"
            read = f'"{name}", "{key}"' in code or key.endswith("_classes") or key in ("nouns", "verbs")
            assert read, f"{name}.{key}"


def test_a_bond_names_a_type_and_where_those_in_it_stand():
    data = tomllib.loads((ontology_dir() / "lexicon" / "relations.toml").read_text(encoding="utf-8"))
    for bond in data["bond"]:
        assert bond["type"] in FACT_TYPES
        assert bond.get("verbs") or bond.get("nouns")
        needed = {"merger": {"party"}, "control": {"agent", "place"}, "capture": {"agent", "place"}}
        assert needed.get(bond["type"], {"agent", "object"}) <= {k for k, v in bond.items() if v}, bond
