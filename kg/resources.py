"""Where the data that ships with the package lies on disk."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KGError

_PACKAGE = Path(__file__).resolve().parent


def ontology_dir() -> Path:
    """Return the folder of the ontology: inside an installed wheel, else beside the package.

    Raises:
        KGError: the installation lacks it.
    """
    return _first(_PACKAGE / "ontology", _PACKAGE.parent / "ontology")


def samples_dir() -> Path:
    """Return the folder of the sample reports.

    Raises:
        KGError: the installation lacks it.
    """
    return _first(_PACKAGE / "samples")


def queries_dir() -> Path:
    """Return the folder of the named queries.

    Raises:
        KGError: the installation lacks it.
    """
    return _first(_PACKAGE / "queries")


def answers_dir() -> Path:
    """Return the folder of the example answers of the named queries.

    Raises:
        KGError: the installation lacks it.
    """
    return _first(_PACKAGE / "queries" / "answers")


def _first(*folders: Path) -> Path:
    for folder in folders:
        if folder.is_dir():
            return folder
    raise KGError(f"the installation is incomplete: no folder {folders[-1]}; install militant-kg again")
