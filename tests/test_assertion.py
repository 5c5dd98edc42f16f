"""What the facts of a report become: who states which triple, in which words, under which name."""

from __future__ import annotations

from dataclasses import replace

import pytest
import world
from desk import Desk, small_registry
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.assertion import assertions, assertions_of, material, report_quads, tellings
from kg.assertion.quads import assertion_pairs
from kg.assertion.windows import length_days, narrowed, shortest, window
from kg.errors import RegistryError
from kg.model import CERTAINTIES, Assertion, Count, Filler
from kg.vocab import DCTERMS, MKG, RDF, SCHEMA, iri, predicate

REGISTRY = small_registry()
DAY = ("Tuesday", "2018-06-12", "2018-06-12")


def stated(desk):
    return assertions(desk.done(), REGISTRY).assertions


def triples(desk, **wanted):
    """(subject kind, predicate, object, certainty, speaker) of each assertion, tellings shown as such."""
    return {
        (
            one.subject.partition(":")[0] if one.telling == one.subject else one.subject,
            one.predicate,
            "telling" if one.telling == one.object else one.object,
            one.certainty,
            one.speaker,
        )
        for one in stated(desk)
        if all(getattr(one, name) == value for name, value in wanted.items())
    }


def attack(text="JNIM attacked a convoy in Gao on Tuesday.", **more):
    desk = Desk(text, publisher="Reuters")
    jnim = desk.who("JNIM", "jnim")
    given = {"agent": jnim, "place": desk.where("Gao", "ml-gao-city"), "when": DAY} | more
    return desk, jnim, desk.fact("attack", "attack", **given)


# events


def test_an_event_states_its_type_and_each_role_by_the_publisher():
    desk, _, _ = attack(toll=(2, 5), outcome="failed")
    assert triples(desk) == {
        ("telling", "type", "Attack", "asserted", "actor:reuters"),
        ("telling", "perpetrator", "actor:jnim", "asserted", "actor:reuters"),
    }
    for one in stated(desk):
        assert (one.place, one.date, one.earliest, one.latest) == (
            ("place:ml-gao-city",),
            "2018-06-12",
            "2018-06-12",
            "2018-06-12",
        )
        assert (one.killed, one.outcome, one.quote) == (Count(2, 5), "failed", desk.report.text)


@pytest.mark.parametrize(
    ("type_", "role", "expected"),
    [
        ("operation", "leader", "commander"),
        ("killing", "victim", "victim"),
        ("capture", "object", "target"),
        ("clash", "party", "party"),
        ("clash", "agent", "party"),
        ("agreement", "agent", "party"),
        ("merger", "object", "resulting"),
        ("split", "agent", "party"),
        ("split", "object", "original"),
        ("designation", "agent", "authority"),
        ("designation", "object", "listed"),
    ],
)
def test_a_role_becomes_the_predicate_of_its_type(type_, role, expected):
    desk = Desk("JNIM did it.", publisher="Reuters")
    desk.fact(type_, "did", **{role: desk.who("JNIM", "jnim")})
    assert ("telling", expected, "actor:jnim", "asserted", "actor:reuters") in triples(desk)


def test_a_facility_is_a_target_and_described_by_its_report():
    desk = Desk("JNIM attacked a military base.")
    desk.fact(
        "attack",
        "attacked",
        agent=desk.who("JNIM", "jnim"),
        target=desk.who("military base", kind="Facility"),
    )
    (target,) = (one.object for one in stated(desk) if one.predicate == "target")
    assert target.startswith("place:unnamed-")
    described = {thing.ref: thing for thing in assertions(desk.done(), REGISTRY).described}
    assert described[target].label == "military base"
    assert described[target].kinds == ("Facility", "UnnamedPlace")


def test_a_place_that_cannot_act_becomes_an_unnamed_actor():
    desk = Desk("Mali attacked the camp.")
    desk.fact("attack", "attacked", agent=desk.who("Mali", "ml", "Place"))
    (doer,) = (one.object for one in stated(desk) if one.predicate == "perpetrator")
    assert doer.startswith("actor:unnamed-")


def test_a_link_the_registry_lacks_is_an_error():
    desk = Desk("The Front attacked the camp.")
    desk.fact("attack", "attacked", agent=desk.who("The Front", "no-such-front"))
    with pytest.raises(RegistryError, match="no-such-front"):
        stated(desk)


