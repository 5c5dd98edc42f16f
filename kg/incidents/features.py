"""Features of a noun phrase: its words, what governs it, and which facts it has a part in.

A feature is a string such as `g0:nsubjpass<kill`. Words in it are lemmas of common words; a name is
always `<name>`, so that weights say how news is told and not who was in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract import triggers
from kg.extract.lexicon import Trigger
from kg.extract.passage import Passage, is_noun, is_verb
from kg.extract.syntax import Token
from kg.model import Fact

_NAME = "<name>"
_SPACE = "<space>"  # a token of white space: the end of a line
_CLIMB = 3  # governors looked at above a phrase
_CHAIN = 4  # appositions and coordinations climbed
_BUCKETS = (0, 1, 2, 3, 4, 8)


def is_common(token: Token) -> bool:
    """Return whether a token is printed as a common word."""
    return token.name is None and token.text[:1].islower()


def is_proper(passage: Passage, token: Token) -> bool:
    """Return whether a token is (part of) a name, by its tag or by a capital inside a sentence."""
    if is_common(token):
        return False
    if token.name is not None or token.pos == "PROPN":
        return True
    first = passage.tree.sents[token.sent][0]
    return token.i > first and (token.i > first + 1 or not is_common(passage.tree.tokens[token.i - 1]))


def word(token: Token) -> str:
    """Return a token as features have it."""
    if not is_common(token) and (token.name is not None or token.pos == "PROPN"):
        return _NAME
    return token.lemma.strip() or _SPACE


def bucket(number: int) -> int:
    """Return the greatest of a few numbers that is not above a number."""
    return max(b for b in _BUCKETS if b <= number)


def evoked(passage: Passage, token: Token) -> Trigger | None:
    """Return what event a token evokes, None where it evokes none."""
    if is_verb(token):
        hit = triggers.of_verb(passage, token)
    else:
        hit = triggers.of_noun(passage, token) if is_noun(token) and token.name is None else None
    return hit[1] if hit else None


def event_of(trigger: Trigger) -> str:
    """Return an event as features have it: its type and tactic."""
    return f"{trigger.type}:{trigger.tactic}"


def described(passage: Passage, token: Token, first: int) -> Iterator[str]:
    """Yield the features of a phrase itself; `first` is the index of its first token."""
    tokens, entity = passage.tree.tokens, passage.entities.at(token.i)
    yield f"cls:{entity.cls}{'+p' if entity.people else ''}"
    yield f"len:{min(4, token.i - first + 1)}"
    if is_proper(passage, token):
        yield "proper"
        yield f"proper:{token.name.cls if token.name else 'unknown'}"
        yield from _organisation(passage, tokens[first : token.i + 1])
    else:
        yield f"noun:{token.lemma}"
        yield "plural" if token.tag in ("NNS", "NNPS") else "singular"
        yield from (f"m:{word(t)}" for t in tokens[first : token.i])
        if token.i > first:
            yield f"m2:{word(tokens[token.i - 1])} {token.lemma}"
    for kid in passage.tree.kids(token.i, "det", "nummod", "poss"):
        yield f"d:{kid.lemma if kid.dep == 'det' else kid.dep}"


def _organisation(passage: Passage, run: Sequence[Token]) -> Iterator[str]:
    listed = passage.lexicon.names["organisation"]
    for token in run if run[-1].name is None else ():
        for cls in ("armed", "force", "government", "media", "civilian"):
            if token.text in listed[cls]:
                yield f"org:{cls}:{token.text.lower()}"


def around(passage: Passage, token: Token, first: int) -> Iterator[str]:
    """Yield the features of the words beside a phrase and of those that modify it from behind."""
    tree = passage.tree
    for back in (1, 2):
        if first >= back and tree.tokens[first - back].sent == token.sent:
            yield f"b{back}:{word(tree.tokens[first - back])}"
    if token.i + 1 < len(tree.tokens):
        yield f"a1:{word(tree.tokens[token.i + 1])}"
    for clause in tree.kids(token.i, "relcl", "acl"):
        yield f"rel:{word(clause)}"
        event = evoked(passage, clause)
        if event is not None:
            pronouns = ",".join(k.dep for k in tree.kids(clause.i) if k.tag in ("WDT", "WP"))
            yield f"relt:{event.type}:{pronouns}:{clause.dep}:{clause.tag}"
    for prep in tree.kids(token.i, "prep"):
        for governed in tree.kids(prep.i, "pobj"):
            yield f"of:{prep.lemma} {word(governed)}"
            yield f"ofc:{prep.lemma} {passage.entities.at(governed.i).cls}"
    yield from (f"ap:{word(k)}" for k in tree.kids(token.i, "appos"))
    head = tree.tokens[token.head]
    if token.dep == "appos":
        yield f"apof:{word(head)}"
    if token.dep in ("compound", "nmod", "poss"):
        yield f"modof:{word(head)}"


def governed(passage: Passage, i: int) -> Iterator[str]:
    """Yield the features of what governs a phrase: verbs and nouns above it, and the events they evoke."""
    tree, chain, at = passage.tree, [], i
    for depth in range(_CLIMB):
        relation, above, through = _above(passage, at)
        yield from (f"fl:{dep}" for dep in through)
        chain.append(relation)
        if above is None:
            yield f"root{depth}"
            return
        path, event = "<".join(chain), evoked(passage, above)
        yield f"g{depth}:{path}<{word(above)}"
        if depth == 0:
            yield f"r:{relation}<{above.pos}"
        if event is not None:
            yield f"t:{path}<{event_of(event)}"
            yield f"T:{chain[0]}<{event.type}"
            if tree.kids(above.i, "neg"):
                yield "neg"
        if is_verb(above):
            yield from _beside(passage, above, path, i)
            if event is not None:
                return
            chain = [relation] if depth == 0 and above.dep in _CLAUSES else chain
        at = above.i


_CLAUSES = ("xcomp", "ccomp", "conj", "advcl", "relcl", "acl")


def _beside(passage: Passage, verb: Token, path: str, i: int) -> Iterator[str]:
    """Yield the objects of a verb that another of its phrases may have its meaning from."""
    for other in passage.tree.kids(verb.i, "dobj"):
        if other.i == i:
            continue
        yield f"vo:{path}<{word(verb)}+{word(other)}"
        event = evoked(passage, other)
        if event is not None:
            yield f"to:{path}+{event.type}"


def _above(passage: Passage, i: int) -> tuple[str, Token | None, list[str]]:
    """Return (relation, governor, what was climbed through), prepositions drawn into the relation."""
    tokens, through = passage.tree.tokens, list[str]()
    token = tokens[i]
    while token.dep in ("conj", "appos") and token.head != token.i and len(through) < _CHAIN:
        through.append(token.dep)
        token = tokens[token.head]
    if token.head == token.i:
        return "ROOT", None, through
    head, relation = tokens[token.head], token.dep
    if relation in ("pobj", "pcomp"):
        relation = "by" if head.dep == "agent" else f"p_{head.lemma}"
        while head.dep == "prep" and tokens[head.head].dep == "prep" and head.head != head.i:
            head = tokens[head.head]
        if head.head == head.i:
            return relation, None, through
        head = tokens[head.head]
    return relation, head, through


def told(facts: Sequence[tuple[str, Fact]]) -> Iterator[str]:
    """Yield the features of the facts, each with the role, that a phrase has a part in."""
    for role, fact in facts:
        tactic = next((f.link for f in fact.fillers("tactic") if f.link), "")
        yield f"f:{fact.type}:{role}"
        yield f"fu:{role}:{fact.certainty}"
        yield f"ft:{role}:{tactic}"
