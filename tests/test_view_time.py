"""Time in the page: the range, play, the undated, a single day, and the chart of lineage."""

from __future__ import annotations

import pytest

from kg.projection import full_graph
from kg.query import run
from kg.store import open_store
from kg.view import page

LINES = """return [...Picture.shown().edges].flatMap(([id, parts]) => parts.map((part) => {
  const edge = Record.edges.get(id);
  return [edge.from, part.relation, edge.to].join(" ");
}))"""
SET = """const input = document.getElementById(arguments[0]);
input.value = arguments[1];
input.dispatchEvent(new Event("input", { bubbles: true }));"""
NUMBER = "return Span.number(arguments[0])"


def lines(browser):
    return set(browser.run(LINES))


def test_the_histogram_has_a_bar_for_each_stretch_in_which_something_falls(opened):
    inside = "return document.querySelectorAll('.bar-in').length"
    assert opened.run(inside) >= 6
    assert opened.run("return document.querySelectorAll('.bar-out').length") == 0
    opened.run(SET, "time-from", opened.run(NUMBER, "2019-01-01"))
    assert opened.run("return document.querySelectorAll('.bar-out').length") >= 3


def test_the_handles_leave_what_falls_between_them(opened):
    opened.run(SET, "time-from", opened.run(NUMBER, "2019-01-01"))
    opened.run(SET, "time-to", opened.run(NUMBER, "2019-12-31"))
    shown = lines(opened)
    assert "actor:rivals perpetrator event:ambush" in shown
    assert "actor:rivals perpetrator event:theft" not in shown
    assert "actor:front allegianceTo actor:league" in shown, "since 2017 without an end: still holds"
    assert "actor:rivals affiliatedTo actor:league" not in shown, "over in 2016"
    assert "2019" in opened.text("#time-said")
    opened.click(".whole")
    assert "actor:rivals perpetrator event:theft" in lines(opened)


def test_a_handle_moves_by_keys(opened):
    opened.run("document.getElementById('time-from').focus()")
    before = opened.text("#time-said")
    opened.keys("\ue014\ue014")
    assert opened.text("#time-said") != before
    assert opened.run("return document.getElementById('time-from').getAttribute('aria-valuetext')")


def test_the_undated_have_their_own_switch(opened):
    assert "actor:rivals affiliatedTo actor:order" in lines(opened)
    opened.click("#undated")
    shown = lines(opened)
    assert "actor:rivals affiliatedTo actor:order" not in shown
    assert "actor:front allegianceTo actor:league" in shown


@pytest.mark.parametrize("day", ["2011-06-01", "2012-06-01", "2014-06-01", "2016-06-01", "2018-06-01"])
def test_as_of_a_day_shows_who_is_under_whom_as_the_query_says(opened, world, day):
    with open_store() as store:
        store.add(world.quads)
        rows = run(store, "allegiance-on-day", {"day": day}).rows
    wanted = {" ".join(_short(cell) for cell in row[:3]) for row in rows}
    opened.click("#as-of")
    opened.run("Filter.put({ day: arguments[0] })", day)
    under = {
        line for line in lines(opened) if line.split()[1] in {"allegianceTo", "affiliatedTo", "memberOf"}
    }
    known = {
        line for line in under if line != "actor:order affiliatedTo actor:far"
    }  # the registry's, without a state
    assert known == wanted
    assert opened.text("#time-said").startswith("On ")
    opened.click("#as-of")
    assert opened.run("return Filter.get('day')") == ""


def _short(term):
    from kg.vocab import ref

    return ref(term).replace("mkg:", "")


def test_play_goes_through_time_and_stops_at_its_end(opened):
    opened.click(".play")
    assert opened.run("return Timeline.playing()")
    first = opened.run("return Filter.get('to')")
    assert opened.wait("return Filter.get('to') !== arguments[0]", first)
    assert len(lines(opened)) < 20
    opened.click(".play")
    assert not opened.run("return Timeline.playing()")
    opened.run("Filter.put({ from: '', to: Span.iso(Histogram.last - 1) })")
    opened.run("Timeline.toggle()")
    opened.run("Filter.put({ from: '', to: '' })")
    assert opened.wait("return !Timeline.playing()")


def test_a_graph_without_dates_has_no_strip(opened):
    from graph_data import hostile

    opened.open(page(full_graph(hostile().quads)))
    assert opened.run("return document.getElementById('time').hidden")


