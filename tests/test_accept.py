"""The rule: which propositions are accepted, contested, suspected, denied or hypothetical."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
import world
from desk import Desk, small_registry
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.accept import accept, derive
from kg.accept.status import rule
from kg.assertion import ordered, report_quads
from kg.join import Identity, actor_kinship
from kg.judgement import Judgement
from kg.model import CERTAINTIES, Assertion, Count
from kg.vocab import EDGES, GRAPH, MKG, RDF, STANCE, iri, local, ref

REGISTRY = small_registry()
EVENT = Identity(events={"telling:t": "event:e", "telling:u": "event:e", "telling:v": "event:f"})
_number = iter(range(10_000))


def says(name, object_, speaker="actor:reuters", certainty="asserted", *, subject="telling:t", **more):
    """An assertion, of an event unless the subject is an actor."""
    telling = subject if subject.startswith("telling:") else ""
    id_ = f"assertion:{next(_number):05d}"
    return Assertion(id_, "report:r", subject, name, object_, certainty, speaker, telling, **more)


def happened(**more):
    return says("type", "Attack", **more)


def did(actor, speaker="actor:reuters", certainty="asserted", **more):
    return says("perpetrator", f"actor:{actor}", speaker, certainty, **more)


def settle(assertions, identity, judgements):
    """The propositions under the registry and these judgements."""
    return accept(assertions, identity, rule(judgements, identity, actor_kinship(REGISTRY)))


def statuses(*assertions, judgements=(), identity=EVENT):
    """The status by (predicate, object without prefix), for one event or one relation."""
    settled = settle(assertions, identity, judgements)
    return {(one.predicate, one.object.rpartition(":")[2]): one.status for one in settled}


def edges(*assertions, judgements=(), identity=EVENT):
    """The accepted triples, as text."""
    from kg.accept import accepted_quads

    settled = settle(assertions, identity, judgements)
    ruling = rule(judgements, identity, actor_kinship(REGISTRY))
    found = set()
    for quad in accepted_quads(settled, ruling, REGISTRY):
        value = quad.object.value
        text = ref(quad.object) if quad.object.__class__.__name__ == "NamedNode" else value
        found.add((ref(quad.subject), ref(quad.predicate).partition(":")[2], text))
    return found


# one proposition


@pytest.mark.parametrize(
    ("certainties", "status"),
    [
        (["asserted"], "accepted"),
        (["reported"], "accepted"),
        (["claimed"], "accepted"),
        (["suspected"], "suspected"),
        (["denied"], "denied"),
        (["negated"], "denied"),
        (["hypothetical"], "hypothetical"),
        (["asserted", "suspected", "hypothetical"], "accepted"),
        (["asserted", "denied"], "contested"),
        (["reported", "negated"], "contested"),
        (["suspected", "denied"], "contested"),
        (["suspected", "hypothetical"], "suspected"),
        (["hypothetical", "denied"], "denied"),
    ],
)
def test_status_of_a_proposition(certainties, status):
    stated = [happened(certainty=one, speaker=f"actor:s{number}") for number, one in enumerate(certainties)]
    assert statuses(*stated) == {("type", "Attack"): status}


def test_a_speaker_who_denies_what_it_said_contests_it():
    assert statuses(happened(), happened(certainty="denied")) == {("type", "Attack"): "contested"}


def test_an_assessment_is_no_proposition():
    assert statuses(says("assessment", "a failure")) == {}


def test_tellings_of_one_event_state_one_proposition():
    (one,) = settle([happened(), happened(subject="telling:u")], EVENT, ())
    assert one.subject == "event:e"
    assert len(one.assertions) == 2
    assert len(settle([happened(), happened(subject="telling:v")], EVENT, ())) == 2


# perpetrators and claims


def test_a_claim_of_ones_own_deed_is_accepted():
    own = did("jnim", "actor:jnim", "claimed")
    assert statuses(happened(), own)["perpetrator", "jnim"] == "accepted"


def test_a_claim_by_the_network_or_the_media_arm_is_its_own():
    for speaker in ("actor:al-qaeda", "actor:az-zallaqa"):
        assert statuses(happened(), did("jnim", speaker, "claimed"))["perpetrator", "jnim"] == "accepted"


def test_a_claim_of_an_adversarys_deed_is_a_suspicion():
    accused = did("jnim", "actor:malian-armed-forces", "claimed")
    assert statuses(happened(), accused)["perpetrator", "jnim"] == "suspected"


def test_rival_perpetrators_are_all_contested():
    found = statuses(happened(), did("jnim"), did("isgs", "actor:minusma"))
    assert found["perpetrator", "jnim"] == found["perpetrator", "isgs"] == "contested"
    assert found["type", "Attack"] == "accepted"


def test_a_suspicion_makes_a_rival():
    found = statuses(
        happened(), did("jnim", "actor:jnim", "claimed"), did("isgs", "actor:minusma", "suspected")
    )
    assert found["perpetrator", "jnim"] == found["perpetrator", "isgs"] == "contested"


def test_parts_of_one_network_are_no_rivals():
    found = statuses(happened(), did("jnim"), did("al-qaeda", "actor:minusma"))
    assert found["perpetrator", "jnim"] == found["perpetrator", "al-qaeda"] == "accepted"


def test_two_perpetrators_of_one_speaker_acted_together():
    found = statuses(happened(), did("jnim"), did("isgs"), did("jnim", "actor:minusma"))
    assert found["perpetrator", "jnim"] == found["perpetrator", "isgs"] == "accepted"


@pytest.mark.parametrize("certainty", ["denied", "negated", "hypothetical"])
def test_who_is_named_only_to_be_ruled_out_is_no_rival(certainty):
    found = statuses(happened(), did("jnim"), did("isgs", "actor:minusma", certainty))
    assert found["perpetrator", "jnim"] == "accepted"


def test_an_unnamed_perpetrator_is_no_rival():
    assert (
        statuses(happened(), did("jnim"), did("unnamed-1", "actor:minusma"))["perpetrator", "jnim"]
        == "accepted"
    )


def test_an_unnamed_perpetrator_that_a_judgement_names_is_that_actor():
    identity = replace(EVENT, actors={"actor:unnamed-1": "actor:isgs"})
    found = statuses(happened(), did("jnim"), did("unnamed-1", "actor:minusma"), identity=identity)
    assert found["perpetrator", "isgs"] == "contested"


def test_nobody_has_claimed_it_never_contests_a_claim():
    nobody = says("claimStatus", "mkg:unclaimed")
    assert statuses(happened(), nobody)["claimStatus", "unclaimed"] == "accepted"
    claimed = says("claimed", "telling:t", subject="actor:jnim")
    found = statuses(happened(), nobody, claimed)
    assert found["claimed", "e"] == "accepted"
    assert found["claimStatus", "unclaimed"] == "denied"
    assert not any(name == "claimStatus" for _, name, _ in edges(happened(), nobody, claimed))


# events


@pytest.mark.parametrize(
    ("certainties", "status"),
    [
        (("suspected",), "suspected"),
        (("hypothetical",), "hypothetical"),
        (("asserted", "denied"), "contested"),
        (("denied",), "contested"),
    ],
)
def test_no_part_in_an_event_is_surer_than_the_event(certainties, status):
    types = [happened(certainty=one) for one in certainties]
    assert statuses(*types, did("jnim"))["perpetrator", "jnim"] == status
    assert not any(name == "perpetrator" for _, name, _ in edges(*types, did("jnim")))


def test_a_part_may_be_less_sure_than_the_event():
    assert statuses(happened(), did("jnim", certainty="suspected"))["perpetrator", "jnim"] == "suspected"


def test_that_a_group_claimed_is_accepted_even_if_the_event_is_contested():
    claimed = says("claimed", "telling:t", subject="actor:jnim")
    assert ("actor:jnim", "claimed", "event:e") in edges(happened(), happened(certainty="denied"), claimed)


def test_an_accepted_event_has_its_class_and_the_class_above():
    assert {("event:e", "type", "mkg:Attack"), ("event:e", "type", "mkg:Event")} <= edges(happened())


def values(*assertions, name):
    return sorted(value for _, found, value in edges(*assertions) if found == name)


def test_dates_are_the_intersection_of_the_accounts():
    month = happened(earliest="2018-06-01", latest="2018-06-30", date="2018-06")
    day = happened(earliest="2018-06-12", latest="2018-06-12", date="2018-06-12")
    assert values(month, day, name="earliest") == ["2018-06-12"]
    assert values(month, day, name="date") == ["2018-06-12"]
    assert values(month, day, name="dateContested") == []


def test_dates_that_do_not_meet_are_the_hull_and_contested():
    stated = [happened(earliest=day, latest=day) for day in ("2018-06-12", "2018-06-15")]
    assert values(*stated, name="earliest") == ["2018-06-12"]
    assert values(*stated, name="latest") == ["2018-06-15"]
    assert values(*stated, name="dateContested") == ["true"]


def test_an_event_without_a_date_has_none():
    assert not values(happened(), name="earliest")


def test_tolls_are_the_least_low_and_the_greatest_high_if_all_have_one():
    assert values(happened(killed=Count(7, 7)), happened(killed=Count(9, 9)), name="killedLow") == ["7"]
    assert values(happened(killed=Count(7, 7)), happened(killed=Count(9, 9)), name="killedHigh") == ["9"]
    assert values(happened(killed=Count(7, 7)), happened(killed=Count(9, None)), name="killedHigh") == []
    assert values(happened(killed=Count(7, 7)), happened(), name="killedHigh") == ["7"]


def test_a_partys_claim_counts_never_for_tolls():
    claim = did("jnim", "actor:jnim", "claimed", killed=Count(30, 30))
    assert values(happened(killed=Count(7, 7)), claim, name="killedHigh") == ["7"]
    assert values(happened(), claim, name="killedLow") == []


def test_the_account_of_a_denial_gives_no_circumstances():
    denial = did("jnim", "actor:jnim", "denied", place=("place:ml-kidal-city",), killed=Count(90, 90))
    found = happened(place=("place:ml-gao-city",), killed=Count(7, 7))
    assert values(found, denial, name="place") == ["place:ml-gao-city"]
    assert values(found, denial, name="killedHigh") == ["7"]


def test_the_date_of_a_claim_is_not_the_date_of_the_event():
    claim = says("claimed", "telling:t", subject="actor:jnim", earliest="2018-07-01", latest="2018-07-01")
    assert values(happened(), replace(claim, telling="telling:t"), name="earliest") == []


def test_the_narrowest_place_and_tactic_are_chosen():
    wide = happened(place=("place:ml", "place:ml-gao-region"), tactic=("mkg-tactic:armed-assault",))
    narrow = happened(place=("place:ml-gao-city",), tactic=("mkg-tactic:ambush",))
    assert values(wide, narrow, name="place") == ["place:ml-gao-city"]
    assert values(wide, narrow, name="tactic") == ["mkg-tactic:ambush"]


def test_accounts_that_differ_on_the_outcome_choose_none():
    assert values(happened(outcome="failed"), happened(), name="outcome") == ["mkg-outcome:failed"]
    assert values(happened(outcome="failed"), happened(outcome="succeeded"), name="outcome") == []


# states


def state(valid_from="", valid_to="", certainty="asserted", **more):
    return says(
        "memberOf",
        "actor:aqim",
        certainty=certainty,
        subject="actor:jnim",
        valid_from=valid_from,
        valid_to=valid_to,
        **more,
    )


def bounds(*assertions):
    found = edges(*assertions)
    nodes = sorted({subject for subject, _, _ in found if subject.startswith("state:")})
    return sorted(
        tuple(
            next((value for one, name, value in found if (one, name) == (node, wanted)), "")
            for wanted in ("stateBegin", "stateEnd")
        )
        for node in nodes
    )


def plain(*assertions):
    return {name for subject, name, _ in edges(*assertions) if subject == "actor:jnim"}


def test_a_state_without_end_has_the_plain_edge():
    assert plain(state("2017-03")) == {"memberOf"}
    assert bounds(state("2017-03")) == [("2017-03-01", "")]
    assert bounds(state()) == [("", "")]


def test_an_accepted_end_leaves_the_former_edge():
    assert plain(state("2017-03", "2019"), state()) == {"formerlyMemberOf"}
    assert bounds(state("2017-03", "2019"), state()) == [("2017-03-01", "2019-12-31")]
    assert bounds(state(), state(valid_to="2019-05")) == [("", "2019-05-31")]


def test_who_left_may_return():
    stated = state("2012", "2014"), state("2017-03")
    assert bounds(*stated) == [("2012-01-01", "2014-12-31"), ("2017-03-01", "")]
    assert plain(*stated) == {"memberOf"}


def test_accounts_of_one_beginning_narrow_it():
    assert bounds(state("2017"), state("2017-03")) == [("2017-03-01", "")]


def test_an_end_before_the_beginning_leaves_the_beginning_open():
    assert bounds(state("2017", "2015")) == [("", "2015-12-31")]


def test_a_contested_state_has_neither_node_nor_edge():
    assert edges(state("2017"), state(certainty="denied")) == set()


def test_an_end_that_someone_only_supposes_ends_nothing():
    assert plain(state("2017"), state("2017", "2019", certainty="hypothetical")) == {"memberOf"}


def test_relations_that_hold_for_no_time_are_plain():
    assert edges(says("supports", "actor:aqim", subject="actor:jnim")) == {
        ("actor:jnim", "supports", "actor:aqim")
    }


# judgements


def judged(kind, subject, date="2026-11-23"):
    return Judgement(kind, (subject,), "Ada", date)


def test_a_rejected_proposition_is_denied_and_no_rival():
    rival = did("isgs", "actor:minusma")
    found = statuses(happened(), did("jnim"), rival, judgements=[judged("reject", rival.id)])
    assert found["perpetrator", "isgs"] == "denied"
    assert found["perpetrator", "jnim"] == "accepted"


def test_an_accepted_proposition_stays_so_against_rivals():
    rival = did("isgs", "actor:minusma")
    found = statuses(happened(), did("jnim"), rival, judgements=[judged("accept", rival.id)])
    assert found["perpetrator", "isgs"] == "accepted"


def test_a_judgement_may_name_the_proposition_and_the_last_one_holds():
    (one,) = settle([state()], EVENT, ())
    both = [judged("reject", one.assertions[0].id), judged("accept", one.id)]
    assert [settle([state()], EVENT, order)[0].status for order in (both[:1], both, both[::-1])] == [
        "accepted",
        "accepted",
        "accepted",
    ]
    stated = state(certainty="suspected")
    about = [judged("accept", stated.id), judged("reject", one.id)]
    assert settle([stated], EVENT, about)[0].status == "denied"
    assert settle([stated], EVENT, about[::-1])[0].status == "accepted"
    assert settle([stated], EVENT, [*about, judged("undo", one.id)])[0].status == "accepted"


# laws


UNSURE = ("denied", "negated", "hypothetical", "suspected")
statements = st.builds(
    lambda telling, what, speaker, certainty: says(*what, f"actor:{speaker}", certainty, subject=telling),
    st.sampled_from(("telling:t", "telling:u", "telling:v")),
    st.sampled_from(
        (
            ("type", "Attack"),
            ("type", "Killing"),
            *(
                (role, f"actor:{who}")
                for role in ("perpetrator", "target")
                for who in ("jnim", "isgs", "al-qaeda", "unnamed-1")
            ),
        )
    ),
    st.sampled_from(("jnim", "isgs", "reuters", "minusma")),
    st.sampled_from(CERTAINTIES),
)
relations = st.builds(
    lambda who, name, whom, certainty: says(
        name, f"actor:{whom}", certainty=certainty, subject=f"actor:{who}"
    ),
    st.sampled_from(("jnim", "isgs")),
    st.sampled_from(("memberOf", "supports", "allegianceTo")),
    st.sampled_from(("aqim", "al-qaeda")),
    st.sampled_from(CERTAINTIES),
)


@given(st.lists(statements | relations, max_size=14))
@settings(max_examples=200)
def test_what_someone_denies_or_nobody_states_is_never_accepted(assertions):
    from kg.accept import accepted_quads

    settled = settle(assertions, EVENT, ())
    ruling = rule((), EVENT, actor_kinship(REGISTRY))
    drawn = {
        (quad.subject, quad.predicate, quad.object) for quad in accepted_quads(settled, ruling, REGISTRY)
    }
    for one in settled:
        certainties = {assertion.certainty for assertion in one.assertions}
        assert one.status in ("accepted", "contested", "suspected", "denied", "hypothetical")
        if certainties & {"denied", "negated"} or certainties <= set(UNSURE):
            assert one.status != "accepted"
        assert (one.nodes in drawn) == (one.status == "accepted")


@given(st.lists(statements | relations, max_size=10), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_assertions_does_not_count(assertions, chance):
    mixed = list(assertions)
    chance.shuffle(mixed)
    assert settle(mixed, EVENT, ()) == settle(assertions, EVENT, ())


def report_graphs():
    return [quad for extraction in world.reports() for quad in report_quads(extraction, REGISTRY)]


def test_derived_graphs_do_not_depend_on_the_order_of_quads():
    quads = report_graphs()
    once = derive(quads, REGISTRY)
    assert once == ordered(set(once))
    chance = random.Random(3)
    for _ in range(3):
        assert derive(chance.sample(quads, len(quads)), REGISTRY) == once


def test_retracting_a_report_is_deriving_without_it():
    kept = world.reports()[1:]
    without = [quad for extraction in kept for quad in report_quads(extraction, REGISTRY)]
    gone = iri(f"report:{world.reports()[0].report.id}")
    assert derive([quad for quad in report_graphs() if quad.graph_name != gone], REGISTRY) == derive(
        without, REGISTRY
    )


def test_registry_relations_are_derived_like_all_others():
    found = {
        (ref(quad.subject), local(quad.predicate), ref(quad.object))
        for quad in derive([], REGISTRY)
        if quad.graph_name == GRAPH.accepted and quad.predicate in EDGES
    }
    assert ("actor:jnim", "affiliatedTo", "actor:al-qaeda") in found
    assert ("actor:iyad-ag-ghaly", "leads", "actor:jnim") in found


def test_every_assertion_but_assessments_takes_one_stance():
    quads = derive(report_graphs(), REGISTRY)
    states = [quad for quad in quads if quad.predicate == MKG.states]
    stances = [quad for quad in quads if quad.predicate in set(STANCE.values())]
    assert len(states) == len({quad.subject for quad in states}) == len(stances)
    told = [
        quad for quad in report_graphs() if quad.predicate == MKG.predicate and quad.object != MKG.assessment
    ]
    assert len(states) == len(told) + len(REGISTRY.relations)


def test_gazetteer_places_are_described_with_what_contains_them_unless_curated():
    desk = Desk("JNIM attacked Gao.")
    desk.fact("attack", "attacked", agent=desk.who("JNIM", "jnim"), place=desk.where("Gao", "ml-gao-city"))
    quads = [
        quad
        for quad in derive(report_quads(desk.done(), REGISTRY), REGISTRY)
        if quad.graph_name == GRAPH.places
    ]
    assert {ref(quad.subject) for quad in quads} == {"place:ml-gao-city"}


def test_an_outlet_is_described_once_for_all_its_reports():
    quads = [quad for quad in derive(report_graphs(), REGISTRY) if quad.graph_name == GRAPH.outlets]
    typed = [quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == MKG.Outlet]
    assert len(typed) == len(set(typed)) == 3
