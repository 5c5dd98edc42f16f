"""Each constraint of the shapes as a SPARQL query for what breaks it.

A query ranges over the data alone. What the ontology says beside the data (sub-classes, and which concept
is in which scheme) is written into the queries, so that a store need not hold the ontology.

Source: SHACL, https://www.w3.org/TR/shacl/, sections 2 and 4
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import KGError
from kg.validate.result import Term
from kg.validate.shapes import PARAMETERS, Constraint, Path, Shape
from kg.vocab import PREFIXES, RDF, XSD

_SUBCLASS = NamedNode(PREFIXES["rdfs"] + "subClassOf")
_KINDS = {
    "IRI": "isIRI({v})",
    "BlankNode": "isBlank({v})",
    "Literal": "isLiteral({v})",
    "IRIOrLiteral": "(isIRI({v}) || isLiteral({v}))",
    "BlankNodeOrIRI": "(isBlank({v}) || isIRI({v}))",
    "BlankNodeOrLiteral": "(isBlank({v}) || isLiteral({v}))",
}
_ZONE = r"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_LEXICAL = {
    XSD.integer: r"^[+-]?[0-9]+$",
    XSD.decimal: r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$",
    XSD.boolean: r"^(true|false|1|0)$",
    XSD.gYear: rf"^-?([1-9][0-9]{{3,}}|0[0-9]{{3}}){_ZONE}$",
    XSD.gYearMonth: rf"^-?([1-9][0-9]{{3,}}|0[0-9]{{3}})-(0[1-9]|1[0-2]){_ZONE}$",
}
"""The lexical forms of datatypes; those of dates depend on the month, so Oxigraph tries to read them.

