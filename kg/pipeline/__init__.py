"""The whole way: reports in, a store and the files that describe it out."""

from __future__ import annotations

from kg.pipeline.checking import Fault, check, contents
from kg.pipeline.difference import Difference, differences
from kg.pipeline.outputs import FILES, write_outputs
from kg.pipeline.review import decide
from kg.pipeline.stored import Inventory, inventory, stored_report
from kg.pipeline.work import (
    Reader,
    Summary,
    build,
    extractions,
    judgements_of,
    maintenance,
    rederive,
    retract,
)

__all__ = [
    "FILES",
    "Difference",
    "Fault",
    "Inventory",
    "Reader",
    "Summary",
    "build",
    "check",
    "contents",
    "decide",
    "differences",
    "extractions",
    "inventory",
    "judgements_of",
    "maintenance",
    "rederive",
    "retract",
    "stored_report",
    "write_outputs",
]  # fmt: skip
