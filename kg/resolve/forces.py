"""State and international forces behind descriptions: "French troops", "the army", "UN forces", "the mission"."""

from __future__ import annotations

from kg.model import Mention
from kg.resolve.known import ARMED, FORCES, SERVICES, Answer
from kg.resolve.passage import Passage

_ATTACHED = ("before", "of", "from")  # a name so attached to a force noun says whose it is


def nation(passage: Passage, mention: Mention) -> Answer | None:
    """Answer for a nationality alone: "the French" are their forces where the passage is about armed actors."""
    clues = mention.clues
    if clues.form != "people":
        return None
    military = any(m.clues.cls in ("armed", "force") for m in passage.mentions if m is not mention)
    military = military or any(f.type in ("attack", "clash", "operation") for f in passage.extraction.facts)
    country = _one(passage, clues.countries)
    if country is None or not military:
        return Answer(None, "a nationality that may be any of its people")
    slug = passage.known.force(country, "army")
    if slug is None or not (clues.determiner == "the" or _beside_forces(passage, mention)):
        return Answer(None, "a nationality that may be any of its people", candidates=[slug] if slug else [])
    return Answer(slug, f"nationality for a force: {passage.known.actors[slug].name}", 0.85)


def _beside_forces(passage: Passage, mention: Mention) -> bool:
    """Return whether forces are named in the same sentence, so that counted nationals are soldiers too."""
    return any(
        m.clues.cls == "force"
        and m.clues.form == "description"
        and m.clues.sentence == mention.clues.sentence
        for m in passage.mentions
    )


def force(passage: Passage, mention: Mention) -> Answer | None:
    """Answer for a force noun by the force, organisation, country or passage that it belongs to."""
    clues = mention.clues
    if clues.cls != "force" or clues.sense not in (*SERVICES, "peacekeeping", "several", "part"):
        return None
    owners = [s for how, a, b in clues.inside if how in _ATTACHED and (s := passage.linked((a, b)))]
    owners = list(dict.fromkeys(s for s in owners if s in passage.known.actors))
    forces = [s for s in owners if passage.known.actors[s].kind in FORCES | ARMED]
    if len(forces) > 1:
        return Answer(None, "of several forces", candidates=forces)
    if forces:
        return Answer(forces[0], f"named in it: {passage.known.actors[forces[0]].name}", 0.95)
    organisations = [s for s in owners if "organisation" in passage.known.actors[s].attributes]
    if organisations:
        return _of_organisation(passage, mention, organisations[0])
    if clues.sense == "several":
        return Answer(None, "security forces are several services")
    return None if clues.sense in ("peacekeeping", "part") else _of_country(passage, mention)


def _of_country(passage: Passage, mention: Mention) -> Answer | None:
    clues = mention.clues
    named = clues.countries or _countries_inside(passage, mention)
    country = _one(passage, named) if named else None
    if named and country is None:
        return Answer(None, "a nationality of several countries")
    if country is not None:
        return _service(
            passage, mention, country, f"nationality + force noun: {_label(passage, country)}", 0.95
        )
    if clues.against or "foreign" in clues.words:
        return Answer(None, f"not one actor: {clues.against or 'foreign'}")
    if not (clues.whole or clues.determiner == "the"):
        return Answer(None, "a force whose country is not said")
    if (before := _last_force(passage, mention)) is not None:
        return Answer(before, f"the force named above: {passage.known.actors[before].name}", 0.85)
    if not clues.whole:
        return Answer(None, "a force whose country is not said")
    country = passage.only_country(clues.sentence)
    if country is None:
        return Answer(None, "a force of one of several countries, or of none that is named")
    return _service(
        passage, mention, country, f"force noun + country {_label(passage, country)} of the passage", 0.8
    )


def _service(passage: Passage, mention: Mention, country: str, reason: str, confidence: float) -> Answer:
    slug = passage.known.force(country, mention.clues.sense)
    if slug is None:
        return Answer(None, f"no such force of {_label(passage, country)} in the registry")
    return Answer(slug, f"{reason} -> {passage.known.actors[slug].name}", confidence)


def _countries_inside(passage: Passage, mention: Mention) -> tuple[str, ...]:
    """Return the country whose name belongs to a force noun: "Mali's soldiers", "soldiers from Niger"."""
    for how, start, end in mention.clues.inside:
        i = passage.at.get((start, end))
        if how in _ATTACHED and i is not None and (link := passage.mentions[i].link):
            other = passage.mentions[i]
            if other.kind == "place" and len(link) == 2:
                return (link,)
            if other.kind == "actor" and (country := passage.known.country_of(link)):
                return (country,)
    return ()


