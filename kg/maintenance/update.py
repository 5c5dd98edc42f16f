"""One change of reports, judgements or rules, with all that follows from it, in one transaction each.

Source: incremental view maintenance; Gupta and Mumick, Maintenance of Materialized Views (IEEE Data
Engineering Bulletin 18.2, 1995). Here a view is recomputed block by block, not tuple by tuple.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from kg.accept import Rule, rule
from kg.assertion import assertions_of
from kg.join import Identity, Joiner, actor_kinship
from kg.judgement import Judgement
from kg.maintenance.events import identity_change, touched
from kg.maintenance.settling import Difference, Relations, event_change, relation_change
from kg.maintenance.shared import outlet_change, place_change
from kg.maintenance.sources import Sources, is_report
from kg.model import content_id
from kg.store import Store
from kg.vocab import GRAPH, MKG, iri, ref

if TYPE_CHECKING:
    from kg.registry import Registry

CHUNK = 256  # reports derived anew in one transaction where the rules have changed
DERIVED = (GRAPH.identity, GRAPH.propositions, GRAPH.accepted, GRAPH.places, GRAPH.outlets, GRAPH.index)


@dataclass(slots=True)
class Maintenance:
    """Keeps the derived graphs of a store what the registry, the reports and the judgements make of them.

    Args:
        store: what is kept; nobody else writes to it meanwhile.
        registry: the curated actors and places.
        judgements: in the order in which they were made.
        code: version of the code that derives.
    """

    store: Store
    registry: Registry
    judgements: Sequence[Judgement]
    code: str
    _relations: Relations = field(default_factory=Relations)

    def refresh(self) -> bool:
        """Bring the derived graphs up to date with rules and judgements; return whether they were not.

        Where the code or the registry has changed, or a judgement on actors was added, all is derived anew
        in pieces, which may be interrupted and goes on with the next refresh.

        Raises:
            StoreError: the store can't be written.
        """
        stamp = self._stamp()
        if stamp == self._mark(len(self.judgements)):
            return False
        applied = self._applied(stamp)
        news = self.judgements[applied:] if applied is not None else ()
        if applied is None or any(one.key[0].startswith("actor:") for one in news):
            self._derive_all()
        else:
            self._apply(news)
        return True

    def update(self, replaced: Mapping[str, Sequence[Quad]], dropped: Iterable[str] = ()) -> None:
        """Write new graphs of reports and drop others, with all that follows from it, in one transaction.

        Args:
            replaced: whole graphs of reports by their reference; what a report's graph held before is gone.
            dropped: references of reports that go.

        Raises:
            StoreError: the store can't be written.
        """
        self._write(Sources(self.store, replaced, dropped), graphs=replaced)

    def _write(
        self,
        sources: Sources,
        *,
        graphs: Mapping[str, Sequence[Quad]] | None = None,
        tellings: Iterable[str] = (),
        relations: Iterable[str] = (),
        all_of: bool = False,
        also: Difference = (set(), set()),
    ) -> None:
        """Compute what differs and write it. `also` holds quads of other graphs that change with it."""
        joiner = Joiner(self.judgements, self.registry)
        found = touched(sources, joiner, tellings=tellings, all_of=all_of)
        identity = Identity(found.identity.events, found.identity.reasons, found.identity.actors)
        ruling = rule(self.judgements, identity, actor_kinship(self.registry))
        differences = [
            also,
            identity_change(sources, found, joiner),
            event_change(sources, found, ruling, self.registry),
            self._relation_change(sources, ruling, relations, also),
            place_change(sources, self.registry),
            outlet_change(sources),
        ]
        old, new = set[Quad](), set[Quad]()
        for before, after in differences:
            old |= before
            new |= after
        leaving = [iri(name) for name in sorted(sources.gone) if name not in sources.fresh]
        for name, quads in (graphs or {}).items():
            new.update(quads)
            if name in sources.gone:
                old.update(self.store.found(g=iri(name)))
        try:
            self.store.change(sorted(old - new, key=str), sorted(new - old, key=str), graphs=leaving)
        except BaseException:
            self._relations.forget()
            raise

    def _relation_change(
        self, sources: Sources, ruling: Rule, judged: Iterable[str], also: Difference
    ) -> Difference:
        curated = [
            assertions_of(quad for quad in quads if quad.graph_name == GRAPH.registry) for quads in also
        ]
        fresh = [one for what in sources.fresh.values() for one in what.assertions]
        gone = [one for what in sources.gone.values() for one in what.assertions]
        assertions = [*gone, *curated[0]], [*fresh, *curated[1]]
        return relation_change(sources, ruling, self.registry, self._relations, assertions, judged=judged)

    def _derive_all(self) -> None:
        """Derive everything anew: first what the registry says, then the reports a chunk at a time.

        Every telling and assertion is looked at once under the new rules, and whatever of its block was
        looked at before is joined and settled with it, so that at the end all is as the new rules have it.
        """
        self._relations.forget()
        registry = set(self.store.found(g=GRAPH.registry))
        self._write(Sources(self.store, {}, ()), also=(registry, set(self.registry.quads())))
        names = [name for name in self.store.graphs() if is_report(name)]
        for chunk in _chunks(names, CHUNK):
            graphs = {ref(name): list(self.store.found(g=name)) for name in chunk}
            self._write(Sources(self.store, graphs, ()), all_of=True)
        self.store.change(*self._actors())
        self.store.change(*self._marked())

    def _apply(self, news: Sequence[Judgement]) -> None:
        """Apply judgements on statements and tellings that were added since the last time."""
        sources = Sources(self.store, {}, ())
        tellings = {one for judgement in news for one in judgement.key if one.startswith("telling:")}
        relations = set[str]()
        for judgement in news:
            if judgement.key[0].startswith("telling:"):
                continue
            name = judgement.key[0]
            proposition = name if name.startswith("proposition:") else sources.proposition(name)
            events = self._events(proposition) if proposition else None
            if events:
                tellings.update(telling for event in events for telling in sources.members(event))
            elif events is not None:
                relations.add(proposition)
        self._write(sources, tellings=tellings, relations=relations, also=self._marked())

    def _events(self, proposition: str) -> list[str] | None:
        """Return the events that a proposition in the store is about, None where the store has none such."""
        ends = [
            ref(quad.object) for quad in self.store.found(s=iri(proposition), g=GRAPH.propositions)
            if quad.predicate in (MKG.subject, MKG.object) and isinstance(quad.object, NamedNode)
        ]  # fmt: skip
        return [end for end in ends if end.startswith("event:")] if ends else None

    def _actors(self) -> Difference:
        """Return the quads of graph:identity on actors, as they are and will be."""
        joiner = Joiner(self.judgements, self.registry)
        old = {
            quad for quad in self.store.found(g=GRAPH.identity)
            if isinstance(quad.subject, NamedNode) and ref(quad.subject).startswith("actor:")
        }  # fmt: skip
        new = set[Quad]()
        for actor, (chosen, reason) in joiner.actors.items():
            new.add(Quad(iri(actor), MKG.canonical, iri(chosen), GRAPH.identity))
            new.add(Quad(iri(actor), MKG.linkReason, Literal(reason), GRAPH.identity))
        return old, new

    def _stamp(self) -> str:
        """Return what the derived graphs were computed from, as the store says, "" where it does not."""
        found = self.store.found(s=GRAPH.index, p=MKG.derivation, g=GRAPH.index)
        return next((quad.object.value for quad in found if isinstance(quad.object, Literal)), "")

    def _marked(self) -> Difference:
        """Return the quads that say what the derived graphs are computed from, as they are and will be."""
        mark = Literal(self._mark(len(self.judgements)))
        old = set(self.store.found(s=GRAPH.index, p=MKG.derivation, g=GRAPH.index))
        return old, {Quad(GRAPH.index, MKG.derivation, mark, GRAPH.index)}

    def _mark(self, count: int) -> str:
        made = [
            part for one in self.judgements[:count]
            for part in (one.kind, *one.subjects, one.person, one.date, one.note)
        ]  # fmt: skip
        return f"{self.code} {self.registry.digest} {count} {content_id('judgements', *made)}"

    def _applied(self, stamp: str) -> int | None:
        """Return how many of the judgements are applied, None where more than judgements has changed."""
        count = stamp.split(" ")[-2] if stamp.count(" ") else ""
        known = count.isdigit() and int(count) <= len(self.judgements)
        return int(count) if known and self._mark(int(count)) == stamp else None


def _chunks(names: Sequence[NamedNode], size: int) -> Iterable[Sequence[NamedNode]]:
    return (names[start : start + size] for start in range(0, len(names), size))
