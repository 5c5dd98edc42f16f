"""The registry as its keepers use it: rules with what mends them, order, search, entries, additions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.curation import add, check, entry, findings, fix, import_sheet, named, ordered, row, search, selected
from kg.curation.order import entries
from kg.curation.turtle import turtle
from kg.errors import RegistryError, UsageError
from kg.registry import laid_over, load
from kg.registry.own import read_own
from kg.registry.sheet import triples_of
from kg.vocab import PREFIXES

HEAD = "".join(f"@prefix {one}: <{iri}> .\n" for one, iri in PREFIXES.items())
SOURCE = 'source:own-b a mkg:Source ; dcterms:title "Bulletin" .\n'
ACTOR = 'actor:nova a mkg:ArmedGroup ; skos:prefLabel "Nova Brigade"@en ; dcterms:source source:own-b .\n'
RELATION = (
    "assertion:own-x a mkg:Assertion ; mkg:subject actor:{0} ; mkg:predicate mkg:{1} ; mkg:object actor:{2} ;"
    " mkg:certainty mkg-certainty:asserted ; mkg:speaker source:own-b ; dcterms:source source:own-b {3}.\n"
)


@pytest.fixture
def own(tmp_path):
    """Writes a Turtle file of one's own and gives its path."""

    def written(text, name="own.ttl"):
        path = tmp_path / name
        path.write_text(HEAD + text, encoding="utf-8")
        return path

    return written


def broken(path, *, shapes=False):
    """The rules that a file of one's own breaks, with where."""
    return {(one.rule, one.where) for one in findings(load([path]), [path], shapes=shapes)}


# Rules


def test_a_sound_file_breaks_no_rule(own):
    assert findings(load([own(ACTOR + SOURCE)])) == []


@pytest.mark.parametrize(
    ("text", "rule", "where"),
    [
        (SOURCE + ACTOR, "order", "own.ttl"),
        (ACTOR.replace("Nova Brigade", "TODO Brigade") + SOURCE, "placeholder", "own.ttl"),
        (ACTOR.replace("actor:nova", "actor:Nova_1") + SOURCE, "slug", "actor:Nova_1"),
        (ACTOR.replace("mkg:ArmedGroup", "mkg:Attack") + SOURCE, "class", "actor:nova"),
        (ACTOR.replace("dcterms:source source:own-b", 'mkg:attribute "x"'), "source", "actor:nova"),
        (ACTOR, "source", "actor:nova"),
        (ACTOR.replace("Nova Brigade", "JNIM") + SOURCE, "strong name", "actor:jnim"),
        (ACTOR.replace("Nova Brigade", "Mali") + SOURCE, "strong name", "actor:nova"),
        (ACTOR.replace("Nova Brigade", "Nova|Brigade") + SOURCE, "name", "actor:nova"),
        (ACTOR.replace("Nova Brigade", "Nova  Brigade") + SOURCE, "name", "actor:nova"),
        (ACTOR.replace("Nova Brigade", "...") + SOURCE, "name", "actor:nova"),
        (ACTOR.replace('"Nova Brigade"@en', '"Nova Brigade"') + SOURCE, "name", "actor:nova"),
        (
            ACTOR.replace('"@en', '"@en ; skos:altLabel "Nova-Brigade"@en ; mkg:weakLabel "Nova-Brigade"@en')
            + SOURCE,
            "name",
            "actor:nova",
        ),
        (ACTOR + RELATION.format("al-qaeda", "memberOf", "jnim", "") + SOURCE, "lineage", "actor:al-qaeda"),
        (
            ACTOR + RELATION.format("nova", "memberOf", "jnim", '; mkg:validFrom "soon" ') + SOURCE,
            "date",
            "assertion:own-x",
        ),
        (
            ACTOR
            + RELATION.format("nova", "memberOf", "jnim", '; mkg:validFrom "2017" ; mkg:validTo "2016-12" ')
            + SOURCE,
            "date",
            "assertion:own-x",
        ),
        (ACTOR + RELATION.format("nova", "leads", "jnim", "") + SOURCE, "leader", "assertion:own-x"),
        (ACTOR.replace("dcterms", 'mkg:activeFrom "long ago" ; dcterms') + SOURCE, "date", "actor:nova"),
        (
            ACTOR.replace("dcterms", 'mkg:activeFrom "2017" ; mkg:activeTo "2016-12" ; dcterms') + SOURCE,
            "date",
            "actor:nova",
        ),
        (
            ACTOR.replace("dcterms:source source:own-b", 'mkg:activeTo "2016" ; mkg:editorial true'),
            "source",
            "actor:nova",
        ),
        (
            'place:xx-nova-city a mkg:Place ; skos:prefLabel "Novaville"@en ; mkg:country place:ml ;'
            " mkg:placeType mkg-place-type:city ; schema:latitude 91.0 ; schema:longitude 0.0 .\n",
            "place",
            "place:xx-nova-city",
        ),
    ],
)
def test_what_breaks_a_rule_is_found_with_what_mends_it(own, text, rule, where):
    path = own(text)
    assert (rule, where) in broken(path)
    assert all(one.mend for one in findings(load([path]), [path], shapes=False))


