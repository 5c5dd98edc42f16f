"""The process that runs one bounded query: a request on standard input, the answer on standard output.

The answer is a line of JSON that says what follows, then SPARQL JSON or N-Triples.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

from kg.errors import KGError
from kg.query.formats import sparql_json
from kg.store import Results, open_store

MAX_MEMORY = 4 << 30  # bytes of address space; a query beyond it ends this process and no other
_GRACE = 5.0  # seconds after which the process ends itself, should its parent have died before it


def main() -> None:
    """Answer the request on standard input."""
    request = json.loads(sys.stdin.buffer.read())
    threading.Timer(request["timeout"] + _GRACE, os._exit, args=(1,)).start()
    bound_memory(MAX_MEMORY)
    try:
        with open_store(request["folder"], read_only=True) as store:
            head, body = _answer(store.query(request["text"], limit=request["limit"]))
    except KGError as error:
        head, body = {"kind": "error", "error": type(error).__name__, "message": str(error)}, ""
    sys.stdout.buffer.write(f"{json.dumps(head)}\n{body}".encode())
    sys.stdout.buffer.flush()
    os._exit(0)  # the timer must not keep the process


def _answer(results: Results) -> tuple[dict[str, object], str]:
    if results.boolean is not None:
        return {"kind": "boolean", "value": results.boolean}, ""
    if results.triples is not None:
        lines = "".join(f"{triple} .\n" for triple in results.triples)
        return {"kind": "triples", "truncated": results.truncated}, lines
    return {"kind": "rows", "truncated": results.truncated}, sparql_json(results)


def bound_memory(most: int) -> None:
    """Bound the address space of this process to so many bytes, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def taken_memory() -> int:
    """Return the bytes of address space that this process has, used or not; 0 if the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):  # not on Linux
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
