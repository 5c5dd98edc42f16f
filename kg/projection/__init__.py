"""The networkx graphs made from the RDF: who is tied to whom, through which events, on whose word.

A projection is lossy by declaration: it holds accepted, contested and suspected propositions as edges,
and never one that is denied or hypothetical; what was denied stays readable as a statement of the node.

    graph = full_graph(store)                    # actors, events, places
    graph = actor_graph(store)                   # actors alone, events folded into edges between them
    graph = focus(graph, "jnim", hops=1)         # one actor's surroundings
    graph = between(graph, "2018", "2018-06")    # what falls in a period, and what has no date

Nodes are references ("actor:jnim"). Their attributes: `kind` (actor, event, place), `type` (the class),
`label`, `aliases`, `statements`; an actor's `family`, `family_label`, `theatre`, `unnamed`, `events`,
`reports` and, where the registry knows since or until when it existed, `active_from`, `active_to`,
`sources` (tuple of `Cited`: title, url); an event's `status`, `date`, `earliest`, `latest`, `place`,
`tactic`, `outcome`, the tolls, `unclaimed`; a place's `latitude`, `longitude`, `exact` where it
can be located.
Edges are keyed by relation (and status where folded from events). Their attributes: `relation`,
`status`, `certainties`, `stances`, `begin`, `end`, `periods` ("begin/end"), `earliest`, `latest`,
`ended`, `reports`, `derived`, `events`, `background` (the registry alone says so), `confidence`,
`evidence` (tuple of `Statement`).
Edges of a role point the way the deed goes: perpetrator to event, event to target.
"""

from __future__ import annotations

from kg.projection.activity import Cited
from kg.projection.build import actor_graph, actors_only, full_graph
from kg.projection.excerpt import between, confident, focus
from kg.projection.source import Source
from kg.projection.statement import CONTEXT, Statement

__all__ = [
    "CONTEXT",
    "Cited",
    "Source",
    "Statement",
    "actor_graph",
    "actors_only",
    "between",
    "confident",
    "focus",
    "full_graph",
]
