"""The views as files: each as PNG and as SVG, with title, selection and legend, and nothing from outside."""

from __future__ import annotations

import base64
import re
import struct
from xml.etree import ElementTree

import pytest
from graph_data import small

from kg.projection import full_graph
from kg.view import page

SVG = "{http://www.w3.org/2000/svg}"
VIEWS = {"network": "network", "map": "map", "lineage": "lineage", "both": "network-and-map"}
SHAPES = {"svg", "g", "path", "polygon", "circle", "rect", "line", "text", "title"}
PIXELS = """const [data, points] = arguments;
const picture = new Image();
picture.src = `data:image/png;base64,${data}`;
return picture.decode().then(() => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0);
  const { data: all } = context.getImageData(0, 0, picture.width, picture.height);
  const colours = new Map();
  for (let at = 0; at < all.length; at += 4) {
    const colour = (all[at] << 16) | (all[at + 1] << 8) | all[at + 2];
    colours.set(colour, (colours.get(colour) || 0) + 1);
  }
  return [[...context.getImageData(2, 2, 1, 1).data].slice(0, 3).join(), colours.size];
})"""


def svg(browser, view):
    browser.run("Stage.show(arguments[0])", view)
    path = browser.saved(lambda: browser.click("#keep-svg"))
    assert path.name == f"{VIEWS[view]}.svg"
    return path


def texts(root):
    return [one.text for one in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("view", VIEWS)
def test_a_drawing_has_its_names_as_text_its_title_and_its_legend(opened, view):
    root = ElementTree.parse(svg(opened, view)).getroot()
    said = texts(root)
    assert said[0] == "Theatre"
    assert root.find(f"{SVG}title").text.startswith("Theatre: ")
    wanted = {
        "network": {"Northern Front", "Port Alpha", "violence", "contested", "armed groups"},
        "map": {"Port Alpha", "events at a place", "somewhere about there"},
        "lineage": {"Coastal Union", "split, merger, renaming", "since Dec 2011"},
        "both": {"Northern Front", "Port Alpha", "violence", "somewhere about there"},
    }[view]
    assert wanted <= set(said)
    assert any(one.startswith("Accepted means") for one in said)


@pytest.mark.parametrize("view", VIEWS)
def test_a_drawing_is_of_plain_shapes_and_refers_to_nothing(opened, view):
    text = svg(opened, view).read_text(encoding="utf-8")
    assert {one.tag.removeprefix(SVG) for one in ElementTree.fromstring(text).iter()} <= SHAPES
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]
    assert "url(" not in text
    assert not re.search(r"\s(?:href|on\w+|tabindex|aria-label|data-id|style)=", text)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("wide", [360, 1280])
def test_nothing_of_a_drawing_sticks_out_and_no_two_texts_of_its_legend_meet(opened, view, wide):
    opened.size(wide, 740)
    opened.run("Stage.show(arguments[0])", view)
    out, meet = opened.run("""const sheet = Keep.sheet();
    document.body.append(sheet.svg);
    const whole = sheet.svg.getBoundingClientRect();
    const boxes = [...sheet.svg.querySelectorAll("text")].map((one) => [one, one.getBoundingClientRect()]);
    const out = boxes.filter(([, box]) => box.left < whole.left || box.right > whole.right
      || box.top < whole.top || box.bottom > whole.bottom).map(([one]) => one.textContent);
    const own = boxes.filter(([one]) => one.parentElement === sheet.svg);
    const meet = own.filter(([, a], i) => own.some(([, b], j) => i < j
      && a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom));
    sheet.svg.remove();
    return [out, meet.map(([one]) => one.textContent)];""")
    assert out == []
    assert meet == []


@pytest.mark.parametrize("paper", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_is_twice_as_sharp_as_its_drawing_and_on_the_same_paper(opened, view, paper):
    opened.paper(paper)
    opened.run("Stage.show(arguments[0])", view)
    path = opened.saved(lambda: opened.click("#keep-png"))
    data = path.read_bytes()
    assert path.name == f"{VIEWS[view]}.png"
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    drawn = opened.run("const { width, height } = Keep.sheet(true); return [2 * width, 2 * height]")
    assert [width, height] == drawn
    ground, colours = opened.run(PIXELS, base64.b64encode(data).decode())
    assert ground == {"light": "250,249,246", "dark": "20,24,30"}[paper]
    assert colours > 50


def test_the_network_stays_as_it_was_after_its_picture_was_taken(opened):
    state = """const { canvas } = Picture.network.canvas.frame;
    return [canvas.width, canvas.height, Picture.network.canvas.pixelRatio, Picture.network.getScale()]"""
    before = opened.run(state)
    opened.download("#keep-png")
    assert opened.run(state) == before


def test_the_drawing_of_the_map_has_the_circles_and_names_of_the_screen(opened):
    root = ElementTree.parse(svg(opened, "map")).getroot()
    spots, names = opened.run("return [Atlas.spots().length, Atlas.names()]")
    inner = root.find(f"{SVG}svg")
    filled = [one for one in inner.iter(f"{SVG}circle") if one.get("fill") != "none"]
    assert len(filled) == spots == 2
    named = [one for one in inner.iter(f"{SVG}text") if one.get("text-anchor") == "start"]
    assert len(named) == names > 2
    assert len([one for one in inner.iter(f"{SVG}path") if one.get("fill") != "none"]) > 5, "land"


def test_the_network_is_drawn_whole(opened):
    root = ElementTree.parse(svg(opened, "network")).getroot()
    inner = root.find(f"{SVG}svg")
    assert len(list(inner.iter(f"{SVG}path"))) == opened.run("return Picture.shown().edges.size")
    assert len(texts(inner)) == opened.run("return Picture.shown().nodes.size")


def test_the_legend_explains_what_is_drawn_and_no_more(opened):
    opened.run("Filter.only('status', ['accepted', 'contested', 'suspected'], ['accepted'])")
    said = texts(ElementTree.parse(svg(opened, "network")).getroot())
    assert "contested" not in said
    assert "accepted: stated by someone, denied by nobody" in said


def test_a_picture_says_which_period_and_that_filters_were_at_work(opened):
    opened.run("Filter.put({ from: '2015-01-01', to: '2019-12-31' }); Filter.set('kind', 'place', false)")
    for view in ("network", "map", "lineage"):
        said = " ".join(texts(ElementTree.parse(svg(opened, view)).getroot()))
        assert "1 Jan 2015 – 31 Dec 2019; a selection by filters" in said
    opened.run("Filter.put({ from: '', to: '', day: '2016-06-01' })")
    assert any("on 1 Jun 2016" in one for one in texts(ElementTree.parse(svg(opened, "lineage")).getroot()))


def test_where_nothing_is_left_the_files_say_so(opened):
    opened.run("for (const kind of ['actor', 'event', 'place']) Filter.set('kind', kind, false)")
    opened.run("Filter.put({ to: '1900-01-01', undated: false })")
    for view, word in (("network", "filtered out"), ("map", "0 events"), ("lineage", "No founding")):
        assert word in " ".join(texts(ElementTree.parse(svg(opened, view)).getroot()))
        assert opened.download("#keep-png").startswith(b"\x89PNG")


def test_a_page_without_a_map_keeps_its_two_views(opened):
    opened.open(page(full_graph(small().quads)))
    for view in ("network", "lineage"):
        assert opened.run("Stage.show(arguments[0]); return Stage.view()", view) == view
        assert svg(opened, view).stat().st_size > 1000
