"""The named queries: complete headers, the same rows in both engines, and the rows that analysts expect."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from graph_data import large, small
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import UsageError
from kg.query import catalogue, names, run, write
from kg.query.guard import check
from kg.query.named import parse as named
from kg.query.narrowing import narrowed
from kg.query.ordering import by_one_key
from kg.query.params import terms
from kg.query.tuned import for_oxigraph
from kg.resources import queries_dir
from kg.store import OxigraphStore, RdflibStore
from kg.store.sparql import read
from kg.vocab import MKG, PREFIXES, ref

DATA = Path(__file__).parent / "data" / "fixture.trig"
QUERIES = catalogue()
IDS = [query.name for query in QUERIES]
WITH_PARAMETERS = [query for query in QUERIES if query.parameters]
ON_FIXTURE = {
    "actors": {"text": "is"}, "contested": {"actor": "isgs"}, "denials": {"actor": "isgs"},
    "to-review": {"actor": "isgs"}, "reports": {"publisher": "wire"},
    "events-of-report": {"report": "wire-1"}, "statements-of-report": {"report": "wire-1"},
}  # fmt: skip
"""What the fixture is asked where a query's own example asks the sample reports."""
EMPTY_ON_FIXTURE = {"deaths-of-leaders"}
WANTED = {
    "actors", "allegiances", "allegiance-on-day", "under", "attacks-by-actor", "attacks-at-place",
    "attacks-in-period", "claims", "unclaimed-attacks", "contested", "rival-attributions", "who-says-so",
    "denials", "assessments", "leaders", "casualties-by-actor-year", "targets-of-actor", "top-targets",
    "co-perpetrators-and-allies", "lineage", "reports", "reports-of-actor", "events-of-report", "timeline",
    "hedged", "speakers", "sources", "tactics", "control", "label-search", "deaths-of-leaders",
    "events-by-code",
}  # fmt: skip


def both(quads):
    stores = (OxigraphStore(), RdflibStore())
    for store in stores:
        store.add(quads)
    return stores


@pytest.fixture(scope="module")
def fixture():
    return both(list(parse(path=DATA, format=RdfFormat.TRIG)))


@pytest.fixture(scope="module")
def bombing(fixture):
    """The event of the fixture that JNIM claims and that others lay to ISGS."""
    (row,) = run(fixture[0], "claims", {"actor": "jnim"}).rows
    return ref(row[1])


def example(query, bombing):
    """The parameters with which a query is asked of the fixture."""
    if query.name in {"who-says-so", "tellings"}:
        return {"event": bombing}
    return ON_FIXTURE.get(query.name, dict(query.example))


def shown(store, name, **given):
    """The rows of an answer as a person sees them: labels for IRIs, None for what is unbound."""
    results = run(store, name, given)
    labels = names(store, results)

    def cell(term):
        if term is None or not isinstance(term, NamedNode):
            return term and term.value
        return labels.get(term) or ref(term).removeprefix("mkg:")

    return [dict(zip(results.variables, map(cell, row), strict=True)) for row in results.rows]


def test_actors_that_are_only_described_are_listed_on_request(fixture):
    few, all_ = (
        {row["actor"]: row["kinds"] for row in shown(fixture[0], "actors", **given)}
        for given in ({}, {"unnamed": "yes"})
    )
    more = {name: kinds for name, kinds in all_.items() if name not in few}
    assert few.items() < all_.items()
    assert all("UnnamedActor" in kinds for kinds in more.values())
    assert not any("UnnamedActor" in kinds for kinds in few.values())


