"""A telling's portrait: all that its report's accounts say of it, as the comparison with others needs it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.assertion.tolls import widest
from kg.assertion.windows import Window, narrowed
from kg.model import Assertion, Count, Telling

if TYPE_CHECKING:
    from kg.registry import Registry

_AGAINST = ("denied", "negated")
_OF_THE_WORDS = ("claimed", "denied", "assessment", "claimStatus")  # their circumstances are not the event's
_DOERS = ("perpetrator", "party")
_AIMED_AT = ("target", "victim")
_TOWNS = ("city", "facility")
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_INDEFINITE = frozenset({"a", "an", "another", "any", "each", "every", "no", "other", "some"})
_OWNING = ("'s", "’s")
_MAX_LEAD_WORDS = 4
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BREAK = re.compile(r"[,.;:()\n\"“”]")


@dataclass(frozen=True, slots=True)
class Portrait:
    """What one telling says. Sets hold references of named things alone: an unnamed one agrees with nothing.

    `lead` holds the words between a definite article and the trigger, None where there is no such article;
    `known` tells that the trigger points to an event the reader has heard of ("the Dioura raid", "Friday's");
    `wordings` the sentences, folded, each with the place of the trigger in it.
    """

    telling: Telling
    published: str
    days: Window | None
    places: frozenset[str]
    towns: frozenset[str]
    tactics: frozenset[str]
    doers: frozenset[str]
    aimed_at: frozenset[str]
    cast: frozenset[str]
    unnamed: frozenset[str]
    killed: Count | None
    wounded: Count | None
    supposed: bool
    lead: tuple[str, ...] | None
    known: bool
    wordings: frozenset[tuple[str, int]]

    @property
    def order(self) -> tuple[bool, str, str]:
        """The order of tellings: by publication, those of unknown date last, then by reference."""
        return (not self.published, self.published, self.telling.id)

    def words(self) -> frozenset[str]:
        """Return the words of the sentences, folded."""
        return frozenset(word for text, _ in self.wordings for word in text.split())


def portraits(
    tellings: Iterable[Telling],
    assertions: Iterable[Assertion],
    published: Mapping[str, str],
    actors: Mapping[str, str],
    registry: Registry,
) -> list[Portrait]:
    """Return a portrait of each telling, in the order of tellings.

    Args:
        tellings: of any reports.
        assertions: all about them, in any order.
        published: publication dates by reference of the report.
        actors: canonical actors of those that a judgement makes another.
        registry: what kinds the places are of.
    """
    about: dict[str, list[Assertion]] = {}
    for assertion in assertions:
        if assertion.telling:
            about.setdefault(assertion.telling, []).append(assertion)
    made = (
        _portrait(telling, about.get(telling.id, []), published.get(telling.report, ""), actors, registry)
        for telling in tellings
    )
    return sorted(made, key=lambda portrait: portrait.order)


def _portrait(
    telling: Telling,
    accounts: list[Assertion],
    published: str,
    actors: Mapping[str, str],
    registry: Registry,
) -> Portrait:
    of_event = [one for one in accounts if one.predicate not in _OF_THE_WORDS]
    windows = [(one.earliest, one.latest) for one in of_event if one.earliest and one.latest]
    places = frozenset(place for one in of_event for place in one.place if _named(place))
    roles = [one for one in of_event if one.subject == telling.id and one.predicate != "type"]
    for_it = [
        (one.predicate, actors.get(one.object, one.object)) for one in roles if one.certainty not in _AGAINST
    ]
    towns = (place for place in places if _kind(place, registry) in _TOWNS)
    counted = [one for one in of_event if one.certainty != "claimed"]  # parties boast
    things = [*(thing for _, thing in for_it), *(place for one in of_event for place in one.place)]
    lead, known, wordings = _wording(telling, accounts)
    return Portrait(
        telling=telling,
        published=published,
        days=narrowed(windows)[0] if windows else None,
        places=places,
        towns=frozenset(towns),
        tactics=frozenset(tactic for one in of_event for tactic in one.tactic),
        doers=frozenset(actor for role, actor in for_it if role in _DOERS and _named(actor)),
        aimed_at=frozenset(thing for role, thing in for_it if role in _AIMED_AT and _named(thing)),
        cast=frozenset(actor for _, actor in for_it if _named(actor)),
        unnamed=frozenset(thing for thing in things if not _named(thing)),
        killed=widest(one.killed for one in counted),
        wounded=widest(one.wounded for one in counted),
        supposed=bool(of_event) and all(one.certainty == "hypothetical" for one in of_event),
        lead=lead,
        known=known,
        wordings=wordings,
    )


def combined(cluster: Sequence[Portrait]) -> Portrait:
    """Return one portrait of tellings that are one event, under the name of the first of them."""
    if len(cluster) == 1:
        return cluster[0]
    first = min(cluster, key=lambda portrait: portrait.order)
    windows = [one.days for one in cluster if one.days is not None]
    return replace(
        first,
        days=narrowed(windows)[0] if windows else None,
        places=frozenset().union(*(one.places for one in cluster)),
        towns=frozenset().union(*(one.towns for one in cluster)),
        tactics=frozenset().union(*(one.tactics for one in cluster)),
        doers=frozenset().union(*(one.doers for one in cluster)),
        aimed_at=frozenset().union(*(one.aimed_at for one in cluster)),
        cast=frozenset().union(*(one.cast for one in cluster)),
        unnamed=frozenset().union(*(one.unnamed for one in cluster)),
        killed=widest(one.killed for one in cluster),
        wounded=widest(one.wounded for one in cluster),
        supposed=all(one.supposed for one in cluster),
        known=any(one.known for one in cluster),
        wordings=frozenset().union(*(one.wordings for one in cluster)),
    )


def _named(reference: str) -> bool:
    return ":unnamed-" not in reference


def _kind(place: str, registry: Registry) -> str:
    known = registry.places.get(place.partition(":")[2])
    return known.kind if known else ""


def _wording(
    telling: Telling, accounts: list[Assertion]
) -> tuple[tuple[str, ...] | None, bool, frozenset[tuple[str, int]]]:
    """Return `lead`, `known` and `wordings` of a portrait."""
    sentences = {
        (one.quote, telling.start - one.start)
        for one in accounts
        if one.quote and one.start <= telling.start and telling.end <= one.start + len(one.quote)
    }
    before = [_before(quote[:offset]) for quote, offset in sorted(sentences)]
    leads = [_lead(words) for words in before]
    known = any(_determiner(words) not in ("", *_INDEFINITE) for words in before)
    wordings = frozenset((" ".join(_words(quote)), len(_words(quote[:at]))) for quote, at in sentences)
    return (leads[0] if leads else None), known, wordings


def _before(text: str) -> list[str]:
    """Return the last words of what stands before a trigger in its phrase."""
    return _words(_BREAK.split(text)[-1])[-_MAX_LEAD_WORDS:]


def _determiner(words: Sequence[str]) -> str:
    """Return the last determiner of some words, "Friday's" and its like among them, "" without one."""
    ways = _DEFINITE | _INDEFINITE
    return next((word for word in reversed(words) if word in ways or word.endswith(_OWNING)), "")


def _lead(words: Sequence[str]) -> tuple[str, ...] | None:
    found = next((i for i in reversed(range(len(words))) if words[i] in _DEFINITE | _INDEFINITE), None)
    return None if found is None or words[found] in _INDEFINITE else tuple(words[found + 1 :])


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
