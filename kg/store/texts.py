"""What a store holds as text, one predicate after another, for whoever reads all of it.

Oxigraph looks up the text of each term that it yields, which takes longer than finding the quad; read by
predicate, neither predicates nor graphs are looked up. It writes the answers to files itself, which takes
a quarter less than handing out terms, and beside what is done here with the last. Terms are in their
N-Triples form.

Source: SPARQL 1.1 Query Results CSV and TSV Formats (W3C, 2013), section 4: terms as in Turtle.
"""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Protocol

from pyoxigraph import NamedNode, Quad, QueryResultsFormat, QuerySolutions, RdfFormat, parse

from kg.store import sparql
from kg.store.oxigraph import OxigraphStore
from kg.vocab import XSD

Pairs = Iterator[tuple[str, str]]

_AHEAD = 2  # predicates that are written while one is read


class Found(Protocol):
    """Anything that yields its quads."""

    def found(
        self, s: None = None, p: None = None, o: None = None, g: NamedNode | None = None
    ) -> Iterable[Quad]:
        """Return the quads of a graph, or of all."""
        ...


def by_predicate(
    store: Found,
    *,
    outside: Collection[NamedNode],
    without: Collection[NamedNode] = (),
    spared: NamedNode | None = None,
    of_spared: Collection[NamedNode] = (),
) -> Iterator[tuple[str, Pairs]]:
    """Yield each predicate with the subjects and objects of its triples; no order is promised.

    Args:
        store: where the triples are; from any but Oxigraph, a predicate may come several times.
        outside: graphs that are not read.
        without: predicates of which no triple is wanted.
        spared: a class whose members are not wanted as subjects of the predicates `of_spared`: Oxigraph
            leaves them out before it looks up their texts, from any other store they come all the same.
        of_spared: predicates that members of that class have.

    Raises:
        OSError: there is no room for the files in the folder for temporary files.
    """
    if not isinstance(store, OxigraphStore):
        for quad in store.found():
            if quad.graph_name not in outside and quad.predicate not in without:
                yield str(quad.predicate), iter([(str(quad.subject), str(quad.object))])
        return
    left_out = sorted(map(str, outside))
    both = _predicates(store, f"VALUES ?g {{ {' '.join(left_out)} }} GRAPH ?g {{ ?s ?p ?o }}")
    kept = f"FILTER(?g NOT IN ({', '.join(left_out)}))"
    others = f"MINUS {{ SELECT ?s {{ GRAPH ?any {{ ?s a {spared} }} }} }}"
    asked = [
        (name, f"{kept if name in both else ''} {others if name in of_spared else ''}")
        for name in _predicates(store, "GRAPH ?g { ?s ?p ?o }")
        if name not in without
    ]
    for (predicate, _), pairs in zip(asked, _tables(store, [_asked(*one) for one in asked]), strict=True):
        yield str(predicate), pairs


def of_predicates(store: OxigraphStore, predicates: Sequence[NamedNode]) -> Iterator[tuple[NamedNode, Pairs]]:
    """Yield each predicate with the subjects and objects of its triples, once for each graph that has one."""
    yield from zip(predicates, _tables(store, [_asked(one) for one in predicates]), strict=True)


def subjects(store: Found, graph: NamedNode) -> set[str]:
    """Return the subjects of a graph."""
    if not isinstance(store, OxigraphStore):
        return {str(quad.subject) for quad in store.found(g=graph)}
    return {
        str(subject) for (subject,) in _rows(store, f"SELECT DISTINCT ?s {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    }


def _asked(predicate: NamedNode, kept: str = "") -> str:
    return f"SELECT ?s ?o {{ GRAPH ?g {{ ?s {predicate} ?o }} {kept} }}"


def _predicates(store: OxigraphStore, pattern: str) -> list[NamedNode]:
    found = _rows(store, f"SELECT DISTINCT ?p {{ {pattern} }}")
    return [name for (name,) in found if isinstance(name, NamedNode)]


def _tables(store: OxigraphStore, texts: Sequence[str]) -> Iterator[Pairs]:
    """Yield the rows of queries for pairs; the next ones are answered meanwhile."""
    with (
        tempfile.TemporaryDirectory(prefix="kg-read-") as room,
        ThreadPoolExecutor(_AHEAD) as threads,
    ):

        def written(number: int, text: str) -> Path:
            path = Path(room) / f"{number}.tsv"
            _rows(store, text).serialize(str(path), format=QueryResultsFormat.TSV)
            return path

        asked = enumerate(texts)
        waiting: deque[Future[Path]] = deque()
        while True:
            for number, text in islice(asked, 1 + _AHEAD - len(waiting)):
                waiting.append(threads.submit(written, number, text))
            if not waiting:
                return
            path = waiting.popleft().result()
            yield _pairs(path)
            path.unlink()


def _pairs(path: Path) -> Pairs:
    """Yield the rows of a table in the format TSV."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        next(lines)  # names of columns
        for line in lines:
            subject, _, value = line[:-1].partition("\t")
            first = value[0]
            if first != "<" and (first != '"' or "\\" in value or not value.isprintable()):
                value = _whole(value)  # else it stands in the table as in N-Triples
            yield subject, value


def _whole(value: str) -> str:
    """Return a term in N-Triples, of a number as Turtle has it or a literal with odd characters.

    >>> _whole("7"), _whole("true")
    ('"7"^^<http://www.w3.org/2001/XMLSchema#integer>', '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>')
    """
    if value.removeprefix("-").isdigit() and value.isascii():
        return f'"{value}"^^{XSD.integer}'
    (quad,) = parse(f"<a:> <a:> {value} .", format=RdfFormat.TURTLE)
    return str(quad.object)


def _rows(store: OxigraphStore, text: str) -> QuerySolutions:
    answer = store.answer(sparql.read(text))
    assert isinstance(answer, QuerySolutions)
    return answer
