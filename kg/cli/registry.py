"""`kg registry`: the actors and places that are known by name, and files of one's own beside them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from kg.cli.console import printable, reports_of, say, sources_of
from kg.cli.options import QUIET, REGISTRY, reading
from kg.errors import ConformanceError, UsageError

# Written out, since importing kg.registry for its list would slow down `kg --help`; a test compares them.
KINDS = (
    "armed-group", "state-force", "international-force", "government", "person", "community", "media-arm",
    "outlet",
)  # fmt: skip


@click.group(short_help="List, search, check and add to the actors and places known by name.")
def registry() -> None:
    """Look at the actors and places that are known by name, and bring your own.

    Files of one's own are Turtle or CSV; `kg registry list --format csv` shows the columns. They are laid
    over what is shipped with `--registry FILE` here, in `kg build` and in `kg extract`.
    """


@registry.command(name="list")
@click.option("--kind", type=click.Choice(KINDS), help="Only actors of this kind.")
@click.option("--theatre", default="", metavar="COUNTRY", help="Only those active there, for instance ml.")
@click.option(
    "--format", "output", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True,
    help="csv has the columns that files of one's own may have.",
)  # fmt: skip
@REGISTRY
def listed(*, kind: str | None, theatre: str, output: str, own: Sequence[str]) -> None:
    """Print the actors, one a line: slug, name, class, theatre."""
    from kg import api
    from kg.curation import row, selected

    held = api.registry(*own)
    chosen = selected(held, kind=kind or "", theatre=theatre)
    if output == "csv":
        _print_csv([row(held, actor) for actor in chosen])
        return
    for actor in chosen:
        if output == "json":
            click.echo(json.dumps(row(held, actor), ensure_ascii=False))
        else:
            click.echo(f"{actor.slug}\t{actor.name}\t{actor.kind}\t{', '.join(actor.countries)}")


@registry.command()
@click.argument("name", metavar="SLUG|NAME")
@click.option(
    "--on", "day", default="", metavar="DATE", help="Tell only the relations that hold on this day."
)
@REGISTRY
def show(*, name: str, day: str, own: Sequence[str]) -> None:
    """Print one entry: its names, strong and weak, its relations with dates and sources."""
    from kg import api
    from kg.curation import entry, named

    held = api.registry(*own)
    found = entry(held, named(held, name), day=day)
    click.echo(printable(f"{found.kind}:{found.slug}  {found.name}"))
    for heading, value in found.lines:
        click.echo(printable(f"  {heading}: {value}"))
    for sentence in found.relations:
        click.echo(printable(f"  - {sentence}"))


@registry.command()
@click.argument("text", metavar="NAME")
@click.option("--most", type=click.IntRange(1, 100), default=10, show_default=True, help="How many to print.")
@REGISTRY
@click.pass_context
def search(ctx: click.Context, *, text: str, most: int, own: Sequence[str]) -> None:
    """Print the entries that bear a name, then those with a name that is spelled alike.

    A likeness (0 to 100) is a hint to a person; nothing is ever linked by it. Exit code 1 where nothing
    is found.
    """
    from kg import api
    from kg.curation import search as find

    found = find(api.registry(*own), text, most=most)
    for one in found:
        click.echo(printable(f"{one.kind}:{one.slug}  {one.name}  {one.how} {one.score:g}"))
    if not found:
        say(f"kg: the registry knows no name like {text!r}; `kg registry add` adds one")
        ctx.exit(1)


@registry.command()
@click.argument("name")
@click.option("--to", "target", required=True, metavar="FILE.ttl", help="The file of one's own to add it to.")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="What it is.")
@click.option("--slug", default="", metavar="SLUG", help="Its name in IRIs; made of NAME where not given.")
@click.option("--theatre", default="", metavar="CC|CC", help="Countries in which it is active.")
@click.option("--country", default="", metavar="CC", help="Of a state's force or outlet: the country.")
@click.option("--alias", "aliases", multiple=True, help="Another name that suffices alone; repeatable.")
@click.option("--weak", multiple=True, help="A name that needs the support of its context; repeatable.")
@click.option("--attributes", default="", metavar="WORD|WORD", help="Words by which reports describe it.")
@click.option("--source", default="", metavar="TITLE", help="The document that says so; editorial without.")
def add(*, name: str, target: str, aliases: Sequence[str], weak: Sequence[str], **given: str) -> None:
    """Add an actor to a file of one's own, which is made where it is missing and kept in order."""
    from kg.curation import add as add_to

    row = {**given, "name": name, "aliases": "|".join(aliases), "weak": "|".join(weak)}
    added = add_to(Path(target), row)
    for one in added.alike:
        say(f"kg: note: {one.kind}:{one.slug} has a name spelled alike: {one.name} ({one.score:g})")
    say(f"kg: added actor:{added.slug} to {target}; use it with --registry {target}")


