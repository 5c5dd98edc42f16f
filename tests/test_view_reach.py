"""Every command of the page at every width: in view or in the menu, by click and by keyboard, with a name."""

from __future__ import annotations

import pytest

SIZES = {360: (360, 740), 414: (414, 896), 768: (768, 1024), 1280: (1280, 800)}
WIDTHS = [360, 768, 1280]
ENTER, ESCAPE, DOWN, UP, HOME, END, TAB = "\ue007", "\ue00c", "\ue015", "\ue013", "\ue011", "\ue010", "\ue004"
UNREACHED = """const inView = (one) => {
  const box = one.getBoundingClientRect();
  return one.checkVisibility({ visibilityProperty: true }) && box.width > 0
    && box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
};
const commands = [...document.querySelectorAll(
  "header :is(button, input), #views button, .tools button, #time :is(button, input), #map select")];
const meant = commands.filter((one) => !one.matches("#more, #time-day, #time-date, #open-filters")
  && !one.closest("#time[hidden], #map[hidden]"));
const names = (some) => some.map((one) => one.id || one.textContent);
const closed = meant.filter((one) => !inView(one));
if (closed.length) document.getElementById("more").click();
const left = closed.filter((one) => !inView(one));
return [meant.length, names(left)];"""


def resized(browser, wide):
    browser.size(*SIZES[wide])
    browser.run("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def in_menu(browser, name):
    return browser.run(
        "return document.getElementById('menu').contains(document.getElementById(arguments[0]))", name
    )


def press(browser, name, how):
    """Do a command as a reader would, through the menu where it is there."""
    stored = in_menu(browser, name)
    if how == "click":
        if stored:
            browser.click("#more")
        browser.click(f"#{name}")
        return
    browser.run("document.getElementById(arguments[0]).focus()", "more" if stored else name)
    if stored:
        browser.keys(ENTER)
        items = browser.run("return document.querySelectorAll('#menu button:enabled').length")
        for _ in range(items):
            if browser.run("return document.activeElement.id") == name:
                break
            browser.keys(DOWN)
    assert browser.run("return document.activeElement.id") == name
    browser.keys(ENTER)


@pytest.mark.parametrize("view", ["network", "map", "both", "lineage"])
@pytest.mark.parametrize("wide", SIZES)
def test_every_command_is_in_view_or_in_the_menu(opened, wide, view):
    resized(opened, wide)
    opened.run("Stage.show(arguments[0])", view)
    meant, left = opened.run(UNREACHED)
    assert meant > 20
    assert left == []
    assert opened.run("return document.documentElement.scrollWidth") <= wide


EFFECTS = {
    "link": (
        "return navigator.clipboard.writeText('')",
        "return navigator.clipboard.readText().then((text) => text === location.href)",
    ),
    "print": ("window.print = () => { window.printed = true; }", "return window.printed"),
    "paper": ("", "return getComputedStyle(document.body).backgroundColor === 'rgb(20, 24, 30)'"),
    "full": ("", "return Boolean(document.fullscreenElement)"),
    "guide": (
        "Explorer.open('actor:front')",
        """const panel = document.getElementById('detail');
        return document.activeElement === panel && panel.checkVisibility()
          && panel.innerText.includes('How to read this') && panel.innerText.includes('Most connected')""",
    ),
    "keys": ("", "return document.getElementById('help').open"),
    "undo": (
        "Filter.set('kind', 'event', false); Address.settle()",
        "return Filter.isOn('kind', 'event') && document.getElementById('undo').disabled",
    ),
    "zoom-in": (
        "window.scale = Picture.network.getScale()",
        "return Picture.network.getScale() > window.scale * 1.01",
    ),
    "zoom-out": (
        "window.scale = Picture.network.getScale()",
        "return Picture.network.getScale() < window.scale * 0.99",
    ),
    "fit": (
        "window.scale = Picture.network.getScale(); Picture.network.moveTo({ scale: 3 })",
        "return Math.abs(Picture.network.getScale() - window.scale) < 0.01",
    ),
    "reset": ("Filter.set('kind', 'event', false)", "return Filter.isOn('kind', 'event')"),
}


@pytest.mark.parametrize("how", ["click", "keyboard"])
@pytest.mark.parametrize("wide", WIDTHS)
def test_every_command_works_by_click_and_by_keyboard(opened, wide, how):
    opened.paper("light")
    for name, (before, done) in EFFECTS.items():
        opened.driver.get("about:blank")
        opened.driver.get((opened.folder / "page.html").as_uri())
        resized(opened, wide)
        opened.run(before)
        assert not opened.run(done), name
        press(opened, name, how)
        assert opened.wait(done), name
        if name == "full":
            opened.run("return document.exitFullscreen()")


@pytest.mark.parametrize("how", ["click", "keyboard"])
@pytest.mark.parametrize("wide", WIDTHS)
def test_the_view_is_saved_at_every_width(opened, wide, how):
    resized(opened, wide)
    for name, suffix in (("keep-png", ".png"), ("keep-svg", ".svg")):
        assert opened.saved(lambda name=name: press(opened, name, how)).suffix == suffix


def test_a_wide_window_has_all_commands_in_the_bar_and_a_narrow_one_gives_them_back_in_order(opened):
    order = "return [...document.querySelectorAll(arguments[0])].map((one) => one.id)"
    whole = opened.run(order, "#deeds button")
    assert not opened.run("return document.getElementById('more').checkVisibility()")
    resized(opened, 360)
    assert opened.run(order, "#deeds button, #menu button") == whole
    assert opened.run(order, "#menu button") != []
    resized(opened, 1280)
    assert opened.run(order, "#deeds button") == whole


def test_the_menu_is_one_of_the_keyboard(opened):
    resized(opened, 360)
    opened.run("Explorer.open('actor:front')")
    assert opened.wait("return !document.getElementById('undo').disabled")  # a moment later
    opened.run("document.getElementById('more').focus()")
    focused = "return document.activeElement.id"
    opened.keys(DOWN)
    first = opened.run(focused)
    assert opened.run("return document.getElementById('more').getAttribute('aria-expanded')") == "true"
    opened.keys(UP)
    assert opened.run(focused) == "keys"
    opened.keys(DOWN)
    assert opened.run(focused) == first
    opened.keys(END)
    assert opened.run(focused) == "keys"
    opened.keys(HOME)
    assert opened.run(focused) == first
    opened.keys(ESCAPE)
    assert opened.run(focused) == "more"
    assert opened.run("return document.getElementById('menu').hidden")
    assert opened.run("return Picture.chosen().id") == "actor:front", "Escape closes one thing at a time"
    opened.keys(UP)
    assert opened.run(focused) == "keys"
    opened.keys(TAB)
    assert opened.run("return document.getElementById('menu').hidden")


def test_a_click_beside_the_menu_closes_it_and_a_dialog_gives_the_focus_back(opened):
    resized(opened, 360)
    opened.click("#more")
    opened.press("mousePressed", 20, 300)
    opened.press("mouseReleased", 20, 300)
    assert opened.wait("return document.getElementById('menu').hidden")
    press(opened, "keys", "keyboard")
    opened.keys(ESCAPE)
    assert opened.run("return document.activeElement.id") == "more"


def test_who_hears_the_menu_hears_what_its_commands_are(opened):
    resized(opened, 360)
    opened.click("#more")
    opened.driver.execute_cdp_cmd("Accessibility.enable", {})
    tree = opened.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    told = [
        (node["role"]["value"], node["name"]["value"])
        for node in tree
        if not node.get("ignored") and node.get("role", {}).get("value") in {"menu", "menuitem"}
    ]
    assert told == [
        ("menu", "More"),
        *(
            ("menuitem", name)
            for name in (
                "Undo", "Copy link", "Save as PNG", "Save as SVG", "Print", "Dark / light", "Full screen",
                "Guide", "Keys",
            )
        ),
    ]  # fmt: skip


def test_the_lineage_is_zoomed_fitted_and_set_back(opened):
    opened.run("Stage.show('lineage')")
    wide = "return document.querySelector('.pedigree').getBoundingClientRect().width"
    plain = opened.run(wide)
    opened.click("#zoom-in")
    assert opened.run(wide) > plain * 1.2
    opened.keys("-")
    opened.click("#fit")
    assert opened.run(
        """const [svg, box] = ['.pedigree', '#lineage']
          .map((name) => document.querySelector(name).getBoundingClientRect());
        return svg.right <= box.right + 1 && svg.bottom <= box.bottom + 1"""
    )
    opened.click("#reset")
    assert opened.run(wide) == plain
