"""Denials: who says that an event was not its doing."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.claims import CLAIMANTS
from kg.extract.draft import Saying
from kg.extract.passage import Passage, is_verb
from kg.extract.scope import stance_of
from kg.extract.syntax import Token
from kg.extract.told import Told

_DENIERS = frozenset(
    {"armed", "force", "government", "official", "source", "media", "person", "unknown", "place", "civilian",
     "community", "geography"}
)  # fmt: skip
_SUBJECTS = CLAIMANTS | {"force", "government", "official", "place"}


def denials(told: Told, token: Token) -> Iterator[Saying]:
    """Read "X denied (any part in) Y", "X dismissed the claim"."""
    passage, tree = told.passage, told.passage.tree
    if token.lemma == "be" or token.lemma in passage.lexicon.says("deny", "calling"):
        yield from _called_false(told, token)
    if not passage.opens(token, "deny", "verbs"):
        return
    args = passage.arguments(token)
    subjects = passage.entities.all_of(args.agents or args.subjects)
    deniers = [e for e in subjects if e.cls in _DENIERS or e.pronoun]
    if not deniers or tree.kids(token.i, "neg") or _neither(passage, token):
        return
    heads = [*args.objects, *(h for _, h in args.preps)]
    heads += [k.i for k in tree.kids(token.i, "ccomp", "xcomp", "pcomp", "advcl")]
    heads += passage.governed(token, "pcomp")
    yield Saying("denial", token, deniers[:1], told.below(heads)[:1])


def _neither(passage: Passage, token: Token) -> bool:
    """Whether a verb is the second of two that nobody does: "neither claimed nor denied"."""
    above = passage.tree.kids(token.head) if token.dep == "conj" else []
    return any(k.lemma in ("neither", "nor") for k in [*above, *passage.tree.kids(token.i)])


def _called_false(told: Told, token: Token) -> Iterator[Saying]:
    """Read "X called the claim a lie", "the report was false, X said": an account is what X denies."""
    passage, says = told.passage, told.passage.lexicon.says
    args, called = passage.arguments(token), token.lemma != "be"
    accounts = [*args.objects, *_small_subjects(passage, token)] if called else args.subjects
    if not any(passage.tree.tokens[h].lemma in says("deny", "accounts") for h in accounts):
        return
    below = [t for t in passage.tree.sentence(token.i) if t.i > token.i and _is_below(passage, t, token)]
    if not any(not says("deny", "false").isdisjoint((t.lemma, t.form)) for t in below):
        return
    heads = args.subjects if called else []
    deniers = [e for e in passage.entities.all_of(heads) if e.cls in _DENIERS or e.pronoun]
    deniers = deniers or stance_of(passage, token).speakers
    if deniers:
        yield Saying("denial", token, deniers[:1], told.below(accounts)[:1])


def _small_subjects(passage: Passage, verb: Token) -> list[int]:
    """Return the subjects of the small clauses below a verb: "called that untrue"."""
    return [
        s.i
        for k in passage.tree.kids(verb.i, "ccomp", "xcomp", "oprd")
        for s in passage.tree.kids(k.i, "nsubj", "det")
    ]


def _is_below(passage: Passage, token: Token, verb: Token) -> bool:
    """Whether a token is a predicate of a verb: its complement, or what the complement is made of."""
    above = [a.i for a in passage.tree.ancestors(token.i)]
    return verb.i in above and all(
        passage.tree.tokens[i].dep != "advcl" for i in above[: above.index(verb.i)]
    )


def set_phrases(told: Told) -> Iterator[Saying]:
    """Read denials in set phrases: "had no part in", "nothing to do with", "not ours"."""
    phrases, tree = told.passage.lexicon.denying, told.passage.tree
    for first, last in tree.sents:
        forms = (t.form.replace(" ", "_") for t in tree.tokens[first:last])  # names have blanks
        words = " ".join(["", *forms, ""])
        if hit := phrases.search(words):
            yield from _phrase(told, first + words.count(" ", 0, hit.start()), last)


def _phrase(told: Told, at: int, last: int) -> Iterator[Saying]:
    """Yield the denial in a set phrase that begins at token `at` of a sentence that ends before `last`."""
    passage, token = told.passage, told.passage.tree.tokens[at]
    verb = next((a for a in [token, *passage.tree.ancestors(at)] if is_verb(a)), token)
    subjects = passage.entities.all_of(passage.arguments(verb).subjects)
    deniers = stance_of(passage, verb).speakers or [
        e for e in subjects if e.cls in _SUBJECTS and not e.pronoun
    ]
    if deniers:
        after = [d for i, d in told.drafts.items() if at <= i < last]
        yield Saying("denial", token, deniers[:1], after[:1])
