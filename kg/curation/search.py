"""Finding an entry by a name: those that bear it, then those that are spelled alike, for a person to choose.

Nothing here links anything: a spelling that is near is a candidate to look at, never an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.gazetteer import key
from kg.registry import Name, Registry

LEAST = 75.0
"""The least likeness (0 to 100) of a candidate. WRatio gives "Islamic State" 90 for ISGS and names of
persons that share a part as much; the ratio of sorted words keeps them apart (54, 65)."""
LEAST_BESIDE = 85.0
"""The same where some entry bears the very name: only a near twin is then worth a look."""
_MOST = 10
_ORDER = {"strong": 0, "weak": 1, "unmatched": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that a person may mean.

    Attributes:
        kind: "actor" or "place".
        slug: its slug.
        name: its name that is the same or alike.
        how: "strong" or "weak" where it bears the very name, "unmatched" where only lists call it so and
            reports are not searched for it, "alike" where it is spelled alike.
        score: 100 for the very name, else the likeness.
    """

    kind: str
    slug: str
    name: str
    how: str
    score: float


def search(registry: Registry, text: str, *, most: int = _MOST) -> list[Found]:
    """Return the entries that bear a name, strong ones first, then those with a name that is spelled alike.

    Args:
        registry: where to look.
        text: a name, in whatever case and spelling.
        most: how many to return at the most.
    """
    wanted = key(text)
    if not wanted:
        return []
    names = list(_names(registry))
    exact = [Found(*name, 100.0) for name in names if key(name[2]) == wanted]
    exact.sort(key=lambda one: (_ORDER[one.how], one.kind, one.slug, one.name))
    least = LEAST_BESIDE if exact else LEAST
    found: dict[tuple[str, str], Found] = {}
    for one in (*exact, *_alike(wanted, names, least)):
        found.setdefault((one.kind, one.slug), one)
    return list(found.values())[:most]


def _names(registry: Registry) -> Iterator[tuple[str, str, str, str]]:
    for slug, name in registry.actor_names():
        yield "actor", slug, name.text, _strength(name)
    for slug, text in registry.unmatched_names():
        yield "actor", slug, text, "unmatched"
    for slug, name in registry.place_names():
        yield "place", slug, name.text, _strength(name)


def _strength(name: Name) -> str:
    return "strong" if name.strong else "weak"


def _alike(wanted: str, names: list[tuple[str, str, str, str]], least: float) -> list[Found]:
    """Return the names that are spelled alike, the likest first."""
    from rapidfuzz import fuzz, process

    folded = [key(name) for _, _, name, _ in names]
    hits = process.extract(wanted, folded, scorer=fuzz.token_sort_ratio, score_cutoff=least, limit=_MOST * 5)
    found = [Found(*names[i][:3], "alike", round(score, 1)) for _, score, i in hits if score < 100.0]
    return sorted(found, key=lambda one: (-one.score, one.kind, one.slug, one.name))
