"""Write tests/data/fixture.trig: every graph of the invented reports in tests/world.py.

    python tests/make_fixture.py

The registry in it is the small one of tests/desk.py, not the curated one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pyoxigraph import RdfFormat, serialize

FIXTURE = Path(__file__).parent / "data" / "fixture.trig"
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]


def quads():
    """Return the quads of the fixture in the order of N-Quads lines."""
    import world
    from desk import small_registry

    from kg.accept import derive
    from kg.assertion import ordered, report_quads

    registry = small_registry()
    told = [quad for extraction in world.reports() for quad in report_quads(extraction, registry)]
    return ordered({*registry.quads(), *told, *derive(told, registry)})


def trig():
    """Return the fixture as TriG."""
    from kg.vocab import PREFIXES

    by_graph = sorted(quads(), key=lambda quad: (str(quad.graph_name), str(quad)))
    return serialize(by_graph, format=RdfFormat.TRIG, prefixes=dict(PREFIXES))


if __name__ == "__main__":
    FIXTURE.write_bytes(trig())
