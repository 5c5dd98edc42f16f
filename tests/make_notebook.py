"""Run the worked notebook and write it back with what it shows: python tests/make_notebook.py.

Nothing of the run itself stays in the file: the same code and the same sample reports give the same bytes.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parent.parent / "docs" / "worked-example.ipynb"
_KEPT = ("text/plain", "text/html")


def executed() -> str:
    """Return the notebook as it is after a run in an empty folder."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": folder}})
        client.execute(env={**os.environ, "COLUMNS": "100"})
    for cell in notebook.cells:
        cell.metadata = nbformat.NotebookNode()
        for output in cell.get("outputs", ()):
            output.metadata = nbformat.NotebookNode()
            output.data = nbformat.NotebookNode({k: output.data[k] for k in _KEPT if k in output.data})
    notebook.metadata = nbformat.NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"}
    )
    nbformat.validate(notebook)
    return nbformat.writes(notebook, indent=1) + "\n"


if __name__ == "__main__":
    NOTEBOOK.write_text(executed(), encoding="utf-8")
