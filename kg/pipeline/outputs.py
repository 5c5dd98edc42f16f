"""The files that describe a store: written beside their place, then renamed, the same for the same store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.export import export
from kg.files import write
from kg.store import Store

FILES = ("graph.ttl", "graph.trig", "facts.jsonl", "report.md", "network.html")


def write_outputs(
    store: Store, folder: str | Path, *, watch: Callable[[str], None] | None = None
) -> list[Path]:
    """Write FILES into a folder, which is made where it is missing, and return their paths.

    Args:
        store: what the files describe.
        folder: where they go.
        watch: told the name of each file before it is made.

    Raises:
        ExportError: a file can't be written.
    """
    from kg.overview import overview
    from kg.projection import full_graph
    from kg.view import page

    graph = full_graph(store)
    makers: dict[str, Callable[[Path], None]] = {
        "graph.ttl": lambda path: export(store, path),
        "graph.trig": lambda path: export(store, path),
        "facts.jsonl": lambda path: export(store, path),
        "report.md": lambda path: write(path, overview(store, graph)),
        "network.html": lambda path: write(path, page(graph)),
    }
    paths = []
    for name in FILES:
        if watch is not None:
            watch(name)
        path = Path(folder) / name
        makers[name](path)
        paths.append(path)
    return paths
