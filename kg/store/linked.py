"""A reader's own links to the files of a database, which its writer may put together meanwhile.

RocksDB opens most files when they are first asked, and a writer removes those that it has merged: a reader
beside it then finds no file, and Oxigraph sorts the same error without end until memory is full. A file
with a second link stays. The links of a reader stand in `readers/` in the store's folder, locked as long as
it lives; what a killed one left goes when the next reader or writer comes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import weakref
from pathlib import Path

from kg.store import folder

if sys.platform != "win32":  # where a file that is open can't be removed, so that no links are needed
    import fcntl

_ATTEMPTS = 100  # beside a store that was written all the time 2 were needed at most
_LOCK = ".lock"
_LOG = ".log"
_FOR_GOOD = ".sst"  # files that are never changed
_CHANGED = ("CURRENT", "MANIFEST-", "OPTIONS-")


class Links:
    """The files of a database as they were at one moment, in a folder of their own.

    Attributes:
        path: the folder, a database to be opened for reading.
    """

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._end = weakref.finalize(self, _remove, path, lock, os.getpid())

    def close(self) -> None:
        """Remove the links."""
        self._end()


def linked(database: Path) -> Links | None:
    """Return links to the files of a database, None where the system or the rights on its folder give none.

    Raises:
        FileNotFoundError: its writer moved files at each of many attempts.
    """
    if sys.platform == "win32":
        return None
    try:
        links = _begun(database)
    except OSError:
        return None
    try:
        for _ in range(_ATTEMPTS):
            with contextlib.suppress(FileNotFoundError):
                if _is_whole(database, links.path):
                    return links
            for entry in list(links.path.iterdir()):
                entry.unlink()
    except OSError:  # no links on this file system, or no room for a log
        links.close()
        return None
    links.close()
    raise FileNotFoundError("No such file or directory: files were moved again and again")


def clear(database: Path) -> None:
    """Remove what dead readers of a database left; their locks are free."""
    for name in folder.readers(database).glob(f"*{_LOCK}"):
        with contextlib.suppress(OSError):
            lock = os.open(name, os.O_RDWR)
            if _is_taken(lock, name):
                _remove(name.with_suffix(""), lock, os.getpid())
            else:
                os.close(lock)


def _begun(database: Path) -> Links:
    """Return an empty folder that is this reader's, once those of dead ones are gone."""
    readers = folder.readers(database)
    readers.mkdir(exist_ok=True)
    clear(database)
    for _ in range(_ATTEMPTS):
        lock, text = tempfile.mkstemp(suffix=_LOCK, dir=readers)
        name = Path(text)
        if _is_taken(lock, name):
            links = Links(name.with_suffix(""), lock)
            links.path.mkdir()
            return links
        os.close(lock)  # another reader took it for a dead one's before it was locked, and removes it
    raise BlockingIOError("no lock could be had")


def _is_whole(database: Path, target: Path) -> bool:
    """Copy and link all files; return whether no list of files was written meanwhile.

    The log of transactions comes first. What is added to it while the rest is copied is not seen, as if the
    reader had come a moment earlier; but a log that ended meanwhile would lack what newer files have.
    """
    before = _lists(database)
    for file in sorted(database.iterdir(), key=lambda file: (file.suffix != _LOG, file.name)):
        if file.suffix == _FOR_GOOD:
            os.link(file, target / file.name)
        elif file.suffix == _LOG or file.name.startswith(_CHANGED):
            shutil.copyfile(file, target / file.name)
    return _lists(database) == before


def _lists(database: Path) -> list[tuple[str, int]]:
    """Return what changes whenever a file of quads or a log of transactions begins or ends."""
    files = sorted(database.iterdir())
    manifests = [(file.name, file.stat().st_size) for file in files if file.name.startswith("MANIFEST-")]
    return [*manifests, *((file.name, 0) for file in files if file.suffix == _LOG)]


def _is_taken(lock: int, name: Path) -> bool:
    """Lock an open file; return whether this process has the lock, and the file is still the one there."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(lock), name.stat())
    except OSError:
        return False


def _remove(path: Path, lock: int, owner: int) -> None:
    """Remove a folder, then its lock; a fork of its owner leaves both."""
    if os.getpid() == owner:
        shutil.rmtree(path, ignore_errors=True)
        with contextlib.suppress(OSError):
            path.with_suffix(_LOCK).unlink()
    os.close(lock)
