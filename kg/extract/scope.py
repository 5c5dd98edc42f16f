"""Scope: what the words around and above a predicate do to its certainty."""

from __future__ import annotations

from kg.extract.attribution import attribute, parted, speak, told_by
from kg.extract.passage import Passage, is_noun, is_verb
from kg.extract.stance import Stance
from kg.extract.syntax import Token

# Dependencies through which a governor's meaning reaches what stands below it.
_COMPLEMENT = frozenset(
    {"ccomp", "xcomp", "pcomp", "acl", "conj", "dobj", "pobj", "nsubjpass", "attr", "prep", "agent",
     "compound", "poss", "appos", "oprd"}
)  # fmt: skip
_DENIED = frozenset({"ccomp", "dobj", "pobj", "prep", "xcomp", "pcomp", "nsubjpass"})
_INTENDED = frozenset({"xcomp", "ccomp", "dobj", "prep", "pobj"})
_SUSPECTED = frozenset({"xcomp", "ccomp", "prep", "pobj", "pcomp", "oprd"})
_CARRIED = frozenset({"xcomp", "ccomp", "conj", "dobj", "attr"})
_BELOW_NOUN = frozenset({"acl", "prep", "pobj", "relcl", "ccomp", "pcomp"})
_PLANNED = frozenset({"acl", "prep", "ccomp", "pobj"})
# Conjunctions and prepositions that tell what holds beside the main clause: its modality stops there.
_TEMPORAL = frozenset(
    {
        "after",
        "when",
        "as",
        "while",
        "since",
        "before",
        "once",
        "until",
        "where",
        "though",
        "although",
        "because",
    }
)
_CONDITIONAL = frozenset({"if", "unless", "lest"})
_RELATIVE = frozenset({"that", "which", "who"})
_NEGATIVE_DETERMINERS = frozenset({"no", "neither"})
_NEGATIVE_PRONOUNS = frozenset({"none", "nobody", "neither", "nothing"})
_NEGATORS = frozenset({"no", "never", "neither"})


def stance_of(passage: Passage, token: Token) -> Stance:
    """Return the stance of a predicate, from its own words, its governors and its sentence; a copy."""
    known = passage.stances.get(token.i)
    if known is None:
        known = passage.stances[token.i] = _read(passage, token)
    return known.copy()


def _read(passage: Passage, token: Token) -> Stance:
    stance = Stance()
    _own(passage, token, stance)
    node, open_modality, stated = token, not _is_given(passage, token), True
    if tellers := told_by(passage, token):
        for teller in tellers:
            stance.add_speaker(teller, "according")
        stated = False
    for head in passage.tree.ancestors(token.i):
        beside = node.dep in ("advcl", "prep") and _mark(passage, node) in _TEMPORAL
        open_modality = open_modality and not beside and node.dep != "relcl"
        stated = stated and (node.dep != "relcl" or _is_cleft(passage, head))
        if stated and not parted(passage, token, head):
            _attributing(passage, node, head, stance)
        if is_verb(head):
            _copula(passage, node, head, stance)
            if open_modality and node.dep in _COMPLEMENT:
                _governing_verb(passage, node, head, stance)
                if node.i == token.i or _is_light(passage, node):
                    _failing(passage, node, head, stance)
        elif head.pos == "NOUN" and open_modality and node.dep in _BELOW_NOUN:
            _governing_noun(passage, node, head, stance)
        node = head
    if stated:
        attribute(passage, token, stance)
    return stance


def _is_given(passage: Passage, token: Token) -> bool:
    """Whether an event noun is told of as known: "to break the siege that X has laid"."""
    determined = any(k.lemma == "the" for k in passage.tree.kids(token.i, "det"))
    return is_noun(token) and determined and bool(passage.tree.kids(token.i, "relcl"))


