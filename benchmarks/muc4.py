"""MUC-4, its development reports: the facts read in them as the task's templates, by the task's scorer.

Facts become templates of one incident each: who did it, to whom or what, with what. The task wants
particulars, not all that is told: clashes between guerrillas and an army are left out, as is what is told
as possible or untrue; incidents of one type that share a target or victim are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.material import UNTRUE, Row, records, scorer, table
from kg import api
from kg.model import Extraction, Report

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")

TYPES = {  # incident types of the task, by tactic; every other tactic is an attack
    "bombing": (
        "bombing", "ied", "car-bombing", "suicide-bombing", "suicide-car-bombing", "grenade-attack",
        "landmine", "parcel-bomb", "rocket-attack", "mortar-attack",
    ),
    "kidnapping": ("kidnapping", "abduction", "hostage-taking", "hijacking"),
    "arson": ("arson",),
    "robbery": ("looting",),
}  # fmt: skip
TYPE_OF = {tactic: name for name, tactics in TYPES.items() for tactic in tactics}
EVENTS = frozenset({"attack", "killing", "capture", "operation"})
BODIES = frozenset({"ArmedGroup", "StateForce", "InternationalForce", "Government", "Community"})


def telex(record: Mapping[str, Any]) -> Report:
    """Return a record as a report: its text in capitals as it came over the wire, without the dateline."""
    head, mark, body = record["raw_text"].partition("[TEXT]")
    return Report((body if mark else head).strip(), published=_day(record["dateline"].get("date") or ""))


def _day(printed: str) -> str:
    """Return the ISO day of a dateline's date ("4 FEB 90"), "" where it has none."""
    months = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
    hit = re.fullmatch(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)", printed.strip())
    if hit is None or hit[2] not in months:
        return ""
    return f"19{hit[3]}-{months.index(hit[2]) + 1:02}-{int(hit[1]):02}"


def templates(extraction: Extraction) -> list[dict[str, Any]]:
    """Return the templates of a report, in text order."""
    found: list[dict[str, Any]] = []
    told = {m.start: m for m in extraction.mentions}
    for fact in extraction.facts:
        if fact.type not in EVENTS or fact.certainty in UNTRUE:
            continue
        tactic = next((f.link for f in fact.fillers("tactic")), None) or ""
        made: dict[str, Any] = {
            "incident_type": TYPE_OF.get(tactic, "attack"),
            **{role: [] for role in ROLES},
        }
        for filler in fact.fillers("agent"):
            mention = told.get(filler.start)
            people = mention is not None and mention.clues.people
            body = filler.kind in BODIES and not people
            made["PerpOrg" if body else "PerpInd"].append([filler.label])
        for filler in (*fact.fillers("target"), *fact.fillers("victim")):
            if filler.kind == "Person":
                made["Victim"].append([filler.label])
            elif filler.kind in ("Facility", "Place"):
                made["Target"].append([filler.label])
        if fact.type in ("capture",) and made["incident_type"] == "attack":
            continue
        found.append(made)
    return found


def predicted(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the templates of some records as the scorer reads them."""
    for row, extraction in zip(rows, api.extractor().extract(map(telex, rows)), strict=True):
        yield {"docid": row["docid"], "templates": templates(extraction)}


def scores(path: Path) -> dict[str, Row]:
    """Return precision, recall and F1 in hundredths of each role, of CEAF-REE and of templates."""
    rows = records(path)
    result = scorer(path.parent / "score.py").score(rows, list(predicted(rows)))
    return {
        **{role: result["ceaf_ree"][role] for role in ROLES},
        "CEAF-REE": result["ceaf_ree"]["micro_avg"],
        "templates": result["gtt"]["micro_avg"],
    }


def main() -> None:
    """Print the scores of the development reports, where they are present."""
    table("muc4", scores)
