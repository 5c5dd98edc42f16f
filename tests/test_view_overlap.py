"""Nothing in the page lies on another or is cut off: each view and panel at three widths, light and dark.

What is drawn on canvases has tests of its own; here every element counts that can be used or read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.projection import full_graph
from kg.view import page

SIZES = {360: (360, 740), 768: (768, 1024), 1280: (1280, 800)}
OPEN_FILTERS = """const button = document.getElementById("open-filters");
if (button.checkVisibility()) button.click();
document.querySelectorAll("#filters details").forEach((one) => { one.open = true; });"""
TYPE = """const input = document.getElementById("search");
input.focus();
input.value = arguments[0];
input.dispatchEvent(new Event("input"));"""
STATES = {
    "network": "",
    "map": "Stage.show('map')",
    "network and map": "Stage.show('both')",
    "lineage": "Stage.show('lineage')",
    "actor": """Explorer.open('actor:jnim');
      document.querySelectorAll('#detail details').forEach((one) => { one.open = true; });""",
    "event": """Explorer.open([...Record.nodes.values()].find((one) => one.kind === "event"
      && Record.touching.get(one.id).some(({ parts }) => parts.some((p) => p.status === "contested"))).id);
      document.querySelector(".question").open = true;""",
    "place on the map": "Stage.show('map'); Explorer.open(Atlas.spots()[0].id)",
    "line": """Explorer.open([...Record.edges.values()]
      .find(({ parts }) => parts.some((one) => !one.background)).id);""",
    "filters": OPEN_FILTERS,
    "search": TYPE.replace("arguments[0]", "'an'"),
    "search for words": TYPE.replace("arguments[0]", "'attack'"),
    "search in vain": TYPE.replace("arguments[0]", "'zzzz'"),
    "help": "document.getElementById('help').showModal()",
    "menu": "const more = document.getElementById('more'); if (more.checkVisibility()) more.click();",
    "guide": "Detail.guide()",
    "one day": "Filter.put({ day: '2017-06-01' })",
    "gathered": """const said = document.getElementById("gathered");
      said.hidden = false;
      said.textContent = "1,800 nodes are gathered in 12 groups, more than can be drawn one by one.";""",
    "focus": "Explorer.focus('actor:islamic-state', 2)",
}
"""What is done before a look, by the name of the state."""

LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def html(sample_quads):
    return page(full_graph(sample_quads))


@pytest.mark.parametrize("paper", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("wide", SIZES)
def test_nothing_lies_on_another_or_is_cut_off(opened, wide, state, paper):
    opened.size(*SIZES[wide])
    opened.paper(paper)
    opened.driver.refresh()
    opened.run(STATES[state])
    opened.run("return new Promise((done) => setTimeout(done, 60))")
    found = opened.run(LOOK)
    assert found["used"] > 15
    assert found["overlaps"] == []
    assert found["clipped"] == []
    assert not found["wide"]


FAULTS = {
    "overlaps": """const one = Dom.make("button", { text: "in the way" });
      one.style.cssText = "margin-left: -40px";
      document.querySelector("#views").append(one);""",
    "clipped": """const one = Dom.make("p", { text: "words ".repeat(40) });
      one.style.cssText = "width: 90px; height: 20px; overflow: hidden; white-space: nowrap";
      document.querySelector("#time").append(one);""",
    "cut off": """const one = Dom.make("p", { text: "out of the window" });
      one.style.cssText = "position: absolute; left: -20px; top: 40%";
      document.querySelector("main").append(one);""",
    "covered": "document.getElementById('map-key').style.maxWidth = 'calc(100% - 28px)'",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_look_sees_what_it_looks_for(opened, fault):
    opened.run("Stage.show('map')")
    opened.run(FAULTS[fault])
    found = opened.run(LOOK)
    kind = {"cut off": "clipped", "covered": "overlaps"}.get(fault, fault)
    assert found[kind] != []
    assert found["overlaps" if kind == "clipped" else "clipped"] == []


def test_a_click_on_the_network_lets_the_arrow_keys_move_it(opened):
    opened.click("#canvas canvas")
    assert opened.run("return document.activeElement.id") == "canvas"
    before = opened.run("return Picture.network.getViewPosition().x")
    opened.keys("\ue014")
    assert opened.run("return Picture.network.getViewPosition().x") > before


def test_long_titles_and_names_end_in_an_ellipsis_and_push_nothing_out(browser, sample_quads):
    browser.open(
        page(full_graph(sample_quads), title="A title of many words " * 12, subtitle="and a subtitle " * 40)
    )
    for wide, (across, down) in SIZES.items():
        browser.size(across, down)
        browser.run("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found = browser.run(LOOK)
        assert (found["overlaps"], found["clipped"], found["wide"]) == ([], [], False), wide
        assert browser.run("return document.querySelector('header').offsetHeight") < 190


@pytest.mark.parametrize("size", [(320, 568), (740, 360), (1920, 1080)])
def test_windows_that_are_small_low_or_large_are_whole_too(opened, size):
    opened.size(*size)
    for state in ("network", "map", "network and map", "lineage", "actor", "filters", "one day"):
        opened.driver.refresh()
        opened.run(STATES[state])
        opened.run("return new Promise((done) => setTimeout(done, 60))")
        found = opened.run(LOOK)
        assert (found["overlaps"], found["clipped"], found["wide"]) == ([], [], False), state


def test_no_name_covers_the_number_on_a_line(opened):
    opened.run("Picture.network.moveTo({ position: Picture.network.getPosition('actor:jnim'), scale: 0.8 })")
    opened.run("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    numbers, covered = opened.run("""const numbers = [...Picture.shown().edges].flatMap(([id, parts]) => {
      const line = Picture.network.body.edges[id];
      if (Record.weight(parts) < 2) return [];
      return [Picture.network.canvasToDOM(line.edgeType.getPoint(0.5, line.edgeType.getViaNode()))];
    });
    const meets = ({ left, top, width, size }, { x, y }) => left < x + 5 && left + width > x - 5
      && top < y + 6 && top + size + 2 > y - 6;
    return [numbers.length, Picture.names().filter((one) => numbers.some((at) => meets(one, at)))
      .map((one) => one.shown)]""")
    assert numbers > 3
    assert covered == []
