"""Files of one's own: what they add and override, and what of a table is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RegistryError, UsageError
from kg.gazetteer import Gazetteer
from kg.registry import load
from kg.registry.overlay import ADDS, OVERRIDES
from kg.registry.own import read_own
from kg.registry.sheet import COLUMNS, MOST_BYTES, MOST_CHARACTERS, read_sheet, triples_of
from kg.vocab import PREFIXES

HEAD = "".join(f"@prefix {one}: <{iri}> .\n" for one, iri in PREFIXES.items())


@pytest.fixture
def laid(tmp_path):
    """The registry with a Turtle file of one's own."""

    def over(text):
        path = tmp_path / "own.ttl"
        path.write_text(HEAD + text, encoding="utf-8")
        return load([path])

    return over


def names(registry, slug):
    return {name.text: name.strong for name in registry.actors[slug].names}


def changes(registry):
    (found,) = registry.changes.values()
    return {(one.kind, one.what, one.before, one.after) for one in found}


def test_a_new_short_name_takes_the_place_of_the_old_which_stays_a_name(laid):
    registry = laid('actor:jnim skos:prefLabel "GSIM"@en .')
    assert registry.actors["jnim"].name == "GSIM"
    assert names(registry, "jnim")["JNIM"] is True
    assert changes(registry) == {(OVERRIDES, "prefLabel", "JNIM (prefLabel)", "GSIM")}


def test_a_name_is_made_weak_strong_or_not_looked_for(laid):
    registry = laid(
        'actor:csp-dpa skos:altLabel "CSP"@en .\n'
        'actor:ansaroul-islam mkg:weakLabel "Ansarul Islam"@en .\n'
        'actor:jnim mkg:unmatchedLabel "Jnim"@en .'
    )
    assert names(registry, "csp-dpa")["CSP"] is True
    assert names(registry, "ansaroul-islam")["Ansarul Islam"] is False
    assert "Jnim" not in names(registry, "jnim")
    assert {kind for kind, *_ in changes(registry)} == {OVERRIDES, ADDS}


def test_a_relation_is_given_an_end(laid):
    registry = laid('assertion:jnim-affiliated-to-al-qaeda mkg:validTo "2030"^^xsd:gYear .')
    (relation,) = [r for r in registry.relations if r.ref == "assertion:jnim-affiliated-to-al-qaeda"]
    assert (relation.valid_from, relation.valid_to) == ("2017-03-02", "2030")
    assert changes(registry) == {(ADDS, "validTo", "", "2030")}


def test_what_is_said_already_changes_nothing(laid):
    assert changes(laid('actor:jnim skos:altLabel "GSIM"@fr ; mkg:theatre place:ml .')) == set()


def test_a_later_file_overrides_an_earlier_one(tmp_path):
    for name in "ab":
        text = f'actor:nova a mkg:ArmedGroup ; skos:prefLabel "Nova {name}"@en ; mkg:editorial true .'
        (tmp_path / f"{name}.ttl").write_text(HEAD + text, encoding="utf-8")
    registry = load([tmp_path / "a.ttl", tmp_path / "b.ttl"])
    assert registry.actors["nova"].name == "Nova b"
    assert names(registry, "nova")["Nova a"] is True
    assert list(registry.changes) == [str(tmp_path / "a.ttl"), str(tmp_path / "b.ttl")]


def test_the_digest_follows_the_content_not_the_path(tmp_path):
    text = HEAD + 'actor:jnim skos:altLabel "Nova"@en .'
    digests = set()
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        digests.add(load([tmp_path / name]).digest)
    assert len(digests) == 1
    assert digests != {load().digest}
    (tmp_path / "a.ttl").write_text(text.replace("Nova", "Nava"), encoding="utf-8")
    assert load([tmp_path / "a.ttl"]).digest not in digests


def test_a_name_of_ones_own_is_found_in_texts(laid):
    registry = laid('actor:nova a mkg:ArmedGroup ; skos:prefLabel "Katiba Nova"@en ; mkg:editorial true .')
    (match,) = Gazetteer(registry).matches("men of Katiba Nova came")
    assert match.candidates[0].slug == "nova"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("own.txt", b"x", "are .ttl or .csv"),
        ("own.ttl", b"\xff\xfe\x00", "not readable as Turtle"),
        ("own.ttl", b"<http://elsewhere.org/a> a <http://elsewhere.org/b> .", "is no actor, place"),
        ("own.csv", b"", "empty"),
        ("own.csv", b"\xef\xbb\xbf \n", "empty"),
        ("own.csv", b"slug\0,name", "binary, or UTF-16"),
        ("own.csv", "slug,name\nnova,Katiba é".encode("latin-1"), "line 2 is not UTF-8"),
        ("own.csv", b"slug,nmae\n", "unknown column 'nmae'; did you mean 'name'"),
        ("own.csv", b"name,kind\n", "no column 'slug'"),
        ("own.csv", b"slug,slug\n", "two columns 'slug'"),
        ("own.csv", b'slug,name\nnova,"No"va"\n', "malformed CSV"),
        ("own.csv", b'slug,name\nnova,"No\n', "malformed CSV"),
        ("own.csv", b"slug,name,kind\nnova,Nova,armed-group\nx,y\nz\n", "line 3: 2 cells .* 1 more"),
        ("missing.csv", None, "No such file"),
    ],
)
def test_bad_files_get_one_clear_line(tmp_path, name, content, message):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RegistryError, match=message):
        read_own(path)


