"""Which tellings are one event: agreement and no conflict, with a reason; a wrong join is worse than none."""

from __future__ import annotations

import random

import pytest
import world
from desk import Desk, small_registry

from kg.assertion import material, report_quads
from kg.join import identity_quads, join, same_actors
from kg.join.kin import actor_kinship, tactic_kinship
from kg.judgement import Judgement
from kg.vocab import MKG

REGISTRY = small_registry()
TUESDAY = ("Tuesday", "2018-06-12", "2018-06-12")
JUNE = ("June", "2018-06", "2018-06")


def told(
    *,
    day="2018-06-13",
    place=("Gao", "ml-gao-city"),
    when=TUESDAY,
    who="jnim",
    how="ambush",
    toll=None,
    target=None,
    type_="attack",
    certainty="asserted",
    outlet="Wire",
    which="JNIM",
):
    """An extraction of one event in one report of its own wording; `which` stands before its trigger."""
    desk = Desk(
        f"{outlet}: {which} ambush of a convoy of {target} in {place[0]} {when} {toll} {who}",
        published=day,
        publisher=outlet,
    )
    roles = {"place": desk.where(place[0], place[1])}
    if who:
        roles["agent"] = desk.who(which, who)
    if how:
        roles["tactic"] = desk.how("ambush", how)
    if target:
        roles["target"] = desk.who("convoy", target)
    desk.fact(type_, "ambush", when=when, toll=toll, certainty=certainty, **roles)
    return desk.done()


def identity(extractions, judgements=()):
    found = material(quad for one in extractions for quad in report_quads(one, REGISTRY))
    published = {head.id: head.published for head in found.reports.values()}
    return join(found.tellings, found.assertions, judgements, REGISTRY, published=published)


def events(*extractions, judgements=()):
    return len(set(identity(extractions, judgements).events.values()))


def test_tellings_that_agree_are_one_event_with_the_reason():
    found = identity([told(), told(outlet="Herald", day="2018-06-14")])
    assert len(set(found.events.values())) == 1
    assert sorted(found.reasons.values()) == [
        "first telling of the event",
        "same place ml-gao-city, window 2018-06-12..2018-06-12, tactic ambush, perpetrator jnim",
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"place": ("Kidal", "ml-kidal-city")},
        {"when": ("Friday", "2018-06-15", "2018-06-15")},
        {"when": ("", "", "")},
        {"how": "suicide-bombing"},
        {"who": "isgs"},
        {"type_": "operation", "who": "french-armed-forces"},
        {"type_": "designation"},
        {"certainty": "hypothetical"},
        {"who": None, "how": None},
    ],
    ids=str,
)
def test_tellings_that_differ_or_share_too_little_stay_apart(other):
    assert events(told(), told(outlet="Herald", **other)) == 2


@pytest.mark.parametrize("which", ["the", "Tuesday's deadly"])
def test_an_event_told_as_known_is_that_of_the_day_and_town(which):
    bare = {"who": None, "how": None, "outlet": "Herald"}
    found = identity([told(), told(which=which, **bare)])
    assert len(set(found.events.values())) == 1
    assert "same place ml-gao-city, window 2018-06-12..2018-06-12, told as known" in found.reasons.values()
    assert events(told(), told(which="another", **bare)) == 2
    assert events(told(), told(which=which, place=("Kidal", "ml-kidal-city"), **bare)) == 2
    assert events(told(when=JUNE), told(which=which, **bare)) == 2


def test_the_same_country_or_region_is_not_the_same_place():
    wide = {"place": ("Gao", "ml-gao-region")}
    assert events(told(**wide), told(outlet="Herald", **wide)) == 2


def test_different_targets_stay_apart():
    assert events(told(target="minusma"), told(outlet="Herald", target="malian-armed-forces")) == 2


def test_tolls_far_apart_stay_apart_and_rising_ones_do_not():
    assert events(told(toll=(7, 7)), told(outlet="Herald", toll=(9, 9))) == 1
    assert events(told(toll=(2, 2)), told(outlet="Herald", toll=(40, 40))) == 2
    assert events(told(toll=(2, None)), told(outlet="Herald", toll=(40, 40))) == 1


def test_a_party_may_boast_of_a_toll_without_making_another_event():
    boast = told(outlet="Herald", toll=(90, 90), certainty="claimed")
    assert events(told(toll=(7, 7)), boast) == 1


def test_a_month_joins_only_with_tactic_and_toll():
    assert events(told(when=JUNE), told(outlet="Herald", when=JUNE)) == 2
    assert events(told(when=JUNE, toll=(7, 7)), told(outlet="Herald", when=JUNE, toll=(7, 7))) == 1
    assert events(told(when=("2018", "2018", "2018"), toll=(7, 7)), told(outlet="Herald", toll=(7, 7))) == 2


