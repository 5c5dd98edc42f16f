"""Word vectors: each distinct word of a batch is embedded once, not at every place where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from thinc.api import Model

_EMBEDDING = ("hashembed", "maxout")  # the layers that look at one word at a time
# Odd numbers by which the features of a word are mixed into one: products modulo 2^64, so that two words
# that differ get one number only by a chance that batches of any size make nothing of.
_MIXERS = (
    0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F,
    0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3,
)  # fmt: skip


def embed_once(tok2vec: Model[Any, Any]) -> bool:
    """Make a model embed each distinct word once; return whether it has the layers that this is done to.

    Args:
        tok2vec: a spaCy model of word vectors, for prediction only: it can't be trained any more.
    """
    from thinc.api import chain, with_array

    embed = tok2vec.layers[0] if tok2vec.layers else tok2vec
    inner = [i for i, layer in enumerate(embed.layers) if layer.name.startswith("with_array(")]
    if len(inner) != len(_EMBEDDING) or inner[1] != inner[0] + 1:
        return False
    parts = [embed.layers[i].layers[0] for i in inner]
    if not all(word in part.name for word, part in zip(_EMBEDDING, parts, strict=True)):
        return False
    embed.layers[inner[0] : inner[1] + 1] = [with_array(_distinct(chain(*parts)))]
    return True


def _distinct(layer: Model[Any, Any]) -> Model[Any, Any]:
    """Return a layer that gives each distinct row to another one once, and its result to all like it."""
    from thinc.api import Model

    return Model(f"distinct({layer.name})", _forward, layers=[layer])


def _forward(model: Model[Any, Any], rows: NDArray[Any], is_train: bool) -> tuple[NDArray[Any], Any]:  # noqa: FBT001 - thinc calls it so
    import numpy as np

    layer = model.layers[0]
    if len(rows) < 2 or is_train or rows.shape[1] > len(_MIXERS):
        return layer(rows, is_train)
    mixers = np.array(_MIXERS[: rows.shape[1]], dtype=np.uint64)
    keys = (rows.astype(np.uint64) * mixers).sum(axis=1, dtype=np.uint64)
    keys ^= keys >> np.uint64(29)
    _, first, places = np.unique(keys, return_index=True, return_inverse=True)
    vectors, back = layer(rows[first], is_train)
    return vectors[places], back