def test_one_trigger_is_one_telling_whoever_tells_it():
    desk, _, _ = attack("JNIM led the attack, the army said; ISGS led it, Paris said. Gao")
    desk.fact("attack", "attack", agent=desk.who("ISGS", "isgs"), speakers=desk.who("Paris"))
    assert len(assertions(desk.done(), REGISTRY).tellings) == 1


def test_one_trigger_at_two_places_is_two_tellings():
    desk = Desk("JNIM attacks in Gao and Kidal killed nine.")
    for place, slug in (("Gao", "ml-gao-city"), ("Kidal", "ml-kidal-city")):
        desk.fact("attack", "attacks", place=desk.where(place, slug))
    assert len(assertions(desk.done(), REGISTRY).tellings) == 2


# speakers


def test_who_is_quoted_speaks_and_the_publisher_relays():
    desk, _, _ = attack("JNIM attacked Gao on Tuesday, residents told the army.")
    desk.facts[0] = replace(
        desk.facts[0],
        certainty="reported",
        speakers=(desk.who("residents", kind="Civilians"),),
        via=(desk.who("the army", "malian-armed-forces", "StateForce"),),
    )
    for one in stated(desk):
        assert one.speaker.startswith("actor:unnamed-")
        assert one.via == ("actor:malian-armed-forces", "actor:reuters")


def test_each_of_two_speakers_states_the_fact():
    desk, _, _ = attack("JNIM attacked Gao on Tuesday, the army and Paris said.")
    said = (desk.who("the army", "malian-armed-forces"), desk.who("Paris", "french-armed-forces"))
    desk.facts[0] = replace(desk.facts[0], speakers=said)
    speakers = {one.speaker for one in stated(desk)}
    assert speakers == {"actor:malian-armed-forces", "actor:french-armed-forces"}
    assert {one.via for one in stated(desk)} == {("actor:reuters",)}


def test_an_unknown_publisher_is_an_unnamed_outlet_of_its_report():
    one, other = (Desk(text, publisher="") for text in ("JNIM attacked.", "JNIM attacked again."))
    for desk in (one, other):
        desk.fact("attack", "attacked", agent=desk.who("JNIM", "jnim"))
    speakers = [{assertion.speaker for assertion in stated(desk)} for desk in (one, other)]
    assert speakers[0] != speakers[1]
    (unknown,) = (thing for thing in assertions(one.done(), REGISTRY).described if "Outlet" in thing.kinds)
    assert {unknown.ref} == speakers[0]


def test_an_unregistered_publisher_is_one_outlet_in_all_reports():
    desks = [Desk("JNIM attacked.", publisher=name) for name in ("Sahel Wire", "SAHEL  wire")]
    for desk in desks:
        desk.fact("attack", "attacked", agent=desk.who("JNIM", "jnim"))
    assert len({one.speaker for desk in desks for one in stated(desk)}) == 1


# claims and denials


def test_a_claim_gives_the_outlets_statement_and_the_claimants():
    desk, jnim, attack_id = attack("JNIM claimed the attack in Gao on Tuesday.", certainty="claimed")
    desk.fact(
        "claim",
        "claimed",
        agent=jnim,
        about=attack_id,
        certainty="claimed",
        channel=(desk.who("Gao", "az-zallaqa"),),
    )
    assert triples(desk) == {
        ("telling", "type", "Attack", "claimed", "actor:jnim"),
        ("actor:jnim", "claimed", "telling", "asserted", "actor:reuters"),
        ("telling", "perpetrator", "actor:jnim", "claimed", "actor:jnim"),
    }
    (own,) = (one for one in stated(desk) if one.predicate == "perpetrator")
    assert own.via == ("actor:reuters",)
    assert own.channel == ("actor:az-zallaqa",)
    assert own.place == ("place:ml-gao-city",)


def test_a_perpetrator_named_apart_from_the_claim_is_the_outlets_word_too():
    desk = Desk("JNIM attacked the camp. Later JNIM fighters claimed it.", publisher="Reuters")
    id_ = desk.fact("attack", "attacked", agent=desk.who("JNIM", "jnim"))
    desk.fact("claim", "claimed", agent=desk.who("JNIM fighters", "jnim"), about=id_)
    assert {one.speaker for one in stated(desk) if one.predicate == "perpetrator"} == {
        "actor:reuters",
        "actor:jnim",
    }