def test_every_wanted_question_has_a_query():
    assert not WANTED - set(IDS)


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_a_header_is_complete(query):
    assert re.fullmatch(r"[A-Z][^.?]+", query.title)
    assert query.question.rstrip(".").endswith("?") or "? " in query.question
    assert read(query.text).parameters == {parameter.name for parameter in query.parameters}
    required = {parameter.name for parameter in query.parameters if parameter.default is None}
    assert (
        required <= {name for name, _ in query.example} <= {parameter.name for parameter in query.parameters}
    )
    assert bool(query.example) == bool(query.parameters)
    assert all(parameter.doc for parameter in query.parameters)
    assert query.example_call.startswith(f"kg query {query.name}")


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_the_columns_are_those_of_the_header(fixture, bombing, query):
    given = example(query, bombing)
    results = run(fixture[0], query, given)
    assert results.variables == query.columns
    assert query.lists <= set(query.columns)


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_a_query_filters_and_sorts_windows_never_printed_dates(query):
    """Engines disagree on dates of mixed precision: mkg:date is for display."""
    dated = re.findall(r"mkg:(?:date|validFrom|validTo)\s+\?(\w+)", query.text)
    for name in dated:
        for clause in re.findall(r"(?:FILTER|HAVING|ORDER BY)\b.*", query.text):
            assert f"?{name}" not in re.findall(r"[?$]\w+", clause), f"{query.name}: {clause}"


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_a_query_names_only_terms_of_the_ontology(query):
    known = {node.value for node in MKG.terms().values()}
    for token in read(query.text).tokens:
        if token.kind == "name" and token.text.startswith("mkg:"):
            assert PREFIXES["mkg"] + token.text.removeprefix("mkg:") in known, token.text


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_a_query_passes_its_own_guard_and_is_ordered(fixture, query):
    checked = check(query.text, fixture[0])
    assert checked.form == "CONSTRUCT" or checked.ordered
    assert not re.search(r"\bLIMIT\b", query.text), "the caller says how many rows"


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_both_engines_give_the_same_bytes_on_the_fixture(fixture, bombing, query):
    given = example(query, bombing)
    answers = [run(store, query, given) for store in fixture]
    assert answers[0] == answers[1]
    file_format = "json" if answers[0].triples is None else "ttl"
    assert write(answers[0], file_format) == write(answers[1], file_format)
    assert bool(answers[0].rows or answers[0].triples) == (query.name not in EMPTY_ON_FIXTURE)


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_optional_parameters_may_be_left_out(fixture, query):
    if any(parameter.default is None for parameter in query.parameters):
        return
    answers = [run(store, query) for store in fixture]
    assert answers[0] == answers[1]


@pytest.fixture(scope="module", params=["small", "large", "empty"])
def world(request):
    """Stores with undated events, denied ones, and nothing at all."""
    made = {"small": lambda: small().quads, "large": lambda: large(20, 30).quads, "empty": list}
    return both(made[request.param]())


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_both_engines_agree_on_other_graphs(world, query):
    given = {}
    for parameter in query.parameters:
        if parameter.default is not None:
            continue
        known = [quad.subject for quad in world[0].quads() if f"/id/{parameter.type}/" in quad.subject.value]
        if parameter.type in ("actor", "place", "event", "report") and not known:
            return
        given[parameter.name] = (
            ref(known[0]) if known else "2018-06-15" if parameter.type != "string" else "a"
        )
    assert run(world[0], query, given) == run(world[1], query, given)


def test_claims_of_jnim_within_gao_region(fixture):
    (row,) = shown(fixture[0], "claims", actor="jnim", place="ml-gao-region")
    assert (row["actor"], row["day"], row["places"]) == ("JNIM", "2018-06-12", "Gao")
    assert row["quotes"].startswith("JNIM claimed Tuesday’s suicide bombing in Gao")
    assert not shown(fixture[0], "claims", actor="jnim", place="ml-menaka-region")
    assert not shown(fixture[0], "claims", actor="jnim", since="2019")
    assert len(shown(fixture[0], "claims", actor="jnim", since="2018", until="2018-06-12")) == 1


def test_allegiance_on_a_day_knows_beginnings_and_ends(fixture):
    def pairs(day):
        return {
            (row["actor"], row["relation"], row["to"])
            for row in shown(fixture[0], "allegiance-on-day", day=day)
        }

    old, new = ("Tuareg militias", "memberOf", "AQIM"), ("Tuareg militias", "allegianceTo", "JNIM")
    assert old in pairs("2018-05-31")
    assert new not in pairs("2018-05-31")
    assert new in pairs("2018-06-01")
    assert old not in pairs("2018-06-01")
    assert ("AQIM", "affiliatedTo", "al-Qaeda") in pairs("1990-01-01"), "no beginning is known"
    assert ("JNIM", "affiliatedTo", "al-Qaeda") not in pairs("2017-02-28")


def test_under_is_transitive_and_says_what_is_direct(fixture):
    rows = {row["actor"]: row["direct"] for row in shown(fixture[0], "under", actor="al-Qaeda")}
    assert rows["JNIM"] == rows["AQIM"] == "true"
    assert rows["Tuareg militias"] == "false"
    assert "al-Qaeda" not in rows


def test_rival_attributions_name_all_rivals(fixture):
    (row,) = shown(fixture[0], "rival-attributions")
    assert (row["rivals"], row["actors"]) == ("2", "ISGS; JNIM")


