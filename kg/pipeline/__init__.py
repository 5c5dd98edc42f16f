"""The whole way: reports in, a store and the files that describe it out."""

from __future__ import annotations

from kg.pipeline.difference import Difference, differences
from kg.pipeline.outputs import FILES, write_outputs
from kg.pipeline.review import decide
from kg.pipeline.stored import Inventory, inventory, stored_report
from kg.pipeline.work import Reader, Summary, build, derive, extractions, judgements_of, retract

__all__ = [
    "FILES", "Difference", "Inventory", "Reader", "Summary", "build", "decide", "derive", "differences",
    "extractions", "inventory", "judgements_of", "retract", "stored_report", "write_outputs",
]  # fmt: skip
