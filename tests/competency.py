"""The competency questions of the ontology: their files, the graph they are asked of, and their answers.

A question is a file ontology/competency/NAME.rq that any SPARQL engine takes as it is. Its header says

    # question: in the words of an analyst
    # shows: what of the model it puts to the test
    # with: a file beside it that is added to the graph first (may be left out)

The graph is that of `kg build --samples` with kg.ttl and the concept schemes beside it. A Turtle file is
added to it as what people write by hand; a file of judgements has all that is derived made anew under them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from kg import accept
from kg.judgement import read_judgements
from kg.maintenance import DERIVED
from kg.query import Answer, names, run
from kg.query.formats import as_csv
from kg.resources import ontology_dir
from kg.store import RdflibStore, Store, open_store
from kg.vocab import ONTOLOGY, PREFIXES

FOLDER = ontology_dir() / "competency"
ANSWERS = FOLDER / "answers"
ENGINES = ("oxigraph", "rdflib")
SHOWN = 12
WIDTH = 110
_HEADER = re.compile(r"# (question|shows|with): (.+)")
_ONTOLOGY = NamedNode(ONTOLOGY.removesuffix("#"))
_BY_HAND = NamedNode(PREFIXES["graph"] + "by-hand")


@dataclass(frozen=True, slots=True)
class Competency:
    """A competency question. `extra` is the name of the file that it needs beside the samples, or ""."""

    name: str
    question: str
    shows: str
    extra: str
    text: str

    @property
    def sparql(self) -> str:
        """The query without its header."""
        return "\n".join(line for line in self.text.splitlines() if not _HEADER.match(line)).strip()

    @property
    def answer(self) -> Path:
        """The file that holds the whole expected answer, as CSV."""
        return ANSWERS / f"{self.name}.csv"


@cache
def questions() -> tuple[Competency, ...]:
    """Return the competency questions, sorted by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.rq")))


def stores(samples: Sequence[Quad], engine: str) -> dict[str, Store]:
    """Return a store in memory for each extra file and for "" (none), filled and ready to be asked."""
    filled = {}
    for extra in sorted({question.extra for question in questions()}):
        store = RdflibStore() if engine == "rdflib" else open_store()
        store.add([*_with(samples, extra), *_vocabulary()])
        filled[extra] = store
    return filled


def whole(store: Store, question: Competency) -> str:
    """The whole answer as CSV."""
    return as_csv(run(store, question.text)).replace("\r\n", "\n")


def first(store: Store, question: Competency) -> str:
    """The first rows of the answer, as `kg query` prints them."""
    results = run(store, question.text, limit=SHOWN)
    return Answer(results, names(store, results)).write(width=WIDTH)


def _read(path: Path) -> Competency:
    text = path.read_text(encoding="utf-8")
    header = dict(_HEADER.findall(text))
    return Competency(path.stem, header["question"], header["shows"], header.get("with", ""), text)


def _with(samples: Sequence[Quad], extra: str) -> Iterable[Quad]:
    if extra.endswith(".jsonl"):
        return _judged(samples, FOLDER / extra)
    if extra:
        added = (Quad(*triple, _BY_HAND) for triple in _triples(FOLDER / extra))
        return [*samples, *added]
    return samples


def _judged(samples: Sequence[Quad], path: Path) -> list[Quad]:
    """Return the quads of the samples with all that is derived as the judgements of a file have it."""
    from kg.registry import load

    given = [quad for quad in samples if quad.graph_name not in DERIVED]
    reports = [quad for quad in given if str(quad.graph_name.value).startswith(PREFIXES["report"])]
    return [*given, *accept.derive(reports, load(), read_judgements(path))]


@cache
def _vocabulary() -> tuple[Quad, ...]:
    """The ontology and its concept schemes, without axioms that need blank nodes: stores take none."""
    paths = (ontology_dir() / "kg.ttl", *sorted(ontology_dir().glob("vocab/*.ttl")))
    found = (Quad(*triple, _ONTOLOGY) for path in paths for triple in _triples(path))
    return tuple(quad for quad in found if not isinstance(quad.subject, BlankNode))


def _triples(path: Path) -> Iterable[tuple]:
    return [tuple(quad)[:3] for quad in parse(path=path, format=RdfFormat.TURTLE)]