def _is_cleft(passage: Passage, token: Token) -> bool:
    """Whether a word is the X of "it was X that …", whose clause is stated like any other."""
    be = token if token.lemma == "be" else passage.head(token)
    return be.lemma == "be" and any(k.form == "it" for k in passage.tree.kids(be.i, "nsubj"))


def _mark(passage: Passage, token: Token) -> str:
    """Return the preposition or conjunction that opens a phrase or clause, "" without one."""
    if token.dep == "prep":
        return token.lemma
    marks = passage.tree.kids(token.i, "mark", "advmod")
    return next((m.lemma for m in marks if m.i < token.i), "")


# the predicate itself


def _own(passage: Passage, token: Token, stance: Stance) -> None:
    """Read negation, modals, adverbs and adjectives on the predicate itself."""
    tree = passage.tree
    for kid in tree.kids(token.i):
        certainty = _modifying(passage, kid)
        if certainty:
            stance.raise_to(certainty, kid.text)
    for kid in tree.kids(token.i, "nsubj", "nsubjpass", "dobj"):
        determiners = {k.lemma for k in tree.kids(kid.i, "det")}
        if kid.lemma in _NEGATIVE_PRONOUNS or determiners & _NEGATIVE_DETERMINERS:
            stance.raise_to("negated", kid.text)
    if _of_nothing(passage, token):
        stance.raise_to("negated", "nothing")
    if token.pos == "VERB" or token.tag.startswith("VB"):
        if token.dep == "conj" and not tree.kids(token.i, "nsubj", "nsubjpass"):
            _shared(passage, passage.head(token), stance)
        if any(k.form in _CONDITIONAL for k in tree.kids(token.i, "mark")):
            stance.raise_to("hypothetical", "if")


def _of_nothing(passage: Passage, verb: Token) -> bool:
    """Whether a relative clause is said of nothing or nobody: "nothing has been found that ties X to Y"."""
    tree = passage.tree
    relative = next((k for k in tree.kids(verb.i, "nsubj", "nsubjpass") if k.form in _RELATIVE), None)
    if relative is None:
        return False
    before = reversed([t for t in tree.sentence(verb.i) if t.i < relative.i])
    noun = next((t for t in before if t.pos in ("NOUN", "PROPN") or t.lemma in _NEGATIVE_PRONOUNS), None)
    return noun is not None and noun.lemma in _NEGATIVE_PRONOUNS


def _modifying(passage: Passage, kid: Token) -> str:
    """Return the certainty that a word directly below a predicate gives it, "" where it gives none."""
    form, says = kid.form, passage.lexicon.says
    if kid.dep == "neg" or (kid.dep in ("det", "advmod", "preconj", "cc") and form in _NEGATORS):
        return "negated"
    if kid.dep == "aux" and form in says("hypothetical", "modals"):
        return "hypothetical"
    if kid.dep not in ("advmod", "amod"):
        return ""
    if any(k.lemma == "no" for k in passage.tree.kids(kid.i, "neg", "det", "advmod")):
        return "negated"  # "no longer"
    if form in says("suspect", "adverbs") or form in says("suspect", "adjectives"):
        return "suspected"
    return "reported" if form in says("report", "adverbs") or form in says("report", "adjectives") else ""


def _shared(passage: Passage, head: Token, stance: Stance) -> None:
    """Read negation and modals that a verb shares with the one it is coordinated with."""
    for kid in passage.tree.kids(head.i, "aux", "neg"):
        if kid.dep == "neg":
            stance.raise_to("negated", kid.text)
        elif kid.form in passage.lexicon.says("hypothetical", "modals"):
            stance.raise_to("hypothetical", kid.text)


# its governors


def _attributing(passage: Passage, node: Token, head: Token, stance: Stance) -> None:
    """Read a verb of saying whose complement the predicate is in, or that names it ("reports fighting")."""
    complement = node.dep in ("ccomp", "xcomp", "pcomp", "parataxis")
    named = node.dep in ("dobj", "prep")
    thing = named and head.lemma in passage.lexicon.says("say", "of_things")
    if is_verb(head) and (complement or thing) and head.lemma in passage.lexicon.says("say", "verbs"):
        speak(passage, head, stance)


