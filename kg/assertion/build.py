"""From the facts of a report to its tellings, its assertions, and the things that it alone describes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.assertion.nodes import PLACE, Node
from kg.assertion.rules import Statement, statements
from kg.assertion.scene import Scene, scene
from kg.assertion.windows import shortest, window
from kg.model import Assertion, Dating, Extraction, Fact, Filler, Telling, content_id

if TYPE_CHECKING:
    from kg.registry import Registry

_CIRCUMSTANTIAL = ("claimed", "denied", "assessment")  # these date the words, not the event


@dataclass(frozen=True, slots=True)
class Described:
    """A thing that one report alone describes: an unnamed actor or place. `kinds` are class local names."""

    ref: str
    label: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one report states: tellings, assertions and described things, each ordered by reference."""

    tellings: tuple[Telling, ...]
    assertions: tuple[Assertion, ...]
    described: tuple[Described, ...]


def assertions(extraction: Extraction, registry: Registry) -> Told:
    """Return what the facts of a report become.

    The ids are hashes of spans and stances, so that linking an actor or a new confidence renames nothing.

    Raises:
        RegistryError: a filler is linked to a slug that the registry does not have.
    """
    setting = scene(extraction, registry)
    stated = [one for fact in extraction.facts for one in statements(fact, setting)]
    nodes: list[Node] = [setting.publisher]
    made: list[Assertion] = []
    seen: Counter[str] = Counter()
    for one in stated:
        key = _key(one, setting)
        seen[key] += 1
        id_ = key if seen[key] == 1 else content_id(key, str(seen[key]))
        assertion, named = _assertion(one, setting, f"assertion:{id_}")
        made.append(assertion)
        nodes.extend(named)
    return Told(
        tuple(sorted(set(setting.tellings.values()), key=lambda telling: telling.id)),
        tuple(sorted(made, key=lambda assertion: assertion.id)),
        _described(nodes),
    )


def _key(one: Statement, setting: Scene) -> str:
    """Return the hash that names an assertion; no part of it depends on a link or a confidence."""
    words = one.fact.evidence
    return content_id(
        "assertion", setting.report.id, f"{words.start}-{words.end}", one.speaker.span, one.certainty,
        one.role, one.telling, one.subject.span, one.object.span,
    )  # fmt: skip


def _assertion(one: Statement, setting: Scene, id_: str) -> tuple[Assertion, list[Node]]:
    fact, of = one.fact, one.of
    relayers = list(setting.nodes(fact.via))
    if one.speaker.ref != setting.publisher.ref:
        if one.role in ("claim", "denial"):  # whoever reports a claim stands between claimant and outlet
            relayers += setting.nodes(fact.speakers)
        relayers.append(setting.publisher)
    relayers = [relayer for relayer in relayers if relayer.ref != one.speaker.ref]
    channel = setting.nodes(fact.channel)
    places = setting.nodes(of.fillers("place"), kinds=PLACE) if one.predicate != "controls" else ()
    event = of if one.predicate not in _CIRCUMSTANTIAL else None
    date, days = _dates(of.date)
    assertion = Assertion(
        id=id_,
        report=f"report:{setting.report.id}",
        subject=one.subject.ref,
        predicate=one.predicate,
        object=one.object.ref.removeprefix("mkg:") if one.predicate == "type" else one.object.ref,
        certainty=one.certainty,
        speaker=one.speaker.ref,
        telling=one.telling,
        via=_refs(relayers),
        channel=_refs(channel),
        place=_refs(places),
        tactic=_tactics(of.fillers("tactic")),
        date=date,
        earliest=days[0],
        latest=days[1],
        killed=event.killed if event else None,
        wounded=event.wounded if event else None,
        missing=event.missing if event else None,
        outcome=event.outcome if event else "",
        valid_from=of.valid_from or _pledged(of, days),
        valid_to=of.valid_to,
        quote=fact.evidence.text,
        start=fact.evidence.start,
        end=fact.evidence.end,
        cue=fact.evidence.cue,
        confidence=round(min(fact.confidence, of.confidence), 4),
    )
    subject_object = [node for node in (one.subject, one.object) if node.kinds]
    return assertion, [*subject_object, one.speaker, *relayers, *channel, *places]


def _refs(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted({node.ref for node in nodes}))


def _tactics(fillers: tuple[Filler, ...]) -> tuple[str, ...]:
    """Return the tactic concepts; a tactic that is no concept stays in the quote alone."""
    return tuple(sorted({f"mkg-tactic:{filler.link}" for filler in fillers if filler.link}))


def _dates(dating: Dating | None) -> tuple[str, tuple[str, str]]:
    """Return the date for display and the window to compare; both empty where a bound is missing."""
    days = window(dating.start, dating.end) if dating and dating.start and dating.end else None
    return (shortest(days), days) if days else ("", ("", ""))


def _pledged(fact: Fact, days: tuple[str, str]) -> str:
    """Return the date of a pledge as the beginning of the allegiance, where it is one day, month or year."""
    return shortest(days) if fact.type == "allegiance" and days[0] else ""


def _described(nodes: Iterable[Node]) -> tuple[Described, ...]:
    """Return each described thing once, under the first label it has in the report, with all its classes."""
    labels: dict[str, tuple[int, str]] = {}
    kinds: dict[str, set[str]] = {}
    for node in nodes:
        if node.kinds:
            labels[node.ref] = min(labels.get(node.ref, (node.start, node.label)), (node.start, node.label))
            kinds.setdefault(node.ref, set()).update(node.kinds)
    return tuple(Described(ref, labels[ref][1], tuple(sorted(kinds[ref]))) for ref in sorted(kinds))
