"""The only place that knows IRIs: references, and the term that a word of the model stands for.

`MKG` holds the terms of the ontology, the other namespaces the terms in use of other vocabularies.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.terms import (
    BASE,
    DCTERMS,
    GEO,
    ID,
    KINDS,
    MKG,
    ONTOLOGY,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SCHEMES,
    SKOS,
    VOID,
    XSD,
    Namespace,
    Term,
)

__all__ = [
    "BASE", "DCTERMS", "EDGES", "EVENT_CLASS", "FORMERLY", "GEO", "GRAPH", "ID", "KINDS", "MKG", "ONTOLOGY",
    "PREFIXES", "PROV", "QUALIFIERS", "RDF", "RDFS", "RELATION", "ROLES", "SCHEMA", "SCHEMES", "SKOS",
    "STANCE", "STATES", "VOID", "XSD", "certainty", "date_literal", "iri", "local", "predicate", "ref",
    "role_predicate", "types",
]  # fmt: skip


class GRAPH(Namespace):
    """The named graphs that are not a report's. All but `registry` and `runs` are derived."""

    IRI = PREFIXES["graph"]
    registry = Term()
    runs = Term()
    places = Term()
    outlets = Term()
    identity = Term()
    propositions = Term()
    accepted = Term()
    index = Term()
    dataset = Term()


STANCE: Mapping[str, NamedNode] = MappingProxyType(
    {
        "asserted": MKG.asserts,
        "reported": MKG.hedges,
        "suspected": MKG.hedges,
        "claimed": MKG.claims,
        "denied": MKG.denies,
        "negated": MKG.denies,
        "hypothetical": MKG.supposes,
    }
)
"""The predicate from an assertion to its proposition, by certainty. `MKG.states` is written beside each."""

EVENT_CLASS: Mapping[str, NamedNode] = MappingProxyType(
    {
        "attack": MKG.Attack,
        "operation": MKG.Operation,
        "clash": MKG.Clash,
        "killing": MKG.Killing,
        "capture": MKG.Capture,
        "merger": MKG.Merger,
        "split": MKG.Split,
        "agreement": MKG.Agreement,
        "designation": MKG.Designation,
    }
)
"""The class of the event, by the fact types that tell one."""

RELATION: Mapping[str, NamedNode] = MappingProxyType(
    {
        "allegiance": MKG.allegianceTo,
        "affiliation": MKG.affiliatedTo,
        "membership": MKG.memberOf,
        "leadership": MKG.leads,
        "control": MKG.controls,
        "support": MKG.supports,
        "merger": MKG.mergedInto,
        "split": MKG.splitFrom,
        "designation": MKG.designated,
        "claim": MKG.claimed,
        "denial": MKG.denied,
    }
)
"""The relation from agent (or party) to object (place, or the event `about`), by fact type."""

ROLES: Mapping[tuple[str, str], NamedNode] = MappingProxyType(
    {
        ("", "agent"): MKG.perpetrator,
        ("", "leader"): MKG.commander,
        ("", "target"): MKG.target,
        ("", "victim"): MKG.victim,
        ("", "party"): MKG.party,
        ("capture", "object"): MKG.target,
        ("merger", "object"): MKG.resulting,
        ("split", "agent"): MKG.party,
        ("split", "object"): MKG.original,
        ("designation", "agent"): MKG.authority,
        ("designation", "object"): MKG.listed,
    }
)
"""The predicate from an event to what fills a role, by (fact type, role); an empty type is the rule."""

FORMERLY: Mapping[NamedNode, NamedNode] = MappingProxyType(
    {
        MKG.allegianceTo: MKG.formerlyAllegianceTo,
        MKG.affiliatedTo: MKG.formerlyAffiliatedTo,
        MKG.memberOf: MKG.formerlyMemberOf,
        MKG.leads: MKG.formerlyLeads,
        MKG.controls: MKG.formerlyControls,
    }
)
"""The plain edge that stands for a state once its end is accepted, by the edge while it holds."""

STATES: tuple[NamedNode, ...] = tuple(FORMERLY)
"""The relations that hold for a time and get a state node."""

EDGES: tuple[NamedNode, ...] = (
    *STATES, *FORMERLY.values(), MKG.supports, MKG.splitFrom, MKG.mergedInto, MKG.successorOf, MKG.designated,
    MKG.mediaArmOf, MKG.claimed, MKG.denied,
)  # fmt: skip
"""The plain edges that start at an actor; they end at an actor, but `controls` at a place and
`claimed`, `denied` at an event."""

