"""Quads in the project's shape for graphs of invented actors: small, hostile and large."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import content_id
from kg.vocab import GRAPH, MKG, RDF, SCHEMA, SKOS, STANCE, certainty, date_literal, iri, predicate, types


@dataclass
class World:
    """Collects quads; each method returns the reference of what it made."""

    quads: list[Quad] = field(default_factory=list)

    def add(self, subject, term, value, graph=GRAPH.accepted):
        value = value if isinstance(value, NamedNode | Literal) else Literal(value)
        self.quads.append(Quad(iri(subject), term, value, graph))

    def actor(self, slug, name, kind="ArmedGroup", *, family="", aliases=(), unnamed=False):
        node = f"actor:{slug}"
        for term in types(kind) + (types("UnnamedActor") if unnamed else ()):
            self.add(node, RDF.type, term, GRAPH.registry)
        self.add(node, SKOS.prefLabel, Literal(name, language="en"), GRAPH.registry)
        for alias in aliases:
            self.add(node, SKOS.altLabel, Literal(alias, language="fr"), GRAPH.registry)
        if family:
            self.add(node, MKG.family, iri(f"actor:{family}"), GRAPH.registry)
        return node

    def place(self, slug, name):
        node = f"place:{slug}"
        self.add(node, RDF.type, MKG.Place, GRAPH.registry)
        self.add(node, SKOS.prefLabel, Literal(name, language="en"), GRAPH.registry)
        return node

    def report(
        self, name, outlet="Example Wire", published="2018-07-02", url="https://example.org/a", title=""
    ):
        node = f"report:{name}"
        graph = iri(node)
        self.add(node, RDF.type, SCHEMA.NewsArticle, graph)
        for term, value in (
            (MKG.publisherName, outlet),
            (SCHEMA.datePublished, published),
            (SCHEMA.url, url),
            (SCHEMA.headline, title),
        ):
            if value:
                self.add(node, term, value, graph)
        return node

    def event(self, name, kind="Attack", *, status="accepted", place=(), date="", killed=None):
        """An event with one telling, and the proposition that it is of its kind."""
        node = f"event:{name}"
        self.add(f"telling:{name}", MKG.canonical, iri(node), GRAPH.identity)
        self.proposition(node, "type", kind, status=status)
        for one in place:
            self.add(node, MKG.place, iri(one))
        if date:
            self.add(node, MKG.date, date_literal(date))
            self.add(node, MKG.earliest, date_literal(date if len(date) == 10 else f"{date}-01"))
            self.add(node, MKG.latest, date_literal(date if len(date) == 10 else f"{date}-28"))
        if killed is not None:
            self.add(node, MKG.killedLow, Literal(killed))
        return node

    def proposition(self, subject, relation, value, *, status="accepted"):
        node = "proposition:" + content_id(subject, relation, value)
        graph = GRAPH.propositions
        self.add(node, MKG.subject, iri(subject), graph)
        self.add(node, MKG.predicate, predicate(relation), graph)
        self.add(node, MKG.object, iri(value if ":" in value else f"mkg:{value}"), graph)
        self.add(node, MKG.status, iri(f"mkg-status:{status}"), graph)
        return node

    def says(
        self, proposition, speaker="", *, sure="asserted", report="", quote="", cue="", about="", **more
    ):
        """An assertion of a proposition; without a report it is the registry's."""
        node = "assertion:" + content_id(proposition, speaker, sure, report, quote)
        graph = iri(report) if report else GRAPH.registry
        triples = {quad.predicate: quad.object for quad in self.quads if quad.subject == iri(proposition)}
        for term in (MKG.subject, MKG.predicate, MKG.object):
            self.add(node, term, triples[term], graph)
        self.add(node, MKG.certainty, certainty(sure), graph)
        self.add(node, MKG.start, Literal(0), graph)
        self.add(node, MKG.end, Literal(len(quote)), graph)
        for term, value in (
            (MKG.quote, quote),
            (MKG.cue, cue),
            *((predicate(k), v) for k, v in more.items()),
        ):
            self.add(node, term, value, graph)
        for term, value in ((MKG.speaker, speaker), (MKG.report, report), (MKG.about, about)):
            if value:
                self.add(node, term, iri(value), graph)
        self.add(node, STANCE[sure], iri(proposition), GRAPH.propositions)
        self.add(node, MKG.states, iri(proposition), GRAPH.propositions)
        return node

    def state(self, subject, relation, value, *, begin="", end=""):
        node = "state:" + content_id(subject, relation, value, begin)
        for term, one in ((MKG.subject, subject), (MKG.object, value)):
            self.add(node, term, iri(one))
        self.add(node, MKG.predicate, predicate(relation))
        for term, one in ((MKG.stateBegin, begin), (MKG.stateEnd, end)):
            if one:
                self.add(node, term, date_literal(one))
        return node


