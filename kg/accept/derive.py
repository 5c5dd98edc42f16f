"""All derived graphs from the report graphs, the registry and the judgements: nothing in them is edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from kg.accept.described import outlet_quads, place_quads
from kg.accept.events import circumstances
from kg.accept.states import Triple, state_triples
from kg.accept.status import Proposition, Rule, event_of, propositions, rule
from kg.assertion import assertions_of, material, ordered
from kg.join import Identity, Joiner, actor_kinship, identity_quads
from kg.judgement import Judgement
from kg.model import Assertion
from kg.vocab import GRAPH, MKG, RDF, STANCE, STATES, iri, types

if TYPE_CHECKING:
    from kg.registry import Registry


def derive(quads: Iterable[Quad], registry: Registry, judgements: Sequence[Judgement] = ()) -> list[Quad]:
    """Return the quads of every derived graph, each once, in the order of N-Quads lines.

    Args:
        quads: the graphs of all reports, in any order.
        registry: its relations are assertions like those of reports.
        judgements: in the order in which they were made.
    """
    told = material(quads)
    published = {head.id: head.published for head in told.reports.values()}
    joiner = Joiner(judgements, registry)
    clusters = joiner.gathered(told.tellings, told.assertions, published=published)
    index = list(joiner.index(joiner.units(clusters), clusters.alone()))
    joiner.join(clusters)
    identity = joiner.identity(clusters)
    stated = (*told.assertions, *assertions_of(registry.quads()))
    ruling = rule(judgements, identity, actor_kinship(registry))
    settled = accept(stated, identity, ruling)
    derived = {
        *index,
        *identity_quads(identity),
        *proposition_quads(settled),
        *accepted_quads(settled, ruling, registry),
        *place_quads(told.places, registry),
        *outlet_quads(told.reports.values()),
    }
    return ordered(derived)


def accept(assertions: Iterable[Assertion], identity: Identity, ruling: Rule) -> list[Proposition]:
    """Return every proposition with its status, ordered by reference.

    Those of one event, or of one relation, are settled together and apart from all others, so that a
    change need only settle the groups that it touches.

    Args:
        assertions: of reports and of the registry, in any order.
        identity: which tellings and actors are the same.
        ruling: what settles a group: judgements and which actors are part of which.
    """
    settled = [
        proposition
        for group in _groups(propositions(assertions, identity))
        for proposition in ruling.settle(group)
    ]
    return sorted(settled, key=lambda proposition: proposition.id)


def proposition_quads(settled: Iterable[Proposition]) -> Iterator[Quad]:
    """Yield graph:propositions: each proposition with its status, and each assertion's stance towards it."""
    for proposition in settled:
        yield from status_quads(proposition)
        yield from stance_quads(proposition, proposition.assertions)


def status_quads(proposition: Proposition) -> Iterator[Quad]:
    """Yield what graph:propositions says of a proposition itself."""
    node, graph = iri(proposition.id), GRAPH.propositions
    subject, predicate, object_ = proposition.nodes
    yield Quad(node, RDF.type, MKG.Proposition, graph)
    yield Quad(node, MKG.subject, subject, graph)
    yield Quad(node, MKG.predicate, predicate, graph)
    yield Quad(node, MKG.object, object_, graph)
    yield Quad(node, MKG.status, iri(f"mkg-status:{proposition.status}"), graph)


def stance_quads(proposition: Proposition, assertions: Iterable[Assertion]) -> Iterator[Quad]:
    """Yield the stance of some of the assertions of a proposition towards it."""
    node, graph = iri(proposition.id), GRAPH.propositions
    for assertion in assertions:
        yield Quad(iri(assertion.id), STANCE[assertion.certainty], node, graph)
        yield Quad(iri(assertion.id), MKG.states, node, graph)


def accepted_quads(settled: Iterable[Proposition], ruling: Rule, registry: Registry) -> Iterator[Quad]:
    """Yield graph:accepted: plain edges, states, and accepted events with their chosen circumstances."""
    for group in _groups(settled):
        for triple in _accepted(group, ruling, registry):
            yield Quad(*triple, GRAPH.accepted)


def _accepted(group: Sequence[Proposition], ruling: Rule, registry: Registry) -> Iterator[Triple]:
    accepted = [one for one in group if one.status == "accepted" and one.subject != one.object]
    for one in accepted:
        subject, predicate, object_ = one.nodes
        if predicate in STATES:
            yield from state_triples(one, ruling, registry)
            continue
        yield subject, predicate, object_
        if event_of(one) == one.subject:
            yield subject, RDF.type, MKG.Event
        if one.predicate == "type":
            yield from ((subject, RDF.type, class_) for class_ in types(one.object))
    event = event_of(group[0])
    happened = any(one.subject == event and one.predicate != "claimStatus" for one in accepted)
    if event and happened:
        for property_, value in circumstances(group, ruling, registry):
            yield iri(event), property_, value


def _groups(settled: Iterable[Proposition]) -> list[list[Proposition]]:
    """Return the propositions by event, and each relation by itself, in the order of the first."""
    groups: dict[str, list[Proposition]] = {}
    for proposition in settled:
        groups.setdefault(event_of(proposition) or proposition.id, []).append(proposition)
    return list(groups.values())
