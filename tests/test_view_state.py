"""The address, undo, keys, what is heard, print, large graphs, and windows of every width."""

from __future__ import annotations

import re
from itertools import product
from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest
from graph_data import HOSTILE, large
from graph_theatre import hostile_theatre

from kg.projection import full_graph
from kg.view import page

NODES = "return [...Picture.shown().nodes].sort()"
WIDTHS = ((390, 844), (900, 1100), (1440, 900))
SVG = "{http://www.w3.org/2000/svg}"
FLOWN_OVER = """const wide = document.documentElement.clientWidth;
return [...document.querySelectorAll("body *")].filter((one) => {
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  if (!box.width || style.visibility === "hidden" || style.position === "fixed") return false;
  if (one.closest(".unseen, #filters, #lineage, dialog")) return false;
  return box.right > wide + 1 || box.left < -9;
}).map((one) => one.tagName + "." + one.className + "#" + one.id)"""


def test_the_address_reproduces_the_view(opened, html):
    opened.run("""Filter.put({ from: "2012-01-01", to: "2019-12-31", undated: false, degree: 1 });
    Filter.set("family", "", false);
    Filter.set("outlet", "Daily Example", false);
    Stage.show("map");
    Picture.select("actor:rivals");
    Address.settle();""")
    address = opened.run("return location.hash")
    state = "return [Filter.state(), Stage.view(), Picture.chosen(), [...Picture.shown().nodes].sort()]"
    shown = opened.run(state)
    assert parse_qs(address[1:])["hide.outlet"] == [".Daily Example"]
    opened.driver.get("about:blank")
    opened.driver.get((opened.folder / "page.html").as_uri() + address)
    assert opened.run(state) == shown
    opened.run("location.hash = ''")
    assert opened.wait("return Stage.view() === 'network' && Filter.get('degree') === 0")


def test_an_address_of_nonsense_is_ignored(opened):
    opened.driver.get("about:blank")
    odd = "#view=%3Cscript%3E&open=nobody&from=x&day=2019-99&hops=99&degree=-1&hide.kind=event"
    odd += "&hide.nothing=.x&centre=a&group=%00"
    opened.driver.get((opened.folder / "page.html").as_uri() + odd)
    assert opened.run("return [Stage.view(), Picture.chosen(), Filter.get('from'), Filter.get('hops')]") == [
        "network",
        None,
        "",
        1,
    ]


def test_undo_goes_back_step_by_step(opened):
    assert opened.run("return document.getElementById('undo').disabled")
    everything = opened.run(NODES)
    opened.run("Filter.set('kind', 'event', false); Address.settle()")
    opened.run("Explorer.open('actor:army'); Address.settle()")
    opened.run("Stage.show('lineage'); Address.settle()")
    opened.click("#undo")
    assert opened.run("return [Stage.view(), Picture.chosen().id]") == ["network", "actor:army"]
    opened.keys("u")
    assert opened.run("return Picture.chosen()") is None
    assert "event:raid" not in opened.run(NODES)
    opened.keys("u")
    assert opened.run(NODES) == everything
    assert opened.run("return document.getElementById('undo').disabled")


def test_every_view_is_reached_by_keys_and_announces_itself(opened):
    for key, view in (("2", "map"), ("3", "both"), ("4", "lineage"), ("1", "network")):
        opened.keys(key)
        assert opened.run("return Stage.view()") == view
        assert opened.run("return document.querySelector('.view[aria-selected=true]').dataset.view") == view
    opened.run("document.querySelector('.view[aria-selected=true]').focus()")
    opened.keys("\ue014")
    assert opened.run("return [Stage.view(), document.activeElement.dataset.view]") == ["map", "map"]
    opened.keys("?")
    assert opened.run("return document.getElementById('help').open")
    opened.keys("\ue00c")
    assert not opened.run("return document.getElementById('help').open")


def test_tab_reaches_every_control_and_shows_where_it_is(opened):
    wanted = {
        "search",
        "undo",
        "link",
        "keep-png",
        "canvas",
        "zoom-in",
        "fit",
        "time-from",
        "time-to",
        "as-of",
        "undated",
    }
    seen = set()
    for _ in range(120):
        opened.keys("\ue004")
        tag, name, outline, kind = opened.run("""const one = document.activeElement;
        return [one.tagName, one.id, getComputedStyle(one).outlineStyle, one.type]""")
        seen.add(name)
        # the handle of a slider of time shows the focus, not the slider; the body has it between two rounds
        assert outline != "none" or kind == "range" or tag == "BODY", name
        if wanted <= seen:
            break
    assert wanted - {"undo"} <= seen  # undo has nothing to undo yet


def test_whoever_hears_the_page_gets_names_for_all_that_can_be_used(opened):
    for view in ("network", "map", "lineage"):
        opened.click(f"[data-view={view}]")
        opened.driver.execute_cdp_cmd("Accessibility.enable", {})
        tree = opened.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        used = {"button", "checkbox", "slider", "combobox", "tab", "application", "link", "searchbox"}
        nameless = [
            node["role"]["value"]
            for node in tree
            if not node.get("ignored")
            and node.get("role", {}).get("value") in used
            and not node.get("name", {}).get("value")
        ]
        assert nameless == []


