"""Mentions: the names of a report, and the noun phrases that stand for an armed actor, a force or a government.

Each carries what its sentence tells the linker (`kg.model.Clues`); which actor or place it is, `kg.resolve` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.entities import Entities, Entity
from kg.extract.lexicon import Lexicon
from kg.extract.names import Name
from kg.extract.syntax import Token, Tree
from kg.model import Clues, Mention, Report

_DESCRIBED = frozenset({"armed", "force", "government", "community"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_MODIFIERS = ("compound", "nmod", "amod")
_SENSES = (
    "army", "police", "gendarmerie", "mission", "peacekeeping", "government", "members", "part", "group",
    "region", "city", "border",
)  # fmt: skip
_BEFORE = frozenset({"compound", "nmod", "amod", "poss", "appos"})
_SUBJECTS = ("nsubj", "nsubjpass")
_LONGEST, _SHORT = 12, 3  # tokens of a phrase that belongs to a description, with and without a name


class Mentions:
    """Finds the mentions of reports; holds what it needs of the lexicon and the registry's demonyms."""

    def __init__(self, lexicon: Lexicon, demonyms: Mapping[str, tuple[str, ...]]) -> None:
        self.lexicon = lexicon
        self.words: Mapping[str, frozenset[str]] = {
            key: frozenset(words) for key, words in lexicon.names["description"].items()
        }
        self.metonymy: Mapping[str, frozenset[str]] = {
            key: frozenset(words) for key, words in lexicon.names["metonymy"].items()
        }
        self.demonyms = {demonym.lower(): countries for demonym, countries in demonyms.items()}
        self.titles = frozenset(lexicon.names["person"]["titles"])

    def find(
        self, report: Report, names: Sequence[Name], trees: Sequence[Tree], entities: Sequence[Entities]
    ) -> tuple[Mention, ...]:
        """Return the mentions of a report in text order; a description may contain names."""
        found: dict[tuple[int, int], Mention] = {}
        seen, sentence = [], 0
        for tree, made in zip(trees, entities, strict=True):
            reading = _Reading(self, report, tree, made, sentence)
            for token in tree.tokens:
                for mention in reading.at(token):
                    found.setdefault((mention.start, mention.end), mention)
            seen += [token.name for token in tree.tokens if token.name]
            sentence += len(tree.sents)
        spans = {(name.start, name.end) for name in seen}
        for name in names:  # what the trees lost, if anything
            if (name.start, name.end) not in spans:
                found.setdefault((name.start, name.end), _named(name, Clues(cls=name.cls)))
        ordered = sorted(found.values(), key=lambda m: (m.start, -m.end))
        return tuple([*_without_nested_people(ordered)])

    def sense(self, lemma: str, words: Sequence[str]) -> str:
        """Return what a head noun stands for, by its longest entry."""
        if lemma == "force" and self.words["several"].intersection(words):
            return "several"
        for phrase in (*(f"{word} {lemma}" for word in words[-1:]), lemma):
            for sense in _SENSES:
                if phrase in self.words[sense]:
                    return sense
        return ""


def _without_nested_people(ordered: Sequence[Mention]) -> Iterator[Mention]:
    """Leave out an adjective that a longer description already reads ("the French" in "the French troops")."""
    for mention in ordered:
        if mention.clues.form != "people" or not any(
            other is not mention
            and other.start <= mention.start
            and mention.end <= other.end
            and other.clues.form == "description"
            for other in ordered
        ):
            yield mention


def _named(name: Name, clues: Clues) -> Mention:
    kind = "place" if name.cls in ("place", "facility") else "actor"
    candidates = tuple(c.slug for c in name.match.candidates) if name.match else ()
    return Mention(name.start, name.end, name.text, kind, None, "", candidates, clues=clues)


