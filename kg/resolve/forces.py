"""State and international forces behind descriptions: "French troops", "the army", "UN forces"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Mention
from kg.resolve.known import ARMED, FORCES, SERVICES, Answer
from kg.resolve.passage import Passage, Trail

_ATTACHED = ("before", "of", "from")  # a name so attached to a force noun says whose it is
_MISSIONS = ("mission", "peacekeeping")


def nation(passage: Passage, mention: Mention) -> Answer | None:
    """Answer for a nationality alone: "the French" are their forces in a passage about armed actors."""
    clues = mention.clues
    if clues.form != "people":
        return None
    country = one_country(passage, clues.countries)
    slug = passage.known.force(country, "army") if country else None
    definite = clues.determiner == "the" and passage.martial(mention)
    if slug is None or not (definite or clues.acts):
        return Answer(None, "a nationality that may be any of its people", candidates=[slug] if slug else [])
    before = [m for m in passage.people if m.end < mention.start and m.clues.countries == clues.countries]
    if any(m.link is None for m in before):
        return Answer(None, "the people of that nationality named before", candidates=[slug])
    return Answer(slug, f"nationality for a force: {passage.known.name(slug)}", 0.85)


def force(passage: Passage, mention: Mention, trail: Trail) -> Answer | None:
    """Answer for a force noun by the force, organisation, country or passage that it belongs to."""
    clues = mention.clues
    if clues.cls != "force" or clues.sense not in (*SERVICES, *_MISSIONS, "several", "part"):
        return None
    owners = passage.actors_in(mention, _ATTACHED)
    forces = [s for s in owners if passage.known.actors[s].kind in FORCES | ARMED]
    others = set(clues.countries) - {passage.known.actors[s].country for s in forces}
    if len(forces) > 1 or (forces and others and len(set(clues.countries)) == 1):
        return Answer(None, "of several forces", candidates=forces)
    if forces:
        return Answer(forces[0], f"named in it: {passage.known.name(forces[0])}", 0.95)
    for owner in owners:
        if "organisation" in passage.known.actors[owner].attributes:
            return _of_organisation(passage, mention, owner)
    if clues.sense == "several":
        return Answer(None, "security forces are several services")
    return _of_country(passage, mention, trail) if clues.sense in SERVICES else None


def _of_country(passage: Passage, mention: Mention, trail: Trail) -> Answer:
    clues = mention.clues
    named = clues.countries or _countries_inside(passage, mention)
    if named:
        country = one_country(passage, named)
        if country is None:
            return Answer(None, "a nationality of several countries")
        return _service(
            passage, mention, country, f"nationality + force noun: {passage.known.place_name(country)}", 0.95
        )
    if clues.against:
        return Answer(None, f"not one actor: {clues.against}")
    if not (clues.whole or clues.determiner == "the"):
        return Answer(None, "a force whose country is not said")
    if (before := _named_before(passage, mention, trail)) is not None:
        return Answer(before, f"the force named before: {passage.known.name(before)}", 0.85)
    country = passage.only_country(clues.sentence) if clues.whole else None
    if country is None:
        return Answer(None, "a force whose country is not said")
    return _service(
        passage,
        mention,
        country,
        f"force noun + country {passage.known.place_name(country)} of the passage",
        0.8,
    )


def _service(passage: Passage, mention: Mention, country: str, reason: str, confidence: float) -> Answer:
    slug = passage.known.force(country, mention.clues.sense)
    if slug is None:
        return Answer(None, f"no such force of {passage.known.place_name(country)} in the registry")
    return Answer(slug, f"{reason} -> {passage.known.name(slug)}", confidence)


def _countries_inside(passage: Passage, mention: Mention) -> tuple[str, ...]:
    """Return the country whose name belongs to a force noun: "Mali's soldiers", "soldiers from Niger"."""
    for how, start, end in mention.clues.inside:
        link = passage.linked((start, end)) or ""
        country = link if passage.known.is_country(link) else passage.known.country_of(link)
        if how in _ATTACHED and country:
            return (country,)
    return ()


def _named_before(passage: Passage, mention: Mention, trail: Trail) -> str | None:
    """Return the one state force of the same service that was named before, or named last in the sentence."""
    service = "police" if mention.clues.sense in ("police", "gendarmerie") else "army"

    def serve(slugs: Sequence[str | None]) -> list[str]:
        return list(dict.fromkeys(s for s in slugs if s and service in passage.known.actors[s].attributes))

    last = trail.last(mention.start)
    same = serve([m.link for m in last if m.clues.sentence == mention.clues.sentence])
    found = same or serve(trail.before(mention.start))
    return found[0] if len(found) == 1 else None


def _of_organisation(passage: Passage, mention: Mention, owner: str) -> Answer:
    """Answer with the mission that an organisation has in the country of the passage."""
    name = passage.known.name(owner)
    for tier in passage.places_of(mention):
        found = passage.known.missions(owner, tier, passage.date)
        if len(found) == 1:
            where = ", ".join(passage.known.place_name(country) for country in tier[:2])
            return Answer(
                found[0], f"force of {name} + theatre {where} -> {passage.known.name(found[0])}", 0.88
            )
        if found:
            return Answer(None, f"a force of {name}: several fit", candidates=found)
    return Answer(None, f"a force of {name}: its theatre is not said")


def mission(passage: Passage, mention: Mention) -> Answer | None:
    """Answer for "the mission" and "peacekeepers": the one named, else the one of that place."""
    clues = mention.clues
    if clues.sense not in _MISSIONS:
        return None
    peacekeeping = clues.sense == "peacekeeping"
    if not peacekeeping and (clues.determiner != "the" or clues.against):
        return Answer(None, "a mission that is not said to be a force")
    named = [s for s in passage.actors if passage.known.actors[s].kind == "InternationalForce"]
    if len(named) == 1:
        return Answer(named[0], f"the mission named in the passage: {passage.known.name(named[0])}", 0.88)
    owners = [s for s in passage.actors if "organisation" in passage.known.actors[s].attributes]
    if named or len(owners) > 1 or not (owners or peacekeeping):
        return Answer(None, "which mission is not said", candidates=named)
    for tier in passage.places_of(mention):
        found = passage.known.missions(owners[0] if owners else "", tier, passage.date)
        if len(found) == 1:
            reason = (
                f"mission + theatre {passage.known.place_name(tier[0])} -> {passage.known.name(found[0])}"
            )
            return Answer(found[0], reason, 0.85)
        if found:
            return Answer(None, "several missions fit", candidates=found)
    return Answer(None, "no mission fits the place")


def government(passage: Passage, mention: Mention) -> Answer | None:
    """Answer for "the Malian authorities" and "the government in Ouagadougou"."""
    clues = mention.clues
    if clues.cls != "government" and clues.sense != "government":
        return None
    if clues.against:
        return Answer(None, f"not one actor: {clues.against}")
    if clues.sense != "government":
        return Answer(None, "an office that the registry does not hold")
    named = clues.countries or _governed(passage, mention)
    bare = clues.determiner == "the" and not clues.words and not clues.inside
    country = one_country(passage, named) if named else passage.only_country(clues.sentence) if bare else None
    slug = passage.known.governments.get(country or "")
    if slug is None or country is None:
        return Answer(None, "a government whose country is not said")
    return Answer(slug, f"government of {passage.known.place_name(country)}", 0.9 if named else 0.8)


def _governed(passage: Passage, mention: Mention) -> tuple[str, ...]:
    """Return the country whose name, or whose capital's, is inside a description of a government."""
    for _, start, end in mention.clues.inside:
        link = passage.linked((start, end)) or ""
        country = passage.known.registry.capitals.get(link) or passage.known.country_of(link) or link
        if country in passage.known.governments:
            return (country,)
    return ()


def one_country(passage: Passage, countries: tuple[str, ...]) -> str | None:
    """Return the one country of a nationality, by the passage where it may be several."""
    if len(countries) <= 1:
        return countries[0] if countries else None
    around = passage.every_country() | passage.theatres()
    fitting = [country for country in countries if country in around]
    return fitting[0] if len(fitting) == 1 else None
