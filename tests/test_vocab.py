"""Python and the ontology name the same terms, and words of the model stand for terms that exist."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import vocab
from kg.errors import UsageError
from kg.model import CERTAINTIES, FACT_TYPES, ROLES
from kg.resources import ontology_dir
from kg.vocab import MKG, ONTOLOGY, PREFIXES, RDF, XSD

OWL = PREFIXES["owl"]


def triples(file):
    return list(parse(path=ontology_dir() / file, format=RdfFormat.TURTLE))


ONTOLOGY_TRIPLES = triples("kg.ttl")


def defined(*kinds: str) -> set[NamedNode]:
    """The terms of the ontology that are declared as one of the kinds of OWL."""
    wanted = {NamedNode(OWL + kind) for kind in kinds}
    return {quad.subject for quad in ONTOLOGY_TRIPLES if quad.predicate == RDF.type and quad.object in wanted}


def concepts(scheme: str) -> set[str]:
    prefix = PREFIXES[f"mkg-{scheme}"]
    return {
        quad.subject.value.removeprefix(prefix)
        for quad in triples(f"vocab/{scheme}.ttl")
        if quad.subject.value.startswith(prefix)
    }


def test_every_term_in_python_is_defined_in_the_ontology_and_the_reverse():
    in_ontology = {
        quad.subject.value.removeprefix(ONTOLOGY)
        for quad in ONTOLOGY_TRIPLES
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(ONTOLOGY)
    }
    assert set(MKG.terms()) == in_ontology


def test_a_misspelt_term_raises():
    with pytest.raises(AttributeError, match="Atack"):
        MKG.Atack  # noqa: B018


def test_a_term_carries_its_own_name():
    assert all(node.value == ONTOLOGY + name for name, node in MKG.terms().items())


def test_every_certainty_has_a_stance_and_a_concept():
    assert set(vocab.STANCE) == set(CERTAINTIES) == concepts("certainty")


def test_stances_are_sub_properties_of_states():
    wider = NamedNode(PREFIXES["rdfs"] + "subPropertyOf")
    found = {q.subject for q in ONTOLOGY_TRIPLES if q.predicate == wider and q.object == MKG.states}
    assert found == set(vocab.STANCE.values())


def test_every_fact_type_becomes_an_event_a_relation_or_an_assessment():
    assert {*vocab.EVENT_CLASS, *vocab.RELATION, "assessment"} == set(FACT_TYPES) == concepts("event-type")


def test_event_type_concepts_denote_what_the_mappings_say():
    for quad in triples("vocab/event-type.ttl"):
        if quad.predicate == MKG.denotes:
            name = quad.subject.value.partition("#")[2]
            known = vocab.EVENT_CLASS.get(name) or vocab.RELATION.get(name) or MKG.assessment
            assert quad.object == known, name


def test_every_role_of_an_event_has_a_predicate():
    qualifiers = {"place", "tactic"}
    for fact_type in vocab.EVENT_CLASS:
        for role in {"agent", "victim", "party", "target", "leader"} - qualifiers:
            assert vocab.role_predicate(fact_type, role) in defined("ObjectProperty")
    assert {role for _, role in vocab.ROLES} == set(ROLES) - qualifiers


def test_roles_that_only_some_events_have():
    assert vocab.role_predicate("split", "object") == MKG.original
    assert vocab.role_predicate("attack", "object") is None


def test_states_have_a_past_tense_each():
    assert len(set(vocab.FORMERLY.values())) == len(vocab.FORMERLY) == 5
    for now, past in vocab.FORMERLY.items():
        name = vocab.local(now)
        assert vocab.local(past) == f"formerly{name[0].upper()}{name[1:]}"


def test_edges_and_qualifiers_are_properties():
    properties = defined("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    assert {*vocab.EDGES, *vocab.QUALIFIERS, *vocab.RELATION.values(), *vocab.ROLES.values()} <= properties
    assert set(vocab.RELATION.values()) <= set(vocab.EDGES)


def test_classes_are_written_with_their_super_class():
    wider = NamedNode(PREFIXES["rdfs"] + "subClassOf")
    ours = {
        (q.subject, q.object)
        for q in ONTOLOGY_TRIPLES
        if q.predicate == wider and q.object in {MKG.Actor, MKG.Event, MKG.Place}
    }
    own = (node.value for node in defined("Class") if node.value.startswith(ONTOLOGY))
    for name in sorted(value.removeprefix(ONTOLOGY) for value in own):
        node, *above = vocab.types(name)
        assert node == MKG.terms()[name]
        assert {(node, wide) for wide in above} == {pair for pair in ours if pair[0] == node}


@given(st.sampled_from(sorted(PREFIXES)), st.from_regex(r"[a-z0-9][a-z0-9-]*", fullmatch=True))
def test_reference_and_iri_are_inverse(prefix, name):
    assert vocab.ref(vocab.iri(f"{prefix}:{name}")) == f"{prefix}:{name}"


@pytest.mark.parametrize(
    "reference", ["", "jnim", "actor:", ":jnim", "nobody:jnim", "actor:a b", "actor:<x>"]
)
def test_what_is_no_reference_is_refused(reference):
    with pytest.raises(UsageError):
        vocab.iri(reference)


@pytest.mark.parametrize("value", ["https://example.org/a", ONTOLOGY, "urn:x"])
def test_an_iri_without_prefix_has_no_reference(value):
    with pytest.raises(UsageError, match="no prefix"):
        vocab.ref(NamedNode(value))


def test_predicate_and_local_are_inverse():
    for name in ["type", *MKG.terms()]:
        assert vocab.local(vocab.predicate(name)) == name


def test_an_unknown_term_is_named():
    with pytest.raises(UsageError, match="perpetratr"):
        vocab.predicate("perpetratr")
    with pytest.raises(UsageError, match="not a term"):
        vocab.local(NamedNode("https://example.org/ontology#perpetrator"))


@pytest.mark.parametrize(
    ("iso", "datatype"), [("2019", XSD.gYear), ("2019-03", XSD.gYearMonth), ("2019-03-27", XSD.date)]
)
def test_dates_are_typed_by_their_precision(iso, datatype):
    assert vocab.date_literal(iso).datatype == datatype


def test_prefixes_do_not_contain_each_other_ambiguously():
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(base.endswith(("#", "/")) for base in PREFIXES.values())
