"""What the page carries of others: where each script and map lies, and that it is the one checked."""

from __future__ import annotations

import hashlib
import re
from importlib.util import find_spec
from pathlib import Path

from kg.errors import ExportError

_HERE = Path(__file__).parent / "vendor"
_VIS = "lib/vis-9.1.2/vis-network.min.js"
HASHES = {
    "topojson-client-3.1.0.min.js": "25cd02ae486cc5063e0215a4e4cfb15de83700c87ac48bac4d57dc6aaf3ebb89",
    "world-atlas-2.0.2-countries-50m.json": (
        "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"
    ),
}
"""SHA-256 of each file, by its name, which holds its version."""


def vendored(stem: str) -> str:
    """Return the text of a vendored file.

    Args:
        stem: how its name begins: "topojson-client" or "world-atlas".

    Raises:
        ExportError: it is missing, or not the file that was checked.
    """
    name = next(name for name in HASHES if name.startswith(stem))
    path = _HERE / name
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != HASHES[name]:
        raise ExportError(f"{name} is missing or changed: install militant-kg again")
    return content.decode("utf-8")


def vis_network() -> str:
    """Return vis-network's script; found without importing pyvis, without the pointer to its source map.

    Raises:
        ExportError: pyvis is missing.
    """
    found = find_spec("pyvis")
    for folder in found.submodule_search_locations or () if found else ():
        if (path := Path(folder) / _VIS).is_file():
            return re.sub(r"//# sourceMappingURL=\S*\s*$", "", path.read_text(encoding="utf-8"))
    raise ExportError(f"pyvis is missing or lacks {_VIS}: install militant-kg again")
