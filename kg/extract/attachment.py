"""Attachment: the tolls and dates of a passage given to the drafts they are of."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.attribution import spoken
from kg.extract.draft import Draft
from kg.extract.measures import Toll
from kg.extract.passage import Passage
from kg.extract.syntax import Token
from kg.extract.times import Moment

_FAR = 99  # rank of a trigger that does not stand above a count


def attach_tolls(
    passage: Passage, tolls: Sequence[Toll], drafts: Sequence[Draft], before: Sequence[Draft] = ()
) -> list[Draft]:
    """Give each toll to the event of its sentence that stands nearest in the tree, else to the one before.

    Args:
        passage: the passage.
        tolls: its tolls.
        drafts: its drafts.
        before: drafts of the passages before: a toll in its first sentence may be of the last of them.

    Returns:
        Drafts of rival accounts: a second toll of an event by another speaker.
    """
    accounts = []
    for toll in tolls:
        verb = next((a for a in passage.tree.ancestors(toll.i) if a.pos == "VERB"), None)
        if _attached(passage, toll, verb, drafts):
            continue
        first = passage.tree.tokens[toll.i].sent == 0
        account = _rival(passage, toll, verb, drafts, before[-1:] if first else ())
        if account is not None:
            accounts.append(account)
    return accounts


def _inside(passage: Passage, toll: Toll, drafts: Sequence[Draft], *, back: int = 0) -> list[Draft]:
    """Return the drafts of a toll's sentence, or of one so many sentences before it."""
    return [d for d in drafts if d.trigger.sent == passage.tree.tokens[toll.i].sent - back]


def _attached(passage: Passage, toll: Toll, verb: Token | None, drafts: Sequence[Draft]) -> bool:
    """Give a toll to the nearest draft of its sentence that has no such toll; tell whether there was one."""
    above = [a.i for a in passage.tree.ancestors(toll.i)]

    def distance(draft: Draft) -> tuple[int, int]:
        i = draft.trigger.i
        return above.index(i) if i in above else _FAR, abs(i - toll.i)

    free = [d for d in _inside(passage, toll, drafts) if toll.state not in d.tolls]
    if not free:
        return False
    nearest = min(free, key=distance)
    nearest.tolls[toll.state] = toll.count
    _note_speaker(passage, nearest, toll, verb)
    return True


def _note_speaker(passage: Passage, draft: Draft, toll: Toll, verb: Token | None) -> None:
    """Note who counts, where a verb of saying governs the count itself ("the ministry counts 71 dead")."""
    if verb is not None and verb.i < toll.i and verb.i != draft.trigger.i and not draft.speakers:
        stance = spoken(passage, verb)
        if stance.speakers:
            draft.speakers, draft.certainty = stance.speakers, stance.certainty


def _rival(
    passage: Passage, toll: Toll, verb: Token | None, drafts: Sequence[Draft], before: Sequence[Draft]
) -> Draft | None:
    """Return the account of another speaker who counts otherwise; a later toll goes to the event before."""
    inside = _inside(passage, toll, drafts)
    host = next(reversed([*before, *_inside(passage, toll, drafts, back=1), *inside]), None)
    if host is None:
        return None
    if not inside and toll.state not in host.tolls:
        host.tolls[toll.state] = toll.count
        return None
    told = spoken(passage, verb) if verb is not None else None
    if verb is None or told is None or not told.speakers or host.tolls.get(toll.state) == toll.count:
        return None
    account = Draft(host.type, verb, host.entry, passage.number, certainty=told.certainty)
    account.speakers, account.retells = told.speakers, host
    account.tolls[toll.state] = toll.count
    return account


def attach_dates(passage: Passage, moments: Sequence[Moment], drafts: Sequence[Draft]) -> None:
    """Give each date to the event that its phrase depends on; a date of speaking stays with the speaking."""
    tree = passage.tree
    for moment in moments:
        inside = tree.between(moment.start, moment.end)
        if not inside:
            continue
        outside = (t for t in inside if not moment.start <= tree.tokens[t.head].start < moment.end)
        root = next(outside, inside[-1])
        draft = _dated(passage, root, drafts)
        if draft is not None:
            draft.date = draft.date or moment


def _before_attribution(passage: Passage, root: Token, verb: Token) -> bool:
    """Whether a phrase hung on a verb of saying stands between what is said and who says it.

    "Ten died in a raid, on Tuesday, a source told AFP": the raid was on Tuesday.
    """
    said = passage.tree.kids(verb.i, "ccomp")
    speakers = passage.tree.kids(verb.i, "nsubj")
    return any(k.i < root.i for k in said) and all(root.i < k.i < verb.i for k in speakers) and bool(speakers)


def _dated(passage: Passage, root: Token, drafts: Sequence[Draft]) -> Draft | None:
    """Return the draft that a date phrase with head `root` is of, None where it dates the speaking."""
    lexicon = passage.lexicon
    spoken_of = lexicon.says("say", "verbs") | lexicon.says("media", "nouns")
    by_token = {d.trigger.i: d for d in drafts}
    for node in [root, *passage.tree.ancestors(root.i)]:
        if node.i in by_token:
            return by_token[node.i]
        if node.pos in ("VERB", "AUX") and node.lemma not in spoken_of:
            for kid in passage.tree.kids(node.i, "nsubj", "nsubjpass", "attr"):
                if kid.i in by_token and by_token[kid.i].nominal:
                    return by_token[kid.i]  # "fighting flared up at the weekend"
        spoken = node.lemma in spoken_of and node.pos in ("VERB", "NOUN")
        if node.tag == "JJS" or (spoken and not _before_attribution(passage, root, node)):
            return None
    near = [d for d in drafts if d.trigger.sent == root.sent and d.date is None and not d.presupposed]
    return min(near, key=lambda d: abs(d.trigger.i - root.i), default=None)
