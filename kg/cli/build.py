"""`kg build`, `kg extract`, `kg retract`: reports in, and out again."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import click

from kg.cli.console import progress, reports_of, say, say_changes, say_summary, sources_of
from kg.cli.options import OUT, QUIET, REGISTRY, STORE, STORE_ONLY, reading
from kg.read import Skipped, read_reports


@click.command(short_help="Read reports into the store; write the graph.")
@reading
@REGISTRY
@STORE
@OUT
@STORE_ONLY
@QUIET
@click.pass_context
def build(  # noqa: PLR0913 -- one parameter an option
    ctx: click.Context,
    *,
    sources: Sequence[str],
    samples: bool,
    split: str,
    published: str,
    publisher: str,
    url: str,
    own: Sequence[str],
    store_path: str,
    out: str,
    store_only: bool,
    quiet: bool,
) -> None:
    """Read reports into the store and write what it then holds.

    A SOURCE is a text file (one report, or one a line with --split lines), a folder, a JSON Lines file
    ({"text", "id"?, "title"?, "url"?, "published"?, "publisher"?, "language"?}), or -. A text file may begin
    with `Key: value` lines (Title, Published, Publisher, Url, Id, Language) and a blank line.

    Written to --out: graph.ttl, graph.trig, network.html, facts.jsonl, report.md. Repeating a build adds
    nothing, and a build that was killed is completed by the same command. The time of a build depends on the
    reports that it reads, but for the results, which describe the whole store: with many thousand reports
    leave them out (--store-only). A report that can't be read is skipped and named, and the exit code is
    then 1.
    """
    from kg import api, pipeline
    from kg.store import open_store

    begun = time.monotonic()
    items = api.started(read_reports(
        sources_of(sources, samples=samples), split_lines=split == "lines", published=published,
        publisher=publisher, url=url,
    ))  # fmt: skip
    registry = api.registry(*own)
    say_changes(registry if own else None, quiet=quiet)
    with open_store(store_path) as store:
        with progress(quiet=quiet) as show:
            summary = pipeline.build(
                items, store, registry, lambda: api.extractor(*own),
                watch=lambda done: show(f"{done.reports:,} reports read, {done.facts:,} facts"),
            )  # fmt: skip
        say_summary(summary, time.monotonic() - begun, quiet=quiet)  # also where the outputs then fail
        if not store_only:
            with progress(quiet=quiet) as show:
                paths = pipeline.write_outputs(store, out, watch=lambda name: show(f"writing {name}"))
            wrote = ", ".join(map(str, paths))
            say(f"kg: wrote {wrote}; {time.monotonic() - begun:.1f} s in all", quiet=quiet)
    if summary.skipped:
        ctx.exit(1)


@click.command(short_help="Print the facts of reports; store nothing.")
@reading
@click.option(
    "--format", "output", type=click.Choice(["jsonl", "table"]), default="jsonl", show_default=True,
    help="One JSON object a fact and line, or a table to read.",
)  # fmt: skip
@click.option("--mentions", is_flag=True, help="Print the mentions of actors and places, and their links.")
@REGISTRY
@QUIET
@click.pass_context
def extract(  # noqa: PLR0913 -- one parameter an option
    ctx: click.Context,
    *,
    sources: Sequence[str],
    samples: bool,
    split: str,
    published: str,
    publisher: str,
    url: str,
    output: str,
    mentions: bool,
    own: Sequence[str],
    quiet: bool,
) -> None:
    """Print the facts of reports; nothing is stored. SOURCE is as for `kg build`."""
    from kg import api, facts, pipeline

    items = read_reports(
        sources_of(sources, samples=samples), split_lines=split == "lines", published=published,
        publisher=publisher, url=url,
    )  # fmt: skip
    skipped: list[Skipped] = []
    say_changes(api.registry(*own) if own else None, quiet=quiet)
    reports = reports_of(items, skipped, quiet=quiet)
    rows_of = facts.mention_rows if mentions else facts.rows
    found = chain.from_iterable(map(rows_of, pipeline.extractions(reports, lambda: api.extractor(*own))))
    if output == "table":
        _print_table(found, mentions=mentions)
    else:
        for row in found:
            click.echo(json.dumps(row, ensure_ascii=False))
    if skipped:
        ctx.exit(1)


@click.command(short_help="Take a report out of the store.")
@click.argument("report")
@REGISTRY
@STORE
@OUT
@STORE_ONLY
@QUIET
def retract(
    *, report: str, own: Sequence[str], store_path: str, out: str, store_only: bool, quiet: bool
) -> None:
    """Take a REPORT out of the store, with all that rests on it alone, and write the outputs again.

    REPORT is its identifier as given, its reference (report:…), or its IRI.
    """
    from kg import api, pipeline
    from kg.store import open_store

    registry = api.registry(*own)
    open_store(store_path, read_only=True).close()  # a folder without a store is refused, not filled
    with open_store(store_path) as store, progress(quiet=quiet) as show:
        show("deriving without the report")
        reference = pipeline.retract(store, registry, report)
        if not store_only:
            pipeline.write_outputs(store, out, watch=lambda name: show(f"writing {name}"))
    say(f"kg: retracted {reference}" + ("" if store_only else f"; wrote {out}"), quiet=quiet)


def _print_table(rows: Iterable[dict[str, Any]], *, mentions: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = (
        ("doc", "text", "kind", "link", "reason")
        if mentions
        else ("doc", "type", "who", "what", "certainty", "quote")
    )
    table = Table(*columns)
    for row in rows:
        values = [row[column] or "" for column in columns] if mentions else _summed(row)
        table.add_row(*(Text(str(value)) for value in values))
    Console().print(table)


def _summed(row: dict[str, Any]) -> list[str]:
    """Return the cells of a fact: its agents or parties, then whatever else it names."""
    who = [*row.get("agent", ()), *row.get("party", ())]
    what = [name for role in ("object", "target", "victim", "place", "tactic") for name in row.get(role, ())]
    said = (
        f"{row['certainty']} ({', '.join(row['according_to'])})"
        if row.get("according_to")
        else row["certainty"]
    )
    return [row["doc"], row["type"], ", ".join(who), ", ".join(what), said, row["evidence"]["text"]]
