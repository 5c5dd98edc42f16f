"""A store filled from an N-Quads file, by the engine's bulk loader, which makes no transactions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.store.oxigraph import OxigraphStore
from kg.vocab import GRAPH

PIECE_BYTES = 50_000_000
"""How much is loaded at a time: 240,000 quads or so. Larger pieces are no faster and take more memory."""

_FAULTS = {
    "a report without its text (export it with --with-text)": (
        "ASK { GRAPH ?r { ?r a schema:NewsArticle FILTER NOT EXISTS { ?r mkg:text ?text } } }"
    ),
}
_BLANK = {
    "a blank node": "ASK { GRAPH ?g { ?s ?p ?o } FILTER(isBlank(?s) || isBlank(?o) || isBlank(?g)) }",
}
"""Asked only where the text has `_:`, as in a blank node: it reads every quad, a third of all the time."""


def load(source: Path, folder: Path) -> None:
    """Fill a new store from what `kg export --format nquads --with-text` wrote.

    A process that dies meanwhile leaves part of the file, so the folder is given its name afterwards. What is
    derived comes from the file; the next build finds no note of what it was derived from and derives it anew.

    Raises:
        StoreError: the file is not N-Quads, or not of a whole store; or the store can't be written.
        OSError: the file can't be read.
    """
    questions = dict(_FAULTS)
    with OxigraphStore(folder) as store:
        for piece in pieces(source):
            store.load(piece, name=str(source))
            if b"_:" in piece:
                questions |= _BLANK
        for fault, question in questions.items():
            if store.query(question).boolean:
                raise StoreError(f"{source} is no export of a whole store: it has {fault}")
        store.drop(GRAPH.dataset)
        store.flush()


def pieces(source: Path, size: int = PIECE_BYTES) -> Iterator[bytes]:
    """Yield the bytes of a file in pieces that end where a line ends."""
    with source.open("rb") as stream:
        while piece := stream.read(size):
            yield piece + stream.readline()