@pytest.mark.parametrize(
    ("period", "relation", "time", "is_found"),
    [
        ('mkg:activeTo "2018-03"', "memberOf", 'mkg:validFrom "2018-03-31"', False),
        ('mkg:activeTo "2018-03"', "memberOf", 'mkg:validFrom "2018-04"', True),
        ('mkg:activeTo "2018-03"', "splitFrom", 'mkg:validFrom "2019"', True),
        ('mkg:activeFrom "2018-03"', "memberOf", 'mkg:validTo "2018"', False),
        ('mkg:activeFrom "2018-03"', "memberOf", 'mkg:validTo "2018-02-28"', True),
        ('mkg:activeTo "2018-03"', "designated", 'mkg:validFrom "2020"', False),
    ],
)
def test_a_relation_is_told_of_the_time_of_both_its_actors(own, period, relation, time, is_found):
    """A month or year counts whole; a listing may come after the end of whom it names."""
    actor = ACTOR.replace("dcterms", f"{period} ; dcterms")
    path = own(actor + RELATION.format("nova", relation, "jnim", f"; {time} ") + SOURCE)
    assert (("date", "assertion:own-x") in broken(path)) is is_found


def test_what_breaks_a_shape_is_found(own):
    path = own(ACTOR.replace("dcterms:source", 'mkg:attribute "Loud" ; dcterms:source') + SOURCE)
    assert ("shape", "actor:nova") in broken(path, shapes=True)


def test_an_entry_in_two_files_is_found(own):
    one, other = own(ACTOR + SOURCE), own(ACTOR, "other.ttl")
    assert ("twin", "actor:nova") in {(f.rule, f.where) for f in findings(load(), [one, other], shapes=False)}


def test_who_left_may_later_stand_above(own):
    """A cycle needs one day on which all its relations hold."""
    text = RELATION.format("al-nusra", "memberOf", "isis-yemen", '; mkg:validTo "2013-01" ')
    other = RELATION.replace("own-x", "own-y").format(
        "isis-yemen", "memberOf", "al-nusra", '; mkg:validFrom "2014" ; mkg:validTo "2015" '
    )
    assert not any(rule == "lineage" for rule, _ in broken(own(text + other + SOURCE)))
    joined = text.replace('"2013-01"', '"2014-06"')
    assert ("lineage", "actor:al-nusra") in broken(own(joined + other + SOURCE))


# Order


