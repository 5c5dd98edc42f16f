"""The matches to other vocabularies and codes: terms that exist, lists with a source, kinds at peace."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.resources import ontology_dir
from kg.vocab import BASE, ONTOLOGY, PREFIXES, RDF, RDFS, SKOS

ROOT = ontology_dir()
CODES = sorted(path.stem for path in ROOT.glob("code/*.ttl"))
FILES = [ROOT / "mappings.ttl", *sorted(ROOT.glob("code/*.ttl"))]
OF_EVENTS = ("acled", "cameo", "gtd", "plover")
"""Lists of how something was done: every event type and tactic has a code or stands among those without."""
KINDS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
UPWARD = {("broader", True), ("broadMatch", True), ("narrowMatch", False)}


def name(prefix, local):
    return NamedNode(PREFIXES[prefix] + local)


MATCH = {name("skos", kind): kind for kind in KINDS}
SCHEME, NOTATION = name("skos", "inScheme"), name("skos", "notation")
CONCEPT, SPACE = name("skos", "Concept"), name("void", "uriSpace")


@cache
def triples(path):
    return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]


@cache
def everything():
    return [triple for path in FILES for triple in triples(path)]


def values(subject, predicate):
    return [o for s, p, o in everything() if (s, p) == (subject, predicate)]


@cache
def matches():
    """(our concept, kind, theirs) of each match."""
    return [(s, MATCH[p], o) for s, p, o in everything() if p in MATCH]


@cache
def lists():
    """The IRI of each list, with what the IRIs of its terms begin with."""
    spaces = {s: o.value for s, p, o in everything() if p == SPACE}
    return {**{NamedNode(f"{BASE}code/{code}"): f"{BASE}code/{code}#" for code in CODES}, **spaces}


def list_of(term):
    [found] = [node for node, space in lists().items() if term.value.startswith(space)]
    return found


@cache
def defined():
    """The terms and concepts of our own."""
    files = [ROOT / "kg.ttl", *sorted(ROOT.glob("vocab/*.ttl"))]
    return {s for path in files for s, _, _ in triples(path)}


def concepts(scheme):
    found = triples(ROOT / "vocab" / f"{scheme}.ttl")
    return {s for s, p, o in found if (p, o) == (RDF.type, CONCEPT)}


@pytest.mark.parametrize("node", lists(), ids=str)
def test_a_list_says_what_it_is_who_publishes_it_and_where_it_was_read(node):
    assert sorted(title.language for title in values(node, name("dcterms", "title"))) == ["en", "fr"]
    for predicate in (name("dcterms", "publisher"), name("dcterms", "rights"), name("owl", "versionInfo")):
        [text] = values(node, predicate)
        assert text.value
    sources = values(node, name("dcterms", "source"))
    assert sources
    assert all(isinstance(source, NamedNode) and source.value.startswith("http") for source in sources)


def test_every_match_is_of_a_term_of_ours_to_a_term_of_a_list():
    assert len(matches()) > 300
    for ours, _, theirs in matches():
        assert ours in defined(), ours
        assert list_of(theirs) in lists(), theirs


def test_every_list_is_matched():
    assert {list_of(theirs) for _, _, theirs in matches()} == set(lists())


def test_a_code_is_a_concept_of_its_list_with_notation_and_name():
    for theirs in {theirs for _, _, theirs in matches() if theirs.value.startswith(f"{BASE}code/")}:
        assert values(theirs, SCHEME) == [list_of(theirs)], f"{theirs} is not among the codes that were read"
        assert values(theirs, NOTATION)
        assert values(theirs, SKOS.prefLabel)


@pytest.mark.parametrize("code", CODES)
def test_the_codes_of_a_list_are_told_apart_and_have_their_place(code):
    [scheme] = [node for node in lists() if node.value == f"{BASE}code/{code}"]
    own = {s for s, p, o in triples(ROOT / "code" / f"{code}.ttl") if (p, o) == (SCHEME, scheme)}
    assert own == {s for s, p, o in triples(ROOT / "code" / f"{code}.ttl") if (p, o) == (RDF.type, CONCEPT)}
    for one in own:
        above = values(one, SKOS.broader)
        assert set(above) <= own
        assert bool(above) != (values(one, name("skos", "topConceptOf")) == [scheme])
    labels = Counter(label.value for one in own for label in values(one, SKOS.prefLabel))
    assert [label for label, count in labels.items() if count > 1] == []


def test_lists_said_to_be_whole_are_whole():
    def codes(code, *, top=False):
        wanted = name("skos", "topConceptOf") if top else SCHEME
        scheme = NamedNode(f"{BASE}code/{code}")
        return {
            n.value for s, p, o in everything() if (p, o) == (wanted, scheme) for n in values(s, NOTATION)
        }

    assert (len(codes("acled", top=True)), len(codes("acled"))) == (6, 31)
    assert codes("gtd") == {str(number) for number in range(1, 10)}
    assert codes("ucdp") == {"1", "2", "3"}


def test_a_code_of_cameo_lies_under_the_one_whose_number_it_lengthens():
    for subject, predicate, above in triples(ROOT / "code" / "cameo.ttl"):
        if predicate == SKOS.broader:
            [longer], [shorter] = values(subject, NOTATION), values(above, NOTATION)
            assert longer.value[: len(shorter.value)] == shorter.value != longer.value


@pytest.mark.parametrize("prefix", ["org", "prov", "rdf", "schema", "skos"])
def test_terms_of_standards_exist_in_the_closed_namespaces_of_rdflib(prefix):
    import rdflib.namespace as known

    namespace = {
        "org": known.ORG,
        "prov": known.PROV,
        "rdf": known.RDF,
        "schema": known.SDO,
        "skos": known.SKOS,
    }
    found = [
        o.value.removeprefix(PREFIXES[prefix]) for *_, o in matches() if o.value.startswith(PREFIXES[prefix])
    ]
    assert found
    for local in found:
        assert local in namespace[prefix], f"{prefix}:{local}"


def test_terms_of_other_lists_stand_with_the_label_they_were_read_with():
    standards = tuple(PREFIXES[prefix] for prefix in ("org", "prov", "rdf", "schema", "skos"))
    for theirs in {theirs for _, _, theirs in matches()}:
        if not theirs.value.startswith((*standards, f"{BASE}code/")):
            [label] = values(theirs, RDFS.label)
            assert isinstance(label, Literal)
            assert label.value


def test_two_terms_are_matched_in_one_way_only():
    """Exact excludes broad and related (SKOS S46), and nothing is both wider and narrower."""
    pairs = Counter((ours, theirs) for ours, _, theirs in matches())
    assert [pair for pair, count in pairs.items() if count > 1] == []
    assert not {(theirs, ours) for ours, theirs in pairs} & set(pairs), (
        "inverses follow: write each match once"
    )


def test_nothing_is_exactly_two_terms_of_one_list_nor_two_things_one_term():
    exact = [(ours, theirs) for ours, kind, theirs in matches() if kind == "exactMatch"]
    assert max(Counter((ours, list_of(theirs)) for ours, theirs in exact).values()) == 1
    assert max(Counter(theirs for _, theirs in exact).values()) == 1


@cache
def above():
    """For each concept those that are wider, step by step: in our schemes, in the lists, and across."""
    steps = defaultdict(set)
    files = [*FILES, *sorted(ROOT.glob("vocab/*.ttl"))]
    for subject, predicate, other in (triple for path in files for triple in triples(path)):
        kind = predicate.value.removeprefix(PREFIXES["skos"])
        if (kind, True) in UPWARD:
            steps[subject].add(other)
        elif (kind, False) in UPWARD:
            steps[other].add(subject)
    return dict(steps)


def wider(node, seen=frozenset()):
    """All that is wider than a concept.

    Raises:
        AssertionError: it is wider than itself.
    """
    assert node not in seen, f"{node} is wider than itself"
    found = above().get(node, set())
    return found.union(*(wider(one, seen | {node}) for one in found)) if found else set()


def test_no_concept_is_wider_than_itself_through_any_list():
    for node in above():
        wider(node)


def test_what_is_only_related_is_neither_wider_nor_narrower():
    """Related excludes broader, however many steps up (SKOS S27)."""
    for ours, kind, theirs in matches():
        if kind == "relatedMatch":
            assert theirs not in wider(ours), (ours, theirs)
            assert ours not in wider(theirs), (ours, theirs)


def test_a_match_says_no_more_than_the_match_above_it():
    """Wider codes of a matched code follow, so writing them too would only repeat."""
    for ours, kind, theirs in matches():
        if kind == "broadMatch":
            others = [o for s, k, o in matches() if s == ours and k == "broadMatch" and o != theirs]
            assert not any(theirs in wider(other) for other in others), (ours, theirs)


@pytest.mark.parametrize("code", OF_EVENTS)
def test_every_event_type_and_tactic_has_a_code_or_is_listed_without(code):
    space = f"{BASE}code/{code}#"
    none = set(values(NamedNode(f"{space}none"), name("skos", "member")))
    asked = concepts("event-type") | concepts("tactic")
    matched = {ours for ours, _, theirs in matches() if theirs.value.startswith(space)}
    assert not none & matched, "both matched and listed as without a code"
    assert none <= asked
    assert asked <= none | matched, f"neither matched nor among {code}:none"


def test_every_certainty_and_credibility_has_a_counterpart():
    matched = {ours for ours, _, _ in matches()}
    assert concepts("certainty") <= matched
    assert concepts("credibility") <= matched


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_matches_stand_in_order(path):
    """By list and our term: a reader finds one, and a change shows as one line."""
    found: dict[NamedNode, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        subject, _, rest = line.partition(" ")
        if rest.startswith("skos:") and "Match " in rest:
            theirs = rest.split()[1].partition(":")[0]
            found[theirs].append(subject)
    for subjects in found.values():
        assert subjects == sorted(subjects)


def test_mappings_give_no_term_of_ours_another_meaning():
    """They are annotations: none types, restricts or relates a term of the ontology in OWL's sense."""
    allowed = set(MATCH)
    for subject, predicate, _ in everything():
        if subject.value.startswith(ONTOLOGY):
            assert predicate in allowed, (subject, predicate)


def test_the_query_by_codes_has_the_rows_of_the_lists():
    from make_codes import QUERY, block, rewritten

    text = QUERY.read_text(encoding="utf-8")
    assert rewritten(text) == text, "run: python tests/make_codes.py"
    assert block().count("\n") > 200
    [scheme] = [line for line in text.splitlines() if line.startswith("# param scheme")]
    named = {line.split('"')[1] for line in block().splitlines()}
    assert f"# param scheme: {'|'.join(sorted(named))} " in scheme