@pytest.mark.parametrize("certainty", ["negated", "hypothetical", "denied"])
def test_a_claim_that_was_not_made_makes_nobody_a_perpetrator(certainty):
    desk = Desk("JNIM might claim the attack.", publisher="Reuters")
    id_ = desk.fact("attack", "attack")
    desk.fact("claim", "claim", agent=desk.who("JNIM", "jnim"), about=id_, certainty=certainty)
    assert ("actor:jnim", "claimed", "telling", certainty, "actor:reuters") in triples(desk)
    assert not triples(desk, predicate="perpetrator")


def test_no_group_has_claimed_is_the_claim_status():
    desk = Desk("No group has claimed the attack.", publisher="Reuters")
    id_ = desk.fact("attack", "attack")
    desk.fact("claim", "claimed", about=id_, certainty="negated")
    assert ("telling", "claimStatus", "mkg:unclaimed", "asserted", "actor:reuters") in triples(desk)


def test_a_claim_of_an_event_not_read_tells_it_itself():
    desk = Desk("JNIM claimed responsibility.", publisher="Reuters")
    desk.fact("claim", "claimed", agent=desk.who("JNIM", "jnim"))
    assert triples(desk) == {
        ("actor:jnim", "claimed", "telling", "asserted", "actor:reuters"),
        ("telling", "perpetrator", "actor:jnim", "claimed", "actor:jnim"),
    }
    assert [telling.type for telling in assertions(desk.done(), REGISTRY).tellings] == ["Event"]


def test_a_claim_of_a_relation_states_the_relation():
    desk = Desk("JNIM claimed that Tuareg clans pledged allegiance to it.", publisher="Reuters")
    jnim = desk.who("JNIM", "jnim")
    id_ = desk.fact("allegiance", "pledged", agent=desk.who("Tuareg clans", kind="Community"), object=jnim)
    desk.fact("claim", "claimed", agent=jnim, about=id_)
    assert {(one.speaker, one.certainty) for one in stated(desk) if one.predicate == "allegianceTo"} == {
        ("actor:reuters", "asserted"),
        ("actor:jnim", "claimed"),
    }


def test_the_accused_denies_its_part_and_not_the_event():
    desk, jnim, id_ = attack("JNIM denied the attack in Gao on Tuesday.", certainty="denied")
    desk.fact("denial", "denied", agent=jnim, about=id_)
    assert triples(desk) == {
        ("actor:jnim", "denied", "telling", "asserted", "actor:reuters"),
        ("telling", "perpetrator", "actor:jnim", "denied", "actor:jnim"),
    }


def test_someone_else_denies_that_it_happened():
    desk, _, id_ = attack("JNIM led the attack in Gao; the army denied it.")
    desk.fact("denial", "denied", agent=desk.who("the army", "malian-armed-forces"), about=id_)
    assert ("telling", "type", "Attack", "denied", "actor:malian-armed-forces") in triples(desk)
    assert ("telling", "type", "Attack", "asserted", "actor:reuters") in triples(desk)


def test_an_armed_group_that_others_were_blamed_beside_denies_its_own_part():
    desk, _, id_ = attack("JNIM led the attack in Gao; Islamic State denied it.")
    desk.fact("denial", "denied", agent=desk.who("Islamic State", "islamic-state"), about=id_)
    made = triples(desk)
    assert ("telling", "perpetrator", "actor:islamic-state", "denied", "actor:islamic-state") in made
    assert not any(predicate == "type" and stance == "denied" for _, predicate, _, stance, _ in made)


def test_an_unnamed_denier_may_speak_for_the_blamed_and_denies_their_part():
    desk, _, id_ = attack("JNIM led the attack in Gao; a spokesman denied it.", certainty="denied")
    desk.fact("denial", "denied", agent=desk.who("a spokesman", kind="Person"), about=id_)
    (denied,) = (one for one in stated(desk) if one.certainty == "denied")
    assert (denied.predicate, denied.object) == ("perpetrator", "actor:jnim")
    assert denied.speaker.startswith("actor:unnamed-")


