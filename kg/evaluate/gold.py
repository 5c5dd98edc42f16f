"""Gold passages and predicted facts, read from JSON Lines into values that can be compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.compare import minimum
from kg.model import ROLES

COUNTS = ("killed", "wounded", "missing")


@dataclass(frozen=True, slots=True)
class Slot:
    """One filler of a role: a string (in gold "A|B" for equals), a toll, a date, or what a claim is about."""

    role: str
    value: Any


@dataclass(frozen=True, slots=True)
class GoldFact:
    """What a careful reader would state.

    Attributes:
        types: equal answers; errors count under the first.
        slots: the fillers that must be found.
        spare: fillers that may be found or not.
        about: whether it speaks of another fact (claim, denial, assessment).
        certainty: equal answers; empty where gold does not say.
        speakers: to whom the passage attributes it, each "A|B"; spare_speakers may be found or not.
        optional: whether the whole fact may be found or not.
    """

    types: tuple[str, ...]
    slots: tuple[Slot, ...] = ()
    spare: tuple[Slot, ...] = ()
    about: bool = False
    certainty: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    spare_speakers: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A fact that was read: one row of `kg extract`. `confidence` is None where the row has none."""

    id: str
    type: str
    slots: tuple[Slot, ...] = ()
    about: bool = False
    certainty: str = "asserted"
    speakers: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its gold facts. `tags` name the phenomena that it was written for."""

    id: str
    text: str
    published: str = ""
    tags: tuple[str, ...] = ()
    facts: tuple[GoldFact, ...] = ()


def read_gold(path: str | Path) -> list[Passage]:
    """Return the passages of a gold file: {"id", "text", "published"?, "tags"?, "facts"} a line.

    Raises:
        InputError: the file can't be read, or a line is not of that form, or two have the same id.
    """
    passages = [_passage(row, where) for where, row in _rows(Path(path))]
    double = [name for name, times in Counter(one.id for one in passages).items() if times > 1]
    if double:
        raise InputError(f"{path}: two passages have the id {double[0]!r}; give each its own")
    return passages


def read_predictions(path: str | Path) -> dict[str, list[Given]]:
    """Return the predicted facts of a file by passage, in the order of the file.

    Raises:
        InputError: the file can't be read, or a line is not a row of `kg extract`.
    """
    rows = []
    for where, row in _rows(Path(path)):
        if not isinstance(row.get("type"), str) or "doc" not in row:
            raise InputError(f'{where}: no fact; write "doc" and "type" as `kg extract` does')
        rows.append(row)
    return predictions(rows)


def predictions(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Given]]:
    """Return rows as `kg.facts.rows` gives them by the passage they are of, in their order."""
    found: dict[str, list[Given]] = {}
    for row in rows:
        given = Given(
            id=str(row.get("id", "")),
            type=row["type"],
            slots=tuple(_slots(row, optional=False)),
            about="about" in row,
            certainty=row.get("certainty", "asserted"),
            speakers=tuple(map(str, _many(row.get("according_to")))),
            confidence=row.get("confidence"),
        )
        found.setdefault(str(row["doc"]), []).append(given)
    return found


def _passage(row: Mapping[str, Any], where: str) -> Passage:
    facts = row.get("facts")
    if "id" not in row or not isinstance(row.get("text"), str) or not isinstance(facts, list):
        raise InputError(f'{where}: no gold passage; write "id", "text" and "facts"')
    if not all(isinstance(fact, dict) and isinstance(fact.get("type"), str) for fact in facts):
        raise InputError(f'{where}: a gold fact has no "type"')
    tags = tuple(map(str, row.get("tags") or ()))
    return Passage(
        str(row["id"]), row["text"], row.get("published") or "", tags, tuple(map(_gold_fact, facts))
    )


def _gold_fact(fact: Mapping[str, Any]) -> GoldFact:
    certainty = fact.get("certainty", "")
    return GoldFact(
        types=tuple(fact["type"].split("|")),
        slots=tuple(_slots(fact, optional=False)),
        spare=tuple(_slots(fact, optional=True)),
        about="about" in fact,
        certainty=tuple(certainty.split("|")) if certainty else (),
        speakers=tuple(map(str, _many(fact.get("according_to")))),
        spare_speakers=tuple(map(str, _many(fact.get("according_to?")))),
        optional=bool(fact.get("optional")),
    )


def _slots(fact: Mapping[str, Any], *, optional: bool) -> Iterator[Slot]:
    """Yield the slots of a fact in the order of its keys; those behind a "?" where asked for."""
    for key, value in fact.items():
        role = key.rstrip("?")
        if key.endswith("?") != optional or value in (None, [], {}, ""):
            continue
        if role in ROLES:
            for one in _many(value):
                yield Slot(role, str(one))
        elif role in ("date", "about") or (role in COUNTS and minimum(value) is not None):
            yield Slot(role, value)


def _many(value: Any) -> list[Any]:  # noqa: ANN401 -- a JSON value
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (FILE:LINE, object) of a JSON Lines file; blank lines are passed over."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: can't be read as JSON Lines in UTF-8: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{where}: malformed JSON: {error}") from error
        if not isinstance(row, dict):
            raise InputError(f"{where}: not a JSON object")
        yield where, row