def _copula(passage: Passage, node: Token, head: Token, stance: Stance) -> None:
    """Read a form of "be" above a noun, and the cleft "it was not X that …"."""
    if head.lemma != "be" or node.dep not in ("attr", "nsubj"):
        return
    cleft = any(k.form == "it" for k in passage.tree.kids(head.i, "nsubj"))
    office = (
        node.dep == "attr" and node.lemma in passage.lexicon.relating
    )  # "is not, and never was, its emir"
    if cleft or office or (node.dep == "nsubj" and stance.certainty == "asserted"):
        _own(passage, head, stance)


def _governing_verb(passage: Passage, node: Token, head: Token, stance: Stance) -> None:
    """Read what a verb does to its complement: denies it, intends it, carries it, suspects it, negates it."""
    says = passage.lexicon.says
    if head.lemma in says("deny", "verbs") and node.dep in _DENIED:
        if not passage.tree.kids(head.i, "neg"):
            stance.raise_to("denied", head.text)
    elif head.lemma in says("hypothetical", "verbs") and node.dep in _INTENDED:
        stance.raise_to("hypothetical", head.text)
    carried = node.dep in _CARRIED and _is_light(passage, head) and not _undoes(passage, head)
    if node.dep == "xcomp" or carried:
        _own(passage, head, stance)
    elif head.lemma in says("suspect", "verbs") and node.dep in _SUSPECTED and not _is_saying(passage, head):
        stance.raise_to("suspected", head.text)


def _failing(passage: Passage, node: Token, head: Token, stance: Stance) -> None:
    """Read "failed to attack": the deed itself fails, not what it is done to ("failed to claim it")."""
    if head.lemma in passage.lexicon.says("negation", "verbs") and node.dep == "xcomp":
        stance.raise_to("negated", head.text)
    undone = (
        head.lemma in passage.lexicon.says("negation", "undoing") and node.lemma in passage.lexicon.relating
    )
    if undone and node.dep in ("dobj", "nsubjpass") and node.pos == "NOUN":  # "revoked the listing of X"
        stance.raise_to("negated", head.text)


def _is_light(passage: Passage, verb: Token) -> bool:
    return passage.lexicon.light.find(verb.lemma, [k.lemma for k in passage.tree.kids(verb.i)]) is not None


def _undoes(passage: Passage, verb: Token) -> bool:
    """Whether a verb keeps an event from succeeding: one that nobody could stop has happened."""
    tells = passage.lexicon.tells
    return verb.lemma in tells("outcome", "foiled") or verb.lemma in tells("outcome", "failed")


def _is_saying(passage: Passage, verb: Token) -> bool:
    """Whether a verb states its complement: "X says", not "X is said"."""
    passive = bool(passage.tree.kids(verb.i, "nsubjpass", "auxpass"))
    return verb.lemma in passage.lexicon.says("say", "verbs") and not passive


def _governing_noun(passage: Passage, node: Token, head: Token, stance: Stance) -> None:
    """Read what a noun does to its complement: "a threat to attack", "a denial of the attack"."""
    says = passage.lexicon.says
    talked_of = head.lemma in passage.lexicon.relates("agreement", "light_nouns")
    if talked_of and passage.tree.kids(node.i, "pcomp"):  # "talks on fusing X into Y"
        stance.raise_to("hypothetical", head.text)
    if head.lemma in says("hypothetical", "nouns") and node.dep in _PLANNED:
        stance.raise_to("hypothetical", head.text)
    elif head.lemma in says("deny", "nouns"):
        stance.raise_to("denied", head.text)
    elif head.lemma in says("report", "nouns") and node.dep in ("acl", "ccomp", "relcl"):
        stance.raise_to("reported", head.text)  # "despite reports that …"
