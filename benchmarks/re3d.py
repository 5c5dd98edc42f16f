"""re3d, its development documents: the facts read in them as relations between actors, by its own scorer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.material import UNTRUE, Row, records, scorer, table
from kg import api
from kg.model import Extraction, Fact, Filler, Report

TYPES = ("FightingAgainst", "AlliesOf", "BelongsTo", "InChargeOf")
TYPE_OF = {
    "attack": "FightingAgainst", "operation": "FightingAgainst", "killing": "FightingAgainst",
    "capture": "FightingAgainst", "clash": "FightingAgainst",
    "support": "AlliesOf", "agreement": "AlliesOf", "merger": "AlliesOf",
    "membership": "BelongsTo", "affiliation": "BelongsTo", "allegiance": "BelongsTo",
    "leadership": "InChargeOf",
}  # fmt: skip
MUTUAL = frozenset({"FightingAgainst", "AlliesOf"})
NO_ACTORS = frozenset({"Place", "Facility", "Tactic"})  # fill roles, and are none
STATES = frozenset({"StateForce", "InternationalForce", "Government"})  # in one clash they are one side


def pairs(fact: Fact) -> Iterator[tuple[str, Filler, Filler]]:
    """Yield the relations that a fact states: type, source, target."""
    kind = TYPE_OF.get(fact.type)
    if kind is None:
        return
    agents = fact.fillers("agent")
    others = [f for role in ("target", "victim", "object") for f in fact.fillers(role)]
    for one, other in itertools.product(agents, others):
        if other.kind not in NO_ACTORS:  # a country that acts is its government
            yield kind, one, other
    if kind in MUTUAL:
        for one, other in itertools.combinations(fact.fillers("party"), 2):
            allied = kind == "FightingAgainst" and {one.kind, other.kind} <= STATES
            if not allied and one.kind != "Facility" and other.kind not in NO_ACTORS:
                yield kind, one, other


def relations(extraction: Extraction) -> list[dict[str, Any]]:
    """Return the relations of a document between what can act."""
    found = []
    for fact in extraction.facts:
        for kind, one, other in pairs(fact) if fact.certainty not in UNTRUE else ():
            found.append({"type": kind, "source": _span(one), "target": _span(other)})
    return found


def _span(filler: Filler) -> dict[str, int]:
    return {"begin": filler.start, "end": filler.end}


def predicted(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the relations of some documents as the scorer reads them."""
    reports = [Report(row["text"], title=row.get("title") or "") for row in rows]
    for row, extraction in zip(rows, api.extractor().extract(reports), strict=True):
        yield {"docid": row["docid"], "relations": relations(extraction)}


def scores(path: Path) -> dict[str, Row]:
    """Return precision, recall and F1 in hundredths of each relation and of all, by document."""
    rows = records(path)
    result = scorer(path.parent / "score.py").score(rows, list(predicted(rows)), 0.5, set(TYPES), actors=True)
    return {
        **{kind: result["rel_doc"].get(kind, {}) for kind in TYPES},
        "relations": result["rel_doc"]["micro"],
    }


def main() -> None:
    """Print the scores of the development documents, where they are present."""
    table("re3d", scores)