def test_denying_an_attack_of_unknown_hands_is_denying_a_part_in_it():
    desk = Desk("JNIM denied a part in the attack.", publisher="Reuters")
    id_ = desk.fact("attack", "attack")
    desk.fact("denial", "denied", agent=desk.who("JNIM", "jnim"), about=id_)
    assert ("telling", "perpetrator", "actor:jnim", "denied", "actor:jnim") in triples(desk)


def test_denying_a_relation_denies_its_proposition():
    desk = Desk("JNIM denied that AQIM leads it.", publisher="Reuters")
    jnim = desk.who("JNIM", "jnim")
    id_ = desk.fact("membership", "leads", agent=jnim, object=desk.who("AQIM", "aqim"), certainty="denied")
    desk.fact("denial", "denied", agent=jnim, about=id_)
    assert triples(desk) == {("actor:jnim", "memberOf", "actor:aqim", "denied", "actor:jnim")}


def test_denying_a_claim_denies_that_it_was_made():
    desk = Desk("Paris denied that JNIM claimed the attack.", publisher="Reuters")
    event = desk.fact("attack", "attack")
    claim = desk.fact("claim", "claimed", agent=desk.who("JNIM", "jnim"), about=event)
    desk.fact("denial", "denied", agent=desk.who("Paris", "french-armed-forces"), about=claim)
    assert ("actor:jnim", "claimed", "telling", "denied", "actor:french-armed-forces") in triples(desk)


def test_a_denial_that_was_not_made_denies_nothing():
    desk, jnim, id_ = attack("JNIM has not denied the attack in Gao.")
    desk.fact("denial", "denied", agent=jnim, about=id_, certainty="negated")
    assert not triples(desk, certainty="denied")


@pytest.mark.parametrize("certainty", ["denied", "negated", "hypothetical"])
def test_a_fact_that_is_not_stated_as_true_keeps_its_certainty(certainty):
    desk, _, _ = attack(certainty=certainty)
    assert {one.certainty for one in stated(desk)} == {certainty}


def test_a_suspicion_is_of_the_doer_and_not_of_the_event():
    desk, _, _ = attack(certainty="suspected")
    assert ("telling", "type", "Attack", "asserted", "actor:reuters") in triples(desk)
    assert ("telling", "perpetrator", "actor:jnim", "suspected", "actor:reuters") in triples(desk)
    nobody, _, _ = attack(certainty="suspected", agent=())
    assert triples(nobody) == {("telling", "type", "Attack", "suspected", "actor:reuters")}


# relations


def test_a_pledge_dates_the_beginning_of_the_allegiance():
    desk = Desk("Tuareg clans pledged allegiance to JNIM in June 2018.")
    desk.fact(
        "allegiance",
        "pledged",
        agent=desk.who("Tuareg clans", kind="Community"),
        object=desk.who("JNIM", "jnim"),
        when=("June 2018", "2018-06", "2018-06"),
    )
    (one,) = stated(desk)
    assert (one.predicate, one.valid_from, one.valid_to) == ("allegianceTo", "2018-06", "")


def test_who_controls_a_region_does_not_control_its_country():
    desk = Desk("JNIM controls the Gao region in Mali.")
    places = (desk.where("Gao region", "ml-gao-region"), desk.where("Mali", "ml"))
    desk.fact("control", "controls", agent=desk.who("JNIM", "jnim"), place=places)
    assert [one.object for one in stated(desk)] == ["place:ml-gao-region"]


@pytest.mark.parametrize(
    ("type_", "subject", "edge"),
    [
        ("merger", "party", "mergedInto"),
        ("split", "agent", "splitFrom"),
        ("designation", "agent", "designated"),
    ],
)
def test_a_ceremony_gives_its_event_and_the_relation(type_, subject, edge):
    desk = Desk("AQIM and JNIM did it.", publisher="Reuters")
    desk.fact(type_, "did", **{subject: desk.who("AQIM", "aqim"), "object": desk.who("JNIM", "jnim")})
    assert ("actor:aqim", edge, "actor:jnim", "asserted", "actor:reuters") in triples(desk)
    assert any(one.predicate == "type" for one in stated(desk))


