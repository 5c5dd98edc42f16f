"""Briefings in a real browser: they ask for nothing, fit every width, print, and run nothing."""

from __future__ import annotations

import pytest
from graph_data import HOSTILE, hostile
from test_briefing import stored

from kg.briefing import briefing
from kg.store import open_store

WIDTHS = (1280, 820, 375)
BEYOND = """
return [...document.querySelectorAll('body *')]
  .filter((one) => !one.closest('svg, .skip, thead') && one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.tagName + '.' + one.className);
"""


@pytest.fixture(scope="module")
def html(built):
    with open_store(built / "store", read_only=True) as store:
        return briefing(store, "jnim").html()


@pytest.mark.parametrize("wide", WIDTHS)
def test_nothing_sticks_out_at_any_width(opened, wide):
    opened.size(wide, 800)
    assert opened.run("return document.documentElement.scrollWidth") <= wide
    assert opened.run(BEYOND) == []


def test_no_two_cells_of_a_row_and_no_two_labels_of_a_picture_meet(opened):
    overlaps = """
    const boxes = [...document.querySelectorAll(arguments[0])].map((one) => one.getBoundingClientRect());
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
      && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return boxes.filter((a, i) => boxes.some((b, j) => i < j && meet(a, b))).length;
    """
    for selector in (".map text", ".chart .tick", ".chart .bar-text", "tbody td"):
        assert opened.run(overlaps, selector) == 0, selector


def test_the_pictures_are_drawn_in_the_style_that_the_policy_lets_in(opened):
    fill = "return getComputedStyle(document.querySelector(arguments[0])).fill"
    assert opened.run(fill, ".chart .did") == "rgb(184, 71, 11)"
    assert opened.run(fill, ".map .sea") == "rgb(230, 235, 240)"
    assert opened.run("return document.querySelectorAll('.map .land').length") > 2


def test_dark_paper_has_light_ink(opened):
    opened.paper("dark")
    assert opened.run("return getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 30)"
    assert opened.run("return getComputedStyle(document.body).color") == "rgb(233, 231, 225)"


def test_a_footnote_is_reached_by_a_click_and_by_the_keyboard(opened):
    opened.click(".lead .ref")
    assert opened.run("return document.querySelector(':target').id") == "note-1"
    opened.keys("\ue004")
    assert opened.run("return document.activeElement.tagName") == "A"


def test_print_shows_the_whole_on_white(opened):
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert opened.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert opened.run("return getComputedStyle(document.querySelector('nav')).display") == "none"
    finally:
        opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_texts_are_shown_and_never_run(opened, number):
    opened.open(briefing(stored(hostile()), f"bad{number}").html())
    for wide in (1280, 375):
        opened.size(wide, 800)
        assert opened.run("return document.documentElement.scrollWidth") <= wide
    assert opened.run("return document.querySelectorAll('script, img, iframe, object').length") == 0
    foreign = (
        "return [...document.querySelectorAll('a')].filter((a) => !/^(https?|file):/.test(a.href)).length"
    )
    assert opened.run(foreign) == 0
