"""`kg analyse`: what the shape of the network says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.options import STORE

if TYPE_CHECKING:
    from kg.analyse import Analysis

_SHOWN = 8  # members of a community, communities


@click.command(short_help="Rank actors, find communities, count.")
@STORE
@click.option("--top", type=click.IntRange(1), default=10, show_default=True, help="How many actors to rank.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def analyse(*, store_path: str, top: int, output: str) -> None:
    """Rank the actors, find communities, and count what the network holds.

    A score describes the network that these reports made, not the conflict.
    """
    from kg.analyse import analyse as analysed
    from kg.projection import full_graph
    from kg.store import open_store

    with open_store(store_path, read_only=True) as store:
        graph = full_graph(store)
    found = analysed(graph, top=top)
    if output == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    labels = {node: str(label) for node, label in graph.nodes(data="label")}
    for line in _lines(found, labels):
        click.echo(line)


def _lines(found: Analysis, labels: dict[str, str]) -> Iterator[str]:
    for heading, counts in (
        ("nodes", found.kinds),
        ("relations", found.relations),
        ("status", found.statuses),
    ):
        yield f"{heading}: " + ", ".join(f"{count:,} {name}" for name, count in counts.items())
    yield ""
    yield "   ties  betweenness  events  reports  actor"
    for rank in found.ranks:
        yield f"{rank.degree:7,}  {rank.betweenness:11.3f}  {rank.events:6,}  {rank.reports:7,}  {rank.label}"
    yield ""
    parts = f"{len(found.communities):,} communities, {len(found.components):,} separate parts"
    yield f"{parts}; the largest communities:"
    for community in found.communities[:_SHOWN]:
        names = ", ".join(labels[actor] for actor in community[:_SHOWN])
        more = len(community) - _SHOWN
        yield f"  {names}" + (f" and {more:,} more" if more > 0 else "")