def test_fix_puts_entries_in_order_and_leaves_the_rest(own):
    path = own("# of Nova\n" + ACTOR + "\n# and before it\nactor:abc a mkg:ArmedGroup .\n")
    assert fix([path]) == [path]
    text = path.read_text("utf-8")
    assert entries(text) == [("actor", "abc"), ("actor", "nova")]
    assert "# and before it\nactor:abc" in text
    assert text.startswith(HEAD)
    assert fix([path]) == []


def test_fix_leaves_a_file_that_is_no_turtle(own):
    path = own("actor:b a mkg:X .\nactor:a a ")
    before = path.read_bytes()
    with pytest.raises(RegistryError, match="not readable"):
        fix([path])
    assert path.read_bytes() == before


@given(st.permutations([f'actor:{slug} a mkg:X ;\n    skos:prefLabel "{slug}"@en .' for slug in "abcd"]))
def test_order_is_the_same_whatever_it_was(blocks):
    text = "# head\n\n" + "\n\n".join(blocks) + "\n"
    assert ordered(text) == ordered(ordered(text)) == "# head\n\n" + "\n\n".join(sorted(blocks)) + "\n"


# Search


def test_who_bears_the_name_comes_first_then_what_is_spelled_alike():
    first, *rest = search(load(), "Ansar Dien")
    assert (first.slug, first.how) == ("ansar-dine", "alike")
    found = search(load(), "Gao")
    assert [(one.slug, one.how) for one in found[:2]] == [("ml-gao-city", "strong"), ("bf-gao-city", "weak")]
    assert search(load(), "The Youth")[0].how == "unmatched"
    assert search(load(), "…") == search(load(), "xqzzt") == []
    assert len(search(load(), "Ansar", most=2)) == 2
    assert rest


@pytest.mark.parametrize(("text", "slug"), [("Islamic State", "isgs"), ("al-Zarqawi", "barnawi")])
def test_names_that_share_a_part_are_no_candidates_of_each_other(text, slug):
    assert slug not in {one.slug for one in search(load(), text) if one.how == "alike"}


def test_a_name_means_one_entry_or_is_refused():
    assert named(load(), "jnim") == named(load(), "actor:jnim") == named(load(), "Gsim") == "actor:jnim"
    assert named(load(), "Ménaka") == "place:ml-menaka-city"
    with pytest.raises(UsageError, match="no entry 'Ansar Dien'; alike are actor:ansar-dine"):
        named(load(), "Ansar Dien")
    with pytest.raises(UsageError, match="can mean"):
        named(load(), "al-Sahrawi")


# Entries


def test_an_entry_tells_its_relations_of_a_day():
    told = entry(load(), "al-mourabitoun", day="2016-06-01").relations
    assert any("memberOf AQIM from 2015-12-04 to 2017-03-02 [Long War Journal" in one for one in told)
    assert not any("JNIM" in one for one in told)
    assert any("memberOf JNIM since 2017-03-02" in one for one in entry(load(), "al-mourabitoun").relations)


def test_an_entry_of_a_place_says_where_it_lies():
    lines = dict(entry(load(), "place:ml-gao-city").lines)
    assert lines["within"] == "ml-gao-region, ml"
    with pytest.raises(UsageError, match="no entry 'nowhere'"):
        entry(load(), "nowhere")


def test_actors_are_chosen_by_kind_and_theatre():
    found = selected(load(), kind="armed-group", theatre="BF")
    assert {"jnim", "vdp"} <= {actor.slug for actor in found}
    assert all(actor.kind == "ArmedGroup" and "bf" in actor.countries for actor in found)
    with pytest.raises(UsageError, match="no place 'atlantis'"):
        selected(load(), theatre="atlantis")


def test_a_row_of_an_actor_says_again_what_it_is(registry):
    """What `list --format csv` prints can be brought in again and changes no name."""
    for slug in ("jnim", "csp-dpa", "al-shabaab", "fama", "islamic-state"):
        actor = registry.actors[slug]
        again = laid_over([("own.csv", triples_of(row(registry, actor)))]).actors[slug]
        assert {(n.text, n.strong) for n in again.names} == {(n.text, n.strong) for n in actor.names}
        assert (again.kind, again.countries, again.family) == (actor.kind, actor.countries, actor.family)


