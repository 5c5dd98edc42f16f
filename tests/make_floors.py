"""Write tests/data/floors.json: how well each gold set must be read, a little under how well it is.

    python tests/make_floors.py [SET ...]          raise floors that can be raised, add missing ones
    python tests/make_floors.py --lower "REASON"   let floors go down; the reason is kept in the file

A floor that is not met is never lowered without a reason. Sets of the evaluation material keep their floors
where the material is absent.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

FLOORS = Path(__file__).parent / "data" / "floors.json"


def floor_of(value: float, margin: float) -> float:
    """Return the floor under a measured value, in thousandths."""
    return max(0.0, math.floor(round((value - margin) * 1000, 6)) / 1000)


def updated(floors: dict, name: str, measured: dict, *, digest: str, reason: str) -> list[str]:
    """Put the floors of a set right, in place, and return those that would go down without a reason."""
    entry = floors["sets"].setdefault(name, {"gold": digest, "floors": {}})
    old, refused = entry["floors"], []
    for measure, (value, margin) in measured.items():
        new, before = floor_of(value, margin), old.get(measure, 0.0)
        if value >= before:
            old[measure] = max(new, before)
        elif reason:
            floors["lowered"].append(
                {"set": name, "measure": measure, "from": before, "to": new, "reason": reason}
            )
            old[measure] = new
        else:
            refused.append(f"{name} {measure}: {value:.3f} is below the floor of {before}")
    for measure in set(old) - set(measured):
        refused.append(f"{name} {measure}: can't be measured any more")
    entry["gold"] = digest
    return refused


def main(arguments: list[str]) -> int:
    """Measure, write, and say what was refused."""
    import quality

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", help="only these")
    parser.add_argument("--lower", default="", metavar="REASON", help="why floors may go down")
    given = parser.parse_args(arguments)
    floors = {"lowered": [], "sets": {}}
    if FLOORS.exists():
        floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    refused = []
    every = [*quality.OURS, quality.PROSE, *quality.THEIRS, *quality.LINKS, *quality.PUBLIC]
    for name in given.sets or every:
        if name == quality.PROSE or quality.path_of(name) is not None:
            refused += updated(
                floors, name, quality.measures(name), digest=quality.digest(name), reason=given.lower.strip()
            )
    for line in refused:
        sys.stderr.write(f"refused: {line}; mend the reading, or give --lower REASON\n")
    if refused:
        return 3
    FLOORS.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
