"""Sources to reports: text files, folders, JSON Lines and standard input, each oddity said and none fatal."""

from __future__ import annotations

import codecs
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from kg.dates import iso_date
from kg.errors import InputError, UsageError
from kg.language import is_english, language_of
from kg.model import Report
from kg.text import MAX_BYTES, MAX_CHARACTERS, clean, clean_line, decode, encoding_of

TEXT_SUFFIXES = frozenset({".txt", ".text"})
JSON_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
LATER_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xml", ".rss", ".atom"})
FIELDS = ("id", "title", "url", "published", "publisher", "language")  # of a JSON object and of header lines
MAX_FIELD_CHARACTERS = 10_000
_MAX_LINE_BYTES = 2 * MAX_BYTES  # JSON may spell a character as \uXXXX
_TOO_LONG = f"longer than {MAX_CHARACTERS:,} characters; split it into reports"
_HEADER = re.compile(r"^([A-Za-z][A-Za-z-]*):(?:[ \t]+(.*)|)$")
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")
_URL = re.compile(r'^https?://[^\s<>"{}|\\^`]+$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A report that was not read: where it stands (FILE or FILE:LINE), and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should know about a report that was read all the same."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class OtherFiles:
    """How many files of a folder are of a type that is not read, HTML and feeds among them."""

    source: str
    count: int


Item = Report | Skipped | Note | OtherFiles
Line = TypeVar("Line", bytes, str)


@dataclass(frozen=True, slots=True)
class _Source:
    """A source: its name in messages and in identifiers, and what the call said of its reports."""

    label: str
    name: str
    defaults: dict[str, str] = field(default_factory=dict)
    split_lines: bool = False


def read_reports(
    sources: Sequence[str],
    *,
    split_lines: bool = False,
    published: str = "",
    publisher: str = "",
    url: str = "",
    stdin: BinaryIO | None = None,
) -> Iterator[Item]:
    """Yield the reports of the sources in order, and what could not be read or should be known.

    Args:
        sources: text files (one report each), JSON Lines files (.jsonl, .ndjson: one report a line),
            folders (their .txt, .text and JSON Lines files in sorted order, hidden ones left out), and "-".
            A source with another suffix is read as JSON Lines where its first line is a JSON object.
        split_lines: text holds one report a line; blank lines count but are no reports.
        published: ISO date (YYYY, YYYY-MM or YYYY-MM-DD) of reports that state none themselves.
        publisher: publisher of reports that state none.
        url: address of reports that state none.
        stdin: stream that "-" stands for; standard input by default.

    Yields:
        Report, with one given id: its own, else FILE:LINE, or FILE where the file is one report; FILE is
        relative to the folder given. Skipped, Note and OtherFiles as they come up.

    Raises:
        UsageError: no source is given, or `published` or `url` is not what it should be.
    """
    if not sources:
        raise UsageError("no source given; name a file, a folder or - for standard input")
    defaults = {"published": published.strip(), "publisher": clean_line(publisher), "url": url.strip()}
    if defaults["published"] and not (date := iso_date(defaults["published"])):
        raise UsageError(f"--published {published!r} is not an ISO date; write YYYY-MM-DD, YYYY-MM or YYYY")
    elif defaults["published"]:
        defaults["published"] = date
    if defaults["url"] and not _URL.match(defaults["url"]):
        raise UsageError(f"--url {url!r} is not a web address; write https://…")
    for source in sources:
        yield from _read_source(source, _Source(source, "", defaults, split_lines), stdin)


def _read_source(argument: str, template: _Source, stdin: BinaryIO | None) -> Iterator[Item]:
    if argument == "-":
        stream = stdin if stdin is not None else sys.stdin.buffer
        source = _Source("standard input", "-", template.defaults, template.split_lines)
        yield from _read_stream(stream, source, lines=None)
        return
    path = Path(argument)
    if path.is_dir():
        yield from _read_folder(path, template)
    elif path.suffix.lower() in LATER_SUFFIXES:
        yield Skipped(argument, "HTML and feeds are not read; save the text as .txt or as JSON Lines")
    else:
        source = _Source(argument, path.name, template.defaults, template.split_lines)
        yield from _read_file(path, source)


def _read_folder(folder: Path, template: _Source) -> Iterator[Item]:
    others = 0
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in sorted(files, key=lambda path: path.relative_to(folder).parts):
        relative = path.relative_to(folder)
        if any(part.startswith(".") for part in relative.parts):
            continue
        if path.suffix.lower() not in TEXT_SUFFIXES | JSON_LINES_SUFFIXES:
            others += 1
            continue
        source = _Source(str(path), relative.as_posix(), template.defaults, template.split_lines)
        yield from _read_file(path, source)
    if others:
        yield OtherFiles(str(folder), others)


def _read_file(path: Path, source: _Source) -> Iterator[Item]:
    suffix = path.suffix.lower()
    lines = True if suffix in JSON_LINES_SUFFIXES else False if suffix in TEXT_SUFFIXES else None
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, source, lines=lines)
    except FileNotFoundError:
        yield Skipped(source.label, "no such file or folder")
    except OSError as error:
        yield Skipped(source.label, f"can't be read: {error.strerror or error}")


