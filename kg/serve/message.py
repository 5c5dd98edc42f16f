"""What the server and its workers say to each other: a line of JSON, and behind an answer its bytes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a worker is asked.

    Attributes:
        kind: "sparql", or the name of a page.
        text: the query, or what the page is of.
        accept: the client's Accept header.
        default_graphs: IRIs of the dataset that the protocol names, likewise `named_graphs`.
        params: parameters of a named query or a page.
    """

    kind: str
    text: str = ""
    accept: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    params: dict[str, str] = field(default_factory=dict)

    def line(self) -> bytes:
        """Return it as one line."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Request:
        """Return what a line says."""
        given = json.loads(line)
        return cls(**given | {key: tuple(given[key]) for key in ("default_graphs", "named_graphs")})


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back: an HTTP status, a media type and a body; `alternates` are other types of the same."""

    status: int
    media: str
    body: bytes
    alternates: tuple[str, ...] = ()

    def head(self) -> bytes:
        """Return the line that goes before the body."""
        values = {
            "status": self.status,
            "media": self.media,
            "length": len(self.body),
            "alternates": self.alternates,
        }
        return json.dumps(values).encode() + b"\n"


def failure(status: int, text: str) -> Answer:
    """Return an error as plain text, one line."""
    return Answer(status, "text/plain", f"{' '.join(text.split())}\n".encode())