def small() -> World:
    """Three reports: a pledge, an attack that two accounts lay at different doors, a denial, a suspicion."""
    world = World()
    front = world.actor("front", "Northern Front", family="league", aliases=("Front du Nord", "NF"))
    league = world.actor("league", "The League", family="league")
    rivals = world.actor("rivals", "Harbour Brigade", family="order")
    order = world.actor("order", "The Order", family="order")
    army = world.actor("army", "Alphan Army", "StateForce", family="state")
    people = world.actor("people", "villagers", "Civilians")
    wire = world.actor("wire", "Example Wire", "Outlet")
    port = world.place("port", "Port Alpha")
    one = world.report("r1", title="Front pledges to League")
    two = world.report("r2", "Daily Example", "2018-07-05", "http://example.org/b?x=1&y=2")
    pledge = world.proposition(front, "allegianceTo", league)
    world.state(front, "allegianceTo", league, begin="2017-03-01")
    world.says(
        pledge, wire, report=one, quote="The Northern Front pledged loyalty to the League.", cue="pledged"
    )
    under = world.proposition(rivals, "affiliatedTo", order)
    world.says(under, wire, sure="asserted", quote="Listed as affiliate.")
    world.says(world.proposition(order, "affiliatedTo", "actor:far"), wire, quote="Listed.")
    world.actor("far", "Far Network")
    world.says(world.proposition("actor:idle", "memberOf", "actor:idler"), wire, quote="Listed.")
    raid = world.event("raid", place=(port,), date="2018-06", killed=7)
    kind = world.proposition(raid, "type", "Attack")
    world.says(
        kind, wire, report=one, quote="Gunmen stormed the barracks at Port Alpha.", about="telling:raid"
    )
    for culprit, text in (
        (front, "The Front said it had stormed the barracks."),
        (rivals, "Police blamed the Brigade."),
    ):
        guilt = world.proposition(raid, "perpetrator", culprit, status="contested")
        sure = "claimed" if culprit == front else "asserted"
        world.says(
            guilt,
            culprit if culprit == front else wire,
            sure=sure,
            report=two,
            quote=text,
            about="telling:raid",
        )
    denial = world.proposition(raid, "perpetrator", rivals, status="contested")
    world.says(denial, rivals, sure="denied", report=two, quote="The Brigade denied any part.", cue="denied")
    hit = world.proposition(raid, "target", army)
    world.says(
        hit, wire, report=one, quote="Gunmen stormed the barracks at Port Alpha.", about="telling:raid"
    )
    world.says(world.proposition(front, "claimed", raid), wire, report=two, quote="The Front took credit.")
    burning = world.event("burning", status="suspected", date="2018-06-28")
    world.says(
        world.proposition(burning, "type", "Attack", status="suspected"), wire, sure="suspected", report=two
    )
    for role, who in (("perpetrator", rivals), ("victim", people)):
        world.says(
            world.proposition(burning, role, who, status="suspected"),
            wire,
            sure="suspected",
            report=two,
            quote="The Brigade is suspected of burning homes.",
            cue="suspected",
        )
    never = world.event("never", status="denied")
    world.says(
        world.proposition(never, "perpetrator", army, status="denied"),
        army,
        sure="denied",
        report=two,
        quote="The army said that no such raid took place.",
    )
    maybe = world.proposition(army, "supports", rivals, status="hypothetical")
    world.says(maybe, wire, sure="hypothetical", report=two, quote="The army may arm the Brigade.")
    return world


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "</script><script>alert(3)</script>",
    "<!--<script>",
    "javascript:alert(4)",
    "]]>&lt;b&gt;&amp;${alert(5)}`'\\",
    "\u202eright to left\u2028line\u2029paragraph\ufeff",
    "long " * 2000,
)


def hostile() -> World:
    """Every text field holds something that must come out as text."""
    world = World()
    names = [world.actor(f"bad{number}", name, aliases=(name,)) for number, name in enumerate(HOSTILE)]
    for number, (name, text) in enumerate(zip(names, HOSTILE, strict=True)):
        url = f"javascript:alert({number})" if number % 2 else "data:text/html,<script>alert(6)</script>"
        report = world.report(f"r{number}", text, "2018", url, text)
        link = world.proposition(name, "supports", names[(number + 1) % len(names)])
        world.says(link, name, report=report, quote=text, cue=text[:7])
    return world


def large(actors: int, events: int) -> World:
    """A deterministic graph: families of groups, events between them, each with one report."""
    world = World()
    places = [world.place(f"p{number}", f"Place {number}") for number in range(max(1, actors // 10))]
    nodes = [
        world.actor(
            f"a{number}",
            f"Group {number}",
            "StateForce" if number % 9 == 0 else "ArmedGroup",
            family="state" if number % 9 == 0 else f"f{number % 4}",
        )
        for number in range(actors)
    ]
    report = world.report("only")
    pairs = [(nodes[number], nodes[number // 3]) for number in range(1, actors)]
    for start, end in pairs:
        _state(world, start, "affiliatedTo", end, report)
    for number in range(events):
        who = nodes[(number * 7919) % actors]
        whom = nodes[(number * 104729 + 9) % actors // 9 * 9]
        event = world.event(f"e{number}", place=(places[number % len(places)],), date="2019-03-27")
        _state(world, event, "perpetrator", who, report)
        _state(world, event, "target", whom, report)
    return world


def _state(world, subject, relation, value, report):
    """A proposition with an assertion, without the look-up of `says`."""
    node = world.proposition(subject, relation, value)
    said = "assertion:" + content_id(node)
    graph = iri(report)
    for term, one in (
        (MKG.subject, iri(subject)),
        (MKG.predicate, predicate(relation)),
        (MKG.object, iri(value)),
        (MKG.certainty, certainty("asserted")),
        (MKG.report, iri(report)),
        (MKG.quote, Literal("A sentence that says so, long enough to be one of a report.")),
    ):
        world.add(said, term, one, graph)
    world.add(said, MKG.asserts, iri(node), GRAPH.propositions)
