"""What bounds a server: how long, how much, how many, for whom."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import UsageError

PROTOCOL_PATH = "/sparql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The bounds of one server.

    Attributes:
        store: folder of the store.
        base: the address that the outside knows the server by, ends in a slash; "" where it is the root of
            whatever host was asked. The page of `…/militant-kg/id/actor/jnim` is BASE + `id/actor/jnim`.
        host: address that is listened on.
        port: port that is listened on; 0 takes a free one.
        token: what a request must carry; "" lets everyone in, which only a loopback address may.
        workers: processes that answer.
        waiting: requests that may wait for one of them; further ones are told to come back.
        timeout: seconds that a request may wait, and then again run.
        max_rows: rows or triples of an answer; a longer answer is refused, never cut.
        max_bytes: bytes of an answer.
        max_body: bytes of a request's body.
        memory: bytes of address space of a worker, beside a store that it holds.
        in_memory: whether the store is read into memory, where most queries run 2 to 10 times as fast.
        log_queries: whether the log says what was asked.
    """

    store: Path
    base: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    token: str = ""
    workers: int = 2
    waiting: int = 64
    timeout: float = 30.0
    max_rows: int = 100_000
    max_bytes: int = 64 << 20
    max_body: int = 1 << 20
    memory: int = 4 << 30
    in_memory: bool = False
    log_queries: bool = False

    def __post_init__(self) -> None:
        if self.base and (urlsplit(self.base).scheme not in ("http", "https") or self.base[-1] != "/"):
            raise UsageError(f"the base {self.base!r} must be an http or https address that ends in a slash")
        if not self.token and not is_loopback(self.host):
            raise UsageError(
                f"{self.host} can be reached by others: give a token in $KG_TOKEN, or listen on 127.0.0.1"
            )
        if self.token and not (self.token.isascii() and self.token.isprintable() and len(self.token) >= 16):
            raise UsageError("the token must be at least 16 printable ASCII characters")

    @property
    def root(self) -> str:
        """The path of the base, ends in a slash."""
        return urlsplit(self.base).path if self.base else "/"

    @property
    def hosts(self) -> frozenset[str]:
        """The names by which a server without token may be asked: any other is a page that rebinds DNS."""
        names = {"localhost", "127.0.0.1", "::1", self.host}
        return frozenset(names | ({urlsplit(self.base).hostname or ""} if self.base else set()))


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches an address.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("example.org")
    (True, True, False, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
