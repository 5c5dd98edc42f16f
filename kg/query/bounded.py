"""A query in a process of its own, which is killed when its time is up: Oxigraph can't be interrupted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

import kg
from kg.errors import KGError, LimitError, QueryError, RefusedError, StoreError, UsageError
from kg.store import Results

_ERRORS: dict[str, type[KGError]] = {
    error.__name__: error for error in (LimitError, QueryError, RefusedError, StoreError, UsageError)
}


def query(folder: Path, text: str, *, limit: int | None, timeout: float) -> Results:
    """Return what a query on the store in a folder answers, or stop it after `timeout` seconds.

    Raises:
        QueryError: it ran out of time, or ended the process by its depth or its need of memory.
        StoreError: the store can't be read.
    """
    request = json.dumps({"folder": str(folder.resolve()), "text": text, "limit": limit, "timeout": timeout})
    try:
        done = subprocess.run(  # noqa: S603 -- a module of our own
            module_command("kg.query.child"),
            input=request.encode(),
            capture_output=True,
            timeout=timeout,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise LimitError(
            f"the query ran longer than {timeout:g} s and was stopped: narrow it, or raise --timeout"
        ) from error
    head, _, body = done.stdout.partition(b"\n")
    if done.returncode or not head:
        raise LimitError(
            "the query ended its process: it is nested too deep or needs too much memory; simplify it"
            f" (exit {done.returncode})"
        )
    return _results(json.loads(head), body)


def module_command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module of the package in a process of its own.

    -P keeps the current folder off the path, where a file could pass for a module of ours.
    """
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Return the environment in which such a process finds the package and its dependencies."""
    paths = [str(Path(kg.__file__).resolve().parent.parent), *(entry for entry in sys.path if entry)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _results(head: dict[str, object], body: bytes) -> Results:
    kind, truncated = head["kind"], bool(head.get("truncated"))
    if kind == "error":
        raise _ERRORS.get(str(head["error"]), QueryError)(str(head["message"]))
    if kind == "boolean":
        return Results(boolean=bool(head["value"]))
    if kind == "triples":
        found = (quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES))
        return Results(triples=tuple(one for one in found if isinstance(one, Triple)), truncated=truncated)
    solutions = parse_query_results(body, format=QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    variables = tuple(variable.value for variable in solutions.variables)
    return Results(variables, tuple(tuple(row) for row in solutions), truncated=truncated)
