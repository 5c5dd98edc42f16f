"""Where a briefing is written: two files beside each other, or one of them to standard output."""

from __future__ import annotations

from pathlib import Path

from kg.briefing.briefing import Briefing
from kg.errors import UsageError
from kg.files import write

FORMATS = ("html", "md")


def write_briefing(given: Briefing, out: str | Path, *, formats: tuple[str, ...] = FORMATS) -> list[Path]:
    """Write a briefing and return the paths, in the order of `formats`.

    Args:
        given: the briefing.
        out: a folder, which is made where it ends in a slash and is missing, for briefing-SLUG.html and .md;
            else how the names of the files begin: "reports/jnim" gives reports/jnim.html and .md.
        formats: which of the two to write.

    Raises:
        ExportError: a file can't be written.
        UsageError: nothing is to be written, or in a format that there is not.
    """
    if not formats or not set(formats) <= set(FORMATS):
        raise UsageError(
            f"a briefing is written as {' or '.join(FORMATS)}, not as {', '.join(formats) or 'nothing'}"
        )
    paths = [named(given.slug, out, suffix) for suffix in formats]
    for path, suffix in zip(paths, formats, strict=True):
        write(path, text(given, suffix))
    return paths


def text(given: Briefing, suffix: str) -> str:
    """Return a briefing in one of the formats."""
    return given.html() if suffix == "html" else given.markdown()


def named(slug: str, out: str | Path, suffix: str) -> Path:
    """Return where a briefing goes.

    >>> named("jnim", "outputs/", "md").as_posix(), named("jnim", "mine/first.html", "md").as_posix()
    ('outputs/briefing-jnim.md', 'mine/first.md')
    """
    path = Path(out)
    if str(out).endswith(("/", "\\")) or path.is_dir():
        return path / f"briefing-{slug}.{suffix}"
    stem = path.name.removesuffix(path.suffix) if path.suffix in {f".{one}" for one in FORMATS} else path.name
    return path.with_name(f"{stem}.{suffix}")
