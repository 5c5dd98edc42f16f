"""The pages as HTML: every text of the store is data, escaped by the template engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import UsageError
from kg.query.formats import table_of
from kg.serve.knowledge import labels, words
from kg.store import Results
from kg.terms import BASE
from kg.vocab import ref

_MOST_TEXT = 600  # characters of a cell


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows and where it leads; `away` leads off the site."""

    text: str
    href: str = ""
    away: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A table: columns, rows of cells, and how many there are in words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: str
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the same thing in another form."""

    text: str
    href: str
    media: str = ""


def rendered(template: str, **values: Any) -> bytes:  # noqa: ANN401 -- what a template shows is of any type
    """Return a page."""
    return _environment().get_template(template).render(**values).encode("utf-8", "replace")


def table(results: Results, names: Mapping[NamedNode, str], root: str) -> Shown:
    """Return results as a table whose things are links."""
    columns, rows = table_of(results)
    shown = tuple(tuple(cell(one, names, root) for one in row) for row in rows)
    number = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"
    return Shown(columns, shown, f"the first {number}" if results.truncated else number, results.truncated)


def cell(term: object, names: Mapping[NamedNode, str], root: str) -> Cell:
    """Return a term as a cell: a thing by its name, linked to its page."""
    if term is None:
        return Cell("")
    if isinstance(term, NamedNode):
        text = names.get(term) or labels().get(term.value) or _reference(term)
        return Cell(text, *address(term, root))
    if isinstance(term, Literal):
        return Cell(term.value if len(term.value) <= _MOST_TEXT else term.value[:_MOST_TEXT] + "…")
    return Cell(f"_:{term.value}" if isinstance(term, BlankNode) else str(term))


def address(node: NamedNode, root: str) -> tuple[str, bool]:
    """Return where the page of an IRI is, and whether that is off the site; "" where it has none."""
    if node.value.startswith(BASE):
        path, hash_, fragment = node.value.removeprefix(BASE).partition("#")
        return root + quote(path, safe="/:@!$&'()*+,;=~") + hash_ + fragment, False
    return (node.value, True) if node.value.startswith(("https://", "http://")) else ("", False)


def query_string(pairs: Iterable[tuple[str, str]]) -> str:
    """Return parameters as the query of an address."""
    return urlencode(list(pairs))


def format_links(address: str, formats: Sequence[tuple[str, str]]) -> list[Link]:
    """Return links to the same address in other formats; `address` ends where a value is added."""
    return [Link(text, address + value) for text, value in formats]


def _reference(node: NamedNode) -> str:
    try:
        reference = ref(node)
    except UsageError:
        return node.value
    prefix, _, name = reference.partition(":")
    return words(name) if prefix.startswith("mkg") else reference


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kg.serve"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
