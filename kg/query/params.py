"""From what a person types for a parameter to a term: an actor by its slug, its IRI or one of its names."""

from __future__ import annotations

import calendar
import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.query.named import NamedQuery, Parameter
from kg.store import Store, Term
from kg.vocab import DCTERMS, GEO, GRAPH, MKG, PREFIXES, RDFS, SKOS, XSD, iri, ref

_PREFERRED = (SKOS.prefLabel, RDFS.label)
_OTHER = (SKOS.altLabel, SKOS.hiddenLabel, MKG.weakLabel)
_MOST = 6
_APOSTROPHES = re.compile("['‘’ʼʿʾ`´]")
_HYPHENS = re.compile("[-‐‑‒–—_]")
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def terms(store: Store, query: NamedQuery, given: Mapping[str, str]) -> dict[str, Term]:
    """Return a term for each parameter of a query; one that is left out gets its default.

    Raises:
        UsageError: a parameter is unknown, missing, of another type, or a name means nothing or several
            things in the store; the message lists what it could be.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise UsageError(f"query {query.name} has no parameter {name!r}: {has}")
    bound = {}
    for name, parameter in known.items():
        value = given.get(name, parameter.default)
        if value is None or (not str(value).strip() and parameter.default is None):
            raise UsageError(
                f"query {query.name} needs {name} ({parameter.doc}): for example `{query.example_call}`"
            )
        bound[name] = term(store, parameter, str(value).strip())
    return bound


def term(store: Store, parameter: Parameter, value: str) -> Term:
    """Return the term of one value by its parameter's type; an empty value is the empty string.

    Raises:
        UsageError: as `terms`.
    """
    if parameter.choices:
        return Literal(_chosen(parameter, value))
    if not value or parameter.type == "string":
        return Literal(value)
    if parameter.type == "integer":
        if not re.fullmatch(r"[+-]?\d{1,9}", value):
            raise UsageError(f"{parameter.name} must be a whole number, not {value!r}")
        return Literal(int(value))
    if parameter.type in ("date", "since", "until"):
        return Literal(_day(parameter, value), datatype=XSD.date)
    return _thing(store, parameter, value)


def _chosen(parameter: Parameter, value: str) -> str:
    """Return the one of the parameter's words that is meant, in whichever case."""
    if (word := value.casefold()) in parameter.choices:
        return word
    raise UsageError(f"{parameter.name} must be one of {', '.join(parameter.choices)}, not {value!r}")


def _day(parameter: Parameter, value: str) -> str:
    """Return an ISO day: of "2018-06" the first for `since`, the last for `until`."""
    shape = (
        "a day as 2018-06-30"
        if parameter.type == "date"
        else "a day, month or year as 2018-06-30, 2018-06, 2018"
    )
    wrong = UsageError(f"{parameter.name} must be {shape}, not {value!r}")
    match = _DAY.fullmatch(value)
    if match is None or (parameter.type == "date" and match[3] is None):
        raise wrong
    last = parameter.type == "until"
    try:
        year, month = int(match[1]), int(match[2] or (12 if last else 1))
        day = int(match[3] or (calendar.monthrange(year, month)[1] if last else 1))
        return date(year, month, day).isoformat()
    except (ValueError, calendar.IllegalMonthError) as error:
        raise wrong from error


def _thing(store: Store, parameter: Parameter, value: str) -> NamedNode:
    base = PREFIXES[parameter.type]
    if (node := _spelled(parameter.type, value)) is not None and any(True for _ in store.found(node)):
        return node
    if parameter.type == "report":
        named = {quad.subject for quad in store.found(p=DCTERMS.identifier, o=Literal(value))}
        return _only(parameter, value, (one for one in named if isinstance(one, NamedNode)), "")
    folded = fold(value)
    labels: dict[str, set[NamedNode]] = {}
    together = ((*_PREFERRED, *_OTHER),)  # of places: a town and its region share a name
    # Reports name what is not curated, and there may be very many: they come last.
    for graph, predicates in product(
        (GRAPH.registry, None), together if parameter.type == "place" else (_PREFERRED, _OTHER)
    ):
        for quad in (quad for predicate in predicates for quad in store.found(p=predicate, g=graph)):
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(base):
                assert isinstance(quad.object, Literal)
                labels.setdefault(fold(quad.object.value), set()).add(quad.subject)
        if folded in labels:
            break
    meant = _likeliest(store, sorted(labels.get(folded, ()), key=str))
    return _only(parameter, value, meant, _suggestions(folded, labels))


