"""Descriptions: the noun phrases that stand for an armed actor, a force, a government or a community."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.entities import Entities
from kg.extract.syntax import Token, Tree
from kg.extract.wording import MODIFIERS, NOUN_TAGS, SUBJECTS, Wording
from kg.model import Clues, Mention

_DESCRIBED = frozenset({"armed", "force", "government", "community"})
_NOMINAL = frozenset({*SUBJECTS, "pobj", "dobj", "conj", "agent", "poss"})
_NONE = frozenset({"no", "another", "any", "every", "each"})
_HYPHENS = frozenset("-‐‑–")  # "al-Qaeda-linked", "pro-Iran": of others than the one named
_LONGEST, _SHORT = 12, 3  # tokens of a phrase that belongs to a description, with and without a name


class Descriptions:
    """The descriptions of one tree; `first` is the ordinal of its first sentence in the report."""

    def __init__(self, wording: Wording, text: str, tree: Tree, entities: Entities, first: int) -> None:
        self.wording, self.text, self.tree, self.entities, self.first = wording, text, tree, entities, first

    def at(self, token: Token) -> Iterator[Mention]:
        """Yield the description whose head is a token, if it is one."""
        if token.name is not None:
            return
        if self.wording.nationality(token):
            yield from self._people(token)
        elif token.tag in NOUN_TAGS:
            yield from self._description(token)

    def _mention(self, first: int, last: int, clues: Clues) -> Mention:
        start, end = self.tree.tokens[first].start, self.tree.tokens[last].end
        return Mention(start, end, self.text[start:end], "actor", clues=clues)

    # nationalities as forces

    def _people(self, token: Token) -> Iterator[Mention]:
        """Yield a nationality that stands for a force: "the French", "Malian and UN troops"."""
        sentence, countries = self.first + token.sent, self.wording.demonyms[token.form]
        shared = self._shared_head(token)
        if shared is not None:
            noun = shared.form.split()[-1]
            sense = self.wording.sense(shared.lemma) or self.wording.sense(noun.removesuffix("s"))
            words = (noun,)
            clues = Clues(
                "description", sentence, "force", shared.lemma, sense, words=words, countries=countries
            )
            yield self._mention(token.i, token.i, clues)
            return
        article = any(k.lemma == "the" for k in self.tree.kids(token.i, "det"))
        alone = not self.tree.kids(token.i, "compound") and token.dep in _NOMINAL
        if alone and (article or token.tag in ("NNPS", "NNS")):
            determiner = "the" if article else ""
            noun = token.form
            clues = Clues(
                "people", sentence, "force", noun, "army", countries=countries, determiner=determiner
            )
            yield self._mention(token.i, token.i, clues)

    def _shared_head(self, token: Token) -> Token | None:
        """Return the force noun that a nationality shares with what is coordinated with it."""
        tokens = self.tree.tokens
        after = tokens[token.i + 1 : token.i + 3]
        if (
            len(after) == 2
            and after[0].lemma in ("and", ",")
            and after[1].name
            and after[1].name.cls == "force"
        ):
            return after[1]  # "Afghan and US forces", where the second is a name of the registry
        others = [k for k in self.tree.kids(token.i, "conj") if k.name or self.wording.nationality(k)]
        head = tokens[token.head]
        return head if others and token.dep in MODIFIERS and self.wording.class_of(head) == "force" else None

    # noun phrases

    def _description(self, token: Token) -> Iterator[Mention]:
        cls, people = self._class(token)
        if cls not in _DESCRIBED or (cls == "government" and people):  # a minister is a person
            return
        modifiers = self.entities.modifiers(token.i)
        words = [t.form for t in modifiers if not t.name and t.pos not in ("DET", "PUNCT", "PART")]
        sense = self.wording.sense(token.lemma, words)
        if token.dep in MODIFIERS and not self._speaks_for(token, sense):
            return
        first, last = self._first(token), self._last(token) if cls == "armed" else token.i
        inside, countries = tuple(self._inside(token, first)), self._countries(token, first)
        if not sense and cls in ("force", "government") and not inside and not countries:
            return  # "in command", "secretary of state"
        clues = Clues(
            "description",
            self.first + token.sent,
            cls,
            self.wording.synonyms.get(token.lemma, token.lemma),
            sense,
            whole=self.wording.whole(token.lemma, words),
            words=tuple(self.wording.synonyms.get(word, word) for word in words),
            inside=inside,
            countries=countries,
            determiner=self._determiner(token),
            people=people,
            same=self._apposition(token),
            apart=tuple(self._apart(token)),
            against=self._vague(token, words, several=not people and self._several(token, cls)),
        )
        yield self._mention(first, last, clues)

    def _class(self, token: Token) -> tuple[str, bool]:
        """Return the class of a noun phrase and whether it names persons; of an apposition, its own."""
        entity = self.entities.at(token.i)
        if entity.head == token.i:
            return ("", False) if entity.name is not None else (entity.cls, entity.people)
        if token.dep == "appos":
            words = [t.lemma for t in self.entities.modifiers(token.i)]
            hit = self.wording.lexicon.nouns.find(token.lemma, words)
            return (hit[1].name, hit[1].people) if hit else ("", False)
        return "", False

    def _speaks_for(self, token: Token, sense: str) -> bool:
        """Return whether a noun before another names who speaks: "an army spokesman", "an army statement"."""
        head = self.tree.tokens[token.head]
        alone = token.lemma in self.wording.words["whole"] and not self.tree.kids(token.i, *MODIFIERS)
        return sense != "" and alone and self.wording.class_of(head) in ("official", "source")

    def _first(self, token: Token) -> int:
        """Return the first token of a description: its article or possessor, not a number."""
        tokens, before = self.tree.tokens, {t.i for t in self.entities.modifiers(token.i)}
        first = token.i
        while first - 1 in before:
            first -= 1
        shared = self._last_shared(token, first)
        if shared is not None:
            return shared
        label = next(
            (t.i for t in tokens[first : token.i] if t.start >= self.entities.at(token.i).start), token.i
        )
        if label < token.i and any(t.tag == "CD" for t in tokens[first:label]):
            first = label
        while first < token.i and (tokens[first].tag in ("PRP", "IN") or not tokens[first].text[0].isalnum()):
            first += 1  # "eight of them French soldiers"
        return first

    def _last(self, token: Token) -> int:
        """Return the last token of what belongs to a description: phrases with a name, "in the country"."""
        last = token.i
        for below in self._attached(token):
            if below[0] == last + 1 and len(below) <= _LONGEST:
                named = any(self.tree.tokens[i].name for i in below)
                if named or (self.tree.tokens[below[0]].lemma == "in" and len(below) <= _SHORT):
                    last = below[-1]
        return last - 1 if last > token.i and self.tree.tokens[last].text in ",;:" else last

    def _attached(self, token: Token) -> Iterator[list[int]]:
        """Yield the phrases behind a head noun that say of whom, where or under whom it is."""
        for kid in self.tree.kids(token.i, "prep", "acl", "relcl"):
            words = self.wording.words["attached" if kid.dep == "prep" else "led"]
            if kid.i > token.i and kid.lemma in words:
                yield self._phrase(kid)

    def _phrase(self, top: Token) -> list[int]:
        """Return the tokens of a phrase in order, without the clauses inside it."""
        found, stack = [], [top.i]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(k.i for k in self.tree.kids(node) if k.dep not in ("relcl", "acl", "advcl"))
        return sorted(found)

    def _last_shared(self, token: Token, first: int) -> int | None:
        """Return where the last of several coordinated nationalities begins ("Malian and UN troops")."""
        for modifier in self.tree.kids(token.i, *MODIFIERS):
            chain = [self.tree.tokens[i] for i in self.tree.conjuncts(modifier.i)]
            if (
                modifier.i >= first
                and len(chain) > 1
                and all(t.name or self.wording.nationality(t) for t in chain)
            ):
                return chain[-1].i
        return None

    def _inside(self, token: Token, first: int) -> Iterator[tuple[str, int, int]]:
        """Yield the names inside a description with how they are attached: "before", "by", a preposition."""
        tokens = self.tree.tokens
        for modifier in tokens[first : token.i]:
            if modifier.name:
                linked = _HYPHENS.intersection(
                    (self.text[modifier.end : modifier.end + 1], self.text[modifier.start - 1])
                )
                yield "linked" if linked else "before", modifier.start, modifier.end
        after = tokens[token.i + 1 : token.i + 3]
        if len(after) == 2 and after[0].lemma == "from" and after[0].head != token.i and after[1].name:
            yield "from", after[1].start, after[1].end  # "ambushed soldiers from Niger", read with the verb
        for below in self._attached(token):
            top = next(tokens[i] for i in below if tokens[i].head not in below)
            for i in below:
                name = tokens[i].name
                if name:
                    yield top.lemma if top.dep == "prep" else "by", name.start, name.end

    def _countries(self, token: Token, first: int) -> tuple[str, ...]:
        words = [t.form for t in self.tree.tokens[first : token.i] if not t.name]
        demonyms, found, i = self.wording.demonyms, [], 0
        while i < len(words):  # "South Sudanese" is not Sudanese
            pair = " ".join(words[i : i + 2])
            longer = pair in demonyms and i + 1 < len(words)
            found.append(demonyms.get(pair if longer else words[i], ()))
            i += 2 if longer else 1
        return tuple(dict.fromkeys(country for countries in found for country in countries))

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

    def _apart(self, token: Token) -> Iterator[tuple[int, int]]:
        """Yield the names that a description can't stand for, since they are other arguments of its verb."""
        verb = self.tree.tokens[token.head]
        if verb.dep in ("prep", "agent"):
            verb = self.tree.tokens[verb.head]
        if verb.pos not in ("VERB", "AUX"):
            return
        for kid in self.tree.kids(verb.i, *SUBJECTS, "dobj", "agent"):
            for i in self.tree.subtree(kid.i) if kid.i != token.i else ():
                name = self.tree.tokens[i].name
                if name:
                    yield name.start, name.end

    def _several(self, token: Token, cls: str) -> bool:
        """Return whether a plural means several bodies; "the authorities" are one."""
        government = cls == "government" and token.lemma not in self.wording.words["plural"]
        return token.tag == "NNS" and (cls == "armed" or government)

    def _vague(self, token: Token, words: Sequence[str], *, several: bool) -> str:
        """Return why a description can't be a particular actor: others, several, none."""
        determiner = self._determiner(token)
        if determiner in _NONE:
            return f"{determiner} {token.text}"
        odd = self.wording.words["other"].intersection(words)
        if odd or any(k.dep == "nummod" for k in self.tree.kids(token.i)):
            return "others, or a number of them"
        return "several groups" if several else ""