def test_attacks_by_actor_say_what_is_contested(fixture):
    rows = shown(fixture[0], "attacks-by-actor", actor="jnim")
    assert [(row["day"], row["status"]) for row in rows if row["places"] == "Gao"] == [
        ("2018-06-12", "mkg-status:contested")
    ]
    assert {"mkg-status:accepted"} == {row["status"] for row in rows if row["places"] == "Kidal"}


def test_containment_reaches_the_country(fixture):
    everywhere = shown(fixture[0], "attacks-at-place", place="ml")
    in_gao = shown(fixture[0], "attacks-at-place", place="ml-gao-region")
    assert {row["places"] for row in everywhere} == {"Gao", "Kidal"}
    assert {row["places"] for row in in_gao} == {"Gao"}


def test_unclaimed_attacks_leave_out_what_was_claimed_later(fixture):
    rows = shown(fixture[0], "unclaimed-attacks")
    assert rows
    assert "Gao" not in {row["places"] for row in rows}


def test_who_says_so_gives_speaker_words_and_report(fixture, bombing):
    rows = shown(fixture[0], "who-says-so", event=bombing)
    guilt = {
        (row["speaker"], row["certainty"], row["object"]) for row in rows if row["relation"] == "perpetrator"
    }
    assert guilt >= {
        ("JNIM", "mkg-certainty:claimed", "JNIM"),
        ("French Armed Forces", "mkg-certainty:suspected", "ISGS"),
    }
    assert {row["publisher"] for row in rows} >= {"Reuters", "Sahel Wire"}
    assert all(row["quote"] for row in rows)


def test_what_is_to_review_names_a_statement_of_each_open_proposition(fixture):
    rows = run(fixture[0], "to-review", {"actor": "isgs"}).rows
    assert rows
    assert {ref(row[1]) for row in rows} <= {"mkg-status:contested", "mkg-status:suspected"}
    for statement, _, subject, relation, target, count in rows:
        (proposition,) = [quad.object for quad in fixture[0].quads(s=statement, p=MKG.states)]
        for predicate, value in ((MKG.subject, subject), (MKG.predicate, relation), (MKG.object, target)):
            assert next(fixture[0].quads(s=proposition, p=predicate)).object == value
        assert int(count.value) == len(
            {quad.subject for quad in fixture[0].quads(p=MKG.states, o=proposition)}
        )


def test_the_tellings_of_an_event_come_with_report_and_reason(fixture, bombing):
    rows = shown(fixture[0], "tellings", event=bombing)
    assert len({row["report"] for row in rows}) > 1
    assert all(row["telling"].startswith("telling:") and row["reason"] for row in rows)


def test_denials_and_assessments_are_found_by_speaker(fixture):
    assert {row["speaker"] for row in shown(fixture[0], "denials", actor="isgs")} == {"ISGS"}
    rows = shown(fixture[0], "assessments", actor="french-armed-forces")
    assert [row["words"] for row in rows] == ["the raid missed its aim"]


def test_hedged_and_planned_keep_apart_what_is_not_stated_as_so(fixture):
    assert ("JNIM", "splitFrom", "AQIM") in {
        (row["subject"], row["relation"], row["object"]) for row in shown(fixture[0], "hedged")
    }
    assert {row["speaker"] for row in shown(fixture[0], "planned", actor="isgs")} == {"Sahel Wire"}


def test_casualties_count_the_least_number_once_an_event(fixture):
    (row,) = shown(fixture[0], "casualties-by-actor-year", actor="jnim")
    assert (row["year"], row["events"], row["killed"]) == ("2018", "1", "7")


def test_events_of_a_report_are_found_by_its_sources_identifier(fixture, bombing):
    rows = shown(fixture[0], "events-of-report", report="wire-1")
    assert bombing in {row["event"] for row in rows}


def test_an_event_has_the_codes_of_its_tactics_or_of_its_type_where_none_is_known(fixture):
    tactics = shown(fixture[0], "tactics")
    rows = shown(fixture[0], "events-by-code", scheme="gtd")
    assert tactics
    assert rows
    assert {row["match"] for row in rows} <= {"exact", "close", "broad", "narrow", "related"}
    events = {row["event"] for row in shown(fixture[0], "events-by-code", scheme="UCDP")}
    assert not events & {row["event"] for row in rows}, (
        "the UCDP has no code of a tactic, the GTD none of a type"
    )


def test_one_code_is_asked_for(fixture):
    every = shown(fixture[0], "events-by-code", scheme="cameo")
    code = every[0]["code"]
    assert shown(fixture[0], "events-by-code", scheme="cameo", only=code) == [
        row for row in every if row["code"] == code
    ]
    assert shown(fixture[0], "events-by-code", scheme="cameo", only="no such code") == []


