"""What files of one's own change in the reading of reports: links of mentions, and facts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import tee, zip_longest
from typing import Any

from kg import facts
from kg.model import Extraction, Report
from kg.pipeline.work import Reader, extractions

_NO_CONTENT = ("doc", "id", "type", "evidence", "confidence")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is read otherwise.

    Attributes:
        doc: the report.
        kind: "link", "fact lost", "fact new" or "fact changed".
        text: the mention, or the quoted words of the fact.
        before: of a link, the registry slug or "" for NIL; of a fact, its type and content, or where it is
            changed, what of it differs.
        after: the same with the files of one's own.
    """

    doc: str
    kind: str
    text: str
    before: str
    after: str


def differences(
    reports: Iterable[Report], before: Callable[[], Reader], after: Callable[[], Reader]
) -> Iterator[Difference]:
    """Yield what two readers read otherwise, report by report, links first.

    Args:
        reports: in any order, which is kept.
        before: gives the reader on the shipped registry.
        after: gives the reader on the registry with files of one's own.
    """
    one, other = tee(reports)
    for old, new in zip(extractions(one, before), extractions(other, after), strict=True):
        yield from _links(old, new)
        yield from _facts(old, new)


def _links(old: Extraction, new: Extraction) -> Iterator[Difference]:
    spans = [
        {(row["doc"], row["start"], row["end"]): row for row in facts.mention_rows(one)} for one in (old, new)
    ]
    for span in sorted({*spans[0], *spans[1]}):
        was, now = (one.get(span) for one in spans)
        links = ["" if row is None else row["link"] or "" for row in (was, now)]
        if links[0] != links[1]:
            row = now or was
            assert row is not None
            yield Difference(span[0], "link", row["text"], *links)


def _facts(old: Extraction, new: Extraction) -> Iterator[Difference]:
    """Yield the facts that are lost, new or changed; a fact is the same one where words and type are."""
    was, now = (Counter(map(_said, facts.rows(one))) for one in (old, new))
    lost, found = _by_words(was - now), _by_words(now - was)
    for words in sorted({*lost, *found}):
        doc, text, type_ = words
        for before, after in zip_longest(lost.get(words, ()), found.get(words, ())):
            if before is None:
                yield Difference(doc, "fact new", text, "", _shown(type_, after, {}))
            elif after is None:
                yield Difference(doc, "fact lost", text, _shown(type_, before, {}), "")
            else:
                one, other = _shown(type_, before, after), _shown(type_, after, before)
                yield Difference(doc, "fact changed", text, one, other)


def _said(row: dict[str, Any]) -> tuple[tuple[str, str, str], str]:
    """Return report, quoted words and type of a fact, and its content without how sure the reading is."""
    content = {key: value for key, value in row.items() if key not in _NO_CONTENT}
    words = (row["doc"], row["evidence"]["text"], row["type"])
    return words, json.dumps(content, ensure_ascii=False, sort_keys=True)


def _by_words(
    said: Counter[tuple[tuple[str, str, str], str]],
) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for words, content in sorted(said.elements()):
        found.setdefault(words, []).append(json.loads(content))
    return found


def _shown(type_: str, row: dict[str, Any], other: dict[str, Any]) -> str:
    """Return a fact in words that a person can compare: what differs from another, or all of it."""
    parts = [type_]
    for key, value in row.items():
        kept = _differing(value, other.get(key))
        if kept:
            parts.append(f"{key}={json.dumps(kept, ensure_ascii=False)}")
    return " ".join(parts)


def _differing(value: Any, other: Any) -> Any:  # noqa: ANN401 -- values of JSON
    if isinstance(value, dict) and isinstance(other, dict):
        return {name: one for name, one in value.items() if other.get(name) != one}
    return None if value == other else value
