"""Facts from the store, one a line: the statements of the reports in the shape that `kg extract` prints.

They are read back from the assertions, so a store that was built anywhere gives them without its reports
being read again. A filler is named as the registry or the report names it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.assertion import Material, material
from kg.export.select import Quads
from kg.facts import count_row
from kg.model import ROLES, Assertion
from kg.vocab import DCTERMS, EVENT_CLASS, GRAPH, PREFIXES, RDFS, RELATION, SKOS, local, ref
from kg.vocab import ROLES as ROLE_PREDICATES

_TYPE_OF = {local(node): fact_type for fact_type, node in EVENT_CLASS.items()}
_RELATION_OF = {local(node): fact_type for fact_type, node in RELATION.items()}
_ROLE_OF: dict[str, str] = {}
for (_, _role), _node in ROLE_PREDICATES.items():
    _ROLE_OF.setdefault(local(_node), _role)
_COUNTS = ("killed", "wounded", "missing")


def fact_lines(store: Quads) -> Iterator[str]:
    """Yield one JSON object a line, reports in the order of their references, facts as they stand in them."""
    labels = _labels(store)
    for name in sorted(store.graphs(), key=str):
        if name.value.startswith(PREFIXES["report"]):
            for row in _report_rows(list(store.quads(g=name)), labels):
                yield json.dumps(row, ensure_ascii=False) + "\n"


def _report_rows(quads: list[Quad], registry_labels: dict[str, str]) -> Iterator[dict[str, Any]]:
    what = material(quads)
    labels = {**registry_labels, **_labelled(quads)}
    given = (quad.object for quad in quads if quad.predicate == DCTERMS.identifier)
    document = min((value.value for value in given if isinstance(value, Literal)), default="")
    groups = _grouped(what)
    for key in sorted(groups, key=lambda key: (groups[key][0].start, key)):
        yield {"doc": document, **_row(key, groups[key], what, labels)}


def _grouped(what: Material) -> dict[str, list[Assertion]]:
    """Return the assertions by the fact that they were made from: a telling's own, else each alone."""
    groups: dict[str, list[Assertion]] = {}
    for assertion in what.assertions:
        own = assertion.subject == assertion.telling and assertion.predicate not in (
            "claimStatus",
            "assessment",
        )
        groups.setdefault(assertion.telling if own else assertion.id, []).append(assertion)
    return {
        key: sorted(found, key=lambda one: (one.predicate != "type", one.start, one.id))
        for key, found in groups.items()
    }


def _row(key: str, found: list[Assertion], what: Material, labels: dict[str, str]) -> dict[str, Any]:
    first = found[0]
    telling = next((one for one in what.tellings if one.id == key), None)
    roles: dict[str, list[str]] = {role: [] for role in ROLES}
    for one in found:
        _fill(roles, one)
    roles["place"] += _unique(place for one in found for place in one.place)
    roles["tactic"] += _unique(tactic for one in found for tactic in one.tactic)
    row: dict[str, Any] = {
        "report": first.report,
        "id": key,
        "type": _TYPE_OF[telling.type] if telling else _RELATION_OF.get(first.predicate, first.predicate),
        **{
            role: [labels.get(one, _plain(one)) for one in _unique(refs)]
            for role, refs in roles.items()
            if refs
        },
    }
    if not telling and first.telling:
        row["about"] = first.telling
    if first.predicate == "assessment":
        row["text"] = first.object
    if first.earliest or first.date:
        row["date"] = {"text": first.date, "start": first.earliest, "end": first.latest}
    for name in _COUNTS:
        if (count := next((value for one in found if (value := getattr(one, name))), None)) is not None:
            row[name] = count_row(count)
    row["certainty"] = first.certainty
    if first.speaker != what.reports[first.report].outlet:
        row["according_to"] = [labels.get(first.speaker, _plain(first.speaker))]
    row["evidence"] = {"text": first.quote, "start": first.start, "end": first.end, "cue": first.cue}
    row["confidence"] = first.confidence
    return row


def _fill(roles: dict[str, list[str]], one: Assertion) -> None:
    """Put the ends of an assertion where its fact has them."""
    if one.subject.startswith("telling:"):
        if one.predicate in _ROLE_OF:
            roles[_ROLE_OF[one.predicate]].append(one.object)
        elif one.predicate == "assessment":
            roles["agent"].append(one.speaker)
        return
    roles["agent"].append(one.subject)
    if one.predicate in _RELATION_OF and not one.object.startswith("telling:"):
        roles["place" if one.object.startswith("place:") else "object"].append(one.object)


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _plain(reference: str) -> str:
    return reference.partition(":")[2].replace("-", " ")


def _labels(store: Quads) -> dict[str, str]:
    """Return the English preferred labels of the registry and the gazetteer by reference."""
    found: dict[str, str] = {}
    for graph in (GRAPH.registry, GRAPH.places):
        for quad in store.quads(None, SKOS.prefLabel, None, graph):
            if isinstance(quad.object, Literal) and quad.object.language == "en":
                found[ref(_subject(quad))] = quad.object.value
    return found


def _labelled(quads: Iterable[Quad]) -> dict[str, str]:
    return {
        ref(_subject(quad)): quad.object.value
        for quad in quads
        if quad.predicate == RDFS.label and isinstance(quad.object, Literal)
    }


def _subject(quad: Quad) -> NamedNode:
    """Return the subject of a quad, which is an IRI in this project's data."""
    assert isinstance(quad.subject, NamedNode)
    return quad.subject
