"""Copies of a store in a folder: a backup is a store itself, and a restored one replaces nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kg.errors import StoreError
from kg.store import folder
from kg.store.load import load
from kg.store.oxigraph import OxigraphStore

_UNFINISHED = ".part"


def backup(path: Path, target: Path) -> None:
    """Copy a store to a new folder, which is then a store itself; nothing is left there where that fails.

    On the same disk the copy shares the files of the database, which are never changed in place, and takes
    no room at first; on another disk it is a full copy.

    Raises:
        StoreError: there is no store, a process writes to it, or the target exists or can't be written.
    """
    folder.find(path)
    beside = _begun(target)
    try:
        with OxigraphStore(path) as store:
            beside.mkdir(parents=True)
            store.copy_to(folder.database(beside))
            for name in _others(path):
                shutil.copy2(path / name, beside / name)
        _finish(beside, target)
    except OSError as error:
        raise StoreError(
            f"can't write the backup {target}: {error.strerror or error}; make room or choose another place"
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def restore(source: Path, path: Path) -> None:
    """Copy a backup to a folder that is missing or empty, once it has been opened; or fill it from N-Quads.

    Args:
        source: the folder of a backup, or the file of an export with the texts of reports.
        path: where the store goes.

    Raises:
        StoreError: the source is no sound store, the folder holds something, or it can't be written.
    """
    if not source.is_file():
        folder.find(source)
        with OxigraphStore(source, read_only=True):
            pass  # a damaged backup is told as such before anything is written
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StoreError(
            f"{path} holds something: name a new folder with --store, or move the old store away first"
        )
    beside = _begun(path, empty=True)
    try:
        if source.is_file():
            load(source, beside)
        else:
            shutil.copytree(source, beside, ignore=shutil.ignore_patterns("LOCK", folder.READERS))
        with OxigraphStore(beside):
            pass
        if path.exists():
            path.rmdir()
        _finish(beside, path)
    except OSError as error:
        raise StoreError(
            f"can't restore to {path}: {error.strerror or error}; make room or choose another folder"
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def size_bytes(path: Path) -> int:
    """Return the bytes that the files in a folder take, those in folders below it included, each once."""
    sizes = {}
    for entry in path.rglob("*"):
        try:
            status = entry.stat()
        except FileNotFoundError:  # a writer put files together meanwhile
            continue
        sizes[status.st_dev, status.st_ino] = status.st_size
    return sum(sizes.values())


def _begun(target: Path, *, empty: bool = False) -> Path:
    """Return the folder beside the target that is filled first; what a killed run left there is removed."""
    if target.exists() and not empty:
        raise StoreError(f"{target} exists already: name a new folder for the backup")
    beside = target.with_name(f".{target.name}{_UNFINISHED}")
    shutil.rmtree(beside, ignore_errors=True)
    return beside


def _others(path: Path) -> list[str]:
    """Return the files of a store beside its database: the marker, the judgements."""
    return sorted(entry.name for entry in path.iterdir() if entry.is_file())


def _finish(beside: Path, target: Path) -> None:
    """Write everything to the disk, then give the folder its name."""
    for entry in sorted(beside.rglob("*")):
        if entry.is_file():
            with entry.open("rb") as stream:
                os.fsync(stream.fileno())
    beside.replace(target)
