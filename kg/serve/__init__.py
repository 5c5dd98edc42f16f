"""The server: SPARQL 1.1 Protocol and a page for each thing, read-only and bounded.

The server itself only speaks HTTP; all that touches the store happens in workers (`pool`, `worker`), which
can be killed.
"""

from __future__ import annotations

from kg.serve.settings import Settings

__all__ = ["Settings"]
