"""The projections: which propositions make edges, what they carry, and what an excerpt keeps."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from graph_data import World, large, small
from pyoxigraph import RdfFormat, parse
from pyoxigraph import Store as Oxigraph

from kg.errors import UsageError
from kg.projection import Statement, actor_graph, between, confident, focus, full_graph


@pytest.fixture(scope="module")
def graph():
    return full_graph(small().quads)


def edges(graph, **wanted):
    return [
        (start, end, key)
        for start, end, key, data in graph.edges(keys=True, data=True)
        if all(data[name] == value for name, value in wanted.items())
    ]


def content(graph):
    return list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))


def test_accepted_contested_and_suspected_propositions_are_edges(graph):
    assert edges(graph, relation="allegianceTo") == [("actor:front", "actor:league", "allegianceTo")]
    assert graph.edges["actor:front", "event:raid", "perpetrator"]["status"] == "contested"
    assert graph.edges["event:burning", "actor:people", "victim"]["status"] == "suspected"


def test_denied_and_hypothetical_propositions_are_never_edges(graph):
    assert not graph.has_edge("actor:army", "actor:rivals")
    assert "event:never" not in graph
    assert {data["status"] for *_, data in graph.edges(data=True)} == {"accepted", "contested", "suspected"}


def test_what_no_edge_shows_stays_readable_on_the_actor(graph):
    said = {one.certainty: one.quote for one in graph.nodes["actor:army"]["statements"]}
    assert said == {
        "denied": "The army said that no such raid took place.",
        "hypothetical": "The army may arm the Brigade.",
    }


def test_roles_point_the_way_the_deed_goes(graph):
    assert graph.has_edge("actor:rivals", "event:burning", "perpetrator")
    assert graph.has_edge("event:burning", "actor:people", "victim")
    assert graph.has_edge("event:raid", "place:port", "place")
    assert graph.has_edge("actor:front", "event:raid", "claimed")


def test_an_edge_carries_quote_speaker_report_and_stance(graph):
    (said,) = graph.edges["actor:front", "actor:league", "allegianceTo"]["evidence"]
    assert (said.quote, said.cue) == ("The Northern Front pledged loyalty to the League.", "pledged")
    assert (said.speaker_label, said.stance, said.certainty) == ("Example Wire", "asserts", "asserted")
    assert (said.report, said.published, said.url) == ("report:r1", "2018-07-02", "https://example.org/a")
    assert (said.subject_label, said.object_label) == ("Northern Front", "The League")


def test_an_actor_has_the_time_in_which_the_registry_knows_it_and_the_documents_of_its_entry(world):
    nodes = full_graph(world.quads).nodes
    front, guard = nodes["actor:front"], nodes["actor:guard"]
    assert (front["active_from"], front["active_to"]) == ("2011-12", "")
    assert (guard["active_from"], guard["active_to"]) == ("2015-06-01", "2019-07")
    assert front["sources"] == (
        ("An almanac, p. 3", ""),
        ("The Chronicle of the Coast, 2016", "https://example.org/chronicle"),
    )
    assert "active_from" not in nodes["actor:watch"]


def test_a_denial_stands_beside_what_it_denies(graph):
    data = graph.edges["actor:rivals", "event:raid", "perpetrator"]
    assert data["stances"] == ("asserts", "denies")
    assert data["reports"] == 1


def test_a_state_brings_its_period_and_an_ended_one_says_so():
    world = World()
    one, other = world.actor("a", "A"), world.actor("b", "B")
    link = world.proposition(one, "memberOf", other)
    world.says(link, one, report=world.report("r"), quote="q")
    world.state(one, "memberOf", other, begin="2012-01-01", end="2014-05-31")
    data = full_graph(world.quads).edges[one, other, "memberOf"]
    assert (data["begin"], data["end"], data["ended"]) == ("2012-01-01", "2014-05-31", True)


def test_an_event_shows_its_values_and_all_that_is_said_of_it(graph):
    event = graph.nodes["event:raid"]
    assert event["label"] == "Attack, Port Alpha, Jun 2018"
    assert (event["status"], event["killed"], event["place"]) == ("accepted", "7 or more", ("Port Alpha",))
    assert {one.stance for one in event["statements"]} == {"asserts", "claims", "denies"}


def test_events_fold_into_edges_from_attacker_to_target_with_the_weaker_status():
    graph = actor_graph(small().quads)
    assert {kind for _, kind in graph.nodes(data="kind")} == {"actor"}
    folded = {(a, b): data for a, b, data in graph.edges(data=True) if data["derived"]}
    assert folded["actor:front", "actor:army"]["status"] == "contested"
    assert folded["actor:rivals", "actor:people"]["status"] == "suspected"
    assert folded["actor:front", "actor:army"]["happenings"] == ("event:raid",)


def test_parties_fold_into_one_edge_for_each_pair():
    world = World()
    parties = [world.actor(name, name.upper()) for name in "abc"]
    clash = world.event("clash", "Clash")
    for party in parties:
        world.says(world.proposition(clash, "party", party), report=world.report("r"), quote="q")
    graph = actor_graph(world.quads)
    assert [(a[-1], b[-1]) for a, b, _ in edges(graph, relation="Clash")] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
    ]


def test_several_events_of_a_kind_fold_into_one_counted_edge():
    world = large(3, 0)
    report = world.report("more")
    for number in range(4):
        event = world.event(f"x{number}")
        for role, who in (("perpetrator", "actor:a0"), ("target", "actor:a1")):
            world.says(world.proposition(event, role, who), report=report, quote="q")
    (edge,) = edges(actor_graph(world.quads), relation="Attack")
    assert actor_graph(world.quads).edges[edge]["events"] == 4


def test_registry_relations_are_drawn_as_far_as_reports_lead_to_them():
    quads = small().quads
    assert "actor:far" in full_graph(quads)
    assert "actor:idle" not in full_graph(quads)
    assert "actor:idle" in full_graph(quads, registry="all")
    assert "actor:far" not in full_graph(quads, registry="none")
    assert edges(full_graph(quads), background=True)


def test_the_same_data_gives_the_same_graph_in_any_order_and_from_a_store():
    quads = small().quads

    class Shop:
        def __init__(self, quads):
            self.store = Oxigraph()
            self.store.extend(quads)

        def found(self, s, p, o, g):
            return self.store.quads_for_pattern(s, p, o, g)

    wanted = content(full_graph(quads))
    assert content(full_graph(quads[::-1])) == wanted
    assert content(full_graph(Shop(quads))) == wanted


def test_nothing_gives_an_empty_graph():
    assert not full_graph([])


def test_focus_keeps_partners_by_relation_and_by_event(graph):
    assert set(focus(graph, "people", hops=0)) == {"actor:people"}
    near = focus(graph, "actor:people", hops=1)
    assert set(near) == {"actor:people", "actor:rivals", "event:burning"}
    assert "event:raid" in focus(graph, "league", hops=3)


def test_focus_never_passes_through_a_place():
    world = World()
    place = world.place("p", "P")
    for name in "ab":
        event = world.event(name, place=(place,))
        who = world.actor(name, name)
        world.says(world.proposition(event, "perpetrator", who), report=world.report("r"), quote="q")
    assert set(focus(full_graph(world.quads), "a", hops=5)) == {"actor:a", "event:a", place}


def test_focus_names_an_actor_it_does_not_know(graph):
    with pytest.raises(UsageError, match="no actor 'nobody'"):
        focus(graph, "nobody")


@pytest.mark.parametrize(
    ("period", "kept"),
    [
        (("", ""), {"event:raid", "event:burning"}),
        (("2019", ""), set()),
        (("2018-06-28", "2018-06-28"), {"event:raid", "event:burning"}),
        (("", "2018-06-27"), {"event:raid"}),
        (("2018", "2018"), {"event:raid", "event:burning"}),
        (("", "2017"), set()),
    ],
)
def test_between_keeps_what_may_fall_in_the_period(graph, period, kept):
    assert {node for node, kind in between(graph, *period).nodes(data="kind") if kind == "event"} == kept


def test_between_keeps_undated_relations_and_states_still_open(graph):
    later = between(graph, "2025")
    assert later.has_edge("actor:front", "actor:league")
    assert later.has_edge("actor:rivals", "actor:order")
    assert not edges(later, derived=True)


def test_confident_drops_edges_extracted_with_less():
    world = World()
    one, other = world.actor("a", "A"), world.actor("b", "B")
    world.says(world.proposition(one, "leads", other), report=world.report("r"), quote="q", confidence="0.4")
    graph = full_graph(world.quads)
    assert confident(graph, 0.4).has_edge(one, other)
    assert not confident(graph, 0.5)


def test_the_whole_fixture_projects_and_every_drawn_line_has_its_words():
    path = Path(__file__).parent / "data" / "fixture.trig"
    graph = full_graph(list(parse(path=str(path), format=RdfFormat.TRIG)))
    assert {kind for _, kind in graph.nodes(data="kind")} == {"actor", "event", "place"}
    for *ends, data in graph.edges(data=True):
        assert data["status"] in {"accepted", "contested", "suspected"}
        assert data["evidence"] or data["relation"] == "place", ends
        assert any(not one.denies for one in data["evidence"]) or not data["evidence"], ends


def test_statements_are_values():
    assert all(field.name and field.type for field in fields(Statement))
    assert len({one for _, _, found in full_graph(small().quads).edges(data="evidence") for one in found}) > 5


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_runs_afterwards_as_before(running):
    import gc
    from contextlib import suppress

    from kg.projection.collector import paused

    was = gc.isenabled()
    try:
        (gc.enable if running else gc.disable)()
        with suppress(ValueError), paused():
            assert not gc.isenabled()
            raise ValueError
        assert gc.isenabled() is running
    finally:
        (gc.enable if was else gc.disable)()


def test_a_place_lies_where_it_is_else_in_the_middle_of_its_parts_else_of_what_holds_it():
    from graph_theatre import theatre

    from kg.vocab import GEO, GRAPH, SCHEMA, iri

    world = theatre()
    world.place("hut", "Hut")
    world.add("place:hut", GEO.sfWithin, iri("place:alpha"), GRAPH.registry)
    for slug, latitude, longitude in (("east", "10", "5"), ("broken", "x", "5"), ("beyond", "99", "5")):
        world.place(slug, slug)
        world.add(f"place:{slug}", GEO.sfWithin, iri("place:alpha"), GRAPH.registry)
        world.add(f"place:{slug}", SCHEMA.latitude, latitude, GRAPH.registry)
        world.add(f"place:{slug}", SCHEMA.longitude, longitude, GRAPH.registry)
    world.event("found", place=("place:hut", "place:broken"), date="2020-01-01")
    graph = full_graph(world.quads)
    where = {
        node: (data.get("latitude"), data.get("longitude"), data.get("exact"))
        for node, data in graph.nodes(data=True)
        if data["kind"] == "place"
    }
    assert where["place:port"] == (12.5, -3.25, True)
    assert where["place:alpha"] == (11.25, 0.875, False)
    assert where["place:hut"] == where["place:broken"] == where["place:alpha"]
    assert where["place:hamlet"] == (None, None, None)


def test_a_relation_keeps_each_of_its_periods():
    from graph_theatre import theatre

    graph = full_graph(theatre().quads)
    data = graph.edges["actor:rivals", "actor:league", "affiliatedTo"]
    assert data["periods"] == ("2012-01-01/2013-12-31", "2016-01-01/2016-12-31")
    assert (data["begin"], data["end"]) == ("2012-01-01", "2016-12-31")


def test_a_quote_keeps_whole_words_around_it():
    world = World()
    text = "word " * 60 + "They pledged. " + "more " * 60
    quote = "They pledged."
    report = world.report("r")
    one, other = world.actor("a", "A"), world.actor("b", "B")
    said = world.says(world.proposition(one, "supports", other), report=report, quote=quote)
    from pyoxigraph import Literal

    from kg.vocab import MKG, iri

    world.quads = [
        quad
        for quad in world.quads
        if quad.subject != iri(said) or quad.predicate not in (MKG.start, MKG.end)
    ]
    world.add(report, MKG.text, text, iri(report))
    world.add(said, MKG.start, Literal(300), iri(report))
    world.add(said, MKG.end, Literal(313), iri(report))
    (statement,) = full_graph(world.quads).edges[one, other, "supports"]["evidence"]
    assert statement.before.startswith("…word ")
    assert statement.after.endswith(" more…")
    assert len(statement.before) < 200
    (narrow,) = full_graph(world.quads, context=12).edges[one, other, "supports"]["evidence"]
    assert (narrow.before, narrow.after) == ("…word word", "more more…")
    (bare,) = full_graph(world.quads, context=0).edges[one, other, "supports"]["evidence"]
    assert (bare.before, bare.after, bare.quote) == ("", "", quote)
