"""Tolls: how many were killed, wounded or missing, with the bounds that the words around a number set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.lexicon import Lexicon
from kg.extract.passage import Passage
from kg.extract.syntax import Token
from kg.extract.times import Moment
from kg.model import Count

WINDOW = 9  # tokens looked at on either side where the parse gives no answer
STATES = ("killed", "wounded", "missing")
UNCOUNTED = frozenset({"facility", "geography", "place", "weapon", "source", "government", "time"})
PEOPLE = frozenset({"civilian", "force", "armed", "official", "community", "person"})
_YEARS = range(1500, 2101)  # four digits that count nobody are a year
_LONGEST_NUMBER = 6  # digits of what can be a toll
_NEAR = 4  # tokens between a count and the complement that tells what happened ("left 12 people dead")
_ARTICLES = frozenset({"a", "an", "another"})
_QUANTIFYING = frozenset({"nummod", "det", "amod", "quantmod", "compound", "nmod", "advmod"})
_THEM = frozenset({"they", "them", "whom", "who"})
_CORRECTING = frozenset({"instead", "rather", "and", ","})  # before "of", "not": what follows is revised
_DESCRIBING = ("amod", "acl", "relcl", "appos", "oprd", "advmod")
_COMPLEMENTS = ("oprd", "acomp", "ccomp", "xcomp", "dobj", "attr")
_ARGUMENT = frozenset(
    {"nsubj", "nsubjpass", "dobj", "conj", "attr", "oprd", "dep", "ccomp", "obj", "nummod", "npadvmod"}
)
_CLAUSE_ENDS = frozenset({";", ".", ":"})
_BREAKS = _CLAUSE_ENDS | {",", "—", "–"}
_CONJUNCTIONS = frozenset({"and", "but", "while"})


@dataclass(frozen=True, slots=True)
class Toll:
    """A counted number: its token, what happened to those counted, and the noun counted (or None)."""

    i: int
    state: str
    count: Count
    noun: int | None


@dataclass(frozen=True, slots=True)
class _NumberWords:
    """numbers.toml, indexed; `state` tells what happened to those a word counts."""

    values: Mapping[str, int]
    units: frozenset[str]
    bounds: Mapping[str, tuple[str, ...]]
    state: Mapping[str, str]
    toll: Mapping[str, frozenset[str]]
    ignored: frozenset[str]


@cache
def _number_words(lexicon: Lexicon) -> _NumberWords:
    numbers = lexicon.numbers
    return _NumberWords(
        values=numbers["values"],
        units=frozenset(numbers["units"]) - _ARTICLES - {"one"},
        bounds={k: tuple(v) for k, v in numbers["bounds"].items()},
        state={word: state for state in STATES for word in numbers["state"][state]},
        toll={key: frozenset(words) for key, words in numbers["toll"].items()},
        ignored=frozenset(numbers["ignore"]["nouns"]),
    )


class Measures:
    """Finds the tolls of one passage."""

    def __init__(self, passage: Passage, moments: Sequence[Moment] = ()) -> None:
        self._dated = {t.i for m in moments for t in passage.tree.between(m.start, m.end)}
        self.passage, self.tree, self.entities = passage, passage.tree, passage.entities
        self._say = passage.lexicon.says("say", "verbs")
        words = _number_words(passage.lexicon)
        self._values, self._units, self._bounds = words.values, words.units, words.bounds
        self._state, self._words, self._ignored = words.state, words.toll, words.ignored

    def tolls(self) -> list[Toll]:
        """Return the tolls of the passage in text order, those of coordinated victims added up."""
        found: list[Toll] = []
        for token in self.tree.read:
            toll = None if token.i in self._dated or self._closes_range(token) else self._toll(token)
            if toll is None:
                continue
            if found and self._added(found[-1], toll):
                total = _sum(found[-1].count, toll.count)
                found[-1] = replace(found[-1], count=total, noun=toll.noun)
            else:
                found.append(toll)
        return found

    def _toll(self, token: Token) -> Toll | None:
        """Return the toll that a number is, None where it counts something else."""
        value = self.value(token)
        if value is None or (token.dep == "nummod" and token.head < token.i):  # "line 15" counts nothing
            return None
        noun = self._noun(token)
        if noun is not None and (self._is_thing(noun) or self._speaks(noun)):
            return None
        if noun is None and token.text.isdecimal() and value in _YEARS:
            return None
        if self._superseded(token) or self._partial(token):
            return None
        state = self._of_noun(noun) or self._by_tree(token, noun)
        state = state or (
            "" if self._acts(token if noun is None else self.tree.tokens[noun]) else self._by_window(token)
        )
        return Toll(token.i, state, self._count(token, value), noun) if state else None

    def _acts(self, token: Token) -> bool:
        """Whether a word is the subject of an active verb with an object: who kills is not killed."""
        objects = self.tree.kids(token.head, "dobj", "prt") if token.dep == "nsubj" else []
        return bool(objects) and all(
            self._state_of(k) != "killed" for k in objects
        )  # but "laid down their lives"

    def _is_thing(self, noun: int) -> bool:
        """Whether a counted noun is no person."""
        ignored = self.tree.tokens[noun].lemma in self._ignored
        return ignored or self.entities.at(noun).cls in UNCOUNTED

    def _added(self, before: Toll, toll: Toll) -> bool:
        """Whether two counts are of coordinated victims of one verb: "50 mercenaries and 10 soldiers"."""
        if before.noun is None or toll.noun is None or before.state != toll.state or before.noun == toll.noun:
            return False
        return self.tree.tokens[toll.noun].dep == "conj" and toll.noun in self.tree.conjuncts(before.noun)

    # numbers

    def value(self, token: Token) -> int | None:
        """Return the number a token stands for, None where it is no count (years, dates, "one of")."""
        text = token.form.replace(",", "")
        if self._is_one_of(token, text) or (text == "one" and self._text(token.i - 1, 1) == "no"):
            return None
        if text.isdecimal():
            return int(text) if len(text) <= _LONGEST_NUMBER else None
        if text in _ARTICLES:
            return 1 if token.dep == "det" and self._counts(token) else None
        if text in self._values and text not in self._words["vague"]:
            times = _spelled(self._text(token.i - 1, 1)) if text in self._words["multipliers"] else None
            halved = text in self._words["multipliers"] and "half" in self._text(token.i - 1, 2).split()
            return self._values[text] // 2 if halved else self._values[text] * (times or 1)
        some = token.dep in ("nsubj", "nsubjpass", "dobj") and token.tag in (
            "NN",
            "NNS",
        )  # "eleven of them fell"
        counting = token.tag == "CD" or token.dep == "nummod" or (some and text in self._units)
        return self._in_words(token, text) if counting else None

    def _range_end(self, token: Token) -> int | None:
        """Return the upper end of "between 10 and 15" and "10 to 15" at its lower one, None elsewhere."""
        tokens, i = self.tree.tokens, token.i
        if i + 2 >= len(tokens) or tokens[i + 2].tag != "CD":
            return None
        between = i > 0 and tokens[i - 1].lemma == "between" and tokens[i + 1].lemma == "and"
        spanned = tokens[i + 1].text in ("to", "-", "–") and (i == 0 or tokens[i - 1].lemma != "from")
        low, high = self.value(token), self.value(tokens[i + 2])
        rising = low is not None and high is not None and low < high
        return high if (between or spanned) and rising else None

    def _closes_range(self, token: Token) -> bool:
        return (
            token.i > 1 and token.tag == "CD" and self._range_end(self.tree.tokens[token.i - 2]) is not None
        )

    def _is_one_of(self, token: Token, text: str) -> bool:
        """Whether "one" picks, not counts: "X was one of the …"."""
        if text != "one" or token.dep != "attr":
            return False
        return any(k.lemma == "of" for k in self.tree.kids(token.i, "prep"))

    def _in_words(self, token: Token, text: str) -> int | None:
        """Return the value of a number word; "forty-nine" counts at "nine", "two dozen" at "dozen"."""
        tokens, i = self.tree.tokens, token.i
        if self._joined(i + 1) and tokens[i + 2].tag == "CD":
            return None
        if self._joined(i - 1) and (whole := _spelled(f"{tokens[i - 2].form} {text}")):
            return whole
        after = tokens[i + 1].form if i + 1 < len(tokens) else ""
        return None if after in self._words["multipliers"] else _spelled(text)

    def _joined(self, i: int) -> bool:
        return 0 < i < len(self.tree.tokens) - 1 and self.tree.tokens[i].text == "-"

    def _partial(self, token: Token) -> bool:
        """Whether a count is part of another: "eight of them", "two of whom"."""
        of = [k for k in self.tree.kids(token.i, "prep") if k.lemma == "of"]
        parts = {p.lemma for k in of for p in self.tree.kids(k.i, "pobj")}
        earlier = any(t.tag == "CD" for t in self.tree.sentence(token.i) if t.i < token.i)
        return earlier and not parts.isdisjoint(_THEM)

    def _counts(self, token: Token) -> bool:
        """Whether an article counts: only in the object of a verb of killing ("killed a soldier")."""
        noun = self.passage.head(token)
        if self.tree.kids(noun.i, "nummod") or noun.tag != "NN":
            return False
        state = self._state.get(self.passage.head(noun).lemma)
        return state in ("killed", "wounded") and noun.dep in ("dobj", "nsubjpass")

    def _superseded(self, token: Token) -> bool:
        """Whether a count was revised: the four of "from four to nine", the five of "eight, not five"."""
        tokens = self.tree.tokens
        before = tokens[token.i - 1].lemma if token.i else ""
        after = tokens[token.i + 1].lemma if token.i + 1 < len(tokens) else ""
        if before == "from" and (
            after == "to" or any(t.lemma == "to" for t in tokens[max(0, token.i - 4) : token.i - 1])
        ):
            return True  # "from four to nine", "to 19 from 12"
        return before in ("of", "not") and token.i > 1 and tokens[token.i - 2].lemma in _CORRECTING

    # those counted

    def _noun(self, token: Token) -> int | None:
        """Return the noun that a number counts, None where it stands alone."""
        if self._range_end(token) is not None:
            token = self.tree.tokens[token.i + 2]
        head = self.passage.head(token)
        if head.lemma == "more" and token.dep == "nummod":
            return head.i
        if token.dep in _QUANTIFYING and head.pos in ("NOUN", "PROPN"):
            return head.i
        for prep in self.tree.kids(token.i, "prep"):
            if prep.lemma == "of":
                return next((p.i for p in self.tree.kids(prep.i, "pobj")), None)
        return None

    def _speaks(self, noun: int) -> bool:
        """Whether those counted are who says so ("two officials said", "informed by two services")."""
        token = self.tree.tokens[noun]
        verb = self.passage.head(token)
        if token.dep == "pobj":
            verb = self.passage.head(verb)
        return verb.lemma in self._say and token.dep in ("nsubj", "pobj")

    # what happened to them

    def _state_of(self, token: Token) -> str:
        """Return the state that a word tells, "" where it tells none."""
        if token.lemma in self._words["verbal"] and not token.tag.startswith("VB"):
            return ""  # "a gun attack", "the fall"
        return self._state.get(token.lemma) or self._state.get(token.form, "")

    def _of_noun(self, noun: int | None) -> str:
        """Return the state that the counted noun names ("three lives") or that losing it means."""
        if noun is None:
            return ""
        token = self.tree.tokens[noun]
        named = self._state.get(token.lemma, "") if token.pos == "NOUN" else ""
        if named or token.dep != "dobj" or self.passage.head(token).lemma not in self._words["losing"]:
            return named
        return "killed" if self.entities.at(noun).cls in PEOPLE else ""

    def _by_tree(self, token: Token, noun: int | None) -> str:
        """Return the state that the parse gives: of the verb above the count, or of a word on it."""
        for i in (noun, token.i):
            if i is not None and (state := self._described(i) or self._governed(i, token)):
                return state
        return ""

    def _described(self, i: int) -> str:
        """Return the state that an adjective before or a participle after a noun tells."""
        kids = (k for k in self.tree.kids(i, *_DESCRIBING) if k.i > i or k.dep == "amod")
        return next((state for k in kids if (state := self._state_of(k))), "")

    def _governed(self, i: int, count: Token) -> str:
        """Return the state of the verb above a noun or number, or of its complement near the count."""
        dep, head = self.tree.tokens[i].dep, self.passage.head(self.tree.tokens[i])
        while dep in ("conj", "appos", "pobj", "prep") and head.pos != "VERB" and head.head != head.i:
            if head.pos == "NOUN" and self._state.get(head.lemma) == "killed":
                return "killed"
            dep, head = head.dep, self.passage.head(head)
        rising = self.tree.kids(head.i, "nsubj") if head.pos == "VERB" else []
        if any(k.lemma in self._words["nouns"] for k in rising):  # "the toll … rose to 14"
            return "killed"
        numbered = (s for k in rising if k.lemma in self._words["numbering"] for s in self._counted_below(k))
        if state := next(numbered, ""):  # "the number of dead has risen to 19"
            return state
        if dep not in _ARGUMENT or self._acts(self.tree.tokens[i]):
            return ""
        state = self._state_of(head)
        if state and head.i != i:
            return state
        predicate = head.lemma == "be"  # "eight people who were queueing are dead"
        beside = (
            k for k in self.tree.kids(head.i, *_COMPLEMENTS) if predicate or abs(k.i - count.i) <= _NEAR
        )
        return next((state for k in beside if (state := self._state_of(k))), "")

    def _counted_below(self, number: Token) -> list[str]:
        """Return the states of those whose number a noun tells: "the number of dead"."""
        below = [p for k in self.tree.kids(number.i, "prep") for p in self.tree.kids(k.i, "pobj")]
        return [state for p in below if (state := self._state_of(p))]

    def _by_window(self, token: Token) -> str:
        """Return the state of the nearest word after, else before, the number within its clause."""
        first, last = self.tree.sents[token.sent]
        after = self.tree.tokens[token.i + 1 : min(last, token.i + WINDOW)]
        before = self.tree.tokens[max(first, token.i - WINDOW + 1) : token.i]
        return self._after(after) or self._before(before)

    def _after(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            counted = token.tag == "CD" and self.value(token) is not None
            if token.text in _BREAKS or token.lemma in _CONJUNCTIONS or counted:
                return ""
            if state := self._state_of(token):
                return state
        return ""

    def _before(self, tokens: Sequence[Token]) -> str:
        for token in reversed(tokens):
            if token.text in _CLAUSE_ENDS or token.tag == "CD":
                return ""
            if token.lemma in self._words["nouns"]:
                return "killed"
            state = self._state.get(token.lemma, "")
            told = self.tree.tokens[token.i + 1].lemma in self._words["before_count"]
            if state and (token.pos == "VERB" or (told and token.lemma in self._words["dead"])):
                return state
        return ""

    # bounds

    def _text(self, last: int, count: int) -> str:
        """Return the forms of so many tokens up to one, in lower case."""
        return " ".join(t.form for t in self.tree.tokens[max(0, last - count + 1) : last + 1])

    def _count(self, token: Token, value: int) -> Count:
        """Return a count with the bounds that the words around its number set."""
        if (high := self._range_end(token)) is not None:
            return Count(value, high)
        start = token.i - 1
        if start >= 0 and token.lemma in self._words["multipliers"]:
            start -= 1 if _spelled(self._text(start, 1)) else 0
        before = f" {self._text(start, 5)} "
        after = " " + " ".join(t.form for t in self.tree.tokens[token.i + 1 : token.i + 5]) + " "
        if any(f" {w} " in after for w in self._bounds["after_low"]):
            return Count(value, None)
        for bound in ("at_least", "more_than", "at_most"):
            if any(before.endswith((f" {w} ", f" {w} a ")) for w in self._bounds[bound]):
                return Count(0, value) if bound == "at_most" else Count(value, None)
        return Count(value, None if token.form in self._words["open"] else value)


def _sum(one: Count, other: Count) -> Count:
    high = None if one.high is None or other.high is None else one.high + other.high
    return Count(one.low + other.low, high)


def _spelled(words: str) -> int | None:
    """Return the value of an English number in words, None where there is none."""
    words = words.strip().replace("-", " ")
    if not words:
        return None
    if words.isdecimal():  # "²" is a digit, but no number
        return int(words)
    from text_to_num import text2num

    try:
        return int(text2num(words, "en"))
    except ValueError:
        return None
