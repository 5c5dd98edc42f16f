"""Footnotes: what a sentence or row rests on, numbered in the order in which it is first cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from kg.projection import Statement

Numbers: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it: the speaker, who relays it, the channel it came through, and how sure it is."""

    speaker: str
    via: tuple[str, ...]
    channel: tuple[str, ...]
    certainties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A passage of a report with those who speak in it, or a document that the registry cites.

    `quote` are the exact words of the passage; of a document of the registry `title` is what it is called,
    and nothing is quoted. `url` is the address as the source gives it.
    """

    number: int
    quote: str
    voices: tuple[Voice, ...]
    outlet: str
    title: str
    published: str
    url: str
    registry: bool

    @property
    def link(self) -> str:
        """The address where it is one of the web, "" where a reader may not safely follow it."""
        return self.url if self.url.lower().startswith(("https://", "http://")) else ""


class Notes:
    """The footnotes of one briefing, as they are collected."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        """`addresses` are those of the sources of the registry, by reference."""
        self._addresses = addresses
        self._cited: dict[tuple[object, ...], list[Statement]] = {}
        self._documents: dict[tuple[object, ...], str] = {}
        self._numbers: dict[tuple[object, ...], int] = {}

    def cite(self, statements: Iterable[Statement]) -> Numbers:
        """Return the numbers of the footnotes for statements, in order.

        One passage is one footnote, however many statements (of deed, target, toll) are read from it.
        """
        found = set()
        for one in statements:
            if not one.report:
                found.add(self.source(one.speaker or one.id, one.speaker_label or "the registry"))
                continue
            key = (one.report, one.start, one.end, one.quote)
            self._cited.setdefault(key, []).append(one)
            found.add(self._number(key))
        return tuple(sorted(found))

    def source(self, reference: str, title: str) -> int:
        """Return the number of the footnote for a document that the registry cites."""
        self._documents[(reference,)] = title
        return self._number((reference,))

    def all(self) -> tuple[Note, ...]:
        """Return the footnotes by number."""
        return tuple(
            self._passage(number, self._cited[key]) if key in self._cited else self._document(number, key)
            for key, number in self._numbers.items()
        )

    def _number(self, key: tuple[object, ...]) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def _document(self, number: int, key: tuple[object, ...]) -> Note:
        url = self._addresses.get(str(key[0]), "")
        return Note(number, "", (), "", self._documents[key], "", url, registry=True)

    def _passage(self, number: int, cited: Iterable[Statement]) -> Note:
        cited = tuple(cited)
        voices: dict[tuple[str, tuple[str, ...], tuple[str, ...]], set[str]] = {}
        for one in cited:
            key = (one.speaker_label or "unknown", one.via, one.channel)
            voices.setdefault(key, set()).add(one.certainty)
        told = tuple(Voice(*key, tuple(sorted(sure))) for key, sure in sorted(voices.items()))
        one = cited[0]
        return Note(number, one.quote, told, one.outlet, one.title, one.published, one.url, registry=False)
