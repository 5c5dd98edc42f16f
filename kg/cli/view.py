"""`kg view`: the network in the browser."""

from __future__ import annotations

import click

from kg.cli.console import say
from kg.cli.options import QUIET, STORE

# Written out, since importing kg.projection for it would slow down `kg --help`; a test compares them.
CONTEXT = 180


_LARGE = 60_000_000  # characters of a page: a browser takes seconds to open it


@click.command(short_help="Write the network as a page for the browser.")
@STORE
@click.option("--focus", default="", metavar="ACTOR", help="Only this actor's surroundings (slug or name).")
@click.option(
    "--hops", type=click.IntRange(0, 6), default=1, show_default=True, help="How far from the focus to go."
)
@click.option(
    "--from", "earliest", default="", metavar="DATE", help="Only what may fall on or after this date."
)
@click.option("--to", "latest", default="", metavar="DATE", help="Only what may fall on or before this date.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True,
    help="Leave out what was extracted with less confidence.",
)  # fmt: skip
@click.option(
    "--context", type=click.IntRange(0), default=CONTEXT, show_default=True,
    help="Characters of the report to show on each side of a quote; 0 for quotes only, to hand the page on.",
)  # fmt: skip
@click.option("--actors-only", is_flag=True, help="Fold events into edges between actors.")
@click.option(
    "--out", default="network.html", show_default=True, metavar="FILE", help="The page; - is standard output."
)
@click.option("--open", "opened", is_flag=True, help="Open the page in the browser.")
@QUIET
def view(  # noqa: PLR0913 -- one parameter an option
    *,
    store_path: str,
    focus: str,
    hops: int,
    earliest: str,
    latest: str,
    min_confidence: float,
    context: int,
    actors_only: bool,
    out: str,
    opened: bool,
    quiet: bool,
) -> None:
    """Write the network as one page that opens offline in a browser."""
    from pathlib import Path

    from kg import projection
    from kg.files import write
    from kg.profile import find
    from kg.store import open_store
    from kg.view import page, summary

    period = _date(earliest, "--from"), _date(latest, "--to")
    with open_store(store_path, read_only=True) as store:
        graph = projection.full_graph(store, context=context)
    if min_confidence:
        graph = projection.confident(graph, min_confidence)
    if any(period):
        graph = projection.between(graph, *period)
    if focus:
        graph = projection.focus(graph, find(graph, focus), hops=hops)
    if actors_only:
        graph = projection.actors_only(graph)
    html = page(graph)
    write(out, html)
    say(f"kg: wrote {out}: {summary(graph)}", quiet=quiet or out == "-")
    if len(html) > _LARGE and out != "-":
        hint = "browsers open it slowly; narrow it with --focus, --from, --to or --actors-only"
        say(f"kg: the page has {len(html) / 1e6:.0f} MB, and {hint}", quiet=quiet)
    if opened and out != "-":
        click.launch(Path(out).resolve().as_uri())


def _date(text: str, option: str) -> str:
    """Return an ISO date as given to an option.

    Raises:
        UsageError: it is none.
    """
    from kg.dates import iso_date
    from kg.errors import UsageError

    if text and not iso_date(text):
        raise UsageError(f"{option} {text!r} is not an ISO date; write YYYY-MM-DD, YYYY-MM or YYYY")
    return iso_date(text)
