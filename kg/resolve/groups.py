"""Armed groups behind descriptions: a branch of a network, the men of a leader, "the group"."""

from __future__ import annotations

from kg.model import Mention
from kg.resolve.known import ARMED, Answer
from kg.resolve.passage import Passage, Trail

_BELONGS = ("before", "of")
_DEFINITE = ("the", "this", "that", "'s")
_NETWORK = ("part", "group", "union", "members")
_REACH = 1  # sentences back to a group, where others were named before


def led_by(passage: Passage, mention: Mention) -> Answer | None:
    """Answer with the group of the person named in a description: "the wing that answers to Shekau"."""
    clues = mention.clues
    if clues.sense not in _NETWORK or clues.cls != "armed" or clues.determiner not in _DEFINITE:
        return None
    groups: set[str] = set()
    for slug in passage.actors_in(mention, ("before", "of", "under", "behind", "by")):
        if passage.known.actors[slug].kind == "Person":
            groups |= passage.known.groups(slug)
    fitting = groups & passage.actors.keys() or groups
    if len(fitting) > 1:
        return Answer(None, "the person named in it has led several groups", candidates=sorted(groups))
    for slug in fitting:
        return Answer(slug, f"the group of the person named in it: {passage.known.name(slug)}", 0.88)
    return None


def affiliate(passage: Passage, mention: Mention) -> Answer | None:
    """Answer for a part of a network: the member named nearby, else the one of that theatre."""
    clues = mention.clues
    if clues.cls != "armed" or clues.sense not in (*_NETWORK, "army"):
        return None
    groups = [s for s in passage.actors_in(mention, _BELONGS) if passage.known.actors[s].kind in ARMED]
    if not groups:
        return None
    if len(groups) > 1:
        return Answer(None, "of several groups", candidates=groups)
    network = groups[0]
    if not passage.known.network(network):
        if clues.sense == "part" and not clues.people:
            return Answer(None, f"a part of {passage.known.name(network)}", candidates=[network])
        return Answer(network, f"people of {passage.known.name(network)}", 0.9)
    if (
        clues.sense == "army"
        or clues.against
        or (clues.determiner not in _DEFINITE and clues.sense != "part")
    ):
        return Answer(None, "which of the network's groups is not said")
    if (named := _named_member(passage, mention, network)) is not None:
        reason = (
            f"affiliation {passage.known.name(network)} + {passage.known.name(named)} named in the passage"
        )
        return Answer(named, reason, 0.9)
    return _by_theatre(passage, mention, network)


def _named_member(passage: Passage, mention: Mention, network: str) -> str | None:
    """Return the one group right under a network that the passage names, if it is active there."""
    known = passage.known
    members = [s for s in passage.actors if s != network and known.member(s, network)]
    tops = [s for s in members if not set(known.actors[s].parents) & set(members)]
    if len(tops) != 1:
        return None
    spans = [(start, end) for how, start, end in mention.clues.inside if how == "in"]
    own = {known.country(passage.linked(span) or "") for span in spans} | set(mention.clues.countries)
    return tops[0] if own <= {""} or own & known.theatres(tops[0]) else None


def _by_theatre(passage: Passage, mention: Mention, network: str) -> Answer:
    known = passage.known
    for tier in passage.places_of(mention):
        found = known.affiliates(network, tier, passage.date)
        where = ", ".join(known.place_name(country) for country in tier[:3])
        if len(found) == 1:
            means = f"affiliation {passage.known.name(network)} + theatre {where}"
            return Answer(found[0], f"{means} -> {passage.known.name(found[0])}, the only such group", 0.85)
        if found:
            reason = f"several groups of {passage.known.name(network)} are active in {where}"
            return Answer(None, reason, candidates=found)
    return Answer(None, f"which group of {passage.known.name(network)} is not said")


def antecedent(passage: Passage, mention: Mention, trail: Trail) -> Answer | None:
    """Answer for "the group", "the jihadists": the armed group named before that fits the words.

    It is the only one of the report so far that fits, or the only one of the sentence before or the same.
    """
    clues = mention.clues
    if clues.cls != "armed" or clues.sense not in ("group", "union", "members"):
        return None
    if clues.determiner not in ("the", "this", "that") or clues.inside:
        return Answer(None, "which group is not said")
    before = trail.before(mention.start)
    if not before:
        return _ahead(passage, mention)
    apart = {passage.linked(span) for span in clues.apart}
    fitting = [s for s in before if s is None or (s not in apart and _fits(passage, mention, s))]
    if not fitting:
        return Answer(None, "no group named before fits the words")
    if len(fitting) == 1 and fitting[0] is not None:
        return Answer(fitting[0], f"the group named before: {passage.known.name(fitting[0])}", 0.85)
    last = trail.last(mention.start)
    near = list(dict.fromkeys(m.link for m in last if m.link in fitting))
    if len(near) == 1 and near[0] is not None and clues.sentence - last[0].clues.sentence <= _REACH:
        return Answer(near[0], f"the group named last: {passage.known.name(near[0])}", 0.75)
    return Answer(None, "several groups were named before", candidates=[s for s in fitting if s])


def _ahead(passage: Passage, mention: Mention) -> Answer:
    """Answer with the group that the same sentence names as its speaker, if the report names no other."""
    known = passage.known
    groups = [s for s in passage.actors if known.actors[s].kind in ARMED]
    spoken = {m.link for m in passage.sentence_mates(mention) if m.clues.speaks and m.start >= mention.end}
    if len(groups) == 1 and groups[0] in spoken and _fits(passage, mention, groups[0]):
        return Answer(groups[0], f"the only group named, which speaks: {passage.known.name(groups[0])}", 0.8)
    return Answer(None, "no group was named before")


def _fits(passage: Passage, mention: Mention, slug: str) -> bool:
    """Return whether the words of a description are true of a group; nouns such as "militia" say little."""
    clues = mention.clues
    words = clues.words if clues.sense == "group" else (*clues.words, clues.noun)
    theatres = passage.known.theatres(slug)
    there = not clues.countries or bool(set(clues.countries) & theatres)
    return there and all(passage.known.describes(slug, word) for word in words)
