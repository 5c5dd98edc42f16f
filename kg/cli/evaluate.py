"""`kg evaluate`: how well facts are read, against gold facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from kg.cli.console import say_note, say_skipped
from kg.errors import ConformanceError, InputError

if TYPE_CHECKING:
    from rich.table import Table

    from kg.evaluate import Bin, Given, Scores, Share, Tally
    from kg.model import Report

_SHARES = (
    ("certainty right", "certainty"),
    ("not asserted, precision", "not_asserted_precision"),
    ("not asserted, recall", "not_asserted_recall"),
    ("speakers, precision", "speaker_precision"),
    ("speakers, recall", "speaker_recall"),
)


@click.command()
@click.argument("gold", metavar="GOLD.jsonl", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--predicted", type=click.Path(exists=True, dir_okay=False), metavar="FILE",
    help="Facts as `kg extract` prints them; without it the texts of GOLD are read now.",
)  # fmt: skip
@click.option(
    "--errors", is_flag=True, help="List what is missed and what is wrong, by phenomenon and by type."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option("--min-f1", type=click.FloatRange(0, 1), metavar="X", help="Exit with 3 where F1 is below X.")
def evaluate(*, gold: str, predicted: str | None, errors: bool, as_json: bool, min_f1: float | None) -> None:
    """Score facts against gold facts: precision, recall and F1 by type, certainty, speakers, confidence.

    GOLD.jsonl holds one passage a line: {"id", "text", "published"?, "tags"?, "facts"}.
    """
    from kg.evaluate import read_gold, read_predictions, score

    passages = read_gold(gold)
    scores = score(passages, read_predictions(predicted) if predicted else _extracted(gold))
    if as_json:
        click.echo(json.dumps(_json(scores, errors=errors), ensure_ascii=False, indent=1))
    else:
        _print(scores, errors=errors)
    if min_f1 is not None and scores.total.f1 < min_f1:
        raise ConformanceError(f"F1 {scores.total.f1:.3f} of {gold} is below the floor of {min_f1:g}")


def _extracted(gold: str) -> Mapping[str, Sequence[Given]]:
    """Return the facts that are read now from the texts of a gold file."""
    from kg import api, facts, pipeline
    from kg.evaluate import predictions

    found = pipeline.extractions(_reports(gold), api.extractor)
    return predictions(row for extraction in found for row in facts.rows(extraction))


def _reports(gold: str) -> Iterator[Report]:
    from kg.model import Report
    from kg.read import Note, Skipped, read_reports

    for item in read_reports([gold]):
        if isinstance(item, Report):
            yield item
        elif isinstance(item, Skipped):
            say_skipped(item)
            raise InputError(f"{item.source}: a gold passage can't be read: {item.reason}")
        elif isinstance(item, Note):
            say_note(item, quiet=False)


def _json(scores: Scores, *, errors: bool) -> dict[str, Any]:
    from kg.evaluate import reliability

    found: dict[str, Any] = {
        "all": _slots(scores.total),
        "types": {name: _slots(tally) for name, tally in scores.types.items()},
        "phenomena": {name: _slots(tally) for name, tally in scores.tags.items()},
        "facts": dict(scores.facts),
    }
    shares: dict[str, Share] = {name: getattr(scores, name) for _, name in _SHARES}
    found |= {
        name: {"part": one.part, "whole": one.whole, "value": one.value} for name, one in shares.items()
    }
    found["reliability"] = [asdict(one) for one in reliability(scores.pairs)]
    if errors:
        found["errors"] = [asdict(fault) for fault in scores.faults]
    return found


def _slots(tally: Tally) -> dict[str, float]:
    return {**asdict(tally), "precision": tally.precision, "recall": tally.recall, "f1": tally.f1}


def _print(scores: Scores, *, errors: bool) -> None:
    from rich.console import Console

    from kg.evaluate import by_phenomenon, reliability

    console = Console()
    console.print(_slot_table("type", {**scores.types, "all": scores.total}))
    if scores.tags:
        console.print(_slot_table("phenomenon", scores.tags))
    for label, name in _SHARES:
        share: Share = getattr(scores, name)
        value = "" if share.value is None else f" = {share.value:.2f}"
        console.print(f"{label}: {share.part}/{share.whole}{value}", highlight=False)
    facts = ", ".join(f"{count} {name}" for name, count in scores.facts.items())
    console.print(f"facts: {facts}", highlight=False)
    if bins := reliability(scores.pairs):
        console.print(_reliability_table(bins))
    if errors:
        console.print(_count_table("faults by type", ((fault.type, fault.kind) for fault in scores.faults)))
        for tag, faults in by_phenomenon(scores.faults).items():
            console.print(
                f"\n{tag}: {sum(fault.slots for fault in faults)} slots", style="bold", markup=False
            )
            for fault in faults:
                wanted = f" wanted [{fault.wanted}]" if fault.wanted else ""
                given = f" given [{fault.given}]" if fault.given else ""
                line = f"  {fault.passage} {fault.type}, {fault.kind}:{wanted}{given}"
                console.print(line, markup=False, highlight=False, soft_wrap=True)


def _slot_table(title: str, tallies: Mapping[str, Tally]) -> Table:
    table = _table(title, "precision", "recall", "F1", "right", "wrong", "missed")
    for name, tally in tallies.items():
        ratios = (f"{value:.3f}" for value in (tally.precision, tally.recall, tally.f1))
        table.add_row(name, *ratios, *map(str, (tally.hits, tally.spurious, tally.missed)))
    return table


def _reliability_table(bins: Sequence[Bin]) -> Table:
    from kg.evaluate import calibration_error

    table = _table("confidence", "facts", "mean", "right facts", "right slots")
    for one in bins:
        shares = (f"{value:.2f}" for value in (one.confidence, one.right, one.slots))
        table.add_row(f"{one.low:.1f}-{one.high:.1f}", str(one.facts), *shares)
    table.caption = f"calibration error {calibration_error(bins):.3f}"
    return table


def _count_table(title: str, pairs: Iterable[tuple[str, str]]) -> Table:
    from collections import Counter

    counts = Counter(pairs)
    kinds = sorted({kind for _, kind in counts})
    table = _table(title, *kinds)
    for name in sorted({name for name, _ in counts}):
        table.add_row(name, *(str(counts[name, kind]) for kind in kinds))
    return table


def _table(first: str, *columns: str) -> Table:
    from rich.table import Table

    table = Table(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table
