"""The values that travel between stages: frozen, compared by content, named by hashes of content.

A reference to a thing in the graph is a string `prefix:local`, for instance `actor:jnim` or
`telling:a7c0…`; `kg.vocab` expands it. Offsets are half-open and count Unicode code points of
`Report.text`. Dates are ISO strings in the precision that is known: `2019`, `2019-03`, `2019-03-27`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

SEPARATOR = "\x1f"  # ASCII unit separator: `read` strips control characters, so it can't occur in a part

CERTAINTIES = ("asserted", "reported", "suspected", "claimed", "denied", "negated", "hypothetical")
FACT_TYPES = (
    "allegiance", "affiliation", "membership", "leadership", "attack", "operation", "clash", "claim",
    "denial", "killing", "capture", "control", "support", "merger", "split", "agreement", "designation",
    "assessment",
)  # fmt: skip
ROLES = ("agent", "object", "target", "victim", "party", "leader", "place", "tactic")


def content_id(*parts: str, length: int = 16) -> str:
    """Return the first `length` hexadecimal digits of SHA-256 over the parts, unambiguously joined."""
    return hashlib.sha256(SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Report:
    """One news item. `given_ids` are the identifiers its sources gave it (an id field, or FILE:LINE)."""

    text: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    published: str = ""
    language: str = "en"
    given_ids: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Hash of url, publisher, published, title and text; given identifiers do not count."""
        return content_id("report", self.url, self.publisher, self.published, self.title, self.text)


@dataclass(frozen=True, slots=True)
class Clues:
    """What the sentence around a mention tells the linker.

    Attributes:
        form: "name", "description" ("the al Qaeda branch") or "people" ("the French").
        sentence: ordinal of the sentence in the report.
        cls: class of the head noun that the extractor reasons with ("armed", "force", "place", ...).
        noun: lemma of the head noun of a description; of a place, the noun beside its name ("region").
        sense: what the lexicon ([description] of names.toml) says that the noun stands for: "army",
            "police", "mission", "members", "part", "region", "city", ... or "".
        whole: whether the head noun alone stands for the whole of that ("the army", not "the soldiers").
        words: lower-case words before the head noun, without the names.
        inside: names inside a description: (how it is attached: "of", "in", "before", ...; start; end).
        countries: ISO codes that its nationality adjective may mean.
        determiner: "the", "a", "no", "" and so on, "'s" where a possessor stands there.
        people: whether the head noun names persons, not a body of them.
        acts: whether it stands where an actor stands (subject of a verb of saying, behind "by"); of a
            nationality, beside forces.
        speaks: whether it is the speaker of what its sentence tells ("according to X", "X's spokesman").
        same: span of the mention that it stands for by apposition, or of which it is the abbreviation.
        apart: spans of names that it can't stand for: other arguments of its verb ("X took in the group").
        against: why it can't be linked by its name, "" where nothing speaks against that.
    """

    form: str = "name"
    sentence: int = 0
    cls: str = ""
    noun: str = ""
    sense: str = ""
    whole: bool = False
    words: tuple[str, ...] = ()
    inside: tuple[tuple[str, int, int], ...] = ()
    countries: tuple[str, ...] = ()
    determiner: str = ""
    people: bool = False
    acts: bool = False
    speaks: bool = False
    same: tuple[int, int] | None = None
    apart: tuple[tuple[int, int], ...] = ()
    against: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names or describes an actor or a place, and what it was linked to.

    `link` is a registry slug, or None (NIL); `reason` says why in words; `candidates` are slugs;
    `clues` are what the extractor saw around it.
    """

    start: int
    end: int
    text: str
    kind: str  # "actor" or "place"
    link: str | None = None
    reason: str = ""
    candidates: tuple[str, ...] = ()
    confidence: float = 1.0
    clues: Clues = field(default_factory=Clues)


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: the label a reader expects, its span, and its link.

    `kind` is the class it would have in the graph: a class name of ontology/kg.ttl ("ArmedGroup",
    "StateForce", "Person", "Civilians", "Community", "Facility", "Place", "Actor" where unknown), or
    "Tactic". `link` is a slug: of the registry, or of a tactic concept; None is NIL.
    """

    label: str
    start: int
    end: int
    kind: str = "Actor"
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Dating:
    """A date as printed and the ISO bounds it settles (either may be empty)."""

    text: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A toll. `high` is None where the text gives no upper bound ("at least seven")."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The quoted sentence and the cue in it. `text` is `report.text[start:end]`."""

    text: str
    start: int
    end: int
    cue: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What one passage states, with who says so and how sure they are (types and roles: FACT_TYPES, ROLES).

    `about` is the id of the fact that a claim, denial or assessment speaks of; `retells` that of a fact
    of the same event, to which this one adds another account (another culprit, another toll). `speakers`
    are those the report attributes the statement to; `via` who relays them; `channel` the media arm or
    platform.
    `trigger` is the span of the word that evokes the fact. `valid_from`/`valid_to` bound a state.
    """

    id: str
    type: str
    roles: tuple[tuple[str, tuple[Filler, ...]], ...] = ()
    date: Dating | None = None
    killed: Count | None = None
    wounded: Count | None = None
    missing: Count | None = None
    outcome: str = ""  # "succeeded", "failed", "foiled" or unknown
    about: str = ""
    retells: str = ""
    text: str = ""  # what an assessment says
    certainty: str = "asserted"
    speakers: tuple[Filler, ...] = ()
    via: tuple[Filler, ...] = ()
    channel: tuple[Filler, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    trigger: tuple[int, int] = (0, 0)
    evidence: Evidence = field(default_factory=lambda: Evidence("", 0, 0, ""))
    confidence: float = 1.0

    def fillers(self, role: str) -> tuple[Filler, ...]:
        """Return the fillers of a role, empty where it has none."""
        return next((fillers for name, fillers in self.roles if name == role), ())


@dataclass(frozen=True, slots=True)
class Extraction:
    """What reading one report gave: its mentions and facts in text order, and notes on oddities."""

    report: Report
    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one report tells it; `type` is the local name of an event class ("Attack")."""

    id: str
    report: str
    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Assertion:
    """Someone states a proposition, in a report, in these words, with this stance.

    `subject`, `object`, `speaker`, `via`, `channel`, `place`, `tactic` hold references (`actor:jnim`);
    `predicate` is a local name of the ontology, or "type" for rdf:type with the class in `object`
    ("Attack"). An assessment has predicate "assessment" and its words in `object`.
    Qualifiers are this account's own: place, tactic, dates, toll, outcome, validity.
    """

    id: str
    report: str
    subject: str
    predicate: str
    object: str
    certainty: str
    speaker: str
    telling: str = ""
    via: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    tactic: tuple[str, ...] = ()
    date: str = ""
    earliest: str = ""
    latest: str = ""
    killed: Count | None = None
    wounded: Count | None = None
    missing: Count | None = None
    outcome: str = ""
    valid_from: str = ""
    valid_to: str = ""
    quote: str = ""
    start: int = 0
    end: int = 0
    cue: str = ""
    confidence: float = 1.0