def test_a_huge_file_is_refused_unread(tmp_path):
    for name in ("own.csv", "own.ttl"):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(MOST_BYTES + 1)
        with pytest.raises(RegistryError, match="larger than 20 MB"):
            read_own(tmp_path / name)


def test_a_table_of_too_many_rows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.registry.sheet.MOST_ROWS", 2)
    (tmp_path / "own.csv").write_text("slug,name\n" + "a,A\n" * 3, encoding="utf-8")
    with pytest.raises(RegistryError, match="more than 2 rows"):
        read_sheet(tmp_path / "own.csv")


GOOD = {"slug": "nova", "name": "Nova Brigade", "kind": "armed-group"}


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"slug": "No Va"}, "lower-case ASCII"),
        ({"name": "=HYPERLINK(1)"}, "formula"),
        ({"name": "@nova"}, "formula"),
        ({"aliases": "+Nova"}, "formula"),
        ({"weak": "\tNova"}, "formula"),
        ({"name": "N" * (MOST_CHARACTERS + 1)}, "more than 2,000 characters"),
        ({"aliases": "Nova; Brigade"}, "a sign that no name has: ';'"),
        ({"name": "No\x07va"}, "a sign that no name has"),
        ({"kind": "armed-grp"}, "did you mean 'armed-group'"),
        ({"theatre": "Mali, Niger"}, "no slug"),
        ({"relation": "memberof", "target": "jnim", "source": "B"}, "unknown relation 'memberof'"),
        ({"relation": "memberOf", "source": "B"}, "needs a target"),
        ({"relation": "memberOf", "target": "jnim"}, "needs a source"),
        ({"relation": "memberOf", "target": "jnim", "source": "B", "since": "3/2018"}, "is no date"),
        ({"since": "2018"}, "unknown relation ''"),
        ({"active_from": "2018", "active_to": "2019"}, "active_from '2018' needs a source"),
        ({"active_from": "spring 2018", "source": "B"}, "active_from 'spring 2018' is no date"),
        ({"active_to": "2018/3", "source": "B"}, "active_to '2018/3' is no date"),
        ({"source": "…"}, "no Latin letter"),
        ({"name": "", "kind": ""}, "says nothing"),
    ],
)
def test_a_faulty_cell_is_named(cells, message):
    with pytest.raises(UsageError, match=message):
        triples_of({**GOOD, **cells})


def test_a_row_without_a_source_is_editorial_and_further_rows_add_up(tmp_path):
    path = tmp_path / "own.csv"
    path.write_bytes(
        "\ufeffSlug, name ,kind,french,relation,target,since,until,source\r\n"
        "nova,Nova Brigade,armed-group,Brigade Nova,,,,,\r\n\r\n"
        "nova,,,,memberOf,jnim,2018-03,2019,Bulletin 1\r\n"
        "nova,,,,memberOf,isgs,2020,,Bulletin 2\r\n".encode()
    )
    registry = load([path])
    actor = registry.actors["nova"]
    assert actor.parents == ("isgs",)
    assert {(name.text, name.lang) for name in actor.names} == {
        ("Nova Brigade", "en"),
        ("Brigade Nova", "fr"),
    }
    relations = [r for r in registry.relations if r.subject == "nova"]
    assert [(r.object, r.valid_from, r.valid_to) for r in relations] == [
        ("isgs", "2020", ""),
        ("jnim", "2018-03", "2019"),
    ]
    assert {registry.title(r.source) for r in relations} == {"Bulletin 1", "Bulletin 2"}


def test_a_table_says_when_an_actor_was_active(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "slug,name,kind,active_from,active_to,source\n"
        "nova,Nova Brigade,armed-group,2018-03,2019-05-01,Bulletin 1\n"
        "jnim,,,2016,,Bulletin 1\n",
        encoding="utf-8",
    )
    registry = load([path])
    nova, jnim = registry.actors["nova"], registry.actors["jnim"]
    assert (nova.active_from, nova.active_to) == ("2018-03", "2019-05-01")
    assert (jnim.active_from, jnim.active_to) == ("2016", "")  # what is shipped is overridden


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=20)))
def test_any_cells_give_triples_or_one_error(cells):
    triples = []
    with contextlib.suppress(UsageError):  # any other error fails
        triples = triples_of({"slug": "", **cells})
        assert triples
    for triple in triples:
        assert all(node.value == node.value.strip() and "\n" not in node.value for node in triple)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_one_error(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("sheet") / "own.csv"
    path.write_bytes(content)
    with contextlib.suppress(RegistryError):  # any other error fails
        assert read_sheet(path).triples is not None