def test_a_list_of_codes_that_there_is_not_is_named(fixture):
    with pytest.raises(
        UsageError, match="scheme must be one of acled, cameo, gtd, plover, ucdp, not 'icews'"
    ):
        run(fixture[0], "events-by-code", {"scheme": "icews"})


# sorting


@pytest.mark.parametrize("query", QUERIES, ids=IDS)
def test_one_key_sorts_as_the_query_says(fixture, bombing, query):
    oxigraph = fixture[0]
    bound = terms(oxigraph, query, example(query, bombing))
    texts = (query.text, by_one_key(query))
    written, keyed = (oxigraph.query(read(text).bound(bound).text) for text in texts)
    assert keyed.variables == written.variables
    assert keyed.rows == written.rows


def test_a_query_that_can_not_be_sorted_by_one_key_stays_as_it_is():
    for order in ("?a DESC(?n)", "?n ?elsewhere", "DESC(?n)"):
        query = named(
            "x",
            "# title: X\n# question: X?\n# columns: a, n\n"
            f"SELECT ?a ?n WHERE {{ ?a ?p ?n }}\nORDER BY {order}\n",
        )
        assert by_one_key(query) == query.text


# narrowing

VALUES = {
    "actor": ("actor:jnim", "actor:isgs"), "place": ("place:ml", "place:ml-gao-region"), "string": ("is",),
    "since": ("2018-06",), "until": ("2018-07",), "date": ("2018-06-15",), "report": ("wire-1",),
}  # fmt: skip
"""Values for optional parameters, by type."""


def choices(query, needed):
    """Every choice of optional parameters, each with what a query needs."""
    optional = [one for one in query.parameters if one.default is not None]
    ways = [(None, *VALUES.get(one.type, one.type.split("|"))) for one in optional]
    for values in product(*ways):
        chosen = {one.name: value for one, value in zip(optional, values, strict=True) if value}
        yield {**needed, **chosen}


@pytest.mark.parametrize("query", WITH_PARAMETERS, ids=lambda query: query.name)
def test_what_is_narrowed_by_any_of_its_parameters_is_what_the_query_says(fixture, bombing, query):
    required = {one.name for one in query.parameters if one.default is None}
    needed = {name: value for name, value in example(query, bombing).items() if name in required}
    for given in choices(query, needed):
        narrowed_, written = (run(store, query, given) for store in fixture)
        assert narrowed_ == written, given


@pytest.mark.parametrize("query", WITH_PARAMETERS, ids=lambda query: query.name)
def test_both_engines_agree_on_other_graphs_with_all_parameters_given(world, query):
    given = {one.name: VALUES.get(one.type, one.type.split("|"))[0] for one in query.parameters}
    for kind in ("actor", "place", "event", "report"):
        known = [quad.subject for quad in world[0].quads() if f"/id/{kind}/" in quad.subject.value]
        if not known and any(one.type == kind for one in query.parameters):
            return
        given |= {one.name: ref(known[0]) for one in query.parameters if one.type == kind}
    assert run(world[0], query, given) == run(world[1], query, given)


# words for Oxigraph alone

TUNED = sorted((queries_dir() / "oxigraph").iterdir())


@pytest.mark.parametrize("path", TUNED, ids=lambda path: path.name)
def test_a_text_for_oxigraph_is_of_a_query_and_of_one_of_its_optional_parameters(path):
    name, *parameter, ending = path.name.split(".")
    query = next(query for query in QUERIES if query.name == name)
    optional = {one.name for one in query.parameters if one.default is not None}
    assert ending == "rq"
    assert set(parameter) <= optional
    assert len(parameter) <= 1


def test_oxigraph_is_asked_in_its_own_words_where_there_are_some(fixture):
    def asked(name, **params):
        query = next(query for query in QUERIES if query.name == name)
        return for_oxigraph(query, terms(fixture[0], query, params)).text

    everything = "{ SELECT ?statement WHERE { ?statement mkg:certainty ?sure } }"
    assert everything in asked("actors")
    assert everything in asked("actors", unnamed="yes")
    assert everything not in asked("actors", text="qaeda")
    assert "SELECT DISTINCT ?event" not in asked("unclaimed-attacks")
    assert "SELECT DISTINCT ?event" in asked("unclaimed-attacks", place="place:ml")


