"""Whom a name means: a strong name alone, a weak one with the support of its passage."""

from __future__ import annotations

from kg.model import Mention
from kg.resolve.known import ARMED
from kg.resolve.passage import Passage

_SOURCES = ("Outlet", "MediaArm")
_FULL, _KIN, _NEAR, _NAMED = 4.0, 2.0, 2.0, 1.0  # weights of support


def settle_names(passage: Passage) -> None:
    """Link the names of actors: strong ones first, then the others, then what abbreviations spell out."""
    named = [i for i, m in enumerate(passage.mentions) if m.kind == "actor" and m.clues.form == "name"]
    waiting = [i for i in named if not _alone(passage, i)]
    unknown: dict[str, str] = {}
    for i in waiting:
        if not _abbreviated(passage, i, unknown):
            _supported(passage, i)
    for i in waiting:  # the name before its abbreviation: "Group for X (JNIM)"
        _spelled_out(passage, i)


def _candidates(passage: Passage, mention: Mention) -> list[str]:
    return [slug for slug in mention.candidates if slug in passage.known.actors]


def _alone(passage: Passage, i: int) -> bool:
    """Link a name that suffices alone; say whether that settles it."""
    mention = passage.mentions[i]
    if mention.clues.against:
        passage.abstain(i, mention.clues.against)
        return True
    strong = [s for s in passage.strong(mention) if s in passage.known.actors]
    others = [s for s in _candidates(passage, mention) if s not in strong]
    if len(strong) == 1 and not _contradicted(passage, strong[0], others):
        passage.link(i, strong[0], "strong alias", 0.98)
        return True
    return False


def _contradicted(passage: Passage, slug: str, others: list[str]) -> bool:
    """Return whether the passage is about countries of another bearer of the name and none of this one's."""
    if not others:
        return False
    countries = passage.every_country() or passage.theatres(without={slug, *others})
    mine = countries & passage.known.theatres(slug)
    return not mine and any(countries & passage.known.theatres(other) for other in others)


def _abbreviated(passage: Passage, i: int, unknown: dict[str, str]) -> bool:
    """Link an abbreviation to what the name before it stands for, known or not; say whether it is one."""
    mention = passage.mentions[i]
    span = mention.clues.same
    if span is None or span not in passage.at:
        if mention.text in unknown:
            passage.abstain(i, f"abbreviation of {unknown[mention.text]}, which the registry lacks")
        return mention.text in unknown
    other = passage.mentions[passage.at[span]]
    if other.link is not None:
        passage.link(i, other.link, f"abbreviation of {other.text}", 0.97)
        return True
    if not other.candidates:
        unknown[mention.text] = other.text
        passage.abstain(i, f"abbreviation of {other.text}, which the registry lacks")
        return True
    return False


def _spelled_out(passage: Passage, i: int) -> None:
    """Link a name that the registry lacks to what its abbreviation in parentheses means."""
    mention = passage.mentions[i]
    if mention.link is not None or mention.clues.against:
        return
    for other in passage.mentions[i + 1 : i + 3]:
        if other.clues.same == (mention.start, mention.end) and other.link and passage.strong(other):
            actor = passage.known.actors[other.link]
            if actor.kind != "Person" and mention.clues.cls != "person":
                passage.link(i, other.link, f"named with its abbreviation {other.text}", 0.9)


def _supported(passage: Passage, i: int) -> None:
    """Link a weak or ambiguous name to the candidate with the most support, if that is one."""
    mention = passage.mentions[i]
    candidates = _candidates(passage, mention)
    if not candidates:
        passage.abstain(i, "no actor of this name in the registry")
        return
    strong = set(passage.strong(mention))
    if len(candidates) > 1 and all(passage.known.actors[s].kind == "Person" for s in candidates):
        candidates = [s for s in candidates if s in passage.actors]  # a surname of several: by the full name
        if not candidates:
            passage.abstain(i, "a name of several persons, none of them named in full")
            return
    scored = sorted(
        ((*_support(passage, mention, s), s) for s in candidates), key=lambda row: (-row[0], row[2])
    )
    score, reason, slug = scored[0]
    if score <= 0:
        passage.abstain(i, "weak alias, and nothing in the passage supports it")
    elif len(scored) > 1 and scored[1][0] >= score:
        passage.abstain(i, "several actors of this name fit the passage")
    else:
        alias = "strong alias" if slug in strong else "weak alias"
        passage.link(i, slug, f"{alias} + {reason}", 0.9)


def _support(passage: Passage, mention: Mention, slug: str) -> tuple[float, str]:
    """Return how much a passage supports an actor, and the best of the reasons in words."""
    known = passage.known
    found: list[tuple[float, str]] = []
    if slug in passage.actors:
        found.append((_FULL, f"{passage.actors[slug]} in the passage"))
    if kin := sorted(known.kin(slug) & passage.actors.keys()):
        found.append((_KIN, f"{known.actors[kin[0]].name} in the passage"))
    theatres = known.theatres(slug)
    tiers = passage.countries(mention.clues.sentence)
    if tiers and (near := sorted(theatres & set(tiers[0]))):
        found.append((_NEAR, passage.support(near[0], near=True)))
    elif anywhere := sorted(theatres & passage.every_country()):
        found.append((_NAMED, passage.support(anywhere[0], near=False)))
    elif not tiers and (shared := sorted(theatres & passage.theatres())):
        found.append((_NAMED, f"the actors named are active in {known.registry.places[shared[0]].name}"))
    if known.actors[slug].kind in _SOURCES and mention.clues.speaks:
        found.append((_NEAR, "it stands where a source stands"))
    if not found and (reason := _only_network(passage, mention, slug)):
        found.append((_NAMED, reason))
    if not found:
        return 0.0, ""
    return sum(weight for weight, _ in found), max(found)[1]


def _only_network(passage: Passage, mention: Mention, slug: str) -> str:
    """Return why the head of a network is meant by its only weak name: allegiance is sworn to it."""
    known = passage.known
    alone = len(_candidates(passage, mention)) == 1
    if alone and known.actors[slug].kind in ARMED and known.network(slug) and passage.sworn_to(mention):
        return "the head of a network, to which allegiance is sworn"
    return ""
