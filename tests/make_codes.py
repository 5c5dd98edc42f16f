"""Rewrite the codes in the query events-by-code, from ontology/code/*.ttl: python tests/make_codes.py.

The vocabularies are no part of a store, so the query brings the matches of event types and tactics with it.
It is then whole: it runs against any endpoint that has the graph. tests/test_mappings.py compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.resources import ontology_dir
from kg.vocab import EVENT_CLASS, PREFIXES, SKOS, ref

QUERY = Path(__file__).resolve().parent.parent / "kg" / "queries" / "events-by-code.rq"
BLOCK = re.compile(r"(VALUES \(\?what \?list \?match \?code \?name \?under\) \{\n).*?(  \})", re.DOTALL)
KINDS = ("exact", "close", "broad", "narrow", "related")
NOTATION = NamedNode(PREFIXES["skos"] + "notation")


def subject(ours: NamedNode) -> str | None:
    """What stands in the graph for one of our concepts: a tactic itself, of an event type its class."""
    if ours.value.startswith(PREFIXES["mkg-tactic"]):
        return ref(ours)
    name = ours.value.removeprefix(PREFIXES["mkg-event-type"])
    return ref(EVENT_CLASS[name]) if name in EVENT_CLASS else None


def matches(path: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """(tactic or class of event, kind of match, code, name, code above it) of each match of a list.

    The name is empty where the code is a name itself, the code above where it is a top one.
    """
    quads = list(parse(path=str(path), format=RdfFormat.TURTLE))
    codes = {q.subject: q.object.value for q in quads if q.predicate == NOTATION}
    names = {q.subject: q.object.value for q in quads if q.predicate == SKOS.prefLabel}
    above = {q.subject: codes[q.object] for q in quads if q.predicate == SKOS.broader}
    for quad in quads:
        kind = quad.predicate.value.removeprefix(PREFIXES["skos"]).removesuffix("Match")
        if kind in KINDS and (what := subject(quad.subject)) is not None:
            code, name = codes[quad.object], names[quad.object]
            yield what, kind, code, name if name != code else "", above.get(quad.object, "")


def block() -> str:
    """The rows of the query, sorted by list and by what they match."""
    rows = sorted(
        (path.stem, *match) for path in ontology_dir().glob("code/*.ttl") for match in matches(path)
    )
    lines = []
    for scheme, what, kind, code, *others in rows:
        name, above = (f'"{other}"' if other else "UNDEF" for other in others)
        lines.append(f'    ({what} "{scheme}" "{kind}" "{code}" {name} {above})\n')
    return "".join(lines)


def rewritten(text: str) -> str:
    """The text of the query with the rows as the lists have them now."""
    return BLOCK.sub(lambda match: f"{match[1]}{block()}{match[2]}", text)


if __name__ == "__main__":
    QUERY.write_text(rewritten(QUERY.read_text(encoding="utf-8")), encoding="utf-8")
