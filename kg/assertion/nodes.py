"""From a filler to the node of the graph that it stands for, named in the registry or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kg.errors import RegistryError
from kg.model import Filler, Report, content_id

if TYPE_CHECKING:
    from kg.registry import Registry

PLACE_KINDS = ("Place", "Facility")
ACTOR, PLACE, ANY = ("actor",), ("place",), ("actor", "place")
_PUBLISHERS = ("Outlet", "MediaArm")
_outlets: WeakKeyDictionary[Registry, Mapping[str, str]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Node:
    """A node, and the span that names it in the report (0, 0 where no span does).

    `label` and `kinds` (local names of classes) describe a node that the report alone knows; they are
    empty where another graph describes it.
    """

    ref: str
    start: int = 0
    end: int = 0
    label: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def span(self) -> str:
        """The span as a part of an id."""
        return f"{self.start}-{self.end}"


def folded(text: str) -> str:
    """Return text without case and with single spaces, as names are compared here."""
    return " ".join(text.casefold().split())


def node(filler: Filler, report: Report, registry: Registry, *, kinds: tuple[str, ...] = ANY) -> Node:
    """Return the node of a filler: of the registry where it is linked, else one of this report alone.

    Args:
        filler: what fills a role.
        report: the report it stands in.
        registry: what its link refers to.
        kinds: what the role takes, "actor", "place" or both. What is linked to the other kind is described
            by its report alone, so that no place speaks and no actor is where something happened.

    Raises:
        RegistryError: the filler is linked to a slug that the registry does not have.
    """
    if filler.link is None:
        return _unnamed(filler, report, kinds)
    has = {"actor": filler.link in registry.actors, "place": filler.link in registry.places}
    if not any(has.values()):
        raise RegistryError(
            f"{filler.label!r} is linked to {filler.link!r}, which the registry lacks: read the report again"
        )
    order = ("place", "actor") if filler.kind in PLACE_KINDS else ("actor", "place")
    for kind in order:
        if has[kind] and kind in kinds:
            return Node(f"{kind}:{filler.link}", filler.start, filler.end)
    return _unnamed(filler, report, kinds)


def publisher_node(report: Report, registry: Registry) -> Node:
    """Return the outlet that published a report: the registry's, one by name, or one of this report alone."""
    if not report.publisher:
        ref = f"actor:unnamed-{content_id('outlet', report.id)}"
        return Node(ref, label="unknown outlet", kinds=("UnnamedActor", "Outlet"))
    return Node(outlet_ref(report.publisher, registry))


def outlet_ref(publisher: str, registry: Registry) -> str:
    """Return the reference of the outlet with a name, the same for every report of it."""
    name = folded(publisher)
    slug = _outlets_by_name(registry).get(name)
    return f"actor:{slug}" if slug else f"actor:outlet-{content_id('outlet', name)}"


def _outlets_by_name(registry: Registry) -> Mapping[str, str]:
    """Return the registry's outlets by folded name; a name of two outlets stands for neither."""
    if (known := _outlets.get(registry)) is None:
        slugs: dict[str, set[str]] = {}
        for slug, actor in registry.actors.items():
            if actor.kind in _PUBLISHERS:
                for text in (actor.name, *(name.text for name in actor.names)):
                    slugs.setdefault(folded(text), set()).add(slug)
        known = {name: next(iter(found)) for name, found in slugs.items() if len(found) == 1}
        _outlets[registry] = known
    return known


def _unnamed(filler: Filler, report: Report, kinds: tuple[str, ...]) -> Node:
    is_place = "actor" not in kinds or ("place" in kinds and filler.kind in PLACE_KINDS)
    prefix, general, plain = (
        ("place", "UnnamedPlace", "Place") if is_place else ("actor", "UnnamedActor", "Actor")
    )
    ref = f"{prefix}:unnamed-{content_id(general, report.id, folded(filler.label))}"
    fitting = (filler.kind in PLACE_KINDS) == is_place and filler.kind != plain
    return Node(
        ref, filler.start, filler.end, filler.label, (general, filler.kind) if fitting else (general,)
    )
