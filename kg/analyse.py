"""What the shape of the network says, in numbers: its parts, hubs, bridges and communities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.projection import actors_only

if TYPE_CHECKING:
    import networkx as nx

_SEED = 1
_EXACT = (
    1500  # actors up to which betweenness visits every one; above, it starts from this many chosen by seed
)


@dataclass(frozen=True, slots=True)
class Rank:
    """An actor's place in the network. `degree` counts other actors; `betweenness` is in [0, 1]."""

    actor: str
    label: str
    degree: int
    betweenness: float
    events: int
    reports: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The numbers of a projection.

    `ranks` are its most connected actors, `communities` and `components` groups of two or more actors,
    largest first, members from the most connected on. `statuses` and `relations` count the edges that
    propositions make, `kinds` the nodes.
    """

    kinds: dict[str, int]
    relations: dict[str, int]
    statuses: dict[str, int]
    components: tuple[tuple[str, ...], ...]
    communities: tuple[tuple[str, ...], ...]
    ranks: tuple[Rank, ...]


def analyse(graph: nx.MultiDiGraph, *, top: int = 10) -> Analysis:
    """Return the numbers of a projection.

    Ties between actors are taken without direction, one for each pair; communities are found by greedy
    modularity, in which the number of relations between two actors is the weight of their tie.

    Args:
        graph: a projection as in `kg.projection`.
        top: how many actors to rank.

    Source: modularity after Clauset, Newman, Moore, "Finding community structure in very large
    networks", Physical Review E 70 (2004), as in networkx; betweenness after Brandes (2001), likewise.
    """
    import networkx as nx

    ties = _ties(graph)
    between = nx.betweenness_centrality(
        ties, k=_EXACT if ties.number_of_nodes() > _EXACT else None, seed=_SEED
    )
    ranked = sorted(ties, key=lambda actor: (-ties.degree(actor), -round(between[actor], 9), actor))
    place = {actor: rank for rank, actor in enumerate(ranked)}

    def ordered(groups: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
        members = (tuple(sorted(group, key=place.__getitem__)) for group in groups)
        return tuple(sorted((one for one in members if len(one) > 1), key=lambda one: (-len(one), one)))

    stated = [data for *_, data in graph.edges(data=True) if not data["derived"]]
    return Analysis(
        kinds=_counts(kind for _, kind in graph.nodes(data="kind")),
        relations=_counts(data["relation"] for data in stated),
        statuses=_counts(data["status"] for data in stated),
        components=ordered(nx.connected_components(ties)),
        communities=ordered(_communities(ties)),
        ranks=tuple(_rank(graph, ties, between, actor) for actor in ranked[:top]),
    )


def _ties(graph: nx.MultiDiGraph) -> nx.Graph:
    """Return the actors with one weighted tie for each pair that an edge joins."""
    import networkx as nx

    ties = nx.Graph()
    folded = actors_only(graph)
    ties.add_nodes_from(sorted(folded))
    for start, end in sorted(folded.edges()):
        if start != end:
            weight = ties.get_edge_data(start, end, {"weight": 0})["weight"]
            ties.add_edge(start, end, weight=weight + 1)
    return ties


def _communities(ties: nx.Graph) -> list[frozenset[str]]:
    import networkx as nx

    if not ties.number_of_edges():
        return []
    return list(nx.community.greedy_modularity_communities(ties, weight="weight"))


def _rank(graph: nx.MultiDiGraph, ties: nx.Graph, between: dict[str, float], actor: str) -> Rank:
    data = graph.nodes[actor]
    return Rank(
        actor=actor,
        label=data["label"],
        degree=ties.degree(actor),
        betweenness=round(between[actor], 6),
        events=data["events"],
        reports=data["reports"],
    )


def _counts(values: Iterable[str]) -> dict[str, int]:
    counted = Counter(values)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
