"""RDF files as quads, and the files of the ontology that validation rests on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kg.errors import InputError
from kg.resources import ontology_dir

_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


def read(path: Path) -> Iterator[Quad]:
    """Yield the quads of a file, or of every RDF file under a folder in the order of paths.

    Raises:
        InputError: a file can't be read or parsed; the message names the line.
    """
    kinds = ", ".join(_FORMATS)
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix in _FORMATS)
        if not files:
            raise InputError(f"{path}: no RDF file in this folder ({kinds})")
        for file in files:
            yield from read(file)
        return
    if (kind := _FORMATS.get(path.suffix)) is None:
        raise InputError(f"{path}: the extension names no RDF format; use one of {kinds}")
    try:
        # renaming keeps the blank nodes of two files apart
        yield from pyoxigraph.parse(path=path, format=kind, rename_blank_nodes=True)
    except SyntaxError as error:
        where = f"{path}:{error.lineno}" if error.lineno else f"{path}"
        raise InputError(f"{where}: not valid {kind.name}: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: can't be read: {error}") from error


@cache
def ontology() -> tuple[Quad, ...]:
    """Return the ontology and the concept schemes, which the shapes need beside the data."""
    return (*read(ontology_dir() / "kg.ttl"), *read(ontology_dir() / "vocab"))


@cache
def shapes() -> tuple[Quad, ...]:
    """Return the shapes as they are written."""
    return tuple(read(ontology_dir() / "shapes"))