@pytest.mark.parametrize("name", sorted({path.name.split(".")[0] for path in TUNED}))
def test_its_own_words_find_the_same_rows_on_other_graphs(world, name):
    assert run(world[0], name) == run(world[1], name)


# narrowing by rules


def narrow(text, **given):
    """The text of a query once it is narrowed, its spaces made one."""
    return " ".join(narrowed(read(text), given).text.split())


JNIM = NamedNode("http://x/jnim")
LEFT_OUT = Literal("")


def test_a_condition_on_what_is_left_out_is_gone():
    text = 'SELECT ?a { ?a a ?b FILTER(sameTerm($x, "") || ?b = $x || (?a = $x)) }'
    assert narrow(text, x=LEFT_OUT) == "SELECT ?a { ?a a ?b }"
    assert narrow(text, x=JNIM) == f"SELECT ?a {{ ?a a ?b FILTER(?b = {JNIM} || (?a = {JNIM})) }}"


def test_a_condition_that_is_a_word_is_gone_where_the_word_is_given():
    text = 'SELECT ?a { ?a a ?b MINUS { ?a ?p ?b FILTER(sameTerm($x, "no")) } }'
    assert narrow(text, x=Literal("no")) == "SELECT ?a { ?a a ?b MINUS { ?a ?p ?b } }"
    assert narrow(text, x=Literal("yes")) == text.replace("$x", '"yes"')


def test_a_condition_that_stands_first_begins_the_group():
    text = 'SELECT DISTINCT ?a { FILTER(sameTerm($x, "") || EXISTS { ?a ?p $x }) ?a a ?b }'
    assert narrow(text, x=LEFT_OUT) == "SELECT DISTINCT ?a { ?a a ?b }"
    assert narrow(text, x=JNIM) == f"SELECT DISTINCT ?a {{ ?a ?p {JNIM} . ?a a ?b }}"


def test_a_condition_that_stands_later_stays_a_condition():
    text = 'SELECT ?a { ?a a ?b FILTER(sameTerm($x, "") || EXISTS { ?a ?p $x }) }'
    assert narrow(text, x=JNIM) == f"SELECT ?a {{ ?a a ?b FILTER(EXISTS {{ ?a ?p {JNIM} }}) }}"
    text = 'SELECT ?a { FILTER(sameTerm($x, "") || EXISTS { ?a ?p $x } && ?a > 1) ?a a ?b }'
    assert narrow(text, x=JNIM) == f"SELECT ?a {{ FILTER(EXISTS {{ ?a ?p {JNIM} }} && ?a > 1) ?a a ?b }}"


def test_a_variable_that_must_be_the_parameter_is_the_parameter():
    text = "SELECT ?a ?b { ?a a ?b ; ?p ?c OPTIONAL { ?b ?q ?d } FILTER(?c = ?b) FILTER(?b = $x) }"
    assert narrow(text, x=JNIM) == (
        f"SELECT ?a ?b {{ ?a a {JNIM} ; ?p {JNIM} OPTIONAL {{ {JNIM} ?q ?d }} BIND({JNIM} AS ?b) }}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?a { { ?a a ?b } UNION { ?a ?p 1 } FILTER(?b = $x) }",
        "SELECT ?a { ?a ?p 1 OPTIONAL { ?a a ?b } FILTER(?b = $x) }",
        "SELECT ?a { ?a ?p ?c BIND(?c AS ?b) FILTER(?b = $x) }",
        "SELECT ?a { VALUES ?b { 1 } ?a a ?b FILTER(?b = $x) }",
        "SELECT ?a { ?a a ?b { SELECT ?b { ?b ?p ?c } } FILTER(?b = $x) }",
        "SELECT ?a { ?a a ?b MINUS { ?c ?p ?b } FILTER(?b = $x) }",
    ],
)
def test_a_variable_that_may_be_unbound_or_is_bound_elsewhere_stays(text):
    assert narrow(text, x=JNIM) == text.replace("$x", str(JNIM))


def test_a_string_is_compared_and_never_put_in_place():
    text = "SELECT ?a { ?a ?p ?b FILTER(?b = $x) }"
    assert narrow(text, x=Literal("1")) == text.replace("$x", '"1"')


def test_a_value_can_not_end_the_condition_it_stands_in():
    text = 'SELECT ?a { ?a ?p ?b FILTER(sameTerm($x, "") || CONTAINS(?b, $x)) }'
    hostile = Literal('") || true) } #')
    assert narrow(text, x=hostile) == f"SELECT ?a {{ ?a ?p ?b FILTER(CONTAINS(?b, {hostile})) }}"
