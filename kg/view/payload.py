"""The data of the page: everything that the scripts show, as JSON that can stand inside HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.projection import Statement
from kg.view import palette
from kg.view.network import network
from kg.vocab import PREFIXES, STATES, ref

if TYPE_CHECKING:
    import networkx as nx

_HERE = Path(__file__).parent
_PREFIXES = (
    "actor",
    "event",
    "place",
    "proposition",
    "assertion",
    "report",
    "telling",
    "mkg",
    "rdf",
    "schema",
)
_OF_REPORT = ("title", "outlet", "published", "url")
_SHOWN = tuple(one.name for one in fields(Statement) if one.name not in {"report", "speaker", *_OF_REPORT})
_shown = attrgetter(*_SHOWN)
_NODE = (
    "aliases", "family", "theatre", "unnamed", "events", "reports", "status", "date", "earliest", "latest",
    "place", "tactic", "outcome", "killed", "wounded", "missing", "unclaimed", "exact",
)  # fmt: skip
_START_WHOLE = 80  # nodes up to which events and places are shown from the start
_MARKUP = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def payload(graph: nx.MultiDiGraph) -> dict[str, Any]:
    """Return nodes, edges, options, statements, reports, the names of terms, and the palette."""
    nodes, edges, options = network(graph)
    told: dict[str, int] = {}
    statements: list[dict[str, Any]] = []
    reports: dict[str, dict[str, str]] = {}

    def numbers(found: Iterable[Statement]) -> list[int]:
        for one in found:
            if one.id not in told:
                told[one.id] = len(statements)
                statements.append(_statement(one))
                if one.report and one.report not in reports:
                    reports[one.report] = {
                        name: getattr(one, name) for name in _OF_REPORT if getattr(one, name)
                    }
        return [told[one.id] for one in found]

    for node in nodes:
        data = graph.nodes[node["id"]]
        node |= {name: data[name] for name in _NODE if data.get(name)}
        if data.get("active_from") or data.get("active_to"):
            node["active"] = (data["active_from"], data["active_to"])
            node["sources"] = [{"title": one.title, "url": one.url} for one in data["sources"]]
        if "latitude" in data:  # 0 is a latitude too
            node["at"] = (data["longitude"], data["latitude"])
        node["statements"] = numbers(data["statements"])
    for edge in edges:
        for part in edge["parts"]:
            part["statements"] = numbers(graph.edges[part.pop("edge")]["evidence"])
    families = palette.family_colours(family for _, family in graph.nodes(data="family"))
    called = _family_names(graph)
    names = {part["relation"] for edge in edges for part in edge["parts"]}
    names |= {one["relation"] for one in statements} | {node["type"] for node in nodes} | {"tells"}
    return {
        "nodes": nodes,
        "edges": edges,
        "options": options,
        "statements": statements,
        "reports": dict(sorted(reports.items())),
        "words": {name: palette.words(name) for name in sorted(names)},
        "groupOf": {name: palette.group(name) for name in sorted(names)},
        "groups": {name: {"label": one.label, "colour": one.colour} for name, one in palette.GROUPS.items()},
        "types": _types(nodes),
        "families": {
            family: {"label": called[family], "colour": colour} for family, colour in families.items()
        },
        "plain": palette.PLAIN,
        "dashes": palette.DASHES,
        "lasting": [ref(term).rpartition(":")[2] for term in STATES],
        "prefixes": {name: PREFIXES[name] for name in _PREFIXES},
        "questions": {path.stem: path.read_text(encoding="utf-8") for path in sorted(_HERE.glob("*.rq"))},
        "startWhole": len(nodes) <= _START_WHOLE or not any(node["kind"] == "actor" for node in nodes),
    }


def embedded(data: object) -> str:
    """Return JSON that is safe inside a script element: no character of markup, no lone surrogate."""
    return escaped(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def escaped(text: str) -> str:
    """Return JSON with the characters of markup written as escapes and lone surrogates replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    # str.translate takes a hundred times as long where a text is not ASCII
    for sign, escape in _MARKUP.items():
        text = text.replace(sign, escape)
    return text


def _statement(one: Statement) -> dict[str, Any]:
    shown = {name: value for name, value in zip(_SHOWN, _shown(one), strict=True) if value not in ("", ())}
    if one.report:
        shown["report"] = one.report
    if one.subject.startswith(("event:", "telling:")):
        shown["ofEvent"] = True
    return shown


def _types(nodes: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the looks in use, in the order of the palette; events and places last."""
    used = {node["type"] if node["kind"] == "actor" else node["kind"] for node in nodes}
    used = {name if name in palette.TYPES or name in {"event", "place"} else "Actor" for name in used}
    looks = {**palette.TYPES, "event": palette.EVENT, "place": palette.PLACE, "report": palette.REPORT}
    used |= {"report", "Actor"}
    return {
        name: {"label": one.label, "shape": one.shape, "fill": one.fill}
        for name, one in looks.items()
        if name in used
    }


def _family_names(graph: nx.MultiDiGraph) -> dict[str, str]:
    """Return what to call each family: as the network it is named after, else its own name, capitalised."""
    names = {data["family"]: data["family_label"] for _, data in graph.nodes(data=True) if data.get("family")}
    return {family: name if name != family else name.capitalize() for family, name in names.items()}
