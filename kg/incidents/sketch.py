"""The sketch of a report: its candidates, and the features of the report as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.passage import Passage
from kg.incidents import features
from kg.incidents.candidates import Candidate, candidates
from kg.model import Extraction

_LEAD = 2  # sentences that open a report
_CONTENT = ("NOUN", "VERB", "ADJ", "ADV")
_SENTENCES = 5  # a step of the length of a report
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the incidents of a report are weighed by."""

    candidates: tuple[Candidate, ...]
    features: frozenset[str]


def sketch(extraction: Extraction, passages: Sequence[Passage]) -> Sketch:
    """Return the sketch of a report."""
    found = candidates(extraction, passages)
    whole = set(_words(passages))
    for fact in extraction.facts:
        whole |= {f"F:{fact.type}", f"F:{fact.type}:{fact.certainty}"}
    for one in found:
        above = {f for f in one.features if f.startswith(("t:", "T:"))}
        whole |= {f"I{f}" for f in above}
        if min(one.sentences) < _LEAD:
            whole |= {f"L{f}" for f in one.features if f.startswith(("t:", "noun:"))}
            whole |= {f"lead:{event}" for event in one.events}
    return Sketch(tuple(found), frozenset(whole))


def _words(passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        for token in passage.tree.tokens:
            if token.pos in _CONTENT and features.is_common(token):
                yield f"w:{token.lemma}"
            if (event := features.evoked(passage, token)) is not None:
                yield f"T:{features.event_of(event)}"
    sentences = sum(len(passage.tree.sents) for passage in passages)
    yield f"n:{min(_LONGEST, sentences // _SENTENCES)}"
