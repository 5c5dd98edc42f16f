"""Named queries: a SPARQL file whose comment header says what it asks, with which parameters.

    # title: Attacks by an actor
    # question: Which attacks are laid to an actor?
    # param actor: actor — whose attacks
    # param place: place [] — only there
    # columns: event, status, date, targets*
    # example: actor=jnim

A parameter without brackets is required; `[…]` holds its default, and `[]` leaves it out: the query
then finds an empty string in its place, which it allows for as `FILTER(sameTerm($place, "") || …)`
(`kg.query.narrowing` says what becomes of such a condition). A column with a star is a list of names
joined by "; ". A type is one of `TYPES`, or the words that may be given, as `acled|cameo|gtd`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import QueryError
from kg.resources import answers_dir, queries_dir

TYPES = ("actor", "place", "event", "report", "string", "integer", "date", "since", "until")
SEPARATOR = "; "
_HEADER = re.compile(r"#\s*(title|question|param|columns|example)\b[: ]\s*(.*)")
_PARAM = re.compile(
    r"(?P<name>[a-z]+)\s*:\s*(?P<type>[a-z]+(?:\|[a-z]+)*)\s*(?:\[(?P<default>[^\]]*)\])?\s*[—-]\s*(?P<doc>.+)"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query. `default` is None where a value is required, empty where it may be left out."""

    name: str
    type: str
    default: str | None
    doc: str

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of which one must be given; none where the type is one of `TYPES`."""
        return tuple(self.type.split("|")) if "|" in self.type else ()


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with its header. `lists` are the columns that hold several names; `example` its parameters."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    lists: frozenset[str]
    example: tuple[tuple[str, str], ...]
    text: str

    @property
    def example_call(self) -> str:
        """A command line that runs it."""
        given = "".join(f" --param {name}={value!r}" if " " in value else f" --param {name}={value}"
                        for name, value in self.example)  # fmt: skip
        return f"kg query {self.name}{given}"

    @property
    def example_answer(self) -> str:
        """What that printed of the sample reports when the package was made; "" for a query of one's own."""
        path = answers_dir() / f"{self.name}.txt"
        return path.read_text(encoding="utf-8") if path.is_file() else ""


def parse(name: str, text: str) -> NamedQuery:
    """Return a query with what its header says; a text without header has no parameters.

    Raises:
        QueryError: a line of the header is malformed.
    """
    header: dict[str, str] = {}
    parameters = []
    for line in text.splitlines():
        if not line.startswith("#"):
            if line.strip():
                break
            continue
        if (match := _HEADER.match(line)) is None:
            continue
        key, value = match.groups()
        if key == "param":
            parameters.append(_parameter(name, value))
        else:
            header[key] = value.strip()
    columns = [column.strip() for column in header.get("columns", "").split(",") if column.strip()]
    return NamedQuery(
        name=name,
        title=header.get("title", ""),
        question=header.get("question", ""),
        parameters=tuple(parameters),
        columns=tuple(column.rstrip("*") for column in columns),
        lists=frozenset(column[:-1] for column in columns if column.endswith("*")),
        example=_example(header.get("example", "")),
        text=text,
    )


@lru_cache(maxsize=1)
def _catalogue(folder: Path) -> tuple[NamedQuery, ...]:
    paths = sorted(folder.glob("*.rq"))
    return tuple(parse(path.stem, path.read_text(encoding="utf-8")) for path in paths)


def catalogue() -> list[NamedQuery]:
    """Return the named queries that ship with the package, sorted by name."""
    return list(_catalogue(queries_dir()))


def _parameter(query: str, value: str) -> Parameter:
    match = _PARAM.fullmatch(value.strip())
    if match is None or (match["type"] not in TYPES and "|" not in match["type"]):
        raise QueryError(
            f"query {query}: malformed line '# param {value}'; write '# param NAME: TYPE [DEFAULT] — WHAT'"
            f" with a type of {', '.join(TYPES)}, or words as ONE|OTHER"
        )
    return Parameter(match["name"], match["type"], match["default"], match["doc"].strip())


def _example(value: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of "actor=jnim, place=Gao region"."""
    pairs = (part.partition("=") for part in value.split(",") if "=" in part)
    return tuple((name.strip(), given.strip()) for name, _, given in pairs)
