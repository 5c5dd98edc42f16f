"""A country or a capital that stands for its government: "Paris denied", "killed by the United States"."""

from __future__ import annotations

from kg.model import Mention
from kg.resolve.passage import Passage

_ACTING = ("agent", "party", "leader")


def settle_governments(passage: Passage) -> None:
    """Turn the names of countries and capitals that act or speak into actors."""
    spans = _acting_spans(passage)
    for i, mention in enumerate(passage.mentions):
        if mention.kind != "place" or mention.link is None:
            continue
        country = _country(passage, mention)
        government = passage.known.governments.get(country, "")
        if government and (mention.clues.acts or (mention.start, mention.end) in spans):
            what = "country" if mention.link == country else "capital"
            passage.link(i, government, f"{what} for its government: it acts or speaks", 0.9, kind="actor")


def _country(passage: Passage, mention: Mention) -> str:
    link = mention.link or ""
    return passage.known.registry.capitals.get(link, link if len(link) == 2 else "")


def _acting_spans(passage: Passage) -> set[tuple[int, int]]:
    """Return the spans that fill a role only an actor can fill."""
    found = set()
    for fact in passage.extraction.facts:
        for role in _ACTING:
            found |= {(f.start, f.end) for f in fact.fillers(role)}
        found |= {(f.start, f.end) for f in (*fact.speakers, *fact.via)}
        if fact.type in ("allegiance", "support", "affiliation", "designation"):
            found |= {(f.start, f.end) for f in fact.fillers("object")}
    return found
