"""The rules from facts to statements: who states which triple with what certainty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.assertion.nodes import ACTOR, ANY, PLACE, PLACE_KINDS, Node
from kg.assertion.scene import NOT_CLAIMED, Scene, doer_role
from kg.model import Fact
from kg.vocab import EVENT_CLASS, RELATION, local, role_predicate

_EVENT_ROLES = ("agent", "object", "target", "victim", "party", "leader")


@dataclass(frozen=True, slots=True)
class Statement:
    """One triple that one speaker states. `role` names the rule in the id of the assertion.

    `fact` holds the words and how sure the extraction is, `of` the fact whose circumstances the
    assertion carries.
    """

    subject: Node
    predicate: str
    object: Node
    speaker: Node
    fact: Fact
    of: Fact
    certainty: str
    role: str
    telling: str = ""


def statements(fact: Fact, scene: Scene) -> Iterator[Statement]:
    """Yield what one fact makes its speakers state, in the order of its roles."""
    if fact.type == "claim":
        yield from _claim(fact, scene)
    elif fact.type == "denial":
        yield from _denial(fact, scene)
    elif fact.type == "assessment":
        yield from _assessment(fact, scene)
    elif not _left_to_denial(fact, scene):
        for speaker in scene.speakers(fact):
            if fact.type in EVENT_CLASS:
                yield from _event(fact, scene, speaker)
            for subject, object_ in _related(fact, scene):
                yield _statement(fact, scene, speaker, (subject, local(RELATION[fact.type]), object_))


def _statement(fact: Fact, scene: Scene, speaker: Node, triple: tuple[Node, str, Node]) -> Statement:
    telling = scene.tellings[fact.id].id if fact.id in scene.tellings else ""
    return Statement(*triple, speaker, fact, fact, fact.certainty, triple[1], telling)


def _left_to_denial(fact: Fact, scene: Scene) -> bool:
    """Tell whether a fact is only what someone denies, so that the denial alone states it.

    Without this, a group that denies an attack would deny that the attack took place.
    """
    denials = scene.denials(fact)
    if fact.certainty != "denied" or not denials:
        return False
    deniers = [doer for denial in denials for doer in scene.doers(denial)]
    return fact.type not in EVENT_CLASS or any(_only_part(denier, fact, scene) for denier in deniers)


def _only_part(denier: Node, of: Fact, scene: Scene) -> bool:
    """Tell whether a denial of an event is of the part in it: by one who is blamed, or where nobody is.

    A denier that is not named ("a spokesman") may speak for those blamed.
    """
    blamed = scene.blamed(of)
    return not blamed or denier.ref in blamed or bool(denier.kinds) or _armed(denier, scene)


def _armed(node: Node, scene: Scene) -> bool:
    """Tell whether a node is an armed group of the registry: what one denies is its own hand in an event."""
    actor = scene.registry.actors.get(node.ref.removeprefix("actor:"))
    return actor is not None and actor.kind == "ArmedGroup"


def _event(fact: Fact, scene: Scene, speaker: Node) -> Iterator[Statement]:
    told = Node(scene.tellings[fact.id].id)
    type_ = Node(f"mkg:{local(EVENT_CLASS[fact.type])}")
    # whom one suspects of an attack is in doubt, the attack is not
    sure = "asserted" if fact.certainty == "suspected" and scene.doers(fact) else fact.certainty
    yield replace(_statement(fact, scene, speaker, (told, "type", type_)), certainty=sure)
    for role in _EVENT_ROLES:
        named = doer_role(fact.type) if role == "agent" else role
        predicate = role_predicate(fact.type, named)
        if predicate is None:
            continue
        kinds = ANY if local(predicate) == "target" else ACTOR
        for filler in scene.nodes(fact.fillers(role), kinds=kinds):
            if role == doer_role(fact.type) and _only_claimed(filler, fact, scene):
                continue
            statement = _statement(fact, scene, speaker, (told, local(predicate), filler))
            by_doer = role in (doer_role(fact.type), "agent", "leader")
            yield statement if by_doer else replace(statement, certainty=sure)


def _only_claimed(doer: Node, fact: Fact, scene: Scene) -> bool:
    """Tell whether a doer is known from a claim alone, so that the claim states it and not the report."""
    claimants = [claimant for claim in scene.claims(fact) for claimant in scene.doers(claim)]
    if fact.certainty == "claimed":
        return any(claimant.ref == doer.ref for claimant in claimants)
    return any(claimant.span == doer.span for claimant in claimants)


def _related(fact: Fact, scene: Scene) -> Iterator[tuple[Node, Node]]:
    if fact.type not in RELATION:
        return
    if fact.type == "control":
        held = (*fact.fillers("place"), *(one for one in fact.fillers("object") if one.kind in PLACE_KINDS))
        objects = _narrowest(scene.nodes(held, kinds=PLACE), scene)
    else:
        objects = scene.nodes(fact.fillers("object"))
    for subject in scene.doers(fact):
        for object_ in objects:
            if subject.ref != object_.ref:
                yield subject, object_


def _narrowest(places: tuple[Node, ...], scene: Scene) -> tuple[Node, ...]:
    """Return the places that contain no other of them: who holds a town does not hold its country."""
    slugs = [place.ref.partition(":")[2] for place in places]
    known = scene.registry.places
    return tuple(
        place
        for place, slug in zip(places, slugs, strict=True)
        if slug not in known
        or not any(other in known and other != slug and scene.registry.within(other, slug) for other in slugs)
    )


def _claim(claim: Fact, scene: Scene) -> Iterator[Statement]:
    of, telling = _spoken_of(claim, scene)
    claimants = scene.doers(claim)
    if not telling:
        yield from _claimed_relation(claim, of, scene)
        return
    if not claimants and claim.certainty == "negated":
        triple = (Node(telling), "claimStatus", Node("mkg:unclaimed"))
        for speaker in scene.speakers(claim):
            yield Statement(*triple, speaker, claim, of, "asserted", "claimStatus", telling)
    doer = _doer_predicate(of)
    for claimant in claimants:
        for speaker in scene.speakers(claim):
            triple = (claimant, "claimed", Node(telling))
            yield Statement(*triple, speaker, claim, claim, _of_words(claim), "claimed", telling)
        if claim.certainty not in NOT_CLAIMED:
            triple = (Node(telling), doer, claimant)
            yield Statement(*triple, claimant, claim, of, "claimed", "claim", telling)


def _of_words(fact: Fact) -> str:
    """Return how sure it is that a claim or denial was made: that a party makes it is no claim in itself."""
    return "asserted" if fact.certainty == "claimed" else fact.certainty


def _claimed_relation(claim: Fact, of: Fact, scene: Scene) -> Iterator[Statement]:
    for claimant in scene.doers(claim) if claim.certainty not in NOT_CLAIMED else ():
        for subject, object_ in _related(of, scene):
            triple = (subject, local(RELATION[of.type]), object_)
            yield Statement(*triple, claimant, claim, of, "claimed", "claim")


def _doer_predicate(of: Fact) -> str:
    """Return the predicate from an event to its doer; of an event that is only claimed, the perpetrator."""
    type_ = of.type if of.type in EVENT_CLASS else "attack"
    predicate = role_predicate(type_, doer_role(type_))
    assert predicate is not None
    return local(predicate)


def _denial(denial: Fact, scene: Scene) -> Iterator[Statement]:
    of, telling = _spoken_of(denial, scene)
    for denier in scene.doers(denial):
        if telling:
            for speaker in scene.speakers(denial):
                triple = (denier, "denied", Node(telling))
                yield Statement(*triple, speaker, denial, denial, _of_words(denial), "denied", telling)
        if denial.certainty not in NOT_CLAIMED:
            own_part = ((Node(telling), "perpetrator", denier),)
            for triple in own_part if of is denial else _denied(denier, of, scene, telling):
                yield Statement(*triple, denier, denial, of, "denied", "denial", telling)


def _denied(denier: Node, of: Fact, scene: Scene, telling: str) -> Iterator[tuple[Node, str, Node]]:
    """Yield what a denial denies: the part of the denier, or of those it may speak for, or the fact."""
    if of.type == "claim" and telling:
        for claimant in scene.doers(of):
            yield claimant, "claimed", Node(telling)
    elif of.type in EVENT_CLASS:
        if _only_part(denier, of, scene):
            blamed = scene.blamed(of)
            denied = () if denier.ref in blamed or _armed(denier, scene) else scene.doers(of)
            for doer in denied or (denier,):
                yield Node(telling), _doer_predicate(of), doer
        else:
            yield Node(telling), "type", Node(f"mkg:{scene.tellings[of.id].type}")
    else:
        for subject, object_ in _related(of, scene):
            yield subject, local(RELATION[of.type]), object_


def _assessment(assessment: Fact, scene: Scene) -> Iterator[Statement]:
    of = scene.facts.get(assessment.about)
    if of is None or not assessment.text:
        return
    of, telling = _spoken_of(assessment, scene)
    subject = Node(telling) if telling else next(iter(scene.doers(of)), None)
    if subject is None:
        return
    words = Node(assessment.text)
    for speaker in scene.doers(assessment) or scene.speakers(assessment):
        triple = (subject, "assessment", words)
        certainty = assessment.certainty
        yield Statement(*triple, speaker, assessment, assessment, certainty, "assessment", telling)


def _spoken_of(fact: Fact, scene: Scene) -> tuple[Fact, str]:
    """Return what a claim, denial or assessment is about, and the event's telling ("" for a relation).

    One about nothing that was read tells an event itself. One about a claim tells the claimed event.
    """
    of = scene.facts.get(fact.about, fact)
    event, seen = of, {fact.id}
    while (
        event.id not in seen
        and event.type in ("claim", "denial", "assessment")
        and event.about in scene.facts
    ):
        seen.add(event.id)
        event = scene.facts[event.about]
    telling = scene.tellings.get(event.id)
    return of, telling.id if telling else ""
