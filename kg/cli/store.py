"""`kg store`: what a store holds, copies of it, and whether it is sound."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli.console import printable, progress, say
from kg.cli.options import QUIET, REGISTRY, STORE


@click.group(short_help="Look at, copy, compact and check a store.")
def store() -> None:
    """Say what a store holds, back it up, restore it, compact it, and check that it is sound."""


@store.command()
@STORE
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def info(*, store_path: str, output: str) -> None:
    """Print how many reports, events, statements and quads a store holds, and its size on disk."""
    from kg.pipeline import contents
    from kg.store import open_store, size_bytes

    with open_store(store_path, read_only=True) as opened:
        counts = dict(contents(opened))
    counts["bytes on disk"] = size_bytes(Path(store_path))
    if output == "json":
        click.echo(json.dumps({"store": store_path, **counts}))
        return
    width = max(map(len, counts))
    for name, count in counts.items():
        click.echo(f"{name:<{width}}  {count:>14,}")


@store.command()
@click.argument("target", metavar="DIR")
@STORE
@QUIET
def backup(*, target: str, store_path: str, quiet: bool) -> None:
    """Copy the store, judgements included, to the new folder DIR, which is then a store itself.

    On the same disk the copy is made at once and shares files with the store; to be safe from the loss of a
    disk, name a folder on another.
    """
    from kg.store import backup as copy

    copy(Path(store_path), Path(target))
    say(f"kg: backed up {store_path} to {target}", quiet=quiet)


@store.command()
@click.argument("source", metavar="SOURCE")
@STORE
@QUIET
def restore(*, source: str, store_path: str, quiet: bool) -> None:
    """Fill the store, whose folder must be missing or empty, from the backup in the folder SOURCE.

    SOURCE may also be a file that `kg export --format nquads --with-text` wrote: a backup that any version
    and any other tool reads. Judgements are not in it; copy judgements.jsonl beside it. The next build
    derives anew what follows from the reports.
    """
    from kg.store import restore as copy

    copy(Path(source), Path(store_path))
    say(f"kg: restored {store_path} from {source}", quiet=quiet)


@store.command()
@STORE
@QUIET
def compact(*, store_path: str, quiet: bool) -> None:
    """Put the files of the store together, so that it takes less room and answers faster.

    Worth it after a large build or many retractions. It needs room for a second copy meanwhile.
    """
    from kg.store import OxigraphStore, folder, size_bytes

    folder.find(Path(store_path))
    before = size_bytes(Path(store_path))
    with OxigraphStore(store_path) as opened, progress(quiet=quiet) as show:
        show("compacting")
        opened.compact()
    after = size_bytes(Path(store_path))
    say(f"kg: compacted {store_path}: {before:,} bytes before, {after:,} after", quiet=quiet)


@store.command()
@REGISTRY
@STORE
@click.option(
    "--repair", is_flag=True, help="Compute what is derived anew where it is not what it should be."
)
@QUIET
@click.pass_context
def check(ctx: click.Context, *, own: Sequence[str], store_path: str, repair: bool, quiet: bool) -> None:
    """Compute all that is derived anew, compare it with the store, and print what differs.

    Reports must be whole, and events, propositions and accepted edges what the reports, the registry and
    the judgements give. Exit code 3 where the store is not sound. Judgements that no build has applied yet
    count as differences.
    """
    from kg import api, pipeline
    from kg.store import folder, open_store

    folder.find(Path(store_path))
    with open_store(store_path, read_only=not repair) as opened, progress(quiet=quiet) as show:
        show("computing what is derived anew")
        registry = api.registry(*own)
        faults = pipeline.check(opened, registry)
        if faults and repair:
            show("repairing")
            pipeline.rederive(opened, registry)
            mended = pipeline.check(opened, registry)
    for fault in faults:
        click.echo(printable(f"{fault.where} {fault.what}"))
    if not faults:
        say(f"kg: {store_path} is sound", quiet=quiet)
    elif not repair:
        say(f"kg: {store_path} is not sound; `kg store check --repair` computes what is derived anew")
        ctx.exit(3)
    elif mended:
        say(f"kg: {store_path} is not sound: what its reports hold themselves can't be computed anew")
        ctx.exit(3)
    else:
        say(f"kg: {store_path} is sound again", quiet=quiet)
