"""Assertions: from the facts of a report to who states what, and to the report's named graph and back."""

from kg.assertion.build import Described, Told, assertions
from kg.assertion.nodes import outlet_ref, publisher_node
from kg.assertion.quads import Pair, date_pairs, ordered, report_quads, toll_pairs
from kg.assertion.reading import PLACED, Head, Material, assertions_of, material, tellings

__all__ = [
    "PLACED", "Described", "Head", "Material", "Pair", "Told", "assertions", "assertions_of", "date_pairs",
    "material", "ordered", "outlet_ref", "publisher_node", "report_quads", "tellings", "toll_pairs",
]  # fmt: skip
