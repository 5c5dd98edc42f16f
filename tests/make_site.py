"""Write the web pages of the ontology: python tests/make_site.py [FOLDER].

`make docs` writes them to build/docs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from site_pages import ROOT, pages


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    sys.stderr.write(f"docs: wrote {folder / 'index.html'}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "docs")
