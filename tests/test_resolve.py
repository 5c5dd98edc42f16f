"""Resolution: who or what each mention is, why, and when the answer is nobody."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Extraction, Fact, Filler, Mention, Report
from kg.resolve import Resolver
from kg.resolve.known import in_force


@pytest.fixture(scope="session")
def resolver(registry):
    return Resolver(registry)


@pytest.fixture(scope="session")
def resolve(extractor, resolver):
    """The extraction of a text with its links."""

    def run(text, published="", title=""):
        report = Report(text, title=title, published=published)
        return resolver.resolve(next(iter(extractor.extract([report]))))

    return run


@pytest.fixture(scope="session")
def links(resolve):
    """The links of a text by the words of their mentions; of words that occur twice, the last."""

    def run(text, published="", title=""):
        return {m.text: m.link for m in resolve(text, published, title).mentions}

    return run


# names


def test_a_strong_alias_links_alone(resolve):
    mention = resolve("JNIM released a video.").mentions[0]
    assert (mention.link, mention.reason) == ("jnim", "strong alias")


def test_a_weak_alias_links_with_the_country_of_the_passage_and_says_so(resolve):
    found = {
        m.text: m for m in resolve("The SNA said it had retaken the town in Galmudug, Somalia.").mentions
    }
    assert found["SNA"].link == "sna"
    assert "Somalia" in found["SNA"].reason


def test_a_weak_alias_of_two_actors_goes_by_the_country(links):
    assert links("SNA fighters shelled Afrin in Syria.")["SNA"] == "syrian-national-army"


def test_a_weak_alias_without_support_stays_unlinked_with_its_candidates(resolve):
    mention = resolve("The SNA said that it was ready.").mentions[0]
    assert mention.link is None
    assert "sna" in mention.candidates


def test_weak_names_that_agree_on_a_country_support_each_other(links):
    found = links("An SDF driver was shot dead at Busayrah.")
    assert found["SDF"] == "sdf"


def test_a_surname_follows_the_full_name(resolve):
    mentions = resolve("Abubakar Shekau spoke on Sunday. Shekau denied the report.").mentions
    assert [m.link for m in mentions] == ["shekau", "shekau"]
    assert "Abubakar Shekau" in mentions[1].reason


def test_a_surname_of_several_persons_needs_the_full_name(links):
    assert links("Mehsud was killed in North Waziristan, Pakistan.")["Mehsud"] is None
    assert (
        links("Hakimullah Mehsud is dead. Mehsud led militants in Pakistan.")["Mehsud"] == "hakimullah-mehsud"
    )


def test_an_abbreviation_means_what_it_is_introduced_for_even_if_the_registry_lacks_that(links):
    found = links("The Movement for Southern Autonomy (MSA) operates in Mali. The MSA denied the attack.")
    assert found["MSA"] is None


def test_a_name_that_the_registry_lacks_is_what_its_strong_abbreviation_means(links):
    found = links("The Group of Backing for Muslims and Islam (JNIM) claimed the attack.")
    assert found["JNIM"] == "jnim"
    assert set(found.values()) == {"jnim"}


def test_a_strong_name_gives_way_where_the_passage_is_about_the_country_of_a_namesake(links):
    found = links("Al-Shabab gunmen stormed a village in northern Mozambique.")
    assert found["Al-Shabab"] == "isis-mozambique"
    assert links("Al-Shabab gunmen stormed a village in Somalia.")["Al-Shabab"] == "al-shabaab"


# places


def test_an_ambiguous_town_goes_by_the_country_beside_it(links):
    assert links("Soldiers arrested a man in Tripoli, Lebanon.")["Tripoli"] == "lb-tripoli-city"
    assert links("Militias fought in Tripoli.")["Tripoli"] == "ly-tripoli-city"


def test_city_or_region_goes_by_the_noun_beside(links):
    assert links("The town of Kidal fell.")["Kidal"] == "ml-kidal-city"
    found = links("Operations in the Gao and Menaka regions of Mali went on.")
    assert "ml-gao-region" in found.values()


def test_a_weak_place_needs_its_country(links):
    assert links("They attacked a post in Palma.").get("Palma") is None
    assert links("They attacked a post in Palma, Mozambique.")["Palma"] == "mz-palma-city"


# governments


def test_a_capital_that_speaks_is_its_government_and_else_a_place(links):
    assert links("Kabul denied the report.")["Kabul"] == "afghanistan"
    assert links("A bomb went off in Kabul.")["Kabul"] == "af-kabul-city"


def test_a_country_that_acts_is_its_government(links):
    assert (
        links("The commander was killed by the United States in Yemen.")["United States"] == "united-states"
    )


def test_the_government_in_a_capital_is_that_of_the_country(links):
    found = links("The government in Ouagadougou declared a curfew.")
    assert "burkina-faso" in found.values()


def test_teams_are_not_linked(links):
    found = links("Nigeria beat Cameroon in the final of the tournament.")
    assert found == {"Nigeria": None, "Cameroon": None}


# forces


@pytest.mark.parametrize(
    ("text", "words", "link"),
    [
        ("Militants attacked French troops near Gao.", "French troops", "french-armed-forces"),
        ("Militants attacked Malian and UN troops near Gao.", "Malian", "fama"),
        ("Militants attacked Malian and UN troops near Gao.", "UN troops", "minusma"),
        ("Gunmen ambushed soldiers from Niger.", "soldiers", None),
        ("Congolese soldiers fled from Goma.", "Congolese soldiers", "fardc"),
        ("The rebels attacked Congolese soldiers.", "Congolese soldiers", None),
        ("Gunmen attacked an army base in Chad, the army said.", "the army", "chadian-armed-forces"),
        ("Militants killed fifteen soldiers in Mali.", "fifteen soldiers", None),
    ],
)
def test_a_nationality_or_the_passage_says_whose_a_force_is(links, text, words, link):
    found = links(text)
    if words == "soldiers":  # with its country behind it
        assert "niger-armed-forces" in found.values()
    else:
        assert found[words] == link


@pytest.mark.parametrize(("published", "link"), [("2018-03-11", "amisom"), ("2023-06-04", "atmis")])
def test_the_mission_of_an_organisation_goes_by_theatre_and_date(links, published, link):
    text = "African Union troops repelled an attack near Baidoa, Somalia, the mission said."
    found = links(text, published)
    assert found["African Union troops"] == link
    assert found["the mission"] == link


def test_a_patrol_of_two_forces_is_neither(links):
    found = links("A bomb hit a joint patrol of the Barkhane force and the Malian army in Gao.")
    assert next(link for text, link in found.items() if "joint patrol" in text) is None


def test_a_force_of_two_nations_is_neither(links):
    found = links("The Syrian army and Russian jets bombed Idlib.")
    assert [link for text, link in found.items() if text.endswith("Russian jets")] != ["syrian-armed-forces"]


def test_a_nationality_stands_for_its_forces_only_among_armed_actors(links):
    assert links("A bomber attacked the French in Gao, Mali.")["French"] == "french-armed-forces"
    assert links("The French like bread.").get("French") is None


# armed groups


def test_affiliation_and_theatre_say_which_group_of_a_network(resolve):
    found = {
        m.text: m
        for m in resolve("Villagers in the Menaka region of Mali turned to al-Qaeda's men.").mentions
    }
    men = found["al-Qaeda's men"]
    assert men.link == "jnim"
    assert "al-Qaeda" in men.reason
    assert "Mali" in men.reason


def test_a_country_in_the_description_comes_before_that_of_the_passage(links):
    text = "The Houthis of Yemen fought the Islamic State's Afghan branch in a manner of speaking."
    assert links(text)["the Islamic State's Afghan branch"] == "iskp"


def test_several_groups_of_a_network_in_one_country_are_no_link(resolve):
    mentions = resolve("The Islamic State's wing in Niger has grown.").mentions
    wing = next(m for m in mentions if "wing" in m.text)
    assert wing.link is None
    assert len(wing.candidates) > 1


def test_the_group_is_the_one_named_before(links):
    assert links("JNIM claimed the raid. The group has denied others.")["The group"] == "jnim"


def test_the_group_is_nobody_where_two_were_named_together(links):
    assert links("JNIM attacked ISGS near Gossi. The group claimed victory.")["The group"] is None


def test_words_of_a_description_must_be_true_of_the_group(links):
    text = "Boko Haram and Dan Na Ambassagou were named. The Dogon militia denied it."
    assert links(text)["The Dogon militia"] == "dan-na-ambassagou"


def test_a_name_of_a_network_inside_a_description_is_not_the_group_named_before(links):
    text = "Islamic State fighters killed soldiers in Ansongo, Mali. The group posted a video."
    assert links(text)["The group"] == "isgs"


def test_the_subject_of_a_verb_is_not_the_group_that_is_its_object(links):
    assert links("ISWAP took the group in.")["the group"] is None


def test_a_group_of_the_title_is_named_before(links):
    assert links("The group also said that it took no one.", title="JNIM claims raid")["The group"] == "jnim"


# fillers


def filler_links(extraction, role):
    return [f.link for fact in extraction.facts for f in fact.fillers(role)]


def test_members_named_after_their_group_are_the_group(resolve):
    assert "jnim" in filler_links(resolve("JNIM fighters attacked the village on Monday."), "agent")


def test_a_branch_is_not_linked_by_the_name_of_its_network(resolve):
    found = resolve("Al-Qaeda's branch in Yemen attacked a checkpoint in Abyan.")
    assert "al-qaeda" not in filler_links(found, "agent")


def test_those_linked_to_a_group_are_not_the_group(resolve):
    found = resolve("Somali forces killed al-Qaeda-linked militants in Galmudug. The jihadists fled.")
    assert "al-qaeda" not in filler_links(found, "target")
    assert {m.text: m.link for m in found.mentions}["The jihadists"] is None


def test_a_tactic_keeps_its_link_and_a_person_is_no_group(resolver):
    text = "the group led by X"
    fact = Fact("f", "attack", (("tactic", (Filler("bombing", 0, 3, "Tactic", "bombing"),)),))
    extraction = Extraction(Report(text), (Mention(0, 9, "the group", "actor"),), (fact,))
    assert resolver.resolve(extraction).facts[0].fillers("tactic")[0].link == "bombing"


# laws


SENTENCES = (
    "JNIM claimed the raid.",
    "The army denied it.",
    "French troops were hit near Gao, Mali.",
    "The group fled.",
    "Boko Haram attacked Diffa in Niger.",
    "Kabul blamed the Taliban.",
    "Mali lost the final.",
    "The SNA fought.",
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5))
def test_links_are_of_the_registry_and_resolving_again_changes_nothing(
    resolve, resolver, registry, sentences
):
    once = resolve(" ".join(sentences))
    for mention in once.mentions:
        assert mention.reason
        assert 0 <= mention.confidence <= 1
        if mention.link is not None:
            assert mention.link in (registry.actors if mention.kind == "actor" else registry.places)
            assert mention.link in mention.candidates
    assert resolver.resolve(once) == resolver.resolve(once)
    spans = [(m.start, m.end) for m in once.mentions]
    assert len(spans) == len(set(spans))


@pytest.mark.parametrize(
    ("begin", "end", "date", "holds"),
    [
        ("", "", "", True),
        ("", "2016", "", False),
        ("2017-03-02", "", "2017-03", True),
        ("2017-03-02", "", "2016-12", False),
        ("2015", "2016", "2016-05-01", True),
        ("", "2016-07-28", "2016-07-29", False),
    ],
)
def test_a_state_holds_between_its_dates(begin, end, date, holds):
    assert in_force(begin, end, date) is holds


def test_links_of_the_evaluation_sets_are_nearly_all_right(eval_dir, extractor, resolver):
    import json
    import sys

    sys.path.insert(0, str(eval_dir))
    try:
        from score_links import report, score
    finally:
        sys.path.remove(str(eval_dir))
    from kg.facts import mention_rows

    def lines(name):
        return [
            json.loads(line) for line in (eval_dir / name).read_text(encoding="utf-8").splitlines() if line
        ]

    texts = [*lines("seeds.gold.jsonl"), *lines("dev.gold.jsonl")]
    gold = {g["id"]: g["mentions"] for g in [*lines("links_seeds.jsonl"), *lines("links_dev.jsonl")]}
    reports = [
        Report(t["text"], published=t.get("published") or "", given_ids=(t["id"],))
        for t in texts
        if t["id"] in gold
    ]
    rows = [row for found in extractor.extract(reports) for row in mention_rows(resolver.resolve(found))]
    result = report(score(gold, rows)[0])
    assert result["actor"]["precision"] >= 0.97
    assert result["actor"]["recall"] >= 0.9
    assert result["place"]["precision"] >= 0.97
    assert result["place"]["recall"] >= 0.9
