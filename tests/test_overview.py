"""The summary of a store: text of reports is text, and long lists are cut with a word."""

from __future__ import annotations

import pyoxigraph
from graph_data import hostile, large, small

from kg.overview import overview
from kg.profile import profile
from kg.projection import full_graph
from kg.store import open_store


def summed(world):
    with open_store() as store:
        store.add(quad for quad in world.quads if not isinstance(quad.subject, pyoxigraph.BlankNode))
        return overview(store, full_graph(store))


def test_what_is_contested_is_named_with_who_says_so():
    text = summed(small())
    assert "| Harbour Brigade | perpetrator |" in text
    assert "Harbour Brigade denies" in text


def test_labels_are_shown_as_text():
    text = summed(hostile())
    assert "<script>" not in text
    assert all(len(line) < 100_000 for line in text.splitlines())


def test_long_lists_are_cut_with_a_word():
    text = summed(large(60, 300))
    assert "Actors, the 25 that most reports speak of" in text
    assert text.count("\n") < 200


def test_a_profile_says_when_an_actor_existed_and_what_the_registry_cites(world):
    graph = full_graph(world.quads, registry="all")
    text = profile(graph, "Northern Front")
    assert "  active: since 2011-12, as its registry entry has it\n    — An almanac, p. 3\n" in text
    assert "    — The Chronicle of the Coast, 2016  https://example.org/chronicle\n" in text
    assert "  active: 2015-06-01 to 2019-07, as" in profile(graph, "Coast Guard Faction")
    assert "active:" not in profile(graph, "Night Watch")


def test_a_profile_shows_denials_that_no_edge_shows():
    graph = full_graph(small().quads, registry="all")
    text = profile(graph, "Alphan Army")
    assert "The army said that no such raid took place." in text
    assert "Said of it, and not drawn" in text
