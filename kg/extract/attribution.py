"""Attribution: the speakers that stand above a predicate or beside its clause."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.arguments import Arguments
from kg.extract.entity import SPEAKERS, Entity
from kg.extract.passage import Passage
from kg.extract.stance import Stance
from kg.extract.syntax import Token

_QUOTING = frozenset({",", "—", "–", "-", "”", '"', "''"})  # set off a verb of saying
_BESIDE = 4  # tokens between the words of attribution and what is told in passing
_HEADING = SPEAKERS - {"civilian", "place", "weapon"}  # can stand before the colon of a headline
_HEADING_TOKENS, _HEADING_NOUNS = 12, 3  # longer, and it is a sentence


def spoken(passage: Passage, verb: Token) -> Stance:
    """Return the stance of what a verb of saying itself states ("X put the dead at 47")."""
    stance = Stance()
    if verb.lemma in passage.lexicon.says("say", "verbs"):
        speak(passage, verb, stance)
    return stance


def speak(passage: Passage, verb: Token, stance: Stance) -> None:
    """Add to a stance the speakers of a verb of saying and how sure the verb makes what it governs."""
    lexicon = passage.lexicon
    args = passage.arguments(verb)
    heads = args.agents if args.passive else args.subjects
    if args.passive and not heads:
        heads = [h for p, h in args.preps if p == "by"]
    opinion = not args.passive and verb.lemma in lexicon.says("suspect", "opinion")
    if opinion and _is_reduced(passage, verb, args):  # "raiders believed to be bandits"
        stance.raise_to("suspected", verb.text)
        return
    if not passage.tree.kids(verb.i, "neg"):
        animate = verb.lemma in lexicon.says("say", "animate")
        _add_all(passage, heads, verb.text, stance, anyone=animate)
    if verb.lemma in lexicon.says("hypothetical", "verbs"):
        stance.raise_to("hypothetical", verb.text)
    unnamed = args.passive and not heads and verb.lemma in lexicon.says("suspect", "verbs")
    if unnamed or opinion:
        stance.raise_to("suspected", verb.text)
    elif args.passive and not heads:  # "is said to have"
        stance.raise_to("reported", verb.text)


def add_speaker(passage: Passage, entity: Entity, cue: str, stance: Stance) -> None:
    """Add an entity to the speakers of a stance; behind "a statement by X" X speaks."""
    speaker = entity
    if entity.cls == "source":
        preps = [k for k in passage.tree.kids(entity.head, "prep", "agent") if k.lemma in ("by", "from")]
        behind = passage.entities.all_of([p.i for k in preps for p in passage.tree.kids(k.i, "pobj")])
        speaker = next((e for e in behind if e.cls in SPEAKERS), entity)
    stance.add_speaker(speaker, cue)


def _is_reduced(passage: Passage, verb: Token, args: Arguments) -> bool:
    """Whether a verb of opinion is a participle that the parser took for a finite verb: it has no object."""
    below = passage.tree.kids(verb.i, "xcomp", "ccomp")
    infinitive = any(
        k.lemma == "to" and k.i == verb.i + 1 for b in below for k in passage.tree.kids(b.i, "aux")
    )
    return infinitive and verb.tag in ("VBN", "VBD") and not args.objects


def _add_all(
    passage: Passage, heads: Iterable[int], cue: str, stance: Stance, *, anyone: bool = False
) -> None:
    """Add the entities of some heads that can speak; `anyone` also what the lexicon lacks ("the firm")."""
    for entity in passage.entities.all_of(heads):
        if entity.cls in SPEAKERS or (anyone and entity.cls in ("other", "facility")):
            add_speaker(passage, entity, cue, stance)


def attribute(passage: Passage, token: Token, stance: Stance) -> None:
    """Add to the stance of a predicate the speakers that stand beside its clause."""
    _parenthetical(passage, token, stance)
    _according(passage, token, stance)
    _by_account(passage, token, stance)
    _headline(passage, token, stance)
    _believed(passage, token, stance)


def parted(passage: Passage, token: Token, other: Token) -> bool:
    """Return whether a semicolon parts two tokens of a sentence."""
    return passage.tree.parted(token.i, other.i)


def _parenthetical(passage: Passage, token: Token, stance: Stance) -> None:
    """Read a verb of saying set off by a comma ("…, the army said"), wherever the parser hung it."""
    saying = passage.lexicon.says("say", "verbs")
    for verb in passage.tree.sentence(token.i):
        if (
            verb.lemma in saying
            and verb.tag.startswith("VB")
            and verb.i != token.i
            and not parted(passage, token, verb)
            and _is_aside(passage, token, verb)
        ):
            speak(passage, verb, stance)


def _is_aside(passage: Passage, token: Token, verb: Token) -> bool:
    """Whether a verb of saying with its subject is set off from the clause of a predicate."""
    tree = passage.tree
    if verb.i < token.i and tree.tokens[verb.i + 1].text != ",":
        return False
    complements = tree.kids(verb.i, "ccomp", "dobj", "xcomp")
    if any(k.i > verb.i for k in complements):
        return False
    subjects = tree.kids(verb.i, "nsubj")
    if not subjects or any(s.tag in ("WDT", "WP") for s in subjects):
        return False
    first = min(tree.subtree(subjects[0].i)[0], verb.i)
    if token.i > first and token.i in tree.subtree(verb.i):
        return False
    return first > 0 and tree.tokens[first - 1].text in _QUOTING


def _according(passage: Passage, token: Token, stance: Stance) -> None:
    """Read "according to X" and its like anywhere in the sentence."""
    sentence = passage.tree.sentence(token.i)
    openers = passage.lexicon.openers("according", "phrases")
    forms = [t.form for t in sentence]
    for position, first in enumerate(sentence):
        for words in openers.get(forms[position], ()):
            end = position + len(words)
            if forms[position:end] == words and not parted(passage, token, first):
                _add_named(passage, sentence[end - 1], first.text, stance)


def _add_named(passage: Passage, last: Token, cue: str, stance: Stance) -> None:
    """Add whom a set phrase names behind its last word, also where the lexicon lacks the noun."""
    for entity in passage.entities.all_of([k.i for k in passage.tree.kids(last.i, "pobj", "dobj")]):
        if entity.cls in SPEAKERS or entity.cls == "other":
            add_speaker(passage, entity, cue, stance)


def _by_account(passage: Passage, token: Token, stance: Stance) -> None:
    """Read "by X's account", "in X's telling", "by the count of X"."""
    nouns, tree = passage.lexicon.says("according", "nouns"), passage.tree
    for noun in tree.sentence(token.i):
        if noun.lemma not in nouns or noun.dep != "pobj" or parted(passage, token, noun):
            continue
        if passage.head(noun).lemma in ("by", "in", "on", "to"):
            heads = [k.i for k in tree.kids(noun.i, "poss")]
            for prep in tree.kids(noun.i, "prep"):
                heads += [p.i for p in tree.kids(prep.i, "pobj")] if prep.lemma in ("of", "from") else []
            _add_all(passage, heads, noun.text, stance)


def told_by(passage: Passage, token: Token) -> list[Entity]:
    """Return who stands before "according to whom" where that opens the clause of a predicate."""
    tree = passage.tree
    sentence = tree.sentence(token.i)
    forms = [t.form for t in sentence[:-2]]
    for position, form in enumerate(forms):
        opened = form == "according" and sentence[position + 2].form in ("whom", "which")
        if opened and sentence[position].i < token.i and position > 1:
            before = sentence[position - 2] if sentence[position - 1].text == "," else sentence[position - 1]
            heads = [before, *tree.ancestors(before.i)]
            found = [e for h in heads[:3] for e in passage.entities.all_of([h.i]) if e.cls in SPEAKERS]
            return [e for e in found if e.start < sentence[position].start][:2]
    return []


def in_passing(passage: Passage, token: Token) -> Stance:
    """Return the stance that words right before a phrase told in passing give: "by its own account an X"."""
    nouns, stance = passage.lexicon.says("according", "nouns"), Stance()
    first = max(0, token.i - _BESIDE)
    if any(t.lemma in nouns and t.dep == "pobj" for t in passage.tree.tokens[first : token.i]):
        _by_account(passage, token, stance)
    return stance


def _believed(passage: Passage, token: Token, stance: Stance) -> None:
    """Read "if X is to be believed": X says so."""
    for verb in passage.tree.sentence(token.i):
        if verb.tag == "VBN" and verb.lemma in passage.lexicon.says("credence", "verbs"):
            around = [*passage.tree.kids(verb.i), *passage.tree.kids(verb.head)]
            if any(k.lemma in ("if", "as") for k in around):
                args = passage.arguments(verb)
                for entity in passage.entities.all_of([*args.objects, *args.subjects][:1]):
                    add_speaker(passage, entity, "if", stance)


def _headline(passage: Passage, token: Token, stance: Stance) -> None:
    """Read "Army: …" at the start of a sentence, also where the colon was taken for its end."""
    tree, sentence = passage.tree, passage.tree.sentence(token.i)
    colon = next((n for n, t in enumerate(sentence[:_HEADING_TOKENS]) if t.text == ":"), None)
    first = sentence[0].i
    if colon is not None and token.i > sentence[colon].i:
        _heading(passage, sentence[:colon], stance)
    elif colon is None and first and tree.tokens[first - 1].text == ":":
        before = tree.sentence(first - 1)
        if len(before) <= _HEADING_TOKENS:
            _heading(passage, before[:-1], stance)


def _heading(passage: Passage, words: tuple[Token, ...], stance: Stance) -> None:
    nouns = [t for t in words if t.pos in ("NOUN", "PROPN") or t.name]
    if nouns and len(nouns) <= _HEADING_NOUNS:
        entity = passage.entities.at(nouns[-1].i)
        if entity.cls in _HEADING:
            add_speaker(passage, entity, ":", stance)
