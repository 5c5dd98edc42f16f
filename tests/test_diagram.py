"""The diagram of the model shows all of the ontology and nothing else, and is what the command draws."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree import ElementTree

import pytest
from diagram import draw, planned, rows
from make_diagram import DIAGRAM, PLAN
from ontology_model import read

from kg.resources import ontology_dir
from kg.vocab import MKG, ONTOLOGY, PREFIXES, RDF

AGAIN = "run: python tests/make_diagram.py"
MODEL = read(ontology_dir())
SVG = DIAGRAM.read_text(encoding="utf-8")


def words():
    """All words in the drawing, without what only a pointer shows."""
    texts = (
        text
        for element in ElementTree.fromstring(SVG).iter("{http://www.w3.org/2000/svg}text")
        for text in element.itertext()
    )
    return set(re.findall(r"\w+", " ".join(texts)))


def test_the_drawing_is_the_one_that_the_command_makes():
    assert draw(MODEL, planned(PLAN, MODEL)) == SVG, AGAIN


@pytest.mark.parametrize("term", sorted(MKG.terms()))
def test_every_class_and_property_is_drawn(term):
    names = {one.name for one in (*MODEL.classes, *MODEL.properties)}
    if term != "unclaimed":  # the one individual
        assert term in names
        assert term in words()


def test_every_class_that_is_drawn_exists():
    boxes = re.findall(r'<g class="box" id="(\w+)">', SVG)
    kinds = [kind for text in re.findall(r'data-kinds="([^"]*)"', SVG) for kind in text.split()]
    others = {"NewsArticle", "Concept", "Dataset"}
    assert len(boxes) == len(set(boxes))
    assert set(boxes) | set(kinds) == {name for name in MKG.terms() if name[0].isupper()} | others


def test_what_the_samples_hold_stands_in_the_box_of_its_class(sample_quads):
    plan = planned(PLAN, MODEL)
    shown = {
        (box, one.name)
        for panel in plan.panels
        for box in panel.boxes
        for row in rows(MODEL, plan, box)
        for one in row.properties
    }
    known = {one.name for one in MODEL.classes}
    classes = defaultdict(set)
    for quad in sample_quads:
        if quad.predicate == RDF.type:
            name = re.split(r"[#/]", quad.object.value)[-1]
            if name in known and quad.object.value.startswith((ONTOLOGY, PREFIXES["schema"])):
                classes[quad.subject].add(plan.box(MODEL, name))
    held = {
        (box, quad.predicate.value.removeprefix(ONTOLOGY))
        for quad in sample_quads
        if quad.predicate.value.startswith(ONTOLOGY)
        for box in classes[quad.subject]
    }
    assert held - shown == set(), "add them to [on] in ontology/diagram.toml"


def test_a_class_without_a_place_is_told_in_one_line(tmp_path):
    plan = tmp_path / "diagram.toml"
    plan.write_text(PLAN.read_text(encoding="utf-8").replace('"Judgement"', ""), encoding="utf-8")
    with pytest.raises(SystemExit, match=r"Judgement has no place in .*diagram\.toml"):
        planned(plan, MODEL)


def test_the_drawing_asks_for_nothing_and_knows_light_and_dark():
    assert "prefers-color-scheme: dark" in SVG
    assert not re.search(r"(?:href|src)=|url\((?!#)|@import", SVG)
