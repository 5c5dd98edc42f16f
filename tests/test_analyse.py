"""The numbers of a network, on graphs small enough to count by hand."""

from __future__ import annotations

from graph_data import World, large, small

from kg.analyse import analyse
from kg.projection import actor_graph, full_graph


def test_counts_are_of_edges_that_propositions_make():
    found = analyse(full_graph(small().quads))
    assert found.kinds == {"actor": 7, "event": 2, "place": 1}
    assert found.statuses == {"accepted": 6, "contested": 2, "suspected": 2}
    assert found.relations["perpetrator"] == 3
    assert "Attack" not in found.relations


def test_hubs_and_bridges_are_ranked():
    world = World()
    names = [world.actor(name, name.upper()) for name in "abcde"]
    report = world.report("r")
    for start, end in (("b", "a"), ("c", "a"), ("d", "c"), ("e", "c")):
        world.says(world.proposition(f"actor:{start}", "memberOf", f"actor:{end}"), report=report, quote="q")
    ranks = analyse(full_graph(world.quads), top=2).ranks
    assert [(rank.actor, rank.degree) for rank in ranks] == [("actor:c", 3), ("actor:a", 2)]
    assert ranks[0].betweenness == round(5 / 6, 6)
    assert len(names) == 5


def test_parts_are_listed_largest_first():
    world = large(6, 0)
    report = world.report("r")
    world.says(
        world.proposition(world.actor("x", "X"), "leads", world.actor("y", "Y")), report=report, quote="q"
    )
    found = analyse(full_graph(world.quads))
    assert [len(part) for part in found.components] == [6, 2]
    assert all(len(part) > 1 for part in found.communities)


def test_the_actors_alone_give_the_same_ranks():
    quads = large(40, 60).quads
    assert analyse(full_graph(quads)).ranks == analyse(actor_graph(quads)).ranks


def test_an_empty_graph_has_no_ranks():
    assert analyse(full_graph([])).ranks == ()
