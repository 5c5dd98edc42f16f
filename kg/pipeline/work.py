"""The composition of the stages: reports into report graphs, these into what is derived from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from pyoxigraph import Quad

from kg.assertion import report_quads
from kg.judgement import Judgement, read_judgements
from kg.language import is_english
from kg.maintenance import DERIVED, Maintenance
from kg.model import Extraction, Report
from kg.pipeline.stored import identifier_quad, identifiers, named, read_by_others, run_of, stored_report
from kg.read import Item, Note, OtherFiles, Skipped
from kg.registry import Registry
from kg.run import Run, current, derivation_version
from kg.store import Store
from kg.vocab import GRAPH

BATCH = 64  # reports a transaction: a killed build loses at most the work on these
FLUSH = (
    16  # transactions between flushes: what is not flushed is held in memory, and read by each reader anew
)
JUDGEMENTS = "judgements.jsonl"


class Reader(Protocol):
    """What reads facts out of reports: the extractor, or a stand-in of a test."""

    def extract(self, reports: Iterable[Report]) -> Iterator[Extraction]:
        """Yield one extraction a report, in their order."""
        ...


@dataclass(slots=True)
class Summary:
    """What a build did. `facts` counts those of the reports that were read now."""

    new: int = 0
    again: int = 0  # read again, because code, lexicon, registry or model changed
    known: int = 0  # in the store already, or told twice
    facts: int = 0
    other_files: list[OtherFiles] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def reports(self) -> int:
        """How many reports were given that could be read."""
        return self.new + self.again + self.known


def build(
    items: Iterable[Item],
    store: Store,
    registry: Registry,
    reader: Callable[[], Reader],
    *,
    watch: Callable[[Summary], None] | None = None,
) -> Summary:
    """Read reports into a store with what follows from them; safe to repeat and to interrupt.

    A report that is in the store and was read by the same run is not read again; one of another run is,
    whether or not it is given. Each batch is written in one transaction, with all that its reports change in
    the derived graphs, so that at every moment a reader finds whole reports and what follows from these.

    Args:
        items: what `kg.read.read_reports` yields.
        store: where the graphs go; the judgements beside it are applied.
        registry: the curated actors and places.
        reader: gives the extractor; asked only where there is something to read.
        watch: told what was done after every report.

    Returns:
        What was done, with the sources that were skipped.

    Raises:
        StoreError: the store can't be written.
        InputError: the file of judgements is damaged.
    """
    run = current(registry)
    upkeep = maintenance(store, registry)
    upkeep.refresh()
    store.add(run.quads())
    work = _Work(store, registry, run, reader, upkeep)
    for item in items:
        work.take(item)
        if watch is not None:
            watch(work.summary)
    work.flush()
    for reference in read_by_others(store, run.ref):
        work.take(stored_report(store, reference))
        if watch is not None:
            watch(work.summary)
    work.flush()
    store.replace([GRAPH.runs], run.quads())
    store.flush()
    return work.summary


def retract(store: Store, registry: Registry, name: str) -> str:
    """Take a report out of a store, with all that rests on it alone, and return its reference.

    Args:
        store: the store.
        registry: the curated actors and places.
        name: the report's reference, hash, IRI or given identifier.

    Raises:
        UsageError: no report, or more than one, has that name.
        StoreError: the store can't be written.
    """
    reference = named(store, name)
    upkeep = maintenance(store, registry)
    upkeep.refresh()
    upkeep.update({}, [reference])
    return reference


def rederive(store: Store, registry: Registry) -> None:
    """Drop all that is derived and compute it anew from the reports.

    Raises:
        StoreError: the store can't be written.
        InputError: the file of judgements is damaged.
    """
    store.change((), (), graphs=DERIVED)
    maintenance(store, registry).refresh()


def maintenance(store: Store, registry: Registry) -> Maintenance:
    """Return what keeps the derived graphs of a store up to date with the judgements beside it.

    Raises:
        InputError: the file of judgements is damaged.
    """
    return Maintenance(store, registry, judgements_of(store), derivation_version())


def extractions(reports: Iterable[Report], reader: Callable[[], Reader]) -> Iterator[Extraction]:
    """Yield one extraction a report in their order; a report that is not in English has no facts.

    Args:
        reports: read in batches, so that only some are held at a time.
        reader: makes the extractor; called only where there is something to read.
    """
    waiting = iter(reports)
    while batch := list(islice(waiting, BATCH)):
        yield from _extracted(batch, reader)


def judgements_of(store: Store) -> Sequence[Judgement]:
    """Return the judgements that stand beside a store; a store in memory has none.

    Raises:
        InputError: their file is damaged.
    """
    return read_judgements(store.path / JUDGEMENTS) if store.path is not None else ()


def _extracted(reports: Sequence[Report], reader: Callable[[], Reader]) -> Iterator[Extraction]:
    english = [report for report in reports if is_english(report.language)]
    found = reader().extract(english) if english else iter(())
    for report in reports:
        yield next(found) if is_english(report.language) else Extraction(report)


@dataclass(slots=True)
class _Work:
    """The reports waiting for the next transaction, and what was done so far."""

    store: Store
    registry: Registry
    run: Run
    reader: Callable[[], Reader]
    upkeep: Maintenance
    summary: Summary = field(default_factory=Summary)
    waiting: dict[str, Report] = field(default_factory=dict)
    written: int = 0

    def take(self, item: Item) -> None:
        """Note an oddity, or put a report into the next batch unless the store has it as it would be."""
        if isinstance(item, Skipped):
            self.summary.skipped.append(item)
        elif isinstance(item, Note):
            self.summary.notes.append(item)
        elif isinstance(item, OtherFiles):
            self.summary.other_files.append(item)
        else:
            self._take_report(item, f"report:{item.id}")
            if len(self.waiting) == BATCH:
                self.flush()

    def flush(self) -> None:
        """Read the waiting reports and write their graphs in one transaction."""
        if not self.waiting:
            return
        graphs: dict[str, list[Quad]] = {}
        for extraction in extractions(self.waiting.values(), self.reader):
            reference = f"report:{extraction.report.id}"
            graphs[reference] = report_quads(extraction, self.registry, self.run.ref)
            self.summary.facts += len(extraction.facts)
            source = extraction.report.given_ids[0] if extraction.report.given_ids else extraction.report.id
            self.summary.notes += [Note(source, text) for text in extraction.notes]
        self.upkeep.update(graphs)
        self.waiting = {}
        self.written += 1
        if self.written % FLUSH == 0:
            self.store.flush()

    def _take_report(self, report: Report, reference: str) -> None:
        waiting = self.waiting.get(reference)
        read_by = self.run.ref if waiting else run_of(self.store, reference)
        ids = {*waiting.given_ids} if waiting else identifiers(self.store, reference)
        if not read_by:
            self.summary.new += 1
        elif read_by == self.run.ref:
            self.summary.known += 1
            if not waiting:
                self.store.add(identifier_quad(reference, one) for one in report.given_ids if one not in ids)
                return
        else:
            self.summary.again += 1
        given = tuple(sorted(ids.union(report.given_ids)))
        self.waiting[reference] = Report(
            report.text, report.title, report.url, report.publisher, report.published, report.language, given
        )