QUALIFIERS: tuple[NamedNode, ...] = (
    MKG.place, MKG.tactic, MKG.outcome, MKG.date, MKG.earliest, MKG.latest, MKG.killedLow, MKG.killedHigh,
    MKG.woundedLow, MKG.woundedHigh, MKG.missingLow, MKG.missingHigh,
)  # fmt: skip
"""The circumstances that an assertion gives of an event, and that accepted carries as chosen values."""

_SUPERCLASSES: Mapping[NamedNode, NamedNode] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                MKG.ArmedGroup, MKG.StateForce, MKG.InternationalForce, MKG.Government, MKG.Person,
                MKG.Community, MKG.Civilians, MKG.MediaArm, MKG.Outlet, MKG.UnnamedActor,
            ),
            MKG.Actor,
        ),
        **dict.fromkeys(EVENT_CLASS.values(), MKG.Event),
        **dict.fromkeys((MKG.Facility, MKG.UnnamedPlace), MKG.Place),
    }
)  # fmt: skip


def types(name: str) -> tuple[NamedNode, ...]:
    """Return a class and its super-class in the ontology, both to be written, since stores don't infer.

    Args:
        name: the local name of a class, for instance "ArmedGroup".

    Raises:
        UsageError: the ontology has no such term.

    >>> [node.value.partition("#")[2] for node in types("Attack")]
    ['Attack', 'Event']
    """
    node = predicate(name)
    return (node, _SUPERCLASSES[node]) if node in _SUPERCLASSES else (node,)


def role_predicate(fact_type: str, role: str) -> NamedNode | None:
    """Return the predicate from an event to the fillers of a role, None where it makes no proposition."""
    return ROLES.get((fact_type, role)) or ROLES.get(("", role))


def certainty(name: str) -> NamedNode:
    """Return the concept of a certainty of `kg.model.CERTAINTIES`."""
    return iri(f"mkg-certainty:{name}")


def predicate(name: str) -> NamedNode:
    """Return the term with a local name of the ontology; "type" is rdf:type.

    Raises:
        UsageError: the ontology has no such term.

    >>> predicate("type").value
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
    """
    if name == "type":
        return RDF.type
    try:
        return _TERMS[name]
    except KeyError:
        raise UsageError(f"the ontology has no term {name!r}: see ontology/kg.ttl") from None


def local(node: NamedNode) -> str:
    """Return the local name of a term of the ontology, or "type" for rdf:type: the inverse of `predicate`.

    Raises:
        UsageError: the node is neither.
    """
    if node == RDF.type:
        return "type"
    prefix, _, name = node.value.partition("#")
    if f"{prefix}#" != ONTOLOGY or name not in _TERMS:
        raise UsageError(f"not a term of the ontology: {node}")
    return name


def iri(reference: str) -> NamedNode:
    """Return the node that a reference `prefix:local` names.

    Raises:
        UsageError: the prefix is unknown or the local part can't stand in an IRI.

    >>> iri("actor:jnim").value
    'https://w3id.org/militant-kg/id/actor/jnim'
    """
    prefix, colon, name = reference.partition(":")
    if not colon or prefix not in PREFIXES or not name:
        raise UsageError(f"not a reference of the form prefix:name with a known prefix: {reference!r}")
    try:
        return NamedNode(PREFIXES[prefix] + name)
    except ValueError as error:
        raise UsageError(f"not a valid IRI: {reference!r} ({error})") from error


def ref(node: NamedNode) -> str:
    """Return the reference `prefix:local` of a node: the inverse of `iri`.

    Raises:
        UsageError: the node is under no prefix.

    >>> ref(NamedNode("https://w3id.org/militant-kg/id/actor/jnim"))
    'actor:jnim'
    """
    cut = max(node.value.rfind("#"), node.value.rfind("/")) + 1
    prefix = _PREFIX_OF.get(node.value[:cut])
    if prefix is None or cut == len(node.value):
        raise UsageError(f"no prefix stands for {node}")
    return f"{prefix}:{node.value[cut:]}"


def date_literal(iso: str) -> Literal:
    """Return a date typed by its precision: "2019" is xsd:gYear, "2019-03" xsd:gYearMonth, else xsd:date.

    Args:
        iso: an ISO date of four, seven or ten characters; its validity is the caller's concern.

    >>> date_literal("2018-06").datatype == XSD.gYearMonth
    True
    """
    datatype = {4: XSD.gYear, 7: XSD.gYearMonth}.get(len(iso), XSD.date)
    return Literal(iso, datatype=datatype)


_TERMS = MKG.terms()
_PREFIX_OF = {base: prefix for prefix, base in PREFIXES.items()}
