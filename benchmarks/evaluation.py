"""How well every gold set at hand is read, as one table: python -m benchmarks.evaluation

The sets of the evaluation material are read where it is present ($KG_EVAL, or where the tests find it).
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))


def table():
    """Return the scores of all sets, with the floor of each measure in brackets."""
    import json

    import quality
    from make_floors import FLOORS
    from rich.table import Table

    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["sets"]
    measures = ("precision", "recall", "f1", *quality.SHARES)
    shown = Table("set", *measures, title="measured (floor)")
    for name in (*quality.OURS, *quality.THEIRS, *quality.LINKS):
        if quality.path_of(name) is None:
            continue
        found = {measure: value for measure, (value, _) in quality.measures(name).items()}
        least = floors.get(name, {}).get("floors", {})
        cells = (f"{found[one]:.3f} ({least.get(one, 0):.2f})" if one in found else "" for one in measures)
        shown.add_row(name, *cells)
    return shown


if __name__ == "__main__":
    from rich.console import Console

    Console(width=160).print(table())
