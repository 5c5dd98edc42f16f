"""The map in the page: events at their places, linked to time, filters and choice."""

from __future__ import annotations

import hashlib
import shutil

import pytest
from graph_theatre import theatre

from kg.errors import ExportError
from kg.projection import full_graph
from kg.view import page, vendored

SPOTS = "return Object.fromEntries(Atlas.spots().map((one) => [one.id, one.events]))"
PIXEL = """const spot = Atlas.spots().find((one) => one.id === arguments[0]);
const box = Atlas.canvas.getBoundingClientRect();
return [box.left + spot.at[0] + (arguments[1] || 0), box.top + spot.at[1]];"""
COLOURS = """const copy = document.createElement("canvas");
[copy.width, copy.height] = [Atlas.canvas.width, Atlas.canvas.height];
const context = copy.getContext("2d", { willReadFrequently: true });
context.drawImage(Atlas.canvas, 0, 0);
return arguments[0].map(([x, y]) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3).join());"""


@pytest.fixture
def opened(opened):
    opened.click("[data-view=map]")
    return opened


def click(browser, x, y):
    for kind in ("mousePressed", "mouseReleased"):
        browser.press(kind, x, y)


def test_events_stand_at_their_places_and_the_unlocated_are_counted(opened):
    assert opened.run(SPOTS) == {"place:port": 2, "place:alpha": 1}
    assert opened.text("#map-said") == "3 events at 2 places; 3 without a place that can be located"


def test_land_and_sea_are_drawn_where_they_are(opened):
    land, sea = opened.run("return ['land', 'sea'].map((name) => Theme.paper(name))")
    wide, high = opened.run("return [Atlas.canvas.clientWidth, Atlas.canvas.clientHeight]")
    for _ in range(12):
        opened.run("Atlas.zoom(0.6)")
    seen = opened.run(COLOURS, [[x, y] for x in range(5, int(wide), 40) for y in range(5, int(high), 40)])
    for colour in (land, sea):
        assert ",".join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5)) in seen
    assert opened.run("return Atlas.names()") > 0


def test_a_click_on_a_circle_lists_its_events_with_tactic_toll_and_status(opened):
    click(opened, *opened.run(PIXEL, "place:port", -6))
    panel = opened.text("#detail")
    assert "Port Alpha" in panel
    assert opened.text(".events").count("accepted") == 2
    assert "ambush" in opened.text(".events")
    assert "3 or more killed" in opened.text(".events")
    assert "Gunmen stormed the barracks" in panel
    opened.click(".events .link")
    assert "Attack" in opened.text("#detail h2")


def test_a_place_known_by_what_lies_in_it_is_marked_as_about_there(opened):
    opened.run("Picture.select('place:alpha')")
    assert "about here" in opened.text("#detail")
    opened.run("Picture.select('place:port')")
    assert "about here" not in opened.text("#detail")


def test_the_map_follows_time_and_filters(opened):
    opened.run("Filter.put({ from: '2019-01-01', to: '2019-12-31' })")
    assert opened.run(SPOTS) == {"place:alpha": 1}
    opened.run("Filter.put({ from: '', to: '' })")
    opened.run("Filter.only('tactic', ['', 'ambush', 'abduction'], ['ambush'])")
    assert opened.run(SPOTS) == {"place:port": 1, "place:alpha": 1}


def test_events_hidden_in_the_network_stay_on_the_map(opened):
    opened.run("Filter.set('kind', 'event', false)")
    assert opened.run(SPOTS) == {"place:port": 2, "place:alpha": 1}


def test_the_chosen_actor_s_events_stand_out_and_fit_shows_them(opened):
    alpha = _canvas(opened, "place:alpha")
    plain = opened.run(COLOURS, [alpha])
    opened.run("Picture.select('actor:army')")
    assert opened.run(COLOURS, [alpha]) != plain
    opened.click("#fit")
    x, y = opened.run("return Atlas.spots().find((one) => one.id === 'place:port').at.slice(0, 2)")
    wide, high = opened.run("return [Atlas.canvas.clientWidth, Atlas.canvas.clientHeight]")
    assert abs(x - wide / 2) < 2
    assert abs(y - high / 2) < 2