@registry.command(name="import")
@click.argument("source", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False))
@click.option("--to", "target", required=True, metavar="FILE.ttl|-", help="Where the Turtle goes.")
@click.pass_context
def import_(ctx: click.Context, *, source: str, target: str) -> None:
    """Turn a table of actors (CSV, UTF-8) into Turtle, and say what it adds and overrides.

    A faulty line is left out and named, and the exit code is then 1. Nothing is written where what is
    left breaks a rule of the registry.
    """
    from kg.curation import import_sheet

    imported = import_sheet(Path(source), target)
    for fault in imported.faults:
        say(f"kg: skipped {source}: line {fault.line}: {fault.message}")
    _say_changes(source, imported.told)
    say(f"kg: wrote {target}", quiet=target == "-")
    if imported.faults:
        ctx.exit(1)


@registry.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--fix", is_flag=True, help="Put the entries of Turtle files in order first.")
def check(*, files: Sequence[str], fix: bool) -> None:
    """Check the registry, or FILEs of one's own laid over it, and say how to mend what is wrong.

    Exit code 3 where something is.
    """
    from kg.curation import check as found_in
    from kg.curation import fix as put_in_order

    paths = [Path(name) for name in files]
    for path in put_in_order(paths) if fix else ():
        say(f"kg: put {path} in order")
    checked = found_in(paths)
    for name, told in checked.told.items():
        _say_changes(name, told)
    for one in checked.findings:
        click.echo(printable(f"{one.where}: {one.message}; {one.mend} [{one.rule}]"))
    if checked.findings:
        count = len(checked.findings)
        raise ConformanceError(f"{count} finding{'s' if count > 1 else ''} in the registry")
    say("kg: the registry is sound")


@registry.command()
@reading
@REGISTRY
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@QUIET
@click.pass_context
def diff(  # noqa: PLR0913 -- one parameter an option
    ctx: click.Context,
    *,
    sources: Sequence[str],
    samples: bool,
    split: str,
    published: str,
    publisher: str,
    url: str,
    own: Sequence[str],
    as_json: bool,
    quiet: bool,
) -> None:
    """Read reports without and with files of one's own, and print what changes: links and facts."""
    from dataclasses import asdict

    from kg import api, pipeline
    from kg.read import Skipped, read_reports

    if not own:
        raise UsageError("no files of one's own to compare; name them with --registry FILE")
    items = read_reports(
        sources_of(sources, samples=samples), split_lines=split == "lines", published=published,
        publisher=publisher, url=url,
    )  # fmt: skip
    skipped: list[Skipped] = []
    found = 0
    for one in pipeline.differences(
        reports_of(items, skipped, quiet=quiet), api.extractor, lambda: api.extractor(*own)
    ):
        found += 1
        if as_json:
            click.echo(json.dumps(asdict(one), ensure_ascii=False))
        else:
            nothing = "NIL" if one.kind == "link" else "none"
            change = f"{one.before or nothing} -> {one.after or nothing}"
            click.echo(printable(f"{one.doc}  {one.kind}  {one.text!r}  {change}"))
    say(f"kg: {found:,} difference{'' if found == 1 else 's'}", quiet=quiet)
    if skipped:
        ctx.exit(1)


def _print_csv(rows: Sequence[Mapping[str, str]]) -> None:
    from kg.curation import COLUMNS
    from kg.export.tables import safe

    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: safe(value) for name, value in row.items()} for row in rows)
    click.echo(buffer.getvalue(), nl=False)


def _say_changes(name: str, told: Sequence[str]) -> None:
    for line in told:
        say(f"kg: {name} {line}")
