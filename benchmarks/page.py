"""Making the network page, against pyvis's own page of the same graph (no panel, and it needs a network)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.timing import alternate, memory, ratio, spread
from kg import api
from kg.view import page


def main() -> None:
    from pyvis.network import Network

    with tempfile.TemporaryDirectory() as folder:
        api.build(*api.sample_sources(), store=Path(folder) / "store", out=Path(folder) / "out")
        with api.open(Path(folder) / "store") as opened:
            graph = opened.graph()

    def theirs() -> str:
        network = Network(directed=True, cdn_resources="in_line")
        for node in graph:
            network.add_node(node, label=str(node))
        for source, target in graph.edges():
            network.add_edge(source, target)
        return network.generate_html(notebook=False)

    ours, plain = alternate(lambda: page(graph, title="Benchmark"), theirs, runs=3)
    print(f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges")
    print(f"ours  {spread(ours)}  {len(page(graph, title='Benchmark')) / 1e6:.2f} MB")
    print(f"pyvis {spread(plain)}  {len(theirs()) / 1e6:.2f} MB")
    print(f"ratio {ratio(ours, plain):.2f}; {memory():.0f} MB")
