"""Laws of reading: offsets give back the text, the same text gives the same facts, no text is too odd."""

from __future__ import annotations

import time

import pytest
import quality
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import PUBLISHED, extraction, rows

from kg import api
from kg.model import CERTAINTIES, FACT_TYPES, ROLES, Report
from kg.text import clean

ARTICLE = """Gunmen kill nine in raid on village near Diffa

NIAMEY, March 26 (Wire) - Gunmen on motorbikes attacked a village near Diffa on Monday,
killing nine people, the mayor said.

"They came at dawn and burned the market," said Moussa Ali, a trader. He said four others were missing.

No group has claimed the attack. Officials blamed Boko Haram, which denied any involvement.

The group pledged allegiance to the Islamic State in March 2015.
Its leader, Abubakar Shekau, has not been seen since."""

WORDS = st.sampled_from(
    ["attack", "attacked", "by", "JNIM", "said", "not", "killed", "12", "on", "Monday", "“", "”", "claimed",
     ",", ".", "the", "group", "who", "denied", "Gao", "of", "and", "leader", "\n\n", "may", "Boko Haram",
     "'s", "between", "army", "base"]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=6), min_size=1, max_size=30).map(" ".join).map(clean)


def check_spans(found) -> None:
    """Whatever is read is somewhere in the text, and in the words of the model."""
    text = found.report.text
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip()
    ids = {fact.id for fact in found.facts}
    assert len(ids) == len(found.facts)
    for fact in found.facts:
        assert text[fact.evidence.start : fact.evidence.end] == fact.evidence.text
        assert fact.evidence.text.strip()
        assert 0 <= fact.trigger[0] < fact.trigger[1] <= len(text)
        assert fact.type in FACT_TYPES
        assert fact.certainty in CERTAINTIES
        assert [role for role, _ in fact.roles] == [role for role in ROLES if fact.fillers(role)]
        assert not fact.about or (fact.about in ids and fact.about != fact.id)
        assert 0 <= fact.confidence <= 1
        for filler in (*(one for _, fillers in fact.roles for one in fillers), *fact.speakers):
            assert 0 <= filler.start < filler.end <= len(text)
            assert filler.label.strip()


@pytest.mark.parametrize("name", quality.OURS)
def test_offsets_give_back_the_text(name):
    for found in quality.extractions(name).values():
        check_spans(found)


def test_an_article_is_read_with_its_dateline_paragraphs_and_background():
    found = extraction(ARTICLE)
    check_spans(found)
    assert {"attack", "claim", "allegiance"} <= {fact.type for fact in found.facts}


def test_reading_does_not_depend_on_what_is_read_beside_it():
    names = [f"{one}-{i}" for one in ("a", "b") for i in range(4)]
    texts = [
        ARTICLE,
        "JNIM claimed the attack on Gao.",
        "Boko Haram raided Bosso.",
        "It rained in Niamey.",
    ] * 2
    reports = [
        Report(text, published=PUBLISHED, given_ids=(name,)) for name, text in zip(names, texts, strict=True)
    ]
    together = list(api.extractor().extract(reports))
    alone = [next(iter(api.extractor().extract([report]))) for report in reports]
    backwards = list(api.extractor().extract(reversed(reports)))[::-1]
    assert together == alone == backwards


def test_reading_twice_gives_the_same():
    assert extraction(ARTICLE) == extraction(ARTICLE)


@settings(max_examples=100, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_no_text_is_too_odd(text):
    check_spans(extraction(text))


ODD = {
    "nothing but a space": " ",
    "blank lines": "\n\n\n",
    "one long word": "a" * 200_000,
    "nested quotes": "He said: " + "\"He said: '" * 500 + "gunmen attacked Diffa" + "'\"" * 500,
    "nested brackets": "(" * 1_000 + "Gunmen attacked Diffa" + ")" * 1_000,
    "control characters": "Gunmen\x00 attacked\x07 a village near\x1b[31m Diffa.",
    "right-to-left marks": "\u202eGunmen attacked\u200f a village near Diffa\u202c.",
    "emoji": "🔥🔥 Gunmen attacked 🏫 a village near Diffa 😀\u200d👩\u200d👧.",
    "combining marks": "Gunmen a\u0301\u0302\u0303ttacked a village near Diffa.",
    "French": "Des hommes armés ont attaqué un village près de Diffa, tuant sept personnes.",
    "Arabic": "هاجم مسلحون قرية قرب ديفا وقتلوا سبعة أشخاص.",
    "a sentence of 4,000 characters": "gunmen attacked villagers and " * 133,
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_read_without_harm(name):
    begun = time.perf_counter()
    check_spans(extraction(clean(ODD[name])))
    assert time.perf_counter() - begun < 60


@pytest.mark.parametrize("name", ["control characters", "right-to-left marks", "emoji"])
def test_what_is_not_seen_does_not_hide_a_fact(name):
    found = rows(clean(ODD[name]))
    assert [row["type"] for row in found] == ["attack"], found


@pytest.mark.parametrize("name", ["French", "Arabic"])
def test_another_language_gives_no_fact(name):
    assert rows(ODD[name]) == []


DISTRACTORS = [
    "The film bombed at the box office on its first weekend.",
    "The striker fired twice before the goalkeeper was beaten in Lagos.",
    "Critics attacked the minister's budget in parliament on Monday.",
    "Shares in the mining company were hammered on Tuesday.",
    "The Lions ambushed the Eagles with two late goals in Nairobi.",
    "A virus has killed forty camels near Garissa.",
    "The chef killed the heat and let the sauce rest.",
    "The battle of Adwa was fought in 1896.",
    "The minister is under siege from reporters over the price of bread.",
    "The bank launched a campaign to win young savers.",
    "Her new album is an assault on the senses.",
    "The committee pledged support to the school in Gao.",
    "Knight takes bishop: white attacks the black queen.",
    "The antivirus program blocked an attack on the server.",
    "The heart attack killed him at the age of 80.",
    "Locusts invaded farms in northern Kenya.",
    "Engineers detonated the old bridge in Kampala to make room for a new one.",
]


@pytest.mark.parametrize("text", DISTRACTORS)
def test_sport_weather_business_and_metaphor_state_no_fact(text):
    assert rows(text) == []
