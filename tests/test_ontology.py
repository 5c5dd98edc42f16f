"""The ontology and its schemes are complete: labels, definitions, levels, one reading by all parsers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter, defaultdict

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat

from kg.model import CERTAINTIES
from kg.resources import ontology_dir
from kg.vocab import MKG, ONTOLOGY, PREFIXES, RDF, RDFS, SCHEMES, SKOS, ref

ROOT = ontology_dir()
FILES = [
    ROOT / "kg.ttl",
    ROOT / "mappings.ttl",
    *sorted(ROOT.glob("code/*.ttl")),
    *sorted(ROOT.glob("vocab/*.ttl")),
    *sorted(ROOT.glob("shapes/*.ttl")),
]
CONCEPT = NamedNode(PREFIXES["skos"] + "Concept")
DEFINITION = NamedNode(PREFIXES["skos"] + "definition")
NOTE = NamedNode(PREFIXES["skos"] + "scopeNote")
EXAMPLE = NamedNode(PREFIXES["skos"] + "example")
TOP = NamedNode(PREFIXES["skos"] + "topConceptOf")


def name(path):
    return str(path.relative_to(ROOT))


def quads(path):
    return list(pyoxigraph.parse(path=path, format=RdfFormat.TURTLE))


def values(path):
    """The objects of a file by subject and predicate."""
    found = defaultdict(list)
    for quad in quads(path):
        found[quad.subject, quad.predicate].append(quad.object)
    return found


def languages(literals):
    return sorted(literal.language for literal in literals)


def concepts(path):
    return [quad.subject for quad in quads(path) if (quad.predicate, quad.object) == (RDF.type, CONCEPT)]


def test_there_is_a_file_for_each_scheme():
    assert {path.stem for path in ROOT.glob("vocab/*.ttl")} == set(SCHEMES)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_parsers_count_the_same_triples(path):
    from rdflib import Graph

    assert len(Graph().parse(path)) == len(set(quads(path)))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_rapper_counts_the_same_triples(path):
    rapper = shutil.which("rapper")
    if rapper is None:
        assert os.environ.get("KG_CI") != "1", "rapper (raptor2-utils) is missing"
        pytest.skip("rapper (raptor2-utils) is not installed")
    run = subprocess.run([rapper, "-c", "-i", "turtle", path], capture_output=True, text=True, check=True)
    assert f"returned {len(set(quads(path)))} triples" in run.stderr


def test_every_term_has_two_labels_and_one_definition():
    found = values(ROOT / "kg.ttl")
    for term in MKG.terms().values():
        assert languages(found[term, RDFS.label]) == ["en", "fr"], term
        (definition,) = found[term, DEFINITION]
        assert definition.value.endswith("."), term


def test_every_term_says_how_to_use_it_and_gives_an_example():
    found = values(ROOT / "kg.ttl")
    for term in MKG.terms().values():
        (note,) = found[term, NOTE]
        assert note.value.endswith("."), term
        assert found[term, EXAMPLE], term


def test_terms_that_notes_and_examples_name_exist():
    for quad in quads(ROOT / "kg.ttl"):
        if quad.predicate in (NOTE, EXAMPLE, DEFINITION) and isinstance(quad.object, Literal):
            for name in re.findall(r"\bmkg:(\w+)", quad.object.value):
                assert name in MKG.terms(), f"{quad.subject} speaks of mkg:{name}"


def test_actors_and_places_in_examples_are_in_the_registry(registry):
    known = {ref(quad.subject) for quad in registry.quads() if isinstance(quad.subject, NamedNode)}
    for quad in quads(ROOT / "kg.ttl"):
        if quad.predicate == EXAMPLE:
            named = re.findall(r"\b(?:actor|place):[a-z0-9-]{3,}", quad.object.value)
            assert set(named) <= known, quad.subject


def test_a_deprecated_term_says_what_to_use_instead():
    found = values(ROOT / "kg.ttl")
    for term in MKG.terms().values():
        if found[term, NamedNode(PREFIXES["owl"] + "deprecated")]:
            assert found[term, NamedNode(PREFIXES["dcterms"] + "isReplacedBy")], term
            assert found[term, NamedNode(PREFIXES["skos"] + "changeNote")], term


def test_no_two_classes_and_no_two_properties_share_a_label():
    labels = Counter(
        (quad.object.value.casefold(), quad.object.language, quad.subject.value[len(ONTOLOGY)].isupper())
        for quad in quads(ROOT / "kg.ttl")
        if quad.predicate == RDFS.label
    )
    assert [label for label, count in labels.items() if count > 1] == []


def test_every_class_and_property_is_declared_once():
    found = values(ROOT / "kg.ttl")
    for term in MKG.terms().values():
        kinds = [kind.value for kind in found[term, RDF.type] if kind.value.startswith(PREFIXES["owl"])]
        assert len(kinds) == 1, term
        is_class = term.value.removeprefix(ONTOLOGY)[0].isupper()
        assert (kinds[0] == PREFIXES["owl"] + "Class") == is_class, term


def test_the_acceptance_rule_the_licence_and_the_version_are_stated():
    found = values(ROOT / "kg.ttl")
    ontology = NamedNode(ONTOLOGY.removesuffix("#"))
    (rule,) = found[ontology, MKG.rule]
    assert "accepted" in rule.value
    assert found[ontology, NamedNode(PREFIXES["owl"] + "versionInfo")] == [Literal("0.1.0")]
    (licence,) = found[ontology, NamedNode(PREFIXES["dcterms"] + "license")]
    assert "apache.org" in licence.value
    assert found[ontology, NamedNode(PREFIXES["dcterms"] + "contributor")]
    notes = found[ontology, NamedNode(PREFIXES["rdfs"] + "comment")]
    assert any(note.value.startswith("Deprecation rule:") for note in notes)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_concepts_have_labels_definition_scheme_and_a_level(scheme):
    path = ROOT / "vocab" / f"{scheme}.ttl"
    found = values(path)
    own = NamedNode(f"https://w3id.org/militant-kg/vocab/{scheme}")
    members = concepts(path)
    for concept in members:
        assert concept.value.startswith(PREFIXES[f"mkg-{scheme}"]), concept
        assert languages(found[concept, SKOS.prefLabel]) == ["en", "fr"], concept
        assert found[concept, DEFINITION][0].value.endswith("."), concept
        assert found[concept, EXAMPLE], concept
        assert found[concept, NamedNode(PREFIXES["skos"] + "inScheme")] == [own]
        broader = found[concept, SKOS.broader]
        assert bool(broader) != (found[concept, TOP] == [own]), concept
        assert set(broader) <= set(members), concept


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_label_names_one_concept_of_a_scheme(scheme):
    owner = {}
    for quad in quads(ROOT / "vocab" / f"{scheme}.ttl"):
        if quad.predicate in (SKOS.prefLabel, SKOS.altLabel) and quad.subject.value.find("#") > 0:
            label = (quad.object.value.casefold(), quad.object.language)
            assert owner.setdefault(label, quad) == quad, f"{label} names two concepts or one twice"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_concepts_stand_in_the_order_of_their_slugs(scheme):
    slugs = [concept.value.partition("#")[2] for concept in concepts(ROOT / "vocab" / f"{scheme}.ttl")]
    assert slugs == sorted(slugs), "sort the concepts of the file by slug"


def test_tactics_have_no_cycle():
    found = values(ROOT / "vocab" / "tactic.ttl")

    def depth(concept, above=()):
        assert concept not in above, f"{concept} is broader than itself"
        return 1 + max((depth(wide, (*above, concept)) for wide in found[concept, SKOS.broader]), default=0)

    depths = [depth(concept) for concept in concepts(ROOT / "vocab" / "tactic.ttl")]
    assert len(depths) >= 40
    assert max(depths) <= 4


def test_certainties_are_those_of_the_model():
    slugs = {concept.value.partition("#")[2] for concept in concepts(ROOT / "vocab" / "certainty.ttl")}
    assert slugs == set(CERTAINTIES)


def test_shapes_speak_of_terms_and_concepts_that_exist():
    defined = {quad.subject for path in FILES if path.parent.name != "shapes" for quad in quads(path)}
    for path in ROOT.glob("shapes/*.ttl"):
        for quad in quads(path):
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(
                (ONTOLOGY, "https://w3id.org/militant-kg/vocab/")
            ):
                assert quad.object in defined, quad
