"""Shapes accept what they should and name what they refuse: each file in tests/shapes is a case.

A folder is named after its shape; an invalid file opens with the results it must give, one a line:
`# expect: PATH COMPONENT`, the path being `-` where the constraint lies on the node.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad, RdfFormat, parse

from kg.errors import InputError, KGError
from kg.resources import ontology_dir
from kg.validate import ENGINES, Validation, Violation, validate
from kg.vocab import GRAPH, MKG, iri

CASES = Path(__file__).parent / "shapes"
VALID = sorted(CASES.glob("*/valid.ttl"))
INVALID = sorted(CASES.glob("*/invalid-*.ttl"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def plain(violation: Violation) -> Violation:
    """The violation with a figure in one form, as a store keeps it."""
    try:
        return replace(violation, value=str(float(violation.value)))
    except ValueError:
        return violation


def shapes_with_targets() -> set[str]:
    """The local names of shapes that have a target, in lower case with hyphens."""
    found = set()
    for file in (ontology_dir() / "shapes").glob("*.ttl"):
        for quad in parse(path=file, format=RdfFormat.TURTLE):
            if quad.predicate.value.startswith("http://www.w3.org/ns/shacl#target"):
                local = quad.subject.value.partition("#")[2]
                found.add(re.sub(r"(?<!^)(?=[A-Z])", "-", local).lower())
    return found


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", VALID, ids=name)
def test_valid_graph_conforms(path, engine):
    assert validate(path, engine=engine) == Validation()


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_invalid_graph_gives_the_expected_results_and_no_other(path):
    expected = set(re.findall(r"^# expect: (.+)$", path.read_text(), re.MULTILINE))
    violations = validate(path).violations
    fast = validate(path, engine="sparql").violations
    assert [plain(one) for one in fast] == [plain(one) for one in violations]
    assert expected
    assert {f"{one.path or '-'} {one.component}" for one in violations} == expected
    for one in violations:
        assert one.focus
        assert one.message.endswith("."), one.message


def test_every_shape_with_a_target_has_a_valid_and_an_invalid_graph():
    shapes = shapes_with_targets()
    assert shapes == {path.parent.name for path in VALID} == {path.parent.name for path in INVALID}


def test_shapes_are_valid_shacl():
    import pyshacl
    from rdflib import Graph

    shapes = Graph()
    for file in sorted((ontology_dir() / "shapes").glob("*.ttl")):
        shapes.parse(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("part", ["kg.ttl", "mappings.ttl", "vocab", "code", "shapes"])
def test_ontology_conforms_to_itself(part):
    assert validate(ontology_dir() / part) == Validation()


def test_registry_as_loaded_conforms(registry):
    assert validate(registry.quads()) == Validation()


def test_files_of_a_folder_are_checked_as_one_graph(tmp_path):
    turtle = (CASES / "relation" / "valid.ttl").read_text()
    prefixes, _, body = turtle.partition("\n\n")
    for number, line in enumerate(body.strip().splitlines()):
        (tmp_path / f"{number}.ttl").write_text(f"{prefixes}\n{line}\n")
    assert validate(tmp_path).conforms
    assert not validate(tmp_path / f"{number}.ttl").conforms


def test_violations_come_sorted_and_the_same_each_time():
    path = CASES / "assertion" / "invalid-unknown-certainty.ttl"
    first = validate(path).violations
    assert list(first) == sorted(first)
    assert validate(path).violations == first


def test_violation_names_focus_path_and_value_as_references():
    one, _ = validate(CASES / "assertion" / "invalid-unknown-certainty.ttl").violations
    assert one == Violation(
        "assertion:5d",
        "mkg:certainty",
        "In",
        "An assertion has one certainty of ontology/vocab/certainty.ttl.",
        "mkg-certainty:sure",
    )


def test_triple_in_two_graphs_is_a_violation():
    triple = (iri("actor:front"), MKG.attribute, Literal("rebel"))
    found = validate([Quad(*triple, GRAPH.registry), Quad(*triple, GRAPH.places)])
    assert [(one.component, one.message) for one in found.violations] == [
        ("TwoGraphs", "The triple stands in two graphs: graph:places and graph:registry.")
    ]


def test_same_quad_twice_is_no_violation():
    quad = Quad(iri("actor:front"), MKG.attribute, Literal("rebel"), GRAPH.registry)
    assert validate([quad, quad]).conforms


def test_nothing_conforms():
    assert validate([]).conforms


def test_syntax_error_names_file_and_line(tmp_path):
    path = tmp_path / "bad.ttl"
    path.write_text("@prefix a: <b:> .\n\na:b a:c ; .\na:b a:c a:d\na:e .\n")
    with pytest.raises(InputError, match=rf"^{re.escape(str(path))}:3: not valid Turtle: "):
        validate(path)


@pytest.mark.parametrize(
    ("file", "message"),
    [("absent.ttl", "can't be read"), ("notes.txt", "names no RDF format"), ("empty", "no RDF file")],
)
def test_what_cannot_be_read_is_named(tmp_path, file, message):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("a")
    with pytest.raises(KGError, match=message) as caught:
        validate(tmp_path / file)
    assert file in str(caught.value)
    assert "\n" not in str(caught.value)


def test_ill_typed_literal_is_reported_and_not_logged(caplog):
    assert not validate(CASES / "window" / "invalid-no-such-day.ttl").conforms
    assert not caplog.records


def test_named_graphs_are_read_as_one(tmp_path):
    turtle = (CASES / "relation" / "valid.ttl").read_text()
    prefixes, _, body = turtle.partition("\n\n")
    lines = body.strip().splitlines()
    parts = [f"<urn:g{number}> {{ {line} }}" for number, line in enumerate(lines)]
    path = tmp_path / "graph.trig"
    path.write_text("\n".join([prefixes, *parts]))
    assert validate(path).conforms
