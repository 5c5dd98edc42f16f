"""Briefings: what they say of an actor and a period, what each row rests on, and that a text stays a text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from graph_data import HOSTILE, World, hostile, small
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kg import api
from kg.briefing import briefing, write_briefing
from kg.briefing.atlas import area, centre, countries, frame, outline
from kg.briefing.chart import chart, part_of
from kg.briefing.deeds import Deed
from kg.briefing.files import FORMATS
from kg.briefing.period import Period, period, precise
from kg.briefing.reach import part
from kg.briefing.standing import Span
from kg.briefing.writing import autolink, code, escaped, short
from kg.cli.report import FORMATS as OFFERED
from kg.errors import UsageError
from kg.profile import profile
from kg.projection import full_graph
from kg.store import open_store
from kg.vocab import MKG, RDF, iri


def stored(world: World):
    """The store of a world, whose states are typed as derivation types them."""
    store = open_store()
    states = {quad.subject for quad in world.quads if quad.subject.value.rpartition("/")[0].endswith("state")}
    for state in states:
        world.quads.append(world.quads[0].__class__(state, RDF.type, MKG.State, iri("graph:accepted")))
    store.add(world.quads)
    return store


@pytest.fixture(scope="module")
def front():
    return briefing(stored(small()), "Northern Front")


@pytest.fixture(scope="module")
def samples(built):
    with open_store(built / "store", read_only=True) as store:
        yield store


@pytest.fixture(scope="module")
def jnim(samples):
    return briefing(samples, "JNIM")


class Page(HTMLParser):
    """Tags with their attributes, and the text outside styles."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self._style = [], "", False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._style = tag == "style"

    def handle_endtag(self, tag):
        self._style = False

    def handle_data(self, data):
        self.text += "" if self._style else data


def section(found, slug):
    return next(one for one in found.sections if one.slug == slug)


def words(table):
    return [[" / ".join(line.text for line in cell) for cell in row] for row in table.rows]


def every_row(found):
    return [row for one in found.sections for table in one.tables for row in table.rows]


# What it says


def test_an_event_is_told_with_role_others_and_toll(front):
    (row,) = words(section(front, "timeline").tables[0])
    assert row[:4] == ["Jun 2018", "Attack", "Port Alpha", "perpetrator (contested)"]
    assert "Harbour Brigade (perpetrator, contested)" in row[4]
    assert "Alphan Army (target)" in row[4]
    assert row[5] == "7 or more killed"


def test_a_claim_stands_beside_what_denies_it():
    (table,) = section(briefing(stored(small()), "rivals"), "claims").tables
    assert table.columns == ("point", "who says so", "who denies it", "status")
    ((point, says, denies, status),) = table.rows
    assert point[0].text == "Attack, Port Alpha, Jun 2018: perpetrator Harbour Brigade"
    assert [(line.text, line.quote) for line in says] == [
        ("Example Wire, asserted", "Police blamed the Brigade.")
    ]
    assert [(line.text, line.quote) for line in denies] == [
        ("Harbour Brigade, denied", "The Brigade denied any part.")
    ]
    assert status[0].text == "contested"


def test_rival_accounts_name_their_perpetrators(front):
    (table,) = section(front, "contested").tables
    assert table.caption.endswith("what happened, or who did it, is disputed")
    named = {row[1] for row in words(table)}
    assert {"Northern Front", "Harbour Brigade", "not Harbour Brigade"} <= named


def test_tolls_that_differ_are_a_contested_point(jnim):
    table = next(one for one in section(jnim, "contested").tables if "tolls differ" in one.caption)
    assert {row[2] for row in words(table)} == {"6 killed", "4 killed, 31 wounded"}


def test_a_denial_by_others_stands_beside_the_claim(jnim):
    rows = section(jnim, "claims").tables[0].rows
    ambush = next(row for row in rows if "27 Jul 2024" in row[0][0].text)
    assert ambush[1][0].text == "JNIM, claimed"
    assert ambush[2][0].text.startswith("CSP-DPA, denied")


def test_lineage_and_leaders_have_dates_and_documents(jnim):
    steps = {row[0]: row[1] for row in words(section(jnim, "lineage").tables[0])}
    assert steps["Ansar Dine merged into JNIM"] == "2 Mar 2017"
    (leader,) = section(jnim, "leaders").tables[0].rows
    assert leader[0][0].text == "Iyad Ag Ghaly leads JNIM"
    titles = {jnim.notes[number - 1].title for number in leader[-1][0].notes}
    assert any("Long War Journal" in title for title in titles)


