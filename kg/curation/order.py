"""The order of entries in a file of the registry: sorted by kind and slug, so that a change shows as one."""

from __future__ import annotations

import re

START = re.compile(r"^(actor|place|assertion|source):(\S+) a ", re.MULTILINE)


def entries(text: str) -> list[tuple[str, str]]:
    """Return kind and slug of the entries of a file, as they stand."""
    return START.findall(text)


def ordered(text: str) -> str:
    r"""Return a file of the registry with its entries in order and one blank line between them.

    What stands before the first entry (comments, prefixes) stays there; a comment moves with the entry
    that it stands above.

    >>> print(ordered("# head\n\nactor:b a mkg:X .\n\nactor:a a mkg:X .\n"), end="")
    # head
    <BLANKLINE>
    actor:a a mkg:X .
    <BLANKLINE>
    actor:b a mkg:X .
    """
    starts = [_with_comments(text, match.start()) for match in START.finditer(text)]
    if not starts:
        return text
    blocks = [
        text[start:end].strip("\n") for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
    keys = [(match[1], match[2]) for match in START.finditer(text)]
    head = text[: starts[0]].strip("\n")
    return (
        "\n\n".join(
            [*([head] if head else []), *(block for _, block in sorted(zip(keys, blocks, strict=True)))]
        )
        + "\n"
    )


def _with_comments(text: str, start: int) -> int:
    """Return where an entry begins, comments right above it taken in; the head of a file is none."""
    lines = text[:start].split("\n")[:-1]
    taken = 0
    while taken < len(lines) and lines[-1 - taken].startswith("#"):
        taken += 1
    if taken == len(lines):  # nothing else above: the head of the file
        return start
    return start - sum(len(line) + 1 for line in lines[len(lines) - taken :])
