"""Ordinary prose that nobody wrote for this project: texts shipped with Python and the installed packages."""

from __future__ import annotations

import re
from importlib import metadata
from pydoc_data.topics import topics

_LEAST_WORDS = 12
_MARKUP = re.compile(r"https?:|[`|<>{}=_#\\@]|::|\*\*|--|\.\.\.|\(\)|\[\]")
_NAMES = ("METADATA", "LICENSE", "LICENCE", "COPYING", "NOTICE")


def paragraphs() -> list[str]:
    """Return paragraphs of whole sentences without markup, each once, in a fixed order."""
    found: dict[str, None] = {}
    for text in _texts():
        for block in re.split(r"\n\s*\n", text):
            line = " ".join(block.split()).lstrip("*-•0123456789.() ")
            if _is_prose(line):
                found.setdefault(line)
    return list(found)


def _is_prose(line: str) -> bool:
    plain = sum(letter.isalpha() or letter in " ,.;:'’\"“”()-" for letter in line)
    whole = line[:1].isupper() and line.endswith(".")
    return (
        whole and len(line.split()) >= _LEAST_WORDS and not _MARKUP.search(line) and plain > 0.97 * len(line)
    )


def _texts():
    yield from (topics[name] for name in sorted(topics))
    packages = {one.metadata["Name"].lower(): one for one in metadata.distributions()}
    for name in sorted(packages):
        for path in sorted(packages[name].files or [], key=str):
            if ".dist-info" in str(path) and path.name.upper().startswith(_NAMES):
                text = path.locate().read_text(encoding="utf-8", errors="replace")
                yield text.partition("\n\n")[2] if path.name == "METADATA" else text
