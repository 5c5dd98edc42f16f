"""The page in a real browser: what it asks for, shows, finds, filters, and what a hostile text can't do."""

from __future__ import annotations

import time

import pytest
from graph_data import hostile, large, small

from kg.projection import full_graph
from kg.view import page

SHOWN = "return [Picture.network.body.nodeIndices.length, Picture.network.body.edgeIndices.length]"
PLACE = """
const { x, y } = Picture.network.canvasToDOM(Picture.network.getPosition(arguments[0]));
return [x, y];
"""
MIDDLE = """
const line = Picture.network.body.edges[arguments[0]];
const { x, y } = Picture.network.canvasToDOM(line.edgeType.getPoint(0.4, line.edgeType.getViaNode()));
return [x, y];
"""
LINE = """
const [start, end] = arguments;
return [...Record.edges.values()].find((edge) => edge.from === start && edge.to === end).id;
"""


@pytest.fixture(scope="module")
def html():
    return page(full_graph(small().quads), title="Small")


def test_it_opens_from_disk_and_shows_every_node_and_line(opened):
    nodes, lines = opened.run(SHOWN)
    assert nodes == 10
    assert lines == opened.run(
        "return [...Record.edges.values()].filter((e) => e.parts.some((p) => !p.derived)).length"
    )
    assert opened.run("return Picture.labels()") == 10
    assert opened.text("#shown").startswith("10 of 10 nodes")


def test_a_click_on_a_node_shows_its_quotes(opened):
    opened.point(*opened.run(PLACE, "actor:front"))
    panel = opened.text("#detail")
    assert "Northern Front" in panel
    assert "Front du Nord" in panel
    assert "The Northern Front pledged loyalty to the League." in panel
    assert "Example Wire, 2 Jul 2018" in panel
    assert opened.text("#detail mark") == "pledged"
    assert opened.run("return document.querySelector('.source a').href") == "https://example.org/a"


def test_a_click_on_a_line_shows_what_it_rests_on(opened):
    line = opened.run(LINE, "actor:front", "actor:league")
    opened.point(*opened.run(MIDDLE, line))
    panel = opened.text("#detail")
    assert "pledged to" in panel
    assert "since 1 Mar 2017" in panel
    assert "accepted" in panel
    assert "loyalty to the League" in panel


def test_an_event_sets_rival_accounts_side_by_side(opened):
    opened.run("Explorer.open('event:raid')")
    rivals = opened.text(".rivals")
    assert "Northern Front" in rivals
    assert "Harbour Brigade" in rivals
    stances = opened.run(
        "return [...document.querySelectorAll('section.stance')].map((s) => s.dataset.stance)"
    )
    assert stances == ["asserts", "claims", "denies"]
    assert "The Brigade denied any part." in opened.text("section.stance[data-stance=denies]")


def test_a_click_beside_everything_goes_back_to_the_guide(opened):
    opened.run("Explorer.open('event:raid')")
    opened.keys("\ue00c")  # Escape
    assert "How to read this" in opened.text("#detail")


@pytest.mark.parametrize(
    ("typed", "found"), [("harb", "Harbour Brigade"), ("front DU nórd", "Northern Front")]
)
def test_search_by_name_or_alias_brings_the_node_to_the_middle(opened, typed, found):
    opened.keys("/", typed)
    assert found in opened.text("#found li[aria-selected=true]")
    opened.keys("\ue007")  # Enter
    assert opened.text("#detail h2") == found
    assert opened.wait("""const { clientWidth, clientHeight } = document.getElementById("canvas");
    const { x, y } = Picture.network.canvasToDOM(Picture.network.getPosition(Picture.chosen().id));
    return Math.abs(x - clientWidth / 2) < 3 && Math.abs(y - clientHeight / 2) < 3""")


def test_search_says_when_nothing_is_found(opened):
    opened.keys("/", "zzz")
    assert "No name, place or quote has this" in opened.text("#found")