def test_allegiance_is_that_of_the_last_day_of_the_period(samples):
    before = section(briefing(samples, "al-mourabitoun", until="2016"), "allegiance")
    after = section(briefing(samples, "al-mourabitoun", until="2018"), "allegiance")
    assert before.heading == "Allegiance on 31 Dec 2016"
    under = [row[0] for row in words(before.tables[0])]
    assert "al-Mourabitoun member of JNIM" not in under
    assert "al-Mourabitoun member of JNIM" in [row[0] for row in words(after.tables[0])]


def test_without_an_end_the_day_is_that_of_the_newest_report(jnim):
    found = section(jnim, "allegiance")
    assert found.heading == "Allegiance on 17 Dec 2024"
    assert "newest report" in found.lines[0].text


def test_the_period_keeps_what_may_fall_in_it_and_what_has_no_date(samples):
    found = briefing(samples, "jnim", since="2019", until="2019-06")
    dated, undated = section(found, "timeline").tables
    assert [row[0] for row in words(dated)] == ["17 Mar 2019"]
    assert undated.caption == "Without a date"
    assert {row[0] for row in words(undated)} == {"not stated"}
    assert found.subtitle == "Briefing, 2019 to Jun 2019"
    assert "27 Jul 2024" not in found.html()


def test_what_is_listed_is_what_the_named_queries_answer(samples, jnim):
    from kg.query import run

    assert len(section(jnim, "targets").tables[0].rows) == len(
        run(samples, "targets-of-actor", {"actor": "jnim"}).rows
    )
    dated = [row for row in run(samples, "timeline", {"actor": "jnim"}).rows if "event/" in row[4].value]
    assert len(section(jnim, "timeline").tables[0].rows) == len(dated)
    claimed = {row[1] for row in run(samples, "claims", {"actor": "jnim"}).rows}
    assert len(section(jnim, "claims").tables[0].rows) == len(claimed) + 1  # and one that is only denied


def test_an_actor_without_events_gets_a_briefing_that_says_so(samples):
    found = briefing(samples, "Tayeb Nail")
    assert found.lead[-1].text == "No report in the store tells of an event with a part of Tayeb Nail."
    assert (found.chart, found.map) == (None, None)
    assert "No report tells of an event" in found.html()
    assert "No report tells of an event" in found.markdown()


def test_an_actor_in_a_store_without_reports_gets_one_too():
    world = World()
    world.actor("alone", "Lonely Band")
    found = briefing(stored(world), "alone")
    assert found.notes == ()
    assert section(found, "allegiance").empty
    assert "No source speaks of this actor." in found.html()


def test_the_profile_says_when_an_actor_existed_under_its_name(samples, jnim):
    def told(found):
        rows = section(found, "profile").tables[0].rows
        return {row[0][0].text: row[1][0].text for row in rows}.get("Under this name")

    assert told(jnim) == "since 2 Mar 2017"
    assert told(briefing(samples, "al-nusra-front")) == "to 28 Jan 2017"
    assert told(briefing(samples, "aqim-sahara")) is None


def test_the_part_of_the_graph_that_an_actor_reaches_says_of_it_what_the_whole_does(samples):
    whole = full_graph(samples, registry="all")
    actors = [node for node, kind in whole.nodes(data="kind") if kind == "actor"]
    assert len(actors) > 100
    for actor in actors:
        assert profile(full_graph(part(samples, iri(actor)), registry="all"), actor) == profile(whole, actor)


# What each row rests on


def test_every_row_of_the_samples_has_footnotes(samples):
    for name in ("jnim", "taliban", "islamic-state", "katiba-macina", "boko-haram", "m23"):
        found = briefing(samples, name)
        profile = section(found, "profile").tables[0].rows
        for row in every_row(found):
            cited = [number for cell in row for line in cell for number in line.notes]
            assert cited or row in profile, (name, row[0][0].text)
        unsourced = "cites no source" in found.lead[0].text
        for row in profile:
            assert row[1][0].notes or unsourced or row[0][0].text == "Reference"