def test_the_lineage_puts_elders_left_of_what_came_of_them(opened):
    opened.click("[data-view=lineage]")
    column = opened.run(
        "return Object.fromEntries([...Lineage.chart().nodes.values()].map((n) => [n.id, n.column]))"
    )
    assert column["actor:front"] < column["actor:guard"] < column["actor:union"]
    assert column["actor:watch"] < column["actor:union"]
    assert column["actor:league"] < column["actor:front"]
    names = opened.run(
        "return [...document.querySelectorAll('.link')].map((one) => one.getAttribute('aria-label'))"
    )
    assert "Northern Front, split off: Coast Guard Faction, 1 Jun 2015" in names
    assert "Night Watch, merged into: Coastal Union, 1 Jul 2019" in names
    assert "The League, pledged by: Northern Front, 1 Mar 2017" in names


def test_a_box_of_the_lineage_says_since_when_and_until_when_its_actor_existed(opened):
    opened.click("[data-view=lineage]")
    years = opened.run("""return Object.fromEntries([...document.querySelectorAll(".box")]
      .map((one) => [one.dataset.id, one.querySelector(".years")?.textContent ?? ""]))""")
    assert years["actor:front"] == "since Dec 2011"
    assert years["actor:guard"] == "1 Jun 2015 – Jul 2019"
    assert years["actor:union"] == ""
    named = "return document.querySelector(\".box[data-id='actor:front']\").getAttribute('aria-label')"
    assert opened.run(named) == "Northern Front, active since Dec 2011"


def test_an_actor_of_known_founding_stands_in_the_lineage_though_it_split_from_nobody(opened):
    opened.click("[data-view=lineage]")
    alone = "return [...Lineage.chart().nodes.values()].filter((one) => one.alone).map((one) => one.id)"
    assert opened.run(alone) == ["actor:army"]
    assert (
        opened.run("return document.querySelector('.alone').textContent")
        == "No split, merger or renaming known here"
    )
    opened.run("Filter.put({ to: '1959-12-31' })")
    assert opened.run(alone) == []
    opened.run("Filter.put({ to: '' }); Filter.set('origin', 'registry', false)")
    assert opened.run(alone) == []
    opened.run("Filter.set('origin', 'registry', true); Filter.put({ to: '1965-12-31' })")
    assert opened.run("return [...Lineage.chart().nodes.keys()]") == ["actor:army"]


def test_the_panel_says_when_an_actor_existed_and_what_the_registry_cites_for_it(opened):
    opened.run("Explorer.open('actor:front')")
    opened.click(".cited summary")
    said = opened.run("return document.querySelector('.cited').parentElement.innerText").splitlines()
    assert said == [
        "since Dec 2011",
        "the registry, citing 2 documents",
        "An almanac, p. 3",
        "The Chronicle of the Coast, 2016",
    ]
    link = "return document.querySelector('.cited a').href"
    assert opened.run(link) == "https://example.org/chronicle"
    opened.run("Explorer.open('actor:watch')")
    assert opened.run("return document.querySelector('.cited')") is None


def test_no_text_of_a_box_is_wider_than_the_box(opened):
    opened.run("""for (const one of Record.nodes.values()) one.label = `${one.label} of the Mountains WWWWW`;
    Stage.show("lineage")""")
    wide = opened.run("""return [...document.querySelectorAll(".box")].filter((box) => {
      const rim = box.querySelector("rect").getBoundingClientRect();
      return [...box.querySelectorAll("text")].some((text) => {
        const own = text.getBoundingClientRect();
        return own.left < rim.left + 3 || own.right > rim.right - 3;
      });
    }).length""")
    assert wide == 0
    assert opened.run("return document.querySelector('.box text').textContent").endswith("…")


def test_pledges_can_be_left_out_of_the_lineage(opened):
    opened.click("[data-view=lineage]")
    opened.click("#bonds")
    relations = set(opened.run("return Lineage.chart().links.map((one) => one.relation)"))
    assert relations == {"splitFrom", "mergedInto"}


def test_the_lineage_keeps_to_the_period(opened):
    opened.run("Filter.put({ to: '2016-12-31' })")
    opened.click("[data-view=lineage]")
    assert "actor:union" not in opened.run("return [...Lineage.chart().nodes.keys()]")


def test_a_box_and_a_line_of_the_lineage_open_by_click_and_key(opened):
    opened.click("[data-view=lineage]")
    opened.click(".box[data-id='actor:guard']")
    assert opened.text("#detail h2") == "Coast Guard Faction"
    opened.run("document.querySelector(\".link[aria-label^='Northern Front, split']\").focus()")
    opened.keys("\ue007")
    assert "The faction broke away." in opened.text("#detail")


def test_no_box_of_the_lineage_lies_on_another(opened):
    opened.click("[data-view=lineage]")
    spots = opened.run("return [...Lineage.chart().nodes.values()].map((n) => [n.column, n.row])")
    for index, (column, row) in enumerate(spots):
        assert all(column != other or abs(row - beside) >= 0.99 for other, beside in spots[index + 1 :])
