"""The tokens of a SPARQL query: enough to bind parameters, to see what it asks for, and to point at errors.

Source: SPARQL 1.1 Query Language, section 19.8, terminals 139-173. Engines parse; this reads only what
both must be told alike.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.vocab import PREFIXES

MAX_DEPTH = 100
MAX_TOKENS = 10_000
# Oxigraph 0.5.13 overflows the stack of its process, which ends it, at 3,000 nested groups or OPTIONALs
# in a row and at 25,000 terms of one expression; at these limits it was seen to answer.

_NAME = r"\w·̀-ͯ‿⁀"
_LOCAL = rf"(?:[{_NAME}:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$][{_NAME}]+)
    | (?P<name>(?:[^\W\d](?:[{_NAME}.\-]*[{_NAME}\-])?)?:(?:{_LOCAL}(?:(?:{_LOCAL}|[.\-])*(?:{_LOCAL}|-))?)?)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPEN = {"{": "}", "(": ")", "[": "]"}
_CLOSE = frozenset(_OPEN.values())
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
_QUOTE_ESCAPE = re.compile(r"\\(?:u00|U000000)(?:22|27|5[Cc]|0[AaDd])")


@dataclass(frozen=True, slots=True)
class Token:
    """A token, where it starts (offset in the text), and how many brackets are open around it."""

    kind: str
    text: str
    start: int
    depth: int

    @property
    def keyword(self) -> str:
        """The keyword in upper case, empty for any other token."""
        return self.text.upper() if self.kind == "word" else ""


@dataclass(frozen=True)
class Query:
    """A query's text and its tokens without spaces and comments."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE; else the first keyword after the prologue, or nothing."""
        words = [token.keyword for token in self.tokens if token.kind == "word" and token.depth == 0]
        return next((word for word in words if word not in ("PREFIX", "BASE")), "")

    @cached_property
    def ordered(self) -> bool:
        """Whether the query as a whole has an ORDER BY."""
        return self.form == "SELECT" and any(
            token.keyword == "ORDER" and token.depth == 0 for token in self.tokens
        )

    @cached_property
    def grouped(self) -> bool:
        """Whether the query as a whole has a GROUP BY."""
        return any(token.keyword == "GROUP" and token.depth == 0 for token in self.tokens)

    @cached_property
    def has_dataset(self) -> bool:
        """Whether the query names its graphs with FROM."""
        return any(token.keyword == "FROM" for token in self.tokens)

    @cached_property
    def star_variables(self) -> tuple[str, ...]:
        """The variables of a `SELECT *` by first appearance: engines order them differently."""
        signs = [token.text.upper() for token in self.tokens if token.depth == 0]
        after = signs[signs.index("SELECT") + 1 :][:2] if "SELECT" in signs else []
        if "*" not in after:
            return ()
        return tuple(dict.fromkeys(token.text[1:] for token in self.tokens if token.kind == "variable"))

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The names that are written `$name`."""
        return frozenset(
            token.text[1:] for token in self.tokens if token.text[0] == "$" and len(token.text) > 1
        )

    def bound(self, bindings: Mapping[str, NamedNode | Literal]) -> Query:
        """Return the query with each `$name` that has a binding replaced by the term, token for token.

        pyoxigraph's own substitutions refuse variables that are not projected, and rdflib's initial
        bindings do not reach into sub-queries; a term in the place of a token means the same in both. It
        is written by pyoxigraph, so that no value can end its own token.

        Raises:
            QueryError: the query has no such parameter.
        """
        if missing := sorted(set(bindings) - self.parameters):
            raise QueryError(f"the query has no parameter ${missing[0]}: write it with a dollar sign")
        if not bindings:
            return self
        return self.changed(
            (token.start, token.start + len(token.text), str(bindings[token.text[1:]]))
            for token in self.tokens
            if token.kind == "variable" and token.text[0] == "$" and token.text[1:] in bindings
        )

    def changed(self, changes: Iterable[tuple[int, int, str]]) -> Query:
        """Return the query with pieces of its text replaced: each from an offset to another, by a text."""
        parts, done = [], 0
        for start, end, text in sorted(changes):
            parts += [self.text[done:start], text]
            done = end
        return read("".join([*parts, self.text[done:]]))

    def place(self, offset: int) -> str:
        """Return where an offset of the text is, as "line 2, column 7", both counted from 1."""
        before = self.text[:offset]
        return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"


def read(text: str) -> Query:
    """Return the tokens of a query, comments blanked out of its text (so that line and column stay).

    Raises:
        QueryError: a bracket or a string is not closed, a prefix is unknown, an IRI is relative, an escape
            stands for a quote, or the query is larger than an engine survives.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    whole = Query(text, ())
    tokens: list[Token] = []
    comments: list[tuple[int, int]] = []
    opened: list[Token] = []
    position = 0
    while match := _TOKEN.match(text, position):
        kind, piece = str(match.lastgroup), match.group()
        if kind == "iri" and _is_comparison(piece):
            kind, piece = "sign", "<"
        if kind == "comment":
            comments.append((position, match.end()))
        elif kind != "space":
            if kind == "sign" and piece in _CLOSE:
                _close(whole, opened, piece, position)
            token = Token(kind, piece, position, len(opened))
            _check(whole, token)
            tokens.append(token)
            if kind == "sign" and piece in _OPEN:
                opened.append(token)
            if len(tokens) > MAX_TOKENS or len(opened) > MAX_DEPTH:
                raise QueryError(
                    f"the query is too large: at most {MAX_TOKENS:,} words and {MAX_DEPTH} nested brackets"
                )
        position += len(piece)
    if opened:
        raise QueryError(
            f"syntax error at {whole.place(opened[-1].start)}: {opened[-1].text!r} is never closed"
        )
    for start, end in comments:
        text = text[:start] + " " * (end - start) + text[end:]
    query = Query(text, tuple(tokens))
    _check_names(query)
    return query


