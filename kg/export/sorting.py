"""Lines sorted in bounded memory: spread on disk by how their subjects begin, then sorted part by part.

Source: distribution (bucket) sort on external storage; Knuth, The Art of Computer Programming, volume 3, 5.4.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from kg.errors import ExportError
from kg.vocab import ID

HELD = 200_000  # lines in memory before they go to disk: about 60 MB
_OURS = f"<{ID}"
_AFTER = len(_OURS)
_DIGITS = 2  # of the hash in a subject: a part holds about a 256th of the subjects of a kind

Line = tuple[str, str]
"""A subject, and the line that begins with it."""


def by_subject(lines: Iterable[Line]) -> Iterator[list[str]]:
    r"""Yield lines sorted, in pieces that hold whole subjects.

    Args:
        lines: each with its subject, with which it begins, in any order. A subject is an IRI in its N-Triples
            form, so that none begins another; no line holds a "\n".

    Raises:
        ExportError: there is no room for the files in the folder for temporary files.
    """
    spread: dict[str, list[str]] = {}
    held = 0
    with _room() as spool:
        parts: dict[str, list[tuple[int, int]]] = {}
        for subject, line in lines:
            # A beginning of the subject; subjects in order have beginnings in order.
            if subject.startswith(_OURS):
                kind = subject.find("/", _AFTER)
                bucket = subject[: kind + 1 + _DIGITS] if kind > 0 else subject
            else:
                bucket = subject[:_AFTER]
            try:
                spread[bucket].append(line)
            except KeyError:
                spread[bucket] = [line]
            held += 1
            if held == HELD:
                _spill(spread, parts, spool)
                held = 0
        for bucket in sorted({*spread, *parts}):
            piece = spread.pop(bucket, [])
            for start, length in parts.get(bucket, ()):
                spool.seek(start)
                piece += spool.read(length).decode().split("\n")
            piece.sort()
            yield piece


def _spill(spread: dict[str, list[str]], parts: dict[str, list[tuple[int, int]]], spool: BinaryIO) -> None:
    """Append the lines to the spool, and note from where to where those of each bucket stand."""
    at = spool.seek(0, os.SEEK_END)
    for bucket, lines in spread.items():
        text = "\n".join(lines).encode()
        spool.write(text)
        parts.setdefault(bucket, []).append((at, len(text)))
        at += len(text)
    spread.clear()


@contextmanager
def _room() -> Iterator[BinaryIO]:
    """Give a file that is gone in the end, and say so where there is no room for it."""
    try:
        with tempfile.TemporaryFile(prefix="kg-export-") as spool:
            yield spool
    except OSError as error:
        raise ExportError(
            f"can't sort in {tempfile.gettempdir()}: {error.strerror}; make room there, or set TMPDIR"
        ) from error
