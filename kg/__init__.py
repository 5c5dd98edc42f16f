"""A knowledge graph of militant actors: who pledged, attacked and claimed, who says so, in which words.

    import kg

    kg.build("reports/", store="kg-store", out="outputs")
    with kg.open("kg-store") as graph:
        for row in graph.query("claims", actor="jnim").rows:
            ...
        graph.export("graph.ttl")

`kg.read` yields reports, `kg.extract` the facts of one text, `kg.validate` checks a file. Nothing heavy is
imported until it is needed.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph, build, extract, open, read, validate
    from kg.errors import KGError
    from kg.model import Extraction, Fact, Mention, Report

__all__ = [
    "Extraction", "Fact", "KGError", "KnowledgeGraph", "Mention", "Report", "__version__", "build", "extract",
    "open", "read", "validate",
]  # fmt: skip

_HOME = {
    **dict.fromkeys(("KnowledgeGraph", "build", "extract", "open", "read", "validate"), "kg.api"),
    **dict.fromkeys(("Extraction", "Fact", "Mention", "Report"), "kg.model"),
    "KGError": "kg.errors",
}


class _Package(ModuleType):
    """Keeps the names of the verbs: importing the modules `kg.read` or `kg.extract` must not cover them."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    """Import a public name when it is first used (PEP 562)."""
    if name == "__version__":
        from kg.run import version

        return version()
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
