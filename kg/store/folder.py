"""The folder of a store on disk: what makes it one, and who may open it.

A store's folder holds the marker `kg-store.json` with the number of the format, and the database in
`quads/`; other files, such as the judgements, may stand beside them, and `readers/` has links of those who
read the database just now (see `linked`).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from kg.errors import StoreError

MARKER = "kg-store.json"
FORMAT = 1
READERS = "readers"
_UNFINISHED = MARKER + ".new"


def claim(folder: Path) -> Path:
    """Return the database's folder in a store's folder, which is made where it is missing or empty.

    Raises:
        StoreError: the folder holds other things, is of another format, or can't be written.
    """
    if _is_store(folder):
        return database(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = sorted(entry.name for entry in folder.iterdir() if entry.name != _UNFINISHED)
        if others:
            raise StoreError(
                f"not a store: {folder} holds other files ({others[0]}); name a new or an empty folder"
            )
        unfinished = folder / _UNFINISHED
        unfinished.write_text(json.dumps({"format": FORMAT, "engine": "oxigraph"}) + "\n", encoding="utf-8")
        unfinished.replace(folder / MARKER)
    except OSError as error:
        raise StoreError(
            f"can't write a store at {folder}: {error.strerror}; choose another folder"
        ) from error
    return database(folder)


def find(folder: Path) -> Path:
    """Return the database's folder in the folder of an existing store, and change nothing.

    Raises:
        StoreError: the folder is missing, not a store, of another format, or holds nothing yet.
    """
    try:
        exists = folder.exists()
    except OSError as error:
        raise StoreError(f"can't read {folder}: {error.strerror}; mend its permissions") from error
    if not exists:
        raise StoreError(f"no store at {folder}: make one with `kg build`, or name another with --store")
    if not _is_store(folder):
        raise StoreError(f"not a store: {folder} has no {MARKER}; name the folder that `kg build` wrote")
    found = database(folder)
    if not (found / "CURRENT").exists():
        raise StoreError(f"the store at {folder} holds nothing yet: fill it with `kg build`")
    return found


def stamp(folder: Path) -> object:
    """Return what is equal as long as nothing is written to the store in a folder.

    Raises:
        StoreError: as `find`.
    """
    found = []
    for entry in os.scandir(find(folder)):
        try:
            status = entry.stat()
        except FileNotFoundError:  # a writer put files together meanwhile
            continue
        found.append((entry.name, status.st_size, status.st_mtime_ns))
    return sorted(found)


def database(folder: Path) -> Path:
    """Return the folder of the database in a store's folder."""
    return folder / "quads"


def readers(database: Path) -> Path:
    """Return the folder in which readers of a database keep links to its files."""
    return database.with_name(READERS)


def _is_store(folder: Path) -> bool:
    try:
        marker = (folder / MARKER).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"can't read {folder / MARKER}: {error}; mend its permissions") from error
    try:
        number = json.loads(marker)["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"not a store: {folder / MARKER} is not the marker of one; build a new store"
        ) from error
    if number != FORMAT:
        raise StoreError(
            f"the store at {folder} has format {number}, this version reads {FORMAT}: build it again"
        )
    return True
