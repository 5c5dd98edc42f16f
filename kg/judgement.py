"""Judgements: what people decided, kept in an append-only file of JSON lines.

Nothing is rewritten: a later judgement on the same subjects replaces an earlier one, and `undo` takes
it back. A judgement on events names tellings and one on a proposition may name an assertion of it, since
both outlive a change of the derived references.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import SEEK_END
from pathlib import Path

from kg.errors import InputError, UsageError

SINGLE = ("accept", "reject")
PAIRED = ("same", "different")
UNDO = "undo"
_FIELDS = ("kind", "subjects", "person", "date", "note")
_SINGLES = ("proposition", "assertion")
_PAIRS = ("telling", "actor")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. `subjects` are references; `date` is the ISO day of the decision.

    accept, reject: one proposition, or one assertion for the proposition that it states.
    same, different: two tellings, or two actors. undo: the subjects of the decision that it takes back.

    Raises:
        UsageError: the kind is unknown, or the subjects are not what the kind decides on.
    """

    kind: str
    subjects: tuple[str, ...]
    person: str
    date: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.kind not in (*SINGLE, *PAIRED, UNDO):
            raise UsageError(
                f"no judgement is called {self.kind!r}: use accept, reject, same, different or undo"
            )
        kinds = [subject.partition(":")[0] for subject in self.subjects]
        single = len(kinds) == 1 and kinds[0] in _SINGLES
        paired = len(set(self.subjects)) == 2 and len(set(kinds)) == 1 and kinds[0] in _PAIRS
        allowed = {**dict.fromkeys(SINGLE, single), **dict.fromkeys(PAIRED, paired), UNDO: single or paired}
        if not allowed[self.kind]:
            raise UsageError(
                f"{self.kind} can't decide on {', '.join(self.subjects) or 'nothing'}: name one proposition "
                "or assertion to accept or reject, two tellings or two actors for same or different"
            )

    @property
    def key(self) -> tuple[str, ...]:
        """What the judgement decides on, in whatever order its subjects were given."""
        return tuple(sorted(self.subjects))

    @property
    def reason(self) -> str:
        """The decision in words, for people who read what came of it."""
        return f"judged {self.kind} by {self.person or 'someone'} on {self.date}" + (
            f": {self.note}" if self.note else ""
        )


def decisions(judgements: Iterable[Judgement]) -> Mapping[tuple[str, ...], Judgement]:
    """Return the decision in force on each key: the last in the given order; one undone is left out."""
    standing: dict[tuple[str, ...], Judgement] = {}
    for judgement in judgements:
        standing.pop(judgement.key, None)
        if judgement.kind != UNDO:
            standing[judgement.key] = judgement
    return standing


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Return the judgements of a file in the order of its lines, none where there is no file.

    Raises:
        InputError: a line is no judgement; the message names it.
    """
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").split("\n")
    return tuple(_parsed(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def append_judgement(path: Path, judgement: Judgement) -> None:
    """Add one line to the file of judgements, which is made where it is missing."""
    values = {name: getattr(judgement, name) for name in _FIELDS}
    line = (json.dumps(values, ensure_ascii=False) + "\n").encode()
    with path.open("a+b") as stream:
        if stream.tell():  # a last line that an editor left open is ended first
            stream.seek(-1, SEEK_END)
            line = line if stream.read(1) == b"\n" else b"\n" + line
        stream.write(line)


def _parsed(line: str, where: str) -> Judgement:
    try:
        values = json.loads(line)
        if not isinstance(values, dict) or not isinstance(values.get("subjects"), list):
            raise InputError(
                f"{where}: not a judgement; a line is an object with kind and a list of subjects"
            )
        texts = {name: str(values.get(name, "")) for name in _FIELDS if name != "subjects"}
        return Judgement(subjects=tuple(str(subject) for subject in values["subjects"]), **texts)
    except ValueError as error:
        raise InputError(f"{where}: not JSON ({error}); restore the line or delete it") from error
    except UsageError as error:
        raise InputError(f"{where}: {error}") from error
