"""`kg push`: the store taken to a server."""

from __future__ import annotations

import click

from kg.cli.console import progress, say
from kg.cli.options import QUIET, STORE


@click.command(short_help="Bring a SPARQL 1.1 server up to what the store holds.")
@click.argument("url")
@STORE
@click.option(
    "--update", "update_at", default="", metavar="URL",
    help="Where the server takes updates. By default .../update beside .../query, else URL itself.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=300.0, show_default=True,
    help="Seconds within which the server must answer a request.",
)  # fmt: skip
@QUIET
def push(*, url: str, store_path: str, update_at: str, timeout: float, quiet: bool) -> None:
    """Bring the SPARQL 1.1 server that takes queries at URL up to what the store holds.

    Only what differs is sent, in batches; a busy server is asked again, and a push that broke off is
    completed by the next. Graphs that are not of militant-kg stay. Credentials are taken from
    $KG_REMOTE_TOKEN (bearer), or $KG_REMOTE_USER and $KG_REMOTE_PASSWORD (basic). Ask the server with
    `kg query --store URL`.
    """
    from kg.store import open_store
    from kg.store.push import push as send
    from kg.store.push import update_url
    from kg.store.remote import Endpoint, RemoteStore

    update = Endpoint(update_at or update_url(url), timeout=timeout)
    with open_store(store_path, read_only=True) as store, RemoteStore(url, timeout=timeout) as remote:
        with progress(quiet=quiet) as show:
            done = send(store, remote, update, watch=lambda so_far: show(f"{so_far.added:,} quads sent"))
        update.close()
    say(
        f"kg: {done.written:,} reports sent, {done.same:,} there already, {done.removed:,} removed; "
        f"{done.added:,} quads added, {done.taken:,} taken away",
        quiet=quiet,
    )