def test_a_part_of_a_network_agrees_with_the_network_and_a_kind_of_tactic_with_the_tactic():
    assert events(told(), told(outlet="Herald", who="al-qaeda", how="armed-assault")) == 1


def test_rival_perpetrators_join_where_all_else_makes_it_evident():
    assert events(told(toll=(7, 7)), told(outlet="Herald", who="isgs", toll=(7, 7))) == 1
    assert events(told(toll=(7, 7)), told(outlet="Herald", who="isgs", toll=(8, 8))) == 2


def test_no_chain_joins_what_conflicts():
    plain = told(outlet="Bulletin", who=None, day="2018-06-12")
    assert events(plain, told(), told(outlet="Herald", who="isgs")) == 2


def test_a_named_person_killed_in_the_same_days_is_one_event_wherever():
    reports = []
    for outlet, words in (
        ("Wire", "Iyad Ag Ghaly was killed."),
        ("Herald", "French troops killed Iyad Ag Ghaly."),
    ):
        desk = Desk(words, publisher=outlet)
        desk.fact(
            "killing", "killed", victim=desk.who("Iyad Ag Ghaly", "iyad-ag-ghaly", "Person"), when=TUESDAY
        )
        reports.append(desk.done())
    assert events(*reports) == 1


def test_a_split_told_twice_is_one_event():
    reports = []
    for outlet in ("Wire", "Herald"):
        desk = Desk(f"{outlet}: ISGS split from AQIM.", publisher=outlet)
        desk.fact(
            "split", "split", agent=desk.who("ISGS", "isgs"), object=desk.who("AQIM", "aqim"), when=JUNE
        )
        reports.append(desk.done())
    assert events(*reports) == 1


def test_one_wire_text_in_two_papers_is_one_source():
    text = "Unknown gunmen attacked a village somewhere in the north and fled before dawn"
    reports = []
    for outlet, tail in (("Wire", "."), ("Herald", ". More soon.")):
        desk = Desk(text + tail, publisher=outlet)
        desk.fact("attack", "attacked", agent=desk.who("Unknown gunmen"))
        reports.append(desk.done())
    found = identity(reports)
    assert len(set(found.events.values())) == 1
    assert "same words, so one source" in found.reasons.values()


# within a report


def retold(second, *, trigger="attack", **more):
    desk = Desk(f"A suicide attack hit Gao on Tuesday. {second}")
    gao = desk.where("Gao", "ml-gao-city")
    desk.fact(
        "attack", "suicide attack", place=gao, when=TUESDAY, tactic=desk.how("suicide", "suicide-attack")
    )
    roles = {role: desk.who(*words) for role, words in more.items()}
    desk.fact("attack", trigger, toll=(7, 7), **roles)
    start = desk.report.text.index(second) + second.index(trigger)
    desk.facts[-1] = world._at(desk.facts[-1], start, start + len(trigger))
    base = desk.report.text.index(second)
    evidence = desk.facts[-1].evidence
    from dataclasses import replace

    desk.facts[-1] = replace(
        desk.facts[-1], evidence=replace(evidence, text=second, start=base, end=base + len(second))
    )
    return desk.done()


@pytest.mark.parametrize("second", ["The attack killed seven.", "Seven died in the suicide attack."])
def test_the_attack_is_the_only_event_before_it(second):
    found = identity([retold(second)])
    assert len(set(found.events.values())) == 1
    assert "one refers back to the other, the only event it can mean" in found.reasons.values()


@pytest.mark.parametrize(
    "second",
    ["An attack killed seven.", "The second attack killed seven.", "Yet another attack killed seven."],
)
def test_another_attack_is_another_event(second):
    assert events(retold(second)) == 2


def test_the_attack_on_something_new_may_be_another_event():
    assert events(retold("The attack on a convoy killed seven.", target=("convoy",))) == 2
    assert events(retold("The attack in Kidal killed seven.", place=("Kidal", "ml-kidal-city", "Place"))) == 2


def test_the_attack_after_two_attacks_is_neither():
    desk = Desk("An ambush hit Gao. A raid hit Kidal. The attack killed seven.")
    desk.fact("attack", "ambush", place=desk.where("Gao", "ml-gao-city"))
    desk.fact("attack", "raid", place=desk.where("Kidal", "ml-kidal-city"))
    desk.fact("attack", "attack", toll=(7, 7))
    assert events(desk.done()) == 3


def test_two_attacks_of_one_day_in_one_report_stay_apart():
    desk = Desk("JNIM staged an ambush in Gao on Tuesday. Also on Tuesday it staged another ambush there.")
    for trigger in ("ambush", "another ambush"):
        desk.fact(
            "attack",
            trigger,
            agent=desk.who("JNIM", "jnim"),
            place=desk.where("Gao", "ml-gao-city"),
            tactic=desk.how("ambush", "ambush"),
            when=TUESDAY,
        )
    assert events(desk.done()) == 2


