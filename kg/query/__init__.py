"""Questions to the store: named queries, SPARQL from outside under guard, and answers in five formats."""

from __future__ import annotations

from kg.query.answer import Answer
from kg.query.named import NamedQuery, Parameter, catalogue
from kg.query.running import DEFAULT_LIMIT, DEFAULT_TIMEOUT, run
from kg.query.writing import FORMATS, names, write
from kg.store import Results

__all__ = [
    "DEFAULT_LIMIT",
    "DEFAULT_TIMEOUT",
    "FORMATS",
    "Answer",
    "NamedQuery",
    "Parameter",
    "Results",
    "catalogue",
    "names",
    "run",
    "write",
]
