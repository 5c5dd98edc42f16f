"""What validation finds: violations, in words a person reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from kg.errors import UsageError
from kg.vocab import ref

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple | DefaultGraph


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong.

    `focus`, `path` and `value` are references where a prefix stands for the IRI, else IRIs or literals as
    text; empty where there is none, "[]" for a blank node. `component` is the local name of the SHACL
    constraint component, or UnknownTerm or TwoGraphs for the two checks that SHACL can't make.
    """

    focus: str
    path: str
    component: str
    message: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Validation:
    """What of a graph does not conform, sorted."""

    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        """True where there is no violation."""
        return not self.violations


def named(term: Term | None) -> str:
    """Return a term as a person reads it: a reference, an IRI, or the text of a literal."""
    match term:
        case None:
            return ""
        case BlankNode():
            return "[]"
        case Literal():
            return term.value
        case NamedNode():
            try:
                return ref(term)
            except UsageError:
                return term.value
        case DefaultGraph():
            return "the default graph"
    return str(term)
