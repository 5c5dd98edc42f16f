"""The prefixes and the terms of the ontology; stages import them from `kg.vocab`.

A misspelt term is an AttributeError and an error of mypy. `tests/test_vocab.py` compares `MKG` with kg.ttl.
"""

# ruff: noqa: N815 -- properties of an ontology are lowerCamel, and a term must carry its own name

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from pyoxigraph import NamedNode

BASE = "https://w3id.org/militant-kg/"
ONTOLOGY = BASE + "ontology#"
ID = BASE + "id/"

SCHEMES = (
    "certainty", "status", "tactic", "outcome", "actor-type", "event-type", "place-type", "channel",
    "reliability", "credibility",
)  # fmt: skip
KINDS = (
    "actor", "place", "report", "telling", "event", "proposition", "assertion", "mention", "state",
    "judgement", "source", "run", "graph",
)  # fmt: skip
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "mkg": ONTOLOGY,
        **{f"mkg-{scheme}": f"{BASE}vocab/{scheme}#" for scheme in SCHEMES},
        **{kind: f"{ID}{kind}/" for kind in KINDS},
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "schema": "https://schema.org/",
        "prov": "http://www.w3.org/ns/prov#",
        "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
        "org": "http://www.w3.org/ns/org#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "void": "http://rdfs.org/ns/void#",
        "sh": "http://www.w3.org/ns/shacl#",
    }
)


class Term:
    """A term that takes its local name from the attribute it is bound to."""

    def __set_name__(self, owner: type[Namespace], name: str) -> None:
        self._node = NamedNode(owner.IRI + name)

    def __get__(self, instance: object, owner: type[object] | None = None) -> NamedNode:
        return self._node


class Namespace:
    """A set of terms under one IRI."""

    IRI: ClassVar[str]

    @classmethod
    def terms(cls) -> dict[str, NamedNode]:
        """Return every term by its local name, in the order of definition."""
        return {name: value.__get__(None) for name, value in vars(cls).items() if isinstance(value, Term)}


class MKG(Namespace):
    """The terms of ontology/kg.ttl, which defines each of them."""

    IRI = ONTOLOGY

    Actor = Term()
    ArmedGroup = Term()
    StateForce = Term()
    InternationalForce = Term()
    Government = Term()
    Person = Term()
    Community = Term()
    Civilians = Term()
    MediaArm = Term()
    Outlet = Term()
    UnnamedActor = Term()
    Event = Term()
    Attack = Term()
    Clash = Term()
    Operation = Term()
    Killing = Term()
    Capture = Term()
    Merger = Term()
    Split = Term()
    Agreement = Term()
    Designation = Term()
    Place = Term()
    Facility = Term()
    UnnamedPlace = Term()
    # what is said, and what was made of it
    Telling = Term()
    Mention = Term()
    Assertion = Term()
    Proposition = Term()
    State = Term()
    Judgement = Term()
    Run = Term()
    Source = Term()
    # stance of an assertion towards a proposition
    states = Term()
    asserts = Term()
    hedges = Term()
    claims = Term()
    denies = Term()
    supposes = Term()
    # content of assertions, propositions and states
    subject = Term()
    predicate = Term()
    object = Term()
    status = Term()
    # who says it, in which words
    speaker = Term()
    via = Term()
    channel = Term()
    medium = Term()
    certainty = Term()
    credibility = Term()
    about = Term()
    report = Term()
    quote = Term()
    start = Term()
    end = Term()
    cue = Term()
    confidence = Term()
    # mentions, tellings, identity
    surface = Term()
    refersTo = Term()
    candidate = Term()
    linkReason = Term()
    evokes = Term()
    eventType = Term()
    canonical = Term()
    blockingKey = Term()
    sketch = Term()
    derivation = Term()
    # qualifiers: one account's circumstances of an event
    place = Term()
    tactic = Term()
    outcome = Term()
    date = Term()
    earliest = Term()
    latest = Term()
    dateContested = Term()
    killedLow = Term()
    killedHigh = Term()
    woundedLow = Term()
    woundedHigh = Term()
    missingLow = Term()
    missingHigh = Term()
    validFrom = Term()
    validTo = Term()
    stateBegin = Term()
    stateEnd = Term()
    # roles in an event
    perpetrator = Term()
    commander = Term()
    target = Term()
    victim = Term()
    party = Term()
    original = Term()
    resulting = Term()
    authority = Term()
    listed = Term()
    claimStatus = Term()
    unclaimed = Term()
    assessment = Term()
    # relations between actors (and of actors to events and places)
    allegianceTo = Term()
    affiliatedTo = Term()
    memberOf = Term()
    leads = Term()
    controls = Term()
    formerlyAllegianceTo = Term()
    formerlyAffiliatedTo = Term()
    formerlyMemberOf = Term()
    formerlyLeads = Term()
    formerlyControls = Term()
    supports = Term()
    splitFrom = Term()
    mergedInto = Term()
    successorOf = Term()
    designated = Term()
    claimed = Term()
    denied = Term()
    mediaArmOf = Term()
    # registry
    operatedBy = Term()
    country = Term()
    theatre = Term()
    activeFrom = Term()
    activeTo = Term()
    family = Term()
    attribute = Term()
    demonym = Term()
    capital = Term()
    placeType = Term()
    weakLabel = Term()
    unmatchedLabel = Term()
    editorial = Term()
    reliability = Term()
    denotes = Term()
    # reports, runs, judgements, exports
    text = Term()
    publisherName = Term()
    run = Term()
    codeVersion = Term()
    lexiconVersion = Term()
    registryVersion = Term()
    modelVersion = Term()
    configuration = Term()
    judges = Term()
    verdict = Term()
    judgedBy = Term()
    judgedOn = Term()
    rule = Term()


class RDF(Namespace):
    """RDF 1.1."""

    IRI = PREFIXES["rdf"]
    type = Term()


class RDFS(Namespace):
    """RDF Schema 1.1."""

    IRI = PREFIXES["rdfs"]
    label = Term()


class XSD(Namespace):
    """The XML Schema datatypes in use."""

    IRI = PREFIXES["xsd"]
    boolean = Term()
    date = Term()
    decimal = Term()
    gYear = Term()
    gYearMonth = Term()
    integer = Term()
    string = Term()


class SKOS(Namespace):
    """Names, concepts and mappings."""

    IRI = PREFIXES["skos"]
    prefLabel = Term()
    altLabel = Term()
    hiddenLabel = Term()
    broader = Term()
    exactMatch = Term()


class DCTERMS(Namespace):
    """Identifiers, sources, titles."""

    IRI = PREFIXES["dcterms"]
    identifier = Term()
    source = Term()
    title = Term()
    description = Term()


class SCHEMA(Namespace):
    """Reports, as schema.org describes them, and coordinates."""

    IRI = PREFIXES["schema"]
    NewsArticle = Term()
    headline = Term()
    datePublished = Term()
    publisher = Term()
    url = Term()
    inLanguage = Term()
    latitude = Term()
    longitude = Term()


class PROV(Namespace):
    """Where a derived thing comes from."""

    IRI = PREFIXES["prov"]
    wasDerivedFrom = Term()


class GEO(Namespace):
    """Containment of places (GeoSPARQL)."""

    IRI = PREFIXES["geo"]
    sfWithin = Term()


class VOID(Namespace):
    """Description of an export."""

    IRI = PREFIXES["void"]
    Dataset = Term()
    uriSpace = Term()
    vocabulary = Term()