def test_an_assessment_is_the_words_of_its_agent():
    desk, _, id_ = attack("JNIM led the attack in Gao, a failure to Paris.")
    desk.fact(
        "assessment", "failure", agent=desk.who("Paris", "french-armed-forces"), about=id_, text="a failure"
    )
    assert ("telling", "assessment", "a failure", "asserted", "actor:french-armed-forces") in triples(desk)


# names


def relinked(extraction):
    """The extraction with every actor linked, or linked otherwise, and another confidence."""

    def other(filler):
        if filler.kind in ("Place", "Facility", "Tactic"):
            return filler
        return replace(filler, link="minusma")

    facts = tuple(
        replace(
            fact,
            roles=tuple((role, tuple(other(filler) for filler in fillers)) for role, fillers in fact.roles),
            speakers=tuple(other(filler) for filler in fact.speakers),
            confidence=0.5,
        )
        for fact in extraction.facts
    )
    return replace(extraction, facts=facts)


def test_linking_and_confidence_rename_nothing():
    for extraction in world.reports():
        before, after = (assertions(one, REGISTRY) for one in (extraction, relinked(extraction)))
        assert before.tellings == after.tellings
        assert {one.id for one in after.assertions} <= {one.id for one in before.assertions}


def test_unnamed_actors_are_named_by_report_and_phrase():
    refs = {
        one.ref
        for text in ("Gunmen attacked. The gunmen fled.", "Gunmen attacked again.")
        for one in assertions(_gunmen(text), REGISTRY).described
        if "Outlet" not in one.kinds
    }
    assert len(refs) == 2


def _gunmen(text):
    desk = Desk(text, publisher="Reuters")
    words = desk.who("Gunmen")
    desk.fact("attack", "attacked", agent=(words, replace(words, label="gunmen")))
    return desk.done()


def test_ids_are_distinct_within_a_report():
    for extraction in world.reports():
        ids = [one.id for one in assertions(extraction, REGISTRY).assertions]
        assert len(ids) == len(set(ids))


# the graph and back


@pytest.mark.parametrize("number", range(7))
def test_a_report_graph_gives_back_its_tellings_and_assertions(number):
    extraction = world.reports()[number]
    quads = report_quads(extraction, REGISTRY, "run:0")
    made = assertions(extraction, REGISTRY)
    assert tellings(quads) == made.tellings
    assert assertions_of(quads) == made.assertions
    head = material(quads).reports[f"report:{extraction.report.id}"]
    assert (head.published, head.publisher) == (extraction.report.published, extraction.report.publisher)


def test_a_report_graph_is_ordered_and_whole():
    extraction = world.reports()[0]
    quads = report_quads(extraction, REGISTRY, "run:0")
    node = iri(f"report:{extraction.report.id}")
    assert {quad.graph_name for quad in quads} == {node}
    assert [str(quad) for quad in quads] == sorted({str(quad) for quad in quads})
    about = {(quad.predicate, quad.object.value) for quad in quads if quad.subject == node}
    assert {
        (RDF.type, SCHEMA.NewsArticle.value),
        (SCHEMA.headline, "Bombing in Gao"),
        (MKG.publisherName, "Sahel Wire"),
        (SCHEMA.datePublished, "2018-06-12"),
        (DCTERMS.identifier, "wire-1"),
        (DCTERMS.identifier, "feed-9"),
        (MKG.run, iri("run:0").value),
        (MKG.text, extraction.report.text),
        (SCHEMA.inLanguage, "en"),
    } <= about
    assert any(quad.predicate == MKG.evokes for quad in quads)


def test_a_candidate_is_written_as_the_kind_of_thing_it_is():
    desk = Desk("Gao is quiet.")
    desk.where("Gao")
    done = desk.done()
    (mention,) = done.mentions
    open_name = replace(mention, link=None, candidates=("jnim", "ml-gao-city"))
    quads = report_quads(replace(done, mentions=(open_name,)), REGISTRY)
    offered = {quad.object for quad in quads if quad.predicate == MKG.candidate}
    assert offered == {iri("actor:jnim"), iri("place:ml-gao-city")}


slugs = st.text("abcdefgh-0123456789", min_size=1, max_size=8)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
days = st.dates().filter(lambda day: day.year > 999).map(str)
counts = st.none() | st.builds(
    lambda low, more: Count(low, None if more is None else low + more),
    st.integers(0, 99),
    st.none() | st.integers(0, 99),
)