Source: XML Schema 1.1 Part 2, section 3.3
"""
_CAST = {XSD.date, NamedNode(PREFIXES["xsd"] + "dateTime")}
_ORDER = {"minInclusive": ">=", "maxInclusive": "<=", "lessThan": "<", "lessThanOrEquals": "<="}


@dataclass(frozen=True, slots=True)
class Check:
    """A query for what breaks one constraint: ?this, the focus node, and ?value where there is one.

    A focus node with a value among `excused` breaks nothing: the ontology has what the data lacks.
    """

    path: str
    component: str
    message: str
    query: str
    excused: frozenset[NamedNode] = frozenset()


class Known:
    """What the ontology and the class hierarchy of the data say beside the data."""

    def __init__(self, ontology: Iterable[Quad], hierarchy: Iterable[Quad] = ()) -> None:
        self._narrower: dict[Term, set[Term]] = defaultdict(set)
        self._subjects: dict[tuple[NamedNode, Term | None], set[Term]] = defaultdict(set)
        stated = tuple(ontology)
        for quad in stated:
            self._subjects[quad.predicate, quad.object].add(quad.subject)
            self._subjects[quad.predicate, None].add(quad.subject)
        for quad in (*stated, *hierarchy):
            if quad.predicate == _SUBCLASS:
                self._narrower[quad.object].add(quad.subject)

    def classes(self, node: NamedNode) -> list[NamedNode]:
        """Return a class and all its sub-classes, sorted."""
        found: set[Term] = {node}
        waiting: list[Term] = [node]
        while waiting:
            new = self._narrower.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return _names(found)

    def members(self, node: NamedNode) -> list[NamedNode]:
        """Return the members of a class that the ontology names, sorted."""
        return _names(
            {one for each in self.classes(node) for one in self._subjects.get((RDF.type, each), ())}
        )

    def subjects(self, predicate: NamedNode, value: Term | None = None) -> list[NamedNode]:
        """Return what the ontology gives the property to (with the value), sorted."""
        return _names(self._subjects.get((predicate, value), ()))


def checks(shape: Shape, known: Known) -> Iterator[Check]:
    """Yield the checks of a shape with targets.

    Raises:
        KGError: the shape uses a part of SHACL that can't be expressed.
    """
    writer = _Writer(known)
    target = writer.target(shape, "?this")
    for constraint in shape.constraints:
        bad = writer.bad(constraint, "?this")
        query = f"SELECT DISTINCT ?this (?this AS ?value) WHERE {{ {target} FILTER({bad}) }}"
        yield Check("", PARAMETERS[constraint.name], shape.message, query)
    for inner in shape.properties:
        assert inner.path is not None
        for constraint in inner.constraints:
            query = writer.violating(constraint, inner.path, shape)
            excused: Iterable[NamedNode] = ()
            if constraint.name == "minCount" and _two_steps(inner.path):
                excused = known.subjects(inner.path.steps[1])
            component = PARAMETERS[constraint.name]
            yield Check(inner.path.text, component, inner.message, query, frozenset(excused))


class _Writer:
    def __init__(self, known: Known) -> None:
        self.known = known
        self.count = 0

    def fresh(self) -> str:
        self.count += 1
        return f"?x{self.count}"

    def target(self, shape: Shape, this: str) -> str:
        """Return a pattern that binds every focus node."""
        return " UNION ".join(f"{{ {one} }}" for one in self._targets(shape, this))

    def within(self, shape: Shape, this: str) -> str:
        """Return a condition that holds of the focus nodes: cheap where few nodes are asked."""
        return " || ".join(f"EXISTS {{ {one} }}" for one in self._targets(shape, this))

    def _targets(self, shape: Shape, this: str) -> Iterator[str]:
        for kind, node in shape.targets:
            other = self.fresh()
            if kind == "targetSubjectsOf":
                yield f"{this} {node} {other} ."
            elif kind == "targetObjectsOf":
                yield f"{other} {node} {this} ."
            else:
                classes = _list(self.known.classes(node), " ")
                yield f"VALUES {other} {{ {classes} }} {this} {RDF.type} {other} ."

    def violating(self, constraint: Constraint, path: Path, shape: Shape) -> str:
        """Return the query for the focus nodes whose values along the path break a constraint."""
        head = "SELECT DISTINCT ?this WHERE {"
        name, value = constraint.name, constraint.value
        if name == "minCount":
            _is(value, "1", "minCount")
            target = self.target(shape, "?this")
            if not _two_steps(path):
                return f"{head} {target} FILTER NOT EXISTS {{ ?this {path.sparql} ?any }} }}"
            first, last = path.steps
            # step by step: Oxigraph 0.5.13 begins a path within EXISTS at its end and scans all types
            along = f"?this {first} ?step FILTER EXISTS {{ ?step {last} ?any }}"
            # the ontology may describe the node between: the query gives it, to be looked up there
            between = f"OPTIONAL {{ ?this {first} ?value }}"
            return (
                f"SELECT DISTINCT ?this ?value WHERE {{ {target} {between} FILTER NOT EXISTS {{ {along} }} }}"
            )
        if name == "hasValue":
            return f"{head} {self.target(shape, '?this')} FILTER({self.lacks('?this', path, value)}) }}"
        within = self.within(shape, "?this")
        if name == "maxCount":
            _is(value, "1", "maxCount")
            return f"{head} ?this {path.sparql} ?a, ?b FILTER(!sameTerm(?a, ?b) && ({within})) }}"
        if name == "uniqueLang":
            same = 'LANG(?a) != "" && LCASE(LANG(?a)) = LCASE(LANG(?b)) && !sameTerm(?a, ?b)'
            return f"{head} ?this {path.sparql} ?a, ?b FILTER({same} && ({within})) }}"
        head = "SELECT DISTINCT ?this ?value WHERE {"
        if name == "equals":
            left = f"?this {path.sparql} ?value FILTER NOT EXISTS {{ ?this {value} ?value }}"
            right = f"?this {value} ?value FILTER NOT EXISTS {{ ?this {path.sparql} ?value }}"
            return f"{head} {{ {left} }} UNION {{ {right} }} FILTER({within}) }}"
        if name == "disjoint":
            return f"{head} ?this {path.sparql} ?value . ?this {value} ?value FILTER({within}) }}"
        if name in ("lessThan", "lessThanOrEquals"):
            # what engines can't compare is ill-typed or of two types: the text decides, as in pySHACL
            alike = f"DATATYPE(?value) = DATATYPE(?other) && STR(?value) {_ORDER[name]} STR(?other)"
            wrong = f"COALESCE(!(?value {_ORDER[name]} ?other), !({alike}), true)"
            return (
                f"{head} ?this {path.sparql} ?value . ?this {value} ?other FILTER({wrong} && ({within})) }}"
            )
        bad = self.bad(constraint, "?value")
        return f"{head} ?this {path.sparql} ?value FILTER(({bad}) && ({within})) }}"

    def lacks(self, subject: str, path: Path, value: object) -> str:
        """Return a condition that holds of a node without a certain value along the path."""
        missing = f"NOT EXISTS {{ {subject} {path.sparql} {value} }}"
        if len(path.steps) == 1 and isinstance(value, NamedNode | Literal):
            missing += _and_not(subject, self.known.subjects(path.steps[0], value))
        return f"({missing})"

    def bad(self, constraint: Constraint, v: str) -> str:
        """Return a condition that holds of a value which breaks a constraint; it is never an error."""
        match constraint.name, constraint.value:
            case "node", Shape() as nested:
                return f"!({self.conforms(nested, v)})"
            case "not", Shape() as nested:
                return self.conforms(nested, v)
            case "or", tuple() as choices:
                some = (f"({self.conforms(one, v)})" for one in choices if isinstance(one, Shape))
                return f"!({' || '.join(some)})"
            case "class", NamedNode() as node:
                kind = self.fresh()
                classes = _list(self.known.classes(node))
                missing = f"NOT EXISTS {{ {v} {RDF.type} {kind} FILTER({kind} IN ({classes})) }}"
                return missing + _and_not(v, self.known.members(node))
        return _bad_term(constraint, v)

    def conforms(self, shape: Shape, v: str) -> str:
        """Return a condition that holds of a value which conforms to a nested shape."""
        if shape.path is not None:
            raise KGError("the fast checks know no property shape here: validate with pySHACL")
        good = [f"!({self.bad(one, v)})" for one in shape.constraints]
        for inner in shape.properties:
            assert inner.path is not None
            for one in inner.constraints:
                if one.name != "hasValue":
                    raise KGError(
                        f"the fast checks can't express sh:{one.name} of a value: validate with pySHACL"
                    )
                good.append(f"!{self.lacks(v, inner.path, one.value)}")
        return " && ".join(good) or "true"


def _bad_term(constraint: Constraint, v: str) -> str:
    """Return a condition that holds of a term which breaks a constraint on the term alone."""
    name, value = constraint.name, constraint.value
    match name, value:
        case "datatype", NamedNode():
            return f"!({_well_typed(v, value)})"
        case "nodeKind", NamedNode():
            return "!" + _KINDS[value.value.removeprefix(PREFIXES["sh"])].format(v=v)
        case "in", tuple():
            return "!(" + " || ".join(f"sameTerm({v}, {one})" for one in value) + ")"
        case "pattern", Literal():
            return f"(isBlank({v}) || !REGEX(STR({v}), {value}))"
        case "minLength", Literal():
            return f"(isBlank({v}) || STRLEN(STR({v})) < {int(value.value)})"
        case (("minInclusive" | "maxInclusive"), Literal()):
            return f"COALESCE(!({v} {_ORDER[name]} {value}), true)"
    raise KGError(f"the fast checks can't express sh:{name} here: validate with pySHACL")


def _and_not(v: str, nodes: list[NamedNode]) -> str:
    """Return a further condition that a node is none of these; Oxigraph 0.5.13 takes NOT IN () for false."""
    return f" && {v} NOT IN ({_list(nodes)})" if nodes else ""


def _well_typed(v: str, datatype: NamedNode) -> str:
    """Return a condition that holds of a literal of the datatype with a lexical form that it allows."""
    typed = f"isLiteral({v}) && DATATYPE({v}) = {datatype}"
    if datatype in _LEXICAL:
        return f"{typed} && REGEX(STR({v}), {Literal(_LEXICAL[datatype])})"
    if datatype in _CAST:
        return f"{typed} && COALESCE(DATATYPE({datatype}(STR({v}))) = {datatype}, false)"
    if datatype == XSD.string:
        return typed
    raise KGError(f"the fast checks know no lexical forms of {datatype}: validate with pySHACL")


def _two_steps(path: Path) -> bool:
    return len(path.steps) == 2


def _is(value: object, number: str, name: str) -> None:
    if not isinstance(value, Literal) or value.value != number:
        raise KGError(f"the fast checks know sh:{name} {number} alone: validate with pySHACL")


def _names(nodes: Iterable[Term]) -> list[NamedNode]:
    return sorted((node for node in nodes if isinstance(node, NamedNode)), key=str)


def _list(nodes: Iterable[NamedNode], separator: str = ", ") -> str:
    return separator.join(str(node) for node in nodes)