@pytest.mark.parametrize(
    ("facet", "value", "gone"),
    [
        ("relation", "allegianceTo", ("actor:front", "actor:league")),
        ("status", "suspected", ("actor:rivals", "event:burning")),
        ("certainty", "suspected", ("actor:rivals", "event:burning")),
        ("kind", "place", ("event:raid", "place:port")),
        ("family", "order", ("actor:rivals", "actor:order")),
        ("origin", "registry", ("actor:rivals", "actor:order")),
    ],
)
def test_a_filter_hides_lines_and_brings_them_back(opened, facet, value, gone):
    line = opened.run(LINE, *gone)
    box = f"input[data-facet={facet}][data-value={value}]"
    opened.run("document.querySelectorAll('#filters details').forEach((one) => { one.open = true; })")
    shown = "return Picture.network.body.edgeIndices.includes(arguments[0])"
    assert opened.run(shown, line)
    opened.click(box)
    assert not opened.run(shown, line)
    opened.click(box)
    assert opened.run(shown, line)


def test_hiding_events_folds_them_into_lines_between_actors(opened):
    line = opened.run(LINE, "actor:rivals", "actor:people")
    opened.click("input[data-facet=kind][data-value=event]")
    assert opened.run("return Picture.network.body.edgeIndices.includes(arguments[0])", line)
    opened.run("Explorer.open(arguments[0])", line)
    assert "attacked" in opened.text("#detail")
    assert "The Brigade is suspected of burning homes." in opened.text("#detail")


def test_contested_lines_are_dashed_and_suspected_ones_dotted(opened):
    dashes = "return Picture.network.body.edges[arguments[0]].options.dashes"
    assert opened.run(dashes, opened.run(LINE, "actor:rivals", "event:raid")) == [9, 6]
    assert opened.run(dashes, opened.run(LINE, "actor:rivals", "event:burning")) == [2, 5]
    assert opened.run(dashes, opened.run(LINE, "actor:front", "actor:league")) is False


def test_a_dash_pattern_means_the_same_in_legend_drawing_and_lineage(opened):
    shape = """const strokes = (root) => [...root.querySelectorAll("[stroke-dasharray]")]
      .map((one) => one.getAttribute("stroke-dasharray"));
    const legend = document.querySelector("[data-facet=status][data-value=contested]").closest(".row");
    return [strokes(legend), strokes(document.querySelector(".guide")), strokes(Drawing.network())]
      .map((some) => some.map((one) => one.split(" ").map(Number)));"""
    legend, guide, drawing = opened.run(shape)
    for strokes in (legend, guide, drawing):
        assert any(pair and pair[0] / pair[1] == pytest.approx(9 / 6) for pair in strokes if len(pair) > 1)
    assert [2, 5] in guide
    assert [2, 5] in drawing


def test_the_keyboard_walks_from_node_to_node_zooms_and_resets(opened):
    opened.keys("n")
    first = opened.text("#detail h2")
    opened.keys("n")
    assert opened.text("#detail h2") != first
    opened.keys("p")
    assert opened.text("#detail h2") == first
    assert first in opened.run("return document.getElementById('live').textContent")
    scale = opened.run("return Picture.network.getScale()")
    opened.keys("+")
    assert opened.wait("return Picture.network.getScale() > arguments[0]", scale)
    opened.keys("r")
    assert opened.wait("return Math.abs(Picture.network.getScale() - arguments[0]) < 1e-6", scale)
    assert "How to read this" in opened.text("#detail")


def test_the_focus_is_visible_and_every_control_has_a_name(opened):
    opened.keys("\ue004")  # Tab
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    assert opened.run(outline) != "none"
    nameless = """return [...document.querySelectorAll('button, input')].filter((one) =>
      !(one.innerText.trim() || one.getAttribute('aria-label') || one.closest('label'))).length"""
    assert opened.run(nameless) == 0


def test_nothing_is_wider_than_the_window(opened):
    for wide, high in ((390, 844), (900, 700), (1280, 800), (1920, 1080)):
        opened.size(wide, high)  # which the page lays out a moment later
        assert opened.wait("return document.documentElement.scrollWidth <= arguments[0]", wide)
    opened.size(390, 844)
    opened.click("#open-filters")
    assert opened.run("return getComputedStyle(document.getElementById('filters')).visibility") == "visible"
    opened.run("Explorer.open('actor:rivals')")
    assert opened.wait("""const place = Picture.network.getPosition("actor:rivals");
    const { y } = Picture.network.canvasToDOM(place);
    const top = document.getElementById("detail").getBoundingClientRect().top;
    const above = document.getElementById("canvas").getBoundingClientRect().top;
    return y > 0 && above + y < top""")


