"""Armed groups behind descriptions: a network's branch in a country, a leader's men, the group named before."""

from __future__ import annotations

from kg.model import Mention
from kg.resolve.known import ARMED, Answer
from kg.resolve.passage import Passage

_BELONGS = ("before", "of")
_DEFINITE = ("the", "this", "that", "'s")
_REACH = 1  # sentences back to a group, where others were named before
_NETWORK = ("part", "group", "members")


def led_by(passage: Passage, mention: Mention) -> Answer | None:
    """Answer with the group of the person named in a description: "the unit under Mokhtar Belmokhtar"."""
    clues = mention.clues
    if clues.sense not in _NETWORK or clues.cls != "armed" or clues.determiner not in _DEFINITE:
        return None
    groups: set[str] = set()
    for _, start, end in clues.inside:
        slug = passage.linked((start, end))
        if slug in passage.known.actors and passage.known.actors[slug].kind == "Person":
            groups |= passage.known.groups(slug)
    named = groups & passage.actors.keys()
    fitting = named or groups
    if len(fitting) == 1:
        slug = fitting.pop()
        return Answer(slug, f"the group of the person named in it: {passage.known.actors[slug].name}", 0.88)
    return (
        Answer(None, "the person named in it has led several groups", candidates=sorted(groups))
        if groups
        else None
    )


def affiliate(passage: Passage, mention: Mention) -> Answer | None:
    """Answer for a part of a network: the member named nearby, else the one of that theatre."""
    clues = mention.clues
    if clues.cls != "armed" or clues.sense not in _NETWORK:
        return None
    networks = [s for how, a, b in clues.inside if how in _BELONGS and (s := passage.linked((a, b)))]
    networks = [s for s in networks if s in passage.known.actors and passage.known.actors[s].kind in ARMED]
    if not networks:
        return None
    network = networks[0]
    if not passage.known.network(network):
        return _of_group(passage, mention, network)
    if clues.against or (clues.determiner not in _DEFINITE and clues.sense != "part"):
        return Answer(None, "which of the network's groups is not said")
    if (named := _named_member(passage, mention, network)) is not None:
        return Answer(
            named,
            f"affiliation {_name(passage, network)} + {_name(passage, named)} named in the passage",
            0.9,
        )
    return _by_theatre(passage, mention, network)


def _of_group(passage: Passage, mention: Mention, group: str) -> Answer | None:
    """Answer for the men of a group that is no network; which wing of it is not said by its name."""
    if mention.clues.sense == "part" and not mention.clues.people:
        return Answer(None, f"a part of {_name(passage, group)}", candidates=[group])
    return Answer(group, f"people of {_name(passage, group)}", 0.9)


def _named_member(passage: Passage, mention: Mention, network: str) -> str | None:
    """Return the one group of a network that the passage names and that is directly under it."""
    known = passage.known
    members = [
        s
        for s in passage.actors
        if s != network and known.actors[s].kind in ARMED and known.actors[s].family == network
    ]
    tops = [s for s in members if not set(known.actors[s].parents) & set(members)]
    return tops[0] if len(tops) == 1 else None


def _by_theatre(passage: Passage, mention: Mention, network: str) -> Answer:
    known = passage.known
    for tier in passage.places_of(mention):
        found = known.affiliates(network, tier, passage.date)
        where = ", ".join(known.registry.places[c].name for c in tier[:3])
        if len(found) == 1:
            reason = f"affiliation {_name(passage, network)} + theatre {where} -> {_name(passage, found[0])}, the only such group"
            return Answer(found[0], reason, 0.85)
        if found:
            return Answer(
                None, f"several groups of {_name(passage, network)} are active in {where}", candidates=found
            )
    return Answer(None, f"which group of {_name(passage, network)} is not said")


def antecedent(passage: Passage, mention: Mention) -> Answer | None:
    """Answer for "the group", "the jihadists": the one armed group named before that fits the words."""
    clues = mention.clues
    if clues.cls != "armed" or clues.sense not in ("group", "members"):
        return None
    if clues.determiner not in ("the", "this", "that") or clues.inside:
        return Answer(None, "which group is not said")
    before = [
        m
        for m in passage.mentions
        if m.end <= mention.start and (m.start, m.end) not in clues.apart and _armed_name(passage, m)
    ]
    if not before:
        return _ahead(passage, mention)
    fitting = [m for m in before if m.link is None or _fits(passage, mention, m.link)]
    if not fitting:
        return Answer(None, "no group named before fits the words")
    return _nearest(passage, mention, fitting)


def _nearest(passage: Passage, mention: Mention, fitting: list[Mention]) -> Answer:
    """Answer with the one group of all that fit, else the one of the nearest sentence that names any."""
    last = max(m.clues.sentence for m in fitting)
    for tier in (fitting, [m for m in fitting if m.clues.sentence == last]):
        groups = list(dict.fromkeys(m.link for m in tier))
        near = tier is fitting or mention.clues.sentence - last <= _REACH
        if len(groups) == 1 and near and groups[0] is not None:
            confidence = 0.85 if tier is fitting else 0.75
            return Answer(groups[0], f"the group named before: {_name(passage, groups[0])}", confidence)
    listed = [s for s in dict.fromkeys(m.link for m in fitting) if s]
    return Answer(None, "several groups were named before", candidates=listed)


def _armed_name(passage: Passage, mention: Mention) -> bool:
    if mention.kind != "actor" or mention.clues.form != "name":
        return False
    if mention.link is None:
        return mention.clues.cls == "armed"
    return passage.known.actors[mention.link].kind in ARMED


def _ahead(passage: Passage, mention: Mention) -> Answer:
    """Answer with the one group that the rest of the sentence names, if it speaks and no other is named."""
    after = {m.link for m in passage.mentions if m.start >= mention.end and _armed_name(passage, m)}
    spoken = {
        m.link
        for m in passage.mentions
        if m.link in after and m.clues.sentence == mention.clues.sentence and m.clues.speaks
    }
    if len(after) == 1 and spoken == after and (slug := after.pop()) and _fits(passage, mention, slug):
        return Answer(slug, f"the only group named, which speaks: {_name(passage, slug)}", 0.8)
    return Answer(None, "no group was named before")


def _fits(passage: Passage, mention: Mention, slug: str) -> bool:
    """Return whether the words of a description are true of a group."""
    words = (*mention.clues.words, mention.clues.noun)
    theatres = passage.known.theatres(slug)
    countries = mention.clues.countries
    return all(passage.known.describes(slug, w) for w in words) and (
        not countries or bool(set(countries) & theatres)
    )


def _name(passage: Passage, slug: str) -> str:
    return passage.known.actors[slug].name
