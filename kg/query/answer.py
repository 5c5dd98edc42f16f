"""What Python gets for a question: rows, a pandas DataFrame or a graph, and a view for notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.errors import UsageError
from kg.query.formats import table_of
from kg.query.writing import shown, write
from kg.store import Results
from kg.store.results import Cell, Row
from kg.vocab import PREFIXES, XSD

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

_SHOWN = 50  # rows of the view for notebooks
_WHOLE = frozenset(
    XSD.integer.value.removesuffix("integer") + name
    for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
)
_BROKEN = frozenset(
    XSD.integer.value.removesuffix("integer") + name for name in ("decimal", "double", "float")
)


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The answer to a query, with the names of the things in it.

    Attributes:
        results: the answer as terms of RDF.
        names: the label of each IRI in the answer that has one.
    """

    results: Results
    names: Mapping[NamedNode, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns; of triples subject, predicate, object, of a truth value "answer"."""
        return table_of(self.results)[0]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows, one term or None per column."""
        return table_of(self.results)[1]

    @property
    def triples(self) -> tuple[Triple, ...] | None:
        """The triples of a CONSTRUCT or DESCRIBE, else None."""
        return self.results.triples

    @property
    def boolean(self) -> bool | None:
        """The truth value of an ASK, else None."""
        return self.results.boolean

    @property
    def truncated(self) -> bool:
        """Whether rows or triples beyond the limit were left out."""
        return self.results.truncated

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        """Yield each row as a dictionary of Python values, things by their names."""
        for row in self.rows:
            yield {name: self._value(cell) for name, cell in zip(self.columns, row, strict=True)}

    def dataframe(self, *, names: bool = True) -> pd.DataFrame:
        """Return the rows as a pandas DataFrame.

        Whole and broken numbers, truth values and full dates get pandas' types that know missing values; what
        is of mixed type or a date of lesser precision stays text.

        Args:
            names: whether things appear by their names; else as `prefix:local`, which `query` takes back.

        Raises:
            UsageError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise UsageError("pandas is not installed: pip install 'militant-kg[pandas]'") from error
        labels = self.names if names else {}
        columns = {}
        for number, name in enumerate(self.columns):
            cells = [row[number] for row in self.rows]
            dtype = _dtype(cells)
            values = [_value(cell, labels, typed=dtype not in ("string", "datetime64[s]")) for cell in cells]
            columns[name] = pd.Series(values, dtype=dtype)
        return pd.DataFrame(columns, columns=list(self.columns))

    def graph(self) -> rdflib.Graph:
        """Return the triples of a CONSTRUCT or DESCRIBE as an rdflib graph, the prefixes bound.

        Raises:
            UsageError: the query gave rows or a truth value.
        """
        if self.triples is None:
            raise UsageError("only CONSTRUCT and DESCRIBE give a graph: take .rows or .dataframe()")
        import rdflib

        graph = rdflib.Graph()
        for prefix, base in PREFIXES.items():
            graph.bind(prefix, base)
        return graph.parse(data=serialize(self.triples, format=RdfFormat.N_TRIPLES), format="nt")

    def write(self, file_format: str = "table", *, width: int | None = None) -> str:
        """Return the answer as `kg query` prints it.

        Raises:
            UsageError: there is no such format, or the answer can't be written in it.
        """
        return write(self.results, file_format, names=self.names, width=width)

    def __repr__(self) -> str:
        """Return the answer as a table."""
        return self.write()

    def _repr_html_(self) -> str:
        """Return the first rows as a table for a notebook; what reports say is text, never markup."""
        if self.boolean is not None:
            return f"<p>{'yes' if self.boolean else 'no'}</p>"
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(shown(cell, self.names))}</td>' for cell in row)}</tr>"
            for row in self.rows[:_SHOWN]
        )
        count = f"{len(self)} {'row' if len(self) == 1 else 'rows'}"
        if len(self) > _SHOWN:
            count += f", the first {_SHOWN} shown"
        if self.truncated:
            count += ", more were left out"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{count}</p>"

    def _value(self, cell: Cell) -> object:
        return _value(cell, self.names, typed=True)


def _value(cell: Cell, names: Mapping[NamedNode, str], *, typed: bool) -> Any:  # noqa: ANN401 -- of any type
    """Return a term as a number or truth value where it is one, else as text; None is unbound."""
    if cell is None:
        return None
    if isinstance(cell, Literal):
        kind = cell.datatype.value
        if typed and kind in _WHOLE:
            return int(cell.value)
        if typed and kind in _BROKEN:
            return float(cell.value)
        if typed and cell.datatype == XSD.boolean:
            return cell.value in ("true", "1")
        return cell.value
    return shown(cell, names)


def _dtype(cells: list[Cell]) -> str:
    """Return the pandas type that fits all cells of a column."""
    bound = [cell for cell in cells if cell is not None]
    kinds = {cell.datatype.value if isinstance(cell, Literal) else "" for cell in bound}
    if not kinds:
        return "string"
    if kinds <= _WHOLE:
        return "Int64"
    if kinds <= _WHOLE | _BROKEN:
        return "Float64"
    if kinds == {XSD.boolean.value}:
        return "boolean"
    return "datetime64[s]" if kinds == {XSD.date.value} else "string"
