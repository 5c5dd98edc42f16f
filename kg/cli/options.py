"""Options that several commands share, each defined once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

STORE = click.option(
    "--store", "store_path", default="kg-store", envvar="KG_STORE", show_default=True, show_envvar=True,
    metavar="DIR", help="Folder of the store.",
)  # fmt: skip
OUT = click.option(
    "--out",
    default="outputs",
    show_default=True,
    metavar="DIR",
    help="Folder that the results are written to.",
)
REGISTRY = click.option(
    "--registry", "own", multiple=True, envvar="KG_REGISTRY", show_envvar=True,
    type=click.Path(exists=True, dir_okay=False), metavar="FILE",
    help="Actors of one's own (Turtle or CSV), laid over those that are shipped; repeatable.",
)  # fmt: skip
STORE_ONLY = click.option("--store-only", is_flag=True, help="Write no results: only change the store.")
QUIET = click.option("--quiet", "-q", is_flag=True, help="Say nothing on standard error but errors.")
SAMPLES = click.option("--samples", is_flag=True, help="Read the sample reports that come with the package.")

_READING = (
    click.argument("sources", nargs=-1, metavar="SOURCE..."),
    SAMPLES,
    click.option(
        "--split", type=click.Choice(["none", "lines"]), default="none", show_default=True,
        help="What a text file holds: one report, or one a line.",
    ),
    click.option("--published", default="", metavar="DATE", help="Date of reports that state none."),
    click.option("--publisher", default="", metavar="NAME", help="Publisher of reports that state none."),
    click.option("--url", default="", metavar="URL", help="Address of reports that state none."),
)  # fmt: skip


def reading(command: Command) -> Command:
    """Add the sources and the options that say what plain text can't."""
    for option in reversed(_READING):
        command = option(command)
    return command
