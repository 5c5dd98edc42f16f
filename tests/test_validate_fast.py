"""The checks by SPARQL give the verdicts of pySHACL: on broken graphs, and on stores where they lie."""

from __future__ import annotations

import random

import make_fixture
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import KGError
from kg.resources import ontology_dir
from kg.store import open_store
from kg.validate import Violation, fast, validate
from kg.validate.shapes import shapes
from kg.vocab import GRAPH, MKG, PREFIXES, RDF, XSD, iri

QUADS = make_fixture.quads()
XSD_NAMES = ("string", "integer", "decimal", "boolean", "date", "gYear", "gYearMonth", "double")
FORMS = (
    "", "5", "-5", "+5", "05", "5.", ".5", "5.0", "1e3", "true", "TRUE", "1", "2019", "19", "-0044",
    "2019-02", "2019-13", "2019-02-30", "2019-02-28", "2019-02-28Z", "2019-02-28T00:00:00", "x",
)  # fmt: skip
"""Lexical forms, right and wrong, of the datatypes in use."""


COMPARED = {"MinInclusive", "MaxInclusive", "LessThan", "LessThanOrEquals"}


def keys(violations):
    """What is wrong where, without the value: a store keeps figures in another form."""
    return {(one.focus, one.path, one.component, one.message) for one in violations}


def both(quads):
    """The violations that SPARQL finds; a test fails where pySHACL finds others."""
    ours = validate(quads, engine="sparql").violations
    reference = validate(quads, engine="pyshacl").violations
    assert keys(reference) <= keys(ours)
    # what two types can't be compared is no result of pySHACL, but one of SHACL
    assert {component for _, _, component, _ in keys(ours) - keys(reference)} <= COMPARED
    return ours


def held(quads):
    """A store with the quads."""
    store = open_store()
    store.add(quads)
    return store


def test_whole_graph_conforms_in_both_engines_and_as_a_store():
    assert both(QUADS) == ()
    assert validate(held(QUADS)).violations == ()


def test_sample_reports_conform_in_both_engines(sample_quads, built):
    assert both(sample_quads) == ()
    with open_store(built / "store", read_only=True) as store:
        assert validate(store).violations == ()


def broken(quads, number, rng):
    """The quads with some left out and some changed: wrong objects, classes, figures and languages."""
    left = list(quads)
    rng.shuffle(left)
    left = left[rng.randrange(number) :]
    subjects = [quad.subject for quad in left]
    others = [
        *rng.sample([quad.object for quad in left], number), MKG.Attack, iri("event:zz"), iri("actor:nobody"),
        Literal("x"), Literal(-1), Literal("2019-02-30", datatype=XSD.date), Literal("x", language="fr"),
    ]  # fmt: skip
    for _ in range(number):
        quad = rng.choice(left)
        left.append(Quad(quad.subject, quad.predicate, rng.choice(others), quad.graph_name))
        left.append(Quad(rng.choice(subjects), quad.predicate, quad.object, quad.graph_name))
    return list(dict.fromkeys(left))


@pytest.mark.parametrize("seed", range(4))
def test_verdicts_agree_on_a_graph_broken_at_random(seed):
    quads = broken(QUADS, 40, random.Random(seed))
    found = both(quads)
    assert len(found) > 20
    assert keys(validate(held(quads)).violations) == keys(found)