def _is_comparison(piece: str) -> bool:
    """Return whether `<…>` is two comparisons: in `?a<?b&&?c>?d` the longest match is no IRI."""
    return piece[1] in "?$(-+!" or piece[1].isdigit()


def _close(whole: Query, opened: list[Token], piece: str, start: int) -> None:
    if not opened:
        raise QueryError(f"syntax error at {whole.place(start)}: {piece!r} closes nothing")
    last = opened.pop()
    if _OPEN[last.text] != piece:
        raise QueryError(
            f"syntax error at {whole.place(start)}: found {piece!r} where the {last.text!r} of "
            f"{whole.place(last.start)} must be closed"
        )


def _check(whole: Query, token: Token) -> None:
    """Raise QueryError on what no query may hold outside a string, or hide inside one."""
    if token.kind == "sign" and token.text in "\"'":
        raise QueryError(
            f"syntax error at {whole.place(token.start)}: the string is never closed on its line"
        )
    if token.kind == "sign" and token.text == "\\":
        raise QueryError(f"syntax error at {whole.place(token.start)}: a backslash stands outside a string")
    if token.kind == "string" and _QUOTE_ESCAPE.search(token.text):
        # rdflib expands code points before it looks for the ends of strings, Oxigraph after.
        raise QueryError(
            f'syntax error at {whole.place(token.start)}: an escape \\u stands for a quote; write \\" instead'
        )


def _check_names(query: Query) -> None:
    """Raise QueryError on a prefix that is neither known nor declared, and on a relative IRI."""
    declared = {*PREFIXES, "_"}
    based = False
    previous = ""
    for token in query.tokens:
        at = query.place(token.start) if token.kind in ("name", "iri") else ""
        prefix = token.text.partition(":")[0]
        if previous == "PREFIX" and token.kind == "name":
            declared.add(prefix)
        elif previous == "BASE":
            based = True
        elif token.kind == "name" and prefix not in declared:
            raise QueryError(
                f"syntax error at {at}: the prefix {prefix}: is not known{_near(prefix, declared)}; "
                "declare it with PREFIX"
            )
        elif token.kind == "iri" and not based and not _ABSOLUTE.match(token.text):
            raise QueryError(
                f"syntax error at {at}: {token.text} is not a full IRI; write <https://…> or a prefix"
            )
        previous = token.keyword


def _near(word: str, known: Collection[str]) -> str:
    """Return the known word that is nearest to one that is not, as a question."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f", did you mean {near[0]}:?" if near else ""