def _read_stream(stream: BinaryIO, source: _Source, *, lines: bool | None) -> Iterator[Item]:
    """Yield the items of an opened source; `lines` says whether it is JSON Lines, None to look."""
    buffered: io.BufferedReader[Any]
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)
    head = buffered.peek(4096)
    if lines is None:
        lines = head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")
    if not lines and not source.split_lines:
        yield from _read_whole(buffered, source)
        return
    if b"\0" in head and not encoding_of(head):
        yield Skipped(source.label, "binary, or UTF-16 without a byte order mark; give UTF-8 text")
        return
    noted = False
    for number, line in _lines(buffered, encoding_of(head)):
        where, name = f"{source.label}:{number}", f"{source.name}:{number}"
        try:
            text, note = _line_text(line)
            if not text.strip():
                continue
            if note and not noted:  # once a file: its other lines will be alike
                noted = True
                yield Note(where, note)
            fields = _json_fields(text) if lines else {"text": text}
            yield from _report(fields, where, name, source.defaults)
        except InputError as error:
            yield Skipped(where, str(error))


def _read_whole(stream: BinaryIO, source: _Source) -> Iterator[Item]:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield Skipped(source.label, _TOO_LONG)
        return
    try:
        text, note = decode(data)
        if note:
            yield Note(source.label, note)
        fields, unknown = _header_fields(text)
        if unknown:
            yield Note(source.label, f"header lines not understood: {', '.join(unknown)}")
        yield from _report(fields, source.label, source.name, source.defaults)
    except InputError as error:
        yield Skipped(source.label, str(error))


def _lines(stream: BinaryIO, encoding: str) -> Iterator[tuple[int, bytes | str | None]]:
    """Yield (number from 1, line), None for a line that is too long, which is passed over in pieces."""
    if encoding in ("utf-16", "utf-32"):
        text = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")
        try:
            yield from enumerate(_bounded(iter(lambda: text.readline(_MAX_LINE_BYTES), ""), "\n"), 1)
        finally:
            text.detach()  # else its end closes a stream that is the caller's
        return
    if encoding:
        stream.read(len(codecs.BOM_UTF8))
    yield from enumerate(_bounded(iter(lambda: stream.readline(_MAX_LINE_BYTES), b""), b"\n"), 1)


def _bounded(pieces: Iterable[Line], end: Line) -> Iterator[Line | None]:
    """Yield the pieces that are whole lines; for a line that came in several pieces, None once."""
    inside = False
    for piece in pieces:
        whole = piece.endswith(end) or len(piece) < _MAX_LINE_BYTES
        if not inside:
            yield piece if whole else None
        inside = not whole


def _line_text(line: bytes | str | None) -> tuple[str, str]:
    if line is None:
        raise InputError(_TOO_LONG)
    return decode(line) if isinstance(line, bytes) else (line, "")


def _json_fields(line: str) -> dict[str, str]:
    """Return the fields of a JSON object on one line, those that a report has, as strings."""
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise InputError(f"malformed JSON: {reason}") from error
    if not isinstance(value, dict):
        raise InputError('not a JSON object; write {"text": "…"} on each line')
    if not isinstance(value.get("text"), str):
        raise InputError('"text" is missing or not a string')
    fields = {"text": value["text"]}
    for name in FIELDS:
        given = value.get(name)
        if isinstance(given, int) and not isinstance(given, bool) and name == "id":
            given = str(given)
        if given is not None and not isinstance(given, str):
            raise InputError(f'"{name}" is not a string')
        fields[name] = given or ""
    return fields


def _header_fields(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the fields of a text with its `Key: value` lines, and the keys that no report has.

    Lines count as a header only where all of them, up to a blank line, are of that form and one key is
    known; else they belong to the text.
    """
    head, separator, body = (
        text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n").partition("\n\n")
    )
    found = [_HEADER.match(line) for line in head.split("\n")]
    pairs = [(match[1].lower(), match[2] or "") for match in found if match]
    if not separator or len(pairs) < len(found) or not any(key in FIELDS for key, _ in pairs):
        return {"text": text}, []
    fields = {key: value for key, value in pairs if key in FIELDS}
    return {**fields, "text": body}, [key for key, _ in pairs if key not in FIELDS]


def _report(fields: dict[str, str], where: str, name: str, defaults: dict[str, str]) -> Iterator[Item]:
    """Yield the report that the fields make, after the notes on it.

    Raises:
        InputError: the text is empty or too long, or a field is not what it should be.
    """
    text = clean(fields["text"])
    if not text:
        raise InputError("empty")
    if len(text) > MAX_CHARACTERS:
        raise InputError(_TOO_LONG)
    values = {key: clean_line(fields.get(key, "")) or defaults.get(key, "") for key in FIELDS}
    for key, value in values.items():
        if len(value) > MAX_FIELD_CHARACTERS:
            raise InputError(f"{key} is longer than {MAX_FIELD_CHARACTERS:,} characters")
    published = iso_date(values["published"])
    if values["published"] and not published:
        raise InputError(
            f"published {values['published']!r} is not an ISO date; write YYYY-MM-DD, YYYY-MM or YYYY"
        )
    if values["language"] and not _LANGUAGE.match(values["language"]):
        raise InputError(f"language {values['language']!r} is not a language tag; write en, fr, ar, …")
    if values["url"] and not _URL.match(values["url"]):
        yield Note(where, f"url {values['url']!r} is not a web address; left out")
        values["url"] = ""
    language = values["language"] or language_of(text)
    if not is_english(language):
        yield Note(where, f"language {language}: kept without facts, which are read from English only")
    yield Report(
        text=text,
        title=values["title"],
        url=values["url"],
        publisher=values["publisher"],
        published=published,
        language=language,
        given_ids=(values["id"] or clean_line(name) or "report",),
    )
