"""What things look like and are called in the picture: shape and fill by type, colour by relation and family.

Every colour is a pair, on light and on dark paper. Lines take the Okabe-Ito palette and families Paul Tol's
"muted" scheme, both made to be told apart by colour-blind readers; shape and dashes say the same again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

Colour: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """A type of node: its name in the plural, its shape as vis-network calls it, its fill."""

    label: str
    shape: str
    fill: Colour


@dataclass(frozen=True, slots=True)
class Group:
    """Relations that share a colour and are bundled into one line between two nodes."""

    label: str
    colour: Colour


TYPES = {
    "ArmedGroup": Look("Armed groups", "dot", ("#cdd4e2", "#465470")),
    "StateForce": Look("State forces", "square", ("#a8c4e0", "#3f6488")),
    "InternationalForce": Look("International forces", "diamond", ("#a5d3bd", "#3f7a62")),
    "Government": Look("Governments", "square", ("#e3d5a8", "#7d6f42")),
    "Person": Look("Persons", "triangle", ("#ecc9b0", "#8a6248")),
    "Community": Look("Communities", "hexagon", ("#efe9dc", "#6b665c")),
    "Civilians": Look("Civilians", "hexagon", ("#ffffff", "#8a857a")),
    "MediaArm": Look("Media arms", "triangleDown", ("#d3c7e6", "#66588a")),
    "Outlet": Look("Outlets", "triangleDown", ("#ece7f3", "#8b80a3")),
    "Actor": Look("Other actors", "dot", ("#f1f1ef", "#5d636d")),
}
"""Types of actors; events and places have one look each."""

EVENT = Look("Events", "star", ("#e9a58c", "#a3563b"))
REPORT = Look("Reports", "square", ("#ffffff", "#394150"))
PLACE = Look("Places", "triangleDown", ("#fdfcf9", "#262b33"))

GROUPS = {
    "loyalty": Group("Loyalty and membership", ("#0072b2", "#56b4e9")),
    "lineage": Group("Lineage", ("#b65c93", "#e3a1c6")),
    "violence": Group("Violence", ("#d55e00", "#ff8a4c")),
    "support": Group("Support", ("#008a64", "#3fc79a")),
    "claim": Group("Claims and denials", ("#a87400", "#f0b94a")),
    "role": Group("Part in an event", ("#8a7f72", "#a89f92")),
    "report": Group("Told in a report", ("#a9a49a", "#5d6470")),
    "other": Group("Other", ("#7b8494", "#97a1b0")),
}

_RELATIONS = {
    "allegianceTo": ("loyalty", "pledged to"),
    "affiliatedTo": ("loyalty", "affiliated to"),
    "memberOf": ("loyalty", "member of"),
    "leads": ("loyalty", "leads"),
    "mediaArmOf": ("loyalty", "media arm of"),
    "supports": ("support", "supports"),
    "controls": ("other", "controls"),
    "splitFrom": ("lineage", "split from"),
    "mergedInto": ("lineage", "merged into"),
    "successorOf": ("lineage", "successor of"),
    "designated": ("other", "designated"),
    "claimed": ("claim", "claimed"),
    "denied": ("claim", "denied"),
    "perpetrator": ("violence", "perpetrator in"),
    "commander": ("role", "commander in"),
    "target": ("violence", "target"),
    "victim": ("violence", "victim"),
    "party": ("role", "took part in"),
    "original": ("role", "left in"),
    "resulting": ("role", "resulted in"),
    "authority": ("role", "authority of"),
    "listed": ("role", "listed"),
    "place": ("other", "in"),
    "tells": ("report", "tells of"),
    "Attack": ("violence", "attacked"),
    "Clash": ("violence", "clashed with"),
    "Operation": ("violence", "operation against"),
    "Killing": ("violence", "killed"),
    "Capture": ("violence", "captured"),
    "Agreement": ("other", "agreement with"),
}

DASHES: dict[str, tuple[int, ...]] = {
    "accepted": (),
    "contested": (9, 6),
    "suspected": (2, 5),
    "described": (4, 3),
    "gathered": (2, 3),
}
"""Strokes and gaps in pixels: of a line by its status, of the rim of one only described, and of a group."""

FAMILIES: tuple[Colour, ...] = (
    ("#332288", "#9c8df5"),
    ("#aa2255", "#e0679b"),
    ("#117733", "#4fbf74"),
    ("#8a8a1f", "#c9c95a"),
    ("#3f9bc4", "#88ccee"),
    ("#cc6677", "#f0a0aa"),
)
"""Borders of the largest families, largest first."""
PLAIN: Colour = ("#6a7382", "#8a94a4")
"""Border of an actor of no family, or of one beyond the largest."""


def look(kind: str, type_: str) -> Look:
    """Return the look of a node by its kind and type."""
    if kind == "event":
        return EVENT
    return PLACE if kind == "place" else TYPES.get(type_, TYPES["Actor"])


def group(relation: str) -> str:
    """Return the group of a relation, "other" for one that is not known here."""
    return _RELATIONS.get(relation, ("other", ""))[0]


def words(name: str) -> str:
    """Return a term of the ontology as words to read between two names.

    >>> words("allegianceTo"), words("someNewTerm")
    ('pledged to', 'some new term')
    """
    if name in _RELATIONS:
        return _RELATIONS[name][1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def family_colours(families: Iterable[str]) -> dict[str, Colour]:
    """Return the border of each family: the most frequent get a colour, in ties by name."""
    counted = Counter(family for family in families if family)
    ranked = sorted(counted, key=lambda family: (-counted[family], family))
    return {family: FAMILIES[rank] if rank < len(FAMILIES) else PLAIN for rank, family in enumerate(ranked)}
