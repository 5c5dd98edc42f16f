"""Finding by name and quote, facets, thresholds, and the surroundings of one actor."""

from __future__ import annotations

import pytest

NODES = "return [...Picture.shown().nodes].sort()"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("الجبهه الشماليه", "Northern Front"),
        ("FRONT du nord", "Northern Front"),
        ("port alph", "Port Alpha"),
        ("broke away", "Coast Guard Faction"),
    ],
)
def test_names_in_any_script_places_and_quotes_are_found(opened, typed, title):
    opened.keys("/", typed)
    opened.keys("\ue007")
    assert title in opened.text("#detail h2")


def test_events_of_one_name_are_told_apart_by_who_had_a_part_in_them(opened):
    opened.keys("/", "attack")
    rows = opened.run("return [...document.querySelectorAll('#found li')].map((one) => one.innerText)")
    events = [row for row in rows if row.endswith("event")]
    assert len(events) > 1
    assert any("Harbour Brigade" in row for row in events)


def test_a_quote_found_says_that_it_is_one(opened):
    opened.keys("/", "took credit")
    assert "“The Front took credit.”" in opened.text("#found")
    assert "quote" in opened.text("#found")


@pytest.mark.parametrize(
    ("facet", "value", "kept", "gone"),
    [
        ("theatre", "Alpha", "actor:front", "actor:rivals"),
        ("tactic", "ambush", "event:ambush", "event:theft"),
        ("outlet", "Third Gazette", "event:ambush", "event:merger"),
        ("type", "ArmedGroup", "actor:front", "actor:army"),
        ("relation", "splitFrom", "actor:guard", "actor:army"),
        ("certainty", "suspected", "event:burning", "event:ambush"),
    ],
)
def test_only_one_value_of_a_facet(opened, facet, value, kept, gone):
    everything = opened.run(NODES)
    assert {kept, gone} <= set(everything)
    box = f"input[data-facet={facet}][data-value='{value}']"
    opened.run("document.querySelectorAll('#filters details').forEach((one) => { one.open = true; })")
    only = "document.querySelector(arguments[0]).closest('.row').querySelector('.only').click()"
    opened.run(only, box)
    shown = opened.run(NODES)
    assert kept in shown
    assert gone not in shown
    opened.run(only, box)
    assert opened.run(NODES) == everything


def test_thresholds_leave_the_well_tied_and_the_surely_read(opened):
    opened.run("document.querySelectorAll('#filters details').forEach((one) => { one.open = true; })")
    slide = """const input = document.getElementById(arguments[0]);
    input.value = arguments[1];
    input.dispatchEvent(new Event("input", { bubbles: true }));"""
    opened.run(slide, "least-degree", "3")
    shown = opened.run(NODES)
    assert "actor:rivals" in shown
    assert "actor:far" not in shown
    opened.run(slide, "least-degree", "0")
    opened.run("[...Picture.shown().edges].find(([, parts]) => parts.length === 1)[1][0].confidence = 0.4")
    lines = opened.run("return Picture.shown().edges.size")
    opened.run(slide, "least-confidence", "0.5")
    assert opened.run("return Picture.shown().edges.size") == lines - 1


def test_focus_draws_one_two_or_three_hops(opened):
    opened.run("Explorer.open('actor:far')")
    seen = []
    for hops in (1, 2, 3):
        opened.click(f"[data-hops='{hops}']")
        seen.append({node for node in opened.run(NODES) if node.startswith("actor:")})
    assert seen[0] == {"actor:far", "actor:order"}
    assert seen[1] == seen[0] | {"actor:rivals"}
    assert seen[2] > seen[1]
    assert "within 3 hops of Far Network" in opened.text("#shown")
    opened.click("[data-hops='3']")
    assert len(opened.run(NODES)) > len(seen[2])


def test_a_double_click_focuses(opened):
    opened.run("Picture.network.body.emitter.emit('doubleClick', { nodes: ['actor:far'], edges: [] })")
    assert opened.run("return Filter.get('centre')") == "actor:far"
