"""What a reasoner makes of the ontology: a profile of OWL 2, no contradiction, and no fact out of a claim.

HermiT and the profile checkers of the OWL API come with owlready2; Java runs them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat

from kg.resources import ontology_dir
from kg.vocab import EDGES, GRAPH, MKG, ONTOLOGY, PREFIXES, RDF, ROLES, iri

OWL = PREFIXES["owl"]
FACTS = {*EDGES, *ROLES.values(), MKG.claimStatus}
"""The plain edges: what the rule of acceptance alone may write."""
DERIVED = (GRAPH.accepted, GRAPH.propositions, GRAPH.identity)
# datatypes outside OWL 2's map: HermiT refuses them, and no axiom speaks of them
FOREIGN = {PREFIXES["xsd"] + name for name in ("date", "gYear", "gYearMonth")}

SKOS_MATCHES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
skos:semanticRelation rdfs:domain skos:Concept ; rdfs:range skos:Concept .
skos:mappingRelation rdfs:subPropertyOf skos:semanticRelation .
skos:broader rdfs:subPropertyOf skos:broaderTransitive ; owl:inverseOf skos:narrower .
skos:broaderTransitive rdfs:subPropertyOf skos:semanticRelation ; a owl:TransitiveProperty .
skos:broadMatch rdfs:subPropertyOf skos:mappingRelation, skos:broader ; owl:inverseOf skos:narrowMatch .
skos:relatedMatch rdfs:subPropertyOf skos:mappingRelation ; a owl:SymmetricProperty .
skos:closeMatch rdfs:subPropertyOf skos:mappingRelation ; a owl:SymmetricProperty .
skos:exactMatch rdfs:subPropertyOf skos:closeMatch ; a owl:SymmetricProperty, owl:TransitiveProperty .
"""
"""What the SKOS reference says of its mapping properties (S19-S45), for those who load SKOS as well."""


@pytest.fixture(scope="module", autouse=True)
def java():
    if shutil.which("java") is None:
        assert os.environ.get("KG_CI") != "1", "java is missing"
        pytest.skip("java is not installed")


@pytest.fixture(scope="module")
def owl():
    """The OWL API with HermiT, from the jar that owlready2 ships: classes of Java by their names."""
    import jpype
    import owlready2

    jar = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    if not jpype.isJVMStarted():
        jpype.startJVM(classpath=[str(jar)])
    return jpype.JClass


