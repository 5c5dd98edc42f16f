"""Quads sorted by subject in bounded memory: spread over files by how the subject begins, then one by one.

Source: distribution (bucket) sort on external storage; Knuth, The Art of Computer Programming, volume 3, 5.4.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kg.errors import ExportError
from kg.vocab import ID

HELD = 100_000  # quads in memory before they go to files: about 100 MB with what sorting them takes
_OURS = f"<{ID}"
_DIGITS = 2  # of the hash in a subject: a file holds about a 256th of the subjects of a kind


def by_subject(quads: Iterable[Quad], key: Callable[[Quad], tuple[str, ...]]) -> Iterator[Quad]:
    """Yield quads sorted by a key that begins with the text of the subject; their graphs are forgotten.

    Args:
        quads: in any order, without repetition.
        key: the sort key, for instance subject, predicate and object as texts.

    Raises:
        ExportError: there is no room for the files in the folder for temporary files.
    """
    spread: dict[str, list[str]] = {}
    held = 0
    with tempfile.TemporaryDirectory(prefix="kg-export-") as folder:
        files: dict[str, Path] = {}
        try:
            for quad in quads:
                spread.setdefault(_bucket(str(quad.subject)), []).append(f"{quad.triple} .\n")
                held += 1
                if held == HELD:
                    _spill(spread, files, Path(folder))
                    held = 0
        except OSError as error:
            raise ExportError(
                f"can't sort in {folder}: {error.strerror}; make room there, or set TMPDIR"
            ) from error
        for bucket in sorted({*spread, *files}):
            text = files[bucket].read_bytes() if bucket in files else b""
            text += "".join(spread.pop(bucket, ())).encode()
            yield from sorted(parse(text, format=RdfFormat.N_TRIPLES), key=key)


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
            stream.write("".join(lines).encode())
    spread.clear()