def test_the_attack_is_not_one_that_was_only_feared():
    desk = Desk("JNIM may attack Gao. The attack killed seven.")
    desk.fact("attack", "attack", place=desk.where("Gao", "ml-gao-city"), certainty="hypothetical")
    desk.fact("attack", "attack killed", toll=(7, 7))
    assert events(desk.done()) == 2


def test_what_a_report_tells_of_an_event_counts_as_a_whole():
    claim, rivals = world.claim(), world.rivals()  # one gives place and toll in two sentences
    found = identity([claim, rivals])
    assert len(found.events) == 4
    assert len(set(found.events.values())) == 2


# judgements, names, order


def tellings(*extractions):
    found = material(quad for one in extractions for quad in report_quads(one, REGISTRY))
    return tuple(telling.id for telling in found.tellings)


def test_a_judgement_joins_what_conflicts_and_parts_what_agrees():
    apart = told(), told(outlet="Herald", place=("Kidal", "ml-kidal-city"))
    same = Judgement("same", tellings(*apart), "Ada", "2026-11-23")
    found = identity(apart, [same])
    assert len(set(found.events.values())) == 1
    assert same.reason in found.reasons.values()
    together = told(), told(outlet="Herald")
    different = Judgement("different", tellings(*together), "Ada", "2026-11-23")
    assert events(*together, judgements=[different]) == 2
    assert (
        events(*together, judgements=[different, Judgement("undo", different.subjects, "Ada", "2026-11-24")])
        == 1
    )


def test_a_judgement_on_tellings_that_are_gone_has_no_effect():
    assert (
        events(told(), judgements=[Judgement("same", ("telling:x", "telling:y"), "Ada", "2026-11-23")]) == 1
    )


def test_the_event_is_named_by_its_first_telling():
    first, later = told(day="2018-06-13"), told(outlet="Herald", day="2018-06-14")
    undated = told(outlet="Bulletin", day="")
    alone = set(identity([first]).events.values())
    assert set(identity([later, first, undated]).events.values()) == alone


def test_the_order_of_the_arguments_does_not_count():
    found = material(quad for one in world.reports() for quad in report_quads(one, REGISTRY))
    published = {head.id: head.published for head in found.reports.values()}
    once = join(found.tellings, found.assertions, (), REGISTRY, published=published)
    chance = random.Random(7)
    for _ in range(5):
        mixed = [chance.sample(some, len(some)) for some in (found.tellings, found.assertions)]
        again = join(*mixed, (), REGISTRY, published=published)
        assert again == once
        assert list(identity_quads(again)) == list(identity_quads(once))


def test_every_telling_has_one_event_and_a_reason():
    found = identity(world.reports())
    assert found.events.keys() <= found.reasons.keys()
    quads = list(identity_quads(found))
    assert sum(quad.predicate == MKG.canonical for quad in quads) == len(found.events)
    assert sum(quad.predicate == MKG.linkReason for quad in quads) == len(found.events)


def pair(kind, *actors):
    return Judgement(kind, tuple(f"actor:{actor}" for actor in actors), "Ada", "2026-11-23")


def test_an_unnamed_actor_is_who_a_judgement_says():
    one = pair("same", "unnamed-1", "jnim")
    assert same_actors([one]) == {"actor:unnamed-1": ("actor:jnim", one.reason)}
    assert same_actors([one, pair("undo", "unnamed-1", "jnim")]) == {}


def test_judgements_on_actors_chain_but_never_against_one_that_parts_them():
    chain = [pair("same", "unnamed-2", "unnamed-1"), pair("same", "unnamed-1", "jnim")]
    assert {one: two for one, (two, _) in same_actors(chain).items()} == {
        "actor:unnamed-1": "actor:jnim",
        "actor:unnamed-2": "actor:jnim",
    }
    assert set(same_actors([pair("different", "unnamed-2", "jnim"), *chain])) == {"actor:unnamed-2"}


def test_two_actors_of_the_registry_are_never_made_one():
    assert same_actors([pair("same", "jnim", "aqim")]) == {}
    assert set(same_actors([pair("same", "jnim", "unnamed-1"), pair("same", "unnamed-1", "aqim")])) == {
        "actor:unnamed-1"
    }


def test_kinship_follows_parents_and_leaders_and_broader_tactics():
    actors = actor_kinship(REGISTRY)
    assert actors.related("actor:iyad-ag-ghaly", "actor:al-qaeda")
    assert not actors.related("actor:jnim", "actor:aqim")
    assert tactic_kinship().related("mkg-tactic:ambush", "mkg-tactic:armed-assault")