def loaded(owl, path):
    manager = owl("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(owl("java.io.File")(str(path)))
    assert ontology.getAxiomCount() > 0
    return ontology


def violations(owl, path, profile):
    """What of a file is outside a profile of OWL 2, as text."""
    checker = owl(f"org.semanticweb.owlapi.profiles.{profile}")()
    return [str(one) for one in checker.checkOntology(loaded(owl, path)).getViolations()]


def statements(quads):
    """What of quads can be handed to a reasoner of OWL 2, in one graph."""
    for quad in quads:
        if isinstance(quad.object, Literal) and quad.object.datatype.value in FOREIGN:
            continue
        yield Quad(quad.subject, quad.predicate, quad.object)


def mappings():
    """The matches to other vocabularies and to codes, with their lists."""
    files = [ontology_dir() / "mappings.ttl", *sorted((ontology_dir() / "code").glob("*.ttl"))]
    return [quad for path in files for quad in ox.parse(path=path, format=RdfFormat.TURTLE)]


def written(quads, folder):
    """A file of the ontology with the quads."""
    schema = ox.parse(path=ontology_dir() / "kg.ttl", format=RdfFormat.TURTLE)
    triples = {quad.triple for quad in statements([*schema, *quads])}
    path = folder / "all.nt"
    path.write_bytes(ox.serialize(triples, format=RdfFormat.N_TRIPLES))
    return path


def reasoned(quads, folder):
    """Return the world after HermiT has classified the ontology with the quads.

    Raises:
        owlready2.OwlReadyInconsistentOntologyError: they contradict the ontology.
    """
    import owlready2

    world = owlready2.World()
    ontology = world.get_ontology(written(quads, folder).as_uri()).load()
    with ontology:
        owlready2.sync_reasoner_hermit(world, ignore_unsupported_datatypes=True, debug=0)
    return world


def edges(quads):
    return {quad.triple for quad in quads if quad.predicate in FACTS}


def entailed(owl, quads, folder):
    """The plain edges that follow from the ontology with the quads: subject, predicate, object.

    owlready2 leaves out what follows from a sub-property, so HermiT is asked directly.
    """
    ontology = loaded(owl, written(quads, folder))
    configuration = owl("org.semanticweb.HermiT.Configuration")()
    reasoner = owl("org.semanticweb.HermiT.Reasoner")(configuration, ontology)
    assert reasoner.isConsistent()
    factory = ontology.getOWLOntologyManager().getOWLDataFactory()
    name = owl("org.semanticweb.owlapi.model.IRI").create
    found = set()
    for node in FACTS:
        instances = reasoner.getObjectPropertyInstances(factory.getOWLObjectProperty(name(node.value)))
        for subject, objects in instances.items():
            found |= {(str(subject.getIRI()), node.value, str(one.getIRI())) for one in objects}
    return found


@pytest.mark.parametrize("profile", ["OWL2DLProfile", "OWL2RLProfile"])
def test_ontology_is_within_the_profile(owl, profile):
    assert violations(owl, ontology_dir() / "kg.ttl", profile) == []


@pytest.mark.parametrize("profile", ["OWL2DLProfile", "OWL2RLProfile"])
def test_ontology_with_its_mappings_is_within_the_profile(owl, profile, tmp_path):
    assert violations(owl, written(mappings(), tmp_path), profile) == []


def test_profile_checker_finds_a_use_of_an_undeclared_class(owl, tmp_path):
    path = tmp_path / "bad.ttl"
    path.write_text(f"<{ONTOLOGY}A> a <{OWL}Class> ; <{PREFIXES['rdfs']}subClassOf> <{ONTOLOGY}B> .\n")
    assert any("undeclared class" in one for one in violations(owl, path, "OWL2DLProfile"))


def test_ontology_is_consistent_and_every_class_can_have_members(tmp_path):
    world = reasoned([], tmp_path)
    assert list(world.inconsistent_classes()) == []


def test_one_member_of_each_class_contradicts_nothing(tmp_path):
    members = [
        Quad(iri(f"state:{name}"), RDF.type, node) for name, node in MKG.terms().items() if name[0].isupper()
    ]
    assert len(members) > 30
    reasoned(members, tmp_path)


def test_reasoner_finds_a_contradiction(tmp_path):
    import owlready2

    both = [Quad(iri("actor:a"), RDF.type, node) for node in (MKG.Actor, MKG.Event)]
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reasoned(both, tmp_path)


@pytest.fixture(scope="module")
def said(sample_quads):
    """The sample reports and their assertions, without what is derived from them, and without names."""
    held = [quad for quad in sample_quads if quad.graph_name not in DERIVED]
    reports = {quad.graph_name for quad in held if quad.predicate == MKG.quote}
    return [quad for quad in held if quad.graph_name in reports]


def test_no_inference_makes_a_fact_of_what_is_said(owl, said, tmp_path):
    assert sum(quad.predicate == MKG.predicate for quad in said) > 100
    assert edges(said) == set()
    assert entailed(owl, said, tmp_path) == set()


def test_no_match_makes_a_fact_of_what_is_said(owl, said, tmp_path):
    assert entailed(owl, [*said, *mappings()], tmp_path) == set()


def test_reasoner_would_show_a_fact_that_follows(owl, tmp_path):
    wider = Quad(MKG.allegianceTo, NamedNode(PREFIXES["rdfs"] + "subPropertyOf"), MKG.affiliatedTo)
    pledge = Quad(iri("actor:a"), MKG.allegianceTo, iri("actor:b"))
    found = entailed(owl, [wider, pledge], tmp_path)
    assert (iri("actor:a").value, MKG.affiliatedTo.value, iri("actor:b").value) in found


@pytest.mark.parametrize("matched", [False, True], ids=["ontology", "and-matches-in-skos"])
def test_rules_of_owl_rl_make_no_fact_of_what_is_said(said, matched):
    import owlrl
    from rdflib import Graph, URIRef

    graph = Graph()
    if matched:  # as SKOS has them: properties between concepts, exact ones transitive
        graph.parse(data=SKOS_MATCHES, format="turtle")
        graph.parse(
            data=ox.serialize({q.triple for q in mappings()}, format=RdfFormat.N_TRIPLES), format="nt"
        )
    some = {quad.subject for quad in said if quad.predicate == MKG.predicate}
    kept = [quad for quad in said if quad.subject in sorted(some, key=str)[:40]]
    schema = ox.parse(path=ontology_dir() / "kg.ttl", format=RdfFormat.TURTLE)
    triples = {quad.triple for quad in statements([*schema, *kept])}
    graph.parse(data=ox.serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    individuals = {URIRef(quad.subject.value) for quad in kept if not isinstance(quad.subject, BlankNode)}
    found = [
        (s, p, o)
        for node in FACTS
        for s, p, o in graph.triples((None, URIRef(node.value), None))
        if s in individuals
    ]
    assert len(kept) > 200
    assert found == []