def _canvas(browser, place):
    return browser.run("return Atlas.spots().find((one) => one.id === arguments[0]).at.slice(0, 2)", place)


def test_a_choice_on_the_map_is_the_choice_in_the_network(opened):
    opened.click("[data-view=both]")
    opened.wait("return Atlas.canvas.clientWidth > 100")
    click(opened, *opened.run(PIXEL, "place:alpha"))
    assert opened.run("return Picture.chosen().id") == "place:alpha"
    assert opened.run("return Picture.network.getSelectedNodes()") == ["place:alpha"]


def test_it_is_dragged_and_zoomed_by_mouse_and_keys(opened):
    before = _canvas(opened, "place:port")
    x, y = opened.run(PIXEL, "place:port", 120)
    opened.press("mousePressed", x, y)
    opened.press("mouseMoved", x + 40, y + 30)
    opened.press("mouseReleased", x + 40, y + 30)
    after = _canvas(opened, "place:port")
    assert [round(b - a) for a, b in zip(before, after, strict=True)] == [40, 30]
    opened.run("document.getElementById('map').focus()")
    opened.keys("\ue014")  # right
    assert _canvas(opened, "place:port")[0] == pytest.approx(after[0] - 60)
    gap = "const [a, b] = Atlas.spots(); return Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1])"
    opened.run("Atlas.spots()")
    near = opened.run(gap)
    opened.keys("+")
    assert opened.run(gap) >= near


def test_without_located_places_there_is_no_map(opened):
    from graph_data import small

    opened.open(page(full_graph(small().quads)))
    tabs = opened.run("return [...document.querySelectorAll('.view')].map((one) => one.dataset.view)")
    assert tabs == ["network", "lineage"]
    opened.open(page(full_graph(theatre().quads)))


def test_vendored_files_are_those_that_were_checked(tmp_path, monkeypatch):
    for name, digest in vendored.HASHES.items():
        assert hashlib.sha256((vendored._HERE / name).read_bytes()).hexdigest() == digest
        assert digest in (vendored._HERE / "README.md").read_text(encoding="utf-8")
        shutil.copy(vendored._HERE / name, tmp_path)
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b" ")
    monkeypatch.setattr(vendored, "_HERE", tmp_path)
    for stem in ("topojson-client", "world-atlas", "topojson"):
        with pytest.raises(ExportError, match="missing or changed"):
            vendored.vendored(stem)


POINT = """const spot = Atlas.spots().find((one) => one.id === arguments[0]);
const box = Atlas.canvas.getBoundingClientRect();
const at = { clientX: box.left + spot.at[0], clientY: box.top + spot.at[1], bubbles: true };
Atlas.canvas.dispatchEvent(new PointerEvent(arguments[1], at));"""


def test_a_circle_pointed_at_says_how_many_how_sure_by_what_and_with_which_toll(opened):
    opened.run(POINT, "place:port", "pointermove")
    said = opened.text("#map-caption")
    assert said.startswith("Port Alpha")
    assert "2 events accepted 2" in said
    assert "ambush" in said
    assert "Killed 10 or more, as far as reports say" in said
    opened.run(POINT, "place:port", "pointerleave")
    assert not opened.run("return document.getElementById('map-caption').offsetWidth")


def test_circles_stand_for_the_killed_where_chosen_and_the_address_says_so(opened):
    before = {one["id"]: one["at"][2] for one in opened.run("Address.settle(); return Atlas.spots()")}
    opened.run(
        "const chooser = document.getElementById('map-measure'); chooser.value = 'killed';"
        "chooser.dispatchEvent(new Event('change')); Address.settle();"
    )
    after = {one["id"]: one["at"][2] for one in opened.run("return Atlas.spots()")}
    assert "circles=killed" in opened.run("return location.hash")
    assert after["place:port"] > after["place:alpha"]
    assert after != before
    opened.run("Address.undo()")
    assert {one["id"]: one["at"][2] for one in opened.run("return Atlas.spots()")} == before
