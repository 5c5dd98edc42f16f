"""Writing files so that none is ever half written: beside its place first, then renamed onto it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import ExportError


@contextmanager
def writing(target: str | Path) -> Iterator[BinaryIO]:
    """Give a binary stream whose content becomes the file `target` at the end; "-" is standard output.

    Where the block raises, the file that was there stays as it was, and nothing is left beside it.

    Raises:
        ExportError: the file can't be written.
    """
    if str(target) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    # The name is fixed, so that a killed run leaves one stale file at most and the next run takes it over.
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        raise ExportError(f"can't write {path}: {error.strerror or error}; choose another place") from error
    finally:
        _remove(beside)


def write(target: str | Path, content: str | bytes) -> None:
    """Write a whole file, or to standard output where `target` is "-".

    Raises:
        ExportError: the file can't be written.
    """
    with writing(target) as stream:
        stream.write(content.encode() if isinstance(content, str) else content)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # a path below a file: there is nothing to remove
        return
