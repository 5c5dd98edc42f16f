"""`kg serve`: the store on the web, for this machine or, with a token, for others."""

from __future__ import annotations

import click

from kg.cli.console import printable, say
from kg.cli.options import QUIET, STORE

_GIGA = 1 << 30


@click.command(short_help="Serve SPARQL, the network and a page for each thing.")
@STORE
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--base", default="", metavar="URL",
    help="Address by which others know the server, where a proxy or a redirect stands before it.",
)  # fmt: skip
@click.option(
    "--token", default="", envvar="KG_TOKEN", show_envvar=True, metavar="TEXT",
    help="What a request must carry, as Bearer or as password; needed for any --host but this machine.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that answer."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=30.0, show_default=True,
    help="Seconds that a request may wait, and then run.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1, 1_000_000), default=100_000, show_default=True,
    help="Rows of an answer; a longer one is refused, never cut.",
)  # fmt: skip
@click.option(
    "--memory", type=click.FloatRange(0.25, 1024), default=4.0, show_default=True,
    help="Gigabytes of address space of a process that answers, beside a store in memory.",
)  # fmt: skip
@click.option(
    "--in-memory", is_flag=True,
    help="Read the store into memory, about half a gigabyte a million statements for each process: "
    "most answers come 2 to 10 times as fast.",
)  # fmt: skip
@click.option("--log-queries", is_flag=True, help="Write what is asked into the log, too.")
@QUIET
def serve(  # noqa: PLR0913 -- one parameter an option
    *,
    store_path: str,
    host: str,
    port: int,
    base: str,
    token: str,
    workers: int,
    timeout: float,
    limit: int,
    memory: float,
    in_memory: bool,
    log_queries: bool,
    quiet: bool,
) -> None:
    """Serve the store, read-only: SPARQL 1.1 at /sparql, the network, a page for each thing.

    Things are given as HTML, Turtle or JSON-LD, whichever the client asks for. The log goes to standard
    error, a line for each request. The server sees what a build writes, without being started again.
    """
    from pathlib import Path

    from kg.serve import Settings
    from kg.serve.running import run
    from kg.store import open_store

    settings = Settings(
        store=Path(store_path),
        base=base,
        host=host,
        port=port,
        token=token,
        workers=workers,
        timeout=timeout,
        max_rows=limit,
        memory=int(memory * _GIGA),
        log_queries=log_queries,
        in_memory=in_memory,
    )
    open_store(store_path, read_only=True).close()
    if in_memory:
        say(f"kg: reading {store_path} into memory, 10 s a million statements", quiet=quiet)
    run(
        settings,
        started=lambda address: say(f"kg: serving {store_path} at {address}", quiet=quiet),
        log=lambda line: say(f"kg: {printable(line)}", quiet=quiet),
    )
