"""`kg serve`: the store on the web, for this machine or, with a token, for others."""

from __future__ import annotations

import click

from kg.cli.console import say
from kg.cli.options import QUIET, STORE


@click.command(short_help="Serve SPARQL and a page for each thing.")
@STORE
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one.")
@QUIET
def serve(*, store_path: str, host: str, port: int, quiet: bool) -> None:
    """Serve the store: a SPARQL 1.1 endpoint at /sparql."""
    from pathlib import Path

    from kg.serve import Settings
    from kg.serve.running import run
    from kg.store import open_store

    settings = Settings(store=Path(store_path), host=host, port=port)
    open_store(store_path, read_only=True).close()
    run(settings, started=lambda address: say(f"kg: serving {store_path} at {address}", quiet=quiet))