def refs(*kinds):
    return st.builds("{}:{}".format, st.sampled_from(kinds), slugs)


def many(*kinds):
    return st.lists(refs(*kinds), max_size=3, unique=True).map(lambda found: tuple(sorted(found)))


contents = st.one_of(
    st.tuples(refs("telling"), st.just("type"), st.sampled_from(("Attack", "Killing", "Event"))),
    st.tuples(refs("telling"), st.sampled_from(("perpetrator", "target")), refs("actor", "place")),
    st.tuples(refs("telling"), st.just("assessment"), texts.filter(bool)),
    st.tuples(refs("telling"), st.just("claimStatus"), st.just("mkg:unclaimed")),
    st.tuples(refs("actor"), st.sampled_from(("memberOf", "claimed")), refs("actor", "telling")),
)


@st.composite
def any_assertion(draw):
    subject, name, object_ = draw(contents)
    window_ = sorted((draw(days), draw(days))) if draw(st.booleans()) else ("", "")
    start = draw(st.integers(0, 99))
    return Assertion(
        id=draw(refs("assertion")),
        report=draw(refs("report")),
        subject=subject,
        predicate=name,
        object=object_,
        certainty=draw(st.sampled_from(CERTAINTIES)),
        speaker=draw(refs("actor", "source")),
        telling=draw(st.just("") | refs("telling")),
        via=draw(many("actor")),
        channel=draw(many("actor")),
        place=draw(many("place")),
        tactic=draw(many("mkg-tactic")),
        date=window_[0][: draw(st.sampled_from((4, 7, 10)))],
        earliest=window_[0],
        latest=window_[1],
        killed=draw(counts),
        wounded=draw(counts),
        missing=draw(counts),
        outcome=draw(st.sampled_from(("", "succeeded", "failed", "foiled"))),
        valid_from=draw(st.just("") | days),
        valid_to=draw(st.just("") | days),
        quote=draw(texts),
        start=start,
        end=start + draw(st.integers(1, 99)),
        cue=draw(texts),
        confidence=draw(st.integers(0, 10_000)) / 10_000,
    )


@given(any_assertion(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_any_assertion_survives_the_way_to_quads_and_back(assertion, chance):
    graph = NamedNode("https://example.org/g")
    quads = [Quad(iri(assertion.id), *pair, graph) for pair in assertion_pairs(assertion)]
    chance.shuffle(quads)
    assert assertions_of(quads) == (assertion,)


def test_object_of_a_type_is_the_class_and_of_an_assessment_a_literal():
    pairs = dict(
        assertion_pairs(Assertion("assertion:a", "", "telling:t", "type", "Attack", "asserted", "actor:a"))
    )
    assert pairs[MKG.predicate] == RDF.type
    assert pairs[MKG.object] == predicate("Attack")
    words = Assertion("assertion:a", "", "telling:t", "assessment", "a failure", "asserted", "actor:a")
    assert dict(assertion_pairs(words))[MKG.object] == Literal("a failure")


# windows


def test_windows_enclose_dates_of_any_precision():
    assert window("2020-02") == ("2020-02-01", "2020-02-29")
    assert window("2020") == ("2020-01-01", "2020-12-31")
    assert window("2020-02-30") is None
    assert window("") is None
    assert window("2020-03", "2020-02") is None
    assert shortest(("2018-06-01", "2018-06-29")) == ""
    assert length_days(("2018-06-01", "2018-06-30")) == 30
    assert narrowed([("2018-06-01", "2018-06-30"), ("2018-06-12", "2018-07-02")]) == (
        ("2018-06-12", "2018-06-30"),
        False,
    )
    assert narrowed([("2018-06-01", "2018-06-02"), ("2018-06-04", "2018-06-04")]) == (
        ("2018-06-01", "2018-06-04"),
        True,
    )


def test_a_filler_of_no_kind_is_an_unnamed_actor():
    desk = Desk("Someone attacked.")
    desk.fact("attack", "attacked", agent=Filler("Someone", 0, 7))
    (thing,) = (one for one in assertions(desk.done(), REGISTRY).described if one.label == "Someone")
    assert thing.kinds == ("UnnamedActor",)
