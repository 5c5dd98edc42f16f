"""The curated data as code: complete, sourced, sorted, without contradictions; and the registry's answers."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kg.dates import iso_date
from kg.errors import RegistryError
from kg.gazetteer import key
from kg.registry import Registry, load
from kg.registry.table import COLUMNS, Table
from kg.resources import ontology_dir
from kg.vocab import DCTERMS, GRAPH, MKG, RDF, SKOS, iri

FOLDER = ontology_dir() / "registry"
FILES = sorted(FOLDER.glob("*.ttl"))
SUBJECT = re.compile(r"^(actor|place|assertion|source):(\S+) a ", re.MULTILINE)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CLASSES = {
    "ArmedGroup", "StateForce", "InternationalForce", "Government", "Person", "Community", "Civilians",
    "MediaArm", "Outlet",
}  # fmt: skip
PLACEHOLDER = re.compile(r"\b(TODO|FIXME|XXX|TBD|KKL|placeholder|example\.(?:com|org))\b|\?\?", re.IGNORECASE)
LINEAGE = {"memberOf", "affiliatedTo", "allegianceTo", "mergedInto"}


def day(iso: str, *, last: bool) -> str:
    """An ISO date widened to its first or last day, comparable as text."""
    return iso + ("-12-31" if last else "-01-01")[len(iso) - 10 :] if len(iso) < 10 else iso


@pytest.fixture(scope="module")
def described(registry):
    found = defaultdict(lambda: defaultdict(list))
    for quad in registry.quads():
        found[quad.subject][quad.predicate].append(quad.object)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_entries_are_sorted_and_each_stands_once(path):
    subjects = SUBJECT.findall(path.read_text(encoding="utf-8"))
    assert subjects, f"{path.name}: write each entry as 'actor:slug a mkg:Class ;' at the start of a line"
    for first, second in pairwise(subjects):
        assert first < second, (
            f"{path.name}: move {second[0]}:{second[1]} before {first[0]}:{first[1]}, or join them"
        )


def test_no_entry_stands_in_two_files():
    seen = {}
    for path in FILES:
        for kind, slug in SUBJECT.findall(path.read_text(encoding="utf-8")):
            assert (kind, slug) not in seen, f"{kind}:{slug}: join {path.name} and {seen[kind, slug]}"
            seen[kind, slug] = path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_there_are_no_placeholders(path):
    hit = PLACEHOLDER.search(path.read_text(encoding="utf-8"))
    assert hit is None, f"{path.name}: replace {hit.group()!r} by what a source says, or leave it out"


def test_slugs_keep_their_pattern(registry):
    for slug in (*registry.actors, *registry.places):
        assert SLUG.fullmatch(slug), f"{slug!r}: use lower-case ASCII letters, digits and single hyphens"


def test_slugs_that_others_refer_to_stay(registry):
    kept = (Path(__file__).parent / "data" / "registry_slugs.txt").read_text(encoding="utf-8").splitlines()
    for slug in (line for line in kept if not line.startswith("#")):
        assert slug in registry.actors, f"{slug} is gone: restore it, or stores that refer to it break"


def test_every_actor_has_a_class_and_every_place_a_type(registry):
    for actor in registry.actors.values():
        assert actor.kind in CLASSES, f"actor:{actor.slug}: {actor.kind} is not a class of actors"
    for place in registry.places.curated.values():
        assert place.kind in ("country", "region", "city", "area", "facility"), (
            f"place:{place.slug}: {place.kind}"
        )


def test_every_actor_is_sourced_or_marked_editorial(registry, described):
    for slug in registry.actors:
        thing = described[iri(f"actor:{slug}")]
        assert thing[DCTERMS.source] or thing[MKG.editorial], (
            f"actor:{slug}: add dcterms:source or mkg:editorial true"
        )


def test_editorial_entries_state_no_lineage_of_their_own(registry, described):
    for relation in registry.relations:
        assert described[iri(relation.ref)][DCTERMS.source], f"{relation.ref}: add its dcterms:source"
        assert relation.source.startswith("source:"), f"{relation.ref}: the speaker is the source it cites"


def test_every_cited_source_is_described(described):
    for node, thing in list(described.items()):
        for value in (*thing[DCTERMS.source], *thing[MKG.speaker]):
            if isinstance(value, NamedNode):
                assert described[value][DCTERMS.title], f"{node.value}: describe {value.value} in sources.ttl"


def test_a_strong_name_belongs_to_one_actor(registry):
    owners = defaultdict(set)
    for slug, name in registry.actor_names():
        if name.strong:
            owners[key(name.text)].add(slug)
    for name, slugs in owners.items():
        assert len(slugs) == 1, (
            f"{name!r} is a strong name of {sorted(slugs)}: make it a mkg:weakLabel of all"
        )


def test_spellings_of_one_name_are_all_strong_or_all_weak(registry):
    found = {}
    for slug, name in registry.actor_names():
        shape = (slug, key(name.text), name.text.isupper())  # ISIS is strong, Isis a goddess too
        assert found.setdefault(shape, name.strong) == name.strong, (
            f"actor:{slug}: {name.text!r} is strong and weak"
        )


def test_a_strong_name_belongs_to_one_place(registry):
    owners = defaultdict(set)
    for slug, name in registry.place_names():
        if name.strong:
            owners[key(name.text)].add(slug)
    for name, slugs in owners.items():
        assert len(slugs) == 1, (
            f"{name!r} is a strong name of {sorted(slugs)}: make it weak but for the usual one"
        )


def test_a_country_is_a_weak_name_of_its_government(registry):
    strong = {key(name.text) for _, name in registry.actor_names() if name.strong}
    for place in registry.places.curated.values():
        for name in place.names:
            if name.strong:
                assert key(name.text) not in strong, (
                    f"{name.text!r} names place:{place.slug} and an actor, both strongly"
                )


def test_names_are_clean(registry):
    for slug, name in (*registry.actor_names(), *registry.place_names()):
        assert name.text == " ".join(name.text.split()), f"{slug}: white space in {name.text!r}"
        assert key(name.text), f"{slug}: {name.text!r} has no letters"
        assert not re.search(r"[;|@{}<>]", name.text), f"{slug}: {name.text!r} looks like two names joined"


def test_lineage_has_no_cycle(registry):
    above = defaultdict(set)
    for relation in registry.relations:
        if relation.predicate in LINEAGE:
            above[relation.subject].add(relation.object)
    for slug in list(above):
        todo, seen = list(above[slug]), set()
        while todo:
            current = todo.pop()
            assert current != slug, f"{slug} is above itself: mend relations.ttl"
            if current not in seen:
                seen.add(current)
                todo.extend(above[current])


def test_dates_are_dates_and_in_order(registry):
    for relation in registry.relations:
        for date in filter(None, (relation.valid_from, relation.valid_to)):
            assert iso_date(date) == date, f"{relation.ref}: {date!r} is no ISO date"
        if relation.valid_from and relation.valid_to:
            in_order = day(relation.valid_from, last=False) <= day(relation.valid_to, last=True)
            assert in_order, f"{relation.ref}: it ends before it begins"


def test_only_persons_lead(registry):
    for relation in registry.relations:
        if relation.predicate == "leads":
            assert registry.actors[relation.subject].kind == "Person", (
                f"{relation.ref}: {relation.subject} is no person"
            )


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


def test_labels_are_literals_with_a_language(described):
    for node, thing in described.items():
        for label in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, MKG.weakLabel):
            for value in thing[label]:
                assert isinstance(value, Literal), f"{node.value}: a label is text"
                assert value.language, f"{node.value}: add the language of {value.value!r}"
