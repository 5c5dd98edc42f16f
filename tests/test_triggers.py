"""The examples of event types and tactics hold the words by which the lexicon tells them."""

from __future__ import annotations

from functools import cache

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.extract import lexicon
from kg.extract.parsing import trees
from kg.resources import ontology_dir
from kg.vocab import PREFIXES, SKOS

EXAMPLE = NamedNode(PREFIXES["skos"] + "example")
SECTIONS = {"claim": "claim", "denial": "deny", "assessment": "assessment"}
"""Event types whose words stand in attribution.toml, by its section."""


def local(node):
    return node.value.partition("#")[2]


@cache
def quads(scheme):
    return tuple(parse(path=str(ontology_dir() / "vocab" / f"{scheme}.ttl"), format=RdfFormat.TURTLE))


def examples(scheme):
    """(concept, sentence) of each example; a semicolon parts several."""
    return sorted(
        (local(quad.subject), part.strip())
        for quad in quads(scheme)
        if quad.predicate == EXAMPLE
        for part in quad.object.value.split(";")
    )


def wider(tactic):
    """A tactic and all that is broader."""
    above = [
        local(q.object) for q in quads("tactic") if local(q.subject) == tactic and q.predicate == SKOS.broader
    ]
    return {tactic}.union(*(wider(one) for one in above))


def words(sentence):
    """The lemmas of a sentence, and its words as printed."""
    text = f"{sentence[0].upper()}{sentence[1:]}."
    forms = lexicon.load().forms
    tokens = [token for found in trees([(text, ())], forms=forms) for tree in found for token in tree.tokens]
    return [token.lemma for token in tokens], {token.text.lower() for token in tokens}


def evoked(sentence):
    """(type, tactic) of the longest entry of events.toml for each head that a sentence holds."""
    known = lexicon.load()
    lemmas, printed = words(sentence)
    for phrases in (known.verbs, known.event_nouns):
        for lemma in lemmas:
            if (found := phrases.find(lemma, [*lemmas, *printed])) is not None:
                yield found[1].type, found[1].tactic


def types(sentence):
    """The event types whose words, in whichever file, the sentence holds."""
    known = lexicon.load()
    lemmas, printed = words(sentence)
    held = {*lemmas, *printed}
    yield from (type_ for type_, _ in evoked(sentence))
    for phrases in (known.bond_verbs, known.bond_nouns):
        for lemma in lemmas:
            yield from (bond.type for _, bond in phrases.all(lemma, held))
    for lemma in lemmas:
        yield from (section for section, _ in known.listed.get(lemma, ()))
    for type_, section in SECTIONS.items():
        if any(held.issuperset(e.split()) for listed in known.attribution[section].values() for e in listed):
            yield type_


@pytest.mark.parametrize(("type_", "sentence"), examples("event-type"))
def test_an_example_of_an_event_type_holds_its_words(type_, sentence):
    wanted = {type_, "attack"} if type_ == "operation" else {type_}
    assert wanted & set(types(sentence)), "no word of ontology/lexicon for it"


@pytest.mark.parametrize(("tactic", "sentence"), examples("tactic"))
def test_an_example_of_a_tactic_holds_its_words(tactic, sentence):
    found = {one for _, one in evoked(sentence) if one}
    assert any(tactic in wider(one) for one in found), f"the lexicon tells {sorted(found)}"