# Adding and bringing in


def test_adding_makes_the_file_keeps_it_in_order_and_shows_what_is_alike(tmp_path):
    path = tmp_path / "own.ttl"
    assert add(path, {"name": "Nova Brigade", "kind": "armed-group", "theatre": "ml"}).slug == "nova-brigade"
    added = add(path, {"name": "Katiba Macine", "kind": "armed-group", "slug": "", "weak": "Macine"})
    assert added.alike[0].slug == "katiba-macina"
    assert entries(path.read_text("utf-8")) == [("actor", "katiba-macine"), ("actor", "nova-brigade")]
    assert load([path]).actors["nova-brigade"].countries == ("ml",)


@pytest.mark.parametrize(
    ("given_", "error", "message"),
    [
        ({"name": "JNIM", "kind": "armed-group"}, UsageError, "has actor:jnim already"),
        ({"name": "Gsim", "slug": "g2", "kind": "armed-group"}, RegistryError, "strong name of actor:g2"),
        ({"name": "حركة", "kind": "armed-group"}, UsageError, "give --slug"),
        ({"name": "Nova", "kind": "armed-group", "theatre": "atlantis"}, RegistryError, "no place"),
        ({"name": "=Nova", "kind": "armed-group", "slug": "nova"}, UsageError, "formula"),
    ],
)
def test_what_can_not_be_added_is_refused_and_writes_nothing(tmp_path, given_, error, message):
    path = tmp_path / "own.ttl"
    with pytest.raises(error, match=message):
        add(path, given_)
    assert not path.exists()


def test_a_table_becomes_turtle_that_says_the_same(tmp_path):
    table, target = tmp_path / "own.csv", tmp_path / "own.ttl"
    table.write_text(
        "slug,name,kind,weak,arabic,theatre,relation,target,since,source\n"
        'nova,"Nova, Brigade",armed-group,Nova,كتيبة نوفا,ml|ne,memberOf,jnim,2018-03,"Bulletin, no. 1"\n'
        "bad,=1+1,armed-group,,,,,,,\n",
        encoding="utf-8",
    )
    imported = import_sheet(table, str(target))
    assert [fault.line for fault in imported.faults] == [3]
    assert "adds actor:nova" in imported.told
    registry = load([target])
    assert registry.actors["nova"].parents == ("jnim",)
    assert findings(registry, [target]) == []
    first = target.read_bytes()
    import_sheet(table, str(target))
    assert target.read_bytes() == first


def test_checking_a_table_names_every_faulty_line(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("slug,name,kind\nnova,Nova,armed\nNO,Nova,person\n,,\nx,y\n", encoding="utf-8")
    assert [one.where for one in check([path]).findings] == [f"{path}: line {n}" for n in (2, 3, 5)]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@given(names=st.lists(TEXT, min_size=1, max_size=4, unique=True), source=TEXT)
def test_what_is_written_as_turtle_is_read_again(tmp_path_factory, names, source):
    from pyoxigraph import Literal

    from kg.vocab import DCTERMS, MKG, RDF, SKOS, iri

    node, cited = iri("actor:nova"), iri("source:own-nova")
    triples = [
        (node, RDF.type, MKG.ArmedGroup),
        *((node, SKOS.altLabel, Literal(name, language="en")) for name in names),
        (node, DCTERMS.source, cited),
        (cited, DCTERMS.title, Literal(source)),
    ]
    path = Path(tmp_path_factory.mktemp("turtle")) / "own.ttl"
    path.write_text(turtle(reversed(triples), "own"), encoding="utf-8")
    assert set(read_own(path)) == set(triples)
    assert turtle(triples, "own") == path.read_text("utf-8")
