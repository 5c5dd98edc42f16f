"""Noun phrases read as entities: what kind of thing each names, and the label a reader expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.extract import phrase
from kg.extract.entity import ACTORS, FIGHTERS, Entity
from kg.extract.kinds import IRREGULARS, Kind, Kinds
from kg.extract.lexicon import Lexicon
from kg.extract.names import KIND_OF_CLASS, Name
from kg.extract.syntax import Token, Tree

# Prepositions through which a head is read as part of, or called after, what they govern.
LOOK_THROUGH = frozenset({"of", "from"})
_NAMING_PREPOSITIONS = frozenset({"of", "from", "with", "for", "to", "in"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_MODIFIERS = ("compound", "nmod", "amod")


class Entities:
    """The entities of one tree, made on demand and kept.

    Args:
        tree: the tree.
        lexicon: classes of common nouns.
        demonyms: nationality adjectives in lower case, with the ISO code of the country.
    """

    def __init__(self, tree: Tree, lexicon: Lexicon, demonyms: Mapping[str, str]) -> None:
        self.tree = tree
        self._lexicon = lexicon
        self.demonyms = self._demonyms = demonyms
        self._kinds = Kinds(tree, lexicon, demonyms)
        self._made: dict[int, Entity] = {}

    def at(self, i: int) -> Entity:
        """Return the entity whose head is token `i` (looking through "members of …")."""
        if i not in self._made:
            self._made[i] = self._make(i)
        return self._made[i]

    def all_of(self, heads: Iterable[int]) -> list[Entity]:
        """Return the entities of some heads and of what is coordinated with them, without repeats."""
        found: list[Entity] = []
        for head in self._listed(heads):
            for i in (j for j in self.tree.conjuncts(head) if not self.tree.is_excluded(j)):
                for entity in self._parts(self.at(i)):
                    if entity.label and all((e.head, e.start) != (entity.head, entity.start) for e in found):
                        found.append(entity)
        return found

    def modifiers(self, i: int) -> Sequence[Token]:
        """Return the tokens that stand before a head inside its phrase, in text order."""
        return phrase.modifiers(self.tree, i)

    # several entities behind one head

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
        """Whether a name in apposition is in a list: coordinated, and no abbreviation in parentheses."""
        return len(self.tree.conjuncts(token.i)) > 1 and self.tree.tokens[token.i - 1].text not in ("(", "[")

    def _parts(self, entity: Entity) -> list[Entity]:
        """Return the entities that one head shares between coordinated names ("Malian and UN troops")."""
        tokens = self.tree.tokens
        for first in self.tree.kids(entity.head, *_MODIFIERS):
            pair = [tokens[i] for i in self.tree.conjuncts(first.i)]
            if len(pair) > 1 and all(t.name or t.form in self._demonyms for t in pair):
                return [self._part(entity, token) for token in pair]
        return [entity]

    def _part(self, entity: Entity, token: Token) -> Entity:
        return replace(
            entity,
            start=token.start,
            end=token.end,
            label=f"{token.text} {self.tree.tokens[entity.head].text}",
            names=(token.name,) if token.name else (),
            country=self._demonyms.get(token.form, ""),
        )

    # one entity

    def _make(self, i: int) -> Entity:
        token = self.tree.tokens[i]
        explained = self._explained(token) or self._before_own_comma(token)
        if explained is not None:
            return self.at(explained.i)
        if token.name is not None and token.name.cls != "facility":
            return self._named(token, token.name)
        if token.pos == "PRON" or token.tag in ("PRP", "WP", "WDT"):
            return Entity(i, token.start, token.end, token.text, "pronoun", "Actor", pronoun=True)
        if token.lemma in self._lexicon.collective["words"] or token.tag == "CD":
            inner = self._through(i)
            if inner is not None:
                return inner
        return self._phrase(token, self._kinds.of(token))

    def _explained(self, token: Token) -> Token | None:
        """Return the name of a group or force that a noun phrase of its class only explains, None without."""
        if token.dep not in ("appos", "dep") or token.name is not None or token.pos != "NOUN":
            return None
        head = self.tree.tokens[token.head] if token.dep == "appos" else self._before_comma(token)
        if head.name is None or head.name.cls not in FIGHTERS or self._kinds.cls(token) != head.name.cls:
            return None
        return head

    def _before_own_comma(self, token: Token) -> Token | None:
        """Return the name of a group that a phrase only explains, read as part of it: "X, Y's wing"."""
        tokens = self.tree.tokens
        if token.name is not None or token.pos != "NOUN":
            return None
        for before in self.modifiers(token.i):
            if before.name and before.name.cls == "armed" and tokens[before.i + 1].text == ",":
                return before if self._kinds.cls(token) == "armed" else None
        return None

    def _before_comma(self, token: Token) -> Token:
        """Return what stands before the comma that opens a loose noun phrase, the token itself where none."""
        first = min(self.tree.subtree(token.i))
        if first > 1 and self.tree.tokens[first - 1].text == ",":
            before = self.tree.tokens[first - 2]
            return self.tree.tokens[first - 3] if before.text == ")" and first > 3 else before
        return token

    def _through(self, i: int) -> Entity | None:
        """Return the entity of the of-phrase below a collective noun ("a number of gunmen")."""
        for prep in self.tree.kids(i, "prep"):
            for pobj in self.tree.kids(prep.i, "pobj") if prep.lemma in LOOK_THROUGH else ():
                inner = self.at(pobj.i)
                if inner.cls in ACTORS and not inner.pronoun:
                    return inner
        return None

    def _named(self, token: Token, name: Name) -> Entity:
        names = (*(k.name for k in self.modifiers(token.i) if k.name), name)
        given = self._given_name(token) if name.cls == "person" else None
        if given is not None:
            label = phrase.printed(self.tree, given, token.i)
            start = self.tree.tokens[given].start
            return Entity(token.i, start, name.end, label, "person", "Person", name, names)
        definite = any(k.lemma == "the" for k in self.tree.kids(token.i, "det"))
        return Entity(
            token.i, name.start, name.end, name.text, name.cls, name.kind, name, names, definite=definite
        )

    def _given_name(self, token: Token) -> int | None:
        """Return the first token of the given names before a surname of the registry, None without any."""
        titles = self._lexicon.names["person"]["titles"]
        first = phrase.proper_start(self.tree, token)
        while first < token.i and (self.tree.tokens[first].text in titles or self.tree.tokens[first].name):
            first += 1
        return first if first < token.i else None

    def _phrase(self, token: Token, found: Kind | None) -> Entity:
        """Return the entity of a phrase that is no name: a description, or proper nouns in no list."""
        names, country = self._names(token.i), self._country(token)
        made = found or self._kinds.guess(token, country)
        inside = self._inside(token)
        bearer = next((n for n in (*inside, *names) if n.cls in FIGHTERS), None)
        made = self._borne(token, made, bearer, inside=bearer in inside)
        if made.cls == "armed" and not bearer and self._is_company(token):
            made = Kind("other", "Actor")
        other = self._other_name(token, made)
        if other is not None:
            return other
        if made.cls == "weapon" and bearer and bearer in inside:
            made = Kind(bearer.cls, bearer.kind, made.people)
        if made.cls == "geography":
            names += self._unknown_places(token)
        if made.cls in ("other", "unknown", "person") and token.pos == "PROPN" and token.name is None:
            return self._proper(token, made.cls, names, country)
        start = phrase.label_start(
            self.tree, token.i, self._lexicon.counting, self._lexicon.collective["quantifiers"]
        )
        label, end = phrase.printed(self.tree, start, token.i), token.end
        if bearer and made.people and made.cls == bearer.cls and self._follows(bearer, token):
            label, end = self._with_name(token, label, bearer), bearer.end
        definite = any(k.lemma in _DEFINITE for k in self.tree.kids(token.i, "det"))
        owners = self.tree.kids(token.i, "poss")
        owner = next((k.form for k in owners if k.tag == "PRP$"), "")
        return Entity(
            token.i, self.tree.tokens[start].start, end, label, made.cls, made.kind, token.name, names,
            country, definite or bool(owners), made.people, owner=owner,
        )  # fmt: skip

    def _borne(self, token: Token, made: Kind, bearer: Name | None, *, inside: bool) -> Kind:
        """Return the class of a phrase after the group or force whose name or possessor it bears.

        "JNIM men" and "its fighters" are armed; "an al-Qaeda unit" is no state's force.
        """
        bears = token.lemma in self._lexicon.collective["bearers"]
        if bears and bearer and made.cls != bearer.cls:
            made = Kind(bearer.cls, bearer.kind, made.people)
        owners = (k for k in self.tree.kids(token.i, "poss") if k.name is None)
        if bears and any(self._kinds.cls(k) == "armed" for k in owners):
            made = IRREGULARS._replace(people=made.people)
        if inside and bearer and made.cls == "force" and bearer.cls == "armed":
            made = Kind(bearer.cls, bearer.kind, made.people)
        return made

    def _is_company(self, token: Token) -> bool:
        """Whether a noun that firms have too is owned by a name that no list knows: "X's affiliate"."""
        owners = (k for k in self.tree.kids(token.i, "poss") if k.name is None and k.pos == "PROPN")
        return token.lemma in self._lexicon.collective["corporate"] and any(owners)

    def _other_name(self, token: Token, made: Kind) -> Entity | None:
        """Return the entity whose name a description only introduces, None where it introduces none.

        That is the X of "a cell calling itself X" and of "the group's leader, X".
        """
        called = self._called(token.i) if made.cls in (*FIGHTERS, "other", "civilian", "official") else None
        if called is not None and made.people:
            run = phrase.printed(self.tree, phrase.proper_start(self.tree, called), called.i)
            start = called.start if called.name else called.end - len(run)
            return Entity(token.i, start, called.end, run, "person", "Person", called.name)
        if called is not None and made.cls not in ("civilian", "official"):
            run = phrase.printed(self.tree, phrase.proper_start(self.tree, called), called.i)
            name = called.name or Name(called.start, called.end, run, "armed", "ArmedGroup")
            return Entity(token.i, name.start, name.end, name.text, "armed", "ArmedGroup", name, (name,))
        if made.people and made.cls in ("official", "government", "armed", "civilian"):
            for kid in self.tree.kids(token.i, "appos"):
                person = kid.name.cls == "person" if kid.name else kid.pos == "PROPN"
                if person and kid.i > token.i:
                    return self.at(kid.i)
        return None

    def _called(self, i: int) -> Token | None:
        """Return the name of "a cell calling itself X", "a group known as X"."""
        for verb in self.tree.kids(i, "acl"):
            if verb.lemma not in self._lexicon.collective["naming"]:
                continue
            names = self.tree.kids(verb.i, "oprd", "dobj", "attr")
            for prep in self.tree.kids(verb.i, "prep"):
                names += self.tree.kids(prep.i, "pobj") if prep.lemma == "as" else []
            found = next((n for n in names if n.pos == "PROPN"), None)
            if found is not None:
                return found
        return None

    def _follows(self, bearer: Name, token: Token) -> bool:
        """Whether a name stands in the of-phrase of a head: "fighters of the Front for …"."""
        direct = (
            p.name
            for k in self.tree.kids(token.i, "prep")
            if k.lemma in LOOK_THROUGH
            for p in self.tree.kids(k.i, "pobj")
        )
        return bearer.start > token.end and bearer in direct

    def _with_name(self, token: Token, label: str, bearer: Name) -> str:
        after = self.tree.between(token.end, bearer.end)
        return " ".join([label, *(t.text for t in after if t.form != "the")])

    def _proper(self, token: Token, cls: str, names: tuple[Name, ...], country: str) -> Entity:
        """Return the entity of a run of proper nouns that no list knows, its titles left out."""
        tokens, titles = self.tree.tokens, self._lexicon.names["person"]["titles"]
        begun = first = phrase.name_start(self.tree, token)
        while first < token.i and (tokens[first].text in titles or tokens[first].tag == "HYPH"):
            first += 1
        if first > begun or self._has_office(token):
            cls = "person"
        elif any(self._kinds.cls(k) == "geography" for k in self.tree.kids(token.i, "appos")):
            cls = "place"  # "Palma, the town in the north"
        label, kind = phrase.printed(self.tree, first, token.i), KIND_OF_CLASS.get(cls, "Actor")
        return Entity(token.i, tokens[first].start, token.end, label, cls, kind, None, names, country)

    def _has_office(self, token: Token) -> bool:
        """Whether an apposition says which person a name is of: "X, a trader", "the trader, X"."""
        beside = self.tree.kids(token.i, "appos")
        if token.dep == "appos":
            beside = [*beside, self.tree.tokens[token.head]]
        hits = (self._lexicon.nouns.find(k.lemma) for k in beside if k.name is None)
        return any(hit is not None and hit[1].people for hit in hits)

    # names inside a phrase

    def _names(self, i: int) -> tuple[Name, ...]:
        """Return the names inside a phrase: before its head, and in the phrases below it."""
        names = [k.name for k in self.modifiers(i)]
        for prep in self.tree.kids(i, "prep"):
            if prep.lemma in _NAMING_PREPOSITIONS:
                names += [p.name for p in self.tree.kids(prep.i, "pobj")]
        for participle in self.tree.kids(i, "acl", "amod"):
            for prep in self.tree.kids(participle.i, "prep"):
                names += [p.name for p in self.tree.kids(prep.i, "pobj")]
        return tuple(n for n in names if n)

    def _inside(self, token: Token) -> list[Name]:
        """Return the names that stand before a head as its modifiers."""
        return [t.name for t in self.modifiers(token.i) if t.name and t.dep in (*_MODIFIERS, "poss")]

    def _country(self, token: Token) -> str:
        words = (t.form for t in [*self.modifiers(token.i), token])
        return next((self._demonyms[w] for w in words if w in self._demonyms), "")

    def _unknown_places(self, token: Token) -> tuple[Name, ...]:
        """Return the proper nouns that a noun of geography makes places: "the village of X", "X district"."""
        found = [
            k
            for k in self.modifiers(token.i)
            if k.i + 1 == token.i and k.pos == "PROPN" and k.name is None and k.form not in self._demonyms
        ]
        for prep in self.tree.kids(token.i, "prep"):
            if prep.lemma == "of":
                found += [p for p in self.tree.kids(prep.i, "pobj") if p.pos == "PROPN" and p.name is None]
        return tuple(Name(t.start, t.end, t.text, "place", "Place") for t in found)
