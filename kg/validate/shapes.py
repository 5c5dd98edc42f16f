"""The SHACL shapes as values: what a shape targets, by which path, and what it asks of the values.

Source: SHACL, https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import KGError
from kg.validate.result import named
from kg.vocab import PREFIXES, RDF

Node: TypeAlias = NamedNode | BlankNode | Literal | Triple

_SH = PREFIXES["sh"]
_RDF = PREFIXES["rdf"]
_NIL = NamedNode(_RDF + "nil")
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
_SUFFIX = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_LISTS = ("in", "or")
_NESTED = ("property", "node", "not", "or")
PARAMETERS = {
    "class": "Class", "datatype": "Datatype", "nodeKind": "NodeKind", "minCount": "MinCount",
    "maxCount": "MaxCount", "minInclusive": "MinInclusive", "maxInclusive": "MaxInclusive",
    "minLength": "MinLength", "pattern": "Pattern", "uniqueLang": "UniqueLang", "equals": "Equals",
    "disjoint": "Disjoint", "lessThan": "LessThan", "lessThanOrEquals": "LessThanOrEquals", "not": "Not",
    "or": "Or", "node": "Node", "hasValue": "HasValue", "in": "In",
}  # fmt: skip
"""The constraint component of each parameter that the fast checks know."""


@dataclass(frozen=True, slots=True)
class Path:
    """A property path: as SPARQL, as people read it, and its steps where it is a sequence of properties."""

    sparql: str
    text: str
    steps: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """One parameter of a shape with its value: a term, the terms of a list, or nested shapes."""

    name: str
    value: Node | tuple[Node, ...] | Shape | tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or a property shape where it has a path."""

    path: Path | None
    targets: tuple[tuple[str, NamedNode], ...]
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]
    message: str


class _Reader:
    def __init__(self, quads: Iterable[Quad]) -> None:
        self.facts: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            self.facts[quad.subject][quad.predicate.value].append(quad.object)

    def of(self, node: Node, name: str) -> list[Node]:
        """Return the values of a parameter of SHACL, in a fixed order."""
        return sorted(self.facts[node].get(_SH + name, ()), key=str)

    def items(self, head: Node) -> tuple[Node, ...]:
        found = []
        while head != _NIL:
            found.append(self.facts[head][_RDF + "first"][0])
            head = self.facts[head][_RDF + "rest"][0]
        return tuple(found)

    def path(self, node: Node) -> Path:
        if isinstance(node, NamedNode):
            return Path(f"<{node.value}>", named(node), (node,))
        if _RDF + "first" in self.facts[node]:
            parts = [self.path(item) for item in self.items(node)]
            steps = tuple(step for part in parts for step in part.steps)
            text = "/".join(part.text for part in parts)
            simple = all(len(part.steps) == 1 for part in parts)
            return Path("/".join(f"({part.sparql})" for part in parts), text, steps if simple else ())
        (kind, (inner, *_)), *_ = self.facts[node].items()
        name = kind.removeprefix(_SH)
        if name == "inversePath":
            part = self.path(inner)
            return Path(f"^({part.sparql})", f"^{part.text}")
        if name == "alternativePath":
            parts = [self.path(item) for item in self.items(inner)]
            return Path("|".join(f"({part.sparql})" for part in parts), "|".join(part.text for part in parts))
        if name in _SUFFIX:
            part = self.path(inner)
            return Path(f"({part.sparql}){_SUFFIX[name]}", part.text + _SUFFIX[name])
        raise KGError(f"the fast checks know no path of the kind sh:{name}: validate with pySHACL")

    def shape(self, node: Node) -> Shape:
        known = {"path", "message", "property", *_TARGETS, *PARAMETERS}
        for predicate in self.facts[node]:
            name = predicate.removeprefix(_SH)
            if predicate != RDF.type.value and name not in known:
                raise KGError(f"the fast checks do not know sh:{name}: validate with pySHACL")
        paths = self.of(node, "path")
        messages = self.of(node, "message")
        return Shape(
            path=self.path(paths[0]) if paths else None,
            targets=tuple(
                (kind, target)
                for kind in _TARGETS
                for target in self.of(node, kind)
                if isinstance(target, NamedNode)
            ),
            constraints=tuple(
                Constraint(name, self.value(name, value))
                for name in PARAMETERS
                for value in self.of(node, name)
            ),
            properties=tuple(self.shape(inner) for inner in self.of(node, "property")),
            message=messages[0].value if messages and isinstance(messages[0], Literal) else "",
        )

    def value(self, name: str, value: Node) -> Node | tuple[Node, ...] | Shape | tuple[Shape, ...]:
        if name == "or":
            return tuple(self.shape(item) for item in self.items(value))
        if name == "in":
            return self.items(value)
        return self.shape(value) if name in _NESTED else value


def shapes(quads: Iterable[Quad]) -> tuple[Shape, ...]:
    """Return the shapes that have a target, in the order of their names.

    Raises:
        KGError: a shape uses a part of SHACL that the fast checks can't express.
    """
    reader = _Reader(quads)
    targeted: Mapping[Node, None] = dict.fromkeys(
        node for node, facts in reader.facts.items() if any(_SH + kind in facts for kind in _TARGETS)
    )
    return tuple(reader.shape(node) for node in sorted(targeted, key=str))
