"""Candidates: noun phrases of a report that may have a part in its incidents, gathered by what they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract import phrase
from kg.extract.passage import Passage
from kg.extract.syntax import Token
from kg.incidents import features
from kg.model import Extraction, Fact, Mention

_LINKS = frozenset({"de", "la", "del", "y"})  # inside names of persons
_SMALL = frozenset({"of", "for", "the", "and", "de", "del", "la"})
_INNER = ("compound", "nmod")
_LEAST_INITIALS = 3


@dataclass(slots=True)
class Candidate:
    """All phrases of a report that name one thing alike.

    Attributes:
        key: its words in small letters, by which it is found again.
        start: first code point of its first mention.
        end: code point after that.
        proper: whether it is a name.
        cls: class of its entity, as the extractor reasons.
        link: slug of the registry's actor, "" where there is none.
        sentences: the sentences that it stands in.
        events: the events ("type:tactic") told in those.
        features: what is known of it.
    """

    key: str
    start: int
    end: int
    proper: bool
    cls: str
    link: str = ""
    sentences: list[int] = field(default_factory=list)
    events: set[str] = field(default_factory=set)
    features: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)

    def take(self, other: Candidate) -> None:
        """Take in the mentions of another."""
        self.link = self.link or other.link
        self.sentences += other.sentences
        self.names += other.names
        self.events |= other.events
        self.features |= other.features


def candidates(extraction: Extraction, passages: Sequence[Passage]) -> list[Candidate]:
    """Return the candidates of a report in text order of their first mention."""
    found: dict[str, Candidate] = {}
    for one in _mentions(extraction, passages):
        if one.key in found:
            found[one.key].take(one)
            found[one.key].proper |= one.proper
        else:
            found[one.key] = one
    gathered: list[Candidate] = []
    for one in sorted(found.values(), key=lambda c: (-len(c.key.split()), c.start)):
        host = next((other for other in gathered if _same(one, other)), None) if one.proper else None
        if host is None:
            gathered.append(one)
        else:
            host.take(one)
    for one in gathered:
        one.features.add(f"count:{min(len(one.sentences), 4)}")
        one.features.add(f"first:{features.bucket(min(one.sentences))}")
    return sorted(gathered, key=lambda c: c.start)


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether a name is another that is at least as long: one actor, a part of it, or its initials."""
    if not other.proper:
        return False
    if one.link or other.link:
        if one.link == other.link:
            return True
        if one.link and other.link:
            return False
    short, long = one.key.split(), other.key.split()
    if not one.link and not other.link and len(long) > len(short) and set(short) <= set(long):
        return True
    initials = "".join(w[0] for w in long if w not in _SMALL)
    return len(short) == 1 and len(long) > 2 and len(one.key) >= _LEAST_INITIALS and initials == one.key


def _mentions(extraction: Extraction, passages: Sequence[Passage]) -> Iterator[Candidate]:
    parts: dict[int, list[tuple[str, Fact]]] = defaultdict(list)
    for fact in extraction.facts:
        for role, fillers in fact.roles:
            for filler in fillers:
                parts[filler.end].append((role, fact))
    known = {m.end: m for m in extraction.mentions}
    sentence = 0
    for passage in passages:
        yield from _in_passage(passage, parts, known, extraction.report.text, sentence)
        sentence += len(passage.tree.sents)


def _in_passage(
    passage: Passage,
    parts: Mapping[int, list[tuple[str, Fact]]],
    known: Mapping[int, Mention],
    text: str,
    sentence: int,
) -> Iterator[Candidate]:
    tokens = passage.tree.tokens
    events: dict[int, set[str]] = defaultdict(set)
    for token in tokens:
        if (event := features.evoked(passage, token)) is not None:
            events[token.sent].add(features.event_of(event))
    for token in tokens:
        entity = passage.entities.at(token.i) if _may_be(passage, token) else None
        if entity is None or entity.cls == "time":
            continue
        first = _first(passage, token)
        start, end = tokens[first].start, token.end
        key = _key(text[start:end])
        if not key or key.isdigit():
            continue
        mention = known.get(end)
        made = Candidate(key, start, end, features.is_proper(passage, token), entity.cls, names=[key])
        made.link = (mention.link or "") if mention and mention.kind == "actor" else ""
        made.sentences.append(sentence + token.sent)
        made.events |= events[token.sent]
        made.features.update(
            features.described(passage, token, first),
            features.around(passage, token, first),
            features.governed(passage, token.i),
            features.told(parts.get(end, [])),
            (f"s:{event}" for event in events[token.sent] or ("none",)),
            (f"at:{features.bucket(sentence + token.sent)}",),
        )
        if token.dep in (*_INNER, "poss", "appos"):
            made.features.update(f"H{one}" for one in features.governed(passage, token.head))
        yield made


def _may_be(passage: Passage, token: Token) -> bool:
    """Whether a token is the head of a phrase, a name inside one, or the weapon of "bomb attack"."""
    if token.name is not None:
        return token.name.cls != "place"
    if token.pos not in ("NOUN", "PROPN"):
        return False
    if token.dep not in _INNER:
        return True
    head = passage.tree.tokens[token.head]
    if token.pos == "PROPN" and not (head.pos == "PROPN" and head.name is None):
        return True
    hit = passage.lexicon.nouns.find(token.lemma) if features.is_common(token) else None
    return hit is not None and hit[1].name == "weapon"


def _first(passage: Passage, token: Token) -> int:
    """Return the first token of a phrase: of a name the name alone, without titles and nationalities."""
    if token.name is not None:
        return token.i
    lexicon = passage.lexicon
    if features.is_proper(passage, token):
        return _name_start(passage, token)
    numbers = frozenset({*lexicon.numbers["units"], *lexicon.numbers["values"]})
    return phrase.label_start(passage.tree, token.i, numbers, lexicon.collective["quantifiers"])


def _name_start(passage: Passage, token: Token) -> int:
    tokens, first = passage.tree.tokens, token.i
    opening = passage.tree.sents[token.sent][0]
    while first > opening:
        before = tokens[first - 1]
        linked = before.lemma in _LINKS and first - 1 > opening and not features.is_common(tokens[first - 2])
        if not linked and not _joins(passage, before, token):
            break
        first -= 1
    return first


def _joins(passage: Passage, before: Token, token: Token) -> bool:
    """Whether a word is part of the name behind it: it has a capital, and is no title or common noun."""
    form, lexicon = before.text.lower().strip("."), passage.lexicon
    if not before.text[:1].isupper() or before.tag in ("CD", "DT", "IN"):
        return False
    if before.name is not None and before.name.cls != "person":
        return False
    if form in lexicon.names["case"]["titles"] or form in passage.entities.demonyms:
        return False
    bodies = lexicon.names["organisation"]
    named = any(token.text in bodies[cls] for cls in ("armed", "force", "civilian", "government"))
    if lexicon.nouns.find(form) is not None and not named:
        return False
    return before.i > passage.tree.sents[before.sent][0] or before.pos == "PROPN"


def _key(printed: str) -> str:
    kept = "".join(sign for sign in printed.lower() if sign.isalnum() or sign.isspace())
    return " ".join(kept.split())
