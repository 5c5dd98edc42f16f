"""The profile of one thing of the graph: its names, its relations and events, every statement behind each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.vocab import ID, MKG, ROLES, iri, local

if TYPE_CHECKING:
    import networkx as nx

    from kg.projection import Statement
    from kg.store import Store

_MAX_CHOICES = 8
_MAX_NAMING = 50
_ROLES = {local(node) for node in ROLES.values()}


def profile(graph: nx.MultiDiGraph, name: str) -> str:
    """Return the profile of an actor, event or place as lines of text.

    Args:
        graph: the full projection of a store, with all of the registry.
        name: a slug ("jnim"), a reference ("event:0a…"), an IRI, or a name or alias in any case.

    Raises:
        UsageError: the graph has nothing of that name, or several things.
    """
    node = find(graph, name)
    return "\n".join(_lines(graph, node)) + "\n"


def described(store: Store, name: str) -> str:
    """Return the quads about a thing, and those that name it, as Turtle; "" where there are none.

    Args:
        store: any store.
        name: a reference ("proposition:0a…") or an IRI.
    """
    from kg.export.turtle import block, order

    try:
        node = NamedNode(name.strip("<>")) if "/" in name else iri(name)
    except (UsageError, ValueError):
        return ""
    quads = sorted(store.quads(s=node), key=order)
    naming = sorted((quad for quad in store.quads(o=node) if quad.predicate != MKG.report), key=order)
    subjects = dict.fromkeys(quad.subject for quad in naming if isinstance(quad.subject, NamedNode))
    behind = [sorted(store.quads(s=subject), key=order) for subject in subjects]
    return "\n".join(block(found) for found in (quads, *behind[:_MAX_NAMING]) if found)


def find(graph: nx.MultiDiGraph, name: str) -> str:
    """Return the reference of the node that a name means.

    Raises:
        UsageError: no node, or more than one, has that name; the message lists some that are near.
    """
    wanted = name.strip().strip("<>")
    candidates = [wanted, f"actor:{wanted}", f"place:{wanted}"]
    if wanted.startswith(ID):
        kind, _, rest = wanted.removeprefix(ID).partition("/")
        candidates.append(f"{kind}:{rest}")
    if node := next((candidate for candidate in candidates if candidate in graph), ""):
        return node
    folded = wanted.casefold()
    named = {node: {data.get("label", ""), *data.get("aliases", ())} for node, data in graph.nodes(data=True)}
    exact = sorted(node for node, names in named.items() if folded in map(str.casefold, names))
    if len(exact) == 1:
        return str(exact[0])
    near = exact or sorted(
        node for node, names in named.items() if any(folded in one.casefold() for one in names)
    )
    if not near:
        raise UsageError(f"nothing in the graph is called {name!r}; `kg query actors` lists who is")
    listed = ", ".join(near[:_MAX_CHOICES]) + (", …" if len(near) > _MAX_CHOICES else "")
    raise UsageError(f"{name!r} is not one thing of the graph; choose one of {listed}")


def _lines(graph: nx.MultiDiGraph, node: str) -> Iterator[str]:
    data = graph.nodes[node]
    yield f"{data['label']}  ({_words(data['type'])}, {node})"
    for key, heading in (
        ("aliases", "also called"),
        ("theatre", "theatre"),
        ("place", "place"),
        ("tactic", "tactic"),
    ):
        if data.get(key):
            yield f"  {heading}: {', '.join(data[key])}"
    if period := _lasted(data.get("active_from", ""), data.get("active_to", "")):
        yield f"  active: {period}, as its registry entry has it"
    for cited in data.get("sources", ()):
        yield f"    — {cited.title}" + (f"  {cited.url}" if cited.url else "")
    for key in ("status", "date", "outcome", "killed", "wounded", "missing"):
        if data.get(key):
            yield f"  {key}: {data[key]}"
    for heading, edges in _sections(graph, node):
        yield ""
        yield heading
        for line, evidence in edges:
            yield f"  {line}"
            yield from _evidence(evidence)
    if statements := data.get("statements"):
        yield ""
        yield "Every account of it" if data["kind"] == "event" else "Said of it, and not drawn"
        yield from _evidence(statements)


def _sections(
    graph: nx.MultiDiGraph, node: str
) -> Iterator[tuple[str, list[tuple[str, tuple[Statement, ...]]]]]:
    """Yield a heading with its edges, each as a line and its evidence, ordered by date and name."""
    found: dict[str, list[tuple[str, str, tuple[Statement, ...]]]] = {}
    edges = [*graph.out_edges(node, keys=True, data=True), *graph.in_edges(node, keys=True, data=True)]
    for start, end, _, data in edges:
        if data.get("derived"):
            continue
        other = end if start == node else start
        kind = graph.nodes[other]["kind"]
        heading = {"event": "Events", "place": "Places"}.get(kind, "Relations")
        joint = " in " if data["relation"] in _ROLES and kind == "event" else " "
        arrow = f"{_words(data['relation'])}{joint}{graph.nodes[other]['label']}"
        if start != node and kind == "actor":
            arrow = f"{graph.nodes[other]['label']} {_words(data['relation'])} {graph.nodes[node]['label']}"
        line = f"{arrow}  [{data['status']}{_period(data)}]  {other}"
        found.setdefault(heading, []).append((data.get("earliest") or "~", line, data.get("evidence", ())))
    for heading in ("Relations", "Events", "Places"):
        if heading in found:
            yield (
                heading,
                [(line, evidence) for _, line, evidence in sorted(found[heading], key=lambda one: one[:2])],
            )


def _period(data: dict[str, Any]) -> str:
    period = _lasted(data.get("begin", ""), data.get("end", ""))
    return f", {period}" if period else ""


def _lasted(begin: str, end: str) -> str:
    if begin and end:
        return f"{begin} to {end}"
    return f"since {begin}" if begin else f"until {end}" if end else ""


def _evidence(statements: Iterable[Statement]) -> Iterator[str]:
    for one in statements:
        where = ", ".join(part for part in (one.outlet, one.published, one.report or "registry") if part)
        via = f" (via {', '.join(one.via)})" if one.via else ""
        words = f"“{one.quote}” " if one.quote else ""
        yield f"    {words}— {one.speaker_label or 'unknown'}{via}, {one.certainty}; {where}"


def _words(name: str) -> str:
    """Return a local name as words: "allegianceTo" gives "allegiance to".

    >>> _words("formerlyMemberOf"), _words("ArmedGroup")
    ('formerly member of', 'armed group')
    """
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