def test_footnotes_are_numbered_as_they_are_first_cited(jnim):
    cited = [number for line in jnim.lead for number in line.notes]
    cited += [number for row in every_row(jnim) for cell in row for line in cell for number in line.notes]
    assert list(dict.fromkeys(cited)) == sorted(set(cited))
    assert [note.number for note in jnim.notes] == list(range(1, len(jnim.notes) + 1))


def test_a_footnote_quotes_the_exact_words_and_says_who_how_sure_and_where(samples, jnim):
    texts = [quad.object.value for quad in samples.quads(p=MKG.text)]
    quoted = [note for note in jnim.notes if not note.registry]
    assert all(any(note.quote in text for text in texts) for note in quoted)
    assert all(note.voices and note.outlet for note in quoted)
    gao = next(note for note in quoted if note.quote.startswith("JNIM says it carried out"))
    assert (gao.voices[0].speaker, gao.voices[0].certainties) == ("JNIM", ("claimed",))


def test_a_denial_says_so_in_its_footnote(front):
    note = next(note for note in front.notes if note.quote == "The Brigade denied any part.")
    assert [one.certainties for one in note.voices] == [("denied",)]


# Who and when


@pytest.mark.parametrize("name", ["jnim", "JNIM", "GSIM", "actor:jnim", "https://w3id.org/militant-kg/id/actor/jnim",
                                  "jama'at nusrat al-islam wal-muslimin"])  # fmt: skip
def test_an_actor_is_named_as_in_queries(samples, name):
    assert briefing(samples, name).slug == "jnim"


@pytest.mark.parametrize(("name", "hint"), [("jnimm", "did you mean actor:jnim"), ("", "no actor is named")])
def test_a_misspelt_actor_is_refused_with_candidates(samples, name, hint):
    with pytest.raises(UsageError, match=hint):
        briefing(samples, name)


@pytest.mark.parametrize(("since", "until", "hint"), [("2018-13", "", "--from"), ("", "soon", "--to"),
                                                      ("2019", "2018-12", "ends before")])  # fmt: skip
def test_a_wrong_period_is_refused(since, until, hint):
    with pytest.raises(UsageError, match=hint):
        period(since, until)


def test_a_period_is_read_in_any_precision():
    found = period("2024", "2024-02")
    assert (found.first, found.last, found.words) == ("2024-01-01", "2024-02-29", "2024 to Feb 2024")
    assert Period().words == ""


def test_a_bound_is_no_more_precise_than_its_sources():
    assert precise("2017-01-01", ["2017-01", "2017"]) == "2017"
    assert precise("2017-01-01", ["2016"]) == "2017-01-01"


# The pictures


def deed(day, *, status="accepted", role="perpetrator", part="accepted"):
    data = {"earliest": day, "latest": day, "status": status}
    return Deed(f"event:{day}", ((role, part),), data, ())


@given(st.lists(st.dates().map(lambda day: day.isoformat()), min_size=1, max_size=40))
def test_the_chart_counts_every_dated_event_once(days):
    found = chart([deed(day) for day in sorted(days)], (), Period(), "")
    assert sum(sum(numbers) for _, numbers in found.table) == len(days)
    assert all(one.x >= 0 and one.x + one.width <= found.width and one.y >= 0 for one in found.columns)
    assert len({tick.text for tick in found.ticks}) == len(found.ticks)
    ends = [tick.x for tick in found.ticks]
    assert all(b - a >= 24 for a, b in pairwise(ends))


@given(st.dates(), st.dates(), st.text(max_size=80))
def test_a_bar_stays_within_the_picture(a, b, name):
    begin, end = sorted((a.isoformat(), b.isoformat()))
    found = chart([], [Span(name, begin, end)], Period(), "")
    (bar,) = found.bars
    assert 0 <= bar.x <= bar.x + bar.width <= found.width + 3


def test_what_is_contested_is_counted_apart():
    assert part_of(deed("2018-01-01")) == "did"
    assert part_of(deed("2018-01-01", part="contested")) == "did-disputed"
    assert part_of(deed("2018-01-01", status="suspected")) == "did-disputed"
    assert part_of(deed("2018-01-01", role="victim")) == "suffered"


def test_the_pictures_have_a_title_and_a_description(jnim):
    html = jnim.html()
    for kind in ("chart", "map"):
        assert f'role="img" aria-labelledby="{kind}-title {kind}-told"' in html
    assert "4 dated events: 3 laid to it, 1 other part in it" in jnim.chart.told
    assert "Gao: 1 event" in jnim.map.told