class _Reading:
    """The mentions of one tree."""

    def __init__(
        self, rules: Mentions, report: Report, tree: Tree, entities: Entities, sentence: int
    ) -> None:
        self.rules, self.report, self.tree, self.entities, self.first = (
            rules,
            report,
            tree,
            entities,
            sentence,
        )
        self._sport: dict[int, bool] = {}

    def at(self, token: Token) -> Iterator[Mention]:
        """Yield the mentions whose head is a token."""
        if token.name is not None:
            yield self._name(token, token.name)
        elif token.text.lower() in self.rules.demonyms:
            yield from self._people(token)
        elif token.tag in _NOUNS:
            yield from self._description(token)

    # names

    def _name(self, token: Token, name: Name) -> Mention:
        noun = self._noun_beside(token) if name.cls == "place" else ""
        clues = Clues(
            "name",
            self.first + token.sent,
            name.cls,
            noun=noun,
            sense=self.rules.sense(noun, ()) if noun else "",
            acts=self._acts(token),
            speaks=self._speaks(token),
            same=self._abbreviated(token, name),
            against=self._against(token, name),
        )
        return _named(name, clues)

    def _abbreviated(self, token: Token, name: Name) -> tuple[int, int] | None:
        """Return the span of the name right before, where this one stands in parentheses behind it."""
        tokens, text = self.tree.tokens, self.report.text
        before = next((t for t in reversed(tokens[max(0, token.i - 4) : token.i]) if t.name), None)
        if before is None or before.name is None or name.cls == "place" or before.name.cls == "place":
            return None
        between = text[before.end : name.start].strip()
        follows = text[name.end : name.end + 1]
        if between in ("(", "(the") and follows in (")", ",", ";") or between.strip('“”"') == "(":
            return before.name.start, before.name.end
        return None

    def _against(self, token: Token, name: Name) -> str:
        if name.cls in ("place", "government") and self._in_sport(token) and not self._located(token):
            return "a team: the passage is about sport"
        if name.cls == "community" and token.dep in _MODIFIERS:
            return "an adjective: it says of what people others are"
        if name.match is None:
            return ""
        tokens = self.tree.tokens
        before = tokens[token.i - 1] if token.i else None
        if before is None or before.name or before.sent != token.sent or not self._capitalised(before):
            return ""
        strong = [c for c in name.match.candidates if c.strong]
        if strong and not (name.cls == "armed" and name.text[:2].lower() == "al"):
            return ""
        if before.i == self.tree.sents[token.sent][0] or before.end + 1 != token.start:
            return ""
        return f"part of a longer name: {before.text} {name.text}"

    def _located(self, token: Token) -> bool:
        """Return whether a name says where something is."""
        return token.dep == "pobj" and self.tree.tokens[token.head].lemma in self.rules.words["where"]

    def _capitalised(self, token: Token) -> bool:
        """Return whether a word looks like a part of a name: capitalised, no title, nationality or known noun."""
        low = token.text.lower()
        known = (
            low in self.rules.demonyms
            or token.text in self.rules.titles
            or token.lemma in self.rules.lexicon.nouns
        )
        calendar = {*self.rules.lexicon.time["months"], *self.rules.lexicon.time["weekdays"]}
        return token.text[:1].isupper() and token.tag in ("NNP", "NNPS") and not known and low not in calendar

    def _in_sport(self, token: Token) -> bool:
        if token.sent not in self._sport:
            words = self.tree.sentence(token.i)
            cues = {t.lemma for t in words} | {t.text.lower() for t in words}
            violent = any(self._class(t) in ("armed", "force", "weapon") for t in self.tree.tokens)
            self._sport[token.sent] = bool(cues & self.rules.lexicon.domains["sport"]) and not violent
        return self._sport[token.sent]

    def _class(self, token: Token) -> str:
        if token.name is not None:
            return token.name.cls
        hit = self.rules.lexicon.nouns.find(token.lemma) if token.tag in _NOUNS else None
        return hit[1].name if hit else ""

    def _noun_beside(self, token: Token) -> str:
        """Return the noun that says what kind of place a name is of: "Gao region", "the city of Gao"."""
        tokens = self.tree.tokens
        after = tokens[token.i + 1 : token.i + 4]
        if len(after) > 1 and after[0].text in ("and", ",", "or") and after[1].name:
            last = after[1].text.split()[-1].lower()
            if last.endswith("s") and self.rules.sense(last[:-1], ()) in ("region", "city"):
                return last[:-1]  # "Gao and Menaka regions", where the second is one name
            after = (
                after[2:] if len(after) > 2 and self._geography(after[2]) and after[2].tag == "NNS" else ()
            )
        if after and self._geography(after[0]):
            return after[0].lemma
        head = tokens[token.head]
        if token.dep == "pobj" and head.lemma == "of" and self._geography(tokens[head.head]):
            return tokens[head.head].lemma
        return head.lemma if token.dep == "appos" and self._geography(head) else ""

    def _geography(self, token: Token) -> bool:
        hit = self.rules.lexicon.nouns.find(token.lemma)
        return token.name is None and hit is not None and hit[1].name == "geography"

    def _acts(self, token: Token) -> bool:
        """Return whether a name stands where an actor stands and a place does not."""
        head = self.tree.tokens[token.head]
        says = self.rules.lexicon.says
        speaking = says("say", "verbs") | says("suspect", "verbs") | says("deny", "verbs")
        if token.dep in _SUBJECTS:
            return head.lemma in speaking - {
                "find",
                "hold",
                "show",
                "see",
                "know",
                "count",
            } or self._conjoined_actor(token)
        if token.dep in ("dobj", "obj"):
            return head.lemma in self.rules.metonymy["objects"]
        if token.dep == "pobj":
            above = self.tree.tokens[head.head]
            governed = (
                head.lemma in self.rules.metonymy["prepositions"]
                and above.lemma in self.rules.metonymy["governors"]
            )
            return head.dep == "agent" or governed
        return token.dep == "conj" and self._acts(head)

    def _speaks(self, token: Token) -> bool:
        """Return whether a name is that of the speaker, or of those for whom somebody speaks."""
        head = self.tree.tokens[token.head]
        if token.dep in ("compound", "nmod", "poss"):
            return self._class(head) in ("official", "source")
        says = self.rules.lexicon.says("say", "verbs")
        if token.dep in ("dobj", "dative"):
            return head.lemma in self.rules.words["told"]
        if token.dep == "pobj":
            return (
                head.lemma in ("by", "to")
                and self.tree.tokens[head.head].lemma in self.rules.words["told"] | says
            )
        return token.dep in _SUBJECTS and head.lemma in says

    def _conjoined_actor(self, token: Token) -> bool:
        return any(
            k.name and k.name.cls in ("armed", "force", "government") for k in self.tree.kids(token.i, "conj")
        )

    # nationalities as forces

    def _people(self, token: Token) -> Iterator[Mention]:
        """Yield a nationality that stands for a force: "the French", "Malian and UN troops"."""
        shared = self._shared_head(token)
        if shared is not None:
            words, sense = (shared.text.lower(),), self.rules.sense(shared.lemma, ())
            yield self._adjective(
                token,
                Clues(
                    "description", self.first + token.sent, "force", shared.lemma, sense=sense, words=words
                ),
            )
            return
        nominal = token.dep in ("nsubj", "nsubjpass", "pobj", "dobj", "conj", "agent", "poss")
        article = any(k.lemma == "the" for k in self.tree.kids(token.i, "det"))
        if (
            nominal
            and (token.tag in ("NNPS", "NNS") or article)
            and not self.tree.kids(token.i, "compound")
            and not self._in_sport(token)
        ):
            clues = Clues(
                "people",
                self.first + token.sent,
                "force",
                token.text.lower(),
                sense="army",
                determiner="the" if article else "",
            )
            yield self._adjective(token, clues)

    def _adjective(self, token: Token, clues: Clues) -> Mention:
        countries = self.rules.demonyms[token.text.lower()]
        return Mention(token.start, token.end, token.text, "actor", clues=replace(clues, countries=countries))

    def _shared_head(self, token: Token) -> Token | None:
        """Return the force noun that a nationality shares with what is coordinated with it."""
        if token.dep not in _MODIFIERS or not any(
            k.name or k.text.lower() in self.rules.demonyms for k in self.tree.kids(token.i, "conj")
        ):
            return None
        head = self.tree.tokens[token.head]
        return head if self._class(head) == "force" else None

    # descriptions

    def _description(self, token: Token) -> Iterator[Mention]:
        entity = self.entities.at(token.i)
        if entity.head != token.i or entity.name is not None or entity.cls not in _DESCRIBED:
            return
        if entity.cls == "government" and entity.people:  # a minister is a person
            return
        words = [
            t.text.lower()
            for t in self.entities.modifiers(token.i)
            if not t.name and t.pos not in ("DET", "PUNCT", "PART")
        ]
        sense = self.rules.sense(token.lemma, words)
        if token.dep in _MODIFIERS and not self._speaks_for(token, sense):
            return
        start, end, begun = self._span(token, entity.cls)
        inside = tuple(self._inside(token, begun))
        clues = Clues(
            "description",
            self.first + token.sent,
            entity.cls,
            token.lemma,
            sense=sense,
            whole=self._whole(token.lemma, words),
            words=tuple(words),
            inside=inside,
            countries=self._countries(token, begun),
            determiner=self._determiner(token),
            people=entity.people,
            same=self._apposition(token),
            against=self._vague(token, entity, words),
        )
        yield Mention(start, end, self.report.text[start:end], "actor", clues=clues)

    def _whole(self, lemma: str, words: Sequence[str]) -> bool:
        """Return whether a noun stands for all of a country's service: "the army", "the national forces"."""
        whole = self.rules.words["whole"]
        named = lemma in whole or any(f"{word} {lemma}" in whole for word in words)
        return named or bool(self.rules.words["own"].intersection(words))

    def _speaks_for(self, token: Token, sense: str) -> bool:
        """Return whether a noun before another names who speaks or acts: "an army spokesman", "army statement"."""
        head = self.tree.tokens[token.head]
        whole = token.lemma in self.rules.words["whole"] and sense != ""
        return (
            whole and self._class(head) in ("official", "source") and not self.tree.kids(token.i, *_MODIFIERS)
        )

    def _span(self, token: Token, cls: str) -> tuple[int, int, int]:
        """Return start and end of a description, and its first token before the head."""
        before = {t.i for t in self.entities.modifiers(token.i)}
        first = token.i
        while first - 1 in before:
            first -= 1
        tokens = self.tree.tokens
        cut = self._last_shared(token, first)
        first = cut if cut is not None else first
        while first < token.i and not tokens[first].text[0].isalnum():
            first += 1
        last = token.i
        if cls == "armed":
            last = self._last(token)
        return tokens[first].start, tokens[last].end, first

    def _last(self, token: Token) -> int:
        """Return the last token of what belongs to a description: phrases with a name, "in the country"."""
        last = token.i
        for below in self._attached(token):
            if below[0] == last + 1 and len(below) <= _LONGEST:
                named = any(self.tree.tokens[i].name for i in below)
                if named or (self.tree.tokens[below[0]].lemma == "in" and len(below) <= _SHORT):
                    last = below[-1]
        return last

    def _attached(self, token: Token) -> Iterator[list[int]]:
        """Yield the phrases behind a head noun that say of whom, where or under whom it is."""
        for kid in self.tree.kids(token.i, "prep", "acl", "relcl"):
            if kid.i > token.i and (kid.dep == "prep" or kid.lemma in self.rules.words["led"]):
                yield self.tree.subtree(kid.i)

    def _last_shared(self, token: Token, first: int) -> int | None:
        """Return where the last of several coordinated nationalities begins ("Malian and UN troops")."""
        for modifier in self.tree.kids(token.i, *_MODIFIERS):
            chain = [self.tree.tokens[i] for i in self.tree.conjuncts(modifier.i)]
            if (
                modifier.i >= first
                and len(chain) > 1
                and all(t.name or t.text.lower() in self.rules.demonyms for t in chain)
            ):
                return chain[-1].i
        return None

    def _inside(self, token: Token, first: int) -> Iterator[tuple[str, int, int]]:
        tokens = self.tree.tokens
        for modifier in tokens[first : token.i]:
            if modifier.name:
                yield "before", modifier.start, modifier.end
        for below in self._attached(token):
            how = tokens[below[0]].lemma if tokens[below[0]].dep == "prep" else "by"
            for i in below:
                name = tokens[i].name
                if name:
                    yield how, name.start, name.end

    def _countries(self, token: Token, first: int) -> tuple[str, ...]:
        tokens = self.tree.tokens[first : token.i]
        words = [t.text.lower() for t in tokens if not t.name]
        pairs = [f"{a} {b}" for a, b in pairwise(words)]
        return next((self.rules.demonyms[w] for w in (*pairs, *words) if w in self.rules.demonyms), ())

    def _determiner(self, token: Token) -> str:
        kids = [k for k in self.tree.kids(token.i) if k.i < token.i]
        if any(k.dep == "poss" for k in kids):
            return "'s"
        return next((k.lemma for k in kids if k.dep in ("det", "neg", "nummod")), "")

    def _apposition(self, token: Token) -> tuple[int, int] | None:
        """Return the span of the name that a description stands in apposition to, on either side."""
        head = self.tree.tokens[token.head]
        if token.dep == "appos" and head.name:
            return head.start, head.end
        named = [k for k in self.tree.kids(token.i, "appos") if k.name and k.start - token.end <= 2]
        return (named[0].start, named[0].end) if named else None

    def _vague(self, token: Token, entity: Entity, words: Sequence[str]) -> str:
        """Return why a description can't be a particular actor: others, several, none."""
        determiner = self._determiner(token)
        if determiner in ("no", "another", "any", "every", "each"):
            return f"{determiner} {token.text}"
        odd = [w for w in words if w in self.rules.words["other"] and w != "local"]
        counted = any(k.dep == "nummod" for k in self.tree.kids(token.i))
        if odd or counted:
            return "others, or a number of them"
        if token.tag == "NNS" and not entity.people and entity.cls == "armed":
            return "several groups"
        return ""