@pytest.mark.parametrize("datatype", XSD_NAMES)
def test_every_form_that_pyshacl_refuses_is_refused(datatype):
    properties = (
        MKG.killedLow,
        MKG.earliest,
        MKG.date,
        MKG.confidence,
        MKG.dateContested,
        MKG.cue,
        MKG.outcome,
    )
    quads = []
    for number, form in enumerate(FORMS):
        literal = Literal(form, datatype=NamedNode(PREFIXES["xsd"] + datatype))
        for predicate in properties:
            name = f"{number}{predicate.value.rpartition('#')[2]}"
            for kind, node in (("event", MKG.Event), ("assertion", MKG.Assertion)):
                subject = iri(f"{kind}:{name}")
                quads += [Quad(subject, RDF.type, node), Quad(subject, predicate, literal)]
    ours = keys(validate(quads, engine="sparql").violations)
    reference = keys(validate(quads, engine="pyshacl").violations)
    assert reference <= ours
    # pySHACL takes any text for a year or month, rdflib an exponent for a decimal and a time for a day
    lax = COMPARED | {"Node"} | ({"Datatype"} if datatype in ("decimal", "date") else set())
    assert {component for _, _, component, _ in ours - reference} <= lax
    good = {"integer": "5", "date": "2019-02-28", "gYear": "2019", "gYearMonth": "2019-02"}.get(datatype)
    if good:
        number = FORMS.index(good)
        path = {"integer": "mkg:killedLow", "date": "mkg:earliest"}.get(datatype, "mkg:date")
        focus = f"event:{number}{path.partition(':')[2]}"
        assert not [one for one in ours if one[:2] == (focus, path) and one[2] != "LessThanOrEquals"]


def test_verdicts_agree_where_the_data_adds_a_class_and_speaks_of_a_term_of_the_ontology():
    wider = NamedNode(PREFIXES["rdfs"] + "subClassOf")
    guild, one = iri("actor:Guild"), iri("actor:one")
    quads = [
        Quad(guild, wider, MKG.ArmedGroup),
        Quad(one, RDF.type, guild),
        Quad(one, MKG.leads, iri("actor:x")),
    ]
    assert {violation.component for violation in both(quads)} >= {"HasValue", "MinCount", "Class"}
    both([Quad(MKG.Attack, MKG.leads, MKG.Actor), Quad(MKG.unclaimed, RDF.type, MKG.Actor)])
    both(
        [Quad(iri("assertion:5d"), MKG.speaker, MKG.Actor), Quad(iri("assertion:5d"), MKG.states, MKG.Attack)]
    )


def test_blank_nodes_and_triples_of_two_graphs_count_once():
    nobody = BlankNode("b")
    quads = [Quad(nobody, RDF.type, MKG.Actor), Quad(iri("assertion:5d"), MKG.speaker, nobody)]
    assert any(violation.focus == "[]" for violation in both(quads))
    front = Quad(iri("actor:front"), MKG.family, iri("actor:top"), GRAPH.registry)
    twice = [front, Quad(*front.triple, GRAPH.places)]
    assert [violation.component for violation in both(twice)] == ["TwoGraphs"]
    assert validate(held(twice)).violations == both(twice)


def test_unknown_terms_of_a_store_are_named():
    quads = [
        Quad(iri("actor:a"), iri("mkg:leeds"), iri("actor:b"), GRAPH.accepted),
        Quad(iri("event:e"), MKG.tactic, iri("mkg-tactic:bombardier"), GRAPH.accepted),
    ]
    found = validate(held(quads)).violations
    assert found == both(quads)
    assert (
        Violation("actor:a", "mkg:leeds", "UnknownTerm", "The ontology has no term mkg:leeds.", "mkg:leeds")
        in found
    )


def test_store_that_speaks_of_the_ontology_is_checked_beside_it():
    quads = [Quad(MKG.unclaimed, MKG.leads, iri("actor:x"), GRAPH.registry)]
    assert validate(held(quads)).violations == both(quads) != ()


def test_rdflib_store_is_checked():
    with open_store(backend="rdflib") as store:
        store.add([Quad(iri("actor:a"), MKG.leads, iri("actor:b"), GRAPH.accepted)])
        assert {one.component for one in validate(store).violations} == {"Class"}


def test_every_constraint_of_the_shapes_becomes_a_query():
    files = sorted((ontology_dir() / "shapes").glob("*.ttl"))
    written = sum(path.read_text(encoding="utf-8").count("sh:minCount") for path in files)
    assert sum(check.component == "MinCount" for check in fast.written(())) >= written > 30


def test_part_of_shacl_that_is_not_known_is_named_not_passed_over():
    sh = PREFIXES["sh"]
    shape = iri("mkg:S")
    quads = [
        Quad(shape, NamedNode(sh + "targetClass"), MKG.Actor),
        Quad(shape, NamedNode(sh + "xone"), RDF.type),
    ]
    with pytest.raises(KGError, match="sh:xone"):
        shapes(quads)
