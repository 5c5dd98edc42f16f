"""The page as text: self-contained, escaped, the same for the same graph; and the layout under it."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from graph_data import HOSTILE, World, hostile, large, small

from kg import view as package
from kg.projection import actors_only, full_graph
from kg.view import page, summary
from kg.view.layout import positions
from kg.view.network import network, width
from kg.view.palette import FAMILIES, PLAIN, family_colours, group, words
from kg.view.payload import embedded

FILES = sorted(
    path for path in Path(package.__file__).parent.iterdir() if path.suffix in {".js", ".css", ".html"}
)


class Reader(HTMLParser):
    """Collects elements, and the text of scripts and styles."""

    def __init__(self):
        super().__init__()
        self.tags, self.blocks, self._open = [], [], None

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in {"script", "style"}:
            self.blocks.append((tag, dict(attrs), ""))
            self._open = len(self.blocks) - 1

    def handle_endtag(self, tag):
        if tag in {"script", "style"}:
            self._open = None

    def handle_data(self, data):
        if self._open is not None:
            tag, attrs, text = self.blocks[self._open]
            self.blocks[self._open] = (tag, attrs, text + data)


def read(html):
    reader = Reader()
    reader.feed(html)
    return reader


def data_of(html):
    return next(
        json.loads(text) for _, attrs, text in read(html).blocks if attrs.get("type") == "application/json"
    )


@pytest.fixture(scope="module")
def html():
    return page(full_graph(small().quads), title="A & B <i>")


def test_nothing_in_the_page_leads_outside(html):
    for tag, attrs in read(html).tags:
        assert not attrs.get("src"), tag
        assert attrs.get("href", "data:,") == "data:,"
    assert "url(" not in read(html).blocks[0][2]
    assert "sourceMappingURL" not in html


def test_the_policy_lets_in_these_scripts_and_this_style_and_nothing_else(html):
    reader = read(html)
    policy = next(attrs["content"] for tag, attrs in reader.tags if attrs.get("http-equiv"))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    hashes = {
        tag: {
            "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
            for name, attrs, text in reader.blocks
            if name == tag and not attrs
        }
        for tag in ("script", "style")
    }
    assert set(rules["script-src"].split()) == hashes["script"]
    assert set(rules["style-src"].split()) == hashes["style"]


def test_the_title_is_text(html):
    assert "<title>A &amp; B &lt;i&gt;</title>" in html
    assert ("i", {}) not in read(html).tags


def test_no_text_of_a_graph_becomes_markup():
    plain = [tag for tag, _ in read(page(full_graph(small().quads))).tags]
    assert [tag for tag, _ in read(page(full_graph(hostile().quads))).tags] == plain


def test_hostile_text_arrives_whole():
    labels = {node["label"] for node in data_of(page(full_graph(hostile().quads)))["nodes"]}
    assert labels == set(HOSTILE)


def test_lone_surrogates_are_replaced():
    assert json.loads(embedded({"a": "\ud800x"})) == {"a": "\ufffdx"}
    assert embedded("</script><!--&\u2028") == '"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028"'


def test_the_same_graph_gives_the_same_bytes_in_any_order():
    quads = small().quads
    assert page(full_graph(quads)) == page(full_graph(quads))
    shuffled = random.Random(3).sample(quads, len(quads))
    assert page(full_graph(quads)) == page(full_graph(shuffled))


def test_the_page_holds_what_the_panel_shows(html):
    data = data_of(html)
    quote = next(one for one in data["statements"] if one.get("cue") == "pledged")
    assert quote["speaker_label"] == "Example Wire"
    assert data["reports"][quote["report"]]["url"] == "https://example.org/a"
    assert data["words"]["allegianceTo"] == "pledged to"
    assert data["families"]["league"]["label"] == "The League"


def test_edges_of_a_group_between_two_nodes_are_one_line_with_parts():
    world = World()
    one, other = world.actor("a", "A"), world.actor("b", "B")
    for relation in ("memberOf", "affiliatedTo", "supports"):
        link = world.proposition(one, relation, other)
        for number in range(3 if relation == "supports" else 1):
            world.says(link, report=world.report(f"{relation}{number}"), quote="q")
    _, edges, _ = network(full_graph(world.quads))
    lines = {edge["group"]: edge for edge in edges}
    assert [part["relation"] for part in lines["loyalty"]["parts"]] == ["affiliatedTo", "memberOf"]
    assert lines["support"]["width"] == width(3) > width(1)
    assert lines["support"]["smooth"] != lines["loyalty"]["smooth"]


def test_contested_lines_are_dashed_and_suspected_ones_dotted():
    _, edges, options = network(full_graph(small().quads))
    dashes = {edge["parts"][0]["status"]: edge["dashes"] for edge in edges}
    assert dashes == {"accepted": False, "contested": [9, 6], "suspected": [2, 5]}
    assert options["physics"] == {"enabled": False}


def test_dash_patterns_stand_in_one_table():
    for path in FILES:
        found = re.findall(
            r'dash[^\n]*(?:"\d+(?:\.\d+)? \d|(?<![\w\])])\[\d)',
            path.read_text(encoding="utf-8"),
            re.IGNORECASE,
        )
        assert path.name == "dash.js" or not found, (path.name, found)


def test_the_most_frequent_families_get_a_colour_of_their_own():
    families = [f"f{number}" for number in range(9)] + ["f8", "", ""]
    colours = family_colours(families)
    assert colours["f8"] == FAMILIES[0]
    assert len(set(colours.values())) == len(FAMILIES) + 1
    assert colours["f7"] == PLAIN


def test_unknown_terms_have_words_and_a_group():
    assert words("newTermOfTomorrow") == "new term of tomorrow"
    assert group("newTermOfTomorrow") == "other"


def test_the_summary_counts_in_words():
    assert summary(full_graph(small().quads)) == (
        "7 actors, 2 events, 1 place, 10 relations from 2 reports, 2017 to 2018"
    )
    assert summary(full_graph([])) == "Nothing from the registry"


@pytest.mark.parametrize(("actors", "events"), [(1, 0), (30, 0), (60, 90), (300, 400)])
def test_no_two_nodes_of_a_layout_overlap(actors, events):
    graph = full_graph(large(actors, events).quads, registry="all")
    found = positions(graph)
    assert set(found) == set(graph)
    places = sorted(found.values())
    closest = min(
        (
            (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
            for index, a in enumerate(places)
            for b in places[index + 1 : index + 60]
        ),
        default=10_000,
    )
    assert closest >= 28**2  # two small nodes side by side


def test_neighbours_lie_nearer_than_strangers():
    graph = nx.MultiDiGraph()
    names = [f"actor:{number:02}" for number in range(24)]
    graph.add_nodes_from(names, kind="actor", family="")
    graph.add_edges_from(pairwise(names), derived=False)
    found = positions(graph)

    def far(a, b):
        return ((found[a][0] - found[b][0]) ** 2 + (found[a][1] - found[b][1]) ** 2) ** 0.5

    tied = [far(a, b) for a, b in graph.edges()]
    assert max(tied) < far(names[0], names[-1]) / 3


def test_parts_without_a_tie_stand_apart():
    world = World()
    for pair in ("ab", "cd", "ef"):
        one, other = (world.actor(name, name) for name in pair)
        world.says(world.proposition(one, "leads", other), report=world.report("r"), quote="q")
    found = positions(full_graph(world.quads))
    assert len(set(found.values())) == 6


def test_an_empty_graph_and_actors_alone_make_pages():
    assert data_of(page(full_graph([])))["nodes"] == []
    data = data_of(page(actors_only(full_graph(small().quads))))
    assert {node["kind"] for node in data["nodes"]} == {"actor"}


@pytest.mark.parametrize("path", [one for one in FILES if one.suffix == ".js"], ids=lambda path: path.name)
def test_scripts_declare_nothing_that_is_not_used(path):
    text = re.sub(r"/\*.*?\*/|(?<![:\\])//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    own = re.findall(r"^const (\w+)", text, re.MULTILINE)
    names = set(re.findall(r"\b(?:const|let|function\*?)\s+(\w+)", text)) - set(own)
    assert {name for name in names if len(re.findall(rf"\b{name}\b", text)) < 2} == set()


def test_every_script_and_style_beside_the_page_is_in_it(html):
    blocks = "".join(text for _, _, text in read(html).blocks)
    for path in FILES:
        if path.suffix != ".html":
            assert path.read_text(encoding="utf-8").strip() in blocks, path.name


def test_the_page_without_data_is_below_four_megabytes():
    assert len(page(full_graph([])).encode()) < 4_000_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_scripts_are_small_strict_and_never_parse_text(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") < 300
    if path.suffix == ".js":
        assert text.startswith('"use strict";\n')
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
        )
        assert "/**" in text
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)[a-z]", text), "an address outside"
