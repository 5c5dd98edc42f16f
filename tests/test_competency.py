"""The ontology answers the questions it was made for, alike in two engines, on the sample reports."""

from __future__ import annotations

import csv
import re

import pytest
from competency import ANSWERS, ENGINES, FOLDER, questions, stores, whole
from make_competency import PAGE, page
from pyoxigraph import RdfFormat, parse

from kg.judgement import SINGLE, read_judgements
from kg.vocab import MKG, PREFIXES

QUESTIONS = questions()
IDS = [question.name for question in QUESTIONS]
REACHED = """
    State Telling Mention Merger MediaArm Source claimed designated denies hedges claims asserts
    states status certainty speaker via quote start end cue confidence run canonical evokes refersTo
    candidate linkReason place tactic earliest killedLow reliability credibility allegianceTo leads
    mergedInto splitFrom successorOf family
"""
AGAIN = "if this is meant: python tests/make_competency.py"


@pytest.fixture(scope="module", params=ENGINES)
def filled(request, sample_quads):
    return stores(sample_quads, request.param)


@pytest.fixture(scope="module")
def oxigraph(sample_quads):
    return stores(sample_quads, "oxigraph")


def rows(question):
    with question.answer.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_there_are_twenty_questions_and_no_stray_file():
    assert len(QUESTIONS) >= 20
    assert {path.stem for path in ANSWERS.iterdir()} == set(IDS)
    extra = {path.name for path in FOLDER.iterdir() if path.is_file() and path.suffix != ".rq"}
    assert extra == {question.extra for question in QUESTIONS} - {""}


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_the_answer_is_the_expected_one(filled, question):
    assert whole(filled[question.extra], question) == question.answer.read_text(encoding="utf-8"), AGAIN


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_a_question_is_answered(question):
    assert question.question.endswith("?")
    assert question.shows.endswith((".", ".)"))
    answer = rows(question)
    assert answer, "an empty answer tests nothing of the model"
    for column in answer[0]:
        assert any(row[column] for row in answer), f"?{column} is never bound"


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_a_question_declares_the_prefixes_it_uses_and_no_other(question):
    declared = dict(re.findall(r"^PREFIX ([\w-]+): <(.+)>$", question.text, re.MULTILINE))
    body = question.text[question.text.index("SELECT") :]
    used = {name for name in declared if re.search(rf"(?<![\w-]){name}:", body)}
    assert set(declared) == used
    assert declared == {name: PREFIXES[name] for name in declared}


def test_the_page_shows_every_question_as_it_is_answered_now(oxigraph):
    assert page(oxigraph) == PAGE.read_text(encoding="utf-8"), AGAIN


def test_the_questions_reach_every_layer_of_the_model():
    asked = "\n".join(question.text for question in QUESTIONS)
    for term in REACHED.split():
        assert re.search(rf"\bmkg:{term}\b", asked), term


def test_nothing_was_decided_by_a_person_where_nobody_judged(filled):
    (question,) = (one for one in QUESTIONS if one.name == "judgements")
    assert whole(filled[""], question).count("\n") == 1, "only the line of the columns"


def test_each_kind_of_example_judgement_shows_in_the_answer():
    (question,) = (one for one in QUESTIONS if one.name == "judgements")
    judged = read_judgements(FOLDER / question.extra)
    shown = {row["what"] for row in rows(question)}
    assert shown == {"accepted", "rejected", "joined"}
    assert {one.kind for one in judged} == {*SINGLE, "same"}
    (join,) = (one for one in judged if one.kind == "same")
    assert any(join.reason in row["reason"] for row in rows(question))


def test_whom_a_name_left_open_could_mean_is_described(sample_quads):
    known = {quad.subject for quad in sample_quads}
    candidates = {quad.object for quad in sample_quads if quad.predicate == MKG.candidate}
    assert candidates
    assert candidates <= known


def test_what_is_graded_by_hand_is_in_the_samples(sample_quads):
    known = {quad.subject for quad in sample_quads}
    for quad in parse(path=FOLDER / "by-hand.ttl", format=RdfFormat.TURTLE):
        assert quad.subject in known, f"{quad.subject} is not in the samples: name another in by-hand.ttl"