def test_a_place_without_a_point_of_its_own_is_drawn_as_such(jnim):
    spots = {one.name: one for one in jnim.map.spots}
    assert spots["Gao"].exact
    assert not next(one for name, one in spots.items() if "Mali" in name).exact


def test_circles_lie_within_the_map_and_labels_do_not_meet(jnim):
    for spot in jnim.map.spots:
        assert 0 < spot.x < jnim.map.width
        assert 0 < spot.y < jnim.map.height


CITIES = {"Mali": (-8.0, 12.65), "Philippines": (121.0, 15.5), "Fiji": (178.0, -17.8), "Russia": (37.6, 55.7),
          "Lesotho": (28.2, -29.6), "South Africa": (28.0, -26.2), "Antarctica": (0.0, -80.0)}  # fmt: skip


@pytest.mark.parametrize("name", CITIES)
def test_outlines_lie_where_the_countries_are(name):
    """A point of a country is within its outline and within no other: counted by the sides to its right."""
    view = frame([CITIES[name]], 100, 100)
    x, y = view.place(*CITIES[name])
    around = [country.name for country in countries() if odd(outline(country, view), x, y)]
    assert around == [name]


def odd(rings, x, y):
    sides = [side for ring in rings for side in zip(ring, (*ring[1:], ring[0]), strict=True)]
    crossed = [
        a
        for a, b in sides
        if (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
    ]
    return len(crossed) % 2 == 1


def test_an_outline_far_away_is_left_out():
    mali = next(one for one in countries() if one.name == "Mali")
    assert outline(mali, frame([(121.0, 14.6)], 100, 100)) == ()


@given(st.floats(-170, 170), st.floats(-70, 70))
def test_outlines_are_cut_just_beyond_the_frame(longitude, latitude):
    view = frame([(longitude, latitude)], 100, 80)
    for country in countries()[::9]:
        for ring in outline(country, view):
            assert all(-4.1 <= x <= 104.1 and -4.1 <= y <= 84.1 for x, y in ring)


def test_area_and_centre_of_a_square():
    square = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0))
    assert (area(square), centre(square)) == (4.0, (1.0, 1.0))


# What it is written as


def test_the_same_store_gives_the_same_bytes(samples, jnim):
    again = briefing(samples, "jnim")
    assert (again.html(), again.markdown()) == (jnim.html(), jnim.markdown())


def test_both_engines_give_the_same_briefing():
    world = small()
    first = stored(world)
    second = open_store(backend="rdflib")
    second.add(world.quads)
    one, other = (briefing(store, "front") for store in (first, second))
    assert one.markdown() == other.markdown()
    assert one.html() == other.html()


def test_the_page_may_load_nothing_and_has_no_script(jnim):
    page = Page(jnim.html())
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv"))
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'", policy
    )
    assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "object", "form"}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name == "style"]


def test_every_reference_in_the_page_leads_somewhere(jnim):
    page = Page(jnim.html())
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inner = [attrs["href"][1:] for tag, attrs in page.tags if tag == "a" and attrs["href"].startswith("#")]
    assert set(inner) <= set(ids)


def rendered(markdown):
    return MarkdownIt("commonmark").enable("table").render(markdown)


def test_the_markdown_has_a_footnote_for_every_number(jnim):
    text = jnim.markdown()
    defined = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert defined == [str(note.number) for note in jnim.notes]
    assert set(re.findall(r"\[\^(\d+)\]", text)) == set(defined)


def test_the_tables_of_the_markdown_are_tables(jnim):
    shown = rendered(jnim.markdown())
    tables = sum(len([table for table in one.tables if table.rows]) for one in jnim.sections)
    assert shown.count("<table>") == tables + 2  # the chart and the reports
    for table in re.findall(r"<table>.*?</table>", shown, re.DOTALL):
        rows = [row.count("<td") for row in table.split("<tr>")[2:]]
        assert len(set(rows)) == 1
        assert rows[0] == table.split("<tr>")[1].count("<th")


