"""A desk for tests: hand-made extractions of invented reports, and a registry small enough to read."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import Literal, Quad

from kg.model import Assertion, Count, Dating, Evidence, Extraction, Fact, Filler, Mention, Report, content_id
from kg.vocab import DCTERMS, GEO, GRAPH, MKG, RDF, SKOS, certainty, date_literal, iri, predicate, types


@dataclass(frozen=True)
class Name:
    text: str
    lang: str = "en"
    strong: bool = True


@dataclass(frozen=True)
class Actor:
    slug: str
    name: str
    kind: str = "ArmedGroup"
    parents: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()


@dataclass(frozen=True)
class Place:
    slug: str
    name: str
    kind: str = "city"
    country: str = "ml"
    within: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    names: tuple[Name, ...] = ()


@dataclass(eq=False)
class SmallRegistry:
    """The parts of a registry that assertion, join and accept look at."""

    actors: dict[str, Actor]
    places: dict[str, Place]
    curated: tuple[str, ...] = ()
    relations: list[Assertion] = field(default_factory=list)
    digest: str = "small"

    def within(self, slug, container):
        parents = self.places[slug].within if slug in self.places else ()
        return any(parent == container or self.within(parent, container) for parent in parents)

    def containers(self, slug):
        parents = self.places[slug].within if slug in self.places else ()
        return tuple(dict.fromkeys(found for one in parents for found in (one, *self.containers(one))))

    def place_quads(self, slug, graph):
        return [] if slug in self.curated else list(self._place(slug, graph))

    def _place(self, slug, graph):
        node = iri(f"place:{slug}")
        yield Quad(node, RDF.type, MKG.Place, graph)
        yield Quad(node, SKOS.prefLabel, Literal(self.places[slug].name, language="en"), graph)
        for parent in self.places[slug].within:
            yield Quad(node, GEO.sfWithin, iri(f"place:{parent}"), graph)

    def quads(self):
        graph = GRAPH.registry
        for actor in self.actors.values():
            node = iri(f"actor:{actor.slug}")
            for class_ in types(actor.kind):
                yield Quad(node, RDF.type, class_, graph)
            yield Quad(node, SKOS.prefLabel, Literal(actor.name, language="en"), graph)
        for slug in self.curated:
            yield from self._place(slug, graph)
        for source in sorted({one.speaker for one in self.relations}):
            yield Quad(iri(source), RDF.type, MKG.Source, graph)
            yield Quad(iri(source), SKOS.prefLabel, Literal("An invented list", language="en"), graph)
        for one in self.relations:
            node = iri(one.id)
            yield Quad(node, RDF.type, MKG.Assertion, graph)
            yield Quad(node, MKG.subject, iri(one.subject), graph)
            yield Quad(node, MKG.predicate, predicate(one.predicate), graph)
            yield Quad(node, MKG.object, iri(one.object), graph)
            yield Quad(node, MKG.certainty, certainty(one.certainty), graph)
            yield Quad(node, MKG.speaker, iri(one.speaker), graph)
            yield Quad(node, DCTERMS.source, iri(one.speaker), graph)
            for term, date in ((MKG.validFrom, one.valid_from), (MKG.validTo, one.valid_to)):
                if date:
                    yield Quad(node, term, date_literal(date), graph)


def relation(subject, name, object_, *, valid_from="", valid_to=""):
    """An assertion of the registry."""
    id_ = content_id("assertion", subject, name, object_, valid_from)
    return Assertion(
        f"assertion:{id_}", "", f"actor:{subject}", name, f"actor:{object_}", "asserted",
        "source:invented-list", valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip


def small_registry():
    """JNIM, ISGS, AQIM and their networks, a few forces, speakers and places; the source is invented."""
    actors = [
        Actor("al-qaeda", "al-Qaeda"),
        Actor("islamic-state", "Islamic State"),
        Actor("aqim", "AQIM", parents=("al-qaeda",)),
        Actor("jnim", "JNIM", parents=("al-qaeda",), leaders=("iyad-ag-ghaly",)),
        Actor("isgs", "ISGS", parents=("islamic-state",)),
        Actor("iyad-ag-ghaly", "Iyad Ag Ghaly", "Person"),
        Actor("malian-armed-forces", "Malian Armed Forces", "StateForce"),
        Actor("french-armed-forces", "French Armed Forces", "StateForce"),
        Actor("minusma", "MINUSMA", "InternationalForce"),
        Actor("mali-government", "Government of Mali", "Government"),
        Actor("az-zallaqa", "Az-Zallaqa", "MediaArm", parents=("jnim",)),
        Actor("reuters", "Reuters", "Outlet"),
    ]
    places = [
        Place("ml", "Mali", "country"),
        Place("ml-gao-region", "Gao", "region", within=("ml",)),
        Place("ml-gao-city", "Gao", within=("ml-gao-region",), lat=16.27, lon=-0.04),
        Place("ml-kidal-city", "Kidal", within=("ml",)),
        Place("ml-menaka-region", "Menaka", "region", within=("ml",)),
    ]
    return SmallRegistry(
        {actor.slug: actor for actor in actors},
        {place.slug: place for place in places},
        ("ml", "ml-gao-region", "ml-menaka-region"),
        [
            relation("jnim", "affiliatedTo", "al-qaeda", valid_from="2017-03"),
            relation("aqim", "affiliatedTo", "al-qaeda"),
            relation("isgs", "affiliatedTo", "islamic-state", valid_from="2015-05"),
            relation("iyad-ag-ghaly", "leads", "jnim"),
        ],
    )


class Desk:
    """Writes one extraction: spans are found by their words, sentence by sentence."""

    def __init__(
        self, text, *, published="2018-06-13", publisher="Sahel Wire", title="", given_ids=("r",), url=""
    ):
        self.report = Report(text, title, url, publisher, published, given_ids=given_ids)
        self.facts = []
        self.mentions = []

    def who(self, words, link=None, kind=None, *, label=None):
        """A filler for words of the text."""
        start = self.report.text.index(words)
        made = kind or ("ArmedGroup" if link else "Actor")
        if made != "Tactic":
            mention_kind = "place" if made in ("Place", "Facility") else "actor"
            reason = "strong alias" if link else "no candidate"
            self.mentions.append(Mention(start, start + len(words), words, mention_kind, link, reason))
        return Filler(label or words, start, start + len(words), made, link)

    def where(self, words, link=None, kind="Place"):
        """A filler that is a place."""
        return self.who(words, link, kind)

    def how(self, words, link):
        """A filler that is a tactic."""
        return self.who(words, link, "Tactic")

    def fact(
        self, type_, trigger, *, when=None, toll=None, certainty="asserted", speakers=(), via=(), **more
    ):
        """Add a fact; roles are given by name, anything else as the fields of `Fact`. Return its id."""
        from kg.model import ROLES

        text = self.report.text
        start = text.index(trigger)
        begin = max(text.rfind(". ", 0, start) + 2, 0) if ". " in text[:start] else 0
        stop = text.find(". ", start)
        stop = len(text) if stop < 0 else stop + 1
        roles = tuple((role, _many(more.pop(role))) for role in ROLES if role in more)
        id_ = f"f{len(self.facts)}"
        self.facts.append(
            Fact(
                id=id_,
                type=type_,
                roles=roles,
                date=Dating(*when) if when else None,
                killed=Count(*toll) if toll else None,
                certainty=certainty,
                speakers=_many(speakers),
                via=_many(via),
                trigger=(start, start + len(trigger)),
                evidence=Evidence(text[begin:stop], begin, stop, trigger),
                **more,
            )
        )
        return id_

    def done(self):
        """The extraction."""
        mentions = sorted({(one.start, one.end): one for one in self.mentions}.items())
        return Extraction(self.report, tuple(one for _, one in mentions), tuple(self.facts))


def _many(fillers):
    return (fillers,) if isinstance(fillers, Filler) else tuple(fillers)
