"""Deciding: a judgement on what a store holds, appended to the file beside the store."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.dates import iso_date
from kg.errors import StoreError, UsageError
from kg.judgement import PAIRED, UNDO, Judgement, append_judgement, decisions
from kg.pipeline.work import JUDGEMENTS, judgements_of
from kg.store import Store
from kg.vocab import BASE, MKG, iri, ref

_JUDGED = ("proposition", "assertion", "telling", "actor")


def decide(
    store: Store, kind: str, subjects: tuple[str, ...], *, person: str, day: str, note: str = ""
) -> Judgement:
    """Append one judgement and return it; the next build applies it.

    Args:
        store: on disk; it holds what is judged, but for an undo, which takes back any decision in force.
        kind: accept, reject, same, different or undo.
        subjects: references or IRIs. An event stands for its telling where it has one, and in `same`
            for the first of its tellings.
        person: who decides.
        day: ISO day of the decision.
        note: why.

    Raises:
        UsageError: a subject is not in the store or not of the kind that is judged, nothing is there to be
            undone, or person or day is missing or malformed.
        InputError: the file of judgements is damaged.
        StoreError: the store is in memory, or the file can't be written.
    """
    if store.path is None:
        raise StoreError("a store in memory keeps no judgements: use a store in a folder")
    if not person.strip():
        raise UsageError("a judgement names the person who decides: give a name")
    if iso_date(day) != day or len(day) != len("YYYY-MM-DD"):
        raise UsageError(f"not a day as YYYY-MM-DD: {day!r}")
    made = judgements_of(store)  # a damaged file is refused before a line is added to it
    named = tuple(_subject(store, subject, kind) for subject in subjects)
    judgement = Judgement(kind, named, " ".join(person.split()), day, " ".join(note.split()))
    if kind == UNDO and judgement.key not in decisions(made):
        raise UsageError(f"nothing is decided on {' and '.join(named)}; `kg review list` shows what is")
    try:
        append_judgement(store.path / JUDGEMENTS, judgement)
    except OSError as error:
        raise StoreError(
            f"can't write {store.path / JUDGEMENTS}: {error.strerror}; mend its permissions or make room"
        ) from error
    return judgement


def _subject(store: Store, given: str, kind: str) -> str:
    """Return the reference of what is judged."""
    bare = given.strip().removeprefix("<").removesuffix(">")
    reference = ref(NamedNode(bare)) if bare.startswith(BASE) else ref(iri(bare))
    prefix = reference.partition(":")[0]
    if prefix == "event" and kind in (*PAIRED, UNDO):
        return _telling(store, reference, kind)
    if prefix not in _JUDGED:
        raise UsageError(
            f"{given} can't be judged: name a statement (assertion:…) to accept or reject, tellings, events "
            "or actors for same and different; `kg query to-review` and `kg query tellings` list them"
        )
    if kind != UNDO and next(iter(store.found(s=iri(reference))), None) is None:
        raise UsageError(f"the store holds no {reference}; `kg query to-review` lists statements to judge")
    return reference


def _telling(store: Store, event: str, kind: str) -> str:
    """Return the telling that an event stands for: events are derived and change, tellings stay."""
    subjects = {quad.subject for quad in store.found(p=MKG.canonical, o=iri(event))}
    told = sorted(ref(node) for node in subjects if isinstance(node, NamedNode))
    if not told:
        raise UsageError(
            f"the store holds no {event}; `kg explain` shows the references of an actor's events"
        )
    if len(told) > 1 and kind != "same":
        raise UsageError(f"{event} is told {len(told)} times; name one of {', '.join(told)}")
    return told[0]
