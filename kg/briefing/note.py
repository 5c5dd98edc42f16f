"""Footnotes: what a sentence or row rests on, numbered in the order in which it is first cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from kg.projection import Statement

Numbers: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Who said it, in which words, how surely, and where.

    `quote` is the passage as the report has it; a source of the registry states a relation and is not
    quoted. `url` is as the source gave it, `link` is it where a reader may safely follow it, else "".
    """

    number: int
    quote: str
    speaker: str
    via: tuple[str, ...]
    channel: tuple[str, ...]
    certainty: str
    outlet: str
    title: str
    published: str
    url: str
    registry: bool

    @property
    def link(self) -> str:
        """The address where it is one of the web."""
        return self.url if self.url.lower().startswith(("https://", "http://")) else ""


class Notes:
    """The footnotes of one briefing, as they are collected."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        """`addresses` are those of the sources of the registry, by reference."""
        self._addresses = addresses
        self._numbers: dict[tuple[object, ...], int] = {}
        self._notes: list[Note] = []

    def cite(self, statements: Iterable[Statement]) -> Numbers:
        """Return the numbers of the footnotes for statements, in order.

        One passage that is read as several statements (of the deed, the target, the toll) is one footnote.
        """
        return tuple(sorted({self._number(one) for one in statements}))

    def source(self, reference: str, title: str) -> int:
        """Return the number of the footnote for a document that the registry cites for an entry."""
        return self._kept(("", reference), speaker=title, url=self._addresses.get(reference, ""))

    def all(self) -> tuple[Note, ...]:
        """Return the footnotes by number."""
        return tuple(self._notes)

    def _number(self, one: Statement) -> int:
        if not one.report:
            return self._kept(
                ("", one.speaker or one.id),
                speaker=one.speaker_label or "the registry",
                url=self._addresses.get(one.speaker, ""),
            )
        key = (one.report, one.start, one.end, one.quote, one.speaker, one.via, one.channel, one.certainty)
        return self._kept(
            key,
            quote=one.quote,
            speaker=one.speaker_label or "unknown",
            via=one.via,
            channel=one.channel,
            certainty=one.certainty,
            outlet=one.outlet,
            title=one.title,
            published=one.published,
            url=one.url,
            registry=False,
        )

    def _kept(  # noqa: PLR0913 -- the fields of a note
        self,
        key: tuple[object, ...],
        *,
        speaker: str,
        url: str,
        quote: str = "",
        via: tuple[str, ...] = (),
        channel: tuple[str, ...] = (),
        certainty: str = "",
        outlet: str = "",
        title: str = "",
        published: str = "",
        registry: bool = True,
    ) -> int:
        if key not in self._numbers:
            number = self._numbers[key] = len(self._notes) + 1
            self._notes.append(
                Note(
                    number, quote, speaker, via, channel, certainty, outlet, title, published, url, registry
                )
            )
        return self._numbers[key]
