"""`kg doctor`: whether the installation and the store are sound."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from importlib import metadata

import click

from kg.cli.options import REGISTRY, STORE
from kg.errors import KGError

_PACKAGES = ("spacy", "pyoxigraph", "rdflib", "pyshacl", "networkx", "pyvis", "rapidfuzz", "click", "rich")


@click.command(short_help="Check the installation and the store.")
@REGISTRY
@STORE
@click.pass_context
def doctor(ctx: click.Context, *, own: Sequence[str], store_path: str) -> None:
    """Print versions, the language model, the registry and the store; exit code 1 where one is unsound."""
    sound = True
    for name, (good, finding) in _findings(own, store_path):
        sound = sound and good
        click.echo(f"{'ok ' if good else 'BAD'} {name}: {finding}")
    if not sound:
        ctx.exit(1)


def _findings(own: Sequence[str], store_path: str) -> Iterator[tuple[str, tuple[bool, str]]]:
    from kg.run import code_version, lexicon_digest

    yield "militant-kg", (True, f"{code_version()}, lexicon {lexicon_digest()}")
    yield "Python", (True, f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    for package in _PACKAGES:
        yield package, _package(package)
    yield "language model", _model()
    yield "registry", _registry(own)
    yield "named queries", _queries()
    yield "store", _store(own, store_path)


def _package(name: str) -> tuple[bool, str]:
    try:
        return True, metadata.version(name)
    except metadata.PackageNotFoundError:
        return False, "missing; install militant-kg again"


def _model() -> tuple[bool, str]:
    """Say whether the files of the model are those that its package was built with."""
    import base64
    import hashlib

    from kg.run import MODEL

    try:
        files = metadata.files(MODEL) or []
        version = metadata.version(MODEL)
    except metadata.PackageNotFoundError:
        return False, f"{MODEL} is missing; install militant-kg again"
    total = hashlib.sha256()
    for file in sorted(files, key=str):
        if file.hash is None or file.parts[0].endswith(".dist-info"):
            continue  # the installer writes into the latter
        try:
            digest = hashlib.new(file.hash.mode, file.read_binary()).digest()
        except OSError:
            return False, f"{MODEL} {version}: {file} is missing; install it again"
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value:
            return False, f"{MODEL} {version}: {file} was changed; install it again"
        total.update(digest)
    return True, f"{MODEL} {version}, sha256 of its files {total.hexdigest()[:16]}"


def _registry(own: Sequence[str]) -> tuple[bool, str]:
    from kg.api import registry

    try:
        found = registry(*own)
    except KGError as error:
        return False, str(error)
    return True, f"{len(found.actors):,} actors, {len(found.places):,} places, digest {found.digest}"


def _queries() -> tuple[bool, str]:
    from kg.resources import queries_dir

    try:
        count = len(list(queries_dir().glob("*.rq")))
    except KGError as error:
        return False, str(error)
    return count > 0, str(count)


def _store(own: Sequence[str], path: str) -> tuple[bool, str]:
    """Say what a store holds, and whether it is as old as the code; no store at all is sound."""
    from pathlib import Path

    from kg.api import registry
    from kg.pipeline import inventory
    from kg.run import current
    from kg.store import open_store

    if not Path(path).exists():
        return True, f"none at {path} yet; `kg build` makes one"
    try:
        with open_store(path, read_only=True) as store:
            held, quads = inventory(store), len(store)
            now = current(registry(*own)).ref
    except KGError as error:
        return False, str(error)
    old = sum(run != now for run in held.runs.values())
    stale = f"; {old:,} were read by another version, the next `kg build` reads them again" if old else ""
    return True, f"{path}: {len(held.ids):,} reports, {quads:,} quads{stale}"
