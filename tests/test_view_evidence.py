"""The evidence in the page: the words in context, citations, and queries that give the same statements."""

from __future__ import annotations

from graph_data import hostile

from kg.projection import full_graph
from kg.store import open_store
from kg.view import page
from kg.vocab import ref

SUPPORT = """Explorer.open([...Record.edges.values()]
  .find((one) => one.from === "actor:front" && one.to === "actor:rivals").id)"""
COPIED = "return navigator.clipboard.readText()"


def answer(quads, text):
    with open_store() as store:
        store.add(quads)
        results = store.query(text)
        return {ref(row[results.variables.index("statement")]) for row in results.rows}


def test_the_query_of_each_event_gives_the_statements_that_the_panel_shows(opened, world):
    events = opened.run(
        "return [...Record.nodes.values()].filter((one) => one.kind === 'event').map((one) => one.id)"
    )
    assert len(events) >= 5
    for event in events:
        opened.run("Explorer.open(arguments[0])", event)
        shown = opened.run(
            "return Record.nodes.get(arguments[0]).statements.map((number) => Record.said[number].id)", event
        )
        assert answer(
            world.quads, opened.run("return document.querySelector('.question pre').textContent")
        ) == set(shown)


def test_the_query_of_each_line_gives_the_statements_that_the_panel_shows(opened, world):
    edges = opened.run("return [...Record.edges.keys()]")
    for edge in edges:
        opened.run("Explorer.open(arguments[0])", edge)
        shown = opened.run(
            """return Record.edges.get(arguments[0]).parts.flatMap((part) =>
          part.statements.map((number) => Record.said[number].id))""",
            edge,
        )
        if shown:
            assert answer(
                world.quads, opened.run("return document.querySelector('.question pre').textContent")
            ) == set(shown), edge


def test_the_query_of_each_actor_gives_the_statements_that_the_panel_shows(opened, world):
    opened.run("Filter.set('kind', 'event', false)")
    for actor in ("actor:front", "actor:rivals", "actor:army"):
        opened.run("Explorer.open(arguments[0])", actor)
        shown = opened.run(
            """const own = Record.nodes.get(arguments[0]).statements;
          const ids = new Set(own.map((number) => Record.said[number].id));
          for (const [id, parts] of Picture.shown().edges) {
            const edge = Record.edges.get(id);
            if (edge.from === arguments[0] || edge.to === arguments[0])
              for (const part of parts) for (const number of part.statements) ids.add(Record.said[number].id);
          }
          return [...ids];""",
            actor,
        )
        assert shown
        assert answer(
            world.quads, opened.run("return document.querySelector('.question pre').textContent")
        ) == set(shown)


def test_the_query_is_copied_by_a_button(opened):
    opened.run("Explorer.open('event:raid')")
    opened.click(".question summary")
    opened.click(".copy-query")
    assert opened.wait("return document.querySelector('.copy-query').textContent === 'Copied'")
    copied = opened.run(COPIED)
    assert copied.startswith("PREFIX ")
    assert "VALUES ?event { event:raid }" in copied


def test_a_quote_stands_in_its_context(opened):
    opened.run(SUPPORT)
    quote = opened.text("#detail blockquote")
    assert (
        quote
        == "Market day began as usual. The Front said it had stormed the barracks. Two soldiers are missing."
    )
    contexts = opened.run(
        "return [...document.querySelectorAll('#detail .context')].map((one) => one.textContent.trim())"
    )
    assert contexts == ["Market day began as usual.", "Two soldiers are missing."]
    assert opened.text("#detail mark") == "stormed"


def test_a_statement_is_copied_as_a_citation(opened):
    opened.run(SUPPORT)
    opened.click("#detail .cite")
    assert opened.wait("return document.querySelector('#detail .cite').textContent === 'Copied'")
    cited = opened.run(COPIED)
    assert cited.startswith(
        "Northern Front (asserted): “The Front said it had stormed the barracks.”. "
        "Third Gazette, “Ambush in Alpha”, 2 Mar 2019. https://example.org/c. [assertion:"
    )
    assert cited.endswith("; report:r3]")


def test_rival_accounts_stand_side_by_side(opened):
    opened.run("Explorer.open('event:raid')")
    left, right = opened.run(
        "return [...document.querySelectorAll('.account')].map((one) => one.getBoundingClientRect().top)"
    )
    assert left == right


def test_a_report_can_be_drawn_and_opened(opened):
    assert (
        opened.run("return [...Picture.shown().nodes].filter((id) => id.startsWith('report:')).length") == 0
    )
    opened.click("input[data-facet=kind][data-value=report]")
    assert (
        opened.run("return [...Picture.shown().nodes].filter((id) => id.startsWith('report:')).length") == 3
    )
    opened.run("Explorer.open('report:r3')")
    panel = opened.text("#detail")
    assert "Ambush in Alpha" in panel
    assert "Third Gazette" in panel
    assert "Two soldiers are missing." in panel


def test_hostile_texts_stay_texts_in_queries_and_citations(opened):
    quads = hostile().quads
    opened.open(page(full_graph(quads)))
    for edge in opened.run("return [...Record.edges.keys()]"):
        opened.run("Explorer.open(arguments[0])", edge)
        query = opened.run("return document.querySelector('.question pre').textContent")
        assert answer(quads, query), "the query is well formed and finds the statement"
        assert "undefined" not in opened.run(
            "return Question.citation(Record.said[Record.edges.get(arguments[0]).parts[0].statements[0]])",
            edge,
        )


def test_terms_that_are_no_prefixed_names_are_written_whole(opened):
    written = opened.run("""return ["actor:plain-1", "actor:a b", "other:x", "it's \\"so\\""].map((one) =>
      Question.ofLines.length && Question.term(one))""")
    assert written == [
        "actor:plain-1",
        "<https://w3id.org/militant-kg/id/actor/a%20b>",
        '"other:x"',
        '"it\'s \\"so\\""',
    ]
