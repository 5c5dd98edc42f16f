"""The composition of the stages: reports into report graphs, these into what is derived from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from kg import accept
from kg.assertion import report_quads
from kg.judgement import Judgement, read_judgements
from kg.language import is_english
from kg.model import Extraction, Report
from kg.pipeline.stored import Inventory, identifier_quad, inventory, stored_report
from kg.read import Item, Note, OtherFiles, Skipped
from kg.registry import Registry
from kg.run import Run, current
from kg.store import Store
from kg.vocab import GRAPH, PREFIXES, iri

BATCH = 64  # reports a transaction: a killed build loses at most the work on these
JUDGEMENTS = "judgements.jsonl"
DERIVED = (GRAPH.identity, GRAPH.propositions, GRAPH.accepted, GRAPH.places, GRAPH.outlets)


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
    """Read reports into a store and derive what follows from them; safe to repeat and to interrupt.

    A report that is in the store and was read by the same run is not read again; one of another run is,
    whether or not it is given. Batches are written in one transaction each.

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
    judgements = judgements_of(store)
    run = current(registry)
    store.replace([GRAPH.registry], [*registry.quads(), *run.quads()])
    work = _Work(store, registry, run, reader, inventory(store))
    for item in items:
        work.take(item)
        if watch is not None:
            watch(work.summary)
    work.flush()
    for reference in work.stale():
        work.take(stored_report(store, reference))
        if watch is not None:
            watch(work.summary)
    work.flush()
    derive(store, registry, judgements, run)
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
    reference = inventory(store).named(name)
    derive(store, registry, judgements_of(store), None, without=reference)
    return reference


def derive(
    store: Store,
    registry: Registry,
    judgements: Sequence[Judgement],
    run: Run | None,
    *,
    without: str = "",
) -> None:
    """Compute the derived graphs anew and write them in one transaction.

    Where all is as it was, nothing is written.

    Args:
        store: holds the graphs of the registry and the reports.
        registry: the registry that is in the store.
        judgements: in the order in which they were made.
        run: the one that read all reports; None leaves the runs as they are.
        without: reference of a report that is dropped in the same transaction.
    """
    dropped = [*DERIVED]
    reports = (graph for graph in store.graphs() if graph.value.startswith(PREFIXES["report"]))
    kept = (graph for graph in reports if not without or graph != iri(without))
    quads = accept.derive((quad for graph in kept for quad in store.quads(g=graph)), registry, judgements)
    if run is not None:
        dropped.append(GRAPH.runs)
        quads += run.quads()
    if without:
        dropped.append(iri(without))
    store.replace(dropped, quads)


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
    held: Inventory
    summary: Summary = field(default_factory=Summary)
    waiting: dict[str, Report] = field(default_factory=dict)

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

    def stale(self) -> list[str]:
        """Return the references of the reports that another run read."""
        return sorted(report for report in self.held.ids if self.held.runs.get(report) != self.run.ref)

    def flush(self) -> None:
        """Read the waiting reports and write their graphs in one transaction."""
        if not self.waiting:
            return
        quads = []
        for extraction in extractions(self.waiting.values(), self.reader):
            quads += report_quads(extraction, self.registry, self.run.ref)
            self.summary.facts += len(extraction.facts)
            source = extraction.report.given_ids[0] if extraction.report.given_ids else extraction.report.id
            self.summary.notes += [Note(source, text) for text in extraction.notes]
        self.store.replace([iri(reference) for reference in self.waiting], quads)
        for reference in self.waiting:
            self.held.runs[reference] = self.run.ref
        self.waiting = {}

    def _take_report(self, report: Report, reference: str) -> None:
        ids = self.held.ids.get(reference)
        if ids is None:
            self.summary.new += 1
            ids = self.held.ids[reference] = set()
        elif reference in self.waiting or self.held.runs.get(reference) == self.run.ref:
            self.summary.known += 1
            if reference not in self.waiting:
                self.store.add(identifier_quad(reference, one) for one in report.given_ids if one not in ids)
                ids.update(report.given_ids)
                return
        else:
            self.summary.again += 1
        ids.update(report.given_ids)
        given = tuple(sorted(ids))
        self.waiting[reference] = Report(
            report.text, report.title, report.url, report.publisher, report.published, report.language, given
        )
