"""An entity: one noun phrase with the class that the rules reason with."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.names import Name
from kg.model import Filler

# Classes of entities, as nouns.toml and the registry give them, grouped by what they can do.
VIOLENT = frozenset({"armed", "force", "weapon"})
FIGHTERS = frozenset({"armed", "force"})
POWERS = frozenset({"armed", "force", "government"})
STATE_SIDE = frozenset({"force", "government"})
PLACES = frozenset({"place", "geography"})
ACTORS = frozenset(
    {
        "armed",
        "force",
        "government",
        "community",
        "person",
        "civilian",
        "official",
        "source",
        "media",
        "unknown",
    }
)
SPEAKERS = ACTORS | {"place", "pronoun", "weapon"}


@dataclass(frozen=True, slots=True)
class Entity:
    """One noun phrase: `head` is its token, `cls` the class the rules reason with.

    Attributes:
        head: index of its head in the tree.
        start: first code point of the label in the report.
        end: code point after the last.
        label: the words a reader expects, without article or number.
        cls: "armed", "force", "place", "pronoun", ... ("unknown" for proper nouns in no list, "other").
        kind: class of ontology/kg.ttl.
        name: the name that the phrase is, None for a description.
        names: the names inside it.
        country: ISO code that its nationality adjective gives, "" without one.
        definite: whether it points back ("the group", "their men").
        people: whether its head names persons, not a body of them.
        pronoun: whether it is one.
        owner: the pronoun that owns it, in lower case: "its" of "its men", "" without one.
    """

    head: int
    start: int
    end: int
    label: str
    cls: str
    kind: str
    name: Name | None = None
    names: tuple[Name, ...] = ()
    country: str = ""
    definite: bool = False
    people: bool = False
    pronoun: bool = False
    owner: str = ""

    def filler(self) -> Filler:
        """Return the entity as a role filler, not yet linked."""
        return Filler(self.label, self.start, self.end, self.kind)

    @property
    def key(self) -> str:
        """The label as it is compared: in lower case."""
        return self.label.lower()

    @property
    def capitalised(self) -> bool:
        """Whether the label begins with a capital, as proper nouns do."""
        return self.label[:1].isupper()
