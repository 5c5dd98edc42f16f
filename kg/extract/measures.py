"""Tolls: how many were killed, wounded or missing, with the bounds that the words around a number set."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extract.entities import Entities
from kg.extract.lexicon import Lexicon
from kg.extract.syntax import Token, Tree
from kg.model import Count

WINDOW = 9  # tokens looked at on either side where the parse gives no answer
STATES = ("killed", "wounded", "missing")
UNCOUNTED = frozenset({"facility", "geography", "place", "weapon", "source", "government", "time"})
PEOPLE = frozenset({"civilian", "force", "armed", "official", "community", "person"})


@dataclass(frozen=True, slots=True)
class Toll:
    """A counted number: its token, what happened to those counted, and the noun counted (or None)."""

    i: int
    state: str
    count: Count
    noun: int | None


class Measures:
    """Finds tolls in one tree."""

    def __init__(self, tree: Tree, entities: Entities, lexicon: Lexicon) -> None:
        self.tree, self.entities = tree, entities
        numbers = lexicon.numbers
        self._values: dict[str, int] = numbers["values"]
        self._bounds = {k: tuple(v) for k, v in numbers["bounds"].items()}
        self._state = {word: state for state in STATES for word in numbers["state"][state]}
        self._say = lexicon.says("say", "verbs")
        self._ignored = frozenset(numbers["ignore"]["nouns"])

    def tolls(self) -> list[Toll]:
        """Return the tolls of the tree in text order."""
        found = []
        for token in self.tree.tokens:
            value = self.value(token)
            if value is None:
                continue
            noun = self._noun(token)
            if noun is not None and (
                self.tree.tokens[noun].lemma in self._ignored or self.entities.at(noun).cls in UNCOUNTED
            ):
                continue
            if noun is not None and self._speaks(noun):
                continue
            if self._superseded(token) or self._partial(token):
                continue
            state = self._of_noun(noun) or self._by_tree(token, noun) or self._by_window(token)
            if not state:
                continue
            toll = Toll(token.i, state, self._count(token, value), noun)
            if found and self._added(found[-1], toll):
                found[-1] = replace(found[-1], count=_sum(found[-1].count, toll.count), noun=noun)
            else:
                found.append(toll)
        return found

    def _added(self, before: Toll, toll: Toll) -> bool:
        """Whether two counts are of coordinated victims of one verb: "50 mercenaries and 10 soldiers"."""
        if before.noun is None or toll.noun is None or before.state != toll.state or before.noun == toll.noun:
            return False
        return self.tree.tokens[toll.noun].dep == "conj" and toll.noun in self.tree.conjuncts(before.noun)

    def value(self, token: Token) -> int | None:
        """Return the number a token stands for, None where it is no count (years, dates, "one of")."""
        text = token.text.lower().replace(",", "")
        if token.ent in ("DATE", "TIME", "PERCENT", "MONEY", "ORDINAL"):
            return None
        if re.fullmatch(r"\d{1,6}", text):
            return int(text)
        if text in ("a", "an", "another"):
            return 1 if token.dep == "det" and self._counts(token) else None
        if (
            text == "one"
            and any(k.lemma == "of" for k in self.tree.kids(token.i, "prep"))
            and token.dep in ("attr",)
        ):
            return None
        if text in self._values and (text not in ("couple", "pair", "several", "both", "single")):
            value = self._values[text]
            if text == "dozen":
                before = self._words(token.i - 1, 1)
                return value * (_spelled(before) or 1)
            return value
        if token.tag != "CD" and token.dep != "nummod":
            return None
        if self._joined(token.i + 1) and self.tree.tokens[token.i + 2].tag == "CD":
            return None  # counted at the second half of "forty-nine"
        if self._joined(token.i - 1) and (
            whole := _spelled(self.tree.tokens[token.i - 2].text.lower() + " " + text)
        ):
            return whole
        after = self.tree.tokens[token.i + 1].text.lower() if token.i + 1 < len(self.tree.tokens) else ""
        if after == "dozen":
            return None  # counted at "dozen"
        return _spelled(text)

    def _joined(self, i: int) -> bool:
        return 0 < i < len(self.tree.tokens) - 1 and self.tree.tokens[i].text == "-"

    def _partial(self, token: Token) -> bool:
        """Whether a count is part of another: "eight of them", "two of whom"."""
        parts = [
            p.lemma
            for k in self.tree.kids(token.i, "prep")
            if k.lemma == "of"
            for p in self.tree.kids(k.i, "pobj")
        ]
        earlier = any(t.tag == "CD" for t in self.tree.sentence(token.i) if t.i < token.i)
        return earlier and any(p in ("they", "them", "whom", "who") for p in parts)

    def _counts(self, token: Token) -> bool:
        """Whether an article counts a person: only as the object of a verb of killing ("killed a soldier")."""
        noun = self.tree.tokens[token.head]
        verb = self.tree.tokens[noun.head]
        if self.tree.kids(noun.i, "nummod") or noun.tag not in ("NN",):
            return False
        return self._state.get(verb.lemma) in ("killed", "wounded") and noun.dep in ("dobj", "nsubjpass")

    def _noun(self, token: Token) -> int | None:
        head = self.tree.tokens[token.head]
        if head.lemma == "more" and token.dep == "nummod":
            return head.i
        if token.dep in ("nummod", "det", "amod", "quantmod", "compound", "nmod", "advmod") and head.pos in (
            "NOUN",
            "PROPN",
        ):
            return head.i
        for prep in self.tree.kids(token.i, "prep"):
            if prep.lemma in ("of",):
                return next((p.i for p in self.tree.kids(prep.i, "pobj")), None)
        return None

    def _superseded(self, token: Token) -> bool:
        """Whether a count was revised: the first of "from six to ten", the second of "three instead of two"."""
        around = self.tree.tokens
        before = around[token.i - 1].lemma if token.i else ""
        after = around[token.i + 1].lemma if token.i + 1 < len(around) else ""
        return (before == "from" and after == "to") or (
            before in ("of", "not")
            and token.i > 1
            and around[token.i - 2].lemma in ("instead", "rather", "and", ",")
        )

    def _speaks(self, noun: int) -> bool:
        """Whether those counted are who says so ("two officials said", "informed by two services")."""
        token = self.tree.tokens[noun]
        verb = self.tree.tokens[token.head]
        if token.dep == "pobj":
            verb = self.tree.tokens[verb.head]
        return verb.lemma in self._say and token.dep in ("nsubj", "pobj")

    def _of_noun(self, noun: int | None) -> str:
        """Return the state that the counted noun names ("three lives") or that losing it means."""
        if noun is None:
            return ""
        token = self.tree.tokens[noun]
        if state := self._state.get(token.lemma if token.pos == "NOUN" else "", ""):
            return state
        verb = self.tree.tokens[token.head]
        return (
            "killed"
            if verb.lemma == "lose" and token.dep == "dobj" and self.entities.at(noun).cls in PEOPLE
            else ""
        )

    def _by_tree(self, token: Token, noun: int | None) -> str:
        """Return the state that the parse gives: the verb the count is an argument of, or an adjective on it."""
        tree = self.tree
        for i in [x for x in (noun, token.i) if x is not None]:
            for kid in tree.kids(i, "amod", "acl", "relcl", "appos", "oprd", "advmod"):
                if kid.i > i or kid.dep == "amod":
                    if state := self._state.get(kid.lemma, self._state.get(kid.text.lower(), "")):
                        return state
            head = tree.tokens[tree.tokens[i].head]
            dep = tree.tokens[i].dep
            while (
                dep in ("conj", "appos", "pobj", "prep")
                and head.i != tree.tokens[head.i].head
                and head.pos not in ("VERB",)
            ):
                if self._state.get(head.lemma) == "killed" and head.pos == "NOUN":
                    return "killed"
                dep, head = head.dep, tree.tokens[head.head]
            if dep in (
                "nsubj",
                "nsubjpass",
                "dobj",
                "conj",
                "attr",
                "oprd",
                "dep",
                "ccomp",
                "obj",
                "nummod",
                "npadvmod",
            ):
                state = self._state.get(head.lemma) or self._state.get(head.text.lower(), "")
                if state and head.i != i:
                    return state
                for kid in tree.kids(head.i, "oprd", "acomp", "ccomp", "xcomp", "dobj", "attr"):
                    if abs(kid.i - token.i) <= 4 and (
                        state := self._state.get(kid.lemma, self._state.get(kid.text.lower(), ""))
                    ):
                        return state
        return ""

    def _by_window(self, token: Token) -> str:
        """Return the state of the nearest word after, else before, the number within its clause."""
        first, last = self.tree.sents[token.sent]
        for i in range(token.i + 1, min(last, token.i + WINDOW)):
            other = self.tree.tokens[i]
            if (
                other.text in (",", ";", ".", ":", "—", "–")
                or other.lemma in ("and", "but", "while")
                or (self.value(other) is not None
                and other.tag == "CD")
            ):
                break
            if state := self._state.get(other.lemma, self._state.get(other.text.lower(), "")):
                return state
        for i in range(token.i - 1, max(first - 1, token.i - WINDOW), -1):
            other = self.tree.tokens[i]
            if other.text in (";", ".", ":") or other.tag == "CD":
                break
            if other.lemma in ("toll", "casualty"):
                return "killed"
            state = self._state.get(other.lemma, "")
            told = self.tree.tokens[i + 1].lemma in ("at", "to", ":", "be", "number", "of", "reach")
            if state and (
                other.pos == "VERB" or (told and other.lemma in ("dead", "fatality", "death", "life"))
            ):
                return state
        return ""

    def _words(self, last: int, count: int) -> str:
        return " ".join(t.text.lower() for t in self.tree.tokens[max(0, last - count + 1) : last + 1])

    def _count(self, token: Token, value: int) -> Count:
        start = token.i - 1
        if start >= 0 and token.lemma == "dozen":
            start -= 1 if _spelled(self._words(start, 1)) else 0
        before = " " + self._words(start, 5) + " "
        after = " " + " ".join(t.text.lower() for t in self.tree.tokens[token.i + 1 : token.i + 5]) + " "
        if any(f" {w} " in after for w in self._bounds["after_low"]):
            return Count(value, None)
        for bound in ("at_least", "more_than", "at_most"):
            if any(before.endswith((f" {w} ", f" {w} a ")) for w in self._bounds[bound]):
                return Count(0, value) if bound == "at_most" else Count(value, None)
        text = token.text.lower()
        return Count(value, None if text in ("dozens", "scores", "hundreds", "thousands") else value)


def _sum(one: Count, other: Count) -> Count:
    high = None if one.high is None or other.high is None else one.high + other.high
    return Count(one.low + other.low, high)


def _spelled(words: str) -> int | None:
    """Return the value of an English number in words, None where there is none."""
    words = words.strip().replace("-", " ")
    if not words:
        return None
    if words.isdigit():
        return int(words)
    from text_to_num import text2num

    try:
        return int(text2num(words, "en"))
    except ValueError:
        return None
