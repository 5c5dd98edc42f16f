"""Noun phrases as entities: what kind of thing each names, and the label a reader expects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.extract.lexicon import Lexicon
from kg.extract.names import KIND_OF_CLASS, Name
from kg.extract.syntax import Token, Tree
from kg.model import Filler

VIOLENT = frozenset({"armed", "force", "weapon"})
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
PLACES = frozenset({"place", "geography"})
PREMODIFIERS = frozenset(
    {
        "amod",
        "compound",
        "nmod",
        "nummod",
        "advmod",
        "npadvmod",
        "poss",
        "case",
        "punct",
        "quantmod",
        "det",
        "predet",
        "neg",
        "appos",
    }
)
LOOK_THROUGH = frozenset({"of", "from"})
_TRIMMED_TAGS = frozenset(
    {
        "DT",
        "PDT",
        "CD",
        "PRP$",
        "IN",
        ",",
        ":",
        "``",
        "''",
        "RB",
        "RBR",
        "RBS",
        "JJR",
        "JJS",
        "HYPH",
        "WP$",
        "-LRB-",
        "-RRB-",
    }
)
_TRIMMED_WORDS = frozenset(
    {
        "several",
        "many",
        "other",
        "such",
        "further",
        "some",
        "few",
        "own",
        "so",
        "called",
        "so-called",
        "same",
        "dozens",
        "scores",
        "hundreds",
        "dozen",
        "more",
        "certain",
        "least",
        "fewer",
        "another",
        "various",
    }
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One noun phrase: `head` is its token, `cls` the class the rules reason with.

    `names` are the names inside it; `country` an ISO code its nationality adjective gives.
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

    def filler(self) -> Filler:
        """Return the entity as a role filler, not yet linked."""
        return Filler(self.label, self.start, self.end, self.kind)

    @property
    def violent(self) -> bool:
        """Whether it can attack or be fought."""
        return self.cls in VIOLENT


class Entities:
    """The entities of one tree, made on demand."""

    def __init__(self, tree: Tree, lexicon: Lexicon, demonyms: dict[str, str]) -> None:
        self.tree = tree
        self._lexicon = lexicon
        self._demonyms = demonyms
        self._made: dict[int, Entity] = {}
        self._numbers = frozenset(lexicon.numbers["units"]) | frozenset(lexicon.numbers["values"])
        self._calendar = frozenset({*lexicon.time["months"], *lexicon.time["weekdays"]})

    def at(self, i: int) -> Entity:
        """Return the entity whose head is token `i` (looking through "members of …")."""
        if i not in self._made:
            self._made[i] = self._make(i)
        return self._made[i]

    def all_of(self, heads: Iterable[int]) -> list[Entity]:
        """Return the entities of some heads and of what is coordinated with them, without repeats."""
        found: list[Entity] = []
        for head in self._listed(heads):
            for i in self.tree.conjuncts(head):
                for entity in self._parts(self.at(i)):
                    if entity.label and all((e.head, e.start) != (entity.head, entity.start) for e in found):
                        found.append(entity)
        return found

    def _listed(self, heads: Iterable[int]) -> list[int]:
        """Return the heads, those of "five factions: A, B and C" replaced by the names listed."""
        found = []
        for head in heads:
            listed = [k for k in self.tree.kids(head, "appos") if k.name and k.i > head and self._in_list(k)]
            if self.tree.tokens[head].name is not None or not listed:
                found.append(head)
            found += [k.i for k in listed]
        return found

    def _in_list(self, token: Token) -> bool:
        """Whether a name in apposition is a member of a list: coordinated, and not an abbreviation in parentheses."""
        return len(self.tree.conjuncts(token.i)) > 1 and self.tree.tokens[token.i - 1].text not in ("(", "[")

    def _parts(self, entity: Entity) -> list[Entity]:
        """Return the entities that one head shares between coordinated names ("Malian and UN troops")."""
        tokens = self.tree.tokens
        for first in self.tree.kids(entity.head, "amod", "compound", "nmod"):
            pair = [tokens[i] for i in self.tree.conjuncts(first.i)]
            if len(pair) > 1 and all(t.name or t.text.lower() in self._demonyms for t in pair):
                head = tokens[entity.head]
                return [
                    replace(
                        entity,
                        start=t.start,
                        end=t.end,
                        label=f"{t.text} {head.text}",
                        names=(t.name,) if t.name else (),
                        country=self._demonyms.get(t.text.lower(), ""),
                    )
                    for t in pair
                ]
        return [entity]

    def modifiers(self, i: int) -> list[Token]:
        """Return the tokens that stand before a head inside its phrase."""
        stack = [k for k in self.tree.kids(i) if k.i < i and k.dep in PREMODIFIERS]
        found = list(stack)
        while stack:
            kids = [k for k in self.tree.kids(stack.pop().i) if k.i < i]
            found += kids
            stack += kids
        return sorted(found, key=lambda t: t.i)

    def _make(self, i: int) -> Entity:
        token = self.tree.tokens[i]
        if token.dep in ("appos", "dep") and token.name is None and token.pos == "NOUN":
            head = self.tree.tokens[token.head] if token.dep == "appos" else self._named_before(token)
            if (
                head.name is not None
                and head.name.cls in ("armed", "force")
                and self._class_name(token) == head.name.cls
            ):
                return self.at(head.i)
        if token.name is not None and token.name.cls != "facility":
            return self._named(token)
        if token.pos == "PRON" or token.tag in ("PRP", "WP", "WDT"):
            return Entity(i, token.start, token.end, token.text, "pronoun", "Actor", pronoun=True)
        if token.lemma in self._lexicon.collective["words"] or token.tag == "CD":
            inner = self._through(i)
            if inner is not None:
                return inner
        found = self._class_of(token)
        return self._phrase(token, found)

    def _named_before(self, token: Token) -> Token:
        """Return the name that a loose noun phrase after a comma explains, the token itself where none."""
        first = min(self.tree.subtree(token.i))
        if first > 1 and self.tree.tokens[first - 1].text == ",":
            before = self.tree.tokens[first - 2]
            if before.text == ")" and first > 3:
                before = self.tree.tokens[first - 3]
            return before
        return token

    def _through(self, i: int) -> Entity | None:
        """Return the entity of the of-phrase below a collective noun ("a number of gunmen")."""
        for prep in self.tree.kids(i, "prep"):
            if prep.lemma in LOOK_THROUGH:
                for pobj in self.tree.kids(prep.i, "pobj"):
                    inner = self.at(pobj.i)
                    if inner.cls in ACTORS and not inner.pronoun:
                        return replace(inner, head=inner.head)
        return None

    def _named(self, token: Token) -> Entity:
        name = token.name
        assert name is not None
        names = (*tuple(k.name for k in self.modifiers(token.i) if k.name), name)
        definite = any(k.lemma == "the" for k in self.tree.kids(token.i, "det"))
        return Entity(
            token.i, name.start, name.end, name.text, name.cls, name.kind, name, names, definite=definite
        )

    def _class_name(self, token: Token) -> str:
        found = self._class_of(token)
        return found[0] if found else ""

    def _called(self, i: int) -> Token | None:
        """Return the name of "a band calling itself X", "a group known as X"."""
        for verb in self.tree.kids(i, "acl"):
            if verb.lemma in self._lexicon.collective["naming"]:
                names = self.tree.kids(verb.i, "oprd", "dobj", "attr")
                names += [
                    p
                    for prep in self.tree.kids(verb.i, "prep")
                    if prep.lemma == "as"
                    for p in self.tree.kids(prep.i, "pobj")
                ]
                found = next((n for n in names if n.pos == "PROPN"), None)
                if found is not None:
                    return found
        return None

    def _class_of(self, token: Token) -> tuple[str, str, bool] | None:
        """Return (class, kind, people) of a common noun, by its longest entry in the lexicon."""
        if token.name is not None:
            return token.name.cls, token.name.kind, False
        before = [t.lemma for t in self.modifiers(token.i)]
        hit = self._lexicon.nouns.find(token.lemma, before)
        if hit is None:
            return None
        noun = hit[1]
        if noun.name == "force" and not noun.people:
            classes = [self._lexicon.nouns.find(w) for w in before]
            if any(c and c[1].name == "armed" and c[1].people for c in classes):
                return "armed", "ArmedGroup", False
        return noun.name, noun.kind, noun.people

    def _names(self, i: int) -> tuple[Name, ...]:
        """Return the names inside a phrase: before its head, and in its of- and from-phrases."""
        names = [k.name for k in self.modifiers(i) if k.name]
        for prep in self.tree.kids(i, "prep"):
            if prep.lemma in ("of", "from", "with", "for", "to", "in"):
                names += [p.name for p in self.tree.kids(prep.i, "pobj") if p.name]
        for acl in self.tree.kids(i, "acl", "amod"):
            for prep in self.tree.kids(acl.i, "prep"):
                names += [p.name for p in self.tree.kids(prep.i, "pobj") if p.name]
        return tuple(n for n in names if n)

    def _phrase(self, token: Token, found: tuple[str, str, bool] | None) -> Entity:
        i = token.i
        names = self._names(i)
        country = next(
            (
                self._demonyms[t.text.lower()]
                for t in [*self.modifiers(i), token]
                if t.text.lower() in self._demonyms
            ),
            "",
        )
        cls, kind, people = found or self._guess(token, country)
        inside = [
            t.name for t in self.modifiers(i) if t.name and t.dep in ("compound", "nmod", "amod", "poss")
        ]
        bearer = next((n for n in (*inside, *names) if n.cls in ("armed", "force")), None)
        if bearer and cls != bearer.cls and token.lemma in self._lexicon.collective["bearers"]:
            cls, kind = bearer.cls, bearer.kind
        owner = next(
            (k for k in self.tree.kids(i, "poss") if k.name is None and self._class_name(k) == "armed"), None
        )
        if owner and token.lemma in self._lexicon.collective["bearers"]:
            cls, kind = "armed", "ArmedGroup"
        if bearer and bearer in inside and cls == "force" and bearer.cls == "armed":
            cls, kind = bearer.cls, bearer.kind
        called = self._called(i) if cls in ("armed", "force", "other") else None
        if called is not None:
            name = called.name or Name(called.start, called.end, self._run(called), "armed", "ArmedGroup")
            return Entity(i, name.start, name.end, name.text, "armed", "ArmedGroup", name, (name,))
        if people and cls in ("official", "government", "armed", "civilian"):
            person = next(
                (k for k in self.tree.kids(i, "appos") if k.name and k.name.cls == "person" and k.i > i), None
            )
            if person is not None:  # "the group's leader, X"
                return self.at(person.i)
        if cls == "weapon" and bearer and bearer in inside:
            cls, kind = bearer.cls, bearer.kind
        if cls == "geography":
            names = names + self._unknown_places(token)
        if cls in ("other", "unknown", "person") and token.pos == "PROPN" and token.name is None:
            return self._proper(token, cls, names, country)
        start, end = self._extent(i)
        label, last = self._text(start, end), token.end
        direct = [
            p.name
            for k in self.tree.kids(i, "prep")
            if k.lemma in LOOK_THROUGH
            for p in self.tree.kids(k.i, "pobj")
        ]
        if bearer and bearer in direct and people and cls == bearer.cls and bearer.start > token.end:
            last = bearer.end  # "men of the Movement for …"
            label = " ".join(
                [
                    label,
                    *[
                        t.text
                        for t in self.tree.tokens[i + 1 :]
                        if t.start < last and t.text.lower() != "the"
                    ],
                ]
            )
        definite = any(
            k.lemma in ("the", "this", "that", "these", "those") for k in self.tree.kids(i, "det")
        ) or bool(self.tree.kids(i, "poss"))
        return Entity(
            i,
            self.tree.tokens[start].start,
            last,
            label,
            cls,
            kind,
            token.name,
            names,
            country,
            definite,
            people,
        )

    def _run(self, token: Token) -> str:
        """Return the proper nouns that end at a token, as printed."""
        first = token.i
        while (
            first
            and self.tree.tokens[first - 1].pos == "PROPN"
            and self.tree.tokens[first - 1].head == token.i
        ):
            first -= 1
        return self._text(first, token.i)

    def _unknown_places(self, token: Token) -> tuple[Name, ...]:
        """Return the proper nouns that a noun of geography makes places: "the village of X", "X district"."""
        found = [
            k
            for k in self.modifiers(token.i)
            if k.pos == "PROPN"
            and k.name is None
            and k.text.lower() not in self._demonyms
            and k.i + 1 == token.i
        ]
        for prep in self.tree.kids(token.i, "prep"):
            if prep.lemma == "of":
                found += [p for p in self.tree.kids(prep.i, "pobj") if p.pos == "PROPN" and p.name is None]
        return tuple(Name(t.start, t.end, t.text, "place", "Place") for t in found)

    def _guess(self, token: Token, country: str) -> tuple[str, str, bool]:
        """Return the class of a noun that the lexicon lacks."""
        if (
            (country
            and token.text.lower() in self._demonyms
            and token.tag not in ("JJ",))
            or (country and token.dep in ("nsubj", "pobj", "dobj", "nsubjpass", "conj") and token.tag == "JJ")
        ):
            return "force", "StateForce", True
        if token.ent in ("DATE", "TIME") or token.lemma in self._calendar:
            return "time", "Actor", False
        if token.ent == "PERSON":
            return "person", "Person", True
        if token.pos == "PROPN" and token.ent in ("GPE", "LOC", "FAC"):
            return "place", "Place", False
        if token.pos == "PROPN":
            return "unknown", "Actor", False
        return "other", "Actor", False

    def _proper(self, token: Token, cls: str, names: tuple[Name, ...], country: str) -> Entity:
        """Return the entity of a run of proper nouns that no list knows."""
        first = token.i
        tokens = self.tree.tokens
        while (
            first
            and tokens[first - 1].tag in ("NNP", "NNPS", "HYPH")
            and tokens[first - 1].sent == token.sent
            and tokens[first - 1].head in range(first - 1, token.i + 1)
        ):
            first -= 1
        titles = self._lexicon.names["person"]["titles"]
        titled = False
        while first < token.i and (tokens[first].text in titles or tokens[first].tag == "HYPH"):
            titled, first = True, first + 1
        if titled or self._verbal_person(token):
            cls = "person"
        return Entity(
            token.i,
            tokens[first].start,
            token.end,
            self._text(first, token.i),
            cls,
            KIND_OF_CLASS.get(cls, "Actor"),
            None,
            names,
            country,
        )

    def _verbal_person(self, token: Token) -> bool:
        return any(
            k.dep == "appos" and (hit := self._lexicon.nouns.find(k.lemma)) is not None and hit[1].people
            for k in self.tree.kids(token.i)
        )

    def _extent(self, i: int) -> tuple[int, int]:
        """Return first and last token of the label: the phrase up to its head without article or number."""
        before = {t.i for t in self.modifiers(i)}
        first = i
        while first - 1 in before:
            first -= 1
        tokens = self.tree.tokens
        while first < i and (
            tokens[first].tag in _TRIMMED_TAGS
            or tokens[first].text.lower() in self._numbers
            or tokens[first].lemma in _TRIMMED_WORDS
            or tokens[first].text.lower() in _TRIMMED_WORDS
        ):
            first += 1
        return first, i

    def _text(self, first: int, last: int) -> str:
        """Return the words of a token range joined as printed."""
        tokens = self.tree.tokens[first : last + 1]
        out = ""
        for before, token in zip([None, *tokens], tokens, strict=False):
            out += (" " if before is not None and token.start > before.end else "") + token.text
        return out.strip("“”\"'‘ ")
