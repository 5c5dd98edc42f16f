"""States: the times over which an accepted relation holds, and the edge that stands for it now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.accept.events import narrowest
from kg.accept.status import FOR, SUSPECTED, Proposition, Rule
from kg.assertion.windows import Window, narrowed, window
from kg.model import Assertion, content_id
from kg.vocab import FORMERLY, MKG, PROV, RDF, XSD, iri

if TYPE_CHECKING:
    from kg.registry import Registry

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]


@dataclass(slots=True)
class _Period:
    begins: list[Window] = field(default_factory=list)
    ends: list[Window] = field(default_factory=list)

    def bounds(self) -> tuple[str, str]:
        """Return the first and the last day on which the relation may hold, "" where unknown."""
        begin = narrowed(self.begins)[0][0] if self.begins else ""
        end = narrowed(self.ends)[0][1] if self.ends else ""
        return ("" if begin and end and begin > end else begin), end


def state_triples(proposition: Proposition, rule: Rule, registry: Registry) -> Iterator[Triple]:
    """Yield the states of an accepted relation, and its plain edge or, once it has ended, its former one."""
    subject, predicate, object_ = proposition.nodes
    by_level: dict[str, list[Assertion]] = {}
    for assertion in proposition.assertions:
        by_level.setdefault(rule.level(assertion), []).append(assertion)
    accounts = by_level.get(FOR) or by_level.get(SUSPECTED) or []
    periods = _periods(accounts)
    for period in periods:
        begin, end = period.bounds()
        state = iri(f"state:{content_id('state', proposition.id, begin, end)}")
        yield state, RDF.type, MKG.State
        yield state, MKG.subject, subject
        yield state, MKG.predicate, predicate
        yield state, MKG.object, object_
        yield state, PROV.wasDerivedFrom, iri(proposition.id)
        for property_, day in ((MKG.stateBegin, begin), (MKG.stateEnd, end)):
            if day:
                yield state, property_, Literal(day, datatype=XSD.date)
        for place in narrowest({place for one in accounts for place in one.place}, registry):
            yield state, MKG.place, iri(place)
    yield subject, (FORMERLY[predicate] if periods[-1].ends else predicate), object_


def _periods(accounts: Sequence[Assertion]) -> list[_Period]:
    """Return the periods in order, one at least.

    A beginning after the end of what is known so far opens a new period: who left may return.
    """
    spans = {(window(one.valid_from), window(one.valid_to)) for one in accounts}
    begun = sorted(((begin, end) for begin, end in spans if begin), key=_first)
    periods = [_Period()]
    for begin, end in begun:
        last = periods[-1]
        if last.ends and begin[0] > max(days[1] for days in last.ends):
            periods.append(last := _Period())
        last.begins.append(begin)
        if end:
            last.ends.append(end)
    for end in sorted(end for begin, end in spans if end and not begin):
        before = [one for one in periods if not one.begins or min(one.begins)[0] <= end[1]]
        (before[-1] if before else periods[0]).ends.append(end)
    return periods


def _first(span: tuple[Window, Window | None]) -> tuple[Window, bool, Window]:
    begin, end = span
    return begin, end is None, end or begin
