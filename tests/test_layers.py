"""The layers of the whole graph: no triple in two graphs, each graph holds its own, shapes are kept."""

from __future__ import annotations

from collections import Counter

import make_fixture
import pytest
from pyoxigraph import BlankNode, NamedNode

from kg.validate import validate
from kg.vocab import GRAPH, MKG, PREFIXES, RDF, RDFS, iri


@pytest.fixture(scope="module")
def quads():
    return make_fixture.quads()


def test_no_triple_is_in_two_graphs(quads):
    counts = Counter((quad.subject, quad.predicate, quad.object) for quad in quads)
    assert [triple for triple, count in counts.items() if count > 1] == []


def test_no_blank_nodes(quads):
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_the_whole_graph_conforms(quads):
    assert validate(quads).violations == ()


def test_the_committed_fixture_is_what_the_code_makes():
    """Mend with: python tests/make_fixture.py."""
    assert make_fixture.FIXTURE.read_bytes() == make_fixture.trig()


def test_a_report_graph_describes_what_is_its_own_alone(quads):
    shared = (PREFIXES["event"], PREFIXES["proposition"], PREFIXES["state"])
    for quad in quads:
        if quad.graph_name.value.startswith(PREFIXES["report"]):
            assert not quad.subject.value.startswith(shared)
            name = quad.subject.value.rpartition("/")[2]
            if "/actor/" in quad.subject.value or "/place/" in quad.subject.value:
                assert name.startswith("unnamed-")


def test_every_actor_and_place_that_is_named_is_described(quads):
    described = {quad.subject for quad in quads if quad.predicate == RDF.type}
    things = (PREFIXES["actor"], PREFIXES["place"])
    named = {
        quad.object
        for quad in quads
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(things)
    }
    assert named <= described


def test_every_unnamed_thing_has_a_label(quads):
    unnamed = {quad.subject for quad in quads if quad.object in (MKG.UnnamedActor, MKG.UnnamedPlace)}
    assert unnamed
    assert unnamed <= {quad.subject for quad in quads if quad.predicate == RDFS.label}


def test_local_terms_stay_in_report_graphs(quads):
    for quad in quads:
        if quad.graph_name in (GRAPH.propositions, GRAPH.accepted):
            assert not quad.object.value.startswith(PREFIXES["telling"])
            assert not quad.subject.value.startswith(PREFIXES["telling"])


def test_the_fixture_shows_every_status(quads):
    statuses = {quad.object for quad in quads if quad.predicate == MKG.status}
    names = ("accepted", "contested", "suspected", "denied", "hypothetical")
    assert statuses == {iri(f"mkg-status:{name}") for name in names}
