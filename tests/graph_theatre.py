"""Quads for a theatre of invented actors: located, dated, split and merged, named in three scripts."""

from __future__ import annotations

from graph_data import HOSTILE, World, hostile, small
from pyoxigraph import Literal

from kg.vocab import DCTERMS, GEO, GRAPH, MKG, RDF, SCHEMA, SKOS, date_literal, iri

TEXT = "Market day began as usual. The Front said it had stormed the barracks. Two soldiers are missing."


def theatre() -> World:
    """The small world, located and dated.

    The Brigade was under the League from 2012 to 2013 and again in 2016; the Guard split from the Front in
    2015; Guard and Watch merged into the Union in 2019. Port Alpha is located, Alpha only through it, and
    nobody knows where the Hamlet lies. The registry knows since when the Front, the Guard and the Army exist.
    """
    world = small()
    _places(world)
    _periods(world)
    _lineage(world)
    _names(world)
    _activity(world)
    return world


def _places(world: World) -> None:
    for term, value in ((SCHEMA.latitude, "12.5"), (SCHEMA.longitude, "-3.25")):
        world.add("place:port", term, Literal(value), GRAPH.registry)
    country, hamlet = world.place("alpha", "Alpha"), world.place("hamlet", "Hamlet")
    world.add("place:port", GEO.sfWithin, iri(country), GRAPH.registry)
    report = world.report("r3", "Third Gazette", "2019-03-02", "https://example.org/c", "Ambush in Alpha")
    world.add(report, MKG.text, TEXT, iri(report))
    for name, where, day, tactic in (
        ("ambush", country, "2019-03-01", "ambush"),
        ("theft", hamlet, "2015-05-05", "abduction"),
        ("second", "place:port", "2020-02-02", "ambush"),
    ):
        event = world.event(name, place=(where,), date=day, killed=3)
        world.add(event, MKG.tactic, iri(f"mkg-tactic:{tactic}"))
        world.says(
            world.proposition(event, "type", "Attack"),
            "actor:wire",
            report=report,
            about=f"telling:{name}",
            quote="Two soldiers are missing.",
            cue="missing",
        )
        world.says(
            world.proposition(event, "perpetrator", "actor:rivals"),
            "actor:wire",
            report=report,
            about=f"telling:{name}",
            quote="Two soldiers are missing.",
        )
    quote = "The Front said it had stormed the barracks."
    said = world.says(
        world.proposition("actor:front", "supports", "actor:rivals"),
        "actor:front",
        report=report,
        quote=quote,
        cue="stormed",
    )
    world.quads = [
        quad
        for quad in world.quads
        if quad.subject != iri(said) or quad.predicate not in (MKG.start, MKG.end)
    ]
    start = TEXT.index(quote)
    for term, value in ((MKG.start, start), (MKG.end, start + len(quote))):
        world.add(said, term, Literal(value), iri(report))


def _periods(world: World) -> None:
    under = world.proposition("actor:rivals", "affiliatedTo", "actor:league")
    world.says(under, "actor:wire", report="report:r1", quote="The Brigade was under the League for a time.")
    for begin, end in (("2012-01-01", "2013-12-31"), ("2016-01-01", "2016-12-31")):
        world.state("actor:rivals", "affiliatedTo", "actor:league", begin=begin, end=end)
    world.state("actor:rivals", "affiliatedTo", "actor:order")
    for quad in [quad for quad in world.quads if quad.predicate == MKG.predicate]:
        if quad.subject.value.startswith(iri("state:x").value[:-1]):
            world.quads.append(type(quad)(quad.subject, RDF.type, MKG.State, GRAPH.accepted))


def _lineage(world: World) -> None:
    guard = world.actor("guard", "Coast Guard Faction", family="league")
    watch = world.actor("watch", "Night Watch", family="league")
    world.actor("union", "Coastal Union", family="league")
    split = world.proposition(guard, "splitFrom", "actor:front")
    world.says(
        split,
        "actor:wire",
        report="report:r1",
        quote="The faction broke away.",
        earliest=Literal("2015-06-01"),
        latest=Literal("2015-06-30"),
    )
    merger = world.event("merger", "Merger", date="2019-07-01")
    for role, who in (("party", guard), ("party", watch), ("resulting", "actor:union")):
        world.says(
            world.proposition(merger, role, who),
            "actor:wire",
            report="report:r2",
            about="telling:merger",
            quote="They merged into the Coastal Union.",
        )


def _activity(world: World) -> None:
    document = "source:chronicle"
    world.add(document, DCTERMS.title, Literal("The Chronicle of the Coast, 2016"), GRAPH.registry)
    world.add(document, SCHEMA.url, Literal("https://example.org/chronicle"), GRAPH.registry)
    for actor, begin, end in (
        ("actor:front", "2011-12", ""),
        ("actor:guard", "2015-06-01", "2019-07"),
        ("actor:army", "1960", ""),
    ):
        world.add(actor, MKG.activeFrom, date_literal(begin), GRAPH.registry)
        if end:
            world.add(actor, MKG.activeTo, date_literal(end), GRAPH.registry)
        world.add(actor, DCTERMS.source, iri(document), GRAPH.registry)
    world.add("actor:front", DCTERMS.source, Literal("An almanac, p. 3"), GRAPH.registry)


def _names(world: World) -> None:
    world.add("actor:front", SKOS.altLabel, Literal("الجبهة الشمالية", language="ar"), GRAPH.registry)
    world.add("actor:front", MKG.theatre, iri("place:alpha"), GRAPH.registry)
    world.add("actor:rivals", MKG.theatre, iri("place:hamlet"), GRAPH.registry)


def hostile_theatre() -> World:
    """The hostile texts in every field that the page shows, quotes and their contexts included."""
    world = hostile()
    for number, text in enumerate(HOSTILE):
        place = world.place(f"bad{number}", text)
        tactic = f"mkg-tactic:bad{number}"
        world.add(tactic, SKOS.prefLabel, Literal(text, language="en"), GRAPH.registry)
        for term, value in ((SCHEMA.latitude, str(number)), (SCHEMA.longitude, str(2 * number))):
            world.add(place, term, Literal(value), GRAPH.registry)
        report = world.report(f"bad{number}", text, "2018-01-02", text, text)
        world.add(report, MKG.text, text + text + text, iri(report))
        event = world.event(f"bad{number}", place=(place,), date="2018-01-01")
        world.add(event, MKG.tactic, iri(tactic))
        actor = f"actor:bad{number}"
        for term in (MKG.theatre, MKG.family):
            world.add(actor, term, iri(place if term == MKG.theatre else actor), GRAPH.registry)
        for proposition in (
            world.proposition(event, "type", "Attack"),
            world.proposition(event, "perpetrator", actor),
            world.proposition(actor, "splitFrom", f"actor:bad{(number + 1) % len(HOSTILE)}"),
        ):
            world.says(
                proposition, actor, report=report, about=f"telling:bad{number}", quote=text, cue=text[:9]
            )
    return world