def _likeliest(store: Store, nodes: list[NamedNode]) -> list[NamedNode]:
    """Return which of several namesakes a person means: those that reports speak of, of these the widest.

    "Gao" is the village in Burkina Faso only where a report names that; a town and the region around it
    are both meant, hence the region. Namesakes that neither rule parts are all returned.
    """
    if len(nodes) < 2:
        return nodes
    spoken = [node for node in nodes if _spoken_of(store, node)] or nodes
    around = {node: _containers(store, node) for node in spoken}
    widest = [node for node in spoken if all(node == one or node in around[one] for one in spoken)]
    return widest or spoken


def _spoken_of(store: Store, node: NamedNode) -> bool:
    """Return whether a report names a thing; being in the registry or a candidate is not enough."""
    uses = store.found(o=node)
    return any(use.graph_name != GRAPH.registry and use.predicate != MKG.candidate for use in uses)


def _containers(store: Store, node: NamedNode) -> set[NamedNode]:
    """Return the places that a place lies in, directly or through others."""
    found: set[NamedNode] = set()
    waiting = [node]
    while waiting:
        for quad in store.found(waiting.pop(), GEO.sfWithin):
            if isinstance(quad.object, NamedNode) and quad.object not in found:
                found.add(quad.object)
                waiting.append(quad.object)
    return found


def _spelled(kind: str, value: str) -> NamedNode | None:
    """Return the node that a value spells out as IRI, reference or slug, whether it exists or not."""
    text = value.removeprefix("<").removesuffix(">")
    if text.startswith(PREFIXES[kind]):
        text = text.removeprefix(PREFIXES[kind])
    text = text.removeprefix(f"{kind}:")
    if not re.fullmatch(r"[\w.~-]+", text):
        return None
    return iri(f"{kind}:{text}")


def _only(parameter: Parameter, value: str, found: Iterable[NamedNode], hint: str) -> NamedNode:
    """Return the one node that was found."""
    nodes = sorted(found, key=str)
    if not nodes:
        listed = (
            f"; `kg query {parameter.type}s` lists what there is"
            if parameter.type in ("actor", "report")
            else ""
        )
        raise UsageError(f"the store has no {parameter.type} {value!r}{hint}{listed}")
    if len(nodes) > 1:
        listed = ", ".join(ref(node) for node in nodes[:_MOST])
        more = f" and {len(nodes) - _MOST} more" if len(nodes) > _MOST else ""
        raise UsageError(f"{value!r} can mean {listed}{more}: give one of them as {parameter.name}")
    return nodes[0]


def _suggestions(folded: str, labels: Mapping[str, set[NamedNode]]) -> str:
    close = difflib.get_close_matches(folded, sorted(labels), n=3, cutoff=0.7)
    nodes = dict.fromkeys(ref(node) for label in close for node in sorted(labels[label], key=str))
    return f"; did you mean {', '.join(list(nodes)[:_MOST])}?" if nodes else ""


def fold(text: str) -> str:
    """Return a name as names are compared: no case, accents or apostrophes, hyphens as single spaces.

    >>> fold("Front  de Libération"), fold("Jama’at al–Nusra")
    ('front de liberation', 'jamaat al nusra')
    """
    plain = _HYPHENS.sub(" ", _APOSTROPHES.sub("", unicodedata.normalize("NFKD", text)))
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).casefold().split())