@pytest.mark.parametrize("paper", ["light", "dark"])
def test_text_stands_out_from_its_paper(opened, paper):
    opened.paper(paper)
    colour = opened.run("""const style = getComputedStyle(document.documentElement);
    const names = ["paper", "panel", "wash", "ink", "soft", "accent", "good", "warn", "doubt", "land"];
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue("--" + name).trim()]))""")
    for ink, ground in product(
        ("ink", "soft", "accent", "good", "warn", "doubt"), ("paper", "panel", "wash")
    ):
        assert contrast(colour[ink], colour[ground]) >= 4.5, (ink, ground)
    assert contrast(colour["ink"], colour["land"]) >= 4.5


def contrast(one, other):
    """The contrast ratio of WCAG 2 between two colours."""

    def light(colour):
        if len(colour) == 4:
            colour = "#" + "".join(2 * letter for letter in colour[1:])
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_dark_and_light_are_switched_by_hand(opened):
    opened.click("#paper")
    assert opened.run("return getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 30)"
    opened.click("#paper")
    assert opened.run("return getComputedStyle(document.body).backgroundColor") == "rgb(250, 249, 246)"


def test_it_fills_the_screen_and_comes_back(opened):
    opened.click("#full")
    assert opened.wait("return Boolean(document.fullscreenElement)")
    opened.click("#full")
    assert opened.wait("return !document.fullscreenElement")


@pytest.mark.parametrize("view", ["network", "map", "lineage"])
@pytest.mark.parametrize(("wide", "high"), WIDTHS)
def test_nothing_is_cut_off_at_three_widths(opened, view, wide, high):
    opened.size(wide, high)
    opened.run("Stage.show(arguments[0])", view)
    opened.run("Explorer.open('event:raid'); document.querySelector('.question').open = true")
    assert opened.run(FLOWN_OVER) == []
    assert opened.run("return document.documentElement.scrollWidth") <= wide
    over = opened.run("""const names = ["shown", "map-said", "map-key", "gathered"];
    const all = names.map((id) => document.getElementById(id));
    const boxes = all.filter((one) => one.offsetParent);
    const tools = document.querySelector(".tools").getBoundingClientRect();
    return boxes.filter((one) => {
      const box = one.getBoundingClientRect();
      return box.right > tools.left && box.bottom > tools.top && box.top < tools.bottom;
    }).map((one) => one.id)""")
    assert over == []


def test_a_phone_can_filter_move_time_and_read_a_quote(opened):
    opened.size(390, 844)
    opened.click("#open-filters")
    opened.click("input[data-facet=kind][data-value=place]")
    opened.click("#open-filters")
    assert "place:port" not in opened.run(NODES)
    opened.click("#undated")
    assert not opened.run("return Filter.get('undated')")
    opened.run("Explorer.open('actor:front')")
    assert "pledged loyalty" in opened.text("#detail")
    assert opened.run("return document.getElementById('time').getBoundingClientRect().height") < 130


def test_print_leaves_out_the_controls_and_keeps_the_evidence(opened):
    opened.run("Explorer.open('event:raid')")
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    hidden = opened.run(
        """return ['.search', '.deeds', '.tools', '#filters', '#views']
          .filter((name) => document.querySelector(name).offsetParent)"""
    )
    assert hidden == []
    assert opened.run("return getComputedStyle(document.getElementById('detail')).overflow") == "visible"
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_above_two_thousand_nodes_the_start_view_gathers_and_says_so(opened):
    opened.open(page(full_graph(large(2100, 300).quads)))
    shown, groups = opened.run("return [Picture.shown().nodes.size, Picture.shown().groups.size]")
    assert shown <= 2000
    assert groups > 1
    said = opened.text("#gathered")
    assert re.match(r"1,800 nodes are gathered in \d+ groups", said)
    group = opened.run("return [...Picture.shown().groups.keys()][0]")
    opened.run("Picture.select(arguments[0])", group)
    assert "Draw them one by one" in opened.text("#detail")
    opened.run("Explorer.ungroup(arguments[0])", group)
    assert opened.run("return Picture.shown().nodes.size") > shown
    opened.run(
        "Explorer.open([...Picture.shown().groups.values()][0].members.find((id) => id.startsWith('actor:')))"
    )
    assert opened.text("#detail h2").startswith("Group ")
    assert opened.run("return Picture.shown().groups.size") == 0
    opened.click("#reset")
    assert opened.run("return Picture.shown().groups.size") == groups


def test_hostile_texts_are_harmless_in_every_view_and_file(opened):
    opened.open(page(full_graph(hostile_theatre().quads), title="<script>alert(7)</script>"))
    opened.run("""for (const facet of Filter.facets) Filter.set(facet, "<img src=x onerror=alert(8)>", false);
    Filter.set("kind", "report", true);
    document.querySelectorAll("details").forEach((one) => { one.open = true; });""")
    for view in ("map", "both", "lineage", "network"):
        opened.run("Stage.show(arguments[0])", view)
        assert opened.run("return document.documentElement.scrollWidth") <= 1440
    assert opened.run("return Atlas.spots().length") == len(HOSTILE)
    assert opened.run("return Lineage.chart().nodes.size") == len(HOSTILE)
    for one in opened.run("return [...Record.nodes.keys(), ...Record.edges.keys()]"):
        opened.run("Explorer.open(arguments[0])", one)
    for view, name in product(("network", "map", "lineage"), ("#keep-svg", "#keep-png")):
        opened.run("Stage.show(arguments[0])", view)
        found = opened.download(name)
        if name == "#keep-svg":
            assert not list(ElementTree.fromstring(found).iter(f"{SVG}script"))
    opened.run("Address.settle(); Address.undo()")
    assert opened.run("return document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert opened.run("return document.querySelectorAll('[onerror], [onclick], [onload]').length") == 0
