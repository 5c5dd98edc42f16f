"""Lines sorted in bounded memory: spread over files by how their subjects begin, then sorted one by one.

Source: distribution (bucket) sort on external storage; Knuth, The Art of Computer Programming, volume 3, 5.4.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import ExportError
from kg.vocab import ID

HELD = 100_000  # lines in memory before they go to files: about 40 MB
_OURS = f"<{ID}"
_DIGITS = 2  # of the hash in a subject: a file holds about a 256th of the subjects of a kind


def by_subject(lines: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    r"""Yield lines sorted, in pieces that hold whole subjects.

    Args:
        lines: each with its subject, with which it begins, in any order. A subject is an IRI in its N-Triples
            form, so that none begins another; no line holds a "\n".

    Raises:
        ExportError: there is no room for the files in the folder for temporary files.
    """
    spread: dict[str, list[str]] = {}
    held = 0
    with tempfile.TemporaryDirectory(prefix="kg-export-") as folder:
        files: dict[str, Path] = {}
        try:
            for subject, line in lines:
                spread.setdefault(_bucket(subject), []).append(line)
                held += 1
                if held == HELD:
                    _spill(spread, files, Path(folder))
                    held = 0
        except OSError as error:
            raise ExportError(
                f"can't sort in {folder}: {error.strerror}; make room there, or set TMPDIR"
            ) from error
        for bucket in sorted({*spread, *files}):
            piece = files[bucket].read_bytes().decode().split("\n")[:-1] if bucket in files else []
            piece += spread.pop(bucket, ())
            piece.sort()
            yield piece


def _bucket(subject: str) -> str:
    """Return a beginning of a subject; subjects in order have beginnings in order."""
    if subject.startswith(_OURS):
        kind = subject.find("/", len(_OURS))
        return subject[: kind + 1 + _DIGITS] if kind > 0 else subject
    return subject[: len(_OURS)]


def _spill(spread: dict[str, list[str]], files: dict[str, Path], folder: Path) -> None:
    for bucket, lines in spread.items():
        path = files.setdefault(bucket, folder / str(len(files)))
        with path.open("ab") as stream:  # opened for each: there may be more buckets than files may be open
            stream.write(("\n".join(lines) + "\n").encode())
    spread.clear()
