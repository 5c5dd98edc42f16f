"""GraphML and GEXF of the projection, for Gephi, Cytoscape and R: the same bytes for the same graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.export import flat

if TYPE_CHECKING:
    import networkx as nx

_DAY = re.compile(r' lastmodifieddate="[^"]*"')  # networkx writes the day of the run


def graph_file(graph: nx.MultiDiGraph, file_format: str) -> Iterator[str]:
    """Yield the lines of a graph file.

    Args:
        graph: the full projection; lists become text, and evidence its speakers and quotes.
        file_format: "graphml" or "gexf".

    Raises:
        UsageError: the format is another.
    """
    import networkx as nx

    plain = _plain(graph)
    if file_format == "graphml":
        lines = nx.generate_graphml(plain, named_key_ids=True, edge_id_from_attribute="id")
        yield "<?xml version='1.0' encoding='utf-8'?>\n"
    elif file_format == "gexf":
        lines = nx.generate_gexf(plain, version="1.2draft")
        yield "<?xml version='1.0' encoding='utf-8'?>\n"
    else:
        raise UsageError(f"no graph file format {file_format!r}; choose graphml or gexf")
    for line in lines:
        yield _DAY.sub("", line) + "\n"


def _plain(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    import networkx as nx

    plain = nx.MultiDiGraph()
    for node, data in flat.nodes(graph):
        plain.add_node(node, **data)
    for number, (start, end, key, data) in enumerate(flat.edges(graph)):
        plain.add_edge(start, end, key=number, id=f"e{number}", key_name=key, **data)
    return plain
