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

from benchmarks.material import Row, records, scorer, table
from kg import api
from kg.incidents import Incident
from kg.model import Report

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")

ROLE_OF = dict(zip(("individual", "organisation", "target", "victim", "weapon"), ROLES, strict=True))


def telex(record: Mapping[str, Any]) -> Report:
    """Return a record as a report: its text in capitals as it came over the wire, without the dateline."""
    head, mark, body = record["raw_text"].partition("[TEXT]")
    return Report(
        (body if mark else head).strip(), published=_day((record.get("dateline") or {}).get("date") or "")
    )


def _day(printed: str) -> str:
    """Return the ISO day of a dateline's date ("4 FEB 90"), "" where it has none."""
    months = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
    hit = re.fullmatch(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)", printed.strip())
    if hit is None or hit[2] not in months:
        return ""
    return f"19{hit[3]}-{months.index(hit[2]) + 1:02}-{int(hit[1]):02}"


def template(incident: Incident) -> dict[str, Any]:
    """Return an incident as a template of the task: one mention an entity."""
    filled = {ROLE_OF[role]: [[f.label] for f in fillers] for role, fillers in incident.roles.items()}
    return {"incident_type": incident.kind, **filled}


def predicted(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the templates of some records as the scorer reads them."""
    for row, told in zip(rows, api.extractor().incidents(map(telex, rows)), strict=True):
        yield {"docid": row["docid"], "templates": [template(one) for one in told]}


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