@pytest.fixture(scope="module")
def evil():
    return stored(hostile())


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_texts_are_text_in_html(evil, number):
    html = briefing(evil, f"bad{number}").html()
    page = Page(html)
    assert not {tag for tag, _ in page.tags} & {"script", "img", "b"}
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert all(link.startswith(("#", "http://", "https://")) for link in links)
    shown = " ".join(HOSTILE[number].split())
    assert shown[:40] in " ".join(page.text.split())


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_texts_are_text_in_markdown(evil, number):
    shown = rendered(briefing(evil, f"bad{number}").markdown())
    tags = {tag for tag, _ in Page(shown).tags}
    assert tags <= {"h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "strong", "code", "br", "a"}
    assert not re.search(r'href="(?!https?:)', shown)


NASTY = st.text(st.sampled_from(list("ab |\\`*_[](){}<>#!~^$@&\n\r-+=.1:/\"'\u202e\u2028")), max_size=40)


@given(NASTY)
def test_escaped_text_is_shown_as_it_is_whatever_it_holds(text):
    shown = (
        MarkdownIt("commonmark", {"linkify": True})
        .enable("table")
        .render(f"| a |\n|---|\n| x{escaped(text)}x |\n\nx{escaped(text)}x\n")
    )
    page = Page(shown)
    assert {tag for tag, _ in page.tags} <= {"table", "thead", "tbody", "tr", "th", "td", "p"}
    plain = " ".join(text.replace("\u202e", "").split())
    assert page.text.count(f"x{plain}x") == 2


def test_a_sign_that_only_markdown_of_github_takes_for_a_link_is_escaped_too():
    assert escaped("see https://example.org or www.example.org or a@example.org") == (
        r"see https\://example.org or www\.example.org or a\@example.org"
    )


def test_an_address_cannot_end_its_link_early():
    assert (
        autolink("https://example.org/a>b <script> |`")
        == "<https://example.org/a%3Eb%20%3Cscript%3E%20%7C%60>"
    )
    assert code("kg query `x | y`") == "kg query x  y"
    assert short("long " * 20, 12) == "long long l…"


# Files and commands


def test_files_are_named_after_the_actor_or_as_asked(tmp_path, front):
    paths = write_briefing(front, f"{tmp_path}/new/")
    assert [path.name for path in paths] == ["briefing-front.html", "briefing-front.md"]
    paths = write_briefing(front, tmp_path / "mine.v2")
    assert [path.name for path in paths] == ["mine.v2.html", "mine.v2.md"]
    assert [path.read_text(encoding="utf-8") for path in paths] == [front.html(), front.markdown()]
    (only,) = write_briefing(front, tmp_path / "one.html", formats=("md",))
    assert only.name == "one.md"
    with pytest.raises(UsageError, match="not as pdf"):
        write_briefing(front, tmp_path, formats=("pdf",))


def test_the_command_writes_both(built, tmp_path, runner):
    done = runner(
        "report", "--store", built / "store", "--actor", "GSIM", "--from", "2018", "--out", tmp_path
    )
    assert (done.exit_code, done.stdout) == (0, "")
    assert "briefing-jnim.html" in done.stderr
    assert {path.suffix for path in tmp_path.iterdir()} == {".html", ".md"}
    with api.open(built / "store") as graph:
        assert (tmp_path / "briefing-jnim.md").read_text() == graph.report("jnim", since="2018").markdown()


def test_the_command_prints_one_format(built, runner):
    done = runner("report", "--store", built / "store", "--actor", "jnim", "--out", "-", "--format", "md")
    assert done.stdout.startswith("# JNIM\n")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--actor", "jnimm"), "did you mean actor:jnim?"),
        (("--actor", "jnim", "--from", "yesterday"), "is not an ISO date"),
        (("--actor", "jnim", "--out", "-"), "--format"),
        ((), "--actor"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(built, runner, words, hint):
    done = runner("report", "--store", built / "store", *words)
    assert done.exit_code == 2
    assert hint in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_command_offers_the_formats_that_there_are():
    assert OFFERED == FORMATS


def test_a_long_list_is_cut_and_says_so():
    world = World()
    band, wire = world.actor("band", "Band"), world.actor("wire", "Wire", "Outlet")
    report = world.report("r")
    for number in range(103):
        event = world.event(f"e{number:03}", date=f"2019-03-{number % 28 + 1:02}")
        for relation, value in (("type", "Attack"), ("perpetrator", band)):
            said = world.proposition(event, relation, value)
            world.says(said, wire, report=report, quote="It did.", about=f"telling:e{number:03}")
    found = briefing(stored(world), "band")
    (table,) = section(found, "timeline").tables
    assert len(table.rows) == 100
    assert table.caption == "The last 100 of 103"
    assert found.chart.table == (("Mar 2019", (103,)),)