def _last_force(passage: Passage, mention: Mention) -> str | None:
    """Return the state force that the report named last, where it named forces of one country only."""
    found = [
        m.link
        for m in passage.mentions
        if m.end <= mention.start and m.link in passage.known.actors and m.clues.cls == "force"
    ]
    state = [
        s
        for s in found
        if s and passage.known.actors[s].kind == "StateForce" and _serves(passage, s, mention)
    ]
    same = [s for s in state if _in_sentence(passage, s, mention)]
    distinct = set(same or state)
    return state[-1] if len(distinct) == 1 else None


def _in_sentence(passage: Passage, slug: str, mention: Mention) -> bool:
    sentence = mention.clues.sentence
    return any(
        m.link == slug and m.clues.sentence == sentence and m.end <= mention.start for m in passage.mentions
    )


def _serves(passage: Passage, slug: str, mention: Mention) -> bool:
    """Return whether a force is of the service that a noun names, and of a country that the passage is in."""
    actor = passage.known.actors[slug]
    service = "police" if mention.clues.sense in ("police", "gendarmerie") else "army"
    return service in actor.attributes


def _of_organisation(passage: Passage, mention: Mention, owner: str) -> Answer:
    """Answer with the mission that an organisation has in the country of the passage."""
    name = passage.known.actors[owner].name
    for tier in passage.places_of(mention):
        found = passage.known.missions(owner, tier, passage.date, peacekeeping=False)
        if len(found) == 1:
            where = ", ".join(_label(passage, c) for c in tier[:2])
            return Answer(
                found[0], f"force of {name} + theatre {where} -> {passage.known.actors[found[0]].name}", 0.88
            )
        if found:
            return Answer(None, f"a force of {name}: several fit", candidates=found)
    return Answer(None, f"a force of {name}: its theatre is not said")


def mission(passage: Passage, mention: Mention) -> Answer | None:
    """Answer for "the mission" and "peacekeepers": the one named before, else the one of that place."""
    clues = mention.clues
    if clues.sense not in ("mission", "peacekeeping"):
        return None
    owners = [
        slug
        for _, start, end in clues.inside
        if (slug := passage.linked((start, end))) in passage.known.actors
        and "organisation" in passage.known.actors[slug].attributes
    ]
    if owners:
        return _of_organisation(passage, mention, owners[0])
    if clues.sense == "mission" and clues.determiner != "the" or clues.against and clues.sense == "mission":
        return Answer(None, "a mission that is not said to be a force")
    named = {s for s in passage.actors if passage.known.actors[s].kind == "InternationalForce"}
    if len(named) == 1:
        slug = named.pop()
        return Answer(slug, f"the mission named in the passage: {passage.known.actors[slug].name}", 0.88)
    organisations = [s for s in passage.actors if "organisation" in passage.known.actors[s].attributes]
    if clues.sense == "mission" and len(organisations) != 1:
        return Answer(None, "no mission is named", candidates=sorted(named))
    return _in_place(passage, mention, organisations[0] if len(organisations) == 1 else "")


def _in_place(passage: Passage, mention: Mention, owner: str) -> Answer:
    for tier in passage.places_of(mention):
        found = passage.known.missions(owner, tier, passage.date, peacekeeping=not owner)
        if len(found) == 1:
            slug = found[0]
            return Answer(
                slug,
                f"mission + theatre {_label(passage, tier[0])} -> {passage.known.actors[slug].name}",
                0.85,
            )
        if found:
            return Answer(None, "several missions fit", candidates=found)
    return Answer(None, "no mission fits the place")


def government(passage: Passage, mention: Mention) -> Answer | None:
    """Answer for "the Malian authorities" and "the government in Ouagadougou"."""
    clues = mention.clues
    if clues.cls != "government":
        return None
    if clues.sense != "government" or clues.people:
        return Answer(None, "an office that the registry does not hold")
    named = clues.countries
    for _, start, end in clues.inside:
        link = passage.linked((start, end))
        if not named and link is not None:
            capital = passage.known.registry.capitals.get(link)
            named = (capital,) if capital else (link,) if link in passage.known.governments else ()
    country = _one(passage, named) if named else None
    if country is None and not named and clues.determiner == "the" and not clues.words and not clues.inside:
        country = passage.only_country(clues.sentence)
    slug = passage.known.governments.get(country or "")
    if slug is None:
        return Answer(None, "a government whose country is not said")
    return Answer(slug, f"government of {_label(passage, country or '')}", 0.9 if named else 0.8)


def _one(passage: Passage, countries: tuple[str, ...]) -> str | None:
    """Return the one country of a nationality, by the passage where it may be several."""
    if len(countries) <= 1:
        return countries[0] if countries else None
    fitting = [c for c in countries if c in passage.every_country() | passage.theatres()]
    return fitting[0] if len(fitting) == 1 else None


def _label(passage: Passage, country: str) -> str:
    return passage.known.registry.places[country].name
