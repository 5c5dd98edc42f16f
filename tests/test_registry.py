"""The curated data as code: complete, sourced, sorted, without contradictions; and the registry's answers."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from pathlib import Path

import make_slugs
import pytest

from kg.accept import derive
from kg.curation import findings
from kg.errors import RegistryError
from kg.query import run
from kg.registry import Registry, load
from kg.registry.lineage import UNDER, holding
from kg.registry.table import COLUMNS, Table
from kg.resources import ontology_dir
from kg.store import OxigraphStore, RdflibStore
from kg.vocab import GRAPH, MKG, RDF, iri, local, ref

FOLDER = ontology_dir() / "registry"
FILES = sorted(FOLDER.glob("*.ttl"))
DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def described(registry):
    found = defaultdict(lambda: defaultdict(list))
    for quad in registry.quads():
        found[quad.subject][quad.predicate].append(quad.object)
    return found


def test_the_shipped_registry_breaks_no_rule(registry):
    found = findings(registry, FILES)
    listed = "\n".join(f"{one.where}: {one.message}; {one.mend}" for one in found[:20])
    assert not found, f"{len(found)} findings; `kg registry check` lists them\n{listed}"


def test_slugs_stay_for_ever_and_new_ones_are_noted():
    kept, held = make_slugs.kept(), make_slugs.held()
    gone = sorted(kept - held)
    assert not gone, f"{gone} are gone: restore them, or stores that refer to them break"
    new = sorted(held - kept)
    assert not new, f"{new[:5]} are new; note them with: python tests/make_slugs.py"


def test_places_lie_where_they_can(registry):
    for slug in registry.places:
        place = registry.places[slug]
        if place.lat is not None:
            assert -90 <= place.lat <= 90, f"place:{slug}: latitude"
            assert place.lon is not None, f"place:{slug}: no longitude"
            assert -180 <= place.lon <= 180, f"place:{slug}: longitude"
        if place.country and place.kind != "country":
            assert registry.within(slug, place.country), f"place:{slug}: put it within place:{place.country}"
            assert slug not in registry.containers(slug), f"place:{slug} contains itself"


def test_every_country_has_a_government_of_its_own(registry):
    owners = {actor.country for actor in registry.actors.values() if "government" in actor.attributes}
    for place in registry.places.curated.values():
        if place.kind == "country":
            assert place.slug in owners, f"place:{place.slug}: add its government to governments.ttl"


def test_a_country_has_one_national_force_and_one_government(registry):
    for kind in ("StateForce", "Government"):
        found = [a.country for a in registry.actors.values() if a.kind == kind and "national" in a.attributes]
        for country in found:
            assert found.count(country) == 1, f"{country}: only one {kind} may have the attribute 'national'"


def test_the_table_is_sorted_and_keeps_out_of_the_curated_towns(registry):
    lines = gzip.decompress((FOLDER / "places.tsv.gz").read_bytes()).decode("utf-8").splitlines()
    assert tuple(lines[1].split("\t")) == COLUMNS
    slugs = [line.partition("\t")[0] for line in lines[2:]]
    assert slugs == sorted(set(slugs)), "make the table again: make_places.py"
    assert not set(slugs) & set(registry.places.curated), "make the table again: make_places.py"
    numbers = {text for place in registry.places.curated.values() for text in place.identifier}
    for slug in slugs:
        assert not numbers & set(registry.places[slug].identifier), f"{slug} is curated: make the table again"


def test_the_table_bears_no_time_of_its_making():
    assert (FOLDER / "places.tsv.gz").read_bytes()[4:8] == b"\0\0\0\0"


QUESTIONS = [json.loads(line) for line in (DATA / "allegiance_on_day.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def engines(registry):
    """The registry and what follows from it, without a report, in both engines."""
    quads = [*registry.quads(), *derive([], registry, [])]
    stores = (OxigraphStore(), RdflibStore())
    for store in stores:
        store.add(quads)
    return stores


def test_twenty_dated_questions_and_more_are_asked():
    assert len(QUESTIONS) >= 20
    assert len({(one["actor"], one["day"]) for one in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda one: f"{one['actor']} {one['day']}")
def test_who_was_under_whom_on_a_day(registry, engines, asked):
    wanted = [tuple(pair) for pair in asked["under"]]
    held = holding(registry.relations, asked["day"])
    under = [
        (one.predicate, one.object)
        for one in held
        if one.subject == asked["actor"] and one.predicate in UNDER
    ]
    assert sorted(under) == sorted(wanted), asked["question"]
    for store in engines:
        rows = run(store, "allegiance-on-day", {"day": asked["day"], "actor": asked["actor"]}).rows
        told = [(local(row[1]), ref(row[2]).removeprefix("actor:")) for row in rows
                if ref(row[0]) == f"actor:{asked['actor']}"]  # fmt: skip
        assert sorted(set(told)) == sorted(wanted), (asked["question"], type(store).__name__)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda one: f"{one['actor']} {one['day']}")
def test_a_dated_question_names_a_source_that_the_registry_cites_for_that_actor(registry, asked):
    about = [one.ref for one in registry.relations if asked["actor"] in (one.subject, one.object)]
    cited = {title for ref_ in about for title in registry.sources_of(ref_)}
    assert registry.title(asked["source"]) in cited


# What the registry answers


def test_an_actor_knows_its_names_parents_leaders_and_family(registry):
    jnim = registry.actors["jnim"]
    assert jnim.name == "JNIM"
    assert jnim.kind == "ArmedGroup"
    assert jnim.parents == ("al-qaeda",)
    assert jnim.leaders == ("iyad-ag-ghaly",)
    assert jnim.family == "al-qaeda"
    assert "ml" in jnim.countries
    assert "jihadist" in jnim.attributes
    assert registry.actors["fama"].family == "state"
    assert registry.actors["fama"].country == "ml"


def test_an_ended_lead_is_a_former_one(registry):
    assert "al-sahrawi" in registry.actors["isgs"].former_leaders
    assert "al-sahrawi" not in registry.actors["isgs"].leaders


def test_the_short_name_may_be_weak(registry):
    names = {name.text: name.strong for name in registry.actors["msa"].names}
    assert names["MSA"] is False
    assert names["Movement for the Salvation of Azawad"] is True


def test_names_that_lists_give_but_nobody_is_known_by_are_not_looked_for(registry):
    assert "The Youth" not in {name.text for name in registry.actors["al-shabaab"].names}


def test_containment_is_transitive(registry):
    assert registry.within("ml-gao-city", "ml-gao-region")
    assert registry.within("ml-gao-city", "ml")
    assert registry.within("ml", "ml")
    assert not registry.within("ml", "ml-gao-region")
    assert not registry.within("nowhere", "nowhere")
    assert registry.containers("ml-gao-city") == ("ml-gao-region", "ml")


def test_a_country_knows_its_capital_and_demonyms(registry):
    assert registry.places["ml"].capital == "ml-bamako-city"
    assert registry.capitals["ml-bamako-city"] == "ml"
    assert registry.demonyms["Malian"] == ("ml",)
    assert set(registry.demonyms["Congolese"]) == {"cd", "cg"}
    assert registry.demonyms["Nigerien"] == ("ne",)


def test_a_town_of_the_table_is_a_place_like_others(registry):
    slug = "ml-koutiala-city"
    assert slug not in registry.places.curated
    place = registry.place(slug)
    assert (place.name, place.kind, place.country, place.within) == (
        "Koutiala",
        "city",
        "ml",
        ("ml-sikasso-region",),
    )
    assert registry.within(slug, "ml")
    with pytest.raises(RegistryError, match="no place 'nowhere'"):
        registry.place("nowhere")


def test_a_town_of_the_table_is_described_only_when_asked_for(registry):
    node = iri("place:ml-koutiala-city")
    assert not any(quad.subject == node for quad in registry.quads())
    quads = registry.place_quads("ml-koutiala-city", GRAPH.places)
    assert {quad.subject for quad in quads} == {node}
    assert {quad.graph_name for quad in quads} == {GRAPH.places}
    assert quads == sorted(quads, key=str)
    assert registry.place_quads("ml", GRAPH.places) == []


def test_the_graph_is_ordered_without_twins_and_with_superclasses(registry):
    quads = registry.quads()
    assert quads == sorted(set(quads), key=str)
    jnim = iri("actor:jnim")
    classes = {quad.object for quad in quads if quad.subject == jnim and quad.predicate == RDF.type}
    assert classes == {MKG.ArmedGroup, MKG.Actor}
    families = {
        quad.object for quad in quads if quad.subject == iri("actor:jua") and quad.predicate == MKG.family
    }
    assert families <= {iri("actor:al-qaeda")}


def test_a_relation_is_an_assertion_whose_speaker_is_its_source(described):
    assertion = described[iri("assertion:katiba-macina-member-of-jnim")]
    assert assertion[MKG.predicate] == [MKG.memberOf]
    assert all(node.value.startswith(iri("source:x").value[:-1]) for node in assertion[MKG.speaker])
    assert MKG.quote not in assertion


def test_loading_twice_gives_the_same_object_and_digest():
    assert load() is load()
    assert Registry(FILES, FOLDER / "places.tsv.gz").digest == load().digest


PREFIXES = """@prefix mkg: <https://w3id.org/militant-kg/ontology#> .
@prefix actor: <https://w3id.org/militant-kg/id/actor/> .
@prefix place: <https://w3id.org/militant-kg/id/place/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def test_files_of_ones_own_add_actors_and_names(tmp_path):
    path = tmp_path / "own.ttl"
    path.write_text(
        PREFIXES
        + 'actor:katiba-nova a mkg:ArmedGroup ; skos:prefLabel "Katiba Nova"@en ; mkg:theatre place:ml .\n'
        + 'actor:jnim skos:altLabel "The Nova Supporters"@en .\n',
        encoding="utf-8",
    )
    registry = load((path,))
    assert registry.actors["katiba-nova"].countries == ("ml",)
    assert "The Nova Supporters" in {name.text for name in registry.actors["jnim"].names}
    assert registry.digest != load().digest


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actor:x a mkg:ArmedGroup .", "0 values of .*prefLabel"),
        (
            'actor:x a mkg:ArmedGroup ; skos:prefLabel "X"@en ; mkg:theatre place:atlantis .',
            "no place of the registry",
        ),
        (
            'actor:x a mkg:ArmedGroup ; skos:prefLabel "X"@en ; mkg:theatre [ a mkg:Place ] .',
            "no blank nodes",
        ),
        ("actor:x a ", "not readable as Turtle"),
    ],
)
def test_an_incomplete_entry_is_an_error_that_names_it(tmp_path, text, message):
    path = tmp_path / "own.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    with pytest.raises(RegistryError, match=message):
        Registry([path])


def test_a_damaged_table_is_an_error_that_says_how_to_mend_it(tmp_path):
    path = tmp_path / "places.tsv.gz"
    path.write_bytes(b"not gzip")
    with pytest.raises(RegistryError, match="make_places"):
        Table(path)
    path.write_bytes(gzip.compress(b"slug\tname\n", mtime=0))
    with pytest.raises(RegistryError, match="columns"):
        Table(path)
