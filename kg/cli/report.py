"""`kg report`: the briefing on an actor."""

from __future__ import annotations

import click

from kg.cli.console import say
from kg.cli.options import QUIET, STORE

# Written out, since importing kg.briefing for them would slow down `kg --help`; a test compares them.
FORMATS = ("html", "md")


@click.command(short_help="Write a briefing on an actor, with its sources.")
@STORE
@click.option("--actor", required=True, metavar="ACTOR", help="Whom it is about: a name, alias, slug or IRI.")
@click.option("--from", "since", default="", metavar="DATE", help="Only what may fall on or after this date.")
@click.option("--to", "until", default="", metavar="DATE", help="Only what may fall on or before this date.")
@click.option(
    "--format", "output", type=click.Choice(FORMATS), help="Write only this; by default both are written."
)
@click.option(
    "--out", default="outputs/", show_default=True, metavar="FOLDER|PREFIX",
    help="Folder for briefing-ACTOR.html and .md, or how the names of the files begin; - is standard output.",
)  # fmt: skip
@QUIET
def report(  # noqa: PLR0913 -- one parameter an option
    *, store_path: str, actor: str, since: str, until: str, output: str | None, out: str, quiet: bool
) -> None:
    """Write a briefing on an actor as HTML and Markdown: who it is, what it did, who says and disputes it.

    A date is 2024, 2024-05 or 2024-05-17; what has no date is kept and listed apart. Every row has footnotes
    to the reports: who says it, how surely, in which words, where. The page needs no network and no scripts.
    """
    from kg.briefing import briefing, write_briefing
    from kg.briefing.files import text
    from kg.errors import UsageError
    from kg.files import write
    from kg.store import open_store

    if out == "-" and not output:
        raise UsageError("standard output takes one format: add --format html or --format md")
    with open_store(store_path, read_only=True) as store:
        found = briefing(store, actor, since=since, until=until)
    if out == "-":
        write(out, text(found, output or ""))
        return
    paths = write_briefing(found, out, formats=(output,) if output else FORMATS)
    say(f"kg: wrote {', '.join(map(str, paths))}", quiet=quiet)
