"""A briefing as HTML and as Markdown: every text of the store is data, escaped by the template engine."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.briefing.chart import NAMES
from kg.dates import printed

if TYPE_CHECKING:
    from kg.briefing.briefing import Briefing

_STYLE = Path(__file__).parent / "templates" / "briefing.css"
# All that GitHub's Markdown, CommonMark and Pandoc take for markup within a line. A backslash before any of
# them is allowed by CommonMark 0.31, section 2.4.
_MARKUP = re.compile(r"([\\`*_\[\]<>|#&~$^@{}])")
_ADDRESS = re.compile(r"(?i)(?<=\bwww)\.|(?<=[a-z]):(?=//)")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPECIAL = re.compile(r"[^\w./?#=&%:+,;~-]")


def html(given: Briefing) -> str:
    """Return the page: one file without scripts, that may load nothing."""
    style = _STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    template = _pages().get_template("briefing.html")
    return template.render(briefing=given, style=style, policy=policy, names=NAMES)


def markdown(given: Briefing) -> str:
    """Return the briefing as Markdown in the dialect of GitHub and Pandoc: tables and footnotes."""
    text = _texts().get_template("briefing.md").render(briefing=given, names=NAMES)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def plain(text: str) -> str:
    """Return text on one line without controls and without the marks that turn its direction.

    The joiners that Arabic and Persian need stay, though they are invisible too.
    """
    kept = (
        " " if char.isspace() else char
        for char in text
        if char.isspace() or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _TURNING)
    )
    return " ".join("".join(kept).split())


class Source(str):
    """Text that is Markdown already."""

    __slots__ = ()


def escaped(value: object) -> str:
    r"""Return a value as Markdown that shows it as it is: a label is text, whatever it holds.

    >>> escaped("a|b [c](javascript:d)\n# <e>")
    'a\\|b \\[c\\](javascript:d) \\# \\<e\\>'
    """
    if isinstance(value, Source):
        return value
    return _ADDRESS.sub(lambda sign: f"\\{sign[0]}", _MARKUP.sub(r"\\\1", plain(str(value))))


def autolink(address: str) -> Source:
    """Return an address of the web as a link; what could end the link early is percent-encoded."""
    safe = _SPECIAL.sub(
        lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode("utf-8", "replace")), address
    )
    return Source(f"<{safe}>")


def code(command: str) -> Source:
    """Return text for a span of code, which has no escapes: what could end it or its cell is left out."""
    return Source(plain(command).replace("`", "").replace("|", ""))


@cache
def _pages() -> Environment:
    return _environment(autoescape=True)


@cache
def _texts() -> Environment:
    # Every value that a template prints passes through `escaped`; only what is `Source` is let through.
    environment = _environment(autoescape=False)
    environment.finalize = escaped
    environment.filters |= {"autolink": autolink, "code": code}
    return environment


def _environment(*, autoescape: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.briefing"),
        autoescape=autoescape,  # noqa: S701 -- Markdown has an escape of its own, see `_texts`
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"printed": printed, "plain": plain, "short": short, "words_of": _capital}
    return environment


def short(text: str, most: int) -> str:
    """Return at most so many characters of a text on one line, with an ellipsis where some are left out."""
    line = plain(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