def test_colours_follow_the_paper(opened):
    colour = "return Picture.network.body.nodes['actor:front'].options.color.background"
    light = opened.run(colour)
    opened.paper("dark")
    time.sleep(0.2)
    assert opened.run(colour) != light
    assert opened.run("return getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 30)"


def test_an_empty_graph_says_so(opened):
    opened.open(page(full_graph([])))
    assert "Nothing to draw yet" in opened.text("#empty")


def test_hostile_texts_are_shown_and_never_run(opened):
    opened.open(page(full_graph(hostile().quads), title="<script>alert(7)</script>"))
    assert opened.text("h1") == "<script>alert(7)</script>"
    ids = opened.run("return [...Record.nodes.keys(), ...Record.edges.keys()]")
    for one in ids:
        opened.run("Explorer.open(arguments[0])", one)
    opened.run("document.getElementById('search').focus()")
    opened.keys("<script>alert(1)")
    opened.keys("\ue007")
    assert opened.text("#detail h2") == "<script>alert(1)</script>"
    assert opened.run("return document.querySelectorAll('script').length") == opened.run(
        "return document.querySelectorAll('body > script').length"
    )
    foreign = "return [...document.querySelectorAll('a')].filter((a) => !/^https?:/.test(a.href)).length"
    assert opened.run(foreign) == 0
    assert opened.run("return document.querySelectorAll('img, iframe, object').length") == 0
    assert "javascript:alert" in opened.text("#detail")
    assert opened.run("return document.documentElement.scrollWidth") <= 1280


WATCHED = """window.seen = { pictures: 0, lines: 0 };
const { network } = Picture;
const draw = network.renderer._drawEdges.bind(network.renderer);
network.renderer._drawEdges = (context) => { window.seen.lines += 1; draw(context); };
network.on("afterDrawing", () => { window.seen.pictures += 1; });"""


@pytest.fixture(scope="module")
def many():
    return page(full_graph(large(1000, 0).quads))


def test_a_thousand_actors_are_drawn_where_the_layout_has_them(opened, many):
    opened.open(many)
    assert opened.run(SHOWN)[0] == 1000
    moved = opened.run("""return [...Record.nodes.values()].filter(({ id, x, y }) => {
      const at = Picture.network.getPosition(id);
      const [left, top] = Picture.turned ? [y, x] : [x, y];
      return Math.hypot(at.x - left, at.y - top) > 0.5;
    }).length""")
    assert moved == 0
    assert not opened.run("return Picture.network.physics.physicsEnabled")


def test_a_large_network_is_dragged_without_its_lines_and_has_them_again_after(opened, many):
    opened.open(many)
    opened.run(WATCHED)
    opened.run("Picture.network.redraw()")
    assert opened.run("return window.seen.lines") > 0
    start = opened.run("return Picture.network.getViewPosition()")
    x, y = opened.run("""const box = document.getElementById("canvas").getBoundingClientRect();
    return [box.left + box.width / 2, box.top + 60]""")
    opened.press("mousePressed", x, y)
    opened.press("mouseMoved", x + 20, y + 10)
    assert opened.wait("return Picture.network.renderer.dragging", seconds=30)
    opened.run("window.seen = { pictures: 0, lines: 0 }")
    for step in range(1, 6):
        opened.press("mouseMoved", x + 20 + 10 * step, y + 10 + 4 * step)
    assert opened.wait("return window.seen.pictures > 0", seconds=30)
    assert opened.run("return window.seen.lines") == 0
    opened.press("mouseReleased", x + 70, y + 30)
    assert opened.wait("return window.seen.lines > 0", seconds=30)
    scale = opened.run("return Picture.network.getScale()")
    end = opened.run("return Picture.network.getViewPosition()")
    assert (start["x"] - end["x"]) * scale == pytest.approx(70, abs=2)
    assert (start["y"] - end["y"]) * scale == pytest.approx(30, abs=2)


def test_a_small_network_keeps_its_lines_while_it_is_dragged(opened):
    opened.run(WATCHED)
    x, y = opened.run("""const box = document.getElementById("canvas").getBoundingClientRect();
    return [box.left + 30, box.top + 30]""")
    opened.press("mousePressed", x, y)
    opened.press("mouseMoved", x + 20, y + 10)
    assert opened.wait("return Picture.network.renderer.dragging", seconds=30)
    opened.run("window.seen = { pictures: 0, lines: 0 }")
    opened.press("mouseMoved", x + 60, y + 10)
    assert opened.wait("return window.seen.pictures > 0 && window.seen.lines > 0", seconds=30)
    opened.press("mouseReleased", x + 60, y + 10)
