"""The forms in which an event is told: each construction gives the same fact as the plain one."""

from __future__ import annotations

import pytest
from reading import fact, missing


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Boko Haram attacked a barracks in Diffa on Tuesday.",
            [
                fact(
                    "attack",
                    agent="Boko Haram",
                    target="barracks",
                    place="Diffa",
                    date="2019-03-26",
                    certainty="asserted",
                )
            ],
        ),
        (
            "Al-Shabaab shelled the airport in Kismayo.",
            [fact("attack", agent="Al-Shabaab", target="airport", place="Kismayo")],
        ),
        (
            "Taliban fighters stormed a checkpoint in Helmand province.",
            [fact("attack", agent="Taliban|Taliban fighters", target="checkpoint", place="Helmand")],
        ),
        (
            "Gunmen ambushed a police patrol near Djibo.",
            [fact("attack", agent="gunmen", target="police patrol|patrol", place="Djibo")],
        ),
        ("Militants besieged the town of Palma for three days.", [fact("attack", agent="militants")]),
        (
            "Rebels fired rockets at a school in Idlib.",
            [fact("attack", agent="rebels", target="school", place="Idlib")],
        ),
        ("ISWAP overran a base in Dikwa.", [fact("attack|capture", agent="ISWAP")]),
        ("Bandits kidnapped nine teachers in Zamfara.", [fact("attack|capture", agent="bandits")]),
        (
            "Houthi fighters fired a missile at an airport in Abha.",
            [fact("attack", agent="Houthi fighters|Houthis", target="airport", place="Abha")],
        ),
        (
            "The Islamic State beheaded two farmers in Borno.",
            [fact("attack|killing", agent="Islamic State", victim="farmers|two farmers")],
        ),
        (
            "Insurgents burned down a clinic in Macomia.",
            [fact("attack", agent="insurgents", target="clinic", place="Macomia")],
        ),
        (
            "M23 rebels shelled Goma on Friday.",
            [fact("attack", agent="M23|M23 rebels", place="Goma", date="2019-03-22")],
        ),
        (
            "A suicide bomber blew himself up outside a mosque in Peshawar.",
            [fact("attack", place="Peshawar")],
        ),
    ],
)
def test_an_active_verb_tells_who_did_what_to_whom(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A barracks in Diffa was attacked by Boko Haram.",
            [fact("attack", agent="Boko Haram", target="barracks", place="Diffa")],
        ),
        (
            "Seven soldiers were killed when their vehicle was ambushed by JNIM near Mopti.",
            [fact("attack", agent="JNIM", killed=(7, 7))],
        ),
        (
            "Two aid workers were abducted in Maiduguri by fighters of ISWAP.",
            [fact("attack|capture", agent="ISWAP|fighters of ISWAP|fighters", place="Maiduguri")],
        ),
        (
            "The village of Ogossagou has been raided by unknown gunmen.",
            [fact("attack", agent="gunmen|unknown gunmen")],
        ),
        ("Four policemen were shot dead in Nairobi.", [fact("attack|killing", killed=(4, 4), agent="")]),
        (
            "A convoy was hit by a roadside bomb near Boni.",
            [fact("attack", target="convoy", tactic="roadside bomb")],
        ),
        (
            "The hotel was bombed by al-Shabaab in 2017.",
            [fact("attack", agent="al-Shabaab", target="hotel", date="2017")],
        ),
        (
            "A priest was kidnapped in Kaduna by unknown men.",
            [fact("attack|capture", victim="priest", place="Kaduna")],
        ),
    ],
)
def test_a_passive_verb_tells_the_same(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A suicide bombing at a market in Mogadishu killed eleven people.",
            [fact("attack", tactic="suicide bombing", target="market", place="Mogadishu", killed=(11, 11))],
        ),
        (
            "A JNIM raid on a customs post in Koulikoro wounded three officers.",
            [fact("attack", agent="JNIM", target="customs post|post", wounded=(3, 3))],
        ),
        (
            "An al-Shabaab car bomb destroyed a hotel in Mogadishu.",
            [fact("attack", agent="al-Shabaab", tactic="car bomb", target="hotel")],
        ),
        (
            "The murder of a chief in Ménaka was blamed on ISGS.",
            [fact("attack|killing", agent="ISGS", certainty="suspected")],
        ),
        (
            "An air strike by France on a camp near Kidal killed nine fighters.",
            [fact("operation", agent="France", place="Kidal", killed=(9, 9))],
        ),
        (
            "Al-Shabaab's assault on a mall in Nairobi killed four guards.",
            [fact("attack", agent="Al-Shabaab", place="Nairobi", killed=(4, 4))],
        ),
    ],
)
def test_a_noun_tells_an_event_with_its_roles(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Fighters attacking a convoy near Ansongo killed three peacekeepers.",
            [fact("attack", target="convoy", killed=(3, 3))],
        ),
        (
            "JNIM fighters riding motorbikes opened fire on a patrol near Boni, killing two soldiers.",
            [fact("attack", agent="JNIM|JNIM fighters", killed=(2, 2))],
        ),
    ],
)
def test_a_participle_tells_an_event(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The gunmen who attacked a church in Dori on Sunday killed six worshippers.",
            [fact("attack", agent="gunmen", target="church", place="Dori", killed=(6, 6), date="2019-03-24")],
        ),
        (
            "A hotel that al-Shabaab attacked in Kismayo has reopened.",
            [fact("attack", agent="al-Shabaab", target="hotel")],
        ),
        (
            "The army, which bombed a camp of Boko Haram near Lake Chad, lost no one.",
            [fact("operation", agent="army", target="camp|camp of Boko Haram")],
        ),
    ],
)
def test_a_relative_clause_tells_of_its_noun(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "ISGS, the Islamic State's Sahelian wing, attacked a post in Inates.",
            [fact("attack", agent="ISGS", target="post", place="Inates")],
        ),
        (
            "The Macina Liberation Front, a part of JNIM, attacked a gendarmerie post in Boulkessi.",
            [fact("attack", agent="Macina Liberation Front|Katiba Macina", place="Boulkessi")],
        ),
        (
            "Boko Haram attacked Gamboru, a town on the border with Cameroon.",
            [fact("attack", agent="Boko Haram")],
        ),
    ],
)
def test_an_apposition_does_not_hide_who_did_it(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "JNIM and ISGS attacked a camp in Tillabéri.",
            [fact("attack", agent=["JNIM", "ISGS"], target="camp")],
        ),
        (
            "Gunmen attacked a bank and a police station in Bauchi.",
            [fact("attack", target=["bank", "police station"])],
        ),
        (
            "Al-Shabaab attacked a base in Baidoa on Monday and bombed a café in Mogadishu on Tuesday.",
            [
                fact("attack", place="Baidoa", date="2019-03-25"),
                fact("attack", place="Mogadishu", date="2019-03-26"),
            ],
        ),
        (
            "Boko Haram killed five farmers and wounded two in Gwoza.",
            [fact("attack", agent="Boko Haram", killed=(5, 5), wounded=(2, 2))],
        ),
    ],
)
def test_coordinated_actors_targets_and_clauses_are_kept(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "JNIM returned to the airwaves to claim an attack on a barracks in Nampala.",
            [fact("claim", agent="JNIM", about="attack")],
        ),
        (
            "Boko Haram fighters tried to storm a barracks in Maiduguri.",
            [fact("attack", agent="Boko Haram|Boko Haram fighters", target="barracks")],
        ),
        ("Gunmen managed to attack the governor's convoy in Zinder.", [fact("attack", agent="gunmen")]),
    ],
)
def test_a_verb_under_another_keeps_its_subject(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Boko Haram carried out an attack on a mosque in Kano.",
            [fact("attack", agent="Boko Haram", target="mosque", place="Kano")],
        ),
        (
            "JNIM took credit for the bombing of a camp in Gao.",
            [fact("claim", agent="JNIM", about="attack"), fact("attack", place="Gao", tactic="bombing")],
        ),
        (
            "Al-Shabaab launched an assault on a hotel in Mogadishu.",
            [fact("attack", agent="Al-Shabaab", target="hotel")],
        ),
        (
            "The army mounted an operation against Boko Haram in Sambisa.",
            [fact("operation", agent="army", target="Boko Haram")],
        ),
    ],
)
def test_a_light_verb_leaves_the_event_to_its_noun(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "JNIM claims Gao bombing",
            [fact("claim", agent="JNIM", about="attack"), fact("attack", place="Gao")],
        ),
        ("Boko Haram kills 12 in Borno village raid", [fact("attack", agent="Boko Haram", killed=(12, 12))]),
        (
            "Al-Shabaab attacks hotel in Mogadishu",
            [fact("attack", agent="Al-Shabaab", target="hotel", place="Mogadishu")],
        ),
        ("Three soldiers killed in Mali ambush", [fact("attack", killed=(3, 3))]),
        ("Car bomb kills nine in Kabul", [fact("attack", killed=(9, 9), place="Kabul", tactic="car bomb")]),
        ("French forces kill JNIM commander", [fact("operation|killing", agent="French forces")]),
        (
            "Suicide bomber hits police station in Quetta",
            [fact("attack", target="police station", place="Quetta")],
        ),
    ],
)
def test_a_headline_is_read_without_articles(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "French troops killed eight jihadists in a raid near Kidal.",
            [fact("operation", agent="French troops", place="Kidal", killed=(8, 8))],
        ),
        (
            "A drone strike by the United States killed six al-Shabaab fighters in Jilib.",
            [fact("operation", killed=(6, 6), place="Jilib")],
        ),
        (
            "Nigerian jets bombed a Boko Haram camp in the Sambisa forest.",
            [fact("operation", target="Boko Haram camp|camp")],
        ),
        (
            "Police arrested eleven suspected militants in Ouagadougou.",
            [fact("operation|capture", agent="police")],
        ),
    ],
)
def test_force_used_by_a_state_is_an_operation(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "JNIM and ISGS fighters clashed near Ansongo on Monday.",
            [fact("clash", party=["JNIM", "ISGS"], place="Ansongo", date="2019-03-25")],
        ),
        (
            "Fighting between the Taliban and Afghan forces in Kunduz left nine dead.",
            [fact("clash", party=["Taliban"], place="Kunduz")],
        ),
    ],
)
def test_a_clash_has_parties_and_no_attacker(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Al-Shabaab bombed a hotel in Kismayo, raided a farm near Baidoa and shelled Mogadishu.",
            [
                fact("attack", place="Kismayo"),
                fact("attack", place="Baidoa"),
                fact("attack", place="Mogadishu"),
            ],
        ),
        (
            "JNIM claimed attacks in Gao and Mopti.",
            [fact("claim", agent="JNIM"), fact("attack", place="Gao")],
        ),
        (
            "ISWAP claimed Monday's bombing in Yola and Tuesday's ambush near Monguno.",
            [
                fact("attack", place="Yola", date="2019-03-25"),
                fact("attack", place="Monguno", date="2019-03-26"),
                fact("claim", agent="ISWAP"),
            ],
        ),
    ],
)
def test_several_events_of_one_sentence_are_several_facts(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The Movement for the Salvation of Azawad (MSA) said JNIM attacked its camp in Talataye.",
            [
                fact(
                    "attack",
                    agent="JNIM",
                    place="Talataye",
                    speaker="MSA|Movement for the Salvation of Azawad",
                )
            ],
        ),
        (
            "The Allied Democratic Forces (ADF) raided a farm near Beni. The ADF also burned Oicha.",
            [fact("attack", agent="ADF|Allied Democratic Forces", place="Oicha")],
        ),
    ],
)
def test_an_abbreviation_stands_for_its_name(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The French killed four fighters near Kidal.",
            [fact("operation", agent="French|the French", killed=(4, 4), place="Kidal")],
        ),
        (
            "Malian troops raided a camp of Katiba Macina near Mopti.",
            [fact("operation", agent="Malian troops", place="Mopti")],
        ),
        (
            "Paris accused the group of attacking a convoy near Gao.",
            [fact("attack", speaker="Paris", certainty="suspected")],
        ),
    ],
)
def test_a_nationality_or_capital_stands_for_a_force_or_government(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Al Shabaab attacked a base in Baidoa.", [fact("attack", agent="Al Shabaab|al-Shabaab")]),
        (
            "The Ansar al-Din brigade pledged allegiance to Al Qaida.",
            [fact("allegiance", object="Al Qaida|al-Qaeda")],
        ),
        (
            "Jama'at Nusrat al-Islam wal-Muslimin attacked a camp in Gao.",
            [fact("attack", agent="Jama'at Nusrat al-Islam wal-Muslimin|JNIM")],
        ),
    ],
)
def test_an_arabic_name_is_known_in_its_spellings(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Boko Haram raided a village near Diffa. It also attacked a barracks in Bosso.",
            [fact("attack", agent="Boko Haram", target="barracks", place="Bosso")],
        ),
        (
            "JNIM has grown fast. The group attacked a camp in Gao on Tuesday.",
            [fact("attack", agent="JNIM|group", target="camp", date="2019-03-26")],
        ),
        (
            "The gunmen came at dawn. They burned a clinic in Djibo.",
            [fact("attack", target="clinic", place="Djibo")],
        ),
        (
            "The Islamic State has a foothold in Puntland. Its fighters attacked a port in Bosaso.",
            [fact("attack", target="port", place="Bosaso")],
        ),
        ("Shekau led Boko Haram. He was killed in Sambisa in 2021.", [fact("killing", victim="Shekau|He")]),
    ],
)
def test_a_pronoun_or_the_group_stands_for_who_was_named(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "NIAMEY, March 26 (Reuters) - Gunmen attacked a village near Diffa on Monday.",
            [fact("attack", agent="gunmen", place="Diffa", date="2019-03-25")],
        ),
        ("BAMAKO — JNIM attacked a camp in Gao.", [fact("attack", agent="JNIM", place="Gao")]),
        (
            "MOGADISHU, Somalia (AP) — Al-Shabaab attacked a hotel in Kismayo.",
            [fact("attack", agent="Al-Shabaab", place="Kismayo")],
        ),
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A suicide bomber drove a van packed with explosives into a military camp in Gao on Wednesday.",
            fact("attack", target="military camp", place="Gao", date="2019-03-27"),
        ),
        (
            "Two suicide bombers walked into a mosque in Maiduguri, killing 20 people.",
            fact("attack", target="mosque", place="Maiduguri"),
        ),
        (
            "JNIM says that its ambush of 24 March south of Tinzaouaten killed 50 Malian soldiers.",
            fact("attack", place="Tinzaouaten"),
        ),
    ],
)
def test_where_a_bomber_comes_and_south_of_what_is_where_it_happened(text, wanted):
    assert missing(text, [wanted]) == []


def test_the_town_is_the_last_town_named_and_no_region():
    text = (
        "Fighting went on at Tinzaouaten. JNIM, al-Qaeda's branch in the Sahel, has claimed an ambush on "
        "a convoy south of the town."
    )
    assert missing(text, [fact("attack", place="Tinzaouaten")]) == []
