"""Parts of speech and lemmas, by the model's own rules, looked up once for each form.

The model's attribute ruler and lemmatizer look at one token at a time (a few colloquial pairs such as
"gonna" apart), and at its form, tag and dependency alone. Run over whole texts they take a quarter of the
time of reading; asked once for each form, tag and dependency they take next to none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language

KEPT = 1 << 17  # forms remembered; beyond that the oldest is asked for again


class Form(NamedTuple):
    """What a form, tag and dependency make of a token: part of speech, and lemma in lower case."""

    pos: str
    lemma: str


class Morphology:
    """Parts of speech and lemmas of one model; `nlp` holds its attribute ruler and its lemmatizer."""

    def __init__(self, nlp: Language) -> None:
        from spacy.tokens import Doc

        ruler: Any = nlp.get_pipe("attribute_ruler")
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        tables = {name: lemmatizer.lookups.get_table(f"lemma_{name}") for name in ("exc", "rules")}

        @lru_cache(maxsize=KEPT)
        def form(text: str, tag: str, dep: str) -> Form:
            doc = lemmatizer(ruler(Doc(nlp.vocab, words=[text], tags=[tag], deps=[dep], heads=[0])))
            return Form(doc[0].pos_, (doc[0].lemma_ or text).lower())

        @lru_cache(maxsize=KEPT)
        def candidates(word: str) -> frozenset[str]:
            return frozenset({word, *_lemmas(tables, "verb", word), *_lemmas(tables, "noun", word)})

        self.form = form
        self.candidates = candidates


def _lemmas(tables: Mapping[str, Mapping[str, Mapping[str, object]]], pos: str, word: str) -> list[str]:
    """Return what a word in lower case can be a form of, by exceptions, else by rules of suffixes."""
    exceptions: Mapping[str, list[str]] = tables["exc"].get(pos, {})  # type: ignore[assignment]
    rules: list[tuple[str, str]] = tables["rules"].get(pos, [])  # type: ignore[assignment]
    cut = [word[: len(word) - len(old)] + new for old, new in rules if word.endswith(old)]
    return [*exceptions.get(word, ()), *cut]
