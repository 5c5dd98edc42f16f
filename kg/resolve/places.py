"""Which place a name is: by the noun beside it, the countries of the passage, and who is active there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.model import Mention
from kg.registry import Place
from kg.resolve.passage import Passage

_KINDS = {"region": ("region", "area"), "city": ("city",)}  # the noun beside a name, and what it can be
_STRONG, _NEAR, _NAMED, _NOUN, _MARGIN = 3.0, 4.0, 2.5, 3.0, 0.5  # weights; measured on sets of news passages
_LEAST = 2.5  # a weak name needs its country, at least


def settle_places(passage: Passage) -> None:
    """Link the places of a passage: countries and clear names first, since they help with the rest."""
    _take_adjectives(passage)
    waiting = []
    for i, mention in enumerate(passage.mentions):
        if mention.kind != "place":
            continue
        if mention.clues.against:
            passage.abstain(i, mention.clues.against)
            continue
        found = _readings(passage, mention)
        clear = _clear(passage, mention, found)
        if clear is not None:
            reason = "name of a country" if clear.kind == "country" else "strong name, one reading"
            _take(passage, i, clear, reason, 0.97)
        elif found:
            waiting.append(i)
        else:
            passage.abstain(i, "no place of this name in the registry")
    for i in waiting:
        _choose(passage, i)
    if not passage.every_country() and (country := _agreed(passage)):
        passage.assume(country)
        for i in waiting:
            if passage.mentions[i].link is None:
                _choose(passage, i)


def _agreed(passage: Passage) -> str:
    """Return the one country on which two or more names agree that are not yet linked."""
    votes: dict[str, set[str]] = defaultdict(set)
    for mention in passage.mentions:
        if mention.link is None and mention.clues.form == "name" and not mention.clues.against:
            for slug in mention.candidates:
                for country in passage.known.whereabouts(slug):
                    votes[country].add(mention.text.casefold())
    most = max((len(names) for names in votes.values()), default=0)
    best = [country for country, names in votes.items() if len(names) == most]
    return best[0] if most > 1 and len(best) == 1 else ""


def _take_adjectives(passage: Passage) -> None:
    for mention in passage.mentions:
        countries = mention.clues.countries
        if len(countries) == 1:
            passage.add_country(mention.clues.sentence, countries[0], inner=False)


def _readings(passage: Passage, mention: Mention) -> list[Place]:
    places = passage.known.registry.places
    found = [places[slug] for slug in mention.candidates if slug in places]
    kinds = _KINDS.get(mention.clues.sense, ())
    return [p for p in found if p.kind in kinds] or found


def _clear(passage: Passage, mention: Mention, found: list[Place]) -> Place | None:
    """Return the one strong reading of a name that has no other, or is a country's."""
    strong = set(passage.strong(mention))
    sure = [p for p in found if p.slug in strong]
    if len(sure) != 1:
        return None
    rivals = [p for p in found if p.slug != sure[0].slug and p.country != sure[0].country]
    return sure[0] if sure[0].kind == "country" or not rivals else None


def _take(passage: Passage, i: int, place: Place, reason: str, confidence: float) -> None:
    mention = passage.mentions[i]
    passage.link(i, place.slug, reason, confidence)
    border = mention.clues.sense == "border"
    if not border:
        passage.add_country(mention.clues.sentence, place.country, inner=place.kind != "country")


def _choose(passage: Passage, i: int) -> None:
    """Link an ambiguous or weak name to the reading with the most support, if that is one reading."""
    mention = passage.mentions[i]
    strong = set(passage.strong(mention))
    scored = []
    for place in _readings(passage, mention):
        score, reasons = _support(passage, mention, place)
        if place.slug in strong:
            score, reasons = score + _STRONG, ["strong name", *reasons]
        scored.append((score, place.slug, place, reasons))
    scored.sort(key=lambda row: (-row[0], row[1]))
    best = scored[0]
    tied = [row for row in scored[1:] if best[0] - row[0] < _MARGIN]
    if best[0] < _LEAST:
        passage.abstain(i, "weak name, and no country of the passage supports a reading")
    elif tied and not _same_spot(best[2], [row[2] for row in tied]):
        passage.abstain(i, "several places of this name fit the passage")
    else:
        _take(passage, i, best[2], " + ".join(best[3]), 0.9 if best[2].slug in strong else 0.85)


def _same_spot(best: Place, tied: Iterable[Place]) -> bool:
    """Return whether the others are the region or district that the town is the seat of."""
    return best.kind == "city" and all(p.kind != "city" and p.country == best.country for p in tied)


def _support(passage: Passage, mention: Mention, place: Place) -> tuple[float, list[str]]:
    score, reasons = 0.0, []
    tiers = passage.countries(mention.clues.sentence)
    if place.country and tiers and place.country in tiers[0]:
        score, reasons = score + _NEAR, [passage.support(place.country, near=True)]
    elif place.country in passage.every_country():
        score, reasons = score + _NAMED, [passage.support(place.country, near=False)]
    elif place.kind == "country" and passage.every_country():
        score, reasons = score + _NAMED, ["name of a country among others"]
    elif place.country in passage.theatres():
        score, reasons = (
            score + _NAMED,
            [f"the actors named are active in {passage.known.place_name(place.country)}"],
        )
    if place.kind in _KINDS.get(mention.clues.sense, ()):
        score, reasons = score + _NOUN, [*reasons, f"called a {mention.clues.noun}"]
    elif place.kind == "city" and not mention.clues.sense:
        score += _MARGIN
    return score, reasons
