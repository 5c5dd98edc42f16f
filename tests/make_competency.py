"""Rewrite the answers to the competency questions and docs/competency.md: python tests/make_competency.py.

ontology/competency/answers/NAME.csv holds the whole answer on the sample reports, which tests compare; the
page shows the first rows. Run it where the ontology, the extraction or a question changed, and read the
difference.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from competency import ANSWERS, Competency, first, questions, stores, whole
from make_answers import built

from kg.store import Store, open_store

PAGE = Path(__file__).resolve().parent.parent / "docs" / "competency.md"
INTRODUCTION = """# Competency questions

What the ontology must be able to answer: questions of an analyst, each with its SPARQL and the first rows
of its answer on the sample reports (`kg build --samples`). Things are printed by their labels; the whole
answers, with IRIs, are in `ontology/competency/answers/`. The tests ask each question of two engines, rdflib
and Oxigraph. The queries are files that any SPARQL 1.1 engine takes as they are, over the union of the named
graphs with `ontology/kg.ttl` and `ontology/vocab/` loaded beside them; `kg query FILE.rq` asks one.
This page is made by `python tests/make_competency.py`."""
ADDED = {
    "by-hand.ttl": "Asked with `ontology/competency/by-hand.ttl` added: what a person grades, as an example.",
    "judgements.jsonl": "Asked with the decisions of `ontology/competency/judgements.jsonl`, as an example.",
}


def page(filled: Mapping[str, Store]) -> str:
    """The page of the competency questions, given a store for each extra file."""
    parts = [INTRODUCTION]
    for question in questions():
        parts += ["", *_section(question, first(filled[question.extra], question))]
    return "\n".join([*parts, ""])


def _section(question: Competency, answer: str) -> list[str]:
    lines = [f"## {question.name}", "", f"**{question.question}**", "", question.shows, ""]
    lines += [ADDED[question.extra], ""] if question.extra else []
    lines += ["```sparql", question.sparql, "```", ""]
    return [*lines, *(f"    {line}".rstrip() for line in answer.splitlines())]


def main() -> None:
    ANSWERS.mkdir(exist_ok=True)
    for path in ANSWERS.iterdir():
        path.unlink()
    with tempfile.TemporaryDirectory() as folder:
        with open_store(built(Path(folder)), read_only=True) as store:
            samples = tuple(store.quads())
        filled = stores(samples, "oxigraph")
        for question in questions():
            question.answer.write_text(whole(filled[question.extra], question), encoding="utf-8")
        PAGE.write_text(page(filled), encoding="utf-8")


if __name__ == "__main__":
    main()
