"""Run every benchmark, or those named: `python -m benchmarks [reading] [engines] [page] …`."""

from __future__ import annotations

import importlib
import sys

NAMES = (
    "reading", "engines", "queries", "validating", "growth", "storing", "page", "explorer", "muc4", "re3d",
)  # fmt: skip


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names or NAMES:
        print(f"\n== {name}")
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


sys.exit(main(sys.argv[1:]))
