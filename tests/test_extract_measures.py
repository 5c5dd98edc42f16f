"""Numbers and dates: tolls in their wordings, dates in the precision that the text settles."""

from __future__ import annotations

import pytest
from reading import fact, missing, rows


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Gunmen attacked a village near Diffa, killing seven people.", [fact("attack", killed=(7, 7))]),
        (
            "Gunmen attacked a village near Diffa, killing at least seven people.",
            [fact("attack", killed=(7, None))],
        ),
        (
            "Gunmen attacked a village near Diffa, killing more than 20 people.",
            [fact("attack", killed=(20, None))],
        ),
        (
            "Gunmen attacked a village near Diffa, killing over 20 people.",
            [fact("attack", killed=(20, None))],
        ),
        ("Gunmen attacked a village near Diffa, killing up to 20 people.", [fact("attack", killed=(0, 20))]),
        (
            "Gunmen attacked a village near Diffa, killing dozens of people.",
            [fact("attack", killed=(24, None))],
        ),
        ("Gunmen attacked a village near Diffa, killing a dozen people.", [fact("attack", killed=(12, 12))]),
        ("Gunmen attacked a village near Diffa, killing one person.", [fact("attack", killed=(1, 1))]),
        (
            "Gunmen attacked a village near Diffa, killing a woman and two children.",
            [fact("attack", killed=(3, 3))],
        ),
        (
            "Gunmen attacked a village near Diffa, killing 1,200 people.",
            [fact("attack", killed=(1200, 1200))],
        ),
        (
            "Gunmen attacked a village near Diffa, killing no fewer than nine people.",
            [fact("attack", killed=(9, None))],
        ),
        (
            "The attack on a village near Diffa left nine dead and twelve wounded.",
            [fact("attack", killed=(9, 9), wounded=(12, 12))],
        ),
        ("The attack on a village near Diffa claimed nine lives.", [fact("attack", killed=(9, 9))]),
        ("Nine people died in an attack on a village near Diffa.", [fact("attack", killed=(9, 9))]),
        (
            "Nine people were killed and a further 16 are missing after an attack on a village near Diffa.",
            [fact("attack", killed=(9, 9), missing=(16, 16))],
        ),
        ("An attack on a village near Diffa injured about 30 people.", [fact("attack", wounded=(30, 30))]),
        (
            "The attack on a barracks in Diffa killed six soldiers, while four attackers died.",
            [fact("attack", killed=(6, 6))],
        ),
        (
            "Six soldiers and four civilians were killed in the attack on Diffa.",
            [fact("attack", killed=(10, 10))],
        ),
        ("The blast in Kabul killed 8 and wounded 20.", [fact("attack", killed=(8, 8), wounded=(20, 20))]),
    ],
)
def test_a_toll_has_the_bounds_that_its_words_give(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Three attackers and two guards were killed in the assault on a hotel in Kismayo.",
            [fact("attack", target="hotel", place="Kismayo")],
        ),
        ("The raid near Kidal left eight jihadists dead.", [fact("operation|attack", killed=(8, 8))]),
        (
            "Boko Haram killed 14 villagers and kidnapped nine women near Gwoza.",
            [fact("attack", agent="Boko Haram", killed=(14, 14))],
        ),
        (
            "Hundreds were killed when Boko Haram attacked Baga.",
            [fact("attack", agent="Boko Haram", killed=(200, None))],
        ),
        ("The attack wounded at least 15, six of them seriously.", [fact("attack", wounded=(15, None))]),
        (
            "Nearly 50 people died when al-Shabaab attacked a hotel in Mogadishu.",
            [fact("attack", agent="al-Shabaab")],
        ),
    ],
)
def test_a_toll_counts_those_it_is_of(text, wanted):
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Gunmen attacked a village near Diffa on Monday.", [fact("attack", date="2019-03-25")]),
        ("Gunmen attacked a village near Diffa yesterday.", [fact("attack", date="2019-03-26")]),
        ("Gunmen attacked a village near Diffa today.", [fact("attack", date="2019-03-27")]),
        ("Gunmen attacked a village near Diffa on 5 March.", [fact("attack", date="2019-03-05")]),
        ("Gunmen attacked a village near Diffa on March 5, 2018.", [fact("attack", date="2018-03-05")]),
        ("Gunmen attacked a village near Diffa in February.", [fact("attack", date="2019-02")]),
        ("Gunmen attacked a village near Diffa last month.", [fact("attack", date="2019-02")]),
        ("Gunmen attacked a village near Diffa in 2017.", [fact("attack", date="2017")]),
        ("Gunmen attacked a village near Diffa last year.", [fact("attack", date="2018")]),
        ("Gunmen attacked a village near Diffa three days ago.", [fact("attack", date="2019-03-24")]),
        (
            "Gunmen attacked a village near Diffa last week.",
            [fact("attack", date=("2019-03-18", "2019-03-24"))],
        ),
        ("Gunmen attacked a village near Diffa on Tuesday night.", [fact("attack", date="2019-03-26")]),
        ("Gunmen attacked a village near Diffa last Friday.", [fact("attack", date="2019-03-22")]),
        ("Gunmen attacked a village near Diffa in late February.", [fact("attack", date="2019-02")]),
        ("Gunmen attacked a village near Diffa on 2019-03-05.", [fact("attack", date="2019-03-05")]),
        (
            "Gunmen attacked a village near Diffa between 3 and 5 March.",
            [fact("attack", date=("2019-03-03", "2019-03-05"))],
        ),
        (
            "On the night of 24 March, gunmen attacked a village near Diffa.",
            [fact("attack", date="2019-03-24")],
        ),
    ],
)
def test_a_date_is_resolved_in_the_precision_of_its_words(text, wanted):
    assert missing(text, wanted) == []


def test_a_shortened_month_is_nobody():
    [strike] = rows("On Jan. 8, coalition forces struck the camp of ISIL near Raqqa.")
    assert "Jan." not in [*strike.get("target", ()), *strike.get("agent", ())]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ten soldiers died in a JNIM raid near Gao, on Tuesday, a source told AFP.", "2019-03-26"),
        ("Ten soldiers died in a JNIM raid near Gao, the army said on Tuesday.", None),
    ],
)
def test_a_date_before_who_speaks_is_the_event_s_and_one_behind_is_the_speaking_s(text, date):
    attack = next(row for row in rows(text) if row["type"] == "attack")
    assert attack.get("date", {}).get("start") == date
